#include "core/imaging/imagefile.h"

#include <QBuffer>
#include <QColorSpace>
#include <QTest>

#include <lcms2.h>

#include <cmath>
#include <vector>

using namespace Galley;

/// Colours must not shift: profiles of files are honoured, and what was assumed is said.
class TestColorProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutProfile_isSrgbAndSaidSo();
    void embedded_isHonoured_data();
    void embedded_isHonoured();
    void tables_areHonoured();
    void grey_isHonoured();
    void broken_isASentence();
    void otherChannels_areASentence();
    void exported_carriesSrgb();
};

namespace {

QImage filled(const QColor &color, QImage::Format format = QImage::Format_RGB32)
{
    QImage image(24, 16, format);
    image.fill(color);
    return image;
}

QByteArray encoded(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format, 100);
    return bytes;
}

QByteArray saved(cmsHPROFILE profile)
{
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile, nullptr, &size);
    QByteArray bytes(qsizetype(size), '\0');
    cmsSaveProfileToMem(profile, bytes.data(), &size);
    cmsCloseProfile(profile);
    return bytes;
}

/// A profile of tables, as printers and scanners have them: red and blue change places.
QByteArray tableProfile(cmsColorSpaceSignature channels = cmsSigRgbData)
{
    const cmsHPROFILE srgb = cmsCreate_sRGBProfile();
    const cmsHPROFILE lab = cmsCreateLab4Profile(nullptr);
    const cmsHTRANSFORM toLab = cmsCreateTransform(srgb, TYPE_RGB_16, lab, TYPE_Lab_16, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);
    const cmsHPROFILE profile = cmsCreateProfilePlaceholder(nullptr);
    cmsSetProfileVersion(profile, 4.2);
    cmsSetDeviceClass(profile, channels == cmsSigRgbData ? cmsSigInputClass : cmsSigOutputClass);
    cmsSetColorSpace(profile, channels);
    cmsSetPCS(profile, cmsSigLabData);
    cmsMLU *text = cmsMLUalloc(nullptr, 1);
    cmsMLUsetASCII(text, "en", "US", "Swapped tables");
    cmsWriteTag(profile, cmsSigProfileDescriptionTag, text);
    cmsMLUfree(text);
    cmsWriteTag(profile, cmsSigMediaWhitePointTag, cmsD50_XYZ());
    const cmsUInt32Number inputs = channels == cmsSigRgbData ? 3 : 4;
    cmsPipeline *pipeline = cmsPipelineAlloc(nullptr, inputs, 3);
    cmsStage *table = cmsStageAllocCLut16bit(nullptr, 17 - 8 * (inputs - 3), inputs, 3, nullptr);
    cmsStageSampleCLut16bit(table, [](const cmsUInt16Number in[], cmsUInt16Number out[], void *transform) -> cmsInt32Number {
        const cmsUInt16Number swapped[3] = {in[2], in[1], in[0]};
        cmsDoTransform(transform, swapped, out, 1);
        return 1;
    }, toLab, 0);
    cmsPipelineInsertStage(pipeline, cmsAT_END, cmsStageAllocToneCurves(nullptr, inputs, nullptr));
    cmsPipelineInsertStage(pipeline, cmsAT_END, table);
    cmsPipelineInsertStage(pipeline, cmsAT_END, cmsStageAllocToneCurves(nullptr, 3, nullptr));
    cmsWriteTag(profile, cmsSigAToB0Tag, pipeline);
    cmsPipelineFree(pipeline);
    cmsDeleteTransform(toLab);
    cmsCloseProfile(srgb);
    cmsCloseProfile(lab);
    return saved(profile);
}

bool isNear(const QColor &a, const QColor &b, int by)
{
    return std::abs(a.red() - b.red()) <= by && std::abs(a.green() - b.green()) <= by && std::abs(a.blue() - b.blue()) <= by;
}

} // namespace

void TestColorProfile::withoutProfile_isSrgbAndSaidSo()
{
    QImage image = filled(QColor(12, 200, 99));
    image.setColorSpace({});
    const auto picture = decodePicture(encoded(image, "png"), QStringLiteral("plain.png"));
    QVERIFY(picture);
    QCOMPARE(picture->profile, (ColorProfile{QStringLiteral("sRGB"), false, {}}));
    QCOMPARE(picture->image.pixelColor(3, 3), QColor(12, 200, 99));
    QVERIFY(profileSentence(picture->profile).contains(QLatin1String("assumed")));
}

