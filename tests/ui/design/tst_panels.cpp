#include "core/prompt/promptcompiler.h"
#include "core/template/resolve.h"
#include "core/template/templatefile.h"
#include "testpaths.h"
#include "ui/design/inspector.h"
#include "ui/design/promptview.h"
#include "ui/design/slotform.h"
#include "ui/design/slottypes.h"
#include "ui/design/styleeditor.h"
#include "ui/design/templateedits.h"
#include "ui/design/tokenlist.h"
#include "ui/widgets/difference.h"
#include "ui/design/wordsfield.h"
#include "ui/document/templatedocument.h"
#include "ui/widgets/numberfield.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QTest>
#include <QToolButton>

using namespace Galley;

namespace {

Template poster()
{
    return loadTemplate(QStringLiteral(GALLEY_SOURCE_DIR "/resources/templates/market-poster.galley"))->value;
}

template<typename Field>
Field *named(QWidget *parent, const QString &name)
{
    for (Field *field : parent->findChildren<Field *>()) {
        if (field->accessibleName() == name)
            return field;
    }
    return nullptr;
}

} // namespace

/// The panels beside the artboard: each edit is one undo step, and what is shown follows the document.
class TestPanels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_document.reset(); }
    void renameSlot_followsEverywhere();
    void deleteSlot_leavesItsDefault();
    void changeType_keepsAValidDefault();
    void reorder_isOneStep();
    void tokenList_hidesLocksAndRenames();
    void tokenList_sharesTheSelection();
    void slotForm_typingIsOneStep();
    void slotForm_showsRows();
    void slotForm_badValueIsSaid();
    void inspector_editsAllSelected();
    void inspector_lockedStays();
    void promptView_followsAndCompares();
    void styleEditor_resizesTheCanvas();
    void difference_joinsBack_data();
    void difference_joinsBack();

private:
    std::unique_ptr<TemplateDocument> m_document;
};

void TestPanels::init()
{
    m_document = std::make_unique<TemplateDocument>();
    m_document->openValue(poster(), {});
}

void TestPanels::renameSlot_followsEverywhere()
{
    Template value = poster();
    value.tokens[1].text = QStringLiteral("{headline} {{headline}} {headline}!");
    renameSlot(value, QStringLiteral("headline"), QStringLiteral("claim"));
    QCOMPARE(value.tokens.at(1).text, QStringLiteral("{claim} {{headline}} {claim}!"));
    QVERIFY(value.findSlot(QStringLiteral("claim")) && !value.findSlot(QStringLiteral("headline")));
    QVERIFY(resolve(value, {}));
    value.style.summary = QStringLiteral("<hero> and <<hero>");
    renameToken(value, QStringLiteral("hero"), QStringLiteral("star"));
    QCOMPARE(value.style.summary, QStringLiteral("<star> and <<hero>"));
}

void TestPanels::deleteSlot_leavesItsDefault()
{
    Template value = poster();
    value.findSlot(QStringLiteral("headline"))->defaultValue = QStringLiteral("A {b}");
    deleteSlot(value, QStringLiteral("headline"));
    const Result<Variant> variant = resolve(value, {});
    QVERIFY(variant);
    QCOMPARE(variant->findToken(QStringLiteral("title"))->text.text, QStringLiteral("A {b}"));
}

void TestPanels::changeType_keepsAValidDefault()
{
    for (const SlotType type : allSlotTypes()) {
        Template value = poster();
        changeSlotType(value, QStringLiteral("headline"), type);
        const Slot *slot = value.findSlot(QStringLiteral("headline"));
        QCOMPARE(slot->type, type);
        QCOMPARE(checkSlotValue(*slot, slot->defaultValue), QString());
    }
}

void TestPanels::reorder_isOneStep()
{
    QStringList order = tokensTopFirst(m_document->value());
    order.move(0, int(order.size()) - 1);
    m_document->apply(QStringLiteral("Reorder"), [&](Template &value) { orderTokens(value, order); });
    QCOMPARE(tokensTopFirst(m_document->value()), order);
    QCOMPARE(m_document->undoStack()->count(), 1);
}

