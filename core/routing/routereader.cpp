#include "core/routing/routereader.h"

#include "core/routing/routecondition.h"
#include "core/routing/rulematcher.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr qsizetype maxRules = 2000;
constexpr qsizetype maxConditions = 20;
constexpr qsizetype maxShares = 50;
constexpr qsizetype maxFallbacks = 5;  ///< a longer chain keeps somebody waiting who would rather be told
constexpr qsizetype maxSteps = 50;
constexpr double maxWeight = 1e9;
constexpr double maxBudgetUsd = 1e6;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::RoutePolicy", text);
}

QStringList words(std::initializer_list<const char *> list)
{
    QStringList result;
    for (const char *word : list)
        result.append(QString::fromLatin1(word));
    return result;
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

/// One rule with the nodes that it was made from, for the places of what is wrong with it as a whole.
struct Entry
{
    RouteRule rule;
    QString path;
    QMap<QString, YamlNode> given;
    bool isBroken = false;
};

class Reader
{
public:
    Reader(const ModelCatalogue &catalogue, FindingSink &sink, RoutePolicy &policy)
        : m_catalogue(catalogue)
        , m_sink(sink)
        , m_policy(policy)
    {
        m_modelNames = catalogue.aliases.keys();
        for (const ModelEntry &model : catalogue.models)
            m_modelNames.append(model.id);
    }

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
        for (qsizetype i = 0; i < routes->items.size(); ++i)
            readEntry(routes->items.at(i), QStringLiteral("/routes/%1").arg(i));
        for (Entry &entry : m_entries)
            finish(entry);
    }

private:
    void error(const YamlNode &at, const QString &path, const char *code, const QString &message, const QString &fix = {}, int offset = 0)
    {
        report(at, path, code, message, fix, Severity::Error, offset);
    }

    /// \a offset: into a text that stands in one line.
    void report(const YamlNode &at, const QString &path, const char *code, const QString &message, const QString &fix, Severity severity, int offset = 0)
    {
        const bool hasPlace = at.line > 0 && !at.isNull();
        const int column = hasPlace ? at.column + (offset > 0 || !at.plain ? offset + (at.plain ? 0 : 1) : 0) : at.keyColumn;
        m_sink.report(hasPlace ? at.line : at.keyLine, path, code, message, fix, severity, column);
    }

    void unknownSection(const YamlNode &member, const QStringList &known)
    {
        static const QStringList ofModels = words({"models", "aliases", "backends"});
        m_sink.report(member.keyLine, QLatin1Char('/') + member.key.left(60), "unknown_key",
                      tr("The key \"%1\" is not known and has no effect.").arg(member.key.left(60)),
                      ofModels.contains(member.key) ? tr("It belongs in models.yaml.") : didYouMean(member.key, known), Severity::Warning,
                      member.keyColumn);
    }

    /// Whether \a node is a map; warns of keys that the place \a place does not have.
    bool isMapOf(const YamlNode &node, const QString &path, const QString &owner, const QString &place, const QString &form)
    {
        if (!node.isMap()) {
            error(node, path, "wrong_type", tr("%1 must be a map.").arg(owner), form);
            return false;
        }
        const QStringList known = routeFileKeys().value(place);
        for (const YamlNode &member : node.items) {
            if (!known.contains(member.key))
                m_sink.unknownKey(member, path, owner, known);
        }
        return true;
    }

    bool readModel(const YamlNode *node, const YamlNode &owner, const QString &path, QString &model)
    {
        if (!node || node->isNull()) {
            error(owner, path, "no_model", tr("A model is missing here."), tr("Add \"model:\" with an id or alias from \"galley models\"."));
            return false;
        }
        const QString name = node->asText().value_or(QString());
        if (!m_catalogue.findModel(name)) {
            const QString fix = didYouMean(name.left(64), m_modelNames);
            error(*node, path + QStringLiteral("/model"), "unknown_model", tr("There is no model \"%1\".").arg(name.left(64)),
                  fix.isEmpty() ? tr("\"galley models\" lists those that there are; models.yaml can add one.") : fix);
            return false;
        }
        model = name;
        return true;
    }

    bool readWeight(const YamlNode *node, const QString &path, double &weight)
    {
        if (!node)
            return true;
        const auto value = node->asNumber();
        if (!value || *value < 0 || *value > maxWeight) {
            error(*node, path + QStringLiteral("/weight"), "wrong_weight", tr("The weight \"%1\" is not possible.").arg(node->text.left(40)),
                  tr("Write a number from 0 to %1, without quotes or a percent sign.").arg(QString::number(qint64(maxWeight))));
            return false;
        }
        weight = *value;
        return true;
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
                      didYouMean(name.left(64), m_modelNames));
            }
        }
    }

    void readEntry(const YamlNode &node, const QString &path)
    {
        Entry entry;
        entry.path = path;
        entry.rule.line = node.line;
        if (!isMapOf(node, path, tr("Rule %1").arg(path.mid(8).toInt() + 1), QStringLiteral("routes"), tr("Begin it with \"match:\".")))
            return;
        for (const YamlNode &member : node.items)
            entry.given.insert(member.key, member);
        const auto given = [&](const char *key) -> const YamlNode * {
            const auto found = entry.given.constFind(QLatin1String(key));
            return found == entry.given.constEnd() || found->isNull() ? nullptr : &*found;
        };
        bool ok = readName(given("name"), path, entry.rule.name);
        ok &= readMatch(given("match"), path, entry.rule.match);
        ok &= readShares(node, given("split"), path, entry.rule.split);
        ok &= readFallbacks(given("fallback"), path, entry.rule.fallback);
        ok &= readBurst(given("burst"), path, entry.rule.burst);
        ok &= readBudget(given("budget"), path, entry.rule.budgetPerDayUsd);
        ok &= readCanary(given("canary"), path, entry.rule.canary);
        ok &= readNote(given("note"), path, entry.rule.note);
        entry.isBroken = !ok;
        join(entry);
    }

    bool readName(const YamlNode *node, const QString &path, QString &name)
    {
        constexpr qsizetype most = 100;
        if (!node)
            return true;
        name = node->asText().value_or(QString()).trimmed();
        if (name.isEmpty() || name.size() > most || name.contains(QLatin1Char('\n'))) {
            error(*node, path + QStringLiteral("/name"), "wrong_name", tr("The name of a rule must be a text of one line, at most %1 characters.").arg(most));
            return false;
        }
        if (name == QLatin1String("default") || name == QLatin1String("asked for")) {
            error(*node, path + QStringLiteral("/name"), "wrong_name", tr("\"%1\" cannot be the name of a rule: decisions without a rule carry it.").arg(name),
                  tr("Choose another name."));
            return false;
        }
        return true;
    }

    bool readNote(const YamlNode *node, const QString &path, QString &note)
    {
        constexpr qsizetype most = 2000;
        if (!node)
            return true;
        const auto text = node->asText();
        if (!text || text->size() > most) {
            error(*node, path + QStringLiteral("/note"), "wrong_type", tr("A note must be a text of at most %1 characters.").arg(most));
            return false;
        }
        note = *text;
        return true;
    }

    bool readMatch(const YamlNode *node, const QString &path, QList<RouteCondition> &match)
    {
        if (!node)
            return true;
        const QString at = path + QStringLiteral("/match");
        if (node->isMap()) {
            error(*node, at, "wrong_type", tr("\"match\" must be a text or a list of texts."),
                  node->items.isEmpty() ? tr("Write it as \"intent:poster\".")
                                        : tr("Write it as \"%1:%2\".").arg(node->items.first().key.left(40), node->items.first().text.left(40)));
            return false;
        }
        const QList<YamlNode> list = node->isList() ? node->items : QList<YamlNode>{*node};
        if (list.isEmpty() || list.size() > maxConditions) {
            error(*node, at, "wrong_match", tr("\"match\" must hold 1 to %1 conditions.").arg(maxConditions), tr("Leave it out to match everything."));
            return false;
        }
        bool ok = true;
        for (qsizetype i = 0; i < list.size(); ++i)
            ok &= readCondition(list.at(i), node->isList() ? at + QStringLiteral("/%1").arg(i) : at, match);
        return ok;
    }

    bool readCondition(const YamlNode &node, const QString &path, QList<RouteCondition> &match)
    {
        if (!node.asText()) {
            error(node, path, "wrong_type", tr("A condition must be a text."), tr("Write it in quotes, as \"intent:poster\"."));
            return false;
        }
        const auto condition = parseRouteCondition(node.text);
        if (!condition) {
            const ConditionProblem &problem = condition.error();
            error(node, path, problem.code, problem.sentence, problem.fix, problem.offset);
            return false;
        }
        match.append(*condition);
        return true;
    }

    bool readShares(const YamlNode &entry, const YamlNode *split, const QString &path, QList<RouteShare> &shares)
    {
        const bool hasModel = entry.find(QStringLiteral("model"));
        if (!split) {
            RouteShare share;
            share.line = entry.line;
            share.column = entry.column;
            const bool ok = readWeight(entry.find(QStringLiteral("weight")), path, share.weight);
            if (!readModel(entry.find(QStringLiteral("model")), entry, path, share.model))
                return false;
            shares.append(share);
            return ok;
        }
        const QString at = path + QStringLiteral("/split");
        if (hasModel || entry.find(QStringLiteral("weight"))) {
            error(*split, at, "model_and_split", tr("A rule has either \"model\" (and \"weight\") or \"split\", not both."),
                  tr("Move the model into the split."));
            return false;
        }
        if (!split->isList() || split->items.isEmpty() || split->items.size() > maxShares) {
            error(*split, at, "wrong_type", tr("\"split\" must be a list of 1 to %1 models.").arg(maxShares),
                  tr("Write it as [{model: ideogram-4, weight: 70}, {model: gpt-image, weight: 30}]."));
            return false;
        }
        bool ok = true;
        for (qsizetype i = 0; i < split->items.size(); ++i)
            ok &= readShare(split->items.at(i), at + QStringLiteral("/%1").arg(i), shares);
        return ok;
    }

    bool readShare(const YamlNode &node, const QString &path, QList<RouteShare> &shares)
    {
        if (!isMapOf(node, path, tr("Each part of a split"), QStringLiteral("split"), tr("Write it as {model: ideogram-4, weight: 70}.")))
            return false;
        RouteShare share;
        share.line = node.line;
        share.column = node.column;
        const bool ok = readWeight(node.find(QStringLiteral("weight")), path, share.weight);
        if (!readModel(node.find(QStringLiteral("model")), node, path, share.model))
            return false;
        shares.append(share);
        return ok;
    }

    bool readFallbacks(const YamlNode *node, const QString &path, QList<RouteFallback> &fallbacks)
    {
        if (!node)
            return true;
        const QString at = path + QStringLiteral("/fallback");
        if (!node->isList() || node->items.size() > maxFallbacks) {
            error(*node, at, "wrong_type", tr("\"fallback\" must be a list of at most %1 steps.").arg(maxFallbacks),
                  tr("Write it as [{on: [busy, offline], model: sd-medium}]."));
            return false;
        }
        bool ok = true;
        for (qsizetype i = 0; i < node->items.size(); ++i)
            ok &= readFallback(node->items.at(i), at + QStringLiteral("/%1").arg(i), fallbacks);
        return ok;
    }

    bool readFallback(const YamlNode &node, const QString &path, QList<RouteFallback> &fallbacks)
    {
        if (!isMapOf(node, path, tr("Each step of \"fallback\""), QStringLiteral("fallback"), tr("Write it as {on: [busy, offline], model: sd-medium}.")))
            return false;
        RouteFallback fallback;
        bool ok = readClasses(node.find(QStringLiteral("on")), path + QStringLiteral("/on"), fallback.on);
        if (const YamlNode *ask = node.find(QStringLiteral("ask")))
            ok &= readTruth(*ask, path + QStringLiteral("/ask"), fallback.ask);
        const YamlNode *model = node.find(QStringLiteral("model"));
        if (model || !fallback.ask) // somebody who is asked may choose a model then
            ok &= readModel(model, node, path, fallback.model);
        if (ok)
            fallbacks.append(fallback);
        return ok;
    }

    bool readClasses(const YamlNode *node, const QString &path, QStringList &classes)
    {
        static const QStringList known = words({"not_sent", "busy", "rejected", "refused", "retired", "over_budget", "offline", "ambiguous"});
        if (!node) { // whatever has certainly not been carried out and is nobody's to decide
            classes = words({"not_sent", "busy", "retired", "over_budget", "offline"});
            return true;
        }
        const QList<YamlNode> list = node->isList() ? node->items : QList<YamlNode>{*node};
        bool ok = !list.isEmpty();
        if (!ok)
            error(*node, path, "wrong_type", tr("\"on\" must name at least one class of failures."), didYouMean(QString(), known));
        for (const YamlNode &item : list) {
            const auto word = item.asText();
            if (word && known.contains(*word)) {
                if (!classes.contains(*word))
                    classes.append(*word);
                continue;
            }
            error(item, path, "unknown_failure", tr("\"%1\" is no class of failures.").arg(item.text.left(40)), didYouMean(item.text.left(40), known));
            ok = false;
        }
        return ok;
    }

    bool readTruth(const YamlNode &node, const QString &path, bool &truth)
    {
        const auto value = node.asBool();
        if (!value)
            error(node, path, "wrong_value", tr("This must be true or false."));
        truth = value.value_or(false);
        return value.has_value();
    }

    /// A whole number of \a node; absent: unchanged.
    template<typename Number>
    bool readCount(const YamlNode *node, const QString &path, int least, int most, Number &count)
    {
        if (!node)
            return true;
        const auto value = node->asInteger();
        if (!value || *value < least || *value > most) {
            error(*node, path, "wrong_number", tr("This must be a whole number from %1 to %2.").arg(least).arg(most));
            return false;
        }
        count = Number(*value);
        return true;
    }

    bool readBurst(const YamlNode *node, const QString &path, std::optional<RouteBurst> &burst)
    {
        if (!node)
            return true;
        const QString at = path + QStringLiteral("/burst");
        static const QString form = tr("Write it as {queue: 8, p95_ms: 8000, model: ideogram-2-turbo}.");
        if (!isMapOf(*node, at, tr("\"burst\""), QStringLiteral("burst"), form))
            return false;
        RouteBurst read;
        bool ok = readCount(node->find(QStringLiteral("queue")), at + QStringLiteral("/queue"), 1, 100'000, read.queue);
        ok &= readCount(node->find(QStringLiteral("p95_ms")), at + QStringLiteral("/p95_ms"), 1, 86'400'000, read.p95Ms);
        if (ok && read.queue == 0 && read.p95Ms == 0) {
            error(*node, at, "no_limit", tr("\"burst\" says neither how long the queue may be nor how slow the model."), form);
            ok = false;
        }
        ok &= readModel(node->find(QStringLiteral("model")), *node, at, read.model);
        burst = read;
        return ok;
    }

    bool readBudget(const YamlNode *node, const QString &path, double &usd)
    {
        if (!node)
            return true;
        const QString at = path + QStringLiteral("/budget");
        static const QString form = tr("Write it as {per_day_usd: 20}.");
        if (!isMapOf(*node, at, tr("\"budget\""), QStringLiteral("budget"), form))
            return false;
        const YamlNode *perDay = node->find(QStringLiteral("per_day_usd"));
        const auto value = perDay ? perDay->asNumber() : std::nullopt;
        if (!value || *value <= 0 || *value > maxBudgetUsd) {
            error(perDay ? *perDay : *node, at, "wrong_budget", tr("The budget of a rule must be a number of US dollars above 0."), form);
            return false;
        }
        usd = *value;
        return true;
    }

    bool readCanary(const YamlNode *node, const QString &path, std::optional<RouteCanary> &canary)
    {
        if (!node)
            return true;
        const QString at = path + QStringLiteral("/canary");
        if (!isMapOf(*node, at, tr("\"canary\""), QStringLiteral("canary"), tr("Write it as {model: ideogram-4.5, steps: [5, 10, 25, 50, 100]}.")))
            return false;
        RouteCanary read;
        bool ok = readModel(node->find(QStringLiteral("model")), *node, at, read.model);
        ok &= readSteps(node->find(QStringLiteral("steps")), at + QStringLiteral("/steps"), read.steps);
        ok &= readDuration(node->find(QStringLiteral("bake")), at + QStringLiteral("/bake"), read.bakeMs);
        ok &= readCount(node->find(QStringLiteral("min_renders")), at + QStringLiteral("/min_renders"), 1, 100'000, read.minRenders);
        if (const YamlNode *shadow = node->find(QStringLiteral("shadow")))
            ok &= readTruth(*shadow, at + QStringLiteral("/shadow"), read.shadow);
        if (const YamlNode *promote = node->find(QStringLiteral("promote"))) {
            static const QStringList known = words({"ask", "auto"});
            if (!known.contains(promote->text)) {
                error(*promote, at + QStringLiteral("/promote"), "wrong_value", tr("\"promote\" must be ask (a person does it) or auto."), didYouMean(promote->text.left(40), known));
                ok = false;
            }
            read.autoPromote = promote->text == QLatin1String("auto");
        }
        canary = read;
        return ok;
    }

    bool readSteps(const YamlNode *node, const QString &path, QList<double> &steps)
    {
        if (!node)
            return true;
        const QString fix = tr("Write rising percentages, such as [5, 10, 25, 50, 100].");
        if (!node->isList() || node->items.isEmpty() || node->items.size() > maxSteps) {
            error(*node, path, "wrong_type", tr("\"steps\" must be a list of 1 to %1 percentages.").arg(maxSteps), fix);
            return false;
        }
        steps.clear();
        for (const YamlNode &item : node->items) {
            const auto value = item.asNumber();
            if (!value || *value <= 0 || *value > 100) {
                error(item, path, "wrong_step", tr("\"%1\" is no percentage above 0 and up to 100.").arg(item.text.left(40)), fix);
                return false;
            }
            if (!steps.isEmpty() && *value <= steps.last()) {
                error(item, path, "wrong_step", tr("The step %1 does not rise above %2.").arg(item.text.left(40)).arg(steps.last()), fix);
                return false;
            }
            steps.append(*value);
        }
        return true;
    }

    bool readDuration(const YamlNode *node, const QString &path, qint64 &milliseconds)
    {
        if (!node)
            return true;
        constexpr double longest = 365.0 * 24 * 3600;
        static const QMap<QChar, int> units{{u's', 1}, {u'm', 60}, {u'h', 3600}, {u'd', 86'400}};
        const QString text = node->asText().value_or(QString()).trimmed();
        bool ok = false;
        const double number = text.chopped(text.isEmpty() ? 0 : 1).toDouble(&ok);
        const int unit = text.isEmpty() ? 0 : units.value(text.back());
        if (!ok || unit == 0 || !(number >= 0) || number * unit > longest) {
            error(*node, path, "wrong_duration", tr("\"%1\" is no duration of at most 365 days.").arg(text.left(40)), tr("Write it with its unit, such as 30s, 90m, 24h or 7d."));
            return false;
        }
        milliseconds = qint64(std::llround(number * unit * 1000));
        return true;
    }

    /// Entries with the same match are one rule: the first one's place, all models.
    void join(const Entry &entry)
    {
        const QStringList key = sameMatchKey(entry.rule.match);
        const auto same = entry.given.contains(QStringLiteral("match")) && entry.rule.match.isEmpty() ? m_keys.constEnd() : m_keys.constFind(key);
        if (same == m_keys.constEnd()) {
            if (!entry.isBroken)
                m_keys.insert(key, m_entries.size());
            m_entries.append(entry);
            return;
        }
        Entry &first = m_entries[*same];
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

    void finish(Entry &entry)
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
    void nameRule(Entry &entry)
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

    bool checkShares(const Entry &entry)
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

    void warnOfDraftModel(const Entry &entry, const RouteShare &share)
    {
        const bool namesFidelity = std::any_of(entry.rule.match.cbegin(), entry.rule.match.cend(), [](const RouteCondition &condition) {
            return condition.field == RouteCondition::Field::Fidelity || condition.field == RouteCondition::Field::Intent;
        });
        if (m_catalogue.findModel(share.model)->dialect != Dialect::Draft || namesFidelity)
            return;
        m_sink.report(share.line, entry.path, "draft_model", tr("%1 draws drafts and no finals, and rules decide about finals.").arg(share.model),
                      tr("Add \"fidelity:draft\" to the match, or choose another model."), Severity::Warning, share.column);
    }

    bool isOnlyShare(const Entry &entry, const QString &model) const
    {
        return entry.rule.split.size() == 1 && idOf(entry.rule.split.first().model) == idOf(model);
    }

    bool checkFallbacks(Entry &entry)
    {
        const YamlNode node = entry.given.value(QStringLiteral("fallback"));
        const bool isPaid = std::any_of(entry.rule.split.cbegin(), entry.rule.split.cend(), [&](const RouteShare &share) {
            return !m_catalogue.findModel(share.model)->price.isFree();
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
                report(at, path, "ask_first", tr("After an ambiguous failure the picture may be there and billed, so Galley asks before it pays for another."),
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
    bool checkDetour(const Entry &entry, const char *key, const QString &model)
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
    QStringList m_modelNames;
    QList<Entry> m_entries;
    QMap<QStringList, qsizetype> m_keys;
    QMap<QString, int> m_names;
};

/// Whether no number fulfils both.
bool excludes(const RouteCondition &a, const RouteCondition &b)
{
    using Operator = RouteCondition::Operator;
    if (a.field != b.field || a.op == Operator::Matches || b.op == Operator::Matches)
        return false;
    const auto isUpper = [](Operator op) { return op == Operator::Less || op == Operator::LessOrEqual; };
    const auto isLower = [](Operator op) { return op == Operator::Greater || op == Operator::GreaterOrEqual; };
    if (a.op == Operator::Equal)
        return !holds(b.op, a.number, b.number);
    if (b.op == Operator::Equal)
        return !holds(a.op, b.number, a.number);
    if (isUpper(a.op) && isLower(b.op))
        return b.number > a.number || (b.number == a.number && (a.op == Operator::Less || b.op == Operator::Greater));
    return isUpper(b.op) && isLower(a.op) && excludes(b, a);
}

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

void warnOfUnreachable(const QList<RouteRule> &rules, FindingSink &sink)
{
    const auto covers = [](const RouteRule &earlier, const RouteRule &later) {
        if (namesDrafts(later) && !namesDrafts(earlier)) // drafts pass the earlier one by
            return false;
        return std::all_of(earlier.match.cbegin(), earlier.match.cend(), [&](const RouteCondition &wide) {
            return isAlwaysTrue(wide) || std::any_of(later.match.cbegin(), later.match.cend(), [&](const RouteCondition &narrow) { return implies(narrow, wide); });
        });
    };
    for (qsizetype i = 0; i < rules.size(); ++i) {
        const RouteRule &rule = rules.at(i);
        for (const RouteCondition &one : rule.match) {
            if (std::any_of(rule.match.cbegin(), rule.match.cend(), [&](const RouteCondition &other) { return excludes(one, other); })) {
                sink.report(rule.line, {}, "unreachable", tr("The rule \"%1\" can never match: \"%2\" excludes another of its conditions.").arg(rule.name, one.text),
                            tr("Remove one of them."), Severity::Warning);
                break;
            }
        }
        const auto before = std::find_if(rules.cbegin(), rules.cbegin() + i, [&](const RouteRule &earlier) { return covers(earlier, rule); });
        if (before != rules.cbegin() + i) {
            sink.report(rule.line, {}, "unreachable",
                        tr("The rule \"%1\" is never reached: \"%2\" in line %3 takes whatever it matches.").arg(rule.name, before->name).arg(before->line),
                        tr("Move it up, or remove it."), Severity::Warning);
        }
    }
}

} // namespace Galley
