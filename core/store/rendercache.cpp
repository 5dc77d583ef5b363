#include "core/store/rendercache.h"

#include "core/base/digest.h"
#include "core/base/log.h"
#include "core/imaging/imagefile.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QUuid>
#include <QtEndian>

#include <algorithm>
#include <chrono>
#include <utility>

namespace Galley {

namespace {

constexpr QByteArrayView magic("GALLEYRENDER1\n");
constexpr qsizetype digestSize = 64;
constexpr qint64 mostBytes = 512LL << 20;  ///< of one entry
constexpr int insertsBetweenLooks = 64;    ///< another process may have added as many
constexpr int trimPercent = 90;            ///< what is left after trimming, so that it is not done each time

/// Names of models may hold anything.
QString slug(const QString &name)
{
    return sha256Hex(name.toUtf8()).left(16);
}

QString text(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

Json keyJson(const EngineRequest &request, const QString &address)
{
    Json key{{"model", request.model.toStdString()}, {"revision", request.revision.toStdString()}, {"request", request.digest().toStdString()}};
    if (!address.isEmpty())
        key["address"] = sha256Hex(address.toUtf8()).toStdString();
    return key;
}

/// The pictures of \a result as files: a local engine has none, its picture becomes a PNG.
QList<ServicePicture> filesOf(const RenderResult &result)
{
    if (!result.pictures.isEmpty() || result.image.isNull())
        return result.pictures;
    ServicePicture picture;
    QBuffer buffer(&picture.bytes);
    buffer.open(QIODevice::WriteOnly);
    result.image.save(&buffer, "PNG");
    picture.mediaType = "image/png";
    return {picture};
}

Json resultJson(const Json &key, const RenderResult &result, const QList<ServicePicture> &files)
{
    Json timings = Json::object();
    for (auto timing = result.timingsMs.cbegin(); timing != result.timingsMs.cend(); ++timing)
        timings[timing.key().toStdString()] = timing.value();
    Json pictures = Json::array();
    for (const ServicePicture &picture : files) {
        pictures.push_back({{"bytes", picture.bytes.size()},
                            {"media_type", picture.mediaType.toStdString()},
                            {"seed", picture.seed ? Json(*picture.seed) : Json(nullptr)}});
    }
    return {{"key", key},
            {"served", result.model.toStdString()},
            {"revision", result.revision.toStdString()},
            {"device", result.device.toStdString()},
            {"dtype", result.dtype.toStdString()},
            {"backend", result.backend.toStdString()},
            {"seed", result.seed},
            {"seed_known", result.seedKnown},
            {"steps", result.steps},
            {"confidence", result.confidence},
            {"timings_ms", timings},
            {"remote_id", result.remoteId.toStdString()},
            {"request_id", result.requestId.toStdString()},
            {"answer", result.answer},
            {"is_service", !result.pictures.isEmpty()},
            {"pictures", pictures}};
}

QByteArray packed(const Json &head, const QList<ServicePicture> &files)
{
    const QByteArray json = dumpJson(head);
    QByteArray body(4, '\0');
    qToLittleEndian(quint32(json.size()), body.data());
    body += json;
    for (const ServicePicture &picture : files)
        body += picture.bytes;
    return magic.toByteArray() + sha256Hex(body).toLatin1() + body;
}

/// Nothing when \a bytes are not what was written.
std::optional<QByteArray> checkedBody(const QByteArray &bytes)
{
    if (!bytes.startsWith(magic) || bytes.size() < magic.size() + digestSize + 4)
        return std::nullopt;
    const QByteArray body = bytes.mid(magic.size() + digestSize);
    if (sha256Hex(body).toLatin1() != bytes.mid(magic.size(), digestSize))
        return std::nullopt;
    return body;
}

/// Throws what ends as a miss when there is no such member, or when it is no whole number.
qint64 wholeAt(const Json &json, const char *key)
{
    return json.at(key).get_ref<const Json::number_integer_t &>();
}

/// The pictures behind the head, decoded.
bool readPictures(const Json &head, const QByteArray &bytes, const QString &file, RenderResult *result)
{
    qsizetype at = 0;
    for (const Json &item : head.at("pictures")) {
        ServicePicture picture;
        const qint64 size = wholeAt(item, "bytes");
        if (size <= 0 || size > bytes.size() - at)
            return false;
        picture.bytes = bytes.mid(at, size);
        at += size;
        picture.mediaType = QByteArray::fromStdString(item.at("media_type").get<std::string>());
        if (!item.at("seed").is_null())
            picture.seed = wholeAt(item, "seed");
        auto image = decodeImage(picture.bytes, file);
        if (!image)
            return false;
        picture.image = std::move(*image);
        result->pictures.append(picture);
    }
    if (result->pictures.isEmpty())
        return false;
    result->image = result->pictures.first().image;
    if (!head.at("is_service").get<bool>())
        result->pictures.clear();
    return true;
}

/// The digest says that the bytes are whole, not who wrote them: a member that is missing or of another kind ends as a miss.
std::optional<RenderResult> unpacked(const QByteArray &body, const Json &key, const QString &file)
{
    const qint64 length = qFromLittleEndian<quint32>(body.constData());
    const auto head = parseJson(body.mid(4, length), file, {mostBytes, 128, 2'000'000});
    if (!head || length > body.size() - 4)
        return std::nullopt;
    try {
        if (head->at("key") != key)
            return std::nullopt;
        RenderResult result;
        result.model = text(*head, "served");
        result.revision = text(*head, "revision");
        result.device = text(*head, "device");
        result.dtype = text(*head, "dtype");
        result.backend = text(*head, "backend");
        const qint64 seed = wholeAt(*head, "seed"), steps = wholeAt(*head, "steps");
        if (!std::in_range<int>(seed) || !std::in_range<int>(steps))
            return std::nullopt;
        result.seed = int(seed);
        result.seedKnown = head->at("seed_known").get<bool>();
        result.steps = int(steps);
        result.confidence = head->at("confidence").get<double>();
        for (const auto &[stage, value] : head->at("timings_ms").items())
            result.timingsMs.insert(QString::fromStdString(stage), value.get<double>());
        result.remoteId = text(*head, "remote_id");
        result.requestId = text(*head, "request_id");
        result.answer = head->at("answer");
        result.fromCache = true;
        result.costUsd = 0;
        if (!result.seedKnown)
            result.notes.append(RenderCache::recordingNote());
        return readPictures(*head, body.mid(4 + length), file, &result) ? std::optional(result) : std::nullopt;
    } catch (const Json::exception &) {
        return std::nullopt;
    }
}

/// Complete under its own name, or not there: a power cut may leave less, which the digest finds.
bool writeWhole(const QString &file, const QByteArray &bytes)
{
    QFile part(file + QStringLiteral(".part-") + QUuid::createUuid().toString(QUuid::Id128).left(12));
    if (!QDir().mkpath(QFileInfo(file).path()) || !part.open(QIODevice::WriteOnly))
        return false;
    const bool written = part.write(bytes) == bytes.size() && part.flush();
    part.close();
    // POSIX rename takes the place of what is there in one step.
    if (written && ::rename(QFile::encodeName(part.fileName()).constData(), QFile::encodeName(file).constData()) == 0)
        return true;
    part.remove();
    return false;
}

} // namespace

RenderCache::RenderCache(const QString &folder, qint64 maxBytes)
    : m_folder(folder)
    , m_maxBytes(std::max<qint64>(maxBytes, 0))
{}

QString RenderCache::recordingNote()
{
    return QCoreApplication::translate("Galley::RenderCache", "The service gave no seed: this is a recording of what it made then, and it cannot make the same again.");
}

QString RenderCache::folderOf(const EngineRequest &request, const QString &address) const
{
    const QString folder = QStringLiteral("%1/%2/%3").arg(m_folder, slug(request.model), slug(request.revision));
    return address.isEmpty() ? folder : folder + QLatin1Char('/') + slug(address);
}

QString RenderCache::fileOf(const EngineRequest &request, const QString &address) const
{
    return QStringLiteral("%1/%2.render").arg(folderOf(request, address), request.digest());
}

std::optional<RenderResult> RenderCache::find(const EngineRequest &request, const QString &address)
{
    if (isSwitchedOff())
        return std::nullopt;
    QFile file(fileOf(request, address));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const auto body = file.size() <= mostBytes ? checkedBody(file.readAll()) : std::nullopt;
    auto result = body ? unpacked(*body, keyJson(request, address), file.fileName()) : std::nullopt;
    if (!result) {
        logMessage(LogLevel::Warning, QStringLiteral("%1 is not what was written there; it is rendered anew").arg(file.fileName()));
        file.remove();
        return std::nullopt;
    }
    file.close();
    if (file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))  // used now: the last to go
        file.setFileTime(QDateTime::currentDateTime(), QFileDevice::FileModificationTime);
    return result;
}

void RenderCache::insert(const EngineRequest &request, const RenderResult &result, quint64 sentAt, const QString &address)
{
    const QList<ServicePicture> files = filesOf(result);
    if (files.isEmpty() || result.fromCache || isSwitchedOff())
        return;
    const QMutexLocker lock(&m_mutex);
    if (isForgotten(request.model, sentAt))
        return;
    if (request.revision.isEmpty() && !result.revision.isEmpty())
        noteServed(folderOf(request, address), result.revision);
    const QByteArray bytes = packed(resultJson(keyJson(request, address), result, files), files);
    const QString file = fileOf(request, address);
    if (bytes.size() > std::min(m_maxBytes, mostBytes))
        return;
    if (!writeWhole(file, bytes)) {
        logMessage(LogLevel::Warning, QStringLiteral("%1 could not be written").arg(file));
        return;
    }
    // Another process marks the model before it takes the entries away: it has seen this one, or its mark is here now.
    if (isForgotten(request.model, sentAt))
        QFile::remove(file);
    if (m_bytes >= 0)
        m_bytes += bytes.size();
    trim();
}

/// With no room at all nothing is served either, and what an earlier setting has left goes.
bool RenderCache::isSwitchedOff()
{
    if (m_maxBytes > 0)
        return false;
    const QMutexLocker lock(&m_mutex);
    if (m_bytes != 0)
        m_bytes = measure(true);
    return true;
}

void RenderCache::noteServed(const QString &folder, const QString &revision)
{
    const QString name = folder + QStringLiteral("/served");
    QFile noted(name);
    const QString before = noted.open(QIODevice::ReadOnly) ? QString::fromUtf8(noted.readAll()) : QString();
    noted.close();
    if (before == revision)
        return;
    if (!before.isEmpty()) {
        QDir(folder).removeRecursively();
        m_bytes = -1;
    }
    writeWhole(name, revision.toUtf8());
}

/// The clock of this machine is what processes have in common.
quint64 RenderCache::moment()
{
    return quint64(std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
}

/// Beside the models' folders: it outlives what it takes away.
QString RenderCache::markOf(const QString &model) const
{
    return QStringLiteral("%1/forgotten/%2").arg(m_folder, slug(model));
}

bool RenderCache::isForgotten(const QString &model, quint64 sentAt) const
{
    QFile mark(markOf(model));
    return mark.open(QIODevice::ReadOnly) && mark.read(32).toULongLong() > sentAt;
}

void RenderCache::forget(const QString &model)
{
    const QMutexLocker lock(&m_mutex);
    if (!writeWhole(markOf(model), QByteArray::number(moment())))
        logMessage(LogLevel::Warning, QStringLiteral("%1 could not be written; what is rendered by %2 now may be kept").arg(markOf(model), model));
    QDir(m_folder + QLatin1Char('/') + slug(model)).removeRecursively();
    m_bytes = -1;
}

void RenderCache::trim()
{
    if (m_bytes < 0 || ++m_inserts % insertsBetweenLooks == 0)
        m_bytes = measure(false);
    if (m_bytes > m_maxBytes)
        m_bytes = measure(true);
}

/// What lies there; with \a trims the oldest go until little enough is left.
qint64 RenderCache::measure(bool trims)
{
    struct Entry
    {
        QDateTime used;
        QString file;
        qint64 size;
    };
    QList<Entry> entries;
    qint64 total = 0;
    QDirIterator files(m_folder, {QStringLiteral("*.render*")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        const QFileInfo info = files.fileInfo();
        entries.append({info.lastModified(), info.filePath(), info.size()});
        total += info.size();
    }
    if (!trims)
        return total;
    std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) { return a.used < b.used; });
    for (const Entry &entry : std::as_const(entries)) {
        if (total <= m_maxBytes / 100 * trimPercent)
            break;
        if (QFile::remove(entry.file))
            total -= entry.size;
    }
    return total;
}

} // namespace Galley
