#include "core/service/benchchart.h"
#include "tests/core/service/benchsample.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

class TestBenchResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbers_ofKnownSamples();
    void fewSamples_haveNoTail_data();
    void fewSamples_haveNoTail();
    void goodput_countsWhatWasInTime();
    void json_comesBack();
    void json_saysWhatIsTooFew();
    void hostileFiles_areSentences_data();
    void hostileFiles_areSentences();
    void hugeFile_isRefusedUnread();
    void csv_hasALineForEachRequest();
    void text_namesEverything();
    void chart_showsFailuresAndBaseline();
    void emptyRun_isWritten();
};

namespace {

BenchResult sample()
{
    QList<double> times;
    for (int i = 1; i <= 300; ++i)
        times.append(i);
    BenchResult report = benchResultOf(times);
    report.startedAt = QDateTime(QDate(2026, 11, 25), QTime(18, 0), Qt::UTC);
    report.environment = {{"cpu", "test"}, {"device", "cpu"}};
    report.plan.sloMs = 100;
    report.plan.seed = 5;
    report.run.coldStartMs = 1234.5;
    report.run.costUsd = 0.25;
    report.run.hostPeakBytes = 260'000'000;
    for (BenchSample &each : report.run.samples)
        each.timingsMs = {{QStringLiteral("text"), 1}, {QStringLiteral("denoise"), each.ms - 1}};
    report.run.samples[9].failure = QStringLiteral("busy");
    report.run.samples[9].timingsMs.clear();
    report.run.samples[20].quality = 0.75;
    return report;
}

Json changed(const std::function<void(Json &)> &change)
{
    Json json = toJson(sample());
    change(json);
    return json;
}

} // namespace

void TestBenchResult::numbers_ofKnownSamples()
{
    QList<double> times;
    for (int i = 1; i <= 1000; ++i)
        times.prepend(i);
    const BenchSummary summary = summarise(times);
    QCOMPARE(summary.n, 1000);
    QCOMPARE(summary.mean, 500.5);
    QCOMPARE(summary.max, 1000.0);
    QVERIFY(std::abs(summary.deviation - 288.819) < 0.001);
    const std::pair<int, double> wanted[]{{50, 500}, {90, 900}, {95, 950}, {99, 990}};
    for (const auto &[percent, value] : wanted) {
        const QuantileEstimate estimate = summary.quantiles.value(percent);
        QCOMPARE(estimate.ms.value, value);
        QVERIFY(estimate.isCovered);
        QVERIFY(estimate.ms.low < value && value < estimate.ms.high);
    }
    QCOMPARE(summarise({}).n, 0);
    QCOMPARE(summarise({7}).deviation, 0.0);
}

void TestBenchResult::fewSamples_haveNoTail_data()
{
    QTest::addColumn<int>("n");
    QTest::addColumn<bool>("p95");
    QTest::addColumn<bool>("p99");
    QTest::newRow("58") << 58 << false << false;
    QTest::newRow("59") << 59 << true << false;
    QTest::newRow("298") << 298 << true << false;
    QTest::newRow("299") << 299 << true << true;
}

void TestBenchResult::fewSamples_haveNoTail()
{
    QFETCH(int, n);
    QFETCH(bool, p95);
    QFETCH(bool, p99);
    QList<double> times;
    for (int i = 0; i < n; ++i)
        times.append(100 + i);
    const Json latency = toJson(benchResultOf(times))["latency_ms"];
    QCOMPARE(latency["p95"]["low"].is_number(), p95);
    QCOMPARE(latency["p99"]["low"].is_number(), p99);
    QCOMPARE(latency["p99"].contains("note"), !p99);
    QVERIFY(latency["median"]["low"].is_number());
    QCOMPARE(toText(benchResultOf(times)).contains(QStringLiteral("n too small")), !p95 || !p99);
}

void TestBenchResult::goodput_countsWhatWasInTime()
{
    BenchResult report = benchResultOf({10, 10, 30, 50});  // 100 ms
    QCOMPARE(throughputPerSecond(report.run), 40.0);
    QCOMPARE(goodputPerSecond(report.run, 30), 30.0);
    report.run.samples[0].failure = QStringLiteral("busy");
    QCOMPARE(throughputPerSecond(report.run), 30.0);
    QCOMPARE(goodputPerSecond(report.run, 30), 20.0);
}

