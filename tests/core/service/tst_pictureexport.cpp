#include "core/imaging/imagefile.h"
#include "core/review/score.h"
#include "core/service/pictureexport.h"
#include "core/settings/settings.h"
#include "tests/support/exiftool.h"
#include "tests/support/verifyresult.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

/// Pictures as they leave the library: what is in the file, what lies beside it, and what must not be there.
class TestPictureExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exported_isReadByExifTool_data();
    void exported_isReadByExifTool();
    void original_keepsItsPixels();
    void otherFormat_isEncodedAnew();
    void switchedOff_writesNothing_data() { exported_isReadByExifTool_data(); }
    void switchedOff_writesNothing();
    void claimedScores_areLeftOut();
    void signed_keepsItsBytes();
    void signed_inAnotherFormat_isSaid();
    void sourceType_saysHowItWasMade_data();
    void sourceType_saysHowItWasMade();
    void parameters_areThoseOfOtherTools();
    void paths_areTakenOut_data();
    void paths_areTakenOut();
    void noPathInAnyFile_data() { exported_isReadByExifTool_data(); }
    void noPathInAnyFile();
    void settings_andEnding_choose();
    void damagedOriginal_isASentence();
    void unwritable_isASentence();

private:
    void verifyScores(const Json &tags);
};

namespace {

QImage picture(const QColor &color = QColor(0xC0, 0x39, 0x2B))
{
    QImage image(80, 100, QImage::Format_RGB32);
    image.fill(color);
    for (int i = 0; i < 80; ++i)
        image.setPixelColor(i, i, QColor(3 * i, 0, 255 - 3 * i));
    return image;
}

AssetRecord record()
{
    AssetRecord asset;
    asset.id = 5;
    asset.mediaType = "image/png";
    asset.size = {80, 100};
    asset.createdAt = QDateTime({2026, 11, 25}, {20, 30, 15}, Qt::UTC);
    asset.templateName = QStringLiteral("Spring market");
    asset.requestedModel = QStringLiteral("poster");
    asset.routedModel = QStringLiteral("ideogram-4");
    asset.servedModel = QStringLiteral("ideogram-4-2026-10");
    asset.revision = QStringLiteral("r7");
    asset.seed = 42;
    asset.prompt = QStringLiteral("A poster, red and/or green");
    asset.provenance = {{"schema", 1},
                        {"routed", "ideogram-4"},
                        {"decision", {{"rule", "posters"}, {"reasons", {"because"}}}},
                        {"request", {{"prompt", "A poster, red and/or green"}, {"negative", "blur, noise"}, {"guidance", 7.5}}},
                        {"steps", 20},
                        {"cost_usd", 0.06}};
    return asset;
}

/// As the library keeps them, the last one from a version that this one does not know.
QList<PictureScore> scores()
{
    Score sharpness;
    sharpness.kind = ScoreKind::Sharpness;
    sharpness.value = 0.75;
    sharpness.raw = 75.5;
    sharpness.unit = QStringLiteral("%");
    sharpness.said = {saidAs(QStringLiteral("Ein Satz in einer Sprache."))};
    PictureScore stored = *storedScore(sharpness);
    stored.detail["by"] = "Galley 0.0.9";
    return {stored, {QStringLiteral("beauty"), 0.5, Json()}};
}

QByteArray file(PictureFormat format)
{
    return *encodePicture(picture(), format);
}

QByteArray signedFile()
{
    // A JPEG with a JUMBF box in APP11.
    return file(PictureFormat::Jpeg).insert(2, QByteArray::fromHex("ffeb0012") + QByteArray("JP\0\1\0\0\0\1jumbc2pa", 16));
}

QByteArray contentOf(const QString &name)
{
    QFile in(name);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

} // namespace

/// Name, value and what measured it, in a list of their own and among everything else; nothing else has changed.
void TestPictureExport::verifyScores(const Json &tags)
{
    const Json provenance = Json::parse(tagOf(tags, QStringLiteral("XMP-galley"), QStringLiteral("Provenance")).toStdString(), nullptr, false);
    QVERIFY(provenance.is_object());
    Json without = provenance;
    without.erase("scores");
    QVERIFY(without == record().provenance);
    const Json expected = Json::array({{{"name", "sharpness"},
                                        {"value", 0.75},
                                        {"measured", 75.5},
                                        {"unit", "%"},
                                        {"method", scoreMethod(ScoreKind::Sharpness).toStdString()},
                                        {"measured_by", "Galley 0.0.9"}},
                                       {{"name", "beauty"}, {"value", 0.5}, {"method", nullptr}, {"measured_by", "Galley"}}});
    QVERIFY2(provenance.value("scores", Json()) == expected, dumpJson(provenance.value("scores", Json())).constData());
    const Json list = tags.value("XMP-galley:Scores", Json());
    QVERIFY2(list == Json::array({"sharpness 0.750 (" + scoreMethod(ScoreKind::Sharpness).toStdString() + "; Galley 0.0.9)", "beauty 0.500 (Galley)"}),
             list.dump().c_str());
}

void TestPictureExport::exported_isReadByExifTool_data()
{
    QTest::addColumn<int>("format");
    for (const PictureFormat format : allPictureFormats())
        QTest::newRow(qPrintable(pictureFormatName(format))) << int(format);
}

void TestPictureExport::exported_isReadByExifTool()
{
    QFETCH(int, format);
    QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("poster.") + pictureFormatSuffix(PictureFormat(format)));
    ExportOptions options;
    options.format = PictureFormat(format);
    const auto exported = exportPicture({record(), file(PictureFormat::Png), picture(Qt::blue), scores()}, name, options);
    QVERIFY2(exported, qPrintable(exported ? QString() : exported.error().message));
    QVERIFY(exported->isEmpty());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    const Json tags = exifTool(name);
    QVERIFY2(tags.is_object(), "exiftool (libimage-exiftool-perl) is missing");
    QCOMPARE(tagOf(tags, QStringLiteral("XMP-iptcExt"), QStringLiteral("DigitalSourceType")), sourceTypeUri(SourceType::Composed));
    QCOMPARE(tagOf(tags, QStringLiteral("XMP-dc"), QStringLiteral("Description")), record().prompt);
    QVERIFY(tagOf(tags, QStringLiteral("XMP-xmp"), QStringLiteral("CreatorTool")).startsWith(QLatin1String("Galley ")));
    verifyScores(tags);
    if (QTest::currentTestFailed())
        return;
    if (PictureFormat(format) == PictureFormat::Png)
        QCOMPARE(tagOf(tags, QStringLiteral("PNG"), QStringLiteral("Galley")), tagOf(tags, QStringLiteral("XMP-galley"), QStringLiteral("Provenance")));
    QVERIFY(tagOf(tags, QStringLiteral("ICC"), QStringLiteral("ProfileDescription")).contains(QLatin1String("sRGB")));
    const auto decoded = decodePicture(contentOf(name), name);
    QVERIFY(decoded && decoded->profile.isEmbedded);
    QCOMPARE(decoded->image.size(), picture().size());
}

