#pragma once

#include "core/diffusion/checkpoint/weightnames.h"
#include "core/diffusion/models/autoencoderconfig.h"
#include "core/diffusion/models/unetconfig.h"

// What single files call the tensors of our modules: the layout of CompVis' latent-diffusion, Stability's generative-models and OpenCLIP, which
// diffusers' names were made from.
namespace Galley::Diffusion {

/// "input_blocks.1.0.in_layers.0.weight" for "down_blocks.0.resnets.0.norm1.weight".
WeightNames ldmUNetNames(const UNetConfig &config, const std::string &prefix);
/// "encoder.down.0.block.0.norm1.weight" for "encoder.down_blocks.0.resnets.0.norm1.weight".
WeightNames ldmAutoencoderNames(const AutoencoderKlConfig &config, const std::string &prefix);
/// "transformer.resblocks.0.ln_1.weight" for "text_model.encoder.layers.0.layer_norm1.weight"; query, key and value are one tensor.
WeightNames openClipNames(const std::string &prefix);
/// transformers' own names; \a lacksModel: without their "text_model.".
WeightNames clipNames(const std::string &prefix, bool lacksModel);

} // namespace Galley::Diffusion
