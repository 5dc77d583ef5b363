#pragma once

#include "core/template/template.h"
#include "ui/design/artboardstate.h"

#include <QCursor>
#include <QObject>
#include <QTimer>

#include <optional>

class QPainter;

namespace Galley {

class Theme;

/// The pointer as tools see it.
struct PointerEvent
{
    QPointF view;    ///< widget coordinates
    QPointF canvas;  ///< canvas pixels
    Qt::KeyboardModifiers modifiers;
};

/// What the left button does on the artboard. One tool is active; the artboard feeds it pointer events and paints it on top. Tools
/// change the document only through TokenEditor. GUI thread; owned by the artboard, whose state outlives them.
class ArtboardTool : public QObject
{
    Q_OBJECT

public:
    explicit ArtboardTool(ArtboardState &state, QObject *parent)
        : QObject(parent)
        , m_state(state)
    {}

    virtual void press(const PointerEvent &event) = 0;
    /// While the button is held, and again when a modifier key goes down or up.
    virtual void drag(const PointerEvent &event) = 0;
    virtual void release(const PointerEvent &event) = 0;
    virtual void doubleClick(const PointerEvent &) {}
    /// Gives up what is under way. False: there was nothing.
    virtual bool cancel() = 0;
    virtual QCursor cursorAt(const PointerEvent &event) const = 0;
    virtual void paint(QPainter &, const Theme &) const {}

Q_SIGNALS:
    void updateNeeded();
    void message(const QString &sentence);
    void editRequested(const QString &tokenId);
    void done();  ///< the artboard goes back to the select tool

protected:
    ArtboardState &m_state;
};

/// Picks, moves and resizes tokens, carries copies away (Alt) and draws the selection rectangle.
class SelectTool : public ArtboardTool
{
    Q_OBJECT

public:
    SelectTool(ArtboardState &state, QObject *parent);

    void press(const PointerEvent &event) override;
    void drag(const PointerEvent &event) override;
    void release(const PointerEvent &event) override;
    void doubleClick(const PointerEvent &event) override;
    bool cancel() override;
    QCursor cursorAt(const PointerEvent &event) const override;
    void paint(QPainter &painter, const Theme &theme) const override;

private:
    enum class Mode { Idle, Pressed, Refused, Moving, Resizing, Marquee };

    std::optional<Handle> handleAt(const QPointF &viewPoint) const;
    void begin();
    void beginMove(bool copies);
    void dragMove(const PointerEvent &event);
    void dragResize(const PointerEvent &event);
    void dragMarquee(const PointerEvent &event);
    QPointF snappedResize(const QPointF &delta, const ResizeOptions &options);
    QPointF snappedRatio(const QPointF &delta, const QRectF &raw, const Snap &snap, const ResizeOptions &options);
    void click(const PointerEvent &event);
    void pickNextBelow();
    void end();

    Mode m_mode = Mode::Idle;
    PointerEvent m_press;
    std::optional<Handle> m_handle;
    QStringList m_hits;          ///< under the press, topmost first
    bool m_wasSelected = false;  ///< the press hit what was selected already
    bool m_grabbed = false;      ///< dragging moves the selection
    QStringList m_before;        ///< selection before a marquee
    QHash<QString, QRectF> m_startRects;
    QRectF m_startUnion;
    SnapTargets m_targets;
    QRectF m_marquee;            ///< canvas pixels
    QString m_mergeKey;
    bool m_copies = false;
    int m_serial = 0;
    std::optional<QPointF> m_lastClick;
    QTimer m_pickTimer;          ///< a second click picks the token below, unless it was a double click
};

/// Draws the rectangle of a new token of one role.
class DrawTool : public ArtboardTool
{
    Q_OBJECT

public:
    DrawTool(ArtboardState &state, QObject *parent);

    void setRole(Role role) { m_role = role; }
    /// Without a pointer: a box of the usual size in the middle of what can be seen.
    void place();

    void press(const PointerEvent &event) override;
    void drag(const PointerEvent &event) override;
    void release(const PointerEvent &event) override;
    bool cancel() override;
    QCursor cursorAt(const PointerEvent &) const override;
    void paint(QPainter &painter, const Theme &theme) const override;

private:
    QRectF usualRect(const QPointF &center) const;
    void add(const QRectF &rect);

    Role m_role = Role::Subject;
    std::optional<QPointF> m_start;  ///< canvas pixels
    QPointF m_pressedAt;             ///< widget coordinates
    QRectF m_rect;
    SnapTargets m_targets;
};

} // namespace Galley
