#include "tests/ui/compare/desk.h"
#include "ui/compare/preferencelist.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/themeswitch.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QHelpEvent>
#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableWidget>
#include <QToolTip>
#include <QUndoStack>

using namespace Galley;

/// That blind is blind: nothing on screen, in a tip or for a screen reader tells who made a picture, and what is picked counts as it was seen.
class TestCompareBlind : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void blind_leaksNothing();
    void blind_shufflesAndReveals();
    void blindSteps_bringNothingBack();
    void blindPicks_countAsTheyAreSeen();
    void revealNamesOnlyWhatWasPickedBlind();
    void reveal_saysWhyAPickIsNotCounted();
    void shuffled_isTakenBack_data();
    void shuffled_isTakenBack();
    void shuffle_isAnotherEachTime();
    void draft_isNotComparedBlind();
};

namespace {

/// Every text that a person, a tool tip or a screen reader could get from \a root.
QStringList textsOf(QWidget *root)
{
    QStringList texts;
    const auto collect = [&texts](const QObject *object) {
        const QMetaObject *meta = object->metaObject();
        for (int i = 0; i < meta->propertyCount(); ++i) {
            const QVariant value = meta->property(i).read(object);
            if (value.userType() == QMetaType::QString || value.userType() == QMetaType::QStringList)
                texts << value.toStringList();
        }
        if (const auto *action = qobject_cast<const QAction *>(object))
            texts << action->text() << action->toolTip();
    };
    collect(root);
    for (const QObject *child : root->findChildren<QObject *>())
        collect(child);
    for (const QTableWidget *table : root->findChildren<QTableWidget *>()) {
        for (int column = 0; column < table->columnCount(); ++column) {
            texts << table->horizontalHeaderItem(column)->text() << table->horizontalHeaderItem(column)->toolTip();
            for (int row = 0; row < table->rowCount(); ++row) {
                texts << table->verticalHeaderItem(row)->text() << table->verticalHeaderItem(row)->toolTip() << table->item(row, column)->text()
                      << table->item(row, column)->toolTip() << table->item(row, column)->data(Qt::AccessibleTextRole).toString();
            }
        }
    }
    const std::function<void(QAccessibleInterface *)> read = [&](QAccessibleInterface *face) {
        for (const auto kind : {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help})
            texts << face->text(kind);
        for (int i = 0; i < face->childCount(); ++i) {
            if (QAccessibleInterface *child = face->child(i))
                read(child);
        }
    };
    read(QAccessible::queryAccessibleInterface(root));
    return texts;
}

} // namespace

void TestCompareBlind::blind_leaksNothing()
{
    CompareDesk desk;
    QList<qint64> ids = desk.addGrid();
    // A size, a profile and a file name of its own would tell as much as a name.
    for (const qint64 id : std::as_const(ids)) {
        FakeLibraryService::Picture *picture = desk.library.find(id);
        if (picture->record.servedModel == desk.models.at(0)) {
            picture->image = striped(10, {320, 400});
            picture->record.size = {320, 400};
            picture->hasProfile = true;
            picture->record.digest = QStringLiteral("d1ge57") + QString::number(id);
        }
    }
    QSignalSpy messages(desk.workspace.get(), &CompareWorkspace::message);
    QVERIFY(desk.open(ids));
    // Stars, picks and notes from before would tell as well.
    desk.set()->setRating(0, 4);
    desk.set()->setNote(0, QStringLiteral("ideogram-4 reads well"));
    desk.set()->setPick(2, PickState::Rejected);
    desk.trigger("modeFlicker");
    desk.trigger("blind");
    QVERIFY(desk.set()->isBlind());
    for (int place = 0; place < 9; ++place)
        QVERIFY(desk.set()->judgement(place) == Judgement());
    desk.set()->setPick(4, PickState::Picked);
    desk.set()->setRating(2, 1);
    QString log;
    for (const char *mode : {"modePanes", "modeWipe", "modeFlicker", "modeOnion", "modeDifference", "modePanes"}) {
        desk.trigger(mode);
        desk.trigger("compareActual");
        for (int pane = 0; pane < 9; ++pane) {
            desk.view()->setActive(pane);
            QCoreApplication::processEvents();
            QHelpEvent help(QEvent::ToolTip, desk.view()->paneRect(pane).bottomLeft() + QPoint(60, -10), {});
            QApplication::sendEvent(desk.view(), &help);
            log += QString(QToolTip::text() + u'\n' + desk.view()->paneSentence(pane) + u'\n' + textsOf(desk.workspace.get()).join(u'\n'));
            log += QString(textsOf(desk.workspace->menu()).join(u'\n') + desk.set()->undoStack()->undoText() + desk.set()->undoStack()->redoText());
        }
    }
    for (const QList<QVariant> &message : std::as_const(messages))
        log += message.first().toString();
    QVERIFY(log.contains(QStringLiteral("A, Spring market, row 1")));
    QStringList secrets = desk.models;
    for (const QString &model : std::as_const(desk.models))
        secrets << QString(QStringLiteral("rule-of-") + model) << QString(QStringLiteral("backend-of-") + model);
    secrets << QStringLiteral("Display P3") << QStringLiteral("d1ge57") << QStringLiteral("320 × 400") << QStringLiteral("160 × 200") << QStringLiteral("$0.1")
            << QStringLiteral("Sharpness 0.") << QStringLiteral("Served model") << QStringLiteral("assumed");
    for (const QString &secret : std::as_const(secrets))
        QVERIFY2(!log.contains(secret, Qt::CaseInsensitive), qPrintable(secret));
    // The zoom is the same whichever picture is active.
    QSet<QString> zooms;
    desk.trigger("compareActual");
    for (int pane = 0; pane < 9; ++pane) {
        desk.view()->setActive(pane);
        zooms.insert(desk.workspace->findChild<QAbstractButton *>(QStringLiteral("compareZoom"))->text());
    }
    QCOMPARE(zooms.size(), 1);
    // What was decided blind is seen; what was hidden is still there.
    QCOMPARE(desk.set()->judgement(4).pick, PickState::Picked);
    QCOMPARE(desk.library.find(ids.first())->judgement.note, QStringLiteral("ideogram-4 reads well"));
    // The same search finds the names as soon as they may be known: it is not blind itself.
    desk.trigger("blind");
    QCoreApplication::processEvents();
    const QString open = textsOf(desk.workspace.get()).join(u'\n');
    for (const QString &model : std::as_const(desk.models))
        QVERIFY2(open.contains(model), qPrintable(model));
}

