#include "core/service/canaryrun.h"

#include "core/base/async.h"
#include "core/base/json.h"
#include "core/base/log.h"

#include <algorithm>

namespace Galley {

namespace {

constexpr int hourMs = 3'600'000;
constexpr qint64 sendsOfAJob = 64;  ///< more than a job can have, so that jobs stay in order

Json timeJson(const QDateTime &time)
{
    return time.isValid() ? Json(time.toUTC().toString(Qt::ISODateWithMs).toStdString()) : Json(nullptr);
}

QString textOf(const CanaryState &state)
{
    const Json json = {{"started", timeJson(state.startedAt)},
                       {"step_since", timeJson(state.stepSince)},
                       {"step_ms", state.stepMonotonicMs},
                       {"boot", state.seen.boot.toStdString()},
                       {"seen_ms", state.seen.ms},
                       {"step_renders", state.stepRenders},
                       {"looks", state.looks},
                       {"spent_alpha", state.spentAlpha}};
    return QString::fromUtf8(dumpJson(json));
}

CanaryState stateOf(const CanaryRow &row)
{
    CanaryState state;
    state.rule = row.rule;
    state.candidate = row.candidate;
    // A word that this version does not know: nothing is sent there.
    state.phase = canaryPhaseFromName(row.phase).value_or(CanaryState::Phase::RolledBack);
    state.step = row.step;
    const auto json = parseJson(row.state.toUtf8(), row.rule);
    if (!json || !json->is_object())
        return state;
    const auto integer = [&](const char *name) { return json->contains(name) && (*json)[name].is_number() ? (*json)[name].get<qint64>() : 0; };
    const auto text = [&](const char *name) { return json->contains(name) ? toQString((*json)[name]) : QString(); };
    state.startedAt = QDateTime::fromString(text("started"), Qt::ISODateWithMs);
    state.stepSince = QDateTime::fromString(text("step_since"), Qt::ISODateWithMs);
    state.stepMonotonicMs = integer("step_ms");
    state.seen = {text("boot"), integer("seen_ms")};
    state.stepRenders = int(integer("step_renders"));
    state.looks = int(integer("looks"));
    state.spentAlpha = json->contains("spent_alpha") && (*json)["spent_alpha"].is_number() ? (*json)["spent_alpha"].get<double>() : 0;
    return state;
}

CanaryRow rowOf(const CanaryState &state, qint64 sinceJob)
{
    CanaryRow row;
    row.rule = state.rule;
    row.candidate = state.candidate;
    row.phase = canaryPhaseName(state.phase);
    row.step = state.step;
    row.state = textOf(state);
    row.sinceJob = sinceJob;
    return row;
}

/// Whether a send failed by the model's fault: what only turned this one request away does not count, unless another model took it.
std::optional<bool> failedByItsModel(const AttemptRow &attempt)
{
    static const QStringList ofTheModel{QStringLiteral("not_sent"),      QStringLiteral("ambiguous"),     QStringLiteral("retired"),     QStringLiteral("service_failed"),
                                        QStringLiteral("worker_failed"), QStringLiteral("out_of_memory"), QStringLiteral("unavailable"), QStringLiteral("io")};
    static const QStringList ofTheRequest{QStringLiteral("rejected"), QStringLiteral("refused")};
    if (attempt.outcome == QLatin1String("done"))
        return false;
    if (ofTheModel.contains(attempt.outcome) || (ofTheRequest.contains(attempt.outcome) && attempt.madeElsewhere))
        return true;
    return std::nullopt;
}

Json reportJson(const CanaryReport &report)
{
    Json findings = Json::array();
    for (const CanaryFinding &finding : report.findings) {
        findings.push_back({{"metric", finding.metric.toStdString()},
                            {"verdict", canaryVerdictName(finding.verdict).toStdString()},
                            {"candidate", finding.candidate},
                            {"control", finding.control},
                            {"n_candidate", finding.nCandidate},
                            {"n_control", finding.nControl},
                            {"p", finding.p},
                            {"sentence", finding.sentence.toStdString()}});
    }
    return {{"verdict", canaryVerdictName(report.verdict).toStdString()}, {"renders", report.renders}, {"findings", findings}};
}

} // namespace

QList<CanarySample> canarySamples(const QList<AttemptRow> &attempts, const QString &candidate, bool isCandidate, bool isShadow)
{
    QMap<qint64, CanarySample> byJob;
    for (qsizetype i = 0; i < attempts.size(); ++i) {
        const AttemptRow &attempt = attempts[i];
        const bool isOfArm = isCandidate ? attempt.model == candidate && attempt.isShadow == isShadow
                                         : attempt.model != candidate && attempt.isFirstChoice && !attempt.isShadow;
        const auto failed = failedByItsModel(attempt);
        if (!isOfArm || !failed)
            continue;
        CanarySample sample;
        sample.sequence = attempt.job * sendsOfAJob;
        sample.at = attempt.at;
        sample.failed = *failed;
        if (!*failed && attempt.milliseconds > 0)
            sample.milliseconds = attempt.milliseconds;
        sample.costUsd = attempt.costUsd;
        sample.quality = attempt.quality;
        if (attempt.chosen != attempt.leftOut)
            sample.picked = attempt.chosen > attempt.leftOut;
        byJob.insert(attempt.job, sample);
    }
    return byJob.values();
}

CanaryRun::CanaryRun(CanaryRunParts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
    if (m_parts.author.isEmpty())
        m_parts.author = systemUser();
    m_hourly.setInterval(hourMs);
    connect(&m_hourly, &QTimer::timeout, this, &CanaryRun::lookAtAll);
    connect(m_parts.rules, &RuleBook::changed, this, &CanaryRun::sync);
    connect(m_parts.rules->journal(), &RouteJournal::canaryChanged, this, &CanaryRun::follow);
    for (const CanaryRow &row : m_parts.rules->journal()->canaries())
        m_entries[row.rule] = {stateOf(row), {}, row.sinceJob};
    sync();
}

QDateTime CanaryRun::now() const
{
    return m_parts.now ? m_parts.now() : QDateTime::currentDateTime();
}

BootTime CanaryRun::bootNow() const
{
    return m_parts.bootTime ? m_parts.bootTime() : bootTime();
}

void CanaryRun::start(std::function<void()> ready)
{
    m_hourly.start();
    onFinished(m_parts.store->canaries(), this, [this, ready](const QFuture<Result<QList<CanaryRow>>> &future) {
        m_isStarted = true;
        if (const auto rows = future.result())
            load(*rows);
        sync();
        lookAtAll();
        if (ready)
            ready();
    });
}

/// The journal knows where canaries stand before the library has been opened; the library fills in what the journal has lost.
void CanaryRun::load(const QList<CanaryRow> &rows)
{
    for (const CanaryRow &row : rows) {
        Entry &entry = m_entries[row.rule];
        if (entry.version > 0)
            continue;
        const CanaryState stored = stateOf(row);
        const bool isSamePlace = stored.candidate == entry.state.candidate && stored.phase == entry.state.phase && stored.step == entry.state.step;
        if (isSamePlace || !m_parts.rules->journal()->canaries().contains(row.rule))
            entry.state = stored;  // with the time that has passed since the move
        if (entry.sinceJob < 0 || entry.state.candidate == row.candidate)
            entry.sinceJob = row.sinceJob;
    }
}

const RouteRule *CanaryRun::ruleOf(const QString &name) const
{
    const QList<RouteRule> &rules = m_parts.rules->policy().rules;
    const auto found = std::find_if(rules.cbegin(), rules.cend(), [&](const RouteRule &rule) { return rule.name == name && rule.canary; });
    return found == rules.cend() ? nullptr : &*found;
}

QString CanaryRun::idOf(const QString &model) const
{
    const ModelEntry *entry = m_parts.models->catalogue().findModel(model);
    return entry ? entry->id : model;
}

/// A canary that is new in the rules, or tries another model than before, begins anew. Not before the library has said what it knows.
void CanaryRun::sync()
{
    for (const RouteRule &rule : m_parts.rules->policy().rules) {
        if (!rule.canary || !m_isStarted)
            continue;
        const QString candidate = idOf(rule.canary->model);
        Entry &entry = m_entries[rule.name];
        if (entry.state.candidate == candidate)
            continue;
        CanaryState state;
        state.rule = rule.name;
        state.candidate = candidate;
        state.startedAt = state.stepSince = now();
        state.seen = bootNow();
        entry.sinceJob = -1;
        entry.report = {};
        move(rule.name, state, tr("%1 is on trial for the rule \"%2\".").arg(candidate, rule.name), QStringLiteral("galley"));
        look(rule.name);
    }
    Q_EMIT changed();
}

void CanaryRun::follow(const CanaryRow &row)
{
    Entry &entry = m_entries[row.rule];
    entry.state = stateOf(row);
    entry.sinceJob = row.sinceJob;
    ++entry.version;
    Q_EMIT changed();
}

QMap<QString, CanaryState> CanaryRun::states() const
{
    QMap<QString, CanaryState> states;
    for (auto entry = m_entries.cbegin(); entry != m_entries.cend(); ++entry)
        states.insert(entry.key(), entry->state);
    return states;
}

QList<CanaryStatus> CanaryRun::statuses() const
{
    constexpr int buckets = 10'000;
    QList<CanaryStatus> list;
    for (const RouteRule &rule : m_parts.rules->policy().rules) {
        if (!rule.canary)
            continue;
        const Entry entry = m_entries.value(rule.name);
        CanaryStatus status;
        status.rule = rule.name;
        status.canary = *rule.canary;
        QStringList controls;
        for (const RouteShare &share : rule.split)
            controls.append(idOf(share.model));
        status.control = controls.join(QStringLiteral(", "));
        status.state = pass(entry.state, bootNow());
        status.report = entry.report;
        status.cohorts = qRound(entry.state.sharePercent(*rule.canary) / 100 * buckets);
        list.append(status);
    }
    return list;
}

QString CanaryRun::running() const
{
    QString newest;
    for (auto entry = m_entries.cbegin(); entry != m_entries.cend(); ++entry) {
        const RouteRule *rule = ruleOf(entry.key());
        if (!rule || entry->state.phase == CanaryState::Phase::RolledBack || entry->state.phase == CanaryState::Phase::Done || entry->state.sharePercent(*rule->canary) <= 0)
            continue;
        if (newest.isEmpty() || entry->sinceJob >= m_entries.value(newest).sinceJob)
            newest = entry.key();
    }
    return newest;
}

/// In memory at once, other windows within milliseconds, the library after that.
void CanaryRun::move(const QString &rule, const CanaryState &state, const QString &sentence, const QString &author)
{
    Entry &entry = m_entries[rule];
    const bool isMove = entry.state.phase != state.phase || entry.state.step != state.step || entry.state.candidate != state.candidate;
    entry.state = state;
    if (!isMove && sentence.isEmpty()) {
        if (m_isStarted)
            save(rule, {});
        return;
    }
    ++entry.version;
    CanaryEventRow event;
    event.at = now();
    event.rule = rule;
    event.candidate = state.candidate;
    event.phase = canaryPhaseName(state.phase);
    event.step = state.step;
    event.author = author;
    event.revision = m_parts.rules->revision();
    event.sentence = sentence;
    event.report = QString::fromUtf8(dumpJson(reportJson(entry.report)));
    m_parts.rules->journal()->add(rowOf(state, entry.sinceJob));
    save(rule, event);
    if (!sentence.isEmpty())
        logMessage(LogLevel::Info, QStringLiteral("canary: %1").arg(sentence));
}

void CanaryRun::save(const QString &rule, const std::optional<CanaryEventRow> &event)
{
    const Entry &entry = m_entries[rule];
    const auto saved = m_parts.store->saveCanary(rowOf(entry.state, entry.sinceJob), event);
    onFinished(saved, this, [this, rule, version = entry.version](const QFuture<Result<CanaryRow>> &future) {
        const auto row = future.result();
        if (!row) {
            logMessage(LogLevel::Error, row.error().message);
            return;
        }
        Entry &stored = m_entries[rule];
        if (stored.version != version || stored.sinceJob == row->sinceJob)
            return;
        stored.sinceJob = row->sinceJob;
        m_parts.rules->journal()->add(*row);
    });
}

void CanaryRun::rendered(const QString &rule)
{
    if (ruleOf(rule))
        look(rule);
}

void CanaryRun::lookAtAll()
{
    for (const RouteRule &rule : m_parts.rules->policy().rules) {
        if (rule.canary)
            look(rule.name);
    }
}

void CanaryRun::look(const QString &rule)
{
    Entry &entry = m_entries[rule];
    if (entry.state.phase == CanaryState::Phase::RolledBack)
        return;
    if (entry.isLooking) {
        entry.looksAgain = true;
        return;
    }
    entry.isLooking = true;
    entry.looksAgain = false;
    // Without a number yet, the row that is being stored has it before this is answered: nothing older counts.
    const bool isNumbered = entry.sinceJob >= 0;
    onFinished(m_parts.store->attemptsOf(rule, isNumbered ? entry.sinceJob : std::numeric_limits<qint64>::max()), this,
               [this, rule, isNumbered, version = entry.version](const QFuture<Result<QList<AttemptRow>>> &future) {
                   Entry &looked = m_entries[rule];
                   looked.isLooking = false;
                   if (const auto attempts = future.result(); attempts && isNumbered && version == looked.version)
                       judge(rule, *attempts);
                   else if (!isNumbered)
                       looked.looksAgain = looked.sinceJob >= 0;
                   if (std::exchange(looked.looksAgain, false))
                       look(rule);
               });
}

void CanaryRun::judge(const QString &rule, const QList<AttemptRow> &attempts)
{
    const RouteRule *found = ruleOf(rule);
    if (!found)
        return;
    Entry &entry = m_entries[rule];
    const RouteCanary &canary = *found->canary;
    CanaryLook look;
    look.canary = canary;
    look.state = pass(entry.state, bootNow());
    look.candidate = canarySamples(attempts, look.state.candidate, true, canary.shadow);
    look.control = canarySamples(attempts, look.state.candidate, false, canary.shadow);
    const CanaryReport report = judgeCanary(look);
    const bool isNews = entry.report != report;
    entry.report = report;
    const CanaryMove next = advance(look.state, canary, report, now());
    const bool wasRolledBack = entry.state.phase == CanaryState::Phase::RolledBack;
    if (next.state != entry.state || !next.sentence.isEmpty())
        move(rule, next.state, next.sentence, QStringLiteral("galley"));
    if (!wasRolledBack && next.state.phase == CanaryState::Phase::RolledBack) {
        markPictures(rule, next.sentence);
        Q_EMIT rolledBack(rule, next.sentence);
    }
    if (isNews)
        Q_EMIT changed();
}

QFuture<Result<QString>> CanaryRun::act(const QString &rule, CanaryAction action)
{
    const RouteRule *found = ruleOf(rule);
    if (!found) {
        return readyFuture<Result<QString>>(fail(ErrorCode::NotFound, tr("The rules in force have no canary in a rule \"%1\".").arg(rule)));
    }
    Entry &entry = m_entries[rule];
    const auto next = applyAction(pass(entry.state, bootNow()), *found->canary, action, now(), entry.report.renders);
    if (!next)
        return readyFuture<Result<QString>>(fail(next.error()));
    if (action == CanaryAction::Restart) {
        entry.sinceJob = -1;
        entry.report = {};
    }
    move(rule, next->state, next->sentence, m_parts.author);
    Q_EMIT changed();
    return readyFuture<Result<QString>>(next->sentence);
}

QFuture<Result<RollbackReport>> CanaryRun::rollBack(const QString &rule)
{
    const auto done = act(rule, CanaryAction::RollBack).result();
    return done ? markPictures(rule, *done) : readyFuture<Result<RollbackReport>>(fail(done.error()));
}

QFuture<Result<RollbackReport>> CanaryRun::markPictures(const QString &rule, const QString &sentence)
{
    const Entry &entry = m_entries[rule];
    RollbackReport report;
    report.sentence = sentence;
    report.withdrawnModel = entry.state.candidate;
    // The judge knows ids only.
    const ModelEntry *model = m_parts.models->catalogue().findModel(report.withdrawnModel);
    if (model && !model->label.isEmpty() && sentence.startsWith(report.withdrawnModel))
        report.sentence = model->label + sentence.mid(report.withdrawnModel.size());
    report.rule = rule;
    if (m_parts.withdrawn)
        m_parts.withdrawn(report.withdrawnModel);
    const auto promise = std::make_shared<QPromise<Result<RollbackReport>>>();
    promise->start();
    const auto finish = [promise](const Result<RollbackReport> &outcome) {
        promise->addResult(outcome);
        promise->finish();
    };
    if (entry.sinceJob < 0) {
        finish(report);
        return promise->future();
    }
    onFinished(m_parts.store->picturesOf(report.withdrawnModel, rule, entry.sinceJob), this, [this, report, finish](const QFuture<Result<QList<qint64>>> &future) {
        const auto pictures = future.result();
        if (!pictures)
            return finish(fail(pictures.error()));
        RollbackReport marked = report;
        marked.pictures = *pictures;
        onFinished(m_parts.store->markAssets(*pictures, withdrawnMark()), this, [marked, finish](const QFuture<Result<void>> &done) {
            finish(done.result() ? Result<RollbackReport>(marked) : fail(done.result().error()));
        });
    });
    return promise->future();
}

} // namespace Galley
