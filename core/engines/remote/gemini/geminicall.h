#pragma once

#include "core/engines/remote/remoteengine.h"

namespace Galley {

/// Google's Gemini image models (https://generativelanguage.googleapis.com, header x-goog-api-key): POST /v1beta/models/{upstream}:generateContent.
/// Options of a model become members of generationConfig, as they are: {imageConfig: {imageSize: "2K"}, temperature: 0.4}.
///
/// Sizes: ratios only ("16x9" becomes imageConfig.aspectRatio "16:9"). A start picture goes along as inlineData; how much of it stays cannot be said.
/// No seed, no negative prompt, one picture.
class GeminiCall : public RemoteCall
{
    Q_OBJECT

public:
    using RemoteCall::RemoteCall;

protected:
    void start() override;
    Error readFailure(const HttpReply &reply) const override;

private:
    void readAnswer(const Json &answer);
};

const ServiceKind &geminiKind();

} // namespace Galley
