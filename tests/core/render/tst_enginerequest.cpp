#include "core/render/renderengine.h"

#include <QTest>

#include <algorithm>
#include <string>
#include <vector>


using namespace Galley;

namespace {

EngineRequest sample()
{
    EngineRequest request;
    request.model = QStringLiteral("galley-draft");
    request.revision = QStringLiteral("r1");
    request.prompt = QStringLiteral("a basket of \u00E4pples");
    request.style = QStringLiteral("flat");
    request.palette = {QColor(0xC0, 0x39, 0x2B)};
    request.size = {128, 96};
    request.seed = 7;
    request.steps = 2;
    return request;
}

} // namespace

class TestEngineRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void canonicalJson_isTheseBytes();
    void canonicalJson_hasSortedKeys();
    void wholeNumbers_areWrittenAsIntegers();
    void change_changesTheDigest_data();
    void change_changesTheDigest();
    void previews_doNotChangeTheDigest();
    void findModel_findsByIdOnly();
};

void TestEngineRequest::canonicalJson_isTheseBytes()
{
    QCOMPARE(dumpJson(sample().toCanonicalJson()),
             QByteArray("{\"guidance\":0,\"height\":96,\"model\":\"galley-draft\",\"negative\":\"\",\"palette\":[\"#C0392B\"],"
                        "\"prompt\":\"a basket of \xC3\xA4pples\",\"revision\":\"r1\",\"rgba\":true,\"seed\":7,\"steps\":2,"
                        "\"style\":\"flat\",\"width\":128}"));
    // Written down once: a digest that changes by itself would empty every cache and break every provenance record.
    QCOMPARE(sample().digest(), QStringLiteral("609b33d27717bf9b3ec07f309b8a4bd812319cf16c2afb73c2949171bf98f724"));
}

void TestEngineRequest::canonicalJson_hasSortedKeys()
{
    std::vector<std::string> keys;
    const Json json = sample().toCanonicalJson();
    for (const auto &[key, value] : json.items())
        keys.push_back(key);
    QVERIFY(std::is_sorted(keys.begin(), keys.end()));
}

void TestEngineRequest::wholeNumbers_areWrittenAsIntegers()
{
    EngineRequest request = sample();
    request.guidance = 2;
    QVERIFY(dumpJson(request.toCanonicalJson()).contains("\"guidance\":2,"));
    request.guidance = 2.5;
    QVERIFY(dumpJson(request.toCanonicalJson()).contains("\"guidance\":2.5,"));
}

void TestEngineRequest::change_changesTheDigest_data()
{
    QTest::addColumn<int>("index");
    const char *names[] = {"model", "revision", "prompt", "negative", "style", "palette", "size", "seed", "steps", "guidance", "rgba", "weights"};
    for (int i = 0; i < int(std::size(names)); ++i)
        QTest::newRow(names[i]) << i;
}

void TestEngineRequest::change_changesTheDigest()
{
    QFETCH(int, index);
    EngineRequest request = sample();
    switch (index) {
    case 0: request.model += QLatin1Char('x'); break;
    case 1: request.revision += QLatin1Char('x'); break;
    case 2: request.prompt += QLatin1Char('x'); break;
    case 3: request.negativePrompt = QStringLiteral("x"); break;
    case 4: request.style.clear(); break;
    case 5: request.palette[0].setRed(0xC1); break;
    case 6: request.size.transpose(); break;
    case 7: request.seed = 0; break;
    case 8: request.steps = 1; break;
    case 9: request.guidance = 1.5; break;
    case 10: request.rgba = false; break;
    case 11: request.weights = true; break;
    }
    QVERIFY(request != sample());
    QVERIFY(request.digest() != sample().digest());
    QCOMPARE(request.digest().size(), 64);
}

void TestEngineRequest::previews_doNotChangeTheDigest()
{
    EngineRequest request = sample();
    request.previewEvery = 1;
    QCOMPARE(request.digest(), sample().digest());
}

void TestEngineRequest::findModel_findsByIdOnly()
{
    EngineCapabilities capabilities;
    QVERIFY(!capabilities.findModel(QStringLiteral("galley-draft")));
    ModelCapabilities model;
    model.model = QStringLiteral("galley-draft");
    capabilities.models = {model};
    QVERIFY(capabilities.findModel(QStringLiteral("galley-draft")));
    QVERIFY(!capabilities.findModel(QStringLiteral("galley")));
}

QTEST_GUILESS_MAIN(TestEngineRequest)
#include "tst_enginerequest.moc"
