#include "core/engines/local/answers.h"

#include <QTest>

#include <functional>

using namespace Galley;

namespace {

EngineRequest question()
{
    EngineRequest request;
    request.model = QStringLiteral("galley-draft");
    request.revision = QStringLiteral("r1");
    request.prompt = QStringLiteral("red apple");
    request.size = {4, 2};
    request.seed = 3;
    request.steps = 2;
    return request;
}

WorkerFrame answer()
{
    return {Json{{"type", "result"}, {"id", "j1"}, {"seed", 3}, {"steps", 2}, {"width", 4}, {"height", 2}, {"model", "galley-draft"},
                 {"revision", "r1"}, {"device", "cpu"}, {"dtype", "bf16"}, {"confidence", 0.75}, {"timings_ms", {{"total", 31.5}, {"odd", "x"}}},
                 {"attachments", Json::array({{{"name", "picture"}, {"offset", 0}, {"bytes", 32}, {"width", 4}, {"height", 2}, {"format", "rgba8"}}})}},
            QByteArray(32, '\x7F')};
}

WorkerFrame hello()
{
    return {Json{{"type", "hello"}, {"protocol", 1}, {"device", "cuda"}, {"dtype", "bf16"}, {"threads", 2}, {"libtorch", "2.15.0"},
                 {"notes", Json::array({"a note"})},
                 {"capabilities", {{"models", Json::array({{{"id", "galley-draft"}, {"revision", "r1"}, {"steps", {{"default", 1}, {"max", 1}}},
                                                            {"native", 128}, {"buckets", Json::array({Json::array({128, 128}), Json::array({96, 128}), Json::array({"x", 1})})},
                                                            {"styles", {"flat"}}, {"confidence_threshold", 0.4}, {"error", ""}}})}}}},
            {}};
}

using Change = std::function<void(Json &)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class TestAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hello_tellsWhatCanBeRendered();
    void strangeHello_isRefused_data();
    void strangeHello_isRefused();
    void rightAnswer_becomesAResult();
    void wrongAnswer_isNeverAPicture_data();
    void wrongAnswer_isNeverAPicture();
    void otherRevision_isSaidWithTheRemedy();
    void confidence_staysBetweenZeroAndOne();
    void renderMessage_hasEveryField();
    void vectors_areReadRowByRow();
    void wrongVectors_areRefused();
    void errorCodes_areTranslated_data();
    void errorCodes_areTranslated();
};

void TestAnswers::hello_tellsWhatCanBeRendered()
{
    const auto capabilities = readHello(hello());
    QVERIFY(capabilities);
    QCOMPARE(capabilities->device, QStringLiteral("cuda"));
    QCOMPARE(capabilities->library, QStringLiteral("libtorch 2.15.0"));
    QCOMPARE(capabilities->notes, QStringList{QStringLiteral("a note")});
    const ModelCapabilities *model = capabilities->findModel(QStringLiteral("galley-draft"));
    QVERIFY(model);
    QCOMPARE(model->revision, QStringLiteral("r1"));
    QCOMPARE(model->maxSteps, 1);
    QCOMPARE(model->defaultSteps, 1);
    QCOMPARE(model->nativeSize, 128);
    QCOMPARE(model->buckets, QList<QSize>({{128, 128}, {96, 128}}));
    QCOMPARE(model->styles, QStringList{QStringLiteral("flat")});
    QCOMPARE(model->confidenceThreshold, 0.4);
    QVERIFY(model->problem.isEmpty());
}

void TestAnswers::strangeHello_isRefused_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("other type") << Change([](Json &m) { m["type"] = "result"; }) << ErrorCode::WorkerFailed;
    QTest::newRow("no protocol") << Change([](Json &m) { m.erase("protocol"); }) << ErrorCode::WorkerFailed;
    QTest::newRow("protocol is a word") << Change([](Json &m) { m["protocol"] = "1"; }) << ErrorCode::WorkerFailed;
    QTest::newRow("newer protocol") << Change([](Json &m) { m["protocol"] = 2; }) << ErrorCode::Unsupported;
}

void TestAnswers::strangeHello_isRefused()
{
    QFETCH(Change, change);
    QFETCH(ErrorCode, code);
    WorkerFrame frame = hello();
    change(frame.message);
    const auto capabilities = readHello(frame);
    QVERIFY(!capabilities);
    QCOMPARE(capabilities.error().code, code);
}

void TestAnswers::rightAnswer_becomesAResult()
{
    const auto result = readResult(answer(), question());
    QVERIFY(result);
    QCOMPARE(result->image.size(), QSize(4, 2));
    QCOMPARE(result->model, QStringLiteral("galley-draft"));
    QCOMPARE(result->dtype, QStringLiteral("bf16"));
    QCOMPARE(result->seed, 3);
    QCOMPARE(result->steps, 2);
    QCOMPARE(result->confidence, 0.75);
    QCOMPARE(result->timingsMs.size(), 1);
    QCOMPARE(result->timingsMs.value(QStringLiteral("total")), 31.5);
}

