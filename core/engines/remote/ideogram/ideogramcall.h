#pragma once

#include "core/engines/remote/remoteengine.h"

namespace Galley {

/// Ideogram (https://api.ideogram.ai, header Api-Key). Options of a model:
///   api    "legacy"  POST /generate; upstream is the model: "V_2_TURBO", "V_2A_TURBO"
///          "v2"      POST /v2/image/generate/{upstream}: "ideogram-2a", "ideogram-2", "ideogram-3" (the default)
///          "v3"      POST /v1/ideogram-v3/generate, multipart
///          "v4"      POST /v1/ideogram-v4/generate, multipart; "v45" likewise. json_prompt for the dialect ideogram-json, else text_prompt
///   async  v2, v4 and v45 take the job in and are asked for it, so that it can be looked up later; true unless the model says false
/// All others are sent as they are (rendering_speed, style_type, quality, magic_prompt …). magic_prompt is off unless a model turns it on: text in
/// a picture must stay what the template says.
///
/// Sizes: a request's ratio ("16x9") becomes aspect_ratio, its size becomes resolution; legacy V_2A and v2's ideogram-2 and -2a take ratios only, v4 and
/// v45 resolutions only. Seeds: all but v4 and v45. Negative prompts: legacy V_1 and V_2, v2's ideogram-2 and -3, v3. A start picture: none.
class IdeogramCall : public RemoteCall
{
    Q_OBJECT

public:
    using RemoteCall::RemoteCall;

protected:
    void start() override;
    void lookUp() override;
    Error readFailure(const HttpReply &reply) const override;

private:
    void sendLegacy();
    void sendV2();
    void sendForm();
    void readAnswer(const HttpReply &reply);
    void accepted(const QString &id);
    void poll(int round);
    void readGeneration(const Json &answer, int round);
    void finishWith(const Json &answer);
    QList<QUrl> readPictures(const Json &data);

    QString m_generation;
};

const ServiceKind &ideogramKind();

} // namespace Galley
