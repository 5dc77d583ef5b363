#include "core/service/modelwatch.h"

#include "core/base/async.h"
#include "core/base/boottime.h"
#include "core/base/json.h"

#include <algorithm>

namespace Galley {

namespace {

constexpr int longestWakeMs = 300'000;
constexpr qint64 rememberedMs = 10 * 60'000;  ///< what is older says nothing about now

QString heldFact()
{
    return QStringLiteral("routing/held");
}

} // namespace

ModelWatch::ModelWatch(Store *store, std::function<qint64()> clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(std::move(clock))
{
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &ModelWatch::note);
}

qint64 ModelWatch::clock() const
{
    return m_clock ? m_clock() : bootTime().ms;
}

ModelHealth &ModelWatch::healthOf(const QString &model)
{
    return m_health[model];
}

void ModelWatch::start(const QDateTime &now, std::function<void()> ready)
{
    onFinished(m_store->fact(heldFact()), this, [this](const QFuture<Result<QString>> &future) {
        const auto fact = future.result();
        const auto held = fact ? parseJson(fact->toUtf8(), heldFact()) : Result<Json>(Json::array());
        if (!held || !held->is_array())
            return;
        for (const Json &model : *held)
            healthOf(toQString(model)).setHeldOpen(true);
        if (!held->empty())
            note();
    });
    onFinished(m_store->attemptsSince(now.addMSecs(-rememberedMs)), this, [this, now, ready](const QFuture<Result<QList<AttemptRow>>> &future) {
        if (const auto attempts = future.result())
            learn(*attempts, now);
        if (ready)
            ready();
    });
}

/// What other windows and earlier runs have found out. A model that this one has asked already knows better.
void ModelWatch::learn(const QList<AttemptRow> &attempts, const QDateTime &now)
{
    QSet<QString> own;
    for (auto known = m_health.cbegin(); known != m_health.cend(); ++known) {
        if (!known->isHeldOpen())
            own.insert(known.key());
    }
    const qint64 moment = clock();
    for (const AttemptRow &attempt : attempts) {
        const qint64 age = attempt.at.msecsTo(now) - qint64(attempt.milliseconds);
        if (own.contains(attempt.model) || age < 0 || age > rememberedMs)
            continue;
        if (attempt.outcome == QLatin1String("done"))
            healthOf(attempt.model).succeeded(moment - age, attempt.milliseconds);
        else if (const auto failure = failureClassFromName(attempt.outcome))
            healthOf(attempt.model).failed(moment - age, *failure, -1, false);
    }
    if (!attempts.isEmpty())
        note();
}

void ModelWatch::began(const QString &model)
{
    healthOf(model).probeStarted(clock());
}

void ModelWatch::ended(const QString &model, double milliseconds, const Error *error, bool wasAlone, bool isLocal)
{
    ModelHealth &health = healthOf(model);
    if (error) {
        health.failed(clock(), modelFailure(*error), error->retryAfterMs, wasAlone);
    } else {
        health.succeeded(clock(), milliseconds);
        if (isLocal)
            m_loaded = model;
    }
    note();
}

void ModelWatch::hold(const QString &model, bool held)
{
    healthOf(model).setHeldOpen(held);
    Json list = Json::array();
    for (auto health = m_health.cbegin(); health != m_health.cend(); ++health) {
        if (health->isHeldOpen())
            list.push_back(health.key().toStdString());
    }
    m_store->setFact(heldFact(), QString::fromUtf8(dumpJson(list)));
    note();
}

/// Says that something has changed, and again when the next cool-down ends.
void ModelWatch::note()
{
    qint64 soonest = -1;
    const qint64 moment = clock();
    for (const ModelHealth &health : std::as_const(m_health)) {
        const qint64 wait = health.waitMs(moment);
        if (wait > 0 && (soonest < 0 || wait < soonest))
            soonest = wait;
    }
    if (soonest > 0)
        m_wake.start(int(std::clamp<qint64>(soonest + 1, 1, longestWakeMs)));
    Q_EMIT changed();
}

ModelCondition ModelWatch::condition(const ModelEntry &model) const
{
    ModelCondition condition;
    condition.isLoaded = model.id == m_loaded;
    const auto health = m_health.constFind(model.id);
    if (health == m_health.cend())
        return condition;
    const qint64 moment = clock();
    if (!health->mayBeAsked(moment))
        condition.outOfRouting = health->reason(model.label, moment);
    condition.p95Ms = health->p95Ms(moment);
    return condition;
}

HealthStatus ModelWatch::status(const ModelEntry &model) const
{
    const ModelHealth health = m_health.value(model.id);
    const qint64 moment = clock();
    HealthStatus status;
    status.model = model.id;
    status.state = health.state(moment);
    status.isHeld = health.isHeldOpen();
    status.waitMs = health.waitMs(moment);
    status.reason = health.reason(model.label, moment);
    return status;
}

} // namespace Galley
