#include "core/template/templatefile.h"
#include "tests/ui/shell/windowfixture.h"
#include "ui/compare/compareworkspace.h"
#include "ui/document/templatedocument.h"
#include "ui/library/libraryactions.h"
#include "ui/library/libraryworkspace.h"
#include "ui/library/picturegrid.h"
#include "ui/library/pictureshelf.h"
#include "ui/shell/designworkspace.h"
#include "ui/shell/draftfeed.h"
#include "ui/shell/workspaceswitch.h"

#include <QApplication>
#include <QMenu>
#include <QTest>
#include <QUndoStack>

using namespace Galley;

namespace {

/// A whole window over fakes, with a library of 20 pictures.
struct Fixture : WindowFixture
{
    Fixture()
    {
        library.fill(20);
        parts.routing = &routing;
        parts.library = &library;
        open();
        window->show();
    }
};

} // namespace

class TestLibraryInWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void altFour_showsIt_andItsKeysStayThere();
    void shortcutsAreUnshared();
    void enter_showsThePicturesInCompare();
    void templateAndSeed_openInDesign();
    void switches_sayWhatSavedFilesTell();
};

void TestLibraryInWindow::altFour_showsIt_andItsKeysStayThere()
{
    Fixture fixture;
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
    LibraryWorkspace *library = fixture.window->library();
    QVERIFY(library && !library->actions()->action("pick")->isVisible());
    QVERIFY(!library->menu()->menuAction()->isVisible());
    QTest::keyClick(fixture.window.get(), Qt::Key_4, Qt::AltModifier);
    QCOMPARE(fixture.window->workspaces()->current(), QStringLiteral("library"));
    QTRY_COMPARE(library->shelf()->count(), 20);
    QVERIFY(library->actions()->action("pick")->isVisible());
    QVERIFY(library->menu()->menuAction()->isVisible());
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(library->grid()));
}

void TestLibraryInWindow::shortcutsAreUnshared()
{
    Fixture fixture;
    fixture.window->workspaces()->choose(QStringLiteral("library"));
    QMap<QString, QString> owners;
    for (const CommandPalette::Command &command : fixture.window->commands()) {
        for (const QKeySequence &key : command.action->shortcuts()) {
            QVERIFY2(!owners.contains(key.toString()), qPrintable(key.toString() + u' ' + owners.value(key.toString()) + u' ' + command.action->text()));
            owners.insert(key.toString(), command.action->text());
        }
    }
    QVERIFY(owners.contains(QStringLiteral("Del")));
}

void TestLibraryInWindow::enter_showsThePicturesInCompare()
{
    Fixture fixture;
    fixture.window->workspaces()->choose(QStringLiteral("library"));
    LibraryWorkspace *library = fixture.window->library();
    QTRY_COMPARE(library->shelf()->count(), 20);
    library->grid()->setCurrentIndex(0);
    library->grid()->setCurrentIndex(2, GridSelection::Extend::Range);
    QTest::keyClick(library->grid(), Qt::Key_Return);
    QCOMPARE(fixture.window->workspaces()->current(), QStringLiteral("compare"));
}

void TestLibraryInWindow::templateAndSeed_openInDesign()
{
    Fixture fixture;
    fixture.window->workspaces()->choose(QStringLiteral("library"));
    LibraryWorkspace *library = fixture.window->library();
    QTRY_COMPARE(library->shelf()->count(), 20);
    RenderRequest request;
    request.source = newTemplate(QStringLiteral("Found again"), {800, 600});
    request.seed = 4711;
    Q_EMIT library->requestWanted(request);
    QCOMPARE(fixture.window->workspaces()->current(), QStringLiteral("design"));
    QCOMPARE(fixture.window->document()->value().name, QStringLiteral("Found again"));
    QVERIFY(fixture.window->document()->file().isEmpty());
    QCOMPARE(fixture.window->feed()->options().seed, 4711);
    // The same template once more is a step that can be taken back.
    request.source = fixture.window->document()->value();
    request.source.name = QStringLiteral("Found once more");
    Q_EMIT library->requestWanted(request);
    QCOMPARE(fixture.window->document()->value().name, QStringLiteral("Found once more"));
    fixture.window->document()->undoStack()->undo();
    QCOMPARE(fixture.window->document()->value().name, QStringLiteral("Found again"));
}

/// Parameters for other tools are part of the provenance: switched off with it, and remembered on their own.
void TestLibraryInWindow::switches_sayWhatSavedFilesTell()
{
    Fixture fixture;
    fixture.window->workspaces()->choose(QStringLiteral("library"));
    QAction *metadata = fixture.action("saveMetadata"), *parameters = fixture.action("saveParameters");
    QVERIFY(metadata && parameters);
    QVERIFY(fixture.window->library()->menu()->actions().contains(parameters));
    QVERIFY(metadata->isChecked() && parameters->isEnabled() && !parameters->isChecked());
    parameters->trigger();
    QVERIFY(fixture.settings.libraryA1111.value());
    metadata->trigger();
    QVERIFY(!fixture.settings.libraryMetadata.value());
    QVERIFY(!parameters->isEnabled());
    QVERIFY(parameters->toolTip().contains(QStringLiteral("switched off")));
    metadata->trigger();
    QVERIFY(parameters->isEnabled() && parameters->isChecked());
    QVERIFY(fixture.settings.libraryA1111.value());
}

QTEST_MAIN(TestLibraryInWindow)
#include "tst_libraryinwindow.moc"
