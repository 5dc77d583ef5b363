#include "core/composition/scene.h"
#include "core/service/modelcard.h"
#include "core/template/templatefile.h"
#include "testpaths.h"
#include "tests/ui/shell/windowfixture.h"
#include "ui/design/artboard.h"
#include "ui/document/recovery.h"
#include "ui/document/templatedocument.h"
#include "ui/shell/aboutdialog.h"
#include "ui/shell/designworkspace.h"
#include "ui/shell/draftfeed.h"
#include "ui/shell/exporter.h"
#include "ui/shell/filecontroller.h"
#include "ui/shell/issues.h"
#include "ui/widgets/messagebar.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDir>
#include <QDirIterator>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBrowser>

using namespace Galley;

namespace {

/// A whole window over a fake engine and a home of its own.
struct Fixture : WindowFixture
{
    Fixture()
    {
        settings.draftSource.set(QStringLiteral("generated"));
        open();
    }
};

bool isInteractive(const QWidget *widget)
{
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget)
           || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget)
           || qobject_cast<const QAbstractItemView *>(widget) || (widget->focusPolicy() & Qt::TabFocus);
}

/// Parts that Qt makes for itself inside of a control, which has the name.
bool isInnerPart(const QWidget *widget)
{
    if (widget->objectName().startsWith(QLatin1String("qt_")))
        return true;
    const QWidget *parent = widget->parentWidget();
    return parent && (qobject_cast<const QAbstractSpinBox *>(parent) || qobject_cast<const QComboBox *>(parent)
                      || qobject_cast<const QLineEdit *>(parent) || parent->inherits("QComboBoxPrivateContainer")
                      || parent->inherits("QTabBar") || parent->inherits("QMenuBar") || parent->inherits("QToolBar"));
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void firstStart_showsTheSampleWithItsDraft();
    void everyAction_hasATextAndNoSharedShortcut();
    void everyInteractiveWidget_hasAnAccessibleName();
    void commands_findEveryMenu();
    void commandList_opensByShortcutAndFinds();
    void undo_namesWhatItUndoes();
    void closing_withChanges_asks();
    void closing_withoutChanges_forgetsTheBackup();
    void recovery_isOfferedAndTaken();
    void openElsewhere_isReadOnlyWithAnOffer();
    void openOfNonsense_saysSoInTheBar();
    void export_writesThePictureAtTheSizeAsked();
    void issues_nameAndSelectTheCause();
    void workerTrouble_isAnIssueUntilItEnds();
    void seedLock_keepsTheSeed();
    void themeChange_isLive();
    void stepsAndSource_areRemembered();
    void automaticSteps_followTheSpeed();
    void rememberedSteps_areAtMostTheModels();
    void about_showsTheCardOfTheModel();
    void about_showsEveryNotice();
};

void TestMainWindow::initTestCase()
{
    QVERIFY(loadBundledFonts(QStringLiteral(GALLEY_SOURCE_DIR "/resources")).contains(QStringLiteral("Bebas Neue")));
    applyStyle();
}

void TestMainWindow::firstStart_showsTheSampleWithItsDraft()
{
    Fixture fixture;
    fixture.window->files()->openFirst();
    fixture.window->show();
    QVERIFY(fixture.window->document()->value().tokens.size() > 1);
    QVERIFY(fixture.window->document()->file().isEmpty());
    QVERIFY(!fixture.window->document()->isModified());
    QTRY_COMPARE(fixture.draft.state(), DraftService::State::Current);
    QVERIFY(!fixture.draft.draft().scene.items.isEmpty());
    QCOMPARE(fixture.draft.draft().source.id, fixture.window->document()->value().id);
    QVERIFY(fixture.engine.renders.size() >= 1);
}

