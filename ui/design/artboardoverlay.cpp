#include "ui/design/artboardoverlay.h"

#include "core/service/draftservice.h"
#include "ui/design/rulers.h"
#include "ui/document/templatedocument.h"
#include "ui/widgets/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr double handleSize = 8;
constexpr double chipHeight = 20;
constexpr double longestLabel = 320;

/// \a rect on the device's pixel grid, so that its hairline is one pixel wide and not two half-lit ones.
QRectF crisp(const QRectF &rect, double ratio)
{
    const auto snap = [ratio](double value) { return (std::floor(value * ratio) + 0.5) / ratio; };
    const double left = snap(rect.left());
    const double top = snap(rect.top());
    return QRectF(left, top, std::max(snap(rect.right()) - left, 1 / ratio), std::max(snap(rect.bottom()) - top, 1 / ratio));
}

QPen hairline(const QColor &color, Qt::PenStyle style = Qt::SolidLine)
{
    return QPen(color, 0, style);
}

} // namespace

ArtboardOverlay::ArtboardOverlay(const ArtboardState &state, const Theme &theme, const Look &look)
    : m_state(state)
    , m_theme(theme)
    , m_look(look)
{}

void ArtboardOverlay::paintBehind(QPainter &painter, const QRectF &widget) const
{
    painter.fillRect(widget, m_theme.color(ThemeColor::Surround));
    // Before the first draft the canvas is there already, in its own colour: the picture takes its place without a jump.
    const QColor ground = parseColor(m_state.document->value().canvas.background);
    painter.fillRect(m_state.view.canvasRect(), ground.isValid() ? ground : m_theme.color(ThemeColor::Raised));
}

void ArtboardOverlay::paintAbove(QPainter &painter) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    const double ratio = m_state.view.devicePixelRatio();
    painter.setPen(hairline(m_theme.color(ThemeColor::Line)));
    painter.drawRect(crisp(m_state.view.canvasRect().adjusted(-1 / ratio, -1 / ratio, 0, 0), ratio));
    if (m_state.showGuides)
        paintGuides(painter);
    paintOutlines(painter);
    paintSnapLines(painter);
    if (m_look.handles)
        paintHandles(painter);
    painter.setRenderHint(QPainter::Antialiasing, true);
    paintLabels(painter);
    paintReadout(painter);
    paintNotice(painter);
    painter.restore();
}

void ArtboardOverlay::paintGuides(QPainter &painter) const
{
    const Canvas &canvas = m_state.document->value().canvas;
    const QRectF frame = m_state.view.canvasRect();
    const double ratio = m_state.view.devicePixelRatio();
    QColor color = m_theme.color(ThemeColor::Accent);
    if (canvas.safeArea > 0) {
        painter.setPen(hairline(color));
        painter.drawRect(crisp(m_state.view.toView(safeAreaRect(canvas.size, canvas.safeArea)), ratio));
    }
    painter.setPen(hairline(color, Qt::DashLine));
    for (int third : {1, 2}) {
        const double x = frame.left() + frame.width() * third / 3;
        const double y = frame.top() + frame.height() * third / 3;
        painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()));
        painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y));
    }
}

void ArtboardOverlay::paintOutlines(QPainter &painter) const
{
    const double ratio = m_state.view.devicePixelRatio();
    const QColor accent = m_theme.color(ThemeColor::Accent);
    const auto outline = [&](const QString &id) { return crisp(m_state.view.toView(m_state.editor.rectOf(id)), ratio); };

    QSet<QString> shown;
    for (const SceneItem &item : m_state.draft->draft().scene.items)
        shown.insert(item.tokenId);
    const QStringList visible = m_state.visible();
    for (const QString &id : visible) {
        if (shown.contains(id))
            continue;
        painter.setPen(hairline(m_theme.color(ThemeColor::Secondary), Qt::DashLine));
        painter.drawRect(outline(id));
    }
    const QStringList active = m_state.active();
    if (!m_state.hovered.isEmpty() && !active.contains(m_state.hovered)) {
        painter.setPen(hairline(accent));
        painter.drawRect(outline(m_state.hovered));
    }
    for (const QString &id : active) {
        const Token *token = m_state.document->value().findToken(id);
        if (!token)
            continue;
        const bool faint = token->locked || token->hidden;
        const QRectF rect = outline(id);
        // The line lies on the picture, whose colours nobody knows: a ground of its own keeps it visible on all of them.
        QColor ground = m_theme.color(ThemeColor::Panel);
        ground.setAlphaF(0.6F);
        painter.setPen(QPen(ground, 3 / ratio));
        painter.drawRect(rect);
        painter.setPen(hairline(accent, faint ? Qt::DashLine : Qt::SolidLine));
        painter.drawRect(rect);
        // A second line makes the token that has the keyboard differ by shape, not by colour.
        if (m_look.focused && id == active.last())
            painter.drawRect(rect.adjusted(-1 / ratio, -1 / ratio, 1 / ratio, 1 / ratio));
    }
}

void ArtboardOverlay::paintHandles(QPainter &painter) const
{
    const QStringList ids = m_state.editor.editable(m_state.active());
    if (ids.isEmpty() || m_state.document->isReadOnly())
        return;
    const double ratio = m_state.view.devicePixelRatio();
    const QRectF rect = m_state.view.toView(unitedRect(m_state.editor.rectsOf(ids)));
    painter.setPen(hairline(m_theme.color(ThemeColor::Accent)));
    painter.setBrush(m_theme.color(ThemeColor::Raised));
    if (ids.size() > 1) {
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(crisp(rect, ratio));
        painter.setBrush(m_theme.color(ThemeColor::Raised));
    }
    const bool sides = std::min(rect.width(), rect.height()) >= 24;
    const QList<Handle> handles = allHandles();
    for (Handle handle : handles) {
        const bool corner = (movesLeft(handle) || movesRight(handle)) && (movesTop(handle) || movesBottom(handle));
        if (!corner && !sides)
            continue;
        const QPointF point = handlePoint(rect, handle);
        painter.drawRect(crisp(QRectF(point.x() - handleSize / 2, point.y() - handleSize / 2, handleSize, handleSize), ratio));
    }
    painter.setBrush(Qt::NoBrush);
}

