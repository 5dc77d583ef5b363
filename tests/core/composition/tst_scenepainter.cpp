#include "core/composition/scene.h"
#include "core/imaging/imagefile.h"
#include "core/template/templatefile.h"

#include <QDir>
#include <QtTest/QTest>

using namespace Galley;

/// Whole drafts: what may change when something changes.
class TestScenePainter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void samples_paintTheSameTwice_data();
    void samples_paintTheSameTwice();

private:
    QString m_resources = qEnvironmentVariable("GALLEY_RESOURCES");
};

void TestScenePainter::initTestCase()
{
    QVERIFY(loadBundledFonts(m_resources).contains(QStringLiteral("Inter")));
}

void TestScenePainter::samples_paintTheSameTwice_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(m_resources + QStringLiteral("/templates"));
    for (const QString &name : folder.entryList({QStringLiteral("*.galley")}))
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
}

void TestScenePainter::samples_paintTheSameTwice()
{
    QFETCH(QString, file);
    const auto read = loadTemplate(file);
    QVERIFY2(read.has_value(), qPrintable(file));
    const Result<Variant> variant = resolve(read->value, Row());
    QVERIFY(variant.has_value());
    const Scene scene = buildScene(*variant);
    ScenePainter first;
    ScenePainter second;
    const QImage picture = first.compose(scene, {}, scene.canvas);
    QCOMPARE(pixelDigest(picture), pixelDigest(second.compose(scene, {}, scene.canvas)));
    QCOMPARE(picture.size(), scene.canvas);
    const QString out = qEnvironmentVariable("GALLEY_SHEETS");
    if (!out.isEmpty())
        QVERIFY(savePng(picture, out + QLatin1Char('/') + QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png")));
}

QTEST_MAIN(TestScenePainter)
#include "tst_scenepainter.moc"
