#include "core/base/paths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace Galley {

namespace {

QString xdg(QStandardPaths::StandardLocation location)
{
    return QStandardPaths::writableLocation(location) + QStringLiteral("/galley");
}

/// Beside an installed binary (bin/../share/galley), else the source tree that this build came from.
QString findResources(const QString &binaryDir)
{
    const QString installed = QDir::cleanPath(binaryDir + QStringLiteral("/../share/galley"));
    if (QFileInfo::exists(installed + QStringLiteral("/models")))
        return installed;
    QDir dir(binaryDir);
    while (!dir.isRoot() && dir.cdUp()) {
        const QString candidate = dir.filePath(QStringLiteral("resources"));
        if (QFileInfo::exists(candidate + QStringLiteral("/models")))
            return candidate;
    }
    return installed;
}

} // namespace

Paths Paths::fromEnvironment()
{
    Paths paths;
    const QString home = qEnvironmentVariable("GALLEY_HOME");
    if (home.isEmpty()) {
        paths.config = xdg(QStandardPaths::GenericConfigLocation);
        paths.data = xdg(QStandardPaths::GenericDataLocation);
        paths.cache = xdg(QStandardPaths::GenericCacheLocation);
    } else {
        const QString root = QDir(home).absolutePath();
        paths.config = root + QStringLiteral("/config");
        paths.data = root + QStringLiteral("/data");
        paths.cache = root + QStringLiteral("/cache");
    }
    const QString binaryDir = QCoreApplication::applicationDirPath();
    paths.resources = qEnvironmentVariable("GALLEY_RESOURCES");
    if (paths.resources.isEmpty())
        paths.resources = findResources(binaryDir);
    paths.worker = qEnvironmentVariable("GALLEY_WORKER");
    if (paths.worker.isEmpty())
        paths.worker = binaryDir + QStringLiteral("/galley-worker");
    return paths;
}

} // namespace Galley
