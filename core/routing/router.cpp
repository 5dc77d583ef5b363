#include "core/routing/router.h"

#include "core/base/hostpolicy.h"
#include "core/routing/cohort.h"
#include "core/routing/routecondition.h"
#include "core/routing/routefacts.h"
#include "core/routing/rulematcher.h"
#include "core/template/names.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Router", text);
}

/// What renders when no rule says otherwise (product.md §4).
QString builtInDefault(Fidelity fidelity)
{
    switch (fidelity) {
    case Fidelity::Draft: return QStringLiteral("galley-draft");
    case Fidelity::Mid: return QStringLiteral("sd-medium");
    case Fidelity::Final: return QStringLiteral("ideogram-typography");
    }
    return {};
}

QString unknownModelSentence(const QString &name, const ModelCatalogue &catalogue)
{
    QStringList names = catalogue.aliases.keys();
    for (const ModelEntry &model : catalogue.models)
        names.append(model.id);
    const QString near = nearestName(name, names);
    const QString unknown = tr("There is no model \"%1\".").arg(name.left(64));
    return unknown + QLatin1Char(' ')
        + (near.isEmpty() ? tr("\"galley models\" lists those that there are; models.yaml can add one.") : tr("Did you mean \"%1\"?").arg(near));
}

/// One thing that stands in the way of a model.
struct Obstacle
{
    FailureClass failure = FailureClass::None;  ///< what a fallback would have to name
    QString sentence;
};

/// A model that could render the request, in the order of preference.
struct Candidate
{
    QString name;  ///< as it was written
    const ModelEntry *model = nullptr;
};

/// Makes one decision. Lives only as long as what it was given.
class Decider
{
public:
    Decider(const RenderRequest &request, const RoutePolicy &policy, const ModelCatalogue &catalogue, const RouteSnapshot &snapshot)
        : m_request(request)
        , m_policy(policy)
        , m_catalogue(catalogue)
        , m_snapshot(snapshot)
    {
        m_decision.requested = request.model;
        m_decision.cohort = cohortOf(request.source.project);
        m_decision.policy = policy.digest;
    }

    Result<RouteDecision> decide()
    {
        if (!m_request.model.isEmpty())
            return askedFor();
        const auto rule = findRule();
        if (!rule)
            return fail(rule.error());
        return *rule ? byRule(**rule) : byDefault();
    }

private:
    Result<RouteDecision> askedFor()
    {
        m_decision.rule = QStringLiteral("asked for");
        m_decision.reasons.append(tr("%1 was asked for.").arg(m_request.model));
        return only(m_request.model);
    }

    Result<RouteDecision> byDefault()
    {
        const QString name = m_policy.defaults.value(m_request.fidelity, builtInDefault(m_request.fidelity));
        m_decision.rule = QStringLiteral("default");
        m_decision.reasons.append(tr("No rule names a model for this; the default for the tier \"%1\" is %2.").arg(fidelityName(m_request.fidelity), name));
        return only(name);
    }

    /// A model that is not exchanged: what stands in its way is said, and the request waits.
    Result<RouteDecision> only(const QString &name)
    {
        const ModelEntry *model = m_catalogue.findModel(name);
        if (!model)
            return fail(ErrorCode::NotFound, unknownModelSentence(name, m_catalogue));
        return finish({name, model}, true);
    }

    Result<const RouteRule *> findRule() const
    {
        if (m_policy.rules.isEmpty())
            return nullptr;
        std::shared_ptr<const RuleMatcher> matcher = m_policy.matcher;
        if (!matcher) {
            const auto made = RuleMatcher::make(m_policy.rules);
            if (!made)
                return fail(made.error());
            matcher = *made;
        }
        const auto found = matcher->match(m_request);
        if (!found)
            return fail(found.error());
        if (found->rule < 0)
            return nullptr;
        const RouteRule &rule = m_policy.rules.at(found->rule);
        m_matched = matchSentence(rule, *found->facts);
        return &rule;
    }

