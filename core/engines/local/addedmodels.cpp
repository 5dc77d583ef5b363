#include "core/engines/local/addedmodels.h"

#include "core/base/durable.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <optional>

namespace Galley {

namespace {

constexpr int formatVersion = 1;
constexpr qsizetype mostModels = 500;
constexpr qsizetype mostFiles = 500;
constexpr qsizetype longestId = 64;
constexpr qsizetype longestPath = 4096;
constexpr qint64 mostFileBytes = 4 * 1024 * 1024;
constexpr int lockMs = 5000;
constexpr int fileDepth = 2;  // model/unet/file: nothing of diffusers lies deeper

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::AddedModels", text);
}

QString member(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found == object.end() ? QString() : toQString(*found);
}

qint64 numberOf(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? std::max<qint64>(found->get<qint64>(), 0) : 0;
}

bool isPlainName(const QString &name)
{
    if (name.isEmpty() || name.size() > longestPath || name.contains(QChar(0)) || name.startsWith(u'/'))
        return false;
    const QStringList parts = name.split(u'/');
    return !parts.contains(QStringLiteral("..")) && !parts.contains(QString());
}

std::optional<WeightsFile> readFile(const Json &json)
{
    static const QRegularExpression hex(QStringLiteral("^([0-9a-f]{64})?$"));
    if (!json.is_object())
        return std::nullopt;
    WeightsFile file{member(json, "file"), numberOf(json, "bytes"), numberOf(json, "modified_ms"), member(json, "sha256")};
    if (!isPlainName(file.name) || !hex.match(file.sha256).hasMatch())
        return std::nullopt;
    return file;
}

/// Nothing when the entry is not one of ours; why, in \a problem.
std::optional<AddedModel> readEntry(const Json &json, QString *problem)
{
    if (!json.is_object()) {
        *problem = tr("an entry is no object");
        return std::nullopt;
    }
    AddedModel model;
    model.id = member(json, "id");
    model.path = member(json, "path");
    model.addedAt = QDateTime::fromString(member(json, "added"), Qt::ISODate).toUTC();
    if (*problem = modelIdProblem(model.id); !problem->isEmpty())
        return std::nullopt;
    *problem = QStringLiteral("“%1”: ").arg(model.id);
    if (!QDir::isAbsolutePath(model.path) || model.path.size() > longestPath || model.path.contains(QChar(0)) || !model.addedAt.isValid()) {
        *problem += tr("its path or the time of its adding is missing");
        return std::nullopt;
    }
    const auto files = json.find("files");
    if (files != json.end() && files->is_array() && files->size() <= size_t(mostFiles)) {
        for (const Json &entry : *files) {
            const auto file = readFile(entry);
            if (!file) {
                *problem += tr("what is written of its files is damaged");
                return std::nullopt;
            }
            model.files.append(*file);
        }
    }
    if (const auto said = json.find("said"); said != json.end() && said->is_object())
        model.said = *said;
    problem->clear();
    return model;
}

Json entryJson(const AddedModel &model)
{
    Json files = Json::array();
    for (const WeightsFile &file : model.files) {
        files.push_back({{"file", file.name.toStdString()}, {"bytes", file.bytes}, {"modified_ms", file.modifiedMs},
                         {"sha256", file.sha256.toStdString()}});
    }
    return {{"id", model.id.toStdString()},
            {"path", model.path.toStdString()},
            {"added", model.addedAt.toUTC().toString(Qt::ISODate).toStdString()},
            {"files", files},
            {"said", model.said}};
}

bool isSafetensors(const QFileInfo &info)
{
    return info.isFile() && info.suffix().compare(QLatin1String("safetensors"), Qt::CaseInsensitive) == 0;
}

bool isModelFolder(const QFileInfo &info)
{
    return info.isDir() && QFileInfo(QDir(info.filePath()), QStringLiteral("model_index.json")).isFile();
}

/// The entries of the file alone.
AddedModels readWritten(const QString &folder)
{
    AddedModels result;
    const QString name = addedModelsFile(folder);
    QFile file(name);
    if (!file.exists())
        return result;
    const auto broken = [&](const QString &why) {
        result.isReadable = false;
        result.problems.append(tr("%1 cannot be read, so the models that you added are not there: %2 Mend the file, or delete it and add them again.")
                                   .arg(QDir::toNativeSeparators(name), why));
        return result;
    };
    if (file.size() > mostFileBytes || !file.open(QIODevice::ReadOnly))
        return broken(file.size() > mostFileBytes ? tr("it is too large.") : file.errorString() + u'.');
    const auto json = parseJson(file.read(mostFileBytes), QFileInfo(name).fileName());
    if (!json)
        return broken(json.error().message);
    const auto version = json->is_object() ? json->find("galley_models") : json->end();
    const auto models = json->is_object() ? json->find("models") : json->end();
    if (!json->is_object() || version == json->end() || models == json->end() || !models->is_array())
        return broken(tr("it is no list of models."));
    if (!version->is_number_integer() || version->get<qint64>() > formatVersion)
        return broken(tr("it was written by a newer Galley."));
    for (const Json &entry : *models) {
        QString problem;
        const auto model = result.models.size() < mostModels ? readEntry(entry, &problem) : std::nullopt;
        if (model && !result.find(model->id))
            result.models.append(*model);
        else
            result.problems.append(tr("%1: an entry was left out: %2.").arg(QDir::toNativeSeparators(name), model ? tr("“%1” is there twice").arg(model->id) : problem));
    }
    return result;
}

/// What lies in the folder itself.
void findModels(const QString &folder, AddedModels &into)
{
    QSet<QString> known;
    for (const AddedModel &model : std::as_const(into.models))
        known.insert(QFileInfo(model.path).canonicalFilePath());
    const QDir dir(folder);
    for (const QFileInfo &info : dir.entryInfoList(QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot, QDir::Name)) {
        if (into.models.size() >= mostModels)
            return;
        if ((!isSafetensors(info) && !isModelFolder(info)) || known.contains(info.canonicalFilePath()))
            continue;
        AddedModel model;
        model.path = info.absoluteFilePath();
        model.id = modelIdFor(model.path);
        if (into.find(model.id)) {
            into.problems.append(tr("%1 is left out: another model is called “%2”. Rename it, or add it with an id of its own.")
                                     .arg(QDir::toNativeSeparators(model.path), model.id));
            continue;
        }
        into.models.append(model);
    }
}

void collectWeights(const QDir &dir, const QString &below, int depth, QList<WeightsFile> *files)
{
    for (const QFileInfo &info : dir.entryInfoList(QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot, QDir::Name)) {
        if (files->size() >= mostFiles)
            return;
        const QString name = below + info.fileName();
        // A link between folders could lead in circles; one to a file is how Hugging Face's cache keeps its files.
        if (info.isDir() && !info.isSymLink() && depth > 1)
            collectWeights(QDir(info.filePath()), name + u'/', depth - 1, files);
        else if (isSafetensors(info))
            files->append({name, info.size(), info.lastModified().toMSecsSinceEpoch(), {}});
    }
}

} // namespace

