#include "core/service/cataloguefile.h"

#include "core/base/log.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <optional>

namespace Galley {

namespace {

constexpr int settleMs = 150;
constexpr qint64 mostBytes = 4 << 20;

/// The text of \a file; nothing when it cannot be read. A file that does not exist is empty.
std::optional<QByteArray> textOf(const QString &file)
{
    QFile source(file);
    if (!source.exists())
        return QByteArray();
    if (source.size() > mostBytes || !source.open(QIODevice::ReadOnly))
        return std::nullopt;
    return source.read(mostBytes);
}

Finding unreadable(const QString &file)
{
    Finding finding;
    finding.file = file;
    finding.severity = Severity::Error;
    finding.code = QStringLiteral("unreadable");
    finding.message = QCoreApplication::translate("Galley::CatalogueFile", "%1 cannot be read, or is larger than 4 MB.").arg(file);
    return finding;
}

} // namespace

bool hasErrors(const ModelCatalogue &catalogue)
{
    return std::any_of(catalogue.findings.cbegin(), catalogue.findings.cend(),
                       [](const Finding &finding) { return finding.severity == Severity::Error; });
}

CatalogueFile::CatalogueFile(const QString &shippedFile, const QString &userFile, QObject *parent)
    : QObject(parent)
    , m_shippedFile(shippedFile)
    , m_userFile(userFile)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleMs);
    connect(&m_settle, &QTimer::timeout, this, &CatalogueFile::reload);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settle, qOverload<>(&QTimer::start));
    reload();
}

void CatalogueFile::reload()
{
    watch();
    const auto shipped = textOf(m_shippedFile);
    const auto user = textOf(m_userFile);
    ModelCatalogue read = readModelCatalogue(shipped.value_or(QByteArray()), user.value_or(QByteArray()), m_userFile);
    if (!shipped || shipped->isEmpty())
        read.findings.append(unreadable(m_shippedFile));
    if (!user)
        read.findings.append(unreadable(m_userFile));
    if (hasErrors(read) && m_hasGood) {
        const QList<Finding> findings = read.findings;
        read = m_catalogue;
        read.findings = findings;
    }
    m_hasGood = m_hasGood || !hasErrors(read);
    if (read == m_catalogue)
        return;
    m_catalogue = read;
    for (const Finding &finding : std::as_const(m_catalogue.findings))
        logMessage(LogLevel::Warning, QStringLiteral("%1:%2: %3").arg(finding.file).arg(finding.line).arg(finding.message));
    Q_EMIT changed();
}

/// Editors replace the file, which ends the watch on it; the folder tells of the new one.
void CatalogueFile::watch()
{
    for (const QString &path : {m_userFile, QFileInfo(m_userFile).path()}) {
        if (QFileInfo::exists(path) && !m_watcher.files().contains(path) && !m_watcher.directories().contains(path))
            m_watcher.addPath(path);
    }
}

} // namespace Galley
