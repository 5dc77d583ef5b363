#include "testpaths.h"
#include "tests/app/run.h"
#include "tests/core/store/samplejob.h"
#include "tests/support/verifyresult.h"

#include "core/store/store.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <linux/capability.h>
#include <sys/prctl.h>

using namespace Galley;

/// A library on a share or a medium that takes no writing: looked at with the real binary, never changed, and refused in words.
class TestReadOnlyLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void library_canBeLookedAt();
    void library_cannotBeChanged_data();
    void library_cannotBeChanged();
    void emptyFolder_saysWhatToDo();

private:
    Run run(const char *line) const;
    QString data() const { return m_home->filePath(QStringLiteral("data")); }
    void setWritable(bool isWritable) const;
    QMap<QString, QByteArray> content() const;

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestReadOnlyLibrary::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkpath(data()));
}

void TestReadOnlyLibrary::cleanup()
{
    setWritable(true);
    m_home.reset();
}

/// The superuser may write everywhere: the binary runs without that right.
Run TestReadOnlyLibrary::run(const char *line) const
{
    QProcess process;
    process.setProcessEnvironment(plainEnvironment(m_home->path()));
    process.setWorkingDirectory(m_home->path());
    process.setChildProcessModifier([] { ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE); });
    process.start(QStringLiteral(GALLEY_BIN_DIR "/galley"), words(line));
    process.waitForFinished(120'000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

void TestReadOnlyLibrary::setWritable(bool isWritable) const
{
    using enum QFileDevice::Permission;
    const QFileDevice::Permissions writing = isWritable ? WriteOwner : QFileDevice::Permissions();
    QStringList folders{data()};
    QDirIterator entries(data(), QDir::AllEntries | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QString entry = entries.next();
        if (entries.fileInfo().isDir())
            folders.append(entry);
        else
            QFile::setPermissions(entry, ReadOwner | writing);
    }
    for (const QString &folder : folders)
        QFile::setPermissions(folder, ReadOwner | ExeOwner | writing);
}

QMap<QString, QByteArray> TestReadOnlyLibrary::content() const
{
    QMap<QString, QByteArray> files;
    QDirIterator entries(data(), QDir::Files, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        QFile file(entries.next());
        files.insert(file.fileName(), file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable"));
    }
    return files;
}

void TestReadOnlyLibrary::library_canBeLookedAt()
{
    {
        Store store(data());
        VERIFY_RESULT(wait(store.put(samplePicture(1))));
        VERIFY_RESULT(wait(store.put(samplePicture(2))));
    }
    setWritable(false);
    const auto before = content();
    const Run found = run("library find --json");
    QVERIFY2(found.status == 0, found.err.constData());
    QCOMPARE(found.json()["pictures"].size(), std::size_t(2));
    const Run verified = run("library verify --json");
    QVERIFY2(verified.status == 0, verified.err.constData());
    QCOMPARE(verified.json()["pictures"].get<int>(), 2);
    const Run sheet = run("contact-sheet 1 2 -o sheet.pdf");
    QVERIFY2(sheet.status == 0, sheet.err.constData());
    QVERIFY(QFile(m_home->filePath(QStringLiteral("sheet.pdf"))).size() > 1000);
    const Run exported = run("library export all.galleyproject");
    QVERIFY2(exported.status == 0, exported.err.constData());
    QCOMPARE(content(), before);
}

void TestReadOnlyLibrary::library_cannotBeChanged_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addRow("repair") << QByteArray("library repair");
    QTest::addRow("import") << QByteArray("library import other.galleyproject");
}

void TestReadOnlyLibrary::library_cannotBeChanged()
{
    QFETCH(const QByteArray, line);
    {
        Store store(data());
        VERIFY_RESULT(wait(store.put(samplePicture(1))));
    }
    QCOMPARE(run("library export other.galleyproject").status, 0);
    {
        Store store(data());
        VERIFY_RESULT(wait(store.edit({1}, {.deleted = true})));
        VERIFY_RESULT(wait(store.emptyBin({})));
    }
    setWritable(false);
    const auto before = content();
    const Run refused = run(line.constData());
    QVERIFY(refused.status > 0);
    QVERIFY2(refused.err.contains("cannot be written") && refused.err.contains("permissions"), refused.err.constData());
    QCOMPARE(content(), before);
}

void TestReadOnlyLibrary::emptyFolder_saysWhatToDo()
{
    setWritable(false);
    const Run refused = run("library find");
    QVERIFY(refused.status > 0);
    QVERIFY2(refused.err.contains("Check its permissions"), refused.err.constData());
}

QTEST_GUILESS_MAIN(TestReadOnlyLibrary)
#include "tst_readonlylibrary.moc"
