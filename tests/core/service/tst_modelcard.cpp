#include "core/service/modelcard.h"
#include "testpaths.h"

#include <QLocale>
#include <QTest>

#include <algorithm>

using namespace Galley;

/// What a model's description says is shown; what it does not say, or says oddly, is not made up.
class TestModelCard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void shippedModel_hasACard();
    void figures_areWords_data();
    void figures_areWords();
    void limits_areThoseOfTheDescription();
    void oddDescriptions_giveWhatIsThere_data();
    void oddDescriptions_giveWhatIsThere();
    void missingFile_isASentence();
};

namespace {

Json parsed(const QByteArray &text)
{
    const Result<Json> json = parseJson(text, QStringLiteral("card"));
    return json ? *json : Json();
}

} // namespace

void TestModelCard::shippedModel_hasACard()
{
    const auto card = readModelCard(QStringLiteral(GALLEY_SOURCE_DIR "/resources/models/galley-draft"));
    QVERIFY2(card, card ? "" : qPrintable(card.error().message));
    QCOMPARE(card->name, QStringLiteral("galley-draft"));
    QVERIFY(!card->revision.isEmpty());
    QVERIFY(card->limits.size() >= 4);
    QVERIFY2(!card->limits.filter(QStringLiteral("no photos")).isEmpty(), qPrintable(card->limits.join(u'\n')));
    // Words come by name later and are no training; what the weights began with was.
    QVERIFY(card->training.contains({QStringLiteral("captions"), QStringLiteral("8286")}));
    const auto earlier = std::find_if(card->training.cbegin(), card->training.cend(), [](const ModelCard::Line &line) { return line.first.contains(QStringLiteral("earlier")); });
    QVERIFY(earlier != card->training.cend());
    QVERIFY2(earlier->second.contains(QStringLiteral("pictures seen: 2933712")), qPrintable(earlier->second));
    QVERIFY(!card->words.isEmpty());
    QVERIFY(card->sources.size() >= 3);
    for (const ModelCard::Source &source : card->sources)
        QVERIFY(!source.what.isEmpty() && !source.source.isEmpty() && !source.licence.isEmpty());
    QVERIFY(!card->evaluation.isEmpty());
    for (const auto &[label, figures] : card->evaluation)
        QVERIFY2(!label.contains(u'_') && !figures.contains(u'_'), qPrintable(label + QStringLiteral(" | ") + figures));
}

void TestModelCard::figures_areWords_data()
{
    QTest::addColumn<QByteArray>("evaluation");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("figures");
    QTest::newRow("share") << QByteArray(R"({"recognised":{"steps_2":{"first":0.9994,"first_five":1.0}}})")
                           << QStringLiteral("Recognised by a judge of its own, in 2 steps")
                           << QStringLiteral("first choice: 99.9 % · among five: 100.0 %");
    QTest::newRow("colour") << QByteArray(R"({"colour_in_the_application":{"clip_art":{"median":6.15,"p90":16.05}}})")
                            << QString::fromUtf8("Distance to the colour asked for (ΔE 2000), Clip art")
                            << QStringLiteral("half below: 6.15 · nine of ten below: 16.05");
    QTest::newRow("unknown words") << QByteArray(R"({"something_new":{"of_a_kind":3,"psnr_db":18.2,"ok":null,"list":[1]}})")
                                   << QStringLiteral("something new") << QStringLiteral("of a kind: 3 · psnr db: 18.2 dB");
}

void TestModelCard::figures_areWords()
{
    QFETCH(QByteArray, evaluation);
    QFETCH(QString, label);
    QFETCH(QString, figures);
    const ModelCard card = modelCard(parsed("{\"evaluation\":" + evaluation + "}"));
    QCOMPARE(card.evaluation, (QList<ModelCard::Line>{{label, figures}}));
}

/// Other weights have other limits: none is known to the application.
void TestModelCard::limits_areThoseOfTheDescription()
{
    QCOMPARE(modelCard(parsed(R"({"limits":["It draws ships.",3,"No harbours."]})")).limits, (QStringList{QStringLiteral("It draws ships."), QStringLiteral("No harbours.")}));
    QVERIFY(modelCard(parsed(R"({"limits":"none"})")).limits.isEmpty());
    QVERIFY(modelCard(parsed("{}")).limits.isEmpty());
}

void TestModelCard::oddDescriptions_giveWhatIsThere_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray("{}");
    QTest::newRow("no object") << QByteArray("[1]");
    QTest::newRow("wrong types") << QByteArray(R"({"name":1,"words":[2],"revision":[],"training":"fast","licences":{"a":1},"evaluation":[1]})");
    QTest::newRow("empty parts") << QByteArray(R"({"training":{"a":null,"b":[]},"licences":[1,"a"],"evaluation":{"a":{},"b":null}})");
    QTest::newRow("deep") << "{\"evaluation\":" + QByteArray("{\"a\":").repeated(12) + "1" + QByteArray("}").repeated(12) + "}";
}

void TestModelCard::oddDescriptions_giveWhatIsThere()
{
    QFETCH(QByteArray, text);
    const ModelCard card = modelCard(parsed(text));
    QVERIFY(card.name.isEmpty() && card.revision.isEmpty() && card.training.isEmpty() && card.words.isEmpty() && card.sources.isEmpty() && card.evaluation.isEmpty());
}

void TestModelCard::missingFile_isASentence()
{
    const auto card = readModelCard(QStringLiteral("/nowhere"));
    QVERIFY(!card);
    QVERIFY(card.error().message.endsWith(u'.'));
}

QTEST_GUILESS_MAIN(TestModelCard)
#include "tst_modelcard.moc"
