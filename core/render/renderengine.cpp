#include "core/render/renderengine.h"

#include "core/base/async.h"

#include <QCoreApplication>

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
    // What draft layers do not have is left out, so that their digests stay; canonicalDigest() sorts.
    Json json{{"guidance", shortestNumber(guidance)},
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
    if (!upstream.isEmpty())
        json["upstream"] = upstream.toStdString();
    if (!backend.isEmpty())
        json["backend"] = backend.toStdString();
    if (dialect != Dialect::Draft)
        json["dialect"] = dialectName(dialect).toStdString();
    if (!seedWanted)
        json["seed"] = nullptr;
    if (!ratio.isEmpty())
        json["ratio"] = ratio.toStdString();
    if (count != 1)
        json["count"] = count;
    if (!references.isEmpty()) {
        Json list = Json::array();
        for (const ReferencePicture &reference : references)
            list.push_back({{"digest", reference.digest.toStdString()}, {"use", reference.use == ReferencePicture::Use::Mask ? "mask" : "start"}});
        json["references"] = list;
        json["strength"] = shortestNumber(strength);
    }
    if (quick)
        json["quick"] = true;
    if (weights)
        json["weights"] = true;
    if (!options.empty())
        json["options"] = options;
    return json;
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

QFuture<Result<RenderResult>> RenderEngine::lookUp(const EngineRequest &, const QString &, RenderObserver, std::stop_token)
{
    return readyFuture<Result<RenderResult>>(fail(ErrorCode::Unsupported,
        QCoreApplication::translate("Galley::RenderEngine", "This service cannot be asked what became of a request.")));
}

QFuture<Result<QString>> RenderEngine::testConnection(std::stop_token)
{
    return readyFuture<Result<QString>>(fail(ErrorCode::Unsupported,
        QCoreApplication::translate("Galley::RenderEngine", "This engine has no connection to test.")));
}

qint64 peakMemory(const RenderResult &result)
{
    const auto memory = result.answer.is_object() ? result.answer.find("memory") : result.answer.end();
    if (memory == result.answer.end() || !memory->is_object())
        return 0;
    const auto peak = memory->find("peak_bytes");
    return peak != memory->end() && peak->is_number_integer() ? std::max<qint64>(peak->get<qint64>(), 0) : 0;
}

} // namespace Galley
