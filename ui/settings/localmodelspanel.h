#pragma once

#include "core/service/localmodels.h"

#include <QWidget>

class QMimeData;
class QPushButton;
class QVBoxLayout;

namespace Galley {

class EmptyState;
class LocalModelRow;
class MessageBar;
class NoticeLine;
class ProgressLine;

/// The models of this machine: those that people have added, with their state; adds by button and by dropping, checks, removes with undo. One thing at a
/// time: what is dropped while files are read waits. GUI thread; does not own the models.
class LocalModelsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LocalModelsPanel(LocalModels *models, QWidget *parent = nullptr);
    ~LocalModelsPanel() override;

    /// Adds \a paths one after the other.
    void add(const QStringList &paths);
    /// Which model drafts are made with; empty: Galley's own.
    void setDraftModel(const QString &id);
    /// Whether a person has said how much memory models may take, which then is the remedy.
    void setLimited(bool limited);
    bool isBusy() const { return m_isBusy; }
    MessageBar *messages() const { return m_messages; }
    QList<LocalModelRow *> rows() const { return m_rows; }

Q_SIGNALS:
    /// Empty: Galley's own.
    void draftModelWanted(const QString &id);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void makeButtons(QVBoxLayout *column);
    void choose(bool folder);
    void refresh();
    void addNext();
    void check(const QString &id);
    void remove(const QString &id);
    void showLicence(const QString &id);
    void onAdded(const QString &path, const QFuture<Result<QString>> &future);
    void onChecked(const QString &id, const QFuture<Result<FilesReport>> &future);
    void setBusy(bool busy);

    template<typename T>
    void follow(const QString &title, const QFuture<T> &future);

    LocalModels *m_models;
    QPushButton *m_addFolder;
    QPushButton *m_addFile;
    ProgressLine *m_progress;
    MessageBar *m_messages;
    NoticeLine *m_problems;
    EmptyState *m_empty;
    QWidget *m_list;
    QVBoxLayout *m_column;
    QList<LocalModelRow *> m_rows;
    QStringList m_waiting;
    QFuture<void> m_work;
    QString m_draftModel;
    bool m_isLimited = false;
    bool m_isBusy = false;
    bool m_isDropTarget = false;
};

/// The folders and .safetensors files among what was dropped.
QStringList modelPathsOf(const QMimeData *data);

} // namespace Galley
