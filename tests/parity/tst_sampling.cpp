#include "core/diffusion/checkpoint/digest.h"
#include "core/diffusion/schedulers/scheduler.h"
#include "core/diffusion/tokenizers/cliptokenizer.h"
#include "tests/parity/support/doctest.h"
#include "tests/parity/support/files.h"

#include <cmath>

#include <nlohmann/json.hpp>

using namespace Galley;
using namespace Galley::Diffusion;

namespace {

using Json = nlohmann::json;
using Ids = std::vector<std::int32_t>;

constexpr double tolerance = 2e-5;  // of max(1, value): diffusers computes in fp32

void checkClose(double value, double expected)
{
    CHECK(std::abs(value - expected) <= tolerance * std::max(1.0, std::abs(expected)));
}

std::vector<double> numbers(const Json &json)
{
    return json.get<std::vector<double>>();
}

ClipTokenizer realTokenizer()
{
    auto tokenizer = ClipTokenizer::fromMerges(readFile(shippedModels() / "clip" / "merges.txt"));
    REQUIRE_MESSAGE(tokenizer, (tokenizer ? "" : tokenizer.error().message));
    return std::move(*tokenizer);
}

/// As make_diffusers_fixtures.py writes it.
std::string digestOf(const Ids &ids)
{
    Sha256 sum;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (i > 0)
            sum.add(std::string(" "));
        sum.add(std::to_string(ids[i]));
    }
    return sum.hex().substr(0, 12);
}

} // namespace

TEST_CASE("clipTokenizer_equalsTheReferenceOnEveryString")
{
    const ClipTokenizer tokenizer = realTokenizer();
    CHECK(tokenizer.size() == 49408);
    CHECK(tokenizer.beginId() == 49406);
    const auto cases = Json::parse(readFile(diffusersFolder() / "cliptokens.json"));
    REQUIRE(cases.size() >= 5000);
    for (const auto &item : cases) {
        const std::string words = item[0];
        CAPTURE(words);
        const Ids ids = tokenizer.encode(words);
        if (item[1].is_array()) {
            CHECK(ids == item[1].get<Ids>());
            continue;
        }
        CHECK(ids.size() == item[1].get<std::size_t>());
        CHECK(digestOf(ids) == item[2].get<std::string>());
    }
}

