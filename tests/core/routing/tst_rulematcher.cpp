#include "core/routing/rulematcher.h"

#include "core/routing/literalset.h"
#include "core/routing/patternset.h"
#include "core/routing/re2options.h"
#include "core/routing/routecondition.h"
#include "core/routing/routepattern.h"

#include <QFuture>
#include <QRandomGenerator>
#include <QTest>
#include <QtConcurrent>

#include <algorithm>

using namespace Galley;

/// Rules are matched as if each pattern were searched for alone.
class TestRuleMatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void literals_areFound_data();
    void literals_areFound();
    void literals_areFoundAsOneByOne();
    void patterns_matchAsOneByOne_data();
    void patterns_matchAsOneByOne();
    void caseDoesNotMatter_data();
    void caseDoesNotMatter();
    void facts_areThoseOfTheRequest();
    void firstMatchingRule_wins_data();
    void firstMatchingRule_wins();
    void match_isThatOfTheRequest();
    void drafts_needARuleThatNamesThem_data();
    void drafts_needARuleThatNamesThem();
    void rules_matchAsOneByOne();
    void matcher_isThreadSafe();
    void slowPattern_isNoRule();
};

namespace {

RouteRule ruleOf(const QStringList &conditions)
{
    RouteRule rule;
    rule.name = conditions.join(QLatin1Char('+'));
    for (const QString &text : conditions)
        rule.match.append(parseRouteCondition(text).value());
    rule.split = {{QStringLiteral("sd-medium"), 1, 0}};
    return rule;
}

RenderRequest request()
{
    RenderRequest made;
    made.source.name = QStringLiteral("Spring market");
    made.source.id = QStringLiteral("0b1f");
    made.source.project = QStringLiteral("spring-campaign");
    made.source.intent = QStringLiteral("poster");
    made.source.tags = {QStringLiteral("urgent"), QStringLiteral("print")};
    made.source.canvas.size = {1080, 1350};
    made.source.style.summary = QStringLiteral("A cheerful poster of a Straße");
    Token hero;
    hero.id = QStringLiteral("hero");
    hero.box = {0.1, 0.1, 0.8, 0.5};
    hero.show = QStringLiteral("a basket of apples");
    Token title;
    title.id = QStringLiteral("title");
    title.role = Role::Headline;
    title.box = {0.1, 0.7, 0.8, 0.2};
    title.text = QStringLiteral("Märkte 😀");
    made.source.tokens = {hero, title};
    return made;
}

bool matchesAlone(const QString &pattern, const QString &text)
{
    return re2::RE2::PartialMatch(text.toStdString(), re2::RE2(pattern.toStdString(), routePatternOptions()));
}

/// Letters that fold in every way there is, and some that do not.
QString alphabet()
{
    return QStringLiteral("aAbBkKsStTiI ßẞſKÄäöÖıİσςΣжЖᾈᾀᏀꭰ北京😀𐐀𐐨");
}

QString randomText(QRandomGenerator &random, const QList<uint> &letters, int most)
{
    QString text;
    for (int i = random.bounded(most + 1); i > 0; --i) {
        const uint letter = letters.at(random.bounded(int(letters.size())));
        text += QString::fromUcs4(reinterpret_cast<const char32_t *>(&letter), 1);
    }
    return text;
}

/// A pattern out of pieces of everything that RE2 has.
QString randomPattern(QRandomGenerator &random, const QList<uint> &letters, int depth = 0)
{
    QString pattern;
    for (int i = 1 + random.bounded(3); i > 0; --i) {
        const QString words = randomText(random, letters, 3);
        switch (random.bounded(depth > 2 ? 6 : 10)) {
        case 0: pattern += QStringLiteral(".*"); break;
        case 1: pattern += words + QLatin1Char('.'); break;
        case 2: pattern += words.isEmpty() ? QString() : QString(words + QLatin1Char('?')); break;
        case 3: pattern += QLatin1Char('[') + (words.isEmpty() ? QStringLiteral("a-c") : words) + QLatin1Char(']'); break;
        case 4: pattern += QStringLiteral("\\w+") + words; break;
        case 6: pattern += QLatin1Char('(') + randomPattern(random, letters, depth + 1) + QLatin1Char('|') + randomPattern(random, letters, depth + 1) + QLatin1Char(')'); break;
        case 7: pattern += QStringLiteral("(?:") + randomPattern(random, letters, depth + 1) + QStringLiteral(")+"); break;
        case 8: pattern += QStringLiteral("(?-i:") + words + QLatin1Char(')'); break;
        case 9: pattern += (random.bounded(2) ? QStringLiteral("^") : QStringLiteral("\\b")) + words; break;
        default: pattern += words; break;
        }
    }
    return pattern;
}

} // namespace

