#pragma once

#include "core/service/draftservice.h"
#include "core/template/templatefile.h"
#include "tests/support/fakeengine.h"
#include "ui/design/artboard.h"
#include "ui/document/templatedocument.h"

#include <QApplication>
#include <QMouseEvent>
#include <QTest>

namespace Galley {

/// A canvas of 1000 × 1000 with a background, a subject, a headline with a slot, a caption without one, and a panel.
inline Template deskTemplate()
{
    Template value = newTemplate(QStringLiteral("Desk"), {1000, 1000});
    value.canvas.safeArea = 0.05;
    const auto add = [&value](const char *id, Role role, const Box &box, int z) -> Token & {
        Token token;
        token.id = QLatin1String(id);
        token.role = role;
        token.box = box;
        token.z = z;
        value.tokens << token;
        return value.tokens.last();
    };
    add("ground", Role::Background, {0, 0, 1, 1}, 0).show = QStringLiteral("plain paper");
    add("hero", Role::Subject, {0.11, 0.37, 0.4, 0.3}, 1).show = QStringLiteral("{subject}");
    add("panel", Role::Panel, {0.23, 0.47, 0.2, 0.1}, 2).fill = QStringLiteral("#224466");
    add("title", Role::Headline, {0.21, 0.11, 0.4, 0.1}, 3).text = QStringLiteral("{headline}");
    add("note", Role::Caption, {0.61, 0.83, 0.2, 0.06}, 4).text = QStringLiteral("Free entry");
    Slot headline;
    headline.name = QStringLiteral("headline");
    headline.defaultValue = QStringLiteral("Spring Market");
    Slot subject;
    subject.name = QStringLiteral("subject");
    subject.type = SlotType::Subject;
    subject.defaultValue = QStringLiteral("a red apple");
    value.slotList = {headline, subject};
    return value;
}

/// A document, a draft service with a counting engine and a shown artboard, joined as the window joins them. The view stands at
/// 100 % with the canvas' origin at \c origin().
class Desk : public QObject
{
public:
    explicit Desk(const Template &value = deskTemplate())
        : draft(&engine, nullptr)
        , artboard(&document, &draft)
    {
        connect(&document, &TemplateDocument::changed, this, [this] {
            draft.setInput(document.value(), document.row(), document.folder(), options);
        });
        artboard.resize(1100, 1100);
        artboard.show();
        artboard.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&artboard));
        document.openValue(value, {});
        artboard.setZoom(1);
        artboard.setFocus();
        QVERIFY(QTest::qWaitFor([this] { return draft.state() == DraftService::State::Current; }));
    }

    QPoint at(double x, double y) const { return artboard.view().toView(QPointF(x, y)).toPoint(); }
    QRectF rect(const char *id) const
    {
        return document.value().findToken(QLatin1String(id))->box.toRect(document.value().canvas.size);
    }
    void select(const QStringList &ids) { document.setSelection(ids); }
    int steps() const { return document.undoStack()->index(); }
    QString lastStep() const { return document.undoStack()->undoText(); }
    void trigger(const char *action) { artboard.findAction(QLatin1String(action))->trigger(); }

    void press(const QPoint &point, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(&artboard, Qt::LeftButton, modifiers, point);
    }
    void moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButtons buttons = Qt::LeftButton)
    {
        QMouseEvent event(QEvent::MouseMove, point, artboard.mapToGlobal(point), Qt::NoButton, buttons, modifiers);
        QApplication::sendEvent(&artboard, &event);
    }
    void release(const QPoint &point, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseRelease(&artboard, Qt::LeftButton, modifiers, point);
    }
    void drag(const QPoint &from, const QPoint &to, Qt::KeyboardModifiers modifiers = {})
    {
        press(from, modifiers);
        for (int step = 1; step <= 5; ++step)
            moveTo(from + (to - from) * step / 5, modifiers);
        release(to, modifiers);
    }
    void click(const QPoint &point, Qt::KeyboardModifiers modifiers = {})
    {
        press(point, modifiers);
        release(point, modifiers);
    }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&artboard, Qt::Key(key), modifiers); }

    TemplateDocument document;
    FakeEngine engine;
    DraftService draft;
    Artboard artboard;
    DraftOptions options;
};

} // namespace Galley

/// Rectangles compared in canvas pixels to a thousandth: boxes are fractions.
#define COMPARE_RECT(actual, expected) \
    do { \
        const QRectF a = (actual); \
        const QRectF e = (expected); \
        QVERIFY2(qAbs(a.x() - e.x()) < 0.001 && qAbs(a.y() - e.y()) < 0.001 && qAbs(a.width() - e.width()) < 0.001 \
                     && qAbs(a.height() - e.height()) < 0.001, \
                 qPrintable(QStringLiteral("%1 %2 %3 × %4 instead of %5 %6 %7 × %8") \
                                .arg(a.x()).arg(a.y()).arg(a.width()).arg(a.height()) \
                                .arg(e.x()).arg(e.y()).arg(e.width()).arg(e.height()))); \
    } while (false)
