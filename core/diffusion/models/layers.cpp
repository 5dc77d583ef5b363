#include "core/diffusion/models/layers.h"

#include "core/diffusion/models/attentioncpu.h"
#include "core/diffusion/models/fusedcpu.h"

#include <ATen/Context.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_strided.h>
#include <ATen/ops/mkldnn_reorder_conv2d_weight.h>
#include <ATen/ops/scaled_dot_product_attention.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace Galley::Diffusion {

namespace {

/// Of this shape on one single number: the values come later.
at::Tensor place(at::IntArrayRef shape, at::ScalarType type = at::kFloat)
{
    return at::empty_strided(shape, std::vector<std::int64_t>(shape.size(), 0), at::TensorOptions().dtype(type));
}

// What torch.compile calls for frozen weights. They are no functions of libtorch's interface, only operators with a name.
using Scalars = torch::List<std::optional<at::Scalar>>;
using LinearOp = at::Tensor(const at::Tensor &, const at::Tensor &, const std::optional<at::Tensor> &, std::string_view, Scalars, std::optional<std::string_view>);
using LinearSumOp = at::Tensor(const at::Tensor &, const at::Tensor &, const at::Tensor &, const std::optional<at::Tensor> &, std::string_view);
using ConvOp = at::Tensor(const at::Tensor &, const at::Tensor &, const std::optional<at::Tensor> &, at::IntArrayRef, at::IntArrayRef, at::IntArrayRef,
                          std::int64_t, std::string_view, Scalars, std::optional<std::string_view>);
using ConvSumOp = at::Tensor(const at::Tensor &, const at::Tensor &, const at::Tensor &, const std::optional<at::Tensor> &, at::IntArrayRef, at::IntArrayRef,
                             at::IntArrayRef, std::int64_t, std::string_view, std::optional<at::Scalar>, std::optional<std::string_view>, Scalars,
                             std::optional<std::string_view>);
using ReorderOp = at::Tensor(const at::Tensor &, std::optional<std::int64_t>);

struct PackedOps
{
    c10::TypedOperatorHandle<LinearOp> linear;
    c10::TypedOperatorHandle<LinearSumOp> linearSum;
    c10::TypedOperatorHandle<ConvOp> conv;
    c10::TypedOperatorHandle<ConvSumOp> convSum;
    c10::TypedOperatorHandle<ReorderOp> reorder;
};

/// Nothing where this libtorch has other ones.
const std::optional<PackedOps> &packedOps()
{
    static const std::optional<PackedOps> ops = []() -> std::optional<PackedOps> {
        if (!at::hasMKLDNN() || !at::globalContext().userEnabledMkldnn())
            return std::nullopt;
        try {
            auto &dispatcher = c10::Dispatcher::singleton();
            return PackedOps{dispatcher.findSchemaOrThrow("mkldnn::_linear_pointwise", "").typed<LinearOp>(),
                             dispatcher.findSchemaOrThrow("mkldnn::_linear_pointwise", "binary").typed<LinearSumOp>(),
                             dispatcher.findSchemaOrThrow("mkldnn::_convolution_pointwise", "").typed<ConvOp>(),
                             dispatcher.findSchemaOrThrow("mkldnn::_convolution_pointwise", "binary").typed<ConvSumOp>(),
                             dispatcher.findSchemaOrThrow("mkldnn::_reorder_linear_weight", "").typed<ReorderOp>()};
        } catch (const c10::Error &) {
            return std::nullopt;
        }
    }();
    return ops;
}

// Numbers of a layer; what is smaller costs no time and would be padded. Convolutions of 64 channels, as the small autoencoder has them, are worth it.
constexpr std::int64_t leastPacked = 65'536;
constexpr std::int64_t leastPackedConv = 32'768;
constexpr std::int64_t phaseRows = 64;  // of weights that are added up at once

std::optional<at::Tensor> given(const at::Tensor &bias)
{
    return bias.defined() ? std::optional(bias) : std::nullopt;
}

bool isLinear(const Conv2dImpl &conv)
{
    return conv.weight.size(2) == 1 && conv.weight.size(3) == 1 && conv.stride == 1 && conv.padding == 0;
}

/// [B, C, H, W] → [B, H, W, C], free in channels-last order.
at::Tensor channelsBehind(const at::Tensor &x)
{
    return x.permute({0, 2, 3, 1});
}

at::Tensor packConv(const at::Tensor &weight, std::int64_t padding, std::int64_t stride)
{
    // Straight to what oneDNN's own tensors get, which takes others as well: to_mkldnn() would be another copy.
    const std::array<c10::SymInt, 2> paddings{padding, padding}, strides{stride, stride}, dilations{1, 1};
    return at::_ops::mkldnn_reorder_conv2d_weight::redispatch(c10::DispatchKeySet(c10::DispatchKey::MkldnnCPU), weight.contiguous(), paddings, strides, dilations, 1, std::nullopt);
}

at::Tensor convolve(const at::Tensor &x, const at::Tensor &packed, const at::Tensor &bias, std::int64_t padding, std::int64_t stride, std::string_view after = "none")
{
    const std::array<std::int64_t, 2> paddings{padding, padding}, strides{stride, stride}, dilations{1, 1};
    return packedOps()->conv.call(x, packed, given(bias), paddings, strides, dilations, 1, after, Scalars(), std::nullopt);
}

at::Tensor convolveAndAdd(const Conv2dImpl &conv, const at::Tensor &other, const at::Tensor &x, std::optional<std::string_view> after)
{
    const std::array<std::int64_t, 2> paddings{conv.padding, conv.padding}, strides{conv.stride, conv.stride}, dilations{1, 1};
    return packedOps()->convSum.call(x, other, conv.packed, given(conv.bias), paddings, strides, dilations, 1, "add", std::nullopt, after, Scalars(), std::nullopt);
}

bool canAdd(const Conv2dImpl &conv, const at::Tensor &other)
{
    return conv.packed.defined() && !isLinear(conv) && other.scalar_type() == conv.weight.scalar_type() && other.is_contiguous(at::MemoryFormat::ChannelsLast);
}

/// Weights [out, in, 3, 3] for what was doubled → [out, in, 2, 2] for what was not, of the pixels of one \a row and \a column in a doubled one (0 or 1).
at::Tensor phaseOf(const at::Tensor &weight, int row, int column)
{
    // Of three doubled rows two are the same.
    const auto halve = [](const at::Tensor &x, int place, std::int64_t dim) {
        const auto parts = x.split(1, dim);
        return place == 0 ? at::cat({parts[0], parts[1] + parts[2]}, dim) : at::cat({parts[0] + parts[1], parts[2]}, dim);
    };
    return halve(halve(weight, row, 2), column, 3);
}

/// Of all four, added up in float32 a few rows at a time.
at::Tensor phasesOf(const at::Tensor &weight)
{
    const std::int64_t out = weight.size(0);
    at::Tensor phases = at::empty({4, out, weight.size(1), 2, 2}, weight.options());
    for (std::int64_t first = 0; first < out; first += phaseRows) {
        const std::int64_t count = std::min(phaseRows, out - first);
        const at::Tensor part = weight.narrow(0, first, count).to(at::kFloat);
        for (int phase = 0; phase < 4; ++phase)
            phases[phase].narrow(0, first, count).copy_(phaseOf(part, phase / 2, phase % 2));
    }
    return phases.flatten(0, 1);
}

} // namespace

