// Latency of one layer through the whole pipeline (words → bytes), loading, start-up and memory of the engine.
//
//     bench_engine [--n 30] [--threads N] [--device cuda] [--out tests/bench/results/engine.json]
//
// On a GPU layers alone are measured.

#include "core/diffusion/memory/pool.h"
#include "core/diffusion/pipelines/draft.h"
#include "testpaths.h"
#include "tests/bench/engine/series.h"
#include "tests/parity/support/workerchild.h"

#include <ATen/Parallel.h>

#include <cstring>
#include <iostream>
#include <set>

using namespace Galley;
using namespace Galley::Diffusion;

namespace {

struct Arguments
{
    int count = 30;
    int threads = 0;
    std::string device = "cpu";
    std::string out = std::string(GALLEY_SOURCE_DIR) + "/tests/bench/results/engine.json";
};

Arguments readArguments(int argc, char **argv)
{
    Arguments arguments;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::strcmp(argv[i], "--n") == 0)
            arguments.count = std::max(1, std::atoi(argv[i + 1]));
        else if (std::strcmp(argv[i], "--threads") == 0)
            arguments.threads = std::atoi(argv[i + 1]);
        else if (std::strcmp(argv[i], "--device") == 0)
            arguments.device = argv[i + 1];
        else if (std::strcmp(argv[i], "--out") == 0)
            arguments.out = argv[i + 1];
    }
    return arguments;
}

ModelFiles modelFiles()
{
    return {std::filesystem::path(GALLEY_SOURCE_DIR) / "resources" / "models" / "galley-draft", {}};
}

Bench::Json latencies(const Device &device, const ModelInfo &info, int count)
{
    Bench::Json rows = Bench::Json::array();
    MemoryPool pool(device);
    const MemoryScope scope(pool);  // as the engine does it
    const auto loaded = DraftPipeline::load(info, modelFiles(), device);
    if (!loaded) {
        std::cerr << loaded.error().message << '\n';
        return rows;
    }
    for (const PictureSize size : {PictureSize{128, 128}, PictureSize{256, 256}}) {
        for (const int steps : {1, 2, 4}) {
            RenderRequest request;
            request.model = info.id;
            request.size = size;
            request.steps = steps;
            const Bench::Series series = Bench::measure(count, [&] {
                request.prompt = "red apple " + std::to_string(++request.seed);
                (void)(*loaded)->run(request, {}, {});
            });
            Bench::Json row{{"dtype", device.dtype}, {"threads", device.threads}, {"width", size.width}, {"height", size.height}, {"steps", steps}};
            row.update(series.toJson());
            std::cout << row.dump() << std::endl;
            rows.push_back(row);
        }
    }
    return rows;
}

/// A worker as the desktop starts it: process start → hello → first layer, and what it holds then.
Bench::Json wholeWorker(int count)
{
    Bench::Series hello, first;
    long long resident = 0;
    for (int i = 0; i < count; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const auto since = [&] { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count(); };
        WorkerChild worker({"--models", modelFiles().path.parent_path().string()});
        worker.receive();
        hello.add(since());
        worker.send({{"type", "render"}, {"id", 1}, {"model", "galley-draft"}, {"prompt", "cat"}, {"width", 128}, {"height", 128}});
        worker.receiveAnswer();
        first.add(since());
        for (int id = 2; id < 12; ++id) {
            worker.send({{"type", "render"}, {"id", id}, {"model", "galley-draft"}, {"prompt", "cat"}, {"seed", id}, {"width", 128}, {"height", 128}});
            worker.receiveAnswer();
        }
        resident = std::max(resident, Bench::residentBytes(std::to_string(worker.pid())));
    }
    return Bench::Json{{"start_to_hello", hello.toJson()}, {"start_to_first_layer", first.toJson()}, {"rss_mb", resident / 1'000'000}};
}

} // namespace

int main(int argc, char **argv)
{
    const Arguments arguments = readArguments(argc, argv);
    Bench::Json results{{"machine", Bench::machine()}};
    Device device = chooseDevice(arguments.device, arguments.threads);
    const bool isGpu = device.kind == "cuda";
    results["chosen_dtype"] = device.dtype;
    results["device"] = device.name;
    std::cout << results.dump() << std::endl;
    const ModelInfo info = DraftPipeline::describe("galley-draft", modelFiles());
    if (!info.error.empty()) {
        std::cerr << info.error << '\n';
        return 1;
    }
    results["revision"] = info.revision;
    results["describe"] = Bench::measure(5, [] { (void)DraftPipeline::describe("galley-draft", modelFiles()); }, 1).toJson();
    results["load"] = Bench::measure(5, [&] { (void)DraftPipeline::load(info, modelFiles(), device); }, 1).toJson();
    if (!isGpu)
        results["worker"] = wholeWorker(5);
    for (const char *key : {"describe", "load", "worker"})
        if (results.contains(key))
            std::cout << key << ' ' << results[key].dump() << std::endl;
    results["layer"] = Bench::Json::array();
    std::vector<std::string> types{"fp32"};
    if (device.dtype == "bf16")
        types.push_back("bf16");
    for (const std::string &type : types) {
        device.dtype = type;
        for (const int threads : isGpu ? std::set<int>{device.threads} : std::set<int>{device.threads, usableCores()}) {
            Device one = device;
            one.threads = threads;
            at::set_num_threads(threads);
            for (Bench::Json &row : latencies(one, info, arguments.count))
                results["layer"].push_back(row);
        }
    }
    return Bench::write(arguments.out, results) ? 0 : 1;
}
