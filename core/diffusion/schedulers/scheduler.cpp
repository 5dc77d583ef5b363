#include "core/diffusion/schedulers/scheduler.h"

#include "core/diffusion/checkpoint/configreader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

namespace Galley::Diffusion {

namespace {

constexpr int maxTrainSteps = 100'000;
constexpr double lcmSigmaData = 0.5;  // Luo et al. 2023, Latent Consistency Models

/// numpy rounds halves to even.
double rounded(double value)
{
    return std::nearbyint(value);
}

/// diffusers' three ways to spread n steps over the training's ("Table 2" of Lin et al. 2023, Common Diffusion Noise Schedules …), the noisiest first.
std::vector<double> spread(const SchedulerConfig &config, int steps)
{
    std::vector<double> result;
    for (int i = 0; i < steps; ++i) {
        if (config.spacing == TimestepSpacing::Leading) {
            result.push_back((steps - 1 - i) * (config.trainSteps / steps) + config.stepsOffset);
        } else if (config.spacing == TimestepSpacing::Trailing) {
            result.push_back(rounded(config.trainSteps - i * (double(config.trainSteps) / steps)) - 1);
        } else {
            const double even = steps == 1 ? 0 : double(steps - 1 - i) * (config.trainSteps - 1) / (steps - 1);
            // Euler interpolates between training steps, DDIM takes the nearest.
            result.push_back(config.kind == SchedulerKind::Ddim ? rounded(even) : double(float(even)));
        }
    }
    return result;
}

/// The training steps that LCM was distilled on, thinned out.
std::vector<double> lcmTimesteps(const SchedulerConfig &config, int steps, double strength)
{
    const int gap = config.trainSteps / config.originalSteps;
    const int count = static_cast<int>(config.originalSteps * strength);
    std::vector<double> result;
    if (count < steps)
        return result;
    for (int i = 0; i < steps; ++i) {
        const int index = static_cast<int>(std::floor(i * (double(count) / steps)));
        result.push_back((count - index) * gap - 1);
    }
    return result;
}

/// x0 = sample · x + model · output of a model at ᾱ, in the scale where x has variance 1.
struct Linear
{
    double sample = 0;
    double model = 0;
};

Linear originalOf(PredictionType prediction, double alpha)
{
    const double signal = std::sqrt(alpha);
    const double noise = std::sqrt(1 - alpha);
    switch (prediction) {
    case PredictionType::Epsilon:
        return {1 / signal, -noise / signal};
    case PredictionType::VPrediction:
        return {signal, -noise};
    case PredictionType::Sample:
        break;
    }
    return {0, 1};
}

/// The same where x = x0 + σ · ε.
Linear originalOfSigma(PredictionType prediction, double sigma)
{
    switch (prediction) {
    case PredictionType::Epsilon:
        return {1, -sigma};
    case PredictionType::VPrediction:
        return {1 / (sigma * sigma + 1), -sigma / std::sqrt(sigma * sigma + 1)};
    case PredictionType::Sample:
        break;
    }
    return {0, 1};
}

/// σ between two training steps is interpolated.
double sigmaAt(const std::vector<double> &alphas, double timestep)
{
    const double place = std::clamp(timestep, 0.0, double(alphas.size() - 1));
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, alphas.size() - 1);
    const auto sigma = [&](std::size_t i) { return std::sqrt((1 - alphas[i]) / alphas[i]); };
    return sigma(below) + (sigma(above) - sigma(below)) * (place - double(below));
}

/// Karras et al. 2022 (Euler), with fresh noise for the ancestral kind.
SchedulerStep eulerStep(const SchedulerConfig &config, double timestep, double sigma, double next)
{
    const bool isAncestral = config.kind == SchedulerKind::EulerAncestral;
    const double up = isAncestral ? std::sqrt(next * next * (sigma * sigma - next * next) / (sigma * sigma)) : 0;
    const double down = std::sqrt(next * next - up * up);
    const Linear original = originalOfSigma(config.prediction, sigma);
    const double change = (down - sigma) / sigma;
    SchedulerStep step;
    step.timestep = timestep;
    step.inputScale = 1 / std::sqrt(sigma * sigma + 1);
    step.sample = 1 + change * (1 - original.sample);
    step.model = -change * original.model;
    step.noise = up;
    step.originalSample = original.sample;
    step.originalModel = original.model;
    return step;
}

/// Song et al. 2021, η = 0.
SchedulerStep ddimStep(const SchedulerConfig &config, double timestep, double alpha, double next)
{
    const Linear original = originalOf(config.prediction, alpha);
    // ε = (x − √ᾱ x0) / √(1 − ᾱ);  x' = √ᾱ' x0 + √(1 − ᾱ') ε
    const double direction = std::sqrt((1 - next) / (1 - alpha));
    const double keep = std::sqrt(next) - direction * std::sqrt(alpha);
    SchedulerStep step;
    step.timestep = timestep;
    step.sample = keep * original.sample + direction;
    step.model = keep * original.model;
    step.originalSample = original.sample;
    step.originalModel = original.model;
    return step;
}

SchedulerStep lcmStep(const SchedulerConfig &config, double timestep, double alpha, double next, bool isLast)
{
    const double scaled = timestep * config.timestepScaling;
    const double skip = lcmSigmaData * lcmSigmaData / (scaled * scaled + lcmSigmaData * lcmSigmaData);
    const double out = scaled / std::sqrt(scaled * scaled + lcmSigmaData * lcmSigmaData);
    const Linear original = originalOf(config.prediction, alpha);
    const double signal = isLast ? 1 : std::sqrt(next);
    SchedulerStep step;
    step.timestep = timestep;
    step.sample = signal * (out * original.sample + skip);
    step.model = signal * out * original.model;
    step.noise = isLast ? 0 : std::sqrt(1 - next);
    step.originalSample = out * original.sample + skip;
    step.originalModel = out * original.model;
    return step;
}

Schedule eulerSchedule(const SchedulerConfig &config, const std::vector<double> &timesteps, const std::vector<double> &alphas, std::size_t first)
{
    std::vector<double> sigmas;
    for (const double timestep : timesteps)
        sigmas.push_back(float(sigmaAt(alphas, timestep)));
    Schedule schedule;
    const double most = *std::max_element(sigmas.begin(), sigmas.end());
    schedule.initNoiseSigma = config.spacing == TimestepSpacing::Leading ? std::sqrt(most * most + 1) : most;
    schedule.startSample = 1;
    schedule.startNoise = sigmas[first];
    sigmas.push_back(0);
    for (std::size_t i = first; i < timesteps.size(); ++i)
        schedule.steps.push_back(eulerStep(config, timesteps[i], sigmas[i], sigmas[i + 1]));
    return schedule;
}

Schedule alphaSchedule(const SchedulerConfig &config, const std::vector<double> &timesteps, const std::vector<double> &alphas, std::size_t first)
{
    const auto alphaAt = [&](double timestep) { return alphas[static_cast<std::size_t>(std::clamp(timestep, 0.0, double(alphas.size() - 1)))]; };
    Schedule schedule;
    schedule.startSample = std::sqrt(alphaAt(timesteps[first]));
    schedule.startNoise = std::sqrt(1 - alphaAt(timesteps[first]));
    for (std::size_t i = first; i < timesteps.size(); ++i) {
        const bool isLast = i + 1 == timesteps.size();
        if (config.kind == SchedulerKind::Lcm) {
            schedule.steps.push_back(lcmStep(config, timesteps[i], alphaAt(timesteps[i]), isLast ? 1 : alphaAt(timesteps[i + 1]), isLast));
            continue;
        }
        const double next = timesteps[i] - config.trainSteps / static_cast<int>(timesteps.size());
        schedule.steps.push_back(ddimStep(config, timesteps[i], alphaAt(timesteps[i]), next >= 0 ? alphaAt(next) : config.setAlphaToOne ? 1 : alphas.front()));
    }
    return schedule;
}

/// A class of diffusers, with what it takes where its file is silent.
struct SchedulerClass
{
    const char *name;
    SchedulerKind kind;
    bool isOtherSolver = false;
    TimestepSpacing spacing = TimestepSpacing::Linspace;
    double betaStart = 0.0001;
    double betaEnd = 0.02;
    bool scaledLinear = false;
};

constexpr std::array<SchedulerClass, 14> classes{{
    {"EulerDiscreteScheduler", SchedulerKind::Euler},
    {"EulerAncestralDiscreteScheduler", SchedulerKind::EulerAncestral},
    {"DDIMScheduler", SchedulerKind::Ddim, false, TimestepSpacing::Leading},
    {"LCMScheduler", SchedulerKind::Lcm, false, TimestepSpacing::Leading, 0.00085, 0.012, true},
    {"PNDMScheduler", SchedulerKind::Euler, true, TimestepSpacing::Leading},
    {"DPMSolverMultistepScheduler", SchedulerKind::Euler, true},
    {"DPMSolverSinglestepScheduler", SchedulerKind::Euler, true},
    {"UniPCMultistepScheduler", SchedulerKind::Euler, true},
    {"DEISMultistepScheduler", SchedulerKind::Euler, true},
    {"LMSDiscreteScheduler", SchedulerKind::Euler, true},
    {"HeunDiscreteScheduler", SchedulerKind::Euler, true, TimestepSpacing::Linspace, 0.00085, 0.012},
    {"KDPM2DiscreteScheduler", SchedulerKind::Euler, true, TimestepSpacing::Linspace, 0.00085, 0.012},
    {"KDPM2AncestralDiscreteScheduler", SchedulerKind::EulerAncestral, true, TimestepSpacing::Linspace, 0.00085, 0.012},
    {"DPMSolverSDEScheduler", SchedulerKind::EulerAncestral, true, TimestepSpacing::Linspace, 0.00085, 0.012},
}};

/// What "_class_name" names; null, with a complaint, for any other.
const SchedulerClass *classIn(const nlohmann::json &json, ConfigReader &reader)
{
    const auto name = json.find("_class_name");
    if (name == json.end() || name->is_null())
        return &classes.front();
    const auto found = std::find_if(classes.begin(), classes.end(), [&](const SchedulerClass &one) { return *name == one.name; });
    if (found != classes.end())
        return &*found;
    reader.complain("\"_class_name\" names a scheduler that Galley does not have. Take \"EulerDiscreteScheduler\" if the model was trained to predict noise or v.");
    return nullptr;
}

SchedulerConfig defaultsOf(const SchedulerClass &named)
{
    SchedulerConfig config;
    config.kind = named.kind;
    config.isOtherSolver = named.isOtherSolver;
    config.betaStart = named.betaStart;
    config.betaEnd = named.betaEnd;
    config.scaledLinear = named.scaledLinear;
    config.spacing = named.spacing;
    config.stepsOffset = 0;
    config.setAlphaToOne = true;
    return config;
}

} // namespace

