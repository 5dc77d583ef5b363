#include "core/composition/cutouts.h"
#include "core/composition/scene.h"
#include "core/imaging/imagefile.h"
#include "core/template/templatefile.h"

#include <QDir>
#include <QTest>

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
    LayerPictures clipArt(const Scene &scene) const;

    std::shared_ptr<const CutoutLibrary> m_cutouts;
    QString m_resources = qEnvironmentVariable("GALLEY_RESOURCES");
};

void TestScenePainter::initTestCase()
{
    QVERIFY(loadBundledFonts(m_resources).contains(QStringLiteral("Inter")));
    const auto loaded = CutoutLibrary::load(m_resources + QStringLiteral("/cutouts"));
    QVERIFY2(loaded.has_value(), loaded ? "" : qPrintable(loaded.error().message));
    m_cutouts = *loaded;
}

/// The nearest cut-out of each subject, by words.
LayerPictures TestScenePainter::clipArt(const Scene &scene) const
{
    LayerPictures pictures;
    for (const SceneItem &item : scene.items) {
        const QList<CutoutMatch> matches = m_cutouts->nearestByWords(item.words);
        if (item.kind == SceneItem::Kind::Subject && !matches.isEmpty())
            pictures.insert(item.tokenId, m_cutouts->image(matches.first().index).value_or(QImage()));
    }
    return pictures;
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
    const LayerPictures pictures = clipArt(scene);
    ScenePainter first;
    ScenePainter second;
    const QImage picture = first.compose(scene, pictures, scene.canvas);
    QCOMPARE(pixelDigest(picture), pixelDigest(second.compose(scene, pictures, scene.canvas)));
    QCOMPARE(picture.size(), scene.canvas);
    const QString out = qEnvironmentVariable("GALLEY_SHEETS");
    if (!out.isEmpty())
        QVERIFY(savePng(picture, out + QLatin1Char('/') + QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png")));
}

QTEST_MAIN(TestScenePainter)
#include "tst_scenepainter.moc"
