#include "tests/support/fakecustom.h"

#include "core/base/json.h"
#include "tests/support/testpicture.h"

#include <QMutex>

#include <deque>

namespace Galley {

struct FakeCustom::Private
{
    QMutex mutex;
    std::deque<ScriptedServer::Handler> faults;
    Form form = Form::Body;
    QByteArray key;
    QUrl base;
    QByteArray file;

    void generate(const ReceivedRequest &request, const ScriptedConnection &connection);
    Json pictureMember() const;
};

Json FakeCustom::Private::pictureMember() const
{
    const std::string base64 = file.toBase64().toStdString();
    switch (form) {
    case Form::DataUrl: return "data:image/png;base64," + base64;
    case Form::Link: return base.resolved(QUrl(QStringLiteral("/out/1.png"))).toString().toStdString();
    case Form::RelativeLink: return "/out/1.png";
    case Form::List: return Json::array({base64, base64});
    case Form::Body:
    case Form::Base64: break;
    }
    return base64;
}

void FakeCustom::Private::generate(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    const QMutexLocker lock(&mutex);
    if (!faults.empty()) {
        const ScriptedServer::Handler fault = faults.front();
        faults.pop_front();
        fault(request, connection);
        return;
    }
    if (request.header("X-Api-Key") != key) {
        connection.respondJson(401, R"({"failure":{"text":"who are you?"}})");
        return;
    }
    const Json body = Json::parse(request.body.toStdString(), nullptr, false);
    const QByteArrayList known{"text", "size", "seed", "steps", "init"};
    bool isRight = body.is_object() && body.contains("text") && body.contains("size") && body["size"]["w"].is_number_integer()
                   && body["size"]["h"].is_number_integer() && (!body.contains("seed") || body["seed"].is_number_integer());
    for (const auto &[name, value] : body.items())
        isRight = isRight && known.contains(QByteArray::fromStdString(name));
    if (!isRight) {
        connection.respondJson(422, R"({"failure":{"text":"unknown member"}})");
        return;
    }
    const qint64 seed = body.value("seed", 99);
    const QSize size(body["size"]["w"], body["size"]["h"]);
    file = fakePictureFile(QByteArray::fromStdString(body["text"]), seed, size);
    if (form == Form::Body)
        connection.respond(200, {{"Content-Type", "image/png"}}, file);
    else
        connection.respondJson(200, dumpJson({{"images", {{{"data", pictureMember()}}}}, {"seed", seed}, {"engine", "house-2"}, {"usd", 0.004}}));
}

FakeCustom::FakeCustom(ScriptedServer &server, Form form, const QByteArray &key)
    : d(std::make_shared<Private>())
{
    d->form = form;
    d->key = key;
    d->base = server.url();
    server.on("POST", "/api/v1/generate", [state = d](const ReceivedRequest &request, const ScriptedConnection &connection) {
        state->generate(request, connection);
    });
    server.on("GET", "/out/", [state = d](const ReceivedRequest &, const ScriptedConnection &connection) {
        const QMutexLocker lock(&state->mutex);
        connection.respond(200, {{"Content-Type", "image/png"}}, state->file);
    });
    server.on("GET", "/imagine", [](const ReceivedRequest &request, const ScriptedConnection &connection) {
        const int edge = request.query("img_size").toInt();
        if (edge <= 0 || request.query("prompt").isEmpty())
            connection.respondJson(422, R"({"detail":[{"loc":["query","prompt"],"msg":"field required","type":"value_error.missing"}]})");
        else
            connection.respond(200, {{"Content-Type", "image/png"}}, fakePictureFile(request.query("prompt"), 0, {edge, edge}));
    });
    server.on("GET", "/health", [](const ReceivedRequest &, const ScriptedConnection &connection) { connection.respond(200, {}, "ok"); });
}

void FakeCustom::misbehave(ScriptedServer::Handler handler)
{
    const QMutexLocker lock(&d->mutex);
    d->faults.push_back(std::move(handler));
}

} // namespace Galley
