#include "core/engines/remote/ideogram/ideogrambody.h"

#include "core/engines/remote/ideogram/ideogramsizes.h"
#include "core/engines/remote/wire.h"

#include <QCoreApplication>

namespace Galley {

namespace {

struct IdeogramTr
{
    Q_DECLARE_TR_FUNCTIONS(Galley::IdeogramCall)
};

const QStringList ownOptions{QStringLiteral("api"), QStringLiteral("async")};

bool isLegacySecond(const QString &model)
{
    return model.startsWith(QLatin1String("V_2")) && !model.startsWith(QLatin1String("V_2A"));
}

void addSeed(Json &body, const EngineRequest &request)
{
    if (request.seedWanted)
        body["seed"] = request.seed;
}

void addNegative(Json &body, const EngineRequest &request)
{
    if (!request.negativePrompt.isEmpty())
        body["negative_prompt"] = request.negativePrompt.toStdString();
}

void addPalette(Json &body, const EngineRequest &request)
{
    if (request.palette.isEmpty())
        return;
    Json members = Json::array();
    for (const QColor &color : request.palette)
        members.push_back({{"color_hex", color.name().toUpper().toStdString()}});
    body["color_palette"] = {{"members", members}};
}

Json legacyBody(const EngineRequest &request)
{
    const QString model = upstreamOf(request);
    const bool isSecond = isLegacySecond(model);
    Json image{{"prompt", request.prompt.toStdString()}, {"model", model.toStdString()}};
    addLegacySize(image, request);
    if (isSecond || model.startsWith(QLatin1String("V_1")))
        addNegative(image, request);
    if (isSecond)
        addPalette(image, request);
    image["num_images"] = request.count;
    addSeed(image, request);
    addOptions(image, request, ownOptions);
    if (!image.contains("magic_prompt_option"))
        image["magic_prompt_option"] = "OFF";
    return {{"image_request", image}};
}

/// What one family of v2 models takes; a model belongs to the first prefix that it begins with.
struct V2Family
{
    enum class Size { Ratio, ColonRatio, Third, Resolution, Size };

