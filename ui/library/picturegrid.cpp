#include "ui/library/picturegrid.h"

#include "ui/library/gridaccessible.h"
#include "ui/library/librarytext.h"
#include "ui/library/pictureshelf.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace Galley {

namespace {

constexpr int sideStep = 16;

GridSelection::Extend extendOf(Qt::KeyboardModifiers modifiers)
{
    if (modifiers & Qt::ShiftModifier)
        return GridSelection::Extend::Range;
    return modifiers & Qt::ControlModifier ? GridSelection::Extend::Toggle : GridSelection::Extend::Replace;
}

} // namespace

PictureGrid::PictureGrid(PictureShelf *shelf, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_shelf(shelf)
{
    installGridAccessibility();
    setObjectName(QStringLiteral("pictureGrid"));
    setAccessibleName(tr("Pictures of the library"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);  // or the columns would jump when the first screen is full
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setMouseTracking(true);
    connect(shelf, &PictureShelf::aboutToReset, this, &PictureGrid::keepAnchor);
    connect(shelf, &PictureShelf::reset, this, &PictureGrid::backToAnchor);
    connect(shelf, &PictureShelf::cardsChanged, viewport(), qOverload<>(&QWidget::update));
    connect(shelf, &PictureShelf::thumbnailChanged, this, [this](qint64 id) {
        const int end = m_cells.endIn(top() + viewport()->height());
        for (int i = m_cells.firstIn(top()); i < end; ++i) {
            if (m_shelf->ids().at(i) == id)
                updateCell(i);
        }
    });
}

PictureGrid::~PictureGrid() = default;

void PictureGrid::setNames(const ModelNames &names)
{
    m_painter.setNames(names);
    viewport()->update();
}

void PictureGrid::setSide(int side)
{
    side = std::clamp(side, GridGeometry::least, GridGeometry::most);
    if (side == m_cells.side)
        return;
    keepAnchor();
    m_cells.side = side;
    m_shelf->setSide(qRound(side * devicePixelRatioF()));
    backToAnchor(false);
    Q_EMIT sideChanged(side);
}

QList<qint64> PictureGrid::selected() const
{
    return m_selection.in(m_shelf->ids());
}

bool PictureGrid::isSelected(int index) const
{
    return m_selection.contains(m_shelf->ids().value(index));
}

int PictureGrid::currentIndex() const
{
    return m_selection.current() == 0 ? -1 : int(m_shelf->ids().indexOf(m_selection.current()));
}

void PictureGrid::setCurrentIndex(int index, GridSelection::Extend how)
{
    if (index < 0 || index >= m_shelf->count())
        return;
    const qint64 before = m_selection.current();
    m_selection.choose(m_shelf->ids(), index, how);
    reveal(index);
    tell(before);
}

void PictureGrid::step(int by)
{
    setCurrentIndex(std::clamp(currentIndex() + by, 0, m_shelf->count() - 1));
}

void PictureGrid::selectAll()
{
    m_selectsAll = !m_shelf->isWhole();
    if (m_selectsAll)
        return;
    const qint64 before = m_selection.current();
    m_selection.chooseAll(m_shelf->ids());
    tell(before);
}

void PictureGrid::clearSelection()
{
    if (m_selection.isEmpty())
        return;
    m_selection.clear();
    tell(m_selection.current());
}

void PictureGrid::tell(qint64 currentBefore)
{
    // New pictures must not push away what somebody works with.
    m_shelf->hold(top() > 0 || !m_selection.isEmpty());
    viewport()->update();
    Q_EMIT selectionChanged();
    if (m_selection.current() != currentBefore)
        Q_EMIT currentChanged(m_selection.current());
    notifyAccessibleCurrent(this);
}

int PictureGrid::top() const
{
    return verticalScrollBar()->value();
}

QRect PictureGrid::cellRect(int index) const
{
    return m_cells.cell(index).translated(0, -top());
}

void PictureGrid::reveal(int index)
{
    const QRect cell = m_cells.cell(index).adjusted(0, -GridGeometry::gap, 0, GridGeometry::gap);
    if (cell.top() < top())
        verticalScrollBar()->setValue(cell.top());
    else if (cell.bottom() > top() + viewport()->height())
        verticalScrollBar()->setValue(std::min(cell.top(), cell.bottom() - viewport()->height()));
}

void PictureGrid::updateScrollBar()
{
    m_cells.count = m_shelf->count();
    m_cells.width = viewport()->width();
    verticalScrollBar()->setPageStep(std::max(1, viewport()->height() - GridGeometry::gap));
    verticalScrollBar()->setSingleStep(std::max(1, m_cells.pitch() / 4));
    verticalScrollBar()->setRange(0, std::max(0, m_cells.height() - viewport()->height()));
    verticalScrollBar()->setEnabled(verticalScrollBar()->maximum() > 0);
}

void PictureGrid::reportWindow()
{
    const int first = m_cells.firstIn(top());
    m_shelf->setWindow(first, std::max(first, m_cells.endIn(top() + viewport()->height() - 1)));
}

void PictureGrid::keepAnchor()
{
    m_place = currentIndex();
    const int first = m_cells.firstIn(top());
    m_anchor = m_shelf->ids().value(first);
    m_anchorShift = m_anchor == 0 ? 0 : top() - m_cells.cell(first).top();
}

void PictureGrid::backToAnchor(bool isNewQuery)
{
    const qint64 before = m_selection.current();
    const int selectedBefore = m_selection.size();
    m_selection.keepTo(m_shelf->ids(), m_place, !isNewQuery && selectedBefore > 0);
    const bool wasAtTop = top() == 0;
    updateScrollBar();
    const qsizetype anchor = m_shelf->ids().indexOf(m_anchor);
    if (isNewQuery || wasAtTop)
        verticalScrollBar()->setValue(0);
    else if (anchor >= 0)
        verticalScrollBar()->setValue(m_cells.cell(int(anchor)).top() + m_anchorShift);
    m_hovered = -1;
    reportWindow();
    viewport()->update();
    notifyAccessibleList(this);
    if (before != m_selection.current() || selectedBefore != m_selection.size())
        tell(before);
    m_shelf->hold(top() > 0 || !m_selection.isEmpty());
    m_selectsAll = m_selectsAll && !isNewQuery;
    if (m_selectsAll && m_shelf->isWhole())
        selectAll();
}

void PictureGrid::updateCell(int index)
{
    if (index >= 0)
        viewport()->update(cellRect(index));
}

void PictureGrid::hover(int index)
{
    if (index == m_hovered)
        return;
    updateCell(std::exchange(m_hovered, index));
    updateCell(index);
}

void PictureGrid::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const Theme theme = Theme::of(this);
    for (const QRect &each : event->region())
        painter.fillRect(each, theme.color(ThemeColor::Surround));
    const int end = m_cells.endIn(top() + event->rect().bottom());
    for (int i = m_cells.firstIn(top() + event->rect().top()); i < end; ++i) {
        const QRect rect = cellRect(i);
        if (!event->region().intersects(rect))
            continue;
        const qint64 id = m_shelf->ids().at(i);
        Cell cell;
        cell.card = m_shelf->card(id);
        cell.thumbnail = m_shelf->thumbnail(id);
        cell.hasNoThumbnail = m_shelf->hasNoThumbnail(id);
        cell.isSelected = m_selection.contains(id);
        cell.isCurrent = id == m_selection.current() && hasFocus();
        cell.isHovered = i == m_hovered;
        m_painter.paint(painter, m_cells, rect, cell, theme);
    }
}

void PictureGrid::resizeEvent(QResizeEvent *)
{
    keepAnchor();
    m_shelf->setSide(qRound(m_cells.side * devicePixelRatioF()));
    backToAnchor(false);
}

void PictureGrid::scrollContentsBy(int, int dy)
{
    viewport()->scroll(0, dy);  // what has been painted moves; only the rest is painted anew
    reportWindow();
    m_shelf->hold(top() > 0 || !m_selection.isEmpty());
}

bool PictureGrid::move(int key, bool extend)
{
    const int across = m_cells.columns();
    const int page = std::max(1, viewport()->height() / m_cells.pitch()) * across;
    const int last = m_shelf->count() - 1;
    const int now = currentIndex();
    int to = now;
    switch (key) {
    case Qt::Key_Left: to = now - 1; break;
    case Qt::Key_Right: to = now + 1; break;
    case Qt::Key_Up: to = now < across ? now : now - across; break;
    case Qt::Key_Down: to = now + across; break;
    case Qt::Key_PageUp: to = now < page ? now % across : now - page; break;
    case Qt::Key_PageDown: to = now + page; break;
    case Qt::Key_Home: to = 0; break;
    case Qt::Key_End: to = last; break;
    default: return false;
    }
    if (last >= 0)
        setCurrentIndex(now < 0 ? m_cells.firstIn(top()) : std::clamp(to, 0, last), extend ? GridSelection::Extend::Range : GridSelection::Extend::Replace);
    return true;
}

bool PictureGrid::command(int key, Qt::KeyboardModifiers modifiers)
{
    switch (key) {
    case Qt::Key_Space:
        if (modifiers & Qt::ControlModifier)
            setCurrentIndex(currentIndex(), GridSelection::Extend::Toggle);
        else
            Q_EMIT quickLookWanted();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (modifiers & ~Qt::KeypadModifier)
            return false;
        Q_EMIT opened();
        return true;
    case Qt::Key_Escape:
        if (m_selection.isEmpty())
            return false;
        clearSelection();
        return true;
    default:
        return false;
    }
}

void PictureGrid::keyPressEvent(QKeyEvent *event)
{
    if (event == QKeySequence::SelectAll) {
        selectAll();
        return;
    }
    const Qt::KeyboardModifiers modifiers = event->modifiers();
    const bool plain = !(modifiers & ~(Qt::ShiftModifier | Qt::KeypadModifier));
    if ((plain && move(event->key(), modifiers & Qt::ShiftModifier)) || command(event->key(), modifiers))
        return;
    event->ignore();
}

void PictureGrid::mousePressEvent(QMouseEvent *event)
{
    m_pressed = -1;
    const int index = m_cells.indexAt(event->pos() + QPoint(0, top()));
    if (event->button() == Qt::RightButton) {
        if (index >= 0 && !isSelected(index))
            setCurrentIndex(index);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    if (index < 0) {
        clearSelection();
        return;
    }
    m_pressed = index;
    m_pressedAt = event->pos();
    // Several that are dragged out stay chosen; without a drag the click means the one.
    m_chooseOnRelease = event->modifiers() == Qt::NoModifier && isSelected(index) && m_selection.size() > 1;
    if (!m_chooseOnRelease)
        setCurrentIndex(index, extendOf(event->modifiers()));
}

void PictureGrid::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton)) {
        hover(m_cells.indexAt(event->pos() + QPoint(0, top())));
        return;
    }
    if (m_pressed < 0 || (event->pos() - m_pressedAt).manhattanLength() < QApplication::startDragDistance())
        return;
    const bool chosen = isSelected(m_pressed);
    m_pressed = -1;
    m_chooseOnRelease = false;
    if (chosen)
        Q_EMIT dragWanted();
}

