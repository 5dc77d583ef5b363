#pragma once

#include <QString>

namespace Galley {

/// The environment variable that comes before the keychain's key \a name: "GALLEY_KEY_STUDIO", with everything but letters and digits as "_".
inline QString keyVariable(const QString &name)
{
    QString result = QStringLiteral("GALLEY_KEY_");
    for (const QChar c : name.toUpper())
        result += (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ? c : QChar(u'_');
    return result;
}

} // namespace Galley
