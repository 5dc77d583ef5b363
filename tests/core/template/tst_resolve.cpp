#include "core/template/resolve.h"

#include "core/template/names.h"
#include "core/template/slottext.h"

#include <QTest>

using namespace Galley;

namespace {

Slot slot(const char *name, SlotType type, const char *standard, bool optional = false)
{
    Slot result;
    result.name = QString::fromLatin1(name);
    result.type = type;
    result.defaultValue = QString::fromUtf8(standard);
    result.optional = optional;
    return result;
}

Token token(const char *id, Role role, int z = 0)
{
    Token result;
    result.id = QString::fromLatin1(id);
    result.role = role;
    result.z = z;
    result.box = {0.1, 0.1, 0.5, 0.5};
    return result;
}

Template sample()
{
    Template value;
    value.name = QStringLiteral("Sample");
    value.style.summary = QStringLiteral("A poster for {event} with <hero>");
    Token hero = token("hero", Role::Subject, 1);
    hero.show = QStringLiteral("{subject}, flat illustration");
    hero.image = QStringLiteral("{photo}");
    hero.palette = {QStringLiteral("{accent}"), QStringLiteral("#00f")};
    Token title = token("title", Role::Headline, 2);
    title.text = QStringLiteral("{headline}");
    title.style.color = QStringLiteral("{accent}");
    Token note = token("note", Role::Cta, 0);
    note.text = QStringLiteral("{note}");
    note.fill = QStringLiteral("#112233");
    value.tokens = {title, hero, note};
    value.slotList = {slot("headline", SlotType::Text, "Spring Market"), slot("event", SlotType::Text, "a fair"),
                      slot("subject", SlotType::Subject, "an apple"),    slot("photo", SlotType::Image, "", true),
                      slot("accent", SlotType::Color, "#C0392B"),        slot("note", SlotType::Text, "Come", true)};
    return value;
}

Row row(const QMap<QString, QString> &values)
{
    return {1, values, QStringLiteral("/data/rows")};
}

} // namespace

class TestResolve : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaults_areInserted();
    void values_replaceDefaults();
    void spans_coverTheValues();
    void references_areKeptApartFromValues();
    void escapes_areUndone_data();
    void escapes_areUndone();
    void emptyValue_usesDefaultUnlessOptional();
    void optionalEmpty_removesTokensThatShowNothingElse();
    void hiddenTokens_areGone();
    void tokens_areSortedByZ();
    void imagePaths_areRelativeToTheirFile_data();
    void imagePaths_areRelativeToTheirFile();
    void wrongValue_namesRowTokenKeyAndSlot_data();
    void wrongValue_namesRowTokenKeyAndSlot();
    void slotValues_areChecked_data();
    void slotValues_areChecked();
    void colours_areParsed_data();
    void colours_areParsed();
    void repeatedLongValue_isRefused();
    void names_areFound();
    void nearestName_isFound_data();
    void nearestName_isFound();
};

void TestResolve::defaults_areInserted()
{
    const Result<Variant> variant = resolve(sample(), {});
    QVERIFY2(variant, variant ? "" : qPrintable(variant.error().message));
    QCOMPARE(variant->summary.text, QStringLiteral("A poster for a fair with <hero>"));
    QCOMPARE(variant->findToken(QStringLiteral("hero"))->show.text, QStringLiteral("an apple, flat illustration"));
    QCOMPARE(variant->findToken(QStringLiteral("title"))->textColor, QColor(0xC0, 0x39, 0x2B));
    QCOMPARE(variant->findToken(QStringLiteral("hero"))->palette, (QList<QColor>{QColor(0xC0, 0x39, 0x2B), QColor(0, 0, 255)}));
    QVERIFY(!variant->findToken(QStringLiteral("hero"))->fill.isValid());
}

void TestResolve::values_replaceDefaults()
{
    const Result<Variant> variant = resolve(sample(), row({{QStringLiteral("headline"), QStringLiteral("Hi")}}));
    QVERIFY(variant);
    QCOMPARE(variant->findToken(QStringLiteral("title"))->text.text, QStringLiteral("Hi"));
    QCOMPARE(*variant, *resolve(sample(), row({{QStringLiteral("headline"), QStringLiteral("Hi")}})));
}

