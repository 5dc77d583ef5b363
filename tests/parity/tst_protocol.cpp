#include "tests/parity/support/doctest.h"
#include "tests/parity/support/files.h"
#include "tests/parity/support/workerchild.h"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <set>

#include <sys/resource.h>

using namespace Galley;

namespace {

Json render(const Json &id, const std::string &prompt = "w1")
{
    return Json{{"type", "render"}, {"id", id}, {"model", "galley-draft"}, {"prompt", prompt}, {"width", 64}, {"height", 64}};
}

/// A worker on a toy model, past its hello.
struct ToyWorker
{
    explicit ToyWorker(std::vector<std::string> environment = {}, std::vector<std::string> more = {"--device", "cpu"})
    {
        makeToyModel(folder.path());
        more.insert(more.begin(), {"--models", folder.path().string()});
        child = std::make_unique<WorkerChild>(more, std::move(environment));
        hello = child->receive().message;
    }

    Json ask(const Json &message)
    {
        child->send(message);
        return child->receiveAnswer().message;
    }

    TempFolder folder;
    std::unique_ptr<WorkerChild> child;
    Json hello;
};

std::string bytesOf(std::initializer_list<int> values)
{
    std::string bytes;
    for (const int value : values)
        bytes += static_cast<char>(value);
    return bytes;
}

std::string framed(const std::string &json, const std::string &attachment = {})
{
    const auto length = [](std::size_t n) { return bytesOf({int(n & 255), int(n >> 8 & 255), int(n >> 16 & 255), int(n >> 24)}); };
    return length(json.size()) + length(attachment.size()) + json + attachment;
}

/// Lets the worker's address space grow by at most \a bytes from what it is now.
bool limitGrowth(const WorkerChild &child, rlim_t bytes)
{
    const std::string status = readFile("/proc/" + std::to_string(child.pid()) + "/status");
    const rlim_t size = std::stoull(status.substr(status.find("VmSize:") + 7)) * 1024;
    const rlimit limit{size + bytes, RLIM_INFINITY};
    return ::prlimit(child.pid(), RLIMIT_AS, &limit, nullptr) == 0;
}

bool liftLimit(const WorkerChild &child)
{
    const rlimit limit{RLIM_INFINITY, RLIM_INFINITY};
    return ::prlimit(child.pid(), RLIMIT_AS, &limit, nullptr) == 0;
}

} // namespace

TEST_CASE("hello_comesFirstAndSaysWhatCanBeDone")
{
    ToyWorker worker;
    CHECK(worker.hello["type"] == "hello");
    CHECK(worker.hello["protocol"] == 1);
    CHECK(worker.hello["device"] == "cpu");
    CHECK(worker.hello["threads"] >= 1);
    CHECK_FALSE(worker.hello["libtorch"].get<std::string>().empty());
    const Json model = worker.hello["capabilities"]["models"][0];
    CHECK(model["id"] == "galley-draft");
    CHECK(model["revision"].get<std::string>().size() == 12);
    CHECK(model["error"] == "");
    CHECK(model["steps"]["max"] == 4);
    CHECK(model["buckets"][1] == Json::array({96, 64}));
    CHECK(model["styles"] == Json::array({"flat", "outline"}));
    CHECK(model["family"] == "Galley draft");
    CHECK(model["guidance"]["default"] == 0);
    CHECK(model["weights_bytes"] > 0);
    CHECK(model["needed_bytes"] >= model["weights_bytes"]);
    CHECK(model["least_bytes"] <= model["needed_bytes"]);
    CHECK(model["fits"] == "whole");
    CHECK(model["budget_bytes"] > model["needed_bytes"]);
    worker.child->closeInput();
    CHECK(worker.child->wait() == 0);
}

