#include "core/composition/cutoutpicture.h"
#include "core/composition/cutouts.h"
#include "core/composition/scene.h"
#include "core/imaging/colormath.h"
#include "core/imaging/imagefile.h"
#include "core/template/templatefile.h"
#include "testpaths.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QTest>

#include <algorithm>
#include <array>

using namespace Galley;

namespace {

Template poster()
{
    return loadTemplate(QStringLiteral(GALLEY_SOURCE_DIR "/resources/templates/market-poster.galley"))->value;
}

QImage cutout(const QColor &color, const QSize &size = {96, 64})
{
    QImage image(size, QImage::Format_RGBA8888_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QRectF(8, 8, size.width() - 16, size.height() - 16));
    return image;
}

Scene sceneOf(const Template &value)
{
    const Result<Variant> variant = resolve(value, {});
    Q_ASSERT(variant);
    return buildScene(*variant);
}

LayerPictures apples()
{
    return {{QStringLiteral("hero"), cutout(QColor(200, 40, 40))}};
}

QRect boxOf(const Template &value, const char *id)
{
    return value.findToken(QString::fromLatin1(id))->box.toRect(value.canvas.size).toAlignedRect().adjusted(-1, -1, 1, 1);
}

/// Where two pictures of one size differ.
QRect difference(const QImage &a, const QImage &b)
{
    QRect changed;
    for (int y = 0; y < a.height(); ++y) {
        const auto *la = reinterpret_cast<const quint32 *>(a.constScanLine(y));
        const auto *lb = reinterpret_cast<const quint32 *>(b.constScanLine(y));
        for (int x = 0; x < a.width(); ++x) {
            if (la[x] != lb[x])
                changed = changed.united(QRect(x, y, 1, 1));
        }
    }
    return changed;
}

} // namespace

/// What changes when something changes, and nothing else.
class TestScene : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void order_groundFirst_fillBelowText();
    void compose_isReproducible();
    void subject_changesItsBoxOnly();
    void headline_changesItsBoxOnly();
    void background_changesGroundOnly();
    void move_shiftsTheLayerExactly();
    void recolour_hitsTheColour_data();
    void recolour_hitsTheColour();
    void recolour_ofThePackHitsTheColour();
    void recolour_isWhatTheEvaluationMeasures();
    void style_changesItsBoxOnly();
    void style_isForCutoutsAlone();
    void cutout_fillsItsBox();
    void enlarged_keepsACrispEdge();
    void enlarged_keepsItsTip();
    void problems_areNamed();
    void zoomedPaint_equalsComposedSize();
};

void TestScene::initTestCase()
{
    QVERIFY(loadBundledFonts(QStringLiteral(GALLEY_SOURCE_DIR "/resources")).contains(QStringLiteral("Inter")));
}

void TestScene::order_groundFirst_fillBelowText()
{
    const Scene scene = sceneOf(poster());
    QCOMPARE(scene.items.first().kind, SceneItem::Kind::Ground);
    QStringList cta;
    for (const SceneItem &item : scene.items) {
        if (item.tokenId == QLatin1String("cta"))
            cta.append(item.kind == SceneItem::Kind::Fill ? QStringLiteral("fill") : QStringLiteral("text"));
    }
    QCOMPARE(cta, (QStringList{QStringLiteral("fill"), QStringLiteral("text")}));
}

void TestScene::compose_isReproducible()
{
    const Scene scene = sceneOf(poster());
    ScenePainter first;
    ScenePainter second;
    const LayerPictures pictures = apples();
    const QImage once = first.compose(scene, pictures, scene.canvas);
    QCOMPARE(once.size(), scene.canvas);
    QCOMPARE(pixelDigest(first.compose(scene, pictures, scene.canvas)), pixelDigest(once));
    QCOMPARE(pixelDigest(second.compose(scene, pictures, scene.canvas)), pixelDigest(once));
    QVERIFY(!once.hasAlphaChannel() || once.pixelColor(0, 0).alpha() == 255);
}

