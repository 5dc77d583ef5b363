#include "core/template/templatefile.h"
#include "tests/support/fakefinalservice.h"
#include "ui/document/templatedocument.h"
#include "ui/finals/finalpane.h"
#include "ui/finals/pictureview.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/noticeline.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/themeswitch.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCryptographicHash>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

QImage filled(const QSize &size, Qt::GlobalColor color)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    return image;
}

struct Fixture
{
    Fixture()
    {
        document.openValue(newTemplate(QStringLiteral("Poster"), {400, 500}), {});
        pane = std::make_unique<FinalPane>(&finals, &document);
        pane->resize(420, 700);
        pane->show();
    }

    qint64 submit()
    {
        RenderRequest request;
        request.source = document.value();
        request.row = document.row();
        return finals.submit(request, Lane::Final, {}).result().value();
    }

    void finish(qint64 id, const QString &original = {}, const QString &served = QStringLiteral("V_4_TURBO"))
    {
        FinalPicture final;
        final.jobId = id;
        final.assetId = 100 + id;
        final.originalFile = original;
        if (QFile file(original); file.open(QIODevice::ReadOnly))
            final.digest = QString::fromLatin1(QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex());
        final.raw = filled({320, 400}, Qt::red);
        final.composed = filled({400, 500}, Qt::blue);
        final.requested = QStringLiteral("ideogram-typography");
        final.routed = QStringLiteral("ideogram-4");
        final.served = served;
        final.provenance["seed"] = 12345;
        final.provenance["from_cache"] = cached;
        final.textChecked = true;
        final.textFindings = {QStringLiteral("title: the drawn text reads as “Sprng Market”.")};
        finals.pictures.insert(id, final);
        finals.fakeQueue()->change(id, [&](Job &job) {
            job.record.state = JobState::Done;
            job.record.costUsd = 0.06;
            JobAttempt attempt;
            attempt.milliseconds = 8400;
            attempt.served = served;
            job.record.attempts << attempt;
        });
    }

    QAction *action(const char *name) const { return pane->findChild<QAction *>(QLatin1String(name)); }

    bool cached = false;
    QTemporaryDir folder;
    FakeFinalService finals;
    TemplateDocument document;
    std::unique_ptr<FinalPane> pane;
};

} // namespace

class TestFinalPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        applyStyle();
        QLocale::setDefault(QLocale(QStringLiteral("en_US")));
    }
    void picture_arrivesWhereItsSpaceWas();
    void done_showsModelsFactsAndFindings();
    void aFinalFromTheCache_saysSo();
    void cachedFinal_isRenderedAnewAtItsPrice();
    void anew_isNotSentWhenItMustNotBe_data();
    void anew_isNotSentWhenItMustNotBe();
    void original_isTheServicesOwnPicture();
    void stale_followsEditAndUndo();
    void running_canBeCancelled();
    void failed_saysWhyAndLeadsToTheQueue();
    void waitingForAKey_isSaidAndLeadsToIt();
    void finals_canBeSteppedThrough();
    void pictures_canBeSteppedThrough();
    void servedModel_isNotClaimed();
    void savedFile_isThePictureOrTheOriginalsBytes();
    void copy_putsThePictureIntoTheClipboard();
    void otherTemplate_hasItsOwnFinals();
    void part_canBeDrawnAnew();
    void unknownPrice_isNotFree();
};

void TestFinalPane::picture_arrivesWhereItsSpaceWas()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.pane->showJob(id);
    QVERIFY(fixture.pane->shownPicture().isNull());
    const QRect space = fixture.pane->pictureView()->pictureRect();
    const QRect place = fixture.pane->pictureView()->geometry();
    fixture.finals.fakeQueue()->change(id, [](Job &job) {
        job.record.state = JobState::Running;
        job.preview = filled({80, 100}, Qt::gray);
    });
    QCOMPARE(fixture.pane->shownPicture().size(), QSize(80, 100));
    QCOMPARE(fixture.pane->pictureView()->pictureRect(), space);
    QCOMPARE(fixture.pane->pictureView()->geometry(), place);
}

void TestFinalPane::done_showsModelsFactsAndFindings()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.pane->showJob(id);
    fixture.finish(id);
    QTRY_COMPARE(fixture.pane->shownPicture().size(), QSize(400, 500));
    QCOMPARE(fixture.pane->modelsShown(), QStringLiteral("ideogram-typography → ideogram-4 → V_4_TURBO"));
    QCOMPARE(fixture.pane->facts(), QStringLiteral("$0.06 · 8.4 s · seed 12345"));
    bool found = false;
    for (const NoticeLine *line : fixture.pane->findChildren<NoticeLine *>())
        found |= line->isVisible() && line->text().contains(QStringLiteral("Sprng"));
    QVERIFY(found);
}

