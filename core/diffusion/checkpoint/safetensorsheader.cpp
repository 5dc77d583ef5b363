#include "core/diffusion/checkpoint/safetensorsheader.h"

#include <limits>
#include <set>

#include <nlohmann/json.hpp>

namespace Galley::Diffusion {

namespace {

/// Takes the parser's events; each handler returns false to stop with m_problem.
class HeaderHandler : public nlohmann::json_sax<nlohmann::json>
{
public:
    SafetensorsHeader header;
    std::string problem;

    bool null() override { return refuse("a null"); }
    bool boolean(bool) override { return refuse("true or false"); }
    bool number_float(number_float_t, const string_t &text) override { return refuse("the number " + text.substr(0, 40)); }
    bool binary(binary_t &) override { return refuse("binary data"); }

    bool number_integer(number_integer_t value) override
    {
        // Only reached for negative numbers.
        return refuse("the number " + std::to_string(value));
    }

    bool number_unsigned(number_unsigned_t value) override
    {
        if (m_place == Place::Shape) {
            if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
                return refuse("the number " + std::to_string(value));
            if (m_tensor.shape.size() >= maxDimensions)
                return stop("tensor \"" + m_tensor.name + "\" has more than 16 dimensions.");
            m_tensor.shape.push_back(static_cast<std::int64_t>(value));
            return true;
        }
        if (m_place == Place::Offsets && m_offsets < 2) {
            (m_offsets++ == 0 ? m_tensor.begin : m_tensor.end) = value;
            return true;
        }
        return refuse("the number " + std::to_string(value));
    }

    bool string(string_t &value) override
    {
        if (m_place == Place::Metadata) {
            if (header.metadata.size() >= SafeTensors::maxMetadata)
                return stop("its header has more than 4,096 entries in \"__metadata__\".");
            header.metadata[m_key] = std::move(value);
            return true;
        }
        if (m_place != Place::Tensor || m_key != "dtype")
            return refuse("a text");
        const auto type = tensorTypeFromName(value);
        if (!type)
            return stop("tensor \"" + m_tensor.name + "\" has the type \"" + value.substr(0, 40) + "\", which is not supported.");
        m_tensor.type = *type;
        return true;
    }

    bool start_object(std::size_t) override
    {
        switch (m_place) {
        case Place::Start:
            m_place = Place::Top;
            return true;
        case Place::Top:
            m_keysInside.clear();
            if (m_topKey == "__metadata__") {
                m_place = Place::Metadata;
            } else {
                m_place = Place::Tensor;
                m_tensor = {};
                m_tensor.name = m_topKey;
                m_offsets = 0;
            }
            return true;
        default:
            return refuse("an object");
        }
    }

    bool key(string_t &value) override
    {
        if (m_place == Place::Top) {
            m_topKey = value;
            if (!m_topKeys.insert(value).second)
                return stop("the key \"" + value.substr(0, 200) + "\" is there twice.");
            return true;
        }
        m_key = value;
        if (!m_keysInside.insert(value).second)
            return stop("the key \"" + value.substr(0, 200) + "\" is there twice in \"" + m_topKey.substr(0, 200) + "\".");
        if (m_place == Place::Tensor && value != "dtype" && value != "shape" && value != "data_offsets")
            return stop("tensor \"" + m_tensor.name + "\" has the unknown key \"" + value.substr(0, 40) + "\".");
        return true;
    }

    bool end_object() override
    {
        if (m_place == Place::Tensor) {
            if (m_keysInside.size() != 3 || m_offsets != 2)
                return stop("tensor \"" + m_tensor.name + "\" needs dtype, shape and two data_offsets.");
            if (header.tensors.size() >= SafeTensors::maxTensors)
                return stop("its header lists more than 32,768 tensors.");
            header.tensors.push_back(std::move(m_tensor));
        }
        m_place = m_place == Place::Top ? Place::End : Place::Top;
        return true;
    }

    bool start_array(std::size_t) override
    {
        if (m_place == Place::Tensor && m_key == "shape")
            m_place = Place::Shape;
        else if (m_place == Place::Tensor && m_key == "data_offsets")
            m_place = Place::Offsets;
        else
            return refuse("an array");
        return true;
    }

    bool end_array() override
    {
        m_place = Place::Tensor;
        return true;
    }

    bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &) override
    {
        return stop("its header is not JSON from byte " + std::to_string(position) + " on.");
    }

private:
    static constexpr std::size_t maxDimensions = 16;

    enum class Place { Start, Top, Metadata, Tensor, Shape, Offsets, End };

    bool stop(std::string message)
    {
        problem = std::move(message);
        return false;
    }

    bool refuse(const std::string &what)
    {
        return stop("its header has " + what + " where none belongs" + (m_topKey.empty() ? "" : ", in \"" + m_topKey.substr(0, 200) + '"')
                    + '.');
    }

    Place m_place = Place::Start;
    std::string m_topKey;
    std::string m_key;
    std::set<std::string> m_topKeys;
    std::set<std::string> m_keysInside;
    TensorInfo m_tensor;
    int m_offsets = 0;
};

} // namespace

Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view text)
{
    HeaderHandler handler;
    if (!nlohmann::json::sax_parse(text, &handler))
        return fail(ErrorCode::ModelFile, handler.problem.empty() ? "its header is not JSON." : handler.problem);
    return std::move(handler.header);
}

} // namespace Galley::Diffusion