void TestRuleMatcher::literals_areFound_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("found");
    const auto list = [](const char *text) { return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts); };
    QTest::newRow("inside each other") << list("he she his hers") << QStringLiteral("ushers") << list("he hers she");
    QTest::newRow("ends of each other") << list("aaa aa a") << QStringLiteral("aa") << list("a aa");
    QTest::newRow("only inside a longer one") << list("abcd bc") << QStringLiteral("xabcx") << list("bc");
    QTest::newRow("again and again") << list("ab ba") << QStringLiteral("abababab") << list("ab ba");
    QTest::newRow("nothing") << list("abc") << QStringLiteral("ab ab ab") << QStringList();
    QTest::newRow("no text") << list("a") << QString() << QStringList();
    QTest::newRow("no words") << QStringList() << QStringLiteral("abc") << QStringList();
    QTest::newRow("bytes above 127") << list("ß é 北") << QStringLiteral("Straße 北京") << list("ß 北");
}

void TestRuleMatcher::literals_areFound()
{
    QFETCH(QStringList, words);
    QFETCH(QString, text);
    QFETCH(QStringList, found);
    std::vector<std::string> list;
    for (const QString &word : words)
        list.push_back(word.toStdString());
    QStringList there;
    for (const int index : LiteralSet(list).find(text.toStdString()))
        there.append(words.at(index));
    there.sort();
    QCOMPARE(there, found);
}

void TestRuleMatcher::literals_areFoundAsOneByOne()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 300; ++round) {
        const auto text = [&](int most) {
            std::string made;
            for (int i = 1 + random.bounded(most); i > 0; --i)
                made += char('a' + random.bounded(3));
            return made;
        };
        std::vector<std::string> words;
        for (int i = 1 + random.bounded(40); i > 0; --i)
            words.push_back(text(6));
        std::sort(words.begin(), words.end());
        words.erase(std::unique(words.begin(), words.end()), words.end());
        const LiteralSet set(words);
        for (int i = 0; i < 10; ++i) {
            const std::string there = text(60);
            std::vector<int> found = set.find(there);
            std::sort(found.begin(), found.end());
            std::vector<int> expected;
            for (std::size_t word = 0; word < words.size(); ++word) {
                if (there.find(words[word]) != std::string::npos)
                    expected.push_back(int(word));
            }
            QVERIFY(found == expected);
        }
    }
}

void TestRuleMatcher::patterns_matchAsOneByOne_data()
{
    QTest::addColumn<QString>("letters");
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 4; ++seed) {
        QTest::newRow(qPrintable(QStringLiteral("any letters %1").arg(seed))) << alphabet() << seed;
        QTest::newRow(qPrintable(QStringLiteral("few letters %1").arg(seed))) << QStringLiteral("abAB ") << seed + 100;
        QTest::newRow(qPrintable(QStringLiteral("letters that fold %1").arg(seed))) << QStringLiteral("ßẞssSſKkK") << seed + 200;
    }
}