TEST_CASE("render_givesProgressPreviewsAndOneResult")
{
    ToyWorker worker;
    Json request = render("seven", "w1 \"w2\"\nw3");
    request["steps"] = 3;
    request["seed"] = 11;
    request["preview_every"] = 1;
    request["palette"] = Json::array({"#C02030", "#20c030"});
    request["style"] = "flat";
    request["some_future_key"] = true;
    worker.child->send(request);
    std::vector<std::string> order;
    Frame frame;
    do {
        frame = worker.child->receive();
        REQUIRE(frame.message["id"] == "seven");
        order.push_back(frame.message["type"]);
        if (order.back() == "preview")
            CHECK(frame.attachment.size() == 64u * 64u * 4u);
    } while (order.back() != "result" && order.back() != "error");
    CHECK(order == std::vector<std::string>{"progress", "preview", "progress", "preview", "progress", "result"});
    const Json &result = frame.message;
    CHECK(result["seed"] == 11);
    CHECK(result["steps"] == 3);
    CHECK(result["revision"] == worker.hello["capabilities"]["models"][0]["revision"]);
    CHECK(result["confidence"].is_number());
    CHECK(result["timings_ms"]["total"] >= result["timings_ms"]["denoise"]);
    CHECK(result["memory"]["model_bytes"] > 0);
    CHECK(result["memory"]["peak_bytes"] >= result["memory"]["model_bytes"]);
    CHECK(result["notes"] == Json::array());
    CHECK(result["attachments"][0]["name"] == "picture");
    CHECK(frame.attachment.size() == 64u * 64u * 4u);
    const auto picture = frame.attachment;
    worker.child->send(request);
    CHECK(worker.child->receiveAnswer().attachment == picture);
    worker.child->closeInput();
    CHECK(worker.child->wait() == 0);
    const std::string log = worker.child->log();
    CHECK(log.find("render galley-draft ") != std::string::npos);
    CHECK(log.find("w1 \"w2\" w3") != std::string::npos);
    CHECK(log.find("64x64 seed 11 steps 3 cpu") != std::string::npos);
}

TEST_CASE("backgroundWorker_takesAllCores")
{
    const auto threadsOf = [](std::vector<std::string> more) {
        more.insert(more.end(), {"--models", shippedModels().string(), "--device", "cpu"});
        WorkerChild worker(more);
        return worker.receive().message["threads"].get<int>();
    };
    const int usual = threadsOf({});
    const int all = threadsOf({"--background"});
    // One core fewer than all, at least one and at most eight.
    CHECK(usual == std::clamp(all - 1, 1, 8));
    std::set<std::string> cores;
    for (const auto &cpu : std::filesystem::directory_iterator("/sys/devices/system/cpu")) {
        const auto topology = cpu.path() / "topology";
        if (std::filesystem::exists(topology / "core_id"))
            cores.insert(readFile(topology / "physical_package_id") + readFile(topology / "core_id"));
    }
    CHECK(all <= static_cast<int>(cores.size()));  // fewer in a container that may use fewer
    CHECK((all > usual || cores.size() == 1));
    CHECK(threadsOf({"--background", "--threads", "1"}) == 1);
}

TEST_CASE("sameRequest_givesTheSameBytesInAnotherProcess")
{
    std::vector<std::uint8_t> first;
    for (int i = 0; i < 2; ++i) {
        WorkerChild worker({"--models", shippedModels().string(), "--device", "cpu"});
        worker.receive();
        Json request = render(1, "red apple");
        request["width"] = 128;
        request["height"] = 96;
        worker.send(request);
        const Frame frame = worker.receiveAnswer();
        REQUIRE(frame.message["type"] == "result");
        CHECK(frame.message["confidence"] > 0.5);
        if (i == 0)
            first = frame.attachment;
        else
            CHECK(first == frame.attachment);
    }
}

