#include "tests/support/fakeideogram.h"

#include "tests/support/testpicture.h"

#include <QMutexLocker>
#include <QRegularExpression>

#include <algorithm>

namespace Galley {

namespace {

const QStringList legacyModels{QStringLiteral("V_1"),  QStringLiteral("V_1_TURBO"),  QStringLiteral("V_2"), QStringLiteral("V_2_TURBO"),
                               QStringLiteral("V_2A"), QStringLiteral("V_2A_TURBO"), QStringLiteral("V_3"), QStringLiteral("AUTO")};
const QStringList ratios{QStringLiteral("1x3"), QStringLiteral("3x1"), QStringLiteral("1x2"), QStringLiteral("2x1"), QStringLiteral("9x16"),
                         QStringLiteral("16x9"), QStringLiteral("10x16"), QStringLiteral("16x10"), QStringLiteral("2x3"), QStringLiteral("3x2"),
                         QStringLiteral("3x4"), QStringLiteral("4x3"), QStringLiteral("4x5"), QStringLiteral("5x4"), QStringLiteral("1x1")};
const QStringList legacyMembers{QStringLiteral("prompt"),     QStringLiteral("model"),           QStringLiteral("aspect_ratio"),
                                QStringLiteral("resolution"), QStringLiteral("num_images"),      QStringLiteral("magic_prompt_option"),
                                QStringLiteral("style_type"), QStringLiteral("negative_prompt"), QStringLiteral("seed"),
                                QStringLiteral("color_palette"), QStringLiteral("magic_prompt_version")};

/// What an order asks for, or why it is not taken.
struct Reading
{
    QString problem;
    QString prompt;
    QSize size{1024, 1024};
    int count = 1;
    qint64 seed = 4711;
    bool async = false;
};

bool isIn(const Json &value, const QStringList &known)
{
    return value.is_string() && known.contains(toQString(value));
}

/// What all endpoints check alike, whatever they call the members.
void readCommon(const Json &body, Reading &reading)
{
    if (body.contains("seed") && (!body["seed"].is_number_integer() || body["seed"].get<qint64>() < 0 || body["seed"].get<qint64>() > 2147483647))
        reading.problem = QStringLiteral("seed must be an integer between 0 and 2147483647");
    else if (body.contains("num_images") && (!body["num_images"].is_number_integer() || body["num_images"] < 1 || body["num_images"] > 8))
        reading.problem = QStringLiteral("num_images must be between 1 and 8");
    if (!reading.problem.isEmpty())
        return;
    reading.seed = body.value("seed", Json(reading.seed)).get<qint64>();
    reading.count = body.value("num_images", Json(1)).get<int>();
}

Reading readLegacy(const ReceivedRequest &request)
{
    Reading reading;
    const Json whole = jsonOf(request);
    const Json body = whole.is_object() && whole.size() == 1 && whole.contains("image_request") ? whole["image_request"] : Json();
    const QString model = body.is_object() ? toQString(body.value("model", Json("V_2"))) : QString();
    const bool isFull = model == QLatin1String("V_2") || model == QLatin1String("V_2_TURBO");
    if (!body.is_object() || toQString(body.value("prompt", Json())).isEmpty())
        reading.problem = QStringLiteral("image_request.prompt is required");
    else if (const QString strange = strangeMember(body, legacyMembers); !strange.isEmpty())
        reading.problem = QStringLiteral("unknown member ") + strange;
    else if (!legacyModels.contains(model))
        reading.problem = QStringLiteral("unknown model");
    else if (body.contains("resolution") && (body.contains("aspect_ratio") || !isFull))
        reading.problem = QStringLiteral("resolution cannot be used here");
    else if (body.contains("negative_prompt") && (model.startsWith(QLatin1String("V_2A")) || model == QLatin1String("V_3")))
        reading.problem = QStringLiteral("negative_prompt is not supported by this model");
    else if (body.contains("color_palette") && !isFull)
        reading.problem = QStringLiteral("color_palette is not supported by this model");
    else if (body.contains("magic_prompt_option") && !isIn(body["magic_prompt_option"], {QStringLiteral("AUTO"), QStringLiteral("ON"), QStringLiteral("OFF")}))
        reading.problem = QStringLiteral("magic_prompt_option");
    if (!reading.problem.isEmpty())
        return reading;
    readCommon(body, reading);
    reading.prompt = toQString(body["prompt"]);
    const QString ratio = toQString(body.value("aspect_ratio", Json("ASPECT_1_1")));
    const QString resolution = toQString(body.value("resolution", Json()));
    const QString bare = QString(ratio).remove(QLatin1String("ASPECT_")).replace(QLatin1Char('_'), QLatin1Char('x'));
    if (!ratio.startsWith(QLatin1String("ASPECT_")) || !ratios.contains(bare) || bare == QLatin1String("4x5") || bare == QLatin1String("5x4")
        || bare == QLatin1String("1x2") || bare == QLatin1String("2x1"))
        reading.problem = QStringLiteral("unknown aspect_ratio");
    reading.size = sizeInRatio(bare);
    if (!resolution.isEmpty())
        reading.size = sizeOf(QString(resolution).remove(QLatin1String("RESOLUTION_")).replace(QLatin1Char('_'), QLatin1Char('x')));
    if (reading.size.isEmpty())
        reading.problem = QStringLiteral("unknown resolution");
    return reading;
}

/// The members of v2's models that Galley ships or knows of.
QStringList membersOfSecond(const QString &model)
{
    QStringList members{QStringLiteral("prompt"),     QStringLiteral("magic_prompt"), QStringLiteral("num_images"), QStringLiteral("seed"),
                        QStringLiteral("async"),      QStringLiteral("webhook_url"),  QStringLiteral("private"),
                        QStringLiteral("enable_copyright_detection"), QStringLiteral("target_collection_id")};
    if (model == QLatin1String("ideogram-4-5"))
        return members + QStringList{QStringLiteral("quality"), QStringLiteral("size")};
    members.append(QStringLiteral("rendering_speed"));
    if (model == QLatin1String("ideogram-4"))
        return members + QStringList{QStringLiteral("resolution")};
    members += {QStringLiteral("aspect_ratio"), QStringLiteral("style_type")};
    if (model == QLatin1String("ideogram-2"))
        members.append(QStringLiteral("negative_prompt"));
    if (model == QLatin1String("ideogram-3"))
        members += {QStringLiteral("negative_prompt"), QStringLiteral("resolution"), QStringLiteral("color_palette"), QStringLiteral("style_codes"),
                    QStringLiteral("style_preset")};
    return members;
}

Reading readSecond(const ReceivedRequest &request, const QString &model)
{
    Reading reading;
    const Json body = jsonOf(request);
    if (!body.is_object() || toQString(body.value("prompt", Json())).isEmpty())
        reading.problem = QStringLiteral("prompt is required");
    else if (const QString strange = strangeMember(body, membersOfSecond(model)); !strange.isEmpty())
        reading.problem = QStringLiteral("unknown member ") + strange;
    else if (body.contains("aspect_ratio") && !isIn(body["aspect_ratio"], ratios))
        reading.problem = QStringLiteral("unknown aspect_ratio");
    else if (body.contains("aspect_ratio") && body.contains("resolution"))
        reading.problem = QStringLiteral("resolution and aspect_ratio cannot be combined");
    else if (body.contains("magic_prompt") && !isIn(body["magic_prompt"], {QStringLiteral("auto"), QStringLiteral("on"), QStringLiteral("off")}))
        reading.problem = QStringLiteral("magic_prompt");
    else if (body.contains("rendering_speed")
             && !isIn(body["rendering_speed"], {QStringLiteral("turbo"), QStringLiteral("default"), QStringLiteral("quality")}))
        reading.problem = QStringLiteral("rendering_speed");
    if (!reading.problem.isEmpty())
        return reading;
    readCommon(body, reading);
    reading.prompt = toQString(body["prompt"]);
    reading.async = body.value("async", Json(false)) == true;
    const QString pixels = toQString(body.value("resolution", body.value("size", Json())));
    reading.size = pixels.isEmpty() ? sizeInRatio(toQString(body.value("aspect_ratio", Json("1x1")))) : sizeOf(pixels);
    if (reading.size.isEmpty())
        reading.problem = QStringLiteral("unknown resolution");
    return reading;
}

bool isPalette(const Json &owner, std::size_t most)
{
    static const QRegularExpression hex(QStringLiteral("^#[0-9A-F]{6}$"));
    if (!owner.contains("color_palette"))
        return true;
    const Json &colors = owner["color_palette"];
    return colors.is_array() && !colors.empty() && colors.size() <= most
           && std::all_of(colors.begin(), colors.end(), [](const Json &color) { return hex.match(toQString(color)).hasMatch(); });
}

/// [top, left, bottom, right] on a grid of 0–1000, origin at the top left.
bool isBox(const Json &box)
{
    const bool isFour = box.is_array() && box.size() == 4 && std::all_of(box.begin(), box.end(), [](const Json &edge) {
        return edge.is_number_integer() && edge >= 0 && edge <= 1000;
    });
    return isFour && box[0] < box[2] && box[1] < box[3];
}

QString elementProblem(const Json &element)
{
    const bool isText = element.is_object() && element.value("type", Json()) == "text";
    if (!element.is_object() || (!isText && element.value("type", Json()) != "obj"))
        return QStringLiteral("type must be obj or text");
    if (const QString strange = strangeMember(element, {QStringLiteral("type"), QStringLiteral("bbox"), QStringLiteral("text"), QStringLiteral("desc"),
                                                        QStringLiteral("color_palette")});
        !strange.isEmpty())
        return QStringLiteral("unknown member ") + strange;
    if (element.contains("bbox") && !isBox(element["bbox"]))
        return QStringLiteral("bbox");
    if (isText != element.contains("text") || (isText && toQString(element["text"]).isEmpty()))
        return QStringLiteral("text belongs to text elements");
    if (!element.contains("desc") || !isPalette(element, 5))
        return QStringLiteral("desc or color_palette of an element");
    return {};
}

/// Why a structured prompt is none that Ideogram 4 was trained on; empty when it is.
QString captionProblem(const Json &caption)
{
    if (!caption.is_object() || !strangeMember(caption, {QStringLiteral("high_level_description"), QStringLiteral("style_description"),
                                                         QStringLiteral("compositional_deconstruction")}).isEmpty())
        return QStringLiteral("unknown member of json_prompt");
    const Json style = caption.value("style_description", Json{{"photo", "x"}, {"medium", "x"}});
    if (!style.is_object() || style.contains("photo") == style.contains("art_style") || !style.contains("medium") || !isPalette(style, 16))
        return QStringLiteral("style_description has exactly one of photo and art_style, a medium, and at most 16 colours");
    const Json layout = caption.value("compositional_deconstruction", Json());
    if (!layout.is_object() || !layout.contains("background") || !layout.contains("elements") || !layout["elements"].is_array())
        return QStringLiteral("compositional_deconstruction needs background and elements");
    for (const Json &element : layout["elements"]) {
        if (const QString problem = elementProblem(element); !problem.isEmpty())
            return problem;
    }
    return {};
}

Reading readForm(const ReceivedRequest &request, bool isThird)
{
    Reading reading;
    QStringList known{QStringLiteral("resolution"), QStringLiteral("rendering_speed"), QStringLiteral("enable_copyright_detection")};
    if (isThird)
        known += {QStringLiteral("prompt"), QStringLiteral("seed"), QStringLiteral("aspect_ratio"), QStringLiteral("magic_prompt"),
                  QStringLiteral("negative_prompt"), QStringLiteral("num_images"), QStringLiteral("color_palette"), QStringLiteral("style_codes"),
                  QStringLiteral("style_type"), QStringLiteral("style_preset")};
    else
        known += {QStringLiteral("text_prompt"), QStringLiteral("json_prompt"), QStringLiteral("quality")};
    Json body = Json::object();
    for (const ReceivedPart &part : partsOf(request)) {
        const bool isJson = part.type.startsWith("application/json");
        const bool mustBeJson = part.name == "json_prompt" || part.name == "color_palette";
        const auto json = parseJson(part.content, QStringLiteral("part"));
        if (isJson != mustBeJson || (isJson && !json))
            reading.problem = QStringLiteral("wrong encoding of ") + QString::fromUtf8(part.name);
        const bool isNumber = part.name == "seed" || part.name == "num_images";
        body[part.name.toStdString()] = isJson && json ? *json : isNumber ? Json(part.content.toLongLong()) : Json(part.content.toStdString());
    }
    const bool hasText = isThird ? body.contains("prompt") : body.contains("text_prompt") != body.contains("json_prompt");
    if (body.empty() || !hasText)
        reading.problem = QStringLiteral("exactly one prompt is required");
    else if (const QString strange = strangeMember(body, known); !strange.isEmpty())
        reading.problem = QStringLiteral("unknown part ") + strange;
    else if (!isThird && body.value("rendering_speed", Json()) == "FLASH")
        reading.problem = QStringLiteral("FLASH is not offered");
    else if (body.contains("magic_prompt") && !isIn(body["magic_prompt"], {QStringLiteral("AUTO"), QStringLiteral("ON"), QStringLiteral("OFF")}))
        reading.problem = QStringLiteral("magic_prompt");
    else if (body.contains("aspect_ratio") && (body.contains("resolution") || !isIn(body["aspect_ratio"], ratios)))
        reading.problem = QStringLiteral("aspect_ratio");
    else if (body.contains("json_prompt"))
        reading.problem = captionProblem(body["json_prompt"]);
    if (!reading.problem.isEmpty())
        return reading;
    readCommon(body, reading);
    reading.prompt = toQString(body.value(isThird ? "prompt" : "text_prompt", Json()));
    reading.async = request.path().contains("/async/");
    const QString pixels = toQString(body.value("resolution", Json()));
    reading.size = pixels.isEmpty() ? sizeInRatio(toQString(body.value("aspect_ratio", Json("1x1")))) : sizeOf(pixels);
    if (reading.size.isEmpty())
        reading.problem = QStringLiteral("unknown resolution");
    return reading;
}

bool hasKey(const ReceivedRequest &request)
{
    return request.header("Api-Key") == FakeHosted::rightKey;
}

} // namespace

FakeIdeogram::FakeIdeogram(ScriptedServer &server)
    : m_server(server)
{
    const auto onOrder = [this](const ReceivedRequest &request, const ScriptedConnection &connection) { order(request, connection); };
    for (const char *path : {"/generate", "/v2/image/generate/", "/v1/ideogram-v3/generate", "/v1/ideogram-v4/", "/v1/ideogram-v45/"})
        server.on("POST", path, onOrder);
    for (const char *path : {"/v2/generations/", "/v1/generations/"})
        server.on("GET", path, [this](const ReceivedRequest &request, const ScriptedConnection &connection) { generation(request, connection); });
    server.on("GET", "/api/images/", [this](const ReceivedRequest &request, const ScriptedConnection &connection) { picture(request, connection); });
}

void FakeIdeogram::pendFor(int polls)
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.pending = polls;
}

