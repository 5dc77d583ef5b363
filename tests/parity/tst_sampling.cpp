#include "core/diffusion/checkpoint/configreader.h"
#include "core/diffusion/checkpoint/digest.h"
#include "core/diffusion/pipelines/stablediffusionparts.h"
#include "core/diffusion/schedulers/scheduler.h"
#include "core/diffusion/tokenizers/promptweights.h"
#include "tests/parity/support/doctest.h"
#include "tests/parity/support/files.h"

#include <chrono>
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

TEST_CASE("promptWeights_areThoseOfTheWebUi")
{
    using Texts = std::vector<std::pair<std::string, double>>;
    for (const auto &[prompt, expected] : std::vector<std::pair<std::string, Texts>>{
             // The web UI's own examples, without the one that is not closed.
             {"normal text", {{"normal text", 1}}},
             {"an (important) word", {{"an ", 1}, {"important", 1.1}, {" word", 1}}},
             {"\\(literal\\]", {{"(literal]", 1}}},
             {"(unnecessary)(parens)", {{"unnecessaryparens", 1.1}}},
             {"a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).)",
              {{"a ", 1}, {"house", 1.573}, {" ", 1.1}, {"on", 1}, {" a ", 1.1}, {"hill", 0.55}, {", sun, ", 1.1}, {"sky", 1.4641}, {".", 1.1}}},
             {"", {}},
             {"()[]((:2))", {}},
             {"[a]", {{"a", 1 / 1.1}}},
             {"[[a]]", {{"a", 1 / 1.21}}},
             {"([a])", {{"a", 1}}},
             {"(a:1.2)", {{"a", 1.2}}},
             {"(a : .5 )", {{"a ", 0.5}}},
             {"(a:+2)(b:-1)(c:0)", {{"a", 2}, {"b", -1}, {"c", 0}}},
             {"(a:2.)", {{"a", 2}}},
             {"at 10:30 (now:)", {{"at 10:30 ", 1}, {"now:", 1.1}}},
             {"(a:b)(c:1.2.3)(d:--1)(e:1e9)(f:nan)(g:inf)(h:0x2)(i:+-1)(j:+)",
              {{"a:bc:1.2.3d:--1e:1e9f:nang:infh:0x2i:+-1j:+", 1.1}}},
             {"a:1.5) b", {{"a:1.5) b", 1}}},
             {"[a:1.5]", {{"a:1.5", 1 / 1.1}}},
             {"[a:1.5)]", {{"a:1.5)", 1 / 1.1}}},
             {"(a:99)", {{"a", 10}}},
             {"(a:-99)", {{"a", -10}}},
             {"((a:5):5)", {{"a", 10}}},
             {std::string("(a:") + std::string(4000, '9') + ")(b:-" + std::string(4000, '9') + ")(c:." + std::string(4000, '0') + "1)", {{"a", 10}, {"b", -10}, {"c", 0}}},
             // Without a partner they are characters.
             {"(unbalanced", {{"(unbalanced", 1}}},
             {"un) balanced] (here", {{"un) balanced] (here", 1}}},
             {"((a)", {{"(", 1}, {"a", 1.1}}},
             {"(a))", {{"a", 1.1}, {")", 1}}},
             {":-) (smile:1.3)", {{":-) ", 1}, {"smile", 1.3}}},
             {"(a [b) c]", {{"a ", 1.1}, {"b", 1}, {" c", 1 / 1.1}}},
             {"\\\\(a) b\\c \\", {{"\\", 1}, {"a", 1.1}, {" b\\c \\", 1}}},
             {"(\u7ea2\u82f9\u679c:1.5) \u00e9", {{"\u7ea2\u82f9\u679c", 1.5}, {" \u00e9", 1}}}}) {
        CAPTURE(prompt);
        const auto texts = weightedTexts(prompt);
        REQUIRE(texts.size() == expected.size());
        for (std::size_t i = 0; i < texts.size(); ++i) {
            CHECK(texts[i].text == expected[i].first);
            CHECK(texts[i].weight == doctest::Approx(expected[i].second).epsilon(1e-12));
        }
    }
}