void TestMainWindow::everyAction_hasATextAndNoSharedShortcut()
{
    Fixture fixture;
    QMap<QString, QString> owners;
    QSet<QString> names;
    for (const CommandPalette::Command &command : fixture.window->commands()) {
        const QString text = command.action->text();
        QVERIFY(!text.isEmpty());
        const QString name = command.action->objectName();
        if (!name.isEmpty()) {
            QVERIFY2(!names.contains(name), qPrintable(name + QStringLiteral(" stands for two actions")));
            names.insert(name);
        }
        for (const QKeySequence &key : command.action->shortcuts()) {
            const QString keys = key.toString();
            QVERIFY2(!owners.contains(keys), qPrintable(keys + QStringLiteral(" belongs to ") + owners.value(keys)
                                                        + QStringLiteral(" and to ") + text));
            owners.insert(keys, text);
        }
    }
    QVERIFY(owners.size() > 20);
}

void TestMainWindow::everyInteractiveWidget_hasAnAccessibleName()
{
    Fixture fixture;
    fixture.window->files()->openFirst();
    fixture.window->show();
    const auto check = [&fixture] {
        int seen = 0;
        for (const QWidget *widget : fixture.window->findChildren<QWidget *>()) {
            if (!isInteractive(widget) || isInnerPart(widget) || widget->focusPolicy() == Qt::NoFocus)
                continue;
            ++seen;
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            QVERIFY2(named, qPrintable(QStringLiteral("%1 \"%2\" in %3 has no name")
                                           .arg(QLatin1String(widget->metaObject()->className()), widget->objectName(),
                                                QLatin1String(widget->parentWidget()->metaObject()->className()))));
        }
        QVERIFY(seen > 12);
    };
    check();
    for (const Token &token : QList<Token>(fixture.window->document()->value().tokens)) {
        fixture.window->document()->setSelection({token.id});
        check();
    }
}

void TestMainWindow::commands_findEveryMenu()
{
    Fixture fixture;
    QSet<QString> places;
    for (const CommandPalette::Command &command : fixture.window->commands())
        places.insert(command.place.section(QStringLiteral(" › "), 0, 0));
    QCOMPARE(places.size(), fixture.window->menuBar()->actions().size());
}

void TestMainWindow::commandList_opensByShortcutAndFinds()
{
    Fixture fixture;
    fixture.window->show();
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
    QTest::keyClick(fixture.window.get(), Qt::Key_K, Qt::ControlModifier);
    QVERIFY(fixture.window->palette()->isVisible());
    QTest::keyClicks(fixture.window->palette()->findChild<QLineEdit *>(), QStringLiteral("zoom in"));
    QCOMPARE(fixture.window->palette()->shown().value(0), QStringLiteral("Zoom In"));
    const double before = fixture.window->design()->artboard()->zoom();
    QTest::keyClick(fixture.window->palette()->findChild<QLineEdit *>(), Qt::Key_Return);
    QVERIFY(fixture.window->design()->artboard()->zoom() > before);
}

void TestMainWindow::undo_namesWhatItUndoes()
{
    Fixture fixture;
    fixture.window->document()->apply(QStringLiteral("Rename it"), [](Template &value) { value.name = QStringLiteral("x"); });
    QCOMPARE(fixture.action("undo")->text(), QStringLiteral("Undo Rename it"));
    fixture.action("undo")->trigger();
    QVERIFY(!fixture.action("undo")->isEnabled());
    QCOMPARE(fixture.action("redo")->text(), QStringLiteral("Redo Rename it"));
}

void TestMainWindow::closing_withChanges_asks()
{
    Fixture fixture;
    fixture.window->show();
    fixture.window->document()->apply(QStringLiteral("Rename"), [](Template &value) { value.name = QStringLiteral("x"); });
    QVERIFY(!fixture.window->close());
    auto *box = fixture.window->findChild<QMessageBox *>();
    QVERIFY(box);
    box->button(QMessageBox::Cancel)->click();
    QVERIFY(fixture.window->isVisible());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!fixture.window->close());
    fixture.window->findChild<QMessageBox *>()->button(QMessageBox::Discard)->click();
    QVERIFY(!fixture.window->isVisible());
}