    const char *prefix;
    Size size;
    bool negative;
    bool palette;
    bool magic;
};

constexpr V2Family v2Families[] = {
    {"ideogram-2a", V2Family::Size::Ratio, false, false, true},
    {"ideogram-2", V2Family::Size::Ratio, true, false, true},
    {"ideogram-3-transparent", V2Family::Size::Ratio, true, false, true},
    {"ideogram-3", V2Family::Size::Third, true, true, true},
    {"ideogram-4-transparent", V2Family::Size::Ratio, false, false, true},
    {"ideogram-4-5", V2Family::Size::Size, false, false, true},
    {"ideogram-4", V2Family::Size::Resolution, false, false, true},
    {"p-image", V2Family::Size::Ratio, false, false, true},
    {"nano-banana", V2Family::Size::ColonRatio, false, false, false},
    {"", V2Family::Size::Ratio, false, false, false},
};

void addV2Size(Json &body, const EngineRequest &request, V2Family::Size size)
{
    switch (size) {
    case V2Family::Size::Ratio: addRatio(body, request); return;
    case V2Family::Size::Third: addThirdSize(body, request); return;
    case V2Family::Size::Resolution: addFourthSize(body, request, "resolution"); return;
    case V2Family::Size::Size: addFourthSize(body, request, "size"); return;
    case V2Family::Size::ColonRatio: break;
    }
    addRatio(body, request);
    if (body.contains("aspect_ratio"))
        body["aspect_ratio"] = toQString(body["aspect_ratio"]).replace(QLatin1Char('x'), QLatin1Char(':')).toStdString();
}

const V2Family *familyOf(const EngineRequest &request)
{
    const QString model = upstreamOf(request);
    const auto *family = std::begin(v2Families);
    while (!model.startsWith(QLatin1String(family->prefix)))
        ++family;
    return family;
}

Json v2Body(const EngineRequest &request)
{
    const V2Family *family = familyOf(request);
    Json body{{"prompt", request.prompt.toStdString()}};
    addV2Size(body, request, family->size);
    if (family->negative)
        addNegative(body, request);
    if (family->palette)
        addPalette(body, request);
    body["num_images"] = request.count;
    addSeed(body, request);
    addOptions(body, request, ownOptions);
    if (family->magic && !body.contains("magic_prompt"))
        body["magic_prompt"] = "off";
    if (isIdeogramAsync(request, IdeogramApi::V2))
        body["async"] = true;
    return body;
}

Json v3Body(const EngineRequest &request)
{
    Json body{{"prompt", request.prompt.toStdString()}};
    addSeed(body, request);
    addThirdSize(body, request);
    addNegative(body, request);
    addPalette(body, request);
    body["num_images"] = request.count;
    addOptions(body, request, ownOptions);
    if (!body.contains("magic_prompt"))
        body["magic_prompt"] = "OFF";
    return body;
}

} // namespace

Result<IdeogramApi> ideogramApi(const EngineRequest &request)
{
    const Json &named = memberOf(request.options, "api");
    if (named.is_null())
        return IdeogramApi::V2;
    for (const auto &[name, api] : {std::pair{"legacy", IdeogramApi::Legacy}, std::pair{"v2", IdeogramApi::V2}, std::pair{"v3", IdeogramApi::V3},
                                    std::pair{"v4", IdeogramApi::V4}, std::pair{"v45", IdeogramApi::V45}}) {
        if (named == name)
            return api;
    }
    return fail(ErrorCode::InvalidInput, IdeogramTr::tr("The option \"api\" of the model \"%1\" must be one of legacy, v2, v3, v4 and v45; mend it in "
                                                        "models.yaml.")
                                             .arg(request.model));
}

bool isIdeogramAsync(const EngineRequest &request, IdeogramApi api)
{
    const Json &named = memberOf(request.options, "async");
    return api != IdeogramApi::Legacy && api != IdeogramApi::V3 && (!named.is_boolean() || named.get<bool>());
}

QString ideogramPath(const EngineRequest &request, IdeogramApi api)
{
    switch (api) {
    case IdeogramApi::Legacy: return QStringLiteral("generate");
    case IdeogramApi::V2: return QStringLiteral("v2/image/generate/") + pathPart(upstreamOf(request));
    case IdeogramApi::V3: return QStringLiteral("v1/ideogram-v3/generate");
    case IdeogramApi::V4:
    case IdeogramApi::V45: break;
    }
    return QStringLiteral("v1/ideogram-%1/%2generate")
        .arg(QLatin1String(api == IdeogramApi::V4 ? "v4" : "v45"), QLatin1String(isIdeogramAsync(request, api) ? "async/" : ""));
}

QStringList ideogramFeatures(const EngineRequest &request, IdeogramApi api)
{
    if (api == IdeogramApi::V4 || api == IdeogramApi::V45)
        return {QStringLiteral("json")};
    QStringList features{QStringLiteral("seed"), QStringLiteral("count")};
    const QString model = upstreamOf(request);
    if (api == IdeogramApi::V3 || (api == IdeogramApi::V2 && familyOf(request)->negative)
        || (api == IdeogramApi::Legacy && (isLegacySecond(model) || model.startsWith(QLatin1String("V_1")))))
        features.append(QStringLiteral("negative"));
    return features;
}

Json ideogramBody(const EngineRequest &request, IdeogramApi api)
{
    return api == IdeogramApi::Legacy ? legacyBody(request) : v2Body(request);
}

Result<QList<HttpPart>> ideogramForm(const EngineRequest &request, IdeogramApi api)
{
    if (api == IdeogramApi::V3)
        return formParts(v3Body(request));
    QList<HttpPart> prompt;
    if (request.dialect == Dialect::IdeogramJson) {
        if (const auto json = parseJson(request.prompt.toUtf8(), IdeogramTr::tr("The structured prompt")); !json)
            return fail(json.error());
        prompt.append({.name = "json_prompt", .content = request.prompt.toUtf8(), .mediaType = "application/json"});
    } else {
        prompt.append({"text_prompt", request.prompt.toUtf8()});
    }
    Json body = Json::object();
    addFourthSize(body, request, "resolution");
    addOptions(body, request, ownOptions + QStringList{QStringLiteral("text_prompt"), QStringLiteral("json_prompt")});
    return prompt + formParts(body);
}

} // namespace Galley
