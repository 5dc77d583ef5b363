#include "ui/preview/statechip.h"

#include "core/service/draftservice.h"

#include <QEvent>
#include <QPainter>

namespace Galley {

struct StateChip::Private
{
    DraftService *draft;
};

StateChip::StateChip(DraftService *draft, QWidget *parent)
    : QWidget(parent)
    , d(new Private{draft})
{
    connect(draft, &DraftService::stateChanged, this, [this] {
        updateGeometry();
        update();
    });
}

StateChip::~StateChip() = default;

QString StateChip::text() const
{
    switch (d->draft->state()) {
    case DraftService::State::Current:
        return tr("current");
    case DraftService::State::Stale:
        return tr("stale");
    case DraftService::State::Rendering:
        return tr("rendering");
    }
    return {};
}

QSize StateChip::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + 24, 24};
}

QSize StateChip::minimumSizeHint() const
{
    return sizeHint();
}

void StateChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.drawText(rect(), Qt::AlignCenter, text());
}

bool StateChip::event(QEvent *event)
{
    return QWidget::event(event);
}

} // namespace Galley
