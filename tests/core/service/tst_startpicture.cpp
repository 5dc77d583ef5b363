#include "core/service/startpicture.h"
#include "core/store/store.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

/// Every pixel says where it is.
QImage coordinates(const QSize &size)
{
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixel(x, y, qRgb(x % 256, y % 256, (x + y) % 256));
    }
    return image;
}

RenderRequest requestFor(const QList<Box> &boxes)
{
    RenderRequest request;
    request.source.canvas.size = QSize(400, 500);
    request.startAsset = 1;
    for (const Box &box : boxes) {
        Token token;
        token.id = QStringLiteral("t%1").arg(request.source.tokens.size());
        token.show = QStringLiteral("an apple");
        token.box = box;
        request.source.tokens.append(token);
        request.redo.append(token.id);
    }
    return request;
}

QImage decoded(const ReferencePicture &picture)
{
    QImage image;
    image.loadFromData(picture.png, "PNG");
    return image;
}

/// The rectangle of what may change; everything outside of it has to be kept.
QRect openArea(const QImage &mask)
{
    QRect area;
    for (int y = 0; y < mask.height(); ++y) {
        for (int x = 0; x < mask.width(); ++x) {
            if (qAlpha(mask.pixel(x, y)) < 128)
                area |= QRect(x, y, 1, 1);
        }
    }
    return area;
}

int openPixels(const QImage &mask)
{
    int count = 0;
    for (int y = 0; y < mask.height(); ++y) {
        for (int x = 0; x < mask.width(); ++x)
            count += qAlpha(mask.pixel(x, y)) < 128 ? 1 : 0;
    }
    return count;
}

QImage ownMask(const QSize &size, const QRect &open)
{
    QImage mask(size, QImage::Format_ARGB32);
    mask.fill(Qt::red);
    for (int y = open.top(); y <= open.bottom(); ++y) {
        for (int x = open.left(); x <= open.right(); ++x)
            mask.setPixel(x, y, 0);
    }
    return mask;
}

} // namespace

/// Pictures that models begin with, and masks: what is drawn anew lies where the boxes are, whatever the sizes.
class TestStartPicture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pictureOfTheFrame_goesAsItIs();
    void pictureOfTheRatio_goesAsItIs();
    void draft_isAlwaysLaidOut();
    void mask_liesWhereTheBoxIs_data();
    void mask_liesWhereTheBoxIs();
    void severalTokens_areAllOpen();
    void boxOutside_isASentence();
    void ownMask_keepsItsAreas();
    void ownMask_movesWithThePicture();
    void badMasks_areSentences_data();
    void badMasks_areSentences();
    void files_areReadAsPicturesFromOutside_data();
    void files_areReadAsPicturesFromOutside();
    void libraryPicture_isRead();
};

void TestStartPicture::pictureOfTheFrame_goesAsItIs()
{
    const QImage picture = coordinates({320, 480});
    const auto sent = referencesFor(requestFor({}), {picture.size(), {400, 500}}, picture);
    QVERIFY(sent);
    QCOMPARE(sent->size(), 1);
    QCOMPARE(decoded(sent->first()).convertToFormat(QImage::Format_RGB32), picture);
    QCOMPARE(sent->first().use, ReferencePicture::Use::Start);
}

void TestStartPicture::pictureOfTheRatio_goesAsItIs()
{
    const Frame frame{{960, 1200}, {400, 500}, QStringLiteral("4x5")};
    const auto near = referencesFor(requestFor({{0, 0, 0.5, 0.5}}), frame, coordinates({896, 1120}));
    QVERIFY(near);
    QCOMPARE(near->first().size, QSize(896, 1120));
    QCOMPARE(near->last().size, QSize(896, 1120));
    const auto other = referencesFor(requestFor({{0, 0, 0.5, 0.5}}), frame, coordinates({900, 900}));
    QCOMPARE(other->first().size, frame.picture);
    QCOMPARE(other->last().size, frame.picture);
    QCOMPARE(referencesFor(requestFor({}), frame, coordinates({4000, 5000}))->first().size, frame.picture);
}

