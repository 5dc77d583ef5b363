#include "tests/core/service/routingrig.h"

#include <QSignalSpy>

using namespace Galley;

namespace {

const QByteArray broken("routes:\n  - match: \"intent:poster\"\n    model: nowhere\n");

} // namespace

/// The rules in force: a watched file, its history, two windows.
class TestRouting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void noFile_isTheDefaults();
    void file_actsOnTheNextRequest();
    void replacedFile_isFollowed();
    void invalidFile_keepsTheLastGood_data();
    void invalidFile_keepsTheLastGood();
    void invalidFile_isKeptOutAtTheStart();
    void removedFile_isTheDefaultsAgain();
    void severalSteps_flashNoError();
    void decision_knowsItsRevision();
    void apply_writesTheWholeText();
    void apply_refusesWhatIsWrong();
    void apply_refusesWhenTheFileIsAnother();
    void apply_inTwoWindows_oneIsRefused();
    void rollBack_isInForceAtOnce();
    void rollBack_goesOnBackwards();
    void rollBack_toANumber();
    void rollBack_withNothingBefore_isASentence();
    void rollBack_isFollowedByTheOtherWindow();
    void sameChange_inTwoWindows_isOneRevision();
    void history_survivesARestart();
    void cutJournal_isReadOn();
    void modelThatGoes_takesNoRulesDown();
    void heldModel_isLeftOut();
    void clockJumps_changeNothing_data();
    void clockJumps_changeNothing();
    void dryRun_tellsWhatWouldChange();
    void rollBack_marksWhatWouldGoElsewhere();
    void metrics_areThoseOfTheLibrary();
    void manyReloads_loseNothing();

private:
    JobRecord accept(RoutingWindow &window, const char *model, const QString &policy, const char *outcome = "done");

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RoutingWindow> m_window;
};

void TestRouting::init()
{
    m_window.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_window = std::make_unique<RoutingWindow>(m_folder->path());
}

void TestRouting::noFile_isTheDefaults()
{
    m_window->open();
    QCOMPARE(m_window->routing->revision(), 0);
    QVERIFY(m_window->routing->problem().isEmpty());
    QVERIFY(m_window->routing->policy().rules.isEmpty());
    QVERIFY(waitFor(m_window->routing->history())->isEmpty());
}

void TestRouting::file_actsOnTheNextRequest()
{
    m_window->open();
    m_window->write(rulesFor("simple"));
    QVERIFY(m_window->comesInForce(rulesFor("simple")));
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
    QVERIFY(m_window->isNumbered(1));
    m_window->write(rulesFor("ratio"));
    QVERIFY(m_window->comesInForce(rulesFor("ratio")));
    QCOMPARE(m_window->modelFor(), QStringLiteral("ratio"));
    QVERIFY(m_window->isNumbered(2));
    const auto revisions = waitFor(m_window->routing->history());
    QCOMPARE(revisions->size(), 2);
    QCOMPARE(revisions->first().text, rulesFor("ratio"));
    QCOMPARE(revisions->first().origin, QStringLiteral("file"));
    QCOMPARE(revisions->first().author, QStringLiteral("ada"));
    QCOMPARE(revisions->last().text, rulesFor("simple"));
}

/// As most editors do it, and again and again: the watch must not stay on a file that has gone.
void TestRouting::replacedFile_isFollowed()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    for (const char *model : {"ratio", "full", "simple", "wide"}) {
        QFile file(m_window->rulesFile() + QStringLiteral("~"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(rulesFor(model)) > 0);
        file.close();
        QVERIFY(::rename(qPrintable(file.fileName()), qPrintable(m_window->rulesFile())) == 0);
        QVERIFY2(m_window->comesInForce(rulesFor(model)), model);
    }
    m_window->write(rulesFor("tables"));
    QVERIFY(m_window->comesInForce(rulesFor("tables")));
}

void TestRouting::invalidFile_keepsTheLastGood_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("said");
    QTest::newRow("no YAML") << QByteArray("routes: [") << QStringLiteral("routes.yaml:");
    QTest::newRow("unknown model") << broken << QStringLiteral("nowhere");
    QTest::newRow("too large") << QByteArray("# ").append(QByteArray(600 * 1024, 'x')) << QStringLiteral("512 KB");
    QTest::newRow("NUL") << QByteArray("routes:\0", 8) << QStringLiteral("routes.yaml");
}

