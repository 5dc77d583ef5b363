#include "core/render/renderengine.h"

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

/// Whole numbers are written as integers, so that 2.0 and 2 are the same request.
Json shortestNumber(double value)
{
    constexpr double exactLimit = 9007199254740992.0;  // 2^53: above it a double is no longer every integer
    if (std::trunc(value) == value && std::abs(value) < exactLimit)
        return Json(static_cast<std::int64_t>(value));
    return Json(value);
}

} // namespace

Json EngineRequest::toCanonicalJson() const
{
    Json colors = Json::array();
    for (const QColor &color : palette)
        colors.push_back(color.name().toUpper().toStdString());
    // Keys in alphabetical order: what is written is already what canonicalDigest() hashes.
    return Json{{"guidance", shortestNumber(guidance)},
                {"height", size.height()},
                {"model", model.toStdString()},
                {"negative", negativePrompt.toStdString()},
                {"palette", colors},
                {"prompt", prompt.toStdString()},
                {"revision", revision.toStdString()},
                {"rgba", rgba},
                {"seed", seed},
                {"steps", steps},
                {"style", style.toStdString()},
                {"width", size.width()}};
}

QString EngineRequest::digest() const
{
    return canonicalDigest(toCanonicalJson());
}

const ModelCapabilities *EngineCapabilities::findModel(const QString &model) const
{
    const auto found = std::find_if(models.cbegin(), models.cend(),
                                    [&](const ModelCapabilities &entry) { return entry.model == model; });
    return found == models.cend() ? nullptr : &*found;
}

} // namespace Galley
