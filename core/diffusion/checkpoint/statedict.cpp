#include "core/diffusion/checkpoint/statedict.h"

#include "core/diffusion/checkpoint/halfprecision.h"
#include "core/diffusion/memory/parallel.h"

#include <ATen/Parallel.h>
#include <torch/nn/module.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace Galley::Diffusion {

namespace {

constexpr std::uint64_t pieceBytes = 256 * 1024;  // which stays in a core's cache with what is made of it

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

std::string shapeText(at::IntArrayRef shape)
{
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i)
        text += (i ? ", " : "") + std::to_string(shape[i]);
    return text + ']';
}

tl::unexpected<Error> ofType(const SafeTensors &file, const TensorInfo &info, const char *problem)
{
    return fail(ErrorCode::ModelFile, "Tensor \"" + info.name + "\" of " + file.path().string() + " has the type " + tensorTypeName(info.type) + problem);
}

/// \a origin says which rows are read.
Result<at::Tensor> rawTensor(const SafeTensors &file, const TensorInfo &info, const TensorOrigin &origin = {})
{
    const auto type = scalarType(info.type);
    if (!type)
        return ofType(file, info, ", which is not used here.");
    std::vector<std::int64_t> shape = info.shape;
    if (origin.pieces > 1)
        shape.front() /= origin.pieces;
    at::Tensor tensor = at::empty(shape, at::TensorOptions().dtype(*type));
    auto *data = static_cast<std::byte *>(tensor.mutable_data_ptr());
    if (auto copied = file.copy(info, {data, tensor.nbytes()}, static_cast<std::uint64_t>(origin.piece) * tensor.nbytes()); !copied)
        return tl::unexpected(copied.error());
    return origin.isTransposed ? tensor.t().contiguous() : tensor;
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

/// What \a target is in the file.
std::vector<std::int64_t> shapeIn(at::IntArrayRef target, const TensorOrigin &origin)
{
    std::vector<std::int64_t> shape = target.vec();
    if (origin.isTransposed)
        std::reverse(shape.begin(), shape.end());
    if (!shape.empty())
        shape.front() *= origin.pieces;
    return shape;
}

/// Whether no exponent is all ones. \a Bits have the size of the number.
template<class Bits>
bool hasFiniteBits(const at::Tensor &values, Bits exponent)
{
    const auto *bits = static_cast<const Bits *>(values.const_data_ptr());
    const auto count = static_cast<std::size_t>(values.numel());
    unsigned found = 0;
    for (std::size_t i = 0; i < count; ++i)
        found |= (bits[i] & exponent) == exponent;
    return found == 0;
}

/// Of numbers that lie in memory without gaps, in whatever order.
bool isFinite(const at::Tensor &values)
{
    if (values.scalar_type() == at::kFloat)
        return hasFiniteBits<std::uint32_t>(values, 0x7f800000u);
    if (values.scalar_type() == at::kBFloat16)
        return hasFiniteBits<std::uint16_t>(values, 0x7f80u);
    return at::isfinite(values).all().item<bool>();
}

tl::unexpected<Error> notFinite(const SafeTensors &file, const TensorInfo &info)
{
    return fail(ErrorCode::ModelFile, "Tensor \"" + info.name + "\" of " + file.path().string() + " has values that are not finite numbers.");
}

Result<void> checkFinite(const at::Tensor &values, const SafeTensors &file, const TensorInfo &info)
{
    return isFinite(values) ? Result<void>() : notFinite(file, info);
}

/// \a raw, in one piece, into \a values of another type or order.
Result<void> convert(const at::Tensor &raw, const at::Tensor &values, const SafeTensors &file, const TensorInfo &info)
{
    // libtorch converts to and from float32 many numbers at once, and these two into one another one by one.
    values.copy_(raw.scalar_type() == at::kHalf && values.scalar_type() == at::kBFloat16 ? raw.to(at::kFloat) : raw);
    return checkFinite(values, file, info);
}

/// Rows of F16 from byte \a begin of the tensor on into bf16 \a values, out of the mapping itself.
Result<void> convertHalf(const at::Tensor &values, const SafeTensors &file, const TensorInfo &info, std::uint64_t begin)
{
    struct Target
    {
        std::uint16_t *numbers;
        bool isFinite;
    } target{static_cast<std::uint16_t *>(values.mutable_data_ptr()), true};
    const auto reader = [](const std::byte *bytes, std::size_t count, void *context) {
        auto *to = static_cast<Target *>(context);
        to->isFinite = halfToBf16(bytes, to->numbers, count / sizeof(std::uint16_t));
    };
    if (auto done = file.read(info, values.nbytes(), begin, reader, &target); !done)
        return done;
    return target.isFinite ? Result<void>() : notFinite(file, info);
}

/// By way of a copy of the whole tensor.
Result<void> copyWhole(const at::Tensor &values, const SafeTensors &file, const TensorInfo &info, const TensorOrigin &origin)
{
    auto tensor = origin.pieces > 1 || origin.isTransposed ? rawTensor(file, info, origin) : readTensor(file, info.name);
    if (!tensor)
        return tl::unexpected(tensor.error());
    values.copy_(tensor->view(values.sizes()));
    return checkFinite(values, file, info);
}

/// Straight from the file when it has the numbers as they are wanted; else a few rows at a time, so that no second copy is ever there.
Result<void> copyRows(const at::Tensor &values, const SafeTensors &file, const TensorInfo &info, const TensorOrigin &origin)
{
    const auto type = *scalarType(info.type);
    const std::uint64_t bytes = info.bytes() / static_cast<std::uint64_t>(origin.pieces);
    const std::uint64_t begin = static_cast<std::uint64_t>(origin.piece) * bytes;
    if (type == values.scalar_type() && values.is_contiguous()) {
        auto copied = file.copy(info, {static_cast<std::byte *>(values.mutable_data_ptr()), bytes}, begin);
        return copied ? checkFinite(values, file, info) : copied;
    }
    if (bytes == 0)
        return {};
    const std::int64_t count = values.dim() == 0 ? 1 : values.size(0);
    const at::Tensor rows = values.dim() == 0 ? values.view({1}) : values;
    const std::uint64_t rowBytes = bytes / static_cast<std::uint64_t>(count);
    const std::int64_t step = std::clamp<std::int64_t>(static_cast<std::int64_t>(pieceBytes / rowBytes), 1, count);
    std::vector<std::int64_t> shape = rows.sizes().vec();
    const bool isHalfToBf16 = type == at::kHalf && values.scalar_type() == at::kBFloat16 && values.is_contiguous() && canConvertHalf();
    for (std::int64_t row = 0; row < count; row += step) {
        shape.front() = std::min(step, count - row);
        const at::Tensor piece = rows.narrow(0, row, shape.front());
        const std::uint64_t place = begin + static_cast<std::uint64_t>(row) * rowBytes;
        if (isHalfToBf16) {
            if (auto converted = convertHalf(piece, file, info, place); !converted)
                return converted;
            continue;
        }
        const at::Tensor raw = at::empty(shape, at::TensorOptions().dtype(type));
        auto *data = static_cast<std::byte *>(raw.mutable_data_ptr());
        if (auto copied = file.copy(info, {data, raw.nbytes()}, place); !copied)
            return copied;
        if (auto converted = convert(raw, piece, file, info); !converted)
            return converted;
    }
    return {};
}

/// Of int8 rows.
Result<void> checkScale(const SafeTensors &file, const TensorInfo &info, const TensorInfo &scale)
{
    if (!info.shape.empty() && scale.type == TensorType::F16 && scale.shape == std::vector<std::int64_t>{info.shape[0]})
        return {};
    return fail(ErrorCode::ModelFile, "Tensor \"" + scale.name + "\" of " + file.path().string() + " must be F16 with one number a row.");
}

/// Weights are floating-point numbers or int8 rows with their scales.
Result<void> checkType(const SafeTensors &file, const TensorInfo &info)
{
    if (info.type == TensorType::I8) {
        const TensorInfo *scale = file.find(scaleName(info.name));
        return scale ? checkScale(file, info, *scale) : ofType(file, info, " and no scale. Use a file of the same model with F16, BF16 or F32 numbers.");
    }
    const auto type = scalarType(info.type);
    return type && at::isFloatingType(*type) ? Result<void>() : ofType(file, info, ", which is not used here. Use a file of the same model with F16, BF16 or F32 numbers.");
}

/// Names \a target in \a mismatch if the file does not have it.
void check(const at::Tensor &target, const SafeTensors &file, const TensorOrigin &origin, Mismatch &mismatch)
{
    const TensorInfo *info = file.find(origin.name);
    if (!info) {
        mismatch.missing.push_back(origin.name);
        return;
    }
    const auto expected = shapeIn(target.sizes(), origin);
    // Pieces are cut out of what has just their rows.
    if (!(origin.pieces > 1 ? info->shape == expected : isAsWell(info->shape, expected)))
        mismatch.shapes.push_back(info->name + ' ' + shapeText(info->shape) + " instead of " + shapeText(expected));
}

/// Where a thread has tensors for as long as a layer needs them: fresh memory costs as much as reading. Small ones are not worth it, and of very large ones
/// a copy might have to be made.
class Scratch
{
public:
    static constexpr std::uint64_t leastBytes = 1 << 20;
    static constexpr std::uint64_t mostBytes = 64 << 20;

    /// In one piece. Without \a isShort, or of another size, memory of its own.
    at::Tensor take(at::IntArrayRef shape, at::TensorOptions options, bool isShort)
    {
        std::int64_t numbers = 1;
        for (const std::int64_t length : shape)
            numbers *= length;
        const auto bytes = static_cast<std::uint64_t>(numbers) * options.dtype().itemsize();
        if (!isShort || m_isTaken || bytes < leastBytes || bytes > mostBytes)
            return at::empty(shape, options);
        if (!m_memory.defined() || m_memory.numel() < numbers)
            m_memory = at::empty({numbers}, options);
        m_isTaken = true;
        return m_memory.narrow(0, 0, numbers).view(shape);
    }

    /// The layer has been given to whom wanted it; what it still has of this keeps it, or gets memory of its own.
    void release(torch::nn::Module &layer)
    {
        if (!std::exchange(m_isTaken, false))
            return;
        for (const auto &tensors : {layer.parameters(false), layer.buffers(false)}) {
            for (at::Tensor tensor : tensors) {
                if (!tensor.is_alias_of(m_memory))
                    continue;
                if (tensor.numel() != m_memory.numel()) {
                    tensor.set_data(tensor.clone());
                    continue;
                }
                m_memory = at::Tensor();
                return;
            }
        }
    }

private:
    at::Tensor m_memory;
    bool m_isTaken = false;
};

Result<void> fill(at::Tensor target, const SafeTensors &file, const TensorOrigin &origin, const StateDictOptions &options, Scratch &scratch)
{
    const TensorInfo *info = file.find(origin.name);
    const bool isScaled = info->type == TensorType::I8;
    const auto layout = options.isChannelsLast && target.dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
    const bool isShort = options.filled && options.device.is_cpu() && layout == at::MemoryFormat::Contiguous;
    at::Tensor values = scratch.take(target.sizes(), at::TensorOptions().dtype(options.type).memory_format(layout), isShort);
    if (auto copied = isScaled || origin.isTransposed ? copyWhole(values, file, *info, origin) : copyRows(values, file, *info, origin); !copied)
        return copied;
    file.forget(*info);
    target.set_data(values.to(options.device));
    return {};
}

/// The tensors of one \a layer itself, without those of layers below it.
Result<void> fillLayer(const std::string &name, torch::nn::Module &layer, const SafeTensors &file, const StateDictOptions &options, Scratch &scratch)
{
    bool isFilled = false;
    for (const auto &tensors : {layer.named_parameters(false), layer.named_buffers(false)}) {
        for (const auto &item : tensors) {
            const std::string key = name.empty() ? item.key() : name + '.' + item.key();
            if (auto filled = fill(item.value(), file, options.names.of(key, file), options, scratch); !filled)
                return filled;
            isFilled = true;
        }
    }
    if (isFilled && options.filled)
        options.filled(layer);
    scratch.release(layer);
    return {};
}

/// Of int8 rows.
bool isScale(const SafeTensors &file, const std::string &name)
{
    const std::string ending = scaleName({});
    if (!name.ends_with(ending))
        return false;
    const TensorInfo *scaled = file.find(std::string_view(name).substr(0, name.size() - ending.size()));
    return scaled && scaled->type == TensorType::I8;
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
    if (auto fits = checkScale(file, *info, *scaleInfo); !fits)
        return tl::unexpected(fits.error());
    const auto scale = rawTensor(file, *scaleInfo);
    if (!scale)
        return scale;
    std::vector<std::int64_t> column(info->shape.size(), 1);  // [rows, 1, 1, …]
    column[0] = info->shape[0];
    return tensor->to(at::kFloat).mul_(scale->to(at::kFloat).view(column));
}

Result<void> checkStateDict(const torch::nn::Module &module, const SafeTensors &file, const WeightNames &names)
{
    Mismatch mismatch;
    std::set<std::string> taken;  // a fused one several times
    for (const auto &tensors : {module.named_parameters(), module.named_buffers()}) {
        for (const auto &item : tensors) {
            const TensorOrigin origin = names.of(item.key(), file);
            check(item.value(), file, origin, mismatch);
            taken.insert(origin.name);
        }
    }
    for (const TensorInfo &tensor : file.tensors()) {
        const bool isKnown = !tensor.name.starts_with(names.prefix) || taken.contains(tensor.name) || names.others.contains(tensor.name);
        if (!isKnown && !isScale(file, tensor.name))
            mismatch.unexpected.push_back(tensor.name);
    }
    if (!mismatch.none())
        return fail(ErrorCode::ModelFile, mismatch.sentence(file.path()));
    for (const std::string &name : taken)
        if (auto usable = checkType(file, *file.find(name)); !usable)
            return usable;
    return {};
}

Result<void> loadStateDict(torch::nn::Module &module, const SafeTensors &file, const StateDictOptions &options)
{
    const at::NoGradGuard noGrad;
    if (auto fits = checkStateDict(module, file, options.names); !fits)
        return fits;
    std::vector<std::pair<std::string, torch::nn::Module *>> layers{{{}, &module}};
    for (const auto &item : module.named_modules({}, false))
        layers.emplace_back(item.key(), item.value().get());
    std::vector<Result<void>> results(layers.size());
    std::vector<Scratch> scratch(static_cast<std::size_t>(at::get_num_threads()));
    inParallel(options.device, layers.size(), [&](std::size_t i) {
        const at::NoGradGuard noGradEither;
        results[i] = fillLayer(layers[i].first, *layers[i].second, file, options, scratch.at(static_cast<std::size_t>(at::get_thread_num())));
        return results[i].has_value();
    });
    const auto failed = std::find_if(results.begin(), results.end(), [](const Result<void> &one) { return !one; });
    return failed == results.end() ? Result<void>() : *failed;
}

} // namespace Galley::Diffusion
