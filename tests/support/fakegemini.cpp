#include "tests/support/fakegemini.h"

#include "tests/support/testpicture.h"

#include <QMutexLocker>

namespace Galley {

namespace {

const QStringList ratios{QStringLiteral("1:1"), QStringLiteral("2:3"), QStringLiteral("3:2"),  QStringLiteral("3:4"),  QStringLiteral("4:3"),
                         QStringLiteral("4:5"), QStringLiteral("5:4"), QStringLiteral("9:16"), QStringLiteral("16:9"), QStringLiteral("21:9"),
                         QStringLiteral("1:4"), QStringLiteral("4:1"), QStringLiteral("1:8"),  QStringLiteral("8:1")};
const QStringList models{QStringLiteral("gemini-nano-banana-2.1"), QStringLiteral("gemini-3-pro-image")};

Json errorOf(int code, const char *status, const QString &message, const Json &details = Json::array())
{
    return {{"error", {{"code", code}, {"message", message.toStdString()}, {"status", status}, {"details", details}}}};
}

QString unknownName(const QString &name)
{
    return QStringLiteral("Invalid JSON payload received. Unknown name \"%1\"").arg(name);
}

/// Why the body is not taken; empty when it is. Like the protobuf reader of the service it takes no member that it does not know.
QString problemOf(const Json &body)
{
    const Json none = Json::object();
    if (!body.is_object() || !body.contains("contents") || !body["contents"].is_array() || body["contents"].empty())
        return QStringLiteral("contents is not specified");
    if (const QString strange = strangeMember(body, {QStringLiteral("contents"), QStringLiteral("generationConfig")}); !strange.isEmpty())
        return unknownName(strange);
    const Json config = body.value("generationConfig", none);
    if (const QString strange = strangeMember(config, {QStringLiteral("responseModalities"), QStringLiteral("imageConfig"), QStringLiteral("temperature")});
        !strange.isEmpty())
        return unknownName(strange);
    const Json image = config.value("imageConfig", none);
    if (const QString strange = strangeMember(image, {QStringLiteral("aspectRatio"), QStringLiteral("imageSize")}); !strange.isEmpty())
        return unknownName(strange);
    if (image.contains("aspectRatio") && !ratios.contains(toQString(image["aspectRatio"])))
        return QStringLiteral("aspect_ratio must be one of the supported values");
    if (image.contains("imageSize") && image["imageSize"] != "1K" && image["imageSize"] != "2K" && image["imageSize"] != "4K")
        return QStringLiteral("image_size must be one of 1K, 2K, 4K");
    const Json parts = body["contents"].front().value("parts", Json::array());
    if (parts.empty() || !parts.front().contains("text"))
        return QStringLiteral("contents.parts must not be empty");
    for (const Json &part : parts) {
        if (part.contains("inlineData") && !QByteArray::fromBase64(toQString(part["inlineData"].value("data", Json())).toLatin1()).startsWith("\x89PNG"))
            return QStringLiteral("Unable to process input image");
    }
    return {};
}

Json pictureOf(const QByteArray &bytes, bool snake)
{
    return {{snake ? "inline_data" : "inlineData", {{snake ? "mime_type" : "mimeType", "image/png"}, {"data", bytes.toBase64().toStdString()}}}};
}

} // namespace

FakeGemini::FakeGemini(ScriptedServer &server)
{
    server.on("POST", "/v1beta/models/", [this](const ReceivedRequest &request, const ScriptedConnection &connection) { order(request, connection); });
    server.on("GET", "/v1beta/models", [](const ReceivedRequest &request, const ScriptedConnection &connection) {
        if (request.header("x-goog-api-key") != rightKey)
            return answerJson(connection, 400, errorOf(400, "INVALID_ARGUMENT", QStringLiteral("API key not valid. Please pass a valid API key.")));
        answerJson(connection, 200, {{"models", Json::array({{{"name", "models/gemini-3-pro-image"}}, {{"name", "models/gemini-nano-banana-2.1"}}})}});
    });
}

void FakeGemini::speakSnakeCase()
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.snake = true;
}

void FakeGemini::think()
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.thinks = true;
}

void FakeGemini::finishWith(const QByteArray &reason)
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.finish = reason;
}

void FakeGemini::block(const QByteArray &reason)
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.blocked = reason;
}

void FakeGemini::serve(const QByteArray &model)
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.served = model;
}

void FakeGemini::order(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    if (told(m_state, Stage::Order, request, connection))
        return;
    if (request.header("x-goog-api-key") != rightKey)
        return answerJson(connection, 400, errorOf(400, "INVALID_ARGUMENT", QStringLiteral("API key not valid. Please pass a valid API key."),
                                                   Json::array({{{"@type", "type.googleapis.com/google.rpc.ErrorInfo"}, {"reason", "API_KEY_INVALID"}}})));
    const QString last = QString::fromUtf8(request.path().mid(request.path().lastIndexOf('/') + 1));
    const QString model = last.section(QLatin1Char(':'), 0, 0);
    if (!last.endsWith(QLatin1String(":generateContent")) || !models.contains(model))
        return answerJson(connection, 404, errorOf(404, "NOT_FOUND", QStringLiteral("models/%1 is not found for API version v1beta.").arg(model)));
    const Json body = jsonOf(request);
    if (const QString problem = problemOf(body); !problem.isEmpty())
        return answerJson(connection, 400, errorOf(400, "INVALID_ARGUMENT", problem));
    const QMutexLocker lock(&m_mutex);
    if (!m_shelf.blocked.isEmpty())
        return answerJson(connection, 200, {{m_shelf.snake ? "prompt_feedback" : "promptFeedback",
                                             {{m_shelf.snake ? "block_reason" : "blockReason", m_shelf.blocked.toStdString()}}}});
    const Json config = body.value("generationConfig", Json::object()).value("imageConfig", Json::object());
    const QSize size = sizeInRatio(toQString(config.value("aspectRatio", Json("1:1"))));
    Json parts = Json::array();
    if (m_shelf.thinks) {
        parts.push_back({{"text", "I draw a sketch first."}, {"thought", true}});
        parts.push_back({{"text", "Here it is."}});
        parts.push_back(pictureOf(testPicture(size, Qt::red), m_shelf.snake));
    }
    if (m_shelf.finish.isEmpty()) {
        Json picture = pictureOf(testPicture(size, Qt::green), m_shelf.snake);
        picture["thoughtSignature"] = "c2ln";
        parts.push_back(picture);
    }
    if (m_shelf.thinks) {
        Json thought = pictureOf(testPicture(size, Qt::blue), m_shelf.snake);
        thought["thought"] = true;
        parts.push_back(thought);
    }
    Json candidate{{"index", 0}, {m_shelf.snake ? "finish_reason" : "finishReason", m_shelf.finish.isEmpty() ? "STOP" : m_shelf.finish.toStdString()}};
    if (!parts.empty())
        candidate["content"] = {{"role", "model"}, {"parts", parts}};
    answerJson(connection, 200, {{"candidates", Json::array({candidate})},
                                 {"usageMetadata", {{"promptTokenCount", 12}, {"candidatesTokenCount", 1120}, {"totalTokenCount", 1132}}},
                                 {m_shelf.snake ? "model_version" : "modelVersion", m_shelf.served.isEmpty() ? model.toStdString() : m_shelf.served.toStdString()},
                                 {m_shelf.snake ? "response_id" : "responseId", "resp-1"}});
}

} // namespace Galley
