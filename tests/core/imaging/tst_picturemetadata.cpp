#include "core/imaging/imagefile.h"
#include "core/imaging/picturemetadata.h"
#include "tests/support/exiftool.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <thread>
#include <vector>

#include <zlib.h>

using namespace Galley;

/// Metadata in files, read back by Galley (exiv2) and by ExifTool.
class TestPictureMetadata : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formats_haveNames();
    void written_isReadByBoth_data();
    void written_isReadByBoth();
    void pixelsAndProfile_stay_data();
    void pixelsAndProfile_stay();
    void strangeTexts_comeBack_data();
    void strangeTexts_comeBack();
    void writtenTwice_holdsTheSecond_data() { written_isReadByBoth_data(); }
    void writtenTwice_holdsTheSecond();
    void otherMetadata_stays();
    void pngTexts_areThere();
    void jpeg_leavesOutWhatHasNoRoom();
    void credentials_areSeen_data();
    void credentials_areSeen();
    void credentials_areNeverTouched();
    void sidecar_isReadByExifTool();
    void nothing_isNotFound();
    void cutFiles_areSentences_data() { written_isReadByBoth_data(); }
    void cutFiles_areSentences();
    void manyThreads_atOnce();
};

namespace {

QImage sample()
{
    QImage image(64, 48, QImage::Format_ARGB32);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            image.setPixelColor(x, y, QColor((x * 4) % 256, (y * 5) % 256, (x * y) % 256));
    }
    return image;
}

PictureMetadata metadata()
{
    PictureMetadata data;
    data.source = SourceType::Composed;
    data.title = QStringLiteral("Spring market");
    data.description = QString::fromUtf8("A cheerful poster with “quotes”, <tags> & apples – für alle");
    data.tool = QStringLiteral("Galley 0.1.0");
    data.createdAt = QDateTime({2026, 11, 25}, {20, 30, 15}, Qt::UTC);
    data.requested = QStringLiteral("poster-model");
    data.routed = QStringLiteral("ideogram-4");
    data.served = QStringLiteral("ideogram-4-2026-10");
    data.revision = QStringLiteral("r7");
    data.seed = 2147483647;
    data.scores = {QStringLiteral("palette 0.831 (CIEDE2000, \"main\" colours; Galley 0.1.0)"), QStringLiteral("text 1.000 (<read>)")};
    data.provenance = Json{{"schema", 1}, {"routed", "ideogram-4"}, {"reasons", {"rule \"posters\"", "cohort 17"}}, {"cost_usd", 0.06}, {"none", nullptr}};
    data.parameters = QString::fromUtf8("A cheerful poster\nSteps: 20, Seed: 2147483647, Size: 64x48, Model: ideogram-4");
    return data;
}

Result<QByteArray> tagged(PictureFormat format, const PictureMetadata &data = metadata())
{
    const auto plain = encodePicture(sample(), format);
    return plain ? withMetadata(*plain, data) : plain;
}

QString saved(const QTemporaryDir &folder, const QByteArray &bytes, const QString &name)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return {};
    return file.fileName();
}

QByteArray big(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray pngChunk(const QByteArray &type, const QByteArray &body)
{
    const QByteArray checked = type + body;
    return big(quint32(body.size())) + checked + big(quint32(crc32(0, reinterpret_cast<const Bytef *>(checked.constData()), uInt(checked.size()))));
}

/// A box of JUMBF, as content credentials begin.
QByteArray jumbf()
{
    return big(40) + "jumb" + big(32) + "jumd" + QByteArray::fromHex("63327061001100108000000aa00389b71") + QByteArray("c2pa\0", 5);
}

QByteArray withCredentials(PictureFormat format)
{
    QByteArray file = *encodePicture(sample(), format);
    switch (format) {
    case PictureFormat::Png: return file.insert(33, pngChunk("caBX", jumbf()));
    case PictureFormat::Jpeg: {
        const QByteArray body = QByteArray("JP\0\1\0\0\0\1", 8) + jumbf();
        QByteArray length(2, '\0');
        qToBigEndian(quint16(body.size() + 2), length.data());
        return file.insert(2, QByteArray::fromHex("ffeb") + length + body);
    }
    case PictureFormat::WebP: {
        QByteArray length(4, '\0');
        const QByteArray body = jumbf();
        qToLittleEndian(quint32(body.size()), length.data());
        file += "C2PA" + length + body + (body.size() % 2 ? QByteArray(1, '\0') : QByteArray());
        qToLittleEndian(quint32(file.size() - 8), file.data() + 4);
        return file;
    }
    case PictureFormat::Tiff: {
        // A second folder with nothing but the credentials' tag, linked behind the first one.
        const bool isLittle = file.startsWith("II");
        const auto number = [&](auto value) {
            QByteArray bytes(sizeof value, '\0');
            isLittle ? qToLittleEndian(value, bytes.data()) : qToBigEndian(value, bytes.data());
            return bytes;
        };
        const auto read16 = [&](qsizetype at) { return isLittle ? qFromLittleEndian<quint16>(file.constData() + at) : qFromBigEndian<quint16>(file.constData() + at); };
        const auto read32 = [&](qsizetype at) { return isLittle ? qFromLittleEndian<quint32>(file.constData() + at) : qFromBigEndian<quint32>(file.constData() + at); };
        const qsizetype first = read32(4);
        const qsizetype link = first + 2 + 12 * read16(first);
        if (file.size() % 2)
            file += '\0';
        const QByteArray folder = number(quint16(1)) + number(quint16(0xCD41)) + number(quint16(7)) + number(quint32(4)) + "c2pa" + number(quint32(0));
        file.replace(link, 4, number(quint32(file.size())));
        return file + folder;
    }
    }
    return {};
}

} // namespace

