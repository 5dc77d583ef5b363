#include "core/service/routefallback.h"
#include "core/store/jobjson.h"
#include "testpaths.h"
#include "tests/core/service/queuerig.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Galley;

namespace {

ModelCatalogue sampleModels()
{
    QFile file(QStringLiteral(GALLEY_SOURCE_DIR "/tests/data/models/quotes.yaml"));
    return file.open(QIODevice::ReadOnly) ? readModelCatalogue(file.readAll(), {}, {}) : ModelCatalogue();
}

QuoteWorld sampleWorld()
{
    QuoteWorld world;
    world.route.now = QDateTime(QDate(2026, 11, 25), QTime(12, 0));
    return world;
}

JobRecord jobWith(const QList<RouteFallback> &fallbacks)
{
    JobRecord job = newJob(0.06, QStringLiteral("simple"));
    job.decision.rule = QStringLiteral("posters");
    job.decision.fallbacks = fallbacks;
    return job;
}

template<typename T>
Result<T> waitFor(const QFuture<Result<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000))
        return fail(ErrorCode::Internal, QStringLiteral("no answer"));
    return future.result();
}

const QString busy = QStringLiteral("busy");

} // namespace

/// Where jobs go whose send has failed: the choice as a table, and the queue that follows it over a real library.
class TestRouteFallback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_rig = std::make_unique<QueueRig>(); }
    void cleanup() { m_rig.reset(); }

    void choice_data();
    void choice();
    void choice_isPricedAnew();
    void choice_endsAfterFive();
    void choice_leavesShadowsAlone();
    void queue_goesOnWithTheNextModel();
    void queue_neverLeavesAnAmbiguousPaidSend();
    void queue_asksAPersonFirst();
    void queue_ofACommand_failsInsteadOfAsking();
    void queue_overBudget_goesToTheCheaperOne();
    void choice_ofWhatWaits_data();
    void choice_ofWhatWaits();
    void queue_waiting_goesToTheFallback();
    void queue_waiting_asksAPersonFirst();
    void ruleBudget_isKeptToWhenSending_data();
    void ruleBudget_isKeptToWhenSending();
    void ruleBudget_holdsOverWindows();
    void queue_survivesARestartOnItsWay();

private:
    /// Sends everything that fails with \a word to "free".
    void detourTo(const QString &model, FailureClass failure, bool ask = false);
    std::unique_ptr<QueueRig> m_rig;
};

void TestRouteFallback::choice_data()
{
    QTest::addColumn<QList<RouteFallback>>("fallbacks");
    QTest::addColumn<FailureClass>("failure");
    QTest::addColumn<QStringList>("tried");
    QTest::addColumn<QString>("model");
    QTest::addColumn<bool>("asks");
    using Fallbacks = QList<RouteFallback>;
    const RouteFallback toRatio{QStringLiteral("ratio"), {busy, QStringLiteral("offline")}, false};
    const RouteFallback toFull{QStringLiteral("full"), {busy, QStringLiteral("not_sent")}, false};
    const RouteFallback asked{QString(), {QStringLiteral("refused")}, true};
    const RouteFallback askedRatio{QStringLiteral("ratio"), {QStringLiteral("refused")}, true};
    const RouteFallback ended{QStringLiteral("ended"), {busy}, false};
    const RouteFallback unknown{QStringLiteral("nowhere"), {busy}, false};
    QTest::newRow("none") << Fallbacks{} << FailureClass::Busy << QStringList() << QString() << false;
    QTest::newRow("busy") << Fallbacks{toRatio, toFull} << FailureClass::Busy << QStringList() << QStringLiteral("ratio") << false;
    QTest::newRow("another class") << Fallbacks{toRatio, toFull} << FailureClass::NotSent << QStringList() << QStringLiteral("full") << false;
    QTest::newRow("a class that nobody named") << Fallbacks{toRatio, toFull} << FailureClass::Rejected << QStringList() << QString() << false;
    QTest::newRow("tried before") << Fallbacks{toRatio, toFull} << FailureClass::Busy << QStringList{QStringLiteral("ratio")} << QStringLiteral("full") << false;
    QTest::newRow("asks") << Fallbacks{toRatio, asked} << FailureClass::Refused << QStringList() << QString() << true;
    QTest::newRow("asks with a model") << Fallbacks{askedRatio} << FailureClass::Refused << QStringList() << QStringLiteral("ratio") << true;
    QTest::newRow("retired is passed over") << Fallbacks{ended, toFull} << FailureClass::Busy << QStringList() << QStringLiteral("full") << false;
    QTest::newRow("unknown is passed over") << Fallbacks{unknown, toFull} << FailureClass::Busy << QStringList() << QStringLiteral("full") << false;
    QTest::newRow("cancelled") << Fallbacks{toRatio} << FailureClass::None << QStringList() << QString() << false;
}

