#include "core/store/jobjson.h"

#include "core/template/templatefile.h"

#include <QCoreApplication>

#include <limits>

namespace Galley {

namespace {

constexpr int templateDepth = 40;  ///< a template may be nested 32 deep

Json textJson(const QString &text)
{
    return Json(text.toStdString());
}

Json textsJson(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts)
        list.push_back(text.toStdString());
    return list;
}

Json timeJson(const QDateTime &time)
{
    return time.isValid() ? textJson(time.toUTC().toString(Qt::ISODateWithMs)) : Json(nullptr);
}

const Json &member(const Json &json, const char *name)
{
    static const Json none;
    if (!json.is_object())
        return none;
    const auto found = json.find(name);
    return found == json.end() ? none : *found;
}

QString text(const Json &json, const char *name)
{
    return toQString(member(json, name));
}

QStringList texts(const Json &json, const char *name)
{
    QStringList list;
    const Json &value = member(json, name);
    if (value.is_array()) {
        for (const Json &entry : value)
            list.append(toQString(entry));
    }
    return list;
}

double number(const Json &json, const char *name, double fallback = 0)
{
    const Json &value = member(json, name);
    return value.is_number() ? value.get<double>() : fallback;
}

qint64 integer(const Json &json, const char *name, qint64 fallback = 0)
{
    const Json &value = member(json, name);
    return value.is_number_integer() ? value.get<qint64>() : fallback;
}

int smallInteger(const Json &json, const char *name, int fallback = 0)
{
    const qint64 value = integer(json, name, fallback);
    return value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max() ? fallback : int(value);
}

bool boolean(const Json &json, const char *name, bool fallback = false)
{
    const Json &value = member(json, name);
    return value.is_boolean() ? value.get<bool>() : fallback;
}

QDateTime time(const Json &json, const char *name)
{
    QDateTime value = QDateTime::fromString(text(json, name), Qt::ISODateWithMs);
    return value.isValid() ? value.toUTC() : QDateTime();
}

Json fallbacksJson(const QList<RouteFallback> &fallbacks)
{
    Json list = Json::array();
    for (const RouteFallback &fallback : fallbacks)
        list.push_back({{"model", textJson(fallback.model)}, {"on", textsJson(fallback.on)}, {"ask", fallback.ask}});
    return list;
}

ErrorCode errorCodeFromName(const QString &name)
{
    for (int code = 0; code <= int(ErrorCode::Internal); ++code) {
        if (errorCodeName(ErrorCode(code)) == name)
            return ErrorCode(code);
    }
    return ErrorCode::Internal;
}

bool isEmpty(const Error &error)
{
    return error == Error();
}

} // namespace

std::optional<Lane> laneFromName(const QString &name)
{
    for (const Lane lane : {Lane::Interactive, Lane::Final, Lane::Batch}) {
        if (laneName(lane) == name)
            return lane;
    }
    return std::nullopt;
}

std::optional<JobState> jobStateFromName(const QString &name)
{
    for (int state = 0; state <= int(JobState::Cancelled); ++state) {
        if (jobStateName(JobState(state)) == name)
            return JobState(state);
    }
    return std::nullopt;
}

Json requestJson(const RenderRequest &request)
{
    Json values = Json::object();
    for (auto value = request.row.values.cbegin(); value != request.row.values.cend(); ++value)
        values[value.key().toStdString()] = textJson(value.value());
    // The text is ours, fresh from the writer: it cannot fail to be JSON.
    const auto source = parseJson(writeTemplate(request.source), QStringLiteral("template"),
                                  {std::numeric_limits<qsizetype>::max(), templateDepth, std::numeric_limits<std::size_t>::max()});
    Json json{{"template", source ? *source : Json()},
              {"row", {{"number", request.row.number}, {"values", values}, {"folder", textJson(request.row.folder)}}},
              {"folder", textJson(request.folder)},
              {"intent", textJson(request.intent)},
              {"fidelity", textJson(fidelityName(request.fidelity))},
              {"model", textJson(request.model)},
              {"negative", textJson(request.negativePrompt)},
              {"send_draft", request.sendDraft},
              {"strength", request.strength},
              {"count", request.count}};
    if (request.mayShrink)
        json["may_shrink"] = true;
    if (request.anew)
        json["anew"] = true;
    if (request.guidance)
        json["guidance"] = *request.guidance;
    if (!request.startFile.isEmpty())
        json["start_file"] = textJson(request.startFile);
    if (request.startAsset > 0)
        json["start_asset"] = request.startAsset;
    if (!request.redo.isEmpty())
        json["redo"] = textsJson(request.redo);
    if (!request.maskFile.isEmpty())
        json["mask_file"] = textJson(request.maskFile);
    if (!request.approvedDraft.isEmpty())
        json["approved_draft"] = textJson(request.approvedDraft);
    if (request.seed)
        json["seed"] = *request.seed;
    if (request.steps)
        json["steps"] = *request.steps;
    if (request.size)
        json["size"] = Json::array({request.size->width(), request.size->height()});
    return json;
}