void TestPictureMetadata::formats_haveNames()
{
    for (const PictureFormat format : allPictureFormats()) {
        QCOMPARE(pictureFormatFromSuffix(pictureFormatSuffix(format).toUpper()), std::optional(format));
        QCOMPARE(pictureFormatOf(*encodePicture(sample(), format)), std::optional(format));
    }
    QCOMPARE(pictureFormatFromSuffix(QStringLiteral("jpeg")), std::optional(PictureFormat::Jpeg));
    QCOMPARE(pictureFormatFromSuffix(QStringLiteral("tiff")), std::optional(PictureFormat::Tiff));
    QVERIFY(!pictureFormatFromSuffix(QStringLiteral("gif")) && !pictureFormatOf("GIF89a") && !pictureFormatOf({}));
}

void TestPictureMetadata::written_isReadByBoth_data()
{
    QTest::addColumn<int>("format");
    for (const PictureFormat format : allPictureFormats())
        QTest::newRow(qPrintable(pictureFormatName(format))) << int(format);
}

void TestPictureMetadata::written_isReadByBoth()
{
    QFETCH(int, format);
    const PictureMetadata data = metadata();
    const auto file = tagged(PictureFormat(format));
    QVERIFY2(file, qPrintable(file ? QString() : file.error().message + file.error().detail));
    const auto found = readMetadata(*file);
    QVERIFY2(found, qPrintable(found ? QString() : found.error().message));
    PictureMetadata expected = data;
    expected.parameters.clear();  // for other tools; not read back
    QCOMPARE(*found, expected);

    QTemporaryDir folder;
    const Json tags = exifTool(saved(folder, *file, QStringLiteral("picture.") + pictureFormatSuffix(PictureFormat(format))));
    QVERIFY2(tags.is_object(), "exiftool (libimage-exiftool-perl) is missing");
    QCOMPARE(tagOf(tags, QStringLiteral("XMP-iptcExt"), QStringLiteral("DigitalSourceType")), sourceTypeUri(SourceType::Composed));
    QCOMPARE(tagOf(tags, QStringLiteral("XMP-dc"), QStringLiteral("Description")), data.description);
    QCOMPARE(tagOf(tags, QStringLiteral("XMP-dc"), QStringLiteral("Title")), data.title);
    QCOMPARE(tagOf(tags, QStringLiteral("XMP-xmp"), QStringLiteral("CreatorTool")), data.tool);
    QCOMPARE(tagOf(tags, QStringLiteral("XMP-galley"), QStringLiteral("Served")), data.served);
    QCOMPARE(tagOf(tags, QStringLiteral("XMP-galley"), QStringLiteral("Seed")), QStringLiteral("2147483647"));
    QCOMPARE(tagOf(tags, QStringLiteral("XMP-iptcExt"), QStringLiteral("AISystemUsed")), data.served);
    QVERIFY(Json::parse(tagOf(tags, QStringLiteral("XMP-galley"), QStringLiteral("Provenance")).toStdString()) == data.provenance);
    QVERIFY(tags.find("ExifTool:Warning") == tags.end());
    QVERIFY(!tagOf(tags, QStringLiteral("ICC"), QStringLiteral("ProfileDescription")).isEmpty());
    const QString comment = PictureFormat(format) == PictureFormat::Png ? tagOf(tags, QStringLiteral("PNG"), QStringLiteral("Parameters"))
                                                                         : tagOf(tags, QStringLiteral("ExifIFD"), QStringLiteral("UserComment"));
    QCOMPARE(comment.simplified().remove(u'.'), data.parameters.simplified().remove(u'.'));
}