TEST_CASE("wrongFields_areRefusedAndTheWorkerGoesOn")
{
    struct Row
    {
        const char *key;
        Json value;
        const char *code;
    };
    const std::vector<Row> rows{
        {"model", Json(), "invalid"}, {"model", "none", "not_found"}, {"prompt", 5, "invalid"},
        {"prompt", std::string(40'001, 'x'), "invalid"}, {"prompt", std::string(10'001, 'x'), "invalid"},
        {"width", Json(), "invalid"}, {"width", 64.5, "invalid"}, {"width", "64", "invalid"}, {"width", -64, "invalid"},
        {"width", 33, "invalid"}, {"width", 1024, "invalid"}, {"height", 0, "invalid"}, {"height", 18446744073709551615ull, "invalid"},
        {"seed", -1, "invalid"}, {"seed", 2147483648u, "invalid"}, {"seed", 1.0, "invalid"}, {"seed", true, "invalid"},
        {"steps", 0, "invalid"}, {"steps", 5, "invalid"}, {"steps", 4294967297ll, "invalid"},
        {"guidance", "7", "invalid"}, {"guidance", -1, "invalid"}, {"guidance", 101, "invalid"}, {"preview_every", -1, "invalid"},
        {"style", "baroque", "invalid"}, {"style", 3, "invalid"}, {"palette", "#FFFFFF", "invalid"}, {"palette", {"#FFFFF"}, "invalid"},
        {"palette", {"#GGGGGG"}, "invalid"}, {"palette", {7}, "invalid"}, {"palette", Json(std::vector<std::string>(6, "#000000")), "invalid"},
        {"palette", Json(std::vector<std::string>(1000, "#000000")), "invalid"}, {"output", "rgb", "unsupported"}, {"weights", 1, "invalid"}, {"weights", true, "unsupported"}, {"quick", 1, "invalid"},
        {"image", "picture", "invalid"}, {"image", 3, "invalid"}, {"strength", 2, "invalid"},
    };
    ToyWorker worker;
    int id = 0;
    for (const Row &row : rows) {
        CAPTURE(row.key);
        CAPTURE(row.value.dump().substr(0, 60));
        Json request = render(++id);
        if (row.value.is_null())
            request.erase(row.key);
        else
            request[row.key] = row.value;
        const Json answer = worker.ask(request);
        CHECK(answer["type"] == "error");
        CHECK(answer["id"] == id);
        CHECK_MESSAGE(answer["code"] == row.code, answer.dump());
        CHECK(answer["message"].get<std::string>().ends_with("."));
    }
    CHECK(worker.ask(render(1000))["type"] == "result");
}

/// On a toy of diffusers, which takes one; the draft model does not.
TEST_CASE("startPicture_comesAsAnAttachment")
{
    const auto withPicture = [](int id, const char *model, int width) {
        Json request{{"type", "render"}, {"id", id}, {"model", model}, {"prompt", "cat"}, {"width", 32}, {"height", 32}, {"steps", 2}, {"image", "start"}};
        request["attachments"] = Json::array({Json{{"name", "start"}, {"offset", 0}, {"bytes", width * 32 * 4}, {"width", width}, {"height", 32}, {"format", "rgba8"}}});
        return request;
    };
    ToyWorker draft;
    draft.child->send(withPicture(1, "galley-draft", 32), std::string(32 * 32 * 4, '\1'));
    CHECK(draft.child->receiveAnswer().message["code"] == "unsupported");
    WorkerChild worker({"--models", (diffusersFolder() / "pipelines").string(), "--device", "cpu"});
    worker.receive();
    std::vector<std::vector<std::uint8_t>> pictures;
    for (const char colour : {'\1', '\x7f'}) {
        std::string bytes;
        for (int i = 0; i < 32 * 32; ++i)
            bytes += std::string(3, colour) + '\xff';
        worker.send(withPicture(1, "toy-sd-turbo", 32), bytes);
        const Frame answer = worker.receiveAnswer();
        CHECK_MESSAGE(answer.message["type"] == "result", answer.message.dump());
        pictures.push_back(answer.attachment);
    }
    CHECK(pictures[0] != pictures[1]);
    worker.send(withPicture(2, "toy-sd-turbo", 16), std::string(16 * 32 * 4, '\1'));
    CHECK(worker.receiveAnswer().message["code"] == "invalid");
    Json other = withPicture(3, "toy-sd-turbo", 32);
    other["image"] = "another";
    worker.send(other, std::string(32 * 32 * 4, '\1'));
    CHECK(worker.receiveAnswer().message["code"] == "invalid");
}

/// 0 is no step at all, as in diffusers: neither words nor steps reach the picture.
TEST_CASE("strength_ofZeroIsNotTheUsualOne")
{
    WorkerChild worker({"--models", (diffusersFolder() / "pipelines").string(), "--device", "cpu"});
    worker.receive();
    const auto picture = [&](const char *prompt, int steps, const Json &strength) {
        Json request{{"type", "render"}, {"id", 1}, {"model", "toy-sd-turbo"}, {"prompt", prompt}, {"width", 32}, {"height", 32}, {"steps", steps}, {"seed", 3}, {"image", "start"}};
        request["attachments"] = Json::array({Json{{"name", "start"}, {"offset", 0}, {"bytes", 32 * 32 * 4}, {"width", 32}, {"height", 32}, {"format", "rgba8"}}});
        if (!strength.is_null())
            request["strength"] = strength;
        worker.send(request, std::string(32 * 32 * 4, '\xc0'));
        const Frame answer = worker.receiveAnswer();
        REQUIRE_MESSAGE(answer.message["type"] == "result", answer.message.dump());
        return answer.attachment;
    };
    const auto unchanged = picture("cat", 2, 0);
    CHECK(unchanged == picture("dog", 1, 0.0));
    const auto usual = picture("cat", 2, Json());
    CHECK(usual != unchanged);
    CHECK(usual == picture("cat", 2, 0.8));
    CHECK(usual != picture("dog", 2, 0.8));  // the toy can tell words apart
}

