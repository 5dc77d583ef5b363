#include "core/diffusion/memory/parallel.h"
#include "core/diffusion/models/attentioncpu.h"
#include "core/diffusion/models/fusedcpu.h"
#include "core/diffusion/models/layers.h"
#include "tests/parity/support/doctest.h"
#include "tests/parity/support/testdevice.h"

#include <array>
#include <atomic>
#include <chrono>
#include <limits>
#include <mutex>
#include <set>
#include <thread>

using namespace Galley;
using namespace Galley::Diffusion;

namespace {

/// A picture has its channels last.
at::Tensor random(at::IntArrayRef shape, at::ScalarType type, double factor = 1)
{
    const at::Tensor numbers = (at::randn(shape, at::kFloat) * factor).to(type);
    return shape.size() == 4 ? numbers.contiguous(at::MemoryFormat::ChannelsLast) : numbers;
}

} // namespace

TEST_CASE("attentionOfTheCpu_isThatOfLibtorch")
{
    constexpr std::int64_t heads = 3;
    if (testDevice().kind != "cpu" || !canAttendBf16(64))
        return;
    for (const std::int64_t batch : {1, 2}) {
        for (const std::int64_t rows : {1, 7, 64, 65, 200}) {
            for (const std::int64_t keys : {1, 31, 77, 256, 257, 600}) {
                for (const double loudness : {1.0, 30.0}) {  // of the scores: far beyond what exponentials can hold
                    CAPTURE(rows);
                    CAPTURE(keys);
                    CAPTURE(loudness);
                    const auto some = [&](std::int64_t length, double factor) { return random({batch, length, heads * 64}, at::kBFloat16, factor); };
                    const at::Tensor query = some(rows, loudness), key = some(keys, loudness), value = some(keys, 1);
                    const at::Tensor found = attendBf16(query, key, value, heads).to(at::kFloat);
                    const at::Tensor exact = attend(query.to(at::kDouble), key.to(at::kDouble), value.to(at::kDouble), heads).to(at::kFloat);
                    REQUIRE((found.sizes() == exact.sizes()));
                    CHECK((found - exact).abs().max().item<double>() <= 0.016 * exact.abs().max().item<double>());
                }
            }
        }
    }
    // Rows of a wider tensor, as a fused projection gives them.
    const at::Tensor wide = at::randn({1, 40, 3 * 64 * 2}, at::kFloat).to(at::kBFloat16);
    const auto parts = wide.chunk(2, 2);
    CHECK(at::equal(attendBf16(parts[0], parts[1], parts[1], heads), attendBf16(parts[0].contiguous(), parts[1].contiguous(), parts[1].contiguous(), heads)));
}

TEST_CASE("packedWeights_computeTheSame")
{
    if (testDevice().kind != "cpu")
        return;
    const at::NoGradGuard noGrad;
    for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
        CAPTURE(static_cast<int>(type));
        const auto compare = [type](auto &layer, const std::vector<std::vector<std::int64_t>> &inputs) {
            std::vector<at::Tensor> pictures, expected;
            for (const auto &shape : inputs) {
                pictures.push_back(random(shape, type));
                expected.push_back(layer->forward(pictures.back()));
            }
            const auto bytes = layer->weight.nbytes();
            packWeights(*layer);
            CHECK(layer->weight.nbytes() == bytes);  // what it weighs is asked of it still
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                const at::Tensor packed = layer->forward(pictures[i]);
                REQUIRE((packed.sizes() == expected[i].sizes()));
                CHECK((packed.scalar_type() == type));
                const double error = (packed.to(at::kFloat) - expected[i].to(at::kFloat)).abs().max().template item<double>();
                CHECK(error <= (type == at::kFloat ? 1e-5 : 1e-2) * expected[i].abs().max().template item<double>());
            }
            return layer->packed.defined();
        };
        const auto convOf = [&](std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride, bool hasBias) {
            Conv2d conv(in, out, kernel, stride, kernel / 2, hasBias);
            conv->weight.set_data(random(conv->weight.sizes(), type, 1.0 / 16));
            if (hasBias)
                conv->bias.set_data(random(conv->bias.sizes(), type, 1.0 / 16));
            return conv;
        };
        const std::vector<std::vector<std::int64_t>> pictures{{1, 320, 8, 8}, {2, 320, 5, 7}, {1, 320, 32, 16}};
        for (auto conv : {convOf(320, 64, 3, 1, true), convOf(320, 320, 1, 1, true), convOf(320, 100, 3, 2, false)})
            CHECK(compare(conv, pictures));
        auto small = convOf(4, 16, 3, 1, true);
        CHECK_FALSE(compare(small, {{1, 4, 8, 8}}));
        for (const bool hasBias : {true, false}) {
            Linear linear(320, 640, hasBias);
            linear->weight.set_data(random(linear->weight.sizes(), type, 1.0 / 16));
            if (hasBias)
                linear->bias.set_data(random(linear->bias.sizes(), type, 1.0 / 16));
            CHECK(compare(linear, {{1, 77, 320}, {2, 256, 320}, {1, 320}}) == (type == at::kBFloat16));
        }
    }
}

