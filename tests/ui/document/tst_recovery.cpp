#include "core/template/templatefile.h"
#include "ui/document/autosave.h"
#include "ui/document/documentsession.h"
#include "ui/document/templatedocument.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <cstdio>

using namespace Galley;

namespace {

constexpr int editEveryMs = 20;

Template sample()
{
    Template value = newTemplate(QStringLiteral("Sample"), {1000, 1000});
    Slot headline;
    headline.name = QStringLiteral("headline");
    headline.defaultValue = QStringLiteral("0");
    value.slotList = {headline};
    return value;
}

/// What the killed process does: edits, says so, for ever.
int editForEver(QCoreApplication &application, const QString &folder)
{
    TemplateDocument document;
    Autosave autosave(&document, folder);
    document.openValue(sample(), QStringLiteral("/somewhere"));
    int edit = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        ++edit;
        document.setSlotValue(QStringLiteral("headline"), QString::number(edit), QStringLiteral("typing"));
        std::printf("%d\n", edit);
        std::fflush(stdout);
    });
    timer.start(editEveryMs);
    return application.exec();
}

} // namespace

class TestRecovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }
    void killedProcess_losesAtMostTheLastSecond();
    void edit_writesOneEntryWithFileAndRows();
    void save_removesTheEntry();
    void undoToTheSavedState_removesTheEntry();
    void rowEdit_isBackedUp();
    void liveProcess_isNotOffered();
    void recover_goesOnWithTheEntry();
    void forget_removesTheEntry();
    void unfinishedSlotName_comesBack();
    void damagedEntries_areLeftAlone_data();
    void damagedEntries_areLeftAlone();
    void folderThatCannotBeWritten_isToldOnce();

private:
    std::unique_ptr<QTemporaryDir> m_home;
    QString folder() const { return m_home->filePath(QStringLiteral("data/recovery")); }
    QStringList entries() const { return QDir(folder()).entryList({QStringLiteral("*.json")}); }
};

void TestRecovery::killedProcess_losesAtMostTheLastSecond()
{
    for (int round = 0; round < 3; ++round) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--edit-for-ever"), folder()});
        QVERIFY(child.waitForStarted());
        // Which edit was the last that is more than a second old when the process dies?
        QElapsedTimer clock;
        clock.start();
        QList<std::pair<int, qint64>> edits;
        while (edits.size() < 80 + 7 * round) {
            QVERIFY(child.waitForReadyRead(10000));
            while (child.canReadLine())
                edits.append({child.readLine().trimmed().toInt(), clock.elapsed()});
        }
        const qint64 died = clock.elapsed();
        ::kill(pid_t(child.processId()), SIGKILL);
        QVERIFY(child.waitForFinished());
        int least = 0;
        for (const auto &[edit, time] : edits) {
            if (time <= died - 1000)
                least = edit;
        }
        QVERIFY(least > 0);

        const QList<RecoverableWork> found = RecoveryFolder(folder()).find();
        QCOMPARE(found.size(), 1);
        const int recovered = found.first().work.value.slotList.first().defaultValue.toInt();
        QVERIFY2(recovered >= least, qPrintable(QStringLiteral("edit %1 came back, %2 should").arg(recovered).arg(least)));
        QCOMPARE(found.first().work.folder, QStringLiteral("/somewhere"));
        RecoveryFolder(folder()).remove(found.first().id);
    }
}

void TestRecovery::edit_writesOneEntryWithFileAndRows()
{
    TemplateDocument document;
    Autosave autosave(&document, folder());
    QSignalSpy written(&autosave, &Autosave::written);
    document.openValue(sample(), QStringLiteral("/f"), QStringLiteral("/f/a.galley"));
    QTest::qWait(2 * Autosave::delayMs);
    QVERIFY(entries().isEmpty());
    document.setSlotValue(QStringLiteral("headline"), QStringLiteral("Summer"));
    document.setSlotValue(QStringLiteral("headline"), QStringLiteral("Summer!"));
    QTRY_COMPARE(written.count(), 1);
    QCOMPARE(entries().size(), 1);
    const QString id = entries().first().chopped(5);
    const auto work = RecoveryFolder(folder()).read(id);
    QVERIFY(work);
    QCOMPARE(work->file, QStringLiteral("/f/a.galley"));
    QCOMPARE(work->value.slotList.first().defaultValue, QStringLiteral("Summer!"));
}