void TestMainWindow::closing_withoutChanges_forgetsTheBackup()
{
    Fixture fixture;
    fixture.window->show();
    fixture.window->document()->apply(QStringLiteral("Rename"), [](Template &value) { value.name = QStringLiteral("x"); });
    const QDir recovery(fixture.parts.paths.recovery());
    QTRY_COMPARE(recovery.entryList({QStringLiteral("*.json")}).size(), 1);
    QVERIFY(fixture.window->document()->save(fixture.home.filePath(QStringLiteral("a.galley"))));
    QVERIFY(fixture.window->close());
    QCOMPARE(recovery.entryList({QStringLiteral("*.json")}).size(), 0);
}

void TestMainWindow::recovery_isOfferedAndTaken()
{
    Fixture fixture;
    fixture.window->show();
    Template lost = newTemplate(QStringLiteral("Lost poster"), {100, 100});
    QDir().mkpath(fixture.parts.paths.recovery());
    QVERIFY(RecoveryFolder(fixture.parts.paths.recovery())
                .write(QStringLiteral("old"), {lost, {}, {}, {}, 0, {}, QDateTime::currentDateTimeUtc()}));
    fixture.window->files()->offerRecovery();
    QList<MessageBar *> bars = fixture.window->findChildren<MessageBar *>();
    const auto offer = std::find_if(bars.begin(), bars.end(), [](const MessageBar *bar) { return bar->isVisible(); });
    QVERIFY(offer != bars.end());
    QVERIFY((*offer)->text().contains(QStringLiteral("Lost poster")));
    (*offer)->findChildren<QPushButton *>().first()->click();
    QCOMPARE(fixture.window->document()->value().name, QStringLiteral("Lost poster"));
    QVERIFY(fixture.window->document()->isModified());
    QVERIFY(!(*offer)->isVisible());
}

void TestMainWindow::openElsewhere_isReadOnlyWithAnOffer()
{
    Fixture fixture;
    const QString file = fixture.home.filePath(QStringLiteral("a.galley"));
    QVERIFY(saveTemplate(newTemplate(QStringLiteral("A"), {100, 100}), file));
    fixture.window->show();
    fixture.window->files()->openTemplate(file);
    QVERIFY(!fixture.window->document()->isReadOnly());
    MainWindow second(fixture.parts);
    second.show();
    second.files()->openTemplate(file);
    QVERIFY(second.document()->isReadOnly());
    QVERIFY(second.windowTitle().contains(QStringLiteral("read-only")));
    for (MessageBar *bar : second.findChildren<MessageBar *>()) {
        if (bar->isVisible())
            bar->findChildren<QPushButton *>().first()->click();
    }
    QVERIFY(!second.document()->isReadOnly());
    QVERIFY(second.document()->file().isEmpty());
}

void TestMainWindow::openOfNonsense_saysSoInTheBar()
{
    Fixture fixture;
    const QString file = fixture.home.filePath(QStringLiteral("bad.galley"));
    QFile bad(file);
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("{]");
    bad.close();
    fixture.window->show();
    const QString before = fixture.window->document()->value().id;
    fixture.window->files()->openAny(file);
    QVERIFY(fixture.window->messages()->isVisible());
    QCOMPARE(fixture.window->messages()->kind(), MessageBar::Kind::Error);
    QVERIFY(fixture.window->messages()->text().contains(QStringLiteral("bad.galley")));
    QCOMPARE(fixture.window->document()->value().id, before);
}

void TestMainWindow::export_writesThePictureAtTheSizeAsked()
{
    Fixture fixture;
    fixture.window->files()->openFirst();
    const QSize canvas = fixture.window->document()->value().canvas.size;
    Exporter exporter(&fixture.draft, &fixture.settings);
    QSignalSpy finished(&exporter, &Exporter::finished);
    QSignalSpy failed(&exporter, &Exporter::failed);
    const QString file = fixture.home.filePath(QStringLiteral("out.png"));
    exporter.start(file, canvas / 2);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count() + failed.count(), 1, 30000);
    QVERIFY2(failed.isEmpty(), qPrintable(failed.isEmpty() ? QString() : failed.first().first().toString()));
    const QImage image(file);
    QCOMPARE(image.size(), canvas / 2);
    QFile saved(file);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QVERIFY2(saved.readAll().contains("digitalsourcetype/"), "an exported draft says how it was made, as one of galley render does");
    exporter.start(fixture.home.filePath(QStringLiteral("no/such/folder/out.png")), canvas / 4);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 30000);
    QVERIFY(!exporter.isBusy());
}

