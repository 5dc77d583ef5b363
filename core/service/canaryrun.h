#pragma once

#include "core/routing/canary.h"
#include "core/service/routingservice.h"
#include "core/service/rulebook.h"

#include <QHash>
#include <QSet>
#include <QTimer>

namespace Galley {

struct CanaryRunParts
{
    Store *store = nullptr;
    RuleBook *rules = nullptr;
    const CatalogueFile *models = nullptr;
    std::function<QDateTime()> now;       ///< absent: the system's clock; only written down
    std::function<BootTime()> bootTime;   ///< absent: the machine's
    QString author;                       ///< empty: the system's user
    std::function<void(const QString &model)> withdrawn = {};  ///< told when a candidate is taken back. Absent: nobody wants to know
};

/// Keeps the canaries of the rules in force going: where each stands, what the library has of its renders, what the judge says of them. By itself it
/// only stops or takes back; upwards a person leads, unless the rules allow it. Other windows hear of every move through the journal. GUI thread.
class CanaryRun : public QObject
{
    Q_OBJECT

public:
    explicit CanaryRun(CanaryRunParts parts, QObject *parent = nullptr);

    /// Reads what the library has, and judges from then on: once an hour and after each render.
    void start(std::function<void()> ready = {});
    /// A job of \a rule has ended; the canary of that rule is judged.
    void rendered(const QString &rule);
    void lookAtAll();
    bool isJudged(const QString &rule) const { return ruleOf(rule) && m_entries.value(rule).state.phase != CanaryState::Phase::RolledBack; }

    QMap<QString, CanaryState> states() const;
    QList<CanaryStatus> statuses() const;
    /// The rule whose canary a rollback without a name means: the one that runs and was begun last; empty: none.
    QString running() const;

    /// In force when it returns.
    QFuture<Result<QString>> act(const QString &rule, CanaryAction action);
    /// Withdraws the candidate at once and marks its pictures.
    QFuture<Result<RollbackReport>> rollBack(const QString &rule);

Q_SIGNALS:
    void changed();
    /// The judge has taken it back by itself.
    void rolledBack(const QString &rule, const QString &sentence);

private:
    struct Entry
    {
        CanaryState state;
        CanaryReport report;
        qint64 sinceJob = -1;
        int version = 0;       ///< rises with each move: what was read for an older one is not judged
        bool isLooking = false;
        bool looksAgain = false;
    };

    void sync();
    void follow(const CanaryRow &row);
    void load(const QList<CanaryRow> &rows);
    void look(const QString &rule);
    void judge(const QString &rule, const QList<AttemptRow> &attempts);
    void move(const QString &rule, const CanaryState &state, const QString &sentence, const QString &author);
    void save(const QString &rule, const std::optional<CanaryEventRow> &event);
    QFuture<Result<RollbackReport>> markPictures(const QString &rule, const QString &sentence);
    const RouteRule *ruleOf(const QString &name) const;
    QString idOf(const QString &model) const;
    QDateTime now() const;
    BootTime bootNow() const;

    CanaryRunParts m_parts;
    QMap<QString, Entry> m_entries;   ///< by rule
    QTimer m_hourly;
    bool m_isStarted = false;
};

/// The samples of one arm from what the library has: one for each job and model, its last send.
QList<CanarySample> canarySamples(const QList<AttemptRow> &attempts, const QString &candidate, bool isCandidate, bool isShadow);

} // namespace Galley