void TestRouting::invalidFile_keepsTheLastGood()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, said);
    m_window->write(rulesFor("simple"));
    m_window->open();
    m_window->write(text);
    QVERIFY(QTest::qWaitFor([&] { return !m_window->routing->problem().isEmpty(); }, 60'000));
    QVERIFY2(m_window->routing->problem().contains(said), qPrintable(m_window->routing->problem()));
    QVERIFY(!m_window->routing->findings().isEmpty());
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
    QCOMPARE(m_window->routing->revision(), 1);
    m_window->write(rulesFor("ratio"));
    QVERIFY(m_window->comesInForce(rulesFor("ratio")));
    QVERIFY(m_window->routing->problem().isEmpty());
}

void TestRouting::invalidFile_isKeptOutAtTheStart()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    m_window->routing.reset();
    m_window->write(broken);
    m_window->open(false);
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
    QVERIFY(m_window->routing->problem().contains(QLatin1String("nowhere")));
    QCOMPARE(m_window->routing->revision(), 1);
    m_window->start();
    QCOMPARE(m_window->routing->revision(), 1);
    QCOMPARE(waitFor(m_window->routing->history())->size(), 1);
}

void TestRouting::removedFile_isTheDefaultsAgain()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    QVERIFY(QFile::remove(m_window->rulesFile()));
    QVERIFY(m_window->comesInForce({}));
    QVERIFY(m_window->routing->policy().rules.isEmpty());
    QVERIFY(m_window->isNumbered(2));
}

void TestRouting::severalSteps_flashNoError()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    QStringList problems;
    connect(m_window->routing.get(), &RoutingService::policyChanged, this, [&] { problems.append(m_window->routing->problem()); });
    // Emptied, half of it, the whole.
    m_window->write({});
    QTest::qWait(60);
    m_window->write(rulesFor("ratio").left(40));
    QTest::qWait(60);
    m_window->write(rulesFor("ratio"));
    QVERIFY(m_window->comesInForce(rulesFor("ratio")));
    QVERIFY(m_window->isNumbered(2));
    problems.removeAll(QString());
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('|'))));
    QCOMPARE(waitFor(m_window->routing->history())->size(), 2);
}

void TestRouting::decision_knowsItsRevision()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    RenderRequest request;
    request.source = sampleTemplate();
    request.intent = QStringLiteral("poster");
    const auto decision = m_window->routing->decide(request);
    QVERIFY(decision);
    QCOMPARE(decision->revision, 1);
    QCOMPARE(decision->policy, m_window->routing->policy().digest);
    QVERIFY(!decision->policy.isEmpty());
}

void TestRouting::apply_writesTheWholeText()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    const auto number = waitFor(m_window->routing->apply(rulesFor("ratio"), QStringLiteral("try it"), 1));
    QVERIFY2(number, number ? "" : qPrintable(number.error().message));
    QCOMPARE(*number, 2);
    QCOMPARE(m_window->onDisk(), rulesFor("ratio"));
    QCOMPARE(m_window->modelFor(), QStringLiteral("ratio"));
    const auto revisions = waitFor(m_window->routing->history());
    QCOMPARE(revisions->first().note, QStringLiteral("try it"));
    QCOMPARE(revisions->first().origin, QStringLiteral("apply"));
    // The watch sees our own write: it is no other revision.
    QTest::qWait(300);
    QCOMPARE(m_window->routing->revision(), 2);
    QCOMPARE(waitFor(m_window->routing->history())->size(), 2);
}

void TestRouting::apply_refusesWhatIsWrong()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    const auto wrong = waitFor(m_window->routing->apply(broken, {}, 1));
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().code, ErrorCode::InvalidInput);
    QVERIFY(wrong.error().message.contains(QLatin1String(":3: ")));
    QCOMPARE(m_window->onDisk(), rulesFor("simple"));
    QCOMPARE(waitFor(m_window->routing->history())->size(), 1);
}

void TestRouting::apply_refusesWhenTheFileIsAnother()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    m_window->write(rulesFor("full"));  // a moment ago: nobody has seen it yet
    const auto late = waitFor(m_window->routing->apply(rulesFor("ratio"), {}, 1));
    QVERIFY(!late);
    QCOMPARE(late.error().code, ErrorCode::Refused);
    QCOMPARE(m_window->onDisk(), rulesFor("full"));
}

void TestRouting::apply_inTwoWindows_oneIsRefused()
{
    m_window->write(rulesFor("simple"));
    RoutingWindow other(m_folder->path());
    m_window->open();
    other.open();
    const auto first = m_window->routing->apply(rulesFor("ratio"), QStringLiteral("mine"), 1);
    const auto second = other.routing->apply(rulesFor("full"), QStringLiteral("hers"), 1);
    const auto mine = waitFor(first);
    const auto hers = waitFor(second);
    QVERIFY(bool(mine) != bool(hers));
    QCOMPARE((mine ? hers : mine).error().code, ErrorCode::Refused);
    const QByteArray winner = mine ? rulesFor("ratio") : rulesFor("full");
    QCOMPARE(m_window->onDisk(), winner);
    QVERIFY(m_window->comesInForce(winner) && other.comesInForce(winner));
    QVERIFY(m_window->isNumbered(2) && other.isNumbered(2));
}