TEST_CASE("loading_isToldBeforeTheSteps")
{
    WorkerChild worker({"--models", shippedModels().string(), "--model", "mine=" + (diffusersFolder() / "pipelines" / "toy-sd15").string(), "--device", "cpu"});
    worker.receive();
    const Json request{{"type", "render"}, {"id", 1}, {"model", "mine"}, {"prompt", "a (cat:1.2)"}, {"width", 32}, {"height", 32}, {"steps", 2}, {"weights", true}};
    const auto order = [&] {
        worker.send(request);
        std::vector<std::string> types;
        for (;;) {
            const Json message = worker.receive().message;
            types.push_back(message["type"].get<std::string>() + message.value("stage", ""));
            if (types.back() == "progressload") {
                CHECK(message["bytes"] <= message["of_bytes"]);
                CHECK_FALSE(message.contains("step"));
            }
            if (types.back() == "result" || types.back() == "error")
                return types;
        }
    };
    auto first = order();
    REQUIRE(first.size() >= 4);
    CHECK(first.front() == "progressload");
    std::erase(first, "progressload");
    CHECK(first == std::vector<std::string>{"progress", "progress", "result"});
    CHECK(order() == std::vector<std::string>{"progress", "progress", "result"});
}

TEST_CASE("wrongMessages_areErrorsAndTheWorkerGoesOn")
{
    ToyWorker worker;
    Json answer = worker.ask({{"type", "dance"}, {"id", 5}});
    CHECK(answer["code"] == "unknown_message");
    CHECK(answer["id"] == 5);
    answer = worker.ask({{"id", 6}});
    CHECK(answer["code"] == "invalid");
    CHECK(answer["id"] == 6);
    answer = worker.ask({{"type", 3}, {"id", 7}});
    CHECK(answer["code"] == "invalid");
    for (const Json &id : {Json(1.5), Json(true), Json(""), Json(std::string(129, 'x')), Json(Json::array()), Json()}) {
        answer = worker.ask(render(id));
        CHECK(answer["code"] == "invalid");
        CHECK_FALSE(answer.contains("id"));
    }
    Json withoutId = render(1);
    withoutId.erase("id");
    CHECK(worker.ask(withoutId)["code"] == "invalid");
    CHECK(worker.ask({{"type", "cancel"}})["code"] == "invalid");
    CHECK(worker.ask(render(8))["type"] == "result");
}

TEST_CASE("inTheBackground_nothingIsLoadedBeforeItIsAskedFor")
{
    const auto loadedAtStart = [](const std::vector<std::string> &arguments) {
        ToyWorker worker({}, arguments);
        // What is loaded ahead comes before any request.
        CHECK(worker.ask({{"type", "embed"}, {"id", 1}, {"texts", Json::array()}})["id"] == 1);
        return worker.ask({{"type", "stats"}, {"id", 2}})["loaded"].size();
    };
    CHECK(loadedAtStart({"--device", "cpu"}) == 1);
    CHECK(loadedAtStart({"--device", "cpu", "--background"}) == 0);
}

TEST_CASE("cancel_endsRunningAndWaitingRenders")
{
    ToyWorker worker;
    worker.ask(render("warm"));
    // A long queue, cancelled from the end: the last are still waiting, one may run.
    constexpr int count = 40;
    for (int id = 0; id < count; ++id) {
        Json request = render(id);
        request["steps"] = 4;
        request["width"] = 512;
        request["height"] = 512;
        worker.child->send(request);
    }
    for (int id = count - 1; id >= 1; --id)
        worker.child->send({{"type", "cancel"}, {"id", id}});
    worker.child->send({{"type", "cancel"}, {"id", "nobody"}});
    std::vector<int> answers(count, 0);
    int cancelled = 0;
    for (int i = 0; i < count; ++i) {
        const Json answer = worker.child->receiveAnswer().message;
        ++answers[answer["id"].get<std::size_t>()];
        if (answer["type"] == "error") {
            CHECK(answer["code"] == "cancelled");
            ++cancelled;
        }
    }
    CHECK(answers == std::vector<int>(count, 1));
    CHECK(cancelled >= count / 2);
    CHECK(worker.ask({{"type", "stats"}, {"id", "s"}})["counts"]["cancelled"] == cancelled);
    CHECK(worker.ask(render(0))["type"] == "result");  // the id is free again
}