Result<SchedulerConfig> SchedulerConfig::fromJson(const nlohmann::json &json)
{
    ConfigReader reader(json);
    const SchedulerClass *named = classIn(json, reader);
    if (!named)
        return fail(ErrorCode::ModelFile, reader.problem);
    SchedulerConfig config = defaultsOf(*named);
    config.trainSteps = static_cast<int>(reader.whole("num_train_timesteps", config.trainSteps, 1, maxTrainSteps));
    config.betaStart = reader.number("beta_start", config.betaStart);
    config.betaEnd = reader.number("beta_end", config.betaEnd);
    config.scaledLinear = reader.word("beta_schedule", config.scaledLinear ? "scaled_linear" : "linear", {"scaled_linear", "linear"}) == "scaled_linear";
    config.stepsOffset = static_cast<int>(reader.whole("steps_offset", config.stepsOffset, 0, 1000));
    config.setAlphaToOne = reader.flag("set_alpha_to_one", config.setAlphaToOne);
    config.originalSteps = static_cast<int>(reader.whole("original_inference_steps", config.originalSteps, 1, config.trainSteps));
    config.timestepScaling = reader.number("timestep_scaling", config.timestepScaling);
    const std::string prediction = reader.word("prediction_type", "epsilon", {"epsilon", "v_prediction", "sample"});
    config.prediction = prediction == "epsilon" ? PredictionType::Epsilon : prediction == "sample" ? PredictionType::Sample : PredictionType::VPrediction;
    const char *spacings[] = {"linspace", "leading", "trailing"};
    const std::string spacing = reader.word("timestep_spacing", spacings[static_cast<int>(config.spacing)], {"linspace", "leading", "trailing"});
    config.spacing = spacing == "linspace" ? TimestepSpacing::Linspace : spacing == "leading" ? TimestepSpacing::Leading : TimestepSpacing::Trailing;
    // Each of them would make another noise schedule, or another picture of the same one, and no model of ours has one.
    for (const char *key : {"thresholding", "clip_sample", "rescale_betas_zero_snr", "use_flow_sigmas", "use_dynamic_shifting"})
        if (reader.flag(key, config.kind == SchedulerKind::Ddim && std::string_view(key) == "clip_sample"))
            reader.complain('"' + std::string(key) + "\" must be false.");
    if (json.contains("trained_betas") && !json["trained_betas"].is_null())
        reader.complain("\"trained_betas\" must be null.");
    // The fixed kinds are left over from another class, and ours have no use for them.
    if (const auto variance = json.find("variance_type"); variance != json.end() && variance->is_string() && variance->get_ref<const std::string &>().starts_with("learned"))
        reader.complain("\"variance_type\" must not be learned.");
    // And these another choice of steps.
    for (const char *key : {"use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas", "use_lu_lambdas"})
        if (reader.flag(key, false) && !config.isOtherSolver)
            reader.complain('"' + std::string(key) + "\" must be false.");
    if (!config.isOtherSolver) {
        reader.word("timestep_type", "discrete", {"discrete"});
        reader.word("interpolation_type", "linear", {"linear"});
        reader.word("final_sigmas_type", "zero", {"zero"});
    }
    if (!(config.betaStart > 0 && config.betaStart <= config.betaEnd && config.betaEnd < 1))
        reader.complain("\"beta_start\" and \"beta_end\" must rise between 0 and 1.");
    if (!(config.timestepScaling > 0))
        reader.complain("\"timestep_scaling\" must be greater than 0.");
    if (!reader.problem.empty())
        return fail(ErrorCode::ModelFile, reader.problem);
    return config;
}

