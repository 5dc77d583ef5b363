#include "core/routing/routeentry.h"

#include "core/routing/routecondition.h"
#include "core/routing/routereader.h"

#include <QCoreApplication>

#include <cmath>

namespace Galley {

namespace {

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

class EntryReader
{
public:
    EntryReader(const ModelCatalogue &catalogue, FindingSink &sink)
        : m_catalogue(catalogue)
        , m_sink(sink)
    {}

    std::optional<RouteEntry> read(const YamlNode &node, const QString &path)
    {
        RouteEntry entry;
        entry.path = path;
        entry.rule.line = node.line;
        if (!isMapOf(node, path, tr("Rule %1").arg(path.mid(8).toInt() + 1), QStringLiteral("routes"), tr("Begin it with \"match:\".")))
            return std::nullopt;
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
        return entry;
    }

private:
    void error(const YamlNode &at, const QString &path, const char *code, const QString &message, const QString &fix = {}, int offset = 0)
    {
        reportAt(m_sink, at, path, code, message, fix, Severity::Error, offset);
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
            error(*node, path + QStringLiteral("/model"), "unknown_model", tr("There is no model \"%1\".").arg(name.left(64)), unknownModelFix(name, m_catalogue));
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

    const ModelCatalogue &m_catalogue;
    FindingSink &m_sink;
};

} // namespace

QStringList words(std::initializer_list<const char *> list)
{
    QStringList result;
    for (const char *word : list)
        result.append(QString::fromLatin1(word));
    return result;
}

std::optional<RouteEntry> readRouteEntry(const YamlNode &node, const QString &path, const ModelCatalogue &catalogue, FindingSink &sink)
{
    return EntryReader(catalogue, sink).read(node, path);
}

void reportAt(FindingSink &sink, const YamlNode &at, const QString &path, const char *code, const QString &message, const QString &fix, Severity severity,
              int offset)
{
    const bool hasPlace = at.line > 0 && !at.isNull();
    const int column = hasPlace ? at.column + (offset > 0 || !at.plain ? offset + (at.plain ? 0 : 1) : 0) : at.keyColumn;
    sink.report(hasPlace ? at.line : at.keyLine, path, code, message, fix, severity, column);
}

QString unknownModelFix(const QString &name, const ModelCatalogue &catalogue)
{
    QStringList names = catalogue.aliases.keys();
    for (const ModelEntry &model : catalogue.models)
        names.append(model.id);
    const QString fix = didYouMean(name.left(64), names);
    return fix.isEmpty() ? tr("\"galley models\" lists those that there are; models.yaml can add one.") : fix;
}

} // namespace Galley
