#include "tests/support/fakestability.h"

#include "tests/support/testpicture.h"

#include <QMutexLocker>

namespace Galley {

namespace {

const QStringList ratios{QStringLiteral("21:9"), QStringLiteral("16:9"), QStringLiteral("3:2"), QStringLiteral("5:4"), QStringLiteral("1:1"),
                         QStringLiteral("4:5"),  QStringLiteral("2:3"),  QStringLiteral("9:16"), QStringLiteral("9:21")};
const QStringList models{QStringLiteral("sd3.5-large"), QStringLiteral("sd3.5-large-turbo"), QStringLiteral("sd3.5-medium"), QStringLiteral("sd3.5-flash")};

QStringList partsOfRoute(const QString &route)
{
    QStringList parts{QStringLiteral("prompt"), QStringLiteral("aspect_ratio"), QStringLiteral("negative_prompt"), QStringLiteral("seed"),
                      QStringLiteral("style_preset"), QStringLiteral("output_format")};
    if (route == QLatin1String("sd3"))
        parts += {QStringLiteral("mode"), QStringLiteral("model"), QStringLiteral("image"), QStringLiteral("strength"), QStringLiteral("cfg_scale")};
    if (route == QLatin1String("ultra"))
        parts += {QStringLiteral("image"), QStringLiteral("strength")};
    return parts;
}

/// Why the form is not taken; empty when it is.
QString problemOf(const QMap<QString, ReceivedPart> &form, const QString &route)
{
    const QStringList known = partsOfRoute(route);
    const auto text = [&form](const char *name) { return QString::fromUtf8(form.value(QLatin1String(name)).content); };
    for (const QString &name : form.keys()) {
        if (!known.contains(name))
            return name + QStringLiteral(": is not allowed");
    }
    if (text("prompt").isEmpty() || text("prompt").size() > 10'000)
        return QStringLiteral("prompt: must be between 1 and 10000 characters");
    if (form.contains(QStringLiteral("model")) && !models.contains(text("model")))
        return QStringLiteral("model: unknown value");
    if (form.contains(QStringLiteral("aspect_ratio")) && !ratios.contains(text("aspect_ratio")))
        return QStringLiteral("aspect_ratio: unknown value");
    bool isNumber = true;
    const qint64 seed = form.contains(QStringLiteral("seed")) ? text("seed").toLongLong(&isNumber) : 0;
    if (!isNumber || seed < 0 || seed > 4294967294)
        return QStringLiteral("seed: must be between 0 and 4294967294");
    const bool isFromImage = route == QLatin1String("sd3") ? text("mode") == QLatin1String("image-to-image") : form.contains(QStringLiteral("image"));
    if (isFromImage != form.contains(QStringLiteral("image")) || isFromImage != form.contains(QStringLiteral("strength")))
        return QStringLiteral("image: image and strength belong to image-to-image, and both");
    if (isFromImage && (!form.value(QStringLiteral("image")).content.startsWith("\x89PNG") || form.value(QStringLiteral("image")).fileName.isEmpty()))
        return QStringLiteral("image: is no picture file");
    if (isFromImage && route == QLatin1String("sd3") && form.contains(QStringLiteral("aspect_ratio")))
        return QStringLiteral("aspect_ratio: is not allowed with image-to-image");
    if (form.contains(QStringLiteral("cfg_scale")) && text("cfg_scale").toDouble() > 10)
        return QStringLiteral("cfg_scale: must be <= 10");
    if (!QStringList{QStringLiteral("png"), QStringLiteral("jpeg"), QStringLiteral("webp"), QString()}.contains(text("output_format")))
        return QStringLiteral("output_format: unknown value");
    return {};
}

Json errorOf(const char *name, const QString &text)
{
    return {{"id", "a1b2"}, {"name", name}, {"errors", Json::array({text.toStdString()})}};
}

} // namespace

FakeStability::FakeStability(ScriptedServer &server)
{
    server.on("POST", "/v2beta/stable-image/generate/",
              [this](const ReceivedRequest &request, const ScriptedConnection &connection) { order(request, connection); });
    server.on("GET", "/v1/user/balance", [](const ReceivedRequest &request, const ScriptedConnection &connection) {
        if (request.header("Authorization") != QByteArray("Bearer ") + rightKey)
            FakeHosted::answerJson(connection, 401, errorOf("unauthorized", QStringLiteral("authorization: missing or invalid")));
        else
            FakeHosted::answerJson(connection, 200, {{"credits", 123.4}});
    });
}

void FakeStability::filter()
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.filtered = true;
}

void FakeStability::answerJson()
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.json = true;
}

void FakeStability::order(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    if (told(m_state, Stage::Order, request, connection))
        return;
    if (request.header("Authorization") != QByteArray("Bearer ") + rightKey)
        return FakeHosted::answerJson(connection, 401, errorOf("unauthorized", QStringLiteral("authorization: missing or invalid")));
    const QString route = QString::fromUtf8(request.path().mid(request.path().lastIndexOf('/') + 1));
    if (route != QLatin1String("sd3") && route != QLatin1String("core") && route != QLatin1String("ultra"))
        return FakeHosted::answerJson(connection, 404, errorOf("not_found", QStringLiteral("no such route")));
    QMap<QString, ReceivedPart> form;
    for (const ReceivedPart &part : partsOf(request))
        form.insert(QString::fromUtf8(part.name), part);
    if (form.isEmpty())
        return FakeHosted::answerJson(connection, 400, errorOf("bad_request", QStringLiteral("content-type: must be multipart/form-data")));
    if (const QString problem = problemOf(form, route); !problem.isEmpty())
        return FakeHosted::answerJson(connection, 400, errorOf("bad_request", problem));
    const qint64 asked = form.value(QStringLiteral("seed")).content.toLongLong();
    const qint64 seed = asked == 0 ? 343940597 : asked;
    const QString ratio = QString::fromUtf8(form.value(QStringLiteral("aspect_ratio")).content);
    const bool isJpeg = form.value(QStringLiteral("output_format")).content == "jpeg";
    const QByteArray bytes = testPicture(ratio.isEmpty() ? QSize(1024, 1024) : sizeInRatio(ratio), colorOfSeed(seed), isJpeg ? "JPG" : "PNG");
    const QMutexLocker lock(&m_mutex);
    const QByteArray reason = m_shelf.filtered ? "CONTENT_FILTERED" : "SUCCESS";
    if (m_shelf.json || request.header("Accept") == "application/json")
        return FakeHosted::answerJson(connection, 200, {{"image", bytes.toBase64().toStdString()}, {"finish_reason", reason.toStdString()}, {"seed", seed}});
    answer(connection, {200, bytes, {{"x-request-id", "req-7"}, {"finish-reason", reason}, {"seed", QByteArray::number(seed)}},
                        isJpeg ? "image/jpeg" : "image/png"});
}

} // namespace Galley