void TestCompareBlind::blind_shufflesAndReveals()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addGrid()));
    QList<qint64> before;
    for (int place = 0; place < 9; ++place)
        before << desk.set()->at(place).id();
    desk.trigger("blind");
    QList<qint64> blind;
    for (int place = 0; place < 9; ++place) {
        blind << desk.set()->at(place).id();
        QCOMPARE(desk.set()->at(place).card.row, place / 3 + 1);
        QCOMPARE(desk.set()->label(place), QString(QChar(u'A' + place)));
        QCOMPARE(desk.set()->modelHue(place), -1);
    }
    QVERIFY(blind != before);
    QVERIFY(desk.workspace->preferences()->text().contains(QStringLiteral("Hidden")));
    for (int row = 0; row < 3; ++row) {
        for (int place = 3 * row; place < 3 * row + 3; ++place) {
            if (desk.set()->at(place).card.model() == desk.models.at(1))
                desk.set()->setPick(place, PickState::Picked);
        }
    }
    QCOMPARE(desk.action("blind")->text(), QStringLiteral("Reveal Who Made Them"));
    desk.trigger("blind");
    QCOMPARE(desk.library.calls.filter(QRegularExpression(QStringLiteral("^pick "))).size(), 6);
    QVERIFY(desk.workspace->bar()->text().contains(desk.models.at(1)));
    QVERIFY(desk.workspace->bar()->text().contains(QStringLiteral("6 comparison")));
    QTRY_VERIFY(desk.workspace->preferences()->text().contains(desk.models.at(1)));
    QCOMPARE(desk.set()->at(0).id(), before.first());
}

void TestCompareBlind::blindSteps_bringNothingBack()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addSome(3);
    desk.library.setRating({ids.at(0)}, 5);
    desk.library.setPick({ids.at(0)}, PickState::Picked);
    desk.library.setNote({ids.at(0)}, QStringLiteral("the best so far"));
    QVERIFY(desk.open(ids));
    CompareSet *set = desk.set();
    QUndoStack *undo = set->undoStack();
    set->setRating(1, 2);
    QCOMPARE(undo->count(), 1);
    desk.trigger("blind");
    // Steps from before would bring back what is hidden, and their texts tell of it.
    QCOMPARE(undo->count(), 0);
    const int place = set->placeOf(ids.at(0));
    const auto old = set->at(place).card.judgement;
    set->setRating(place, 5);  // as it was, which nobody can know
    set->setPick(place, PickState::Picked);
    set->setNote(place, QStringLiteral("too dark"));
    QCOMPARE(undo->count(), 3);
    while (undo->canUndo())
        undo->undo();
    QVERIFY(set->judgement(place) == Judgement());
    QVERIFY(set->hidesNote(place));
    QVERIFY(set->at(place).card.judgement == old);
    undo->redo();
    QCOMPARE(set->judgement(place).rating, std::optional<int>(5));
    QCOMPARE(set->judgement(place).pick, PickState::None);
    undo->undo();
    desk.trigger("blind");
    QVERIFY(set->judgement(set->placeOf(ids.at(0))) == old);
    undo->redo();
    undo->undo();
    QVERIFY(set->judgement(set->placeOf(ids.at(0))) == old);  // nothing is hidden any more
    QVERIFY(desk.library.calls.filter(QRegularExpression(QStringLiteral("^pick "))).isEmpty());
}