void TestScene::subject_changesItsBoxOnly()
{
    const Template value = poster();
    const Scene scene = sceneOf(value);
    ScenePainter painter;
    const QImage before = painter.compose(scene, apples(), scene.canvas);
    const QImage after = painter.compose(scene, {{QStringLiteral("hero"), cutout(QColor(20, 90, 200), {60, 120})}}, scene.canvas);
    const QRect changed = difference(before, after);
    QVERIFY(!changed.isEmpty());
    QVERIFY(boxOf(value, "hero").contains(changed));
}

void TestScene::headline_changesItsBoxOnly()
{
    Template value = poster();
    ScenePainter painter;
    const QImage before = painter.compose(sceneOf(value), apples(), value.canvas.size);
    value.findSlot(QStringLiteral("headline"))->defaultValue = QStringLiteral("Autumn Fair");
    const QImage after = painter.compose(sceneOf(value), apples(), value.canvas.size);
    const QRect changed = difference(before, after);
    QVERIFY(!changed.isEmpty());
    QVERIFY(boxOf(value, "title").contains(changed));
}

void TestScene::background_changesGroundOnly()
{
    Template value = poster();
    ScenePainter painter;
    const QImage before = painter.compose(sceneOf(value), apples(), value.canvas.size);
    value.findToken(QStringLiteral("ground"))->palette = {QStringLiteral("#DDEEFF"), QStringLiteral("#C0D8F0")};
    const QImage after = painter.compose(sceneOf(value), apples(), value.canvas.size);
    const QRect band = value.findToken(QStringLiteral("band"))->box.toRect(value.canvas.size).toRect();
    QVERIFY(before.pixel(3, 3) != after.pixel(3, 3));
    QCOMPARE(difference(before.copy(band), after.copy(band)), QRect());
    QCOMPARE(before.pixel(540, 750), after.pixel(540, 750)); // the middle of the subject
}

void TestScene::move_shiftsTheLayerExactly()
{
    for (const char *id : {"hero", "title", "band"}) {
        Template value = poster();
        ScenePainter painter;
        Token *token = value.findToken(QString::fromLatin1(id));
        token->box = Box::fromRect(QRectF(200, 300, 400, 200), value.canvas.size);
        const auto layer = [&](const Scene &scene) {
            QImage image(scene.canvas, QImage::Format_RGBA8888_Premultiplied);
            for (const SceneItem &item : scene.items) {
                if (item.tokenId == QLatin1String(id))
                    image = painter.composeItem(scene, item, apples(), scene.canvas);
            }
            return image;
        };
        const QImage before = layer(sceneOf(value));
        token->box = Box::fromRect(QRectF(200 + 37, 300 + 91, 400, 200), value.canvas.size);
        const QImage after = layer(sceneOf(value));
        QVERIFY(difference(before, after) != QRect());
        QCOMPARE(difference(before.copy(150, 250, 500, 300), after.copy(150 + 37, 250 + 91, 500, 300)), QRect());
    }
}

void TestScene::recolour_hitsTheColour_data()
{
    QTest::addColumn<QColor>("from");
    QTest::addColumn<QColor>("to");
    QTest::newRow("red to blue") << QColor(200, 40, 40) << QColor(40, 80, 200);
    QTest::newRow("green to orange") << QColor(30, 140, 60) << QColor(230, 140, 40);
    QTest::newRow("yellow to violet") << QColor(240, 200, 40) << QColor(120, 50, 160);
}

void TestScene::recolour_hitsTheColour()
{
    QFETCH(QColor, from);
    QFETCH(QColor, to);
    const QImage picture = recolored(cutout(from), to);
    QVERIFY2(deltaE2000(dominantColor(picture), to) < 8, qPrintable(dominantColor(picture).name()));
    QImage grey = cutout(QColor(120, 120, 120));
    QVERIFY(deltaE2000(dominantColor(recolored(grey, to)), QColor(120, 120, 120)) > 10); // tinted
    for (int x = 0; x < picture.width(); ++x)
        QCOMPARE(qAlpha(picture.pixel(x, 32)), qAlpha(cutout(from).pixel(x, 32)));
}