void ArtboardOverlay::paintSnapLines(QPainter &painter) const
{
    painter.setPen(hairline(m_theme.color(ThemeColor::Danger)));
    for (const SnapLine &line : m_state.touched) {
        const bool vertical = line.orientation == Qt::Vertical;
        const QPointF begin = vertical ? QPointF(line.position, line.begin) : QPointF(line.begin, line.position);
        const QPointF end = vertical ? QPointF(line.position, line.end) : QPointF(line.end, line.position);
        painter.drawLine(m_state.view.toView(begin), m_state.view.toView(end));
    }
}

void ArtboardOverlay::paintChip(QPainter &painter, const QPointF &bottomLeft, const QString &text, const QColor &color) const
{
    painter.setFont(Theme::secondaryFont());
    const QFontMetricsF metrics(painter.font());
    const QString shown = metrics.elidedText(text, Qt::ElideRight, longestLabel);
    const QRectF seen = m_state.view.viewport();
    QRectF chip(bottomLeft.x(), bottomLeft.y() - chipHeight, metrics.horizontalAdvance(shown) + 12, chipHeight);
    chip.moveLeft(std::clamp(chip.left(), seen.left() + 4, std::max(seen.left() + 4, seen.right() - chip.width() - 4)));
    chip.moveTop(std::clamp(chip.top(), seen.top() + 4, std::max(seen.top() + 4, seen.bottom() - chip.height() - 4)));
    painter.setPen(hairline(m_theme.color(ThemeColor::Line)));
    painter.setBrush(m_theme.color(ThemeColor::Panel));
    painter.drawRoundedRect(crisp(chip, m_state.view.devicePixelRatio()), Theme::radius, Theme::radius);
    painter.setPen(color);
    painter.drawText(chip, Qt::AlignCenter, shown);
    painter.setBrush(Qt::NoBrush);
}

void ArtboardOverlay::paintLabels(QPainter &painter) const
{
    const QColor text = m_theme.color(ThemeColor::Text);
    const QStringList active = m_state.active();
    for (const QString &id : m_look.rendering) {
        const QRectF rect = m_state.view.toView(m_state.editor.rectOf(id));
        paintChip(painter, rect.bottomLeft() + QPointF(6, -6), QStringLiteral("◌ ") + tr("rendering"),
                  m_theme.color(ThemeColor::Rendering));
    }
    const auto above = [&](const QRectF &rect) { return m_state.view.toView(rect).topLeft() + QPointF(0, -6); };
    if (active.size() > 1) {
        const QRectF rect = unitedRect(m_state.editor.rectsOf(active));
        paintChip(painter, above(rect), TokenEditor::nameOf(active), text);
    } else if (active.size() == 1 && m_state.document->value().findToken(active.first())) {
        const Token *token = m_state.document->value().findToken(active.first());
        QString label = m_state.labelOf(active.first());
        if (token->locked)
            label += QStringLiteral(" · ") + tr("locked");
        if (token->hidden)
            label += QStringLiteral(" · ") + tr("hidden");
        paintChip(painter, above(m_state.editor.rectOf(active.first())), label, text);
    }
    if (!m_state.hovered.isEmpty() && !active.contains(m_state.hovered) && m_state.readout.isEmpty())
        paintChip(painter, above(m_state.editor.rectOf(m_state.hovered)), m_state.labelOf(m_state.hovered), text);
}

void ArtboardOverlay::paintReadout(QPainter &painter) const
{
    if (m_state.readout.isEmpty() || !m_state.pointer)
        return;
    paintChip(painter, *m_state.pointer + QPointF(16, 16 + chipHeight), m_state.readout, m_theme.color(ThemeColor::Text));
}

void ArtboardOverlay::paintNotice(QPainter &painter) const
{
    QString notice;
    if (m_state.document->isReadOnly())
        notice = tr("Read-only: open in another window, or the file cannot be written");
    else if (m_state.document->value().tokens.isEmpty())
        notice = tr("Nothing here yet. Press T and drag to draw a headline, S for a subject, P for a panel.");
    if (notice.isEmpty())
        return;
    painter.setFont(Theme::secondaryFont());
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(notice) + 12;
    const QRectF seen = m_state.view.viewport();
    paintChip(painter, QPointF(seen.center().x() - width / 2, seen.top() + 8 + chipHeight), notice,
              m_theme.color(ThemeColor::Text));
}

void ArtboardOverlay::paintRulersOn(QPainter &painter, const QRectF &widget) const
{
    if (!m_state.showRulers)
        return;
    const RulerColors colors{m_theme.color(ThemeColor::Panel), m_theme.color(ThemeColor::Line),
                             m_theme.color(ThemeColor::Secondary), m_theme.color(ThemeColor::Accent)};
    QFont font = Theme::secondaryFont();
    font.setPixelSize(9);
    painter.setFont(font);
    const QStringList active = m_state.active();
    const QRectF selection = active.isEmpty() ? QRectF() : unitedRect(m_state.editor.rectsOf(active));
    paintRulers(painter, widget, rulerThickness, m_state.view, colors, selection, m_state.pointer);
}

} // namespace Galley
