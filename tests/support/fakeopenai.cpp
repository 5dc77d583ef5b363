#include "tests/support/fakeopenai.h"

#include "tests/support/testpicture.h"

#include <QMutex>
#include <QRegularExpression>
#include <QUrlQuery>

#include <deque>

namespace Galley {

namespace {

const QByteArrayList openAiFields{"model", "prompt", "n", "size", "quality", "output_format", "output_compression", "background", "moderation",
                                  "stream", "partial_images", "user", "image[]", "image", "mask", "input_fidelity"};
const QByteArrayList togetherFields{"model", "prompt", "n", "width", "height", "steps", "seed", "negative_prompt", "guidance_scale", "response_format",
                                    "image_url", "reference_images", "output_format", "disable_safety_checker"};

QByteArray openAiError(const QByteArray &message, const char *type, const char *code, const QByteArray &param = {})
{
    const Json text = param.isEmpty() ? Json() : Json(param.toStdString());
    return dumpJson({{"error", {{"message", message.toStdString()}, {"type", type}, {"param", text}, {"code", code ? Json(code) : Json()}}}});
}

std::string textOf(const Json &fields, const char *name)
{
    const auto found = fields.find(name);
    return found != fields.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Numbers of a form are text.
qint64 numberOf(const Json &fields, const char *name, qint64 fallback)
{
    const auto found = fields.find(name);
    if (found == fields.end())
        return fallback;
    return found->is_number() ? found->get<qint64>() : QByteArray::fromStdString(textOf(fields, name)).toLongLong();
}

struct Order
{
    QByteArray prompt;
    qint64 seed = 0;
    QSize size{512, 512};
    qint64 count = 1;
};

} // namespace

struct FakeOpenAi::Private
{
    QString dialect;
    QByteArray key;
    QUrl base;
    mutable QMutex mutex;
    std::deque<ScriptedServer::Handler> faults;
    bool links = false;
    bool relative = false;
    Json extras = Json::object();
    QList<QByteArray> files;
    int pictures = 0;