void TestRuleMatcher::patterns_matchAsOneByOne()
{
    QFETCH(QString, letters);
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    const QList<uint> codes = letters.toUcs4();
    int matches = 0, others = 0;
    for (int round = 0; round < 10; ++round) {
        QStringList patterns;
        std::vector<std::unique_ptr<re2::RE2>> alone;
        while (patterns.size() < 60) {
            const QString pattern = randomPattern(random, codes);
            if (pattern.isEmpty() || patterns.contains(pattern) || checkRoutePattern(pattern))
                continue;
            patterns.append(pattern);
            alone.push_back(std::make_unique<re2::RE2>(pattern.toStdString(), routePatternOptions()));
        }
        const PatternSet set(patterns);
        for (int i = 0; i < 25; ++i) {
            const QString text = randomText(random, codes, i < 20 ? 12 : 200);
            const std::vector<bool> outcome = set.matchAnew(text);
            for (qsizetype pattern = 0; pattern < patterns.size(); ++pattern) {
                const bool expected = re2::RE2::PartialMatch(text.toStdString(), *alone[std::size_t(pattern)]);
                (expected ? matches : others) += 1;
                QVERIFY2(outcome.at(std::size_t(pattern)) == expected, qPrintable(QStringLiteral("\"%1\" in \"%2\"").arg(patterns.at(pattern), text)));
            }
            QVERIFY(*set.match(text) == outcome);
            QVERIFY(*set.match(text) == outcome); // what was kept
        }
    }
    QVERIFY(matches > 500 && others > 500);
}

void TestRuleMatcher::caseDoesNotMatter_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *pattern, const char *text) {
        QTest::newRow(qPrintable(QStringLiteral("%1 in %2").arg(QString::fromUtf8(pattern), QString::fromUtf8(text)))) << QString::fromUtf8(pattern) << QString::fromUtf8(text);
    };
    row("poster", "A POSTER");
    row("POSTER", "a poster");
    row("märkte", "FRÜHLINGSMÄRKTE");
    row("straße", "STRAẞE");
    row("STRAẞE", "straße");
    row("kelvin", "\u212Aelvin");
    row("masse", "Maſſe");
    row("ΣΊΣΥΦΟΣ", "σίσυφος");
    row("ЖУРНАЛ", "журнал");
    row("ᾀδης", "ᾈΔΗΣ");
    row("ꮳꮃꭹ", "ᏣᎳᎩ");
    row("𐐨𐑄", "𐐀𐐜");
}

void TestRuleMatcher::caseDoesNotMatter()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    // Other patterns beside it, so that it is one that has to be let through.
    const PatternSet set({QStringLiteral("nothing of it"), pattern, QStringLiteral("nor of this")});
    QVERIFY(matchesAlone(pattern, text));
    QVERIFY(set.matchAnew(text) == (std::vector<bool>{false, true, false}));
}

void TestRuleMatcher::facts_areThoseOfTheRequest()
{
    const auto facts = routeFactsOf(request(), true);
    QVERIFY(facts);
    QVERIFY(facts->prompt.contains(QLatin1String("basket of apples")));
    QCOMPARE(facts->promptChars, int(facts->prompt.toUcs4().size()));
    QCOMPARE(facts->textChars, 8); // a picture of a face is one character
    QCOMPARE(facts->tokens, 2);
    QCOMPARE(facts->intents, QStringList{QStringLiteral("poster")});
    QCOMPARE(facts->fidelity, QStringLiteral("final"));
    QVERIFY(!facts->isDraft);

    RenderRequest other = request();
    other.intent = QStringLiteral("flyer"); // overrides the template's
    other.fidelity = Fidelity::Draft;
    const auto plain = routeFactsOf(other, false);
    QVERIFY(plain);
    QVERIFY(plain->prompt.isEmpty() && !plain->hasText);
    QCOMPARE(plain->intents, (QStringList{QStringLiteral("flyer"), QStringLiteral("preview")}));
    QVERIFY(plain->isDraft);

    other.source.tokens.first().show = QStringLiteral("{nobody}"); // cannot be resolved: an error, and never "no rule matches"
    QVERIFY(routeFactsOf(other, false));
    QVERIFY(!routeFactsOf(other, true));
}