TEST_CASE("openId_isRefused")
{
    ToyWorker worker;
    Json slow = render(1);
    slow["width"] = 512;
    slow["height"] = 512;
    for (int i = 0; i < 4; ++i)
        worker.child->send(render(100 + i));
    worker.child->send(slow);
    worker.child->send(slow);
    int results = 0;
    int refused = 0;
    for (int i = 0; i < 6; ++i) {
        const Json answer = worker.child->receiveAnswer().message;
        results += answer["type"] == "result";
        refused += answer["type"] == "error" && answer["code"] == "invalid" && answer["id"] == 1;
    }
    CHECK(results == 5);
    CHECK(refused == 1);
}

TEST_CASE("stats_countWhatHappened")
{
    ToyWorker worker;
    const Json loaded = worker.ask({{"type", "load"}, {"id", 0}, {"model", "galley-draft"}});
    CHECK(loaded["type"] == "loaded");
    CHECK(loaded["capabilities"]["id"] == "galley-draft");
    const Json before = worker.ask({{"type", "stats"}, {"id", 1}});
    worker.ask(render(2, "w5"));
    worker.ask(render(3, "w5"));
    worker.ask({{"type", "embed"}, {"id", 4}, {"texts", {"w1"}}});
    Json bad = render(5);
    bad["steps"] = 99;
    worker.ask(bad);
    const Json after = worker.ask({{"type", "stats"}, {"id", 6}});
    const auto grown = [&](const char *key) { return after["counts"][key].get<int>() - before["counts"][key].get<int>(); };
    CHECK(grown("renders") == 2);
    CHECK(grown("embeds") == 1);
    CHECK(grown("failed") == 1);
    CHECK(grown("text_misses") == 1);
    CHECK(grown("text_hits") == 1);
    CHECK(after["memory"]["rss_bytes"] > 10'000'000);
    CHECK(after["memory"]["model_bytes"] > 0);
    CHECK(after["loaded"][0]["model"] == "galley-draft");
    CHECK(worker.ask({{"type", "unload"}, {"id", 7}, {"model", "galley-draft"}})["type"] == "unloaded");
    CHECK(worker.ask({{"type", "stats"}, {"id", 8}})["loaded"].empty());
    CHECK(worker.ask({{"type", "unload"}, {"model", "other"}})["code"] == "not_found");
    CHECK(worker.ask(render(9))["type"] == "result");
}

TEST_CASE("userModel_isAddedRenderedAndRemoved")
{
    const std::string toys = (diffusersFolder() / "pipelines").string();
    ToyWorker worker({}, {"--device", "cpu", "--dtype", "fp32", "--model", "mine=" + toys + "/toy-sd-turbo", "--model", "gone=" + toys + "/none"});
    const auto models = [&] {
        std::map<std::string, Json> byId;
        for (const Json &model : worker.hello["capabilities"]["models"])
            byId[model["id"].get<std::string>()] = model;
        return byId;
    }();
    REQUIRE(models.size() == 3);
    CHECK(models.at("mine")["error"] == "");
    CHECK(models.at("gone")["error"].get<std::string>().find("none") != std::string::npos);
    CHECK(worker.hello["dtype"] == "fp32");
    const auto ask = [&](const char *type, const std::string &model, const std::string &path = {}) {
        Json message{{"type", type}, {"id", "x"}, {"model", model}};
        if (!path.empty())
            message["path"] = path;
        return worker.ask(message);
    };
    Json request = render(1);
    request["model"] = "other";
    CHECK(worker.ask(request)["code"] == "not_found");
    const Json added = ask("add", "other", toys + "/toy-sdxl");
    CHECK(added["type"] == "added");
    CHECK(added["capabilities"]["id"] == "other");
    CHECK(added["capabilities"]["guidance"]["default"] == 5);
    CHECK(added["capabilities"]["revision"] == added["revision"]);
    CHECK(worker.ask({{"type", "stats"}, {"id", 2}})["loaded"].size() == 1);
    const Json result = worker.ask(request);
    CHECK_MESSAGE(result["type"] == "result", result.dump());
    CHECK(worker.ask({{"type", "stats"}, {"id", 3}})["loaded"].size() == 2);
    CHECK(ask("add", "galley-draft", toys + "/toy-sdxl")["code"] == "invalid");
    CHECK(ask("add", "bad", toys + "/none")["code"] == "model_file");
    CHECK(ask("add", "bad")["code"] == "invalid");
    CHECK(ask("remove", "galley-draft")["code"] == "invalid");
    CHECK(ask("remove", "bad")["code"] == "not_found");
    CHECK(ask("remove", "other")["type"] == "removed");
    CHECK(worker.ask({{"type", "stats"}, {"id", 4}})["loaded"].size() == 1);
    CHECK(worker.ask(request)["code"] == "not_found");
    request["model"] = "mine";
    request["may_shrink"] = 1;
    CHECK(worker.ask(request)["code"] == "invalid");
    request["may_shrink"] = true;
    request["quick"] = true;  // nothing that it needs
    CHECK(worker.ask(request)["type"] == "result");
}