void TestPictureExport::original_keepsItsPixels()
{
    for (const PictureFormat format : allPictureFormats()) {
        ExportOptions options;
        options.format = format;
        const auto exported = makeExport({record(), file(format), {}}, options);
        QVERIFY(exported);
        QVERIFY(exported->file != file(format));  // it has metadata now …
        QCOMPARE(*decodeImage(exported->file, {}), *decodeImage(file(format), {}));  // … and was not encoded a second time
        QCOMPARE(readMetadata(exported->file)->source, SourceType::Generated);
    }
}

void TestPictureExport::otherFormat_isEncodedAnew()
{
    ExportOptions options;
    options.format = PictureFormat::Tiff;
    const auto exported = makeExport({record(), file(PictureFormat::Png), {}}, options);
    QVERIFY(exported);
    QCOMPARE(pictureFormatOf(exported->file), std::optional(PictureFormat::Tiff));
    QCOMPARE(decodeImage(exported->file, {})->convertToFormat(QImage::Format_RGB32), picture());
}

void TestPictureExport::switchedOff_writesNothing()
{
    QFETCH(int, format);
    ExportOptions options;
    options.format = PictureFormat(format);
    options.metadata = false;
    options.parameters = true;
    const auto composed = makeExport({record(), file(PictureFormat::Png), picture(Qt::blue), scores()}, options);
    QCOMPARE(composed->file, *encodePicture(picture(Qt::blue), options.format, options.quality));
    QVERIFY(!composed->file.contains("Galley") && !composed->file.contains("poster") && !composed->file.contains("sharpness"));
    QCOMPARE(makeExport({record(), file(PictureFormat(format)), {}}, options)->file, file(PictureFormat(format)));
    QVERIFY(makeExport({record(), signedFile(), {}, scores()}, options)->sidecarXmp.isEmpty());
}