void TestPanels::tokenList_hidesLocksAndRenames()
{
    TokenList list(m_document.get(), nullptr);
    TokenModel *model = list.model();
    QCOMPARE(model->rowCount(), int(m_document->value().tokens.size()));
    const QModelIndex title = model->indexOf(QStringLiteral("title"));
    QVERIFY(model->setData(title, true, TokenModel::HiddenRole));
    QVERIFY(m_document->value().findToken(QStringLiteral("title"))->hidden);
    QVERIFY(title.data(Qt::AccessibleTextRole).toString().contains(QLatin1String("hidden")));
    QVERIFY(model->setData(title, true, TokenModel::LockedRole));
    QString said;
    connect(model, &TokenModel::message, &list, [&](const QString &sentence) { said = sentence; });
    QVERIFY(!model->setData(title, QStringLiteral("Not good"), Qt::EditRole));
    QVERIFY(!said.isEmpty());
    QVERIFY(!model->setData(title, QStringLiteral("hero"), Qt::EditRole));
    QVERIFY(model->setData(title, QStringLiteral("claim"), Qt::EditRole));
    QVERIFY(m_document->value().findToken(QStringLiteral("claim")));
    m_document->undoStack()->undo();
    QVERIFY(m_document->value().findToken(QStringLiteral("title")));
}

void TestPanels::tokenList_sharesTheSelection()
{
    TokenList list(m_document.get(), nullptr);
    m_document->setSelection({QStringLiteral("hero"), QStringLiteral("cta")});
    QCOMPARE(list.view()->selectionModel()->selectedIndexes().size(), 2);
    list.view()->selectionModel()->select(list.model()->indexOf(QStringLiteral("title")), QItemSelectionModel::ClearAndSelect);
    QCOMPARE(m_document->selection(), QStringList{QStringLiteral("title")});
}

void TestPanels::slotForm_typingIsOneStep()
{
    SlotForm form(m_document.get(), nullptr);
    auto *field = named<WordsField>(&form, QStringLiteral("headline"));
    QVERIFY(field);
    field->setPlainText(QString());
    for (const char c : {'F', 'a', 'i', 'r'})
        field->insertPlainText(QString(QLatin1Char(c)));
    QCOMPARE(m_document->value().findSlot(QStringLiteral("headline"))->defaultValue, QStringLiteral("Fair"));
    QCOMPARE(m_document->undoStack()->count(), 1);
    m_document->undoStack()->undo();
    QCOMPARE(field->toPlainText(), QStringLiteral("Spring Market"));
}

void TestPanels::slotForm_showsRows()
{
    SlotForm form(m_document.get(), nullptr);
    QVERIFY(m_document->openRows(QStringLiteral(GALLEY_SOURCE_DIR "/resources/templates/market-poster.csv")));
    auto *field = named<WordsField>(&form, QStringLiteral("headline"));
    for (QAction *action : form.allActions()) {
        if (action->objectName() == QLatin1String("rowNext") && m_document->currentRow() == 0)
            action->trigger();
    }
    m_document->setCurrentRow(2);
    QCOMPARE(field->toPlainText(), m_document->row().values.value(QStringLiteral("headline")));
    const Template before = m_document->value();
    field->setPlainText(QStringLiteral("Other"));
    QCOMPARE(m_document->value(), before); // a template is never changed by its data
    QCOMPARE(m_document->row().values.value(QStringLiteral("headline")), QStringLiteral("Other"));
}

void TestPanels::slotForm_badValueIsSaid()
{
    SlotForm form(m_document.get(), nullptr);
    named<WordsField>(&form, QStringLiteral("headline"))->setPlainText(QString(60, QLatin1Char('x')));
    bool said = false;
    for (const QLabel *label : form.findChildren<QLabel *>())
        said = said || label->text().contains(QLatin1String("40"));
    QVERIFY(said);
}

