#include "core/engines/remote/resultlink.h"
#include "core/engines/remote/servicepictures.h"
#include "tests/support/testpicture.h"

#include <QTest>

using namespace Galley;

namespace {

/// A PNG of two colours whose header says \a width × \a height, whatever its data hold; the checksum is right.
QByteArray pngThatClaims(quint32 width, quint32 height)
{
    QByteArray png = fakePictureFile("claims", 1, {8, 8});
    const auto put = [&png](qsizetype at, quint32 value) {
        for (int i = 0; i < 4; ++i)
            png[at + i] = char(value >> (24 - 8 * i));
    };
    put(16, width);
    put(20, height);
    quint32 crc = 0xFFFFFFFF;
    for (qsizetype i = 12; i < 29; ++i) {
        crc ^= uchar(png[i]);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
    }
    put(29, crc ^ 0xFFFFFFFF);
    return png;
}

BackendEntry backend(const char *url, bool userNamed = false)
{
    BackendEntry entry;
    entry.id = QStringLiteral("studio");
    entry.url = QUrl(QString::fromLatin1(url));
    entry.userNamed = userNamed;
    return entry;
}

} // namespace

class TestServicePictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void good_data();
    void good();
    void bad_data();
    void bad();
    void everyCut_isNoPicture_data();
    void everyCut_isNoPicture();
    void base64_data();
    void base64();
    void link_data();
    void link();
    void serviceUrl_joins_data();
    void serviceUrl_joins();
};

void TestServicePictures::good_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("mediaType");
    QTest::newRow("PNG") << QByteArray("PNG") << QByteArray("image/png");
    QTest::newRow("JPEG") << QByteArray("JPG") << QByteArray("image/jpeg");
    QTest::newRow("WebP") << QByteArray("WEBP") << QByteArray("image/webp");
}

void TestServicePictures::good()
{
    QFETCH(QByteArray, format);
    QFETCH(QByteArray, mediaType);
    const QByteArray file = fakePictureFile("apples", 7, {64, 48}, format.constData());
    const auto picture = readPicture(file);
    QVERIFY(picture.has_value());
    QCOMPARE(picture->bytes, file);
    QCOMPARE(picture->mediaType, mediaType);
    QCOMPARE(picture->image.size(), QSize(64, 48));
    QCOMPARE(picture->image.format(), QImage::Format_RGBA8888_Premultiplied);
}

void TestServicePictures::bad_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const QByteArray png = fakePictureFile("x", 1, {64, 64});
    QTest::newRow("empty") << QByteArray() << "empty";
    QTest::newRow("HTML") << QByteArray("<html>busy</html>") << "no PNG";
    QTest::newRow("SVG") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg'/>") << "no PNG";
    QTest::newRow("BMP") << fakePictureFile("x", 1, {8, 8}, "BMP") << "no PNG";
    QTest::newRow("only a signature") << png.left(8) << "cut off";
    QTest::newRow("0x0") << pngThatClaims(0, 0) << "damaged";
    QTest::newRow("0 wide") << pngThatClaims(0, 8) << "damaged";
    QTest::newRow("bomb") << pngThatClaims(30'000, 30'000) << "million pixels";
    QTest::newRow("larger than its data") << pngThatClaims(4096, 4096) << "damaged";
    QTest::newRow("wrong checksum") << QByteArray(png).replace(30, 1, QByteArray(1, char(~png[30]))) << "damaged";
    QTest::newRow("named WebP") << QByteArray("RIFF\x04\0\0\0WEBP", 12) << "damaged";
}

void TestServicePictures::bad()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const auto picture = readPicture(bytes);
    QVERIFY(!picture.has_value());
    QVERIFY2(picture.error().message.contains(says), qPrintable(picture.error().message));
    QVERIFY(!readPicture(QByteArray(100, 'x'), {.bytes = 99}).has_value());
}

void TestServicePictures::everyCut_isNoPicture_data()
{
    good_data();
}

void TestServicePictures::everyCut_isNoPicture()
{
    QFETCH(QByteArray, format);
    const QByteArray file = fakePictureFile("apples", 7, {200, 200}, format.constData());
    for (const double share : {0.1, 0.5, 0.9, 0.99}) {
        const qsizetype length = qsizetype(double(file.size()) * share);
        QVERIFY2(!readPicture(file.left(length)).has_value(), qPrintable(QString::number(share)));
    }
    QVERIFY(!readPicture(file.left(file.size() - 2)).has_value());
}

void TestServicePictures::base64_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("bytes");  // empty: refused
    const QByteArray bytes("\xff\xee\xdd\xcc hello", 10);
    const QByteArray plain = bytes.toBase64();
    QTest::newRow("plain") << plain << bytes;
    QTest::newRow("data URL") << QByteArray("data:image/png;base64," + plain) << bytes;
    QTest::newRow("URL alphabet") << bytes.toBase64(QByteArray::Base64UrlEncoding) << bytes;
    QTest::newRow("without padding") << bytes.toBase64(QByteArray::OmitTrailingEquals) << bytes;
    QTest::newRow("lines") << QByteArray(plain).insert(4, "\r\n").insert(10, '\n') << bytes;
    QTest::newRow("rubbish") << QByteArray("!!not base64!!") << QByteArray();
    QTest::newRow("rubbish at the end") << QByteArray(plain + "<html>") << QByteArray();
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("data URL without base64") << QByteArray("data:image/png,abc") << QByteArray();
    QTest::newRow("data URL without data") << QByteArray("data:image/png;base64") << QByteArray();
}

