#include "tests/support/fakebfl.h"

#include "tests/support/testpicture.h"

#include <QMutexLocker>
#include <QRegularExpression>

namespace Galley {

namespace {

const QStringList models{QStringLiteral("flux-2-pro"),       QStringLiteral("flux-2-max"),  QStringLiteral("flux-2-flex"),
                         QStringLiteral("flux-2-klein-4b"),  QStringLiteral("flux-2-klein-9b"), QStringLiteral("flux-pro-1.1"),
                         QStringLiteral("flux-pro-1.1-ultra"), QStringLiteral("flux-kontext-pro"), QStringLiteral("flux-kontext-max")};

QStringList membersOf(const QString &model)
{
    QStringList members{QStringLiteral("prompt"), QStringLiteral("seed"), QStringLiteral("safety_tolerance"), QStringLiteral("output_format"),
                        QStringLiteral("input_image"), QStringLiteral("prompt_upsampling"), QStringLiteral("webhook_url"), QStringLiteral("webhook_secret")};
    if (model.contains(QLatin1String("kontext")) || model.endsWith(QLatin1String("ultra")))
        members.append(QStringLiteral("aspect_ratio"));
    else
        members += {QStringLiteral("width"), QStringLiteral("height")};
    if (model == QLatin1String("flux-2-flex"))
        members += {QStringLiteral("steps"), QStringLiteral("guidance")};
    return members;
}

/// FastAPI's list of what is wrong; empty when nothing is.
Json problemsOf(const Json &body, const QString &model)
{
    Json problems = Json::array();
    const auto wrong = [&problems](const QString &member, const char *text) {
        problems.push_back({{"loc", Json::array({"body", member.toStdString()})}, {"msg", text}, {"type", "value_error"}});
    };
    if (!body.is_object() || toQString(body.value("prompt", Json())).isEmpty()) {
        wrong(QStringLiteral("prompt"), "Field required");
        return problems;
    }
    if (const QString strange = strangeMember(body, membersOf(model)); !strange.isEmpty())
        wrong(strange, "Extra inputs are not permitted");
    for (const char *side : {"width", "height"}) {
        if (body.contains(side) && (!body[side].is_number_integer() || body[side] < 64 || body[side].get<int>() % 16 != 0))
            wrong(QString::fromLatin1(side), "must be a multiple of 16 and at least 64");
    }
    if (body.contains("aspect_ratio") && sizeInRatio(toQString(body["aspect_ratio"])).isEmpty())
        wrong(QStringLiteral("aspect_ratio"), "must be W:H");
    if (body.contains("output_format") && body["output_format"] != "png" && body["output_format"] != "jpeg")
        wrong(QStringLiteral("output_format"), "must be jpeg or png");
    if (body.contains("safety_tolerance") && (!body["safety_tolerance"].is_number_integer() || body["safety_tolerance"] < 0 || body["safety_tolerance"] > 5))
        wrong(QStringLiteral("safety_tolerance"), "must be between 0 and 5");
    if (body.contains("input_image") && !QByteArray::fromBase64(toQString(body["input_image"]).toLatin1()).startsWith("\x89PNG"))
        wrong(QStringLiteral("input_image"), "is no picture");
    return problems;
}

bool hasKey(const ReceivedRequest &request)
{
    return request.header("x-key") == FakeHosted::rightKey;
}

} // namespace

FakeBfl::FakeBfl(ScriptedServer &server)
    : m_server(server)
{
    server.on("POST", "/v1/", [this](const ReceivedRequest &request, const ScriptedConnection &connection) { order(request, connection); });
    server.on("GET", "/v1/get_result", [this](const ReceivedRequest &request, const ScriptedConnection &connection) { result(request, connection); });
    server.on("GET", "/v1/credits", [](const ReceivedRequest &request, const ScriptedConnection &connection) {
        if (hasKey(request))
            answerJson(connection, 200, {{"credits", 55.5}});
        else
            answerJson(connection, 403, {{"detail", "Not authenticated - Invalid Authentication"}});
    });
    server.on("GET", "/delivery/", [this](const ReceivedRequest &request, const ScriptedConnection &connection) { picture(request, connection); });
}

void FakeBfl::pendFor(int polls)
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.pending = polls;
}

