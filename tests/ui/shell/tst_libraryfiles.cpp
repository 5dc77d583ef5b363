#include "core/service/library.h"
#include "tests/core/settings/privatesession.h"
#include "tests/core/store/samplejob.h"
#include "tests/support/verifyresult.h"
#include "tests/ui/shell/windowfixture.h"
#include "ui/library/libraryactions.h"
#include "ui/library/libraryworkspace.h"
#include "ui/library/picturegrid.h"
#include "ui/library/pictureshelf.h"
#include "ui/shell/workspaceswitch.h"
#include "ui/widgets/filemanager.h"
#include "ui/widgets/messagebar.h"

#include <QApplication>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDesktopServices>
#include <QDir>
#include <QDrag>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QTest>
#include <QUrl>

using namespace Galley;

namespace {

/// What a file manager offers to the desktop, and what it was asked for.
class FileManager : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.FileManager1")

public:
    QStringList shown;

public Q_SLOTS:
    void ShowItems(const QStringList &addresses, const QString &) { shown += addresses; }
};

/// Takes the addresses that nobody else opens.
class Opener : public QObject
{
    Q_OBJECT

public:
    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl &address) { opened.append(address); }
};

/// A whole window over a real library of three pictures, its Library in front and the newest picture chosen.
struct Fixture : WindowFixture
{
    Fixture()
        : store(home.filePath(QStringLiteral("library")))
    {
        for (int shade = 1; shade <= 3; ++shade) {
            NewAsset picture = samplePicture(shade);
            picture.record.templateName = QStringLiteral("Market");
            isFilled = isFilled && wait(store.put(picture));
        }
        real = std::make_unique<Library>(&store);
        parts.routing = &routing;
        parts.library = real.get();
        settings.raw()->setValue(QStringLiteral("files/exports"), home.path());
        open();
        window->resize(1400, 900);
        window->show();
        window->workspaces()->choose(QStringLiteral("library"));
    }
    ~Fixture() { window.reset(); }

    bool choose() const
    {
        const PictureShelf *shelf = window->library()->shelf();
        const bool isThere = QTest::qWaitFor([&] { return shelf->count() == 3 && shelf->card(shelf->ids().first()); }, 20'000);
        window->library()->grid()->setCurrentIndex(0);
        return isFilled && isThere && window->library()->grid()->selectedCount() == 1;
    }
    LibraryCard card() const { return *window->library()->shelf()->card(window->library()->grid()->current()); }
    QString original() const { return real->originalFile(card()); }

    bool isFilled = true;
    Store store;
    std::unique_ptr<Library> real;
};

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// What leaves the library as files, through the window as people do it: saved, dragged out, shown where it lies.
class TestLibraryFiles : public QObject
{
    Q_OBJECT

public:
    explicit TestLibraryFiles(PrivateSession *session) : m_session(session) {}

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void saveAs_writesWhatTheDialogSays_data();
    void saveAs_writesWhatTheDialogSays();
    void saveAs_cancelled_writesNothing();
    void drag_carriesTheFileItself();
    void reveal_asksTheFileManager();
    void reveal_withoutOne_opensTheFolder();

private:
    PrivateSession *m_session;
};

void TestLibraryFiles::saveAs_writesWhatTheDialogSays_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("begins");
    QTest::newRow("png") << QStringLiteral("poster.png") << QByteArray("\x89PNG");
    QTest::newRow("jpeg") << QStringLiteral("poster.jpg") << QByteArray("\xff\xd8\xff");
    QTest::newRow("webp") << QStringLiteral("poster.webp") << QByteArray("RIFF");
    QTest::newRow("tiff") << QStringLiteral("poster.tif") << QByteArray("II*");
    QTest::newRow("no ending: the one of last time") << QStringLiteral("poster") << QByteArray("\x89PNG");
}

