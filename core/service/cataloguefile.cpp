#include "core/service/cataloguefile.h"

#include "core/base/log.h"
#include "core/base/yaml.h"
#include "core/service/localmodels.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace Galley {

namespace {

constexpr int settleMs = 150;

} // namespace

bool hasErrors(const ModelCatalogue &catalogue)
{
    return std::any_of(catalogue.findings.cbegin(), catalogue.findings.cend(),
                       [](const Finding &finding) { return finding.severity == Severity::Error; });
}

Result<QByteArray> readSmallFile(const QString &name, qint64 limit)
{
    const auto tr = [](const char *text) -> QString { return QCoreApplication::translate("Galley::CatalogueFile", text); };
    QFile file(name);
    if (!QFileInfo(name).isFile())
        return fail(ErrorCode::NotFound, tr("There is no such file."));
    if (file.size() > limit)
        return fail(ErrorCode::TooLarge, tr("The file is %1 bytes long; the limit is %2.").arg(file.size()).arg(limit));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, tr("The file cannot be read: %1.").arg(file.errorString()));
    return file.read(limit);
}

Finding unreadableFile(const QString &file, const Error &error)
{
    return {file, 0, {}, Severity::Error, errorCodeName(error.code), error.message, {}};
}

ModelCatalogue readCatalogue(const QString &shippedFile, const QString &userFile)
{
    const auto shipped = readSmallFile(shippedFile, YamlLimits().bytes);
    const auto user = QFileInfo::exists(userFile) ? readSmallFile(userFile, YamlLimits().bytes) : Result<QByteArray>();
    ModelCatalogue read = readModelCatalogue(shipped.value_or(QByteArray()), user.value_or(QByteArray()), userFile);
    if (!shipped)
        read.findings.prepend(unreadableFile(shippedFile, shipped.error()));
    if (!user)
        read.findings.prepend(unreadableFile(userFile, user.error()));
    return read;
}

CatalogueFile::CatalogueFile(const QString &shippedFile, const QString &userFile, QObject *parent)
    : QObject(parent)
    , m_shippedFile(shippedFile)
    , m_user(userFile, settleMs)
{
    connect(&m_user, &WatchedFile::changed, this, &CatalogueFile::reload);
    reload();
}

void CatalogueFile::reload()
{
    m_user.read(0);  // for the watch: what is written from here on is told
    ModelCatalogue read = readCatalogue(m_shippedFile, m_user.file());
    if (hasErrors(read) && m_hasGood) {
        const QList<Finding> findings = read.findings;
        read = m_written;
        read.findings = findings;
    }
    m_hasGood = m_hasGood || !hasErrors(read);
    if (read == m_written)
        return;
    m_written = read;
    for (const Finding &finding : std::as_const(m_written.findings))
        logMessage(LogLevel::Warning, QStringLiteral("%1:%2: %3").arg(finding.file).arg(finding.line).arg(finding.message));
    merge();
}

void CatalogueFile::setLocal(const QList<ModelEntry> &entries)
{
    if (entries == m_local)
        return;
    m_local = entries;
    merge();
}

void CatalogueFile::merge()
{
    m_catalogue = m_written;
    mergeLocalModels(m_catalogue, m_local);
    Q_EMIT changed();
}

} // namespace Galley
