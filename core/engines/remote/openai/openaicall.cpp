#include "core/engines/remote/openai/openaicall.h"

#include "core/base/async.h"
#include "core/engines/remote/failure.h"

#include <QThreadPool>

#include <utility>

namespace Galley {

namespace {

bool hasError(const Json &data)
{
    return data.is_object() && data.contains("error") && !data["error"].is_null();
}

/// The status that an error would have had if it had come before the stream.
int statusOf(const ErrorWords &words)
{
    if (words.code.contains(QLatin1String("rate_limit")))
        return 429;
    return words.type == QLatin1String("invalid_request_error") || words.type == QLatin1String("image_generation_user_error") ? 400 : 500;
}

} // namespace

void OpenAiCall::addAccount(HttpRequest &http, const BackendEntry &backend)
{
    for (const auto &[option, header] : {std::pair{"organization", "OpenAI-Organization"}, std::pair{"project", "OpenAI-Project"}}) {
        if (const auto value = backend.options.find(option); value != backend.options.end() && value->is_string())
            http.headers.append(HttpHeader{header, toQString(*value).toLatin1()});
    }
}

void OpenAiCall::start()
{
    const OpenAiDialect *dialect = findOpenAiDialect(backend().dialect);
    if (!dialect) {
        Error error{ErrorCode::Unsupported, tr("The backend %1 has the dialect \"%2\", which does not exist. Use one of %3 in models.yaml.")
                                                .arg(backend().id, backend().dialect, openAiDialectNames().join(QStringLiteral(", ")))};
        error.failure = FailureClass::Rejected;
        fail(error);
        return;
    }
    // Off the thread: some dialects want pictures in JSON, which are megabytes of base64.
    const auto make = [dialect, to = backend(), asked = request(), watched = observer().preview && request().previewEvery > 0] {
        auto wire = openAiRequest(*dialect, to, asked, watched);
        const bool isJson = wire && wire->parts.isEmpty() && wire->method == "POST";
        const QByteArray body = isJson ? dumpJson(wire->body) : QByteArray();
        return std::pair(std::move(wire), body);
    };
    onFinished(runOn(QThreadPool::globalInstance(), make), this, [this](const QFuture<std::pair<Result<OpenAiRequest>, QByteArray>> &future) {
        if (hasEnded())
            return;
        const auto [wire, body] = future.result();
        if (wire)
            order(*wire, body);
        else
            fail(wire.error());
    });
}

void OpenAiCall::order(const OpenAiRequest &wire, const QByteArray &body)
{
    result.notes += wire.notes;
    result.seedKnown = wire.seedSent;
    HttpRequest http = body.isNull() ? get(wire.path) : post(wire.path, body);
    http.method = wire.method;
    http.parts = wire.parts;
    http.events = wire.streams;
    http.headers.append(HttpHeader{"Accept", wire.streams ? "text/event-stream, application/json" : "application/json, image/*"});
    authorize(http, "Authorization", "Bearer ");
    addAccount(http, backend());
    sendPaid(http, [this](const HttpReply &reply) { onReply(reply); }, [this](const ServerEvent &event) { onEvent(event); });
}

Error OpenAiCall::readFailure(const HttpReply &reply) const
{
    Error error = RemoteCall::readFailure(reply);
    // Without a Retry-After the counters say when the next request has a chance.
    for (const char *what : {"requests", "tokens"}) {
        const QByteArray counter(what);
        if (error.failure == FailureClass::Busy && error.retryAfterMs < 0 && reply.header("x-ratelimit-remaining-" + counter) == "0")
            error.retryAfterMs = durationMs(QString::fromLatin1(reply.header("x-ratelimit-reset-" + counter)));
    }
    return error;
}

/// LiteLLM says what the provider behind it takes.
void OpenAiCall::noteCost(const HttpReply &reply)
{
    bool isNumber = false;
    const double cost = reply.header("x-litellm-response-cost").toDouble(&isNumber);
    if (isNumber && cost >= 0 && cost < 1e6)
        result.costUsd = cost;
}

void OpenAiCall::onReply(const HttpReply &reply)
{
    noteCost(reply);
    const QByteArray type = reply.mediaType();
    if (type == "text/event-stream") {
        m_streamEnded = true;
        if (m_unread == 0 && !isFinishing())
            failUnusable(tr("its stream ended before the picture was there"));
    } else if (type.startsWith("image/")) {
        finishWithBytes({reply.body});
    } else {
        parse(reply, [this](Json answer) { readAnswer(std::move(answer)); });
    }
}

void OpenAiCall::onEvent(const ServerEvent &event)
{
    if (event.data.startsWith("[DONE]"))
        return;
    // A picture that is here stays here, whatever becomes of the connection while it is read.
    noteCost(event.head);
    const bool isPicture = event.name.endsWith(".completed");
    if (isPicture)
        keepAnswer();
    ++m_unread;
    HttpReply part;
    part.body = event.data;
    const auto read = [this] {
        --m_unread;
        if (m_unread == 0 && m_streamEnded && !isFinishing())
            failUnusable(tr("its stream ended before the picture was there"));
    };
    // Rubbish in between is passed over: the picture may still come.
    parse(part, [this, read, name = QString::fromUtf8(event.name)](Json data) {
        onEventData(name, std::move(data));
        read();
    }, isPicture ? std::function<void()>() : read);
}

void OpenAiCall::onEventData(const QString &name, Json data)
{
    if (name == QLatin1String("error") || hasError(data)) {
        failStream(data);
        return;
    }
    const QString type = data.is_object() ? toQString(data.value("type", Json())) : QString();
    const QString what = type.isEmpty() ? name : type;
    if (what.endsWith(QLatin1String(".completed"))) {
        readAnswer(std::move(data));
    } else if (what.endsWith(QLatin1String(".partial_image"))) {
        const OpenAiAnswer answer = readOpenAiAnswer(data, {});
        if (!answer.base64.isEmpty())
            showPartial(answer.base64.first(), m_partials++);
    }
}

void OpenAiCall::failStream(const Json &data)
{
    HttpReply reply;
    reply.body = dumpJson(hasError(data) ? data : Json{{"error", data}});
    reply.status = statusOf(errorWords(reply));
    Error error = readFailure(reply);
    error.httpStatus = 200;
    fail(error);
}

void OpenAiCall::readAnswer(Json answer)
{
    if (hasError(answer)) {
        // Some servers say 200 and mean an error.
        failStream(answer);
        return;
    }
    const Json prices = request().options.is_object() ? request().options.value("usd_per_million_tokens", Json()) : Json();
    const OpenAiAnswer read = readOpenAiAnswer(answer, prices);
    for (const QString &text : read.revised)
        result.notes.append(tr("%1 rewrote the prompt: \"%2\"").arg(service(), shortened(text, 2000)));
    if (!read.model.isEmpty())
        result.model = shortened(read.model, 200);
    if (read.seed)
        servedSeed = read.seed;
    if (!result.costUsd)  // what the service says it takes counts more than what its tokens come to
        result.costUsd = read.costUsd;
    result.answer = std::move(answer);
    if (!read.base64.isEmpty())
        finishWithBase64(read.base64);
    else if (!read.urls.isEmpty())
        finishWithUrls(read.urls, key().isEmpty() ? QList<SecretHeader>() : QList<SecretHeader>{{"Authorization", "Bearer ", key()}});
    else
        failUnusable(tr("there is no picture in what it sent"), shortened(QString::fromUtf8(dumpJson(result.answer).left(2000))));
}

} // namespace Galley
