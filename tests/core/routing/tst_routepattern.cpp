#include "core/routing/routepattern.h"

#include "core/routing/patternscan.h"
#include "core/routing/patternset.h"
#include "core/routing/re2options.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <ctime>

using namespace Galley;

/// Which patterns rules may have: those that are linear in the text with little for each character.
class TestRoutePattern : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counts_areThoseOfThePattern_data();
    void counts_areThoseOfThePattern();
    void spans_areCountsBehindWords_data();
    void spans_areCountsBehindWords();
    void usualPatterns_areTaken_data();
    void usualPatterns_areTaken();
    void catastrophic_isLinearOrRefused_data();
    void catastrophic_isLinearOrRefused();
    void folding_isThatOfRe2();
};

namespace {

double cpuMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// 100 KB of \a letters in any order; a single letter gives the text that the classical attacks use.
QString textOf(const QString &letters, quint32 seed)
{
    QRandomGenerator random(seed);
    QString text;
    for (int i = 0; i < 100'000; ++i)
        text += letters.at(random.bounded(int(letters.size())));
    return text;
}

/// The same of \a words.
QString textOfWords(const QStringList &words, quint32 seed)
{
    QRandomGenerator random(seed);
    QString text;
    while (text.size() < 100'000)
        text += words.at(random.bounded(int(words.size())));
    return text;
}

} // namespace

void TestRoutePattern::counts_areThoseOfThePattern_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<int>("open");
    QTest::addColumn<int>("counted");
    const auto row = [](const char *pattern, int open, int counted) { QTest::newRow(pattern) << QString::fromUtf8(pattern) << open << counted; };
    row("poster", 0, 0);
    row(".*poster.*", 0, 0);
    row("a.c", 1, 0);
    row("[a-z]+[0-9]*", 0, 0);
    row("\\d{4}-\\d{2}", 6, 6);
    row("a|b", 1, 0);
    row("(a|b){3}", 3, 6);
    row("(?:cat|dog)s?", 1, 0);
    row("a{200}", 0, 200);
    row("(a?){50}a{50}", 0, 100);
    row("(a{10}){10}", 0, 100);
    row("x.{0,40}y", 40, 40);
    row("x.{3,}y", 3, 3);
    row("(.*a){20}", 0, 40);
    row("[]a.]{2}", 2, 2);
    row("[^\\]]{2}", 2, 2);
    row("[[:alpha:]_]{2}", 2, 2);
    row("\\Qa.b.c\\E.", 1, 0);
    row("\\.\\*", 0, 0);
    row("\\pL\\p{Greek}", 2, 0);
    row("\\x{263a}\\x41", 0, 0);
    row("\\bposter\\b", 0, 0);
    row("(?i)(?P<name>.)", 1, 0);
    row("a{,3}", 0, 0);
    row("{", 0, 0);
    row("(.{1000}){1000}", 1'000'000, 1'000'000);
    row("poster.{0,40}sale", 0, 40);
    row("pos.{0,40}ter", 40, 40);
    row("poste?.{0,40}sale", 40, 40);
}

void TestRoutePattern::spans_areCountsBehindWords_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<int>("open");
    QTest::addColumn<int>("spans");
    const auto row = [](const char *pattern, int open, int spans) { QTest::newRow(pattern) << QString::fromUtf8(pattern) << open << spans; };
    row("poster.{0,40}sale", 0, 40);
    row("\\bposter\\b[^.]{0,40}\\bsale\\b", 0, 40);
    row("(poster|flyer).{0,40}(sale|market)", 2, 40);
    row("(poster|ad).{0,40}sale", 41, 0);
    row("sale.{0,20}market.{0,20}x", 0, 40);
    row("(poster.{0,20}){3}x", 0, 60);
    row("sale.{0,20}.{0,20}x", 20, 20);  // nothing holds the second one up
    row("sale(a|b){20}x", 20, 0);
    row("(big )sale\\d{1,10}", 0, 10);
    row("posters?.{0,40}x", 40, 0);
}

void TestRoutePattern::spans_areCountsBehindWords()
{
    QFETCH(QString, pattern);
    QFETCH(int, open);
    QFETCH(int, spans);
    const PatternCounts counts = countPattern(pattern);
    QCOMPARE(counts.open, open);
    QCOMPARE(counts.spans, spans);
}

void TestRoutePattern::counts_areThoseOfThePattern()
{
    QFETCH(QString, pattern);
    QFETCH(int, open);
    QFETCH(int, counted);
    const PatternCounts counts = countPattern(pattern);
    QCOMPARE(counts.open, open);
    QCOMPARE(counts.counted, counted);
}

void TestRoutePattern::usualPatterns_areTaken_data()
{
    QTest::addColumn<QString>("pattern");
    for (const char *pattern : {".*thumbnail.*", "poster", "^(mid|final)$", "\\b(poster|flyer|banner|billboard)s?\\b", "summer.*(sale|market)", "\\d{4}-\\d{2}-\\d{2}",
                                "#[0-9a-f]{6}", "[\\p{L}']+ market", "colou?r", "Straße|Strasse", "北京.*海报", "poster.{0,40}sale", "(summer|winter|autumn).{0,30}(sale|market)", "a\\.b\\*c", "^$", "no\\s+text", "\\$[0-9]+(\\.[0-9]{2})?"})
        QTest::newRow(pattern) << QString::fromUtf8(pattern);
}

void TestRoutePattern::usualPatterns_areTaken()
{
    QFETCH(QString, pattern);
    const auto problem = checkRoutePattern(pattern);
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence) : "");
}