void FakeIdeogram::withhold(const QSet<int> &indexes)
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.withheld = indexes;
}

void FakeIdeogram::failJobs(const QString &reason)
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.failure = reason;
}

void FakeIdeogram::deprecate()
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.deprecated = true;
}

void FakeIdeogram::changePrompts(const QString &to)
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.prompt = to;
}

void FakeIdeogram::addJob(const QByteArray &id, const QSize &size, int count)
{
    const QMutexLocker lock(&m_mutex);
    m_shelf.jobs.insert(id, {size, count, 7, {}, 1000, true});
}

void FakeIdeogram::order(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    if (told(m_state, Stage::Order, request, connection))
        return;
    if (!hasKey(request))
        return answerJson(connection, 401, {{"error", "Invalid API key"}});
    const QString path = QString::fromUtf8(request.path());
    const QString model = path.mid(path.lastIndexOf(QLatin1Char('/')) + 1);
    const bool isSecond = path.startsWith(QLatin1String("/v2/"));
    const bool isLegacy = path == QLatin1String("/generate");
    static const QStringList secondModels{QStringLiteral("ideogram-2a"), QStringLiteral("ideogram-2"), QStringLiteral("ideogram-3"),
                                          QStringLiteral("ideogram-4"), QStringLiteral("ideogram-4-5")};
    if (isSecond && !secondModels.contains(model))
        return answerJson(connection, 404, {{"error", "Not Found"}});
    const Reading reading = isLegacy ? readLegacy(request)
                            : isSecond ? readSecond(request, model)
                                       : readForm(request, path.contains(QLatin1String("-v3/")));
    if (!reading.problem.isEmpty())
        return answerJson(connection, 400, {{"error", reading.problem.toStdString()}});
    take({reading.size, reading.count, reading.seed, reading.prompt, 0, isSecond}, reading.async, isLegacy, connection);
}

