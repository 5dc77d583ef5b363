// One model folder of the large families: loading, whole pictures (words → bytes), peak memory. bench_models.py makes the folder, runs this and compares.
//
//     bench_models --folder DIR [--device cuda] [--dtype bf16] [--steps 1] [--size 512] [--n 30] [--threads N] [--memory BYTES] [--cold 1] [--picture FILE.ppm]
//
// Prints one JSON object. On a GPU the times of the stages are those of launching them; only the whole has waited for the picture.

#include "core/diffusion/engine.h"
#include "tests/bench/engine/series.h"

#include <fcntl.h>

#include <iostream>
#include <map>
#include <thread>

using namespace Galley;
using namespace Galley::Diffusion;

namespace {

namespace fs = std::filesystem;

struct Arguments
{
    fs::path folder;
    int steps = 1;
    int size = 512;
    int count = 30;
    bool isCold = false;
    fs::path picture;
    EngineOptions engine;
};

Arguments readArguments(int argc, char **argv)
{
    std::map<std::string, std::string> words{{"--device", "auto"}, {"--dtype", "auto"}, {"--steps", "1"}, {"--size", "512"}, {"--n", "30"}, {"--threads", "0"}};
    for (int i = 1; i + 1 < argc; i += 2)
        words[argv[i]] = argv[i + 1];
    Arguments arguments;
    arguments.folder = fs::absolute(words["--folder"]).lexically_normal();
    arguments.steps = std::stoi(words["--steps"]);
    arguments.size = std::stoi(words["--size"]);
    arguments.count = std::max(1, std::stoi(words["--n"]));
    arguments.isCold = words.contains("--cold");
    arguments.picture = words["--picture"];
    arguments.engine = {arguments.folder.parent_path(), words["--device"], std::stoi(words["--threads"]), words["--dtype"]};
    arguments.engine.memory = words.contains("--memory") ? std::stoull(words["--memory"]) : 0;
    return arguments;
}

/// Takes the weights out of the page cache.
void forgetFiles(const fs::path &folder)
{
    for (const auto &entry : fs::recursive_directory_iterator(folder)) {
        const int file = entry.is_regular_file() ? ::open(entry.path().c_str(), O_RDONLY) : -1;
        if (file < 0)
            continue;
        ::fdatasync(file);
        ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
        ::close(file);
    }
}

void writePicture(const fs::path &path, const Picture &picture)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << "P6 " << picture.size.width << ' ' << picture.size.height << " 255\n";
    for (std::size_t i = 0; i < picture.rgba.size(); i += 4)
        file.write(reinterpret_cast<const char *>(picture.rgba.data() + i), 3);
}

/// The most that the model's tensors took in its last picture on the GPU, or that this process has held.
std::int64_t peakBytes(const Engine &engine)
{
    const EngineStats stats = engine.stats();
    if (engine.device().kind == "cuda")
        return static_cast<std::int64_t>(stats.loaded.at(0).memory.peak);
    return Bench::residentBytes("self", "VmHWM:");
}

/// What was thought beforehand, and what it was.
Bench::Json memoryOf(const Engine &engine, const std::string &model)
{
    Bench::Json json;
    for (const ModelInfo &info : engine.models())
        if (info.id == model)
            json = {{"weights_bytes", info.weightsBytes}, {"needed_bytes", info.neededBytes}, {"least_bytes", info.leastBytes}};
    for (const LoadedModel &one : engine.stats().loaded)
        if (one.model == model)
            json["pool"] = {{"model_bytes", one.memory.model}, {"peak_bytes", one.memory.peak}};
    return json;
}

/// Gives nothing when a picture fails.
Bench::Json pictures(Engine &engine, RenderRequest request, int count, bool isNewPrompt)
{
    Bench::Series whole, text, denoise, decode;
    constexpr int warm = 3;
    for (int i = 0; i < count + warm; ++i) {
        request.prompt = isNewPrompt ? "a red apple on a table, number " + std::to_string(i) : "a red apple";
        request.seed = i;
        const auto start = std::chrono::steady_clock::now();
        const auto result = engine.render(request, {}, {});
        const double elapsed = millisecondsSince(start);
        if (!result) {
            std::cerr << result.error().message << ' ' << result.error().detail << '\n';
            return {};
        }
        if (i < warm)
            continue;
        whole.add(elapsed);
        text.add(result->timingsMs.text);
        denoise.add(result->timingsMs.denoise);
        decode.add(result->timingsMs.postprocess);
    }
    Bench::Json json = whole.toJson();
    json["stages_median_ms"] = {{"text", text.median()}, {"denoise", denoise.median()}, {"decode", decode.median()}};
    return json;
}

