#include "core/engines/remote/comfyui/comfyuicall.h"

#include "core/base/async.h"
#include "core/engines/remote/failure.h"
#include "core/engines/remote/redaction.h"
#include "core/engines/remote/resultlink.h"
#include "core/engines/remote/wire.h"
#include "core/net/websocket.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QThreadPool>
#include <QUuid>

#include <algorithm>

namespace Galley {

namespace {

constexpr int pollBesideSocketMs = 10'000;  // a message may be lost; the history never lies
constexpr int afterSuccessMs = 1'000;       // the node null is expected before
constexpr int nowhereAgainMs = 250;
constexpr int nowhereRounds = 3;            // a prompt moves from the queue to the history between the two questions
constexpr int reconnectMs = 2'000;
constexpr int maxReconnects = 10;
constexpr int acceptMs = 60'000;            // the graph is only checked before the answer
constexpr int cancelMs = 10'000;
constexpr qsizetype parseHereBytes = 64 * 1024;
constexpr qint64 maxSentBytes = 256LL << 20;
constexpr JsonLimits answerLimits{.bytes = 64 * 1024 * 1024, .depth = 64};

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ComfyUI", text);
}

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QString viewPath(const ComfyFile &file)
{
    const auto encoded = [](const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); };
    return QStringLiteral("view?filename=%1&subfolder=%2&type=%3").arg(encoded(file.name), encoded(file.folder), encoded(file.type));
}

void authorizeFor(HttpRequest &http, const BackendEntry &backend, const Secret &key)
{
    if (key.isEmpty())
        return;
    const QString host = backend.url.host();
    if (host == QLatin1String("comfy.org") || host.endsWith(QLatin1String(".comfy.org")))
        http.secrets.append({"X-API-Key", "", key});
    else
        http.secrets.append({"Authorization", "Bearer ", key});
}

} // namespace

HttpRequest ComfyUICall::authorized(HttpRequest http) const
{
    authorizeFor(http, backend(), key());
    return http;
}

/// Python's json writes numbers that JSON does not have; custom nodes say "always run me" with one.
void ComfyUICall::read(const HttpReply &reply, std::function<void(Json)> next)
{
    HttpReply clean = reply;
    clean.body = withoutNotNumbers(reply.body);
    parse(clean, std::move(next));
}

void ComfyUICall::start()
{
    m_clientId = newId();
    m_promptId = newId();
    m_seed = request().seedWanted ? request().seed : QRandomGenerator::global()->bounded(std::numeric_limits<int>::max());
    watchPoll();
    connect(this, &RemoteCall::ended, this, [this] {
        if (m_socket)
            m_socket->close();
    });
    prepare();
}

void ComfyUICall::watchPoll()
{
    m_poll.setSingleShot(true);
    connect(&m_poll, &QTimer::timeout, this, &ComfyUICall::askHistory);
    connect(this, &RemoteCall::ended, &m_poll, &QTimer::stop);
}

void ComfyUICall::prepare()
{
    const auto load = [asked = request(), to = backend()] { return loadWorkflow(asked, to); };
    onFinished(runOn(QThreadPool::globalInstance(), load), this, [this](const QFuture<Result<ComfyWorkflow>> &future) {
        if (hasEnded())
            return;
        const Result<ComfyWorkflow> workflow = future.result();
        if (!workflow)
            return fail(workflow.error());
        m_workflow = *workflow;
        m_socketOutputs = socketOutputs(m_workflow.graph);
        openSocket();
    });
}

void ComfyUICall::openSocket()
{
    HttpRequest http = authorized(get(QStringLiteral("ws?clientId=") + m_clientId));
    m_socket = new WebSocket(client()->proxy(), this);
    connect(m_socket, &WebSocket::opened, this, [this] {
        m_socket->sendText(QStringLiteral("{\"type\":\"feature_flags\",\"data\":{\"supports_preview_metadata\":true}}"));
        if (m_stage == Stage::Preparing)
            upload();
    });
    connect(m_socket, &WebSocket::failed, this, &ComfyUICall::socketLost);
    connect(m_socket, &WebSocket::textReceived, this, &ComfyUICall::readText);
    connect(m_socket, &WebSocket::binaryReceived, this, &ComfyUICall::readFrame);
    WebSocketRequest socket{.url = http.url, .secrets = http.secrets, .plain = http.plain};
    socket.limits.connectMs = readLimits().connectMs;
    m_socket->open(socket);
}

void ComfyUICall::socketLost()
{
    m_socket->deleteLater();
    m_socket = nullptr;
    if (hasEnded())
        return;
    if (m_stage == Stage::Preparing)
        return upload();
    if (m_accepted)
        m_poll.start(0);
    if (++m_reconnects <= maxReconnects)
        later(reconnectMs, [this] { openSocket(); });
}