    /// "Rule "posters" (routes.yaml:7) matches: intent is poster."
    QString matchSentence(const RouteRule &rule, const RouteFacts &facts) const
    {
        QStringList because;
        for (const RouteCondition &condition : rule.match) {
            const QString field = routeFieldName(condition.field);
            if (condition.op != RouteCondition::Operator::Matches)
                because.append(tr("%1 is %2 (%3 %4)").arg(field, number(facts.number(condition.field)), routeOperatorName(condition.op), number(condition.number)));
            else if (condition.field == RouteCondition::Field::Prompt)
                because.append(tr("the prompt has \"%1\"").arg(wordsOfPattern(condition.pattern).value_or(condition.pattern)));
            else
                because.append(tr("%1 is %2").arg(field, facts.values(condition.field).join(QStringLiteral(", "))));
        }
        const QString place = QStringLiteral("%1:%2").arg(m_policy.file.isEmpty() ? QStringLiteral("routes.yaml") : m_policy.file.section(QLatin1Char('/'), -1)).arg(rule.line);
        return because.isEmpty() ? tr("Rule \"%1\" (%2) matches everything.").arg(rule.name, place)
                                 : tr("Rule \"%1\" (%2) matches: %3.").arg(rule.name, place, because.join(tr(" and ")));
    }

    static QString number(double value) { return QLocale::c().toString(value, 'g', 12); }

    Result<RouteDecision> byRule(const RouteRule &rule)
    {
        m_rule = &rule;
        m_decision.rule = rule.name;
        m_decision.reasons.append(m_matched);
        QList<Candidate> shares = orderedShares(rule);
        if (shares.isEmpty())
            return fail(ErrorCode::NotFound, tr("The rule \"%1\" names no model that there is now. Look into routes.yaml and models.yaml.").arg(rule.name));
        const Candidate control = shares.first();
        takeCanary(rule, shares);
        takeBurst(rule, shares);
        const Candidate wanted = shares.first();
        m_decision.isCanary = rule.canary && !rule.canary->shadow && wanted.model == m_catalogue.findModel(rule.canary->model);
        listFallbacks(rule, wanted, control);

        QList<FailureClass> failures;
        for (qsizetype i = 0; i < shares.size(); ++i) {
            const auto stands = tryCandidate(shares.at(i));
            if (!stands)
                return settle(shares.at(i), wanted);
            failures.append(stands->failure);
        }
        for (const RouteFallback &fallback : rule.fallback) {
            const Candidate next{fallback.model, m_catalogue.findModel(fallback.model)};
            if (fallback.ask || !next.model || isAmong(shares, next) || !fallback.on.contains(failureClassName(failures.first())))
                continue;
            if (!tryCandidate(next))
                return settle(next, wanted);
        }
        return stayWith(shares);
    }

    /// The models of the split, those that \a rule's cohorts prefer first.
    QList<Candidate> orderedShares(const RouteRule &rule)
    {
        QList<Candidate> known;
        QList<WeightedModel> weighted;
        double sum = 0;
        for (const RouteShare &share : rule.split) {
            const ModelEntry *model = m_catalogue.findModel(share.model);
            if (!model) {
                m_decision.skipped.append(unknownModelSentence(share.model, m_catalogue));
                continue;
            }
            // One entry alone gets everything, whatever its weight.
            const double weight = rule.split.size() == 1 ? 1 : share.weight;
            known.append({share.model, model});
            weighted.append({model->id, weight});
            sum += weight;
        }
        QList<qsizetype> order = rendezvousOrder(rule.name, m_request.source.project, weighted);
        if (order.isEmpty())
            return {};
        preferLoaded(order, known, weighted);
        QList<Candidate> result;
        for (const qsizetype i : std::as_const(order))
            result.append(known.at(i));
        if (rule.split.size() == 1) {
            m_decision.reasons.append(tr("It names %1.").arg(result.first().name));
        } else {
            m_decision.reasons.append(tr("Cohort %1 goes to %2, which has %3 of %4 parts.")
                                          .arg(m_decision.cohort)
                                          .arg(result.first().name, number(weighted.at(order.first()).weight), number(sum)));
        }
        return result;
    }

    /// The cohort's own model stays first, always. Behind it, where a request only goes when that one cannot be taken, equal weights are a tie.
    void preferLoaded(QList<qsizetype> &order, const QList<Candidate> &known, const QList<WeightedModel> &weighted) const
    {
        const auto isLoaded = [&](qsizetype i) { return m_snapshot.conditions.value(known.at(i).model->id).isLoaded; };
        for (qsizetype i = 1; i < order.size(); ++i) {
            for (qsizetype j = i + 1; j < order.size(); ++j) {
                if (weighted.at(order.at(i)).weight == weighted.at(order.at(j)).weight && !isLoaded(order.at(i)) && isLoaded(order.at(j)))
                    order.swapItemsAt(i, j);
            }
        }
    }

