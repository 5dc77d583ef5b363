// Shows the window with pictures of a folder in the Compare workspace and saves what is on screen, to be looked at and for resources/screenshots.
//
//     compareshot FOLDER OUT.png [light|dark] [panes|5|7|8|wipe|flicker|onion|difference|blind|empty] [galley_en.qm]
//
// FOLDER holds m<model>-r<row>.png with 0–2 for the model and 1–3 for the row, composed pictures of the market poster, and rows.csv. The models' names are
// those of the fake catalogue; scores are measured. galley_en.qm of the build says "1 star". packaging/screenshots.sh has the command for a small WebP.

#include "core/composition/scene.h"
#include "core/imaging/imagefile.h"
#include "core/review/scores.h"
#include "core/service/draftservice.h"
#include "core/service/reviewlayout.h"
#include "core/settings/settings.h"
#include "core/template/csv.h"
#include "core/template/templatefile.h"
#include "testpaths.h"
#include "tests/support/fakeengine.h"
#include "tests/support/fakefinalservice.h"
#include "tests/support/fakelibraryservice.h"
#include "ui/compare/compareactions.h"
#include "ui/compare/compareset.h"
#include "ui/compare/compareview.h"
#include "ui/compare/compareworkspace.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/workspaceswitch.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/themeswitch.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QTemporaryDir>
#include <QTranslator>
#include <QTest>

using namespace Galley;

namespace {

const QStringList models{QStringLiteral("ideogram-4"), QStringLiteral("gpt-image-2"), QStringLiteral("sd3.5-medium")};
const double prices[]{0.06, 0.042, 0};

/// What is set over the pictures, to be read back.
ReviewLayout layoutOf(const QString &folder, int row, const QSize &size)
{
    ReviewLayout layout;
    layout.canvas = size;
    const auto source = loadTemplate(QStringLiteral(GALLEY_SOURCE_DIR "/resources/templates/market-poster.galley"));
    if (!source)
        return layout;
    const auto rows = loadRows(QDir(folder).filePath(QStringLiteral("rows.csv")), source->value);
    if (!rows || rows->rows.size() < row)
        return layout;
    const auto variant = resolve(source->value, rows->rows.at(row - 1));
    return variant ? reviewLayout(*variant) : layout;
}

FakeLibraryService::Picture pictureOf(const QString &folder, int model, int row)
{
    FakeLibraryService::Picture picture;
    const auto image = loadImage(QDir(folder).filePath(QStringLiteral("m%1-r%2.png").arg(model).arg(row)));
    picture.image = image.value_or(QImage(540, 675, QImage::Format_RGB32));
    AssetRecord &record = picture.record;
    record.requestedModel = record.routedModel = record.servedModel = models.at(model);
    record.revision = QStringLiteral("2026-0%1").arg(7 + model);
    record.templateId = record.templateName = QStringLiteral("Market poster");
    record.row = row;
    record.rule = model == 2 ? QStringLiteral("default") : QStringLiteral("posters");
    record.seed = 7 + 4 * model;
    record.costUsd = prices[model];
    record.size = picture.image.size();
    record.createdAt = QDateTime(QDate(2026, 11, 25), QTime(14, 10 + row), Qt::UTC);
    record.provenance["steps"] = model == 2 ? 28 : 0;
    record.provenance["timings_ms"]["render"] = 8400.0 - 1900 * model + 130 * row;
    const ReviewPictures pictures{picture.image, {}, {}};
    const ReviewLayout layout = layoutOf(folder, row, picture.image.size());
    for (const ScoreKind kind : {ScoreKind::Text, ScoreKind::Palette, ScoreKind::Sharpness})
        picture.scores << storedScore(scoreOf(kind, pictures, layout)).value_or(PictureScore());
    return picture;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc < 3)
        return 2;
    const QString mode = argc > 4 ? QString::fromLatin1(argv[4]) : QStringLiteral("panes");
    QTranslator texts;
    if (argc > 5 && texts.load(QString::fromLocal8Bit(argv[5])))
        QCoreApplication::installTranslator(&texts);
    QTemporaryDir home;
    Settings settings(home.filePath(QStringLiteral("galley.conf")));
    loadBundledFonts(QStringLiteral(GALLEY_SOURCE_DIR "/resources"));
    applyStyle();
    ThemeSwitch themes;
    themes.setChoice(argc > 3 ? QString::fromLatin1(argv[3]) : QStringLiteral("light"));
    FakeEngine engine;
    DraftService draft(&engine, nullptr);
    FakeFinalService finals;
    FakeLibraryService library;
    QList<qint64> ids;
    for (int model = 0; model < 3; ++model) {
        for (int row = 1; row <= 3; ++row)
            ids << library.add(pictureOf(QString::fromLocal8Bit(argv[1]), model, row));
    }
    WindowParts parts;
    parts.paths.data = home.filePath(QStringLiteral("data"));
    parts.paths.resources = QStringLiteral(GALLEY_SOURCE_DIR "/resources");
    parts.settings = &settings;
    parts.draft = &draft;
    parts.themes = &themes;
    parts.finals = &finals;
    parts.library = &library;
    MainWindow window(parts);
    window.resize(1440, 900);
    window.show();
    window.workspaces()->choose(QStringLiteral("compare"));
    CompareWorkspace *compare = window.compare();
    if (mode != QLatin1String("empty")) {
        for (const auto &[chosen, left] : {std::pair(0, 3), std::pair(0, 6), std::pair(1, 4), std::pair(5, 2), std::pair(1, 7), std::pair(2, 8)})
            library.addPick(ids.at(chosen), ids.at(left));
        compare->open(ids);
        if (!QTest::qWaitFor([&] { return compare->set()->count() == 9 && compare->set()->isLoaded(8); }, 20'000))
            return 1;
        for (const auto &[place, stars] : {std::pair(0, 5), std::pair(1, 3), std::pair(3, 4), std::pair(4, 4), std::pair(6, 2), std::pair(8, 3)})
            compare->set()->setRating(place, stars);
        compare->set()->setPick(0, PickState::Picked);
        compare->set()->setPick(4, PickState::Picked);
        compare->set()->setPick(7, PickState::Rejected);
        compare->set()->setNote(0, QStringLiteral("Calm ground, title reads well"));
        for (const char *name : {"wipe", "flicker", "onion", "difference"}) {
            if (mode == QLatin1String(name))
                compare->actions()->find(QByteArray(QByteArray("mode") + char(name[0] - 32) + (name + 1)).constData())->trigger();
        }
        if (mode == QLatin1String("blind"))
            compare->actions()->find("blind")->trigger();
        if (mode == QLatin1String("panes"))
            compare->actions()->find("pinPane")->trigger();
        if (const int panes = mode.toInt(); panes > 0) {
            compare->open(ids.mid(0, panes));
            if (!QTest::qWaitFor([&] { return compare->set()->count() == panes && compare->set()->isLoaded(panes - 1); }, 20'000))
                return 1;
        }
        compare->takeFocus();
    }
    QTest::qWait(1500);
    return window.grab().save(QString::fromLocal8Bit(argv[2])) ? 0 : 1;
}