void ComfyUICall::upload()
{
    if (m_nextUpload < request().references.size())
        uploadPicture(request().references.at(m_nextUpload++));
    else
        submit();
}

void ComfyUICall::uploadPicture(const ReferencePicture &picture)
{
    HttpRequest http = authorized(get(QStringLiteral("upload/image")));
    http.method = "POST";
    // Named by its content, so that sending it twice leaves one file.
    const QByteArray name = "galley-" + picture.digest.left(32).toLatin1() + ".png";
    http.parts = {{"image", picture.png, name, "image/png"}, {"overwrite", "true"}, {"type", "input"}};
    http.limits = transferLimits();
    send(http, [this, use = picture.use](const HttpReply &reply) {
        read(reply, [this, use](const Json &answer) {
            const QString folder = textOf(answer, "subfolder");
            const QString file = textOf(answer, "name");
            if (file.isEmpty())
                return failUnusable(tr("it does not say what it called the picture that was uploaded"));
            const QString path = folder.isEmpty() ? file : QString(folder + QLatin1Char('/') + file);
            (use == ReferencePicture::Use::Mask ? m_uploads.mask : m_uploads.start) = path;
            upload();
        });
    });
}

void ComfyUICall::submit()
{
    const auto notes = fillWorkflow(m_workflow, request(), m_uploads, m_seed);
    if (!notes)
        return fail(notes.error());
    result.notes += *notes;
    // Servers that know no preview_method, and old ones that choose the id themselves, pass over what they do not know.
    const Json body{{"prompt", m_workflow.graph},
                    {"client_id", m_clientId.toStdString()},
                    {"prompt_id", m_promptId.toStdString()},
                    {"extra_data", {{"preview_method", "auto"}}}};
    m_stage = Stage::Submitted;
    HttpRequest http = authorized(postJson(QStringLiteral("prompt"), body));
    http.limits = paidLimits();
    http.limits.idleMs = std::min(http.limits.idleMs, acceptMs);
    sendPaid(http, [this](const HttpReply &reply) { read(reply, [this](const Json &answer) { readAccepted(answer); }); });
}

void ComfyUICall::readAccepted(const Json &answer)
{
    if (const QString id = textOf(answer, "prompt_id"); !id.isEmpty() && id.size() <= 100)
        m_promptId = id;
    if (const QString words = nodeErrorWords(memberOf(answer, "node_errors")); !words.isEmpty())
        result.notes.append(tr("ComfyUI left out a part of the workflow: %1.").arg(words));
    reportAccepted(m_promptId);
    if (m_stage == Stage::Submitted)
        setStage(Stage::Pending);
    m_accepted = true;
    m_poll.start(m_finished ? 0 : pollMs());
}

void ComfyUICall::lookUp()
{
    m_promptId = remoteId();
    m_stage = Stage::Pending;
    m_accepted = true;
    watchPoll();
    askHistory();
}

int ComfyUICall::pollMs() const
{
    return m_socket && m_socket->isOpen() ? pollBesideSocketMs : pollDelayMs(backend(), 0);
}

void ComfyUICall::setStage(Stage stage)
{
    if (m_stage == stage || m_stage == Stage::Collecting)
        return;
    m_stage = stage;
    reportState(stage == Stage::Pending ? QStringLiteral("queued") : QStringLiteral("processing"));
}

void ComfyUICall::readText(const QString &text)
{
    QByteArray bytes = text.toUtf8();
    Redaction(key()).clean(bytes);
    if (bytes.size() <= parseHereBytes)
        return handle(readComfyEvent(bytes));
    onFinished(runOn(QThreadPool::globalInstance(), [bytes] { return readComfyEvent(bytes); }), this,
               [this](const QFuture<ComfyEvent> &future) { handle(future.result()); });
}

void ComfyUICall::handle(const ComfyEvent &event)
{
    using Kind = ComfyEvent::Kind;
    if (hasEnded() || m_stage == Stage::Preparing || m_stage == Stage::Collecting)
        return;
    // After a reconnection the node being executed comes without an id: it is told to this client alone.
    const bool mayLackId = event.kind == Kind::Executing || event.kind == Kind::Progress;
    if (event.promptId != m_promptId && !(mayLackId && event.promptId.isEmpty()))
        return;
    switch (event.kind) {
    case Kind::Other:
    case Kind::Status: return;
    case Kind::Started: return setStage(Stage::Running);
    case Kind::Executing:
        setStage(Stage::Running);
        m_node = event.node;
        return;
    case Kind::Progress:
        setStage(Stage::Running);
        return showProgress(event.value, event.max);
    case Kind::Executed: return readOutput(event);
    case Kind::Succeeded:
    case Kind::Finished:
        m_finished = true;
        // The history is written after execution_success and before the node null.
        if (m_accepted)
            m_poll.start(event.kind == Kind::Finished ? 0 : afterSuccessMs);
        return;
    case Kind::Failed:
    case Kind::Interrupted: return failRender(event);
    }
}

