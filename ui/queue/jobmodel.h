#pragma once

#include <QAbstractTableModel>
#include <QHash>

namespace Galley {

struct Job;
class RenderQueue;
enum class JobState;

/// The queue as a table, in its order. Waiting jobs can be dragged within their lane. GUI thread; does not own the queue, which outlives it.
class JobModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TitleColumn, ModelColumn, StateColumn, ProgressColumn, PriceColumn, ColumnCount };
    enum Role { IdRole = Qt::UserRole + 1, SentenceRole };

    explicit JobModel(RenderQueue *queue, QObject *parent = nullptr);

    qint64 idAt(int row) const;
    int rowOf(qint64 id) const;  ///< -1: not there
    const Job *jobAt(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

private:
    void update(qint64 id);
    void follow();
    qint64 dropTarget(const QMimeData *data, int row, const QModelIndex &parent, bool *good) const;
    QString toolTip(const Job &job) const;

    RenderQueue *m_queue;
    QList<qint64> m_ids;
    QHash<qint64, int> m_rows;
    QHash<qint64, JobState> m_states;
};

/// May be moved, held and started: it has not been sent.
bool isWaiting(const Job &job);

} // namespace Galley
