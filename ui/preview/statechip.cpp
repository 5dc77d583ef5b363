#include "ui/preview/statechip.h"

#include "core/service/draftservice.h"
#include "ui/preview/drafttext.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>

namespace Galley {

namespace {

constexpr int chipHeight = 24;
constexpr int shapeSide = 9;
constexpr int longest = 460;

/// The shapes differ without their colours: full, half, broken ring.
void paintShape(QPainter &painter, const QRectF &rect, DraftService::State state, const QColor &color)
{
    painter.setPen(QPen(color, 1.5));
    switch (state) {
    case DraftService::State::Current:
        painter.setBrush(color);
        painter.drawEllipse(rect);
        break;
    case DraftService::State::Stale:
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(rect);
        painter.setBrush(color);
        painter.drawPie(rect, 90 * 16, 180 * 16);
        break;
    case DraftService::State::Rendering:
        painter.setBrush(Qt::NoBrush);
        for (int part = 0; part < 4; ++part)
            painter.drawArc(rect, (part * 90 + 15) * 16, 60 * 16);
        break;
    }
    painter.setBrush(Qt::NoBrush);
}

ThemeColor toneOf(DraftService::State state)
{
    switch (state) {
    case DraftService::State::Current:
        return ThemeColor::Current;
    case DraftService::State::Stale:
        return ThemeColor::Stale;
    case DraftService::State::Rendering:
        return ThemeColor::Rendering;
    }
    return ThemeColor::Text;
}

} // namespace

struct StateChip::Private
{
    DraftService *draft;
    QString text;
    int step = 0;
    int steps = 0;
};

StateChip::StateChip(DraftService *draft, QWidget *parent)
    : QWidget(parent)
    , d(new Private{draft, {}, 0, 0})
{
    setFont(Theme::secondaryFont());
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(draft, &DraftService::stateChanged, this, [this] {
        d->step = 0;
        refresh();
    });
    connect(draft, &DraftService::progressChanged, this, [this](int step, int of) {
        d->step = step;
        d->steps = of;
        refresh();
    });
    connect(draft, &DraftService::sceneChanged, this, &StateChip::refresh);
    connect(draft, &DraftService::subjectChanged, this, &StateChip::refresh);
    connect(draft, &DraftService::finished, this, &StateChip::refresh);
    connect(draft, &DraftService::capabilitiesChanged, this, &StateChip::refresh);
    refresh();
}

StateChip::~StateChip() = default;

QString StateChip::text() const
{
    return d->text;
}

QString StateChip::describe() const
{
    const QString dot = QStringLiteral(" · ");
    switch (d->draft->state()) {
    case DraftService::State::Current: {
        const QString made = madeBy(d->draft->draft());
        return made.isEmpty() ? tr("current") : tr("current") + dot + made;
    }
    case DraftService::State::Stale:
        return d->draft->problem().isEmpty() ? tr("stale") : tr("stale") + dot + d->draft->problem();
    case DraftService::State::Rendering:
        return d->step > 0 ? tr("rendering") + dot + tr("step %1 of %2").arg(d->step).arg(d->steps) : tr("rendering");
    }
    return {};
}

void StateChip::refresh()
{
    const QString text = describe();
    if (text == d->text) {
        update();
        return;
    }
    d->text = text;
    setAccessibleName(tr("Draft: %1").arg(text));
    setToolTip(d->draft->state() == DraftService::State::Stale
                   ? tr("What you see is older than the template. %1").arg(d->draft->problem())
                   : text);
    updateGeometry();
    // Outside a layout, where it floats over the artboard, nobody else gives it its size.
    if (!parentWidget() || !parentWidget()->layout())
        resize(sizeHint());
    update();
}

QSize StateChip::sizeHint() const
{
    const int words = std::min(longest, QFontMetrics(font()).horizontalAdvance(d->text) + 1);
    return {Theme::space2 + shapeSide + Theme::space2 + words + Theme::space2, chipHeight};
}

QSize StateChip::minimumSizeHint() const
{
    return {120, chipHeight};
}

void StateChip::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(ThemeColor::Line), 1));
    painter.setBrush(theme.color(ThemeColor::Panel));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Theme::radius, Theme::radius);
    const DraftService::State state = d->draft->state();
    const QRectF shape(Theme::space2, (height() - shapeSide) / 2.0, shapeSide, shapeSide);
    paintShape(painter, shape, state, theme.color(toneOf(state)));
    painter.setPen(theme.color(ThemeColor::Text));
    const QRect words = rect().adjusted(2 * Theme::space2 + shapeSide, 0, -Theme::space2, 0);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(d->text, Qt::ElideRight, words.width()));
}

void StateChip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        d->text.clear();
        refresh();
    }
    QWidget::changeEvent(event);
}

} // namespace Galley
