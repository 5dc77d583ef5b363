#include "tests/support/fakea1111.h"

#include "tests/support/testpicture.h"

#include <nlohmann/json.hpp>

#include <QMutex>
#include <QMutexLocker>

#include <algorithm>
#include <optional>

namespace Galley {

namespace {

using Json = nlohmann::ordered_json;

QByteArray dump(const Json &json)
{
    return QByteArray::fromStdString(json.dump());
}

Json parsed(const QByteArray &body)
{
    return Json::parse(body.toStdString(), nullptr, false);
}

template<typename T>
T valueOf(const Json &json, const char *name, T fallback)
{
    return json.is_object() && json.contains(name) && !json.at(name).is_null() ? json.at(name).get<T>() : fallback;
}

constexpr int randomSeed = 424242;

} // namespace

struct FakeA1111::Private : public std::enable_shared_from_this<FakeA1111::Private>
{
    struct Task
    {
        QByteArray id;
        Json body;
        std::optional<ScriptedConnection> connection;  ///< none: somebody else's
        Behaviour behaviour;
        bool interrupted = false;
        int step = 0;
    };

    ScriptedServer *server = nullptr;
    QByteArray prefix;
    mutable QMutex mutex;
    Behaviour behaviour;
    QList<std::shared_ptr<Task>> waiting;
    std::shared_ptr<Task> running;
    bool lastInterrupted = false;  ///< stays until the next task begins, as shared.state does
    QList<QByteArray> completed;
    QByteArray lastBody;
    int interrupts = 0;
    int uselessInterrupts = 0;

