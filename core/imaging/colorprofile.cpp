#include "core/imaging/colorprofile.h"

#include <QColorSpace>
#include <QCoreApplication>

#include <lcms2.h>

#include <memory>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ColorProfile", text);
}

struct Closer
{
    void operator()(void *profile) const { cmsCloseProfile(profile); }
};
struct TransformCloser
{
    void operator()(void *transform) const { cmsDeleteTransform(transform); }
};
using Profile = std::unique_ptr<void, Closer>;
using Transform = std::unique_ptr<void, TransformCloser>;

QString descriptionOf(cmsHPROFILE profile)
{
    const cmsUInt32Number bytes = cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", nullptr, 0);
    if (bytes == 0 || bytes > 1000)
        return {};
    QByteArray text(qsizetype(bytes), '\0');
    cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", text.data(), bytes);
    return QString::fromLatin1(text.constData()).simplified();
}

/// By tables and other kinds of profile that Qt does not know. False when \a profile is none or is made for other channels.
bool convertByTables(QImage &image, cmsHPROFILE profile)
{
    const Profile srgb(cmsCreate_sRGBProfile());
    const bool isGrey = cmsGetColorSpace(profile) == cmsSigGrayData;
    if (!srgb || (!isGrey && cmsGetColorSpace(profile) != cmsSigRgbData) || (isGrey && !image.isGrayscale()))
        return false;
    const QImage straight = image.convertToFormat(QImage::Format_RGBA8888);
    const QImage source = isGrey ? image.convertToFormat(QImage::Format_Grayscale8) : straight;
    const Transform transform(cmsCreateTransform(profile, isGrey ? TYPE_GRAY_8 : TYPE_RGBA_8, srgb.get(), TYPE_RGBA_8,
                                                 INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_BLACKPOINTCOMPENSATION));
    if (!transform)
        return false;
    QImage converted = straight;  // keeps the transparency, which LittleCMS leaves alone
    for (int y = 0; y < converted.height(); ++y)
        cmsDoTransform(transform.get(), source.constScanLine(y), converted.scanLine(y), cmsUInt32Number(converted.width()));
    image = converted;
    return true;
}

} // namespace

ColorProfile convertToSrgb(QImage &image)
{
    const QColorSpace space = image.colorSpace();
    const QByteArray icc = space.iccProfile();
    ColorProfile found{QStringLiteral("sRGB"), false, {}};
    if (space.isValid()) {
        found.isEmbedded = true;
        found.name = space.description().simplified();
        if (space != QColorSpace(QColorSpace::SRgb))
            image.convertToColorSpace(QColorSpace(QColorSpace::SRgb));
    } else if (!icc.isEmpty()) {
        found.isEmbedded = true;
        const Profile profile(cmsOpenProfileFromMem(icc.constData(), cmsUInt32Number(icc.size())));
        found.name = profile ? descriptionOf(profile.get()) : QString();
        if (!profile || !convertByTables(image, profile.get())) {
            found.problem = tr("The picture's colour profile (%1) cannot be honoured here; sRGB is assumed and its colours may be off. Convert it to sRGB "
                               "where it was made.").arg(found.name.isEmpty() ? tr("damaged") : found.name);
        }
    }
    if (found.name.isEmpty())
        found.name = tr("without a name");
    image.setColorSpace(QColorSpace());
    return found;
}

QString profileSentence(const ColorProfile &profile)
{
    if (!profile.problem.isEmpty())
        return profile.problem;
    return profile.isEmbedded ? tr("Shown by its embedded profile: %1.").arg(profile.name) : tr("It has no colour profile: sRGB is assumed.");
}

QByteArray srgbProfile()
{
    return QColorSpace(QColorSpace::SRgb).iccProfile();
}

} // namespace Galley