void TestRouting::rollBack_isInForceAtOnce()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    QVERIFY(waitFor(m_window->routing->apply(rulesFor("ratio"), {}, 1)));
    const auto future = m_window->routing->rollBack();
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));  // no event loop has run since
    const auto report = waitFor(future);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->withdrawnModel.isEmpty());
    QCOMPARE(m_window->routing->revision(), 3);
    QCOMPARE(m_window->onDisk(), rulesFor("simple"));
    QCOMPARE(waitFor(m_window->routing->history())->first().origin, QStringLiteral("rollback to 1"));
}

void TestRouting::rollBack_goesOnBackwards()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    QVERIFY(waitFor(m_window->routing->apply(rulesFor("ratio"), {}, 1)));
    QVERIFY(waitFor(m_window->routing->apply(rulesFor("full"), {}, 2)));
    QVERIFY(waitFor(m_window->routing->rollBack()));
    QCOMPARE(m_window->onDisk(), rulesFor("ratio"));
    QVERIFY(waitFor(m_window->routing->rollBack()));
    QCOMPARE(m_window->onDisk(), rulesFor("simple"));
    const auto end = waitFor(m_window->routing->rollBack());
    QVERIFY(!end);
    QCOMPARE(end.error().code, ErrorCode::Refused);
    QCOMPARE(waitFor(m_window->routing->history())->size(), 5);
}

void TestRouting::rollBack_toANumber()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    QVERIFY(waitFor(m_window->routing->apply(rulesFor("ratio"), {}, 1)));
    QVERIFY(waitFor(m_window->routing->apply(rulesFor("full"), {}, 2)));
    QVERIFY(waitFor(m_window->routing->rollBack(1)));
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
    QVERIFY(waitFor(m_window->routing->rollBack(3)));
    QCOMPARE(m_window->modelFor(), QStringLiteral("full"));
    QCOMPARE(waitFor(m_window->routing->rollBack(3)).error().code, ErrorCode::Refused);
    QCOMPARE(waitFor(m_window->routing->rollBack(77)).error().code, ErrorCode::NotFound);
}

void TestRouting::rollBack_withNothingBefore_isASentence()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    QCOMPARE(waitFor(m_window->routing->rollBack()).error().code, ErrorCode::Refused);
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
}

void TestRouting::rollBack_isFollowedByTheOtherWindow()
{
    m_window->write(rulesFor("simple"));
    RoutingWindow other(m_folder->path());
    m_window->open();
    other.open();
    QVERIFY(waitFor(m_window->routing->apply(rulesFor("ratio"), {}, 1)));
    QVERIFY(other.comesInForce(rulesFor("ratio")) && other.isNumbered(2));
    QVERIFY(waitFor(other.routing->rollBack()));
    QVERIFY(m_window->comesInForce(rulesFor("simple")) && m_window->isNumbered(3));
    QCOMPARE(waitFor(m_window->routing->history())->size(), 3);
    // Both know how it came about: going on from the window that did not do it goes back, not forth.
    QCOMPARE(waitFor(m_window->routing->rollBack()).error().code, ErrorCode::Refused);
}

void TestRouting::sameChange_inTwoWindows_isOneRevision()
{
    RoutingWindow other(m_folder->path());
    m_window->open();
    other.open();
    for (int i = 1; i <= 6; ++i) {
        const QByteArray text = rulesFor("simple") + QByteArray("# ") + QByteArray::number(i) + '\n';
        m_window->write(text);
        QVERIFY(m_window->comesInForce(text) && other.comesInForce(text));
        QVERIFY(m_window->isNumbered(i) && other.isNumbered(i));
    }
    QCOMPARE(waitFor(m_window->routing->history())->size(), 6);
}

void TestRouting::history_survivesARestart()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    QVERIFY(waitFor(m_window->routing->apply(rulesFor("ratio"), {}, 1)));
    m_window->routing.reset();
    m_window->open(false);
    QCOMPARE(m_window->routing->revision(), 2);  // before the library has been asked
    m_window->start();
    QCOMPARE(m_window->routing->revision(), 2);
    QVERIFY(waitFor(m_window->routing->rollBack()));
    QCOMPARE(m_window->onDisk(), rulesFor("simple"));
}

