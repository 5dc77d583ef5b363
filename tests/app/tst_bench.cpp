#include "testpaths.h"
#include "tests/app/run.h"
#include "tests/support/scriptedserver.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>

using namespace Galley;

namespace {

const QByteArray poster = R"({"galley": 1, "id": "5f0a2f9e-6a0f-4a43-9a52-2b7d3f1d8a01", "name": "Poster", "project": "p", "intent": "poster",
 "canvas": {"width": 200, "height": 250, "background": "#F4EFE7"}, "style": {"summary": "A poster", "medium": "print"},
 "tokens": [{"id": "hero", "role": "subject", "box": [0.1, 0.3, 0.8, 0.6], "z": 1, "show": "{subject}"}],
 "slots": {"subject": {"type": "subject", "default": "red apple"}}})";

const QByteArray models = R"(backends:
  paid: {kind: openai, dialect: openai, label: Paid, url: "%1", key: paid}
models:
  cheap: {label: Cheap, backend: paid, upstream: cheap-1, tier: final, dialect: prose, price: {usd: 0.25, per: image}, sizes: {list: ["1024x1024"]}}
  dear: {label: Dear, backend: paid, upstream: dear-1, tier: final, dialect: prose, price: {usd: 0.5, per: image}, sizes: {list: ["1024x1024"]}}
)";

} // namespace

/// `galley bench` as a process, against servers on loopback and the fake worker.
class TestBench : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void url_isAskedExactlyAsOften();
    void slowServer_isMeasured();
    void failures_areCountedAndNeverRepeated_data();
    void failures_areCountedAndNeverRepeated();
    void redirect_isNotFollowed();
    void key_isSentAndNotTold();
    void nothingWorks_fails();
    void openLoop_hasARate();
    void files_areWritten();
    void baseline_sameServer_isNoRegression();
    void baseline_slowerServer_fails();
    void against_asksInTurns();
    void compare_needsNoServer();
    void interrupt_reportsWhatWasMeasured();
    void draftModel_drawsForReal();
    void gpuMemory_isThePeak();
    void rows_takeTurns();
    void sideBySide_pairsPictures();
    void sideBySide_withoutOneSide_goesOn();
    void sideBySide_ofTwoRules();
    void route_isDecidedByTheRules();
    void unknownModel_isUsage();
    void paidModel_asksFirst_data();
    void paidModel_asksFirst();
    void badUsage_data();
    void badUsage();

