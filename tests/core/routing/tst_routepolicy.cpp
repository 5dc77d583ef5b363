#include "core/routing/routepolicy.h"

#include "core/routing/routereader.h"
#include "testpaths.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace Galley;

/// routes.yaml: what it may say, and what is found when it says something else.
class TestRoutePolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void printedFile_isRead();
    void shippedExample_isThePrintedFile();
    void grownRule_isRead();
    void conditions_areRead_data();
    void conditions_areRead();
    void sameMatch_isOneRule_data();
    void sameMatch_isOneRule();
    void keysOfOneRule_mayStandInAnyEntry();
    void names_comeFromTheMatch();
    void durations_areRead_data();
    void durations_areRead();
    void defaults_areRead();
    void emptyFile_hasNoRules_data();
    void emptyFile_hasNoRules();
    void mistakes_areFound_data();
    void mistakes_areFound();
    void mistake_leavesTheOtherRules();
    void unknownKeys_areWarnings_data();
    void unknownKeys_areWarnings();
    void unreachable_isWarnedOf_data();
    void unreachable_isWarnedOf();
    void reachable_isNotWarnedOf_data();
    void reachable_isNotWarnedOf();
    void ambiguousOfPaidModels_asksFirst();
    void hostileText_isRefused_data();
    void hostileText_isRefused();
    void places_areThoseOfTheText_data();
    void places_areThoseOfTheText();
    void samePolicy_ignoresPlaces();
    void schema_knowsEveryKey();

private:
    RoutePolicy read(const QByteArray &text) const { return readRoutePolicy(text, m_catalogue, QStringLiteral("routes.yaml")); }

    ModelCatalogue m_catalogue;
};

