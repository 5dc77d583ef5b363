#pragma once

#include "app/worker/frames.h"
#include "core/diffusion/engine.h"

namespace Galley {

// The words of PROTOCOL.md ⇄ the values of the engine. Nothing here runs or blocks.

/// A request's id as it came; null when it has none.
Diffusion::Result<Json> readId(const Json &message);

/// The names of the fields that are wrong are in the error's sentence.
Diffusion::Result<Diffusion::RenderRequest> readRender(const Json &message, std::span<const std::uint8_t> attachment);
Diffusion::Result<std::vector<std::string>> readTexts(const Json &message);
/// A text field; \a fallback when it is absent and not \a needed.
Diffusion::Result<std::string> readText(const Json &message, const char *key, bool needed);

Json helloMessage(const Diffusion::Device &device, const std::vector<Diffusion::ModelInfo> &models, std::uint64_t budget);
Json memoryMessage(const Diffusion::MemoryUse &memory);
Json modelMessage(const Diffusion::ModelInfo &info, std::uint64_t budget);
Json progressMessage(const Json &id, int step, int of);
Json loadingMessage(const Json &id, std::uint64_t bytes, std::uint64_t of);
Json previewMessage(const Json &id, int step, const Diffusion::Picture &picture);
Json resultMessage(const Json &id, const Diffusion::RenderRequest &request, const Diffusion::RenderResult &result,
                   const Diffusion::Device &device);
Json vectorsMessage(const Json &id, const Diffusion::CaptionVectors &embedding);
/// Without an id when \a id is null.
Json errorMessage(const Json &id, const std::string &code, const std::string &message, const std::string &detail = {});
/// {"type": type, "id": id}, without the id when it is null.
Json answer(const char *type, const Json &id);

} // namespace Galley