/// How long a picture that is stopped at some time of its steps goes on, beside what a step takes.
Bench::Json stops(Engine &engine, RenderRequest request, int count)
{
    request.steps = std::max(4, request.steps);
    request.prompt = "a red apple";
    std::vector<double> ends;
    RenderObserver observer;
    const auto start = std::chrono::steady_clock::now();
    observer.progress = [&](int, int) { ends.push_back(millisecondsSince(start)); };
    if (!engine.render(request, observer, {}))
        return {};
    const double whole = millisecondsSince(start);
    const double step = (ends.back() - ends.front()) / double(ends.size() - 1);
    Bench::Series series;
    for (int i = 0; i < count; ++i) {
        std::stop_source stop;
        std::chrono::steady_clock::time_point asked;
        // Spread evenly over what comes after the first step, the decoder as well.
        const std::chrono::duration<double, std::milli> wait(ends.front() + (i + 0.5) / count * (whole - ends.front()));
        std::jthread other([&] {
            std::this_thread::sleep_for(wait);
            asked = std::chrono::steady_clock::now();
            stop.request_stop();
        });
        const auto result = engine.render(request, {}, stop.get_token());
        const auto end = std::chrono::steady_clock::now();
        other.join();
        if (!result)
            series.add(std::chrono::duration<double, std::milli>(end - asked).count());
    }
    Bench::Json json = series.toJson();
    json["step_ms"] = step;
    json["asked"] = count;
    return json;
}

} // namespace

int main(int argc, char **argv)
{
    const Arguments arguments = readArguments(argc, argv);
    const std::string model = arguments.folder.filename().string();
    Engine engine(arguments.engine);
    Bench::Json results{{"model", model}, {"libtorch", Engine::libraryVersion()}, {"device", engine.device().name}, {"kind", engine.device().kind},
                        {"dtype", engine.device().dtype}, {"threads", engine.device().threads}, {"steps", arguments.steps}, {"size", arguments.size}};
    for (const std::string &note : engine.device().notes)
        std::cerr << note << '\n';
    for (const char *name : {"load_first_ms", "load_warm_ms"}) {
        if (arguments.isCold && std::string_view(name) == "load_first_ms")
            forgetFiles(arguments.folder);
        const auto start = std::chrono::steady_clock::now();
        if (const auto loaded = engine.load(model); !loaded) {
            std::cerr << loaded.error().message << ' ' << loaded.error().detail << '\n';
            return 1;
        }
        results[name] = millisecondsSince(start);  // with one picture that warms up
        results[name == std::string_view("load_first_ms") ? "load_first_peak_bytes" : "load_warm_peak_bytes"] = peakBytes(engine);
        if (std::string_view(name) == "load_first_ms")
            (void)engine.unload(model);
    }
    results["load_is_cold"] = arguments.isCold;
    results["weights_bytes"] = engine.stats().modelBytes;
    RenderRequest request;
    request.model = model;
    request.size = {arguments.size, arguments.size};
    request.steps = arguments.steps;
    request.prompt = "a red apple";
    if (const auto first = engine.render(request, {}, {}); first && !arguments.picture.empty())
        writePicture(arguments.picture, first->picture);
    results["new_prompt"] = pictures(engine, request, arguments.count, true);
    results["same_prompt"] = pictures(engine, request, arguments.count, false);
    results["cancel_to_idle"] = stops(engine, request, std::max(8, arguments.count));
    results["peak_bytes"] = peakBytes(engine);
    results["memory"] = memoryOf(engine, model);
    std::cout << results.dump() << std::endl;
    return results["new_prompt"].is_null() || results["same_prompt"].is_null() ? 1 : 0;
}