void TestScene::recolour_ofThePackHitsTheColour()
{
    const auto pack = CutoutLibrary::load(QStringLiteral(GALLEY_SOURCE_DIR "/resources/cutouts"));
    QVERIFY(pack);
    QList<double> errors;
    for (int i = 0; i < (*pack)->count(); i += 60) {
        const auto picture = (*pack)->image(i);
        QVERIFY(picture);
        for (const QColor &color : {QColor(222, 41, 41), QColor(250, 209, 43), QColor(41, 107, 222), QColor(133, 64, 191)})
            errors << deltaE2000(dominantColor(recolored(*picture, color)), color);
    }
    std::sort(errors.begin(), errors.end());
    QVERIFY2(errors[errors.size() / 2] <= 8, qPrintable(QString::number(errors[errors.size() / 2])));
}

/// packaging/draft-model/recolour.py has written these means and rows.
void TestScene::recolour_isWhatTheEvaluationMeasures()
{
    const QString folder = QStringLiteral(GALLEY_SOURCE_DIR "/tests/data/draft-eval");
    const auto atlas = loadImage(folder + QStringLiteral("/atlas.png"));
    QFile file(folder + QStringLiteral("/recoloured.json"));
    QVERIFY(atlas && file.open(QIODevice::ReadOnly));
    const QJsonArray cases = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(cases.size() >= 10);
    for (const QJsonValue &each : cases) {
        const int tile = each[QLatin1String("tile")].toInt();
        const QImage picture = recolored(atlas->copy(tile % 20 * 48, tile / 20 * 48, 48, 48), QColor(each[QLatin1String("color")].toString()));
        std::array<double, 4> mean{};
        for (int y = 0; y < picture.height(); ++y) {
            for (int i = 0; i < picture.width() * 4; ++i)
                mean[std::size_t(i % 4)] += picture.constScanLine(y)[i] / double(picture.width() * picture.height());
        }
        const QJsonArray means = each[QLatin1String("mean")].toArray();
        const QJsonArray row = each[QLatin1String("row")].toArray();
        for (int i = 0; i < row.size(); ++i) {
            const int found = picture.constScanLine(24)[i / 4 * 16 + i % 4];
            QVERIFY2(std::abs(found - row[i].toInt()) <= 3, qPrintable(QStringLiteral("tile %1, value %2: %3").arg(tile).arg(i).arg(found)));
        }
        for (int c = 0; c < 4; ++c)
            QVERIFY2(std::abs(mean[std::size_t(c)] - means[c].toDouble()) <= 1, qPrintable(QStringLiteral("tile %1, channel %2").arg(tile).arg(c)));
    }
}

void TestScene::style_changesItsBoxOnly()
{
    const Template value = poster();
    const Scene plain = sceneOf(value);
    ScenePainter painter;
    const QImage before = painter.compose(plain, apples(), plain.canvas);
    for (const char *style : {"flat", "outline", "silhouette", "sticker", "neon", "paper cut", "halftone"}) {
        Scene scene = plain;
        for (SceneItem &item : scene.items) {
            if (item.kind == SceneItem::Kind::Subject)
                item.styleWord = QString::fromLatin1(style);
        }
        const QRect changed = difference(before, painter.compose(scene, apples(), scene.canvas));
        QVERIFY2(!changed.isEmpty(), style);
        QVERIFY2(boxOf(value, "hero").contains(changed), style);
    }
    QCOMPARE(difference(before, painter.compose(plain, apples(), plain.canvas)), QRect());
}

/// A photograph, and what a model of whole pictures drew, stay as they are.
void TestScene::style_isForCutoutsAlone()
{
    Scene scene = sceneOf(poster());
    const LayerPictures opaque{{QStringLiteral("hero"), cutout(QColor(200, 40, 40)).convertToFormat(QImage::Format_RGB32)}};
    ScenePainter painter;
    for (const SceneItem::Kind kind : {SceneItem::Kind::Subject, SceneItem::Kind::Picture}) {
        for (SceneItem &item : scene.items) {
            if (item.tokenId == QLatin1String("hero"))
                item.kind = kind;
            item.styleWord.clear();
        }
        const LayerPictures &pictures = kind == SceneItem::Kind::Subject ? opaque : apples();
        const QImage before = painter.compose(scene, pictures, scene.canvas);
        for (SceneItem &item : scene.items)
            item.styleWord = QStringLiteral("silhouette");
        QCOMPARE(difference(before, painter.compose(scene, pictures, scene.canvas)), QRect());
    }
}