void TestFinalPane::aFinalFromTheCache_saysSo()
{
    Fixture fixture;
    const auto *chip = fixture.pane->findChild<QWidget *>(QStringLiteral("cachedChip"));
    QVERIFY(chip);
    for (const bool isCached : {true, false}) {
        const qint64 id = fixture.submit();
        fixture.cached = isCached;
        fixture.pane->showJob(id);
        fixture.finish(id);
        QTRY_VERIFY(fixture.action("saveFinal")->isEnabled());
        QCOMPARE(fixture.pane->isFromCache(), isCached);
        QCOMPARE(chip->isVisible(), isCached);
    }
}

/// Nothing is sent before the price was on the button that was pressed.
void TestFinalPane::cachedFinal_isRenderedAnewAtItsPrice()
{
    Fixture fixture;
    auto *anew = fixture.pane->findChild<QPushButton *>(QStringLiteral("anewButton"));
    const qint64 own = fixture.submit();
    fixture.finish(own);
    fixture.pane->showJob(own);
    QTRY_VERIFY(fixture.pane->shownAsset() > 0);
    QVERIFY(!anew->isVisible() && !fixture.action("renderAnew")->isEnabled());
    fixture.cached = true;
    const qint64 id = fixture.submit();
    fixture.finish(id);
    fixture.pane->showJob(id);
    QTRY_VERIFY(anew->isVisible());
    anew->click();
    QVERIFY(fixture.pane->question()->isVisible());
    const double price = fixture.finals.quote(fixture.finals.submitted.last())->estimateUsd;
    auto *send = fixture.pane->question()->findChildren<QPushButton *>().value(0);
    QVERIFY(send && send->text().contains(priceText(price)));
    QCOMPARE(fixture.finals.submitted.size(), 2);
    // Another final is another question.
    fixture.pane->showJob(own);
    QVERIFY(!fixture.pane->question()->isVisible());
    fixture.pane->showJob(id);
    QTRY_VERIFY(anew->isVisible());
    anew->click();
    QSignalSpy submitted(fixture.pane.get(), &FinalPane::submitted);
    for (QPushButton *button : fixture.pane->question()->findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text().contains(priceText(price)))
            button->click();
    }
    QTRY_COMPARE(submitted.size(), 1);
    QCOMPARE(fixture.finals.submitted.size(), 3);
    RenderRequest expected = fixture.finals.submitted.at(1);
    expected.anew = true;
    QVERIFY(fixture.finals.submitted.last() == expected);
    QVERIFY(!fixture.pane->question()->isVisible());
}

void TestFinalPane::anew_isNotSentWhenItMustNotBe_data()
{
    QTest::addColumn<bool>("blocked");
    QTest::newRow("over budget") << true;
    QTest::newRow("the queue refuses") << false;
}

void TestFinalPane::anew_isNotSentWhenItMustNotBe()
{
    QFETCH(bool, blocked);
    Fixture fixture;
    fixture.cached = true;
    const qint64 id = fixture.submit();
    fixture.finish(id);
    fixture.pane->showJob(id);
    QTRY_VERIFY(fixture.pane->isFromCache());
    fixture.finals.blocked = blocked;
    fixture.finals.obstacle = blocked ? QStringLiteral("Today's budget is spent.") : QString();
    fixture.finals.submitError = Error{ErrorCode::Refused, QStringLiteral("No."), {}};
    QSignalSpy failed(fixture.pane.get(), &FinalPane::failed);
    fixture.action("renderAnew")->trigger();
    if (blocked) {
        QCOMPARE(fixture.pane->question()->text(), QStringLiteral("Today's budget is spent."));
        QVERIFY(fixture.pane->question()->findChildren<QPushButton *>().isEmpty());
        return;
    }
    fixture.pane->question()->findChildren<QPushButton *>().value(0)->click();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().toString(), QStringLiteral("No."));
    QCOMPARE(fixture.finals.submitted.size(), 1);
}

void TestFinalPane::original_isTheServicesOwnPicture()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.pane->showJob(id);
    fixture.finish(id);
    QTRY_VERIFY(fixture.action("showOriginal")->isEnabled());
    fixture.action("showOriginal")->trigger();
    QCOMPARE(fixture.pane->shownPicture().size(), QSize(320, 400));
    fixture.action("showOriginal")->trigger();
    QCOMPARE(fixture.pane->shownPicture().size(), QSize(400, 500));
}

void TestFinalPane::stale_followsEditAndUndo()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.pane->showJob(id);
    fixture.finish(id);
    QVERIFY(!fixture.pane->isStale());
    fixture.document.apply(QStringLiteral("Rename"), [](Template &value) { value.style.summary.append(QStringLiteral(" more")); });
    QVERIFY(fixture.pane->isStale());
    fixture.document.undoStack()->undo();
    QVERIFY(!fixture.pane->isStale());
}