private:
    QString path(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    void write(const char *name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        QVERIFY(QDir().mkpath(QFileInfo(file).path()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    Run bench(const QStringList &arguments) const { return runGalley(QStringList{QStringLiteral("bench")} + arguments, m_environment, m_folder->path()); }
    Run post(const char *more) const
    {
        return bench(QStringList{QStringLiteral("--url"), m_server->url("/x").toString(), QStringLiteral("--payload"), QStringLiteral("body.json"),
                                 QStringLiteral("--json")}
                     + words(more));
    }
    /// Answers after so many milliseconds.
    void answerAfter(int ms)
    {
        m_server->on("", "/", [ms](const ReceivedRequest &, ScriptedConnection connection) {
            connection.later(ms, [connection] { connection.respondJson(200, "{}"); });
        });
    }

    /// A model "dear" that costs half a dollar a picture, with its key.
    void servePaid()
    {
        QByteArray yaml = models;
        write("home/config/models.yaml", yaml.replace("%1", m_server->url("/v1").toEncoded()));
        m_environment.insert(QStringLiteral("GALLEY_KEY_PAID"), QStringLiteral("k"));
        const QByteArray picture("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");
        m_server->on("POST", "/v1/", [picture](const ReceivedRequest &, ScriptedConnection connection) {
            connection.respondJson(200, QByteArray("{\"created\": 1, \"data\": [{\"b64_json\": \"").append(picture).append("\"}]}"));
        });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ScriptedServer> m_server;
    QProcessEnvironment m_environment;
};

void TestBench::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<ScriptedServer>();
    m_environment = plainEnvironment(path("home"));
    m_environment.insert(QStringLiteral("GALLEY_RESOURCES"), m_folder->path());
    m_environment.insert(QStringLiteral("GALLEY_WORKER"), QStringLiteral(GALLEY_FAKE_WORKER));
    m_environment.insert(QStringLiteral("NO_PROXY"), QStringLiteral("127.0.0.1"));
    write("models/fake.json", R"({"runs": [{}]})");
    write("poster.galley", poster);
    write("rows.csv", "subject\nred apple\nblue boat\nold car\n");
    write("body.json", R"({"prompt": "a red apple"})");
    for (const char *name : {"fonts", "cutouts", "models.yaml"})
        QFile::link(QStringLiteral(GALLEY_SOURCE_DIR "/resources/") + QLatin1String(name), path(name));
    answerAfter(0);
}

void TestBench::url_isAskedExactlyAsOften()
{
    const Run run = post("-n 20 --warmup 4 --concurrency 3");
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(m_server->count("POST", "/x"), 24);
    QCOMPARE(m_server->requests().size(), 24);
    for (const ReceivedRequest &request : m_server->requests()) {
        QCOMPARE(request.body, QByteArray(R"({"prompt": "a red apple"})"));
        QCOMPARE(request.header("content-type"), QByteArray("application/json"));
    }
    const Json json = run.json();
    QVERIFY(json["ok"].get<bool>());
    QCOMPARE(json["requests"]["ok"].get<int>(), 20);
    QCOMPARE(json["latency_ms"]["n"].get<int>(), 20);
    QVERIFY(json["warmup"]["cold_start_ms"].is_number());
    QCOMPARE(json["warmup"]["ms"].size(), size_t(3));
    QCOMPARE(toQString(json["latency_ms"]["p99"]["note"]), QStringLiteral("n too small"));
    QVERIFY(json["timings_ms"]["connect"]["n"].is_number());
    QVERIFY(json["memory"]["gpu_peak_bytes"].is_null());
    QVERIFY(json["quality"].is_null());
    for (const char *key : {"cpu", "threads", "load", "build", "galley", "os"})
        QVERIFY2(json["environment"].contains(key), key);
}

void TestBench::slowServer_isMeasured()
{
    answerAfter(60);
    const Json slow = post("-n 10 --warmup 1 --slo 50").json();
    QVERIFY(slow["latency_ms"]["median"]["value"].get<double>() >= 60);
    QCOMPARE(slow["goodput_per_s"].get<double>(), 0.0);
    QVERIFY(slow["throughput_per_s"].get<double>() <= 1000 / 60.0);
}

void TestBench::failures_areCountedAndNeverRepeated_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("failure");
    QTest::newRow("400") << 400 << QStringLiteral("rejected");
    QTest::newRow("401") << 401 << QStringLiteral("rejected");
    QTest::newRow("429") << 429 << QStringLiteral("busy");
    QTest::newRow("500") << 500 << QStringLiteral("ambiguous");
    QTest::newRow("no answer") << 0 << QStringLiteral("ambiguous");
}

void TestBench::failures_areCountedAndNeverRepeated()
{
    QFETCH(int, status);
    QFETCH(QString, failure);
    auto number = std::make_shared<std::atomic<int>>(0);
    m_server->on("POST", "/x", [number, status](const ReceivedRequest &, ScriptedConnection connection) {
        if (number->fetch_add(1) % 3 != 2)
            connection.respondJson(200, "{}");
        else if (status == 0)
            connection.reset();
        else
            connection.respondJson(status, R"({"error": {"message": "no"}})");
    });
    const Run run = post("-n 12 --warmup 0");
    QCOMPARE(run.status, 0);
    QCOMPARE(m_server->requests().size(), 12);
    const Json json = run.json();
    QCOMPARE(json["requests"]["failed"].get<int>(), 4);
    QCOMPARE(json["failures"].size(), size_t(1));
    QCOMPARE(json["failures"][failure.toStdString()].get<int>(), 4);
    QCOMPARE(json["latency_ms"]["n"].get<int>(), 8);
    QVERIFY(run.err.contains("The first failure"));
}

void TestBench::redirect_isNotFollowed()
{
    m_server->on("GET", "/x", [](const ReceivedRequest &, ScriptedConnection connection) { connection.respond(302, {{"Location", "/y"}}, {}); });
    const Run run = bench(words("-n 3 --warmup 0 --json --url") + QStringList{m_server->url("/x").toString()});
    QCOMPARE(run.status, 1);
    QCOMPARE(m_server->count("", "/y"), 0);
    QCOMPARE(m_server->requests().size(), 3);
    QCOMPARE(run.json()["failures"]["rejected"].get<int>(), 3);
}

void TestBench::key_isSentAndNotTold()
{
    m_environment.insert(QStringLiteral("GALLEY_KEY_STUDIO"), QStringLiteral("s3cret-canary"));
    const Run run = post("-n 2 --warmup 0 --key studio -o out.json --csv out.csv");
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(m_server->requests().first().header("authorization"), QByteArray("Bearer s3cret-canary"));
    QFile file(path("out.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!QByteArray(run.out + run.err + file.readAll()).contains("canary"));
    const Run none = post("-n 2 --warmup 0 --key nobody");
    QVERIFY(none.status != 0);
    QCOMPARE(m_server->requests().size(), 2);
}

void TestBench::nothingWorks_fails()
{
    m_server->on("POST", "/x", [](const ReceivedRequest &, ScriptedConnection connection) { connection.respondJson(500, "{}"); });
    const Run run = post("-n 5 --warmup 1");
    QCOMPARE(run.status, 1);
    QVERIFY(!run.json()["ok"].get<bool>());
    QVERIFY(run.json()["latency_ms"].is_null());
}

void TestBench::openLoop_hasARate()
{
    answerAfter(40);
    const Json json = post("-n 30 --warmup 1 --rate 100 --arrivals constant").json();
    QCOMPARE(m_server->requests().size(), 31);
    QCOMPARE(json["plan"]["rate_per_s"].get<double>(), 100.0);
    QCOMPARE(json["samples"]["start_ms"][29].get<double>(), 290.0);
    // Answers take four times as long as the gaps: they overlap, or it would take 1200 ms.
    QVERIFY(json["throughput_per_s"].get<double>() > 30);
}

void TestBench::files_areWritten()
{
    QCOMPARE(post("-n 30 --warmup 1 -o out.json --csv out.csv --chart out.png").status, 0);
    QFile json(path("out.json")), csv(path("out.csv"));
    QVERIFY(json.open(QIODevice::ReadOnly) && csv.open(QIODevice::ReadOnly));
    QVERIFY(parseJson(json.readAll(), QStringLiteral("out.json")));
    QCOMPARE(csv.readAll().count('\n'), 31);
    QVERIFY(QImage(path("out.png")).width() > 1000);
    QVERIFY(post("-n 1 --warmup 0 -o none/out.json").status == 1);
}

void TestBench::baseline_sameServer_isNoRegression()
{
    answerAfter(30);
    QCOMPARE(post("-n 30 --warmup 2 -o before.json").status, 0);
    const Run run = post("-n 30 --warmup 2 --baseline before.json");
    QVERIFY2(run.status == 0, run.out.constData());
    const QString verdict = toQString(run.json()["comparison"]["verdict"]);
    QVERIFY2(verdict != QLatin1String("regression"), qPrintable(verdict));
}

void TestBench::baseline_slowerServer_fails()
{
    answerAfter(20);
    QCOMPARE(post("-n 30 --warmup 2 -o before.json").status, 0);
    answerAfter(60);
    m_server->clearRequests();
    const Run run = post("-n 30 --warmup 2 --baseline before.json -o after.json --chart both.png");
    QVERIFY2(run.status == 1, run.out.constData());
    QCOMPARE(m_server->requests().size(), 62);  // and once more, without warm-up
    const Json comparison = run.json()["comparison"];
    QCOMPARE(toQString(comparison["verdict"]), QStringLiteral("regression"));
    QVERIFY(comparison["repeated"].get<bool>());
    QVERIFY(run.json()["repeat"]["latency_ms"]["n"].get<int>() == 30);
    QVERIFY(QFile::exists(path("both.png")));
    // The result is a baseline like any other; the other way round it is faster.
    answerAfter(20);
    const Run back = post("-n 30 --warmup 2 --baseline after.json");
    QCOMPARE(back.status, 0);
    QCOMPARE(toQString(back.json()["comparison"]["verdict"]), QStringLiteral("faster"));
}

void TestBench::against_asksInTurns()
{
    m_server->on("POST", "/slow", [](const ReceivedRequest &, ScriptedConnection connection) {
        connection.later(60, [connection] { connection.respondJson(200, "{}"); });
    });
    answerAfter(10);
    const QString other = m_server->url("/slow").toString();
    const Run faster = post(qPrintable(QStringLiteral("-n 12 --warmup 1 --against %1").arg(other)));
    QVERIFY2(faster.status == 0, faster.out.constData());
    QCOMPARE(toQString(faster.json()["comparison"]["verdict"]), QStringLiteral("faster"));
    QCOMPARE(m_server->count("POST", "/slow"), 13);
    QCOMPARE(m_server->count("POST", "/x"), 13);
    QByteArrayList order;
    for (const ReceivedRequest &request : m_server->requests())
        order.append(request.path());
    const QByteArrayList turns{"/slow", "/x", "/x", "/slow"};
    QCOMPARE(order.mid(2, 4), turns);
    QCOMPARE(order.mid(6, 4), turns);
}

void TestBench::compare_needsNoServer()
{
    answerAfter(10);
    QCOMPARE(post("-n 30 -o a.json").status, 0);
    answerAfter(40);
    QCOMPARE(post("-n 30 -o b.json").status, 0);
    const int asked = int(m_server->requests().size());
    const Run once = bench(words("--compare a.json b.json --json --chart c.png -o d.json"));
    QCOMPARE(once.status, 1);
    QVERIFY(!once.json()["repeated"].get<bool>());
    QVERIFY(once.json()["notes"].size() > 0);
    QVERIFY(QFile::exists(path("c.png")) && QFile::exists(path("d.json")));
    const Run twice = bench(words("--compare a.json b.json a.json b.json --json"));
    QCOMPARE(twice.status, 1);
    QVERIFY(twice.json()["repeated"].get<bool>());
    QCOMPARE(bench(words("--compare a.json b.json a.json a.json")).status, 0);
    QCOMPARE(bench(words("--compare b.json a.json")).status, 0);
    QCOMPARE(int(m_server->requests().size()), asked);
}

void TestBench::interrupt_reportsWhatWasMeasured()
{
    answerAfter(20);
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.setWorkingDirectory(m_folder->path());
    process.start(QStringLiteral(GALLEY_BIN_DIR "/galley"),
                  words("bench -n 5000 --warmup 1 --json -o out.json --payload body.json --url") + QStringList{m_server->url("/x").toString()});
    QTRY_VERIFY_WITH_TIMEOUT(m_server->requests().size() >= 10, 60'000);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 130);
    const auto json = parseJson(process.readAllStandardOutput(), QStringLiteral("out"));
    QVERIFY(json);
    QVERIFY((*json)["cancelled"].get<bool>());
    const int done = (*json)["requests"]["done"].get<int>();
    QVERIFY2(done >= 8 && done < 5000, qPrintable(QString::number(done)));
    QVERIFY(QFile::exists(path("out.json")));
}

void TestBench::draftModel_drawsForReal()
{
    const Run run = bench(words("--model galley-draft --template poster.galley -n 12 --warmup 2 --json"));
    QVERIFY2(run.status == 0, run.err.constData());
    const Json json = run.json();
    QCOMPARE(json["requests"]["ok"].get<int>(), 12);
    QCOMPARE(toQString(json["environment"]["revision"]), QStringLiteral("fake-1"));
    QCOMPARE(toQString(json["environment"]["device"]), QStringLiteral("cpu"));
    QCOMPARE(toQString(json["environment"]["dtype"]), QStringLiteral("fp32"));
    QVERIFY(json["memory"]["host_peak_bytes"].get<qint64>() > 0);
    QCOMPARE(json["cost_usd"].get<double>(), 0.0);
    QFile requests(path("models/requests"));
    QVERIFY(requests.open(QIODevice::ReadOnly));
    const QByteArrayList lines = requests.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 14);
    QSet<QByteArray> seeds;
    for (const QByteArray &line : lines)
        seeds.insert(QByteArray::number(parseJson(line, {})->at("seed").get<int>()));
    QCOMPARE(seeds.size(), 14);  // no request is the same twice
}

void TestBench::gpuMemory_isThePeak()
{
    write("bin/nvidia-smi", "#!/bin/sh\nfor used in 300 900 500 not-known; do echo $used; done\nexec sleep 60\n");
    QVERIFY(QFile::setPermissions(path("bin/nvidia-smi"), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    m_environment.insert(QStringLiteral("PATH"), path("bin") + QLatin1Char(':') + m_environment.value(QStringLiteral("PATH")));
    write("models/fake.json", R"({"runs": [{"device": "cuda", "render": ["slow300"]}]})");
    const Run run = bench(words("--model galley-draft --template poster.galley -n 3 --warmup 1 --json"));
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(toQString(run.json()["environment"]["device"]), QStringLiteral("cuda"));
    QCOMPARE(run.json()["memory"]["gpu_peak_bytes"].get<qint64>(), qint64(900) << 20);
}

void TestBench::rows_takeTurns()
{
    const Run run = bench(words("--model galley-draft --template poster.galley --rows rows.csv -n 6 --warmup 0 --json"));
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(run.json()["inputs"]["count"].get<int>(), 3);
    QFile requests(path("models/requests"));
    QVERIFY(requests.open(QIODevice::ReadOnly));
    QByteArrayList prompts;
    for (const QByteArray &line : requests.readAll().trimmed().split('\n'))
        prompts.append(toQString(parseJson(line, {})->at("prompt")).toUtf8());
    QCOMPARE(prompts.size(), 6);
    QCOMPARE(prompts.mid(0, 3), prompts.mid(3, 3));
    QVERIFY(prompts[0] != prompts[1]);
}

void TestBench::sideBySide_pairsPictures()
{
    servePaid();
    const Run same = bench(words("--side-by-side galley-draft galley-draft --template poster.galley --rows rows.csv -o same --json"));
    QVERIFY2(same.status == 0, same.err.constData());
    QCOMPARE(same.json()["pairs"].size(), size_t(3));
    for (const Json &pair : same.json()["pairs"])
        QVERIFY(pair["equal"].get<bool>());
    const Run run = bench(words("--side-by-side galley-draft dear --template poster.galley --rows rows.csv -o out --json --seed 7 --budget 1.5"));
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(QDir(path("out")).entryList(QDir::Files), words("A-001.png A-002.png A-003.png B-001.png B-002.png B-003.png"));
    const Json json = run.json();
    QCOMPARE(json["sides"]["b"]["cost_usd"].get<double>(), 1.5);
    QCOMPARE(json["sides"]["a"]["cost_usd"].get<double>(), 0.0);
    for (int i = 0; i < 3; ++i) {
        const Json &pair = json["pairs"][size_t(i)];
        QCOMPARE(pair["row"].get<int>(), i + 1);
        QVERIFY(!pair["equal"].get<bool>());
        QVERIFY(pair["psnr_db"].get<double>() < 40);
        QVERIFY(pair["difference_share"].get<double>() > 0);
        QCOMPARE(pair["a"]["seed"].get<int>(), 7);
        QCOMPARE(QImage(path("out/A-001.png")).size(), QImage(path("out/B-001.png")).size());
    }
    QCOMPARE(m_server->requests().size(), 3);
    const Run unasked = bench(words("--side-by-side galley-draft dear --template poster.galley -o out --json"));
    QCOMPARE(unasked.status, 3);
    QCOMPARE(m_server->requests().size(), 3);
}

void TestBench::sideBySide_withoutOneSide_goesOn()
{
    servePaid();
    m_server->on("POST", "/v1/", [](const ReceivedRequest &, ScriptedConnection connection) {
        connection.respondJson(400, R"({"error": {"message": "no"}})");
    });
    const Run run = bench(words("--side-by-side galley-draft dear --template poster.galley --rows rows.csv -o out --json --yes"));
    QCOMPARE(run.status, 1);
    QCOMPARE(QDir(path("out")).entryList(QDir::Files), words("A-001.png A-002.png A-003.png"));
    QCOMPARE(run.json()["sides"]["b"]["failed"].get<int>(), 3);
    QCOMPARE(run.json()["sides"]["b"]["cost_usd"].get<double>(), 0.0);
    QVERIFY(run.json()["pairs"][0]["b"]["error"].is_string());
    QCOMPARE(m_server->requests().size(), 3);
}

void TestBench::sideBySide_ofTwoRules()
{
    servePaid();
    write("a.yaml", "routes:\n  - match: \"intent:poster\"\n    model: dear\n");
    write("b.yaml", "routes:\n  - match: \"intent:poster\"\n    model: cheap\n");
    const Run run = bench(words("--side-by-side a.yaml b.yaml --template poster.galley -o out --json --yes"));
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(run.json()["sides"]["a"]["cost_usd"].get<double>(), 0.5);
    QCOMPARE(run.json()["sides"]["b"]["cost_usd"].get<double>(), 0.25);
    write("b.yaml", "routes:\n  - match: \"intent:poster\"\n    model: nothing-like-it\n");
    QCOMPARE(bench(words("--side-by-side a.yaml b.yaml --template poster.galley -o out --json --yes")).status, 2);
    QCOMPARE(m_server->requests().size(), 2);
}

void TestBench::route_isDecidedByTheRules()
{
    servePaid();
    write("home/config/routes.yaml", "routes:\n  - match: \"intent:poster\"\n    model: cheap\n");
    const Run run = bench(words("--route poster.galley -n 4 --warmup 1 --json --budget 1.25"));
    QVERIFY2(run.status == 0, run.err.constData());
    const Json json = run.json();
    QCOMPARE(toQString(json["target"]["kind"]), QStringLiteral("route"));
    QCOMPARE(toQString(json["target"]["model"]), QStringLiteral("cheap"));
    QCOMPARE(json["cost_usd"].get<double>(), 1.25);
    QVERIFY(json["timings_ms"]["decide"]["n"].is_number());
    QCOMPARE(toQString(json["environment"]["rules_sha256"]).size(), 64);
    QCOMPARE(m_server->requests().size(), 5);
    write("home/config/routes.yaml", "routes:\n  - match: \"intent:(\"\n    model: cheap\n");
    QCOMPARE(bench(words("--route poster.galley -n 4 --yes --json")).status, 2);
    QCOMPARE(m_server->requests().size(), 5);
}

void TestBench::unknownModel_isUsage()
{
    const Run run = bench(words("--model galley-nothing --template poster.galley --json"));
    QCOMPARE(run.status, 2);
    QCOMPARE(toQString(run.json()["error"]["code"]), QStringLiteral("not_found"));
    QVERIFY(!QFile::exists(path("models/requests")));
}

void TestBench::paidModel_asksFirst_data()
{
    QTest::addColumn<QString>("more");
    QTest::addColumn<int>("status");
    QTest::newRow("neither") << QString() << 3;
    QTest::newRow("too little") << QStringLiteral("--budget 6.49") << 3;
    QTest::newRow("too little for a second round") << QStringLiteral("--budget 6.5 --against dear") << 3;
    QTest::newRow("enough") << QStringLiteral("--budget 6.5") << 0;
    QTest::newRow("yes") << QStringLiteral("--yes") << 0;
}

void TestBench::paidModel_asksFirst()
{
    QFETCH(QString, more);
    QFETCH(int, status);
    servePaid();
    const Run run = bench(words("--model dear --template poster.galley -n 10 --warmup 3 --json") + more.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    QVERIFY2(run.status == status, QByteArray(run.out + run.err).constData());
    if (status == 3) {
        QVERIFY2(run.err.contains("0.5 USD each"), run.err.constData());
        QCOMPARE(m_server->requests().size(), 0);
        return;
    }
    QCOMPARE(m_server->requests().size(), 13);
    QCOMPARE(run.json()["cost_usd"].get<double>(), 6.5);
}

void TestBench::badUsage_data()
{
    QTest::addColumn<QString>("line");
    const auto add = [](const char *line) { QTest::newRow(line) << QString::fromLatin1(line); };
    add("");
    add("--model galley-draft --url http://127.0.0.1:9/");
    add("--url ftp://127.0.0.1/");
    add("--url 127.0.0.1");
    add("--url http://u:p@127.0.0.1:9/");
    add("--url http://127.0.0.1:9/ --payload none.json");
    add("--url http://127.0.0.1:9/ --payload broken.json");
    add("--url http://127.0.0.1:9/ --payload huge.bin");
    add("--url http://127.0.0.1:9/ --method BREW");
    add("--url http://127.0.0.1:9/ --header Authorization:x");
    add("--url http://127.0.0.1:9/ --header nonsense");
    add("--url http://127.0.0.1:9/ -n 0");
    add("--url http://127.0.0.1:9/ -n 1000000");
    add("--url http://127.0.0.1:9/ --rate 5 --concurrency 2");
    add("--url http://127.0.0.1:9/ --rate -5");
    add("--url http://127.0.0.1:9/ --baseline none.json");
    add("--url http://127.0.0.1:9/ --baseline broken.json");
    add("--url http://127.0.0.1:9/ --baseline body.json");
    add("--url http://127.0.0.1:9/ --baseline newer.json");
    add("--model galley-draft --payload body.json");
    add("--model galley-draft --template none.galley");
    add("--route none.galley");
    add("--compare body.json");
    add("--compare body.json body.json body.json");
}

void TestBench::badUsage()
{
    QFETCH(QString, line);
    write("broken.json", "{\"prompt\": ");
    write("newer.json", R"({"galley_bench": 7})");
    QFile huge(path("huge.bin"));
    QVERIFY(huge.open(QIODevice::WriteOnly) && huge.resize(1LL << 31));
    const Run run = bench(line.split(QLatin1Char(' '), Qt::SkipEmptyParts) + words("--json"));
    QVERIFY2(run.status == 2, QByteArray(QByteArray::number(run.status) + run.err).constData());
    QVERIFY(!run.json()["ok"].get<bool>());
    QVERIFY(toQString(run.json()["error"]["message"]).endsWith(QLatin1Char('.')));
}

QTEST_GUILESS_MAIN(TestBench)
#include "tst_bench.moc"
