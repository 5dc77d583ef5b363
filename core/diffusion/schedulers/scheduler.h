#pragma once

#include "core/diffusion/result.h"

#include <cstdint>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace Galley::Diffusion {

enum class SchedulerKind { Euler, EulerAncestral, Ddim, Lcm };
enum class PredictionType { Epsilon, VPrediction, Sample };
enum class TimestepSpacing { Linspace, Leading, Trailing };

/// scheduler_config.json of diffusers, as far as our families use it.
struct SchedulerConfig
{
    SchedulerKind kind = SchedulerKind::Euler;
    PredictionType prediction = PredictionType::Epsilon;
    TimestepSpacing spacing = TimestepSpacing::Leading;
    int trainSteps = 1000;
    double betaStart = 0.00085;
    double betaEnd = 0.012;
    bool scaledLinear = true;      ///< √β grows evenly, else β
    int stepsOffset = 1;
    bool setAlphaToOne = false;    ///< DDIM: ᾱ after the last step; else ᾱ of the first training step
    int originalSteps = 50;        ///< LCM: of its training
    double timestepScaling = 10;   ///< LCM
    bool isOtherSolver = false;    ///< the folder names a class of higher order, for which this one stands

    /// Absent keys have the defaults of the class that "_class_name" names. What would make another schedule than these four can is an error, never
    /// left out. Classes that solve the same equation in steps of higher order (PNDM, DPMSolver, UniPC, DEIS, Heun, LMS, KDPM2), which no distilled model
    /// names, become Euler, or its ancestral kind; what they say of the choice of steps is theirs alone, and only their noise schedule counts.
    static Result<SchedulerConfig> fromJson(const nlohmann::json &json);

    bool operator==(const SchedulerConfig &) const = default;
};

/// One evaluation of the model and what is made of it:
///     output = model(x · inputScale, timestep);   x = x · sample + output · model + ε · noise
/// What the picture would be if this were the last step, for previews: x · originalSample + output · originalModel. All our schedulers are of this form, so that a loop needs no branch between them; ε is drawn only where noise is not 0.
struct SchedulerStep
{
    double timestep = 0;
    double inputScale = 1;
    double sample = 0;
    double model = 0;
    double noise = 0;
    double originalSample = 0;
    double originalModel = 0;
};

/// What one render does, from noise to picture. A start picture z enters as x = z · startSample + ε · startNoise; without one x = ε · initNoiseSigma.
struct Schedule
{
    double initNoiseSigma = 1;
    double startSample = 0;
    double startNoise = 1;
    std::vector<SchedulerStep> steps;
};

/// \a strength 1 makes a picture from noise alone; less skips the first steps, as for a start picture. In fp32 where diffusers computes in it, so that
/// timesteps are the same to the last digit. Errors: more steps than the model was trained with, or none left.
Result<Schedule> makeSchedule(const SchedulerConfig &config, int steps, double strength = 1);

/// ᾱ of every training step.
std::vector<double> alphasCumprod(const SchedulerConfig &config);

} // namespace Galley::Diffusion
