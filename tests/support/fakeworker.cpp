// A worker for tests: a real child process that speaks the frames and misbehaves as told.
//
// The folder given with --models holds fake.json: {"runs": [{"start": "ok", "render": ["die", "ok"], "threshold": 0.5, …}, …]}.
// The n-th start of the process takes the n-th run, the n-th render of a run its n-th word; the last one repeats. Every start adds a byte
// to the file "starts", every request a line to the file "requests".

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <poll.h>
#include <unistd.h>

using Json = nlohmann::ordered_json;
using Bytes = std::vector<std::uint8_t>;

namespace {

void writeAll(const void *data, std::size_t size)
{
    const char *begin = static_cast<const char *>(data);
    while (size > 0) {
        const ssize_t n = ::write(STDOUT_FILENO, begin, size);
        if (n <= 0)
            std::_Exit(4);
        begin += n;
        size -= std::size_t(n);
    }
}

void putLength(std::uint32_t value)
{
    const std::uint8_t bytes[4] = {std::uint8_t(value), std::uint8_t(value >> 8), std::uint8_t(value >> 16), std::uint8_t(value >> 24)};
    writeAll(bytes, 4);
}

void send(const Json &message, const Bytes &attachment = {})
{
    const std::string text = message.dump();
    putLength(std::uint32_t(text.size()));
    putLength(std::uint32_t(attachment.size()));
    writeAll(text.data(), text.size());
    writeAll(attachment.data(), attachment.size());
}

bool readAll(void *data, std::size_t size)
{
    char *begin = static_cast<char *>(data);
    while (size > 0) {
        const ssize_t n = ::read(STDIN_FILENO, begin, size);
        if (n <= 0)
            return false;
        begin += n;
        size -= std::size_t(n);
    }
    return true;
}

std::optional<Json> receive()
{
    std::uint8_t header[8];
    if (!readAll(header, sizeof header))
        return std::nullopt;
    const auto length = [&](int i) {
        return std::uint32_t(header[i]) | std::uint32_t(header[i + 1]) << 8 | std::uint32_t(header[i + 2]) << 16
            | std::uint32_t(header[i + 3]) << 24;
    };
    std::string text(length(0), '\0');
    std::string attachment(length(4), '\0');
    if (!readAll(text.data(), text.size()) || !readAll(attachment.data(), attachment.size()))
        return std::nullopt;
    return Json::parse(text);
}

std::string pick(const Json &run, const char *key, std::size_t index, const char *otherwise)
{
    if (!run.contains(key) || run[key].empty())
        return otherwise;
    const Json &list = run[key];
    return list[std::min(index, list.size() - 1)].get<std::string>();
}

/// A disc whose colour follows from prompt and seed: other words are another picture.
Bytes picture(int width, int height, const std::string &words, int seed)
{
    const std::size_t hash = std::hash<std::string>()(words + '#' + std::to_string(seed));
    Bytes pixels(std::size_t(width) * std::size_t(height) * 4);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const double dx = (x + 0.5) / width - 0.5;
            const double dy = (y + 0.5) / height - 0.5;
            if (dx * dx + dy * dy > 0.2)
                continue;
            std::uint8_t *pixel = &pixels[(std::size_t(y) * std::size_t(width) + std::size_t(x)) * 4];
            pixel[0] = std::uint8_t(hash);
            pixel[1] = std::uint8_t(hash >> 8);
            pixel[2] = std::uint8_t(hash >> 16);
            pixel[3] = 255;
        }
    }
    return pixels;
}

Json describe(const char *name, std::size_t bytes, int width, int height, std::size_t offset = 0)
{
    return Json::array({{{"name", name}, {"offset", offset}, {"bytes", bytes}, {"width", width}, {"height", height}, {"format", "rgba8"}}});
}

class Worker
{
public:
    Worker(Json run, std::string folder, std::vector<std::string> models)
        : m_run(std::move(run))
        , m_folder(std::move(folder))
        , m_models(std::move(models))
    {}