    void onPicture(const ReceivedRequest &request, const ScriptedConnection &connection);
    bool accepts(const ReceivedRequest &request, const ScriptedConnection &connection, Json &fields, Order &order) const;
    bool refuses(const Json &fields, const ScriptedConnection &connection) const;
    bool readSize(const Json &fields, Order &order) const;
    void answer(const Order &order, const ScriptedConnection &connection);
    void stream(const Order &order, const Json &fields, bool edit, const ScriptedConnection &connection) const;
};

bool FakeOpenAi::Private::readSize(const Json &fields, Order &order) const
{
    if (dialect == QLatin1String("together")) {
        order.size = {int(numberOf(fields, "width", 1024)), int(numberOf(fields, "height", 1024))};
        return !fields.contains("size");
    }
    const QString text = QString::fromStdString(textOf(fields, "size"));
    if (text.isEmpty() || text == QLatin1String("auto"))
        return true;
    static const QRegularExpression plain(QStringLiteral("^(\\d+)x(\\d+)$"));
    static const QRegularExpression starred(QStringLiteral("^(\\d+)\\*(\\d+)$"));
    const auto match = (dialect == QLatin1String("xinference") ? starred : plain).match(text);
    order.size = {match.captured(1).toInt(), match.captured(2).toInt()};
    return match.hasMatch();
}

/// What this family does not take. Answers and says true when it does not.
bool FakeOpenAi::Private::refuses(const Json &fields, const ScriptedConnection &connection) const
{
    const std::string format = textOf(fields, "response_format");
    const QByteArrayList *known = dialect == QLatin1String("openai") ? &openAiFields : dialect == QLatin1String("together") ? &togetherFields : nullptr;
    for (const auto &[name, value] : fields.items()) {
        if (known && !known->contains(QByteArray::fromStdString(name))) {
            connection.respondJson(400, openAiError("Unknown parameter: '" + QByteArray::fromStdString(name) + "'.", "invalid_request_error",
                                                    "unknown_parameter", QByteArray::fromStdString(name)));
            return true;
        }
    }
    if (dialect == QLatin1String("vllm-omni") && !format.empty() && format != "b64_json" && format != "file") {
        connection.respondJson(422, "{\"detail\":[{\"loc\":[\"body\",\"response_format\"],\"msg\":\"Only 'b64_json' or 'file' response format is "
                                    "supported\",\"type\":\"value_error\"}]}");
        return true;
    }
    if (dialect == QLatin1String("sglang") && format != "b64_json") {
        connection.respondJson(400, "{\"detail\":\"response_format='url' requires cloud storage\"}");
        return true;
    }
    if (dialect == QLatin1String("xinference") && fields.contains("kwargs") && !fields["kwargs"].is_string()) {
        connection.respondJson(422, "{\"detail\":[{\"loc\":[\"body\",\"kwargs\"],\"msg\":\"str type expected\",\"type\":\"type_error.str\"}]}");
        return true;
    }
    if (dialect == QLatin1String("openai") && !QByteArray::fromStdString(textOf(fields, "model")).startsWith("gpt-image-")) {
        connection.respondJson(404, openAiError("The model '" + QByteArray::fromStdString(textOf(fields, "model")) + "' does not exist.",
                                                "invalid_request_error", "model_not_found"));
        return true;
    }
    return false;
}

bool FakeOpenAi::Private::accepts(const ReceivedRequest &request, const ScriptedConnection &connection, Json &fields, Order &order) const
{
    const QByteArray given = request.header("Authorization");
    if (!key.isEmpty() && given != "Bearer " + key) {
        connection.respondJson(401, openAiError("Incorrect API key provided: " + given.mid(7) + ".", "invalid_request_error", "invalid_api_key"));
        return false;
    }
    if (refuses(fields, connection))
        return false;
    if (!readSize(fields, order)) {
        connection.respondJson(400, openAiError("Invalid size.", "invalid_request_error", "invalid_value", "size"));
        return false;
    }
    Json settings = fields;
    order.prompt = QByteArray::fromStdString(textOf(fields, "prompt"));
    if (dialect == QLatin1String("xinference") && fields.contains("kwargs"))
        settings = Json::parse(textOf(fields, "kwargs"), nullptr, false);
    if (const qsizetype at = order.prompt.indexOf("<sd_cpp_extra_args>"); dialect == QLatin1String("sd-server") && at >= 0) {
        const qsizetype end = order.prompt.indexOf("</sd_cpp_extra_args>");
        settings = Json::parse(order.prompt.mid(at + 19, end - at - 19).toStdString(), nullptr, false);
        order.prompt = order.prompt.left(at).trimmed();
    }
    if (settings.is_discarded()) {
        connection.respondJson(400, "{\"error\":\"invalid sd_cpp_extra_args\"}");
        return false;
    }
    if (order.prompt.isEmpty()) {
        connection.respondJson(400, dialect == QLatin1String("sd-server") ? QByteArray("{\"error\":\"prompt required\"}")
                                                                         : openAiError("Missing prompt.", "invalid_request_error", nullptr));
        return false;
    }
    order.seed = numberOf(settings, "seed", 0);
    order.count = numberOf(fields, "n", 1);
    return true;
}

void FakeOpenAi::Private::answer(const Order &order, const ScriptedConnection &connection)
{
    Json data = Json::array();
    for (qint64 i = 0; i < order.count; ++i) {
        const QByteArray file = fakePictureFile(order.prompt, order.seed + i, order.size);
        ++pictures;
        if (links) {
            const QString path = QStringLiteral("/files/%1").arg(files.size());
            files.append(file);
            data.push_back({{"url", (relative ? path : base.resolved(QUrl(path)).toString()).toStdString()}});
        } else {
            data.push_back({{"b64_json", file.toBase64().toStdString()}});
        }
    }
    Json json{{"created", 1795420800}, {"data", data}};
    json.update(extras);
    connection.respondJson(200, dumpJson(json), {{"x-request-id", "req_42"}});
}

void FakeOpenAi::Private::stream(const Order &order, const Json &fields, bool edit, const ScriptedConnection &connection) const
{
    const std::string kind = edit ? "image_edit" : "image_generation";
    connection.write(streamHead());
    for (qint64 i = 0; i < numberOf(fields, "partial_images", 0); ++i) {
        const QByteArray file = fakePictureFile(order.prompt, -1 - i, order.size / 4);
        const Json partial{{"type", kind + ".partial_image"}, {"b64_json", file.toBase64().toStdString()}, {"partial_image_index", i}};
        connection.write(chunk(event(QByteArray::fromStdString(kind) + ".partial_image", partial)));
    }
    Json done{{"type", kind + ".completed"}, {"b64_json", fakePictureFile(order.prompt, order.seed, order.size).toBase64().toStdString()}};
    done.update(extras);
    connection.write(chunk(event(QByteArray::fromStdString(kind) + ".completed", done)) + chunk("data: [DONE]\n\n") + chunk({}));
}

void FakeOpenAi::Private::onPicture(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    const QMutexLocker lock(&mutex);
    if (!faults.empty()) {
        const ScriptedServer::Handler fault = faults.front();
        faults.pop_front();
        fault(request, connection);
        return;
    }
    Json fields = FakeOpenAi::fields(request);
    Order order;
    if (!accepts(request, connection, fields, order))
        return;
    if (dialect == QLatin1String("ray-serve")) {
        const int edge = int(numberOf(fields, "img_size", 512));
        connection.respond(200, {{"Content-Type", "image/png"}}, fakePictureFile(order.prompt, 0, {edge, edge}));
    } else if (fields.contains("stream")) {
        stream(order, fields, request.path().endsWith("edits"), connection);
    } else {
        answer(order, connection);
    }
}

FakeOpenAi::FakeOpenAi(ScriptedServer &server, const QString &dialect, const QByteArray &key)
    : d(std::make_shared<Private>())
{
    d->dialect = dialect;
    d->key = key;
    d->base = server.url();
    const auto picture = [state = d](const ReceivedRequest &request, const ScriptedConnection &connection) { state->onPicture(request, connection); };
    for (const char *path : {"/v1/images/generations", "/v1/images/edits", "/v1/images/variations", "/v1/images/inpainting"})
        server.on("POST", path, picture);
    server.on("GET", "/v1/imagine", picture);
    server.on("GET", "/v1/models", [state = d](const ReceivedRequest &request, const ScriptedConnection &connection) {
        if (!state->key.isEmpty() && request.header("Authorization") != "Bearer " + state->key)
            connection.respondJson(401, openAiError("Incorrect API key provided.", "invalid_request_error", "invalid_api_key"));
        else if (state->dialect == QLatin1String("together"))
            connection.respondJson(200, R"([{"id":"black-forest-labs/FLUX.1-schnell"},{"id":"b"}])");
        else
            connection.respondJson(200, R"({"object":"list","data":[{"id":"gpt-image-2","object":"model","shutdown_date":null},{"id":"b"}]})");
    });
    server.on("GET", "/v1/-/healthz", [](const ReceivedRequest &, const ScriptedConnection &connection) { connection.respond(200, {}, "success"); });
    server.on("GET", "/files/", [state = d](const ReceivedRequest &request, const ScriptedConnection &connection) {
        const QMutexLocker lock(&state->mutex);
        connection.respond(200, {{"Content-Type", "image/png"}}, state->files.value(request.path().mid(7).toInt()));
    });
}

void FakeOpenAi::misbehave(ScriptedServer::Handler handler)
{
    const QMutexLocker lock(&d->mutex);
    d->faults.push_back(std::move(handler));
}

void FakeOpenAi::answerWithLinks(bool relative)
{
    const QMutexLocker lock(&d->mutex);
    d->links = true;
    d->relative = relative;
}

void FakeOpenAi::setAnswerExtras(const Json &extras)
{
    const QMutexLocker lock(&d->mutex);
    d->extras = extras;
}

int FakeOpenAi::pictures() const
{
    const QMutexLocker lock(&d->mutex);
    return d->pictures;
}

Json FakeOpenAi::fields(const ReceivedRequest &request)
{
    const QByteArray type = request.header("Content-Type");
    if (type.startsWith("application/json"))
        return Json::parse(request.body.toStdString(), nullptr, false);
    Json fields = Json::object();
    if (type.startsWith("multipart/form-data")) {
        static const QRegularExpression name(QStringLiteral("form-data; name=\"([^\"]*)\""));
        for (auto it = name.globalMatch(QString::fromLatin1(request.body)); it.hasNext();) {
            const QByteArray field = it.next().captured(1).toLatin1();
            const QByteArray content = request.part(field);
            fields[field.toStdString()] = content.startsWith("\x89PNG") ? std::string("(png)") : content.toStdString();
        }
        return fields;
    }
    const QUrlQuery query(QString::fromLatin1(request.target.mid(request.path().size() + 1)));
    for (const auto &[key, value] : query.queryItems(QUrl::FullyDecoded))
        fields[key.toStdString()] = value.toStdString();
    return fields;
}

QByteArray FakeOpenAi::event(const QByteArray &name, const Json &data)
{
    return "event: " + name + "\ndata: " + dumpJson(data) + "\n\n";
}

QByteArray FakeOpenAi::streamHead()
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";
}

QByteArray FakeOpenAi::chunk(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

} // namespace Galley
