#include "core/service/draftservice.h"
#include "core/template/templatefile.h"
#include "tests/support/fakeengine.h"
#include "ui/document/templatedocument.h"
#include "ui/preview/previewring.h"

#include <QAbstractButton>
#include <QAction>
#include <QSignalSpy>
#include <QTest>

using namespace Galley;

namespace {

Template sample()
{
    Template value = newTemplate(QStringLiteral("Sample"), {800, 1000});
    Token hero;
    hero.id = QStringLiteral("hero");
    hero.role = Role::Subject;
    hero.box = {0.1, 0.2, 0.8, 0.6};
    hero.show = QStringLiteral("{subject}");
    value.tokens = {hero};
    Slot slot;
    slot.name = QStringLiteral("subject");
    slot.type = SlotType::Subject;
    slot.defaultValue = QStringLiteral("a red apple");
    value.slotList = {slot};
    return value;
}

/// Document, service and ring, joined as the window joins them.
class Bench : public QObject
{
public:
    Bench()
        : draft(&engine, nullptr)
        , ring(&document, &draft)
    {
        connect(&document, &TemplateDocument::changed, this, &Bench::feed);
        ring.resize(900, 80);
        ring.show();
        ring.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&ring));
        document.openValue(sample(), {});
        settle();
    }
    void feed() { draft.setInput(document.value(), document.row(), document.folder(), options); }
    void settle() { QVERIFY(QTest::qWaitFor([this] { return draft.state() == DraftService::State::Current; })); }
    void make(int seed)
    {
        options.seed = seed;
        feed();
        settle();
    }

    TemplateDocument document;
    FakeEngine engine;
    DraftService draft;
    PreviewRing ring;
    DraftOptions options;
};

} // namespace

class TestPreviewRing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newest_isFirst_andTwelveStay();
    void pinned_stayForEver();
    void pins_leaveOnePlace();
    void moving_aBox_makesNoPreview();
    void thumbnails_areComposed_inTheCanvasRatio();
    void hold_shows_andLettingGoHides();
    void restore_isOneUndoStep_andHandsOutOptions();
    void restore_rowValues();
    void readOnly_cannotRestore();
    void seeds_areAskedFor();
    void keyboard_reachesEverything();
    void anotherTemplate_empties();
};

void TestPreviewRing::newest_isFirst_andTwelveStay()
{
    Bench bench;
    QCOMPARE(bench.ring.count(), 1);
    for (int seed = 1; seed <= 15; ++seed)
        bench.make(seed);
    QCOMPARE(bench.ring.count(), PreviewRing::capacity);
    for (int i = 0; i < bench.ring.count(); ++i)
        QCOMPARE(bench.ring.at(i).options.seed, 15 - i);
}

void TestPreviewRing::pinned_stayForEver()
{
    Bench bench;
    bench.make(1);
    QSignalSpy spy(&bench.ring, &PreviewRing::pinnedChanged);
    bench.ring.setPinned(0, true);
    QCOMPARE(spy.size(), 1);
    for (int seed = 2; seed <= 40; ++seed)
        bench.make(seed);
    QCOMPARE(bench.ring.count(), PreviewRing::capacity);
    QCOMPARE(bench.ring.at(PreviewRing::capacity - 1).options.seed, 1);
    QVERIFY(bench.ring.isPinned(PreviewRing::capacity - 1));
    bench.ring.setPinned(PreviewRing::capacity - 1, false);
    bench.make(41);
    QCOMPARE(bench.ring.at(PreviewRing::capacity - 1).options.seed, 30);
}

void TestPreviewRing::pins_leaveOnePlace()
{
    Bench bench;
    for (int seed = 1; seed <= 11; ++seed)
        bench.make(seed);
    for (int i = 0; i < PreviewRing::capacity - 1; ++i)
        bench.ring.setPinned(i, true);
    QSignalSpy spy(&bench.ring, &PreviewRing::message);
    bench.ring.setPinned(PreviewRing::capacity - 1, true);
    QVERIFY(!bench.ring.isPinned(PreviewRing::capacity - 1));
    QCOMPARE(spy.size(), 1);
    bench.make(99);
    QCOMPARE(bench.ring.count(), PreviewRing::capacity);
    QCOMPARE(bench.ring.at(0).options.seed, 99);
}

