#include "core/composition/scene.h"
#include "core/imaging/imagefile.h"
#include "core/template/templatefile.h"
#include "testpaths.h"

#include <QTest>

using namespace Galley;

namespace {

Template poster()
{
    return loadTemplate(QStringLiteral(GALLEY_SOURCE_DIR "/resources/templates/market-poster.galley"))->value;
}

Variant variantOf(const Template &value)
{
    const Result<Variant> variant = resolve(value, {});
    Q_ASSERT(variant);
    return *variant;
}

QImage plain(const QSize &size, const QColor &color)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    return image;
}

/// Three columns: red, green, blue.
QImage flag(const QSize &size)
{
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixel(x, y, x * 3 < size.width() ? 0xffff0000 : x * 3 < size.width() * 2 ? 0xff00ff00 : 0xff0000ff);
    }
    return image;
}

QStringList tokensOf(const Scene &scene)
{
    QStringList ids;
    for (const SceneItem &item : scene.items) {
        if (!ids.contains(item.tokenId))
            ids.append(item.tokenId);
    }
    return ids;
}

QImage compose(const Variant &variant, const QImage &picture)
{
    ScenePainter painter;
    return painter.compose(buildFinalScene(variant), {{finalPictureKey(), finalGround(picture, variant.background)}}, variant.canvas);
}

} // namespace

/// The model's picture with what is set over it.
class TestFinalScene : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pictureFirst_thenWhatIsSet();
    void drawnText_isNotPainted();
    void picture_isCroppedToTheMiddle();
    void picture_ofTheCanvasSize_isUntouched();
    void compose_isReproducible();
    void transparentPicture_liesOnTheCanvasColour();
    void ownImage_isPaintedWhenItIsSet_data();
    void ownImage_isPaintedWhenItIsSet();
    void notes_data();
    void notes();
};

void TestFinalScene::initTestCase()
{
    QVERIFY(loadBundledFonts(QStringLiteral(GALLEY_SOURCE_DIR "/resources")).contains(QStringLiteral("Inter")));
}

void TestFinalScene::pictureFirst_thenWhatIsSet()
{
    const Scene scene = buildFinalScene(variantOf(poster()));
    QCOMPARE(scene.items.first().kind, SceneItem::Kind::Picture);
    QCOMPARE(scene.items.first().rect, QRectF(0, 0, 1080, 1350));
    QCOMPARE(tokensOf(scene), (QStringList{QString(), QStringLiteral("band"), QStringLiteral("title"), QStringLiteral("when"),
                                           QStringLiteral("place"), QStringLiteral("cta")}));
    QVERIFY(finalSceneNotes(variantOf(poster())).isEmpty());
}

void TestFinalScene::drawnText_isNotPainted()
{
    Template value = poster();
    value.findToken(QStringLiteral("title"))->mode = TokenMode::Drawn;
    const Variant variant = variantOf(value);
    QVERIFY(!tokensOf(buildFinalScene(variant)).contains(QStringLiteral("title")));
    const QImage picture = compose(variant, plain({1080, 1350}, Qt::cyan));
    const QRect box = value.findToken(QStringLiteral("title"))->box.toRect(value.canvas.size).toAlignedRect();
    QCOMPARE(pixelDigest(picture.copy(box)), pixelDigest(plain(box.size(), Qt::cyan)));
}

void TestFinalScene::picture_isCroppedToTheMiddle()
{
    Template value = poster();
    value.tokens.clear();
    value.canvas.size = {300, 300};
    const QImage picture = compose(variantOf(value), flag({1800, 600}));  // the middle third is the canvas
    QCOMPARE(picture.size(), QSize(300, 300));
    QCOMPARE(pixelDigest(picture), pixelDigest(plain({300, 300}, QColor(0, 255, 0))));
}

void TestFinalScene::picture_ofTheCanvasSize_isUntouched()
{
    Template value = poster();
    value.tokens.clear();
    const QImage picture = flag(value.canvas.size);
    QCOMPARE(pixelDigest(compose(variantOf(value), picture)), pixelDigest(picture));
}

void TestFinalScene::compose_isReproducible()
{
    const Variant variant = variantOf(poster());
    const QImage picture = flag({896, 1152});
    QCOMPARE(pixelDigest(compose(variant, picture)), pixelDigest(compose(variant, picture)));
}

void TestFinalScene::transparentPicture_liesOnTheCanvasColour()
{
    Template value = poster();
    value.tokens.clear();
    QImage picture(value.canvas.size, QImage::Format_RGBA8888_Premultiplied);
    picture.fill(Qt::transparent);
    QCOMPARE(pixelDigest(compose(variantOf(value), picture)), pixelDigest(plain(value.canvas.size, QColor(QStringLiteral("#F4EFE7")))));
}

void TestFinalScene::ownImage_isPaintedWhenItIsSet_data()
{
    QTest::addColumn<QString>("show");
    QTest::addColumn<int>("mode");
    QTest::addColumn<bool>("painted");
    QTest::newRow("words for the model") << "a red apple" << int(TokenMode::Default) << false;
    QTest::newRow("no words") << "" << int(TokenMode::Default) << true;
    QTest::newRow("left-over comma") << ", " << int(TokenMode::Default) << true;
    QTest::newRow("set") << "a red apple" << int(TokenMode::Set) << true;
}

void TestFinalScene::ownImage_isPaintedWhenItIsSet()
{
    QFETCH(QString, show);
    QFETCH(int, mode);
    QFETCH(bool, painted);
    Template value = poster();
    Token *hero = value.findToken(QStringLiteral("hero"));
    hero->show = show;
    hero->image = QStringLiteral("photo.png");
    hero->mode = TokenMode(mode);
    QCOMPARE(tokensOf(buildFinalScene(variantOf(value))).contains(QStringLiteral("hero")), painted);
}

void TestFinalScene::notes_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QString>("note");
    QTest::newRow("set background") << "ground" << QByteArray("set") << "\"ground\" is a background that is set";
    QTest::newRow("set words") << "hero" << QByteArray("set") << "\"hero\" is set but has only words";
    QTest::newRow("drawn over set") << "cta" << QByteArray("drawn") << "it will hide \"cta\"";
}

void TestFinalScene::notes()
{
    QFETCH(QString, token);
    QFETCH(QByteArray, change);
    QFETCH(QString, note);
    Template value = poster();
    value.findToken(token)->mode = change == "set" ? TokenMode::Set : TokenMode::Drawn;
    const QStringList notes = finalSceneNotes(variantOf(value));
    QCOMPARE(notes.size(), 1);
    QVERIFY2(notes.first().contains(note), qPrintable(notes.first()));
}

QTEST_MAIN(TestFinalScene)
#include "tst_finalscene.moc"
