#include "core/routing/router.h"

#include "core/routing/cohort.h"
#include "core/routing/rulematcher.h"
#include "testpaths.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace Galley;

/// Which model renders a request, with rules and without.
class TestRouter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void model_isDecided_data();
    void model_isDecided();
    void refusal_namesTheWayOut_data();
    void refusal_namesTheWayOut();
    void retired_isNeverExchanged();
    void obstacles_doNotStopTheDecision();
    void announcedShutdown_isAReason();
    void decision_isPure();
    void cohort_isStable_data();
    void cohort_isStable();
    void printedFile_decides_data();
    void printedFile_decides();
    void reasons_nameTheRuleAndItsPlace();
    void asked_isNeverDiverted();
    void drafts_stayHere_data();
    void drafts_stayHere();
    void fileDefaults_count();
    void weights_areShares_data();
    void weights_areShares();
    void raisedWeight_onlyWinsCohorts();
    void rules_spreadIndependently();
    void canary_takesItsCohorts();
    void canary_ofAnotherCandidateStartsAnew();
    void raisedCanary_onlyWinsCohorts();
    void shadow_isNeverTheResult();
    void obstacles_areSkippedWithReason_data();
    void obstacles_areSkippedWithReason();
    void fallback_namesTheFailure_data();
    void fallback_namesTheFailure();
    void nothingLeft_waits();
    void allRetired_isAnError();
    void burst_movesRequests_data();
    void burst_movesRequests();
    void budget_ofTheRule_data();
    void budget_ofTheRule();
    void loadedModel_winsTies();
    void fallbacks_comeAlong();
    void unresolvableTemplate_isAnError();
    void decision_isAFunctionOfItsArguments();

private:
    RoutePolicy policy(const QByteArray &text) const
    {
        const RoutePolicy read = readRoutePolicy(text, m_catalogue, QStringLiteral("/home/x/routes.yaml"));
        for (const Finding &finding : read.findings)
            qWarning("%d: %s", finding.line, qPrintable(finding.message));
        return read;
    }
    RouteDecision decide(const RenderRequest &asked, const RoutePolicy &rules, const RouteSnapshot &snapshot) const
    {
        const auto decision = decideRoute(asked, rules, m_catalogue, snapshot);
        if (decision)
            return *decision;
        RouteDecision failed;
        failed.model = decision.error().message;
        return failed;
    }
    RouteDecision decide(const RenderRequest &asked, const RoutePolicy &rules) const { return decide(asked, rules, m_now); }

    RenderRequest request(const QString &model, Fidelity fidelity = Fidelity::Final) const
    {
        RenderRequest result;
        result.source.project = QStringLiteral("spring-campaign");
        result.model = model;
        result.fidelity = fidelity;
        return result;
    }

    ModelCatalogue m_catalogue;
    RouteSnapshot m_now;
};

