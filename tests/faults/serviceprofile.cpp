#include "tests/faults/serviceprofile.h"

namespace Galley {

namespace {

using Picture = ServiceProfile::Picture;

ScriptedAnswer json(const QByteArray &body)
{
    return {{{"Content-Type", "application/json"}}, body};
}

ServiceProfile make(const char *name, const char *kind, const char *paidPath, Picture picture)
{
    ServiceProfile profile;
    profile.name = QString::fromLatin1(name);
    profile.backend.id = profile.name;
    profile.backend.label = QStringLiteral("Studio");
    profile.backend.kind = QString::fromLatin1(kind);
    profile.backend.key = profile.name;
    profile.backend.options = {{"timeout_s", 1}, {"poll_ms", 1}};
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
    profile.paid = [picture](const QByteArray &shown, const QByteArray &) {
        return json("{\"created\":1,\"data\":[{\"" + QByteArray(picture == Picture::Link ? "url" : "b64_json") + "\":\"" + shown + "\"}]}");
    };
    return profile;
}

ServiceProfile custom(const char *name, Picture picture)
{
    ServiceProfile profile = make(name, "custom", "/api/v1/generate", picture);
    const char *where = picture == Picture::Body ? "body" : "/out/picture";
    profile.backend.options["request"] = {{"method", "POST"}, {"path", "api/v1/generate"}, {"body", {{"text", "{prompt}"}}}};
    profile.backend.options["answer"] = {{"picture", where}};
    profile.paid = [picture](const QByteArray &shown, const QByteArray &) {
        if (picture == Picture::Body)
            return ScriptedAnswer{{{"Content-Type", "image/png"}}, shown};
        return json("{\"out\":{\"picture\":\"" + shown + "\"}}");
    };
    return profile;
}

ServiceProfile ideogram(const char *name, bool async)
{
    ServiceProfile profile = make(name, "ideogram", async ? "/v1/ideogram-v45/async/generate" : "/generate", Picture::Link);
    profile.unknownModel = FailureClass::Retired;
    profile.request.options = {{"api", async ? "v45" : "legacy"}};
    profile.request.upstream = QString::fromLatin1(async ? "ideogram-4.5" : "V_2_TURBO");
    profile.request.size = {1024, 1024};
    const auto done = [](const QByteArray &shown) {
        return QByteArray("\"data\":[{\"url\":\"" + shown + "\",\"is_image_safe\":true,\"seed\":7,\"resolution\":\"1024x1024\"}]");
    };
    if (!async) {
        profile.paid = [done](const QByteArray &shown, const QByteArray &) { return json("{\"created\":\"now\"," + done(shown) + '}'); };
        return profile;
    }
    profile.paid = [](const QByteArray &, const QByteArray &) { return json("{\"generation_id\":\"job-1\",\"status\":\"pending\"}"); };
    profile.poll = [done](const QByteArray &shown) { return json("{\"generation_id\":\"job-1\",\"status\":\"completed\"," + done(shown) + '}'); };
    return profile;
}

ServiceProfile stability()
{
    ServiceProfile profile = make("stability", "stability", "/v2beta/stable-image/generate/sd3", Picture::Body);
    profile.unknownModel = FailureClass::Retired;
    profile.paid = [](const QByteArray &shown, const QByteArray &) {
        return ScriptedAnswer{{{"Content-Type", "image/png"}, {"finish-reason", "SUCCESS"}, {"seed", "7"}}, shown};
    };
    return profile;
}

ServiceProfile gemini()
{
    ServiceProfile profile = make("gemini", "gemini", "/v1beta/models/", Picture::Base64);
    profile.unknownModel = FailureClass::Retired;
    profile.paid = [](const QByteArray &shown, const QByteArray &) {
        return json("{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"" + shown
                    + "\"}}]},\"finishReason\":\"STOP\"}]}");
    };
    return profile;
}

ServiceProfile bfl()
{
    ServiceProfile profile = make("bfl", "bfl", "/v1/model-1", Picture::Link);
    profile.unknownModel = FailureClass::Retired;
    profile.mayFollow = false;
    profile.paid = [](const QByteArray &, const QByteArray &serverUrl) {
        return json("{\"id\":\"job-1\",\"polling_url\":\"" + serverUrl + "/v1/get_result?id=job-1\"}");
    };
    profile.poll = [](const QByteArray &shown) {
        return json("{\"id\":\"job-1\",\"status\":\"Ready\",\"result\":{\"sample\":\"" + shown + "\",\"seed\":7}}");
    };
    return profile;
}

ServiceProfile a1111()
{
    ServiceProfile profile = make("a1111", "a1111", "/sdapi/v1/txt2img", Picture::Base64);
    profile.backend.options["poll_ms"] = 60'000;
    profile.paid = [](const QByteArray &shown, const QByteArray &) {
        return json("{\"images\":[\"" + shown + "\"],\"parameters\":{},\"info\":\"{\\\"seed\\\":7}\"}");
    };
    return profile;
}

} // namespace

QList<ServiceProfile> serviceProfiles()
{
    return {openAi("openai", Picture::Base64), openAi("openai-link", Picture::Link), custom("custom", Picture::Base64),
            custom("custom-body", Picture::Body), custom("custom-link", Picture::Link), ideogram("ideogram", false), ideogram("ideogram-async", true),
            stability(), gemini(), bfl(), a1111()};
}

} // namespace Galley
