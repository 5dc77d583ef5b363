#include "core/engines/remote/ideogram/ideogramcall.h"

#include "core/engines/remote/failure.h"
#include "core/engines/remote/ideogram/ideogrambody.h"
#include "core/engines/remote/wire.h"

#include <QDateTime>
#include <QRegularExpression>

namespace Galley {

namespace {

const QByteArray keyHeader = "Api-Key";
constexpr int mostPictures = 32;

/// Where jobs are asked for: v2 and the two before it do not know each other's.
QString generationPath(IdeogramApi api, const QString &id)
{
    return QLatin1String(api == IdeogramApi::V2 ? "v2/generations/" : "v1/generations/") + pathPart(id);
}

bool isSafetyWord(const QString &words)
{
    static const QRegularExpression expression(QStringLiteral("safe|moderat|policy|copyright|nsfw"), QRegularExpression::CaseInsensitiveOption);
    return expression.match(words).hasMatch();
}

QString creditSentence(const QString &reason, const QString &service)
{
    if (reason == QLatin1String("subscription_required"))
        return IdeogramCall::tr("%1 asks for a subscription before it renders with this model. Take one there, or choose another model.").arg(service);
    if (reason == QLatin1String("daily_limit"))
        return IdeogramCall::tr("The day's limit of the account at %1 is reached. Raise it there, or try again tomorrow.").arg(service);
    if (reason == QLatin1String("priority_credit_required"))
        return IdeogramCall::tr("%1 asks for priority credits for this request. Buy some there, or choose another model.").arg(service);
    if (reason == QLatin1String("feature_limit"))
        return IdeogramCall::tr("The account at %1 may not use this feature. Change the plan there, or choose another model.").arg(service);
    return IdeogramCall::tr("The account at %1 has not enough credit for this picture. Top it up there, then try again.").arg(service);
}

} // namespace

bool IdeogramCall::isAsync() const
{
    const auto api = ideogramApi(request());
    return api && isIdeogramAsync(request(), *api);
}

void IdeogramCall::start()
{
    const auto api = ideogramApi(request());
    if (!api)
        return fail(api.error());
    const QStringList features = ideogramFeatures(request(), *api);
    result.notes += notSent(request(), features, service());
    if (!features.contains(QLatin1String("seed")))
        result.seedKnown = false;
    HttpRequest http;
    const QString path = ideogramPath(request(), *api);
    if (*api == IdeogramApi::Legacy || *api == IdeogramApi::V2) {
        http = postJson(path, ideogramBody(request(), *api));
    } else {
        const auto form = ideogramForm(request(), *api);
        if (!form)
            return fail(form.error());
        http = get(path);
        http.method = "POST";
        http.parts = *form;
    }
    authorize(http, keyHeader, {});
    sendPaid(http, [this](const HttpReply &reply) { readAnswer(reply); });
}

void IdeogramCall::lookUp()
{
    m_generation = remoteId();
    const auto api = ideogramApi(request());
    if (api && !ideogramFeatures(request(), *api).contains(QLatin1String("seed")))
        result.seedKnown = false;
    poll(0);
}

void IdeogramCall::readAnswer(const HttpReply &reply)
{
    noteDeprecation(reply);
    parse(reply, [this](const Json &answer) { readJob(answer); });
}

/// A job that was taken in, or the pictures at once: the service may answer either way, whatever was asked for.
void IdeogramCall::readJob(const Json &answer)
{
    const QString id = textOf(answer, "generation_id");
    if (memberOf(answer, "data").is_array() && !(memberOf(answer, "data").empty() && !id.isEmpty() && isAsync())) {
        result.remoteId = id;
        return finishWith(answer);
    }
    constexpr int longestId = 200;
    if (id.isEmpty() || id.size() > longestId)
        return failUnusable(tr("it does not name the job"), QString::fromUtf8(dumpJson(answer)).left(longestId));
    m_generation = id;
    result.remoteId = id;
    reportAccepted(id);
    reportState(QStringLiteral("pending"));
    later(pollDelayMs(backend(), 0), [this] { poll(0); });
}

void IdeogramCall::poll(int round)
{
    const auto api = ideogramApi(request());
    if (!api)
        return fail(api.error());
    HttpRequest http = get(generationPath(*api, m_generation));
    authorize(http, keyHeader, {});
    send(http, [this, round](const HttpReply &reply) {
        parse(reply, [this, round](const Json &answer) { readGeneration(answer, round); });
    });
}

void IdeogramCall::readGeneration(const Json &answer, int round)
{
    const QString status = textOf(answer, "status");
    if (status == QLatin1String("completed"))
        return finishWith(answer);
    if (status == QLatin1String("failed"))
        return failGeneration(answer);
    if (hasPolledEnough(round)) {
        return fail(ambiguousError(tr("%1 has been working on the job %2 for too long. Look it up again later, before you send the request anew.")
                                       .arg(service(), m_generation)));
    }
    reportState(status.isEmpty() ? QStringLiteral("pending") : status.left(40));
    later(pollDelayMs(backend(), round + 1), [this, round] { poll(round + 1); });
}

/// Ideogram charges nothing for failed jobs, so that a new try costs what the first would have.
void IdeogramCall::failGeneration(const Json &answer)
{
    const QString reason = shortened(textOf(answer, "failure_reason"));
    const bool isRefusal = isSafetyWord(reason);
    Error error;
    error.code = isRefusal ? ErrorCode::Refused : ErrorCode::ServiceFailed;
    error.failure = isRefusal ? FailureClass::Refused : FailureClass::Rejected;
    error.serviceCode = QStringLiteral("failed");
    error.detail = reason;
    error.message = isRefusal ? tr("%1 refused the picture (%2) and charges nothing. Change the words and try again.").arg(service(), reason)
                              : tr("%1 could not make the picture (%2) and charges nothing. Try again.")
                                    .arg(service(), reason.isEmpty() ? tr("it gives no reason") : reason);
    fail(error);
}

void IdeogramCall::finishWith(const Json &answer)
{
    const Json &data = memberOf(answer, "data");
    if (!data.is_array() || data.empty())
        return failUnusable(tr("it names no picture"));
    result.answer = withoutMembers(answer, {"url", "upscaled_url"});
    if (const QString id = textOf(answer, "request_id"); !id.isEmpty())
        result.requestId = id;
    if (const auto micros = wholeNumberOf(answer, "usage_cost_usd_micros"); micros && *micros >= 0)
        result.costUsd = double(*micros) / 1e6;
    if (const QString notice = shortened(textOf(answer, "notice")); !notice.isEmpty())
        result.notes.append(tr("%1 says: %2").arg(service(), notice));
    servedSeed = wholeNumberOf(answer, "seed");
    takePictures(data);
}

void IdeogramCall::takePictures(const Json &data)
{
    QList<QUrl> urls;
    qsizetype withheld = 0;
    for (const Json &item : data) {
        const QUrl url(textOf(item, "url"), QUrl::StrictMode);
        if (const Json &safe = memberOf(item, "is_image_safe"); safe.is_boolean() && !safe.get<bool>()) {
            ++withheld;
        } else if (!url.isValid() || url.isEmpty()) {
            return failUnusable(tr("it gives no link to the picture"));
        } else if (urls.size() < mostPictures) {
            urls.append(url);
            pictureSeeds.append(wholeNumberOf(item, "seed"));
            const QString prompt = textOf(item, "prompt");
            const QString note = tr("%1 changed the prompt: %2").arg(service(), shortened(prompt));
            if (!prompt.isEmpty() && prompt != request().prompt && request().dialect != Dialect::IdeogramJson && !result.notes.contains(note))
                result.notes.append(note);
        }
    }
    if (urls.isEmpty()) {
        Error error{.code = ErrorCode::Refused,
                    .message = tr("%1 made the picture, withheld it for reasons of safety, and charges for it. Change the words before you try again.")
                                   .arg(service()),
                    .failure = FailureClass::Refused,
                    .httpStatus = 200,
                    .serviceCode = QStringLiteral("is_image_safe"),
                    .billed = true};
        return fail(error);
    }
    if (withheld > 0)
        result.notes.append(tr("%1 withheld %2 of %n pictures for reasons of safety, and charges for them.", nullptr, int(withheld + urls.size()))
                                .arg(service(), QString::number(withheld)));
    m_isDownloading = true;
    finishWithUrls(urls);
}

/// `Deprecation: @1777420800` (RFC 9745), `Link: <…>; rel="successor-version"`.
void IdeogramCall::noteDeprecation(const HttpReply &reply)
{
    const QByteArray value = reply.header("Deprecation");
    if (value.isEmpty())
        return;
    bool isNumber = false;
    const qint64 seconds = value.startsWith('@') ? value.mid(1).toLongLong(&isNumber) : 0;
    QString note = isNumber ? tr("%1 has declared this way of asking out of date since %2.")
                                  .arg(service(), QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).date().toString(Qt::ISODate))
                            : tr("%1 has declared this way of asking out of date.").arg(service());
    static const QRegularExpression successor(QStringLiteral("<([^>]*)>\\s*;\\s*rel=\"?successor-version"));
    const QString link = successor.match(QString::fromUtf8(reply.header("Link"))).captured(1);
    if (!link.isEmpty())
        note += QLatin1Char(' ') + tr("Its successor is %1.").arg(shortened(link, 200));
    result.notes.append(note);
}