TEST_CASE("promptWeights_standBesideTheirTokens")
{
    const ClipTokenizer tokenizer = realTokenizer();
    const auto plain = encodeWeighted(tokenizer, "a red apple");
    CHECK(plain.ids == tokenizer.encode("a red apple"));
    CHECK(plain.weights == std::vector<float>{1, 1, 1});
    CHECK_FALSE(plain.hasWeights());
    const auto some = encodeWeighted(tokenizer, "a (red:1.3) [apple]");
    CHECK(some.ids == plain.ids);
    CHECK(some.weights == std::vector<float>{1, 1.3f, static_cast<float>(1 / 1.1)});
    CHECK(some.hasWeights());
    CHECK_FALSE(encodeWeighted(tokenizer, "a (red:1) apple").hasWeights());
    CHECK(encodeWeighted(tokenizer, "(apple)s").ids != tokenizer.encode("apples"));  // a word ends where its weight does

    // 75 tokens are left of CLIP's 77: a chunk ends there, wherever the brackets close.
    std::string words, weighted;
    for (int i = 0; i < 70; ++i)
        words += "cat ";
    weighted = words + "(dog dog dog dog dog dog dog dog dog dog:1.7) [cat]";
    const auto chunks = inChunks(encodeWeighted(tokenizer, weighted), 75, tokenizer.encode(",").front());
    REQUIRE(chunks.size() == 2);
    CHECK(chunks[1].weights == std::vector<float>{1.7f, 1.7f, 1.7f, 1.7f, 1.7f, float(1 / 1.1)});
    const WeightedIds &cut = chunks[0];
    REQUIRE(cut.ids.size() == 75);
    REQUIRE(cut.weights.size() == 75);
    CHECK(cut.ids.back() == tokenizer.encode("dog").front());
    for (std::size_t i = 0; i < 75; ++i)
        CHECK(cut.weights[i] == (i < 70 ? 1.0f : 1.7f));
    CHECK(encodeWeighted(tokenizer, "").ids.empty());
    CHECK(encodeWeighted(tokenizer, "(\xff\xfe:2) cat").ids == tokenizer.encode("cat"));
}