std::vector<double> alphasCumprod(const SchedulerConfig &config)
{
    const auto end = [&](double beta) { return float(config.scaledLinear ? std::sqrt(beta) : beta); };
    const float first = end(config.betaStart);
    const float last = end(config.betaEnd);
    const int count = config.trainSteps;
    const float gap = count > 1 ? (last - first) / float(count - 1) : 0;
    std::vector<double> alphas;
    double product = 1;
    for (int i = 0; i < count; ++i) {
        // torch.linspace counts from both ends.
        const float even = i < count / 2 ? first + gap * float(i) : last - gap * float(count - 1 - i);
        const float beta = config.scaledLinear ? even * even : even;
        product *= double(1 - beta);
        alphas.push_back(float(product));
    }
    return alphas;
}

Result<Schedule> makeSchedule(const SchedulerConfig &config, int steps, double strength)
{
    const bool isLcm = config.kind == SchedulerKind::Lcm;
    const int most = isLcm ? std::min(config.originalSteps, config.trainSteps) : config.trainSteps;
    if (steps < 1 || steps > most)
        return fail(ErrorCode::Invalid, "This model takes 1 to " + std::to_string(most) + " steps.");
    if (!(strength > 0 && strength <= 1))
        return fail(ErrorCode::Invalid, "The strength must be greater than 0 and at most 1.");
    const std::vector<double> timesteps = isLcm ? lcmTimesteps(config, steps, strength) : spread(config, steps);
    if (timesteps.empty())
        return fail(ErrorCode::Invalid, std::to_string(steps) + " steps are too many for this strength. Take fewer steps or a greater strength.");
    const int taken = std::min(static_cast<int>(steps * strength), steps);
    if (taken < 1)
        return fail(ErrorCode::Invalid, "No step is left at this strength. Take more steps or a greater strength.");
    const auto first = isLcm ? 0 : static_cast<std::size_t>(steps - taken);  // LCM's own training steps have been thinned out
    const std::vector<double> alphas = alphasCumprod(config);
    const bool isEuler = config.kind == SchedulerKind::Euler || config.kind == SchedulerKind::EulerAncestral;
    return isEuler ? eulerSchedule(config, timesteps, alphas, first) : alphaSchedule(config, timesteps, alphas, first);
}

} // namespace Galley::Diffusion
