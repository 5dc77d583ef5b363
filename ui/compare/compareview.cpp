#include "ui/compare/compareview.h"

#include "ui/compare/compareset.h"
#include "ui/compare/compareviewaccessible.h"
#include "ui/compare/shownparts.h"
#include "ui/widgets/theme.h"

#include <QEvent>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr int flickerMs = 500;   ///< two changes a second: below what is dangerous to people (WCAG 2.3.1: three flashes)
constexpr int measureMs = 120;
constexpr int measureThreads = 2;  ///< what depends on the tolerance does not wait for what does not

} // namespace

CompareView::CompareView(CompareSet *set, QWidget *parent)
    : QWidget(parent)
    , m_set(set)
    , m_parts(new ShownParts(this))
{
    installCompareAccessibility();
    setObjectName(QStringLiteral("compareView"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Pictures that are compared"));
    m_pool.setMaxThreadCount(measureThreads);
    m_measureTimer.setSingleShot(true);
    m_measureTimer.setInterval(measureMs);
    m_flickerTimer.setInterval(flickerMs);
    connect(&m_measureTimer, &QTimer::timeout, this, &CompareView::measure);
    connect(&m_flickerTimer, &QTimer::timeout, this, &CompareView::flicker);
    connect(m_parts, &ShownParts::refined, this, qOverload<>(&QWidget::update));
    connect(set, &CompareSet::opened, this, &CompareView::onOpened);
    connect(set, &CompareSet::pictureChanged, this, &CompareView::onPictureChanged);
    connect(set, &CompareSet::reordered, this, [this] {
        m_parts->clear();
        m_marked = -1;
        forgetDifference();
        relayout();
        wantShown();
        m_measureTimer.start();
        update();
        Q_EMIT placesChanged();
        tellReader();
    });
    onOpened();
}

CompareView::~CompareView()
{
    m_pool.waitForDone();
}

void CompareView::onOpened()
{
    const auto matrix = m_set->matrix();
    const bool isWhole = matrix && matrix->panes() <= LinkedView::panes;
    const int rowsThatFit = matrix ? LinkedView::panes / matrix->columns : 0;
    m_places.reset(m_set->count(), isWhole ? matrix->panes() : matrix ? rowsThatFit * matrix->columns : layoutFor(m_set->count()));
    m_parts->clear();
    forgetDifference();
    m_marked = -1;
    m_flickered = false;
    m_view.setFrame(m_set->frame());
    m_view.fit();
    if (m_set->count() < 2)
        setMode(CompareMode::Panes);
    relayout();
    afterStep(true);
}

void CompareView::onPictureChanged(int place)
{
    m_view.setFrame(m_set->frame());
    relayout();  // scores need a line of their own
    if (isPairMode() && (place == m_places.first() || place == m_places.second()))
        m_measureTimer.start();
    update();
    if (place == activePlace())
        Q_EMIT viewChanged();
}

CompareGrid CompareView::grid() const
{
    const auto matrix = m_set->matrix();
    if (matrix && m_places.panes() % matrix->columns == 0 && m_places.panes() > 1)
        return {matrix->columns, m_places.panes() / matrix->columns};
    return gridFor(m_places.panes(), size(), m_set->frame());
}

void CompareView::relayout()
{
    m_panes = paneRects(rect(), grid(), Theme::space1 / 2);
    m_view.setViewport(areaOf(0).size(), devicePixelRatioF());
    update();
}

int CompareView::barHeight() const
{
    bool hasScores = false;
    for (int place = 0; place < m_set->count() && !m_set->isBlind(); ++place)
        hasScores = hasScores || !m_set->at(place).scores.isEmpty();
    return PaneBar::height + (hasScores ? PaneBar::scoresHeight : 0);
}

QRect CompareView::paneRect(int pane) const
{
    return pane >= 0 && pane < m_panes.size() ? m_panes.at(pane) : QRect();
}

QRect CompareView::pictureArea(int pane) const
{
    return paneRect(pane).adjusted(0, 0, 0, -barHeight());
}

QRect CompareView::barRect(int bar) const
{
    if (!isPairMode()) {
        const QRect whole = paneRect(bar);
        return whole.isEmpty() ? QRect() : QRect(whole.left(), whole.bottom() + 1 - barHeight(), whole.width(), barHeight());
    }
    // One line for two: what lies left (or under) and what lies right (or over). A flicker shows one at a time.
    const QRect line(0, height() - PaneBar::height, width(), PaneBar::height);
    if (m_mode == CompareMode::Flicker)
        return bar == (m_flickered ? 0 : 1) ? line : QRect();
    const int half = line.width() / 2;
    return bar == 0   ? QRect(line.left(), line.top(), half - 1, line.height())
           : bar == 1 ? QRect(line.left() + half + 1, line.top(), line.width() - half - 1, line.height())
                      : QRect();
}

int CompareView::barPlace(int bar) const
{
    if (!isPairMode())
        return shownPlace(bar);
    return bar == 0 ? m_places.first() : bar == 1 ? m_places.second() : -1;
}

int CompareView::barAt(const QPoint &point) const
{
    for (int bar = 0; bar < std::max<int>(2, int(m_panes.size())); ++bar) {
        if (barPlace(bar) >= 0 && barRect(bar).contains(point))
            return bar;
    }
    return -1;
}

QRect CompareView::pairArea() const
{
    return rect().adjusted(0, 0, 0, -PaneBar::height);
}

int CompareView::paneAt(const QPoint &point) const
{
    for (int pane = 0; pane < m_panes.size(); ++pane) {
        if (m_panes.at(pane).contains(point))
            return pane;
    }
    return -1;
}

void CompareView::wantShown()
{
    QList<int> places;
    for (int pane = 0; pane < m_places.panes(); ++pane)
        places << m_places.pictureAt(pane);
    if (isPairMode())
        places = {m_places.first(), m_places.second()};
    const int last = *std::max_element(places.cbegin(), places.cend());
    m_set->want(places + QList<int>{last + 1});  // the next step
}

void CompareView::afterStep(bool moved)
{
    if (!moved)
        return;
    m_flickered = false;
    if (!isOfPair(m_difference.first, m_difference.second))
        forgetDifference();
    wantShown();
    m_measureTimer.start();
    update();
    Q_EMIT placesChanged();
    Q_EMIT viewChanged();
    tellReader();
}

void CompareView::setPanes(int panes)
{
    if (panes == m_places.panes())
        return;
    m_places.setPanes(panes);
    relayout();
    afterStep(true);
}

void CompareView::setMode(CompareMode mode)
{
    if (mode == m_mode || (mode != CompareMode::Panes && m_set->count() < 2))
        return;
    m_mode = mode;
    m_flickered = false;
    if (mode != CompareMode::Flicker)
        m_flickerTimer.stop();
    relayout();
    afterStep(true);
    Q_EMIT modeChanged();
}

void CompareView::setActive(int pane)
{
    const int before = m_places.active();
    m_places.setActive(pane);
    afterStep(m_places.active() != before);
}

int CompareView::activePlace() const
{
    return isPairMode() ? (m_flickered ? m_places.first() : m_places.second()) : shownPlace(m_places.active());
}

void CompareView::moveActive(int rows)
{
    if (!isPairMode())
        setActive(paneInNextRow(m_panes, m_places.active(), rows));  // -1, and a pane without a picture: stays where it is
}

void CompareView::togglePin()
{
    m_places.setPinned(m_places.pinned() == m_places.active() ? -1 : m_places.active());
    afterStep(true);
}

void CompareView::step(int by)
{
    const auto matrix = m_set->matrix();
    const bool isByRow = !isPairMode() && matrix && !m_places.holdsAll() && m_places.panes() % matrix->columns == 0;
    if (isPairMode()) {
        // The first one stays: the other steps through the rest.
        const int first = m_places.first();
        int next = m_places.second() + by;
        next += next == first ? by : 0;
        if (next < 0 || next >= m_set->count())
            return;
        if (m_places.pinned() < 0)
            m_places.setPinned(m_places.paneOf(first));
        const int pane = m_places.paneOf(next);
        if (pane < 0)
            m_places.step(by);
        m_places.setActive(std::max(0, m_places.paneOf(next)));
        afterStep(true);
        return;
    }
    afterStep(m_places.step(isByRow ? by * matrix->columns : by));
}

void CompareView::page(int by)
{
    afterStep(m_places.page(by));
}

void CompareView::swapPair()
{
    m_places.swapPair();
    afterStep(true);
}

void CompareView::flicker()
{
    if (m_places.second() < 0)
        return;
    m_flickered = !m_flickered;
    update();
    Q_EMIT flickered();
}

void CompareView::setAutoFlicker(bool automatic)
{
    if (automatic && m_mode == CompareMode::Flicker)
        m_flickerTimer.start();
    else
        m_flickerTimer.stop();
}

int CompareView::shownPlace(int pane) const
{
    const int own = m_places.pictureAt(pane);
    if (!m_flickered || isPairMode() || pane != m_places.active())
        return own;
    return own == m_places.first() ? m_places.second() : m_places.first();
}

void CompareView::moving()
{
    m_parts->move(qRound64(double(width()) * height() * devicePixelRatioF() * devicePixelRatioF()));
}

void CompareView::changedView()
{
    moving();
    update();
    Q_EMIT viewChanged();
}

void CompareView::fit()
{
    m_view.fit();
    changedView();
}

int CompareView::viewPane() const
{
    return isPairMode() ? (m_flickered ? 0 : 1) : m_places.active();
}

void CompareView::zoomTo(double zoom)
{
    const QRectF area = areaOf(viewPane());
    m_view.setZoom(zoom, viewPane(), sizeOf(activePlace()), area.center(), area);
    changedView();
}

void CompareView::zoomBy(double factor)
{
    const QRectF area = areaOf(viewPane());
    m_view.zoomBy(factor, viewPane(), area.center(), area, isAlone(false));
    changedView();
}

double CompareView::zoom() const
{
    return activePlace() < 0 ? 1 : m_view.zoom(viewPane(), sizeOf(activePlace()));
}

void CompareView::panBy(const QPointF &delta, bool alone)
{
    m_view.panBy(delta, viewPane(), isAlone(alone));
    changedView();
}

void CompareView::resetPane()
{
    m_view.resetPane(viewPane());
    changedView();
}

QSize CompareView::sizeOf(int place) const
{
    if (place < 0 || place >= m_set->count())
        return {1, 1};
    return m_set->isLoaded(place) ? m_set->image(place)->size() : m_set->at(place).card.size;
}

void CompareView::setWipe(double wipe)
{
    m_wipe = std::clamp(wipe, 0.0, 1.0);
    update();
    Q_EMIT amountChanged();
}

void CompareView::setWipeUpright(bool upright)
{
    m_wipeUpright = upright;
    update();
    Q_EMIT amountChanged();
}

void CompareView::setOpacity(double opacity)
{
    m_opacity = std::clamp(opacity, 0.0, 1.0);
    update();
    Q_EMIT amountChanged();
}

void CompareView::setTolerance(int tolerance)
{
    m_tolerance = std::clamp(tolerance, 0, 255);
    m_measureTimer.start();
    Q_EMIT amountChanged();
}

void CompareView::setMarks(int place, const QList<CompareMark> &marks)
{
    m_marked = place;
    m_marks = marks;
    update();
}

QString CompareView::paneSentence(int pane) const
{
    const int place = shownPlace(pane);
    if (place < 0)
        return tr("Pane %1: empty").arg(pane + 1);
    QString sentence = tr("Pane %1: %2").arg(pane + 1).arg(m_set->sentence(place));
    if (pane == m_places.pinned())
        sentence += tr(", pinned");
    return sentence;
}

void CompareView::tellReader()
{
    notifyAccessiblePanes(this);
}

void CompareView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    relayout();
}

void CompareView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange)
        update();
}

void CompareView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
    tellReader();
}

void CompareView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace Galley
