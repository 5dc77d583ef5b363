#pragma once

#include <QWidget>

class QAction;
class QStackedWidget;
class QTreeView;

namespace Galley {

class EmptyState;
class JobDetail;
class JobModel;
class MessageBar;
class QueueActions;
class RenderQueue;
class SectionHeader;
struct Job;

/// The queue at the bottom of the window: the list, the chosen job at length, and above both whatever needs a decision. GUI thread; does not
/// own the queue, which outlives it.
class QueueDrawer : public QWidget
{
    Q_OBJECT

public:
    explicit QueueDrawer(RenderQueue *queue, QWidget *parent = nullptr);

    QueueActions *actions() const { return m_actions; }
    QTreeView *view() const { return m_view; }
    MessageBar *bar() const { return m_bar; }
    /// Chooses the job and brings it into view.
    void choose(qint64 id);
    void addHeaderAction(QAction *action);
    /// What the empty list offers.
    void addEmptyAction(QAction *action);

Q_SIGNALS:
    void jobActivated(qint64 id);  ///< Enter or a double click
    void servicesWanted(qint64 id);  ///< the job waits for a key or the network
    void closeRequested();         ///< Escape

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeHeader();
    void makeList();
    void showState();
    void showChosen();
    void askOpen();
    void addAnswers(const Job &job);
    void ask(const QString &sentence, const QString &answer, const std::function<void()> &then);
    void showMenu(const QPoint &position);
    qint64 currentJob() const;

    RenderQueue *m_queue;
    QueueActions *m_actions;
    JobModel *m_model;
    SectionHeader *m_header;
    MessageBar *m_bar;
    QTreeView *m_view;
    JobDetail *m_detail;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    qint64 m_asking = 0;  ///< the job whose question is in the bar; 0: none, or another question
    bool m_questioning = false;  ///< the bar holds another question, which comes first
};

} // namespace Galley
