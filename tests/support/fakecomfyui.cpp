#include "tests/support/fakecomfyui.h"

#include "tests/support/testpicture.h"
#include "tests/support/websocketpeer.h"

#include <nlohmann/json.hpp>

#include <QMap>
#include <QMutex>
#include <QMutexLocker>
#include <QtEndian>

#include <optional>

namespace Galley {

namespace {

using Json = nlohmann::ordered_json;

QByteArray dump(const Json &json)
{
    return QByteArray::fromStdString(json.dump());
}

QByteArray bigEndian(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

Json member(const Json &json, const char *name)
{
    return json.is_object() && json.contains(name) ? json.at(name) : Json();
}

/// The first input \a name of a node of class \a type.
Json inputOf(const Json &graph, const char *type, const char *name)
{
    for (const auto &[id, node] : graph.items()) {
        if (member(node, "class_type") == type)
            return member(member(node, "inputs"), name);
    }
    return {};
}

} // namespace

struct FakeComfyUI::Private : public std::enable_shared_from_this<FakeComfyUI::Private>
{
    struct Prompt
    {
        QByteArray id;
        QByteArray client;
        Json graph;
        Behaviour behaviour;
        enum class State { Pending, Running, Done } state = State::Pending;
        Json history;
        int step = 0;
    };

    ScriptedServer *server = nullptr;
    QByteArray prefix;
    mutable QMutex mutex;
    Behaviour behaviour;
    QList<std::shared_ptr<Prompt>> prompts;
    QMap<QByteArray, WebSocketPeer> peers;  ///< by clientId
    QMap<QByteArray, QByteArray> files;
    QStringList interrupted;
    QStringList deleted;
    QByteArray lastGraph;
    int sockets = 0;
    int saved = 0;
    bool featureFlags = false;