void TestScene::cutout_fillsItsBox()
{
    const QRectF box(100, 50, 300, 200);
    for (const QSize &size : {QSize(80, 48), QSize(48, 80), QSize(1, 999), QSize(64, 64)}) {
        const QRectF fitted = fitCutout(size, box);
        QVERIFY(box.contains(fitted));
        QVERIFY(std::abs(fitted.width() - box.width()) <= 1 || std::abs(fitted.height() - box.height()) <= 1);
        QVERIFY(std::abs(fitted.center().x() - box.center().x()) <= 1 && std::abs(fitted.center().y() - box.center().y()) <= 1);
    }
    QCOMPARE(visibleRect(cutout(QColor(1, 2, 3))), QRect(8, 8, 80, 48));
}

void TestScene::enlarged_keepsACrispEdge()
{
    const QImage big = scaledCutout(cutout(QColor(200, 40, 40)), QSize(960, 640));
    int soft = 0;
    for (int x = 0; x < big.width(); ++x) {
        const int alpha = qAlpha(big.pixel(x, 320));
        soft += alpha > 8 && alpha < 247;
    }
    QVERIFY2(soft <= 20, qPrintable(QString::number(soft))); // two edges; bilinear scaling gives about 40
    QVERIFY(soft > 0);
}

/// Steepening takes a tip of one pixel away, which is twelve wide here.
void TestScene::enlarged_keepsItsTip()
{
    QImage picture(60, 40, QImage::Format_RGBA8888_Premultiplied);
    picture.fill(Qt::transparent);
    QPainter(&picture).fillRect(QRect(0, 1, 60, 39), QColor(200, 40, 40));
    picture.setPixelColor(30, 0, QColor(200, 40, 40, 110));
    QCOMPARE(visibleRect(picture), picture.rect());
    const QImage big = scaledCutout(picture, QSize(720, 480));
    QCOMPARE(big.size(), QSize(720, 480));
    int first = 0;
    while (first < big.height() && qAlpha(big.pixel(360, first)) <= 8)
        ++first;
    QVERIFY2(first <= 1, qPrintable(QString::number(first)));
}

void TestScene::problems_areNamed()
{
    Template value = poster();
    value.findToken(QStringLiteral("place"))->style.fit = TextFit::Error;
    value.findSlot(QStringLiteral("place"))->defaultValue = QStringLiteral("A very long line that cannot fit into its box in any way");
    value.findToken(QStringLiteral("title"))->style.font.family = QStringLiteral("No Such Font");
    value.findSlot(QStringLiteral("headline"))->defaultValue = QStringLiteral("Hi \u4e2d");
    value.findSlot(QStringLiteral("photo"))->defaultValue = QStringLiteral("missing.png");
    ScenePainter painter;
    QStringList codes;
    for (const SceneProblem &problem : painter.problems(sceneOf(value), {}))
        codes.append(problem.tokenId + QLatin1Char(':') + problem.code);
    codes.sort();
    QCOMPARE(codes, (QStringList{QStringLiteral("hero:missing_image"), QStringLiteral("place:overflow"),
                                 QStringLiteral("title:missing_font"), QStringLiteral("title:missing_glyph")}));
    QVERIFY(painter.problems(sceneOf(poster()), {}).isEmpty());
}

void TestScene::zoomedPaint_equalsComposedSize()
{
    const Scene scene = sceneOf(poster());
    ScenePainter painter;
    const QSize half(scene.canvas / 2);
    QImage screen(half * 2, QImage::Format_RGB32); // a view with device pixel ratio 2 at zoom 50 %
    screen.fill(Qt::white);
    screen.setDevicePixelRatio(2);
    QPainter view(&screen);
    view.scale(0.5, 0.5);
    painter.paint(view, scene, apples(), false);
    view.end();
    const QImage composed = painter.compose(scene, apples(), scene.canvas).convertToFormat(QImage::Format_RGB32);
    screen.setDevicePixelRatio(1);
    QCOMPARE(difference(screen, composed), QRect());
}

QTEST_MAIN(TestScene)
#include "tst_scene.moc"
