#include "core/template/templatefile.h"
#include "ui/design/tokenclipboard.h"
#include "ui/design/tokeneditor.h"
#include "ui/document/templatedocument.h"

#include <QMimeData>
#include <QTest>

#include <memory>

using namespace Galley;

namespace {

Template sample()
{
    Template value = newTemplate(QStringLiteral("Sample"), {1000, 1000});
    int z = 0;
    for (const char *id : {"a", "b", "c", "d"}) {
        Token token;
        token.id = QLatin1String(id);
        token.role = Role::Panel;
        token.fill = QStringLiteral("#808080");
        token.box = {0.1 * (z + 1), 0.1, 0.05, 0.05};
        token.z = z++ / 2;  // two and two share a level
        value.tokens << token;
    }
    return value;
}

QStringList list(const char *ids)
{
    return QString::fromLatin1(ids).split(u' ', Qt::SkipEmptyParts);
}

} // namespace

class TestTokenEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void restack_ordersAndNamesIt_data();
    void restack_ordersAndNamesIt();
    void add_everyRole_isValidAndVisible();
    void add_beyondTheLimit_isRefusedWithASentence();
    void readOnly_changesNothing();
    void locked_stayWhereTheyAre();
    void align_lockedTokenIsTheReference();
    void paste_bringsMissingSlotsAndFreeIds();
    void paste_fromAnotherFolder_keepsImagesReachable();
    void paste_garbage_isASentence_data();
    void paste_garbage_isASentence();
};

void TestTokenEditor::restack_ordersAndNamesIt_data()
{
    QTest::addColumn<QString>("moved");
    QTest::addColumn<StackingMove>("move");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("text");
    QTest::newRow("front") << "a" << StackingMove::ToFront << "b c d a" << "Bring a to front";
    QTest::newRow("back") << "d" << StackingMove::ToBack << "d a b c" << "Send d to back";
    QTest::newRow("forward") << "a" << StackingMove::Forward << "b a c d" << "Bring a forward";
    QTest::newRow("backward") << "c" << StackingMove::Backward << "a c b d" << "Send c backward";
    QTest::newRow("two keep their order") << "a c" << StackingMove::ToFront << "b d a c" << "Bring 2 tokens to front";
    QTest::newRow("two forward together") << "b c" << StackingMove::Forward << "a d b c" << "Bring 2 tokens forward";
    QTest::newRow("the topmost stays") << "d" << StackingMove::Forward << "a b c d" << "";
}

void TestTokenEditor::restack_ordersAndNamesIt()
{
    QFETCH(QString, moved);
    QFETCH(StackingMove, move);
    QFETCH(QString, expected);
    QFETCH(QString, text);
    TemplateDocument document;
    document.openValue(sample(), {});
    TokenEditor editor(&document);
    editor.restack(moved.split(u' '), move);
    QCOMPARE(editor.stackingOrder(), expected.split(u' '));
    QCOMPARE(document.undoStack()->undoText(), text);
}

void TestTokenEditor::add_everyRole_isValidAndVisible()
{
    TemplateDocument document;
    document.openValue(newTemplate(QStringLiteral("Empty"), {1000, 1000}), {});
    TokenEditor editor(&document);
    for (Role role : allRoles()) {
        const auto id = editor.add(role, QRectF(100, 100, 200, 100));
        QVERIFY(id.has_value());
        QCOMPARE(document.selection(), QStringList{*id});
        QCOMPARE(document.undoStack()->undoText(), QStringLiteral("Add %1").arg(*id));
        const Token *token = document.value().findToken(*id);
        QVERIFY(!token->isTextRole() || !token->text.isEmpty());
    }
    for (const Finding &finding : checkTemplate(document.value(), QStringLiteral("x")))
        QVERIFY2(finding.severity != Severity::Error, qPrintable(finding.message));
    QCOMPARE(editor.stackingOrder().size(), allRoles().size());
}

void TestTokenEditor::add_beyondTheLimit_isRefusedWithASentence()
{
    Template value = newTemplate(QStringLiteral("Full"), {1000, 1000});
    for (int i = 0; i < TokenEditor::maximumTokens; ++i) {
        Token token;
        token.id = QStringLiteral("t%1").arg(i);
        token.role = Role::Panel;
        token.box = {0, 0, 0.1, 0.1};
        value.tokens << token;
    }
    TemplateDocument document;
    document.openValue(value, {});
    TokenEditor editor(&document);
    const auto id = editor.add(Role::Panel, QRectF(0, 0, 10, 10));
    QVERIFY(!id.has_value());
    QVERIFY(id.error().message.contains(QStringLiteral("500")));
    QCOMPARE(document.undoStack()->count(), 0);
}