    void install();
    void openSocket(const ReceivedRequest &request, const ScriptedConnection &connection);
    void upload(const ReceivedRequest &request, const ScriptedConnection &connection);
    void accept(const ReceivedRequest &request, const ScriptedConnection &connection);
    void changeQueue(const ReceivedRequest &request, const ScriptedConnection &connection);
    void interrupt(const ReceivedRequest &request, const ScriptedConnection &connection);
    QByteArray queueJson() const;
    QByteArray historyJson(const QByteArray &id) const;
    void after(int ms, std::function<void()> fn);
    void startNext();
    void step(const std::shared_ptr<Prompt> &prompt);
    void finish(const std::shared_ptr<Prompt> &prompt);
    void failPrompt(const std::shared_ptr<Prompt> &prompt, const char *event, const Json &data);
    void tell(const Prompt &prompt, const char *type, Json data);
    void tellAll(const char *type, const Json &data);
    void sendPreview(const Prompt &prompt);
    void sendBrokenFrames(const Prompt &prompt);
    std::shared_ptr<Prompt> find(const QByteArray &id) const;
};

FakeComfyUI::FakeComfyUI(ScriptedServer &server, const QByteArray &prefix)
    : d(std::make_shared<Private>())
{
    d->server = &server;
    d->prefix = prefix;
    d->install();
}

FakeComfyUI::~FakeComfyUI() = default;

void FakeComfyUI::Private::install()
{
    const auto self = shared_from_this();
    // ComfyUI takes an Origin of another host for a web page that wants to use the designer's server.
    const auto guarded = [self](ScriptedServer::Handler handler) {
        return [self, handler](const ReceivedRequest &request, const ScriptedConnection &connection) {
            if (!request.header("Origin").isNull())
                return connection.respond(403, {}, "");
            const QMutexLocker lock(&self->mutex);
            handler(request, connection);
        };
    };
    const auto on = [&](const char *method, const char *path, ScriptedServer::Handler handler) {
        server->on(method, prefix + path, guarded(std::move(handler)));
    };
    on("GET", "/ws", [self](const auto &request, const auto &connection) { self->openSocket(request, connection); });
    on("POST", "/upload/image", [self](const auto &request, const auto &connection) { self->upload(request, connection); });
    on("POST", "/prompt", [self](const auto &request, const auto &connection) { self->accept(request, connection); });
    on("POST", "/queue", [self](const auto &request, const auto &connection) { self->changeQueue(request, connection); });
    on("POST", "/interrupt", [self](const auto &request, const auto &connection) { self->interrupt(request, connection); });
    on("GET", "/queue", [self](const auto &, const auto &connection) { connection.respondJson(200, self->queueJson()); });
    on("GET", "/history/", [self](const auto &request, const auto &connection) {
        connection.respondJson(200, self->historyJson(request.path().mid(self->prefix.size() + 9)));
    });
    on("GET", "/view", [self](const auto &request, const auto &connection) {
        const QByteArray file = self->files.value(request.query("type") + '/' + request.query("subfolder") + '/' + request.query("filename"));
        if (file.isEmpty())
            return connection.respond(404, {}, "");
        connection.respond(200, {{"Content-Type", "image/png"}}, file);
    });
    on("GET", "/system_stats", [](const auto &, const auto &connection) {
        connection.respondJson(200, R"({"system":{"os":"posix","comfyui_version":"0.3.65","python_version":"3.12"},"devices":[{"name":"cuda:0"}]})");
    });
}

void FakeComfyUI::Private::openSocket(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    if (!behaviour.hasSocket || (sockets > 0 && !behaviour.hasSocketAgain))
        return connection.respond(404, {}, "");
    ++sockets;
    const QByteArray client = request.query("clientId");
    const WebSocketPeer peer(request, connection, [weak = weak_from_this()](const QByteArray &text) {
        if (const auto self = weak.lock(); self && text.contains("supports_preview_metadata")) {
            const QMutexLocker lock(&self->mutex);
            self->featureFlags = true;
        }
    });
    peers.remove(client);
    peers.insert(client, peer);
    peer.sendText(dump({{"type", "status"}, {"data", {{"status", {{"exec_info", {{"queue_remaining", 0}}}}}, {"sid", client.toStdString()}}}}));
    peer.sendText(R"({"type":"feature_flags","data":{"supports_preview_metadata":true,"max_upload_size":104857600}})");
    // On a reconnection the server says which node runs, without the prompt's id.
    for (const auto &prompt : prompts) {
        if (prompt->client == client && prompt->state == Prompt::State::Running)
            peer.sendText(R"({"type":"executing","data":{"node":"3"}})");
    }
}

void FakeComfyUI::Private::upload(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    const QByteArray picture = request.part("image");
    if (picture.isEmpty())
        return connection.respond(400, {}, "");
    const QByteArray name = "upload-" + QByteArray::number(picture.size()) + ".png";
    files.insert("input/galley/" + name, picture);
    connection.respondJson(200, dump({{"name", name.toStdString()}, {"subfolder", "galley"}, {"type", "input"}}));
}

void FakeComfyUI::Private::accept(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    const Json body = Json::parse(request.body.toStdString(), nullptr, false);
    if (!member(body, "prompt").is_object())
        return connection.respondJson(400, R"({"error":{"type":"no_prompt","message":"No prompt provided","details":"","extra_info":{}},"node_errors":{}})");
    if (!behaviour.nodeErrors.isEmpty())
        return connection.respondJson(400, R"({"error":{"type":"prompt_outputs_failed_validation","message":"Prompt outputs failed validation",)"
                                               R"("details":"","extra_info":{}},"node_errors":)" + behaviour.nodeErrors + '}');
    auto prompt = std::make_shared<Prompt>();
    prompt->graph = body["prompt"];
    prompt->behaviour = behaviour;
    const Json id = member(body, "prompt_id");
    prompt->id = id.is_string() && !behaviour.ownIds ? QByteArray::fromStdString(id.get<std::string>())
                                                     : "server-" + QByteArray::number(prompts.size() + 1);
    const Json client = member(body, "client_id");
    prompt->client = client.is_string() ? QByteArray::fromStdString(client.get<std::string>()) : QByteArray();
    lastGraph = dump(prompt->graph);
    prompts.append(prompt);
    const QByteArray errors = behaviour.partErrors.isEmpty() ? QByteArray("{}") : behaviour.partErrors;
    const QByteArray answer = "{\"prompt_id\":\"" + prompt->id + "\",\"number\":" + QByteArray::number(prompts.size()) + ",\"node_errors\":" + errors + '}';
    if (behaviour.holdPromptMs > 0)
        connection.later(behaviour.holdPromptMs, [connection, answer] { connection.respondJson(200, answer); });
    else
        connection.respondJson(200, answer);
    after(behaviour.stepMs, [self = shared_from_this()] { self->startNext(); });
}

void FakeComfyUI::Private::changeQueue(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    const Json ids = member(Json::parse(request.body.toStdString(), nullptr, false), "delete");
    for (const Json &id : ids.is_array() ? ids : Json::array()) {
        const QByteArray name = QByteArray::fromStdString(id.get<std::string>());
        deleted.append(QString::fromLatin1(name));
        prompts.removeIf([&](const auto &prompt) { return prompt->id == name && prompt->state == Prompt::State::Pending; });
    }
    connection.respond(200, {}, "");
}

void FakeComfyUI::Private::interrupt(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    const Json id = member(Json::parse(request.body.toStdString(), nullptr, false), "prompt_id");
    const QByteArray name = id.is_string() ? QByteArray::fromStdString(id.get<std::string>()) : QByteArray();
    interrupted.append(QString::fromLatin1(name));
    connection.respond(200, {}, "");
    if (const auto prompt = find(name); prompt && prompt->state == Prompt::State::Running)
        failPrompt(prompt, "execution_interrupted", {{"node_id", "3"}, {"node_type", "KSampler"}, {"executed", Json::array()}});
}

std::shared_ptr<FakeComfyUI::Private::Prompt> FakeComfyUI::Private::find(const QByteArray &id) const
{
    for (const auto &prompt : prompts) {
        if (prompt->id == id)
            return prompt;
    }
    return {};
}

QByteArray FakeComfyUI::Private::queueJson() const
{
    Json running = Json::array();
    Json pending = Json::array();
    for (const auto &prompt : prompts) {
        const Json item = Json::array({1, prompt->id.toStdString(), prompt->graph, Json::object(), Json::array({"9"})});
        if (prompt->state == Prompt::State::Running)
            running.push_back(item);
        else if (prompt->state == Prompt::State::Pending)
            pending.push_back(item);
    }
    QByteArray text = dump({{"queue_running", running}, {"queue_pending", pending}});
    if (behaviour.oddNumbers)
        text.insert(1, "\"is_changed\":[NaN,-Infinity,\"NaN\"],");
    return text;
}

QByteArray FakeComfyUI::Private::historyJson(const QByteArray &id) const
{
    const auto prompt = find(id);
    if (!prompt || prompt->state != Prompt::State::Done || prompt->behaviour.forgetsHistory)
        return "{}";
    QByteArray text = dump({{id.toStdString(), prompt->history}});
    if (prompt->behaviour.oddNumbers)
        text.insert(1, "\"is_changed\":[NaN,Infinity,-Infinity,\"\\\"NaN\"],");
    return text;
}

void FakeComfyUI::Private::after(int ms, std::function<void()> fn)
{
    server->later(ms, [self = shared_from_this(), fn = std::move(fn)] {
        const QMutexLocker lock(&self->mutex);
        fn();
    });
}

void FakeComfyUI::Private::tell(const Prompt &prompt, const char *type, Json data)
{
    data["prompt_id"] = prompt.id.toStdString();
    const auto peer = peers.constFind(prompt.client);
    if (peer != peers.cend())
        peer->sendText(dump({{"type", type}, {"data", data}}));
}

void FakeComfyUI::Private::tellAll(const char *type, const Json &data)
{
    for (const WebSocketPeer &peer : peers)
        peer.sendText(dump({{"type", type}, {"data", data}}));
}

void FakeComfyUI::Private::startNext()
{
    std::shared_ptr<Prompt> next;
    for (const auto &prompt : prompts) {
        if (prompt->state == Prompt::State::Running)
            return;
        if (!next && prompt->state == Prompt::State::Pending && prompt->behaviour.course != Course::Wait)
            next = prompt;
    }
    if (!next)
        return;
    next->state = Prompt::State::Running;
    tell(*next, "execution_start", {{"timestamp", 1795420800000}});
    tell(*next, "execution_cached", {{"nodes", Json::array({"4", "5"})}, {"timestamp", 1795420800001}});
    tell(*next, "executing", {{"node", "3"}, {"display_node", "3"}});
    after(next->behaviour.stepMs, [self = shared_from_this(), next] { self->step(next); });
}

void FakeComfyUI::Private::step(const std::shared_ptr<Prompt> &prompt)
{
    const Behaviour &asked = prompt->behaviour;
    if (prompt->state != Prompt::State::Running)
        return;
    ++prompt->step;
    tell(*prompt, "progress", {{"value", prompt->step}, {"max", asked.steps}, {"node", "3"}});
    if (asked.previewEvent != 0)
        sendPreview(*prompt);
    if (asked.brokenFrames)
        sendBrokenFrames(*prompt);
    if (asked.otherEvents) {
        tellAll("execution_interrupted", {{"prompt_id", "someone-elses"}, {"node_id", "1"}, {"node_type", "X"}, {"executed", Json::array()}});
        tellAll("executing", {{"node", nullptr}, {"prompt_id", "someone-elses"}});
        tellAll("progress", {{"value", 99}, {"max", 100}, {"prompt_id", "someone-elses"}, {"node", "1"}});
    }
    if (prompt->step == 1 && (asked.closesSocket || asked.resetsSocket)) {
        if (const auto peer = peers.constFind(prompt->client); peer != peers.cend())
            asked.resetsSocket ? peer->connection().reset() : peer->connection().closeFin();
        peers.remove(prompt->client);
    }
    switch (asked.course) {
    case Course::Vanish: prompts.removeAll(prompt); return;
    case Course::Fail:
        return failPrompt(prompt, "execution_error", {{"node_id", "3"}, {"node_type", "KSampler"}, {"executed", Json::array()},
            {"exception_message", "mat1 and mat2 shapes cannot be multiplied"}, {"exception_type", "RuntimeError"}, {"traceback", Json::array()}});
    case Course::OutOfMemory:
        return failPrompt(prompt, "execution_error", {{"node_id", "3"}, {"node_type", "KSampler"}, {"executed", Json::array()},
            {"exception_message", "Allocation on device"}, {"exception_type", "torch.OutOfMemoryError"}, {"traceback", Json::array()}});
    case Course::Interrupt:
        return failPrompt(prompt, "execution_interrupted", {{"node_id", "3"}, {"node_type", "KSampler"}, {"executed", Json::array()}});
    case Course::Hold: prompt->step = std::min(prompt->step, asked.steps - 1); break;
    case Course::Wait:
    case Course::Finish: break;
    }
    if (prompt->step >= asked.steps)
        return finish(prompt);
    after(asked.stepMs, [self = shared_from_this(), prompt] { self->step(prompt); });
}

void FakeComfyUI::Private::sendPreview(const Prompt &prompt)
{
    const auto peer = peers.constFind(prompt.client);
    if (peer == peers.cend())
        return;
    const QByteArray jpeg = testPicture({8, 8}, colorOfSeed(prompt.step), "JPG");
    if (prompt.behaviour.previewEvent == 1)
        return peer->sendBinary(bigEndian(1) + bigEndian(1) + jpeg);
    const QByteArray origin = dump({{"node_id", "3"}, {"prompt_id", prompt.id.toStdString()}, {"display_node_id", "3"}, {"parent_node_id", nullptr},
                                    {"real_node_id", "3"}, {"image_type", "image/jpeg"}});
    peer->sendBinary(bigEndian(4) + bigEndian(quint32(origin.size())) + origin + jpeg);
    peer->sendBinary(bigEndian(3) + bigEndian(1) + "3" + "some text");
}

void FakeComfyUI::Private::sendBrokenFrames(const Prompt &prompt)
{
    const auto peer = peers.constFind(prompt.client);
    if (peer == peers.cend())
        return;
    const QByteArray frames[] = {"", bigEndian(1), bigEndian(1) + "x", bigEndian(4) + bigEndian(0xffffffff) + "{}", bigEndian(4) + bigEndian(4) + "{]{]aaaa",
                                 bigEndian(4) + bigEndian(2) + "{}", bigEndian(1) + bigEndian(2) + "\x89PNG not really", bigEndian(77) + bigEndian(1) + "zzzz",
                                 bigEndian(3) + bigEndian(900) + "3", bigEndian(4) + bigEndian(2) + "[]" + testPicture({4, 4}, Qt::red)};
    for (const QByteArray &frame : frames)
        peer->sendBinary(frame);
    for (const char *text : {"", "{", "[]", "null", "{\"type\":7,\"data\":[]}", "{\"type\":\"executing\"}", "{\"type\":\"progress\",\"data\":{\"value\":\"a\"}}",
                             "{\"type\":\"executing\",\"data\":{\"node\":null}}", "{\"type\":\"execution_error\",\"data\":null}"})
        peer->sendText(text);
}

void FakeComfyUI::Private::finish(const std::shared_ptr<Prompt> &prompt)
{
    const Behaviour &asked = prompt->behaviour;
    const Json seed = inputOf(prompt->graph, "KSampler", "seed");
    const Json width = inputOf(prompt->graph, "EmptyLatentImage", "width");
    const Json height = inputOf(prompt->graph, "EmptyLatentImage", "height");
    const QSize size(width.is_number_integer() ? width.get<int>() : 64, height.is_number_integer() ? height.get<int>() : 64);
    const QByteArray png = testPicture(size, colorOfSeed(seed.is_number_integer() ? seed.get<qint64>() : 0));
    Json images = Json::array();
    for (int i = 0; i < asked.pictures && !asked.noPicture && !asked.sendsPictures; ++i) {
        const QByteArray type = asked.onlyTemporary ? "temp" : "output";
        const QByteArray name = "galley & co_" + QByteArray::number(++saved) + "_.png";
        files.insert(type + "/day one/" + name, png);
        images.push_back({{"filename", name.toStdString()}, {"subfolder", "day one"}, {"type", type.toStdString()}});
    }
    if (asked.sendsPictures) {
        tell(*prompt, "executing", {{"node", "9"}, {"display_node", "9"}});
        if (const auto peer = peers.constFind(prompt->client); peer != peers.cend())
            peer->sendBinary(bigEndian(1) + bigEndian(2) + png);
    }
    const Json output{{"images", images}};
    tell(*prompt, "executed", {{"node", "9"}, {"display_node", "9"}, {"output", output}});
    const Json messages = Json::array({Json::array({"execution_start", {{"prompt_id", prompt->id.toStdString()}, {"timestamp", 1795420800000}}}),
                                       Json::array({"execution_success", {{"prompt_id", prompt->id.toStdString()}, {"timestamp", 1795420812000}}})});
    prompt->history = {{"prompt", Json::array({3, prompt->id.toStdString(), prompt->graph, Json::object(), Json::array({"9"})})},
                       {"outputs", images.empty() ? Json::object() : Json{{"9", output}}},
                       {"status", {{"status_str", "success"}, {"completed", true}, {"messages", messages}}}};
    if (!asked.silentEnd)
        tell(*prompt, "execution_success", {{"timestamp", 1795420812000}});
    prompt->state = Prompt::State::Done;
    if (!asked.silentEnd)
        tell(*prompt, "executing", {{"node", nullptr}});
    startNext();
}

void FakeComfyUI::Private::failPrompt(const std::shared_ptr<Prompt> &prompt, const char *event, const Json &data)
{
    Json entry = data;
    entry["prompt_id"] = prompt->id.toStdString();
    prompt->history = {{"prompt", Json::array({3, prompt->id.toStdString(), prompt->graph, Json::object(), Json::array({"9"})})},
                       {"outputs", Json::object()},
                       {"status", {{"status_str", "error"}, {"completed", false}, {"messages", Json::array({Json::array({event, entry})})}}}};
    prompt->state = Prompt::State::Done;
    if (!prompt->behaviour.silentEnd)
        tell(*prompt, event, data);
    startNext();
}

void FakeComfyUI::setBehaviour(const Behaviour &behaviour)
{
    const QMutexLocker lock(&d->mutex);
    d->behaviour = behaviour;
}

QStringList FakeComfyUI::interrupted() const
{
    const QMutexLocker lock(&d->mutex);
    return d->interrupted;
}

QStringList FakeComfyUI::deleted() const
{
    const QMutexLocker lock(&d->mutex);
    return d->deleted;
}

QStringList FakeComfyUI::accepted() const
{
    const QMutexLocker lock(&d->mutex);
    QStringList ids;
    for (const auto &prompt : d->prompts)
        ids.append(QString::fromLatin1(prompt->id));
    return ids;
}

QByteArray FakeComfyUI::graph() const
{
    const QMutexLocker lock(&d->mutex);
    return d->lastGraph;
}

int FakeComfyUI::sockets() const
{
    const QMutexLocker lock(&d->mutex);
    return d->sockets;
}

bool FakeComfyUI::hasFeatureFlags() const
{
    const QMutexLocker lock(&d->mutex);
    return d->featureFlags;
}

} // namespace Galley