bool AddedModel::hasDigests() const
{
    return !files.isEmpty() && std::all_of(files.cbegin(), files.cend(), [](const WeightsFile &file) { return !file.sha256.isEmpty(); });
}

const AddedModel *AddedModels::find(const QString &id) const
{
    const auto found = std::find_if(models.cbegin(), models.cend(), [&](const AddedModel &model) { return model.id == id; });
    return found == models.cend() ? nullptr : &*found;
}

QString addedModelsFile(const QString &folder)
{
    return folder + QStringLiteral("/added.json");
}

AddedModels readAddedModels(const QString &folder)
{
    AddedModels result = readWritten(folder);
    findModels(folder, result);
    return result;
}

Result<void> changeAddedModels(const QString &folder, const std::function<Result<void>(QList<AddedModel> &)> &change)
{
    if (!QDir().mkpath(folder))
        return fail(ErrorCode::Io, tr("The folder %1 cannot be made. Check its permissions.").arg(QDir::toNativeSeparators(folder)));
    ProcessLock lock(folder + QStringLiteral("/added.lock"));
    if (!lock.lock(lockMs))
        return fail(ErrorCode::Io, tr("Another Galley is changing the models in %1, or the folder cannot be written. Try again.")
                                       .arg(QDir::toNativeSeparators(folder)));
    AddedModels now = readWritten(folder);
    if (!now.isReadable)
        return fail(ErrorCode::InvalidInput, now.problems.value(0));
    if (const auto changed = change(now.models); !changed)
        return changed;
    Json list = Json::array();
    for (const AddedModel &model : std::as_const(now.models))
        list.push_back(entryJson(model));
    return writeDurably(addedModelsFile(folder), dumpJson(Json{{"galley_models", formatVersion}, {"models", list}}, 1) + '\n');
}