void FakeBfl::endWith(const QByteArray &status)
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.end = status;
}

void FakeBfl::pollAt(const QByteArray &url)
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.polling = url;
}

void FakeBfl::changePrompts(const QString &to)
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.prompt = to;
}

void FakeBfl::addJob(const QByteArray &id, const QSize &size)
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.jobs.insert(id, {size, 7, {}, 1000});
}

void FakeBfl::order(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    if (told(m_state, Stage::Order, request, connection))
        return;
    if (!hasKey(request))
        return answerJson(connection, 403, {{"detail", "Not authenticated - Invalid Authentication"}});
    const QString model = QString::fromUtf8(request.path().mid(4));
    if (!models.contains(model))
        return answerJson(connection, 404, {{"detail", "Not Found"}});
    const Json body = jsonOf(request);
    if (const Json problems = problemsOf(body, model); !problems.empty())
        return answerJson(connection, 422, {{"detail", problems}});
    const QMutexLocker lock(&m_mutex);
    const QByteArray id = "job-" + QByteArray::number(m_shelf.jobs.size() + 1);
    Job job{QSize(body.value("width", Json(1024)).get<int>(), body.value("height", Json(1024)).get<int>()), body.value("seed", Json(99)).get<qint64>(),
            toQString(body["prompt"]), 0, body.value("output_format", Json("jpeg")) == "jpeg"};
    if (body.contains("aspect_ratio"))
        job.size = sizeInRatio(toQString(body["aspect_ratio"]));
    m_shelf.jobs.insert(id, job);
    Json answer{{"id", id.toStdString()}, {"cost", 3.0}, {"input_mp", 0}, {"output_mp", 1.05}};
    const QByteArray polling = m_shelf.polling.value_or(m_server.url("/v1/get_result?id=" + id).toEncoded());
    if (!polling.isEmpty())
        answer["polling_url"] = polling.toStdString();
    answerJson(connection, 200, answer);
}

void FakeBfl::result(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    if (told(m_state, Stage::Poll, request, connection))
        return;
    if (!hasKey(request))
        return answerJson(connection, 403, {{"detail", "Not authenticated - Invalid Authentication"}});
    const QMutexLocker lock(&m_mutex);
    const QByteArray id = request.query("id");
    const auto job = m_shelf.jobs.find(id);
    Json answer{{"id", id.toStdString()}, {"status", "Pending"}, {"result", nullptr}, {"progress", nullptr}, {"details", nullptr}};
    if (job == m_shelf.jobs.end()) {
        answer["status"] = "Task not found";
    } else if (job->asked++ < m_shelf.pending) {
        answer["progress"] = 0.5;
    } else if (m_shelf.end != "Ready") {
        answer["status"] = m_shelf.end.toStdString();
        answer["details"] = {{"Moderation Reasons", Json::array({"Derivative Works Filter"})}};
    } else {
        const QString path = QStringLiteral("/delivery/%1-%2-%3.%4?sig=ab").arg(job->size.width()).arg(job->size.height()).arg(job->seed)
                                 .arg(QLatin1String(job->isJpeg ? "jpeg" : "png"));
        answer["status"] = "Ready";
        answer["result"] = {{"sample", m_server.url(path.toUtf8()).toEncoded().toStdString()},
                            {"prompt", (m_shelf.prompt.isEmpty() ? job->prompt : m_shelf.prompt).toStdString()},
                            {"seed", job->seed}};
    }
    answerJson(connection, 200, answer);
}

void FakeBfl::picture(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    if (told(m_state, Stage::Picture, request, connection))
        return;
    static const QRegularExpression name(QStringLiteral("/(\\d+)-(\\d+)-(\\d+)\\.(png|jpeg)$"));
    const auto match = name.match(QString::fromUtf8(request.path()));
    if (!match.hasMatch() || request.query("sig") != "ab")
        return answerJson(connection, 403, {{"error", "expired"}});
    const bool isJpeg = match.captured(4) == QLatin1String("jpeg");
    const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
    answer(connection, {200, testPicture(size, colorOfSeed(match.captured(3).toLongLong()), isJpeg ? "JPG" : "PNG"), {}, isJpeg ? "image/jpeg" : "image/png"});
}

} // namespace Galley