void TestRuleMatcher::firstMatchingRule_wins_data()
{
    QTest::addColumn<QStringList>("rules");  // conditions of one rule are separated by " & "
    QTest::addColumn<int>("first");
    const auto row = [](const QStringList &rules, int first) { QTest::newRow(qPrintable(rules.join(QStringLiteral(" / ")))) << rules << first; };
    const auto list = [](const char *text) { return QString::fromUtf8(text).split(QStringLiteral(" / ")); };
    row(list("prompt:.*thumbnail.* / prompt:.*poster.*"), 1);
    row(list("prompt:POSTER / prompt:poster"), 0);
    row(list("intent:poster & prompt_chars>400 / intent:poster"), 1);
    row(list("intent:^post$ / intent:^POSTER$"), 1);
    row(list("fidelity:mid / fidelity:final"), 1);
    row(list("template:market / tag:x"), 0);
    row(list("template:0b1f"), 0);
    row(list("project:spring & tag:print"), 0);
    row(list("project:spring & tag:web"), -1);
    row(list("tag:^urgent$"), 0);
    row(list("tag:urgent.*print"), -1); // tags are looked at one by one
    row(list("tokens=2 & width>1000 & width<1100 & height!=1351 & text_chars<=8"), 0);
    row(list("tokens>2"), -1);
    row(list("prompt:straẞe"), 0);
    row(list("prompt:.*"), 0);
    row(list("prompt:apples.*$ & prompt:^.*cheerful"), 0);
}

void TestRuleMatcher::firstMatchingRule_wins()
{
    QFETCH(QStringList, rules);
    QFETCH(int, first);
    QList<RouteRule> list;
    for (const QString &rule : rules)
        list.append(ruleOf(rule.split(QStringLiteral(" & "))));
    const auto matcher = RuleMatcher::make(list);
    QVERIFY(matcher);
    const auto facts = routeFactsOf(request(), (*matcher)->needsText());
    QVERIFY(facts);
    QCOMPARE((*matcher)->firstMatch(*facts), first);
    QCOMPARE((*matcher)->firstMatch(*facts), first);
}

/// What is kept of one request must not be taken for another one's: each differs from the others in one thing that a rule looks at.
void TestRuleMatcher::match_isThatOfTheRequest()
{
    const auto matcher = *RuleMatcher::make({ruleOf({QStringLiteral("fidelity:mid")}), ruleOf({QStringLiteral("intent:flyer")}), ruleOf({QStringLiteral("fidelity:draft")}),
                                             ruleOf({QStringLiteral("project:autumn")}), ruleOf({QStringLiteral("template:^Harvest$")}), ruleOf({QStringLiteral("tag:web")}),
                                             ruleOf({QStringLiteral("prompt:cello")}), ruleOf({QStringLiteral("width>3000")}), ruleOf({QStringLiteral("prompt:.*")})});
    QList<RenderRequest> requests(9, request());
    requests[0].fidelity = Fidelity::Mid;
    requests[1].intent = QStringLiteral("flyer");
    requests[2].fidelity = Fidelity::Draft;
    requests[3].source.project = QStringLiteral("autumn");
    requests[4].source.name = QStringLiteral("Harvest");
    requests[5].source.tags.append(QStringLiteral("web"));
    requests[6].source.style.summary = QStringLiteral("a cello");
    requests[7].source.canvas.size = {4000, 2000};
    QRandomGenerator random(3);
    for (int i = 0; i < 500; ++i) {
        // More requests than are kept, and the same ones often.
        const int one = i % 3 == 0 ? random.bounded(9) : random.bounded(2) * 8;
        const auto match = matcher->match(requests.at(one));
        QVERIFY(match);
        QCOMPARE(match->rule, one);
        QCOMPARE(*match->facts, *routeFactsOf(requests.at(one), true));
    }
}

void TestRuleMatcher::drafts_needARuleThatNamesThem_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<bool>("takes");
    QTest::newRow("says nothing of it") << QStringLiteral("intent:poster") << false;
    QTest::newRow("whatever it is") << QStringLiteral("fidelity:.*") << false;
    QTest::newRow("another tier") << QStringLiteral("fidelity:mid") << false;
    QTest::newRow("fidelity:draft") << QStringLiteral("fidelity:draft") << true;
    QTest::newRow("several tiers") << QStringLiteral("fidelity:^(draft|mid)$") << true;
    QTest::newRow("intent:preview") << QStringLiteral("intent:preview") << true;
    QTest::newRow("with more") << QStringLiteral("intent:poster & fidelity:Draft") << true;
    QTest::newRow("with something else") << QStringLiteral("intent:flyer & fidelity:draft") << false;
}

