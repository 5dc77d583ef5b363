#include "bench.h"

#include "core/routing/patternset.h"
#include "core/routing/re2options.h"
#include "core/routing/router.h"
#include "core/routing/rulematcher.h"
#include "testpaths.h"

#include <QRandomGenerator>

#include <re2/set.h>

using namespace Galley;

/// Decisions by 1,000 rules of which 200 look at the prompt, for prompts of 2 KB: once for each new prompt, and again for the same one. Beside them what
/// the same patterns cost one by one and as RE2::Set, how long the file takes to be read, and how evenly and steadily projects are spread.

namespace {

constexpr int rules = 1000;
constexpr int promptRules = 200;

/// Words such as prompts have; the same ones for patterns and prompts, so that most patterns' words are somewhere.
QStringList vocabulary()
{
    static const QStringList begins{QStringLiteral("mar"), QStringLiteral("sum"), QStringLiteral("pos"), QStringLiteral("ban"), QStringLiteral("fes"), QStringLiteral("con"), QStringLiteral("win"), QStringLiteral("flo"), QStringLiteral("gar"), QStringLiteral("lan")};
    static const QStringList middles{QStringLiteral("ket"), QStringLiteral("mer"), QStringLiteral("ter"), QStringLiteral("ner"), QStringLiteral("ti"), QStringLiteral("cer"), QStringLiteral("ta"), QStringLiteral("ri"), QStringLiteral("de"), QStringLiteral("no")};
    static const QStringList ends{QStringLiteral("s"), QStringLiteral("val"), QStringLiteral("ting"), QStringLiteral("ed"), QStringLiteral("ly"), QStringLiteral("land"), QStringLiteral("er"), QStringLiteral("ist"), QStringLiteral("al"), QStringLiteral("en")};
    QStringList words;
    for (const QString &begin : begins) {
        for (const QString &middle : middles) {
            for (const QString &end : ends)
                words.append(begin + middle + end);
        }
    }
    return words;
}

QString wordFrom(const QStringList &words, QRandomGenerator &random)
{
    return words.at(random.bounded(int(words.size())));
}

QString textOf(const QStringList &words, QRandomGenerator &random, qsizetype length)
{
    QString text;
    while (text.size() < length)
        text += wordFrom(words, random) + QLatin1Char(' ');
    return text;
}

/// As people write them: most are one word, some several, a few have nothing that can be looked for beforehand. None matches by itself alone, so that
/// every rule is looked at: two words that stand side by side are rare.
QString patternFrom(const QStringList &words, QRandomGenerator &random, int kind)
{
    const QString a = wordFrom(words, random), b = wordFrom(words, random);
    switch (kind % 10) {
    case 0: return QStringLiteral("\\b(%1|%2) %3 \\d+\\b").arg(a, b, wordFrom(words, random));
    case 1: return QStringLiteral("%1.*%2.*qua+rtz").arg(a, b);
    case 2: return QStringLiteral("^%1 %2").arg(a, b);
    case 3: return kind % 50 == 3 ? QStringLiteral("[xyz][0-9]+%1 [^a-z]$").arg(kind) : QStringLiteral("%1 +%2[!?]").arg(a, b);
    default: return QStringLiteral(".*%1 %2 %3.*").arg(a, b, wordFrom(words, random));
    }
}

QByteArray rulesFile(const QStringList &words, QRandomGenerator &random)
{
    QString text = QStringLiteral("routes:\n");
    for (int i = 0; i < rules; ++i) {
        QString match;
        if (i % (rules / promptRules) == 0)
            match = QStringLiteral("'prompt:%1'").arg(patternFrom(words, random, i / (rules / promptRules)));
        else if (i % 3 == 0)
            match = QStringLiteral("'project:^client %1$'").arg(i);
        else if (i % 3 == 1)
            match = QStringLiteral("['intent:^kind-%1$', 'width>%2']").arg(i).arg(i);
        else
            match = QStringLiteral("['template:%1 %2', 'tag:x%2']").arg(wordFrom(words, random)).arg(i);
        text += QStringLiteral("  - {name: rule %1, match: %2, split: [{model: ideogram-4, weight: 70}, {model: gpt-image, weight: 30}]}\n").arg(i).arg(match);
    }
    return text.toUtf8() + "  - {name: last, split: [{model: ideogram-4, weight: 70}, {model: gpt-image, weight: 30}]}\n";
}

RenderRequest requestWith(const QString &summary)
{
    RenderRequest request;
    request.source.name = QStringLiteral("Spring market");
    request.source.project = QStringLiteral("spring-campaign");
    request.source.intent = QStringLiteral("poster");
    request.source.tags = {QStringLiteral("print"), QStringLiteral("urgent")};
    request.source.style.summary = summary;
    return request;
}

class Bench
{
public:
    Bench()
        : m_words(vocabulary())
    {
        QFile models(QStringLiteral(GALLEY_SOURCE_DIR "/resources/models.yaml"));
        if (models.open(QIODevice::ReadOnly))
            m_catalogue = readModelCatalogue(models.readAll(), {}, {});
        m_now.now = QDateTime::currentDateTimeUtc();
    }