void TestResolve::spans_coverTheValues()
{
    Template value = sample();
    value.tokens[0].text = QStringLiteral("{{{headline}}} · {note}{event}");
    const Result<Variant> variant = resolve(value, row({{QStringLiteral("note"), QString()}}));
    QVERIFY(variant);
    const ResolvedText &text = variant->findToken(QStringLiteral("title"))->text;
    QCOMPARE(text.text, QStringLiteral("{Spring Market} · a fair"));
    QCOMPARE(text.spans.size(), 3);
    QCOMPARE(text.text.mid(text.spans[0].start, text.spans[0].end - text.spans[0].start), QStringLiteral("Spring Market"));
    QCOMPARE(text.spans[1].start, text.spans[1].end);
    QCOMPARE(text.text.mid(text.spans[2].start, text.spans[2].end - text.spans[2].start), QStringLiteral("a fair"));
}

void TestResolve::references_areKeptApartFromValues()
{
    const Result<Variant> variant = resolve(sample(), row({{QStringLiteral("event"), QStringLiteral("<title> {x}")}}));
    QVERIFY(variant);
    QCOMPARE(variant->summary.text, QStringLiteral("A poster for <title> {x} with <hero>"));
    QCOMPARE(variant->summary.references.size(), 1);
    QCOMPARE(variant->summary.references[0], (TokenReference{30, 36, QStringLiteral("hero")}));
}

void TestResolve::escapes_areUndone_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QStringLiteral("a b") << QStringLiteral("a b");
    QTest::newRow("braces") << QStringLiteral("{{a}}") << QStringLiteral("{a}");
    QTest::newRow("braces around slot") << QStringLiteral("{{{event}}}") << QStringLiteral("{a fair}");
    QTest::newRow("angle") << QStringLiteral("a << b <<hero>") << QStringLiteral("a < b <hero>");
    QTest::newRow("lone closing brace") << QStringLiteral("a } b") << QStringLiteral("a } b");
    QTest::newRow("lone angle") << QStringLiteral("1 < 2 <3") << QStringLiteral("1 < 2 <3");
    QTest::newRow("token name in text") << QStringLiteral("<hero> <x>") << QStringLiteral("<hero> <x>");
    QTest::newRow("brace that opens nothing") << QStringLiteral("{Head line} {1} {") << QStringLiteral("{Head line} {1} {");
    QTest::newRow("four braces") << QStringLiteral("{{{{}}}}") << QStringLiteral("{{}}");
}

void TestResolve::escapes_areUndone()
{
    QFETCH(QString, source);
    Template value = sample();
    value.tokens[0].text = source;
    const Result<Variant> variant = resolve(value, {});
    QVERIFY2(variant, variant ? "" : qPrintable(variant.error().message));
    QTEST(variant->findToken(QStringLiteral("title"))->text.text, "text");
}

void TestResolve::emptyValue_usesDefaultUnlessOptional()
{
    const Result<Variant> variant
        = resolve(sample(), row({{QStringLiteral("headline"), QString()}, {QStringLiteral("note"), QString()}}));
    QVERIFY(variant);
    QCOMPARE(variant->findToken(QStringLiteral("title"))->text.text, QStringLiteral("Spring Market"));
    QVERIFY(!variant->findToken(QStringLiteral("note")));
}

void TestResolve::optionalEmpty_removesTokensThatShowNothingElse()
{
    Template value = sample();
    value.tokens[2].text = QStringLiteral("Now: {note}");
    const Row empty = row({{QStringLiteral("note"), QString()}});
    QVERIFY(resolve(value, empty)->findToken(QStringLiteral("note")));  // still says "Now: "
    value.tokens[2].text = QStringLiteral(" {note} ");
    QVERIFY(!resolve(value, empty)->findToken(QStringLiteral("note")));
    value.tokens[2].role = Role::Panel;
    QVERIFY(resolve(value, empty)->findToken(QStringLiteral("note")));  // its fill is the point of a panel
    value.slotList[2].optional = true;
    value.slotList[2].defaultValue.clear();
    QVERIFY(!resolve(value, {})->findToken(QStringLiteral("hero")));  // ", flat illustration" is nothing to show
    const Row photo = row({{QStringLiteral("photo"), QStringLiteral("a.png")}});
    QVERIFY(resolve(value, photo)->findToken(QStringLiteral("hero")));
    value.tokens[0].text.clear();
    QVERIFY(resolve(value, {})->findToken(QStringLiteral("title")));  // empty, but not because of a slot
}

