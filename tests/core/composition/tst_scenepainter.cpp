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
    void recolouredSheet();

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

/// Cut-outs as they are and in two other colours, for the eye: GALLEY_SHEETS names a folder.
void TestScenePainter::recolouredSheet()
{
    const QString folder = qEnvironmentVariable("GALLEY_SHEETS");
    if (folder.isEmpty())
        QSKIP("GALLEY_SHEETS is not set");
    const QStringList words{QStringLiteral("red apple"), QStringLiteral("black cat"), QStringLiteral("bicycle"),
                            QStringLiteral("hot air balloon"), QStringLiteral("sheep"), QStringLiteral("guitar"),
                            QStringLiteral("strawberry"), QStringLiteral("owl")};
    Scene scene{QSize(240 * int(words.size()), 720), {}};
    SceneItem ground;
    ground.kind = SceneItem::Kind::Ground;
    ground.rect = QRectF(QPointF(), QSizeF(scene.canvas));
    ground.fill = QColor(0xF4EFE7);
    scene.items.append(ground);
    LayerPictures pictures;
    for (int i = 0; i < words.size(); ++i) {
        const QList<CutoutMatch> matches = m_cutouts->nearestByWords(words.at(i));
        QVERIFY2(!matches.isEmpty(), qPrintable(words.at(i)));
        for (int row = 0; row < 3; ++row) {
            SceneItem item;
            item.kind = SceneItem::Kind::Subject;
            item.tokenId = QStringLiteral("%1-%2").arg(i).arg(row);
            item.rect = QRectF(i * 240 + 10, row * 240 + 10, 220, 220);
            if (row > 0)
                item.palette = {row == 1 ? QColor(0x2462CC) : QColor(0xE8873A)};
            pictures.insert(item.tokenId, *m_cutouts->image(matches.first().index));
            scene.items.append(item);
        }
    }
    ScenePainter painter;
    QVERIFY(savePng(painter.compose(scene, pictures, scene.canvas), folder + QStringLiteral("/recoloured.png")).has_value());
}

QTEST_MAIN(TestScenePainter)
#include "tst_scenepainter.moc"