void TestPictureMetadata::pixelsAndProfile_stay_data()
{
    written_isReadByBoth_data();
}

void TestPictureMetadata::pixelsAndProfile_stay()
{
    QFETCH(int, format);
    const QByteArray plain = *encodePicture(sample(), PictureFormat(format));
    const auto before = decodePicture(plain, QStringLiteral("plain"));
    const auto after = decodePicture(*withMetadata(plain, metadata()), QStringLiteral("tagged"));
    QVERIFY(before && after);
    QCOMPARE(after->image, before->image);
    QCOMPARE(after->profile, before->profile);
    QVERIFY(after->profile.isEmbedded);
    if (PictureFormat(format) == PictureFormat::Png || PictureFormat(format) == PictureFormat::Tiff)
        QCOMPARE(after->image.convertToFormat(QImage::Format_ARGB32), sample());
}

void TestPictureMetadata::strangeTexts_comeBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("Japanese") << QString::fromUtf8("春の市場");
    QTest::newRow("emoji") << QString::fromUtf8("apples 🍎🍏");
    QTest::newRow("markup") << QStringLiteral("</rdf:Description> <!-- ]]> &amp; \"'");
    QTest::newRow("lines") << QStringLiteral("one\ntwo\nthree");
    QTest::newRow("long") << QString(20'000, u'x');
    QTest::newRow("exiv2's own words") << QStringLiteral("lang=\"de\" text type=Bag");
}

void TestPictureMetadata::strangeTexts_comeBack()
{
    QFETCH(QString, text);
    for (const PictureFormat format : allPictureFormats()) {
        PictureMetadata data = metadata();
        data.description = text;
        data.provenance = Json{{"prompt", text.toStdString()}};
        const auto file = tagged(format, data);
        QVERIFY2(file, qPrintable(file ? QString() : file.error().detail));
        const auto found = readMetadata(*file);
        QVERIFY(found);
        QCOMPARE(found->description, text);
        if (!text.startsWith(u'x') || format != PictureFormat::Jpeg)  // JPEG has no room for the long one twice and once more
            QVERIFY(found->provenance == data.provenance);
    }
    PictureMetadata broken = metadata();
    broken.description = QStringLiteral("a\x01") + QChar(0) + QChar(0xFFFE) + QStringLiteral("b");
    QCOMPARE(readMetadata(*tagged(PictureFormat::Png, broken))->description, QStringLiteral("a   b"));
}

void TestPictureMetadata::writtenTwice_holdsTheSecond()
{
    QFETCH(int, format);
    PictureMetadata second = metadata();
    second.description = QStringLiteral("another");
    second.provenance = Json{{"schema", 2}};
    second.parameters.clear();
    const auto file = withMetadata(*tagged(PictureFormat(format)), second);
    QVERIFY(file);
    QCOMPARE(*readMetadata(*file), second);
}

void TestPictureMetadata::otherMetadata_stays()
{
    QByteArray plain = *encodePicture(sample(), PictureFormat::Png);
    plain.insert(33, pngChunk("tEXt", QByteArray("Author\0Ada", 10)));
    const auto file = withMetadata(plain, metadata());
    QTemporaryDir folder;
    QCOMPARE(tagOf(exifTool(saved(folder, *file, QStringLiteral("a.png"))), QStringLiteral("PNG"), QStringLiteral("Author")), QStringLiteral("Ada"));
}

void TestPictureMetadata::pngTexts_areThere()
{
    const QByteArray file = *tagged(PictureFormat::Png);
    QVERIFY(file.contains(QByteArray("tEXtparameters\0A cheerful poster\nSteps: 20", 42)));
    QVERIFY(file.contains("galley") && file.contains("\"schema\":1"));
    QVERIFY(file.indexOf("parameters") < file.indexOf("IDAT"));
    PictureMetadata data = metadata();
    data.parameters = QString::fromUtf8("春\nSteps: 1");
    QVERIFY(tagged(PictureFormat::Png, data)->contains(QByteArray(QByteArray("iTXtparameters\0\0\0\0\0", 19) + QByteArray("春\nSteps: 1"))));
    data.parameters.clear();
    QVERIFY(!tagged(PictureFormat::Png, data)->contains("parameters"));
}