void TestResolve::hiddenTokens_areGone()
{
    Template value = sample();
    value.tokens[0].hidden = true;
    value.tokens[0].text = QStringLiteral("{nobody}");
    const Result<Variant> variant = resolve(value, {});
    QVERIFY(variant);
    QVERIFY(!variant->findToken(QStringLiteral("title")));
    QCOMPARE(variant->tokens.size(), 2);
}

void TestResolve::tokens_areSortedByZ()
{
    Template value = sample();
    value.tokens.append(token("late", Role::Panel, 1));
    QStringList ids;
    const Result<Variant> variant = resolve(value, {});
    for (const ResolvedToken &resolved : variant->tokens)
        ids.append(resolved.token.id);
    QCOMPARE(ids, (QStringList{QStringLiteral("note"), QStringLiteral("hero"), QStringLiteral("late"), QStringLiteral("title")}));
}

void TestResolve::imagePaths_areRelativeToTheirFile_data()
{
    QTest::addColumn<QString>("image");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("path");
    QTest::newRow("template's own") << QStringLiteral("img/a.png") << QString() << QStringLiteral("/templates/img/a.png");
    QTest::newRow("row's") << QStringLiteral("{photo}") << QStringLiteral("b.png") << QStringLiteral("/data/rows/b.png");
    QTest::newRow("row's, up") << QStringLiteral("{photo}") << QStringLiteral("../b.png") << QStringLiteral("/data/b.png");
    QTest::newRow("part of the template's") << QStringLiteral("img/{photo}.png") << QStringLiteral("c")
                                            << QStringLiteral("/templates/img/c.png");
    QTest::newRow("absolute") << QStringLiteral("{photo}") << QStringLiteral("/x/d.png") << QStringLiteral("/x/d.png");
    QTest::newRow("empty") << QStringLiteral("{photo}") << QString() << QString();
}

void TestResolve::imagePaths_areRelativeToTheirFile()
{
    QFETCH(QString, image);
    QFETCH(QString, value);
    Template sheet = sample();
    sheet.tokens[1].image = image;
    const Result<Variant> variant = resolve(sheet, row({{QStringLiteral("photo"), value}}), QStringLiteral("/templates"));
    QVERIFY(variant);
    QTEST(variant->findToken(QStringLiteral("hero"))->imagePath, "path");
}

void TestResolve::wrongValue_namesRowTokenKeyAndSlot_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("colour") << QStringLiteral("accent") << QStringLiteral("blue")
                            << QStringList{QStringLiteral("Row 1"), QStringLiteral("title"), QStringLiteral("color"),
                                           QStringLiteral("accent"), QStringLiteral("#2E8B57")};
    QTest::newRow("address") << QStringLiteral("photo") << QStringLiteral("https://x/y.png")
                             << QStringList{QStringLiteral("Row 1"), QStringLiteral("hero"), QStringLiteral("image"),
                                            QStringLiteral("photo")};
    QTest::newRow("length") << QStringLiteral("headline") << QString(10'001, u'x')
                            << QStringList{QStringLiteral("title"), QStringLiteral("headline"), QStringLiteral("10000")};
}

void TestResolve::wrongValue_namesRowTokenKeyAndSlot()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QStringList, words);
    const Result<Variant> variant = resolve(sample(), row({{name, value}}));
    QVERIFY(!variant);
    for (const QString &word : words)
        QVERIFY2(variant.error().message.contains(word), qPrintable(variant.error().message));
}

