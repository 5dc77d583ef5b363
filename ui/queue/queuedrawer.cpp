#include "ui/queue/queuedrawer.h"

#include "core/service/renderqueue.h"
#include "ui/queue/jobdelegate.h"
#include "ui/queue/jobdetail.h"
#include "ui/queue/jobmodel.h"
#include "ui/queue/jobtext.h"
#include "ui/queue/queueactions.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/sectionheader.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace Galley {

namespace {

constexpr int detailWidth = 360;
constexpr int narrowestDetail = 320;
constexpr int lowest = 140;

} // namespace

QueueDrawer::QueueDrawer(RenderQueue *queue, QWidget *parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_actions(new QueueActions(queue, this))
    , m_model(new JobModel(queue, this))
    , m_header(new SectionHeader(tr("Queue"), this))
    , m_bar(new MessageBar(this))
    , m_view(new QTreeView(this))
    , m_detail(new JobDetail(m_actions, this))
    , m_empty(new EmptyState(QStringLiteral("playlist_play"), tr("Nothing is queued. A final that you send shows here, with its price and time left."), this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("queueDrawer"));
    setMinimumHeight(lowest);
    makeHeader();
    makeList();
    auto *body = new QSplitter(Qt::Horizontal, m_stack);
    body->setObjectName(QStringLiteral("queueColumns"));
    body->setHandleWidth(1);
    body->setChildrenCollapsible(false);
    body->addWidget(m_view);
    body->addWidget(m_detail);
    body->setStretchFactor(0, 1);
    body->setSizes({900, detailWidth});
    m_detail->setMinimumWidth(narrowestDetail);
    m_stack->addWidget(body);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_bar);
    layout->addWidget(m_stack, 1);
    connect(m_actions, &QueueActions::question, this, &QueueDrawer::ask);
    connect(m_detail, &JobDetail::servicesWanted, this, &QueueDrawer::servicesWanted);
    connect(queue, &RenderQueue::changed, this, [this](qint64 id) {
        if (id == currentJob())
            showChosen();
        askOpen();
    });
    connect(queue, &RenderQueue::undecided, this, &QueueDrawer::askOpen);
    connect(queue, &RenderQueue::asks, this, &QueueDrawer::askOpen);
    connect(queue, &RenderQueue::added, this, &QueueDrawer::showState);
    connect(queue, &RenderQueue::removed, this, &QueueDrawer::showState);
    connect(m_bar, &MessageBar::dismissed, this, [this] { m_questioning = false; });
    showState();
    askOpen();
}

void QueueDrawer::makeHeader()
{
    for (QAction *action : m_actions->queueActions())
        m_header->addWidget(new IconButton(action, m_header));
}

void QueueDrawer::makeList()
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(new JobDelegate(m_view));
    m_view->setAccessibleName(tr("Queue"));
    m_view->setAccessibleDescription(tr("Alt+Up and Alt+Down move a waiting render, Delete cancels, Enter shows the picture."));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setDragDropMode(QAbstractItemView::InternalMove);
    m_view->setDragDropOverwriteMode(false);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setMouseTracking(true);
    m_view->setTabKeyNavigation(false);
    m_view->installEventFilter(this);
    QHeaderView *header = m_view->header();
    header->setSectionsMovable(false);
    header->setHighlightSections(false);
    header->setMinimumSectionSize(72);
    header->setStretchLastSection(false);
    header->setSectionResizeMode(JobModel::TitleColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(JobModel::StateColumn, QHeaderView::Stretch);
    header->resizeSection(JobModel::ModelColumn, 300);
    header->resizeSection(JobModel::ProgressColumn, 148);
    header->resizeSection(JobModel::PriceColumn, 100);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &QueueDrawer::showChosen);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &QueueDrawer::showChosen);
    connect(m_view, &QTreeView::customContextMenuRequested, this, &QueueDrawer::showMenu);
    connect(m_view, &QTreeView::activated, this, [this](const QModelIndex &index) { Q_EMIT jobActivated(m_model->idAt(index.row())); });
}

