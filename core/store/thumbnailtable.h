#pragma once

#include "core/store/database.h"
#include "core/store/thumbnail.h"

namespace Galley {

/// The SQL of the thumbnails, on one of the store's threads.
namespace ThumbnailTable {

/// Nothing: there is none yet.
Result<std::optional<Thumbnail>> read(Database &database, qint64 asset);
/// In place of an older one; nothing happens where the picture has gone. Inside a transaction of the caller.
Result<void> write(Database &database, qint64 asset, const Thumbnail &thumbnail);
/// Of \a assets those that only say why there is none. Inside a transaction of the caller.
Result<void> dropFailed(Database &database, const QList<qint64> &assets);
/// Pictures without one, the newest first.
Result<QList<qint64>> missing(Database &database, int most);

} // namespace ThumbnailTable

} // namespace Galley
