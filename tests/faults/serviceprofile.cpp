#include "tests/faults/serviceprofile.h"

namespace Galley {

namespace {

using Picture = ServiceProfile::Picture;

ScriptedAnswer json(const QByteArray &body)
{
    return {{{"Content-Type", "application/json"}}, body};
}

/// Each of \a pictures between \a before and \a after, with commas.
QByteArray each(const QByteArray &before, const QList<QByteArray> &pictures, const QByteArray &after)
{
    QByteArrayList items;
    for (const QByteArray &picture : pictures)
        items.append(before + picture + after);
    return items.join(',');
}

/// A right answer with \a member, "name":value, put before its others.
auto member(const QByteArray &text)
{
    return [text](const ScriptedAnswer &right) { return ScriptedAnswer{right.headers, "{" + text + ',' + right.body.mid(1)}; };
}

ServiceProfile make(const char *name, const char *kind, const char *paidPath, Picture picture)
{
    ServiceProfile profile;
    profile.name = QString::fromLatin1(name);
    profile.backend.id = profile.name;
    profile.backend.label = QStringLiteral("Studio");
    profile.backend.kind = QString::fromLatin1(kind);
    profile.backend.key = profile.name;
    profile.backend.options = {{"poll_ms", 1}};
    profile.paidPath = paidPath;
    profile.picture = picture;
    profile.request.model = QStringLiteral("model");
    profile.request.upstream = QStringLiteral("model-1");
    profile.request.prompt = QStringLiteral("a basket of apples");
    profile.request.dialect = Dialect::Prose;
    profile.request.size = {64, 64};
    profile.request.rgba = false;
    profile.request.seedWanted = false;
    return profile;
}

ServiceProfile openAi(const char *name, Picture picture)
{
    ServiceProfile profile = make(name, "openai", "/images/generations", picture);
    profile.request.size = {1024, 1024};
    profile.editPath = "/images/edits";
    profile.hasCount = true;
    profile.paid = [picture](const QList<QByteArray> &pictures, const QByteArray &) {
        return json("{\"created\":1,\"data\":[" + each(picture == Picture::Link ? "{\"url\":\"" : "{\"b64_json\":\"", pictures, "\"}") + "]}");
    };
    profile.refusal = json("{\"error\":{\"message\":\"rejected by our safety system\",\"code\":\"moderation_blocked\"}}");
    profile.withCost = [](const ScriptedAnswer &right) { return ScriptedAnswer{right.headers + Headers{{"x-litellm-response-cost", "0.25"}}, right.body}; };
    return profile;
}

/// The same with partial pictures on the way.
ServiceProfile openAiStream()
{
    ServiceProfile profile = openAi("openai-stream", Picture::Base64);
    profile.streams = true;
    profile.hasCount = false;
    profile.request.previewEvery = 1;
    profile.paid = [](const QList<QByteArray> &pictures, const QByteArray &) {
        return ScriptedAnswer{{{"Content-Type", "text/event-stream"}},
                              streamEvent("partial_image", pictures.value(0)) + streamEvent("completed", pictures.value(0)) + "data: [DONE]\n\n"};
    };
    return profile;
}

ServiceProfile custom(const char *name, Picture picture)
{
    ServiceProfile profile = make(name, "custom", "/api/v1/generate", picture);
    const char *where = picture == Picture::Body ? "body" : "/out/picture";
    profile.backend.options["request"] = {{"method", "POST"}, {"path", "api/v1/generate"},
                                          {"body", {{"text", "{prompt}"}, {"start", "{image}"}, {"n", "{count}"}}}};
    profile.backend.options["answer"] = {{"picture", where}};
    profile.editPath = profile.paidPath;
    profile.hasCount = picture != Picture::Body;
    profile.paid = [picture](const QList<QByteArray> &pictures, const QByteArray &) {
        if (picture == Picture::Body)
            return ScriptedAnswer{{{"Content-Type", "image/png"}}, pictures.value(0)};
        const QByteArray list = each("\"", pictures, "\"");
        return json("{\"out\":{\"picture\":" + (pictures.size() == 1 ? list : QByteArray('[' + list + ']')) + "}}");
    };
    if (picture != Picture::Body) {
        profile.backend.options["answer"]["error"] = "/error";
        profile.backend.options["answer"]["cost_usd"] = "/cost";
        profile.refusal = json("{\"error\":\"blocked by the safety filter\"}");
        profile.withCost = member("\"cost\":0.25");
    }
    return profile;
}

ServiceProfile ideogram(const char *name, const char *api, const char *upstream, const char *paidPath, const char *pollPath = "")
{
    ServiceProfile profile = make(name, "ideogram", paidPath, Picture::Link);
    profile.unknownModel = FailureClass::Retired;
    profile.request.options = {{"api", api}};
    profile.request.upstream = QString::fromLatin1(upstream);
    profile.request.size = {1024, 1024};
    profile.hasCount = true;
    profile.pollPath = pollPath;
    const auto done = [](const QList<QByteArray> &pictures) {
        return QByteArray("\"data\":[" + each("{\"url\":\"", pictures, "\",\"is_image_safe\":true,\"seed\":7,\"resolution\":\"1024x1024\"}") + ']');
    };
    const QByteArray withheld = "\"data\":[{\"url\":null,\"is_image_safe\":false,\"seed\":7,\"resolution\":\"1024x1024\"}]}";
    profile.refusalIsBilled = true;
    profile.withCost = member("\"usage_cost_usd_micros\":250000");
    if (profile.pollPath.isEmpty()) {
        profile.paid = [done](const QList<QByteArray> &pictures, const QByteArray &) { return json("{\"created\":\"now\"," + done(pictures) + '}'); };
        profile.refusal = json("{\"created\":\"now\"," + withheld);
        return profile;
    }
    profile.paid = [](const QList<QByteArray> &, const QByteArray &) { return json("{\"generation_id\":\"job-1\",\"status\":\"pending\"}"); };
    profile.poll = [done](const QList<QByteArray> &pictures) {
        return json("{\"generation_id\":\"job-1\",\"status\":\"completed\"," + done(pictures) + '}');
    };
    profile.refusal = json("{\"generation_id\":\"job-1\",\"status\":\"completed\"," + withheld);
    return profile;
}

ServiceProfile stability()
{
    ServiceProfile profile = make("stability", "stability", "/v2beta/stable-image/generate/sd3", Picture::Body);
    profile.unknownModel = FailureClass::Retired;
    profile.editPath = profile.paidPath;
    profile.paid = [](const QList<QByteArray> &pictures, const QByteArray &) {
        return ScriptedAnswer{{{"Content-Type", "image/png"}, {"finish-reason", "SUCCESS"}, {"seed", "7"}}, pictures.value(0)};
    };
    profile.refusal = {{{"Content-Type", "image/png"}, {"finish-reason", "CONTENT_FILTERED"}}, "blurred"};
    return profile;
}

ServiceProfile gemini()
{
    ServiceProfile profile = make("gemini", "gemini", "/v1beta/models/", Picture::Base64);
    profile.unknownModel = FailureClass::Retired;
    profile.editPath = profile.paidPath;
    profile.paid = [](const QList<QByteArray> &pictures, const QByteArray &) {
        return json("{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":["
                    + each("{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"", pictures, "\"}}") + "]},\"finishReason\":\"STOP\"}]}");
    };
    profile.refusal = json("{\"candidates\":[{\"content\":{\"parts\":[]},\"finishReason\":\"IMAGE_SAFETY\"}]}");
    return profile;
}

ServiceProfile bfl()
{
    ServiceProfile profile = make("bfl", "bfl", "/v1/model-1", Picture::Link);
    profile.unknownModel = FailureClass::Retired;
    profile.mayFollow = false;
    profile.editPath = profile.paidPath;
    profile.pollPath = "/v1/get_result";
    profile.paid = [](const QList<QByteArray> &, const QByteArray &serverUrl) {
        return json("{\"id\":\"job-1\",\"polling_url\":\"" + serverUrl + "/v1/get_result?id=job-1\"}");
    };
    profile.poll = [](const QList<QByteArray> &pictures) {
        return json("{\"id\":\"job-1\",\"status\":\"Ready\",\"result\":{\"sample\":\"" + pictures.value(0) + "\",\"seed\":7}}");
    };
    profile.refusal = json("{\"id\":\"job-1\",\"status\":\"Content Moderated\",\"result\":null}");
    return profile;
}

ServiceProfile a1111(const char *name, bool isFree)
{
    ServiceProfile profile = make(name, "a1111", "/sdapi/v1/txt2img", Picture::Base64);
    profile.backend.options["poll_ms"] = 60'000;
    profile.backend.free = isFree;
    profile.editPath = "/sdapi/v1/img2img";
    profile.hasCount = true;
    profile.paid = [](const QList<QByteArray> &pictures, const QByteArray &) {
        return json("{\"images\":[" + each("\"", pictures, "\"") + "],\"parameters\":{},\"info\":\"{\\\"seed\\\":7}\"}");
    };
    return profile;
}

ServiceProfile comfyui()
{
    ServiceProfile profile = make("comfyui", "comfyui", "/prompt", Picture::Link);
    profile.request.upstream = QStringLiteral("sd35.safetensors");
    profile.request.seedWanted = true;
    profile.request.seed = 7;
    profile.request.steps = 4;
    profile.uploadPath = "/upload/image";
    profile.editPath = profile.paidPath;
    profile.pollPath = "/history/";
    profile.picturePath = "/view";
    profile.hasCount = true;
    profile.usesSocket = true;
    return profile;
}

} // namespace

std::optional<Stage> ServiceProfile::stageOf(const ReceivedRequest &received) const
{
    const auto begins = [&received](const QByteArray &path) { return !path.isEmpty() && received.target.startsWith(path); };
    if (received.method == "POST")
        return begins(uploadPath) ? std::optional(Stage::Upload) : begins(paidPath) || begins(editPath) ? std::optional(Stage::Paid) : std::nullopt;
    if (usesSocket && begins("/ws"))
        return Stage::Socket;
    return begins(pollPath) ? std::optional(Stage::Poll) : begins(picturePath) ? std::optional(Stage::Download) : std::nullopt;
}

QByteArray streamEvent(const QByteArray &what, const QByteArray &base64)
{
    const QByteArray type = "image_generation." + what;
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"b64_json\":\"" + base64 + "\",\"partial_image_index\":0}\n\n";
}

QList<ServiceProfile> serviceProfiles()
{
    return {openAi("openai", Picture::Base64), openAi("openai-link", Picture::Link), openAiStream(), custom("custom", Picture::Base64),
            custom("custom-body", Picture::Body), custom("custom-link", Picture::Link),
            ideogram("ideogram", "legacy", "V_2_TURBO", "/generate"),
            ideogram("ideogram-v2", "v2", "ideogram-2", "/v2/image/generate/ideogram-2", "/v2/generations/"),
            ideogram("ideogram-async", "v45", "ideogram-4.5", "/v1/ideogram-v45/async/generate", "/v1/generations/"),
            stability(), gemini(), bfl(), a1111("a1111", false), a1111("a1111-free", true), comfyui()};
}

} // namespace Galley