namespace {

QByteArray shipped(const char *name)
{
    QFile file(QLatin1String(GALLEY_SOURCE_DIR "/resources/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString list(const QList<Finding> &findings)
{
    QString text;
    for (const Finding &finding : findings) {
        text += QStringLiteral("%1:%2:%3: %4 [%5] %6 %7\n")
                    .arg(finding.file).arg(finding.line).arg(finding.column)
                    .arg(severityName(finding.severity), finding.code, finding.message, finding.fix);
    }
    return text;
}

QList<Finding> ofSeverity(const RoutePolicy &policy, Severity severity)
{
    QList<Finding> result;
    std::copy_if(policy.findings.cbegin(), policy.findings.cend(), std::back_inserter(result),
                 [severity](const Finding &finding) { return finding.severity == severity; });
    return result;
}

/// A rule with \a keys, each in a line of its own, in routes.yaml: the first key stands in line 2.
QByteArray rule(const QByteArray &keys)
{
    QByteArray text = "routes:\n  - ";
    text += QByteArray(keys).replace("\n", "\n    ");
    return text + "\n";
}

const QByteArray printed = R"(routes:
  - match: "prompt:.*thumbnail.*"
    model: sd-medium
    weight: 70
  - match: "prompt:.*poster.*"
    model: ideogram-typography
    weight: 30
)";

const QByteArray grown = R"(default: {mid: sd-medium, final: ideogram-typography}      # built in when absent
routes:
  - name: posters
    match: ["intent:poster", "prompt_chars>400"]           # one string, or a list: all must hold
    split: [{model: ideogram-4, weight: 70}, {model: gpt-image, weight: 30}]   # or model: + weight:
    fallback: [{on: [busy, offline], model: sd-medium}, {on: [refused], ask: true}]
    burst: {queue: 8, p95_ms: 8000, model: ideogram-2-turbo}
    budget: {per_day_usd: 20}
    canary: {model: ideogram-4.5, steps: [5, 10, 25, 50, 100], bake: 24h, min_renders: 20}
    note: why
)";

} // namespace

void TestRoutePolicy::initTestCase()
{
    m_catalogue = readModelCatalogue(shipped("models.yaml"), {}, {});
    QVERIFY(!m_catalogue.models.isEmpty());
}

void TestRoutePolicy::printedFile_isRead()
{
    const RoutePolicy policy = read(printed);
    QVERIFY2(policy.findings.isEmpty(), qPrintable(list(policy.findings)));
    QCOMPARE(policy.rules.size(), 2);
    QCOMPARE(policy.digest.size(), 64);
    QCOMPARE(policy.rules[0].split.size(), 1);
    QCOMPARE(policy.rules[0].split[0].model, QStringLiteral("sd-medium"));
    QCOMPARE(policy.rules[0].split[0].weight, 70.0);
    QCOMPARE(policy.rules[1].split[0].model, QStringLiteral("ideogram-typography"));
    QCOMPARE(policy.rules[1].line, 5);
    QVERIFY(policy.matcher);
}

void TestRoutePolicy::shippedExample_isThePrintedFile()
{
    const RoutePolicy policy = read(shipped("routes/traffic-split.yaml"));
    QVERIFY2(policy.findings.isEmpty(), qPrintable(list(policy.findings)));
    RoutePolicy expected = read(printed);
    QVERIFY(policy.isSamePolicy(expected));
}

void TestRoutePolicy::grownRule_isRead()
{
    const RoutePolicy policy = read(grown);
    QVERIFY2(policy.findings.isEmpty(), qPrintable(list(policy.findings)));
    QCOMPARE(policy.rules.size(), 1);
    const RouteRule &posters = policy.rules.first();
    QCOMPARE(posters.name, QStringLiteral("posters"));
    QCOMPARE(posters.match.size(), 2);
    QCOMPARE(posters.split.size(), 2);
    QCOMPARE(posters.split[1].weight, 30.0);
    const QList<RouteFallback> fallbacks{{QStringLiteral("sd-medium"), {QStringLiteral("busy"), QStringLiteral("offline")}, false},
                                         {QString(), {QStringLiteral("refused")}, true}};
    QVERIFY(posters.fallback == fallbacks);
    QVERIFY(posters.burst == (RouteBurst{8, 8000, QStringLiteral("ideogram-2-turbo")}));
    QCOMPARE(posters.budgetPerDayUsd, 20.0);
    const RouteCanary canary{QStringLiteral("ideogram-4.5"), {5, 10, 25, 50, 100}, 86'400'000, 20, false, false};
    QVERIFY(posters.canary == canary);
    QCOMPARE(posters.note, QStringLiteral("why"));
    QCOMPARE(policy.defaults.value(Fidelity::Mid), QStringLiteral("sd-medium"));

    const RoutePolicy shadow = read(rule("match: intent:poster\nmodel: ideogram-4\ncanary: {model: ideogram-4.5, shadow: true, promote: auto}"));
    QVERIFY2(shadow.findings.isEmpty(), qPrintable(list(shadow.findings)));
    QVERIFY(shadow.rules.first().canary->shadow);
    QVERIFY(shadow.rules.first().canary->autoPromote);
    QCOMPARE(shadow.rules.first().canary->steps.size(), 5);
}

void TestRoutePolicy::conditions_areRead_data()
{
    using Field = RouteCondition::Field;
    using Operator = RouteCondition::Operator;
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("field");
    QTest::addColumn<int>("op");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<double>("number");
    const auto row = [](const char *text, Field field, Operator op, const char *pattern, double number) {
        QTest::newRow(text) << QByteArray(text) << int(field) << int(op) << QString::fromUtf8(pattern) << number;
    };
    row("prompt:.*thumbnail.*", Field::Prompt, Operator::Matches, ".*thumbnail.*", 0);
    row("intent:poster", Field::Intent, Operator::Matches, "poster", 0);
    row("fidelity:^mid$", Field::Fidelity, Operator::Matches, "^mid$", 0);
    row("template:Spring (market|sale)", Field::Template, Operator::Matches, "Spring (market|sale)", 0);
    row("project:a:b", Field::Project, Operator::Matches, "a:b", 0);
    row("tag: urgent ", Field::Tag, Operator::Matches, "urgent", 0);
    row(" prompt : a  b", Field::Prompt, Operator::Matches, "a  b", 0);
    row("prompt:Straße", Field::Prompt, Operator::Matches, "Straße", 0);
    row("tokens<3", Field::Tokens, Operator::Less, "", 3);
    row("prompt_chars>400", Field::PromptChars, Operator::Greater, "", 400);
    row("prompt_chars >= 400", Field::PromptChars, Operator::GreaterOrEqual, "", 400);
    row("text_chars <=1e3", Field::TextChars, Operator::LessOrEqual, "", 1000);
    row("width=1080", Field::Width, Operator::Equal, "", 1080);
    row("width==1080", Field::Width, Operator::Equal, "", 1080);
    row("height != 0.5", Field::Height, Operator::NotEqual, "", 0.5);
}

void TestRoutePolicy::conditions_areRead()
{
    QFETCH(QByteArray, text);
    QFETCH(int, field);
    QFETCH(int, op);
    QFETCH(QString, pattern);
    QFETCH(double, number);
    const RoutePolicy policy = read("routes:\n  - match: \"" + text + "\"\n    model: sd-medium\n");
    QVERIFY2(policy.findings.isEmpty(), qPrintable(list(policy.findings)));
    const RouteCondition &condition = policy.rules.first().match.first();
    QCOMPARE(int(condition.field), field);
    QCOMPARE(int(condition.op), op);
    QCOMPARE(condition.pattern, pattern);
    QCOMPARE(condition.number, number);
}

void TestRoutePolicy::sameMatch_isOneRule_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<int>("rules");
    QTest::newRow("the same text") << QByteArray("\"intent:poster\"") << QByteArray("\"intent:poster\"") << 1;
    QTest::newRow("spaces") << QByteArray("\"intent:poster\"") << QByteArray("\" intent : poster\"") << 1;
    QTest::newRow("a list of one") << QByteArray("\"intent:poster\"") << QByteArray("[\"intent:poster\"]") << 1;
    QTest::newRow("another order") << QByteArray("[\"intent:poster\", \"width>100\"]") << QByteArray("[\"width > 100.0\", \"intent:poster\"]") << 1;
    QTest::newRow("another pattern") << QByteArray("\"intent:poster\"") << QByteArray("\"intent:flyer\"") << 2;
    QTest::newRow("another field") << QByteArray("\"intent:poster\"") << QByteArray("\"prompt:poster\"") << 2;
}