void TestLibraryFiles::saveAs_writesWhatTheDialogSays()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, begins);
    Fixture fixture;
    QVERIFY(fixture.choose());
    const QByteArray before = contentOf(fixture.original());
    fixture.action("savePictures")->trigger();
    QFileDialog *dialog = nullptr;
    QTRY_VERIFY((dialog = fixture.window->findChild<QFileDialog *>()) && dialog->isVisible());
    QVERIFY2(QFileInfo(dialog->selectedFiles().value(0)).fileName().startsWith(QStringLiteral("Market")), "it offers a name that says what it is");
    auto *field = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
    QVERIFY(field);
    field->setText(name);
    QTest::keyClick(field, Qt::Key_Return);
    const QString file = fixture.home.filePath(name.contains(u'.') ? name : name + QStringLiteral(".png"));
    QTRY_VERIFY_WITH_TIMEOUT(contentOf(file).startsWith(begins), 20'000);
    QTRY_VERIFY(fixture.window->library()->bar()->text().contains(QFileInfo(file).fileName()));
    const QImage saved(file);
    QCOMPARE(saved.size(), fixture.card().size);
    QCOMPARE(contentOf(fixture.original()), before);
    QCOMPARE(exportFolder(*fixture.settings.raw()), fixture.home.path());
}

void TestLibraryFiles::saveAs_cancelled_writesNothing()
{
    Fixture fixture;
    QVERIFY(fixture.choose());
    const QStringList before = QDir(fixture.home.path()).entryList(QDir::Files);
    fixture.action("savePictures")->trigger();
    QFileDialog *dialog = nullptr;
    QTRY_VERIFY((dialog = fixture.window->findChild<QFileDialog *>()) && dialog->isVisible());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!fixture.window->findChild<QFileDialog *>());
    QStringList after = QDir(fixture.home.path()).entryList(QDir::Files);
    after.removeAll(QStringLiteral("galley.conf"));
    for (const QString &file : before)
        after.removeAll(file);
    QVERIFY2(after.isEmpty(), qPrintable(after.join(u' ')));
}

/// With the mouse. Without a screen a drag ends at once; what it carried is still there until control goes back to the event loop.
void TestLibraryFiles::drag_carriesTheFileItself()
{
    Fixture fixture;
    QVERIFY(fixture.choose());
    PictureGrid *grid = fixture.window->library()->grid();
    const QPoint from = grid->geometryOfCells().cell(0).center();
    const QPoint to = from + QPoint(60, 40);
    QTest::mousePress(grid->viewport(), Qt::LeftButton, Qt::NoModifier, from);
    QMouseEvent move(QEvent::MouseMove, to, grid->viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(grid->viewport(), &move);
    const auto *drag = grid->findChild<QDrag *>();
    QVERIFY(drag);
    QCOMPARE(drag->mimeData()->urls(), QList<QUrl>{QUrl::fromLocalFile(fixture.original())});
    QCOMPARE(drag->supportedActions(), Qt::DropActions(Qt::CopyAction));
    QVERIFY(QFile::exists(fixture.original()));
}

void TestLibraryFiles::reveal_asksTheFileManager()
{
    FileManager manager;
    QDBusConnection bus = m_session->connection();
    QVERIFY(bus.registerObject(QStringLiteral("/org/freedesktop/FileManager1"), &manager, QDBusConnection::ExportAllSlots));
    QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.FileManager1")));
    Fixture fixture;
    QVERIFY(fixture.choose());
    fixture.action("revealFiles")->trigger();
    QTRY_COMPARE(manager.shown, QStringList{QUrl::fromLocalFile(fixture.original()).toString(QUrl::FullyEncoded)});
    bus.unregisterService(QStringLiteral("org.freedesktop.FileManager1"));
    bus.unregisterObject(QStringLiteral("/org/freedesktop/FileManager1"));
}

void TestLibraryFiles::reveal_withoutOne_opensTheFolder()
{
    Opener opener;
    QDesktopServices::setUrlHandler(QStringLiteral("file"), &opener, "open");
    Fixture fixture;
    QVERIFY(fixture.choose());
    fixture.action("revealFiles")->trigger();
    QTRY_COMPARE(opener.opened, QList<QUrl>{QUrl::fromLocalFile(QFileInfo(fixture.original()).absolutePath())});
    QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
}

/// The bus must be there before Qt first asks for one, and no dialog may be the desktop's own.
int main(int argc, char **argv)
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    PrivateSession session;
    if (!session.startBus())
        return 1;
    qputenv("DBUS_SESSION_BUS_ADDRESS", session.address().toUtf8());
    QApplication application(argc, argv);
    TestLibraryFiles test(&session);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_libraryfiles.moc"
