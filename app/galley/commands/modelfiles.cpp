#include "app/galley/commands/modelfiles.h"

#include "core/base/yaml.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

QString shippedFile(const Paths &paths)
{
    return paths.resources + QStringLiteral("/models.yaml");
}

Finding unreadable(const QString &file, const Error &error)
{
    return {file, 0, {}, Severity::Error, errorCodeName(error.code), error.message, {}};
}

} // namespace

Result<QByteArray> readSmallFile(const QString &name, qint64 limit)
{
    QFile file(name);
    if (!QFileInfo(name).isFile())
        return fail(ErrorCode::NotFound, tr("There is no such file."));
    if (file.size() > limit)
        return fail(ErrorCode::TooLarge, tr("The file is %1 bytes long; the limit is %2.").arg(file.size()).arg(limit));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, tr("The file cannot be read: %1.").arg(file.errorString()));
    return file.read(limit);
}

ModelCatalogue loadCatalogue(const Paths &paths)
{
    const QString userFile = paths.config + QStringLiteral("/models.yaml");
    const auto shipped = readSmallFile(shippedFile(paths), YamlLimits().bytes);
    const auto users = QFileInfo::exists(userFile) ? readSmallFile(userFile, YamlLimits().bytes) : Result<QByteArray>();
    ModelCatalogue catalogue = readModelCatalogue(shipped.value_or(QByteArray()), users.value_or(QByteArray()), userFile);
    if (!shipped)
        catalogue.findings.prepend(unreadable(shippedFile(paths), shipped.error()));
    if (!users)
        catalogue.findings.prepend(unreadable(userFile, users.error()));
    return catalogue;
}

RoutePolicy loadRules(const Paths &paths, const ModelCatalogue &catalogue)
{
    const QString file = paths.config + QStringLiteral("/routes.yaml");
    if (!QFileInfo::exists(file))
        return {};
    const auto text = readSmallFile(file, YamlLimits().bytes);
    RoutePolicy policy = readRoutePolicy(text.value_or(QByteArray()), catalogue, file);
    if (!text)
        policy.findings.prepend(unreadable(file, text.error()));
    return policy;
}

QList<Finding> checkRules(const Paths &paths, const QString &file)
{
    const auto text = readSmallFile(file, YamlLimits().bytes);
    if (!text)
        return {unreadable(file, text.error())};
    return readRoutePolicy(*text, loadCatalogue(paths), file).findings;
}

QList<Finding> checkModels(const Paths &paths, const QString &file)
{
    const auto text = readSmallFile(file, YamlLimits().bytes);
    if (!text)
        return {unreadable(file, text.error())};
    return checkModelFile(readSmallFile(shippedFile(paths), YamlLimits().bytes).value_or(QByteArray()), *text, file);
}

} // namespace Galley