void FakeIdeogram::take(const Job &job, bool async, bool isLegacy, const ScriptedConnection &connection)
{
    const QMutexLocker lock(&m_mutex);
    const QByteArray id = "gen_" + QByteArray::number(m_shelf.jobs.size() + 1);
    m_shelf.jobs.insert(id, job);
    QList<std::pair<QByteArray, QByteArray>> headers;
    if (m_shelf.deprecated)
        headers = {{"Deprecation", "@1777420800"}, {"Link", "<https://api.ideogram.ai/v2/image/generate/ideogram-2>; rel=\"successor-version\""}};
    Json answer;
    if (async)
        answer = {{"generation_id", id.toStdString()}};
    else if (isLegacy)
        answer = {{"created", "2026-11-23T07:00:00.000000+00:00"}, {"request_id", "req_1"}, {"data", dataOf(job)}};
    else
        answer = {{"generation_id", id.toStdString()}, {"generation_kind", "sampling"}, {"seed", job.seed}, {"data", dataOf(job)}};
    if (m_shelf.deprecated)
        answer["notice"] = "Please move to v2.";
    answerJson(connection, 200, answer, headers);
}

Json FakeIdeogram::dataOf(const Job &job) const
{
    Json data = Json::array();
    for (int i = 0; i < job.count; ++i) {
        const bool safe = !m_shelf.withheld.contains(i);
        const QString path = QStringLiteral("/api/images/ephemeral/%1-%2-%3.png?exp=1795507200&sig=9f2c")
                                 .arg(job.size.width()).arg(job.size.height()).arg(job.seed + i);
        Json item{{"object_type", "image.generation"}, {"url", nullptr}, {"resolution", QStringLiteral("%1x%2").arg(job.size.width()).arg(job.size.height()).toStdString()},
                  {"seed", job.seed + i}, {"is_image_safe", safe}};
        if (safe)
            item["url"] = m_server.url(path.toUtf8()).toString(QUrl::FullyEncoded).toStdString();
        if (const QString prompt = m_shelf.prompt.isEmpty() ? job.prompt : m_shelf.prompt; !prompt.isEmpty())
            item["prompt"] = prompt.toStdString();
        data.push_back(item);
    }
    return data;
}

