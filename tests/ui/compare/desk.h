#pragma once

#include "tests/support/fakelibraryservice.h"
#include "ui/compare/compareactions.h"
#include "ui/compare/compareset.h"
#include "ui/compare/compareview.h"
#include "ui/compare/compareworkspace.h"

#include <QAbstractButton>
#include <QAction>
#include <QPainter>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

namespace Galley {

/// A picture that can be told from others: stripes of \a hue with its number.
inline QImage striped(int hue, const QSize &size = {160, 200})
{
    QImage image(size, QImage::Format_RGBA8888_Premultiplied);
    image.fill(QColor::fromHsv(hue % 360, 160, 220));
    QPainter painter(&image);
    for (int x = 0; x < size.width(); x += 20)
        painter.fillRect(x, 0, 10, size.height(), QColor::fromHsv((hue + 40) % 360, 200, 160));
    return image;
}

inline FakeLibraryService::Picture madeBy(const QString &model, int row, const QImage &image)
{
    FakeLibraryService::Picture picture;
    AssetRecord &record = picture.record;
    record.requestedModel = record.routedModel = record.servedModel = model;
    record.revision = model + QStringLiteral("-2026-11");
    record.templateId = QStringLiteral("market");
    record.templateName = QStringLiteral("Spring market");
    record.project = QStringLiteral("spring");
    record.rule = QStringLiteral("rule-of-") + model;
    record.row = row;
    record.seed = 7;
    record.costUsd = 0.01 * double(model.size());
    record.size = image.size();
    record.prompt = QStringLiteral("A poster for ") + model;
    record.createdAt = QDateTime(QDate(2026, 11, 25), QTime(12, 0), Qt::UTC);
    record.provenance["backend"] = "backend-of-" + model.toStdString();
    record.provenance["steps"] = 20;
    record.provenance["timings_ms"]["render"] = double(1200 + 100 * model.size());
    picture.image = image;
    picture.scores = {{.name = QStringLiteral("sharpness"), .value = 0.5 + 0.01 * double(model.size())}};
    return picture;
}

/// The Compare workspace over a library in memory, on screen.
struct CompareDesk
{
    CompareDesk()
        : settings(home.filePath(QStringLiteral("galley.conf")), QSettings::IniFormat)
    {
        workspace = std::make_unique<CompareWorkspace>(CompareWorkspace::Parts{&library, &settings});
        workspace->resize(1200, 760);
        workspace->show();
    }

    const QStringList models{QStringLiteral("ideogram-4"), QStringLiteral("gpt-image-2"), QStringLiteral("sd3.5-medium")};

    /// models × rows, model by model, so that the grid has something to arrange.
    QList<qint64> addGrid(int rows = 3)
    {
        QList<qint64> ids;
        for (int model = 0; model < models.size(); ++model) {
            for (int row = 1; row <= rows; ++row)
                ids << library.add(madeBy(models.at(model), row, striped(60 * model + 20 * row)));
        }
        return ids;
    }

    QList<qint64> addSome(int count)
    {
        QList<qint64> ids;
        for (int i = 0; i < count; ++i)
            ids << library.add(madeBy(models.at(i % models.size()), 1, striped(i * 37)));
        return ids;
    }

    bool open(const QList<qint64> &ids)
    {
        workspace->open(ids);
        return QTest::qWaitFor([&] { return set()->count() == ids.size() && isShown(); }, 10000);
    }

    /// Whatever is on screen has its pixels.
    bool isShown() const
    {
        for (int pane = 0; pane < view()->places().panes(); ++pane) {
            const int place = view()->places().pictureAt(pane);
            if (place >= 0 && !set()->isLoaded(place) && set()->at(place).problem.isEmpty())
                return false;
        }
        return true;
    }

    CompareSet *set() const { return workspace->set(); }
    CompareView *view() const { return workspace->view(); }
    QAction *action(const char *name) const { return workspace->actions()->find(name); }
    void trigger(const char *name) const { action(name)->trigger(); }
    Judgement judgement(int place) const { return set()->at(place).card.judgement; }

    QTemporaryDir home;
    QSettings settings;
    FakeLibraryService library;
    std::unique_ptr<CompareWorkspace> workspace;
};

/// That can be seen, by its text; null: there is none.
inline QAbstractButton *buttonOf(QWidget *place, const QString &text)
{
    for (QAbstractButton *button : place->findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text() == text)
            return button;
    }
    return nullptr;
}

} // namespace Galley
