#include "core/engines/remote/a1111/a1111call.h"

#include "core/base/async.h"
#include "core/engines/remote/a1111/a1111body.h"
#include "core/engines/remote/failure.h"
#include "core/engines/remote/resultlink.h"
#include "core/engines/remote/wire.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QThreadPool>
#include <QUuid>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr int waitMs = 6 * 3'600'000;      // others may be before us; progress tells whether the server lives
constexpr int noProgressMs = 1'800'000;    // of a server that tells none
constexpr int questionMs = 10'000;
constexpr int lastQuestionMs = 2'000;
constexpr int maxMissed = 12;              // two minutes without any answer
constexpr JsonLimits progressLimits{.bytes = 16 * 1024 * 1024, .depth = 32};
constexpr JsonLimits infoLimits{.bytes = 1024 * 1024, .depth = 32};

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::A1111", text);
}

void authorizeFor(HttpRequest &http, const Secret &key)
{
    if (!key.isEmpty())
        http.secrets.append({"Authorization", "Basic ", Secret(key.reveal().toBase64())});
}

Error explain(const HttpReply &reply, const QString &service, Error error)
{
    const ErrorWords words = errorWords(reply);
    if (reply.status == 404 && !words.message.isEmpty() && words.message != QLatin1String("Not Found")) {
        // An unknown sampler, scheduler or upscaler.
        error.failure = FailureClass::Rejected;
        error.message = tr("%1 does not have what the request names: \"%2\". Correct the options of the model in models.yaml.")
                            .arg(service, words.message);
        return error;
    }
    if (reply.status == 404) {
        error.failure = FailureClass::Rejected;
        error.message = tr("%1 has no interface for other programs (it knows no /sdapi). Start the web UI with --api, or check the address in models.yaml.")
                            .arg(service);
        return error;
    }
    if (reply.status == 401) {
        error.message = tr("%1 does not accept the key. It was started with --api-auth: enter user:password as the key under \"Services and Keys\".").arg(service);
        return error;
    }
    // {"error":"HTTPException","detail":"Sampler not found","body":"","errors":"…"}: the first is a class of Python's.
    const Json body = failureBody(reply);
    const QString type = textOf(body, "error");
    const QString reason = textOf(body, "errors");
    if (type.contains(QLatin1String("OutOfMemory")) || reason.contains(QLatin1String("out of memory"), Qt::CaseInsensitive)) {
        error.code = ErrorCode::OutOfMemory;
        error.failure = FailureClass::Rejected;
        error.serviceCode = shortened(type, 100);
        error.message = tr("%1 has too little GPU memory for this render. Choose a smaller size or model.").arg(service);
    }
    return error;
}

bool isActive(const HttpReply &reply, const QString &task)
{
    const Json json = parseJson(reply.body, QStringLiteral("progress"), progressLimits).value_or(Json());
    return isTrue(json, "active") || textOf(json, "current_task") == task;
}

/// Interrupting stops whatever runs: the server is asked first whether that is \a task, by the first of \a questions that it understands. All of
/// it happens after the call is over.
void interruptIfOurs(HttpClient *client, QList<HttpRequest> questions, const HttpRequest &interrupt, const QString &task)
{
    if (questions.isEmpty())
        return;
    const HttpRequest question = questions.takeFirst();
    client->send(question, {}, client, [=](const Result<HttpReply> &reply) {
        if (!reply)
            return;
        if (reply->status != 200)
            interruptIfOurs(client, questions, interrupt, task);
        else if (isActive(*reply, task))
            client->send(interrupt, {}, client, [](const Result<HttpReply> &) {});
    });
}

} // namespace

HttpRequest A1111Call::authorized(HttpRequest http) const
{
    authorizeFor(http, key());
    return http;
}

void A1111Call::start()
{
    m_task = QStringLiteral("task(galley-%1)").arg(QUuid::createUuid().toString(QUuid::WithoutBraces));
    m_poll.setSingleShot(true);
    connect(&m_poll, &QTimer::timeout, this, &A1111Call::askProgress);
    connect(this, &RemoteCall::ended, &m_poll, &QTimer::stop);
    const auto make = [asked = request(), task = m_task] { return makeA1111Body(asked, task); };
    onFinished(runOn(QThreadPool::globalInstance(), make), this, [this](const QFuture<Result<A1111Body>> &future) {
        if (hasEnded())
            return;
        const Result<A1111Body> body = future.result();
        if (!body)
            return fail(body.error());
        submit(*body);
    });
}

void A1111Call::submit(const A1111Body &body)
{
    HttpRequest http = authorized(get(body.path));
    http.method = "POST";
    http.contentType = "application/json";
    http.body = body.json;
    http.limits = paidLimits();
    if (!backend().options.contains("timeout_s"))
        http.limits.totalMs = http.limits.idleMs = waitMs;
    m_submitted = true;
    sendPaid(http, [this](const HttpReply &reply) { parse(reply, [this](const Json &answer) { askWhetherStopped(answer); }); });
    m_poll.start(pollDelayMs(backend(), 0));
}