void TestFinalPane::running_canBeCancelled()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.pane->showJob(id);
    fixture.finals.fakeQueue()->change(id, [](Job &job) {
        job.record.state = JobState::Running;
        job.step = 2;
        job.of = 8;
    });
    QVERIFY(fixture.pane->findChild<QProgressBar *>()->isVisible());
    QCOMPARE(fixture.pane->findChild<QProgressBar *>()->value(), 25);
    for (QPushButton *button : fixture.pane->findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == QLatin1String("Cancel"))
            button->click();
    }
    QCOMPARE(fixture.finals.fakeQueue()->calls.last(), QStringLiteral("cancel %1").arg(id));
    QVERIFY(!fixture.pane->findChild<QProgressBar *>()->isVisible());
}

void TestFinalPane::failed_saysWhyAndLeadsToTheQueue()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.pane->showJob(id);
    fixture.finals.fakeQueue()->change(id, [](Job &job) {
        job.record.state = JobState::Failed;
        job.record.error.message = QStringLiteral("Ideogram refused the prompt.");
    });
    QSignalSpy wanted(fixture.pane.get(), &FinalPane::queueWanted);
    for (const NoticeLine *line : fixture.pane->findChildren<NoticeLine *>()) {
        if (line->isVisible() && line->text().contains(QStringLiteral("refused")))
            line->button()->click();
    }
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().toLongLong(), id);
}

void TestFinalPane::waitingForAKey_isSaidAndLeadsToIt()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.pane->showJob(id);
    fixture.finals.fakeQueue()->change(id, [](Job &job) { job.waitsFor = QStringLiteral("Ideogram needs a key."); });
    QSignalSpy services(fixture.pane.get(), &FinalPane::servicesWanted);
    for (const NoticeLine *line : fixture.pane->findChildren<NoticeLine *>()) {
        if (line->isVisible() && line->text().contains(QStringLiteral("needs a key")))
            line->button()->click();
    }
    QCOMPARE(services.count(), 1);
    QCOMPARE(services.first().first().toLongLong(), id);
}

void TestFinalPane::finals_canBeSteppedThrough()
{
    Fixture fixture;
    const qint64 first = fixture.submit();
    const qint64 second = fixture.submit();
    fixture.pane->showJob(second);
    QVERIFY(!fixture.action("nextFinal")->isEnabled());
    fixture.action("previousFinal")->trigger();
    QCOMPARE(fixture.pane->job(), first);
    fixture.action("nextFinal")->trigger();
    QCOMPARE(fixture.pane->job(), second);
}

void TestFinalPane::pictures_canBeSteppedThrough()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.pane->showJob(id);
    QList<FinalPicture> more(2);
    more[0].composed = filled({410, 500}, Qt::green);
    more[1].composed = filled({420, 500}, Qt::yellow);
    fixture.finals.morePictures.insert(id, more);
    fixture.finish(id);
    QTRY_COMPARE(fixture.pane->shownPicture().width(), 400);
    QVERIFY(!fixture.action("previousPicture")->isEnabled());
    QVERIFY(QTest::qWaitForWindowActive(fixture.pane.get()));
    QTest::keyClick(fixture.pane.get(), Qt::Key_Right, Qt::AltModifier);
    QTRY_COMPARE(fixture.pane->shownPicture().width(), 410);
    fixture.action("nextPicture")->trigger();
    QTRY_COMPARE(fixture.pane->shownPicture().width(), 420);
    QVERIFY(!fixture.action("nextPicture")->isEnabled());
    QStringList labels;
    for (const QLabel *label : fixture.pane->findChildren<QLabel *>())
        labels << label->text();
    QVERIFY(labels.contains(QStringLiteral("3 of 3")));
    QSignalSpy said(fixture.pane.get(), &FinalPane::message);
    const QString file = fixture.folder.filePath(QStringLiteral("third.png"));
    fixture.pane->write(file);
    QTRY_COMPARE(said.count(), 1);
    QCOMPARE(QImage(file).width(), 420);
    QTest::keyClick(fixture.pane.get(), Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(fixture.pane->shownPicture().width(), 410);
}

void TestFinalPane::servedModel_isNotClaimed()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.pane->showJob(id);
    fixture.finish(id, {}, {});
    QTRY_COMPARE(fixture.pane->modelsShown(), QStringLiteral("ideogram-typography → ideogram-4"));
    QTRY_COMPARE(fixture.pane->facts().count(QStringLiteral("not told by the service")), 1);
}