void TestBenchResult::json_comesBack()
{
    const BenchResult report = sample();
    const auto read = readBenchResult(dumpJson(toJson(report), 1), QStringLiteral("a.json"));
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    QCOMPARE(read->run.samples.size(), 300);
    QCOMPARE(okMilliseconds(read->run), okMilliseconds(report.run));
    QCOMPARE(failuresOf(read->run), failuresOf(report.run));
    QCOMPARE(qualities(read->run), QList<double>{0.75});
    QCOMPARE(stageMilliseconds(read->run, QStringLiteral("denoise")), stageMilliseconds(report.run, QStringLiteral("denoise")));
    QCOMPARE(read->plan, report.plan);
    QCOMPARE(read->inputsDigest, report.inputsDigest);
    QCOMPARE(read->startedAt, report.startedAt);
    QCOMPARE(read->run.coldStartMs, report.run.coldStartMs);
    QCOMPARE(dumpJson(toJson(*read)["latency_ms"]), dumpJson(toJson(report)["latency_ms"]));
}

void TestBenchResult::json_saysWhatIsTooFew()
{
    const Json json = toJson(sample());
    QVERIFY(json["memory"]["gpu_peak_bytes"].is_null());
    QCOMPARE(json["memory"]["host_peak_bytes"].get<qint64>(), 260'000'000);
    QCOMPARE(json["failures"]["busy"].get<int>(), 1);
    QCOMPARE(json["requests"]["ok"].get<int>(), 299);
    QCOMPARE(json["warmup"]["cold_start_ms"].get<double>(), 1234.5);
    QCOMPARE(json["timings_ms"]["text"]["n"].get<int>(), 299);
    QCOMPARE(json["quality"]["n"].get<int>(), 1);
    QVERIFY(json["quality"]["median"].contains("note"));
    BenchResult plain = benchResultOf({1, 2, 3});
    QVERIFY(toJson(plain)["quality"].is_null());
    QVERIFY(toJson(plain)["goodput_per_s"].is_null());
}

void TestBenchResult::hostileFiles_areSentences_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    const auto add = [](const char *name, const QByteArray &text, ErrorCode code = ErrorCode::InvalidInput) { QTest::newRow(name) << text << int(code); };
    const auto edit = [&](const char *name, const std::function<void(Json &)> &change, ErrorCode code = ErrorCode::InvalidInput) {
        add(name, dumpJson(changed(change)), code);
    };
    add("nothing", "");
    add("not JSON", "p99: 4 ms");
    add("half", dumpJson(toJson(sample())).left(5000));
    add("another JSON", R"({"results": [1, 2, 3]})");
    add("a list", "[1, 2]");
    add("a number", "5");
    add("NUL", QByteArray("{\"galley_bench\": 1, \"a\": \"\0\"}", 29));
    add("deep", QByteArray(100'000, '['));
    edit("newer version", [](Json &json) { json["galley_bench"] = 2; }, ErrorCode::Unsupported);
    edit("version 0", [](Json &json) { json["galley_bench"] = 0; }, ErrorCode::Unsupported);
    edit("version of words", [](Json &json) { json["galley_bench"] = "one"; });
    edit("no samples", [](Json &json) { json.erase("samples"); });
    edit("samples are a number", [](Json &json) { json["samples"] = 1; });
    edit("column too short", [](Json &json) { json["samples"]["failure"].erase(0); });
    edit("column missing", [](Json &json) { json["samples"].erase("start_ms"); });
    edit("stage too short", [](Json &json) { json["sample_timings_ms"]["text"].erase(0); });
    edit("stage of words", [](Json &json) { json["sample_timings_ms"]["text"][3] = "fast"; });
    edit("negative time", [](Json &json) { json["samples"]["ms"][4] = -1; });
    edit("endless time", [](Json &json) { json["samples"]["ms"][4] = 1e300; });
    edit("time of words", [](Json &json) { json["samples"]["ms"][4] = "4"; });
    edit("index twice", [](Json &json) { json["samples"]["index"][4] = 3; });
    edit("index of the future", [](Json &json) { json["samples"]["index"][4] = 1e9; });
    edit("half an index", [](Json &json) { json["samples"]["index"][4] = 4.5; });
    edit("failure of numbers", [](Json &json) { json["samples"]["failure"][4] = 4; });
    edit("quality over 1", [](Json &json) { json["samples"]["quality"][4] = 2; });
    edit("plan of words", [](Json &json) { json["plan"] = "fast"; });
    edit("no wall time", [](Json &json) { json["wall_ms"] = nullptr; });
    edit("inputs", [](Json &json) { json["inputs"]["count"] = 0; });
    add("not a number", QByteArray(dumpJson(toJson(sample()))).replace("\"wall_ms\":", "\"wall_ms\":NaN,\"x\":"));
}

void TestBenchResult::hostileFiles_areSentences()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    const auto read = readBenchResult(text, QStringLiteral("old.json"));
    QVERIFY(!read);
    QCOMPARE(int(read.error().code), code);
    QVERIFY2(read.error().message.contains(QStringLiteral("old.json")), qPrintable(read.error().message));
    QVERIFY(read.error().message.endsWith(QLatin1Char('.')));
}

void TestBenchResult::hugeFile_isRefusedUnread()
{
    QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("huge.json"));
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(10LL << 30));  // sparse
    const auto read = loadBenchResult(name);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::TooLarge);
    QCOMPARE(loadBenchResult(folder.filePath(QStringLiteral("none.json"))).error().code, ErrorCode::NotFound);
    QCOMPARE(loadBenchResult(folder.path()).error().code, ErrorCode::Io);
}