void PictureGrid::mouseReleaseEvent(QMouseEvent *)
{
    if (std::exchange(m_chooseOnRelease, false) && m_pressed >= 0 && m_pressed < m_shelf->count())
        setCurrentIndex(m_pressed);
    m_pressed = -1;
}

void PictureGrid::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_cells.indexAt(event->pos() + QPoint(0, top())) >= 0)
        Q_EMIT opened();
}

void PictureGrid::contextMenuEvent(QContextMenuEvent *event)
{
    const int index = currentIndex();
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard && index >= 0;
    Q_EMIT menuWanted(byKey ? viewport()->mapToGlobal(cellRect(index).center()) : event->globalPos());
}

void PictureGrid::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        setSide(m_cells.side + (event->angleDelta().y() > 0 ? sideStep : -sideStep));
        event->accept();
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

void PictureGrid::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    if (m_selection.current() == 0 && m_shelf->count() > 0 && event->reason() != Qt::MouseFocusReason)
        setCurrentIndex(m_cells.firstIn(top()), GridSelection::Extend::Move);
    updateCell(currentIndex());
    notifyAccessibleCurrent(this);
}

void PictureGrid::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    updateCell(currentIndex());
}

void PictureGrid::showTip(const QPoint &position, const QPoint &global)
{
    const int index = m_cells.indexAt(position + QPoint(0, top()));
    const LibraryCard *card = index < 0 ? nullptr : m_shelf->card(m_shelf->ids().at(index));
    if (card)
        QToolTip::showText(global, cardTip(*card, names()), viewport(), cellRect(index));
    else
        QToolTip::hideText();
}

bool PictureGrid::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        showTip(help->pos(), help->globalPos());
        return true;
    }
    if (event->type() == QEvent::Leave)
        hover(-1);
    return QAbstractScrollArea::viewportEvent(event);
}

void PictureGrid::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

} // namespace Galley
