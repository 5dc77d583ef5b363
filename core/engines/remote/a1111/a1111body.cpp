#include "core/engines/remote/a1111/a1111body.h"

#include "core/imaging/imagefile.h"

#include <QBuffer>
#include <QCoreApplication>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::A1111", text);
}

/// The web UI takes the alpha channel of a mask the other way round, and other servers none: grey, white where the picture is to be drawn anew.
Result<QByteArray> whiteWhereTransparent(const QByteArray &png)
{
    const auto mask = decodeImage(png, tr("the mask"));
    if (!mask)
        return fail(mask.error());
    QImage grey = mask->convertToFormat(QImage::Format_Alpha8);
    grey.reinterpretAsFormat(QImage::Format_Grayscale8);
    grey.invertPixels();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    grey.save(&buffer, "PNG");
    return bytes;
}

std::string base64(const QByteArray &bytes)
{
    return bytes.toBase64().toStdString();
}

const ReferencePicture *findPicture(const EngineRequest &request, ReferencePicture::Use use)
{
    for (const ReferencePicture &picture : request.references) {
        if (picture.use == use)
            return &picture;
    }
    return nullptr;
}

Result<void> addPictures(Json &body, const EngineRequest &request)
{
    const ReferencePicture *start = findPicture(request, ReferencePicture::Use::Start);
    const ReferencePicture *mask = findPicture(request, ReferencePicture::Use::Mask);
    if (mask && !start)
        return fail(Error{.code = ErrorCode::InvalidInput,
                          .message = tr("A mask says what of a start picture is to be drawn anew, and there is none."),
                          .failure = FailureClass::Rejected});
    if (!start)
        return {};
    body["init_images"] = Json::array({base64(start->png)});
    body["denoising_strength"] = request.strength;
    if (!mask)
        return {};
    const auto grey = whiteWhereTransparent(mask->png);
    if (!grey)
        return fail(grey.error());
    body["mask"] = base64(*grey);
    if (!body.contains("inpainting_fill"))
        body["inpainting_fill"] = 1;  // begins with what is there
    if (!body.contains("inpaint_full_res"))
        body["inpaint_full_res"] = false;
    return {};
}

} // namespace

Result<A1111Body> makeA1111Body(const EngineRequest &request, const QString &task)
{
    Json body = request.options.is_object() ? request.options : Json::object();
    body["prompt"] = request.prompt.toStdString();
    body["negative_prompt"] = request.negativePrompt.toStdString();
    body["seed"] = request.seedWanted ? request.seed : -1;
    if (request.size.isValid()) {
        body["width"] = request.size.width();
        body["height"] = request.size.height();
    }
    if (request.steps > 0)
        body["steps"] = request.steps;
    if (request.guidance > 0)
        body["cfg_scale"] = request.guidance;
    body["batch_size"] = request.count;
    if (!request.upstream.isEmpty()) {
        Json &settings = body["override_settings"];
        if (!settings.is_object())
            settings = Json::object();
        settings["sd_model_checkpoint"] = request.upstream.toStdString();
    }
    body["send_images"] = true;
    body["force_task_id"] = task.toStdString();
    if (auto added = addPictures(body, request); !added)
        return fail(added.error());
    const bool fromPicture = body.contains("init_images");
    return A1111Body{fromPicture ? QStringLiteral("sdapi/v1/img2img") : QStringLiteral("sdapi/v1/txt2img"), dumpJson(body)};
}

} // namespace Galley