void TestRoutePolicy::sameMatch_isOneRule()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    QFETCH(int, rules);
    const RoutePolicy policy = read("routes:\n  - {match: " + first + ", model: sd-medium, weight: 70}\n  - {match: \"tag:x\", model: webui}\n  - {match: "
                                    + second + ", model: ideogram-4, weight: 30}\n");
    QVERIFY2(policy.findings.isEmpty(), qPrintable(list(policy.findings)));
    QCOMPARE(policy.rules.size(), rules + 1);
    QCOMPARE(policy.rules.first().split.size(), rules == 1 ? 2 : 1);
    QCOMPARE(policy.rules.first().line, 2);
    QCOMPARE(policy.rules.first().split.last().line, rules == 1 ? 4 : 2);
}

void TestRoutePolicy::keysOfOneRule_mayStandInAnyEntry()
{
    const QByteArray text = "routes:\n  - {match: intent:poster, model: sd-medium}\n"
                            "  - {match: intent:poster, model: ideogram-4, name: posters, budget: {per_day_usd: 5}}\n";
    const RoutePolicy policy = read(text);
    QVERIFY2(policy.findings.isEmpty(), qPrintable(list(policy.findings)));
    QCOMPARE(policy.rules.size(), 1);
    QCOMPARE(policy.rules.first().name, QStringLiteral("posters"));
    QCOMPARE(policy.rules.first().budgetPerDayUsd, 5.0);
    // … but only once.
    const RoutePolicy twice = read(text + "  - {match: intent:poster, model: flux-2-pro, budget: {per_day_usd: 6}}\n");
    QCOMPARE(twice.findings.size(), 1);
    QCOMPARE(twice.findings.first().code, QStringLiteral("given_twice"));
    QCOMPARE(twice.findings.first().line, 4);
    QVERIFY(twice.hasErrors());
}

void TestRoutePolicy::names_comeFromTheMatch()
{
    const RoutePolicy policy = read("routes:\n  - {match: [intent:poster, width>100], model: sd-medium}\n  - {match: tag:x, model: webui, name: mine}\n"
                                    "  - {model: sd-medium}\n");
    QVERIFY2(policy.findings.isEmpty(), qPrintable(list(policy.findings)));
    QCOMPARE(policy.rules[0].name, QStringLiteral("intent:poster + width>100"));
    QCOMPARE(policy.rules[1].name, QStringLiteral("mine"));
    QCOMPARE(policy.rules[2].name, QStringLiteral("everything"));
    QVERIFY(policy.rules[2].match.isEmpty());
}

void TestRoutePolicy::durations_areRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("milliseconds");
    QTest::newRow("seconds") << QByteArray("30s") << qint64(30'000);
    QTest::newRow("minutes") << QByteArray("90m") << qint64(5'400'000);
    QTest::newRow("hours") << QByteArray("24h") << qint64(86'400'000);
    QTest::newRow("days") << QByteArray("7d") << qint64(604'800'000);
    QTest::newRow("a fraction") << QByteArray("1.5h") << qint64(5'400'000);
    QTest::newRow("none") << QByteArray("0s") << qint64(0);
    QTest::newRow("in quotes") << QByteArray("\"24h\"") << qint64(86'400'000);
}

void TestRoutePolicy::durations_areRead()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, milliseconds);
    const RoutePolicy policy = read(rule("model: ideogram-4\ncanary: {model: ideogram-4.5, bake: " + text + "}"));
    QVERIFY2(policy.findings.isEmpty(), qPrintable(list(policy.findings)));
    QCOMPARE(policy.rules.first().canary->bakeMs, milliseconds);
}

void TestRoutePolicy::defaults_areRead()
{
    const RoutePolicy policy = read("default: {final: flux-2-pro}\n");
    QVERIFY2(policy.findings.isEmpty(), qPrintable(list(policy.findings)));
    QCOMPARE(policy.defaults.size(), 1);
    QCOMPARE(policy.defaults.value(Fidelity::Final), QStringLiteral("flux-2-pro"));
}

void TestRoutePolicy::emptyFile_hasNoRules_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a comment") << QByteArray("# later\n");
    QTest::newRow("no list") << QByteArray("routes:\n");
    QTest::newRow("an empty list") << QByteArray("routes: []\n");
    QTest::newRow("a byte order mark") << QByteArray("\xEF\xBB\xBFroutes: []\r\n");
}

void TestRoutePolicy::emptyFile_hasNoRules()
{
    QFETCH(QByteArray, text);
    const RoutePolicy policy = read(text);
    QVERIFY2(policy.findings.isEmpty(), qPrintable(list(policy.findings)));
    QVERIFY(policy.rules.isEmpty());
}