void TestCompareBlind::blindPicks_countAsTheyAreSeen()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addSome(3);
    desk.library.setPick({ids.at(0), ids.at(1)}, PickState::Picked);
    QVERIFY(desk.open(ids));
    desk.trigger("blind");
    // Picked before as well: it was chosen blind over both, the other one picked before included.
    desk.set()->setPick(desk.set()->placeOf(ids.at(0)), PickState::Picked);
    QCOMPARE(desk.set()->newPicks().size(), 2);
    desk.trigger("blind");
    const QStringList pairs = desk.library.calls.filter(QRegularExpression(QStringLiteral("^pick ")));
    QCOMPARE(QSet<QString>(pairs.begin(), pairs.end()), (QSet<QString>{QStringLiteral("pick %1 %2").arg(ids.at(0)).arg(ids.at(1)),
                                                                      QStringLiteral("pick %1 %2").arg(ids.at(0)).arg(ids.at(2))}));
    desk.workspace->hide();
    QCOMPARE(desk.library.calls.filter(QRegularExpression(QStringLiteral("^pick "))).size(), 2);
}

void TestCompareBlind::revealNamesOnlyWhatWasPickedBlind()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addSome(3);
    desk.library.setPick({ids.at(0)}, PickState::Picked);
    QVERIFY(desk.open(ids));
    desk.trigger("blind");
    desk.set()->setPick(desk.set()->placeOf(ids.at(1)), PickState::Picked);
    desk.trigger("blind");
    const QString said = desk.workspace->bar()->text();
    QVERIFY2(said.contains(desk.models.at(1)) && !said.contains(desk.models.at(0)), qPrintable(said));
}

/// A row that only one model was asked for: a pick, but no comparison.
void TestCompareBlind::reveal_saysWhyAPickIsNotCounted()
{
    CompareDesk desk;
    const QList<qint64> ids{desk.library.add(madeBy(desk.models.at(0), 1, striped(10))), desk.library.add(madeBy(desk.models.at(1), 2, striped(80)))};
    QVERIFY(desk.open(ids));
    desk.trigger("blind");
    desk.set()->setPick(0, PickState::Picked);
    desk.trigger("blind");
    QVERIFY2(desk.workspace->bar()->text().contains(QStringLiteral("no picture of another model")), qPrintable(desk.workspace->bar()->text()));
    QVERIFY(desk.library.calls.filter(QRegularExpression(QStringLiteral("^pick "))).isEmpty());
}

/// What was said of blind pictures is taken back when they are not blind any more, whatever ends it.
void TestCompareBlind::shuffled_isTakenBack_data()
{
    QTest::addColumn<bool>("byOpening");
    QTest::newRow("revealed") << false;
    QTest::newRow("other pictures") << true;
}

void TestCompareBlind::shuffled_isTakenBack()
{
    QFETCH(bool, byOpening);
    CompareDesk desk;
    const QList<qint64> ids = desk.addSome(4);
    QVERIFY(desk.open(ids));
    QSignalSpy said(desk.workspace.get(), &CompareWorkspace::message);
    QSignalSpy over(desk.workspace.get(), &CompareWorkspace::messageOver);
    desk.trigger("blind");
    QCOMPARE(said.size(), 1);
    desk.trigger("nextCompared");  // true of all of them
    QVERIFY(over.isEmpty());
    if (byOpening)
        QVERIFY(desk.open(ids.mid(0, 2)));
    else
        desk.trigger("blind");
    QCOMPARE(over.size(), 1);
    QCOMPARE(over.first(), said.first());
    desk.trigger("blind");
    QCOMPARE(said.size(), 2);
}

/// Whoever has seen who A was must not know it the next time.
void TestCompareBlind::shuffle_isAnotherEachTime()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addGrid();
    QSet<QList<qint64>> orders;
    for (int round = 0; round < 4; ++round) {
        QVERIFY(desk.open(ids));
        desk.set()->setBlind(true);
        QList<qint64> order;
        for (int place = 0; place < desk.set()->count(); ++place)
            order.append(desk.set()->at(place).id());
        orders.insert(order);
        desk.set()->setBlind(false);
    }
    QVERIFY(orders.size() > 1);
}

/// It has no place for stars, which would tell it.
void TestCompareBlind::draft_isNotComparedBlind()
{
    CompareDesk desk;
    CompareGuest draft;
    draft.image = striped(200);
    draft.card.templateId = QStringLiteral("market");
    desk.workspace->open({draft}, desk.addSome(2));
    QTRY_COMPARE(desk.set()->count(), 3);
    QAction *blind = desk.workspace->actions()->find("blind");
    QTRY_VERIFY(!blind->isEnabled());
    desk.set()->setBlind(true);
    QVERIFY(!desk.set()->isBlind());
    QVERIFY(desk.open(desk.addSome(2)));
    QTRY_VERIFY(blind->isEnabled());
}

QTEST_MAIN(TestCompareBlind)
#include "tst_compareblind.moc"