void TestColorProfile::embedded_isHonoured_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QColorSpace::NamedColorSpace>("space");
    QTest::addColumn<QString>("name");
    for (const char *format : {"png", "jpeg", "webp", "tiff"}) {
        QTest::addRow("%s, Adobe RGB", format) << QByteArray(format) << QColorSpace::AdobeRgb << QStringLiteral("Adobe");
        QTest::addRow("%s, Display P3", format) << QByteArray(format) << QColorSpace::DisplayP3 << QStringLiteral("P3");
        QTest::addRow("%s, sRGB", format) << QByteArray(format) << QColorSpace::SRgb << QStringLiteral("sRGB");
    }
}

void TestColorProfile::embedded_isHonoured()
{
    QFETCH(QByteArray, format);
    QFETCH(QColorSpace::NamedColorSpace, space);
    QFETCH(QString, name);
    const QColor color(180, 90, 60);  // inside of sRGB
    QImage image = filled(color);
    image.setColorSpace(QColorSpace::SRgb);
    image.convertToColorSpace(space);
    const bool differs = space != QColorSpace::SRgb;
    QCOMPARE(!isNear(image.pixelColor(3, 3), color, 4), differs);
    const auto picture = decodePicture(encoded(image, format.constData()), QStringLiteral("tagged"));
    QVERIFY(picture);
    QVERIFY2(isNear(picture->image.pixelColor(3, 3), color, 4), qPrintable(picture->image.pixelColor(3, 3).name()));
    QVERIFY(picture->profile.isEmbedded && picture->profile.problem.isEmpty());
    QVERIFY2(picture->profile.name.contains(name), qPrintable(picture->profile.name));
    QVERIFY(profileSentence(picture->profile).contains(picture->profile.name));
}

void TestColorProfile::tables_areHonoured()
{
    for (const QImage::Format format : {QImage::Format_RGB32, QImage::Format_ARGB32}) {
        QImage image = filled(QColor(200, 100, 30, format == QImage::Format_ARGB32 ? 128 : 255), format);
        image.setColorSpace(QColorSpace::fromIccProfile(tableProfile()));
        QVERIFY(!image.colorSpace().isValid());  // else Qt has learned it, and this test tests nothing
        const ColorProfile profile = convertToSrgb(image);
        QCOMPARE(profile.name, QStringLiteral("Swapped tables"));
        QVERIFY(profile.isEmbedded && profile.problem.isEmpty());
        QVERIFY2(isNear(image.pixelColor(3, 3), QColor(30, 100, 200), 8), qPrintable(image.pixelColor(3, 3).name()));
        QCOMPARE(image.pixelColor(3, 3).alpha(), format == QImage::Format_ARGB32 ? 128 : 255);
    }
}

void TestColorProfile::grey_isHonoured()
{
    cmsToneCurve *curve = cmsBuildGamma(nullptr, 1.0);
    const QByteArray linear = saved(cmsCreateGrayProfile(cmsD50_xyY(), curve));
    cmsFreeToneCurve(curve);
    QImage image = filled(QColor(64, 64, 64), QImage::Format_Grayscale8);
    image.setColorSpace(QColorSpace::fromIccProfile(linear));
    const ColorProfile profile = convertToSrgb(image);
    QVERIFY(profile.isEmbedded && profile.problem.isEmpty());
    QVERIFY2(isNear(image.pixelColor(3, 3), QColor(137, 137, 137), 3), qPrintable(image.pixelColor(3, 3).name()));  // 25 % of the light
}

void TestColorProfile::broken_isASentence()
{
    QImage image = filled(QColor(200, 100, 30));
    image.setColorSpace(QColorSpace::fromIccProfile(QByteArray(200, 'x')));
    const ColorProfile profile = convertToSrgb(image);
    QVERIFY(profile.isEmbedded && profile.problem.endsWith(u'.'));
    QCOMPARE(image.pixelColor(3, 3), QColor(200, 100, 30));
    QCOMPARE(profileSentence(profile), profile.problem);
}

void TestColorProfile::otherChannels_areASentence()
{
    QImage image = filled(QColor(200, 100, 30));
    image.setColorSpace(QColorSpace::fromIccProfile(tableProfile(cmsSigCmykData)));
    const ColorProfile profile = convertToSrgb(image);
    QVERIFY(profile.problem.contains(QLatin1String("Swapped tables")));
    QCOMPARE(image.pixelColor(3, 3), QColor(200, 100, 30));
}

void TestColorProfile::exported_carriesSrgb()
{
    QVERIFY(QColorSpace::fromIccProfile(srgbProfile()) == QColorSpace(QColorSpace::SRgb));
}

QTEST_GUILESS_MAIN(TestColorProfile)
#include "tst_colorprofile.moc"