void TestRouting::cutJournal_isReadOn()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    m_window->routing.reset();
    QFile journal(m_folder->filePath(QStringLiteral("data/routes-history/journal.jsonl")));
    QVERIFY(journal.open(QIODevice::Append) && journal.write("{\"by\":\"x\",\"revision\":{\"num") > 0);
    journal.close();
    m_window->open();
    QVERIFY(waitFor(m_window->routing->apply(rulesFor("ratio"), {}, 1)));
    m_window->routing.reset();
    m_window->open(false);
    QCOMPARE(m_window->routing->revision(), 2);
}

void TestRouting::modelThatGoes_takesNoRulesDown()
{
    QDir().mkpath(m_folder->filePath(QStringLiteral("config")));
    QFile models(m_folder->filePath(QStringLiteral("config/models.yaml")));
    const QByteArray own("models:\n  mine: {label: Mine, backend: able, upstream: m, tier: mid, dialect: prose}\n");
    QVERIFY(models.open(QIODevice::WriteOnly) && models.write(own) > 0);
    models.close();
    m_window->models.reload();
    m_window->write(rulesFor("mine"));
    m_window->open();
    QCOMPARE(m_window->modelFor(), QStringLiteral("mine"));
    QVERIFY(models.remove());
    m_window->models.reload();
    QCOMPARE(m_window->routing->policy().rules.size(), 1);
    m_window->write(rulesFor("simple"));
    QVERIFY(m_window->comesInForce(rulesFor("simple")));
}

void TestRouting::heldModel_isLeftOut()
{
    m_window->write("routes:\n  - {match: \"intent:.\", model: simple, fallback: [{on: [busy], model: ratio}]}\n");
    m_window->open();
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
    QSignalSpy changed(m_window->routing.get(), &RoutingService::healthChanged);
    m_window->routing->holdModel(QStringLiteral("simple"), true);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(m_window->modelFor(), QStringLiteral("ratio"));
    m_window->routing.reset();
    m_window->open();
    QVERIFY(QTest::qWaitFor([&] { return m_window->modelFor() == QStringLiteral("ratio"); }, 60'000));
    m_window->routing->holdModel(QStringLiteral("simple"), false);
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
}

void TestRouting::clockJumps_changeNothing_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("an hour on") << qint64(3600);
    QTest::newRow("an hour back") << qint64(-3600);
    QTest::newRow("a year on") << qint64(365) * 86'400;
    QTest::newRow("a year back") << qint64(-365) * 86'400;
}

/// Two failures take a model out for half a minute of real time, whatever the wall clock says meanwhile.
void TestRouting::clockJumps_changeNothing()
{
    QFETCH(const qint64, seconds);
    m_window->time = QDateTime(QDate(2026, 11, 25), QTime(12, 0));
    m_window->boot = {QStringLiteral("boot"), 1'000'000};
    m_window->write("routes:\n  - {match: \"intent:.\", model: simple, fallback: [{on: [busy], model: ratio}]}\n");
    m_window->open();
    JobAttempt attempt;
    attempt.model = QStringLiteral("simple");
    const Error error{ErrorCode::ServiceFailed, QStringLiteral("Down."), {}, FailureClass::NotSent};
    for (int i = 0; i < 2; ++i)
        m_window->routing->ended(JobRecord(), attempt, &error, true);
    QCOMPARE(m_window->modelFor(), QStringLiteral("ratio"));
    m_window->time = m_window->time.addSecs(seconds);
    QCOMPARE(m_window->modelFor(), QStringLiteral("ratio"));
    m_window->boot.ms += 29'000;
    QCOMPARE(m_window->modelFor(), QStringLiteral("ratio"));
    m_window->boot.ms += 2'000;
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
    // Revisions go on in their order.
    QVERIFY(waitFor(m_window->routing->apply(rulesFor("full"), {}, 1)));
    QVERIFY(waitFor(m_window->routing->rollBack()));
    QCOMPARE(m_window->routing->revision(), 3);
    QCOMPARE(waitFor(m_window->routing->history())->first().number, 3);
}

JobRecord TestRouting::accept(RoutingWindow &window, const char *model, const QString &policy, const char *outcome)
{
    JobRecord job = newJob(0, QString::fromLatin1(model));
    job.decision.policy = policy;
    job.createdAt = QDateTime::currentDateTimeUtc();
    JobAttempt attempt;
    attempt.startedAt = job.createdAt;
    attempt.model = job.decision.model;
    attempt.outcome = QString::fromLatin1(outcome);
    attempt.milliseconds = 100;
    job.attempts = {attempt};
    static int shade = 0;
    NewAsset picture = samplePicture(++shade);
    picture.record.routedModel = job.decision.model;
    job.id = waitFor(window.store.addJob(job, {}, {}))->id;
    return waitFor(window.store.acceptJob(job, {picture}, Charge::release())).value();
}

void TestRouting::dryRun_tellsWhatWouldChange()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    for (int i = 0; i < 3; ++i)
        accept(*m_window, "simple", m_window->routing->policy().digest);
    const auto same = waitFor(m_window->routing->dryRun(rulesFor("simple")));
    QVERIFY(same);
    QCOMPARE(same->requests, 3);
    QVERIFY(same->changes.isEmpty());
    const auto other = waitFor(m_window->routing->dryRun(rulesFor("ratio")));
    QCOMPARE(other->changes.size(), 3);
    QCOMPARE(other->changes.first().before, QStringLiteral("simple"));
    QCOMPARE(other->changes.first().after, QStringLiteral("ratio"));
    QVERIFY(!other->changes.first().because.isEmpty());
    const auto wrong = waitFor(m_window->routing->dryRun(broken));
    QVERIFY(wrong && !wrong->findings.isEmpty() && wrong->requests == 0);
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
}