void TestMainWindow::issues_nameAndSelectTheCause()
{
    Fixture fixture;
    fixture.window->show();
    fixture.window->document()->apply(QStringLiteral("Break"), [](Template &value) {
        Token token;
        token.id = QStringLiteral("title");
        token.role = Role::Headline;
        token.box = {0.1, 0.1, 0.5, 0.2};
        token.text = QStringLiteral("{nobody}");
        value.tokens = {token};
    });
    fixture.window->issues()->collect();
    const QList<Issue> issues = fixture.window->issues()->issues();
    QVERIFY(!issues.isEmpty());
    QCOMPARE(issues.first().severity, Severity::Error);
    QCOMPARE(issues.first().tokenId, QStringLiteral("title"));
    fixture.window->design()->jumpTo(issues.first());
    QCOMPARE(fixture.window->document()->selection(), QStringList{QStringLiteral("title")});
}

void TestMainWindow::workerTrouble_isAnIssueUntilItEnds()
{
    Fixture fixture;
    const int before = int(fixture.window->issues()->issues().size());
    fixture.window->reportWorkerTrouble(QStringLiteral("The worker ended."));
    QCOMPARE(fixture.window->issues()->issues().size(), before + 1);
    fixture.window->reportWorkerTrouble(QStringLiteral("It ended again."));
    QCOMPARE(fixture.window->issues()->issues().size(), before + 1);
    fixture.window->reportWorkerTrouble({});
    QCOMPARE(fixture.window->issues()->issues().size(), before);
}

void TestMainWindow::seedLock_keepsTheSeed()
{
    Fixture fixture;
    DraftFeed *feed = fixture.window->feed();
    feed->setSeed(7);
    feed->setSeedLocked(true);
    feed->rollSeed();
    QCOMPARE(feed->options().seed, 7);
    QVERIFY(!fixture.action("rollSeed")->isEnabled());
    DraftOptions earlier;
    earlier.seed = 12;
    earlier.steps = 1;
    feed->restore(earlier);
    QCOMPARE(feed->options().seed, 7);
    QCOMPARE(feed->options().steps, 1);
    feed->setSeedLocked(false);
    feed->restore(earlier);
    QCOMPARE(feed->options().seed, 12);
}

void TestMainWindow::themeChange_isLive()
{
    Fixture fixture;
    fixture.window->show();
    fixture.action("theme-dark")->trigger();
    QTRY_VERIFY(Theme::of(fixture.window->design()->artboard()).isDark());
    QCOMPARE(fixture.settings.theme.value(), QStringLiteral("dark"));
    fixture.action("theme-light")->trigger();
    QTRY_VERIFY(!Theme::of(fixture.window->design()->artboard()).isDark());
}

void TestMainWindow::stepsAndSource_areRemembered()
{
    Fixture fixture;
    fixture.window->feed()->setSteps(1);
    fixture.action("sourceClipArt")->trigger();
    QCOMPARE(fixture.settings.draftSteps.value(), 1);
    QCOMPARE(fixture.settings.draftSource.value(), QStringLiteral("clip-art"));
    MainWindow next(fixture.parts);
    QCOMPARE(next.feed()->options().steps, 1);
    QCOMPARE(next.feed()->options().source, SubjectSource::ClipArt);
}

