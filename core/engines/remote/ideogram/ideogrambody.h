#pragma once

#include "core/base/result.h"
#include "core/net/httpclient.h"
#include "core/render/renderengine.h"

// What Ideogram's endpoints are sent (image-apis.md §2). Pure.
namespace Galley {

/// Which endpoint a model of models.yaml belongs to: its option `api`.
enum class IdeogramApi { Legacy, V2, V3, V4, V45 };

Result<IdeogramApi> ideogramApi(const EngineRequest &request);
bool isIdeogramAsync(const EngineRequest &request, IdeogramApi api);
QString ideogramPath(const EngineRequest &request, IdeogramApi api);

/// Which of ModelEntry::supports this model's endpoint can carry.
QStringList ideogramFeatures(const EngineRequest &request, IdeogramApi api);

/// The JSON body of Legacy and V2.
Json ideogramBody(const EngineRequest &request, IdeogramApi api);
/// The form of V3, V4 and V45. An error when a structured prompt is no JSON.
Result<QList<HttpPart>> ideogramForm(const EngineRequest &request, IdeogramApi api);

} // namespace Galley
