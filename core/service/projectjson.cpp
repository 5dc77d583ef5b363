#include "core/service/projectjson.h"

#include "core/service/pictureexport.h"
#include "core/store/jobjson.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace Galley {

namespace {

struct TextMember
{
    const char *key;
    QString AssetRecord::*text;
};
constexpr TextMember textMembers[] = {{"digest", &AssetRecord::digest},
                                      {"template_id", &AssetRecord::templateId},
                                      {"template_name", &AssetRecord::templateName},
                                      {"project", &AssetRecord::project},
                                      {"requested", &AssetRecord::requestedModel},
                                      {"routed", &AssetRecord::routedModel},
                                      {"served", &AssetRecord::servedModel},
                                      {"revision", &AssetRecord::revision},
                                      {"rule", &AssetRecord::rule},
                                      {"prompt", &AssetRecord::prompt},
                                      {"mark", &AssetRecord::mark}};

QString textOf(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

std::optional<qint64> wholeOf(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_number_integer() ? std::optional(found->get<qint64>()) : std::nullopt;
}

std::optional<double> numberOf(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

Json listOf(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_array() ? *found : Json::array();
}

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

Json judgementJson(const Judgement &judgement)
{
    Json tags = Json::array();
    for (const QString &tag : judgement.tags)
        tags.push_back(tag.toStdString());
    return {{"rating", judgement.rating ? Json(*judgement.rating) : Json(nullptr)},
            {"pick", pickStateName(judgement.pick).toStdString()},
            {"note", judgement.note.toStdString()},
            {"tags", tags}};
}

Judgement judgementOf(const Json &json)
{
    Judgement judgement;
    if (!json.is_object())
        return judgement;
    if (const auto rating = wholeOf(json, "rating"); rating && *rating >= 1 && *rating <= 5)
        judgement.rating = int(*rating);
    judgement.pick = pickStateFromName(textOf(json, "pick")).value_or(PickState::None);
    judgement.note = textOf(json, "note");
    for (const Json &tag : listOf(json, "tags")) {
        if (tag.is_string())
            judgement.tags.append(QString::fromStdString(tag.get<std::string>()).simplified().left(200));
    }
    judgement.tags.removeAll(QString());
    judgement.tags.sort();
    judgement.tags.removeDuplicates();
    return judgement;
}

Json scoresJson(const QList<PictureScore> &scores)
{
    Json list = Json::array();
    for (const PictureScore &score : scores)
        list.push_back({{"name", score.name.toStdString()}, {"value", score.value}, {"detail", score.detail}});
    return list;
}

QList<PictureScore> scoresOf(const Json &json)
{
    QList<PictureScore> scores;
    for (const Json &item : listOf(json, "scores")) {
        const auto value = item.is_object() ? numberOf(item, "value") : std::nullopt;
        if (value && *value >= 0 && *value <= 1 && !textOf(item, "name").isEmpty())
            scores.append({textOf(item, "name"), *value, item.contains("detail") ? item["detail"] : Json::object()});
    }
    return scores;
}

} // namespace

Json projectPictureJson(const ProjectPicture &picture)
{
    const AssetRecord &record = picture.picture.asset.record;
    Json json = Json::object();
    for (const TextMember &member : textMembers)
        json[member.key] = (record.*member.text).toStdString();
    json["media_type"] = record.mediaType.toStdString();
    json["width"] = record.size.width();
    json["height"] = record.size.height();
    json["bytes"] = record.bytes;
    json["created"] = timeText(record.createdAt).toStdString();
    json["row"] = record.row;
    json["cohort"] = record.cohort;
    json["seed"] = record.seed ? Json(*record.seed) : Json(nullptr);
    json["cost_usd"] = record.costUsd ? Json(*record.costUsd) : Json(nullptr);
    json["provenance"] = withoutLocalPaths(record.provenance);
    json["job"] = picture.job;
    json["judgement"] = judgementJson(picture.picture.judgement);
    json["scores"] = scoresJson(picture.picture.scores);
    return json;
}

Result<ProjectPicture> projectPictureFromJson(const Json &json)
{
    static const QRegularExpression digest(QStringLiteral("^[0-9a-f]{64}$"));
    ProjectPicture result;
    AssetRecord &record = result.picture.asset.record;
    if (json.is_object()) {
        for (const TextMember &member : textMembers)
            record.*member.text = textOf(json, member.key);
    }
    if (!digest.match(record.digest).hasMatch())
        return fail(ErrorCode::InvalidInput, QCoreApplication::translate("Galley::Library", "A picture of the project file names no file."));
    record.mediaType = textOf(json, "media_type").toLatin1();
    const auto side = [&](const char *key) { return int(std::clamp<qint64>(wholeOf(json, key).value_or(0), 0, 1'000'000)); };
    record.size = QSize(side("width"), side("height"));
    record.bytes = wholeOf(json, "bytes").value_or(0);
    record.createdAt = QDateTime::fromString(textOf(json, "created"), Qt::ISODateWithMs).toUTC();
    record.row = side("row");
    record.cohort = int(std::clamp<qint64>(wholeOf(json, "cohort").value_or(0), 0, 9999));
    record.seed = wholeOf(json, "seed");
    if (const auto cost = numberOf(json, "cost_usd"); cost && *cost >= 0 && *cost < 1e9)
        record.costUsd = *cost;
    if (json.contains("provenance") && json["provenance"].is_object())
        record.provenance = json["provenance"];
    result.job = int(std::clamp<qint64>(wholeOf(json, "job").value_or(-1), -1, INT_MAX));
    result.picture.judgement = judgementOf(json.contains("judgement") ? json["judgement"] : Json());
    result.picture.scores = scoresOf(json);
    return result;
}

Json projectJobJson(const JobRecord &job, const QList<ReferencePicture> &references, const ProjectImages &images)
{
    JobRecord record = job;
    record.request = withoutImageFolders(job.request);
    for (QString *local : {&record.request.startFile, &record.request.maskFile})
        local->clear();
    record.request.startAsset = 0;
    record.reservation = 0;
    record.assets.clear();
    record.attempts.clear();  // they stand in the provenance
    record.error = {};
    Json json = jobJson(record);
    json["notes"] = withoutLocalPaths(json["notes"]);
    json["images"] = projectImagesJson(images);
    json["references"] = Json::array();
    for (const ReferencePicture &reference : references) {
        json["references"].push_back({{"use", reference.use == ReferencePicture::Use::Mask ? "mask" : "start"},
                                      {"digest", reference.digest.toStdString()},
                                      {"width", reference.size.width()},
                                      {"height", reference.size.height()}});
    }
    return json;
}

Result<JobRecord> projectJobFromJson(const Json &json, QList<ReferencePicture> *references, QList<ProjectImage> *images)
{
    auto record = jobFromJson(json);
    if (!record)
        return record;
    record->id = 0;
    record->state = JobState::Done;
    record->reservation = 0;
    record->shadowOf = 0;
    record->attempts.clear();  // they stand in the provenance; here they would count as this library's own experience
    RouteDecision &decision = record->decision;  // so would its rule: a rollback would mark these pictures, and a dry run would repeat the job
    decision.rule.clear();
    decision.policy.clear();
    decision.revision = 0;
    decision.isCanary = false;
    decision.shadow.clear();
    record->createdAt = {};
    record->endedAt = {};
    for (QString *local : {&record->request.folder, &record->request.row.folder, &record->request.startFile, &record->request.maskFile})
        local->clear();
    record->request.startAsset = 0;
    for (const Json &item : listOf(json, "references")) {
        if (!item.is_object())
            continue;
        ReferencePicture reference;
        reference.use = textOf(item, "use") == QLatin1String("mask") ? ReferencePicture::Use::Mask : ReferencePicture::Use::Start;
        reference.digest = textOf(item, "digest");
        reference.size = QSize(int(wholeOf(item, "width").value_or(0)), int(wholeOf(item, "height").value_or(0)));
        references->append(reference);
    }
    *images = projectImagesFromJson(json.contains("images") ? json["images"] : Json());
    return record;
}

} // namespace Galley