    void install();
    bool refuse(const ReceivedRequest &request, const ScriptedConnection &connection) const;
    void submit(const ReceivedRequest &request, const ScriptedConnection &connection);
    void tellTaskProgress(const ReceivedRequest &request, const ScriptedConnection &connection) const;
    void tellProgress(const ScriptedConnection &connection) const;
    void interrupt(const ScriptedConnection &connection);
    void after(int ms, std::function<void()> fn);
    void startNext();
    void step(const std::shared_ptr<Task> &task);
    void finish(const std::shared_ptr<Task> &task);
    QByteArray answer(const Task &task) const;
};

FakeA1111::FakeA1111(ScriptedServer &server, const QByteArray &prefix)
    : d(std::make_shared<Private>())
{
    d->server = &server;
    d->prefix = prefix;
    d->install();
}

FakeA1111::~FakeA1111() = default;

void FakeA1111::Private::install()
{
    const auto self = shared_from_this();
    const auto on = [&](const char *method, const char *path, ScriptedServer::Handler handler) {
        server->on(method, prefix + path, [self, handler](const ReceivedRequest &request, const ScriptedConnection &connection) {
            const QMutexLocker lock(&self->mutex);
            if (!self->refuse(request, connection))
                handler(request, connection);
        });
    };
    on("POST", "/sdapi/v1/txt2img", [self](const auto &request, const auto &connection) { self->submit(request, connection); });
    on("POST", "/sdapi/v1/img2img", [self](const auto &request, const auto &connection) { self->submit(request, connection); });
    on("POST", "/internal/progress", [self](const auto &request, const auto &connection) { self->tellTaskProgress(request, connection); });
    on("GET", "/sdapi/v1/progress", [self](const auto &, const auto &connection) { self->tellProgress(connection); });
    on("POST", "/sdapi/v1/interrupt", [self](const auto &, const auto &connection) { self->interrupt(connection); });
    on("GET", "/sdapi/v1/sd-models", [](const auto &, const auto &connection) {
        connection.respondJson(200, R"([{"title":"v1-5.safetensors [6ce0161689]","model_name":"v1-5","hash":"6ce0161689","filename":"/m/v1-5"},)"
                                    R"({"title":"sd35.safetensors","model_name":"sd35","hash":null,"filename":"/m/sd35"}])");
    });
}

bool FakeA1111::Private::refuse(const ReceivedRequest &request, const ScriptedConnection &connection) const
{
    const bool isApi = request.path().startsWith(QByteArray(prefix + "/sdapi"));
    const auto notFound = [&] {
        connection.respondJson(404, R"({"detail":"Not Found"})");
        return true;
    };
    if (!behaviour.hasApi && isApi)
        return notFound();
    if (!behaviour.user.isEmpty() && isApi && request.header("Authorization") != "Basic " + behaviour.user.toBase64()) {
        connection.respondJson(401, R"({"detail":"Incorrect username or password"})", {{"WWW-Authenticate", "Basic"}});
        return true;
    }
    if (!behaviour.hasTaskProgress && request.path() == prefix + "/internal/progress")
        return notFound();
    if (!behaviour.hasProgress && request.path() == prefix + "/sdapi/v1/progress")
        return notFound();
    return false;
}

void FakeA1111::Private::submit(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    lastBody = request.body;
    if (behaviour.failStatus != 0)
        return connection.respondJson(behaviour.failStatus, behaviour.failBody);
    auto task = std::make_shared<Task>();
    task->body = parsed(request.body);
    if (!task->body.is_object())
        return connection.respondJson(422, R"({"detail":[{"loc":["body"],"msg":"value is not a valid dict","type":"type_error.dict"}]})");
    task->id = QByteArray::fromStdString(valueOf<std::string>(task->body, "force_task_id", "task(none)"));
    task->connection = connection;
    task->behaviour = behaviour;
    waiting.append(task);
    startNext();
}

void FakeA1111::Private::tellTaskProgress(const ReceivedRequest &request, const ScriptedConnection &connection) const
{
    if (!behaviour.answersProgress)
        return;
    const Json question = parsed(request.body);
    const QByteArray id = QByteArray::fromStdString(valueOf<std::string>(question, "id_task", ""));
    const bool active = running && running->id == id;
    const bool queued = std::any_of(waiting.cbegin(), waiting.cend(), [&](const auto &task) { return task->id == id; });
    Json json{{"active", active}, {"queued", queued}, {"completed", completed.contains(id)}, {"progress", nullptr}, {"eta", nullptr},
              {"live_preview", nullptr}, {"id_live_preview", -1}, {"textinfo", active ? "sampling" : "Waiting..."}};
    if (active) {
        json["progress"] = double(running->step) / running->behaviour.steps;
        if (valueOf<bool>(question, "live_preview", false) && running->step > 0 && valueOf<int>(question, "id_live_preview", -1) != running->step) {
            json["live_preview"] = "data:image/png;base64," + testPicture({8, 8}, colorOfSeed(running->step)).toBase64().toStdString();
            json["id_live_preview"] = running->step;
        }
    }
    connection.respondJson(200, dump(json));
}

void FakeA1111::Private::tellProgress(const ScriptedConnection &connection) const
{
    if (!behaviour.answersProgress)
        return;
    Json state{{"skipped", false}, {"interrupted", running ? running->interrupted : lastInterrupted}, {"stopping_generation", false}, {"job", running ? "scripts_txt2img" : ""},
               {"job_count", running ? 1 : 0}, {"job_timestamp", "20261123070000"}, {"job_no", 0}, {"sampling_step", running ? running->step : 0},
               {"sampling_steps", running ? running->behaviour.steps : 0}};
    Json json{{"progress", running ? 0.01 + double(running->step) / running->behaviour.steps : 0.0}, {"eta_relative", 1.0}, {"state", state},
              {"current_image", nullptr}, {"textinfo", nullptr}, {"current_task", nullptr}};
    if (running) {
        json["current_task"] = running->id.toStdString();
        json["current_image"] = testPicture({8, 8}, colorOfSeed(running->step)).toBase64().toStdString();
    }
    connection.respondJson(200, dump(json));
}

void FakeA1111::Private::interrupt(const ScriptedConnection &connection)
{
    if (running && running->connection) {
        ++interrupts;
        running->interrupted = true;
    } else {
        ++uselessInterrupts;
    }
    connection.respondJson(200, "{}");
}

void FakeA1111::Private::after(int ms, std::function<void()> fn)
{
    server->later(ms, [self = shared_from_this(), fn = std::move(fn)] {
        const QMutexLocker lock(&self->mutex);
        fn();
    });
}

void FakeA1111::Private::startNext()
{
    if (running || waiting.isEmpty())
        return;
    running = waiting.takeFirst();
    after(running->behaviour.stepMs, [self = shared_from_this(), task = running] { self->step(task); });
}

void FakeA1111::Private::step(const std::shared_ptr<Task> &task)
{
    ++task->step;
    if (task->behaviour.somebodyStops && task->step == 1)
        task->interrupted = true;
    if (task->behaviour.holds && !task->interrupted)
        task->step = std::min(task->step, task->behaviour.steps - 1);
    // An interrupted task is shown as such for a while before it ends.
    const bool over = task->step >= task->behaviour.steps || (task->interrupted && task->step >= 2);
    after(task->behaviour.stepMs, [self = shared_from_this(), task, over] { over ? self->finish(task) : self->step(task); });
}

void FakeA1111::Private::finish(const std::shared_ptr<Task> &task)
{
    completed.append(task->id);
    lastInterrupted = task->interrupted;
    if (running == task)
        running.reset();
    if (task->connection)
        task->connection->respondJson(200, answer(*task));
    startNext();
}

QByteArray FakeA1111::Private::answer(const Task &task) const
{
    const Behaviour &asked = task.behaviour;
    const int count = std::max(0, valueOf<int>(task.body, "batch_size", 1) - asked.fewer);
    const int wanted = valueOf<int>(task.body, "seed", -1);
    const int seed = wanted < 0 ? randomSeed : wanted;
    const QSize size(valueOf<int>(task.body, "width", 512), valueOf<int>(task.body, "height", 512));
    Json images = Json::array();
    Json seeds = Json::array();
    const auto add = [&](const QByteArray &bytes) {
        images.push_back((asked.dataUrls ? "data:image/png;base64," : "") + bytes.toBase64().toStdString());
    };
    if (asked.grid)
        add(testPicture(size * 2, Qt::black));
    for (int i = 0; i < count; ++i) {
        add(asked.picture.isEmpty() ? testPicture(size, colorOfSeed(seed + i)) : asked.picture);
        seeds.push_back(seed + i);
    }
    const Json settings = task.body.contains("override_settings") ? task.body["override_settings"] : Json::object();
    const std::string checkpoint = valueOf<std::string>(settings, "sd_model_checkpoint", "v1-5");
    const Json info{{"prompt", valueOf<std::string>(task.body, "prompt", "")}, {"all_seeds", seeds}, {"seed", seed}, {"width", size.width()},
                    {"height", size.height()}, {"sampler_name", "Euler"}, {"steps", asked.steps}, {"cfg_scale", 7.0}, {"sd_model_name", checkpoint},
                    {"sd_model_hash", "6ce0161689"}, {"infotexts", Json::array({"a, b"})}, {"index_of_first_image", asked.grid ? 1 : 0}};
    Json json{{"images", images}, {"parameters", task.body}};
    switch (asked.info) {
    case Info::Text: json["info"] = info.dump(); break;
    case Info::Object: json["info"] = info; break;
    case Info::Empty: json["info"] = ""; break;
    case Info::Broken: json["info"] = "{\"seed\": 7, \"all_se"; break;
    case Info::Absent: break;
    }
    return dump(json);
}

void FakeA1111::setBehaviour(const Behaviour &behaviour)
{
    const QMutexLocker lock(&d->mutex);
    d->behaviour = behaviour;
}

void FakeA1111::occupy(int ms)
{
    const QMutexLocker lock(&d->mutex);
    auto task = std::make_shared<Private::Task>();
    task->id = "task(somebody)";
    task->body = Json::object();
    d->running = task;
    d->after(ms, [d = d, task] { d->finish(task); });
}

int FakeA1111::interrupts() const
{
    const QMutexLocker lock(&d->mutex);
    return d->interrupts;
}

int FakeA1111::uselessInterrupts() const
{
    const QMutexLocker lock(&d->mutex);
    return d->uselessInterrupts;
}

bool FakeA1111::isRunning() const
{
    const QMutexLocker lock(&d->mutex);
    return d->running && d->running->connection;
}

QByteArray FakeA1111::lastBody() const
{
    const QMutexLocker lock(&d->mutex);
    return d->lastBody;
}

} // namespace Galley
