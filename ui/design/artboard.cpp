#include "ui/design/artboard.h"

#include "core/service/draftservice.h"
#include "core/template/resolve.h"
#include "ui/design/artboardaccessible.h"
#include "ui/design/artboardactions.h"
#include "ui/design/artboardoverlay.h"
#include "ui/design/artboardtool.h"
#include "ui/design/inplaceeditor.h"
#include "ui/design/scenecache.h"
#include "ui/document/templatedocument.h"
#include "ui/widgets/theme.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QPinchGesture>
#include <QPointer>
#include <QTimer>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace Galley {

namespace {

constexpr double fitMargin = 32;
constexpr double wheelPan = 64;        ///< widget units per notch of the wheel
constexpr int nudgePause = 1000;       ///< milliseconds after which nudging starts an undo step of its own
constexpr int renderingDelay = 250;    ///< a subject that is there sooner is not worth a mark
constexpr double bigStep = 10;

QPointF arrowOf(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return {-1, 0};
    case Qt::Key_Right:
        return {1, 0};
    case Qt::Key_Up:
        return {0, -1};
    case Qt::Key_Down:
        return {0, 1};
    default:
        return {};
    }
}

} // namespace

struct Artboard::Private
{
    Private(Artboard *artboard, TemplateDocument *document, DraftService *draft)
        : q(artboard)
        , state{document, draft, TokenEditor(document), {}, true, true, false, {}, {}, {}, {}, {}}
        , select(state, artboard)
        , draw(state, artboard)
        , tool(&select)
    {}

    Artboard *q;
    ArtboardState state;
    SceneCache scene;
    std::optional<Draft> earlier;  ///< shown instead of the live draft while a preview is held down
    SceneCache earlierScene;
    SelectTool select;
    DrawTool draw;
    ArtboardTool *tool;
    ArtboardActions *actions = nullptr;
    std::optional<Role> drawRole;
    bool fitted = true;
    bool spaceDown = false;
    bool leftDown = false;
    std::optional<QPointF> panFrom;
    QTimer nudgeEnd;
    QTimer renderingShown;
    QStringList rendering;
    QPointer<InplaceEditor> editor;
    double pinchStart = 1;

    PointerEvent pointerEvent(const QPointF &position, Qt::KeyboardModifiers modifiers) const
    {
        return {position, state.view.toCanvas(position), modifiers};
    }
    void layOut();
    void updateHover();
    void updateCursor(Qt::KeyboardModifiers modifiers);
    void updateRendering();
    void pan(const QPointF &delta);
    void nudge(const QPointF &delta, bool resize);
    void showMessage(const QString &sentence) { Q_EMIT q->message(sentence); }
    void tokensChanged();
    /// A drag looks at Shift, Alt and Ctrl at once, not only when the mouse moves again.
    void modifiersChanged(Qt::KeyboardModifiers modifiers)
    {
        if (leftDown && state.pointer)
            tool->drag(pointerEvent(*state.pointer, modifiers));
    }
    QString hoverText(const QPointF &position) const;
};

QString Artboard::Private::hoverText(const QPointF &position) const
{
    const QStringList hits = state.hit(state.view.toCanvas(position));
    if (hits.isEmpty() || leftDown || !state.view.viewport().contains(position))
        return {};
    const QStringList notes = state.notesOf(hits.first());
    return notes.isEmpty() ? QString() : (QStringList{state.labelOf(hits.first())} + notes).join(u'\n');
}

void Artboard::Private::layOut()
{
    const double rulers = state.showRulers ? ArtboardOverlay::rulerThickness : 0;
    state.view.setCanvas(state.document->value().canvas.size);
    state.view.setViewport(QRectF(q->rect()).adjusted(rulers, rulers, 0, 0), q->devicePixelRatioF());
    if (fitted)
        state.view.fit(fitMargin);
    if (editor)
        editor->placeAt(q->tokenRect(editor->tokenId()), state.view.viewport());
    q->update();
}

void Artboard::Private::updateHover()
{
    QString hovered;
    if (state.pointer && !drawRole && !leftDown && !panFrom && state.view.viewport().contains(*state.pointer)) {
        const QStringList hits = state.hit(state.view.toCanvas(*state.pointer));
        if (!hits.isEmpty() && !state.isGround(hits.first()))
            hovered = hits.first();
    }
    if (std::exchange(state.hovered, hovered) != hovered)
        q->update();
}

