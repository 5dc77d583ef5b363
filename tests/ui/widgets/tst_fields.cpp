#include "ui/widgets/colorfield.h"
#include "ui/widgets/colorpicker.h"
#include "ui/widgets/numberfield.h"
#include "ui/widgets/themeswitch.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

using namespace Galley;

class TestFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void number_takesArithmetic();
    void number_refusesNonsenseQuietly();
    void number_showValueIsSilent();
    void number_arrowsStep_shiftTenfold();
    void number_dragOfTheLabelEdits_andEndsOnce();
    void number_wheelNeedsFocus();
    void number_mixedBecomesAValue();
    void number_unitStaysOutOfTheSum();
    void color_takesHexOfEveryForm_data();
    void color_takesHexOfEveryForm();
    void color_keepsTheOldOneForNonsense();
    void color_setValueIsSilent();
    void color_pickerEditsByKeyboard();
    void color_pickerOffersSlotsAndNone();
};

void TestFields::initTestCase()
{
    applyStyle();
}

void TestFields::number_takesArithmetic()
{
    NumberField field(QStringLiteral("X"), QStringLiteral("Left edge"));
    field.show();
    QVERIFY(QTest::qWaitForWindowExposed(&field));
    field.showValue(5);
    QSignalSpy spy(&field, &NumberField::valueEdited);
    field.setFocus();
    field.selectAll();
    QTest::keyClicks(&field, QStringLiteral("1080/3"));
    QCOMPARE(spy.count(), 0);
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(field.value(), 360.0);
    QCOMPARE(field.text(), QStringLiteral("360"));
}

void TestFields::number_refusesNonsenseQuietly()
{
    NumberField field(QStringLiteral("X"), QStringLiteral("Left edge"));
    field.show();
    field.showValue(5);
    QSignalSpy spy(&field, &NumberField::valueEdited);
    field.selectAll();
    QTest::keyClicks(&field, QStringLiteral("wide"));
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(spy.count(), 0);
    QCOMPARE(field.value(), 5.0);
    QCOMPARE(field.text(), QStringLiteral("5"));
}

void TestFields::number_showValueIsSilent()
{
    NumberField field(QStringLiteral("X"), QStringLiteral("Left edge"));
    QSignalSpy spy(&field, &NumberField::valueEdited);
    field.showValue(12.5);
    QCOMPARE(field.text(), QStringLiteral("12.5"));
    QCOMPARE(spy.count(), 0);
}