void QueueDrawer::addHeaderAction(QAction *action)
{
    m_header->addWidget(new IconButton(action, m_header));
}

void QueueDrawer::addEmptyAction(QAction *action)
{
    m_empty->addAction(action);
}

void QueueDrawer::choose(qint64 id)
{
    const int row = m_model->rowOf(id);
    if (row < 0)
        return;
    const QModelIndex index = m_model->index(row, 0);
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(index);
}

qint64 QueueDrawer::currentJob() const
{
    const QModelIndex current = m_view->currentIndex();
    return current.isValid() ? m_model->idAt(current.row()) : 0;
}

void QueueDrawer::showState()
{
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
    if (m_model->rowCount() > 0 && !m_view->currentIndex().isValid())
        choose(m_model->idAt(0));
    showChosen();
    askOpen();
}

void QueueDrawer::showChosen()
{
    const qint64 current = currentJob();
    QList<qint64> ids;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows()) {
        if (const qint64 id = m_model->idAt(index.row()); id != current)
            ids << id;
    }
    if (current != 0)
        ids << current;
    m_actions->setChosen(ids);
    m_detail->showJob(m_queue->find(current));
}

/// One question after the other, the first one in the order of the list: what may have been carried out, and what a rule wants a word for.
void QueueDrawer::askOpen()
{
    if (m_questioning)
        return;
    const auto isOpen = [](const Job *job) { return job && (job->record.state == JobState::Undecided || job->asks()); };
    if (m_asking && isOpen(m_queue->find(m_asking)))
        return;
    QList<const Job *> open;
    for (const qint64 id : m_queue->jobs()) {
        if (const Job *job = m_queue->find(id); isOpen(job))
            open << job;
    }
    if (m_asking)
        m_bar->dismiss();
    m_asking = 0;
    if (open.isEmpty())
        return;
    const Job &job = *open.first();
    m_asking = job.record.id;
    QString sentence = job.title() + QStringLiteral(": ") + jobSentence(job);
    if (open.size() > 1)
        sentence += u' ' + tr("%n more wait for an answer.", nullptr, int(open.size() - 1));
    m_bar->showMessage(MessageBar::Kind::Warning, sentence);
    addAnswers(job);
}

void QueueDrawer::addAnswers(const Job &job)
{
    const qint64 id = job.record.id;
    if (job.asks()) {
        m_bar->addButton(goOnWord(job), [this, id] { m_queue->hold(id, false); })->setDefault(true);
        m_bar->addButton(cancelWord(), [this, id] { m_queue->cancel(id); });
        return;
    }
    const auto answer = [this, id](AmbiguousAnswer what) {
        return [this, id, what] { m_queue->decide(id, what); };
    };
    if (job.canLookUp)
        m_bar->addButton(lookUpWord(), answer(AmbiguousAnswer::LookUp))->setDefault(true);
    m_bar->addButton(sendAgainWord(), answer(AmbiguousAnswer::SendAgain));
    m_bar->addButton(giveUpWord(), answer(AmbiguousAnswer::GiveUp));
}

void QueueDrawer::ask(const QString &sentence, const QString &answer, const std::function<void()> &then)
{
    m_asking = 0;
    m_questioning = true;
    const auto afterwards = [this, then] {
        m_questioning = false;
        then();
        askOpen();
    };
    m_bar->showMessage(MessageBar::Kind::Warning, sentence);
    m_bar->addButton(answer, afterwards)->setFocus(Qt::OtherFocusReason);
    m_bar->addButton(tr("Leave It"), [this] {
        m_questioning = false;
        askOpen();
    });
}

void QueueDrawer::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    m_actions->fillMenu(menu);
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

bool QueueDrawer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace) {
            m_actions->action("cancelJob")->trigger();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void QueueDrawer::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closeRequested();
    else
        QWidget::keyPressEvent(event);
}

} // namespace Galley