void Artboard::Private::updateCursor(Qt::KeyboardModifiers modifiers)
{
    if (panFrom)
        q->setCursor(Qt::ClosedHandCursor);
    else if (spaceDown)
        q->setCursor(Qt::OpenHandCursor);
    else if (!state.pointer || !state.view.viewport().contains(*state.pointer))
        q->setCursor(Qt::ArrowCursor);
    else
        q->setCursor(tool->cursorAt(pointerEvent(*state.pointer, modifiers)));
}

void Artboard::Private::updateRendering()
{
    QStringList now;
    if (state.draft->state() != DraftService::State::Rendering) {
        renderingShown.stop();
    } else if (!renderingShown.isActive()) {
        const QStringList visible = state.visible();
        for (const QString &id : visible) {
            if (state.isRendering(id))
                now << id;
        }
    }
    if (std::exchange(rendering, now) != now)
        q->update();
}

void Artboard::Private::pan(const QPointF &delta)
{
    fitted = false;
    state.view.pan(delta);
    layOut();
}

void Artboard::Private::nudge(const QPointF &delta, bool resize)
{
    const QStringList selected = state.document->selection();
    if (selected.isEmpty()) {
        pan(-delta * 32);
        return;
    }
    if (const QString sentence = state.editor.refusal(); !sentence.isEmpty())
        return showMessage(sentence);
    if (state.editor.editable(selected).isEmpty())
        return showMessage(tr("%1: locked. Unlock it to move it.").arg(TokenEditor::nameOf(selected)));
    if (resize)
        state.editor.grow(selected, delta, QStringLiteral("artboard-nudge-size"));
    else
        state.editor.move(selected, delta, QStringLiteral("artboard-nudge"));
    nudgeEnd.start();
}

void Artboard::Private::tokensChanged()
{
    const QSize canvas = state.document->value().canvas.size;
    if (canvas != state.view.canvas())
        layOut();
    if (!state.document->value().findToken(state.hovered))
        state.hovered.clear();
    if (editor && !state.document->value().findToken(editor->tokenId()))
        editor->finish();
    actions->refresh();
    notifyAccessibleTokens(q);
    q->update();
}

