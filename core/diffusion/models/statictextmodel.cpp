#include "core/diffusion/models/statictextmodel.h"

#include <bit>
#include <cmath>

namespace Galley::Diffusion {

namespace {

constexpr std::int64_t maxDim = 4096;

tl::unexpected<Error> bad(const SafeTensors &file, const std::string &what)
{
    return fail(ErrorCode::ModelFile, "The text table " + file.path().string() + ' ' + what + " Put the original file back.");
}

} // namespace

float halfToFloat(std::uint16_t half)
{
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000u) << 16;
    const std::uint32_t exponent = half >> 10 & 31u;
    const std::uint32_t fraction = half & 1023u;
    if (exponent == 0) {
        const float value = static_cast<float>(fraction) * 0x1p-24f;
        return sign ? -value : value;
    }
    if (exponent == 31)
        return std::bit_cast<float>(sign | 0x7f800000u | fraction << 13);
    return std::bit_cast<float>(sign | (exponent + 112) << 23 | fraction << 13);
}

StaticTextModel::StaticTextModel(WordPiece tokenizer)
    : m_tokenizer(std::move(tokenizer))
{
}

Result<StaticTextModel> StaticTextModel::fromFile(const SafeTensors &file)
{
    const TensorInfo *table = file.find("table");
    const TensorInfo *scale = file.find("scale");
    const TensorInfo *vocab = file.find("vocab");
    if (!table || !scale || !vocab || file.tensors().size() != 3)
        return bad(file, "must hold exactly the tensors table, scale and vocab.");
    if (table->type != TensorType::I8 || table->shape.size() != 2 || table->shape[1] < 1 || table->shape[1] > maxDim)
        return bad(file, "must have an I8 table of two dimensions.");
    if (scale->type != TensorType::F16 || scale->shape != std::vector<std::int64_t>{table->shape[0]})
        return bad(file, "must have one F16 scale a row.");
    if (vocab->type != TensorType::U8 || vocab->shape.size() != 1)
        return bad(file, "must have its vocabulary as U8 text.");

    std::string words(vocab->bytes(), '\0');
    if (auto copied = file.copy(*vocab, std::as_writable_bytes(std::span(words))); !copied)
        return tl::unexpected(copied.error());
    auto tokenizer = WordPiece::fromVocabulary(std::move(words));
    if (!tokenizer)
        return tl::unexpected(tokenizer.error());
    if (static_cast<std::int64_t>(tokenizer->size()) != table->shape[0]) {
        return bad(file, "has " + std::to_string(table->shape[0]) + " rows for " + std::to_string(tokenizer->size()) + " word pieces.");
    }

    StaticTextModel model(std::move(*tokenizer));
    model.m_dim = static_cast<std::size_t>(table->shape[1]);
    model.m_table.resize(table->bytes());
    if (auto copied = file.copy(*table, std::as_writable_bytes(std::span(model.m_table))); !copied)
        return tl::unexpected(copied.error());
    std::vector<std::uint16_t> halves(static_cast<std::size_t>(scale->shape[0]));
    if (auto copied = file.copy(*scale, std::as_writable_bytes(std::span(halves))); !copied)
        return tl::unexpected(copied.error());
    model.m_scale.reserve(halves.size());
    for (const std::uint16_t half : halves) {
        model.m_scale.push_back(halfToFloat(half));
        if (!std::isfinite(model.m_scale.back()))
            return bad(file, "has a scale that is not a finite number.");
    }
    return model;
}

std::vector<float> StaticTextModel::captionSum(std::string_view caption, std::size_t maxTokens) const
{
    std::vector<float> vector(m_dim, 0.0f);
    for (const std::int32_t id : m_tokenizer.encode(caption, maxTokens)) {
        const auto row = static_cast<std::size_t>(id);
        const std::int8_t *values = m_table.data() + row * m_dim;
        for (std::size_t i = 0; i < m_dim; ++i)
            vector[i] += static_cast<float>(values[i]) * m_scale[row];
    }
    return vector;
}

std::vector<float> StaticTextModel::captionVector(std::string_view caption, std::size_t maxTokens) const
{
    std::vector<float> vector = captionSum(caption, maxTokens);
    double squares = 0;
    for (const float value : vector)
        squares += static_cast<double>(value) * value;
    if (squares > 0) {
        // The mean and its length share the factor 1 / number of pieces.
        const auto factor = static_cast<float>(1.0 / std::sqrt(squares));
        for (float &value : vector)
            value *= factor;
    }
    return vector;
}

} // namespace Galley::Diffusion
