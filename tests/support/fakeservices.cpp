// All services that Galley knows, as fakes in one process, each on a port of its own.
//
//   fakeservices [--home DIR] [--delay MS] [--limit N] [--retry-after SECONDS] [--fail CLASS[:N]]
//
// Writes DIR/config/models.yaml (DIR: $GALLEY_HOME unless given), which points every shipped backend here and adds a custom one, "house", with the
// model "house-2"; prints one JSON line with ports, addresses and the keys that the services want (as environment variables) when it is ready, and
// ends with its standard input.
// GET /__counts on any of the ports tells what each service was asked so far. A request counts as "orders" when it may cost money.
//   --delay MS       an order is answered MS later
//   --limit N        a service has at most N orders in hand; one more is answered with 429
//   --retry-after S  what that 429 says; nothing without this option
//   --fail CLASS:N   the first N orders of each service (all of them without ":N") fail as not_sent, busy, rejected, refused, retired or ambiguous

#include "tests/support/fakea1111.h"
#include "tests/support/fakebfl.h"
#include "tests/support/fakecomfyui.h"
#include "tests/support/fakecustom.h"
#include "tests/support/fakegemini.h"
#include "tests/support/fakeideogram.h"
#include "tests/support/fakeopenai.h"
#include "tests/support/fakestability.h"

#include "core/base/error.h"
#include "core/base/json.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QSaveFile>
#include <QSocketNotifier>

#include <atomic>
#include <cstdio>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include <unistd.h>

using namespace Galley;

namespace {

struct Options
{
    QString home;
    int delayMs = 0;
    int limit = std::numeric_limits<int>::max();
    QByteArray retryAfter;
    FailureClass fail = FailureClass::None;
    int failures = std::numeric_limits<int>::max();
};

/// One service: what the file and the environment say of it, its server and its fake.
struct Service
{
    QByteArray name;
    QByteArray base;              ///< path of its address
    QByteArray key;               ///< that it wants; empty: none
    QByteArray more = {};         ///< what else the file says of the backend
    QList<QByteArray> freePosts;  ///< paths of POSTs that cost nothing
    std::shared_ptr<void> fake;
    ScriptedServer server;        ///< gone before its fake
    std::atomic<int> requests = 0;
    std::atomic<int> orders = 0;
    std::atomic<int> turnedAway = 0;
    std::atomic<int> failed = 0;
    std::atomic<int> inHand = 0;
    std::atomic<int> mostInHand = 0;

    bool isOrder(const ReceivedRequest &request) const
    {
        return request.method == "POST" && !freePosts.contains(request.path());
    }
    Json counts() const
    {
        return {{"requests", requests.load()}, {"orders", orders.load()}, {"turned_away", turnedAway.load()}, {"failed", failed.load()},
                {"most_in_hand", mostInHand.load()}};
    }
};

constexpr const char *openAiKey = "sk-test";
constexpr const char *houseKey = "house-key";
/// As FakeCustom speaks.
constexpr const char *houseOptions = R"(, kind: custom, key: house, label: House, options: {
    request: {path: api/v1/generate, key_header: X-Api-Key,
              body: {text: "{prompt}", size: {w: "{width}", h: "{height}"}, seed: "{seed}", steps: "{steps}"}},
    answer: {picture: /images/0/data, seed: /seed, model: /engine, cost_usd: /usd, error: /failure/text}, test: health})";
constexpr const char *houseModel = R"(models:
  house-2: {backend: house, upstream: house-2, tier: final, dialect: prose, price: {usd: 0.004, per: image}, supports: [seed, steps],
            sizes: {multiple: 16, min_px: 65536, max_px: 1048576}}
)";

using Services = std::vector<std::unique_ptr<Service>>;

Service &add(Services &services, const QByteArray &name, const QByteArray &key = {}, const QList<QByteArray> &freePosts = {})
{
    services.push_back(std::make_unique<Service>());
    Service &service = *services.back();
    service.name = name;
    service.key = key;
    service.freePosts = freePosts;
    return service;
}

template<typename Fake>
void addHosted(Services &services, const QByteArray &name)
{
    Service &service = add(services, name, FakeHosted::rightKey);
    service.fake = std::make_shared<Fake>(service.server);
}

Services makeServices()
{
    Services services;
    addHosted<FakeBfl>(services, "bfl");
    addHosted<FakeGemini>(services, "gemini");
    addHosted<FakeIdeogram>(services, "ideogram");
    addHosted<FakeStability>(services, "stability");
    Service &comfy = add(services, "comfyui", {}, {"/queue", "/interrupt", "/upload/image"});
    comfy.fake = std::make_shared<FakeComfyUI>(comfy.server);
    Service &webUi = add(services, "a1111", {}, {"/internal/progress", "/sdapi/v1/interrupt"});
    webUi.fake = std::make_shared<FakeA1111>(webUi.server);
    Service &openAi = add(services, "openai", openAiKey);
    openAi.base = "/v1";
    openAi.fake = std::make_shared<FakeOpenAi>(openAi.server, QStringLiteral("openai"), openAiKey);
    Service &house = add(services, "house", houseKey);
    house.more = houseOptions;
    house.fake = std::make_shared<FakeCustom>(house.server, FakeCustom::Form::Base64, houseKey);
    return services;
}

/// Answers an order as the class of failure \a failure.
void answerFailure(FailureClass failure, const ScriptedConnection &connection)
{
    switch (failure) {
    case FailureClass::Busy:
        connection.respondJson(429, R"({"error":{"message":"Too many requests","code":"rate_limit_exceeded"}})", {{"Retry-After", "1"}});
        return;
    case FailureClass::Rejected:
        connection.respondJson(400, R"({"error":{"message":"The size is not allowed.","type":"invalid_request_error","code":"invalid_value"}})");
        return;
    case FailureClass::Refused:
        connection.respondJson(400, R"({"error":{"message":"Rejected by the safety system.","code":"moderation_blocked"}})");
        return;
    case FailureClass::Retired:
        connection.respondJson(404, R"({"error":{"message":"The model does not exist.","code":"model_not_found"}})");
        return;
    default: connection.reset(); return;
    }
}