    int exec()
    {
        const std::string start = m_run.value("start", "ok");
        std::cerr << "fake worker: start " << start << std::endl;
        if (start == "exit")
            return 7;
        if (start == "silent")
            return std::this_thread::sleep_for(std::chrono::seconds(60)), 0;
        if (start == "slow")
            std::this_thread::sleep_for(std::chrono::milliseconds(1200));
        if (start == "garbage") {
            writeAll("Traceback (most recent call last):\n", 36);
            return std::this_thread::sleep_for(std::chrono::seconds(60)), 0;
        }
        hello(start == "protocol2" ? 2 : 1);
        if (start == "exit_after_hello")
            return 7;
        while (const auto message = receive()) {
            std::ofstream(m_folder + "/requests", std::ios::app) << message->dump() << '\n';
            const std::string type = message->value("type", "");
            if (type == "render")
                render(*message);
            else if (type == "embed")
                embed(*message);
            else if (type == "add") {
                if (Json &revisions = m_run["revisions_when_added"]; !revisions.empty()) {  // of files that are replaced
                    const Json next = revisions.front();
                    revisions.erase(revisions.begin());
                    m_run["revision"] = next;
                }
                send({{"type", "added"}, {"id", (*message)["id"]}, {"capabilities", describeModel((*message)["model"])}});
            } else if (type == "remove")
                send({{"type", "removed"}, {"id", (*message)["id"]}, {"model", (*message)["model"]}});
            else if (type == "unload")
                send({{"type", "unloaded"}, {"id", (*message)["id"]}, {"model", (*message)["model"]}});
        }
        return 0;
    }

private:
    void hello(int protocol)
    {
        Json models = Json::array({describeModel("galley-draft")});
        for (const std::string &model : m_models)
            models.push_back(describeModel(model));
        send({{"type", "hello"}, {"protocol", protocol}, {"device", m_run.value("device", "cpu")}, {"dtype", "fp32"}, {"threads", 1}, {"libtorch", "0"},
              {"notes", Json::array({"this is the fake worker"})}, {"capabilities", {{"models", models}}}});
    }

    Json describeModel(const std::string &id) const
    {
        return {{"id", id}, {"revision", m_run.value("revision", "fake-1")}, {"steps", {{"default", 2}, {"max", m_run.value("max_steps", 4)}}}, {"native", 64},
                {"buckets", Json::array({Json::array({64, 64})})}, {"styles", {"flat", "outline"}}, {"confidence_threshold", 0.5},
                {"error", m_run.value("model_error", "")}};
    }

    void render(const Json &request)
    {
        const std::string how = pick(m_run, "render", m_renders++, "ok");
        std::cerr << "fake worker: render " << how << std::endl;
        if (how == "die") {
            std::raise(SIGKILL);
        } else if (how == "exit") {
            std::_Exit(70);
        } else if (how == "garbage") {
            writeAll("\x10\0\0\0\0\0\0\0not a JSON text!", 24);
        } else if (how == "wrong_length") {
            putLength(0xFFFFFFFFu);
            putLength(0);
        } else if (how == "huge_attachment") {
            putLength(2);
            putLength(0x7FFFFFFFu);
            writeAll("{}", 2);
        } else if (how == "zero_length") {
            putLength(0);
            putLength(0);
        } else if (how == "half_a_frame") {
            putLength(100);
            putLength(0);
            writeAll("{", 1);
        } else if (how == "not_an_object") {
            send(Json::array({1, 2}));
        } else if (how == "unknown_type") {
            send({{"type", "surprise"}, {"id", request["id"]}});
        } else if (how == "silent") {
            // no answer at all
        } else if (how == "error" || how == "oom") {
            send({{"type", "error"}, {"id", request["id"]}, {"code", how == "oom" ? "out_of_memory" : "invalid"},
                  {"message", "The fake worker refuses."}, {"detail", "because"}});
        } else if (how == "replaced_error" || how == "unreadable") {
            if (how == "replaced_error")
                m_run["revision"] = "other";
            send({{"type", "error"}, {"id", request["id"]}, {"code", "model_file"}, {"message", "A file was replaced."}, {"detail", ""}});
        } else if (how == "bad_frame") {
            send({{"type", "error"}, {"code", "bad_frame"}, {"message", "The frame broke the rules."}});
            std::_Exit(3);
        } else if (how == "wait_cancel") {
            waitForCancel(request, 60000);
        } else if (how.rfind("slow", 0) == 0) {
            if (!waitForCancel(request, std::atoi(how.c_str() + 4)))
                answer(request, "ok");
        } else {
            answer(request, how);
        }
    }

    /// True when a cancel came in time; it was answered then.
    bool waitForCancel(const Json &request, int milliseconds)
    {
        send({{"type", "progress"}, {"id", request["id"]}, {"step", 1}, {"of", request["steps"]}});
        pollfd fd{STDIN_FILENO, POLLIN, 0};
        if (::poll(&fd, 1, milliseconds) <= 0)
            return false;
        const auto next = receive();
        if (!next)
            std::_Exit(0);
        std::ofstream(m_folder + "/requests", std::ios::app) << next->dump() << '\n';
        send({{"type", "error"}, {"id", request["id"]}, {"code", "cancelled"}, {"message", "As asked."}});
        return true;
    }