    void takeCanary(const RouteRule &rule, QList<Candidate> &shares)
    {
        if (!rule.canary)
            return;
        const ModelEntry *model = m_catalogue.findModel(rule.canary->model);
        if (!model) {
            m_decision.skipped.append(unknownModelSentence(rule.canary->model, m_catalogue));
            return;
        }
        CanaryState state = m_snapshot.canaries.value(rule.name);
        if (state.candidate != rule.canary->model && state.candidate != model->id)
            state = {}; // of another candidate before
        const double percent = state.sharePercent(*rule.canary);
        if (!isInCanary(rule.name, m_request.source.project, percent))
            return;
        if (rule.canary->shadow) {
            m_decision.shadow = model->id;
            m_decision.reasons.append(tr("%1 renders it too, for comparison only (shadow of %2 % of the cohorts).").arg(rule.canary->model, number(percent)));
            return;
        }
        shares.prepend({rule.canary->model, model});
        m_decision.reasons.append(tr("The project is among the %1 % of the cohorts that try %2.").arg(number(percent), rule.canary->model));
    }

    void takeBurst(const RouteRule &rule, QList<Candidate> &shares)
    {
        if (!rule.burst)
            return;
        const Candidate burst{rule.burst->model, m_catalogue.findModel(rule.burst->model)};
        const ModelEntry &busy = *shares.first().model;
        const ModelCondition condition = m_snapshot.conditions.value(busy.id);
        QString why;
        if (rule.burst->queue > 0 && condition.waiting > rule.burst->queue)
            why = QCoreApplication::translate("Galley::Router", "%n requests wait for %1, and more than %2 go to %3.", nullptr, condition.waiting)
                      .arg(busy.id).arg(rule.burst->queue).arg(burst.name);
        else if (rule.burst->p95Ms > 0 && condition.p95Ms > rule.burst->p95Ms)
            why = tr("%1 takes %2 ms (p95) at present, and above %3 ms requests go to %4.").arg(busy.id).arg(condition.p95Ms).arg(rule.burst->p95Ms).arg(burst.name);
        if (why.isEmpty() || burst.model == shares.first().model)
            return;
        if (!burst.model) {
            m_decision.skipped.append(unknownModelSentence(burst.name, m_catalogue));
            return;
        }
        if (tryCandidate(burst)) // what stands in its way has been said; slow is better than never
            return;
        m_decision.reasons.append(why);
        shares.removeIf([&](const Candidate &share) { return share.model == burst.model; });
        shares.prepend(burst);
    }

    static bool isAmong(const QList<Candidate> &candidates, const Candidate &one)
    {
        return std::any_of(candidates.cbegin(), candidates.cend(), [&](const Candidate &candidate) { return candidate.model == one.model; });
    }

    /// What is tried when \a wanted fails: a canary's requests go back to where they came from, then what the file says.
    void listFallbacks(const RouteRule &rule, const Candidate &wanted, const Candidate &control)
    {
        if (m_decision.isCanary) {
            m_decision.fallbacks.append({control.model->id,
                                         {failureClassName(FailureClass::NotSent), failureClassName(FailureClass::Busy), failureClassName(FailureClass::Rejected),
                                          failureClassName(FailureClass::Retired), failureClassName(FailureClass::Offline)},
                                         false});
        }
        for (RouteFallback fallback : rule.fallback) {
            const ModelEntry *model = m_catalogue.findModel(fallback.model);
            if (model == wanted.model || (!model && !fallback.model.isEmpty()))
                continue;
            fallback.model = model ? model->id : QString();
            m_decision.fallbacks.append(fallback);
        }
    }

    /// Nothing when \a candidate can be asked now; otherwise what stands in the way, which is noted.
    std::optional<Obstacle> tryCandidate(const Candidate &candidate)
    {
        const QList<Obstacle> obstacles = obstaclesOf(*candidate.model);
        for (const Obstacle &obstacle : obstacles)
            m_decision.skipped.append(obstacle.sentence);
        return obstacles.isEmpty() ? std::nullopt : std::optional(obstacles.first());
    }

    QString retiredSentence(const ModelEntry &model) const
    {
        const QString byDate = m_catalogue.retiredSentence(model, m_snapshot.now.date());
        return byDate.isEmpty() ? m_snapshot.retired.value(model.id) : byDate;
    }

