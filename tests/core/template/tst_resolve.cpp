#include "core/template/resolve.h"
#include "core/template/templatefile.h"

#include <QTest>

using namespace Galley;

namespace {

Template sample()
{
    const Result<LoadedTemplate> loaded = parseTemplate(R"({"galley":1,"name":"S","canvas":{"background":"{tint}"},
      "tokens":[
       {"id":"top","role":"headline","box":[0,0,1,1],"z":5,"text":"{{{word}}} <<b> {word}!","color":"{tint}"},
       {"id":"hero","role":"subject","box":[0,0,1,1],"z":1,"show":"a {thing}","image":"{photo}"},
       {"id":"extra","role":"caption","box":[0,0,1,1],"z":1,"text":"{note}"},
       {"id":"ghost","role":"panel","box":[0,0,1,1],"hidden":true,"fill":"#000"}],
      "slots":{"word":{"default":"Hi","max_chars":5},"thing":{"type":"subject","default":"cat"},
       "tint":{"type":"color","default":"#102030"},"photo":{"type":"image","optional":true},
       "note":{"optional":true},"count":{"type":"number","default":3,"min":1,"max":9},
       "size":{"type":"choice","default":"S","choices":["S","M"]}}})",
                                                        QStringLiteral("t"));
    Q_ASSERT(loaded);
    return loaded->value;
}

Row rowOf(const QString &slot, const QString &value)
{
    Row row;
    row.number = 4;
    row.values.insert(slot, value);
    row.folder = QStringLiteral("/rows");
    return row;
}

} // namespace

/// Template × row.
class TestResolve : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void slots_areInserted_withSpans();
    void optionalEmpty_removesToken();
    void order_isByZ();
    void images_areRelativeToTheirFile();
    void badValues_areSentences_data();
    void badValues_areSentences();
    void template_isUnchanged();
};

void TestResolve::slots_areInserted_withSpans()
{
    const Result<Variant> variant = resolve(sample(), {});
    QVERIFY(variant);
    QCOMPARE(variant->background, QColor(0x10, 0x20, 0x30));
    const ResolvedToken *top = variant->findToken(QStringLiteral("top"));
    QVERIFY(top);
    QCOMPARE(top->text.text, QStringLiteral("{Hi} <b> Hi!"));
    QCOMPARE(top->text.spans, (QList<SlotSpan>{{1, 3, QStringLiteral("word")}, {9, 11, QStringLiteral("word")}}));
    QCOMPARE(top->textColor, QColor(0x10, 0x20, 0x30));
}

void TestResolve::optionalEmpty_removesToken()
{
    QVERIFY(!resolve(sample(), {})->findToken(QStringLiteral("extra")));
    QVERIFY(!resolve(sample(), {})->findToken(QStringLiteral("ghost")));
    QVERIFY(resolve(sample(), {})->findToken(QStringLiteral("hero"))); // an empty photo, but words
    QVERIFY(resolve(sample(), rowOf(QStringLiteral("note"), QStringLiteral("n")))->findToken(QStringLiteral("extra")));
}

void TestResolve::order_isByZ()
{
    const Result<Variant> variant = resolve(sample(), {});
    QCOMPARE(variant->tokens.first().token.id, QStringLiteral("hero"));
    QCOMPARE(variant->tokens.last().token.id, QStringLiteral("top"));
}

void TestResolve::images_areRelativeToTheirFile()
{
    const QString folder = QStringLiteral("/templates");
    Template value = sample();
    QCOMPARE(resolve(value, rowOf(QStringLiteral("photo"), QStringLiteral("a/../b.png")), folder)->findToken(QStringLiteral("hero"))->imagePath,
             QStringLiteral("/rows/b.png"));
    value.findSlot(QStringLiteral("photo"))->defaultValue = QStringLiteral("c.png");
    QCOMPARE(resolve(value, {}, folder)->findToken(QStringLiteral("hero"))->imagePath, QStringLiteral("/templates/c.png"));
}

void TestResolve::badValues_areSentences_data()
{
    QTest::addColumn<QString>("slot");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("words");
    QTest::newRow("too long") << QStringLiteral("word") << QStringLiteral("Hello!") << QStringLiteral("limit is 5");
    QTest::newRow("emoji count as one") << QStringLiteral("word") << QString::fromUtf8("😀😀😀😀😀😀") << QStringLiteral("holds 6");
    QTest::newRow("colour") << QStringLiteral("tint") << QStringLiteral("blue-ish") << QStringLiteral("#RRGGBB");
    QTest::newRow("not a number") << QStringLiteral("count") << QStringLiteral("many") << QStringLiteral("not a number");
    QTest::newRow("nan") << QStringLiteral("count") << QStringLiteral("nan") << QStringLiteral("not a number");
    QTest::newRow("below") << QStringLiteral("count") << QStringLiteral("0") << QStringLiteral("smallest");
    QTest::newRow("above") << QStringLiteral("count") << QStringLiteral("10") << QStringLiteral("largest");
    QTest::newRow("choice") << QStringLiteral("size") << QStringLiteral("XL") << QStringLiteral("S, M");
}

void TestResolve::badValues_areSentences()
{
    QFETCH(QString, slot);
    QFETCH(QString, value);
    QFETCH(QString, words);
    const Result<Variant> variant = resolve(sample(), rowOf(slot, value));
    QVERIFY(!variant);
    QVERIFY2(variant.error().message.contains(words), qPrintable(variant.error().message));
    QVERIFY2(variant.error().message.contains(slot), qPrintable(variant.error().message));
    QVERIFY2(variant.error().message.startsWith(QLatin1String("Row 4")), qPrintable(variant.error().message));
}

void TestResolve::template_isUnchanged()
{
    const Template before = sample();
    Template value = before;
    QVERIFY(resolve(value, rowOf(QStringLiteral("word"), QStringLiteral("Yo"))));
    QCOMPARE(value, before);
}

QTEST_GUILESS_MAIN(TestResolve)
#include "tst_resolve.moc"
