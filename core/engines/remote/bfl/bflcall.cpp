#include "core/engines/remote/bfl/bflcall.h"

#include "core/engines/remote/failure.h"
#include "core/engines/remote/resultlink.h"
#include "core/engines/remote/wire.h"

#include <algorithm>
#include <numeric>

namespace Galley {

namespace {

const QByteArray keyHeader = "x-key";
constexpr double usdPerCredit = 0.01;
constexpr double longestWaitS = 365.0 * 24 * 3600;

/// These models have no width and height.
bool takesRatio(const QString &model)
{
    return model.contains(QLatin1String("kontext")) || model.endsWith(QLatin1String("ultra"));
}

void addSize(Json &body, const EngineRequest &request)
{
    QString ratio = request.ratio;
    if (ratio.isEmpty() && takesRatio(upstreamOf(request)) && !request.size.isEmpty()) {
        const int divisor = std::gcd(request.size.width(), request.size.height());
        ratio = pixelsText(request.size / divisor);
    }
    if (!ratio.isEmpty()) {
        body["aspect_ratio"] = ratio.replace(QLatin1Char('x'), QLatin1Char(':')).toStdString();
    } else if (!request.size.isEmpty()) {
        body["width"] = request.size.width();
        body["height"] = request.size.height();
    }
}

Json bodyOf(const EngineRequest &request)
{
    Json body{{"prompt", request.prompt.toStdString()}};
    addSize(body, request);
    if (request.seedWanted)
        body["seed"] = request.seed;
    if (const ReferencePicture *start = startPicture(request))
        body["input_image"] = start->png.toBase64().toStdString();
    addOptions(body, request, {});
    if (!body.contains("output_format"))
        body["output_format"] = "png";
    return body;
}

bool isUnderBfl(const QUrl &url)
{
    const QString host = url.host();
    return url.scheme() == QLatin1String("https") && url.port(443) == 443
           && (host == QLatin1String("bfl.ai") || host.endsWith(QLatin1String(".bfl.ai")));
}

} // namespace

bool BflCall::mayHaveKey(const QUrl &url, const BackendEntry &backend)
{
    if (!url.isValid() || !url.userInfo().isEmpty())
        return false;
    return isSameOrigin(url, backend.url) || (isUnderBfl(url) && isUnderBfl(backend.url));
}

void BflCall::start()
{
    result.notes += notSent(request(), {QStringLiteral("seed"), QStringLiteral("image")}, service());
    makeBody([asked = request()] { return bodyOf(asked); }, [this](const QByteArray &body) {
        HttpRequest http = post(QStringLiteral("v1/") + pathPart(upstreamOf(request())), body);
        authorize(http, keyHeader, {});
        sendPaid(http, [this](const HttpReply &reply) {
            parse(reply, [this](const Json &answer) { readAccepted(answer); });
        });
    });
}

/// The remote id is the polling address; one of an older library, or of a server that gave none, is the bare id.
QUrl BflCall::pollingUrl(const QString &id) const
{
    return id.contains(QLatin1String("://")) ? QUrl(id, QUrl::StrictMode) : url(QStringLiteral("v1/get_result?id=") + pathPart(id));
}

void BflCall::lookUp()
{
    m_polling = pollingUrl(remoteId());
    if (!mayHaveKey(m_polling, backend()))
        return failStrangeAddress();
    poll(0);
}

void BflCall::readAccepted(const Json &answer)
{
    constexpr int longestAddress = 2000;
    const QString address = textOf(answer, "polling_url");
    const QString id = address.isEmpty() ? textOf(answer, "id") : address;
    if (id.isEmpty() || id.size() > longestAddress)
        return failUnusable(tr("it does not name the job"));
    if (const auto cost = numberOf(answer, "cost"); cost && *cost >= 0)
        result.costUsd = *cost * usdPerCredit;
    m_accepted = withoutMembers(answer, {"polling_url"});
    m_polling = pollingUrl(id);
    if (!mayHaveKey(m_polling, backend()))
        return failStrangeAddress();
    result.remoteId = id;
    reportAccepted(id);
    reportState(QStringLiteral("Pending"));
    later(pollDelayMs(backend(), 0), [this] { poll(0); });
}

void BflCall::failStrangeAddress()
{
    fail(ambiguousError(tr("%1 wants to be asked for the picture at an address that is not its own (%2); the key is not sent there. Ask its support what "
                           "became of the request.")
                            .arg(service(), loggableUrl(m_polling).left(200))));
}

void BflCall::poll(int round)
{
    HttpRequest http = get(QString());
    http.url = m_polling;
    http.maxRedirects = 0;
    authorize(http, keyHeader, {});
    send(http, [this, round](const HttpReply &reply) {
        parse(reply, [this, round](const Json &answer) { readResult(answer, round); });
    });
}

void BflCall::readResult(const Json &answer, int round)
{
    const QString status = textOf(answer, "status").left(60);
    if (status == QLatin1String("Ready"))
        return finishWith(answer);
    const bool isRunning = status == QLatin1String("Pending") || status == QLatin1String("Queued") || status == QLatin1String("Processing");
    if (!isRunning)
        return failJob(status, answer);
    if (hasPolledEnough(round)) {
        return fail(ambiguousError(tr("%1 has been working on the picture for too long. Look it up again later, before you send the request anew.")
                                       .arg(service())));
    }
    if (const auto progress = numberOf(answer, "progress"); progress && *progress >= 0 && *progress <= 1)
        reportProgress(int(*progress * 100), 100);
    reportState(status);
    later(pollDelayMs(backend(), round + 1), [this, round] { poll(round + 1); });
}

void BflCall::finishWith(const Json &answer)
{
    const Json &made = memberOf(answer, "result");
    const QUrl sample(textOf(made, "sample"), QUrl::StrictMode);
    if (!sample.isValid() || sample.isEmpty())
        return failUnusable(tr("it gives no link to the picture"));
    servedSeed = wholeNumberOf(made, "seed");
    const QString prompt = textOf(made, "prompt");
    if (!prompt.isEmpty() && prompt != request().prompt)
        result.notes.append(tr("%1 changed the prompt: %2").arg(service(), shortened(prompt)));
    result.answer = {{"accepted", m_accepted}, {"result", withoutMembers(answer, {"sample"})}};
    m_isDownloading = true;
    finishWithUrls({sample});
}

QString BflCall::unknownJob() const
{
    return tr("%1 does not know this job (any more); a finished one is kept only for a short time. The picture may have been charged for: look at the "
              "account there before you send the request anew.")
        .arg(service());
}

void BflCall::failJob(const QString &status, const Json &answer)
{
    const Json &details = memberOf(answer, "details");
    Error error = ambiguousError({}, details.is_null() ? QString() : shortened(QString::fromUtf8(dumpJson(details))));
    error.serviceCode = status;
    if (status.contains(QLatin1String("Moderated"))) {
        error.code = ErrorCode::Refused;
        error.failure = FailureClass::Refused;
        error.message = status.startsWith(QLatin1String("Request"))
                            ? tr("%1 refused the request for reasons of safety. Change the words or the picture.").arg(service())
                            : tr("%1 drew the picture and withheld it for reasons of safety. Change the words before you try again.").arg(service());
    } else if (status == QLatin1String("Task not found")) {
        error.message = unknownJob();
    } else {
        error.message = tr("%1 could not make the picture (%2). It may have been charged for; look at the account there before you send the request anew.")
                            .arg(service(), status.isEmpty() ? tr("it gives no reason") : status);
    }
    fail(error);
}

Error BflCall::readFailure(const HttpReply &reply) const
{
    const bool isGone = reply.status == 404 || reply.status == 410;
    if (m_isDownloading && (isGone || reply.status == 403))
        return expiredError(reply, service());
    if (isGone && m_polling.isEmpty())
        return retiredError(reply, service(), upstreamOf(request()));
    Error error = RemoteCall::readFailure(reply);
    if (isGone)
        error.message = unknownJob();
    if (error.retryAfterMs < 0) {
        if (const auto seconds = numberOf(failureBody(reply), "retry_after"); seconds && *seconds >= 0)
            error.retryAfterMs = qint64(std::min(*seconds, longestWaitS) * 1000);
    }
    return error;
}

namespace {

HttpRequest testRequest(const BackendEntry &backend, const Secret &key)
{
    return testRequestTo(backend, QStringLiteral("v1/credits"), keyHeader, {}, key);
}

Result<QString> readTest(const BackendEntry &backend, const HttpReply &reply)
{
    const auto credits = numberOf(failureBody(reply), "credits");
    if (!credits)
        return BflCall::tr("%1 answers and takes the key, but does not tell the balance.").arg(backend.title());
    return BflCall::tr("%1 answers and takes the key; %2 credits are left.").arg(backend.title(), QString::number(*credits, 'f', 1));
}

} // namespace

const ServiceKind &bflKind()
{
    static const ServiceKind kind{.name = QStringLiteral("bfl"),
                                  .title = QStringLiteral("Black Forest Labs"),
                                  .defaultUrl = QUrl(QStringLiteral("https://api.bfl.ai")),
                                  .features = {QStringLiteral("seed"), QStringLiteral("image"), QStringLiteral("json")},
                                  .canLookUp = true,
                                  .makeCall = [](HttpClient *client, CallContext context, QObject *parent) -> RemoteCall * {
                                      return new BflCall(client, std::move(context), parent);
                                  },
                                  .testRequest = testRequest,
                                  .readTest = readTest};
    return kind;
}

} // namespace Galley
