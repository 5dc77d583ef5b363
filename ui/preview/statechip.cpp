#include "ui/preview/statechip.h"

#include "core/service/draftservice.h"
#include "ui/preview/drafttext.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/theme.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>
#include <QTimer>

#include <algorithm>

namespace Galley {

namespace {

constexpr int chipHeight = 24;
constexpr int shapeSide = 9;
constexpr int longest = 460;
constexpr int stopSide = 20;
constexpr int tickMs = 500;
constexpr qint64 longMs = 1500;  ///< what is faster needs no figures, which nobody could read
constexpr qreal lineHeight = 2;

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
    Private(DraftService *service, StateChip *chip)
        : draft(service)
        , stop(new IconButton(QStringLiteral("stop"), {}, chip))
    {}

    DraftService *draft;
    IconButton *stop;
    QTimer tick;
    QElapsedTimer since;  ///< it has been rendering
    QString text;
    int words = 0;  ///< width of the text; while it counts, of the widest so far, so that the chip stands still
};

StateChip::StateChip(DraftService *draft, QWidget *parent)
    : QWidget(parent)
    , d(new Private(draft, this))
{
    setFont(Theme::secondaryFont());
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    d->stop->setObjectName(QStringLiteral("stopDraft"));
    d->stop->setMinimumSize(stopSide, stopSide);
    d->stop->setVisible(false);
    connect(d->stop, &QToolButton::clicked, draft, &DraftService::stop);
    d->tick.setInterval(tickMs);
    connect(&d->tick, &QTimer::timeout, this, &StateChip::refresh);
    connect(draft, &DraftService::stateChanged, this, &StateChip::refresh);
    connect(draft, &DraftService::progressChanged, this, [this] {
        if (!d->draft->pace().isLoading())  // that is told several times a second
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
    case DraftService::State::Rendering: return describeRendering();
    }
    return {};
}

QString StateChip::describeRendering() const
{
    const RenderPace pace = d->draft->pace();
    QStringList parts{tr("rendering")};
    if (pace.step > 0)
        parts << tr("step %1 of %2").arg(pace.step).arg(pace.of);
    else if (pace.isLoading() && isLong())
        parts << tr("loading the model, %1 of %2").arg(dataSizeText(pace.loadedBytes), dataSizeText(pace.loadBytes));
    if (const qint64 left = d->draft->msLeft(); left > 0 && isLong())
        parts << tr("%1 left").arg(durationText(left));
    return parts.join(QStringLiteral(" · "));
}

bool StateChip::isLong() const
{
    return d->tick.isActive() && d->since.elapsed() >= longMs;
}

/// Of what is being done; below 0 where nobody can tell.
double StateChip::share() const
{
    const RenderPace pace = d->draft->pace();
    if (pace.of > 0)
        return double(pace.step) / pace.of;
    return pace.isLoading() ? double(pace.loadedBytes) / double(pace.loadBytes) : -1;
}

void StateChip::refresh()
{
    const bool isRendering = d->draft->state() == DraftService::State::Rendering;
    if (!isRendering)
        d->tick.stop();
    else if (!d->tick.isActive())
        d->tick.start(), d->since.start();
    const bool canStop = isRendering && isLong();
    const QString text = describe();
    if (text == d->text && canStop != d->stop->isHidden()) {
        update();
        return;
    }
    const bool goesOn = isRendering && !d->stop->isHidden();
    const int words = std::min(longest, QFontMetrics(font()).horizontalAdvance(text) + 1);
    d->words = goesOn ? std::max(d->words, words) : words;
    d->text = text;
    d->stop->setVisible(canStop);
    d->stop->setAccessibleName(tr("Stop drawing"));
    d->stop->setToolTip(tr("Stop drawing this draft"));
    // A screen reader reads a changed name aloud: not twice a second.
    setAccessibleName(tr("Draft: %1").arg(goesOn ? tr("rendering") : text));
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
    const int stop = d->stop->isHidden() ? 0 : stopSide;
    return {Theme::space2 + shapeSide + Theme::space2 + d->words + Theme::space2 + stop, chipHeight};
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
    if (!d->stop->isHidden() && share() >= 0) {
        QPainterPath inside;
        inside.addRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), Theme::radius - 1, Theme::radius - 1);
        painter.save();
        painter.setClipPath(inside);
        painter.fillRect(QRectF(1, height() - 1 - lineHeight, (width() - 2) * std::min(1.0, share()), lineHeight), theme.color(toneOf(state)));
        painter.restore();
    }
    painter.setPen(theme.color(ThemeColor::Text));
    const QRect words = rect().adjusted(2 * Theme::space2 + shapeSide, 0, -Theme::space2 - (d->stop->isHidden() ? 0 : stopSide), 0);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(d->text, Qt::ElideRight, words.width()));
}

void StateChip::resizeEvent(QResizeEvent *event)
{
    d->stop->setGeometry(width() - stopSide - (chipHeight - stopSide) / 2, (height() - stopSide) / 2, stopSide, stopSide);
    QWidget::resizeEvent(event);
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