TEST_CASE("memoryOption_saysWhatFits")
{
    for (const auto &[memory, fits] : {std::pair{"1000", "no"}, std::pair{"0", "whole"}, std::pair{"10000000000", "whole"}}) {
        ToyWorker worker({}, {"--device", "cpu", "--memory", memory});
        CHECK(worker.hello["capabilities"]["models"][0]["fits"] == fits);
        if (std::string_view(memory) != "0")
            CHECK(worker.hello["capabilities"]["models"][0]["budget_bytes"] == std::stoull(memory));
    }
}

TEST_CASE("embed_givesUnitVectors")
{
    ToyWorker worker;
    worker.child->send({{"type", "embed"}, {"id", "e"}, {"texts", {"w1", "w2 w3", ""}}});
    const Frame frame = worker.child->receiveAnswer();
    REQUIRE(frame.message["type"] == "vectors");
    CHECK(frame.message["count"] == 3);
    CHECK(frame.message["dim"] == 16);
    CHECK(frame.message["attachments"][0]["format"] == "f32");
    REQUIRE(frame.attachment.size() == 3u * 16u * 4u);
    std::vector<float> values(48);
    std::memcpy(values.data(), frame.attachment.data(), frame.attachment.size());
    for (std::size_t row = 0; row < 3; ++row) {
        double squares = 0;
        for (std::size_t i = 0; i < 16; ++i)
            squares += static_cast<double>(values[16 * row + i]) * values[16 * row + i];
        CHECK(squares == doctest::Approx(row == 2 ? 0 : 1).epsilon(1e-5));
    }
    CHECK(worker.ask({{"type", "embed"}, {"id", 1}, {"texts", Json(std::vector<std::string>(257, "w1"))}})["code"] == "invalid");
    CHECK(worker.ask({{"type", "embed"}, {"id", 2}, {"texts", Json::array()}})["code"] == "invalid");
    CHECK(worker.ask({{"type", "embed"}, {"id", 3}, {"texts", {1}}})["code"] == "invalid");
    CHECK(worker.ask({{"type", "embed"}, {"id", 4}, {"texts", Json(std::vector<std::string>(256, "w1"))}})["count"] == 256);
}