Result<RenderRequest> requestFromJson(const Json &json)
{
    // An editor may have saved a template half-way; the job says what is wrong with it when it is sent.
    const auto source = parseTemplate(dumpJson(member(json, "template")), QCoreApplication::translate("Galley::Store", "The job's template"),
                                      UnknownSlots::Report);
    if (!source)
        return fail(source.error());
    RenderRequest request;
    request.source = source->value;
    const Json &row = member(json, "row");
    request.row.number = smallInteger(row, "number");
    request.row.folder = text(row, "folder");
    const Json &values = member(row, "values");
    if (values.is_object()) {
        for (const auto &[name, value] : values.items())
            request.row.values.insert(QString::fromStdString(name), toQString(value));
    }
    request.folder = text(json, "folder");
    request.intent = text(json, "intent");
    request.fidelity = fidelityFromName(text(json, "fidelity")).value_or(Fidelity::Final);
    request.model = text(json, "model");
    request.negativePrompt = text(json, "negative");
    request.sendDraft = boolean(json, "send_draft");
    request.strength = number(json, "strength", request.strength);
    request.count = smallInteger(json, "count", 1);
    request.mayShrink = boolean(json, "may_shrink");
    request.anew = boolean(json, "anew");
    if (member(json, "guidance").is_number())
        request.guidance = number(json, "guidance");
    request.startFile = text(json, "start_file");
    request.startAsset = integer(json, "start_asset");
    request.redo = texts(json, "redo");
    request.maskFile = text(json, "mask_file");
    request.approvedDraft = text(json, "approved_draft");
    if (member(json, "seed").is_number_integer())
        request.seed = smallInteger(json, "seed");
    if (member(json, "steps").is_number_integer())
        request.steps = smallInteger(json, "steps");
    const Json &size = member(json, "size");
    if (size.is_array() && size.size() == 2 && size[0].is_number_integer() && size[1].is_number_integer())
        request.size = QSize(size[0].get<int>(), size[1].get<int>());
    return request;
}

Json decisionJson(const RouteDecision &decision)
{
    return {{"requested", textJson(decision.requested)}, {"model", textJson(decision.model)},
            {"rule", textJson(decision.rule)},           {"cohort", decision.cohort},
            {"reasons", textsJson(decision.reasons)},    {"fallbacks", fallbacksJson(decision.fallbacks)},
            {"skipped", textsJson(decision.skipped)},    {"policy", textJson(decision.policy)},
            {"policy_revision", decision.revision},      {"canary", decision.isCanary},
            {"shadow", textJson(decision.shadow)},       {"tried", textsJson(decision.tried)}};
}

RouteDecision decisionFromJson(const Json &json)
{
    RouteDecision decision;
    decision.requested = text(json, "requested");
    decision.model = text(json, "model");
    decision.rule = text(json, "rule");
    decision.cohort = smallInteger(json, "cohort");
    decision.reasons = texts(json, "reasons");
    decision.skipped = texts(json, "skipped");
    decision.policy = text(json, "policy");
    decision.revision = integer(json, "policy_revision");
    decision.isCanary = boolean(json, "canary");
    decision.shadow = text(json, "shadow");
    decision.tried = texts(json, "tried");
    const Json &fallbacks = member(json, "fallbacks");
    if (fallbacks.is_array()) {
        for (const Json &entry : fallbacks)
            decision.fallbacks.append({text(entry, "model"), texts(entry, "on"), boolean(entry, "ask")});
    }
    return decision;
}

Json attemptJson(const JobAttempt &attempt)
{
    return {{"started", timeJson(attempt.startedAt)},      {"model", textJson(attempt.model)},
            {"backend", textJson(attempt.backend)},        {"served", textJson(attempt.served)},
            {"outcome", textJson(attempt.outcome)},
            {"message", textJson(attempt.message)},        {"http_status", attempt.httpStatus},
            {"requests_sent", attempt.requestsSent},       {"milliseconds", attempt.milliseconds}};
}

