#pragma once

#include "core/composition/scene.h"
#include "core/review/score.h"
#include "core/store/store.h"
#include "core/template/resolve.h"

#include <optional>

namespace Galley {

/// What \a asset was made for; nothing when its job is not known any more. Waits for the store: on a pool.
std::optional<Variant> assetVariant(Store *store, const AssetRecord &asset);
/// \a asset as people see it: the original checked and decoded, what is set laid over it. Waits for the store: on a pool.
Result<QImage> composedPicture(Store *store, const AssetRecord &asset);

/// What a picture of \a variant should show, for scores and drift: texts with the picture of themselves typeset plainly, subjects, palette. Paints text:
/// any thread, with the bundled fonts loaded.
ReviewLayout reviewLayout(const Variant &variant);

/// \a raw, as a model made it for \a variant, in the forms that are measured.
ReviewPictures reviewPictures(const QImage &raw, const Variant &variant);

/// A draft's scene without its texts, as large as the canvas: what drift compares with ReviewPictures::ground.
QImage draftGround(const Scene &scene, const LayerPictures &pictures);

} // namespace Galley