LinearImpl::LinearImpl(std::int64_t in, std::int64_t out, bool hasBias)
{
    weight = register_parameter("weight", place({out, in}), false);
    if (hasBias)
        bias = register_parameter("bias", place({out}), false);
}

at::Tensor LinearImpl::forward(const at::Tensor &x) const
{
    if (!packed.defined())
        return at::linear(x, weight, bias);
    return packedOps()->linear.call(x, packed, given(bias), "none", Scalars(), std::nullopt);
}

at::Tensor LinearImpl::addTo(const at::Tensor &other, const at::Tensor &x) const
{
    if (!packed.defined() || other.scalar_type() != weight.scalar_type() || !other.is_contiguous())
        return other + forward(x);
    return packedOps()->linearSum.call(x, other, packed, given(bias), "add");
}

void LinearImpl::pack()
{
    if (packed.defined() || weight.numel() < leastPacked || weight.scalar_type() != at::kBFloat16)
        return;
    packed = packedOps()->reorder.call(weight.contiguous(), std::nullopt);
    weight.set_data(place(weight.sizes(), weight.scalar_type()));
}

Conv2dImpl::Conv2dImpl(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t strideOf, std::int64_t paddingOf, bool hasBias)
    : stride(strideOf)
    , padding(paddingOf)
{
    weight = register_parameter("weight", place({out, in, kernel, kernel}), false);
    if (hasBias)
        bias = register_parameter("bias", place({out}), false);
}

at::Tensor Conv2dImpl::forward(const at::Tensor &x) const
{
    if (!packed.defined())
        return at::conv2d(x, weight, bias, stride, padding);
    if (isLinear(*this))
        return packedOps()->linear.call(channelsBehind(x), packed, given(bias), "none", Scalars(), std::nullopt).permute({0, 3, 1, 2});
    return convolve(x, packed, bias, padding, stride);
}

at::Tensor Conv2dImpl::relu(const at::Tensor &x) const
{
    if (!packed.defined() || isLinear(*this))
        return at::relu(forward(x));
    return convolve(x, packed, bias, padding, stride, "relu");
}

at::Tensor Conv2dImpl::addTo(const at::Tensor &other, const at::Tensor &x) const
{
    return canAdd(*this, other) ? convolveAndAdd(*this, other, x, std::nullopt) : other + forward(x);
}

at::Tensor Conv2dImpl::reluOfSum(const at::Tensor &other, const at::Tensor &x) const
{
    return canAdd(*this, other) ? convolveAndAdd(*this, other, x, "relu") : at::relu(other + forward(x));
}

