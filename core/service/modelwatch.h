#pragma once

#include "core/routing/router.h"
#include "core/service/routingservice.h"
#include "core/store/store.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <functional>

namespace Galley {

/// How each model does: what the queue's sends came to, by a clock that never jumps. Tells decisions what may not be asked now. Which models a person
/// has taken out of routing is kept in the library. GUI thread.
class ModelWatch : public QObject
{
    Q_OBJECT

public:
    /// \a store outlives it. \a clock: milliseconds that never jump (bootTime() by default).
    explicit ModelWatch(Store *store, std::function<qint64()> clock = {}, QObject *parent = nullptr);

    /// Learns from the library what happened in the last minutes and what a person holds; \a now: the wall clock, for the age of what is stored.
    void start(const QDateTime &now, std::function<void()> ready = {});
    void began(const QString &model);
    /// \a error: null when it went well.
    void ended(const QString &model, double milliseconds, const Error *error, bool wasAlone, bool isLocal);
    void hold(const QString &model, bool held);

    ModelCondition condition(const ModelEntry &model) const;
    HealthStatus status(const ModelEntry &model) const;
    bool isKnown(const QString &model) const { return m_health.contains(model); }

Q_SIGNALS:
    void changed();

private:
    void note();
    void learn(const QList<AttemptRow> &attempts, const QDateTime &now);
    ModelHealth &healthOf(const QString &model);
    qint64 clock() const;

    Store *m_store;
    std::function<qint64()> m_clock;
    QHash<QString, ModelHealth> m_health;
    QString m_loaded;   ///< what this machine rendered last: still in memory
    QTimer m_wake;      ///< when a model may be asked again
};

} // namespace Galley
