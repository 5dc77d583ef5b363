#include "core/service/routejournal.h"

#include "core/base/async.h"
#include "core/base/digest.h"
#include "core/base/durable.h"
#include "core/base/json.h"
#include "core/base/log.h"

#include <QDir>
#include <QFile>
#include <QUuid>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

namespace Galley {

namespace {

constexpr int settleMs = 15;
constexpr qint64 mostBytes = 64 << 20;
constexpr qint64 mostTextBytes = 1 << 20;

Json timeJson(const QDateTime &time)
{
    return Json(time.toUTC().toString(Qt::ISODateWithMs).toStdString());
}

QString textOf(const Json &object, const char *name)
{
    return object.contains(name) && object[name].is_string() ? toQString(object[name]) : QString();
}

qint64 numberOf(const Json &object, const char *name)
{
    return object.contains(name) && object[name].is_number_integer() ? object[name].get<qint64>() : 0;
}

Json revisionJson(const RevisionRow &row)
{
    return {{"number", row.number},
            {"digest", row.digest.toStdString()},
            {"at", timeJson(row.at)},
            {"author", row.author.toStdString()},
            {"note", row.note.toStdString()},
            {"origin", row.origin.toStdString()},
            {"put_back", row.putBack}};
}

RevisionRow revisionFrom(const Json &json)
{
    return {.number = numberOf(json, "number"),
            .digest = textOf(json, "digest"),
            .at = QDateTime::fromString(textOf(json, "at"), Qt::ISODateWithMs),
            .author = textOf(json, "author"),
            .note = textOf(json, "note"),
            .origin = textOf(json, "origin"),
            .putBack = numberOf(json, "put_back")};
}

Json canaryJson(const CanaryRow &row)
{
    return {{"rule", row.rule.toStdString()},   {"candidate", row.candidate.toStdString()}, {"phase", row.phase.toStdString()}, {"step", row.step},
            {"state", row.state.toStdString()}, {"since_job", row.sinceJob},                {"serial", row.serial}};
}

CanaryRow canaryFrom(const Json &json)
{
    return {.rule = textOf(json, "rule"),
            .candidate = textOf(json, "candidate"),
            .phase = textOf(json, "phase"),
            .step = int(numberOf(json, "step")),
            .state = textOf(json, "state"),
            .sinceJob = numberOf(json, "since_job"),
            .serial = numberOf(json, "serial")};
}

/// One write() of the whole line at the end of the file: lines of several processes never mix. A line that a crash cut short is ended first.
bool appendLine(const QString &file, QByteArray line)
{
    QDir().mkpath(QFileInfo(file).path());
    const int descriptor = ::open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return false;
    char last = '\n';
    const off_t end = ::lseek(descriptor, 0, SEEK_END);
    if (end > 0 && ::pread(descriptor, &last, 1, end - 1) == 1 && last != '\n')
        line.prepend('\n');
    const bool written = ::write(descriptor, line.constData(), size_t(line.size())) == line.size() && ::fdatasync(descriptor) == 0;
    ::close(descriptor);
    return written;
}

} // namespace

RouteJournal::RouteJournal(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_me(QUuid::createUuid().toString(QUuid::Id128).left(16))
    , m_file(folder + QStringLiteral("/journal.jsonl"), settleMs)
{
    m_writer.setMaxThreadCount(1);
    connect(&m_file, &WatchedFile::changed, this, [this] { readOn(false); });
    readOn(true);
}

RouteJournal::~RouteJournal()
{
    flush();
}

const RevisionRow *RouteJournal::find(qint64 number) const
{
    const auto found = std::find_if(m_revisions.cbegin(), m_revisions.cend(), [number](const RevisionRow &row) { return row.number == number; });
    return found == m_revisions.cend() ? nullptr : &*found;
}

void RouteJournal::readOn(bool isStart)
{
    m_file.read(0);  // for the watch
    QFile file(m_file.file());
    if (!file.open(QIODevice::ReadOnly))
        return;
    if (file.size() < m_offset)
        m_offset = 0;  // somebody has put another file in its place
    if (file.size() - m_offset > mostBytes)
        m_offset = file.size() - mostBytes;
    file.seek(m_offset);
    const QByteArray bytes = file.readAll();
    const qsizetype end = bytes.lastIndexOf('\n') + 1;  // what comes after it is still being written
    m_offset += end;
    for (const QByteArray &line : bytes.left(end).split('\n')) {
        if (!line.isEmpty())
            take(line, isStart);
    }
}

void RouteJournal::take(const QByteArray &line, bool isStart)
{
    const auto json = parseJson(line, m_file.file());
    if (!json || !json->is_object())
        return;  // cut short by a crash
    const bool isMine = textOf(*json, "by") == m_me;
    if (json->contains("canary") && (*json)["canary"].is_object()) {
        const CanaryRow row = canaryFrom((*json)["canary"]);
        if (isMine && m_underWay.contains(row.rule) && --m_underWay[row.rule] <= 0)
            m_underWay.remove(row.rule);
        if (m_underWay.contains(row.rule) || m_canaries.value(row.rule) == row)
            return;
        m_canaries.insert(row.rule, row);
        if (!isStart)
            Q_EMIT canaryChanged(row);
    } else if (json->contains("revision") && (*json)["revision"].is_object()) {
        const RevisionRow row = revisionFrom((*json)["revision"]);
        if (isMine || row.number <= 0 || find(row.number))
            return;
        insert(row);
        m_withdrawn = textOf(*json, "withdrawn");
        if (!isStart)
            Q_EMIT revisionAdded(row);
    }
}

void RouteJournal::insert(const RevisionRow &row)
{
    const auto place = std::find_if(m_revisions.cbegin(), m_revisions.cend(), [&](const RevisionRow &other) { return other.number > row.number; });
    m_revisions.insert(place, row);
}

std::optional<QByteArray> RouteJournal::text(const QString &digest) const
{
    if (digest == sha256Hex({}))
        return QByteArray();
    QFile file(m_folder + QLatin1Char('/') + digest + QStringLiteral(".yaml"));
    if (digest.contains(QLatin1Char('/')) || file.size() > mostTextBytes || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray text = file.readAll();
    return sha256Hex(text) == digest ? std::optional(text) : std::nullopt;
}

Result<QString> RouteJournal::keepText(const QByteArray &text) const
{
    const QString digest = sha256Hex(text);
    if (text.isEmpty() || this->text(digest))
        return digest;
    const auto written = writeDurably(m_folder + QLatin1Char('/') + digest + QStringLiteral(".yaml"), text);
    return written ? Result<QString>(digest) : fail(written.error());
}

void RouteJournal::add(const RevisionRow &revision, const QString &withdrawn)
{
    if (find(revision.number))
        return;
    insert(revision);
    m_withdrawn = withdrawn;
    write(dumpJson(Json{{"by", m_me.toStdString()}, {"revision", revisionJson(revision)}, {"withdrawn", withdrawn.toStdString()}}) + '\n', {});
}

void RouteJournal::add(const CanaryRow &canary)
{
    if (m_canaries.value(canary.rule) == canary)
        return;
    m_canaries.insert(canary.rule, canary);
    ++m_underWay[canary.rule];
    write(dumpJson(Json{{"by", m_me.toStdString()}, {"canary", canaryJson(canary)}}) + '\n', canary.rule);
}

void RouteJournal::write(const QByteArray &line, const QString &rule)
{
    onFinished(runOn(&m_writer, [file = m_file.file(), line] { return appendLine(file, line); }), this, [this, rule](const QFuture<bool> &done) {
        if (done.result())
            return;
        if (!rule.isEmpty() && m_underWay.contains(rule) && --m_underWay[rule] <= 0)
            m_underWay.remove(rule);
        const QString sentence = tr("%1 cannot be written, so that other windows do not hear of changes to the rules. Free some space or check the folder's "
                                    "permissions.").arg(m_file.file());
        logMessage(LogLevel::Error, sentence);
        Q_EMIT failed(sentence);
    });
}

} // namespace Galley
