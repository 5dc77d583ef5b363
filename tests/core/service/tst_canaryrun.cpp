#include "tests/core/service/routingrig.h"

#include <QSignalSpy>

using namespace Galley;

namespace {

constexpr qint64 hour = 3'600'000;

QByteArray trial(const char *more = "")
{
    return QByteArray("routes:\n  - name: posters\n    match: \"intent:poster\"\n    model: simple\n"
                      "    canary: {model: ratio, steps: [5, 10, 25, 50, 100], bake: 24h, min_renders: 20")
               .append(more)
        + "}\n";
}

} // namespace

/// Canaries through the real library, with clocks that the test moves.
class TestCanaryRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void canary_beginsAtItsFirstStep();
    void brokenCandidate_isStopped();
    void rejectedButMadeElsewhere_isTheModelsFault();
    void goodCandidate_waitsForAPerson();
    void sevenDays_leadToTheTop();
    void rollBack_withdrawsAtOnce();
    void rollBack_isFollowedByTheOtherWindow();
    void rolledBack_staysSoAfterARestart();
    void restart_beginsAnew();
    void hold_andResume();
    void clockJumps_promoteNothing_data();
    void clockJumps_promoteNothing();
    void otherCandidate_beginsAnew();
    void events_areOnlyEverAdded();
    void unknownRule_isASentence();

private:
    void open(const QByteArray &rules);
    void reopen();
    /// One render of the rule by \a model, as the queue leaves it in the library.
    JobRecord render(const char *model, const char *outcome = "done", double milliseconds = 1000, const char *then = nullptr);
    void judged();
    CanaryStatus status() const { return m_window->routing->canaries().value(0); }
    CanaryState::Phase phase() const { return status().state.phase; }
    void pass(qint64 ms);
    /// Projects among a thousand that the candidate takes.
    int taken() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RoutingWindow> m_window;
    int m_renders = 0;
};

void TestCanaryRun::init()
{
    m_window.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_renders = 0;
}

