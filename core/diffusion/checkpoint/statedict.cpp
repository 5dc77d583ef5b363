#include "core/diffusion/checkpoint/statedict.h"

#include <torch/nn/module.h>

#include <map>
#include <optional>

namespace Galley::Diffusion {

namespace {

constexpr std::size_t maxListed = 12;

std::optional<at::ScalarType> scalarType(TensorType type)
{
    switch (type) {
    case TensorType::Bool:
        return at::kBool;
    case TensorType::U8:
        return at::kByte;
    case TensorType::I8:
        return at::kChar;
    case TensorType::I16:
        return at::kShort;
    case TensorType::F16:
        return at::kHalf;
    case TensorType::BF16:
        return at::kBFloat16;
    case TensorType::I32:
        return at::kInt;
    case TensorType::F32:
        return at::kFloat;
    case TensorType::I64:
        return at::kLong;
    case TensorType::F64:
        return at::kDouble;
    default:
        return std::nullopt;
    }
}

std::string scaleName(const std::string &name)
{
    return name + ".scale";
}

std::string listed(const std::vector<std::string> &names)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), maxListed); ++i)
        text += (i ? ", " : "") + names[i];
    if (names.size() > maxListed)
        text += " and " + std::to_string(names.size() - maxListed) + " more";
    return text;
}

std::string shapeText(at::IntArrayRef shape)
{
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i)
        text += (i ? ", " : "") + std::to_string(shape[i]);
    return text + ']';
}

Result<at::Tensor> rawTensor(const SafeTensors &file, const TensorInfo &info)
{
    const auto type = scalarType(info.type);
    if (!type) {
        return fail(ErrorCode::ModelFile, "Tensor \"" + info.name + "\" of " + file.path().string() + " has the type "
                                              + tensorTypeName(info.type) + ", which is not used here.");
    }
    at::Tensor tensor = at::empty(info.shape, at::TensorOptions().dtype(*type));
    auto *data = static_cast<std::byte *>(tensor.mutable_data_ptr());
    if (auto copied = file.copy(info, {data, static_cast<std::size_t>(info.bytes())}); !copied)
        return tl::unexpected(copied.error());
    return tensor;
}

/// Collects what does not fit while the module is filled.
struct Mismatch
{
    std::vector<std::string> missing;
    std::vector<std::string> shapes;
    std::vector<std::string> unexpected;

    bool none() const { return missing.empty() && shapes.empty() && unexpected.empty(); }

    std::string sentence(const std::filesystem::path &path) const
    {
        std::string text = path.string() + " does not fit the model.";
        if (!missing.empty())
            text += " Missing: " + listed(missing) + '.';
        if (!unexpected.empty())
            text += " Unexpected: " + listed(unexpected) + '.';
        if (!shapes.empty())
            text += " Of another shape: " + listed(shapes) + '.';
        return text + " Use the weights that belong to this configuration.";
    }
};

/// A linear layer may be stored as a convolution of one pixel.
bool isAsWell(at::IntArrayRef shape, at::IntArrayRef target)
{
    return shape == target || (target.size() == 2 && shape.size() == 4 && shape[2] == 1 && shape[3] == 1 && shape.slice(0, 2) == target);
}

Result<void> fill(at::Tensor target, const std::string &name, const SafeTensors &file, const TensorInfo *info, at::ScalarType type, Mismatch &mismatch)
{
    if (!info) {
        mismatch.missing.push_back(name);
        return {};
    }
    if (!isAsWell(info->shape, target.sizes())) {
        mismatch.shapes.push_back(name + ' ' + shapeText(info->shape) + " instead of " + shapeText(target.sizes()));
        return {};
    }
    auto tensor = readTensor(file, info->name);
    if (!tensor)
        return tl::unexpected(tensor.error());
    if (!at::isFloatingType(tensor->scalar_type())) {
        return fail(ErrorCode::ModelFile, "Tensor \"" + info->name + "\" of " + file.path().string() + " has the type "
                                              + tensorTypeName(info->type) + " and no scale.");
    }
    at::Tensor values = tensor->to(type).view(target.sizes());
    if (!at::isfinite(values).all().item<bool>())
        return fail(ErrorCode::ModelFile, "Tensor \"" + info->name + "\" of " + file.path().string() + " has values that are not finite numbers.");
    target.set_data(values);
    return {};
}

} // namespace

Result<at::Tensor> readTensor(const SafeTensors &file, const std::string &name)
{
    const TensorInfo *info = file.find(name);
    if (!info)
        return fail(ErrorCode::ModelFile, file.path().string() + " has no tensor \"" + name + "\".");
    auto tensor = rawTensor(file, *info);
    const TensorInfo *scaleInfo = file.find(scaleName(name));
    if (!tensor || info->type != TensorType::I8 || !scaleInfo)
        return tensor;
    if (info->shape.empty() || scaleInfo->type != TensorType::F16 || scaleInfo->shape != std::vector<std::int64_t>{info->shape[0]})
        return fail(ErrorCode::ModelFile, "Tensor \"" + scaleInfo->name + "\" of " + file.path().string() + " must be F16 with one number a row.");
    const auto scale = rawTensor(file, *scaleInfo);
    if (!scale)
        return scale;
    std::vector<std::int64_t> column(info->shape.size(), 1);  // [rows, 1, 1, …]
    column[0] = info->shape[0];
    return tensor->to(at::kFloat).mul_(scale->to(at::kFloat).view(column));
}

Result<void> loadStateDict(torch::nn::Module &module, const SafeTensors &file, const StateDictOptions &options)
{
    const at::NoGradGuard noGrad;
    Mismatch mismatch;
    std::map<std::string, const TensorInfo *> found;
    for (const TensorInfo &tensor : file.tensors()) {
        const bool isScale = tensor.name.ends_with(".scale") && [&] {
            const TensorInfo *scaled = file.find(tensor.name.substr(0, tensor.name.size() - 6));
            return scaled && scaled->type == TensorType::I8;
        }();
        if (isScale || options.others.contains(tensor.name))
            continue;
        const std::string name = options.nameOf ? options.nameOf(tensor.name) : tensor.name;
        if (!found.emplace(name, &tensor).second)
            return fail(ErrorCode::ModelFile, file.path().string() + " has the tensor \"" + name + "\" under two names. Use the model's original file.");
    }
    const auto take = [&](const torch::OrderedDict<std::string, at::Tensor> &tensors) -> Result<void> {
        for (const auto &item : tensors) {
            const auto place = found.find(item.key());
            const TensorInfo *info = place == found.end() ? nullptr : place->second;
            if (auto filled = fill(item.value(), item.key(), file, info, options.type, mismatch); !filled)
                return filled;
            if (info)
                found.erase(place);
        }
        return {};
    };
    if (auto taken = take(module.named_parameters()); !taken)
        return taken;
    if (auto taken = take(module.named_buffers()); !taken)
        return taken;
    for (const auto &[name, info] : found)
        mismatch.unexpected.push_back(info->name);
    if (!mismatch.none())
        return fail(ErrorCode::ModelFile, mismatch.sentence(file.path()));
    return {};
}

} // namespace Galley::Diffusion