void TestResolve::slotValues_areChecked_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("fine");
    const auto row = [](const char *name, SlotType type, const char *value, bool fine) {
        QTest::newRow(name) << int(type) << QString::fromUtf8(value) << fine;
    };
    row("empty", SlotType::Number, "", true);
    row("text", SlotType::Text, "four", true);
    row("text too long", SlotType::Text, "fives", false);
    row("family emoji is one", SlotType::Text, "\U0001F468\u200D\U0001F469\u200D\U0001F467", true);
    row("five emoji", SlotType::Text, "\U0001F34E\U0001F34E\U0001F34E\U0001F34E\U0001F34E", false);
    row("number", SlotType::Number, "7.5", true);
    row("number with comma", SlotType::Number, "7,5", false);
    row("number too small", SlotType::Number, "0.5", false);
    row("number too large", SlotType::Number, "11", false);
    row("number nan", SlotType::Number, "nan", false);
    row("number inf", SlotType::Number, "inf", false);
    row("number word", SlotType::Number, "seven", false);
    row("choice", SlotType::Choice, "left", true);
    row("no choice", SlotType::Choice, "Left", false);
    row("colour", SlotType::Color, "#12345678", true);
    row("colour name", SlotType::Color, "red", false);
    row("image", SlotType::Image, "a b.png", true);
    row("address", SlotType::Image, "http://a/b.png", false);
}

void TestResolve::slotValues_areChecked()
{
    QFETCH(int, type);
    QFETCH(QString, value);
    QFETCH(bool, fine);
    Slot checked = slot("s", SlotType(type), "");
    checked.maxChars = 4;
    checked.minimum = 1;
    checked.maximum = 10;
    checked.choices = {QStringLiteral("left"), QStringLiteral("right")};
    const QString sentence = checkSlotValue(checked, value);
    QCOMPARE(sentence.isEmpty(), fine);
    QVERIFY(fine || sentence.contains(QStringLiteral("“s”")));
}

void TestResolve::colours_areParsed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QColor>("color");
    QTest::newRow("3") << QStringLiteral("#F0a") << QColor(255, 0, 170);
    QTest::newRow("6") << QStringLiteral("#2e8B57") << QColor(0x2E, 0x8B, 0x57);
    QTest::newRow("8") << QStringLiteral("#2E8B5780") << QColor(0x2E, 0x8B, 0x57, 0x80);
    for (const char *bad : {"", "#", "#12", "#1234", "#12345", "#GGGGGG", "red", "2E8B57", "#2E8B57 ", "#\u0661\u0662\u0663"})
        QTest::newRow(bad) << QString::fromUtf8(bad) << QColor();
}

void TestResolve::colours_areParsed()
{
    QFETCH(QString, text);
    QTEST(parseColor(text), "color");
}

void TestResolve::repeatedLongValue_isRefused()
{
    Template value = sample();
    value.tokens[0].text = QStringLiteral("{headline}").repeated(900);
    const Result<Variant> variant = resolve(value, row({{QStringLiteral("headline"), QString(9'000, u'x')}}));
    QVERIFY(!variant);
    QCOMPARE(variant.error().code, ErrorCode::TooLarge);
}

void TestResolve::names_areFound()
{
    const QString text = QStringLiteral("{a} {{b}} {c}{a} <hero> <<no> {B}");
    QCOMPARE(slotsIn(text), (QStringList{QStringLiteral("a"), QStringLiteral("c")}));
    QCOMPARE(tokensIn(text), QStringList{QStringLiteral("hero")});
    QVERIFY(!parseSlotText(text).problem.isEmpty());
    QVERIFY(isTokenId(QStringView(u"a-b_1")) && !isTokenId(QStringView(u"1a")) && !isTokenId(QStringView(u"")));
    QVERIFY(isSlotName(QStringView(u"a_1")) && !isSlotName(QStringView(u"a-1")) && !isSlotName(QStringView(u"\u00E4")));
}

void TestResolve::nearestName_isFound_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("near");
    QTest::newRow("swap") << QStringLiteral("haedline") << QStringLiteral("headline");
    QTest::newRow("missing letter") << QStringLiteral("subjct") << QStringLiteral("subject");
    QTest::newRow("capitals") << QStringLiteral("Headline") << QStringLiteral("headline");
    QTest::newRow("nothing like it") << QStringLiteral("price") << QString();
    QTest::newRow("one letter") << QStringLiteral("x") << QString();
}

void TestResolve::nearestName_isFound()
{
    QFETCH(QString, name);
    QTEST(nearestName(name, {QStringLiteral("headline"), QStringLiteral("subject"), QStringLiteral("y")}), "near");
}

QTEST_GUILESS_MAIN(TestResolve)
#include "tst_resolve.moc"