void TestRouting::rollBack_marksWhatWouldGoElsewhere()
{
    m_window->write(rulesFor("simple"));
    m_window->open();
    const JobRecord before = accept(*m_window, "simple", m_window->routing->policy().digest);
    QVERIFY(waitFor(m_window->routing->apply(rulesFor("ratio"), {}, 1)));
    const JobRecord withdrawn = accept(*m_window, "ratio", m_window->routing->policy().digest);
    const auto report = waitFor(m_window->routing->rollBack());
    QVERIFY(report);
    QCOMPARE(report->pictures, withdrawn.assets);
    QCOMPARE(waitFor(m_window->store.markedAssets(withdrawnMark())).value(), withdrawn.assets);
    QVERIFY(waitFor(m_window->store.asset(before.assets.first()))->mark.isEmpty());
}

void TestRouting::metrics_areThoseOfTheLibrary()
{
    m_window->open();
    for (int i = 0; i < 6; ++i)
        accept(*m_window, "simple", {});
    accept(*m_window, "ratio", {}, "busy");
    const auto metrics = waitFor(m_window->routing->metrics());
    QVERIFY(metrics);
    QCOMPARE(metrics->size(), 2);
    const ModelMetrics &ratio = metrics->first();
    QCOMPARE(ratio.model, QStringLiteral("ratio"));
    QCOMPARE(ratio.failures.value(QStringLiteral("busy")), 1);
    QCOMPARE(ratio.p95, -1.0);
    const ModelMetrics &simple = metrics->last();
    QCOMPARE(simple.renders, 6);
    QCOMPARE(simple.p50, 100.0);
    QVERIFY(qAbs(simple.share - 6.0 / 7) < 1e-9);
}

/// Each text names its own model in a rule of its own name: a decision that mixes two of them would show.
void TestRouting::manyReloads_loseNothing()
{
    const int reloads = qEnvironmentVariableIntValue("GALLEY_RELOADS") > 0 ? qEnvironmentVariableIntValue("GALLEY_RELOADS") : 100;
    const char *const models[] = {"simple", "ratio", "full", "wide"};
    m_window->write(rulesFor("simple"));
    m_window->open();
    int decisions = 0;
    for (int i = 0; i < reloads; ++i) {
        const char *model = models[i % 4];
        const QByteArray text = QByteArray("routes:\n  - {name: r-") + model + ", match: \"intent:.\", model: " + model + "}\n# " + QByteArray::number(i) + '\n';
        m_window->write(text);
        const bool came = QTest::qWaitFor(
            [&] {
                RenderRequest request;
                request.source = sampleTemplate();
                request.intent = QStringLiteral("poster");
                const auto decision = m_window->routing->decide(request);
                ++decisions;
                if (!decision || (decision->rule != QLatin1String("all") && decision->rule != QLatin1String("r-") + decision->model))
                    qFatal("misrouted");
                return m_window->routing->rules()->textInForce() == text;
            },
            60'000);
        QVERIFY2(came, qPrintable(QString::number(i)));
    }
    QVERIFY(decisions >= reloads);
    QVERIFY(m_window->isNumbered(reloads + 1));
    QCOMPARE(waitFor(m_window->routing->history())->size(), std::min(1000, reloads + 1));
}

QTEST_GUILESS_MAIN(TestRouting)
#include "tst_routing.moc"