void filter(Service &service, const Options &options, const ReceivedRequest &request, const ScriptedConnection &connection,
            const ScriptedServer::Proceed &proceed)
{
    ++service.requests;
    if (!service.isOrder(request))
        return proceed();
    const int number = ++service.orders;
    if (options.fail != FailureClass::None && number <= options.failures) {
        ++service.failed;
        return answerFailure(options.fail, connection);
    }
    if (service.inHand >= options.limit) {
        ++service.turnedAway;
        QList<std::pair<QByteArray, QByteArray>> headers;
        if (!options.retryAfter.isEmpty())
            headers.append({"Retry-After", options.retryAfter});
        return connection.respondJson(429, R"({"error":{"message":"Too many requests in flight","code":"rate_limit_exceeded"}})", headers);
    }
    if (options.delayMs <= 0)
        return proceed();
    service.mostInHand = std::max(service.mostInHand.load(), ++service.inHand);
    service.server.later(options.delayMs, [&service, proceed] {
        --service.inHand;
        proceed();
    });
}

QByteArray counts(const Services &services)
{
    Json json = Json::object();
    for (const auto &service : services)
        json[service->name.toStdString()] = service->counts();
    return dumpJson(json);
}

std::optional<Options> readOptions(const QCoreApplication &application)
{
    QCommandLineParser parser;
    const auto option = [&](const char *name, const char *value) {
        parser.addOption({QString::fromLatin1(name), QString(), QString::fromLatin1(value)});
    };
    for (const auto &[name, value] : {std::pair("home", "DIR"), std::pair("delay", "MS"), std::pair("limit", "N"), std::pair("retry-after", "S"),
                                      std::pair("fail", "CLASS")})
        option(name, value);
    parser.process(application);
    Options options;
    options.home = parser.isSet(QStringLiteral("home")) ? parser.value(QStringLiteral("home")) : qEnvironmentVariable("GALLEY_HOME");
    options.delayMs = parser.value(QStringLiteral("delay")).toInt();
    if (parser.isSet(QStringLiteral("limit")))
        options.limit = parser.value(QStringLiteral("limit")).toInt();
    options.retryAfter = parser.value(QStringLiteral("retry-after")).toLatin1();
    if (parser.isSet(QStringLiteral("fail"))) {
        const QStringList words = parser.value(QStringLiteral("fail")).split(QLatin1Char(':'));
        const auto failure = failureClassFromName(words.value(0));
        if (!failure || *failure == FailureClass::Offline || *failure == FailureClass::OverBudget)
            return std::nullopt;
        options.fail = *failure;
        if (words.size() > 1)
            options.failures = words.value(1).toInt();
    }
    return options.home.isEmpty() ? std::nullopt : std::optional(options);
}

/// Where \a service is said to be: a port that nobody listens on when nothing is to be reached.
QByteArray addressOf(const Service &service, const Options &options)
{
    const bool unreachable = options.fail == FailureClass::NotSent;
    return unreachable ? QByteArray("http://127.0.0.1:1") + service.base : service.server.url(service.base).toEncoded();
}

bool writeModels(const Services &services, const Options &options, QString &file)
{
    const QDir folder(options.home + QStringLiteral("/config"));
    folder.mkpath(QStringLiteral("."));
    file = folder.absoluteFilePath(QStringLiteral("models.yaml"));
    QByteArray text = "backends:\n";
    for (const auto &service : services)
        text += "  " + service->name + ": {url: \"" + addressOf(*service, options) + '"' + service->more + "}\n";
    text += houseModel;
    QSaveFile out(file);
    return out.open(QIODevice::WriteOnly) && out.write(text) == text.size() && out.commit();
}

void sayReady(const Services &services, const Options &options, const QString &file)
{
    Json json{{"ready", true}, {"counts", (services.front()->server.url("/__counts").toEncoded()).toStdString()}, {"models", file.toStdString()}};
    json["services"] = Json::object();
    json["environment"] = Json::object();
    for (const auto &service : services) {
        json["services"][service->name.toStdString()] = {{"port", service->server.port()}, {"url", addressOf(*service, options).toStdString()}};
        if (!service->key.isEmpty())
            json["environment"]["GALLEY_KEY_" + service->name.toUpper().toStdString()] = service->key.toStdString();
    }
    std::fputs(dumpJson(json).constData(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto options = readOptions(application);
    if (!options) {
        std::fputs("fakeservices: give --home DIR or set GALLEY_HOME; --fail takes not_sent, busy, rejected, refused, retired or ambiguous\n", stderr);
        return 2;
    }
    const Services services = makeServices();
    for (const auto &service : services) {
        service->server.before([&service = *service, options = *options](const auto &request, const auto &connection, const auto &proceed) {
            if (request.path() == "/__counts")
                return proceed();
            filter(service, options, request, connection, proceed);
        });
        service->server.on("GET", "/__counts", [&services](const auto &, const auto &connection) { connection.respondJson(200, counts(services)); });
    }
    QString file;
    if (!writeModels(services, *options, file)) {
        std::fprintf(stderr, "fakeservices: cannot write %s\n", qPrintable(file));
        return 1;
    }
    sayReady(services, *options, file);
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &input, [] {
        char bytes[256];
        if (::read(STDIN_FILENO, bytes, sizeof bytes) <= 0)
            QCoreApplication::quit();
    });
    return QCoreApplication::exec();
}