void TestFields::number_arrowsStep_shiftTenfold()
{
    NumberField field(QStringLiteral("X"), QStringLiteral("Left edge"));
    field.show();
    field.showValue(100);
    QTest::keyClick(&field, Qt::Key_Up);
    QCOMPARE(field.value(), 101.0);
    QTest::keyClick(&field, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(field.value(), 91.0);
    field.setMaximum(95);
    QTest::keyClick(&field, Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(field.value(), 95.0);
}

void TestFields::number_dragOfTheLabelEdits_andEndsOnce()
{
    NumberField field(QStringLiteral("X"), QStringLiteral("Left edge"));
    field.resize(120, 28);
    field.show();
    QVERIFY(QTest::qWaitForWindowExposed(&field));
    field.showValue(10);
    auto *label = field.findChild<QLabel *>();
    QVERIFY(label);
    QSignalSpy edited(&field, &NumberField::valueEdited);
    QSignalSpy finished(&field, &NumberField::editFinished);
    const QPoint start = label->rect().center();
    QTest::mousePress(label, Qt::LeftButton, {}, start);
    QTest::mouseMove(label, start + QPoint(7, 0));
    QTest::mouseMove(label, start + QPoint(20, 0));
    QCOMPARE(finished.count(), 0);
    QTest::mouseRelease(label, Qt::LeftButton, {}, start + QPoint(20, 0));
    QCOMPARE(field.value(), 30.0);
    QVERIFY(edited.count() >= 1);
    QCOMPARE(finished.count(), 1);
}

void TestFields::number_wheelNeedsFocus()
{
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *other = new QLineEdit(&window);
    auto *field = new NumberField(QStringLiteral("X"), QStringLiteral("Left edge"), &window);
    layout->addWidget(other);
    layout->addWidget(field);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    other->setFocus();
    field->showValue(3);
    const auto turn = [field] {
        QWheelEvent wheel(QPointF(5, 5), field->mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, 120), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(field, &wheel);
    };
    turn();
    QCOMPARE(field->value(), 3.0);
    field->setFocus();
    turn();
    QCOMPARE(field->value(), 4.0);
}

void TestFields::number_mixedBecomesAValue()
{
    NumberField field(QStringLiteral("X"), QStringLiteral("Left edge"));
    field.show();
    field.showValue(7);
    field.setMixed(true);
    QCOMPARE(field.text(), QStringLiteral("Mixed"));
    QSignalSpy spy(&field, &NumberField::valueEdited);
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(spy.count(), 0);
    QTest::keyClick(&field, Qt::Key_Up);
    QCOMPARE(spy.count(), 1);
    QVERIFY(!field.isMixed());
    QCOMPARE(field.text(), QStringLiteral("8"));
    field.setMixed(true);
    field.selectAll();
    QTest::keyClicks(&field, QStringLiteral("8"));
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(spy.count(), 2);
    QCOMPARE(field.text(), QStringLiteral("8"));
}

void TestFields::number_unitStaysOutOfTheSum()
{
    NumberField field(QStringLiteral("W"), QStringLiteral("Width"));
    field.setUnit(QStringLiteral(" px"));
    field.show();
    field.showValue(100);
    QCOMPARE(field.text(), QStringLiteral("100 px"));
    field.selectAll();
    QTest::keyClicks(&field, QStringLiteral("50*2+1"));
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(field.value(), 101.0);
    QCOMPARE(field.text(), QStringLiteral("101 px"));
}

void TestFields::color_takesHexOfEveryForm_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("value");
    QTest::newRow("three") << QStringLiteral("#abc") << QStringLiteral("#AABBCC");
    QTest::newRow("six without sign") << QStringLiteral("2462cc") << QStringLiteral("#2462CC");
    QTest::newRow("eight") << QStringLiteral("#2462CC80") << QStringLiteral("#2462CC80");
    QTest::newRow("slot") << QStringLiteral("{brand}") << QStringLiteral("{brand}");
}

void TestFields::color_takesHexOfEveryForm()
{
    QFETCH(QString, typed);
    QFETCH(QString, value);
    ColorField field(QStringLiteral("Fill"));
    field.show();
    field.setValue(QStringLiteral("#000000"));
    QSignalSpy spy(&field, &ColorField::valueEdited);
    field.lineEdit()->selectAll();
    QTest::keyClicks(field.lineEdit(), typed);
    QTest::keyClick(field.lineEdit(), Qt::Key_Return);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(field.value(), value);
    QCOMPARE(field.lineEdit()->text(), value);
}

void TestFields::color_keepsTheOldOneForNonsense()
{
    ColorField field(QStringLiteral("Fill"));
    field.show();
    field.setValue(QStringLiteral("#102030"));
    QSignalSpy spy(&field, &ColorField::valueEdited);
    field.lineEdit()->selectAll();
    QTest::keyClicks(field.lineEdit(), QStringLiteral("reddish"));
    QTest::keyClick(field.lineEdit(), Qt::Key_Return);
    QCOMPARE(spy.count(), 0);
    QCOMPARE(field.lineEdit()->text(), QStringLiteral("#102030"));
}

void TestFields::color_setValueIsSilent()
{
    ColorField field(QStringLiteral("Fill"));
    QSignalSpy spy(&field, &ColorField::valueEdited);
    field.setValue(QStringLiteral("#FF0000"));
    QCOMPARE(spy.count(), 0);
    QCOMPARE(field.lineEdit()->text(), QStringLiteral("#FF0000"));
}

void TestFields::color_pickerEditsByKeyboard()
{
    ColorField field(QStringLiteral("Fill"));
    field.show();
    QVERIFY(QTest::qWaitForWindowExposed(&field));
    field.setValue(QStringLiteral("#FF0000"));
    QSignalSpy edited(&field, &ColorField::valueEdited);
    QSignalSpy finished(&field, &ColorField::editFinished);
    field.findChild<QToolButton *>()->click();
    auto *picker = field.findChild<ColorPicker *>();
    QVERIFY(picker);
    QVERIFY(QTest::qWaitForWindowExposed(picker));
    QWidget *square = nullptr;
    for (QWidget *child : picker->findChildren<QWidget *>()) {
        if (child->accessibleName() == QLatin1String("Saturation and brightness"))
            square = child;
    }
    QVERIFY(square);
    QTest::keyClick(square, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(edited.count(), 1);
    const QColor color = colorFromText(field.value());
    QVERIFY(color.isValid());
    QVERIFY(color.value() < 255 && color.red() > color.green());
    picker->close();
    QCOMPARE(finished.count(), 1);
}

void TestFields::color_pickerOffersSlotsAndNone()
{
    ColorField field(QStringLiteral("Fill"));
    field.setValue(QStringLiteral("#FF0000"));
    field.setSlots({QStringLiteral("brand")});
    field.setEmptyAllowed(QStringLiteral("No fill"));
    field.setSwatches({QStringLiteral("#112233"), QStringLiteral("nonsense")});
    field.show();
    QVERIFY(QTest::qWaitForWindowExposed(&field));
    field.findChild<QToolButton *>()->click();
    auto *picker = field.findChild<ColorPicker *>();
    QVERIFY(picker);
    QStringList offered;
    for (auto *button : picker->findChildren<QPushButton *>())
        offered << button->text();
    QCOMPARE(offered, QStringList({QStringLiteral("No fill"), QStringLiteral("From slot brand")}));
    QCOMPARE(picker->findChildren<QToolButton *>().size(), 1);
    picker->findChildren<QPushButton *>().last()->click();
    QCOMPARE(field.value(), QStringLiteral("{brand}"));
}

QTEST_MAIN(TestFields)
#include "tst_fields.moc"
