#include "core/engines/local/answers.h"

#include <QCoreApplication>
#include <QHash>
#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <limits>

namespace Galley {

namespace {

constexpr qint64 maxSide = 16384;
constexpr qint64 maxSteps = 1000;
constexpr qint64 maxDimension = 65536;
constexpr qint64 maxBytes = qint64(1) << 50;
constexpr qsizetype maxName = 80;
constexpr double maxGuidance = 100;
constexpr qsizetype maxNotes = 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::LocalEngine", text);
}

tl::unexpected<Error> wrongAnswer(const QString &what)
{
    return fail(ErrorCode::WorkerFailed,
                tr("The drawing worker answered with something else than was asked (%1). The picture was not used.").arg(what));
}

QStringList strings(const Json &object, const char *key)
{
    QStringList result;
    const auto found = object.find(key);
    if (found == object.end() || !found->is_array())
        return result;
    for (const Json &entry : *found) {
        if (entry.is_string())
            result.append(toQString(entry));
    }
    return result;
}

std::optional<QSize> readSize(const Json &pair)
{
    if (!pair.is_array() || pair.size() != 2)
        return std::nullopt;
    const Json object{{"w", pair[0]}, {"h", pair[1]}};
    const auto width = integerAt(object, "w", 1, maxSide);
    const auto height = integerAt(object, "h", 1, maxSide);
    return width && height ? std::optional(QSize(int(*width), int(*height))) : std::nullopt;
}

LocalModel::Fits fitsFromName(const QString &name)
{
    static const QHash<QString, LocalModel::Fits> names{{QStringLiteral("whole"), LocalModel::Fits::Whole},
                                                               {QStringLiteral("parts"), LocalModel::Fits::Parts},
                                                               {QStringLiteral("no"), LocalModel::Fits::No}};
    return names.value(name, LocalModel::Fits::Unknown);
}

/// What only models say that people have added.
void readLarge(LocalModel &model, const Json &entry)
{
    const auto bytes = [&entry](const char *key) { return integerAt(entry, key, 0, maxBytes).value_or(0); };
    model.family = stringAt(entry, "family").left(maxName);
    model.inputs = strings(entry, "inputs");
    if (const auto guidance = entry.find("guidance"); guidance != entry.end() && guidance->is_object())
        model.defaultGuidance = std::clamp(numberAt(*guidance, "default").value_or(0), 0.0, maxGuidance);
    if (const auto size = entry.find("size"); size != entry.end() && size->is_object()) {
        model.sizeMultiple = int(integerAt(*size, "multiple", 1, maxSide).value_or(0));
        model.minSide = int(integerAt(*size, "min", 1, maxSide).value_or(0));
        model.maxSide = int(integerAt(*size, "max", 1, maxSide).value_or(0));
    }
    model.weightsBytes = bytes("weights_bytes");
    model.neededBytes = bytes("needed_bytes");
    model.leastBytes = bytes("least_bytes");
    model.fits = fitsFromName(stringAt(entry, "fits"));
    model.budgetBytes = bytes("budget_bytes");
}

ModelCapabilities readModel(const Json &entry)
{
    ModelCapabilities model;
    if (!entry.is_object())
        return model;
    model.model = stringAt(entry, "id");
    model.revision = stringAt(entry, "revision");
    model.problem = stringAt(entry, "error");
    if (const auto steps = entry.find("steps"); steps != entry.end() && steps->is_object()) {
        model.maxSteps = int(integerAt(*steps, "max", 1, maxSteps).value_or(1));
        model.defaultSteps = int(integerAt(*steps, "default", 1, model.maxSteps).value_or(1));
    }
    model.nativeSize = int(integerAt(entry, "native", 1, maxSide).value_or(model.nativeSize));
    if (const auto buckets = entry.find("buckets"); buckets != entry.end() && buckets->is_array()) {
        for (const Json &pair : *buckets) {
            if (const auto size = readSize(pair))
                model.buckets.append(*size);
        }
    }
    model.styles = strings(entry, "styles");
    model.confidenceThreshold = numberAt(entry, "confidence_threshold").value_or(model.confidenceThreshold);
    return model;
}

ErrorCode codeFromName(const QString &name)
{
    static const QHash<QString, ErrorCode> codes{
        {QStringLiteral("cancelled"), ErrorCode::Cancelled},       {QStringLiteral("invalid"), ErrorCode::InvalidInput},
        {QStringLiteral("not_found"), ErrorCode::NotFound},        {QStringLiteral("model_file"), ErrorCode::Unavailable},
        {QStringLiteral("out_of_memory"), ErrorCode::OutOfMemory}, {QStringLiteral("unsupported"), ErrorCode::Unsupported},
    };
    return codes.value(name, ErrorCode::WorkerFailed);
}

} // namespace

