#include "core/engines/remote/gemini/geminicall.h"

#include "core/engines/remote/failure.h"
#include "core/engines/remote/wire.h"

namespace Galley {

namespace {

const QByteArray keyHeader = "x-goog-api-key";

const QStringList ratios{QStringLiteral("1x1"), QStringLiteral("2x3"), QStringLiteral("3x2"),  QStringLiteral("3x4"),  QStringLiteral("4x3"),
                         QStringLiteral("4x5"), QStringLiteral("5x4"), QStringLiteral("9x16"), QStringLiteral("16x9"), QStringLiteral("21x9")};

/// Some proxies spell members in snake case.
const Json &eitherOf(const Json &json, const char *camel, const char *snake)
{
    const Json &value = memberOf(json, camel);
    return value.is_null() ? memberOf(json, snake) : value;
}

Json bodyOf(const EngineRequest &request)
{
    Json parts = Json::array({{{"text", request.prompt.toStdString()}}});
    if (const ReferencePicture *start = startPicture(request))
        parts.push_back({{"inlineData", {{"mimeType", "image/png"}, {"data", start->png.toBase64().toStdString()}}}});
    Json config = request.options.is_object() ? request.options : Json::object();
    if (!config.contains("responseModalities"))
        config["responseModalities"] = Json::array({"IMAGE"});
    if (const QString ratio = ratioOf(request, ratios); !ratio.isEmpty()) {
        if (!memberOf(config, "imageConfig").is_object())
            config["imageConfig"] = Json::object();
        config["imageConfig"]["aspectRatio"] = QString(ratio).replace(QLatin1Char('x'), QLatin1Char(':')).toStdString();
    }
    return {{"contents", Json::array({{{"role", "user"}, {"parts", parts}}})}, {"generationConfig", config}};
}

/// What a model that thinks draws on the way is marked and not the answer; of the others the last one counts.
QByteArray lastPicture(const Json &parts)
{
    QByteArray picture;
    for (const Json &part : parts) {
        const Json &data = eitherOf(part, "inlineData", "inline_data");
        if (data.is_object() && !isTrue(part, "thought"))
            picture = textOf(data, "data").toLatin1();
    }
    return picture;
}

QString wordsIn(const Json &parts)
{
    QStringList words;
    for (const Json &part : parts) {
        if (!isTrue(part, "thought"))
            words.append(textOf(part, "text"));
    }
    return words.join(QLatin1Char(' '));
}

bool isSafetyReason(const QString &reason)
{
    return reason.contains(QLatin1String("SAFETY")) || reason.contains(QLatin1String("PROHIBITED")) || reason.contains(QLatin1String("RECITATION"))
           || reason == QLatin1String("BLOCKLIST") || reason == QLatin1String("SPII");
}

Error refusal(const QString &service, const QString &reason, const QString &words)
{
    return {.code = ErrorCode::Refused,
            .message = GeminiCall::tr("%1 refused the request for reasons of safety (%2). Change the words or the picture.").arg(service, reason),
            .detail = words,
            .failure = FailureClass::Refused,
            .httpStatus = 200,
            .serviceCode = reason};
}

/// The pictures of an answer are kept apart; signatures of thoughts are of no use to anybody.
Json withoutPictures(const Json &answer)
{
    return withoutMembers(answer, {"inlineData", "inline_data", "thoughtSignature", "thought_signature"});
}

} // namespace

void GeminiCall::start()
{
    result.notes += notSent(request(), {QStringLiteral("image")}, service());
    result.seedKnown = false;
    makeBody([asked = request()] { return bodyOf(asked); }, [this](const QByteArray &body) {
        HttpRequest http = post(QStringLiteral("v1beta/models/") + pathPart(upstreamOf(request())) + QStringLiteral(":generateContent"), body);
        authorize(http, keyHeader, {});
        sendPaid(http, [this](const HttpReply &reply) {
            parse(reply, [this](const Json &answer) { readAnswer(answer); });
        });
    });
}

void GeminiCall::readAnswer(const Json &answer)
{
    const Json &candidates = memberOf(answer, "candidates");
    const Json candidate = candidates.is_array() && !candidates.empty() ? candidates.front() : Json();
    const Json &parts = memberOf(memberOf(candidate, "content"), "parts");
    const QByteArray picture = parts.is_array() ? lastPicture(parts) : QByteArray();
    const QString words = parts.is_array() ? shortened(wordsIn(parts), 300) : QString();
    const QString reason = toQString(eitherOf(candidate, "finishReason", "finish_reason")).left(60);
    const QString blocked = toQString(eitherOf(eitherOf(answer, "promptFeedback", "prompt_feedback"), "blockReason", "block_reason")).left(60);
    if (picture.isEmpty() && !blocked.isEmpty())
        return fail(refusal(service(), blocked, words));
    if (picture.isEmpty() && isSafetyReason(reason))
        return fail(refusal(service(), reason, words));
    if (picture.isEmpty())
        return failUnusable(tr("there is no picture in it (%1)").arg(reason.isEmpty() ? tr("it gives no reason") : reason), words);
    if (const QString served = toQString(eitherOf(answer, "modelVersion", "model_version")); !served.isEmpty())
        result.model = served.left(200);
    if (const QString id = toQString(eitherOf(answer, "responseId", "response_id")); !id.isEmpty())
        result.requestId = id.left(200);
    if (!words.isEmpty())
        result.notes.append(tr("%1 wrote beside the picture: %2").arg(service(), words));
    result.answer = withoutPictures(answer);
    finishWithBase64({picture});
}

/// The wait stands in the body ({"@type":"…RetryInfo","retryDelay":"32s"}), as does the reason of a key that is not taken.
Error GeminiCall::readFailure(const HttpReply &reply) const
{
    Error error = RemoteCall::readFailure(reply);
    const Json body = failureBody(reply);
    const Json &object = memberOf(body.is_array() && !body.empty() ? body.front() : body, "error");
    const QString status = textOf(object, "status");
    if (reply.status == 404 && (status.isEmpty() || status == QLatin1String("NOT_FOUND")))
        return retiredError(reply, service(), upstreamOf(request()));
    if (const Json &details = memberOf(object, "details"); details.is_array()) {
        for (const Json &detail : details) {
            if (const qint64 wait = durationMs(textOf(detail, "retryDelay")); wait >= 0)
                error.retryAfterMs = wait;
            if (textOf(detail, "reason") == QLatin1String("API_KEY_INVALID"))
                error.message = tr("%1 does not accept the key. Replace it under \"Services and Keys\".").arg(service());
        }
    }
    if (reply.status == 503 && error.retryAfterMs >= 0) {
        error.failure = FailureClass::Busy;
        error.code = ErrorCode::Unavailable;
    }
    if (!status.isEmpty())
        error.serviceCode = status;
    return error;
}

namespace {

HttpRequest testRequest(const BackendEntry &backend, const Secret &key)
{
    return testRequestTo(backend, QStringLiteral("v1beta/models?pageSize=1000"), keyHeader, {}, key);
}

Result<QString> readTest(const BackendEntry &backend, const HttpReply &reply)
{
    const auto answer = parseJson(reply.body, QStringLiteral("answer"), JsonLimits{.depth = 64});
    const Json &models = answer ? memberOf(*answer, "models") : memberOf(Json(), "models");
    if (!models.is_array()) {
        return fail(ErrorCode::ServiceFailed,
                    GeminiCall::tr("%1 answers, but not as this service does. Check the address of the backend.").arg(backend.title()));
    }
    return GeminiCall::tr("%1 answers and knows %n models.", nullptr, int(models.size())).arg(backend.title());
}

} // namespace

const ServiceKind &geminiKind()
{
    static const ServiceKind kind{.name = QStringLiteral("gemini"),
                                  .title = QStringLiteral("Google Gemini"),
                                  .defaultUrl = QUrl(QStringLiteral("https://generativelanguage.googleapis.com")),
                                  .features = {QStringLiteral("image")},
                                  .makeCall = [](HttpClient *client, CallContext context, QObject *parent) -> RemoteCall * {
                                      return new GeminiCall(client, std::move(context), parent);
                                  },
                                  .testRequest = testRequest,
                                  .readTest = readTest};
    return kind;
}

} // namespace Galley