void TestCanaryRun::open(const QByteArray &rules)
{
    m_window = std::make_unique<RoutingWindow>(m_folder->path());
    m_window->time = QDateTime(QDate(2026, 11, 25), QTime(9, 0));
    m_window->boot = {QStringLiteral("this start"), 10'000'000};
    m_window->write(rules);
    m_window->open();
    QVERIFY(QTest::qWaitFor([&] { return !m_window->routing->canaries().isEmpty() && phase() != CanaryState::Phase::Waiting; }, 10'000)
            || phase() == CanaryState::Phase::Waiting);
    judged();
}

void TestCanaryRun::reopen()
{
    const auto time = m_window->time;
    const auto boot = m_window->boot;
    m_window = std::make_unique<RoutingWindow>(m_folder->path());
    m_window->time = time;
    m_window->boot = boot;
    m_window->open();
}

JobRecord TestCanaryRun::render(const char *model, const char *outcome, double milliseconds, const char *then)
{
    JobRecord job = newJob(0, QString::fromLatin1(model));
    job.decision.rule = QStringLiteral("posters");
    job.createdAt = m_window->time;
    const auto attempt = [&](const char *by, const char *came) {
        JobAttempt sent;
        sent.startedAt = m_window->time;
        sent.model = QString::fromLatin1(by);
        sent.outcome = QString::fromLatin1(came);
        sent.milliseconds = milliseconds;
        return sent;
    };
    job.attempts = {attempt(model, outcome)};
    if (then) {
        job.attempts.append(attempt(then, "done"));
        job.decision.model = QString::fromLatin1(then);
    }
    job.id = waitFor(m_window->store.addJob(job, {}, {}))->id;
    if (qstrcmp(job.attempts.last().outcome.toLatin1(), "done") == 0) {
        NewAsset picture = samplePicture(++m_renders);
        picture.record.rule = job.decision.rule;
        picture.record.routedModel = job.decision.model;
        job = waitFor(m_window->store.acceptJob(job, {picture}, Charge::release())).value();
    } else {
        job.state = JobState::Failed;
        waitFor(m_window->store.saveJob(job));
    }
    m_window->routing->finished(job);
    judged();
    return job;
}

/// Until whatever was asked of the library has been answered.
void TestCanaryRun::judged()
{
    for (int i = 0; i < 3; ++i) {
        waitFor(m_window->store.canaries());
        QTest::qWait(0);
    }
}

void TestCanaryRun::pass(qint64 ms)
{
    m_window->time = m_window->time.addMSecs(ms);
    m_window->boot.ms += ms;
    m_window->routing->canaryRun()->lookAtAll();
    judged();
}

int TestCanaryRun::taken() const
{
    int count = 0;
    for (int i = 0; i < 1000; ++i)
        count += m_window->modelFor(QString::number(i)) == QLatin1String("ratio");
    return count;
}

void TestCanaryRun::canary_beginsAtItsFirstStep()
{
    open(trial());
    QCOMPARE(m_window->routing->canaries().size(), 1);
    QCOMPARE(status().rule, QStringLiteral("posters"));
    QCOMPARE(status().control, QStringLiteral("simple"));
    QCOMPARE(status().state.step, 0);
    QCOMPARE(status().cohorts, 500);
    QVERIFY(taken() > 20 && taken() < 90);
}

void TestCanaryRun::brokenCandidate_isStopped()
{
    open(trial());
    QSignalSpy stopped(m_window->routing->canaryRun(), &CanaryRun::rolledBack);
    const JobRecord good = render("ratio");
    for (int i = 0; i < 30; ++i)
        render("simple");
    int failures = 0;
    while (phase() != CanaryState::Phase::RolledBack && failures < 10) {
        render("ratio", "ambiguous");
        ++failures;
    }
    QVERIFY2(failures <= 6, qPrintable(QString::number(failures)));  // how soon is the judge's own test
    QCOMPARE(taken(), 0);
    QVERIFY(QTest::qWaitFor([&] { return stopped.count() == 1; }, 60'000));
    judged();
    // What it had made is marked.
    QCOMPARE(waitFor(m_window->store.markedAssets(withdrawnMark())).value(), good.assets);
}

void TestCanaryRun::rejectedButMadeElsewhere_isTheModelsFault()
{
    open(trial());
    for (int i = 0; i < 5; ++i)
        render("simple");
    for (int i = 0; i < 8; ++i)
        render("ratio", "refused");  // the request's own fault, as far as anybody knows
    QVERIFY(phase() != CanaryState::Phase::RolledBack);
    QCOMPARE(status().report.renders, 0);
    for (int i = 0; i < 6; ++i)
        render("ratio", "rejected", 100, "simple");
    QCOMPARE(phase(), CanaryState::Phase::RolledBack);
}

void TestCanaryRun::goodCandidate_waitsForAPerson()
{
    open(trial());
    for (int i = 0; i < 25; ++i) {
        render("ratio", "done", 1000 + i % 7 * 20);
        render("simple", "done", 1000 + i % 5 * 30);
    }
    QCOMPARE(status().report.verdict, CanaryVerdict::Hold);  // its time is not over
    pass(25 * hour);
    QCOMPARE(status().report.verdict, CanaryVerdict::Promote);
    QCOMPARE(status().state.step, 0);
    const auto promoted = waitFor(m_window->routing->promote(QStringLiteral("posters")));
    QVERIFY2(promoted, promoted ? "" : qPrintable(promoted.error().message));
    QCOMPARE(status().state.step, 1);
    QCOMPARE(status().cohorts, 1000);
}

/// Twenty renders of each a day; every window is closed at night, and the file allows it to rise by itself.
void TestCanaryRun::sevenDays_leadToTheTop()
{
    open(trial(", promote: auto"));
    QList<int> steps;
    for (int day = 0; day < 7; ++day) {
        for (int i = 0; i < 24; ++i) {
            render("ratio", "done", 1000 + i % 7 * 20);
            render("simple", "done", 1000 + i % 5 * 30);
        }
        reopen();
        for (int hours = 0; hours < 24; ++hours)
            pass(hour);
        steps.append(status().state.step);
        if (phase() == CanaryState::Phase::Done)
            break;
        QVERIFY(phase() != CanaryState::Phase::RolledBack);
    }
    QVERIFY2(std::is_sorted(steps.cbegin(), steps.cend()), "it has gone back");
    QVERIFY(steps.size() >= 5);
    QCOMPARE(steps.last(), 4);
    QCOMPARE(taken(), 1000);
    const auto events = waitFor(m_window->store.canaryEvents(QStringLiteral("posters")));
    QVERIFY(events->size() >= 5);
}

void TestCanaryRun::rollBack_withdrawsAtOnce()
{
    open(trial());
    const JobRecord withdrawn = render("ratio");
    render("simple");
    QVERIFY(taken() > 0);
    const auto future = m_window->routing->rollBack();
    QCOMPARE(taken(), 0);  // no event loop has run since
    const auto report = waitFor(future);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->withdrawnModel, QStringLiteral("ratio"));
    QVERIFY2(report->sentence.startsWith(QLatin1String("Ratio ")), qPrintable(report->sentence));
    QCOMPARE(report->rule, QStringLiteral("posters"));
    QCOMPARE(report->pictures, withdrawn.assets);
    QCOMPARE(m_window->onDisk(), trial());  // the file stays as it is
}

void TestCanaryRun::rollBack_isFollowedByTheOtherWindow()
{
    open(trial());
    RoutingWindow other(m_folder->path());
    other.time = m_window->time;
    other.boot = m_window->boot;
    other.open();
    QVERIFY(waitFor(other.routing->rollBack()));
    QVERIFY(QTest::qWaitFor([&] { return phase() == CanaryState::Phase::RolledBack; }, 60'000));
    QCOMPARE(taken(), 0);
}

void TestCanaryRun::rolledBack_staysSoAfterARestart()
{
    open(trial());
    QVERIFY(waitFor(m_window->routing->rollBack()));
    m_window->routing.reset();
    m_window->open(false);
    QCOMPARE(taken(), 0);  // before the library has been asked
    m_window->start();
    QCOMPARE(taken(), 0);
    QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("data/routes-history/journal.jsonl"))));
    m_window->routing.reset();
    m_window->open();
    QCOMPARE(taken(), 0);
}

void TestCanaryRun::restart_beginsAnew()
{
    open(trial());
    for (int i = 0; i < 6; ++i)
        render("ratio", "ambiguous");
    QCOMPARE(phase(), CanaryState::Phase::RolledBack);
    QVERIFY(waitFor(m_window->routing->restartCanary(QStringLiteral("posters"))));
    judged();
    m_window->routing->canaryRun()->lookAtAll();
    judged();
    QVERIFY(phase() != CanaryState::Phase::RolledBack);  // what it did before is not held against it
    QVERIFY(taken() > 0);
}

void TestCanaryRun::hold_andResume()
{
    open(trial());
    render("ratio");
    QVERIFY(waitFor(m_window->routing->holdCanary(QStringLiteral("posters"), true)));
    QCOMPARE(phase(), CanaryState::Phase::Held);
    QVERIFY(waitFor(m_window->routing->holdCanary(QStringLiteral("posters"), false)));
    QVERIFY(phase() != CanaryState::Phase::Held);
}

void TestCanaryRun::clockJumps_promoteNothing_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("an hour on") << qint64(3600);
    QTest::newRow("an hour back") << qint64(-3600);
    QTest::newRow("a year on") << qint64(365) * 86'400;
    QTest::newRow("a year back") << qint64(-365) * 86'400;
}

