#include "core/settings/settings.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

/// What galley.conf holds, and what comes of values that people or other versions left in it.
class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaults_withoutFile();
    void values_areKept();
    void spoiltValues_readAsDefault_data();
    void spoiltValues_readAsDefault();
};

void TestSettings::defaults_withoutFile()
{
    const QTemporaryDir folder;
    const Settings settings(folder.filePath(QStringLiteral("galley.conf")));
    QCOMPARE(settings.budgetPerDay.value(), 0.0);
    QCOMPARE(settings.proxy.value(), QString());
    QCOMPARE(settings.offline.value(), false);
    QCOMPARE(settings.draftSource.value(), QStringLiteral("auto"));
    QVERIFY(!settings.budgetPerDay.label().isEmpty() && !settings.budgetPerDay.help().isEmpty());
}

void TestSettings::values_areKept()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("galley.conf"));
    {
        Settings settings(file);
        settings.budgetPerDay.set(12.5);
        settings.proxy.set(QStringLiteral("socks5://127.0.0.1:1080"));
        settings.offline.set(true);
    }
    const Settings settings(file);
    QCOMPARE(settings.budgetPerDay.value(), 12.5);
    QCOMPARE(settings.proxy.value(), QStringLiteral("socks5://127.0.0.1:1080"));
    QCOMPARE(settings.offline.value(), true);
}

void TestSettings::spoiltValues_readAsDefault_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("a word for a number") << QByteArray("[draft]\nsteps=many\n");
    QTest::newRow("nothing for a number") << QByteArray("[draft]\nsteps=\n");
    QTest::newRow("an unknown choice") << QByteArray("[draft]\ndevice=quantum\n");
    QTest::newRow("a list for a choice") << QByteArray("[draft]\ndevice=cpu, cuda\n");
    QTest::newRow("a word for dollars") << QByteArray("[budget]\nper_day_usd=ten\n");
    QTest::newRow("less than no dollars") << QByteArray("[budget]\nper_day_usd=-5\n");
    QTest::newRow("no number of dollars") << QByteArray("[budget]\nper_day_usd=nan\n");
    QTest::newRow("dollars without end") << QByteArray("[budget]\nper_day_usd=inf\n");
    QTest::newRow("no settings at all") << QByteArray("\0\0\0\xff", 4);
}

void TestSettings::spoiltValues_readAsDefault()
{
    QFETCH(QByteArray, text);
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("galley.conf")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    const Settings settings(file.fileName());
    QCOMPARE(settings.draftSteps.value(), 0);
    QCOMPARE(settings.draftDevice.value(), QStringLiteral("auto"));
    QCOMPARE(settings.budgetPerDay.value(), 0.0);
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