void TestStartPicture::draft_isAlwaysLaidOut()
{
    RenderRequest request = requestFor({});
    request.startAsset = 0;
    request.sendDraft = true;
    const Frame frame{{960, 1200}, {400, 500}, QStringLiteral("4x5")};
    const QImage draft = coordinates({400, 500});
    QCOMPARE(referencesFor(request, frame, draft)->first(), startPicture(draft, frame));
}

void TestStartPicture::mask_liesWhereTheBoxIs_data()
{
    QTest::addColumn<QSize>("start");
    QTest::addColumn<QSize>("frame");
    QTest::addColumn<QRect>("open");  ///< in the picture that is sent
    // The box is the lower right quarter of a canvas of 400 × 500.
    QTest::newRow("same shape") << QSize(400, 500) << QSize(400, 500) << QRect(200, 250, 200, 250);
    QTest::newRow("larger, same shape") << QSize(800, 1000) << QSize(800, 1000) << QRect(400, 500, 400, 500);
    QTest::newRow("wider than the canvas") << QSize(600, 500) << QSize(600, 500) << QRect(300, 250, 200, 250);
    QTest::newRow("higher than the canvas") << QSize(400, 700) << QSize(400, 700) << QRect(200, 350, 200, 250);
    QTest::newRow("another size than the model's") << QSize(1000, 1250) << QSize(400, 500) << QRect(200, 250, 200, 250);
    QTest::newRow("another shape than the model's") << QSize(500, 500) << QSize(600, 500) << QRect(300, 250, 200, 250);
}

void TestStartPicture::mask_liesWhereTheBoxIs()
{
    QFETCH(QSize, start);
    QFETCH(QSize, frame);
    QFETCH(QRect, open);
    const auto sent = referencesFor(requestFor({{0.5, 0.5, 0.5, 0.5}}), {frame, {400, 500}}, coordinates(start));
    QVERIFY2(sent, sent ? "" : qPrintable(sent.error().message));
    QCOMPARE(sent->size(), 2);
    const ReferencePicture &mask = sent->last();
    QCOMPARE(mask.use, ReferencePicture::Use::Mask);
    QCOMPARE(mask.size, sent->first().size);
    const QImage image = decoded(mask);
    QCOMPARE(image.size(), mask.size);
    QVERIFY(image.hasAlphaChannel());
    QCOMPARE(openArea(image), open);
    QCOMPARE(openPixels(image), open.width() * open.height());
    QCOMPARE(qAlpha(image.pixel(0, 0)), 255);
    QCOMPARE(mask.digest.size(), 64);
    QVERIFY(mask.digest != sent->first().digest);
}

void TestStartPicture::severalTokens_areAllOpen()
{
    const auto sent = referencesFor(requestFor({{0, 0, 0.25, 0.2}, {0.75, 0.8, 0.25, 0.2}}), {{400, 500}, {400, 500}}, coordinates({400, 500}));
    QCOMPARE(openPixels(decoded(sent->last())), 2 * 100 * 100);
}

void TestStartPicture::boxOutside_isASentence()
{
    const auto sent = referencesFor(requestFor({{1.1, 0, 0.2, 0.2}}), {{400, 500}, {400, 500}}, coordinates({400, 500}));
    QVERIFY(!sent);
    QCOMPARE(sent.error().code, ErrorCode::InvalidInput);
    QVERIFY(sent.error().message.contains(QStringLiteral("\"t0\"")));
}

void TestStartPicture::ownMask_keepsItsAreas()
{
    RenderRequest request = requestFor({});
    request.maskFile = QStringLiteral("mine.png");
    const auto sent = referencesFor(request, {{400, 500}, {400, 500}}, coordinates({400, 500}), ownMask({400, 500}, {10, 20, 30, 40}));
    QVERIFY(sent);
    const QImage mask = decoded(sent->last());
    QCOMPARE(openArea(mask), QRect(10, 20, 30, 40));
    QCOMPARE(mask.pixelColor(100, 100), QColor(Qt::black));  // its colours go nowhere
}

