#include "ui/design/artboardtool.h"

#include "ui/document/templatedocument.h"
#include "ui/widgets/theme.h"

#include <QGuiApplication>
#include <QPainter>
#include <QStyleHints>

#include <cmath>

namespace Galley {

namespace {

constexpr double dragDistance = 3;
constexpr double handleReach = 12;
constexpr double samePlace = 4;

double distance(const QPointF &a, const QPointF &b)
{
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

QPointF rounded(const QPointF &point)
{
    return QPointF(std::round(point.x()), std::round(point.y()));
}

QString pixels(double value)
{
    return QString::number(value, 'f', std::abs(value - std::round(value)) < 0.05 ? 0 : 1);
}

QString signedPixels(double value)
{
    const QString text = pixels(std::abs(value));
    return (value < 0 ? QStringLiteral("−") : QStringLiteral("+")) + text;
}

} // namespace

SelectTool::SelectTool(ArtboardState &state, QObject *parent)
    : ArtboardTool(state, parent)
{
    m_pickTimer.setSingleShot(true);
    connect(&m_pickTimer, &QTimer::timeout, this, &SelectTool::pickNextBelow);
}

std::optional<Handle> SelectTool::handleAt(const QPointF &viewPoint) const
{
    const QStringList ids = m_state.editor.editable(m_state.active());
    if (ids.isEmpty())
        return std::nullopt;
    const QRectF rect = m_state.view.toView(unitedRect(m_state.editor.rectsOf(ids)));
    // Inside a small box the handles leave room for taking the box itself.
    const double insideX = std::min(handleReach, rect.width() / 4);
    const double insideY = std::min(handleReach, rect.height() / 4);
    std::optional<Handle> best;
    double bestDistance = 0;
    const QList<Handle> handles = allHandles();
    for (Handle handle : handles) {
        const QPointF off = viewPoint - handlePoint(rect, handle);
        const bool side = !(movesLeft(handle) || movesRight(handle)) || !(movesTop(handle) || movesBottom(handle));
        if (side && std::min(rect.width(), rect.height()) < 2 * handleReach)
            continue;
        const double reachX = (movesLeft(handle) && off.x() > 0) || (movesRight(handle) && off.x() < 0) ? insideX : handleReach;
        const double reachY = (movesTop(handle) && off.y() > 0) || (movesBottom(handle) && off.y() < 0) ? insideY : handleReach;
        const double apart = std::hypot(off.x(), off.y());
        if (std::abs(off.x()) <= reachX && std::abs(off.y()) <= reachY && (!best || apart < bestDistance)) {
            best = handle;
            bestDistance = apart;
        }
    }
    return best;
}

void SelectTool::press(const PointerEvent &event)
{
    m_pickTimer.stop();
    m_press = event;
    m_mode = Mode::Pressed;
    m_handle = handleAt(event.view);
    m_hits = m_state.hit(event.canvas);
    m_wasSelected = false;
    m_grabbed = false;
    m_before = m_state.document->selection();
    if (m_handle || m_hits.isEmpty())
        return;
    for (const QString &id : std::as_const(m_hits)) {
        m_wasSelected = m_wasSelected || m_before.contains(id);
        m_grabbed = m_grabbed || (m_before.contains(id) && !m_state.isGround(id));
    }
    if (m_wasSelected || m_state.isGround(m_hits.first()))
        return;
    m_grabbed = true;
    const bool add = event.modifiers & Qt::ShiftModifier;
    m_state.document->setSelection(add ? m_before + QStringList{m_hits.first()} : QStringList{m_hits.first()});
}

void SelectTool::drag(const PointerEvent &event)
{
    if (m_mode == Mode::Pressed && distance(event.view, m_press.view) >= dragDistance)
        begin();
    if (m_mode == Mode::Moving)
        dragMove(event);
    else if (m_mode == Mode::Resizing)
        dragResize(event);
    else if (m_mode == Mode::Marquee)
        dragMarquee(event);
    if (m_mode != Mode::Idle && m_mode != Mode::Pressed)
        Q_EMIT updateNeeded();
}

void SelectTool::begin()
{
    if (!m_handle && !m_grabbed) {
        m_mode = Mode::Marquee;
        return;
    }
    if (const QString sentence = m_state.editor.refusal(); !sentence.isEmpty()) {
        m_mode = Mode::Refused;
        Q_EMIT message(sentence);
        return;
    }
    m_mergeKey = QStringLiteral("artboard-drag-%1").arg(++m_serial);
    m_state.document->endMerge();
    beginMove(!m_handle && (m_press.modifiers & Qt::AltModifier));
}

void SelectTool::beginMove(bool copies)
{
    const QStringList ids = m_state.editor.editable(m_state.document->selection());
    m_copies = copies;
    m_state.carried = ids;
    if (copies) {
        const auto made = m_state.editor.duplicate(ids, {}, m_mergeKey);
        if (!made) {
            m_mode = Mode::Refused;
            m_state.carried.clear();
            Q_EMIT message(made.error().message);
            return;
        }
        m_state.carried = *made;
    }
    m_startRects.clear();
    for (const QString &id : std::as_const(m_state.carried))
        m_startRects.insert(id, m_state.editor.rectOf(id));
    m_startUnion = unitedRect(m_state.editor.rectsOf(m_state.carried));
    m_targets = m_state.snapTargets(m_state.carried);
    m_mode = m_handle ? Mode::Resizing : Mode::Moving;
}

void SelectTool::dragMove(const PointerEvent &event)
{
    QPointF delta = event.canvas - m_press.canvas;
    bool freeX = true;
    bool freeY = true;
    if (event.modifiers & Qt::ShiftModifier) {
        freeX = std::abs(delta.x()) >= std::abs(delta.y());
        freeY = !freeX;
        delta = freeX ? QPointF(delta.x(), 0) : QPointF(0, delta.y());
    }
    m_state.touched.clear();
    QPointF whole = rounded(delta);
    if (m_state.snapping && !(event.modifiers & Qt::ControlModifier)) {
        const Snap snap = m_targets.forMove(m_startUnion.translated(delta), m_state.tolerance());
        for (const SnapLine &line : snap.lines) {
            const bool vertical = line.orientation == Qt::Vertical;
            if (!(vertical ? freeX : freeY))
                continue;
            if (vertical)
                whole.setX(delta.x() + snap.correction.x());
            else
                whole.setY(delta.y() + snap.correction.y());
            m_state.touched << line;
        }
    }
    QHash<QString, QRectF> rects;
    for (auto it = m_startRects.constBegin(); it != m_startRects.constEnd(); ++it)
        rects.insert(it.key(), it.value().translated(whole));
    const QRectF now = m_startUnion.translated(whole);
    m_state.readout = tr("x %1  y %2   %3 %4")
                          .arg(pixels(now.left()), pixels(now.top()), signedPixels(whole.x()), signedPixels(whole.y()));
    const QString name = TokenEditor::nameOf(m_state.carried);
    m_state.editor.setRects(m_copies ? TokenEditor::tr("Duplicate %1").arg(name) : TokenEditor::tr("Move %1").arg(name), rects,
                            m_mergeKey);
}

QPointF SelectTool::snappedResize(const QPointF &delta, const ResizeOptions &options)
{
    const QRectF raw = resized(m_startUnion, *m_handle, delta, options);
    const Snap snap = m_targets.forResize(raw, *m_handle, m_state.tolerance());
    if (options.keepRatio && m_startUnion.width() > 0 && m_startUnion.height() > 0)
        return snappedRatio(delta, raw, snap, options);
    QPointF whole = rounded(delta);
    for (const SnapLine &line : snap.lines) {
        if (line.orientation == Qt::Vertical)
            whole.setX(delta.x() + snap.correction.x());
        else
            whole.setY(delta.y() + snap.correction.y());
    }
    m_state.touched = snap.lines;
    return whole;
}

// With the ratio kept one axis follows from the other, so only one of them can snap: the nearer.
QPointF SelectTool::snappedRatio(const QPointF &delta, const QRectF &raw, const Snap &snap, const ResizeOptions &options)
{
    std::optional<double> x;
    std::optional<double> y;
    for (const SnapLine &line : snap.lines) {
        if (line.orientation == Qt::Vertical)
            x = snap.correction.x();
        else
            y = snap.correction.y();
    }
    if (!x && !y)
        return delta;
    const bool byX = x && (!y || std::abs(*x) <= std::abs(*y));
    for (const SnapLine &line : snap.lines) {
        if ((line.orientation == Qt::Vertical) == byX)
            m_state.touched << line;
    }
    const double factor = options.fromCenter ? 2 : 1;
    const double right = movesLeft(*m_handle) ? -1 : 1;
    const double down = movesTop(*m_handle) ? -1 : 1;
    const double scale = byX ? (raw.width() + factor * right * *x) / m_startUnion.width()
                             : (raw.height() + factor * down * *y) / m_startUnion.height();
    return QPointF(right * (scale - 1) * m_startUnion.width(), down * (scale - 1) * m_startUnion.height()) / factor;
}

void SelectTool::dragResize(const PointerEvent &event)
{
    ResizeOptions options;
    options.keepRatio = event.modifiers & Qt::ShiftModifier;
    options.fromCenter = event.modifiers & Qt::AltModifier;
    QPointF delta = event.canvas - m_press.canvas;
    m_state.touched.clear();
    if (m_state.snapping && !(event.modifiers & Qt::ControlModifier))
        delta = snappedResize(delta, options);
    else if (!options.keepRatio)
        delta = rounded(delta);
    const QRectF now = resized(m_startUnion, *m_handle, delta, options);
    QHash<QString, QRectF> rects;
    for (auto it = m_startRects.constBegin(); it != m_startRects.constEnd(); ++it)
        rects.insert(it.key(), mappedRect(it.value(), m_startUnion, now));
    m_state.readout = tr("%1 × %2").arg(pixels(now.width()), pixels(now.height()));
    m_state.editor.setRects(TokenEditor::tr("Resize %1").arg(TokenEditor::nameOf(m_state.carried)), rects, m_mergeKey);
}

void SelectTool::dragMarquee(const PointerEvent &event)
{
    m_marquee = QRectF(m_press.canvas, event.canvas).normalized();
    QStringList ids = event.modifiers & Qt::ShiftModifier ? m_before : QStringList();
    const QStringList visible = m_state.visible();
    for (const QString &id : visible) {
        const bool locked = m_state.document->value().findToken(id)->locked;
        const QRectF rect = m_state.editor.rectOf(id);
        if (!locked && !ids.contains(id) && rect.intersects(m_marquee) && !rect.contains(m_marquee))
            ids << id;
    }
    m_state.document->setSelection(ids);
}

void SelectTool::release(const PointerEvent &event)
{
    const Mode mode = m_mode;
    const QStringList copies = m_copies ? m_state.carried : QStringList();
    end();
    if (mode == Mode::Pressed)
        click(event);
    else if (!copies.isEmpty())
        m_state.document->setSelection(copies);
    Q_EMIT updateNeeded();
}

void SelectTool::click(const PointerEvent &event)
{
    const bool again = m_lastClick && distance(*m_lastClick, event.view) <= samePlace;
    m_lastClick = event.view;
    QStringList selected = m_state.document->selection();
    if (event.modifiers & Qt::ShiftModifier) {
        if (m_hits.isEmpty())
            return;
        const QString &id = m_hits.first();
        if (m_before.contains(id))
            selected.removeAll(id);
        else if (!selected.contains(id))
            selected << id;
        m_state.document->setSelection(selected);
        return;
    }
    if (m_hits.isEmpty()) {
        if (!m_handle)
            m_state.document->setSelection({});
        return;
    }
    const bool single = selected.size() == 1 && m_hits.contains(selected.first());
    if (event.modifiers & Qt::AltModifier)
        pickNextBelow();
    else if (single && m_wasSelected && again)
        m_pickTimer.start(QGuiApplication::styleHints()->mouseDoubleClickInterval());
    else if (!m_handle)
        m_state.document->setSelection({m_hits.first()});
}

void SelectTool::pickNextBelow()
{
    if (m_hits.isEmpty())
        return;
    const QStringList selected = m_state.document->selection();
    const bool here = m_wasSelected && selected.size() == 1 && m_hits.contains(selected.first());
    const auto index = m_hits.indexOf(here ? selected.first() : m_hits.first());
    m_state.document->setSelection({m_hits.at((index + 1) % m_hits.size())});
    Q_EMIT updateNeeded();
}

void SelectTool::doubleClick(const PointerEvent &event)
{
    m_pickTimer.stop();
    const QStringList hits = m_state.hit(event.canvas);
    const QStringList selected = m_state.document->selection();
    m_mode = Mode::Idle;
    if (hits.isEmpty())
        return;
    const QString id = selected.size() == 1 && hits.contains(selected.first()) ? selected.first() : hits.first();
    Q_EMIT editRequested(id);
}

void SelectTool::end()
{
    if (m_mode == Mode::Moving || m_mode == Mode::Resizing)
        m_state.document->endMerge();
    m_mode = Mode::Idle;
    m_copies = false;
    m_marquee = {};
    m_state.carried.clear();
    m_state.touched.clear();
    m_state.readout.clear();
}

bool SelectTool::cancel()
{
    m_pickTimer.stop();
    if (m_mode == Mode::Idle || m_mode == Mode::Pressed)
        return false;
    // Under the same key the way back makes the step empty, and an empty step leaves the undo stack.
    if (m_mode == Mode::Moving || m_mode == Mode::Resizing) {
        if (m_copies) {
            const QStringList copies = m_state.carried;
            const auto isCopy = [&copies](const Token &token) { return copies.contains(token.id); };
            m_state.document->apply({}, [&](Template &value) { value.tokens.removeIf(isCopy); }, m_mergeKey);
        } else {
            m_state.editor.setRects(TokenEditor::tr("Move %1").arg(TokenEditor::nameOf(m_state.carried)), m_startRects, m_mergeKey);
        }
    }
    if (m_mode == Mode::Marquee)
        m_state.document->setSelection(m_before);
    end();
    m_mode = Mode::Refused;  // until the button goes up
    Q_EMIT updateNeeded();
    return true;
}

QCursor SelectTool::cursorAt(const PointerEvent &event) const
{
    if (m_mode == Mode::Moving)
        return Qt::SizeAllCursor;
    const auto handle = m_mode == Mode::Resizing ? m_handle : handleAt(event.view);
    if (!handle)
        return Qt::ArrowCursor;
    switch (*handle) {
    case Handle::TopLeft:
    case Handle::BottomRight:
        return Qt::SizeFDiagCursor;
    case Handle::TopRight:
    case Handle::BottomLeft:
        return Qt::SizeBDiagCursor;
    case Handle::Top:
    case Handle::Bottom:
        return Qt::SizeVerCursor;
    default:
        return Qt::SizeHorCursor;
    }
}

void SelectTool::paint(QPainter &painter, const Theme &theme) const
{
    if (m_mode != Mode::Marquee)
        return;
    QColor fill = theme.color(ThemeColor::Accent);
    painter.setPen(QPen(fill, 0));
    fill.setAlphaF(0.12F);
    painter.setBrush(fill);
    painter.drawRect(m_state.view.toView(m_marquee));
}

} // namespace Galley
