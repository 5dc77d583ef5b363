#include "core/routing/routereader.h"

#include "core/routing/routecondition.h"
#include "core/routing/routeentry.h"

#include <QCoreApplication>

#include <algorithm>

namespace Galley {

namespace {

constexpr qsizetype maxRules = 2000;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::RoutePolicy", text);
}

/// The conditions in an order of their own, so that the same ones are found again however they are written down.
QStringList sameMatchKey(const QList<RouteCondition> &match)
{
    QStringList keys;
    for (const RouteCondition &condition : match) {
        keys.append(routeFieldName(condition.field) + routeOperatorName(condition.op)
                    + (condition.op == RouteCondition::Operator::Matches ? condition.pattern : QString::number(condition.number, 'g', 17)));
    }
    keys.sort();
    keys.removeDuplicates();
    return keys;
}

class Reader
{
public:
    Reader(const ModelCatalogue &catalogue, FindingSink &sink, RoutePolicy &policy)
        : m_catalogue(catalogue)
        , m_sink(sink)
        , m_policy(policy)
    {}

    void read(const YamlNode &root)
    {
        const QStringList known = routeFileKeys().value(QString());
        for (const YamlNode &member : root.items) {
            if (!known.contains(member.key))
                unknownSection(member, known);
        }
        if (const YamlNode *defaults = root.find(QStringLiteral("default")); defaults && !defaults->isNull())
            readDefaults(*defaults);
        const YamlNode *routes = root.find(QStringLiteral("routes"));
        if (!routes || routes->isNull())
            return;
        if (!routes->isList()) {
            error(*routes, QStringLiteral("/routes"), "wrong_type", tr("\"routes\" must be a list of rules."), tr("Begin each rule with \"- match:\"."));
            return;
        }
        if (routes->items.size() > maxRules) {
            error(*routes, QStringLiteral("/routes"), "too_many", tr("There are %1 rules; the limit is %2.").arg(routes->items.size()).arg(maxRules));
            return;
        }
        for (qsizetype i = 0; i < routes->items.size(); ++i) {
            if (const auto entry = readRouteEntry(routes->items.at(i), QStringLiteral("/routes/%1").arg(i), m_catalogue, m_sink))
                join(*entry);
        }
        for (RouteEntry &entry : m_entries)
            finish(entry);
    }

private:
    void error(const YamlNode &at, const QString &path, const char *code, const QString &message, const QString &fix = {})
    {
        reportAt(m_sink, at, path, code, message, fix, Severity::Error);
    }

    void unknownSection(const YamlNode &member, const QStringList &known)
    {
        static const QStringList ofModels = words({"models", "aliases", "backends"});
        m_sink.report(member.keyLine, QLatin1Char('/') + member.key.left(60), "unknown_key",
                      tr("The key \"%1\" is not known and has no effect.").arg(member.key.left(60)),
                      ofModels.contains(member.key) ? tr("It belongs in models.yaml.") : didYouMean(member.key, known), Severity::Warning,
                      member.keyColumn);
    }

    void readDefaults(const YamlNode &node)
    {
        const QString path = QStringLiteral("/default");
        static const QString form = tr("Write it as {mid: sd-medium, final: ideogram-typography}.");
        if (!node.isMap()) {
            error(node, path, "wrong_type", tr("\"default\" must be a map of tiers."), form);
            return;
        }
        for (const YamlNode &member : node.items) {
            const auto tier = fidelityFromName(member.key);
            if (!tier || *tier == Fidelity::Draft) {
                m_sink.report(member.keyLine, path + QLatin1Char('/') + member.key.left(60), "wrong_tier",
                              tier ? tr("Drafts have no default of their own: galley-draft makes them unless a rule names fidelity:draft.")
                                   : tr("\"%1\" is no tier that has a default.").arg(member.key.left(60)),
                              form, Severity::Error, member.keyColumn);
                continue;
            }
            const QString name = member.asText().value_or(QString());
            if (m_catalogue.findModel(name)) {
                m_policy.defaults.insert(*tier, name);
            } else {
                error(member, path + QLatin1Char('/') + member.key, "unknown_model", tr("There is no model \"%1\".").arg(name.left(64)),
                      unknownModelFix(name, m_catalogue));
            }
        }
    }