at::Tensor Conv2dImpl::ofUpsampled(const at::Tensor &x, std::int64_t height, std::int64_t width) const
{
    if (!packed.defined() || !packedPhases.defined() || height != 2 * x.size(2) || width != 2 * x.size(3))
        return forward(at::upsample_nearest2d(x, {height, width}));
    const std::int64_t out = weight.size(0);
    const at::Tensor phases = convolve(x, packedPhases, phaseBias, 1, 1);  // one row and column more than x, of which each phase has no use for one
    at::Tensor result = at::empty({x.size(0), out, height, width}, x.options(), at::MemoryFormat::ChannelsLast);
    for (std::int64_t phase = 0; phase < 4; ++phase) {
        const std::int64_t row = phase / 2, column = phase % 2;
        result.slice(2, row, std::nullopt, 2).slice(3, column, std::nullopt, 2).copy_(phases.narrow(1, phase * out, out).narrow(2, row, x.size(2)).narrow(3, column, x.size(3)));
    }
    return result;
}

void Conv2dImpl::pack()
{
    if (packed.defined() || weight.numel() < leastPackedConv)
        return;
    // As a convolution, that of one pixel would be packed otherwise for each size of a picture.
    if (isLinear(*this)) {
        packed = packedOps()->reorder.call(weight.flatten(1).contiguous(), std::nullopt);
    } else {
        // All or nothing: either may fail.
        const at::Tensor whole = packConv(weight, padding, stride);
        if (isUpsampler) {
            packedPhases = packConv(phasesOf(weight), 1, 1);
            if (bias.defined())
                phaseBias = bias.repeat({4});
        }
        packed = whole;
    }
    weight.set_data(place(weight.sizes(), weight.scalar_type()));
}

Conv2d upsampler(std::int64_t channels, bool hasBias)
{
    Conv2d conv(channels, channels, 3, 1, 1, hasBias);
    conv->isUpsampler = true;
    return conv;
}

GroupNormImpl::GroupNormImpl(std::int64_t groupCount, std::int64_t channels, double epsilon)
    : groups(groupCount)
    , eps(epsilon)
{
    weight = register_parameter("weight", place({channels}), false);
    bias = register_parameter("bias", place({channels}), false);
}

at::Tensor GroupNormImpl::forward(const at::Tensor &x) const
{
    return canNormBf16(x) ? normBf16(x, {}, groups, weight, bias, eps, false) : at::group_norm(x, groups, weight, bias, eps);
}

at::Tensor GroupNormImpl::silu(const at::Tensor &x, const at::Tensor &addend) const
{
    if (canNormBf16(x))
        return normBf16(x, addend, groups, weight, bias, eps, true);
    return at::silu(forward(addend.defined() ? x + addend.unsqueeze(2).unsqueeze(3) : x));  // [B, C] → [B, C, 1, 1]
}

LayerNormImpl::LayerNormImpl(std::int64_t size, double epsilon)
    : eps(epsilon)
{
    weight = register_parameter("weight", place({size}), false);
    bias = register_parameter("bias", place({size}), false);
}

EmbeddingImpl::EmbeddingImpl(std::int64_t count, std::int64_t size)
{
    weight = register_parameter("weight", place({count, size}), false);
}

void packWeights(torch::nn::Module &layer)
{
    if (!packedOps())
        return;
    const at::NoGradGuard noGrad;
    try {
        if (auto *linear = layer.as<LinearImpl>())
            linear->pack();
        else if (auto *conv = layer.as<Conv2dImpl>())
            conv->pack();
    } catch (const c10::Error &error) {
        if (std::string_view(error.what_without_backtrace()).find("can't allocate memory") != std::string_view::npos)
            throw;
        // oneDNN does not pack bf16 on every processor; what is not packed works as before
    }
}

std::uint64_t numbersOfPacking(const torch::nn::Module &module)
{
    std::uint64_t numbers = 0;
    for (const auto &layer : module.modules(false))
        if (const auto *conv = layer->as<Conv2dImpl>(); conv && packedOps() && conv->isUpsampler && conv->weight.numel() >= leastPackedConv)
            numbers += static_cast<std::uint64_t>(conv->weight.numel()) / 9 * 16;
    return numbers;
}

at::Tensor geglu(const at::Tensor &x)
{
    if (canGegluBf16(x))
        return gegluBf16(x);
    const auto halves = x.chunk(2, -1);
    return halves[0] * at::gelu(halves[1]);
}

at::Tensor attend(const at::Tensor &query, const at::Tensor &key, const at::Tensor &value, std::int64_t heads, bool isCausal)
{
    if (!isCausal && query.is_cpu() && query.scalar_type() == at::kBFloat16 && canAttendBf16(query.size(2) / heads))
        return attendBf16(query, key, value, heads);
    // [B, N, heads · d] → [B, heads, N, d]
    const auto split = [&](const at::Tensor &x) { return x.unflatten(2, {heads, x.size(2) / heads}).transpose(1, 2); };
    return at::scaled_dot_product_attention(split(query), split(key), split(value), {}, 0, isCausal).transpose(1, 2).flatten(2);
}

} // namespace Galley::Diffusion
