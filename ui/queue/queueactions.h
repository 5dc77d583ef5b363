#pragma once

#include <QList>
#include <QObject>

#include <functional>

class QAction;
class QMenu;
class QWidget;

namespace Galley {

struct Job;
class RenderQueue;

/// What can be done with the queue and with the jobs that are chosen in the list. Whatever costs somebody work or money is asked first,
/// by question(): the drawer shows it as a line with buttons, never as a box. Owns its actions; \a place is where their shortcuts hold.
class QueueActions : public QObject
{
    Q_OBJECT

public:
    QueueActions(RenderQueue *queue, QWidget *place);

    void setChosen(const QList<qint64> &ids);  ///< in the order of the list; the last one is the current one
    void update();

    QList<QAction *> queueActions() const;  ///< pause, cancel all, clear
    QList<QAction *> jobActions() const;    ///< start now, hold, move, cancel, retry, the three answers
    QAction *action(const char *name) const;
    /// The jobs' actions that can be done now, for a context menu.
    void fillMenu(QMenu *menu) const;

Q_SIGNALS:
    void question(const QString &sentence, const QString &answer, const std::function<void()> &then);

private:
    QAction *add(QList<QAction *> &list, const char *name, const QString &icon, const QString &text, std::function<void()> run);
    void makeQueueActions();
    void makeJobActions();
    const Job *current() const;
    QList<qint64> chosenThat(bool (*holds)(const Job &)) const;
    void move(bool up);
    qint64 neighbour(bool up) const;
    void askStartNow();
    void askCancelAll();

    RenderQueue *m_queue;
    QWidget *m_place;
    QList<QAction *> m_queueActions;
    QList<QAction *> m_jobActions;
    QList<qint64> m_chosen;
};

/// The sentence and the three answers for \a job, which may already have been carried out.
QString lookUpWord();
QString sendAgainWord();
QString giveUpWord();
/// The two answers for \a job, which Job::asks().
QString goOnWord(const Job &job);
QString cancelWord();

} // namespace Galley