void TestRoutePolicy::mistakes_areFound_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QByteArray &text, const char *code, int line, const char *words) {
        QTest::newRow(name) << text << QString::fromLatin1(code) << line << QString::fromUtf8(words);
    };
    const auto weight = [](const QByteArray &value) { return rule("model: sd-medium\nweight: " + value); };
    row("weight below 0", weight("-1"), "wrong_weight", 3, "-1");
    row("weight is no number", weight(".nan"), "wrong_weight", 3, ".nan");
    row("weight is endless", weight(".inf"), "wrong_weight", 3, ".inf");
    row("weight overflows", weight("1e999"), "wrong_weight", 3, "1e999");
    row("weight overflows an integer", weight("99999999999999999999"), "wrong_weight", 3, "99999999999999999999");
    row("weight in percent", weight("70%"), "wrong_weight", 3, "percent sign");
    row("weight in quotes", weight("\"70\""), "wrong_weight", 3, "without quotes");
    row("weight is a list", weight("[1]"), "wrong_weight", 3, "number");
    row("weight missing", weight(""), "wrong_weight", 3, "number");
    row("all weights 0", rule("split: [{model: sd-medium, weight: 0}, {model: ideogram-4, weight: 0}]"), "no_weight", 2, "above 0");
    row("one weight of 0", weight("0"), "no_weight", 2, "above 0");
    row("unknown model", rule("model: ideogram4"), "unknown_model", 2, "Did you mean \"ideogram-4\"?");
    row("unheard-of model", rule("model: zzzzzzzzzz"), "unknown_model", 2, "galley models");
    row("unknown model of a split", rule("split:\n  - {model: sd-medium}\n  - {model: sd-mediun}"), "unknown_model", 4, "sd-medium");
    row("unknown fallback", rule("model: sd-medium\nfallback: [{on: busy, model: nobody}]"), "unknown_model", 3, "nobody");
    row("unknown burst model", rule("model: sd-medium\nburst: {queue: 3, model: nobody}"), "unknown_model", 3, "nobody");
    row("unknown canary", rule("model: sd-medium\ncanary: {model: nobody}"), "unknown_model", 3, "nobody");
    row("unknown default", "default: {mid: nobody}\n", "unknown_model", 1, "nobody");
    row("default of drafts", "default: {draft: galley-draft}\n", "wrong_tier", 1, "fidelity:draft");
    row("default of nothing", "default: {finale: ideogram-4}\n", "wrong_tier", 1, "finale");
    row("default is a list", "default: [sd-medium]\n", "wrong_type", 1, "{mid:");
    row("no model", rule("match: intent:poster"), "no_model", 2, "model:");
    row("model and split", rule("model: sd-medium\nsplit: [{model: ideogram-4}]"), "model_and_split", 3, "not both");
    row("weight and split", rule("weight: 3\nsplit: [{model: ideogram-4}]"), "model_and_split", 3, "not both");
    row("split is a map", rule("split: {model: ideogram-4}"), "wrong_type", 2, "list");
    row("split is empty", rule("split: []"), "wrong_type", 2, "list");
    row("a model twice", rule("split: [{model: sd-medium}, {model: sd3.5-medium}]"), "model_twice", 2, "sd3.5-medium");
    row("a model twice in two entries", rule("match: tag:x\nmodel: sd-medium") + "  - {match: tag:x, model: sd-medium}\n", "model_twice", 4, "line 2");
    row("unknown field", rule("match: promt:poster\nmodel: sd-medium"), "unknown_field", 2, "Did you mean \"prompt\"?");
    row("no field", rule("match: poster\nmodel: sd-medium"), "wrong_condition", 2, "intent:poster");
    row("match is empty", rule("match: []\nmodel: sd-medium"), "wrong_match", 2, "Leave it out");
    row("match is a map", rule("match: {intent: poster}\nmodel: sd-medium"), "wrong_type", 2, "\"intent:poster\"");
    row("a condition is a list", rule("match: [[a]]\nmodel: sd-medium"), "wrong_type", 2, "quotes");
    row("a text compared", rule("match: intent=poster\nmodel: sd-medium"), "wrong_operator", 2, "intent:pattern");
    row("a number matched", rule("match: width:1080\nmodel: sd-medium"), "wrong_operator", 2, "width>400");
    row("a number that is none", rule("match: width>wide\nmodel: sd-medium"), "wrong_number", 2, "wide");
    row("a number that is endless", rule("match: width>1e999\nmodel: sd-medium"), "wrong_number", 2, "1e999");
    row("not a number", rule("match: width>nan\nmodel: sd-medium"), "wrong_number", 2, "nan");
    row("an empty pattern", rule("match: 'intent:'\nmodel: sd-medium"), "empty_pattern", 2, ".*");
    row("a broken pattern", rule("match: 'prompt:(abc'\nmodel: sd-medium"), "wrong_pattern", 2, "missing )");
    row("look-ahead", rule("match: 'prompt:a(?=b)'\nmodel: sd-medium"), "wrong_pattern", 2, "(?=");
    row("a back reference", rule("match: 'prompt:(a)\\1'\nmodel: sd-medium"), "wrong_pattern", 2, "\\1");
    row("too many repetitions", rule("match: 'prompt:a{1001}'\nmodel: sd-medium"), "wrong_pattern", 2, "1001");
    row("a slow pattern", rule("match: 'prompt:(a?){500}a{500}b'\nmodel: sd-medium"), "pattern_too_large", 2, "limit");
    row("a long pattern", rule("match: 'prompt:" + QByteArray(600, 'a') + "'\nmodel: sd-medium"), "pattern_too_long", 2, "600");
    row("unknown failure", rule("model: sd-medium\nfallback: [{on: [bussy], model: ideogram-4}]"), "unknown_failure", 3, "Did you mean \"busy\"?");
    row("no failure", rule("model: sd-medium\nfallback: [{on: [], model: ideogram-4}]"), "wrong_type", 3, "at least one");
    row("fallback without model", rule("model: sd-medium\nfallback: [{on: busy}]"), "no_model", 3, "model:");
    row("fallback to itself", rule("model: sd-medium\nfallback: [{on: busy, model: sd-medium}]"), "fallback_cycle", 3, "sd-medium");
    row("fallback to itself by another name", rule("model: sd-medium\nfallback: [{on: busy, model: sd3.5-medium}]"), "fallback_cycle", 3, "sd3.5-medium");
    row("fallback in a circle", rule("model: sd-medium\nfallback: [{on: busy, model: ideogram-4}, {on: [offline, busy], model: ideogram-typography}]"),
        "fallback_cycle", 3, "ideogram-typography");
    row("six fallbacks", rule("model: sd-medium\nfallback: [{ask: true}, {ask: true}, {ask: true}, {ask: true}, {ask: true}, {ask: true}]"), "wrong_type", 3, "5");
    row("ask is a word", rule("model: sd-medium\nfallback: [{on: busy, model: ideogram-4, ask: yes}]"), "wrong_value", 3, "true or false");
    row("burst without limit", rule("model: sd-medium\nburst: {model: ideogram-4}"), "no_limit", 3, "queue: 8");
    row("burst of no queue", rule("model: sd-medium\nburst: {queue: 0, model: ideogram-4}"), "wrong_number", 3, "whole number");
    row("burst without model", rule("model: sd-medium\nburst: {queue: 3}"), "no_model", 3, "model:");
    row("burst to itself", rule("model: sd-medium\nburst: {queue: 3, model: sd-medium}"), "same_model", 3, "sd-medium");
    row("budget of nothing", rule("model: sd-medium\nbudget: {per_day_usd: 0}"), "wrong_budget", 3, "above 0");
    row("budget below 0", rule("model: sd-medium\nbudget: {per_day_usd: -1}"), "wrong_budget", 3, "above 0");
    row("budget in words", rule("model: sd-medium\nbudget: {per_day_usd: 20 USD}"), "wrong_budget", 3, "per_day_usd: 20");
    row("budget is a number", rule("model: sd-medium\nbudget: 20"), "wrong_type", 3, "per_day_usd: 20");
    row("budget says nothing", rule("model: sd-medium\nbudget: {}"), "wrong_budget", 3, "per_day_usd: 20");
    const auto canary = [](const QByteArray &keys) { return rule("model: ideogram-4\ncanary: {model: ideogram-4.5, " + keys + "}"); };
    row("steps do not rise", canary("steps: [5, 10, 10]"), "wrong_step", 3, "10");
    row("steps fall", canary("steps: [25, 5]"), "wrong_step", 3, "5");
    row("a step of nothing", canary("steps: [0, 5]"), "wrong_step", 3, "0");
    row("a step above all", canary("steps: [50, 101]"), "wrong_step", 3, "101");
    row("a step in percent", canary("steps: [5%]"), "wrong_step", 3, "5%");
    row("no steps", canary("steps: []"), "wrong_type", 3, "list");
    row("steps are no list", canary("steps: 5"), "wrong_type", 3, "list");
    for (const char *bake : {"24", "24x", "h", "-1h", "400d", "1e400d", "24 hours", "''", "[24h]"})
        QTest::newRow(qPrintable(QStringLiteral("bake ") + QLatin1String(bake))) << canary(QByteArray("bake: ") + bake) << QStringLiteral("wrong_duration") << 3 << QStringLiteral("24h");
    row("no renders", canary("min_renders: 0"), "wrong_number", 3, "whole number");
    row("half a render", canary("min_renders: 1.5"), "wrong_number", 3, "whole number");
    row("shadow is a word", canary("shadow: maybe"), "wrong_value", 3, "true or false");
    row("promoted by nobody", canary("promote: autp"), "wrong_value", 3, "Did you mean \"auto\"?");
    row("canary of itself", rule("model: ideogram-4\ncanary: {model: ideogram-typography}"), "same_model", 3, "ideogram-typography");
    row("canary of the split", rule("split: [{model: ideogram-4}, {model: ideogram-4.5}]\ncanary: {model: ideogram-4.5}"), "same_model", 3, "ideogram-4.5");
    row("canary is a text", rule("model: ideogram-4\ncanary: ideogram-4.5"), "wrong_type", 3, "{model:");
    row("a name twice", rule("name: x\nmatch: tag:a\nmodel: sd-medium") + "  - {name: x, match: tag:b, model: sd-medium}\n", "name_taken", 5, "line 2");
    row("a name that is taken", rule("name: default\nmodel: sd-medium"), "wrong_name", 2, "another name");
    row("an empty name", rule("name: ''\nmodel: sd-medium"), "wrong_name", 2, "one line");
    row("a note that is a list", rule("model: sd-medium\nnote: [a]"), "wrong_type", 3, "text");
    row("a rule is a text", "routes:\n  - sd-medium\n", "wrong_type", 2, "match:");
    row("routes is a map", "routes: {match: a}\n", "wrong_type", 1, "- match:");
    row("a list at the top", "- match: intent:poster\n  model: sd-medium\n", "wrong_type", 1, "routes:");
    row("a text at the top", "sd-medium\n", "wrong_type", 1, "routes:");
    row("too many rules", "routes:\n" + QByteArray("  - {model: sd-medium}\n").repeated(2001), "too_many", 2, "2000");
}

