#include "core/imaging/imagefile.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <zlib.h>

using namespace Galley;

namespace {

QImage sample(QSize size = {40, 30})
{
    QImage image(size, QImage::Format_RGBA8888);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixelColor(x, y, QColor((x * 7) % 256, (y * 11) % 256, (x * y) % 256, x % 3 ? 255 : 128));
    }
    return image;
}

QByteArray encoded(const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    sample().save(&buffer, format);
    return bytes;
}

QByteArray chunk(const QByteArray &type, const QByteArray &body)
{
    const QByteArray checked = type + body;
    const auto crc = quint32(crc32(0, reinterpret_cast<const Bytef *>(checked.constData()), uInt(checked.size())));
    const auto fix = [&](quint32 n) {
        QByteArray bytes(4, '\0');
        bytes[0] = char(n >> 24);
        bytes[1] = char(n >> 16);
        bytes[2] = char(n >> 8);
        bytes[3] = char(n);
        return bytes;
    };
    return fix(quint32(body.size())) + checked + fix(crc);
}

/// A valid, tiny PNG that claims to be 30,000 × 30,000 black and white pixels.
QByteArray bomb()
{
    QByteArray header = QByteArray::fromHex("000075300000753001000000" "00");
    const QByteArray rows(30000 * (1 + 3750), '\0');
    QByteArray packed(int(compressBound(uLong(rows.size()))), '\0');
    uLongf size = uLongf(packed.size());
    compress2(reinterpret_cast<Bytef *>(packed.data()), &size, reinterpret_cast<const Bytef *>(rows.constData()), uLong(rows.size()), 9);
    packed.resize(int(size));
    return QByteArray::fromHex("89504e470d0a1a0a") + chunk("IHDR", header) + chunk("IDAT", packed) + chunk("IEND", {});
}

} // namespace

/// Images from outside are hostile until checked.
class TestImageFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formats_areToldByContent_data();
    void formats_areToldByContent();
    void badFiles_areSentences_data();
    void badFiles_areSentences();
    void truncatedPng_neverCrashes();
    void png_roundTripsAndIsReproducible();
};

void TestImageFile::formats_areToldByContent_data()
{
    QTest::addColumn<QByteArray>("format");
    for (const char *format : {"png", "jpeg", "webp", "bmp"})
        QTest::newRow(format) << QByteArray(format);
}

void TestImageFile::formats_areToldByContent()
{
    QFETCH(QByteArray, format);
    QTemporaryDir dir;
    const QString file = dir.filePath(QStringLiteral("picture.txt"));
    QFile target(file);
    QVERIFY(target.open(QIODevice::WriteOnly));
    const QByteArray bytes = encoded(format.constData());
    QVERIFY2(!bytes.isEmpty(), "the image plugin is missing");
    target.write(bytes);
    target.close();
    const Result<QImage> image = loadImage(file);
    QVERIFY2(image, qPrintable(image ? QString() : image.error().message));
    QCOMPARE(image->size(), QSize(40, 30));
    QCOMPARE(image->format(), QImage::Format_RGBA8888_Premultiplied);
}

void TestImageFile::badFiles_areSentences_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::newRow("empty") << QByteArray() << int(ErrorCode::InvalidInput);
    QTest::newRow("text") << QByteArray("hello") << int(ErrorCode::InvalidInput);
    QTest::newRow("svg") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' width='5' height='5'/>") << int(ErrorCode::InvalidInput);
    QTest::newRow("png signature alone") << QByteArray::fromHex("89504e470d0a1a0a") << int(ErrorCode::InvalidInput);
    QTest::newRow("pixel bomb") << bomb() << int(ErrorCode::TooLarge);
}

void TestImageFile::badFiles_areSentences()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    const Result<QImage> image = decodeImage(bytes, QStringLiteral("thing.png"));
    QVERIFY(!image);
    QCOMPARE(int(image.error().code), code);
    QVERIFY2(image.error().message.contains(QLatin1String("thing.png")), qPrintable(image.error().message));
}

void TestImageFile::truncatedPng_neverCrashes()
{
    const QByteArray whole = encoded("png");
    for (qsizetype size = 0; size + 12 < whole.size(); size += 3) { // without its last chunk the picture is still whole
        const Result<QImage> image = decodeImage(whole.left(size), QStringLiteral("t.png"));
        QVERIFY(!image || image->size() == QSize(40, 30));
    }
    QVERIFY(!decodeImage(whole.left(whole.size() / 2), QStringLiteral("t.png")));
}

void TestImageFile::png_roundTripsAndIsReproducible()
{
    QTemporaryDir dir;
    const QString first = dir.filePath(QStringLiteral("1.png"));
    const QString second = dir.filePath(QStringLiteral("2.png"));
    QImage opaque = sample();
    opaque = opaque.convertToFormat(QImage::Format_RGB32).convertToFormat(QImage::Format_RGBA8888);
    QVERIFY(savePng(opaque, first));
    QVERIFY(savePng(opaque, second));
    QFile a(first);
    QFile b(second);
    QVERIFY(a.open(QIODevice::ReadOnly) && b.open(QIODevice::ReadOnly));
    QCOMPARE(a.readAll(), b.readAll());
    QCOMPARE(pixelDigest(*loadImage(first)), pixelDigest(opaque));
    QVERIFY(!savePng(opaque, dir.filePath(QStringLiteral("none/x.png"))));
}

QTEST_GUILESS_MAIN(TestImageFile)
#include "tst_imagefile.moc"