void TestPreviewRing::moving_aBox_makesNoPreview()
{
    Bench bench;
    bench.document.apply(QStringLiteral("Move"), [](Template &value) { value.tokens[0].box.x += 0.05; });
    bench.settle();
    QTest::qWait(600);
    QCOMPARE(bench.ring.count(), 1);
    // Back to an earlier seed: nothing is rendered, but it is another picture.
    bench.make(1);
    bench.make(0);
    QTRY_COMPARE(bench.ring.count(), 3);
    QCOMPARE(bench.ring.at(0).options.seed, 0);
}

void TestPreviewRing::thumbnails_areComposed_inTheCanvasRatio()
{
    Bench bench;
    QTRY_VERIFY(!bench.ring.thumbnail(0).isNull());
    const QSizeF size = bench.ring.thumbnail(0).deviceIndependentSize();
    QVERIFY(qAbs(size.width() / size.height() - 0.8) < 0.03);
    bench.make(7);
    QTRY_VERIFY(!bench.ring.thumbnail(0).isNull());
    QVERIFY(bench.ring.thumbnail(0) != bench.ring.thumbnail(1));
}

void TestPreviewRing::hold_shows_andLettingGoHides()
{
    Bench bench;
    bench.make(5);
    const QList<QAbstractButton *> buttons = bench.ring.findChildren<QAbstractButton *>(QStringLiteral("preview"));
    QCOMPARE(buttons.size(), 2);
    QList<int> seeds;
    connect(&bench.ring, &PreviewRing::shown, &bench, [&seeds](const Draft &draft) { seeds << draft.options.seed; });
    QSignalSpy hidden(&bench.ring, &PreviewRing::hidden);
    QAbstractButton *older = buttons.at(0);
    QTest::mousePress(older, Qt::LeftButton);
    QCOMPARE(seeds, QList<int>{0});
    QVERIFY(hidden.isEmpty());
    QTest::mouseRelease(older, Qt::LeftButton);
    QCOMPARE(hidden.size(), 1);
    QCOMPARE(bench.document.undoStack()->count(), 0);
    QTest::keyPress(older, Qt::Key_Space);
    QCOMPARE(seeds.size(), 2);
    QTest::keyRelease(older, Qt::Key_Space);
    QCOMPARE(hidden.size(), 2);
}

void TestPreviewRing::restore_isOneUndoStep_andHandsOutOptions()
{
    Bench bench;
    const Template first = bench.document.value();
    bench.document.setSlotValue(QStringLiteral("subject"), QStringLiteral("a blue fish"));
    bench.settle();
    bench.make(77);
    const Template second = bench.document.value();
    QCOMPARE(bench.ring.count(), 3);
    QList<int> seeds;
    connect(&bench.ring, &PreviewRing::optionsRestored, &bench, [&seeds](const Draft &draft) { seeds << draft.options.seed; });
    const int steps = bench.document.undoStack()->index();
    bench.ring.restore(2);
    QCOMPARE(bench.document.value(), first);
    QCOMPARE(bench.document.undoStack()->index(), steps + 1);
    QCOMPARE(seeds, QList<int>{0});
    bench.document.undoStack()->undo();
    QCOMPARE(bench.document.value(), second);
}