HttpRequest A1111Call::progressRequest(Progress route, bool withPicture) const
{
    HttpRequest http;
    if (route == Progress::OfTask) {
        http = postJson(QStringLiteral("internal/progress"),
                        {{"id_task", m_task.toStdString()}, {"id_live_preview", m_previewId}, {"live_preview", withPicture}});
    } else {
        http = get(withPicture ? QStringLiteral("sdapi/v1/progress?skip_current_image=false")
                               : QStringLiteral("sdapi/v1/progress?skip_current_image=true"));
    }
    http.limits.totalMs = questionMs;
    return authorized(http);
}

void A1111Call::askProgress()
{
    const bool withPicture = bool(observer().preview);
    client()->send(progressRequest(m_progress, withPicture), stopToken(), this, [this](const Result<HttpReply> &reply) {
        if (!hasEnded())
            readProgress(reply);
    });
}

void A1111Call::readProgress(const Result<HttpReply> &reply)
{
    if (!reply)
        return missProgress();
    m_missed = 0;
    if (reply->status != 200) {
        // Not every server has both routes; sd-server has none.
        m_progress = m_progress == Progress::OfTask ? Progress::OfServer : Progress::None;
        if (m_progress == Progress::OfServer)
            m_poll.start(0);
        else
            later(noProgressMs, [this] { failSilent(); });
        return;
    }
    const auto work = runOn(QThreadPool::globalInstance(), [body = reply->body] {
        return parseJson(body, QStringLiteral("progress"), progressLimits).value_or(Json());
    });
    onFinished(work, this, [this](const QFuture<Json> &future) {
        if (hasEnded())
            return;
        if (m_progress == Progress::OfTask)
            readTaskProgress(future.result());
        else
            readServerProgress(future.result());
        m_poll.start(pollDelayMs(backend(), 0));
    });
}

/// A server that does not even answer this is gone, and the long wait for the picture would not notice.
void A1111Call::missProgress()
{
    if (++m_missed < maxMissed)
        m_poll.start(questionMs);
    else
        failSilent();
}

void A1111Call::failSilent()
{
    fail(Error{.code = ErrorCode::ServiceFailed,
               .message = tr("%1 has not answered for minutes while it had the request. Look whether the server still runs.").arg(service()),
               .failure = FailureClass::Ambiguous,
               .serviceCode = QStringLiteral("silent")});
}

void A1111Call::readTaskProgress(const Json &json)
{
    if (isTrue(json, "queued"))
        reportState(QStringLiteral("queued"));
    if (!isTrue(json, "active"))
        return;
    setRunning();
    const int of = request().steps > 0 ? request().steps : 100;
    const double share = std::clamp(numberOf(json, "progress").value_or(0), 0.0, 1.0);
    const int step = int(std::lround(share * of));
    reportProgress(step, of);
    const QString preview = textOf(json, "live_preview");
    if (const auto id = wholeNumberOf(json, "id_live_preview"); id && !preview.isEmpty()) {
        m_previewId = *id;
        showPartial(preview.toLatin1(), step);
    }
}