TEST_CASE("badFrame_isSaidAndEndsTheWorker")
{
    const std::string stats = R"({"type":"stats","id":1})";
    const std::string deep = "{\"a\":" + std::string(70, '[') + std::string(70, ']') + '}';
    struct Row
    {
        const char *name;
        std::string bytes;
    };
    const std::vector<Row> rows{
        {"no JSON", framed("")},
        {"JSON over the limit", bytesOf({1, 0, 16, 0, 0, 0, 0, 0})},
        {"attachment over the limit", bytesOf({2, 0, 0, 0, 1, 0, 0, 16}) + "{}"},
        {"garbage", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"not JSON", framed("{type:stats}")},
        {"not UTF-8", framed("{\"type\":\"\xff\"}")},
        {"not an object", framed("[1]")},
        {"nested too deep", framed(deep)},
        {"very deep", framed(std::string(1'000'000, '['))},
        {"undescribed bytes", framed(stats, "xxxx")},
        {"attachment outside", framed(R"({"type":"stats","id":1,"attachments":[{"name":"a","offset":4,"bytes":4,"width":1,"height":1,"format":"rgba8"}]})", "xxxx")},
        {"sides disagree", framed(R"({"type":"stats","id":1,"attachments":[{"name":"a","offset":0,"bytes":4,"width":2,"height":1,"format":"rgba8"}]})", "xxxx")},
        {"overlap", framed(R"({"type":"stats","id":1,"attachments":[{"name":"a","offset":0,"bytes":4,"width":1,"height":1,"format":"rgba8"},)"
                           R"({"name":"b","offset":0,"bytes":4,"width":1,"height":1,"format":"rgba8"}]})", "xxxx")},
        {"unknown format", framed(R"({"type":"stats","id":1,"attachments":[{"name":"a","offset":0,"bytes":4,"width":1,"height":1,"format":"jpeg"}]})", "xxxx")},
        {"ends in a header", bytesOf({2, 0, 0})},
        {"ends in a message", framed(stats).substr(0, 20)},
    };
    const TempFolder empty;
    for (const Row &row : rows) {
        CAPTURE(row.name);
        WorkerChild worker({"--models", empty.path().string(), "--device", "cpu"});
        worker.receive();
        worker.sendBytes(row.bytes);
        worker.closeInput();
        const Json answer = worker.receiveAnswer().message;
        REQUIRE(answer.is_object());
        CHECK(answer["code"] == "bad_frame");
        CHECK_FALSE(answer.contains("id"));
        CHECK(worker.wait() == 3);
        CHECK(worker.log().find("A frame broke the rules") != std::string::npos);
    }
}

TEST_CASE("endOfInput_cancelsAndEndsCleanly")
{
    ToyWorker worker;
    worker.ask(render(0));
    for (int id = 1; id <= 5; ++id) {
        Json request = render(id);
        request["steps"] = 4;
        request["width"] = 512;
        request["height"] = 512;
        worker.child->send(request);
    }
    worker.child->closeInput();
    int answers = 0;
    while (!worker.child->receiveAnswer().message.is_null())
        ++answers;
    CHECK(answers == 5);
    CHECK(worker.child->wait() == 0);
}

TEST_CASE("interrupt_isLeftToTheParent")
{
    ToyWorker worker;
    worker.child->signal(SIGINT);
    CHECK(worker.ask(render(1))["type"] == "result");
    worker.child->signal(SIGTERM);
    CHECK(worker.child->wait() == -SIGTERM);
}

TEST_CASE("brokenModel_isInHelloAndInEveryAnswer")
{
    const TempFolder folder;
    makeToyModel(folder.path());
    const auto weights = folder.path() / "galley-draft" / "draft.safetensors";
    const std::string good = readFile(weights);
    writeFile(weights, good.substr(0, 1000));
    WorkerChild worker({"--models", folder.path().string(), "--device", "cpu"});
    const Json hello = worker.receive().message;
    const std::string reason = hello["capabilities"]["models"][0]["error"];
    CHECK(reason.find("draft.safetensors") != std::string::npos);
    worker.send(render(1));
    Json answer = worker.receiveAnswer().message;
    CHECK(answer["code"] == "model_file");
    CHECK(answer["message"] == reason);
    writeFile(weights, good);
    worker.send({{"type", "load"}, {"id", 2}, {"model", "galley-draft"}});
    CHECK(worker.receiveAnswer().message["type"] == "loaded");
    worker.send(render(3));
    CHECK(worker.receiveAnswer().message["type"] == "result");
}

TEST_CASE("cudaWithoutADriver_isASentenceInHello")
{
    ToyWorker worker({}, {"--device", "cuda"});
    if (worker.hello["device"] == "cuda")
        return;
    REQUIRE(worker.hello["notes"].size() == 1);
    CHECK(worker.hello["notes"][0].get<std::string>().starts_with("CUDA was asked for, but drafts run on the CPU."));
    CHECK(worker.ask(render(1))["device"] == "cpu");
}

TEST_CASE("whatALibraryPrints_neverFallsBetweenFrames")
{
    ToyWorker worker({"LD_PRELOAD=" GALLEY_NOISY_LIBRARY});
    CHECK(worker.hello["type"] == "hello");
    CHECK(worker.ask(render(1))["type"] == "result");
    worker.child->closeInput();
    CHECK(worker.child->wait() == 0);
    CHECK(worker.child->log().find("noise through stdio") != std::string::npos);
    CHECK(worker.child->log().find("noise through write") != std::string::npos);
}

