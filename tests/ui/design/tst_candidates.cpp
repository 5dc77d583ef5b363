#include "core/template/tokenseed.h"
#include "tests/ui/design/desk.h"
#include "ui/design/candidates.h"

#include <QLabel>
#include <QPointer>
#include <QSet>
#include <QToolButton>

using namespace Galley;

/// Four pictures of one subject: drawn by the draft's own worker, taken as a seed that can be undone.
class TestCandidates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void four_haveFourSeedsAndPictures();
    void steps_areTheChosenModelsOwn();
    void key_takesItsSeed_data();
    void key_takesItsSeed();
    void escape_cancelsAndChangesNothing();
    void failure_isTold();
    void whereTheyCannotBe_theReasonIsSaid_data();
    void whereTheyCannotBe_theReasonIsSaid();
};

namespace {

struct CandidatesDesk : Desk
{
    CandidatesDesk()
    {
        options.source = SubjectSource::Generated;
        draft.setInput(document.value(), document.row(), document.folder(), options);
        settle();
        select({QStringLiteral("hero")});
    }

    void settle() { QVERIFY(QTest::qWaitFor([this] { return draft.state() == DraftService::State::Current; })); }
    CandidatesPopup *open()
    {
        trigger("fourCandidates");
        return artboard.findChild<CandidatesPopup *>();
    }
    static QToolButton *tile(const CandidatesPopup *popup, int number)
    {
        return popup->findChild<QToolButton *>(QStringLiteral("candidate%1").arg(number));
    }
    static bool isDrawn(const CandidatesPopup *popup)
    {
        return QTest::qWaitFor([popup] { return tile(popup, CandidatesPopup::count)->isEnabled(); });
    }
};

} // namespace

void TestCandidates::four_haveFourSeedsAndPictures()
{
    CandidatesDesk desk;
    const auto before = desk.engine.renders.size();
    QPointer<CandidatesPopup> popup = desk.open();
    QVERIFY(popup);
    QVERIFY(!popup->accessibleName().isEmpty());
    QVERIFY(CandidatesDesk::isDrawn(popup));
    QCOMPARE(desk.engine.renders.size(), before + 4);
    QSet<int> asked;
    QSet<QByteArray> pictures;
    for (int i = 0; i < CandidatesPopup::count; ++i) {
        const EngineRequest &request = desk.engine.renders[before + i];
        QCOMPARE(request.seed, popup->seeds()[i]);
        QCOMPARE(request.steps, desk.options.steps);
        asked.insert(request.seed);
        const QToolButton *tile = CandidatesDesk::tile(popup, i + 1);
        QVERIFY(tile->accessibleName().contains(QString::number(request.seed)));
        const QImage picture = tile->icon().pixmap(tile->iconSize()).toImage();
        QVERIFY(!picture.isNull());
        pictures.insert(QByteArray(reinterpret_cast<const char *>(picture.constBits()), picture.sizeInBytes()));
    }
    QCOMPARE(asked.size(), 4);
    QCOMPARE(pictures.size(), 4);
    QCOMPARE(desk.steps(), 0);  // looking changes nothing
}

/// Another model comes first in the list and has fewer steps; a broken one has none.
void TestCandidates::steps_areTheChosenModelsOwn()
{
    CandidatesDesk desk;
    ModelCapabilities broken;
    broken.model = QStringLiteral("a-broken-one");
    broken.maxSteps = 0;
    broken.problem = QStringLiteral("A file is missing.");
    ModelCapabilities large = desk.engine.offered.models.first();
    large.model = QStringLiteral("large");
    large.defaultSteps = 20;
    large.maxSteps = 1000;
    desk.engine.offered.models = {broken, desk.engine.offered.models.first(), large};
    desk.draft.retry();
    QTRY_COMPARE(desk.draft.capabilities()->models.size(), 3);
    desk.options.model = large.model;
    desk.options.steps = 20;
    desk.draft.setInput(desk.document.value(), desk.document.row(), desk.document.folder(), desk.options);
    desk.settle();
    const auto before = desk.engine.renders.size();
    QPointer<CandidatesPopup> popup = desk.open();
    QVERIFY(popup);
    QVERIFY(CandidatesDesk::isDrawn(popup));
    for (auto i = before; i < desk.engine.renders.size(); ++i)
        QCOMPARE(desk.engine.renders[i].steps, 20);
    const auto drawn = desk.engine.renders.size();
    QTest::keyClick(popup, Qt::Key_3);
    QTRY_VERIFY(!popup);
    desk.settle();
    QCOMPARE(desk.engine.renders.size(), drawn);  // what was seen is what was taken
}