void TestRoutePolicy::mistakes_areFound()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, code);
    QFETCH(int, line);
    QFETCH(QString, words);
    const RoutePolicy policy = read(text);
    const QList<Finding> errors = ofSeverity(policy, Severity::Error);
    QVERIFY2(errors.size() == 1, qPrintable(list(policy.findings)));
    const Finding &finding = errors.first();
    const QByteArray all = list(policy.findings).toUtf8();
    QVERIFY2(finding.code == code, all.constData());
    QVERIFY2(finding.line == line, all.constData());
    QVERIFY2(finding.column > 0, all.constData());
    QVERIFY2(finding.message.contains(words) || finding.fix.contains(words), all.constData());
    QVERIFY2(finding.message.endsWith(QLatin1Char('.')), all.constData());
    QVERIFY2(finding.fix.isEmpty() || finding.fix.endsWith(QLatin1Char('.')) || finding.fix.endsWith(QLatin1Char('?')), all.constData());
    QVERIFY2(finding.message.size() < 300, all.constData());
    QVERIFY(policy.hasErrors());
}

void TestRoutePolicy::mistake_leavesTheOtherRules()
{
    const RoutePolicy policy = read("routes:\n  - {match: tag:a, model: nobody}\n  - {match: tag:b, model: sd-medium}\n  - {match: 'tag:(', model: sd-medium}\n");
    QCOMPARE(ofSeverity(policy, Severity::Error).size(), 2);
    QCOMPARE(policy.rules.size(), 1);
    QCOMPARE(policy.rules.first().name, QStringLiteral("tag:b"));
}

