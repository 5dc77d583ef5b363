#pragma once

#include "core/render/renderengine.h"
#include "core/store/assetrecord.h"
#include "core/store/jobrecord.h"

namespace Galley {

struct Draft;
struct FinalPicture;

/// Everything that says how a picture came to be, schema 1: the three models, the rule and its reasons, every attempt, digests of template and row, the
/// whole request, what the service answered, times and cost. What nobody said is null. No local paths and no keys. Pure.
Json provenanceJson(const JobRecord &job, const EngineRequest &request, const RenderResult &result);

/// The pictures of \a result on their way into the library; job.costUsd is for all of them. A picture without a file (a local engine) becomes a PNG,
/// which takes time: not on the GUI thread.
QList<NewAsset> newAssets(const JobRecord &job, const EngineRequest &request, const RenderResult &result, const QDateTime &now);

/// What the library has of \a picture, as far as its provenance tells. Pure.
AssetRecord recordOf(const FinalPicture &picture);
/// A draft as if the library had it, for exportPicture(): not stored, without times, so that the same draft gives the same bytes. Pure.
AssetRecord draftRecord(const Draft &draft);
/// A draft on its way into the library: the same with times, memory, cost and a digest of all that shaped its pixels (`request_digest`). Pure.
AssetRecord keptDraftRecord(const Draft &draft, const QDateTime &now);

} // namespace Galley