LocalModel readLocalModel(const Json &entry)
{
    LocalModel model;
    if (!entry.is_object())
        return model;
    model.basic = readModel(entry);
    readLarge(model, entry);
    return model;
}

QList<LocalModel> readHelloModels(const WorkerFrame &frame)
{
    QList<LocalModel> models;
    const auto offered = frame.message.find("capabilities");
    if (offered == frame.message.end() || !offered->is_object())
        return models;
    const auto list = offered->find("models");
    if (list == offered->end() || !list->is_array())
        return models;
    for (const Json &entry : *list) {
        if (!stringAt(entry, "id").isEmpty())
            models.append(readLocalModel(entry));
    }
    return models;
}

Result<EngineCapabilities> readHello(const WorkerFrame &frame)
{
    const Json &message = frame.message;
    const auto protocol = integerAt(message, "protocol", 0, std::numeric_limits<int>::max());
    if (frame.type() != QLatin1String("hello") || !protocol) {
        return fail(ErrorCode::WorkerFailed, tr("The drawing worker did not introduce itself. Install Galley again."),
                    QStringLiteral("first message: ") + frame.type());
    }
    if (*protocol != workerProtocol) {
        return fail(ErrorCode::Unsupported,
                    tr("The drawing worker speaks version %1 of the protocol, this Galley version %2. Install both from one release.")
                        .arg(*protocol)
                        .arg(workerProtocol));
    }
    EngineCapabilities capabilities;
    capabilities.device = stringAt(message, "device");
    capabilities.dtype = stringAt(message, "dtype");
    capabilities.threads = int(integerAt(message, "threads", 0, 4096).value_or(0));
    capabilities.library = QStringLiteral("libtorch ") + stringAt(message, "libtorch");
    capabilities.notes = strings(message, "notes");
    for (const LocalModel &model : readHelloModels(frame))
        capabilities.models.append(model.basic);
    return capabilities;
}

WorkerFrame renderMessage(const QString &id, const EngineRequest &request, const QImage &start)
{
    Json palette = Json::array();
    for (const QColor &color : request.palette)
        palette.push_back(color.name().toUpper().toStdString());
    Json message{{"type", "render"},
                 {"id", id.toStdString()},
                 {"model", request.model.toStdString()},
                 {"seed", request.seed},
                 {"steps", request.steps},
                 {"width", request.size.width()},
                 {"height", request.size.height()},
                 {"guidance", request.guidance},
                 {"prompt", request.prompt.toStdString()},
                 {"style", request.style.toStdString()},
                 {"palette", palette},
                 {"preview_every", request.previewEvery},
                 {"output", "rgba"}};
    if (!request.negativePrompt.isEmpty())
        message["negative"] = request.negativePrompt.toStdString();
    if (request.mayShrink)
        message["may_shrink"] = true;
    if (request.quick)
        message["quick"] = true;
    if (request.weights)
        message["weights"] = true;
    if (start.isNull())
        return {std::move(message), {}};
    const QImage picture = start.convertToFormat(QImage::Format_RGBA8888_Premultiplied);
    const qsizetype row = qsizetype(picture.width()) * 4;
    QByteArray bytes;
    bytes.reserve(row * picture.height());
    for (int y = 0; y < picture.height(); ++y)
        bytes.append(reinterpret_cast<const char *>(picture.constScanLine(y)), row);
    message["image"] = "start";
    message["strength"] = request.strength;
    message["attachments"] = Json::array({{{"name", "start"}, {"offset", 0}, {"bytes", bytes.size()}, {"width", picture.width()},
                                           {"height", picture.height()}, {"format", "rgba8"}}});
    return {std::move(message), bytes};
}

WorkerFrame embedMessage(const QString &id, const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts)
        list.push_back(text.toStdString());
    return {Json{{"type", "embed"}, {"id", id.toStdString()}, {"texts", list}}, {}};
}

WorkerFrame addMessage(const QString &id, const QString &model, const QString &path)
{
    return {Json{{"type", "add"}, {"id", id.toStdString()}, {"model", model.toStdString()}, {"path", path.toStdString()}}, {}};
}

WorkerFrame removeMessage(const QString &id, const QString &model)
{
    return {Json{{"type", "remove"}, {"id", id.toStdString()}, {"model", model.toStdString()}}, {}};
}

WorkerFrame unloadMessage(const QString &id, const QString &model)
{
    return {Json{{"type", "unload"}, {"id", id.toStdString()}, {"model", model.toStdString()}}, {}};
}