void TestRoutePolicy::unknownKeys_areWarnings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("words");
    QTest::newRow("at the top") << QByteArray("route: []\n") << 1 << QStringLiteral("Did you mean \"routes\"?");
    QTest::newRow("of models.yaml") << QByteArray("models: {}\n") << 1 << QStringLiteral("models.yaml");
    QTest::newRow("of a rule") << rule("model: sd-medium\nwieght: 3") << 3 << QStringLiteral("Did you mean \"weight\"?");
    QTest::newRow("of a split") << rule("split: [{model: sd-medium, wait: 3}]") << 2 << QStringLiteral("wait");
    QTest::newRow("of a fallback") << rule("model: sd-medium\nfallback: [{on: busy, model: ideogram-4, then: x}]") << 3 << QStringLiteral("then");
    QTest::newRow("of a burst") << rule("model: sd-medium\nburst: {queue: 3, p99_ms: 8, model: ideogram-4}") << 3 << QStringLiteral("Did you mean \"p95_ms\"?");
    QTest::newRow("of a budget") << rule("model: sd-medium\nbudget: {per_day_usd: 20, per_day_eur: 3}") << 3 << QStringLiteral("per_day_usd");
    QTest::newRow("of a canary") << rule("model: sd-medium\ncanary: {model: ideogram-4, step: [5]}") << 3 << QStringLiteral("Did you mean \"steps\"?");
}

void TestRoutePolicy::unknownKeys_areWarnings()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(QString, words);
    const RoutePolicy policy = read(text);
    QVERIFY2(policy.findings.size() == 1, qPrintable(list(policy.findings)));
    const Finding &finding = policy.findings.first();
    QCOMPARE(finding.severity, Severity::Warning);
    QCOMPARE(finding.line, line);
    QVERIFY(finding.column > 0);
    QVERIFY2(finding.message.contains(words) || finding.fix.contains(words), qPrintable(list(policy.findings)));
    QVERIFY(!policy.hasErrors());
}

