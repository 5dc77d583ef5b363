#include "ui/design/artboard.h"

#include "core/service/draftservice.h"
#include "ui/document/templatedocument.h"

#include <QAction>
#include <QPainter>

namespace Galley {

struct Artboard::Private
{
    TemplateDocument *document;
    DraftService *draft;
    ArtboardView view;
    ScenePainter painter;
    std::optional<Role> drawRole;
    bool fitted = true;
};

Artboard::Artboard(TemplateDocument *document, DraftService *draft, QWidget *parent)
    : QWidget(parent)
    , d(new Private{document, draft, {}, {}, {}})
{
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(160, 160);
    connect(draft, &DraftService::sceneChanged, this, [this] { update(); });
    connect(draft, &DraftService::subjectChanged, this, [this] { update(); });
}

Artboard::~Artboard() = default;

TemplateDocument *Artboard::document() const
{
    return d->document;
}

DraftService *Artboard::draft() const
{
    return d->draft;
}

const ArtboardView &Artboard::view() const
{
    return d->view;
}

double Artboard::zoom() const
{
    return d->view.zoom();
}

void Artboard::setZoom(double zoom)
{
    setZoom(zoom, d->view.viewport().center());
}

void Artboard::setZoom(double zoom, const QPointF &anchor)
{
    d->fitted = false;
    d->view.setZoom(zoom, anchor);
    update();
    Q_EMIT zoomChanged(d->view.zoom());
}

void Artboard::fitToView()
{
    d->fitted = true;
    d->view.setCanvas(d->document->value().canvas.size);
    d->view.setViewport(rect(), devicePixelRatioF());
    d->view.fit(24);
    update();
    Q_EMIT zoomChanged(d->view.zoom());
}

bool Artboard::isFitted() const
{
    return d->fitted;
}

std::optional<Role> Artboard::drawRole() const
{
    return d->drawRole;
}

void Artboard::setDrawRole(std::optional<Role> role)
{
    d->drawRole = role;
    Q_EMIT toolChanged();
}

QList<QAction *> Artboard::toolActions() const
{
    return {};
}

QList<QAction *> Artboard::editActions() const
{
    return {};
}

QList<QAction *> Artboard::arrangeActions() const
{
    return {};
}

QList<QAction *> Artboard::viewActions() const
{
    return {};
}

QList<QAction *> Artboard::allActions() const
{
    return toolActions() + editActions() + arrangeActions() + viewActions();
}

QAction *Artboard::findAction(const QString &objectName) const
{
    const QList<QAction *> actions = allActions();
    for (QAction *action : actions) {
        if (action->objectName() == objectName)
            return action;
    }
    return nullptr;
}

void Artboard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.translate(d->view.origin());
    painter.scale(d->view.scale(), d->view.scale());
    d->painter.paint(painter, d->draft->draft().scene, d->draft->draft().pictures);
}

void Artboard::resizeEvent(QResizeEvent *)
{
    if (d->fitted)
        fitToView();
    else
        d->view.setViewport(rect(), devicePixelRatioF());
}

} // namespace Galley
