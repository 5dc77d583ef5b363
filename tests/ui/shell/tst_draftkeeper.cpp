#include "tests/ui/shell/windowfixture.h"
#include "ui/document/templatedocument.h"
#include "ui/preview/previewring.h"
#include "ui/shell/draftfeed.h"
#include "ui/shell/exporter.h"
#include "ui/shell/filecontroller.h"
#include "ui/widgets/messagebar.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Galley;

namespace {

/// A whole window over fakes, with a library and a first preview.
struct Fixture : WindowFixture
{
    Fixture()
    {
        parts.library = &library;
        open();
        window->feed()->setSource(SubjectSource::Generated);
        window->files()->openFirst();
        window->show();
        ring = window->findChild<PreviewRing *>();
    }

    bool hasPreviews(int count) const { return QTest::qWaitFor([&] { return ring->count() == count; }, 10000); }
    qsizetype kept() { return library.ids({}).result()->size(); }
    qsizetype inBin()
    {
        LibraryQuery bin;
        bin.bin = true;
        return library.ids(bin).result()->size();
    }
    QStringList said() const
    {
        QStringList texts;
        for (const MessageBar *bar : window->findChildren<MessageBar *>())
            texts << (bar->isVisible() ? bar->text() : QString());
        return texts;
    }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *button : window->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == text && qobject_cast<MessageBar *>(button->parentWidget()))
                return button;
        }
        return nullptr;
    }

    PreviewRing *ring = nullptr;
};

} // namespace

/// Drafts stay out of the library until somebody pins or exports one.
class TestDraftKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void liveDrafts_stayOut();
    void pinned_isKept_andUndoTakesItBack();
    void pinnedAgain_isOnePicture();
    void notKept_isSaid_andStaysPinned();
    void exported_isKept();
};

void TestDraftKeeper::liveDrafts_stayOut()
{
    Fixture fixture;
    QVERIFY(fixture.hasPreviews(1));
    fixture.action("newSeed")->trigger();
    QVERIFY(fixture.hasPreviews(2));
    QCOMPARE(fixture.kept(), 0);
}

void TestDraftKeeper::pinned_isKept_andUndoTakesItBack()
{
    Fixture fixture;
    QVERIFY(fixture.hasPreviews(1));
    const int seed = fixture.ring->at(0).options.seed;
    fixture.ring->setPinned(0, true);
    QTRY_COMPARE(fixture.kept(), 1);
    const AssetRecord record = *fixture.library.record(fixture.library.ids({}).result()->first()).result();
    QCOMPARE(record.seed, std::optional<qint64>(seed));
    QTRY_VERIFY(fixture.button(QStringLiteral("Undo")));
    fixture.action("newSeed")->trigger();  // the ring moves on
    QVERIFY(fixture.hasPreviews(2));
    fixture.button(QStringLiteral("Undo"))->click();
    QTRY_COMPARE(fixture.inBin(), 1);
    QCOMPARE(fixture.kept(), 0);
    QVERIFY(!fixture.ring->isPinned(0) && !fixture.ring->isPinned(1));
}

void TestDraftKeeper::pinnedAgain_isOnePicture()
{
    Fixture fixture;
    QVERIFY(fixture.hasPreviews(1));
    fixture.ring->setPinned(0, true);
    QTRY_COMPARE(fixture.kept(), 1);
    fixture.ring->setPinned(0, false);
    QCOMPARE(fixture.kept(), 1);  // the library forgets nothing by itself
    fixture.ring->setPinned(0, true);
    QTRY_COMPARE(fixture.library.calls.filter(QStringLiteral("keepDraft")).size(), 2);
    QCOMPARE(fixture.kept(), 1);
}

void TestDraftKeeper::notKept_isSaid_andStaysPinned()
{
    Fixture fixture;
    QVERIFY(fixture.hasPreviews(1));
    fixture.library.editError = Error{ErrorCode::Io, QStringLiteral("The disk is full."), {}};
    fixture.ring->setPinned(0, true);
    QTRY_VERIFY(fixture.said().join(u' ').contains(QStringLiteral("The disk is full.")));
    QVERIFY(fixture.ring->isPinned(0));
    QCOMPARE(fixture.kept(), 0);
}

void TestDraftKeeper::exported_isKept()
{
    Fixture fixture;
    QVERIFY(fixture.hasPreviews(1));
    auto *exporter = fixture.window->findChild<Exporter *>();
    QSignalSpy finished(exporter, &Exporter::finished);
    exporter->start(fixture.home.filePath(QStringLiteral("out.png")), fixture.window->document()->value().canvas.size / 4);
    QTRY_COMPARE(finished.count(), 1);
    QTRY_COMPARE(fixture.kept(), 1);
    const AssetRecord record = *fixture.library.record(fixture.library.ids({}).result()->first()).result();
    QCOMPARE(record.size, fixture.window->document()->value().canvas.size);  // whatever size was exported
}

QTEST_MAIN(TestDraftKeeper)
#include "tst_draftkeeper.moc"