void TestRoutePolicy::unreachable_isWarnedOf_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    const auto row = [](const char *first, const char *second) {
        QTest::newRow(qPrintable(QStringLiteral("%1, then %2").arg(QLatin1String(first), QLatin1String(second)))) << QByteArray(first) << QByteArray(second);
    };
    row("['prompt:.*']", "['intent:poster']");
    row("['intent:poster']", "['intent:poster', 'width>100']");
    row("['width>100']", "['width>200']");
    row("['width>=100']", "['width=100', 'tag:x']");
    row("['width<100']", "['width<=99']");
    row("['height!=5']", "['height=6']");
    row("['prompt:poster']", "['prompt:.*summer poster.*']");
    row("['prompt:POSTER']", "['prompt:a poster']");
    row("['intent:poster', 'width>100']", "['width>150', 'tag:x', 'intent:poster']");
}

void TestRoutePolicy::unreachable_isWarnedOf()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    const RoutePolicy policy = read("routes:\n  - {match: " + first + ", model: sd-medium}\n  - {match: " + second + ", model: ideogram-4}\n");
    QVERIFY2(policy.findings.size() == 1, qPrintable(list(policy.findings)));
    QCOMPARE(policy.findings.first().code, QStringLiteral("unreachable"));
    QCOMPARE(policy.findings.first().severity, Severity::Warning);
    QCOMPARE(policy.findings.first().line, 3);
    QVERIFY(policy.findings.first().message.contains(QLatin1String("line 2")));
    QCOMPARE(policy.rules.size(), 2);
}

void TestRoutePolicy::reachable_isNotWarnedOf_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    const auto row = [](const char *first, const char *second) {
        QTest::newRow(qPrintable(QStringLiteral("%1, then %2").arg(QLatin1String(first), QLatin1String(second)))) << QByteArray(first) << QByteArray(second);
    };
    row("['intent:poster']", "['intent:flyer']");
    row("['intent:poster', 'width>100']", "['intent:poster', 'width>50']");
    row("['width>200']", "['width>100']");
    row("['width<200']", "['width>100']");
    row("['prompt:a poster']", "['prompt:poster']");
    row("['prompt:^poster']", "['prompt:summer poster']");
    row("['intent:poster']", "['prompt:poster']");
    row("['tag:.*']", "['intent:poster']");
    row("['intent:poster']", "['intent:poster', 'fidelity:draft']");
    row("['prompt:.*']", "['fidelity:draft']");
}

void TestRoutePolicy::reachable_isNotWarnedOf()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    const RoutePolicy policy = read("routes:\n  - {match: " + first + ", model: sd-medium}\n  - {match: " + second + ", model: ideogram-4}\n");
    QVERIFY2(policy.findings.isEmpty(), qPrintable(list(policy.findings)));
}

void TestRoutePolicy::ambiguousOfPaidModels_asksFirst()
{
    const RoutePolicy paid = read(rule("model: ideogram-4\nfallback: [{on: ambiguous, model: sd-medium}]"));
    QVERIFY2(paid.findings.size() == 1, qPrintable(list(paid.findings)));
    QCOMPARE(paid.findings.first().code, QStringLiteral("ask_first"));
    QCOMPARE(paid.findings.first().severity, Severity::Warning);
    QVERIFY(paid.rules.first().fallback.first().ask);
    const RoutePolicy free = read(rule("model: webui\nfallback: [{on: ambiguous, model: sd-medium}]"));
    QVERIFY2(free.findings.isEmpty(), qPrintable(list(free.findings)));
    QVERIFY(!free.rules.first().fallback.first().ask);
}