void TestRecovery::save_removesTheEntry()
{
    TemplateDocument document;
    Autosave autosave(&document, folder());
    document.openValue(sample(), {});
    document.setSlotValue(QStringLiteral("headline"), QStringLiteral("Summer"));
    QTRY_COMPARE(entries().size(), 1);
    QVERIFY(document.save(m_home->filePath(QStringLiteral("a.galley"))));
    QTRY_COMPARE(entries().size(), 0);
}

void TestRecovery::undoToTheSavedState_removesTheEntry()
{
    TemplateDocument document;
    Autosave autosave(&document, folder());
    document.openValue(sample(), {});
    document.setSlotValue(QStringLiteral("headline"), QStringLiteral("Summer"));
    QTRY_COMPARE(entries().size(), 1);
    document.undoStack()->undo();
    QTRY_COMPARE(entries().size(), 0);
}

void TestRecovery::rowEdit_isBackedUp()
{
    const QString csv = m_home->filePath(QStringLiteral("rows.csv"));
    QFile file(csv);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("headline\nOne\nTwo\nThree\n");
    file.close();
    TemplateDocument document;
    Autosave autosave(&document, folder());
    document.openValue(sample(), {});
    QVERIFY(document.openRows(csv));
    document.setCurrentRow(2);
    document.setSlotValue(QStringLiteral("headline"), QStringLiteral("Zwei"));
    QTRY_COMPARE(entries().size(), 1);
    const auto work = RecoveryFolder(folder()).read(entries().first().chopped(5));
    QVERIFY(work);
    QCOMPARE(work->editedRows.size(), 1);
    QCOMPARE(work->currentRow, 2);
    const RowSet rows = rowsOf(*work);
    QCOMPARE(rows.rows.size(), 3);
    QCOMPARE(rows.rows.at(1).values.value(QStringLiteral("headline")), QStringLiteral("Zwei"));
    QCOMPARE(rows.rows.at(2).values.value(QStringLiteral("headline")), QStringLiteral("Three"));
    // Without the file the edited row is still there.
    QVERIFY(QFile::remove(csv));
    QCOMPARE(rowsOf(*work).rows.size(), 1);
}

void TestRecovery::liveProcess_isNotOffered()
{
    TemplateDocument document;
    Autosave autosave(&document, folder());
    document.openValue(sample(), {});
    document.setSlotValue(QStringLiteral("headline"), QStringLiteral("Summer"));
    QTRY_COMPARE(entries().size(), 1);
    QCOMPARE(RecoveryFolder(folder()).find().size(), 0);
}

void TestRecovery::recover_goesOnWithTheEntry()
{
    Template work = sample();
    work.name = QStringLiteral("Unsaved");
    QDir().mkpath(folder());
    QVERIFY(RecoveryFolder(folder()).write(QStringLiteral("old"), {work, {}, {}, {}, 0, {}, QDateTime::currentDateTimeUtc()}));

    TemplateDocument document;
    QSettings store(m_home->filePath(QStringLiteral("conf")), QSettings::IniFormat);
    Paths paths;
    paths.data = m_home->filePath(QStringLiteral("data"));
    {
        DocumentSession session(&document, paths, &store);
        const auto found = session.findRecoverable();
        QCOMPARE(found.size(), 1);
        session.recover(found.first());
        QCOMPARE(document.value().name, QStringLiteral("Unsaved"));
        QVERIFY(document.isModified());
        QCOMPARE(entries(), QStringList{QStringLiteral("old.json")});
        document.setSlotValue(QStringLiteral("headline"), QStringLiteral("more"));
        session.autosave()->flush();
        QCOMPARE(entries(), QStringList{QStringLiteral("old.json")});
        QCOMPARE(RecoveryFolder(folder()).read(QStringLiteral("old"))->value.slotList.first().defaultValue,
                 QStringLiteral("more"));
        session.finish();
    }
    QVERIFY(entries().isEmpty());
}

