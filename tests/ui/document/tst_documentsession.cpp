#include "core/template/templatefile.h"
#include "ui/document/documentsession.h"
#include "ui/document/templatedocument.h"

#include <QFile>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

/// A window's worth: document and session over one home.
struct Window
{
    explicit Window(const QString &home)
        : store(home + QStringLiteral("/galley.conf"), QSettings::IniFormat)
    {
        Paths paths;
        paths.data = home + QStringLiteral("/data");
        session = std::make_unique<DocumentSession>(&document, paths, &store);
    }
    TemplateDocument document;
    QSettings store;
    std::unique_ptr<DocumentSession> session;
};

} // namespace

class TestDocumentSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void secondWindow_isReadOnlyUntilTheFirstCloses();
    void detach_givesAnEditableCopy();
    void failedOpen_keepsTheLock();
    void saveOverAnOpenFile_isRefused();
    void saveAs_movesTheLock();
    void sample_hasNoFile();
    void recentFiles_areNewestFirstWithoutMissingOnes();

private:
    std::unique_ptr<QTemporaryDir> m_home;
    QString path(const char *name) const { return m_home->filePath(QString::fromLatin1(name)); }
};

void TestDocumentSession::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    for (const char *name : {"a.galley", "b.galley"})
        QVERIFY(saveTemplate(newTemplate(QStringLiteral("A"), {100, 100}), path(name)));
}

void TestDocumentSession::secondWindow_isReadOnlyUntilTheFirstCloses()
{
    auto first = std::make_unique<Window>(m_home->path());
    Window second(m_home->path());
    QVERIFY(first->session->open(path("a.galley")));
    QVERIFY(!first->document.isReadOnly());
    QVERIFY(second.session->open(path("a.galley")));
    QVERIFY(second.document.isReadOnly());
    QVERIFY(second.session->lockHolder().contains(QStringLiteral("a.galley")));
    first.reset();
    QVERIFY(second.session->open(path("a.galley")));
    QVERIFY(!second.document.isReadOnly());
    QVERIFY(second.session->lockHolder().isEmpty());
}

void TestDocumentSession::detach_givesAnEditableCopy()
{
    Window first(m_home->path());
    Window second(m_home->path());
    QVERIFY(first.session->open(path("a.galley")));
    QVERIFY(second.session->open(path("a.galley")));
    second.session->detach();
    QVERIFY(!second.document.isReadOnly());
    QVERIFY(second.document.file().isEmpty());
    QVERIFY(second.document.isModified());
    QCOMPARE(second.document.folder(), m_home->path());
}

void TestDocumentSession::failedOpen_keepsTheLock()
{
    Window first(m_home->path());
    Window second(m_home->path());
    QVERIFY(first.session->open(path("a.galley")));
    QVERIFY(!first.session->open(path("missing.galley")));
    QVERIFY(second.session->open(path("a.galley")));
    QVERIFY(second.document.isReadOnly());
}

void TestDocumentSession::saveOverAnOpenFile_isRefused()
{
    Window first(m_home->path());
    Window second(m_home->path());
    QVERIFY(first.session->open(path("a.galley")));
    QVERIFY(second.session->open(path("b.galley")));
    const auto saved = second.session->save(path("a.galley"));
    QVERIFY(!saved);
    QVERIFY(saved.error().message.contains(QStringLiteral("a.galley")));
    QVERIFY(second.session->save(path("b.galley")));
}

void TestDocumentSession::saveAs_movesTheLock()
{
    Window first(m_home->path());
    Window second(m_home->path());
    QVERIFY(first.session->open(path("a.galley")));
    QVERIFY(first.session->save(path("c.galley")));
    QVERIFY(second.session->open(path("a.galley")));
    QVERIFY(!second.document.isReadOnly());
    QVERIFY(second.session->open(path("c.galley")));
    QVERIFY(second.document.isReadOnly());
}

void TestDocumentSession::sample_hasNoFile()
{
    Window window(m_home->path());
    QVERIFY(window.session->openSample(path("a.galley")));
    QVERIFY(window.document.file().isEmpty());
    QVERIFY(!window.document.isModified());
    QCOMPARE(window.document.folder(), m_home->path());
    QVERIFY(window.session->recentFiles().isEmpty());
}

void TestDocumentSession::recentFiles_areNewestFirstWithoutMissingOnes()
{
    Window window(m_home->path());
    QSignalSpy spy(window.session.get(), &DocumentSession::recentFilesChanged);
    QVERIFY(window.session->open(path("a.galley")));
    QVERIFY(window.session->open(path("b.galley")));
    QVERIFY(window.session->open(path("a.galley")));
    QCOMPARE(spy.count(), 3);
    QCOMPARE(window.session->recentFiles(), QStringList({path("a.galley"), path("b.galley")}));
    QVERIFY(QFile::remove(path("b.galley")));
    QCOMPARE(window.session->recentFiles(), QStringList{path("a.galley")});
    for (int i = 0; i < 15; ++i)
        QVERIFY(window.session->save(m_home->filePath(QStringLiteral("n%1.galley").arg(i))));
    QCOMPARE(window.session->recentFiles().size(), DocumentSession::longestRecentList);
}

QTEST_GUILESS_MAIN(TestDocumentSession)
#include "tst_documentsession.moc"
