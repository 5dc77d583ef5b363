#include "core/diffusion/models/layers.h"

#include "core/diffusion/memory/parallel.h"
#include "core/diffusion/models/attentioncpu.h"

#include <ATen/Context.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/empty_strided.h>
#include <ATen/ops/mkldnn_reorder_conv2d_weight.h>
#include <ATen/ops/scaled_dot_product_attention.h>

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
using ConvOp = at::Tensor(const at::Tensor &, const at::Tensor &, const std::optional<at::Tensor> &, at::IntArrayRef, at::IntArrayRef, at::IntArrayRef,
                          std::int64_t, std::string_view, Scalars, std::optional<std::string_view>);
using ReorderOp = at::Tensor(const at::Tensor &, std::optional<std::int64_t>);

struct PackedOps
{
    c10::TypedOperatorHandle<LinearOp> linear;
    c10::TypedOperatorHandle<ConvOp> conv;
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
                             dispatcher.findSchemaOrThrow("mkldnn::_convolution_pointwise", "").typed<ConvOp>(),
                             dispatcher.findSchemaOrThrow("mkldnn::_reorder_linear_weight", "").typed<ReorderOp>()};
        } catch (const c10::Error &) {
            return std::nullopt;
        }
    }();
    return ops;
}

constexpr std::int64_t leastPacked = 65'536;  // numbers; what is smaller costs no time and would be padded

std::optional<at::Tensor> given(const at::Tensor &bias)
{
    return bias.defined() ? std::optional(bias) : std::nullopt;
}

bool isLinear(const Conv2dImpl &conv)
{
    return conv.weight.size(2) == 1 && conv.weight.size(3) == 1 && conv.stride == 1 && conv.padding == 0;
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
    if (isLinear(*this))  // [B, C, H, W] → [B, H, W, C], free in channels-last order
        return packedOps()->linear.call(x.permute({0, 2, 3, 1}), packed, given(bias), "none", Scalars(), std::nullopt).permute({0, 3, 1, 2});
    const std::array<std::int64_t, 2> paddings{padding, padding}, strides{stride, stride}, dilations{1, 1};
    return packedOps()->conv.call(x, packed, given(bias), paddings, strides, dilations, 1, "none", Scalars(), std::nullopt);
}

void Conv2dImpl::pack()
{
    if (packed.defined() || weight.numel() < leastPacked)
        return;
    // As a convolution, that of one pixel would be packed otherwise for each size of a picture.
    packed = isLinear(*this) ? packedOps()->reorder.call(weight.flatten(1).contiguous(), std::nullopt)
                             : at::mkldnn_reorder_conv2d_weight(weight.to_mkldnn(), padding, stride, 1, 1);
    weight.set_data(place(weight.sizes(), weight.scalar_type()));
}

GroupNormImpl::GroupNormImpl(std::int64_t groupCount, std::int64_t channels, double epsilon)
    : groups(groupCount)
    , eps(epsilon)
{
    weight = register_parameter("weight", place({channels}), false);
    bias = register_parameter("bias", place({channels}), false);
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

void packWeights(torch::nn::Module &module)
{
    if (!packedOps())
        return;
    const auto layers = module.modules();
    inParallel(at::kCPU, layers.size(), [&layers](std::size_t i) {
        const at::NoGradGuard noGrad;
        try {
            if (auto *linear = layers[i]->as<LinearImpl>())
                linear->pack();
            else if (auto *conv = layers[i]->as<Conv2dImpl>())
                conv->pack();
        } catch (const c10::Error &error) {
            if (std::string_view(error.what_without_backtrace()).find("can't allocate memory") != std::string_view::npos)
                throw;
            return false;  // oneDNN does not pack bf16 on every processor; what is not packed works as before
        }
        return true;
    });
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