void TestAnswers::wrongAnswer_isNeverAPicture_data()
{
    QTest::addColumn<Change>("change");
    QTest::newRow("another model") << Change([](Json &m) { m["model"] = "other"; });
    QTest::newRow("no model") << Change([](Json &m) { m.erase("model"); });
    QTest::newRow("model is a number") << Change([](Json &m) { m["model"] = 1; });
    QTest::newRow("another seed") << Change([](Json &m) { m["seed"] = 4; });
    QTest::newRow("no seed") << Change([](Json &m) { m.erase("seed"); });
    QTest::newRow("fewer steps") << Change([](Json &m) { m["steps"] = 1; });
    QTest::newRow("no picture") << Change([](Json &m) { m.erase("attachments"); });
    QTest::newRow("picture of another name") << Change([](Json &m) { m["attachments"][0]["name"] = "preview"; });
    QTest::newRow("turned picture") << Change([](Json &m) { m["attachments"][0]["width"] = 2; m["attachments"][0]["height"] = 4; });
    QTest::newRow("smaller picture") << Change([](Json &m) { m["attachments"][0]["bytes"] = 16; m["attachments"][0]["height"] = 1; });
    QTest::newRow("other format") << Change([](Json &m) { m["attachments"][0]["format"] = "f32"; });
}

void TestAnswers::wrongAnswer_isNeverAPicture()
{
    QFETCH(Change, change);
    WorkerFrame frame = answer();
    change(frame.message);
    const auto result = readResult(frame, question());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::WorkerFailed);
}

/// Nobody's mistake: the files were replaced.
void TestAnswers::otherRevision_isSaidWithTheRemedy()
{
    WorkerFrame frame = answer();
    frame.message["revision"] = "r2";
    const auto result = readResult(frame, question());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Unavailable);
    QVERIFY(result.error().message.contains(QStringLiteral("revision r2 is here now, not r1. Render again.")));
}

void TestAnswers::confidence_staysBetweenZeroAndOne()
{
    WorkerFrame frame = answer();
    frame.message["confidence"] = 7;
    QCOMPARE(readResult(frame, question())->confidence, 1.0);
    frame.message["confidence"] = -7;
    QCOMPARE(readResult(frame, question())->confidence, 0.0);
    frame.message.erase("confidence");
    QCOMPARE(readResult(frame, question())->confidence, 0.0);
}

void TestAnswers::renderMessage_hasEveryField()
{
    EngineRequest request = question();
    request.palette = {QColor(0xC0, 0x20, 0x30)};
    request.previewEvery = 1;
    const Json message = renderMessage(QStringLiteral("j9"), request).message;
    QCOMPARE(dumpJson(message),
             QByteArray("{\"type\":\"render\",\"id\":\"j9\",\"model\":\"galley-draft\",\"seed\":3,\"steps\":2,\"width\":4,\"height\":2,"
                        "\"guidance\":0.0,\"prompt\":\"red apple\",\"style\":\"\",\"palette\":[\"#C02030\"],\"preview_every\":1,\"output\":\"rgba\"}"));
    request.weights = true;
    QVERIFY(renderMessage(QStringLiteral("j9"), request).message["weights"] == true);
    request.quick = true;
    QVERIFY(renderMessage(QStringLiteral("j9"), request).message["quick"] == true);
    request.negativePrompt = QStringLiteral("blur");
    QCOMPARE(stringAt(renderMessage(QStringLiteral("j9"), request).message, "negative"), QStringLiteral("blur"));
}

void TestAnswers::vectors_areReadRowByRow()
{
    const float values[] = {1, 0, 0, 0.5f, 0.25f, -1};
    WorkerFrame frame{Json{{"type", "vectors"}, {"dim", 3},
                           {"attachments", Json::array({{{"name", "vectors"}, {"offset", 0}, {"bytes", 24}, {"rows", 2}, {"columns", 3}, {"format", "f32"}}})}},
                      QByteArray(reinterpret_cast<const char *>(values), sizeof values)};
    const auto vectors = readVectors(frame, 2);
    QVERIFY(vectors);
    QCOMPARE(*vectors, QList<QList<float>>({{1, 0, 0}, {0.5f, 0.25f, -1}}));
}

void TestAnswers::wrongVectors_areRefused()
{
    WorkerFrame frame{Json{{"type", "vectors"}, {"dim", 2},
                           {"attachments", Json::array({{{"name", "vectors"}, {"offset", 0}, {"bytes", 8}, {"format", "f32"}}})}},
                      QByteArray(8, '\0')};
    QVERIFY(readVectors(frame, 1));
    QVERIFY(!readVectors(frame, 2));
    WorkerFrame notANumber = frame;
    notANumber.attachment = QByteArray(8, '\xFF');
    QVERIFY(!readVectors(notANumber, 1));
    frame.message["dim"] = 0;
    QVERIFY(!readVectors(frame, 1));
    frame.message["dim"] = 2;
    frame.message.erase("attachments");
    QVERIFY(!readVectors(frame, 1));
}

void TestAnswers::errorCodes_areTranslated_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("cancelled") << QStringLiteral("cancelled") << ErrorCode::Cancelled;
    QTest::newRow("invalid") << QStringLiteral("invalid") << ErrorCode::InvalidInput;
    QTest::newRow("model file") << QStringLiteral("model_file") << ErrorCode::Unavailable;
    QTest::newRow("memory") << QStringLiteral("out_of_memory") << ErrorCode::OutOfMemory;
    QTest::newRow("unheard of") << QStringLiteral("fell_over") << ErrorCode::WorkerFailed;
}

void TestAnswers::errorCodes_areTranslated()
{
    QFETCH(QString, word);
    QFETCH(ErrorCode, code);
    const Error error = readError({Json{{"type", "error"}, {"code", word.toStdString()}}, {}});
    QCOMPARE(error.code, code);
    QVERIFY(error.message.endsWith(QLatin1Char('.')));
}

QTEST_GUILESS_MAIN(TestAnswers)
#include "tst_answers.moc"