/// Whatever an imported picture says was measured of it.
void TestPictureExport::claimedScores_areLeftOut()
{
    const ExportOptions options{.format = PictureFormat::Png};
    const auto honest = makeExport({record(), file(PictureFormat::Png), picture(Qt::blue), scores()}, options);
    VERIFY_RESULT(honest);
    for (const Json &claim : {Json{{"text", 1}}, Json("all perfect"), Json::array({1, 2}), Json(nullptr)}) {
        AssetRecord imported = record();
        imported.provenance["scores"] = claim;
        const auto exported = makeExport({imported, file(PictureFormat::Png), picture(Qt::blue), scores()}, options);
        VERIFY_RESULT(exported);
        QCOMPARE(exported->file, honest->file);
    }
}

void TestPictureExport::signed_keepsItsBytes()
{
    QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("poster.jpg"));
    ExportOptions options;
    options.format = PictureFormat::Jpeg;
    options.parameters = true;
    const auto exported = exportPicture({record(), signedFile(), {}, scores()}, name, options);
    QVERIFY(exported);
    QCOMPARE(exported->size(), 1);
    QCOMPARE(contentOf(name), signedFile());
    const Json tags = exifTool(name + QStringLiteral(".xmp"));
    verifyScores(tags);
    if (QTest::currentTestFailed())
        return;
    QVERIFY(Json::parse(contentOf(name + QStringLiteral(".json")).toStdString())
            == Json::parse(tagOf(tags, QStringLiteral("XMP-galley"), QStringLiteral("Provenance")).toStdString()));
    QCOMPARE(tagOf(tags, QStringLiteral("XMP-iptcExt"), QStringLiteral("DigitalSourceType")), sourceTypeUri(SourceType::Generated));
    QCOMPARE(tagOf(tags, QStringLiteral("XMP-galley"), QStringLiteral("Served")), record().servedModel);
}

void TestPictureExport::signed_inAnotherFormat_isSaid()
{
    ExportOptions options;
    options.format = PictureFormat::Png;
    for (const QImage &image : {QImage(), picture(Qt::blue)}) {
        const auto exported = makeExport({record(), signedFile(), image}, options);
        QVERIFY(exported && exported->sidecarXmp.isEmpty());
        QCOMPARE(exported->notices.size(), 1);
        QVERIFY(readMetadata(exported->file));
    }
}

void TestPictureExport::sourceType_saysHowItWasMade_data()
{
    QTest::addColumn<QByteArray>("edit");
    QTest::addColumn<bool>("isComposed");
    QTest::addColumn<int>("expected");
    QTest::newRow("made from words") << QByteArray("null") << false << int(SourceType::Generated);
    QTest::newRow("from its own draft") << QByteArray(R"({"start":"draft"})") << false << int(SourceType::Generated);
    QTest::newRow("from a person's file") << QByteArray(R"({"start":"file"})") << false << int(SourceType::Edited);
    QTest::newRow("parts of another one") << QByteArray(R"({"start":"library"})") << false << int(SourceType::Edited);
    QTest::newRow("text laid over it") << QByteArray("null") << true << int(SourceType::Composed);
    QTest::newRow("strange") << QByteArray("[1]") << false << int(SourceType::Generated);
}

void TestPictureExport::sourceType_saysHowItWasMade()
{
    QFETCH(QByteArray, edit);
    QFETCH(bool, isComposed);
    QFETCH(int, expected);
    AssetRecord asset = record();
    asset.provenance["edit"] = Json::parse(edit.toStdString());
    QCOMPARE(int(metadataOf(asset, isComposed).source), expected);
    asset.provenance = Json();
    metadataOf(asset, isComposed, true);
}

