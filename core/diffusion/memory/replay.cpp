#include "core/diffusion/memory/replay.h"

#include "core/diffusion/memory/cuda.h"

#include <c10/util/Exception.h>

#include <atomic>
#include <iostream>
#include <string>

namespace Galley::Diffusion {

namespace {

constexpr std::size_t mostRecordings = 6;

std::atomic<std::uint64_t> replayCount{0};

/// What a recording fits.
std::string shapesOf(const Replayed::Tensors &tensors)
{
    std::string text;
    for (const at::Tensor &tensor : tensors) {
        if (tensor.defined()) {
            text += std::to_string(static_cast<int>(tensor.scalar_type()));
            for (const std::int64_t side : tensor.sizes())
                text.append(1, ',').append(std::to_string(side));
        }
        text += ';';
    }
    return text;
}

} // namespace

/// Without a graph yet: its shapes were met once.
struct Replayed::Recording
{
    std::unique_ptr<CudaGraph> graph;
    Tensors inputs;
    Tensors outputs;  ///< in the memory of the graph
};

Replayed::Replayed()
    : m_recordings(mostRecordings)
{
}

Replayed::~Replayed() = default;

std::shared_ptr<Replayed::Recording> Replayed::record(const Tensors &inputs, const Work &work)
{
    auto recording = std::make_shared<Recording>();
    for (const at::Tensor &input : inputs)
        recording->inputs.push_back(input.defined() ? input.clone() : input);
    Result<std::unique_ptr<CudaGraph>> graph = fail(ErrorCode::OutOfMemory, "There is too little memory on the GPU to record a computation.");
    try {
        graph = CudaGraph::record([&] { recording->outputs = work(recording->inputs); });
    } catch (const c10::OutOfMemoryError &) {  // a recording has memory of its own, beside what is cached; without one there may be enough
    }
    if (!graph) {
        std::cerr << graph.error().message << " It goes on without. " << graph.error().detail << std::endl;
        return nullptr;
    }
    recording->graph = std::move(*graph);
    return recording;
}

Replayed::Tensors Replayed::call(const Tensors &inputs, const Work &work, const std::string &key)
{
    if (m_isOff || !inputs.front().is_cuda())
        return work(inputs);
    const std::string shapes = key + shapesOf(inputs);
    const auto *known = m_recordings.find(shapes);
    if (!known) {
        // Libraries choose their kernels and take memory of their own at the first call, which cannot be recorded.
        m_recordings.insert(shapes, std::make_shared<Recording>());
        return work(inputs);
    }
    std::shared_ptr<Recording> recording = *known;
    if (!recording->graph) {
        recording = record(inputs, work);
        if (!recording) {
            m_isOff = true;
            clear();
            emptyCudaCache();
            return work(inputs);
        }
        m_recordings.insert(shapes, recording);
    } else {
        for (std::size_t i = 0; i < inputs.size(); ++i)
            if (inputs[i].defined())
                recording->inputs[i].copy_(inputs[i]);
    }
    recording->graph->replay();
    ++replayCount;
    Tensors results;
    for (const at::Tensor &output : recording->outputs)
        results.push_back(output.defined() ? output.clone() : output);
    return results;
}

void Replayed::clear()
{
    m_recordings.clear();
}

std::uint64_t Replayed::replays()
{
    return replayCount;
}

} // namespace Galley::Diffusion