TEST_CASE("outOfMemoryWhileLoading_hasItsOwnCodeAndTheWorkerGoesOn")
{
    ToyWorker worker;
    CHECK(worker.ask(render(1))["type"] == "result");
    // The same weights with half a million captions behind them, whose vectors of 16 numbers take 32 MB, twice while they are made into a tensor.
    constexpr std::size_t captions = 500'000;
    constexpr std::size_t vectorBytes = captions * 16 * sizeof(float);
    std::string words;
    while (words.size() < 2 * captions)
        words += "a\n";
    const auto weights = worker.folder.path() / "galley-draft" / "draft.safetensors";
    const std::string small = readFile(weights);
    std::size_t headerBytes = 0;
    std::memcpy(&headerBytes, small.data(), 8);
    Json header = Json::parse(small.substr(8, headerBytes));
    const std::size_t end = small.size() - 8 - headerBytes;
    header["captions"] = Json{{"dtype", "U8"}, {"shape", {words.size()}}, {"data_offsets", {end, end + words.size()}}};
    writeFile(weights, safetensorsBytes(header.dump(), 0) + small.substr(8 + headerBytes) + words);
    CHECK(limitGrowth(*worker.child, words.size() / 2));  // too little to map the file
    Json answer = worker.ask({{"type", "load"}, {"id", 2}, {"model", "galley-draft"}});
    CHECK_MESSAGE(answer["type"] == "error", answer.dump());
    CHECK(limitGrowth(*worker.child, vectorBytes));  // enough to map it, too little for all the vectors
    answer = worker.ask({{"type", "load"}, {"id", 3}, {"model", "galley-draft"}});
    CHECK_MESSAGE(answer["code"] == "out_of_memory", answer.dump());
    CHECK(liftLimit(*worker.child));
    CHECK(worker.ask({{"type", "load"}, {"id", 4}, {"model", "galley-draft"}})["type"] == "loaded");
    CHECK(worker.ask(render(5))["type"] == "result");
}

TEST_CASE("outOfMemoryWhileRendering_isAnsweredAndRepaired")
{
    ToyWorker worker;
    CHECK(worker.ask(render(1))["type"] == "result");
    CHECK(limitGrowth(*worker.child, 1024 * 1024));
    Json large = render(2);
    large["width"] = 512;
    large["height"] = 512;
    const Json answer = worker.ask(large);
    CHECK_MESSAGE(answer["code"] == "out_of_memory", answer.dump());
    (void)liftLimit(*worker.child);  // it may have ended meanwhile
    large["id"] = 3;
    const Json again = worker.ask(large);
    // Either it goes on, or it has ended to be started anew: what it must not do is fail for ever.
    if (again.is_null())
        CHECK(worker.child->wait() == 75);
    else
        CHECK(again["type"] == "result");
}

/// A GPU that lost its context fails at everything after it: the one who asked is told, and the process goes.
TEST_CASE("brokenGpu_isAnsweredAndEndsTheWorker")
{
    ToyWorker worker({"LD_PRELOAD=" GALLEY_BROKEN_GPU_LIBRARY}, {"--device", "cpu", "--background"});
    const Json answer = worker.ask(render(1));
    CHECK_MESSAGE(answer["code"] == "internal", answer.dump());
    CHECK_MESSAGE(answer["message"].get<std::string>().find("GPU failed") != std::string::npos, answer.dump());
    CHECK(worker.child->receive().message.is_null());
    CHECK(worker.child->wait() == 75);
}

TEST_CASE("wrongArguments_areExplained")
{
    for (const std::vector<std::string> &arguments : std::vector<std::vector<std::string>>{
             {}, {"--models"}, {"--models", "x", "--device", "tpu"}, {"--models", "x", "--threads", "two"}, {"--models", "x", "--dance", "1"},
             {"--models", "x", "--log-level=loud"}, {"--models", "x", "--model", "a"}, {"--models", "x", "--model", "=b"},
             {"--models", "x", "--memory", "much"}, {"--models", "x", "--dtype", "int8"}}) {
        WorkerChild worker(arguments);
        CHECK(worker.receive().message.is_null());
        CHECK(worker.wait() == 2);
        CHECK(worker.log().find("galley-worker --models DIR") != std::string::npos);
    }
}
