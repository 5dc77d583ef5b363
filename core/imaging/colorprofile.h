#pragma once

#include <QImage>
#include <QString>

namespace Galley {

/// What a picture said about its colours.
struct ColorProfile
{
    QString name;              ///< "Adobe RGB (1998)"; "sRGB" where the file has no profile
    bool isEmbedded = false;   ///< false: sRGB was assumed
    QString problem;           ///< a sentence when the profile could not be honoured: colours may be off

    bool operator==(const ColorProfile &) const = default;
};

/// Brings \a image, as a decoder made it, to sRGB: by Qt where it knows the kind of profile, else by LittleCMS (tables, grey). The image has no colour
/// space afterwards. Thread-safe.
ColorProfile convertToSrgb(QImage &image);

/// One sentence for people: which profile was honoured, or that sRGB was assumed.
QString profileSentence(const ColorProfile &profile);

/// The sRGB profile that exported pictures carry.
QByteArray srgbProfile();

} // namespace Galley
