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
/// Sizes: a request's ratio ("16x9") becomes aspect_ratio, its size resolution where that generation of models knows it, and else the nearest ratio;
/// Ideogram 4 takes resolutions only. Seeds: all but v4 and v45. Negative prompts: legacy V_1 and V_2, v2's ideogram-2 and -3, v3. Palettes: legacy
/// V_2, v2's ideogram-3, v3. A start picture: none.
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
    bool isAsync() const;
    void readAnswer(const HttpReply &reply);
    void readJob(const Json &answer);
    void poll(int round);
    void readGeneration(const Json &answer, int round);
    void failGeneration(const Json &answer);
    void finishWith(const Json &answer);
    void takePictures(const Json &data);
    void noteDeprecation(const HttpReply &reply);

    QString m_generation;
    bool m_isDownloading = false;
};

const ServiceKind &ideogramKind();

} // namespace Galley