void ComfyUICall::showProgress(int value, int max)
{
    m_step = value;
    if (max > 0)
        reportProgress(value, max);
}

void ComfyUICall::readOutput(const ComfyEvent &event)
{
    if (!m_workflow.outputNode.isEmpty() && event.node != m_workflow.outputNode)
        return;
    for (const ComfyFile &file : readComfyFiles(event.output)) {
        if (file.type != QLatin1String("temp") && m_executed.size() < 64)
            m_executed.append(file);
    }
}

void ComfyUICall::readFrame(const QByteArray &bytes)
{
    const auto frame = readComfyFrame(bytes);
    if (!frame || frame->picture.isEmpty() || hasEnded() || m_stage != Stage::Running)
        return;
    if (frame->event == 4 && frame->promptId != m_promptId)
        return;
    const QString node = frame->event == 4 ? frame->node : m_node;
    if (!m_socketOutputs.contains(node))
        return showPartial(frame->picture, m_step);
    m_sentBytes += frame->picture.size();
    if (m_sentBytes > maxSentBytes)
        return failUnusable(tr("its pictures are larger than 256 MiB together"));
    m_sentPictures.append(frame->picture);
}

void ComfyUICall::failRender(const ComfyEvent &event)
{
    Error error{.code = ErrorCode::ServiceFailed, .failure = FailureClass::Rejected, .serviceCode = shortened(event.type, 100)};
    if (event.kind == ComfyEvent::Kind::Interrupted) {
        error.message = tr("Somebody stopped this render at %1. Send it again when it is wanted.").arg(service());
        error.serviceCode = QStringLiteral("interrupted");
    } else if (event.type.contains(QLatin1String("OutOfMemory"))) {
        error.code = ErrorCode::OutOfMemory;
        error.message = tr("%1 has too little GPU memory for this render: %2. Choose a smaller size or model.").arg(service(), event.words);
    } else {
        error.message = tr("A node of the workflow failed at %1: %2. Correct the workflow or the value that it names.")
                            .arg(service(), event.words.isEmpty() ? tr("it does not say why") : event.words);
    }
    fail(error);
}

void ComfyUICall::askHistory()
{
    if (m_asking || hasEnded() || m_stage == Stage::Collecting)
        return;
    m_asking = true;
    const QString path = QStringLiteral("history/") + QString::fromLatin1(QUrl::toPercentEncoding(m_promptId));
    send(authorized(get(path)), [this](const HttpReply &reply) {
        read(reply, [this](const Json &answer) {
            const auto history = readComfyHistory(answer, m_promptId, m_workflow.outputNode);
            if (!history)
                return askQueue();
            if (history->failed)
                return failRender(history->failure);
            collect(*history);
        });
    });
}

void ComfyUICall::askQueue()
{
    send(authorized(get(QStringLiteral("queue"))), [this](const HttpReply &reply) {
        read(reply, [this](const Json &queue) {
            m_asking = false;
            const ComfyPlace place = findInQueue(queue, m_promptId);
            if (place == ComfyPlace::Nowhere)
                return readNowhere();
            m_nowhere = 0;
            setStage(place == ComfyPlace::Running ? Stage::Running : Stage::Pending);
            m_poll.start(m_finished ? nowhereAgainMs : pollMs());
        });
    });
}

void ComfyUICall::readNowhere()
{
    if (++m_nowhere < nowhereRounds) {
        m_poll.start(nowhereAgainMs);
        return;
    }
    if (m_finished && (!m_executed.isEmpty() || !m_sentPictures.isEmpty())) {
        result.notes.append(tr("ComfyUI's history was cleared before it could be read."));
        return collectFiles(m_executed);
    }
    fail(Error{.code = ErrorCode::ServiceFailed,
               .message = tr("%1 no longer knows this render: the server was started anew, or its queue and history were cleared. Look into its folder of "
                             "pictures before you send it again.")
                              .arg(service()),
               .failure = FailureClass::Ambiguous,
               .serviceCode = QStringLiteral("lost")});
}

void ComfyUICall::collect(const ComfyHistory &history)
{
    result.answer = history.entry;
    if (!history.weights.isEmpty())
        result.model = history.weights;
    servedSeed = history.seed;
    result.seedKnown = history.seed.has_value();
    if (history.serviceMs >= 0)
        result.timingsMs[QStringLiteral("service")] = history.serviceMs;
    collectFiles(history.files);
}

