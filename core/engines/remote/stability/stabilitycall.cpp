#include "core/engines/remote/stability/stabilitycall.h"

#include "core/engines/remote/failure.h"
#include "core/engines/remote/wire.h"

namespace Galley {

namespace {

// 0 is "random" at this service; the largest seed that it takes stands for ours.
constexpr qint64 seedForZero = 4294967294;
constexpr qint64 waitAfterLimitMs = 60'000;  // the limit counts 10 s, and locks for a minute without saying so in a header

const QStringList ratios{QStringLiteral("21x9"), QStringLiteral("16x9"), QStringLiteral("3x2"), QStringLiteral("5x4"), QStringLiteral("1x1"),
                         QStringLiteral("4x5"),  QStringLiteral("2x3"),  QStringLiteral("9x16"), QStringLiteral("9x21")};

QString routeOf(const EngineRequest &request)
{
    const QString named = textOf(request.options, "api");
    return named.isEmpty() ? QStringLiteral("sd3") : named;
}

QStringList featuresOf(const QString &route)
{
    QStringList features{QStringLiteral("seed"), QStringLiteral("negative")};
    if (route != QLatin1String("core"))
        features.append(QStringLiteral("image"));
    return features;
}

QList<HttpPart> formOf(const EngineRequest &request, const QString &route)
{
    const ReferencePicture *start = featuresOf(route).contains(QLatin1String("image")) ? startPicture(request) : nullptr;
    const bool isSd3 = route == QLatin1String("sd3");
    Json body{{"prompt", request.prompt.toStdString()}};
    if (isSd3) {
        body["model"] = upstreamOf(request).toStdString();
        body["mode"] = start ? "image-to-image" : "text-to-image";
    }
    if (const QString ratio = ratioOf(request, ratios); !ratio.isEmpty() && !(isSd3 && start))
        body["aspect_ratio"] = QString(ratio).replace(QLatin1Char('x'), QLatin1Char(':')).toStdString();
    if (!request.negativePrompt.isEmpty())
        body["negative_prompt"] = request.negativePrompt.toStdString();
    if (request.seedWanted)
        body["seed"] = request.seed == 0 ? seedForZero : qint64(request.seed);
    if (start)
        body["strength"] = request.strength;
    addOptions(body, request, {QStringLiteral("api")});
    if (!body.contains("output_format"))
        body["output_format"] = "png";
    QList<HttpPart> parts = formParts(body);
    if (start)
        parts.append({.name = "image", .content = start->png, .fileName = "start.png", .mediaType = "image/png"});
    return parts;
}

Error filteredError(const QString &service)
{
    return {.code = ErrorCode::Refused,
            .message = StabilityCall::tr("%1 drew the picture and blurred it for reasons of safety. Change the words before you try again.").arg(service),
            .failure = FailureClass::Refused,
            .httpStatus = 200,
            .serviceCode = QStringLiteral("CONTENT_FILTERED")};
}

} // namespace

void StabilityCall::start()
{
    const QString route = routeOf(request());
    if (route != QLatin1String("sd3") && route != QLatin1String("core") && route != QLatin1String("ultra")) {
        return fail({.code = ErrorCode::InvalidInput,
                     .message = tr("The option \"api\" of the model \"%1\" must be one of sd3, core and ultra; mend it in models.yaml.").arg(request().model)});
    }
    result.notes += notSent(request(), featuresOf(route), service());
    if (request().seedWanted && request().seed == 0)
        result.notes.append(tr("%1 draws at random for seed 0; %2 was sent in its place.").arg(service(), QString::number(seedForZero)));
    HttpRequest http = get(QStringLiteral("v2beta/stable-image/generate/") + route);
    http.method = "POST";
    http.parts = formOf(request(), route);
    http.headers.append(HttpHeader{"Accept", "image/*"});
    authorize(http, "Authorization", "Bearer ");
    sendPaid(http, [this](const HttpReply &reply) { readPicture(reply); });
}

/// The picture itself with its facts in headers; from a proxy that ignores Accept, JSON with the same facts.
void StabilityCall::readPicture(const HttpReply &reply)
{
    if (reply.mediaType() == "application/json") {
        return parse(reply, [this](const Json &answer) {
            result.answer = withoutMembers(answer, {"image"});
            readFacts(textOf(answer, "finish_reason"), wholeNumberOf(answer, "seed"));
            if (!hasEnded())
                finishWithBase64({textOf(answer, "image").toLatin1()});
        });
    }
    const QString reason = QString::fromLatin1(reply.header("finish-reason").left(100));
    bool isNumber = false;
    const qint64 seed = reply.header("seed").toLongLong(&isNumber);
    result.answer = {{"finish_reason", reason.toStdString()}};
    if (isNumber)
        result.answer["seed"] = seed;
    readFacts(reason, isNumber ? std::optional(seed) : std::nullopt);
    if (!hasEnded())
        finishWithBytes({reply.body});
}

void StabilityCall::readFacts(const QString &reason, std::optional<qint64> seed)
{
    const bool isOurZero = seed == seedForZero && request().seedWanted && request().seed == 0;
    servedSeed = isOurZero ? std::optional<qint64>(0) : seed;
    if (reason == QLatin1String("CONTENT_FILTERED"))
        fail(filteredError(service()));
    else if (!reason.isEmpty() && reason != QLatin1String("SUCCESS"))
        failUnusable(tr("it stopped without a picture"), shortened(reason));
}

Error StabilityCall::readFailure(const HttpReply &reply) const
{
    Error error = RemoteCall::readFailure(reply);
    if (reply.status == 429 && error.failure == FailureClass::Busy && error.retryAfterMs < 0)
        error.retryAfterMs = waitAfterLimitMs;
    if (reply.status == 404 || reply.status == 410)
        return retiredError(reply, service(), upstreamOf(request()));
    return error;
}

namespace {

HttpRequest testRequest(const BackendEntry &backend, const Secret &key)
{
    return testRequestTo(backend, QStringLiteral("v1/user/balance"), "Authorization", "Bearer ", key);
}

Result<QString> readTest(const BackendEntry &backend, const HttpReply &reply)
{
    const auto credits = numberOf(failureBody(reply), "credits");
    if (!credits)
        return StabilityCall::tr("%1 answers and takes the key, but does not tell the balance.").arg(backend.title());
    return StabilityCall::tr("%1 answers and takes the key; %2 credits are left.").arg(backend.title(), QString::number(*credits, 'f', 1));
}

} // namespace

const ServiceKind &stabilityKind()
{
    static const ServiceKind kind{.name = QStringLiteral("stability"),
                                  .title = QStringLiteral("Stability AI"),
                                  .defaultUrl = QUrl(QStringLiteral("https://api.stability.ai")),
                                  .features = {QStringLiteral("seed"), QStringLiteral("negative"), QStringLiteral("image"), QStringLiteral("strength")},
                                  .makeCall = [](HttpClient *client, CallContext context, QObject *parent) -> RemoteCall * {
                                      return new StabilityCall(client, std::move(context), parent);
                                  },
                                  .testRequest = testRequest,
                                  .readTest = readTest};
    return kind;
}

} // namespace Galley