void TestServicePictures::base64()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, bytes);
    const auto read = bytesFromBase64(text);
    QCOMPARE(read.has_value(), !bytes.isEmpty());
    if (read)
        QCOMPARE(*read, bytes);
}

void TestServicePictures::link_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<bool>("userNamed");
    QTest::addColumn<QByteArray>("link");
    QTest::addColumn<QByteArray>("full");  // empty: refused
    const QByteArray hosted = "https://api.example.com/v1";
    const QByteArray local = "http://127.0.0.1:8000/v1";
    QTest::newRow("hosted, other host") << hosted << false << QByteArray("https://cdn.example.net/a.png?sig=1") << QByteArray("https://cdn.example.net/a.png?sig=1");
    QTest::newRow("hosted, relative") << hosted << false << QByteArray("/images/1?variant=0") << QByteArray("https://api.example.com/images/1?variant=0");
    QTest::newRow("hosted, relative to base") << hosted << false << QByteArray("a.png") << QByteArray("https://api.example.com/v1/a.png");
    QTest::newRow("hosted, plain http") << hosted << false << QByteArray("http://cdn.example.net/a.png") << QByteArray();
    QTest::newRow("hosted, loopback") << hosted << false << QByteArray("http://127.0.0.1:8188/view") << QByteArray();
    QTest::newRow("hosted, loopback by TLS") << hosted << false << QByteArray("https://localhost/view") << QByteArray();
    QTest::newRow("hosted, metadata address") << hosted << false << QByteArray("https://169.254.169.254/latest") << QByteArray();
    QTest::newRow("hosted, private") << hosted << false << QByteArray("https://10.0.0.1/a.png") << QByteArray();
    QTest::newRow("hosted, IPv6 loopback") << hosted << false << QByteArray("https://[::1]/a.png") << QByteArray();
    QTest::newRow("hosted, bare name") << hosted << false << QByteArray("https://printer/a.png") << QByteArray();
    QTest::newRow("file") << hosted << false << QByteArray("file:///etc/passwd") << QByteArray();
    QTest::newRow("file, user's server") << local << true << QByteArray("file:///etc/passwd") << QByteArray();
    QTest::newRow("javascript") << local << true << QByteArray("javascript:alert(1)") << QByteArray();
    QTest::newRow("user's server, plain http") << local << true << QByteArray("http://studio.lan/a.png") << QByteArray("http://studio.lan/a.png");
    QTest::newRow("loopback to loopback") << local << false << QByteArray("http://localhost:9000/a.png") << QByteArray("http://localhost:9000/a.png");
    QTest::newRow("data") << hosted << false << QByteArray("data:image/png;base64,AAAA") << QByteArray("data:image/png;base64,AAAA");
}

void TestServicePictures::link()
{
    QFETCH(QByteArray, base);
    QFETCH(bool, userNamed);
    QFETCH(QByteArray, link);
    QFETCH(QByteArray, full);
    const auto url = resultLink(backend(base.constData(), userNamed), QUrl(QString::fromLatin1(link)));
    QCOMPARE(url.has_value(), !full.isEmpty());
    if (url)
        QCOMPARE(url->toEncoded(), full);
}

void TestServicePictures::serviceUrl_joins_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("full");
    QTest::newRow("plain") << QByteArray("https://h/v1") << "images/generations" << QByteArray("https://h/v1/images/generations");
    QTest::newRow("slashes") << QByteArray("https://h/v1//") << "/images" << QByteArray("https://h/v1/images");
    QTest::newRow("no path") << QByteArray("http://127.0.0.1:8188") << "prompt" << QByteArray("http://127.0.0.1:8188/prompt");
    QTest::newRow("query") << QByteArray("http://h") << "imagine?prompt=a%20b%26c%3D%2B&n=1" << QByteArray("http://h/imagine?prompt=a%20b%26c%3D%2B&n=1");
    QTest::newRow("base's own query goes") << QByteArray("http://h/v1?x=1#y") << "m" << QByteArray("http://h/v1/m");
    QTest::newRow("another host stays a path") << QByteArray("http://h/v1") << "//evil/x" << QByteArray("http://h/v1//evil/x");
}

void TestServicePictures::serviceUrl_joins()
{
    QFETCH(QByteArray, base);
    QFETCH(QString, path);
    QFETCH(QByteArray, full);
    QCOMPARE(serviceUrl(backend(base.constData()), path).toEncoded(), full);
}

QTEST_GUILESS_MAIN(TestServicePictures)
#include "tst_servicepictures.moc"