    /// What stands in the way now and may be gone when the job's turn comes.
    QList<Obstacle> obstaclesOf(const ModelEntry &model) const
    {
        QList<Obstacle> list;
        if (const QString retired = retiredSentence(model); !retired.isEmpty())
            return {{FailureClass::Retired, retired}};
        const BackendEntry *backend = m_catalogue.findBackend(model.backend);
        if (backend && m_snapshot.offline && !isOnThisMachine(*backend))
            list.append({FailureClass::Offline, tr("%1 waits until the network is switched on again.").arg(model.label)});
        if (backend && backend->kind != QLatin1String("local") && m_snapshot.backendsWithoutKey.contains(backend->id))
            list.append({FailureClass::Rejected, tr("%1 waits until there is a key for %2. Enter it in the settings.").arg(model.label, backend->label)});
        if (const QString out = m_snapshot.conditions.value(model.id).outOfRouting; !out.isEmpty())
            list.append({FailureClass::Busy, out});
        if (const QString over = overBudget(model, backend); !over.isEmpty())
            list.append({FailureClass::OverBudget, over});
        return list;
    }

    QString overBudget(const ModelEntry &model, const BackendEntry *backend) const
    {
        if (!m_rule || m_rule->budgetPerDayUsd <= 0 || (backend && backend->free) || model.price.isEmpty())
            return {};
        constexpr double roundingError = 1e-9;
        const QSize size = frameFor(m_request.size.value_or(m_request.source.canvas.size), model.sizes).picture;
        const Json quality = model.options.is_object() && model.options.contains("quality") ? model.options["quality"] : Json();
        const double costs = model.price.estimate(size, quality.is_string() ? toQString(quality) : QString(), std::max(1, m_request.count));
        const double spent = m_snapshot.spentByRuleUsd.value(m_rule->name);
        if (spent + costs <= m_rule->budgetPerDayUsd + roundingError)
            return {};
        const auto money = [](double usd) { return QLocale::c().toString(usd, 'f', 2); };
        return tr("%1 is not sent: the rule \"%2\" may spend %3 USD a day, %4 USD are spent or reserved today and this costs %5 USD.")
            .arg(model.label, m_rule->name, money(m_rule->budgetPerDayUsd), money(spent), QLocale::c().toString(costs, 'f', 3));
    }

    Result<RouteDecision> settle(const Candidate &chosen, const Candidate &wanted)
    {
        if (chosen.model != wanted.model) {
            m_decision.isCanary = false;
            m_decision.reasons.append(tr("%1 cannot be taken now, so it goes to %2.").arg(wanted.name, chosen.name));
            m_decision.fallbacks.removeIf([&](const RouteFallback &fallback) { return fallback.model == chosen.model->id; });
        }
        return finish(chosen, false);
    }

    /// Nothing can be asked now: the request waits for the first one that has not ended.
    Result<RouteDecision> stayWith(const QList<Candidate> &shares)
    {
        const auto waits = std::find_if(shares.cbegin(), shares.cend(), [&](const Candidate &share) { return retiredSentence(*share.model).isEmpty(); });
        const Candidate chosen = waits == shares.cend() ? shares.first() : *waits;
        if (waits != shares.cend()) {
            if (chosen.model != shares.first().model)
                m_decision.isCanary = false;
            m_decision.reasons.append(tr("Nothing that the rule names can be taken now, so the request waits for %1.").arg(chosen.name));
        }
        return finish(chosen, false);
    }

    Result<RouteDecision> finish(const Candidate &chosen, bool noteObstacles)
    {
        const ModelEntry &model = *chosen.model;
        if (chosen.name != model.id)
            m_decision.reasons.append(tr("%1 stands for %2.").arg(chosen.name, model.id));
        m_decision.model = model.id;
        const QString retired = retiredSentence(model);
        if (!retired.isEmpty())
            return fail(Error{.code = ErrorCode::ServiceFailed, .message = retired, .failure = FailureClass::Retired});
        if (noteObstacles)
            tryCandidate(chosen);
        const QString ending = m_catalogue.shutdownNotice(model, m_snapshot.now.date());
        if (!ending.isEmpty())
            m_decision.reasons.append(ending);
        m_decision.skipped.removeDuplicates();
        return m_decision;
    }

    const RenderRequest &m_request;
    const RoutePolicy &m_policy;
    const ModelCatalogue &m_catalogue;
    const RouteSnapshot &m_snapshot;
    const RouteRule *m_rule = nullptr;
    mutable QString m_matched;
    RouteDecision m_decision;
};

} // namespace

bool isOnThisMachine(const BackendEntry &backend)
{
    return backend.kind == QLatin1String("local") || isLoopbackHost(backend.url.host());
}

Result<RouteDecision> decideRoute(const RenderRequest &request, const RoutePolicy &policy, const ModelCatalogue &catalogue, const RouteSnapshot &snapshot)
{
    return Decider(request, policy, catalogue, snapshot).decide();
}

} // namespace Galley