Artboard::Artboard(TemplateDocument *document, DraftService *draft, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this, document, draft))
{
    installArtboardAccessibility();
    setObjectName(QStringLiteral("artboard"));
    setAccessibleName(tr("Artboard"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(200, 160);
    setAttribute(Qt::WA_OpaquePaintEvent);
    grabGesture(Qt::PinchGesture);

    d->actions = new ArtboardActions(this, d->state);
    connect(d->actions, &ArtboardActions::message, this, &Artboard::message);
    connect(d->actions, &ArtboardActions::optionsChanged, this, [this] { d->layOut(); });
    connect(d->actions, &ArtboardActions::zoomToSelection, this, &Artboard::zoomToSelection);
    for (ArtboardTool *tool : std::initializer_list<ArtboardTool *>{&d->select, &d->draw}) {
        connect(tool, &ArtboardTool::updateNeeded, this, [this] { update(); });
        connect(tool, &ArtboardTool::message, this, &Artboard::message);
        connect(tool, &ArtboardTool::editRequested, this, &Artboard::editToken);
        connect(tool, &ArtboardTool::done, this, [this] { setDrawRole(std::nullopt); });
    }
    d->nudgeEnd.setSingleShot(true);
    d->nudgeEnd.setInterval(nudgePause);
    connect(&d->nudgeEnd, &QTimer::timeout, document, &TemplateDocument::endMerge);
    d->renderingShown.setSingleShot(true);
    d->renderingShown.setInterval(renderingDelay);
    connect(&d->renderingShown, &QTimer::timeout, this, [this] { d->updateRendering(); });

    connect(document, &TemplateDocument::changed, this, [this] { d->tokensChanged(); });
    connect(document, &TemplateDocument::replaced, this, [this] {
        d->tool->cancel();
        fitToView();
    });
    connect(document, &TemplateDocument::readOnlyChanged, this, [this] { d->tokensChanged(); });
    connect(document, &TemplateDocument::selectionChanged, this, [this] {
        d->actions->refresh();
        notifyAccessibleSelection(this);
        update();
    });
    connect(draft, &DraftService::sceneChanged, this, [this] { update(); });
    connect(draft, &DraftService::subjectChanged, this, [this] {
        d->updateRendering();
        update();
    });
    connect(draft, &DraftService::stateChanged, this, [this](DraftService::State state) {
        if (state == DraftService::State::Rendering && !d->renderingShown.isActive() && d->rendering.isEmpty())
            d->renderingShown.start();
        d->updateRendering();
        update();
    });
    d->layOut();
}

Artboard::~Artboard() = default;

TemplateDocument *Artboard::document() const
{
    return d->state.document;
}

DraftService *Artboard::draft() const
{
    return d->state.draft;
}

const ArtboardView &Artboard::view() const
{
    return d->state.view;
}

double Artboard::zoom() const
{
    return d->state.view.zoom();
}

void Artboard::setZoom(double zoom)
{
    setZoom(zoom, d->state.view.viewport().center());
}

void Artboard::setZoom(double zoom, const QPointF &anchor)
{
    d->fitted = false;
    d->state.view.setZoom(zoom, anchor);
    d->layOut();
    Q_EMIT zoomChanged(d->state.view.zoom());
}

void Artboard::fitToView()
{
    d->fitted = true;
    d->layOut();
    Q_EMIT zoomChanged(d->state.view.zoom());
}

void Artboard::zoomToSelection()
{
    const QRectF rect = unitedRect(d->state.editor.rectsOf(d->state.document->selection()));
    const QSizeF room = d->state.view.viewport().size() - QSizeF(2 * fitMargin, 2 * fitMargin);
    if (rect.isEmpty() || room.isEmpty())
        return;
    setZoom(std::min(room.width() / rect.width(), room.height() / rect.height()) * d->state.view.devicePixelRatio());
    d->state.view.centerOn(rect.center());
    d->layOut();
}

bool Artboard::isFitted() const
{
    return d->fitted;
}

QStringList Artboard::tokenOrder() const
{
    return d->state.visible();
}

QRectF Artboard::tokenRect(const QString &id) const
{
    return d->state.view.toView(d->state.editor.rectOf(id));
}

QString Artboard::tokenLabel(const QString &id) const
{
    return d->state.labelOf(id);
}

QStringList Artboard::tokenNotes(const QString &id) const
{
    return d->state.notesOf(id);
}

void Artboard::editToken(const QString &id)
{
    const Token *token = d->state.document->value().findToken(id);
    if (!token)
        return;
    const QString refusal = d->state.editor.refusal();
    if (!refusal.isEmpty() || token->locked) {
        d->showMessage(refusal.isEmpty() ? tr("%1 is locked. Unlock it to edit it.").arg(id) : refusal);
        return;
    }
    if (!token->isTextRole() || !slotsIn(token->text).isEmpty()) {
        Q_EMIT editRequested(id);
        return;
    }
    d->state.document->setSelection({id});
    if (d->editor)
        d->editor->finish();
    d->state.document->endMerge();
    d->editor = new InplaceEditor(id, token->text, d->state.editor, this);
    connect(d->editor, &InplaceEditor::closed, d->state.document, &TemplateDocument::endMerge);
    d->editor->placeAt(tokenRect(id), d->state.view.viewport());
    d->editor->show();
    d->editor->setFocus();
}

std::optional<Role> Artboard::drawRole() const
{
    return d->drawRole;
}

void Artboard::setDrawRole(std::optional<Role> role)
{
    d->tool->cancel();
    d->drawRole = role;
    if (role)
        d->draw.setRole(*role);
    d->tool = role ? static_cast<ArtboardTool *>(&d->draw) : &d->select;
    d->updateHover();
    d->updateCursor({});
    d->actions->refresh();
    update();
    Q_EMIT toolChanged();
}

QList<QAction *> Artboard::toolActions() const
{
    return d->actions->tools();
}

QList<QAction *> Artboard::editActions() const
{
    return d->actions->edits();
}

QList<QAction *> Artboard::arrangeActions() const
{
    return d->actions->arrangements();
}

QList<QAction *> Artboard::viewActions() const
{
    return d->actions->views();
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

void Artboard::showDraft(const Draft &draft)
{
    d->tool->cancel();
    d->earlier = draft;
    update();
}

void Artboard::showLive()
{
    d->earlier.reset();
    d->earlierScene.clear();
    update();
}

void Artboard::paintEvent(QPaintEvent *event)
{
    if (!qFuzzyCompare(d->state.view.devicePixelRatio(), devicePixelRatioF()))
        d->layOut();
    const Theme theme = Theme::of(this);
    const ArtboardOverlay::Look look{hasFocus(), !d->drawRole.has_value(), d->rendering};
    const ArtboardOverlay overlay(d->state, theme, look);
    QPainter painter(this);
    const QRegion rulers = QRegion(rect()).subtracted(d->state.view.viewport().toAlignedRect());
    if (!event->region().subtracted(rulers).isEmpty()) {
        painter.save();
        painter.setClipRect(d->state.view.viewport(), Qt::IntersectClip);
        overlay.paintBehind(painter, rect());
        if (d->earlier) {
            d->earlierScene.paint(painter, d->state.view, d->earlier->scene, d->earlier->pictures);
        } else {
            const Draft &draft = d->state.draft->draft();
            d->scene.paint(painter, d->state.view, draft.scene, draft.pictures);
            overlay.paintAbove(painter);
            d->tool->paint(painter, theme);
        }
        painter.restore();
    }
    overlay.paintRulersOn(painter, rect());
}

void Artboard::resizeEvent(QResizeEvent *)
{
    d->layOut();
    if (d->fitted)
        Q_EMIT zoomChanged(d->state.view.zoom());
}

void Artboard::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange)
        update();
    QWidget::changeEvent(event);
}

bool Artboard::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::ToolTip: {
        auto *help = static_cast<QHelpEvent *>(event);
        const QString text = d->hoverText(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    case QEvent::NativeGesture: {
        auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() != Qt::ZoomNativeGesture)
            break;
        setZoom(zoom() * (1 + gesture->value()), gesture->position());
        return true;
    }
    case QEvent::Gesture: {
        auto *pinch = static_cast<QPinchGesture *>(static_cast<QGestureEvent *>(event)->gesture(Qt::PinchGesture));
        if (!pinch)
            break;
        if (pinch->state() == Qt::GestureStarted) {
            d->tool->cancel();
            d->pinchStart = zoom();
        }
        const QPointF center = mapFromGlobal(pinch->hotSpot());
        d->pan(pinch->centerPoint() - pinch->lastCenterPoint());
        setZoom(d->pinchStart * pinch->totalScaleFactor(), center);
        return true;
    }
    case QEvent::ShortcutOverride: {
        // Keys that the artboard handles itself must not be taken by a window's shortcut.
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool arrow = !arrowOf(key->key()).isNull();
        if (arrow || key->key() == Qt::Key_Space || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (!(key->modifiers() & (Qt::AltModifier | Qt::MetaModifier)) && (arrow || !key->modifiers())) {
                event->accept();
                return true;
            }
        }
        break;
    }
    default:
        break;
    }
    return QWidget::event(event);
}

