#include "core/composition/scene.h"

#include <QDir>
#include <QFontDatabase>

namespace Galley {

QStringList loadBundledFonts(const QString &resources)
{
    static const QStringList families = [&] {
        QStringList result;
        const QDir dir(resources + QStringLiteral("/fonts"));
        for (const QString &name : dir.entryList({QStringLiteral("*.otf"), QStringLiteral("*.ttf")}, QDir::Files, QDir::Name)) {
            const int id = QFontDatabase::addApplicationFont(dir.filePath(name));
            for (const QString &family : id < 0 ? QStringList() : QFontDatabase::applicationFontFamilies(id)) {
                if (!result.contains(family))
                    result.append(family);
            }
        }
        return result;
    }();
    return families;
}

} // namespace Galley