    void answer(const Json &request, const std::string &how)
    {
        int width = request["width"];
        int height = request["height"];
        const int steps = request["steps"];
        const std::string words = request["prompt"];
        const int seed = request["seed"];
        if (how == "wrong_size")
            width /= 2;
        if (how == "smaller")
            width /= 2, height /= 2;
        const Bytes pixels = picture(width, height, words, seed);
        for (int part = 1; how == "loading" && part <= 4; ++part)
            send({{"type", "progress"}, {"id", request["id"]}, {"stage", "load"}, {"bytes", part * 1000}, {"of_bytes", 4000}});
        const std::map<std::string, int> previewHeights{{"previews", height}, {"low_previews", height / 2}, {"high_previews", 2 * height}};
        const auto previewHeight = previewHeights.find(how);
        for (int step = 1; previewHeight != previewHeights.end() && step < steps; ++step) {
            const Bytes preview = picture(width, previewHeight->second, words, seed);
            send({{"type", "progress"}, {"id", request["id"]}, {"step", step}, {"of", steps}});
            send({{"type", "preview"}, {"id", request["id"]}, {"step", step}, {"attachments", describe("preview", preview.size(), width, previewHeight->second)}},
                 preview);
        }
        Json result{{"type", "result"}, {"id", request["id"]}, {"seed", seed}, {"steps", steps}, {"width", width}, {"height", height},
                    {"model", request["model"]}, {"revision", m_run.value("revision", "fake-1")}, {"device", m_run.value("device", "cpu")}, {"dtype", "fp32"},
                    {"confidence", words.find("unsure") == std::string::npos ? 0.9 : 0.1}, {"timings_ms", {{"total", 1.5}}},
                    {"attachments", describe("picture", pixels.size(), width, height)}};
        if (how == "wrong_id")
            result["id"] = "somebody-else";
        if (how == "wrong_model")
            result["model"] = "another-model";
        if (how == "replaced")
            result["revision"] = m_run["revision"] = "other";  // and so it is from now on
        if (how == "wrong_seed")
            result["seed"] = seed + 1;
        if (how == "wrong_steps")
            result["steps"] = steps + 1;
        if (how == "no_picture")
            result.erase("attachments");
        if (how == "outside_attachment")
            result["attachments"][0]["offset"] = 1;
        if (how == "overflowing_attachment")
            result["attachments"][0]["offset"] = 18446744073709551615ull;
        if (how == "wrong_shape")
            result["attachments"][0]["height"] = height * 2;
        send(result, pixels);
        if (how == "twice")
            send(result, pixels);
    }

    /// The letters of each text, counted: texts with the same letters are near.
    void embed(const Json &request)
    {
        const std::string how = pick(m_run, "embed", m_embeds++, "ok");
        if (how == "die")
            std::raise(SIGKILL);
        constexpr int dim = 256;
        const auto &texts = request["texts"];
        std::vector<float> values(texts.size() * dim);
        for (std::size_t row = 0; row < texts.size(); ++row) {
            for (const char c : texts[row].get<std::string>())
                values[row * dim + std::uint8_t(c)] += 1;
        }
        Bytes bytes(values.size() * sizeof(float));
        std::memcpy(bytes.data(), values.data(), bytes.size());
        if (how == "short")
            bytes.resize(bytes.size() - 4);
        send({{"type", "vectors"}, {"id", request["id"]}, {"model", "galley-draft"}, {"count", texts.size()}, {"dim", dim},
              {"attachments", Json::array({{{"name", "vectors"}, {"offset", 0}, {"bytes", bytes.size()}, {"rows", texts.size()},
                                            {"columns", dim}, {"format", "f32"}}})}},
             bytes);
    }

    Json m_run;
    std::string m_folder;
    std::vector<std::string> m_models;  ///< beside galley-draft
    std::size_t m_renders = 0;
    std::size_t m_embeds = 0;
};

std::string option(int argc, char **argv, const char *name)
{
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::strcmp(argv[i], name) == 0)
            return argv[i + 1];
    }
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    const std::string folder = option(argc, argv, "--models");
    Json script;
    std::ifstream(folder + "/fake.json") >> script;
    std::ofstream(folder + "/starts", std::ios::app) << '.' << std::flush;
    const std::size_t start = std::size_t(std::ifstream(folder + "/starts", std::ios::ate).tellg()) - 1;
    const Json &runs = script["runs"];
    std::vector<std::string> models;
    for (int i = 1; i + 1 < argc; ++i) {
        const std::string value = argv[i + 1];
        if (std::strcmp(argv[i], "--model") == 0)
            models.push_back(value.substr(0, value.find('=')));
    }
    return Worker(runs[std::min(start, runs.size() - 1)], folder, models).exec();
}