void TestRoutePolicy::hostileText_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QByteArray bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n";
    for (char name = 'b'; name <= 'i'; ++name) {
        const QByteArray before = QByteArray(", *") + char(name - 1);
        bomb += QByteArray(1, name) + ": &" + name + " [" + QByteArray(before.repeated(9)).mid(2) + "]\n";
    }
    QTest::newRow("a bomb of aliases") << bomb << 5;
    QTest::newRow("an alias of itself") << QByteArray("routes: &r [*r]\n") << 1;
    QTest::newRow("200,000 levels of brackets") << QByteArray(200'000, '[') << 1;
    QTest::newRow("200,000 levels of indents") << QByteArray("routes: ") + QByteArray("- ").repeated(200'000) << 1;
    QTest::newRow("10 MB") << "routes:\n" + QByteArray("  - {model: sd-medium}\n").repeated(450'000) << 0;
    QTest::newRow("a key twice") << QByteArray("routes: []\nroutes: []\n") << 2;
    QTest::newRow("a key of a rule twice") << rule("model: sd-medium\nmodel: ideogram-4") << 3;
    QTest::newRow("a tab") << QByteArray("routes:\n\t- model: sd-medium\n") << 2;
    QTest::newRow("NUL") << QByteArray("routes:\n  - model: sd-\0medium\n", 30) << 2;
    QTest::newRow("an escape") << QByteArray("routes:\n  - model: \x1b[31m\n") << 2;
    QTest::newRow("no UTF-8") << QByteArray("routes:\n  - note: \xff\n") << 2;
    QTest::newRow("UTF-16") << QByteArray("\xff\xfer\0o\0u\0", 8) << 1;
    QTest::newRow("two documents") << QByteArray("routes: []\n---\nroutes: []\n") << 2;
    QTest::newRow("a tag") << QByteArray("routes: !!python/object:os.system []\n") << 1;
    QTest::newRow("a merge") << QByteArray("a: &a {x: 1}\nroutes:\n  - {<<: *a}\n") << 3;
    QTest::newRow("a quote without end") << QByteArray("routes:\n  - match: \"prompt:x\n    model: sd-medium\n") << -1; // where the text ends
}

void TestRoutePolicy::hostileText_isRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    const RoutePolicy policy = read(text);
    QVERIFY(policy.hasErrors());
    QVERIFY(policy.rules.isEmpty());
    QVERIFY2(policy.findings.size() <= 2, qPrintable(list(policy.findings)));
    QVERIFY2(std::any_of(policy.findings.cbegin(), policy.findings.cend(), [&](const Finding &finding) { return line < 0 || finding.line == line; }),
             qPrintable(list(policy.findings)));
}

void TestRoutePolicy::places_areThoseOfTheText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("place");  // what stands there
    QTest::newRow("a model") << QByteArray("routes:\n  - model: nobody\n") << QByteArray("nobody");
    QTest::newRow("a model in a split") << QByteArray("routes:\n  - split: [{model: sd-medium}, {model: nobody}]\n") << QByteArray("nobody");
    QTest::newRow("a weight") << QByteArray("routes:\n  - model: sd-medium\n    weight:   -5\n") << QByteArray("-5");
    QTest::newRow("a field") << QByteArray("routes:\n  - match: [intent:poster, \"promt:x\"]\n    model: sd-medium\n") << QByteArray("promt:x");
    QTest::newRow("a pattern") << QByteArray("routes:\n  - match: 'prompt:abc[de'\n    model: sd-medium\n") << QByteArray("[de");
    QTest::newRow("a plain pattern") << QByteArray("routes:\n  - match: prompt:abc(de\n    model: sd-medium\n") << QByteArray("abc(de");
    QTest::newRow("a number") << QByteArray("routes:\n  - match: width>wide\n    model: sd-medium\n") << QByteArray("wide\n");
    QTest::newRow("a duration") << QByteArray("routes:\n  - model: sd-medium\n    canary: {model: ideogram-4, bake: 24x}\n") << QByteArray("24x");
    QTest::newRow("a failure") << QByteArray("routes:\n  - model: sd-medium\n    fallback: [{on: [busy, lazy], model: ideogram-4}]\n") << QByteArray("lazy");
    QTest::newRow("a step") << QByteArray("routes:\n  - model: sd-medium\n    canary: {model: ideogram-4, steps: [5, 4]}\n") << QByteArray("4]");
    QTest::newRow("an unknown key") << QByteArray("routes:\n  - model: sd-medium\n    nota: x\n") << QByteArray("nota");
}

void TestRoutePolicy::places_areThoseOfTheText()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, place);
    const RoutePolicy policy = read(text);
    QVERIFY2(policy.findings.size() == 1, qPrintable(list(policy.findings)));
    const QList<QByteArray> lines = text.split('\n');
    const QByteArray there = lines.value(policy.findings.first().line - 1).mid(policy.findings.first().column - 1) + '\n';
    QVERIFY2(there.startsWith(place), there.constData());
}

void TestRoutePolicy::samePolicy_ignoresPlaces()
{
    // A comment moves every line and changes the digest, and nothing else.
    const RoutePolicy policy = read(grown), moved = read("# why\n" + grown);
    QVERIFY(policy.digest != moved.digest);
    QVERIFY(policy.isSamePolicy(moved));
    QVERIFY(!policy.isSamePolicy(read(QByteArray(grown).replace("70", "71"))));
}

void TestRoutePolicy::schema_knowsEveryKey()
{
    const auto schema = parseJson(shipped("routes/routes.schema.json"), QStringLiteral("routes.schema.json"));
    QVERIFY(schema);
    const Json &definitions = (*schema)["definitions"];
    const QMap<QString, QStringList> keys = routeFileKeys();
    QVERIFY(keys.size() >= 8);
    for (auto place = keys.cbegin(); place != keys.cend(); ++place) {
        const Json &object = place.key().isEmpty() ? *schema : definitions[place.key().toStdString()];
        QVERIFY2(object.is_object(), qPrintable(place.key()));
        QVERIFY2(object["additionalProperties"].is_boolean() && !object["additionalProperties"].get<bool>(), qPrintable(place.key()));
        QStringList there;
        for (const auto &property : object["properties"].items())
            there.append(QString::fromStdString(property.key()));
        QStringList here = place.value();
        std::sort(there.begin(), there.end());
        std::sort(here.begin(), here.end());
        QCOMPARE(there, here);
    }
    // The other way round: no definition of an object that the reader does not know.
    for (const auto &definition : definitions.items()) {
        if (definition.value().contains("properties"))
            QVERIFY2(keys.contains(QString::fromStdString(definition.key())), definition.key().c_str());
    }
}

QTEST_GUILESS_MAIN(TestRoutePolicy)
#include "tst_routepolicy.moc"
