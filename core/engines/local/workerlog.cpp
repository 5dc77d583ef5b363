#include "core/engines/local/workerlog.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

namespace Galley {

namespace {

constexpr qsizetype keptLines = 5;

} // namespace

WorkerLog::WorkerLog(const QString &file)
    : m_file(file)
{
    if (file.isEmpty())
        return;
    QDir().mkpath(QFileInfo(file).path());
    m_file.open(QIODevice::WriteOnly | QIODevice::Append);
}

QStringList WorkerLog::append(const QByteArray &bytes)
{
    QStringList lines;
    qsizetype start = 0;
    while (start < bytes.size()) {
        const qsizetype end = bytes.indexOf('\n', start);
        const qsizetype stop = end < 0 ? bytes.size() : end;
        m_partial += bytes.mid(start, std::min(stop - start, maxLineBytes - std::min(maxLineBytes, m_partial.size())));
        if (end < 0)
            break;
        lines += finish();
        start = end + 1;
    }
    return lines;
}

QStringList WorkerLog::finish()
{
    const QString line = QString::fromUtf8(m_partial).trimmed();
    m_partial.clear();
    if (line.isEmpty())
        return {};
    write(line);
    m_last.append(line);
    if (m_last.size() > keptLines)
        m_last.removeFirst();
    return {line};
}

void WorkerLog::write(const QString &line)
{
    if (!m_file.isOpen())
        return;
    if (m_file.size() > maxFileBytes) {
        const QString name = m_file.fileName();
        const QString older = name + QStringLiteral(".1");
        m_file.close();
        QFile::remove(older);
        QFile::rename(name, older);
        m_file.setFileName(name);
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append))
            return;
    }
    m_file.write(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toUtf8() + ' ' + line.toUtf8() + '\n');
    m_file.flush();
}

} // namespace Galley