/// A wall clock that jumps neither lets a step end nor hides what the candidate does.
void TestCanaryRun::clockJumps_promoteNothing()
{
    QFETCH(const qint64, seconds);
    open(trial(", promote: auto"));
    for (int i = 0; i < 25; ++i) {
        render("ratio", "done", 1000 + i % 7 * 20);
        render("simple", "done", 1000 + i % 5 * 30);
    }
    m_window->time = m_window->time.addSecs(seconds);
    m_window->routing->canaryRun()->lookAtAll();
    judged();
    QCOMPARE(status().state.step, 0);
    reopen();
    m_window->routing->canaryRun()->lookAtAll();
    judged();
    QCOMPARE(status().state.step, 0);
    int failures = 0;
    while (phase() != CanaryState::Phase::RolledBack && failures < 60) {
        render("ratio", "ambiguous");
        ++failures;
    }
    QCOMPARE(phase(), CanaryState::Phase::RolledBack);
}

void TestCanaryRun::otherCandidate_beginsAnew()
{
    open(trial());
    QVERIFY(waitFor(m_window->routing->rollBack()));
    const QByteArray other = QByteArray(trial()).replace("model: ratio", "model: wide");
    m_window->write(other);
    QVERIFY(m_window->comesInForce(other));
    judged();
    QCOMPARE(status().state.candidate, QStringLiteral("wide"));
    QVERIFY(phase() != CanaryState::Phase::RolledBack);
}

void TestCanaryRun::events_areOnlyEverAdded()
{
    open(trial());
    render("ratio");
    QVERIFY(waitFor(m_window->routing->holdCanary(QStringLiteral("posters"), true)));
    QVERIFY(waitFor(m_window->routing->rollBack()));
    QVERIFY(waitFor(m_window->routing->restartCanary(QStringLiteral("posters"))));
    judged();
    const auto events = waitFor(m_window->store.canaryEvents(QStringLiteral("posters")));
    QVERIFY(events && events->size() >= 4);
    for (qsizetype i = 0; i < events->size(); ++i) {
        QVERIFY(!events->at(i).sentence.isEmpty());
        QVERIFY(i == 0 || events->at(i).id > events->at(i - 1).id);
    }
    QCOMPARE(events->last().author, QStringLiteral("ada"));
    QCOMPARE(events->first().author, QStringLiteral("galley"));
}

void TestCanaryRun::unknownRule_isASentence()
{
    open(trial());
    const auto nobody = waitFor(m_window->routing->promote(QStringLiteral("nobody")));
    QVERIFY(!nobody);
    QCOMPARE(nobody.error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestCanaryRun)
#include "tst_canaryrun.moc"