void TestRoutePattern::catastrophic_isLinearOrRefused_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("isTaken");
    const auto row = [](const char *pattern, bool isTaken = true) { QTest::newRow(pattern) << QString::fromLatin1(pattern) << isTaken; };
    row("(a+)+$");
    row("^(a+)+$");
    row("([a-zA-Z]+)*$");
    row("^([a-zA-Z]+)*$");
    row("(a|aa)+$");
    row("^(a|aa)+$");
    row("(a|a?)+$");
    row("^(a|a)*$");
    row("(.*a){11}");
    row("^(.*a){20}$");
    row("(.*)*b");
    row("(.*.*=.*)");
    row("(x+x+)+y");
    row("(a*)*b");
    row("(a*a*)*b");
    row("^(([a-z])+.)+[A-Z]([a-z])+$");
    row("^((ab)*)+$");
    row("(?:a|b|ab)*c");
    row("^(\\w+\\s?)*!$");
    row("^([a-z0-9]+)*@$");
    row("^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$", false);
    row("(\\s*,\\s*)*;");
    row("<([^>]*>?)*>x");
    row("\"(\\\\.|[^\"])*\"x");
    row("(\\d+\\.?\\d*)+e");
    row("(a?){25}a{25}");
    row("(a?){100}a{100}b");
    row("(a?){500}a{500}b", false);
    row("(a|b)*a(a|b){12}c", false);
    row("x.{0,40}y", false);
    row("a.{16}c", false);
    row("(a{0,30}){30}b", false);
    row("[ab]{0,60}a[ab]{60}c", false);
    row("a(.?){20}a(.?){20}b", false);
    row("\\pL{50}\\pN", false);
    row("(?:(?:a{10}){10}){10}b", false);
    row("poster.{0,60}sale");
    row("sale.{0,30}market.{0,30}poster");
    row("(poster|sale)[^.]{0,40}(yes|no)");
    row("poster.{0,100}sale", false);
    row("(poster.{0,40}){10}b", false);
    row("pos.{0,40}sale", false);
    row("a.......c");
    row("[ab]a[ab][ab][ab][ab][ab][ab]c");
}

void TestRoutePattern::catastrophic_isLinearOrRefused()
{
    QFETCH(QString, pattern);
    QFETCH(bool, isTaken);
    const auto problem = checkRoutePattern(pattern);
    QVERIFY2(!problem == isTaken, problem ? qPrintable(problem->sentence) : "taken");
    if (problem) {
        QVERIFY(problem->sentence.contains(QLatin1String("limit")));
        return;
    }
    const re2::RE2 regex(pattern.toStdString(), routePatternOptions());
    const PatternSet set({pattern});
    double worst = 0;
    quint32 seed = 1;
    QStringList texts;
    for (const char *letters : {"a", "ab", "x", "xy", "abx", "aB9 ", ", ", "1.", "<>a", "\"\\a", "a-b.@"})
        texts.append(textOf(QLatin1String(letters), ++seed));
    // What begins a span as often as can be, and what ends it once: the words are there, and hardly anything else.
    for (const QStringList &words : {QStringList{QStringLiteral("poster"), QStringLiteral(" ")}, QStringList{QStringLiteral("sale"), QStringLiteral("market"), QStringLiteral("q")}})
        texts.append(QStringLiteral("sale poste market ") + textOfWords(words, ++seed));
    for (const QString &text : std::as_const(texts)) {
        const std::string utf8 = text.toStdString();
        const double before = cpuMilliseconds();
        const bool matches = re2::RE2::PartialMatch(utf8, regex);
        worst = std::max(worst, cpuMilliseconds() - before);
        QCOMPARE(set.matchAnew(text).at(0), matches);
    }
    // Where nothing else runs about 10 ms, 30 with a span; RE2 without the limit takes hundreds and thousands.
    QVERIFY2(worst < 100, qPrintable(QString::number(worst)));
    qDebug("%.2f ms", worst);
}

void TestRoutePattern::folding_isThatOfRe2()
{
    // Whatever RE2 takes for one letter in two cases must be one letter after folding, or a pattern would be passed over whose words are there.
    int pairs = 0;
    const auto utf8 = [](char32_t code) { return QString::fromUcs4(&code, 1).toStdString(); };
    QMap<std::string, QList<char32_t>> letters;
    for (char32_t code = 0x80; code < 0x1F000; ++code) {
        const bool isCjk = (code >= 0x3000 && code < 0xA000) || (code >= 0xAC00 && code < 0xFA00);
        if (!isCjk && QChar::isLetter(code))
            letters[foldedUtf8(QString::fromUcs4(&code, 1))].append(code);
    }
    // Of what folds to the same, RE2 must know each pair or none: no more is asked. Of what does not, none may match.
    std::string all;
    for (char32_t code = 0x21; code < 0x1F000; ++code) {
        if (QChar::isLetter(code) && !(code >= 0x3000 && code < 0xA000) && !(code >= 0xAC00 && code < 0xFA00))
            all += utf8(code);
    }
    for (auto letter = letters.cbegin(); letter != letters.cend(); ++letter) {
        for (const char32_t code : letter.value()) {
            if (QChar::toLower(code) == code && QChar::toUpper(code) == code && QChar::toCaseFolded(code) == code && code % 37 != 0)
                continue; // one in 37 of those without case
            const re2::RE2 regex("(" + utf8(code) + ")", routePatternOptions());
            re2::StringPiece rest(all), found;
            while (re2::RE2::FindAndConsume(&rest, regex, &found)) {
                ++pairs;
                QVERIFY2(foldedUtf8(QString::fromUtf8(found.data(), qsizetype(found.size()))) == letter.key(), utf8(code).c_str());
            }
        }
    }
    QVERIFY2(pairs > 2500, qPrintable(QString::number(pairs)));
}

QTEST_GUILESS_MAIN(TestRoutePattern)
#include "tst_routepattern.moc"