void TestPictureExport::parameters_areThoseOfOtherTools()
{
    QVERIFY(metadataOf(record(), false).parameters.isEmpty());
    const QStringList lines = metadataOf(record(), false, true).parameters.split(u'\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0], record().prompt);
    QCOMPARE(lines[1], QStringLiteral("Negative prompt: blur, noise"));
    QVERIFY2(lines[2].startsWith(QLatin1String("Steps: 20, CFG scale: 7.5, Seed: 42, Size: 80x100, Model: ideogram-4-2026-10, Version: Galley ")), qPrintable(lines[2]));
}

void TestPictureExport::paths_areTakenOut_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("home") << QStringLiteral("/home/ada/pictures/secret.png could not be read") << QStringLiteral("(path) could not be read");
    QTest::newRow("quoted") << QStringLiteral("the image \"/Users/ada/x.png\" is missing") << QStringLiteral("the image \"(path)\" is missing");
    QTest::newRow("file link") << QStringLiteral("see file:///tmp/galley/x.png.") << QStringLiteral("see (path)");
    QTest::newRow("Windows") << QStringLiteral("C:\\Users\\ada\\x.png and D:/work/y.png") << QStringLiteral("(path) and (path)");
    QTest::newRow("share") << QStringLiteral("from \\\\server\\share\\x.png") << QStringLiteral("from (path)");
    QTest::newRow("spaces") << QStringLiteral("/home/ada/My Pictures/the last one.png is missing") << QStringLiteral("(path) is missing");
    QTest::newRow("spaces in quotes") << QStringLiteral("\"/home/ada/My Pictures/the last one\" is missing") << QStringLiteral("\"(path)\" is missing");
    QTest::newRow("spaces, Windows") << QStringLiteral("C:\\Users\\Ada Lovelace\\a b.png, altered") << QStringLiteral("(path), altered");
    QTest::newRow("name of a machine") << QStringLiteral("see file://nas.local/home/ada/x.png") << QStringLiteral("see (path)");
    QTest::newRow("two") << QStringLiteral("/tmp/a.png and /tmp/b.png") << QStringLiteral("(path) and (path)");
    QTest::newRow("own home") << QDir::homePath() + QStringLiteral("/x/y.png") << QStringLiteral("(path)");
    QTest::newRow("another folder") << QStringLiteral("/dev/shm/client/secret.png") << QStringLiteral("(path)");
    QTest::newRow("another folder, spaces") << QStringLiteral("/nas/Client A/the last one.png") << QStringLiteral("(path)");
    for (const char *harmless : {"red and/or green", "https://api.example/home/v1/images", "a 1/2 scale, 16:9", "C: the language", "/ slash", "a house (home/garden)",
                                 "image/png", "w/ home/made jam"}) {
        QTest::newRow(harmless) << QString::fromLatin1(harmless) << QString::fromLatin1(harmless);
    }
}

void TestPictureExport::paths_areTakenOut()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const Json found = withoutLocalPaths(Json{{"list", {text.toStdString(), 1, nullptr}}});
    QCOMPARE(toQString(found["list"][0]), expected);
    QVERIFY(found["list"][1] == 1 && found["list"][2].is_null());
}

void TestPictureExport::noPathInAnyFile()
{
    QFETCH(int, format);
    AssetRecord asset = record();
    asset.prompt += QStringLiteral(" as in /home/ada/canary-folder/x.png");
    asset.templateName = QStringLiteral("/home/ada/canary-folder/spring.galley");
    asset.provenance["request"]["negative"] = "/home/ada/canary-folder/z.png";
    asset.provenance["request"]["prompt"] = asset.prompt.toStdString();
    asset.provenance["attempts"] = {{{"message", "/home/ada/canary-folder/y.png cannot be read."}}};
    ExportOptions options;
    options.format = PictureFormat(format);
    options.parameters = true;
    const auto exported = makeExport({asset, file(options.format), {}}, options);
    QVERIFY(exported && !exported->file.contains("canary-folder"));
    QVERIFY(!exported->file.contains(QByteArray("c\0a\0n\0a\0r\0y\0", 12)) && !exported->file.contains(QByteArray("\0c\0a\0n\0a\0r\0y", 12)));
    options.format = PictureFormat::Jpeg;
    const auto beside = makeExport({asset, signedFile(), {}}, options);
    QVERIFY(!beside->sidecarXmp.isEmpty() && !beside->sidecarXmp.contains("canary-folder") && !beside->sidecarJson.contains("canary-folder"));
}

void TestPictureExport::settings_andEnding_choose()
{
    QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("galley.conf")));
    ExportOptions expected;
    expected.format = PictureFormat::Jpeg;
    QCOMPARE(exportOptions(settings, QStringLiteral("/x/poster.JPEG")), expected);
    settings.libraryMetadata.set(false);
    settings.libraryA1111.set(true);
    expected = {PictureFormat::Png, 92, false, true};
    QCOMPARE(exportOptions(settings, QStringLiteral("/x/poster")), expected);
}

void TestPictureExport::damagedOriginal_isASentence()
{
    ExportOptions options;
    options.format = PictureFormat::WebP;
    for (const QByteArray &bytes : {QByteArray(), QByteArray("no picture"), file(PictureFormat::Png).left(60)}) {
        const auto exported = makeExport({record(), bytes, {}}, options);
        QVERIFY(!exported && exported.error().message.endsWith(u'.'));
    }
}

void TestPictureExport::unwritable_isASentence()
{
    const auto exported = exportPicture({record(), file(PictureFormat::Png), {}}, QStringLiteral("/no-such-folder/poster.png"), {});
    QVERIFY(!exported);
    QCOMPARE(exported.error().code, ErrorCode::Io);
    QVERIFY(exported.error().message.contains(QLatin1String("poster.png")));
}

QTEST_GUILESS_MAIN(TestPictureExport)
#include "tst_pictureexport.moc"