void Artboard::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && d->spaceDown)) {
        d->panFrom = event->position();
        d->updateCursor(event->modifiers());
        return;
    }
    if (event->button() != Qt::LeftButton || !d->state.view.viewport().contains(event->position()))
        return;
    d->leftDown = true;
    d->state.pointer = event->position();
    d->tool->press(d->pointerEvent(event->position(), event->modifiers()));
    d->updateHover();
    update();
}

void Artboard::mouseMoveEvent(QMouseEvent *event)
{
    d->state.pointer = event->position();
    if (d->panFrom) {
        d->pan(event->position() - *d->panFrom);
        d->panFrom = event->position();
        return;
    }
    if (d->leftDown)
        d->tool->drag(d->pointerEvent(event->position(), event->modifiers()));
    d->updateHover();
    d->updateCursor(event->modifiers());
    if (d->state.showRulers) {
        const int thickness = int(ArtboardOverlay::rulerThickness);
        update(QRegion(rect()).subtracted(QRect(thickness, thickness, width(), height())));
    }
}

void Artboard::mouseReleaseEvent(QMouseEvent *event)
{
    if (d->panFrom && (event->button() == Qt::MiddleButton || event->button() == Qt::LeftButton)) {
        d->panFrom.reset();
    } else if (event->button() == Qt::LeftButton && d->leftDown) {
        d->leftDown = false;
        d->tool->release(d->pointerEvent(event->position(), event->modifiers()));
    }
    d->updateHover();
    d->updateCursor(event->modifiers());
}