void TestPanels::inspector_editsAllSelected()
{
    Inspector inspector(m_document.get(), nullptr);
    m_document->setSelection({QStringLiteral("title"), QStringLiteral("cta")});
    auto *opacity = named<NumberField>(&inspector, QStringLiteral("Opacity"));
    QVERIFY(opacity);
    Q_EMIT opacity->valueEdited(40);
    QCOMPARE(m_document->value().findToken(QStringLiteral("title"))->opacity, 0.4);
    QCOMPARE(m_document->value().findToken(QStringLiteral("cta"))->opacity, 0.4);
    QCOMPARE(m_document->undoStack()->count(), 1);
    QCOMPARE(m_document->undoStack()->undoText(), QStringLiteral("Change opacity of 2 tokens"));
    auto *left = named<NumberField>(&inspector, QStringLiteral("Left edge"));
    QVERIFY(left->isMixed());
}

void TestPanels::inspector_lockedStays()
{
    m_document->apply(QStringLiteral("Lock"), [](Template &value) { value.findToken(QStringLiteral("title"))->locked = true; });
    Inspector inspector(m_document.get(), nullptr);
    m_document->setSelection({QStringLiteral("title")});
    QString said;
    connect(&inspector, &Inspector::message, &inspector, [&](const QString &sentence) { said = sentence; });
    const Template before = m_document->value();
    Q_EMIT named<NumberField>(&inspector, QStringLiteral("Left edge"))->valueEdited(5);
    QCOMPARE(m_document->value(), before);
    QVERIFY(said.contains(QLatin1String("locked")));
}

void TestPanels::promptView_followsAndCompares()
{
    PromptView view(m_document.get());
    QVERIFY(view.text().contains(QLatin1String("a spring market")));
    m_document->setSlotValue(QStringLiteral("event"), QStringLiteral("an autumn fair"));
    QVERIFY(view.text().contains(QLatin1String("an autumn fair")));
    for (QToolButton *button : view.findChildren<QToolButton *>()) {
        if (button->isCheckable())
            button->setChecked(true);
    }
    const QString shown = view.findChild<QPlainTextEdit *>()->toPlainText();
    QVERIFY2(shown.contains(QLatin1String("spring")) && shown.contains(QLatin1String("autumn")), qPrintable(shown));
    for (int i = 0; i < allDialects().size(); ++i) {
        Q_EMIT view.findChild<QComboBox *>()->activated(i);
        QVERIFY(!view.text().isEmpty());
    }
}

void TestPanels::styleEditor_resizesTheCanvas()
{
    StyleEditor editor(m_document.get());
    auto *width = named<NumberField>(&editor, QStringLiteral("Canvas width"));
    QCOMPARE(width->value(), 1080.0);
    width->showValue(1200);
    Q_EMIT width->valueEdited(1200);
    QCOMPARE(m_document->value().canvas.size, QSize(1200, 1350));
    QCOMPARE(m_document->undoStack()->count(), 1);
}

void TestPanels::difference_joinsBack_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("same") << QStringLiteral("a b c") << QStringLiteral("a b c");
    QTest::newRow("word") << QStringLiteral("a red apple on a table") << QStringLiteral("a green apple on the table");
    QTest::newRow("empty") << QString() << QStringLiteral("something");
    QTest::newRow("all") << QStringLiteral("one two") << QStringLiteral("3, 4; 5");
    QTest::newRow("huge") << QStringLiteral("x y ").repeated(3000) << QStringLiteral("y x z ").repeated(3000);
}

void TestPanels::difference_joinsBack()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QString old;
    QString now;
    for (const DifferencePart &part : wordDifference(before, after)) {
        if (part.kind != DifferencePart::Kind::Added)
            old += part.text;
        if (part.kind != DifferencePart::Kind::Removed)
            now += part.text;
    }
    QCOMPARE(old, before);
    QCOMPARE(now, after);
}

QTEST_MAIN(TestPanels)
#include "tst_panels.moc"
