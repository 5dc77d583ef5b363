#include "core/diffusion/models/autoencoderkl.h"

#include <string>

namespace Galley::Diffusion {

AutoencoderTinyBlockImpl::AutoencoderTinyBlockImpl(std::int64_t channels)
{
    auto conv = register_module("conv", Branch());
    conv0 = conv->add("0", Conv2d(channels, channels, 3, 1, 1));
    conv2 = conv->add("2", Conv2d(channels, channels, 3, 1, 1));
    conv4 = conv->add("4", Conv2d(channels, channels, 3, 1, 1));
}

at::Tensor AutoencoderTinyBlockImpl::forward(const at::Tensor &x)
{
    return conv4->reluOfSum(x, conv2->relu(conv0->relu(x)));
}

AutoencoderTinyImpl::AutoencoderTinyImpl(const AutoencoderTinyConfig &dimensions)
    : config(dimensions)
{
    const std::int64_t channels = config.channels;
    auto encoder = register_module("encoder", Branch())->add("layers", Branch());
    std::size_t place = 0;
    const auto next = [&place] { return std::to_string(place++); };
    for (std::size_t i = 0; i < config.encoderBlocks.size(); ++i) {
        m_encoder.push_back({encoder->add(next(), i == 0 ? Conv2d(3, channels, 3, 1, 1) : Conv2d(channels, channels, 3, 2, 1, false))});
        for (std::int64_t j = 0; j < config.encoderBlocks[i]; ++j)
            m_encoder.push_back({Conv2d{nullptr}, encoder->add(next(), AutoencoderTinyBlock(channels))});
    }
    m_encoder.push_back({encoder->add(next(), Conv2d(channels, config.latentChannels, 3, 1, 1))});

    auto decoder = register_module("decoder", Branch())->add("layers", Branch());
    place = 0;
    m_decoder.push_back({decoder->add(next(), Conv2d(config.latentChannels, channels, 3, 1, 1))});
    ++place;  // an activation
    for (std::size_t i = 0; i < config.decoderBlocks.size(); ++i) {
        const bool isLast = i + 1 == config.decoderBlocks.size();
        for (std::int64_t j = 0; j < config.decoderBlocks[i]; ++j)
            m_decoder.push_back({Conv2d{nullptr}, decoder->add(next(), AutoencoderTinyBlock(channels))});
        place += isLast ? 0 : 1;  // the doubling
        m_decoder.push_back({decoder->add(next(), isLast ? Conv2d(channels, 3, 3, 1, 1) : upsampler(channels, false)), AutoencoderTinyBlock{nullptr}});
    }
}

at::Tensor AutoencoderTinyImpl::encode(const at::Tensor &picture)
{
    at::Tensor x = ((picture + 1) / 2).contiguous(at::MemoryFormat::ChannelsLast);
    for (auto &layer : m_encoder)
        x = layer.conv ? layer.conv(x) : layer.block(x);
    return x;
}

at::Tensor AutoencoderTinyImpl::decode(const at::Tensor &latents)
{
    at::Tensor x = at::tanh(latents / 3) * 3;
    x = m_decoder.front().conv->relu(x.contiguous(at::MemoryFormat::ChannelsLast));
    for (std::size_t i = 1; i < m_decoder.size(); ++i) {
        auto &layer = m_decoder[i];
        if (layer.block)
            x = layer.block(x);
        else
            x = layer.conv->isUpsampler ? layer.conv->ofUpsampled(x, x.size(2) * 2, x.size(3) * 2) : layer.conv(x);
    }
    return x * 2 - 1;
}

} // namespace Galley::Diffusion