void TestRouteFallback::choice()
{
    QFETCH(const QList<RouteFallback>, fallbacks);
    QFETCH(const FailureClass, failure);
    QFETCH(const QStringList, tried);
    QFETCH(const QString, model);
    QFETCH(const bool, asks);
    JobRecord job = jobWith(fallbacks);
    job.decision.tried = tried;
    const Error error = failure == FailureClass::None ? Error{ErrorCode::Cancelled, QStringLiteral("Cancelled.")} : failureOfClass(failure);
    const auto detour = nextFallback(job, error, sampleModels(), sampleWorld());
    QCOMPARE(detour.has_value(), asks || !model.isEmpty());
    if (!detour)
        return;
    QCOMPARE(detour->model, model);
    QCOMPARE(detour->ask, asks);
    QVERIFY(detour->reason.contains(QLatin1String("posters")));
}

void TestRouteFallback::choice_isPricedAnew()
{
    const JobRecord job = jobWith({{QStringLiteral("ratio"), {busy}, false}, {QStringLiteral("full"), {busy}, false}});
    QuoteWorld world = sampleWorld();
    QCOMPARE(nextFallback(job, failureOfClass(FailureClass::Busy), sampleModels(), world)->estimateUsd, 0.04);
    world.budgetUsd = 0.01;
    const auto cheaper = nextFallback(job, failureOfClass(FailureClass::Busy), sampleModels(), world);
    QCOMPARE(cheaper->model, QStringLiteral("full"));
    QCOMPARE(cheaper->estimateUsd, 0.0);
    QCOMPARE(cheaper->skipped.size(), 1);
    world.route.conditions[QStringLiteral("full")].outOfRouting = QStringLiteral("Full rests.");
    QVERIFY(!nextFallback(job, failureOfClass(FailureClass::Busy), sampleModels(), world));
}

