#include "core/diffusion/models/layers.h"

#include <ATen/ops/empty_strided.h>
#include <ATen/ops/scaled_dot_product_attention.h>

namespace Galley::Diffusion {

namespace {

/// Of this shape on one single number: the values come later.
at::Tensor place(at::IntArrayRef shape)
{
    return at::empty_strided(shape, std::vector<std::int64_t>(shape.size(), 0), at::TensorOptions().dtype(at::kFloat));
}

} // namespace

LinearImpl::LinearImpl(std::int64_t in, std::int64_t out, bool hasBias)
{
    weight = register_parameter("weight", place({out, in}), false);
    if (hasBias)
        bias = register_parameter("bias", place({out}), false);
}

Conv2dImpl::Conv2dImpl(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t strideOf, std::int64_t paddingOf, bool hasBias)
    : stride(strideOf)
    , padding(paddingOf)
{
    weight = register_parameter("weight", place({out, in, kernel, kernel}), false);
    if (hasBias)
        bias = register_parameter("bias", place({out}), false);
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

at::Tensor attend(const at::Tensor &query, const at::Tensor &key, const at::Tensor &value, std::int64_t heads, bool isCausal)
{
    // [B, N, heads · d] → [B, heads, N, d]
    const auto split = [&](const at::Tensor &x) { return x.unflatten(2, {heads, x.size(2) / heads}).transpose(1, 2); };
    return at::scaled_dot_product_attention(split(query), split(key), split(value), {}, 0, isCausal).transpose(1, 2).flatten(2);
}

} // namespace Galley::Diffusion