void A1111Call::readServerProgress(const Json &json)
{
    // It speaks of whatever runs, which may be somebody else's.
    if (textOf(json, "current_task") != m_task)
        return;
    setRunning();
    const Json &state = memberOf(json, "state");
    m_interrupted = m_interrupted || isTrue(state, "interrupted");
    const int step = int(std::clamp<qint64>(wholeNumberOf(state, "sampling_step").value_or(0), 0, 10'000));
    const int of = int(std::clamp<qint64>(wholeNumberOf(state, "sampling_steps").value_or(0), 0, 10'000));
    if (of > 0)
        reportProgress(std::min(step, of), of);
    if (const QString picture = textOf(json, "current_image"); !picture.isEmpty())
        showPartial(picture.toLatin1(), step);
}

void A1111Call::setRunning()
{
    if (!std::exchange(m_running, true))
        reportState(QStringLiteral("processing"));
}

/// What `info` says of the picture; false when it says nothing. \a first: where the pictures begin after a grid of them.
bool A1111Call::readInfo(const Json &info, qsizetype &first)
{
    result.answer["info"] = info;
    if (const QString name = textOf(info, "sd_model_name"); !name.isEmpty())
        result.model = shortened(name, 200);
    result.revision = shortened(textOf(info, "sd_model_hash"), 100);
    servedSeed = wholeNumberOf(info, "seed");
    if (const Json &seeds = memberOf(info, "all_seeds"); seeds.is_array() && seeds.size() <= 64) {
        for (const Json &seed : seeds)
            pictureSeeds.append(seed.is_number_integer() ? std::optional<qint64>(seed.get<qint64>()) : std::nullopt);
    }
    first = qsizetype(std::clamp<qint64>(wholeNumberOf(info, "index_of_first_image").value_or(0), 0, 1));
    return info.is_object();
}

/// An interrupted request answers with what there is, as if it were done: only the server's state tells, until the next request begins.
void A1111Call::askWhetherStopped(const Json &answer)
{
    HttpRequest question = progressRequest(Progress::OfServer, false);
    question.limits.totalMs = lastQuestionMs;
    client()->send(question, stopToken(), this, [this, answer](const Result<HttpReply> &reply) {
        if (hasEnded())
            return;
        const Json json = reply && reply->status == 200
                              ? parseJson(reply->body, QStringLiteral("progress"), progressLimits).value_or(Json())
                              : Json();
        const QString task = textOf(json, "current_task");
        if (task.isEmpty() || task == m_task)
            m_interrupted = m_interrupted || isTrue(memberOf(json, "state"), "interrupted");
        readAnswer(answer);
    });
}

void A1111Call::readAnswer(const Json &answer)
{
    if (m_interrupted)
        return fail(Error{.code = ErrorCode::ServiceFailed,
                          .message = tr("Somebody stopped this render at %1 before it was done. Send it again when it is wanted.").arg(service()),
                          .failure = FailureClass::Rejected,
                          .serviceCode = QStringLiteral("interrupted")});
    result.answer = Json::object();
    result.answer["parameters"] = withoutMembers(memberOf(answer, "parameters"), {"init_images", "mask", "images"});
    Json info = memberOf(answer, "info");
    if (info.is_string())
        info = parseJson(QByteArray::fromStdString(info.get<std::string>()), QStringLiteral("info"), infoLimits).value_or(Json());
    qsizetype first = 0;
    if (!readInfo(info, first))
        result.notes.append(tr("%1 does not say which model and seed made the picture.").arg(service()));
    QList<QByteArray> pictures;
    if (const Json &images = memberOf(answer, "images"); images.is_array()) {
        for (const Json &image : images)
            pictures.append(image.is_string() ? QByteArray::fromStdString(image.get_ref<const std::string &>()) : QByteArray());
    }
    pictures.remove(0, std::min(first, pictures.size()));
    finishWithBase64(pictures);
}

void A1111Call::cancelRemote()
{
    if (!m_submitted || m_progress == Progress::None)
        return;
    HttpRequest interrupt = authorized(postJson(QStringLiteral("sdapi/v1/interrupt"), Json::object()));
    interrupt.limits.totalMs = questionMs;
    QList<HttpRequest> questions{progressRequest(Progress::OfServer, false)};
    if (m_progress == Progress::OfTask)
        questions.prepend(progressRequest(Progress::OfTask, false));
    interruptIfOurs(client(), questions, interrupt, m_task);
}

Error A1111Call::readFailure(const HttpReply &reply) const
{
    return explain(reply, service(), RemoteCall::readFailure(reply));
}

const ServiceKind &a1111Kind()
{
    static const ServiceKind kind{
        .name = QStringLiteral("a1111"),
        .title = QStringLiteral("Stable Diffusion web UI"),
        .defaultUrl = QUrl(QStringLiteral("http://127.0.0.1:7860")),
        .needsKey = false,
        .features = {QStringLiteral("seed"), QStringLiteral("negative"), QStringLiteral("image"), QStringLiteral("mask"), QStringLiteral("count"),
                     QStringLiteral("stream"), QStringLiteral("steps"), QStringLiteral("guidance"), QStringLiteral("strength")},
        .readsBrackets = true,
        .makeCall = [](HttpClient *client, CallContext context, QObject *parent) -> RemoteCall * {
            return new A1111Call(client, std::move(context), parent);
        },
        .testRequest =
            [](const BackendEntry &backend, const Secret &key) {
                HttpRequest http;
                http.url = serviceUrl(backend, QStringLiteral("sdapi/v1/sd-models"));
                authorizeFor(http, key);
                return http;
            },
        .readTest = [](const BackendEntry &backend, const HttpReply &reply) -> Result<QString> {
            const auto models = parseJson(reply.body, backend.title(), progressLimits);
            if (!models || !models->is_array())
                return Galley::fail(Error{.code = ErrorCode::ServiceFailed,
                                          .message = tr("What answers at %1 is no Stable Diffusion web UI. Check the address of \"%2\" in models.yaml.")
                                                         .arg(loggableUrl(backend.url), backend.title()),
                                          .failure = FailureClass::Rejected});
            return QCoreApplication::translate("Galley::A1111", "%1 answers and knows %n checkpoint(s).", nullptr, int(models->size()))
                .arg(backend.title());
        },
        .readTestFailure = [](const BackendEntry &backend, const HttpReply &reply) -> Result<QString> {
            return Galley::fail(explain(reply, backend.title(), failureOf(reply, backend.title(), QDateTime::currentMSecsSinceEpoch())));
        }};
    return kind;
}

} // namespace Galley