void TestRouteFallback::choice_endsAfterFive()
{
    JobRecord job = jobWith({{QStringLiteral("ratio"), {busy}, false}});
    job.decision.tried = {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
    QVERIFY(nextFallback(job, failureOfClass(FailureClass::Busy), sampleModels(), sampleWorld()));
    job.decision.tried.append(QStringLiteral("d"));
    QVERIFY(!nextFallback(job, failureOfClass(FailureClass::Busy), sampleModels(), sampleWorld()));
}

void TestRouteFallback::choice_leavesShadowsAlone()
{
    JobRecord job = jobWith({{QStringLiteral("ratio"), {busy}, false}});
    job.shadowOf = 7;
    QVERIFY(!nextFallback(job, failureOfClass(FailureClass::Busy), sampleModels(), sampleWorld()));
}

void TestRouteFallback::detourTo(const QString &model, FailureClass failure, bool ask)
{
    m_rig->detour = [model, failure, ask](const JobRecord &job, const Error &error) -> std::optional<Detour> {
        if (error.failure != failure || job.decision.model == model)
            return std::nullopt;
        Detour detour;
        detour.model = model;
        detour.ask = ask;
        detour.reason = QStringLiteral("It takes over.");
        return detour;
    };
}

void TestRouteFallback::queue_goesOnWithTheNextModel()
{
    detourTo(QStringLiteral("free"), FailureClass::Busy);
    m_rig->engine.script = {failureOfClass(FailureClass::Busy)};
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(m_rig->record(id).state, JobState::Done);
    const JobRecord record = m_rig->onDisk(id);
    QCOMPARE(record.decision.model, QStringLiteral("free"));
    QCOMPARE(record.decision.tried, QStringList{QStringLiteral("paid")});
    QVERIFY(record.decision.reasons.contains(QStringLiteral("It takes over.")));
    QCOMPARE(record.attempts.size(), 2);
    QCOMPARE(record.attempts.first().model, QStringLiteral("paid"));
    QCOMPARE(record.attempts.first().outcome, QStringLiteral("busy"));
    QCOMPARE(record.attempts.last().model, QStringLiteral("free"));
    QCOMPARE(m_rig->ended, (QStringList{QStringLiteral("paid: busy"), QStringLiteral("free: done")}));
    // What was reserved for the first is free again; the second cost nothing.
    double spent = 0;
    for (const LedgerEntry &entry : m_rig->ledger())
        spent += entry.state == QLatin1String("released") ? 0 : entry.actualUsd.value_or(entry.estimateUsd);
    QCOMPARE(spent, 0.0);
    const auto asset = waitFor(m_rig->store->asset(record.assets.first()));
    QVERIFY(asset);
    QCOMPARE(asset->provenance["attempts"].size(), std::size_t(2));
    QVERIFY(QString::fromUtf8(dumpJson(asset->provenance["decision"])).contains(QLatin1String("It takes over.")));
}

void TestRouteFallback::queue_neverLeavesAnAmbiguousPaidSend()
{
    detourTo(QStringLiteral("free"), FailureClass::Ambiguous);
    m_rig->canLookUp = false;
    m_rig->engine.script = {failureOfClass(FailureClass::Ambiguous)};
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(m_rig->record(id).state, JobState::Undecided);
    QCOMPARE(m_rig->engine.sent.size(), 1);
    QCOMPARE(m_rig->record(id).decision.model, QStringLiteral("paid"));
}

void TestRouteFallback::queue_asksAPersonFirst()
{
    detourTo(QStringLiteral("free"), FailureClass::Refused, true);
    m_rig->engine.script = {failureOfClass(FailureClass::Refused)};
    m_rig->start();
    QSignalSpy asks(m_rig->queue.get(), &RenderQueue::asks);
    const qint64 id = m_rig->add();
    QTRY_COMPARE(m_rig->record(id).state, JobState::Held);
    QCOMPARE(asks.count(), 1);
    QVERIFY(m_rig->record(id).error.message.contains(QLatin1String("It takes over.")));
    m_rig->advance(600'000);
    QCOMPARE(m_rig->engine.sent.size(), 1);
    QVERIFY(m_rig->queue->find(id)->asks());
    Job stored;
    stored.record = m_rig->onDisk(id);
    QVERIFY(stored.asks()); // also after a restart
    m_rig->queue->hold(id, false);
    QVERIFY(!m_rig->queue->find(id)->asks());
    QTRY_COMPARE(m_rig->record(id).state, JobState::Done);
    QCOMPARE(m_rig->record(id).decision.model, QStringLiteral("free"));
    QCOMPARE(m_rig->record(id).error, Error());
}

void TestRouteFallback::queue_ofACommand_failsInsteadOfAsking()
{
    m_rig->adopt = false;
    m_rig->restart();
    detourTo(QStringLiteral("free"), FailureClass::Refused, true);
    m_rig->engine.script = {failureOfClass(FailureClass::Refused)};
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(m_rig->record(id).state, JobState::Failed);
}

void TestRouteFallback::queue_overBudget_goesToTheCheaperOne()
{
    detourTo(QStringLiteral("free"), FailureClass::OverBudget);
    const qint64 id = m_rig->add();  // not started: reserved, and the budget is lowered afterwards
    m_rig->budget = 0.01;
    m_rig->advance(24 * 3600 * 1000);
    m_rig->start();
    QTRY_COMPARE(m_rig->record(id).state, JobState::Done);
    QCOMPARE(m_rig->record(id).decision.model, QStringLiteral("free"));
    QCOMPARE(m_rig->engine.sent.size(), 1);
}

void TestRouteFallback::choice_ofWhatWaits_data()
{
    QTest::addColumn<QList<RouteFallback>>("fallbacks");
    QTest::addColumn<bool>("offline");
    QTest::addColumn<QString>("model");
    using Fallbacks = QList<RouteFallback>;
    const QStringList both{busy, QStringLiteral("offline")};
    const RouteFallback hosted{QStringLiteral("ratio"), both, false}, local{QStringLiteral("full"), both, false}, asks{QString(), both, true};
    QTest::newRow("offline, to the one on this machine") << Fallbacks{hosted, local} << true << QStringLiteral("full");
    QTest::newRow("offline, nothing on this machine") << Fallbacks{hosted} << true << QString();
    QTest::newRow("offline, another class") << Fallbacks{{QStringLiteral("full"), {busy}, false}} << true << QString();
    QTest::newRow("out of routing") << Fallbacks{hosted, local} << false << QStringLiteral("ratio");
    QTest::newRow("only a question changes nothing") << Fallbacks{asks} << false << QString();
    QTest::newRow("a question is passed over") << Fallbacks{asks, local} << false << QStringLiteral("full");
}

void TestRouteFallback::choice_ofWhatWaits()
{
    QFETCH(const QList<RouteFallback>, fallbacks);
    QFETCH(const bool, offline);
    QFETCH(const QString, model);
    QuoteWorld world = sampleWorld();
    world.route.offline = offline;
    const Error reason = failureOfClass(offline ? FailureClass::Offline : FailureClass::Busy);
    const auto detour = nextFallback(jobWith(fallbacks), reason, sampleModels(), world, FallbackCause::Waiting);
    QCOMPARE(detour ? detour->model : QString(), model);
    QVERIFY(!detour || (detour->reason.contains(QLatin1String("cannot be asked now")) && detour->reason.contains(QLatin1String("posters"))));
}

void TestRouteFallback::queue_waiting_goesToTheFallback()
{
    m_rig->obstacle = QStringLiteral("The network is switched off.");
    m_rig->start();
    Job job;
    job.record = newJob(0.06, QStringLiteral("paid"));
    job.record.decision.fallbacks = {{QStringLiteral("free"), {QStringLiteral("offline")}, false}};
    const auto added = m_rig->queue->add(job.record);
    QTRY_VERIFY(added.isFinished());
    const qint64 id = *added.result(), plain = m_rig->add();
    QCOMPARE(m_rig->record(id).state, JobState::Queued);
    m_rig->detourAhead = [this](const JobRecord &record) -> std::optional<Detour> {
        m_rig->obstacle.clear();
        if (record.decision.model != QLatin1String("paid"))
            return std::nullopt;
        Detour detour;
        detour.model = QStringLiteral("free");
        detour.reason = QStringLiteral("It takes over.");
        return detour;
    };
    m_rig->queue->hold(plain, true);
    m_rig->queue->wake();
    QTRY_COMPARE(m_rig->record(id).state, JobState::Done);
    const JobRecord record = m_rig->onDisk(id);
    QCOMPARE(record.decision.model, QStringLiteral("free"));
    QCOMPARE(record.decision.tried, QStringList{QStringLiteral("paid")});
    QVERIFY(record.decision.reasons.contains(QStringLiteral("It takes over.")));
    QCOMPARE(record.attempts.size(), 1);
    QCOMPARE(m_rig->record(plain).decision.model, QStringLiteral("paid"));  // no fallback, no detour
    for (const LedgerEntry &entry : m_rig->ledger())
        QVERIFY(entry.job != id || entry.state != QLatin1String("reserved"));
}

void TestRouteFallback::queue_waiting_asksAPersonFirst()
{
    m_rig->detourAhead = [](const JobRecord &record) -> std::optional<Detour> {
        Detour detour;
        detour.model = QStringLiteral("free");
        detour.ask = true;
        detour.reason = QStringLiteral("Shall it?");
        return record.decision.model == QLatin1String("paid") ? std::optional(detour) : std::nullopt;
    };
    m_rig->start();
    JobRecord job = newJob(0.06, QStringLiteral("paid"));
    job.decision.fallbacks = {{QStringLiteral("free"), {QStringLiteral("offline")}, true}};
    const auto added = m_rig->queue->add(job);
    QTRY_VERIFY(added.isFinished());
    const qint64 id = *added.result();
    QTRY_COMPARE(m_rig->record(id).state, JobState::Held);
    QVERIFY(m_rig->queue->find(id)->asks());
    QVERIFY(m_rig->engine.sent.isEmpty());
    m_rig->queue->hold(id, false);
    QTRY_COMPARE(m_rig->record(id).state, JobState::Done);
}

void TestRouteFallback::ruleBudget_isKeptToWhenSending_data()
{
    QTest::addColumn<double>("budget");
    QTest::addColumn<int>("sent");
    QTest::newRow("none") << 0.0 << 3;
    QTest::newRow("for one") << 0.1 << 1;
    QTest::newRow("for two, to the cent") << 0.12 << 2;
    QTest::newRow("for none") << 0.05 << 0;
}

/// Three jobs that were queued while there was room for each of them. What goes over is over_budget, for fallbacks as well.
void TestRouteFallback::ruleBudget_isKeptToWhenSending()
{
    QFETCH(double, budget);
    QFETCH(int, sent);
    m_rig->ruleBudget = budget;
    const QList<qint64> ids{m_rig->add(), m_rig->add(), m_rig->add()};
    m_rig->start();
    for (const qint64 id : ids)
        QTRY_VERIFY(m_rig->record(id).isEnded());
    QCOMPARE(m_rig->engine.sent.size(), sent);
    for (int i = 0; i < ids.size(); ++i) {
        const JobRecord &record = m_rig->record(ids.at(i));
        QCOMPARE(record.state, i < sent ? JobState::Done : JobState::Failed);
        QVERIFY(i < sent || (record.error.failure == FailureClass::OverBudget && record.error.message.contains(QLatin1String("the rule \"default\""))));
    }
    detourTo(QStringLiteral("free"), FailureClass::OverBudget);
    const qint64 next = m_rig->add();
    QTRY_COMPARE(m_rig->record(next).state, JobState::Done);
    QCOMPARE(m_rig->record(next).decision.model, budget > 0 ? QStringLiteral("free") : QStringLiteral("paid"));
}

/// Two windows, each of which would have room: the library lets one of them.
void TestRouteFallback::ruleBudget_holdsOverWindows()
{
    Store other(m_rig->folder.path());
    Budget budget;
    budget.day = m_rig->time.date();
    budget.rule = QStringLiteral("default");
    budget.rulePerDayUsd = 0.1;
    const auto mine = wait(m_rig->store->addJob(newJob(), {}, budget)), theirs = wait(other.addJob(newJob(), {}, budget));
    QVERIFY(mine && theirs);
    QVERIFY(wait(m_rig->store->beginSending(*mine, budget)));
    const auto refused = wait(other.beginSending(*theirs, budget));
    QVERIFY(!refused);
    QCOMPARE(refused.error().failure, FailureClass::OverBudget);
    budget.day = budget.day.addDays(1);
    QVERIFY(wait(other.beginSending(*theirs, budget)));
}

void TestRouteFallback::queue_survivesARestartOnItsWay()
{
    detourTo(QStringLiteral("free"), FailureClass::Busy);
    m_rig->engine.script = {failureOfClass(FailureClass::Busy), Error{ErrorCode::Cancelled, {}}};
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(m_rig->engine.sent.size(), 2);
    const JobRecord record = m_rig->onDisk(id);
    QCOMPARE(record.decision.model, QStringLiteral("free"));
    QCOMPARE(record.decision.tried, QStringList{QStringLiteral("paid")});
    QCOMPARE(record.attempts.size(), 1);
}

QTEST_GUILESS_MAIN(TestRouteFallback)
#include "tst_routefallback.moc"