    /// Entries with the same match are one rule: the first one's place, all models.
    void join(const RouteEntry &entry)
    {
        const QStringList key = sameMatchKey(entry.rule.match);
        const auto same = entry.given.contains(QStringLiteral("match")) && entry.rule.match.isEmpty() ? m_keys.constEnd() : m_keys.constFind(key);
        if (same == m_keys.constEnd()) {
            if (!entry.isBroken)
                m_keys.insert(key, m_entries.size());
            m_entries.append(entry);
            return;
        }
        RouteEntry &first = m_entries[*same];
        first.isBroken = first.isBroken || entry.isBroken;
        first.rule.split += entry.rule.split;
        static const QStringList once = words({"name", "fallback", "burst", "budget", "canary", "note"});
        for (const QString &name : once) {
            const auto given = entry.given.constFind(name);
            if (given == entry.given.constEnd())
                continue;
            if (first.given.contains(name)) {
                m_sink.report(given->keyLine, entry.path + QLatin1Char('/') + name, "given_twice",
                              tr("This entry matches the same as the one in line %1, so they are one rule, and that one has \"%2\" already.").arg(first.rule.line).arg(name),
                              tr("Keep one of them."), Severity::Error, given->keyColumn);
                first.isBroken = true;
                continue;
            }
            first.given.insert(name, *given);
        }
        takeOver(first.rule, entry.rule);
    }

    static void takeOver(RouteRule &first, const RouteRule &other)
    {
        if (first.name.isEmpty())
            first.name = other.name;
        if (first.fallback.isEmpty())
            first.fallback = other.fallback;
        if (!first.burst)
            first.burst = other.burst;
        if (first.budgetPerDayUsd <= 0)
            first.budgetPerDayUsd = other.budgetPerDayUsd;
        if (!first.canary)
            first.canary = other.canary;
        if (first.note.isEmpty())
            first.note = other.note;
    }

    QString idOf(const QString &name) const
    {
        const ModelEntry *model = m_catalogue.findModel(name);
        return model ? model->id : name;
    }

    void finish(RouteEntry &entry)
    {
        nameRule(entry);
        if (entry.isBroken)
            return;
        bool ok = checkShares(entry);
        ok &= checkFallbacks(entry);
        ok &= checkDetour(entry, "burst", entry.rule.burst ? entry.rule.burst->model : QString());
        ok &= checkDetour(entry, "canary", entry.rule.canary ? entry.rule.canary->model : QString());
        if (ok)
            m_policy.rules.append(entry.rule);
    }

    /// What decisions, budgets and canaries are remembered under: the match says it where nobody gave a name, so that moving the rule changes nothing.
    void nameRule(RouteEntry &entry)
    {
        constexpr qsizetype most = 100;
        QString &name = entry.rule.name;
        if (name.isEmpty()) {
            QStringList texts;
            for (const RouteCondition &condition : std::as_const(entry.rule.match))
                texts.append(condition.text);
            name = texts.isEmpty() ? tr("everything") : texts.join(QStringLiteral(" + ")).simplified().left(most);
            const QString stem = name;
            for (int n = 2; m_names.contains(name); ++n)
                name = QStringLiteral("%1 (%2)").arg(stem).arg(n);
        } else if (m_names.contains(name)) {
            const YamlNode at = entry.given.value(QStringLiteral("name"));
            error(at, entry.path + QStringLiteral("/name"), "name_taken",
                  tr("The rule in line %1 is called \"%2\" already.").arg(m_names.value(name)).arg(name), tr("Choose another name, or give both the same match."));
            entry.isBroken = true;
            return;
        }
        m_names.insert(name, entry.rule.line);
    }

    bool checkShares(const RouteEntry &entry)
    {
        QMap<QString, int> lines;
        double sum = 0;
        for (const RouteShare &share : entry.rule.split) {
            sum += share.weight;
            const QString id = idOf(share.model);
            if (lines.contains(id)) {
                m_sink.report(share.line, entry.path, "model_twice",
                              tr("The model \"%1\" stands in this split twice; the other one is in line %2.").arg(id).arg(lines.value(id)), tr("Add the weights up."),
                              Severity::Error, share.column);
                return false;
            }
            lines.insert(id, share.line);
            warnOfDraftModel(entry, share);
        }
        if (sum > 0)
            return true;
        const RouteShare &first = entry.rule.split.first();
        m_sink.report(first.line, entry.path, "no_weight", tr("All weights of this rule are 0, so that nothing could render what it matches."),
                      tr("Give one model a weight above 0, or remove the rule."), Severity::Error, first.column);
        return false;
    }