void ComfyUICall::collectFiles(const QList<ComfyFile> &files)
{
    m_stage = Stage::Collecting;
    m_poll.stop();
    if (!files.isEmpty()) {
        QList<QUrl> urls;
        for (const ComfyFile &file : files)
            urls.append(url(viewPath(file)));
        return finishWithUrls(urls, authorized({}).secrets);
    }
    if (!m_sentPictures.isEmpty())
        return finishWithBytes(m_sentPictures);
    failUnusable(tr("the workflow saved no picture. It needs a node such as SaveImage, or `output` in models.yaml names the wrong one"));
}

void ComfyUICall::cancelRemote()
{
    if (m_stage == Stage::Preparing || m_stage == Stage::Collecting)
        return;
    const Json id = m_promptId.toStdString();
    const auto brief = [this](HttpRequest request) {
        request.limits.totalMs = cancelMs;
        return authorized(request);
    };
    const HttpRequest interrupt = brief(postJson(QStringLiteral("interrupt"), {{"prompt_id", id}}));
    if (m_stage == Stage::Running)
        return sendLast(interrupt);
    sendLast(brief(postJson(QStringLiteral("queue"), {{"delete", Json::array({id})}})));
    // Servers that know no id in /interrupt stop whatever runs: it is sent only when ours does.
    HttpClient *http = client();
    http->send(brief(get(QStringLiteral("queue"))), {}, http, [http, interrupt, id = m_promptId](const Result<HttpReply> &reply) {
        if (!reply || reply->status != 200)
            return;
        const auto find = [body = reply->body, id] {
            const auto queue = parseJson(withoutNotNumbers(body), QStringLiteral("queue"), answerLimits);
            return queue ? findInQueue(*queue, id) : ComfyPlace::Nowhere;
        };
        onFinished(runOn(QThreadPool::globalInstance(), find), http, [http, interrupt](const QFuture<ComfyPlace> &place) {
            if (place.result() == ComfyPlace::Running)
                http->send(interrupt, {}, http, [](const Result<HttpReply> &) {});
        });
    });
}

Error ComfyUICall::readFailure(const HttpReply &reply) const
{
    Error error = RemoteCall::readFailure(reply);
    const Json body = failureBody(reply);
    const QString words = nodeErrorWords(memberOf(body, "node_errors"));
    if (reply.status == 400 && !words.isEmpty()) {
        error.failure = FailureClass::Rejected;
        error.serviceCode = textOf(memberOf(body, "error"), "type");
        error.message = tr("%1 refused the workflow: %2. Correct what it names in the workflow or in models.yaml.").arg(service(), words);
    }
    return error;
}

const ServiceKind &comfyuiKind()
{
    static const ServiceKind kind{
        .name = QStringLiteral("comfyui"),
        .title = QStringLiteral("ComfyUI"),
        .defaultUrl = QUrl(QStringLiteral("http://127.0.0.1:8188")),
        .needsKey = false,
        .features = {QStringLiteral("seed"), QStringLiteral("negative"), QStringLiteral("image"), QStringLiteral("mask"), QStringLiteral("count"),
                     QStringLiteral("stream"), QStringLiteral("steps"), QStringLiteral("guidance"), QStringLiteral("strength")},
        .readsBrackets = true,
        .canLookUp = true,
        .makeCall = [](HttpClient *client, CallContext context, QObject *parent) -> RemoteCall * {
            return new ComfyUICall(client, std::move(context), parent);
        },
        .testRequest =
            [](const BackendEntry &backend, const Secret &key) {
                HttpRequest http;
                http.url = serviceUrl(backend, QStringLiteral("system_stats"));
                authorizeFor(http, backend, key);
                return http;
            },
        .readTest = [](const BackendEntry &backend, const HttpReply &reply) -> Result<QString> {
            const auto stats = parseJson(reply.body, backend.title(), answerLimits);
            const Json system = stats ? memberOf(*stats, "system") : Json();
            const QString version = textOf(system, "comfyui_version");
            if (!system.is_object())
                return Galley::fail(Error{.code = ErrorCode::ServiceFailed,
                                          .message = tr("What answers at %1 is no ComfyUI. Check the address of \"%2\" in models.yaml.")
                                                         .arg(loggableUrl(backend.url), backend.title()),
                                          .failure = FailureClass::Rejected});
            return version.isEmpty() ? tr("ComfyUI answers.") : tr("ComfyUI %1 answers.").arg(shortened(version, 40));
        }};
    return kind;
}

} // namespace Galley
