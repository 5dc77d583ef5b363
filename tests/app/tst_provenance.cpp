#include "core/engines/local/localengine.h"
#include "core/service/draftkeeping.h"
#include "core/service/draftservice.h"
#include "core/store/store.h"
#include "core/template/templatefile.h"
#include "testpaths.h"
#include "tests/app/run.h"
#include "tests/app/servicesprocess.h"
#include "tests/support/verifyresult.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace Galley;

namespace {

const QString posterFile = QStringLiteral(GALLEY_SOURCE_DIR "/resources/templates/market-poster.galley");
const QString toy = QStringLiteral(GALLEY_SOURCE_DIR "/tests/parity/data/diffusers/pipelines/toy-sd-turbo");

/// What the library must know of a picture, by who made it. Null: on purpose, since there is nothing to know.
struct Expected
{
    QStringList stages;  ///< of timings_ms, at least
    bool hasQueue = true;
    bool hasMemory = true;
    bool hasDevice = true;
    bool isPaid = false;
    int attempts = 1;
};

} // namespace

Q_DECLARE_METATYPE(Expected)

/// Times, memory and money of a service's final, a local one and a draft, as the library has them: real binaries, a fake service, a toy model.
class TestProvenance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void picture_knowsWhatItTook_data();
    void picture_knowsWhatItTook();

private:
    void renderFinal(const QStringList &model);
    void keepDraft();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServicesProcess> m_services;
    QString home() const { return m_folder->filePath(QStringLiteral("home")); }
};

void TestProvenance::renderFinal(const QStringList &model)
{
    const QProcessEnvironment environment = m_services->withKeys(plainEnvironment(home()));
    if (model.last() == QLatin1String("toy-sd-turbo")) {
        const Run added = runGalley({QStringLiteral("models"), QStringLiteral("add"), toy}, environment);
        QVERIFY2(added.status == 0, added.err.constData());
    }
    const Run run = runGalley(QStringList{QStringLiteral("render"), posterFile, QStringLiteral("--seed"), QStringLiteral("7"), QStringLiteral("-o"),
                                          m_folder->filePath(QStringLiteral("out.png"))}
                                  + model,
                              environment, m_folder->path());
    QVERIFY2(run.status == 0, run.err.constData());
}

void TestProvenance::keepDraft()
{
    LocalEngineOptions options;
    options.workerBinary = qEnvironmentVariable("GALLEY_WORKER", QStringLiteral(GALLEY_BIN_DIR "/galley-worker"));
    options.modelsFolder = QStringLiteral(GALLEY_SOURCE_DIR "/resources/models");
    options.device = QStringLiteral("cpu");
    LocalEngine engine(options);
    DraftService service(&engine, nullptr);
    QFile file(posterFile);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Template source = parseTemplate(file.readAll(), posterFile).value().value;
    DraftOptions wishes;
    wishes.source = SubjectSource::Generated;
    wishes.seed = 7;
    const auto drawn = service.render(source, {}, {}, wishes, {});
    QVERIFY(QTest::qWaitFor([&] { return drawn.isFinished(); }, 120'000));
    const Result<Draft> draft = drawn.result();
    VERIFY_RESULT(draft);
    Store store(home() + QStringLiteral("/data"));
    const auto kept = Galley::keepDraft(&store, *draft, QDateTime::currentDateTimeUtc());
    VERIFY_RESULT(kept);
}

void TestProvenance::picture_knowsWhatItTook_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<Expected>("expected");
    QTest::newRow("a final of a service") << QStringLiteral("ideogram-4")
                                          << Expected{.stages = {QStringLiteral("total")}, .hasMemory = false, .hasDevice = false, .isPaid = true};
    QTest::newRow("a final of this machine") << QStringLiteral("toy-sd-turbo") << Expected{.stages = {QStringLiteral("total")}};
    QTest::newRow("a draft") << QString() << Expected{.stages = {QStringLiteral("total"), QStringLiteral("shown")}, .hasQueue = false, .attempts = 0};
}

void TestProvenance::picture_knowsWhatItTook()
{
    QFETCH(QString, model);
    QFETCH(Expected, expected);
    m_services.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_services = std::make_unique<ServicesProcess>(home());
    QVERIFY(m_services->isReady());
    if (model.isEmpty())
        keepDraft();
    else
        renderFinal({QStringLiteral("--model"), model});
    if (QTest::currentTestFailed())
        return;

    Store store(home() + QStringLiteral("/data"));
    const QList<qint64> ids = store.ids({}).result().value_or(QList<qint64>());
    QCOMPARE(ids.size(), 1);
    const AssetRecord record = *store.asset(ids.first()).result();
    const Json &provenance = record.provenance;
    const QByteArray all = dumpJson(provenance, 2);
    QVERIFY2(provenance["schema"] == Json(1), all.constData());
    for (const QString &stage : expected.stages)
        QVERIFY2(provenance["timings_ms"].contains(stage.toStdString()), all.constData());
    QVERIFY2(provenance["timings_ms"].size() >= 2, all.constData());  // the whole, and at least one stage of it
    double total = 0;
    for (const auto &[stage, value] : provenance["timings_ms"].items()) {
        QVERIFY2(value.is_number() && std::isfinite(value.get<double>()) && value.get<double>() >= 0, all.constData());
        total = std::max(total, value.get<double>());
    }
    QVERIFY2(total > 0, all.constData());
    QVERIFY2(provenance.contains("queue_ms") && provenance["queue_ms"].is_number_integer() == expected.hasQueue, all.constData());
    QVERIFY2(provenance.contains("memory_bytes") && provenance["memory_bytes"].is_number_integer() == expected.hasMemory, all.constData());
    QVERIFY2(!expected.hasMemory || provenance["memory_bytes"].get<qint64>() > 1000, all.constData());
    QCOMPARE(provenance["device"].is_string(), expected.hasDevice);
    QCOMPARE(provenance["dtype"].is_string(), expected.hasDevice);
    QVERIFY2(provenance["cost_usd"].is_number(), all.constData());
    QCOMPARE(provenance["cost_usd"].get<double>() > 0, expected.isPaid);
    QCOMPARE(record.costUsd.value_or(-1), provenance["cost_usd"].get<double>());
    QVERIFY(record.seed.has_value() && (expected.isPaid || *record.seed == 7));  // a service says which one it took
    QVERIFY(record.createdAt.isValid());
    QVERIFY2(!toQString(provenance["routed"]).isEmpty(), all.constData());
    // A service need not say what it used, and nobody guesses.
    QVERIFY2(expected.isPaid ? provenance.contains("served") : !toQString(provenance["served"]).isEmpty(), all.constData());
    // A draft is no attempt of the queue.
    const Json attempts = provenance.value("attempts", Json::array());
    QCOMPARE(int(attempts.size()), expected.attempts);
    for (const Json &attempt : attempts)
        QVERIFY2(attempt["milliseconds"].get<double>() > 0, all.constData());
    double spent = 0;
    const Result<QList<LedgerEntry>> ledger = store.ledger().result();
    VERIFY_RESULT(ledger);
    for (const LedgerEntry &entry : *ledger)
        spent += entry.actualUsd.value_or(0);
    QCOMPARE(spent > 0, expected.isPaid);
}

QTEST_MAIN(TestProvenance)
#include "tst_provenance.moc"
