#pragma once

#include "core/engines/remote/remoteengine.h"

namespace Galley {

/// Stability AI, REST v2beta (https://api.stability.ai, Bearer). Options of a model:
///   api   "sd3"    POST /v2beta/stable-image/generate/sd3; upstream is the part `model`: "sd3.5-medium" (the default)
///         "core"   …/core   (no start picture)
///         "ultra"  …/ultra
/// All others are sent as parts, as they are (cfg_scale, style_preset, output_format …).
///
/// Sizes: ratios only ("4x5" becomes "4:5"); none with a start picture on sd3, which keeps that picture's. Seed 0 means "random" there, so that
/// 4294967294 stands for our 0. Strength runs as ours does: 0 = unchanged.
class StabilityCall : public RemoteCall
{
    Q_OBJECT

public:
    using RemoteCall::RemoteCall;

protected:
    void start() override;
    Error readFailure(const HttpReply &reply) const override;

private:
    void readPicture(const HttpReply &reply);
    void readFacts(const QString &reason, std::optional<qint64> seed);
};

const ServiceKind &stabilityKind();

} // namespace Galley