void Artboard::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && !d->spaceDown)
        d->tool->doubleClick(d->pointerEvent(event->position(), event->modifiers()));
}

void Artboard::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        setZoom(zoom() * std::pow(1.25, event->angleDelta().y() / 120.0), event->position());
    } else {
        QPointF delta = event->pixelDelta().isNull() ? QPointF(event->angleDelta()) / 120.0 * wheelPan
                                                     : QPointF(event->pixelDelta());
        if (event->modifiers() & Qt::ShiftModifier && delta.x() == 0)
            delta = delta.transposed();
        d->pan(delta);
    }
    d->state.pointer = event->position();
    d->updateHover();
    event->accept();
}

void Artboard::keyPressEvent(QKeyEvent *event)
{
    const QPointF arrow = arrowOf(event->key());
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (!arrow.isNull() && !(modifiers & (Qt::AltModifier | Qt::MetaModifier))) {
        d->nudge(arrow * (modifiers & Qt::ShiftModifier ? bigStep : 1), modifiers & Qt::ControlModifier);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Space:
        d->spaceDown = true;
        break;
    case Qt::Key_Escape:
        if (d->tool->cancel())
            break;
        if (d->drawRole)
            setDrawRole(std::nullopt);
        else if (!d->state.document->selection().isEmpty())
            d->state.document->setSelection({});
        else
            QWidget::keyPressEvent(event);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (d->drawRole)
            d->draw.place();
        else if (!d->state.document->selection().isEmpty())
            editToken(d->state.document->selection().last());
        break;
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Alt:
        d->modifiersChanged(event->modifiers());
        break;
    default:
        QWidget::keyPressEvent(event);
    }
    d->updateCursor(event->modifiers());
}

void Artboard::keyReleaseEvent(QKeyEvent *event)
{
    if (event->isAutoRepeat())
        return;
    if (event->key() == Qt::Key_Space)
        d->spaceDown = false;
    else if (event->key() == Qt::Key_Shift || event->key() == Qt::Key_Control || event->key() == Qt::Key_Alt)
        d->modifiersChanged(event->modifiers());
    else
        QWidget::keyReleaseEvent(event);
    d->updateCursor(event->modifiers());
}

void Artboard::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    const QStringList order = tokenOrder();
    const bool byTab = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (byTab && d->state.document->selection().isEmpty() && !order.isEmpty())
        d->state.document->setSelection({event->reason() == Qt::TabFocusReason ? order.first() : order.last()});
    notifyAccessibleSelection(this);
    update();
}

void Artboard::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    d->spaceDown = false;
    update();
}

void Artboard::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    d->state.pointer.reset();
    d->updateHover();
    update();
}

void Artboard::contextMenuEvent(QContextMenuEvent *event)
{
    const QStringList hits = d->state.hit(d->state.view.toCanvas(QPointF(event->pos())));
    const QStringList selected = d->state.document->selection();
    if (event->reason() == QContextMenuEvent::Mouse && !hits.isEmpty()
        && std::none_of(hits.begin(), hits.end(), [&](const QString &id) { return selected.contains(id); }))
        d->state.document->setSelection({hits.first()});
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->addActions(editActions());
    menu->addSeparator();
    menu->addActions(arrangeActions());
    menu->popup(event->globalPos());
}

// Tab goes through the tokens, bottom first, and leaves the artboard after the last one: nobody is trapped here.
bool Artboard::focusNextPrevChild(bool next)
{
    const QStringList order = tokenOrder();
    const QStringList selected = d->state.document->selection();
    if (d->editor || order.isEmpty())
        return QWidget::focusNextPrevChild(next);
    const auto current = selected.isEmpty() ? -1 : order.indexOf(selected.last());
    const auto index = next ? current + 1 : current < 0 ? order.size() - 1 : current - 1;
    if (index < 0 || index >= order.size())
        return QWidget::focusNextPrevChild(next);
    d->state.document->setSelection({order.at(index)});
    return true;
}

} // namespace Galley