Error IdeogramCall::readFailure(const HttpReply &reply) const
{
    const bool isGone = reply.status == 404 || reply.status == 410;
    if (m_isDownloading && (isGone || reply.status == 403))
        return expiredError(reply, service());
    if (isGone && m_generation.isEmpty())
        return retiredError(reply, service(), upstreamOf(request()));
    Error error = RemoteCall::readFailure(reply);
    const Json body = failureBody(reply);
    const QString reason = textOf(body, "reject_reason");
    if (reply.status == 402) {
        error.message = creditSentence(reason, service());
    } else if (reply.status == 429 && reason == QLatin1String("inflight_limit")) {
        const auto limit = wholeNumberOf(body, "max_inflight_requests");
        error.message = limit ? tr("%1 draws %2 pictures of this account at a time and has that many now. Galley asks again later.")
                                  .arg(service(), QString::number(*limit))
                              : tr("%1 draws no more pictures of this account at the same time. Galley asks again later.").arg(service());
    } else if (isGone) {
        error.message = tr("%1 does not know the job %2 (any more). The picture may have been charged for: look at the account there before you send the "
                           "request anew.")
                            .arg(service(), m_generation);
    }
    return error;
}

namespace {

/// Asks for a job that cannot exist: the one answer costs nothing and tells whether the key was taken.
HttpRequest testRequest(const BackendEntry &backend, const Secret &key)
{
    return testRequestTo(backend, QStringLiteral("v2/generations/galley-connection-test"), keyHeader, {}, key);
}

Result<QString> readTest(const BackendEntry &backend, const HttpReply &reply)
{
    const bool isUnknownJob = reply.status == 200 || reply.status == 400 || reply.status == 404 || reply.status == 422;
    if (isUnknownJob && failureBody(reply).is_object())
        return IdeogramCall::tr("%1 answers and takes the key.").arg(backend.title());
    return fail(failureOf(reply, backend.title(), QDateTime::currentMSecsSinceEpoch()));
}

} // namespace

const ServiceKind &ideogramKind()
{
    static const ServiceKind kind{.name = QStringLiteral("ideogram"),
                                  .title = QStringLiteral("Ideogram"),
                                  .defaultUrl = QUrl(QStringLiteral("https://api.ideogram.ai")),
                                  .features = {QStringLiteral("seed"), QStringLiteral("negative"), QStringLiteral("count"), QStringLiteral("json")},
                                  .canLookUp = true,
                                  .makeCall = [](HttpClient *client, CallContext context, QObject *parent) -> RemoteCall * {
                                      return new IdeogramCall(client, std::move(context), parent);
                                  },
                                  .testRequest = testRequest,
                                  .readTest = readTest,
                                  .readTestFailure = readTest};
    return kind;
}

} // namespace Galley
