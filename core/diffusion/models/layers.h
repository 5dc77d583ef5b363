#pragma once

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <cstdint>

// The layers of the large models, named and computed as torch.nn's. Unlike those they are made without values, which for a billion numbers takes long and
// is thrown away at once: loadStateDict() puts the file's tensors in their places.
namespace Galley::Diffusion {

struct LinearImpl : torch::nn::Module
{
    LinearImpl(std::int64_t in, std::int64_t out, bool hasBias = true);
    at::Tensor forward(const at::Tensor &x) const;
    /// \a other plus forward(\a x), which costs nothing once the weights are packed. Both bf16 or both not.
    at::Tensor addTo(const at::Tensor &other, const at::Tensor &x) const;
    /// See packWeights().
    void pack();

    at::Tensor weight;  ///< [out, in]; without values once it is packed
    at::Tensor bias;    ///< undefined without one
    at::Tensor packed;  ///< undefined, or the weight as oneDNN wants it
};
TORCH_MODULE(Linear);

struct Conv2dImpl : torch::nn::Module
{
    Conv2dImpl(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t strideOf = 1, std::int64_t paddingOf = 0, bool hasBias = true);
    at::Tensor forward(const at::Tensor &x) const;
    // What follows a convolution in a network, and costs nothing once the weights are packed.
    at::Tensor relu(const at::Tensor &x) const;
    at::Tensor addTo(const at::Tensor &other, const at::Tensor &x) const;
    at::Tensor reluOfSum(const at::Tensor &other, const at::Tensor &x) const;
    /// Of \a x with every pixel repeated until it is \a height × \a width large, as an upsampler does it. Where that is twice its size, packed weights take it
    /// as four convolutions of 2 × 2, one for each place in a repeated pixel: four ninths of the products, for weights that are added up before.
    at::Tensor ofUpsampled(const at::Tensor &x, std::int64_t height, std::int64_t width) const;
    /// See packWeights().
    void pack();

    at::Tensor weight;  ///< [out, in, kernel, kernel]; without values once it is packed
    at::Tensor bias;
    at::Tensor packed;
    bool isUpsampler = false;  ///< ofUpsampled() will be called
    at::Tensor packedPhases;   ///< [4 · out, in, 2, 2] for ofUpsampled(): of the upper left, upper right, lower left and lower right pixels
    at::Tensor phaseBias;      ///< [4 · out]
    std::int64_t stride;
    std::int64_t padding;
};
TORCH_MODULE(Conv2d);

/// The convolution of an upsampler, 3 × 3.
Conv2d upsampler(std::int64_t channels, bool hasBias = true);

struct GroupNormImpl : torch::nn::Module
{
    GroupNormImpl(std::int64_t groupCount, std::int64_t channels, double epsilon);
    at::Tensor forward(const at::Tensor &x) const;
    /// SiLU of forward(); \a addend, [B, C] or undefined, is added to \a x before.
    at::Tensor silu(const at::Tensor &x, const at::Tensor &addend = {}) const;

    at::Tensor weight;
    at::Tensor bias;
    std::int64_t groups;
    double eps;
};
TORCH_MODULE(GroupNorm);

struct LayerNormImpl : torch::nn::Module
{
    LayerNormImpl(std::int64_t size, double epsilon);
    at::Tensor forward(const at::Tensor &x) const { return at::layer_norm(x, weight.sizes(), weight, bias, eps); }

    at::Tensor weight;
    at::Tensor bias;
    double eps;
};
TORCH_MODULE(LayerNorm);

struct EmbeddingImpl : torch::nn::Module
{
    EmbeddingImpl(std::int64_t count, std::int64_t size);
    at::Tensor forward(const at::Tensor &ids) const { return at::embedding(weight, ids); }

    at::Tensor weight;
};
TORCH_MODULE(Embedding);

/// A folder of the tree of names, such as "down_blocks" or "0".
struct BranchImpl : torch::nn::Module
{
    template<class M>
    M add(std::string name, M module)
    {
        return register_module(std::move(name), std::move(module));
    }
};
TORCH_MODULE(Branch);

/// Puts the weights of \a layer, which is on the CPU, into the order that oneDNN computes with, once instead of at every call (a fifth of a step of SD-Turbo),
/// if it is a Linear or Conv2d. The numbers stay the same, but for the sums of upsamplers. In fp32 only convolutions gain from it. Does nothing where libtorch has no oneDNN. May be called
/// for several layers at once.
void packWeights(torch::nn::Module &layer);

/// How many numbers packWeights() of all its layers adds to those of \a module: the phases of upsamplers.
std::uint64_t numbersOfPacking(const torch::nn::Module &module);

/// The first half of the last dimension times GELU of the second: [.., 2 n] → [.., n].
at::Tensor geglu(const at::Tensor &x);

/// Heads of an attention without a mask: [B, N, heads · d], [B, M, heads · d] twice → [B, N, heads · d].
at::Tensor attend(const at::Tensor &query, const at::Tensor &key, const at::Tensor &value, std::int64_t heads, bool isCausal = false);

} // namespace Galley::Diffusion