void TestStartPicture::ownMask_movesWithThePicture()
{
    RenderRequest request = requestFor({});
    request.maskFile = QStringLiteral("mine.png");
    // 600 × 500, of which the middle 400 × 500 is the canvas, becomes 400 × 500.
    const auto sent = referencesFor(request, {{400, 500}, {400, 500}}, coordinates({600, 500}), ownMask({600, 500}, {100, 0, 200, 250}));
    QVERIFY(sent);
    QCOMPARE(sent->last().size, QSize(400, 500));
    QCOMPARE(openArea(decoded(sent->last())), QRect(0, 0, 200, 250));
}

void TestStartPicture::badMasks_areSentences_data()
{
    QTest::addColumn<QImage>("mask");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("another size") << ownMask({40, 50}, {0, 0, 10, 10}) << "400×500";
    QTest::newRow("nothing is open") << coordinates({400, 500}) << "no transparent pixels";
    QTest::newRow("none") << QImage() << "0×0";
}

void TestStartPicture::badMasks_areSentences()
{
    QFETCH(QImage, mask);
    QFETCH(QString, sentence);
    RenderRequest request = requestFor({});
    request.maskFile = QStringLiteral("mine.png");
    const auto sent = referencesFor(request, {{400, 500}, {400, 500}}, coordinates({400, 500}), mask);
    QVERIFY(!sent);
    QCOMPARE(sent.error().code, ErrorCode::InvalidInput);
    QVERIFY2(sent.error().message.contains(sentence) && sent.error().message.contains(QStringLiteral("mine.png")), qPrintable(sent.error().message));
}

void TestStartPicture::files_areReadAsPicturesFromOutside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("asMask");
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    coordinates({8, 10}).save(&buffer, "PNG");
    QByteArray bomb = png;
    bomb.replace(16, 8, QByteArray::fromHex("000186a0000186a0"));  // says 100,000 × 100,000
    for (const bool asMask : {false, true}) {
        const auto row = [&](const char *name, const QByteArray &bytes) { QTest::addRow("%s, %s", name, asMask ? "mask" : "start") << bytes << asMask; };
        row("empty", {});
        row("text", "hello");
        row("cut off", png.left(40));
        row("too many pixels", bomb);
        row("a web page", "<html></html>");
    }
}

void TestStartPicture::files_areReadAsPicturesFromOutside()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, asMask);
    const QTemporaryDir folder;
    const auto write = [&](const QString &name, const QByteArray &content) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write");
        return file.fileName();
    };
    QByteArray good;
    QBuffer buffer(&good);
    buffer.open(QIODevice::WriteOnly);
    coordinates({400, 500}).save(&buffer, "PNG");
    RenderRequest request = requestFor({});
    request.startAsset = 0;
    request.startFile = write(QStringLiteral("start.png"), asMask ? good : bytes);
    request.maskFile = asMask ? write(QStringLiteral("mask.png"), bytes) : QString();
    Store store(folder.path());
    const auto sent = readReferences(request, {{400, 500}, {400, 500}}, {}, &store);
    QVERIFY(!sent);
    QVERIFY(!sent.error().message.isEmpty());
    QVERIFY2(sent.error().message.contains(asMask ? QStringLiteral("mask.png") : QStringLiteral("start.png")), qPrintable(sent.error().message));
}

void TestStartPicture::libraryPicture_isRead()
{
    const QTemporaryDir folder;
    Store store(folder.path());
    NewAsset asset;
    QBuffer buffer(&asset.file);
    buffer.open(QIODevice::WriteOnly);
    coordinates({400, 500}).save(&buffer, "PNG");
    asset.record.mediaType = "image/png";
    asset.record.size = {400, 500};
    RenderRequest request = requestFor({{0, 0, 0.5, 0.5}});
    request.startAsset = store.put(asset).result()->id;
    const auto sent = readReferences(request, {{400, 500}, {400, 500}}, {}, &store);
    QVERIFY2(sent, sent ? "" : qPrintable(sent.error().message));
    QCOMPARE(decoded(sent->first()).convertToFormat(QImage::Format_RGB32), coordinates({400, 500}));
    request.startAsset = 99;
    QVERIFY(!readReferences(request, {{400, 500}, {400, 500}}, {}, &store));
}

QTEST_GUILESS_MAIN(TestStartPicture)
#include "tst_startpicture.moc"
