#include "ui/document/recovery.h"

#include "core/base/durable.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "core/template/templatefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace Galley {

namespace {

constexpr int formatVersion = 1;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::RecoveryFolder", text);
}

Json toJson(const Row &row)
{
    Json values = Json::object();
    for (auto it = row.values.begin(); it != row.values.end(); ++it)
        values[it.key().toStdString()] = it.value().toStdString();
    return {{"number", row.number}, {"folder", row.folder.toStdString()}, {"values", values}};
}

Row rowFromJson(const Json &json)
{
    Row row;
    if (!json.is_object())
        return row;
    row.number = json.value("number", 0);
    row.folder = QString::fromStdString(json.value("folder", std::string()));
    if (const auto values = json.find("values"); values != json.end() && values->is_object()) {
        for (const auto &[key, value] : values->items())
            row.values.insert(QString::fromStdString(key), toQString(value));
    }
    return row;
}

QByteArray toBytes(const UnsavedWork &work)
{
    Json rows = Json::array();
    for (const Row &row : work.editedRows)
        rows.push_back(toJson(row));
    // The template stays the text that a file would hold: an edit that is not finished need not be a valid template.
    const Json json{{"recovery", formatVersion},
                    {"time", work.time.toUTC().toString(Qt::ISODateWithMs).toStdString()},
                    {"file", work.file.toStdString()},
                    {"folder", work.folder.toStdString()},
                    {"rows_file", work.rowsFile.toStdString()},
                    {"current_row", work.currentRow},
                    {"edited_rows", rows},
                    {"template", writeTemplate(work.value).toStdString()}};
    return dumpJson(json, 1);
}

Result<UnsavedWork> fromBytes(const QByteArray &bytes, const QString &name)
{
    // A template may be as large as its format allows, and is escaped here.
    const auto json = parseJson(bytes, name, {64 * 1024 * 1024, 32});
    if (!json)
        return fail(json.error());
    try {
        if (json->at("recovery").get<int>() != formatVersion)
            return fail(ErrorCode::Unsupported, tr("%1 was written by another version of Galley.").arg(name));
        const auto text = [&json](const char *key) { return QString::fromStdString(json->at(key).get<std::string>()); };
        UnsavedWork work;
        work.time = QDateTime::fromString(text("time"), Qt::ISODateWithMs);
        work.file = text("file");
        work.folder = text("folder");
        work.rowsFile = text("rows_file");
        work.currentRow = json->at("current_row").get<int>();
        for (const Json &row : json->at("edited_rows"))
            work.editedRows << rowFromJson(row);
        const auto value = parseTemplate(text("template").toUtf8(), name, UnknownSlots::Report);
        if (!value)
            return fail(value.error());
        work.value = value->value;
        return work;
    } catch (const nlohmann::json::exception &error) {
        return fail(ErrorCode::InvalidInput, tr("%1 is damaged and cannot be restored.").arg(name),
                    QString::fromUtf8(error.what()));
    }
}

} // namespace

RecoveryFolder::RecoveryFolder(const QString &folder)
    : m_folder(folder)
{}

std::shared_ptr<QLockFile> RecoveryFolder::claim(const QString &id) const
{
    QDir().mkpath(m_folder);
    auto lock = std::make_shared<QLockFile>(QDir(m_folder).filePath(id + QStringLiteral(".lock")));
    lock->setStaleLockTime(0);  // only a dead process loses it, however long the work lasts
    return lock->tryLock(0) ? lock : nullptr;
}

Result<void> RecoveryFolder::write(const QString &id, const UnsavedWork &work) const
{
    QSaveFile out(file(id));
    const QByteArray bytes = toBytes(work);
    if (out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && commitWhole(out))
        return {};
    return fail(ErrorCode::Io,
                tr("The work cannot be backed up to %1: %2. Save it yourself, and make room or give write access there.")
                    .arg(m_folder, writeReason(out)));
}

void RecoveryFolder::remove(const QString &id) const
{
    QFile::remove(file(id));
}

Result<UnsavedWork> RecoveryFolder::read(const QString &id) const
{
    QFile in(file(id));
    if (!in.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, tr("%1 cannot be read: %2.").arg(in.fileName(), in.errorString()));
    return fromBytes(in.readAll(), in.fileName());
}

QList<RecoverableWork> RecoveryFolder::find() const
{
    QList<RecoverableWork> found;
    const QFileInfoList files = QDir(m_folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Time);
    for (const QFileInfo &info : files) {
        const QString id = info.completeBaseName();
        auto lock = claim(id);
        if (!lock)
            continue;
        const auto work = read(id);
        if (work)
            found.append({id, *work, std::move(lock)});
        else
            logMessage(LogLevel::Warning, work.error().message);
    }
    std::stable_sort(found.begin(), found.end(), [](const RecoverableWork &a, const RecoverableWork &b) {
        return a.work.time > b.work.time;
    });
    return found;
}

QString RecoveryFolder::file(const QString &id) const
{
    return QDir(m_folder).filePath(id + QStringLiteral(".json"));
}

RowSet rowsOf(const UnsavedWork &work)
{
    RowSet rows;
    if (!work.rowsFile.isEmpty()) {
        if (const auto loaded = loadRows(work.rowsFile, work.value))
            rows = *loaded;
    }
    for (const Row &edited : work.editedRows) {
        const auto same = std::find_if(rows.rows.begin(), rows.rows.end(),
                                       [&edited](const Row &row) { return row.number == edited.number; });
        if (same != rows.rows.end())
            *same = edited;
        else
            rows.rows.append(edited);
    }
    return rows;
}

} // namespace Galley