TEST_CASE("promptWeights_surviveHostilePrompts")
{
    const auto start = std::chrono::steady_clock::now();
    const auto many = [](const std::string &part, int times) {
        std::string text;
        for (int i = 0; i < times; ++i)
            text += part;
        return text;
    };
    const std::string opened = many("(", 100'000);
    CHECK(weightedTexts(opened) == std::vector<WeightedText>{{opened, 1}});
    CHECK(weightedTexts(opened + many(")", 100'000)).empty());
    CHECK(weightedTexts(opened + "a" + many(")", 100'000)) == std::vector<WeightedText>{{"a", 10}});
    CHECK(weightedTexts(many("[", 100'000) + "a" + many("]", 100'000)).front().weight < 1e-300);
    CHECK(weightedTexts(many("(a", 50'000) + many(")", 50'000)).back().weight == 10);
    CHECK(weightedTexts(many("(a:-9", 10'000) + many(":-9)", 10'000)).size() > 1);
    CHECK(weightedTexts(many("([a", 3'000) + many(")b", 3'000) + many("]c", 3'000)).size() > 3);
    CHECK(weightedTexts(many(":", 100'000)).size() == 1);
    CHECK(weightedTexts(many("(", 1) + many(": ", 50'000) + ")").size() == 1);
    for (const auto &text : weightedTexts(many("(a:9", 1000) + many(":9)", 1000)))
        CHECK(std::abs(text.weight) <= 10);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
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

/// A model that is always right tells the picture at each step, whatever is still mixed into the sample.
TEST_CASE("steps_tellThePictureThatTheModelMeans")
{
    constexpr double picture = 0.7, noise = -0.4;
    for (const SchedulerKind kind : {SchedulerKind::Euler, SchedulerKind::EulerAncestral, SchedulerKind::Ddim, SchedulerKind::Lcm}) {
        for (const PredictionType prediction : {PredictionType::Epsilon, PredictionType::VPrediction, PredictionType::Sample}) {
            CAPTURE(static_cast<int>(kind));
            CAPTURE(static_cast<int>(prediction));
            SchedulerConfig config;
            config.kind = kind;
            config.prediction = prediction;
            const auto alphas = alphasCumprod(config);
            const auto schedule = makeSchedule(config, 8);
            REQUIRE(schedule);
            for (const SchedulerStep &step : schedule->steps) {
                const bool isEuler = kind == SchedulerKind::Euler || kind == SchedulerKind::EulerAncestral;
                const double alpha = isEuler ? step.inputScale * step.inputScale : alphas[static_cast<std::size_t>(step.timestep)];
                const double sample = (std::sqrt(alpha) * picture + std::sqrt(1 - alpha) * noise) / (isEuler ? std::sqrt(alpha) : 1);
                const double output = prediction == PredictionType::Epsilon       ? noise
                                      : prediction == PredictionType::VPrediction ? std::sqrt(alpha) * noise - std::sqrt(1 - alpha) * picture
                                                                                  : picture;
                CHECK(sample * step.originalSample + output * step.originalModel == doctest::Approx(picture).epsilon(1e-3));
            }
        }
    }
}

TEST_CASE("longPrompts_areCutBehindCommas")
{
    using Chunks = std::vector<Ids>;
    constexpr std::int32_t comma = -1;
    const auto cut = [&](const Ids &ids, std::size_t limit) {
        Chunks chunks;
        for (const WeightedIds &chunk : inChunks({ids, {}}, limit, comma)) {
            CHECK(chunk.weights.empty());
            chunks.push_back(chunk.ids);
        }
        return chunks;
    };
    CHECK(cut({}, 4) == Chunks{{}});
    CHECK(cut({1, 2, 3, 4}, 4) == Chunks{{1, 2, 3, 4}});
    CHECK(cut({1, 2, 3, 4, 5}, 4) == Chunks{{1, 2, 3, 4}, {5}});
    CHECK(cut({1, comma, 3, 4, 5, 6}, 4) == Chunks{{1, comma}, {3, 4, 5, 6}});
    CHECK(cut({1, 2, 3, comma, 5}, 4) == Chunks{{1, 2, 3, comma}, {5}});
    CHECK(cut({1, comma, 3, 4, comma, 6}, 4) == Chunks{{1, comma, 3, 4}, {comma, 6}});
    CHECK(cut({comma, 2, 3, 4, 5, 6, 7, 8, 9}, 4) == Chunks{{comma}, {2, 3, 4, 5}, {6, 7, 8, 9}});
    Ids far(30, 7);
    far[4] = comma;
    CHECK(cut(far, 25).front().size() == 25);  // 21 tokens back
    far[5] = comma;
    CHECK(cut(far, 25).front().size() == 6);
    const auto chunks = inChunks({{1, 2, 3}, {1, 0.5f, 2}}, 2, comma);
    REQUIRE(chunks.size() == 2);
    CHECK(chunks[0].weights == std::vector<float>{1, 0.5f});
    CHECK(chunks[1].weights == std::vector<float>{2});
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

/// As Python writes them, and JSON does not have them.
TEST_CASE("infiniteNumbers_areOnlyRefusedWhereANumberIsWanted")
{
    const TempFolder folder;
    const auto path = folder.path() / "scheduler_config.json";
    const auto read = [&](const std::string &text) {
        writeFile(path, text);
        const auto json = readJsonObject(path);
        return json ? SchedulerConfig::fromJson(*json) : tl::unexpected(json.error());
    };
    CHECK(read(R"({"_class_name": "DPMSolverMultistepScheduler", "lambda_min_clipped": -Infinity, "x": "Infinity \" NaN", "y": [NaN, Infinity]})"));
    CHECK(read(R"({"beta_end": Infinity})").error().message.find("\"beta_end\" must be a finite number") != std::string::npos);
    CHECK(read(R"({"beta_end": -Infinite})").error().message.find("not a JSON object") != std::string::npos);
    CHECK(read(R"({"a": "b)").error().message.find("not a JSON object") != std::string::npos);
    CHECK(read(R"({"a": "\)").error().message.find("not a JSON object") != std::string::npos);
}

/// Solvers of higher order have Euler's noise schedule; which steps they would choose is theirs.
TEST_CASE("otherSolvers_becomeEuler")
{
    const Json trained{{"beta_start", 0.00085}, {"beta_end", 0.012}, {"beta_schedule", "scaled_linear"}, {"steps_offset", 1}, {"timestep_spacing", "leading"}};
    for (const auto &[name, kind] : std::map<std::string, SchedulerKind>{{"PNDMScheduler", SchedulerKind::Euler},
                                                                          {"DPMSolverMultistepScheduler", SchedulerKind::Euler},
                                                                          {"DPMSolverSinglestepScheduler", SchedulerKind::Euler},
                                                                          {"UniPCMultistepScheduler", SchedulerKind::Euler},
                                                                          {"DEISMultistepScheduler", SchedulerKind::Euler},
                                                                          {"HeunDiscreteScheduler", SchedulerKind::Euler},
                                                                          {"LMSDiscreteScheduler", SchedulerKind::Euler},
                                                                          {"KDPM2DiscreteScheduler", SchedulerKind::Euler},
                                                                          {"KDPM2AncestralDiscreteScheduler", SchedulerKind::EulerAncestral},
                                                                          {"DPMSolverSDEScheduler", SchedulerKind::EulerAncestral}}) {
        CAPTURE(name);
        Json json = trained;
        json["_class_name"] = name;
        // What diffusers 0.3x writes into such a file.
        for (const char *own : {"use_karras_sigmas", "use_lu_lambdas", "use_exponential_sigmas", "use_beta_sigmas"})
            json[own] = true;
        json["algorithm_type"] = "sde-dpmsolver++";
        json["solver_order"] = 2;
        json["final_sigmas_type"] = "sigma_min";
        json["use_flow_sigmas"] = false;
        json["thresholding"] = false;
        json["variance_type"] = name.starts_with("DDIM") || name.starts_with("PNDM") ? Json() : Json("fixed_small");
        json["prediction_type"] = "v_prediction";
        const auto read = SchedulerConfig::fromJson(json);
        REQUIRE_MESSAGE(read, (read ? "" : read.error().message));
        SchedulerConfig expected;
        expected.kind = kind;
        expected.prediction = PredictionType::VPrediction;
        expected.setAlphaToOne = read->setAlphaToOne;  // DDIM's alone
        expected.isOtherSolver = true;
        CHECK(*read == expected);
        CHECK(makeSchedule(*read, 20)->steps.size() == 20);
        // What diffusers' classes take where the file is silent.
        const auto silent = SchedulerConfig::fromJson(Json{{"_class_name", name}});
        REQUIRE(silent);
        const bool isOfKarras = name.starts_with("Heun") || name.starts_with("KDPM2") || name.starts_with("DPMSolverSDE");
        CHECK(silent->betaStart == (isOfKarras ? 0.00085 : 0.0001));
        CHECK_FALSE(silent->scaledLinear);
        CHECK(silent->spacing == (name == "PNDMScheduler" ? TimestepSpacing::Leading : TimestepSpacing::Linspace));
    }
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
             {R"({"_class_name":"FlowMatchEulerDiscreteScheduler"})", "_class_name"},
             {R"({"_class_name":7})", "_class_name"},
             {R"({"_class_name":"DPMSolverMultistepScheduler","use_flow_sigmas":true})", "use_flow_sigmas"},
             {R"({"_class_name":"DPMSolverMultistepScheduler","use_dynamic_shifting":true})", "use_dynamic_shifting"},
             {R"({"_class_name":"DPMSolverMultistepScheduler","rescale_betas_zero_snr":true})", "rescale_betas_zero_snr"},
             {R"({"_class_name":"DPMSolverMultistepScheduler","beta_schedule":"squaredcos_cap_v2"})", "beta_schedule"},
             {R"({"_class_name":"UniPCMultistepScheduler","prediction_type":"flow_prediction"})", "prediction_type"},
             {R"({"_class_name":"UniPCMultistepScheduler","thresholding":true})", "thresholding"},
             {R"({"_class_name":"DPMSolverSinglestepScheduler","variance_type":"learned_range"})", "variance_type"},
             {R"({"_class_name":"HeunDiscreteScheduler","clip_sample":true})", "clip_sample"},
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

/// Trailing timesteps alone make no Turbo.
TEST_CASE("trailingTimesteps_ofWhatPredictsVOrNamesAnotherSolver_areOfManySteps")
{
    StableDiffusionParts parts;
    parts.texts.resize(2);
    parts.scheduler.spacing = TimestepSpacing::Trailing;
    CHECK(parts.isDistilled());
    CHECK(parts.family() == "SDXL-Lightning");
    StableDiffusionParts v = parts, solver = parts;
    v.scheduler.prediction = PredictionType::VPrediction;
    CHECK_FALSE(v.isDistilled());
    CHECK(v.defaultSteps() == 30);
    CHECK(v.family() == "SDXL");
    v.isSaidDistilled = true;
    CHECK(v.isDistilled());
    solver.scheduler.isOtherSolver = true;
    CHECK_FALSE(solver.isDistilled());
    solver.unet.timeCondDim = 256;
    CHECK(solver.isDistilled());
}
