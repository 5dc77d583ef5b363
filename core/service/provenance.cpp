#include "core/service/provenance.h"

#include "core/base/digest.h"
#include "core/service/draftservice.h"
#include "core/service/finalservice.h"
#include "core/service/subjectplanner.h"
#include "core/store/jobjson.h"
#include "core/template/templatefile.h"

#include <QBuffer>

#include <algorithm>

namespace Galley {

namespace {

constexpr int provenanceSchema = 1;

Json textJson(const QString &text)
{
    return Json(text.toStdString());
}

/// What nobody said is no text.
Json saidJson(const QString &text)
{
    return text.isEmpty() ? Json(nullptr) : textJson(text);
}

Json textsJson(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts)
        list.push_back(text.toStdString());
    return list;
}

/// Values only: the folder is nobody's business.
Json rowJson(const Row &row)
{
    Json values = Json::object();
    for (auto value = row.values.cbegin(); value != row.values.cend(); ++value)
        values[value.key().toStdString()] = textJson(value.value());
    return {{"number", row.number}, {"values", values}, {"digest", textJson(canonicalDigest(values))}};
}

Json templateJson(const Template &source)
{
    const QByteArray text = writeTemplate(source);
    return {{"id", textJson(source.id)},
            {"name", textJson(source.name)},
            {"project", textJson(source.project)},
            {"digest", textJson(sha256Hex(text))}};
}

/// Whether the words of the template are set by Galley or drawn by the model; null: it has none.
Json textModeJson(const Template &source)
{
    bool isSet = false, isDrawn = false;
    for (const Token &token : source.tokens) {
        if (token.hidden || !token.isTextRole())
            continue;
        (token.effectiveMode() == TokenMode::Set ? isSet : isDrawn) = true;
    }
    return isSet && isDrawn ? Json("mixed") : isSet ? Json("set") : isDrawn ? Json("drawn") : Json(nullptr);
}

Json timingsJson(const QMap<QString, double> &timings)
{
    Json json = Json::object();
    for (auto timing = timings.cbegin(); timing != timings.cend(); ++timing)
        json[timing.key().toStdString()] = timing.value();
    return json;
}

/// What the picture took of memory at the most; null: no service says it, and nothing can be measured there.
Json memoryJson(qint64 bytes)
{
    return bytes > 0 ? Json(bytes) : Json(nullptr);
}

/// From being queued to the last send; null: it was not sent, or not queued.
Json queueJson(const JobRecord &job)
{
    if (job.attempts.isEmpty() || !job.createdAt.isValid() || !job.attempts.last().startedAt.isValid())
        return nullptr;
    return std::max<qint64>(job.createdAt.msecsTo(job.attempts.last().startedAt), 0);
}

/// What the picture was made from, as far as it has a name in the library; its pixels are in the request, as digests. Null when nothing went along.
Json editJson(const RenderRequest &request, const QList<ReferencePicture> &sent)
{
    if (sent.isEmpty())
        return nullptr;
    const bool masked = std::any_of(sent.cbegin(), sent.cend(), [](const ReferencePicture &picture) { return picture.use == ReferencePicture::Use::Mask; });
    const char *start = request.sendDraft ? "draft" : request.startAsset > 0 ? "library" : "file";
    return {{"start", start},
            {"asset", request.startAsset > 0 ? Json(request.startAsset) : Json(nullptr)},
            {"redo", textsJson(masked ? request.redo : QStringList())},
            {"own_mask", masked && !request.maskFile.isEmpty()}};
}

/// What the subjects of a draft tell together.
struct DraftMaking
{
    QString model;     ///< of the last one that a model drew; empty: none did
    QString revision;
    QString device;
    QString dtype;
    QStringList words;
    QMap<QString, double> timingsMs;  ///< of all that a model drew, added up
    qint64 memoryBytes = 0;           ///< the most of any
    bool hasClipArt = false;
    bool isFromCache = false;         ///< all of them
    Json subjects = Json::array();
};

DraftMaking makingOf(const Draft &draft)
{
    DraftMaking making;
    for (const SubjectInfo &subject : draft.subjects) {
        making.words.append(subject.words);
        making.hasClipArt |= subject.took == SubjectSource::ClipArt;
        making.subjects.push_back({{"token", textJson(subject.tokenId)},
                                   {"words", textJson(subject.words)},
                                   {"source", textJson(subjectSourceName(subject.took))},
                                   {"model", saidJson(subject.model)},
                                   {"revision", saidJson(subject.revision)},
                                   {"steps", subject.steps},
                                   {"request_digest", saidJson(subject.digest)},
                                   {"clip_art", saidJson(subject.cutoutId)}});
        if (subject.took != SubjectSource::Generated)
            continue;
        making.isFromCache = subject.fromCache && (making.model.isEmpty() || making.isFromCache);
        making.model = subject.model;
        making.revision = subject.revision;
        making.device = subject.device;
        making.dtype = subject.dtype;
        making.memoryBytes = std::max(making.memoryBytes, subject.memoryBytes);
        for (auto timing = subject.timingsMs.cbegin(); timing != subject.timingsMs.cend(); ++timing)
            making.timingsMs[timing.key()] += timing.value();
    }
    return making;
}

ServicePicture encoded(const QImage &image, const RenderResult &result)
{
    ServicePicture picture;
    QBuffer buffer(&picture.bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    picture.mediaType = "image/png";
    picture.image = image;
    if (result.seedKnown)
        picture.seed = result.seed;
    return picture;
}

} // namespace

Json provenanceJson(const JobRecord &job, const EngineRequest &request, const RenderResult &result)
{
    Json attempts = Json::array();
    for (const JobAttempt &attempt : job.attempts)
        attempts.push_back(attemptJson(attempt));
    const RouteDecision &decision = job.decision;
    return {{"galley", textJson(QStringLiteral(GALLEY_VERSION))},
            {"schema", provenanceSchema},
            {"requested", saidJson(decision.requested)},
            {"routed", textJson(decision.model)},
            {"served", saidJson(result.model)},
            {"revision", saidJson(result.revision)},
            {"backend", textJson(result.backend.isEmpty() ? request.backend : result.backend)},
            {"decision", decisionJson(decision)},
            {"template", templateJson(job.request.source)},
            {"row", rowJson(job.request.row)},
            {"intent", textJson(job.request.intent)},
            {"fidelity", textJson(fidelityName(job.request.fidelity))},
            {"text_mode", textModeJson(job.request.source)},
            {"edit", editJson(job.request, request.references)},
            {"approved_draft", saidJson(job.request.approvedDraft)},
            {"request", request.toCanonicalJson()},
            {"request_digest", textJson(request.digest())},
            {"seed", result.seedKnown ? Json(result.seed) : Json(nullptr)},
            {"steps", result.steps},
            {"device", saidJson(result.device)},
            {"dtype", saidJson(result.dtype)},
            {"attempts", attempts},
            {"from_cache", result.fromCache},
            {"timings_ms", timingsJson(result.timingsMs)},
            {"queue_ms", queueJson(job)},
            {"memory_bytes", memoryJson(peakMemory(result))},
            {"queued_at", textJson(job.createdAt.toUTC().toString(Qt::ISODateWithMs))},
            {"estimate_usd", job.estimateUsd},
            {"cost_usd", job.costUsd ? Json(*job.costUsd) : Json(nullptr)},
            {"remote_id", saidJson(result.remoteId.isEmpty() ? job.remoteId : result.remoteId)},
            {"request_id", saidJson(result.requestId)},
            {"answer", result.answer},
            {"notes", textsJson(result.notes)}};
}

QList<NewAsset> newAssets(const JobRecord &job, const EngineRequest &request, const RenderResult &result, const QDateTime &now)
{
    QList<ServicePicture> pictures = result.pictures;
    if (pictures.isEmpty() && !result.image.isNull())
        pictures.append(encoded(result.image, result));
    const Json provenance = provenanceJson(job, request, result);
    QList<NewAsset> assets;
    for (const ServicePicture &picture : pictures) {
        NewAsset asset;
        asset.file = picture.bytes;
        AssetRecord &record = asset.record;
        record.mediaType = picture.mediaType;
        record.size = picture.image.size();
        record.createdAt = now.toUTC();
        record.templateId = job.request.source.id;
        record.templateName = job.request.source.name;
        record.project = job.request.source.project;
        record.row = job.request.row.number;
        record.requestedModel = job.decision.requested;
        record.routedModel = job.decision.model;
        record.servedModel = result.model;
        record.revision = result.revision;
        record.rule = job.decision.rule;
        record.cohort = job.decision.cohort;
        record.seed = picture.seed;
        if (!record.seed && result.seedKnown)
            record.seed = result.seed;
        if (job.costUsd)
            record.costUsd = *job.costUsd / double(pictures.size());
        record.prompt = request.prompt;
        record.provenance = provenance;
        record.provenance["picture"] = int(assets.size());
        record.provenance["size"] = {{"width", record.size.width()}, {"height", record.size.height()}};
        if (!assets.isEmpty())  // the others have seeds of their own
            record.provenance["seed"] = picture.seed ? Json(*picture.seed) : Json(nullptr);
        record.job = job.id;
        assets.append(asset);
    }
    return assets;
}

AssetRecord recordOf(const FinalPicture &picture)
{
    const auto member = [](const Json &object, const char *key) { return object.is_object() && object.contains(key) ? object[key] : Json(nullptr); };
    const Json &provenance = picture.provenance;
    AssetRecord record;
    record.id = picture.assetId;
    record.job = picture.jobId;
    record.size = picture.raw.size();
    record.createdAt = QDateTime::fromString(toQString(member(provenance, "queued_at")), Qt::ISODateWithMs);
    record.templateId = toQString(member(member(provenance, "template"), "id"));
    record.templateName = toQString(member(member(provenance, "template"), "name"));
    record.project = toQString(member(member(provenance, "template"), "project"));
    record.requestedModel = picture.requested;
    record.routedModel = picture.routed;
    record.servedModel = picture.served;
    record.revision = toQString(member(provenance, "revision"));
    record.prompt = toQString(member(member(provenance, "request"), "prompt"));
    if (const Json seed = member(provenance, "seed"); seed.is_number_integer())
        record.seed = seed.get<qint64>();
    record.provenance = provenance;
    return record;
}

AssetRecord draftRecord(const Draft &draft)
{
    const QString model = draftModelId(draft.options.model);
    const DraftMaking making = makingOf(draft);
    AssetRecord record;
    record.templateId = draft.source.id;
    record.templateName = draft.source.name;
    record.project = draft.source.project;
    record.row = draft.row.number;
    record.requestedModel = model;
    record.routedModel = model;
    record.servedModel = making.model;
    record.revision = making.revision;
    record.seed = draft.options.seed;
    record.size = draft.scene.canvas;
    record.prompt = making.words.join(QStringLiteral("; "));
    record.provenance = {{"galley", textJson(QStringLiteral(GALLEY_VERSION))},
                         {"schema", provenanceSchema},
                         {"kind", "draft"},
                         {"requested", textJson(model)},
                         {"routed", textJson(model)},
                         {"served", saidJson(record.servedModel)},
                         {"revision", saidJson(record.revision)},
                         {"template", templateJson(draft.source)},
                         {"row", rowJson(draft.row)},
                         {"text_mode", textModeJson(draft.source)},
                         {"seed", draft.options.seed},
                         {"steps", draft.options.steps},
                         {"device", saidJson(making.device)},
                         {"dtype", saidJson(making.dtype)},
                         {"subjects", making.subjects}};
    return record;
}

AssetRecord keptDraftRecord(const Draft &draft, const QDateTime &now)
{
    AssetRecord record = draftRecord(draft);
    const DraftMaking making = makingOf(draft);
    record.mediaType = "image/png";
    record.createdAt = now.toUTC();
    record.costUsd = 0;
    // The filters and lists name what drew it, never a model that had no part in it.
    if (making.model.isEmpty())
        record.routedModel = making.hasClipArt ? QStringLiteral("clip-art") : QString();
    Json &provenance = record.provenance;
    provenance["routed"] = saidJson(record.routedModel);
    provenance["request_digest"] = textJson(canonicalDigest({{"template", provenance["template"]["digest"]},
                                                             {"row", provenance["row"]["digest"]},
                                                             {"seed", draft.options.seed},
                                                             {"steps", draft.options.steps},
                                                             {"subjects", making.subjects}}));
    for (qsizetype i = 0; i < draft.subjects.size(); ++i) {
        const SubjectInfo &subject = draft.subjects.at(i);
        Json &json = provenance["subjects"][std::size_t(i)];
        json["from_cache"] = subject.fromCache;
        json["timings_ms"] = timingsJson(subject.timingsMs);
        json["memory_bytes"] = memoryJson(subject.memoryBytes);
    }
    QMap<QString, double> timings = making.timingsMs;
    timings.insert(QStringLiteral("shown"), draft.milliseconds);
    provenance["timings_ms"] = timingsJson(timings);
    provenance["memory_bytes"] = memoryJson(making.memoryBytes);
    provenance["from_cache"] = making.isFromCache;
    provenance["composed"] = true;  // with everything that Galley sets
    provenance["queue_ms"] = nullptr;  // nothing waits in a queue for it
    provenance["cost_usd"] = 0;
    provenance["intent"] = textJson(draft.source.intent);
    provenance["fidelity"] = textJson(fidelityName(Fidelity::Draft));
    provenance["backend"] = making.model.isEmpty() ? Json(nullptr) : Json("local");
    provenance["size"] = {{"width", record.size.width()}, {"height", record.size.height()}};
    return record;
}

} // namespace Galley