void TestFinalPane::savedFile_isThePictureOrTheOriginalsBytes()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.pane->showJob(id);
    QFile original(fixture.folder.filePath(QStringLiteral("original.jpg")));
    QVERIFY(original.open(QIODevice::WriteOnly));
    const QByteArray signedFile = encodePicture(filled({320, 400}, Qt::red), PictureFormat::Jpeg)
                                      ->insert(2, QByteArray::fromHex("ffeb0012") + QByteArray("JP\0\1\0\0\0\1jumbc2pa", 16));
    original.write(signedFile);
    original.close();
    fixture.finish(id, original.fileName());
    QTRY_VERIFY(fixture.action("saveFinal")->isEnabled());
    QSignalSpy said(fixture.pane.get(), &FinalPane::message);
    const QString composed = fixture.folder.filePath(QStringLiteral("a.png"));
    fixture.pane->write(composed);
    QTRY_COMPARE(said.count(), 1);
    QCOMPARE(QImage(composed).size(), QSize(400, 500));
    QFile written(composed);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(readMetadata(written.readAll())->routed, QStringLiteral("ideogram-4"));
    fixture.action("showOriginal")->trigger();
    const QString copy = fixture.folder.filePath(QStringLiteral("b.jpg"));
    fixture.pane->write(copy);
    QTRY_COMPARE(said.count(), 2);
    QFile read(copy);
    QVERIFY(read.open(QIODevice::ReadOnly));
    QCOMPARE(read.readAll(), signedFile);
    QSignalSpy failed(fixture.pane.get(), &FinalPane::failed);
    fixture.pane->write(fixture.folder.filePath(QStringLiteral("no/such/c.png")));
    QTRY_COMPARE(failed.count(), 1);
    // Altered since it was accepted: never written as if it were the picture.
    QVERIFY(original.open(QIODevice::Append));
    original.write("x");
    original.close();
    const QString altered = fixture.folder.filePath(QStringLiteral("d.jpg"));
    fixture.pane->write(altered);
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(failed.last().first().toString().contains(QStringLiteral("altered")));
    QVERIFY(!QFile::exists(altered));
}

void TestFinalPane::copy_putsThePictureIntoTheClipboard()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.pane->showJob(id);
    fixture.finish(id);
    QTRY_VERIFY(fixture.action("copyFinal")->isEnabled());
    fixture.action("copyFinal")->trigger();
    QCOMPARE(QApplication::clipboard()->image().size(), QSize(400, 500));
}

void TestFinalPane::part_canBeDrawnAnew()
{
    Fixture fixture;
    const auto addToken = [&](const char *id) {
        fixture.document.apply(QStringLiteral("Add"), [id](Template &value) {
            Token token;
            token.id = QString::fromLatin1(id);
            token.show = QStringLiteral("an apple");
            token.box = {0.1, 0.1, 0.5, 0.5};
            value.tokens << token;
        });
    };
    addToken("hero");
    const qint64 id = fixture.submit();
    fixture.pane->showJob(id);
    auto *button = fixture.pane->findChild<QPushButton *>(QStringLiteral("redoPart"));
    QVERIFY(!button->isVisible());  // there is no picture yet
    for (const QAction *each : fixture.pane->redoMenu()->actions())
        QVERIFY(!each->isEnabled());
    fixture.finish(id);
    QTRY_VERIFY(button->isVisible());
    QVERIFY(button->focusPolicy() & Qt::TabFocus);
    addToken("leaf");  // the menu is of the template as it is now
    QStringList names;
    for (const QAction *action : fixture.pane->redoMenu()->actions())
        names << action->text();
    QVERIFY(names.contains(QStringLiteral("hero")) && names.contains(QStringLiteral("leaf")));
    QSignalSpy wanted(fixture.pane.get(), &FinalPane::redoWanted);
    for (QAction *action : fixture.pane->redoMenu()->actions()) {
        if (action->text() == QLatin1String("hero"))
            action->trigger();
    }
    QCOMPARE(wanted.count(), 1);
    const FinalEdit edit = wanted.first().first().value<FinalEdit>();
    QCOMPARE(edit.asset, 100 + id);
    QCOMPARE(edit.token, QStringLiteral("hero"));
    QCOMPARE(edit.model, QStringLiteral("ideogram-4"));
    QCOMPARE(edit.picture.size(), QSize(400, 500));
    QVERIFY(fixture.finals.submitted.size() == 1);  // nothing is sent by the way
}

void TestFinalPane::unknownPrice_isNotFree()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.pane->showJob(id);
    fixture.finals.fakeQueue()->change(id, [](Job &job) {
        job.record.estimateUsd = 0;
        job.record.priceKnown = false;
    });
    QVERIFY2(fixture.pane->facts().contains(QStringLiteral("price not known")), qPrintable(fixture.pane->facts()));
}

void TestFinalPane::otherTemplate_hasItsOwnFinals()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.pane->showJob(id);
    fixture.document.openValue(newTemplate(QStringLiteral("Other"), {100, 100}), {});
    QCOMPARE(fixture.pane->job(), 0);
}

QTEST_MAIN(TestFinalPane)
#include "tst_finalpane.moc"