void TestTokenEditor::readOnly_changesNothing()
{
    const Template original = sample();
    TemplateDocument document;
    document.openValue(original, {});
    document.setReadOnly(true);
    TokenEditor editor(&document);
    QVERIFY(!editor.refusal().isEmpty());
    editor.move(list("a"), {10, 10});
    editor.align(list("a b"), Alignment::Left);
    editor.remove(list("a"));
    QVERIFY(!editor.duplicate(list("a"), {1, 1}).has_value());
    QVERIFY(!editor.add(Role::Panel, QRectF(0, 0, 5, 5)).has_value());
    QCOMPARE(document.value(), original);
}

void TestTokenEditor::locked_stayWhereTheyAre()
{
    Template value = sample();
    value.findToken(QStringLiteral("b"))->locked = true;
    TemplateDocument document;
    document.openValue(value, {});
    TokenEditor editor(&document);
    editor.move(list("a b"), {10, 0});
    QCOMPARE(qRound(editor.rectOf(QStringLiteral("a")).x()), 110);
    QCOMPARE(qRound(editor.rectOf(QStringLiteral("b")).x()), 200);
    QCOMPARE(document.undoStack()->undoText(), QStringLiteral("Move a"));
    editor.remove(list("a b"));
    QVERIFY(!document.value().findToken(QStringLiteral("a")));
    QVERIFY(document.value().findToken(QStringLiteral("b")));
}

void TestTokenEditor::align_lockedTokenIsTheReference()
{
    Template value = sample();
    value.findToken(QStringLiteral("a"))->locked = true;
    TemplateDocument document;
    document.openValue(value, {});
    TokenEditor editor(&document);
    editor.align(list("a c"), Alignment::Left);
    QCOMPARE(qRound(editor.rectOf(QStringLiteral("c")).x()), 100);
}

void TestTokenEditor::paste_bringsMissingSlotsAndFreeIds()
{
    Template source = sample();
    source.tokens[0].role = Role::Headline;
    source.tokens[0].text = QStringLiteral("{headline}");
    source.tokens[0].extra["x_studio"] = 7;
    Slot slot;
    slot.name = QStringLiteral("headline");
    slot.defaultValue = QStringLiteral("Spring Market");
    Slot other = slot;
    other.name = QStringLiteral("unused");
    source.slotList = {slot, other};
    const std::unique_ptr<QMimeData> data(tokensToMimeData(source, list("a b"), {}));
    QVERIFY(data->text().contains(QStringLiteral("Spring Market")));

    TemplateDocument document;
    document.openValue(sample(), {});
    TokenEditor editor(&document);
    const auto pasted = editor.paste(data.get());
    QVERIFY(pasted.has_value());
    QCOMPARE(*pasted, list("a-2 b-2"));
    QCOMPARE(document.selection(), *pasted);
    QCOMPARE(document.undoStack()->count(), 1);
    QVERIFY(document.value().findSlot(QStringLiteral("headline")));
    QVERIFY(!document.value().findSlot(QStringLiteral("unused")));
    QVERIFY(document.value().findToken(QStringLiteral("a-2"))->extra == source.tokens[0].extra);
    // Something lies exactly there already, so that the copies stand a step further, both by the same.
    QCOMPARE(qRound(editor.rectOf(QStringLiteral("a-2")).x()), 116);
    QCOMPARE(qRound(editor.rectOf(QStringLiteral("b-2")).x()), 216);
    QCOMPARE(editor.stackingOrder().mid(4), list("a-2 b-2"));
}

void TestTokenEditor::paste_fromAnotherFolder_keepsImagesReachable()
{
    Template source = sample();
    source.tokens[0].role = Role::Logo;
    source.tokens[0].image = QStringLiteral("art/logo.png");
    const std::unique_ptr<QMimeData> data(tokensToMimeData(source, list("a"), QStringLiteral("/studio/one")));
    TemplateDocument document;
    document.openValue(sample(), QStringLiteral("/studio/two"));
    const auto pasted = TokenEditor(&document).paste(data.get());
    QVERIFY(pasted.has_value());
    QCOMPARE(document.value().findToken(pasted->first())->image, QStringLiteral("../one/art/logo.png"));
}

void TestTokenEditor::paste_garbage_isASentence_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("hello");
    QTest::newRow("truncated") << QByteArray("{\"galley\": 1, \"tokens\": [{\"id\": \"a\"");
    QTest::newRow("newer version") << QByteArray("{\"galley\": 99}");
    QTest::newRow("deep") << QByteArray(100'000, '[');
}

void TestTokenEditor::paste_garbage_isASentence()
{
    QFETCH(QByteArray, bytes);
    QMimeData data;
    data.setData(QStringLiteral("application/x-galley-tokens+json"), bytes);
    const Template original = sample();
    TemplateDocument document;
    document.openValue(original, {});
    const auto pasted = TokenEditor(&document).paste(&data);
    QVERIFY(!pasted.has_value());
    QVERIFY(pasted.error().message.size() > 10);
    QCOMPARE(document.value(), original);
}

QTEST_MAIN(TestTokenEditor)
#include "tst_tokeneditor.moc"