void TestPictureMetadata::jpeg_leavesOutWhatHasNoRoom()
{
    PictureMetadata data = metadata();
    data.provenance["answer"] = std::string(50'000, '"');
    data.provenance["request"] = std::string(30'000, 'r');
    const QByteArray plain = *encodePicture(sample(), PictureFormat::Jpeg);
    QStringList left;
    const auto file = withMetadata(plain, data, &left);
    QVERIFY2(file, qPrintable(file ? QString() : file.error().detail));
    QCOMPARE(left, QStringList{QStringLiteral("answer")});
    QVERIFY(readMetadata(*file)->provenance.contains("request") && !readMetadata(*file)->provenance.contains("answer"));
    data.description = QString(200'000, u'<');
    left.clear();
    const auto full = withMetadata(plain, data, &left);
    QVERIFY(full && left.contains(QStringLiteral("prompt")) && left.contains(QStringLiteral("provenance")));
    QCOMPARE(readMetadata(*full)->routed, data.routed);
    // Everything fits elsewhere.
    for (const PictureFormat format : {PictureFormat::Png, PictureFormat::WebP, PictureFormat::Tiff}) {
        left.clear();
        const auto whole = withMetadata(*encodePicture(sample(), format), data, &left);
        QVERIFY(whole && left.isEmpty());
        QVERIFY(readMetadata(*whole)->provenance == data.provenance);
    }
}

void TestPictureMetadata::credentials_areSeen_data()
{
    written_isReadByBoth_data();
}

void TestPictureMetadata::credentials_areSeen()
{
    QFETCH(int, format);
    QVERIFY(!carriesCredentials(*encodePicture(sample(), PictureFormat(format))));
    QVERIFY(!carriesCredentials(*tagged(PictureFormat(format))));
    const QByteArray file = withCredentials(PictureFormat(format));
    QVERIFY(carriesCredentials(file));
    QVERIFY(decodeImage(file, QStringLiteral("signed")));
    // Cut anywhere: no crash, and whatever is said is said of the whole part that is there.
    for (qsizetype length = 0; length < file.size(); length += 7)
        carriesCredentials(file.left(length));
    QVERIFY(carriesCredentials(*encodePicture(sample(), PictureFormat(format)) + "<rdf:Description dcterms:provenance=\"https://c2pa.example/x\"/>"));
}

void TestPictureMetadata::credentials_areNeverTouched()
{
    for (const PictureFormat format : allPictureFormats()) {
        const auto file = withMetadata(withCredentials(format), metadata());
        QVERIFY(!file);
        QCOMPARE(file.error().code, ErrorCode::Unsupported);
    }
    QCOMPARE(withMetadata("GIF89a", metadata()).error().code, ErrorCode::Unsupported);
}

void TestPictureMetadata::sidecar_isReadByExifTool()
{
    const auto sidecar = metadataSidecar(metadata());
    QVERIFY(sidecar);
    QTemporaryDir folder;
    const Json tags = exifTool(saved(folder, *sidecar, QStringLiteral("picture.png.xmp")));
    QVERIFY(tags.is_object());
    QCOMPARE(tagOf(tags, QStringLiteral("XMP-iptcExt"), QStringLiteral("DigitalSourceType")), sourceTypeUri(SourceType::Composed));
    QVERIFY(Json::parse(tagOf(tags, QStringLiteral("XMP-galley"), QStringLiteral("Provenance")).toStdString()) == metadata().provenance);
}

void TestPictureMetadata::nothing_isNotFound()
{
    for (const PictureFormat format : allPictureFormats())
        QCOMPARE(readMetadata(*encodePicture(sample(), format)).error().code, ErrorCode::NotFound);
    QCOMPARE(readMetadata({}).error().code, ErrorCode::NotFound);
    QCOMPARE(readMetadata("GIF89a").error().code, ErrorCode::NotFound);
}

void TestPictureMetadata::cutFiles_areSentences()
{
    QFETCH(int, format);
    const QByteArray file = *tagged(PictureFormat(format));
    int refused = 0;
    for (qsizetype length = 0; length < file.size(); length += 1 + file.size() / 200) {
        const auto found = readMetadata(file.left(length));
        refused += !found;
        QVERIFY(found || found.error().message.endsWith(u'.'));
        const auto written = withMetadata(file.left(length), metadata());
        QVERIFY(written || written.error().message.endsWith(u'.'));
    }
    QVERIFY(refused > 0);
}

void TestPictureMetadata::manyThreads_atOnce()
{
    const QByteArray plain = *encodePicture(sample(), PictureFormat::Png);
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 20; ++i) {
                PictureMetadata data = metadata();
                data.seed = 100 * thread + i;
                const auto file = withMetadata(plain, data);
                good += file && readMetadata(*file)->seed == data.seed;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(good.load(), 80);
}

QTEST_GUILESS_MAIN(TestPictureMetadata)
#include "tst_picturemetadata.moc"