QString modelIdProblem(const QString &id)
{
    static const QRegularExpression pattern(QStringLiteral("^[a-z0-9][a-z0-9._-]{0,63}$"));
    if (pattern.match(id).hasMatch())
        return {};
    return tr("“%1” cannot be the id of a model: take small letters, digits, dots, dashes and underscores, at most %2, a letter or a digit first")
        .arg(id.left(longestId))
        .arg(longestId);
}

QString modelIdFor(const QString &path)
{
    static const QRegularExpression others(QStringLiteral("[^a-z0-9._]+"));
    static const QRegularExpression edges(QStringLiteral("^[^a-z0-9]+|[^a-z0-9]+$"));
    const QFileInfo info(QDir::cleanPath(path));
    QString id = (isSafetensors(info) ? info.completeBaseName() : info.fileName()).normalized(QString::NormalizationForm_KD).toLower();
    id.replace(others, QStringLiteral("-")).remove(edges);
    id = id.left(longestId).remove(edges);
    return id.isEmpty() ? QStringLiteral("model") : id;
}

Result<QList<WeightsFile>> findWeights(const QString &path)
{
    const QFileInfo info(path);
    const QString shown = QDir::toNativeSeparators(path);
    if (!info.exists())
        return fail(ErrorCode::NotFound, tr("There is no %1. Check the path; if the disk was taken out, put it back.").arg(shown));
    if (info.isFile() && !isSafetensors(info)) {
        return fail(ErrorCode::InvalidInput,
                    tr("%1 is no .safetensors file. Galley reads weights as .safetensors or as a folder with model_index.json, never .ckpt, .pt or .gguf.").arg(shown));
    }
    QList<WeightsFile> files;
    if (info.isFile())
        files.append({info.fileName(), info.size(), info.lastModified().toMSecsSinceEpoch(), {}});
    else
        collectWeights(QDir(path), {}, fileDepth, &files);
    if (files.isEmpty()) {
        return fail(ErrorCode::InvalidInput,
                    tr("There are no weights in %1. Take the folder that holds model_index.json, or a .safetensors file.").arg(shown));
    }
    return files;
}

bool looksUnchanged(const AddedModel &model)
{
    auto now = findWeights(model.path);
    if (!now || now->size() != model.files.size())
        return false;
    for (qsizetype i = 0; i < now->size(); ++i) {
        const WeightsFile &a = now->at(i);
        const WeightsFile &b = model.files.at(i);
        if (a.name != b.name || a.bytes != b.bytes || a.modifiedMs != b.modifiedMs)
            return false;
    }
    return true;
}

QStringList weightsDifferences(const QList<WeightsFile> &then, const QList<WeightsFile> &now)
{
    const auto find = [](const QList<WeightsFile> &list, const QString &name) {
        return std::find_if(list.cbegin(), list.cend(), [&](const WeightsFile &file) { return file.name == name; });
    };
    QStringList differences;
    for (const WeightsFile &file : then) {
        const auto other = find(now, file.name);
        if (other == now.cend())
            differences.append(tr("%1 is gone.").arg(file.name));
        else if (other->sha256 != file.sha256)
            differences.append(tr("%1 has changed since it was added.").arg(file.name));
    }
    for (const WeightsFile &file : now) {
        if (find(then, file.name) == then.cend())
            differences.append(tr("%1 is new.").arg(file.name));
    }
    return differences;
}

} // namespace Galley