void TestCandidates::key_takesItsSeed_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("index");
    QTest::newRow("1") << int(Qt::Key_1) << 0;
    QTest::newRow("4") << int(Qt::Key_4) << 3;
    QTest::newRow("enter") << int(Qt::Key_Return) << 0;
}

void TestCandidates::key_takesItsSeed()
{
    QFETCH(int, key);
    QFETCH(int, index);
    CandidatesDesk desk;
    QPointer<CandidatesPopup> popup = desk.open();
    QVERIFY(CandidatesDesk::isDrawn(popup));
    const int seed = popup->seeds()[index];
    const auto requests = desk.engine.renders.size();
    QWidget *focused = popup->focusWidget() ? popup->focusWidget() : popup.data();
    QTest::keyClick(focused, Qt::Key(key));
    QTRY_VERIFY(!popup);
    QCOMPARE(tokenSeed(*desk.document.value().findToken(QStringLiteral("hero"))), std::optional<int>(seed));
    desk.settle();
    QCOMPARE(desk.engine.renders.size(), requests);  // the picture was there already
    QVERIFY(desk.lastStep().contains(QStringLiteral("hero")));
    desk.document.undoStack()->undo();
    QVERIFY(!tokenSeed(*desk.document.value().findToken(QStringLiteral("hero"))));
    desk.settle();
    QCOMPARE(desk.engine.renders.size(), requests);
}

void TestCandidates::escape_cancelsAndChangesNothing()
{
    CandidatesDesk desk;
    desk.engine.answersAtOnce = false;
    QPointer<CandidatesPopup> popup = desk.open();
    QTRY_COMPARE(desk.engine.open(), 1);  // one at a time
    QTest::keyClick(popup, Qt::Key_2);    // not drawn yet
    QVERIFY(popup);
    QTest::keyClick(popup, Qt::Key_Escape);
    QTRY_VERIFY(!popup);
    QTRY_COMPARE(desk.engine.cancelled, 1);
    QCOMPARE(desk.engine.open(), 0);
    QCOMPARE(desk.steps(), 0);
}

void TestCandidates::failure_isTold()
{
    CandidatesDesk desk;
    desk.engine.renderError = Error{ErrorCode::Unavailable, QStringLiteral("The worker has gone."), {}};
    QPointer<CandidatesPopup> popup = desk.open();
    QTRY_VERIFY(popup->accessibleDescription().contains(QStringLiteral("The worker has gone.")));
    QVERIFY(!CandidatesDesk::tile(popup, 1)->isEnabled());
    popup->close();
}

void TestCandidates::whereTheyCannotBe_theReasonIsSaid_data()
{
    QTest::addColumn<QStringList>("selected");
    QTest::newRow("nothing") << QStringList();
    QTest::newRow("a text") << QStringList{QStringLiteral("title")};
    QTest::newRow("two") << QStringList{QStringLiteral("hero"), QStringLiteral("title")};
}

void TestCandidates::whereTheyCannotBe_theReasonIsSaid()
{
    QFETCH(QStringList, selected);
    CandidatesDesk desk;
    QVERIFY(desk.artboard.findAction(QStringLiteral("fourCandidates"))->isEnabled());
    desk.select(selected);
    const QAction *action = desk.artboard.findAction(QStringLiteral("fourCandidates"));
    QVERIFY(!action->isEnabled());
    QVERIFY2(action->toolTip().contains(QStringLiteral("Select one subject first.")), qPrintable(action->toolTip()));
}

QTEST_MAIN(TestCandidates)
#include "tst_candidates.moc"