TEST_CASE("whatIsDoneInOnePass_isThatOfLibtorch")
{
    if (testDevice().kind != "cpu")
        return;
    const at::NoGradGuard noGrad;
    // bf16 has 8 bits; what is computed in one pass is rounded less often.
    const auto checkClose = [](const at::Tensor &found, const at::Tensor &exact, at::ScalarType type) {
        REQUIRE((found.sizes() == exact.sizes()));
        REQUIRE((found.scalar_type() == type));
        const double most = exact.abs().max().item<double>();
        CHECK((found.to(at::kDouble) - exact).abs().max().item<double>() <= (type == at::kFloat ? 1e-5 : 0.016) * std::max(1.0, most));
    };
    for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
        CAPTURE(static_cast<int>(type));
        for (const std::int64_t channels : {16, 96, 320, 12}) {
            CAPTURE(channels);
            GroupNorm norm(4, channels, 1e-5);
            norm->weight.set_data(random({channels}, type));
            norm->bias.set_data(random({channels}, type));
            for (const auto &[batch, height, width] : {std::array<std::int64_t, 3>{1, 1, 1}, {2, 9, 7}, {1, 40, 70}}) {
                const at::Tensor x = (random({batch, channels, height, width}, type, 3) + 5).contiguous(at::MemoryFormat::ChannelsLast);
                const at::Tensor addend = random({batch, channels}, type, 4);
                const auto exact = [&](const at::Tensor &of) {
                    return at::group_norm(of, 4, norm->weight.to(at::kDouble), norm->bias.to(at::kDouble), 1e-5);
                };
                const at::Tensor wide = x.to(at::kDouble);
                checkClose(norm(x), exact(wide), type);
                checkClose(norm->silu(x), at::silu(exact(wide)), type);
                // The sum is rounded before it is normalised where there are two passes.
                const at::Tensor sum = wide + addend.to(at::kDouble).unsqueeze(2).unsqueeze(3);
                if (type == at::kFloat || canNormBf16(x))
                    checkClose(norm->silu(x, addend), at::silu(exact(sum)), type);
            }
        }
        for (const std::int64_t size : {32, 640, 20}) {
            const at::Tensor x = random({2, 37, size}, type, 4);
            const auto halves = x.to(at::kDouble).chunk(2, -1);
            checkClose(geglu(x), halves[0] * at::gelu(halves[1]), type);
        }
    }
    if (canGegluBf16(at::zeros({32}, at::kBFloat16))) {
        const at::Tensor odd = at::full({1, 32}, std::numeric_limits<float>::quiet_NaN(), at::kBFloat16);
        CHECK(at::isnan(geglu(odd)).all().item<bool>());
    }
}

TEST_CASE("layersWithWhatFollowsThem_computeTheSame")
{
    if (testDevice().kind != "cpu")
        return;
    const at::NoGradGuard noGrad;
    for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
        CAPTURE(static_cast<int>(type));
        for (const bool hasBias : {true, false}) {
            auto conv = upsampler(64, hasBias);
            conv->weight.set_data(random(conv->weight.sizes(), type, 1.0 / 16));
            if (hasBias)
                conv->bias.set_data(random(conv->bias.sizes(), type, 1.0 / 16));
            Linear linear(320, 256, hasBias);
            linear->weight.set_data(random(linear->weight.sizes(), type, 1.0 / 16));
            if (hasBias)
                linear->bias.set_data(random(linear->bias.sizes(), type, 1.0 / 16));
            const at::Tensor x = random({2, 64, 9, 6}, type), other = random({2, 64, 9, 6}, type), rows = random({2, 77, 320}, type),
                             otherRows = random({2, 77, 256}, type);
            const auto all = [&] {
                return std::vector<at::Tensor>{conv->relu(x), conv->addTo(other, x), conv->addTo(other.contiguous(), x), conv->reluOfSum(other, x),
                                               conv->ofUpsampled(x, 18, 12), conv->ofUpsampled(x, 17, 11), linear->addTo(otherRows, rows)};
            };
            const auto expected = all();
            CHECK_FALSE(conv->packedPhases.defined());
            packWeights(*conv);
            packWeights(*linear);
            CHECK(conv->packedPhases.defined());
            CHECK(conv->packed.defined());
            const auto found = all();
            for (std::size_t i = 0; i < found.size(); ++i) {
                CAPTURE(i);
                REQUIRE((found[i].sizes() == expected[i].sizes()));
                const double error = (found[i].to(at::kFloat) - expected[i].to(at::kFloat)).abs().max().item<double>();
                CHECK(error <= (type == at::kFloat ? 1e-5 : 0.016) * std::max(1.0, expected[i].abs().max().item<double>()));
            }
        }
    }
}

TEST_CASE("workInParallel_usesAllThreads")
{
    if (at::get_num_threads() < 2)
        return;
    // Each waits for the other one: on one thread neither would ever end, and this fails after a while.
    std::atomic<int> there{0};
    std::set<std::thread::id> threads;
    std::mutex mutex;
    inParallel(at::kCPU, 2, [&](std::size_t) {
        ++there;
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (there < 2 && std::chrono::steady_clock::now() < until)
            std::this_thread::yield();
        const std::lock_guard lock(mutex);
        threads.insert(std::this_thread::get_id());
        return true;
    });
    CHECK((threads.size() == std::size_t(2)));
}