TEST_CASE("clipTokenizer_limitsAndBrokenBytes")
{
    const ClipTokenizer tokenizer = realTokenizer();
    const Ids cat = tokenizer.encode("cat");
    CHECK(tokenizer.encode("cat dog cat", 1) == cat);
    CHECK(tokenizer.encode("\xff" "cat\xc3") == cat);
    CHECK(tokenizer.encode("cat", 0).empty());
    CHECK(tokenizer.encode(std::string(200'000, 'z'), 75).size() == 75);
    CHECK(tokenizer.encode(std::string(100'000, '\'') + 's').size() > 1000);
}

TEST_CASE("clipTokenizer_refusesBrokenMerges")
{
    for (const char *merges : {"", "#version: 0.2\n", "a\n", "a b c\n", "a bc\n", "a b\na b\n", "a b\nab c\nab c</w>\n\xff x\n"}) {
        CAPTURE(merges);
        const auto tokenizer = ClipTokenizer::fromMerges(merges);
        REQUIRE_FALSE(tokenizer);
        CHECK(tokenizer.error().code == ErrorCode::ModelFile);
    }
    CHECK(ClipTokenizer::fromMerges("#version: 0.2\na b</w>\r\n"));
}

TEST_CASE("schedule_equalsDiffusers")
{
    const auto cases = Json::parse(readFile(diffusersFolder() / "schedulers.json"));
    REQUIRE(cases.size() >= 30);
    for (const auto &item : cases) {
        const std::string name = item["config"].dump() + ' ' + item["steps"].dump();
        CAPTURE(name);
        const auto config = SchedulerConfig::fromJson(item["config"]);
        REQUIRE_MESSAGE(config, (config ? "" : config.error().message));
        const double strength = item["strength"];
        const auto schedule = makeSchedule(*config, item["steps"], strength);
        REQUIRE_MESSAGE(schedule, (schedule ? "" : schedule.error().message));
        const auto timesteps = numbers(item["timesteps"]);
        REQUIRE(schedule->steps.size() == timesteps.size());
        const auto start = numbers(item["start"]);
        const auto noise = numbers(item["noises"].back());
        for (std::size_t k = 0; k < start.size(); ++k) {
            double x = strength < 1 ? schedule->startSample * start[k] + schedule->startNoise * noise[k] : schedule->initNoiseSigma * noise[k];
            checkClose(x, item["first"][k]);
            for (std::size_t i = 0; i < timesteps.size(); ++i) {
                const SchedulerStep &step = schedule->steps[i];
                CHECK(step.timestep == timesteps[i]);
                checkClose(x * step.inputScale, item["scaled"][i][k]);
                x = x * step.sample + double(item["outputs"][i][k]) * step.model + double(item["noises"][i][k]) * step.noise;
                checkClose(x, item["samples"][i][k]);
            }
        }
    }
}

/// The published figures of the models that we run.
TEST_CASE("schedule_hasTheKnownSigmas")
{
    const auto alphas = alphasCumprod(SchedulerConfig());
    REQUIRE(alphas.size() == 1000);
    CHECK(alphas[0] == doctest::Approx(0.99914998).epsilon(1e-7));
    CHECK(alphas[499] == doctest::Approx(0.27766943).epsilon(1e-6));
    CHECK(alphas[999] == doctest::Approx(0.00466010).epsilon(1e-5));
    SchedulerConfig turbo;
    turbo.spacing = TimestepSpacing::Trailing;
    CHECK(makeSchedule(turbo, 1)->initNoiseSigma == doctest::Approx(14.614647).epsilon(1e-6));
    SchedulerConfig xl;
    CHECK(makeSchedule(xl, 30)->initNoiseSigma == doctest::Approx(11.520334).epsilon(1e-6));
    CHECK(makeSchedule(xl, 30)->steps.front().timestep == 958);
}

TEST_CASE("schedule_refusesWhatItCannotDo")
{
    for (const int steps : {0, -1, 1001, 1'000'000})
        CHECK(makeSchedule({}, steps).error().code == ErrorCode::Invalid);
    for (const double strength : {0.0, -1.0, 1.5, double(NAN)})
        CHECK(makeSchedule({}, 4, strength).error().code == ErrorCode::Invalid);
    CHECK(makeSchedule({}, 4, 0.1).error().message.find("No step is left") != std::string::npos);
    SchedulerConfig lcm;
    lcm.kind = SchedulerKind::Lcm;
    CHECK(makeSchedule(lcm, 8, 0.1).error().message.find("too many") != std::string::npos);
    for (const auto &[config, words] : std::map<std::string, std::string>{
             {R"({"_class_name":"DPMSolverMultistepScheduler"})", "_class_name"},
             {R"({"_class_name":"DDIMScheduler"})", "clip_sample"},
             {R"({"use_karras_sigmas":true})", "use_karras_sigmas"},
             {R"({"beta_start":0.5,"beta_end":0.1})", "beta_start"},
             {R"({"beta_end":1e999})", "beta_end"},
             {R"({"num_train_timesteps":1000000000})", "num_train_timesteps"},
             {R"({"steps_offset":-3})", "steps_offset"},
             {R"({"prediction_type":"flow"})", "prediction_type"},
             {R"({"trained_betas":[0.1]})", "trained_betas"}}) {
        CAPTURE(config);
        const auto json = Json::parse(config, nullptr, false);
        const auto read = SchedulerConfig::fromJson(json.is_discarded() ? Json{{"beta_end", INFINITY}} : json);
        REQUIRE_FALSE(read);
        CHECK(read.error().message.find(words) != std::string::npos);
    }
}