void TestRecovery::forget_removesTheEntry()
{
    QDir().mkpath(folder());
    QVERIFY(RecoveryFolder(folder()).write(QStringLiteral("old"), {sample(), {}, {}, {}, 0, {}, {}}));
    TemplateDocument document;
    QSettings store(m_home->filePath(QStringLiteral("conf")), QSettings::IniFormat);
    Paths paths;
    paths.data = m_home->filePath(QStringLiteral("data"));
    DocumentSession session(&document, paths, &store);
    session.forget(session.findRecoverable().first());
    QVERIFY(entries().isEmpty());
    QVERIFY(session.findRecoverable().isEmpty());
}

void TestRecovery::unfinishedSlotName_comesBack()
{
    Template work = sample();
    Token title;
    title.id = QStringLiteral("title");
    title.role = Role::Headline;
    title.text = QStringLiteral("{headl");
    work.style.summary = QStringLiteral("about {headlin}");
    work.tokens = {title};
    QDir().mkpath(folder());
    QVERIFY(RecoveryFolder(folder()).write(QStringLiteral("old"), {work, {}, {}, {}, 0, {}, {}}));
    const auto read = RecoveryFolder(folder()).read(QStringLiteral("old"));
    QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
    QCOMPARE(read->value.tokens.first().text, QStringLiteral("{headl"));
}

void TestRecovery::damagedEntries_areLeftAlone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("truncated") << QByteArray("{\"recovery\": 1, \"templ");
    QTest::newRow("not an object") << QByteArray("[1]");
    QTest::newRow("other version") << QByteArray("{\"recovery\": 99}");
    QTest::newRow("wrong types") << QByteArray("{\"recovery\": 1, \"time\": 4, \"file\": [], \"template\": {}}");
    QTest::newRow("no template") << QByteArray("{\"recovery\": 1, \"time\": \"\", \"file\": \"\", \"folder\": \"\", \"rows_file\": \"\","
                                               " \"current_row\": 0, \"edited_rows\": [7, {\"number\": \"x\"}], \"template\": \"{\"}");
}

void TestRecovery::damagedEntries_areLeftAlone()
{
    QFETCH(QByteArray, bytes);
    QDir().mkpath(folder());
    QFile file(folder() + QStringLiteral("/bad.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    QVERIFY(RecoveryFolder(folder()).write(QStringLiteral("good"), {sample(), {}, {}, {}, 0, {}, {}}));
    const auto found = RecoveryFolder(folder()).find();
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first().id, QStringLiteral("good"));
    QVERIFY(QFile::exists(file.fileName()));
}

void TestRecovery::folderThatCannotBeWritten_isToldOnce()
{
    QFile blocker(m_home->filePath(QStringLiteral("data")));
    QVERIFY(blocker.open(QIODevice::WriteOnly));  // a file where the folder should be
    TemplateDocument document;
    Autosave autosave(&document, folder());
    QSignalSpy failed(&autosave, &Autosave::failed);
    document.openValue(sample(), {});
    document.setSlotValue(QStringLiteral("headline"), QStringLiteral("1"));
    QTRY_COMPARE(failed.count(), 1);
    document.setSlotValue(QStringLiteral("headline"), QStringLiteral("2"));
    autosave.flush();
    QTest::qWait(50);
    QCOMPARE(failed.count(), 1);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String("--edit-for-ever"))
        return editForEver(application, arguments.at(2));
    TestRecovery test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_recovery.moc"
