#include "core/engines/local/workerlog.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

class TestWorkerLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pieces_becomeLines();
    void endlessLine_isCut();
    void largeFile_isSetAside();
    void folderThatCannotBeMade_costsOnlyTheFile();
};

void TestWorkerLog::pieces_becomeLines()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("log/worker.log"));
    WorkerLog log(file);
    QCOMPARE(log.append("load"), QStringList());
    QCOMPARE(log.append("ing\nready\r\n\nhal"), QStringList({QStringLiteral("loading"), QStringLiteral("ready")}));
    QCOMPARE(log.finish(), QStringList{QStringLiteral("hal")});
    QCOMPARE(log.finish(), QStringList());
    QCOMPARE(log.lastLines(), QStringList({QStringLiteral("loading"), QStringLiteral("ready"), QStringLiteral("hal")}));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = written.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines.at(0).endsWith(" loading"));
}

void TestWorkerLog::endlessLine_isCut()
{
    WorkerLog log({});
    for (int i = 0; i < 100; ++i)
        QCOMPARE(log.append(QByteArray(1000, 'x')), QStringList());
    const QStringList lines = log.append("y\nnext\n");
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines.at(0).size(), WorkerLog::maxLineBytes);
    QCOMPARE(lines.at(1), QStringLiteral("next"));
}

void TestWorkerLog::largeFile_isSetAside()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("worker.log"));
    WorkerLog log(file);
    const QByteArray line = QByteArray(4000, 'z') + '\n';
    for (int i = 0; i < 600; ++i)
        log.append(line);
    QVERIFY(QFileInfo::exists(file + QStringLiteral(".1")));
    QVERIFY(QFileInfo(file).size() <= WorkerLog::maxFileBytes + 2 * line.size());
    QVERIFY(QFileInfo(file).size() > 0);
    QVERIFY(QFileInfo(file + QStringLiteral(".1")).size() <= WorkerLog::maxFileBytes + 2 * line.size());
}

void TestWorkerLog::folderThatCannotBeMade_costsOnlyTheFile()
{
    WorkerLog log(QStringLiteral("/proc/nowhere/worker.log"));
    QCOMPARE(log.append("a\n"), QStringList{QStringLiteral("a")});
}

QTEST_GUILESS_MAIN(TestWorkerLog)
#include "tst_workerlog.moc"