Result<LocalModel> readAdded(const WorkerFrame &frame, const QString &id)
{
    const auto said = frame.message.find("capabilities");
    if (said == frame.message.end() || !said->is_object())
        return wrongAnswer(tr("no description of the model"));
    const LocalModel model = readLocalModel(*said);
    if (model.basic.model != id)
        return wrongAnswer(tr("model %1 instead of %2").arg(model.basic.model, id));
    return model;
}

WorkerFrame cancelMessage(const QString &id)
{
    return {Json{{"type", "cancel"}, {"id", id.toStdString()}}, {}};
}

Error otherRevision(const EngineRequest &request, const QString &here)
{
    return {ErrorCode::Unavailable,
            tr("The files of %1 have changed: revision %2 is here now, not %3. Render again.").arg(request.model, here, request.revision), {}};
}

Result<RenderResult> readResult(const WorkerFrame &frame, const EngineRequest &request)
{
    const Json &message = frame.message;
    RenderResult result;
    result.model = stringAt(message, "model");
    result.revision = stringAt(message, "revision");
    result.device = stringAt(message, "device");
    result.dtype = stringAt(message, "dtype");
    if (result.model != request.model)
        return wrongAnswer(tr("model %1 instead of %2").arg(result.model, request.model));
    if (!request.revision.isEmpty() && result.revision != request.revision)
        return fail(otherRevision(request, result.revision));
    const auto seed = integerAt(message, "seed", 0, std::numeric_limits<int>::max());
    const auto steps = integerAt(message, "steps", 1, maxSteps);
    if (seed != request.seed)
        return wrongAnswer(tr("another seed"));
    if (steps != request.steps)
        return wrongAnswer(tr("another number of steps"));
    result.seed = request.seed;
    result.steps = request.steps;
    auto picture = frame.picture(QStringLiteral("picture"));
    if (!picture)
        return fail(picture.error());
    const bool isSmaller = picture->width() <= request.size.width() && picture->height() <= request.size.height();
    if (picture->size() != request.size && !(request.mayShrink && isSmaller)) {
        return wrongAnswer(tr("a picture of %1 × %2 pixels instead of %3 × %4")
                               .arg(picture->width())
                               .arg(picture->height())
                               .arg(request.size.width())
                               .arg(request.size.height()));
    }
    result.image = std::move(*picture);
    result.confidence = std::clamp(numberAt(message, "confidence").value_or(0), 0.0, 1.0);
    if (const auto timings = message.find("timings_ms"); timings != message.end() && timings->is_object()) {
        for (const auto &[key, value] : timings->items()) {
            if (value.is_number() && std::isfinite(value.get<double>()))
                result.timingsMs.insert(QString::fromStdString(key), value.get<double>());
        }
    }
    if (const auto memory = message.find("memory"); memory != message.end() && memory->is_object()) {
        for (const char *key : {"peak_bytes", "model_bytes"}) {
            if (const auto bytes = integerAt(*memory, key, 1, maxBytes))
                result.answer["memory"][key] = *bytes;
        }
    }
    result.notes = strings(message, "notes").mid(0, maxNotes);
    return result;
}

Result<QList<QList<float>>> readVectors(const WorkerFrame &frame, int texts)
{
    const auto dimension = integerAt(frame.message, "dim", 1, maxDimension);
    if (!dimension)
        return wrongAnswer(tr("no vectors"));
    const auto list = frame.message.find("attachments");
    const bool one = list != frame.message.end() && list->is_array() && list->size() == 1;
    const auto bytes = one ? frame.bytes(stringAt((*list)[0], "name")) : wrongAnswer(tr("no vectors"));
    if (!bytes)
        return fail(bytes.error());
    if (bytes->size() != qsizetype(texts) * *dimension * 4)
        return wrongAnswer(tr("another number of vectors"));
    QList<QList<float>> vectors;
    const char *data = bytes->constData();
    for (int row = 0; row < texts; ++row) {
        QList<float> vector(*dimension);
        for (float &value : vector) {
            value = qFromLittleEndian<float>(data);
            data += 4;
            if (!std::isfinite(value))
                return wrongAnswer(tr("a vector that is not a number"));
        }
        vectors.append(std::move(vector));
    }
    return vectors;
}

Error readError(const WorkerFrame &frame)
{
    Error error;
    error.code = codeFromName(stringAt(frame.message, "code"));
    error.message = stringAt(frame.message, "message");
    error.detail = stringAt(frame.message, "detail");
    if (error.message.isEmpty())
        error.message = tr("The drawing worker could not do this and did not say why.");
    return error;
}

} // namespace Galley