void TestPreviewRing::restore_rowValues()
{
    Bench bench;
    const auto rows = parseRows("subject\na green pear\na yellow lemon\n", QStringLiteral("rows.csv"), bench.document.value());
    QVERIFY(rows.has_value());
    bench.document.restoreWork(bench.document.value(), {}, {}, *rows, 1);
    connect(&bench.document, &TemplateDocument::currentRowChanged, &bench, &Bench::feed);
    bench.settle();
    bench.document.setSlotValue(QStringLiteral("subject"), QStringLiteral("a brown bear"));
    bench.settle();
    bench.document.setCurrentRow(2);
    bench.settle();
    const int bear = 1;
    QCOMPARE(bench.ring.at(bear).row.values.value(QStringLiteral("subject")), QStringLiteral("a brown bear"));
    const int pear = 2;
    bench.ring.restore(pear);
    QCOMPARE(bench.document.currentRow(), 1);
    QCOMPARE(bench.document.row().values.value(QStringLiteral("subject")), QStringLiteral("a green pear"));
    bench.document.undoStack()->undo();
    QCOMPARE(bench.document.row().values.value(QStringLiteral("subject")), QStringLiteral("a brown bear"));
}

void TestPreviewRing::readOnly_cannotRestore()
{
    Bench bench;
    bench.document.setSlotValue(QStringLiteral("subject"), QStringLiteral("a blue fish"));
    bench.settle();
    const Template now = bench.document.value();
    bench.ring.setCurrentIndex(1);
    bench.document.setReadOnly(true);
    QVERIFY(!bench.ring.ringActions().at(0)->isEnabled());
    QVERIFY(bench.ring.ringActions().at(0)->toolTip().contains(QStringLiteral("read-only")));
    bench.ring.restore(1);
    QCOMPARE(bench.document.value(), now);
}

void TestPreviewRing::seeds_areAskedFor()
{
    Bench bench;
    bench.make(4711);
    for (QAction *action : bench.ring.ringActions().mid(0, 3))
        QVERIFY2(!action->isEnabled(), qPrintable(action->text()));
    bench.ring.setCurrentIndex(0);
    QSignalSpy reuse(&bench.ring, &PreviewRing::seedWanted);
    QSignalSpy fresh(&bench.ring, &PreviewRing::newSeedWanted);
    for (QAction *action : bench.ring.ringActions().mid(2))
        action->trigger();
    QCOMPARE(reuse.size(), 1);
    QCOMPARE(reuse.first().first().toInt(), 4711);
    QCOMPARE(fresh.size(), 1);
}

void TestPreviewRing::keyboard_reachesEverything()
{
    Bench bench;
    bench.make(1);
    bench.make(2);
    const QList<QAbstractButton *> buttons = bench.ring.findChildren<QAbstractButton *>(QStringLiteral("preview"));
    for (QAbstractButton *button : buttons) {
        QVERIFY(button->accessibleName().contains(QStringLiteral("Preview")));
        QVERIFY(button->accessibleDescription().contains(QStringLiteral("Seed")));
        QVERIFY(button->focusPolicy() & Qt::TabFocus);
    }
    buttons.last()->setFocus();
    QCOMPARE(bench.ring.currentIndex(), 0);
    QTest::keyClick(buttons.last(), Qt::Key_Right);
    QCOMPARE(bench.ring.currentIndex(), 1);
    bench.ring.ringActions().at(1)->trigger();
    QVERIFY(bench.ring.isPinned(1));
    QVERIFY(buttons.at(1)->accessibleName().contains(QStringLiteral("pinned")));
    int restored = 0;
    connect(&bench.ring, &PreviewRing::optionsRestored, &bench, [&restored] { ++restored; });
    QTest::keyClick(buttons.at(1), Qt::Key_Return);
    QCOMPARE(restored, 1);
}

void TestPreviewRing::anotherTemplate_empties()
{
    Bench bench;
    bench.make(3);
    QCOMPARE(bench.ring.count(), 2);
    Template other = sample();
    other.id = QStringLiteral("another");
    bench.document.openValue(other, {});
    QCOMPARE(bench.ring.count(), 0);
    QTRY_COMPARE(bench.ring.count(), 1);
    QCOMPARE(bench.ring.at(0).source.id, QStringLiteral("another"));
}

QTEST_MAIN(TestPreviewRing)
#include "tst_previewring.moc"