void TestRuleMatcher::drafts_needARuleThatNamesThem()
{
    QFETCH(QString, rule);
    QFETCH(bool, takes);
    RenderRequest draft = request();
    draft.fidelity = Fidelity::Draft;
    const auto matcher = RuleMatcher::make({ruleOf(rule.split(QStringLiteral(" & ")))});
    QVERIFY(matcher);
    QCOMPARE((*matcher)->firstMatch(*routeFactsOf(draft, (*matcher)->needsText())), takes ? 0 : -1);
}

void TestRuleMatcher::rules_matchAsOneByOne()
{
    QRandomGenerator random(11);
    const QStringList words{QStringLiteral("poster"), QStringLiteral("apples"), QStringLiteral("cheer.*basket"), QStringLiteral("[qxz]{2}"), QStringLiteral("Banner"),
                            QStringLiteral("^A"),     QStringLiteral("spring|autumn"), QStringLiteral("urgent")};
    const QStringList fields{QStringLiteral("prompt"), QStringLiteral("intent"), QStringLiteral("template"), QStringLiteral("project"), QStringLiteral("tag")};
    const auto facts = *routeFactsOf(request(), true);
    int found = 0;
    for (int round = 0; round < 200; ++round) {
        QList<RouteRule> rules;
        for (int i = 0; i < 8; ++i) {
            QStringList conditions;
            for (int n = 1 + random.bounded(3); n > 0; --n)
                conditions.append(fields.at(random.bounded(5)) + QLatin1Char(':') + words.at(random.bounded(8)));
            if (random.bounded(3) == 0)
                conditions.append(QStringLiteral("width>%1").arg(random.bounded(2000)));
            rules.append(ruleOf(conditions));
        }
        int expected = -1;
        for (int i = 0; i < rules.size() && expected < 0; ++i) {
            const QList<RouteCondition> &match = rules.at(i).match;
            const bool all = std::all_of(match.cbegin(), match.cend(), [&](const RouteCondition &condition) {
                if (condition.op != RouteCondition::Operator::Matches)
                    return facts.canvas.width() > condition.number;
                const QStringList values = facts.values(condition.field);
                return std::any_of(values.cbegin(), values.cend(), [&](const QString &value) { return matchesAlone(condition.pattern, value); });
            });
            expected = all ? i : -1;
        }
        found += expected >= 0 ? 1 : 0;
        QCOMPARE((*RuleMatcher::make(rules))->firstMatch(facts), expected);
    }
    QVERIFY(found > 20 && found < 190);
}

void TestRuleMatcher::matcher_isThreadSafe()
{
    const auto matcher = *RuleMatcher::make({ruleOf({QStringLiteral("prompt:xyz")}), ruleOf({QStringLiteral("prompt:number 7$")}), ruleOf({QStringLiteral("prompt:.*")})});
    QList<QFuture<int>> runs;
    for (int thread = 0; thread < 4; ++thread) {
        runs.append(QtConcurrent::run([&matcher] {
            int wrong = 0;
            for (int i = 0; i < 2000; ++i) {
                RouteFacts facts;
                facts.prompt = QStringLiteral("number %1").arg(i % 10);
                wrong += matcher->firstMatch(facts) == (i % 10 == 7 ? 1 : 2) ? 0 : 1;
            }
            return wrong;
        }));
    }
    for (const QFuture<int> &run : runs)
        QCOMPARE(run.result(), 0);
}

void TestRuleMatcher::slowPattern_isNoRule()
{
    RouteRule rule;
    rule.match = {{RouteCondition::Field::Prompt, RouteCondition::Operator::Matches, QStringLiteral("(a?){500}a{500}b"), 0, {}}};
    const auto matcher = RuleMatcher::make({rule});
    QVERIFY(!matcher);
    QCOMPARE(matcher.error().code, ErrorCode::InvalidInput);
}

QTEST_GUILESS_MAIN(TestRuleMatcher)
#include "tst_rulematcher.moc"