void FakeIdeogram::generation(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    if (told(m_state, Stage::Poll, request, connection))
        return;
    if (!hasKey(request))
        return answerJson(connection, 401, {{"error", "Invalid API key"}});
    const QMutexLocker lock(&m_mutex);
    const QByteArray id = request.path().mid(request.path().lastIndexOf('/') + 1);
    const auto job = m_shelf.jobs.find(id);
    if (job == m_shelf.jobs.end() || job->isSecond != request.path().startsWith("/v2/"))
        return answerJson(connection, 404, {{"error", "Generation not found"}});
    Json answer{{"generation_id", id.toStdString()}, {"status", "pending"}, {"created", "2026-11-23T07:00:03Z"}, {"response_type", "url"},
                {"failure_reason", nullptr}};
    if (job->asked++ >= m_shelf.pending && !m_shelf.failure.isEmpty()) {
        answer["status"] = "failed";
        answer["failure_reason"] = m_shelf.failure.toStdString();
    } else if (job->asked > m_shelf.pending) {
        answer["status"] = "completed";
        answer["usage_cost_usd_micros"] = 25000 * job->count;
        answer["data"] = dataOf(*job);
    }
    answerJson(connection, 200, answer);
}

void FakeIdeogram::picture(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    if (told(m_state, Stage::Picture, request, connection))
        return;
    static const QRegularExpression name(QStringLiteral("/(\\d+)-(\\d+)-(\\d+)\\.png$"));
    const auto match = name.match(QString::fromUtf8(request.path()));
    if (!match.hasMatch() || request.query("sig") != "9f2c")
        return answerJson(connection, 403, {{"error", "Forbidden"}});
    const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
    answer(connection, {200, testPicture(size, colorOfSeed(match.captured(3).toLongLong())), {}, "image/png"});
}

} // namespace Galley