void TestMainWindow::automaticSteps_followTheSpeed()
{
    Fixture fixture;
    fixture.window->files()->openFirst();
    QTRY_COMPARE(fixture.draft.state(), DraftService::State::Current);
    fixture.action("stepsAuto")->trigger();
    QCOMPARE(fixture.settings.draftSteps.value(), 0);
    DraftFeed *feed = fixture.window->feed();
    QCOMPARE(feed->options().steps, 2);
    const auto draw = [&](int from) {
        for (int i = from; i < from + 12; ++i) {  // layers of the fake engine take hardly any time
            feed->setSeed(i);
            QTRY_COMPARE(fixture.draft.state(), DraftService::State::Current);
        }
    };
    draw(0);
    QCOMPARE(feed->maxSteps(), 4);
    QCOMPARE(feed->options().steps, 2);  // what the model was made for: more is slower and no better
    QVERIFY2(fixture.action("steps4")->toolTip().contains(QStringLiteral("no better")), qPrintable(fixture.action("steps4")->toolTip()));
    fixture.engine.offered.models.first().defaultSteps = 4;
    fixture.engine.offered.models.first().revision = QStringLiteral("fake-2");
    fixture.draft.retry();
    draw(50);
    QTRY_COMPARE(feed->options().steps, 4);
    QVERIFY2(!fixture.action("steps4")->toolTip().contains(QStringLiteral("no better")), qPrintable(fixture.action("steps4")->toolTip()));
    QCOMPARE(fixture.engine.renders.last().steps, feed->options().steps);  // every request names its steps
    QVERIFY(fixture.action("stepsAuto")->isChecked());
    fixture.action("steps1")->trigger();
    QCOMPARE(feed->options().steps, 1);
    QCOMPARE(fixture.settings.draftSteps.value(), 1);
    QVERIFY(fixture.action("steps1")->isChecked());
    draw(20);
    QCOMPARE(feed->options().steps, 1);  // what a person chose stays
}

/// Of other weights, or of an earlier Galley.
void TestMainWindow::rememberedSteps_areAtMostTheModels()
{
    Fixture fixture;
    fixture.settings.draftSteps.set(0);
    fixture.settings.raw()->setValue(QStringLiteral("draft/auto_steps"), 4);
    MainWindow next(fixture.parts);
    next.files()->openFirst();
    QTRY_COMPARE(fixture.draft.state(), DraftService::State::Current);
    QTRY_COMPARE(next.feed()->options().steps, 2);
}

void TestMainWindow::about_showsTheCardOfTheModel()
{
    Fixture fixture;
    fixture.action("about")->trigger();
    const auto *card = fixture.window->findChild<QTextBrowser *>(QStringLiteral("modelCard"));
    QVERIFY(card);
    const auto described = readModelCard(QStringLiteral(GALLEY_SOURCE_DIR "/resources/models/galley-draft"));
    QVERIFY(described);
    const QString text = card->toPlainText();
    QVERIFY(text.contains(described->revision));
    for (const ModelCard::Source &source : described->sources)
        QVERIFY2(text.contains(source.source) && text.contains(source.licence), qPrintable(source.source));
    for (const auto &[label, figures] : described->evaluation)
        QVERIFY2(text.contains(label) && text.contains(figures), qPrintable(label));
    for (const QString &limit : described->limits)
        QVERIFY2(text.contains(limit), qPrintable(limit));
}

void TestMainWindow::about_showsEveryNotice()
{
    Fixture fixture;
    fixture.action("about")->trigger();
    const auto *list = fixture.window->findChild<QPlainTextEdit *>(QStringLiteral("notices"));
    QVERIFY(list);
    for (const QString &name : AboutDialog::noticeFiles()) {
        QFile file(fixture.parts.paths.resources + u'/' + name);
        QVERIFY2(file.open(QIODevice::ReadOnly | QIODevice::Text), qPrintable(file.fileName()));
        const QString notice = QString::fromUtf8(file.readAll());
        QVERIFY2(notice.size() > 100 && list->toPlainText().contains(notice.trimmed()), qPrintable(name));
    }
    // Whatever is called so is shown.
    QDirIterator found(fixture.parts.paths.resources, {QStringLiteral("NOTICE"), QStringLiteral("LICENSE")}, QDir::Files, QDirIterator::Subdirectories);
    while (found.hasNext())
        QVERIFY2(AboutDialog::noticeFiles().contains(QDir(fixture.parts.paths.resources).relativeFilePath(found.next())), qPrintable(found.filePath()));
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
