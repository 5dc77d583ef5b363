#include "ui/widgets/chip.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/themeswitch.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Galley;

class TestSmallWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void iconButton_tellsNameAndShortcut();
    void elidedLabel_tellsTheWholeTextWhenCut();
    void segmented_tellsOnlyWhatAPersonChose();
    void sectionHeader_foldsItsBody();
    void emptyState_offersActions();
    void messageBar_replacesAndRuns();
    void chip_growsWithItsWord();
};

void TestSmallWidgets::iconButton_tellsNameAndShortcut()
{
    QAction action(QStringLiteral("&Undo"));
    action.setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Z));
    IconButton button(&action);
    QCOMPARE(button.accessibleName(), QStringLiteral("Undo"));
    QVERIFY(button.toolTip().startsWith(QStringLiteral("Undo (")));
    action.setText(QStringLiteral("&Undo Move title"));
    QCOMPARE(button.accessibleName(), QStringLiteral("Undo Move title"));
    action.setEnabled(false);
    action.setToolTip(QStringLiteral("Nothing to undo yet."));
    QCOMPARE(button.toolTip(), QStringLiteral("Nothing to undo yet."));
    IconButton plain(QStringLiteral("add"), QStringLiteral("Add a token"));
    QCOMPARE(plain.accessibleName(), QStringLiteral("Add a token"));
    QVERIFY(plain.sizeHint().width() >= 24);
}

void TestSmallWidgets::elidedLabel_tellsTheWholeTextWhenCut()
{
    ElidedLabel label(QStringLiteral("A rather long sentence about a template"));
    label.resize(60, 20);
    label.show();
    QCOMPARE(label.toolTip(), label.text());
    label.resize(1000, 20);
    QVERIFY(label.toolTip().isEmpty());
    QVERIFY(label.minimumSizeHint().width() < 40);
}

void TestSmallWidgets::segmented_tellsOnlyWhatAPersonChose()
{
    Segmented segments(QStringLiteral("Subjects"));
    segments.addSegment(QStringLiteral("Auto"));
    segments.addSegment(QStringLiteral("Generated"));
    segments.show();
    QSignalSpy spy(&segments, &Segmented::chosen);
    segments.setCurrentIndex(1);
    QCOMPARE(segments.currentIndex(), 1);
    QCOMPARE(spy.count(), 0);
    QTest::mouseClick(segments.button(0), Qt::LeftButton);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy.at(0).at(0).toInt(), 0);
    segments.setCurrentIndex(-1);
    QCOMPARE(segments.currentIndex(), -1);
    QCOMPARE(segments.button(1)->accessibleName(), QStringLiteral("Subjects: Generated"));
}

void TestSmallWidgets::sectionHeader_foldsItsBody()
{
    QWidget window;
    SectionHeader header(QStringLiteral("Slots"), &window);
    QLabel body(&window);
    header.setBody(&body);
    window.show();
    QSignalSpy spy(&header, &SectionHeader::expandedChanged);
    QVERIFY(header.isExpanded());
    QTest::keyClick(header.findChild<QToolButton *>(), Qt::Key_Space);
    QVERIFY(!header.isExpanded());
    QVERIFY(body.isHidden());
    QCOMPARE(spy.count(), 1);
}

void TestSmallWidgets::emptyState_offersActions()
{
    QAction action(QStringLiteral("Add a token"));
    QSignalSpy spy(&action, &QAction::triggered);
    EmptyState state(QStringLiteral("category"), QStringLiteral("There is no token yet."));
    QPushButton *button = state.addAction(&action);
    button->click();
    QCOMPARE(spy.count(), 1);
    action.setEnabled(false);
    QVERIFY(!button->isEnabled());
}

void TestSmallWidgets::messageBar_replacesAndRuns()
{
    MessageBar bar;
    int ran = 0;
    bar.showMessage(MessageBar::Kind::Error, QStringLiteral("First."));
    bar.addButton(QStringLiteral("Do"), [&ran] { ++ran; });
    bar.showMessage(MessageBar::Kind::Info, QStringLiteral("Second."));
    bar.addButton(QStringLiteral("Undo"), [&ran] { ran += 10; });
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(bar.text(), QStringLiteral("Second."));
    const auto buttons = bar.findChildren<QPushButton *>();
    QCOMPARE(buttons.size(), 1);
    buttons.first()->click();
    QCOMPARE(ran, 10);
    QVERIFY(bar.isHidden());
}

void TestSmallWidgets::chip_growsWithItsWord()
{
    Chip chip(QStringLiteral("ok"));
    const int narrow = chip.sizeHint().width();
    chip.setText(QStringLiteral("generated"));
    QVERIFY(chip.sizeHint().width() > narrow);
    const int withoutIcon = chip.sizeHint().width();
    chip.setIcon(QStringLiteral("auto_awesome"));
    QVERIFY(chip.sizeHint().width() > withoutIcon);
    QCOMPARE(chip.accessibleName(), QStringLiteral("generated"));
}

QTEST_MAIN(TestSmallWidgets)
#include "tst_smallwidgets.moc"