    void warnOfDraftModel(const RouteEntry &entry, const RouteShare &share)
    {
        const bool namesFidelity = std::any_of(entry.rule.match.cbegin(), entry.rule.match.cend(), [](const RouteCondition &condition) {
            return condition.field == RouteCondition::Field::Fidelity || condition.field == RouteCondition::Field::Intent;
        });
        if (m_catalogue.findModel(share.model)->dialect != Dialect::Draft || namesFidelity)
            return;
        m_sink.report(share.line, entry.path, "draft_model", tr("%1 draws drafts and no finals, and rules decide about finals.").arg(share.model),
                      tr("Add \"fidelity:draft\" to the match, or choose another model."), Severity::Warning, share.column);
    }

    bool isOnlyShare(const RouteEntry &entry, const QString &model) const
    {
        return entry.rule.split.size() == 1 && idOf(entry.rule.split.first().model) == idOf(model);
    }

    bool checkFallbacks(RouteEntry &entry)
    {
        const YamlNode node = entry.given.value(QStringLiteral("fallback"));
        const bool isPaid = std::any_of(entry.rule.split.cbegin(), entry.rule.split.cend(), [&](const RouteShare &share) {
            return !m_catalogue.findModel(share.model)->price.isEmpty();
        });
        for (qsizetype i = 0; i < entry.rule.fallback.size(); ++i) {
            RouteFallback &fallback = entry.rule.fallback[i];
            const YamlNode &at = node.items.at(i);
            const QString path = entry.path + QStringLiteral("/fallback/%1").arg(i);
            if (!fallback.model.isEmpty() && (isOnlyShare(entry, fallback.model) || comesAgain(entry.rule.fallback, i))) {
                error(at, path, "fallback_cycle", tr("This falls back to %1, which has been tried already when it comes to that.").arg(fallback.model),
                      tr("Name another model, or remove the step."));
                return false;
            }
            if (isPaid && !fallback.ask && fallback.on.contains(QLatin1String("ambiguous"))) {
                reportAt(m_sink, at, path, "ask_first", tr("After an ambiguous failure the picture may be there and billed, so Galley asks before it pays for another."),
                       tr("Write ask: true to say so."), Severity::Warning);
                fallback.ask = true;
            }
        }
        return true;
    }

    /// Whether an earlier step goes to the same model for one of the same reasons.
    bool comesAgain(const QList<RouteFallback> &fallbacks, qsizetype at) const
    {
        return std::any_of(fallbacks.cbegin(), fallbacks.cbegin() + at, [&](const RouteFallback &earlier) {
            return !earlier.model.isEmpty() && idOf(earlier.model) == idOf(fallbacks.at(at).model)
                && std::any_of(earlier.on.cbegin(), earlier.on.cend(), [&](const QString &on) { return fallbacks.at(at).on.contains(on); });
        });
    }

    /// A burst or canary that leads to where the rule goes anyway.
    bool checkDetour(const RouteEntry &entry, const char *key, const QString &model)
    {
        const bool isShare = std::any_of(entry.rule.split.cbegin(), entry.rule.split.cend(), [&](const RouteShare &share) { return idOf(share.model) == idOf(model); });
        const bool isWrong = qstrcmp(key, "canary") == 0 ? isShare : isOnlyShare(entry, model);
        if (model.isEmpty() || !isWrong)
            return true;
        error(entry.given.value(QLatin1String(key)), entry.path + QLatin1Char('/') + QLatin1String(key), "same_model",
              tr("\"%1\" names %2, which the rule takes anyway.").arg(QLatin1String(key), model), tr("Name another model, or remove it."));
        return false;
    }

    const ModelCatalogue &m_catalogue;
    FindingSink &m_sink;
    RoutePolicy &m_policy;
    QList<RouteEntry> m_entries;
    QMap<QStringList, qsizetype> m_keys;
    QMap<QString, int> m_names;
};

} // namespace

QMap<QString, QStringList> routeFileKeys()
{
    static const QMap<QString, QStringList> keys{
        {QString(), words({"default", "routes"})},
        {QStringLiteral("default"), words({"mid", "final"})},
        {QStringLiteral("routes"), words({"name", "match", "model", "weight", "split", "fallback", "burst", "budget", "canary", "note"})},
        {QStringLiteral("split"), words({"model", "weight"})},
        {QStringLiteral("fallback"), words({"on", "model", "ask"})},
        {QStringLiteral("burst"), words({"queue", "p95_ms", "model"})},
        {QStringLiteral("budget"), words({"per_day_usd"})},
        {QStringLiteral("canary"), words({"model", "steps", "bake", "min_renders", "shadow", "promote"})},
    };
    return keys;
}

void readRules(const YamlNode &root, const ModelCatalogue &catalogue, FindingSink &sink, RoutePolicy &policy)
{
    Reader(catalogue, sink, policy).read(root);
}

} // namespace Galley