void TestRouter::initTestCase()
{
    QFile file(QStringLiteral(GALLEY_SOURCE_DIR "/resources/models.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_catalogue = readModelCatalogue(file.readAll(), {}, {});
    m_now.now = QDateTime(QDate(2026, 11, 25), QTime(12, 0), Qt::UTC);
}

void TestRouter::model_isDecided_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<Fidelity>("fidelity");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("rule");
    const QString askedFor = QStringLiteral("asked for"), byDefault = QStringLiteral("default");
    QTest::newRow("by id") << QStringLiteral("flux-2-pro") << Fidelity::Final << QStringLiteral("flux-2-pro") << askedFor;
    QTest::newRow("by alias") << QStringLiteral("gpt-image") << Fidelity::Final << QStringLiteral("gpt-image-2.6-sunburst") << askedFor;
    QTest::newRow("of another tier") << QStringLiteral("sd-medium") << Fidelity::Final << QStringLiteral("sd3.5-medium") << askedFor;
    QTest::newRow("ending, but not ended") << QStringLiteral("gpt-image-1.5") << Fidelity::Final << QStringLiteral("gpt-image-1.5") << askedFor;
    QTest::newRow("final") << QString() << Fidelity::Final << QStringLiteral("ideogram-4") << byDefault;
    QTest::newRow("mid") << QString() << Fidelity::Mid << QStringLiteral("sd3.5-medium") << byDefault;
    QTest::newRow("draft") << QString() << Fidelity::Draft << QStringLiteral("galley-draft") << byDefault;
}

void TestRouter::model_isDecided()
{
    QFETCH(QString, asked);
    QFETCH(Fidelity, fidelity);
    QFETCH(QString, model);
    QFETCH(QString, rule);
    const auto decision = decideRoute(request(asked, fidelity), {}, m_catalogue, m_now);
    QVERIFY2(decision, decision ? "" : qPrintable(decision.error().message));
    QCOMPARE(decision->requested, asked);
    QCOMPARE(decision->model, model);
    QCOMPARE(decision->rule, rule);
    QCOMPARE(decision->cohort, cohortOf(QStringLiteral("spring-campaign")));
    QVERIFY(!decision->reasons.isEmpty());
    QVERIFY(decision->skipped.isEmpty());
    for (const QString &reason : decision->reasons)
        QVERIFY2(reason.endsWith(QLatin1Char('.')), qPrintable(reason));
}

void TestRouter::refusal_namesTheWayOut_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("words");
    QTest::newRow("misspelt") << QStringLiteral("ideogram4") << QStringLiteral("Did you mean \"ideogram-4\"?");
    QTest::newRow("misspelt alias") << QStringLiteral("sd-mediun") << QStringLiteral("Did you mean \"sd-medium\"?");
    QTest::newRow("unheard of") << QStringLiteral("zzzzzzzzzz") << QStringLiteral("galley models");
    QTest::newRow("endless") << QString(100'000, QLatin1Char('z')) << QStringLiteral("galley models");
}

void TestRouter::refusal_namesTheWayOut()
{
    QFETCH(QString, asked);
    QFETCH(QString, words);
    const auto decision = decideRoute(request(asked), {}, m_catalogue, m_now);
    QVERIFY(!decision);
    QCOMPARE(decision.error().code, ErrorCode::NotFound);
    QVERIFY2(decision.error().message.contains(words), qPrintable(decision.error().message));
    QVERIFY(decision.error().message.size() < 300);
}

void TestRouter::retired_isNeverExchanged()
{
    for (const char *asked : {"dall-e-3-hd", "dall-e-3", "imagen-4", "gemini-3.1-flash-image"}) {
        const auto decision = decideRoute(request(QString::fromLatin1(asked)), {}, m_catalogue, m_now);
        QVERIFY(!decision);
        QCOMPARE(decision.error().code, ErrorCode::ServiceFailed);
        QCOMPARE(decision.error().failure, FailureClass::Retired);
        QVERIFY(decision.error().message.contains(m_catalogue.findModel(QString::fromLatin1(asked))->replacement));
    }
    // What the service says counts before any date does, for defaults as well.
    RouteSnapshot told = m_now;
    told.retired.insert(QStringLiteral("ideogram-4"), QStringLiteral("Ideogram says that ideogram-4 is gone."));
    for (const QString &asked : {QStringLiteral("ideogram-4"), QString()}) {
        const auto decision = decideRoute(request(asked), {}, m_catalogue, told);
        QVERIFY(!decision);
        QCOMPARE(decision.error().failure, FailureClass::Retired);
        QCOMPARE(decision.error().message, QStringLiteral("Ideogram says that ideogram-4 is gone."));
    }
}

void TestRouter::obstacles_doNotStopTheDecision()
{
    RouteSnapshot snapshot = m_now;
    snapshot.offline = true;
    snapshot.backendsWithoutKey = {QStringLiteral("ideogram")};
    const auto decision = decideRoute(request({}), {}, m_catalogue, snapshot);
    QVERIFY(decision);
    QCOMPARE(decision->model, QStringLiteral("ideogram-4"));
    QCOMPARE(decision->skipped.size(), 2);
    for (const char *near : {"galley-draft", "webui"})
        QVERIFY(decideRoute(request(QString::fromLatin1(near)), {}, m_catalogue, snapshot)->skipped.isEmpty());
}

void TestRouter::announcedShutdown_isAReason()
{
    const auto decision = decideRoute(request(QStringLiteral("gpt-image-1.5")), {}, m_catalogue, m_now);
    QVERIFY(decision);
    QVERIFY(decision->reasons.last().contains(QLatin1String("2026-12-01")));
    QVERIFY(decision->reasons.last().contains(QLatin1String("gpt-image-2.6-sunburst")));
}

void TestRouter::decision_isPure()
{
    const RenderRequest asked = request({});
    QVERIFY(*decideRoute(asked, {}, m_catalogue, m_now) == *decideRoute(asked, {}, m_catalogue, m_now));
}

void TestRouter::cohort_isStable_data()
{
    QTest::addColumn<QString>("project");
    QTest::addColumn<int>("cohort");
    // python3 -c 'import hashlib; print(int(hashlib.sha256(b"spring-campaign").hexdigest(), 16) % 10000)'
    QTest::newRow("spring-campaign") << QStringLiteral("spring-campaign") << 8354;
    QTest::newRow("none") << QString() << 6549;
    QTest::newRow("umlaut") << QStringLiteral("Frühling") << 6400;
}

void TestRouter::cohort_isStable()
{
    QFETCH(QString, project);
    QFETCH(int, cohort);
    QCOMPARE(cohortOf(project), cohort);
}

namespace {

RenderRequest ofProject(const QString &project, const QString &summary = QStringLiteral("a poster"))
{
    RenderRequest made;
    made.source.project = project;
    made.source.intent = QStringLiteral("poster");
    made.source.style.summary = summary;
    return made;
}

RenderRequest ofNumber(int i)
{
    return ofProject(QStringLiteral("project %1").arg(i));
}

/// A project whose cohort goes to the first of these models, by this rule.
QString projectFor(const QString &rule, const QStringList &models)
{
    QList<WeightedModel> weighted;
    for (const QString &model : models)
        weighted.append({model, 1});
    for (int i = 0;; ++i) {
        const QString project = QStringLiteral("project %1").arg(i);
        const QList<qsizetype> order = rendezvousOrder(rule, project, weighted);
        if (std::is_sorted(order.begin(), order.end()))
            return project;
    }
}

const QByteArray printed = "routes:\n"
                           "  - match: \"prompt:.*thumbnail.*\"\n    model: sd-medium\n    weight: 70\n"
                           "  - match: \"prompt:.*poster.*\"\n    model: ideogram-typography\n    weight: 30\n";

/// One rule "r" of two models, with more keys.
QByteArray twoModels(const QByteArray &more = {})
{
    return "routes:\n  - name: r\n    match: intent:poster\n    split: [{model: ideogram-4}, {model: flux-2-pro}]\n" + more;
}

CanaryState stateOf(const char *candidate)
{
    CanaryState state;
    state.rule = QStringLiteral("r");
    state.candidate = QString::fromLatin1(candidate);
    return state;
}

bool says(const QStringList &sentences, const char *words)
{
    return std::any_of(sentences.cbegin(), sentences.cend(), [&](const QString &sentence) { return sentence.contains(QString::fromUtf8(words)); });
}

} // namespace

void TestRouter::printedFile_decides_data()
{
    QTest::addColumn<QString>("summary");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("rule");
    QTest::newRow("thumbnail") << QStringLiteral("A video Thumbnail of a cat") << QStringLiteral("sd3.5-medium") << QStringLiteral("prompt:.*thumbnail.*");
    QTest::newRow("poster") << QStringLiteral("A POSTER for a market") << QStringLiteral("ideogram-4") << QStringLiteral("prompt:.*poster.*");
    QTest::newRow("both: the first one") << QStringLiteral("A poster\nas thumbnail") << QStringLiteral("sd3.5-medium") << QStringLiteral("prompt:.*thumbnail.*");
    QTest::newRow("neither") << QStringLiteral("A photograph") << QStringLiteral("ideogram-4") << QStringLiteral("default");
}

void TestRouter::printedFile_decides()
{
    QFETCH(QString, summary);
    QFETCH(QString, model);
    QFETCH(QString, rule);
    const RoutePolicy rules = policy(printed);
    // One entry alone gets everything, whatever its weight: no project goes elsewhere.
    for (int i = 0; i < 50; ++i) {
        const RouteDecision decision = decide(ofProject(QStringLiteral("project %1").arg(i), summary), rules);
        QCOMPARE(decision.model, model);
        QCOMPARE(decision.rule, rule);
        QCOMPARE(decision.policy, rules.digest);
        QVERIFY(decision.skipped.isEmpty());
        QVERIFY(!decision.isCanary);
    }
}

void TestRouter::reasons_nameTheRuleAndItsPlace()
{
    const RoutePolicy rules = policy("routes:\n  - name: posters\n    match: [\"intent:poster\", \"width>400\", \"prompt:.*poster.*\"]\n"
                                     "    split: [{model: ideogram-4, weight: 70}, {model: gpt-image, weight: 30}]\n");
    const RenderRequest asked = ofProject(projectFor(QStringLiteral("posters"), {QStringLiteral("gpt-image-2.6-sunburst"), QStringLiteral("ideogram-4")}));
    const RouteDecision decision = decide(asked, rules);
    QCOMPARE(decision.reasons.first(),
             QStringLiteral("Rule \"posters\" (routes.yaml:2) matches: intent is poster and width is 1080 (> 400) and the prompt has \"poster\"."));
    QVERIFY2(says(decision.reasons, "70 of 100") || says(decision.reasons, "30 of 100"), qPrintable(decision.reasons.join(QLatin1Char(' '))));
    QVERIFY(says(decision.reasons, qPrintable(QStringLiteral("Cohort %1").arg(cohortOf(asked.source.project)))));
    for (const QString &reason : decision.reasons)
        QVERIFY2(reason.endsWith(QLatin1Char('.')), qPrintable(reason));
}

void TestRouter::asked_isNeverDiverted()
{
    const RoutePolicy rules = policy(twoModels("    canary: {model: sd-medium, steps: [100]}\n    burst: {queue: 1, model: webui}\n"
                                               "    budget: {per_day_usd: 0.01}\n    fallback: [{on: [offline, busy], model: webui}]\n"));
    RenderRequest asked = ofNumber(1);
    asked.model = QStringLiteral("ideogram-4");
    RouteSnapshot snapshot = m_now;
    snapshot.offline = true;
    snapshot.conditions[QStringLiteral("ideogram-4")] = {QStringLiteral("Ideogram 4 is cooling down."), 99, 99'999, false};
    snapshot.spentByRuleUsd[QStringLiteral("r")] = 1000;
    const RouteDecision decision = decide(asked, rules, snapshot);
    QCOMPARE(decision.model, QStringLiteral("ideogram-4"));
    QCOMPARE(decision.rule, QStringLiteral("asked for"));
    QCOMPARE(decision.policy, rules.digest);
    QCOMPARE(decision.skipped.size(), 2);
    QVERIFY(says(decision.skipped, "network") && says(decision.skipped, "cooling down"));
    QVERIFY(decision.fallbacks.isEmpty());
    QVERIFY(decision.shadow.isEmpty() && !decision.isCanary);
}

void TestRouter::drafts_stayHere_data()
{
    QTest::addColumn<QByteArray>("match");
    QTest::addColumn<QString>("model");
    const QString here = QStringLiteral("galley-draft"), there = QStringLiteral("sd3.5-medium");
    QTest::newRow("no match") << QByteArray("tag:x") << here;
    QTest::newRow("everything") << QByteArray("prompt:.*") << here;
    QTest::newRow("its intent") << QByteArray("intent:poster") << here;
    QTest::newRow("fidelity:draft") << QByteArray("fidelity:draft") << there;
    QTest::newRow("intent:preview") << QByteArray("intent:preview") << there;
    QTest::newRow("both intents") << QByteArray("[intent:poster, intent:preview]") << there;
}

void TestRouter::drafts_stayHere()
{
    QFETCH(QByteArray, match);
    QFETCH(QString, model);
    RenderRequest draft = ofNumber(1);
    draft.fidelity = Fidelity::Draft;
    QCOMPARE(decide(draft, policy("default: {final: flux-2-pro}\nroutes:\n  - {match: " + match + ", model: sd-medium}\n")).model, model);
}

void TestRouter::fileDefaults_count()
{
    const RoutePolicy rules = policy("default: {final: flux-2}\n");
    QCOMPARE(decide(request({}), rules).model, QStringLiteral("flux-2-pro"));
    QCOMPARE(decide(request({}), rules).rule, QStringLiteral("default"));
    QCOMPARE(decide(request({}, Fidelity::Mid), rules).model, QStringLiteral("sd3.5-medium"));
}

void TestRouter::weights_areShares_data()
{
    QTest::addColumn<QList<double>>("weights");
    QTest::newRow("70 to 30") << QList<double>{70, 30};
    QTest::newRow("even") << QList<double>{1, 1};
    QTest::newRow("99 to 1") << QList<double>{99, 1};
    QTest::newRow("five models") << QList<double>{40, 30, 15, 10, 5};
    QTest::newRow("small numbers") << QList<double>{0.0007, 0.0003};
    QTest::newRow("one of 0") << QList<double>{60, 0, 40};
}

void TestRouter::weights_areShares()
{
    QFETCH(QList<double>, weights);
    constexpr int draws = 100'000;
    QList<WeightedModel> models;
    double sum = 0;
    for (const double weight : weights) {
        models.append({QStringLiteral("model %1").arg(models.size()), weight});
        sum += weight;
    }
    QList<int> won(weights.size(), 0);
    for (int i = 0; i < draws; ++i)
        ++won[rendezvousOrder(QStringLiteral("r"), QStringLiteral("project %1").arg(i), models).first()];
    for (qsizetype i = 0; i < weights.size(); ++i) {
        const double points = std::abs(100.0 * won.at(i) / draws - 100 * weights.at(i) / sum);
        QVERIFY2(points <= 0.5, qPrintable(QStringLiteral("model %1: %2 of %3").arg(i).arg(won.at(i)).arg(draws)));
    }
}

void TestRouter::raisedWeight_onlyWinsCohorts()
{
    constexpr int projects = 250'000; // four changes each: 1,000,000 comparisons
    QList<QList<WeightedModel>> changes;
    for (const double weight : {5.0, 10.0, 25.0, 80.0, 200.0})
        changes.append({{QStringLiteral("new"), weight}, {QStringLiteral("old"), 70}, {QStringLiteral("older"), 30}});
    int wrong = 0, right = 0;
    for (int i = 0; i < projects; ++i) {
        const QString project = QStringLiteral("p%1").arg(i);
        qsizetype before = -1;
        for (const QList<WeightedModel> &models : std::as_const(changes)) {
            const qsizetype winner = rendezvousOrder(QStringLiteral("r"), project, models).first();
            if (before >= 0 && winner != before)
                winner == 0 ? ++right : ++wrong; // whoever moves goes to the model that was raised
            before = winner;
        }
    }
    QCOMPARE(wrong, 0);
    QVERIFY(right > projects / 3);
}

void TestRouter::rules_spreadIndependently()
{
    const QList<WeightedModel> models{{QStringLiteral("a"), 1}, {QStringLiteral("b"), 1}};
    int same = 0;
    constexpr int projects = 4000;
    for (int i = 0; i < projects; ++i) {
        const QString project = QStringLiteral("p%1").arg(i);
        same += rendezvousOrder(QStringLiteral("one"), project, models).first() == rendezvousOrder(QStringLiteral("two"), project, models).first() ? 1 : 0;
    }
    QVERIFY2(std::abs(same - projects / 2) < projects / 20, qPrintable(QString::number(same)));
    // What belongs to the rule is no part of the project's name.
    QVERIFY(isInCanary(QStringLiteral("ab"), QStringLiteral("c"), 50) || !isInCanary(QStringLiteral("ab"), QStringLiteral("c"), 0));
}

void TestRouter::canary_takesItsCohorts()
{
    const RoutePolicy rules = policy(twoModels("    canary: {model: ideogram-4.5, steps: [5, 50]}\n"));
    const auto taken = [&](const RouteSnapshot &snapshot) {
        int canaries = 0;
        for (int i = 0; i < 2000; ++i) {
            const RouteDecision decision = decide(ofNumber(i), rules, snapshot);
            const bool is = decision.model == QLatin1String("ideogram-4.5");
            if (is != decision.isCanary || is != says(decision.reasons, "of the cohorts that try ideogram-4.5"))
                return -1;
            // A failing candidate costs its requests nothing but time: they go where they would have gone.
            if (is && (decision.fallbacks.isEmpty() || decision.fallbacks.first().model == decision.model))
                return -2;
            canaries += is ? 1 : 0;
        }
        return canaries;
    };
    RouteSnapshot snapshot = m_now;
    QVERIFY(std::abs(taken(snapshot) - 100) < 40); // seen in the file: its first step
    CanaryState state = stateOf("ideogram-4.5");
    state.phase = CanaryState::Phase::Running;
    state.step = 1;
    snapshot.canaries[QStringLiteral("r")] = state;
    QVERIFY(std::abs(taken(snapshot) - 1000) < 150);
    state.phase = CanaryState::Phase::Done;
    snapshot.canaries[QStringLiteral("r")] = state;
    QCOMPARE(taken(snapshot), 2000);
    state.phase = CanaryState::Phase::RolledBack;
    snapshot.canaries[QStringLiteral("r")] = state;
    QCOMPARE(taken(snapshot), 0);
}

void TestRouter::canary_ofAnotherCandidateStartsAnew()
{
    const RoutePolicy rules = policy(twoModels("    canary: {model: ideogram-4.5, steps: [100]}\n"));
    RouteSnapshot snapshot = m_now;
    CanaryState state = stateOf("flux-2-max");
    state.phase = CanaryState::Phase::RolledBack;
    snapshot.canaries[QStringLiteral("r")] = state;
    QVERIFY(decide(ofNumber(1), rules, snapshot).isCanary);
    // A candidate out of reach is skipped, and the request goes where it would have gone.
    snapshot.conditions[QStringLiteral("ideogram-4.5")].outOfRouting = QStringLiteral("Ideogram 4.5 is cooling down.");
    const RouteDecision decision = decide(ofNumber(1), rules, snapshot);
    QVERIFY(!decision.isCanary);
    QVERIFY(decision.model != QLatin1String("ideogram-4.5"));
    QVERIFY(says(decision.skipped, "cooling down"));
}

void TestRouter::raisedCanary_onlyWinsCohorts()
{
    constexpr int projects = 200'000; // five steps: 1,000,000 comparisons
    int wrong = 0, last = 0;
    for (int i = 0; i < projects; ++i) {
        const QString project = QStringLiteral("p%1").arg(i);
        bool before = false;
        for (const double percent : {0.0, 5.0, 10.0, 25.0, 50.0, 99.99}) {
            const bool is = isInCanary(QStringLiteral("r"), project, percent);
            wrong += before && !is ? 1 : 0;
            before = is;
        }
        last += before ? 1 : 0;
    }
    QCOMPARE(wrong, 0);
    QVERIFY(last > projects * 0.999 && last < projects);
}

void TestRouter::shadow_isNeverTheResult()
{
    const RoutePolicy rules = policy(twoModels("    canary: {model: ideogram-4.5, steps: [50], shadow: true}\n"));
    int shadows = 0;
    for (int i = 0; i < 200; ++i) {
        const RouteDecision decision = decide(ofNumber(i), rules);
        QVERIFY(decision.model != QLatin1String("ideogram-4.5"));
        QVERIFY(!decision.isCanary);
        shadows += decision.shadow == QLatin1String("ideogram-4.5") ? 1 : 0;
    }
    QVERIFY(shadows > 60 && shadows < 140);
}

void TestRouter::obstacles_areSkippedWithReason_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("words");
    for (const char *what : {"offline", "key", "cooling down", "retired"})
        QTest::newRow(what) << QString::fromLatin1(what) << QString::fromLatin1(what == QByteArray("offline") ? "network" : what);
}

void TestRouter::obstacles_areSkippedWithReason()
{
    QFETCH(QString, what);
    QFETCH(QString, words);
    const RoutePolicy rules = policy("routes:\n  - name: r\n    split: [{model: ideogram-4}, {model: webui}]\n");
    const QString project = projectFor(QStringLiteral("r"), {QStringLiteral("ideogram-4"), QStringLiteral("webui")});
    QCOMPARE(decide(ofProject(project), rules).model, QStringLiteral("ideogram-4"));
    RouteSnapshot snapshot = m_now;
    if (what == QLatin1String("offline"))
        snapshot.offline = true;
    else if (what == QLatin1String("key"))
        snapshot.backendsWithoutKey = {QStringLiteral("ideogram")};
    else if (what == QLatin1String("retired"))
        snapshot.retired[QStringLiteral("ideogram-4")] = QStringLiteral("ideogram-4 is retired.");
    else
        snapshot.conditions[QStringLiteral("ideogram-4")].outOfRouting = QStringLiteral("Ideogram 4 is cooling down.");
    const RouteDecision decision = decide(ofProject(project), rules, snapshot);
    QCOMPARE(decision.model, QStringLiteral("webui"));
    QCOMPARE(decision.skipped.size(), 1);
    QVERIFY2(decision.skipped.first().contains(words), qPrintable(decision.skipped.first()));
    QVERIFY(says(decision.reasons, "ideogram-4 cannot be taken now, so it goes to webui."));
}

void TestRouter::fallback_namesTheFailure_data()
{
    QTest::addColumn<QByteArray>("on");
    QTest::addColumn<QString>("model");
    const QString waits = QStringLiteral("ideogram-4"), goes = QStringLiteral("webui");
    QTest::newRow("the failure") << QByteArray("on: offline, ") << goes;
    QTest::newRow("one of several") << QByteArray("on: [busy, offline], ") << goes;
    QTest::newRow("none named") << QByteArray() << goes;
    QTest::newRow("another failure") << QByteArray("on: refused, ") << waits;
    QTest::newRow("a person decides") << QByteArray("on: offline, ask: true, ") << waits;
}

void TestRouter::fallback_namesTheFailure()
{
    QFETCH(QByteArray, on);
    QFETCH(QString, model);
    RouteSnapshot snapshot = m_now;
    snapshot.offline = true;
    const RouteDecision decision = decide(ofNumber(1), policy("routes:\n  - {model: ideogram-4, fallback: [{" + on + "model: webui}]}\n"), snapshot);
    QCOMPARE(decision.model, model);
    QCOMPARE(decision.skipped.size(), 1);
    QCOMPARE(says(decision.reasons, "so the request waits for ideogram-4."), decision.model == QLatin1String("ideogram-4"));
    QCOMPARE(decision.fallbacks.size(), decision.model == QLatin1String("ideogram-4") ? 1 : 0);
}

void TestRouter::nothingLeft_waits()
{
    const RoutePolicy rules = policy(twoModels("    fallback: [{on: offline, model: sd-medium}]\n"));
    RouteSnapshot snapshot = m_now;
    snapshot.offline = true;
    for (int i = 0; i < 20; ++i) {
        const RouteDecision before = decide(ofNumber(i), rules), decision = decide(ofNumber(i), rules, snapshot);
        QCOMPARE(decision.model, before.model); // the cohort's own, and no other in its place
        QCOMPARE(decision.skipped.size(), 3);
        QVERIFY(says(decision.reasons, "the request waits for"));
    }
    // One that has ended is not waited for.
    snapshot.retired[QStringLiteral("ideogram-4")] = QStringLiteral("ideogram-4 is gone.");
    for (int i = 0; i < 20; ++i)
        QCOMPARE(decide(ofNumber(i), rules, snapshot).model, QStringLiteral("flux-2-pro"));
}

void TestRouter::allRetired_isAnError()
{
    RouteSnapshot snapshot = m_now;
    snapshot.retired[QStringLiteral("ideogram-4")] = QStringLiteral("ideogram-4 is gone.");
    snapshot.retired[QStringLiteral("flux-2-pro")] = QStringLiteral("flux-2-pro is gone.");
    const auto decision = decideRoute(ofNumber(1), policy(twoModels()), m_catalogue, snapshot);
    QVERIFY(!decision);
    QCOMPARE(decision.error().failure, FailureClass::Retired);
    QVERIFY(decision.error().message.contains(QLatin1String("is gone.")));
    // Of the shipped models.
    QVERIFY(!decideRoute(ofNumber(1), policy("routes:\n  - {model: imagen-4}\n"), m_catalogue, m_now));
    QCOMPARE(decide(ofNumber(1), policy("routes:\n  - {model: imagen-4, fallback: [{on: retired, model: flux-2-pro}]}\n")).model, QStringLiteral("flux-2-pro"));
}

void TestRouter::burst_movesRequests_data()
{
    QTest::addColumn<int>("waiting");
    QTest::addColumn<qint64>("p95");
    QTest::addColumn<bool>("isOut");
    QTest::addColumn<QString>("model");
    const QString stays = QStringLiteral("ideogram-4"), goes = QStringLiteral("ideogram-2-turbo");
    QTest::newRow("nothing to do") << 0 << qint64(-1) << false << stays;
    QTest::newRow("as many as may wait") << 8 << qint64(8000) << false << stays;
    QTest::newRow("one more") << 9 << qint64(-1) << false << goes;
    QTest::newRow("too slow") << 0 << qint64(8001) << false << goes;
    QTest::newRow("the other one is out as well") << 9 << qint64(-1) << true << stays;
}

void TestRouter::burst_movesRequests()
{
    QFETCH(int, waiting);
    QFETCH(qint64, p95);
    QFETCH(bool, isOut);
    QFETCH(QString, model);
    RouteSnapshot snapshot = m_now;
    snapshot.conditions[QStringLiteral("ideogram-4")] = {{}, waiting, p95, false};
    if (isOut)
        snapshot.conditions[QStringLiteral("ideogram-2-turbo")].outOfRouting = QStringLiteral("Ideogram V2 Turbo is cooling down.");
    const RouteDecision decision = decide(ofNumber(1), policy("routes:\n  - {model: ideogram-4, burst: {queue: 8, p95_ms: 8000, model: ideogram-2-turbo}}\n"), snapshot);
    QCOMPARE(decision.model, model);
    QCOMPARE(says(decision.reasons, "go to ideogram-2-turbo."), model == QLatin1String("ideogram-2-turbo"));
    QCOMPARE(decision.skipped.size(), isOut ? 1 : 0);
}

void TestRouter::budget_ofTheRule_data()
{
    QTest::addColumn<double>("spent");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("model");
    QTest::newRow("nothing spent") << 0.0 << 1 << QStringLiteral("ideogram-4");
    QTest::newRow("just enough") << 0.94 << 1 << QStringLiteral("ideogram-4");
    QTest::newRow("not enough") << 0.95 << 1 << QStringLiteral("webui");
    QTest::newRow("not enough for so many") << 0.94 << 2 << QStringLiteral("webui");
}

void TestRouter::budget_ofTheRule()
{
    QFETCH(double, spent);
    QFETCH(int, count);
    QFETCH(QString, model);
    RouteSnapshot snapshot = m_now;
    snapshot.spentByRuleUsd[QStringLiteral("r")] = spent;
    snapshot.spentByRuleUsd[QStringLiteral("another")] = 1000;
    RenderRequest asked = ofNumber(1);
    asked.count = count;
    const RouteDecision decision = decide(asked, policy("routes:\n  - {name: r, model: ideogram-4, budget: {per_day_usd: 1}, fallback: [{on: over_budget, model: webui}]}\n"), snapshot);
    QCOMPARE(decision.model, model);
    QCOMPARE(says(decision.skipped, "may spend 1.00 USD a day"), model == QLatin1String("webui"));
}

void TestRouter::loadedModel_winsTies()
{
    const RoutePolicy rules = policy("routes:\n  - {name: r, split: [{model: ideogram-4}, {model: webui}, {model: sd3.5-medium-local}]}\n");
    const RenderRequest asked = ofProject(projectFor(QStringLiteral("r"), {QStringLiteral("ideogram-4"), QStringLiteral("webui"), QStringLiteral("sd3.5-medium-local")}));
    RouteSnapshot snapshot = m_now;
    snapshot.conditions[QStringLiteral("sd3.5-medium-local")].isLoaded = true;
    QCOMPARE(decide(asked, rules, snapshot).model, QStringLiteral("ideogram-4")); // a cohort's own model is no tie
    snapshot.offline = true;
    QCOMPARE(decide(asked, rules, snapshot).model, QStringLiteral("sd3.5-medium-local"));
    snapshot.conditions.clear();
    QCOMPARE(decide(asked, rules, snapshot).model, QStringLiteral("webui"));
    const RoutePolicy uneven = policy("routes:\n  - {name: r, split: [{model: ideogram-4, weight: 1000}, {model: webui, weight: 900}, {model: sd3.5-medium-local}]}\n");
    snapshot.conditions[QStringLiteral("sd3.5-medium-local")].isLoaded = true;
    QVERIFY(decide(asked, uneven, snapshot).model != QLatin1String("ideogram-4"));
}

void TestRouter::fallbacks_comeAlong()
{
    const RoutePolicy rules = policy("routes:\n  - {model: ideogram-4, fallback: [{on: [busy, offline], model: sd-medium}, {on: [refused], ask: true}]}\n");
    const QList<RouteFallback> expected{{QStringLiteral("sd3.5-medium"), {QStringLiteral("busy"), QStringLiteral("offline")}, false},
                                        {QString(), {QStringLiteral("refused")}, true}};
    QVERIFY(decide(ofNumber(1), rules).fallbacks == expected);
}

void TestRouter::unresolvableTemplate_isAnError()
{
    RenderRequest asked = ofProject(QStringLiteral("x"), QStringLiteral("a poster of {nobody}"));
    const auto decision = decideRoute(asked, policy(printed), m_catalogue, m_now);
    QVERIFY(!decision);
    QVERIFY(decision.error().message.contains(QLatin1String("nobody")));
    QVERIFY(decideRoute(asked, policy(twoModels()), m_catalogue, m_now)); // no rule looks at the prompt
}

void TestRouter::decision_isAFunctionOfItsArguments()
{
    const RoutePolicy rules = policy(twoModels("    canary: {model: ideogram-4.5, steps: [50]}\n"));
    RoutePolicy bare = rules;
    bare.matcher.reset(); // compiled when it is needed
    for (int i = 0; i < 50; ++i) {
        const RouteDecision decision = decide(ofNumber(i), rules);
        QVERIFY(decision == decide(ofNumber(i), rules));
        QVERIFY(decision == decide(ofNumber(i), bare));
    }
}

QTEST_GUILESS_MAIN(TestRouter)
#include "tst_router.moc"