void TestBenchResult::csv_hasALineForEachRequest()
{
    BenchResult report = sample();
    report.run.samples[3].failure = QStringLiteral("odd \"word\", here");
    const QList<QByteArray> lines = toCsv(report).split('\n');
    QCOMPARE(lines.size(), 302);
    QCOMPARE(lines[0].trimmed(), QByteArray("index,start_ms,delay_ms,ms,failure,quality,cost_usd,\"denoise_ms\",\"text_ms\""));
    QCOMPARE(lines[1].trimmed(), QByteArray("0,0.000,0.000,1.000,,,0.000000,0.000,1.000"));
    QVERIFY(lines[4].contains("\"odd \"\"word\"\", here\""));
    QVERIFY(lines[10].contains("\"busy\""));
    QVERIFY(lines[21].contains("0.750"));
}

void TestBenchResult::text_namesEverything()
{
    const QString text = toText(sample());
    for (const char *word : {"median", "p90", "p95", "p99", "max", "n 299", "busy 1", "throughput", "within 100 ms", "cold start", "260 MB", "drawn text", "denoise", "0.2500 USD"})
        QVERIFY2(text.contains(QLatin1String(word)), word);
}

void TestBenchResult::chart_showsFailuresAndBaseline()
{
    const auto count = [](const QImage &image, QRgb color) {
        int n = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                n += image.pixel(x, y) == color;
        }
        return n;
    };
    constexpr QRgb danger = 0xFFB83227, accent = 0xFF2462CC, earlier = 0xFF9A9A9A;
    BenchResult report = sample();
    const QImage with = drawBenchChart(report);
    QCOMPARE(with.size(), QSize(1400, 620));
    QVERIFY(count(with, accent) > 500);
    QVERIFY(count(with, danger) > 0);
    // A few pixels of smoothed letters have that grey too.
    BenchResult before = report;  // slower, so that nothing lies over its line
    for (BenchSample &sample : before.run.samples)
        sample.ms *= 1.5;
    QVERIFY(count(drawBenchChart(report, &before), earlier) > count(with, earlier) + 50);
    report.run.samples[9].failure.clear();
    QCOMPARE(count(drawBenchChart(report), danger), 0);
    QVERIFY(!drawBenchChart(benchResultOf({})).isNull());
}

void TestBenchResult::emptyRun_isWritten()
{
    BenchResult report = benchResultOf({});
    report.run.isCancelled = true;
    const Json json = toJson(report);
    QVERIFY(json["latency_ms"].is_null());
    QVERIFY(json["cancelled"].get<bool>());
    QVERIFY(readBenchResult(dumpJson(json), QStringLiteral("a.json")));
    QVERIFY(!toText(report).isEmpty());
}

QTEST_MAIN(TestBenchResult)
#include "tst_benchresult.moc"
