#pragma once

#include "core/service/routingservice.h"
#include "ui/queue/modelnames.h"

#include <QObject>

#include <functional>

class QAction;

namespace Galley {

class MessageBar;

/// Whatever a person can do to routing besides writing rules: canaries, rollback, models out of routing. Asks in the bar before anything changes what
/// renders, never in a box, and says there what has come of it. Owns neither service nor bar.
class RoutesActions : public QObject
{
    Q_OBJECT

public:
    RoutesActions(RoutingService *routing, MessageBar *bar, QObject *parent = nullptr);

    void setNames(const ModelNames &names) { m_names = names; }
    QAction *rollBackAction() const { return m_rollBack; }

    void promote(const CanaryStatus &status);
    void hold(const QString &rule, bool held);
    void rollBackCanary(const CanaryStatus &status);
    void restart(const QString &rule);
    void putBack(qint64 revision, const QString &note);
    void holdModel(const QString &model, bool held);

Q_SIGNALS:
    void wanted();  ///< a question comes: the bar has to be on screen
    void message(const QString &sentence);

private:
    QList<CanaryStatus> runningCanaries() const;
    void askToRollBack();
    void askForRevision();
    void ask(const QString &sentence, const QString &answer, std::function<void()> then);
    void run(const QFuture<Result<QString>> &future);
    void rollBack(qint64 revision, const QString &rule);
    void showReport(const RollbackReport &report);
    void renderAgain(const QList<qint64> &pictures);
    void showState();

    RoutingService *m_routing;
    MessageBar *m_bar;
    ModelNames m_names;
    QAction *m_rollBack;
};

} // namespace Galley