JobAttempt attemptFromJson(const Json &json)
{
    return {.startedAt = time(json, "started"),
            .model = text(json, "model"),
            .backend = text(json, "backend"),
            .served = text(json, "served"),
            .outcome = text(json, "outcome"),
            .message = text(json, "message"),
            .httpStatus = smallInteger(json, "http_status"),
            .requestsSent = smallInteger(json, "requests_sent"),
            .milliseconds = number(json, "milliseconds")};
}

Json errorJson(const Error &error)
{
    if (isEmpty(error))
        return nullptr;
    return {{"code", textJson(errorCodeName(error.code))},
            {"message", textJson(error.message)},
            {"detail", textJson(error.detail)},
            {"failure", textJson(failureClassName(error.failure))},
            {"http_status", error.httpStatus},
            {"service_code", textJson(error.serviceCode)},
            {"retry_after_ms", error.retryAfterMs},
            {"billed", error.billed}};
}

Error errorFromJson(const Json &json)
{
    Error error;
    if (!json.is_object())
        return error;
    error.code = errorCodeFromName(text(json, "code"));
    error.message = text(json, "message");
    error.detail = text(json, "detail");
    error.failure = failureClassFromName(text(json, "failure")).value_or(FailureClass::None);
    error.httpStatus = smallInteger(json, "http_status");
    error.serviceCode = text(json, "service_code");
    error.retryAfterMs = integer(json, "retry_after_ms", -1);
    error.billed = boolean(json, "billed");
    return error;
}

Json jobJson(const JobRecord &record)
{
    Json attempts = Json::array();
    for (const JobAttempt &attempt : record.attempts)
        attempts.push_back(attemptJson(attempt));
    Json assets = Json::array();
    for (const qint64 asset : record.assets)
        assets.push_back(asset);
    Json json{{"id", record.id},
              {"lane", textJson(laneName(record.lane))},
              {"position", record.position},
              {"state", textJson(jobStateName(record.state))},
              {"request", requestJson(record.request)},
              {"decision", decisionJson(record.decision)},
              {"remote_id", textJson(record.remoteId)},
              {"request_digest", textJson(record.requestDigest)},
              {"estimate_usd", record.estimateUsd},
              {"reservation", record.reservation},
              {"attempts", attempts},
              {"tries", record.tries},
              {"not_before", timeJson(record.notBefore)},
              {"created", timeJson(record.createdAt)},
              {"ended", timeJson(record.endedAt)},
              {"error", errorJson(record.error)},
              {"assets", assets},
              {"notes", textsJson(record.notes)},
              {"shadow_of", record.shadowOf}};
    if (!record.priceKnown)
        json["price_known"] = false;
    if (record.costUsd)
        json["cost_usd"] = *record.costUsd;
    return json;
}

Result<JobRecord> jobFromJson(const Json &json)
{
    auto request = requestFromJson(member(json, "request"));
    if (!request)
        return fail(request.error());
    JobRecord record;
    record.id = integer(json, "id");
    record.lane = laneFromName(text(json, "lane")).value_or(Lane::Final);
    record.position = number(json, "position");
    record.state = jobStateFromName(text(json, "state")).value_or(JobState::Held);
    record.request = std::move(*request);
    record.decision = decisionFromJson(member(json, "decision"));
    record.remoteId = text(json, "remote_id");
    record.requestDigest = text(json, "request_digest");
    record.estimateUsd = number(json, "estimate_usd");
    record.reservation = integer(json, "reservation");
    record.priceKnown = boolean(json, "price_known", true);
    if (member(json, "cost_usd").is_number())
        record.costUsd = number(json, "cost_usd");
    if (const Json &attempts = member(json, "attempts"); attempts.is_array()) {
        for (const Json &attempt : attempts)
            record.attempts.append(attemptFromJson(attempt));
    }
    record.tries = smallInteger(json, "tries");
    record.notBefore = time(json, "not_before");
    record.createdAt = time(json, "created");
    record.endedAt = time(json, "ended");
    record.error = errorFromJson(member(json, "error"));
    if (const Json &assets = member(json, "assets"); assets.is_array()) {
        for (const Json &asset : assets)
            record.assets.append(asset.is_number_integer() ? asset.get<qint64>() : 0);
    }
    record.notes = texts(json, "notes");
    record.shadowOf = integer(json, "shadow_of");
    return record;
}

} // namespace Galley