    bool run()
    {
        QRandomGenerator random(5);
        const QByteArray text = rulesFile(m_words, random);
        m_policy = readRoutePolicy(text, m_catalogue, QStringLiteral("routes.yaml"));
        if (m_policy.hasErrors() || m_policy.rules.size() != rules + 1) {
            QTextStream(stderr) << "The rules have errors: " << m_policy.findings.value(0).message << '\n';
            return false;
        }
        m_report.measure(QStringLiteral("read routes.yaml, 1000 rules"), 20, [&](int) { readRoutePolicy(text, m_catalogue, QStringLiteral("routes.yaml")); });
        decisions();
        patterns();
        spread();
        return m_report.write(QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results"));
    }

private:
    /// Both times, in the time of the wall and of this thread alone.
    void decisions()
    {
        QRandomGenerator random(6);
        constexpr int prompts = 2000;
        BenchSeries fresh, freshCpu, again, againCpu;
        int last = 0;
        for (int i = 0; i < prompts; ++i) {
            const RenderRequest request = requestWith(textOf(m_words, random, 1950));
            QElapsedTimer timer;
            for (int round = 0; round < 2; ++round) {
                const double before = threadCpuMilliseconds();
                timer.start();
                const auto decision = decideRoute(request, m_policy, m_catalogue, m_now);
                const double wall = double(timer.nsecsElapsed()) / 1e6;
                (round == 0 ? fresh : again).add(wall);
                (round == 0 ? freshCpu : againCpu).add(threadCpuMilliseconds() - before);
                last += decision && decision->rule == QLatin1String("last") ? 1 : 0;
            }
        }
        m_report.add(QStringLiteral("decision, new prompt of 2 KB"), fresh, freshCpu);
        m_report.add(QStringLiteral("decision, same prompt again"), again, againCpu);
        m_report.addValue(QStringLiteral("new prompt p99, us"), fresh.quantile(0.99) * 1000);
        m_report.addValue(QStringLiteral("new prompt p99 of CPU time, us"), freshCpu.quantile(0.99) * 1000);
        m_report.addValue(QStringLiteral("same prompt p99, us"), again.quantile(0.99) * 1000);
        m_report.addValue(QStringLiteral("same prompt p99 of CPU time, us"), againCpu.quantile(0.99) * 1000);
        m_report.addValue(QStringLiteral("decisions that went through all rules, %"), 100.0 * last / (2 * prompts));
        const RenderRequest none = requestWith(textOf(m_words, random, 1950));
        m_report.measure(QStringLiteral("decision without rules"), 2000, [&](int) { (void)decideRoute(none, {}, m_catalogue, m_now); });
    }

    /// 1,000 patterns over one text of 2 KB, in three ways; and one of 100 KB.
    void patterns()
    {
        QRandomGenerator random(7);
        QStringList patterns;
        re2::RE2::Set set(routePatternOptions(), re2::RE2::UNANCHORED);
        std::vector<std::unique_ptr<re2::RE2>> alone;
        for (int i = 0; patterns.size() < 1000; ++i) {
            const QString pattern = patternFrom(m_words, random, i);
            if (patterns.contains(pattern))
                continue;
            patterns.append(pattern);
            std::string error;
            set.Add(pattern.toStdString(), &error);
            alone.push_back(std::make_unique<re2::RE2>(pattern.toStdString(), routePatternOptions()));
        }
        set.Compile();
        const PatternSet words(patterns);
        std::vector<QString> texts;
        for (int i = 0; i < 50; ++i)
            texts.push_back(textOf(m_words, random, 2000));
        const auto text = [&](int i) -> const QString & { return texts[std::size_t(i) % texts.size()]; };
        m_report.measure(QStringLiteral("1000 patterns, by their words first"), 200, [&](int i) { (void)words.matchAnew(text(i)); });
        m_report.measure(QStringLiteral("1000 patterns, one by one"), 50, [&](int i) {
            const std::string utf8 = text(i).toStdString();
            for (const auto &pattern : alone)
                m_sink += re2::RE2::PartialMatch(utf8, *pattern) ? 1 : 0;
        });
        m_report.measure(QStringLiteral("1000 patterns, RE2::Set"), 5, [&](int i) {
            std::vector<int> found;
            m_sink += set.Match(text(i).toStdString(), &found) ? 1 : 0;
        }, 1);
        const QString large = textOf(m_words, random, 100'000);
        m_report.measure(QStringLiteral("1000 patterns, by words, 100 KB"), 20, [&](int) { (void)words.matchAnew(large); });
    }

    void spread()
    {
        const QByteArray head = "routes:\n  - {name: r, split: [{model: ideogram-4, weight: ", tail = "}, {model: gpt-image, weight: 30}]}\n";
        constexpr int draws = 100'000;
        const RoutePolicy before = readRoutePolicy(head + "70" + tail, m_catalogue, QStringLiteral("routes.yaml"));
        const RoutePolicy after = readRoutePolicy(head + "90" + tail, m_catalogue, QStringLiteral("routes.yaml"));
        int first = 0, wrong = 0, moved = 0;
        for (int i = 0; i < draws; ++i) {
            RenderRequest request = requestWith(QStringLiteral("a poster"));
            request.source.project = QStringLiteral("project %1").arg(i);
            const QString one = decideRoute(request, before, m_catalogue, m_now)->model, two = decideRoute(request, after, m_catalogue, m_now)->model;
            first += one == QLatin1String("ideogram-4") ? 1 : 0;
            moved += one != two ? 1 : 0;
            wrong += one != two && two != QLatin1String("ideogram-4") ? 1 : 0;
        }
        m_report.addValue(QStringLiteral("weight 70 of 100, points off in 100,000 draws x 100"), std::abs(100.0 * first / draws - 70) * 100);
        m_report.addValue(QStringLiteral("70 raised to 90, % of projects that move"), 100.0 * moved / draws);
        m_report.addValue(QStringLiteral("70 raised to 90, projects that move the wrong way"), wrong);
    }

    QStringList m_words;
    ModelCatalogue m_catalogue;
    RoutePolicy m_policy;
    RouteSnapshot m_now;
    BenchReport m_report{QStringLiteral("routing")};
    int m_sink = 0;
};

} // namespace

int main()
{
    return Bench().run() ? 0 : 1;
}
