#include "ui/queue/jobmodel.h"

#include "core/service/renderqueue.h"
#include "ui/queue/jobtext.h"
#include "ui/widgets/icon.h"

#include <QMimeData>

namespace Galley {

namespace {

const auto jobMime = QStringLiteral("application/x-galley-job");

} // namespace

bool isWaiting(const Job &job)
{
    const JobState state = job.record.state;
    return state == JobState::Queued || state == JobState::Held || state == JobState::Backoff;
}

JobModel::JobModel(RenderQueue *queue, QObject *parent)
    : QAbstractTableModel(parent)
    , m_queue(queue)
{
    connect(queue, &RenderQueue::added, this, &JobModel::follow);
    connect(queue, &RenderQueue::removed, this, &JobModel::follow);
    connect(queue, &RenderQueue::orderChanged, this, &JobModel::follow);
    connect(queue, &RenderQueue::changed, this, &JobModel::update);
    connect(queue, &RenderQueue::finished, this, &JobModel::update);
    follow();
}

qint64 JobModel::idAt(int row) const
{
    return m_ids.value(row);
}

int JobModel::rowOf(qint64 id) const
{
    return m_rows.value(id, -1);
}

const Job *JobModel::jobAt(const QModelIndex &index) const
{
    return index.isValid() ? m_queue->find(idAt(index.row())) : nullptr;
}

int JobModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_ids.size());
}

int JobModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JobModel::data(const QModelIndex &index, int role) const
{
    const Job *job = jobAt(index);
    if (!job)
        return {};
    if (role == IdRole)
        return job->record.id;
    if (role == SentenceRole)
        return jobSentence(*job);
    if (role == Qt::ToolTipRole)
        return toolTip(*job);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case TitleColumn: return role == Qt::DisplayRole ? job->title() : QString(job->title() + QStringLiteral(", ") + laneWord(job->record.lane));
    case ModelColumn: return modelsText(*job);
    case StateColumn: return stateWord(job->record.state);
    case ProgressColumn: return progressText(*job);
    case PriceColumn: return jobPrice(*job);
    default: return {};
    }
}

QVariant JobModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section == PriceColumn ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TitleColumn: return tr("Picture");
    case ModelColumn: return tr("Model");
    case StateColumn: return tr("State");
    case ProgressColumn: return tr("Time");
    case PriceColumn: return tr("Price");
    default: return {};
    }
}

Qt::ItemFlags JobModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    const Job *job = jobAt(index);
    if (!index.isValid())
        return flags | Qt::ItemIsDropEnabled;
    return job && isWaiting(*job) ? flags | Qt::ItemIsDragEnabled : flags;
}

QStringList JobModel::mimeTypes() const
{
    return {jobMime};
}

QMimeData *JobModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    data->setData(jobMime, QByteArray::number(idAt(indexes.first().row())));
    return data;
}

qint64 JobModel::dropTarget(const QMimeData *data, int row, const QModelIndex &parent, bool *good) const
{
    *good = false;
    const Job *moved = data->hasFormat(jobMime) ? m_queue->find(data->data(jobMime).toLongLong()) : nullptr;
    if (!moved)
        return 0;
    const int at = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
    const Job *before = m_queue->find(idAt(at));
    const bool sameLane = before && !before->record.isEnded() && before->record.lane == moved->record.lane;
    const Job *above = m_queue->find(idAt(at - 1));
    const bool endOfLane = above && !above->record.isEnded() && above->record.lane == moved->record.lane;
    *good = sameLane || endOfLane;
    return sameLane ? before->record.id : 0;
}

bool JobModel::canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int, const QModelIndex &parent) const
{
    bool good = false;
    dropTarget(data, row, parent, &good);
    return good && action == Qt::MoveAction;
}

bool JobModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    bool good = false;
    const qint64 before = dropTarget(data, row, parent, &good);
    const qint64 moved = data->data(jobMime).toLongLong();
    if (moved != before)
        m_queue->move(moved, before);
    return false;  // the queue has moved it; the view must not take the row away
}

void JobModel::update(qint64 id)
{
    const Job *job = m_queue->find(id);
    const int row = rowOf(id);
    if (!job || row < 0)
        return;
    // An ended job goes to the end of the list.
    if (m_states.value(id) != job->record.state)
        follow();
    const int now = rowOf(id);
    Q_EMIT dataChanged(index(now, 0), index(now, ColumnCount - 1));
}

void JobModel::follow()
{
    const QList<qint64> ids = m_queue->jobs();
    QHash<qint64, int> rows;
    for (int i = 0; i < ids.size(); ++i) {
        rows.insert(ids.at(i), i);
        if (const Job *job = m_queue->find(ids.at(i)))
            m_states.insert(ids.at(i), job->record.state);
    }
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (rows.contains(m_ids.at(row)))
            continue;
        beginRemoveRows({}, row, row);
        m_states.remove(m_ids.at(row));
        m_ids.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < ids.size(); ++row) {
        if (m_rows.contains(ids.at(row)))
            continue;
        const int at = qMin(row, rowCount());
        beginInsertRows({}, at, at);
        m_ids.insert(at, ids.at(row));
        endInsertRows();
    }
    if (m_ids != ids) {
        Q_EMIT layoutAboutToBeChanged();
        const QModelIndexList before = persistentIndexList();
        QModelIndexList after;
        for (const QModelIndex &each : before)
            after << index(rows.value(m_ids.value(each.row()), -1), each.column());
        m_ids = ids;
        changePersistentIndexList(before, after);
        m_rows = rows;
        Q_EMIT layoutChanged();
    }
    m_rows = rows;
}

QString JobModel::toolTip(const Job &job) const
{
    QStringList lines{job.title(), modelsSentence(job)};
    if (const QString sentence = jobSentence(job); !sentence.isEmpty())
        lines << sentence;
    return lines.join(u'\n');
}

} // namespace Galley
