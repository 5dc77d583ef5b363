#pragma once

#include "core/service/libraryservice.h"
#include "core/store/store.h"

namespace Galley {

/// What people have said of pictures beside stars and notes, as members of a project file's project.json: which of two they chose, and the searches that
/// they have saved. Read as hostile; pictures are the numbers of their lines.

/// Of \a picks those of which both pictures have a line. \a numbers: of the lines, by id.
Json projectPicksJson(const QList<PickPair> &picks, const QHash<qint64, int> &numbers);
/// Of \a searches those that may find something of \a project (empty: all).
Json projectSearchesJson(const QList<SavedSearch> &searches, const QString &project);

/// Takes the members "picks" and "searches" of \a manifest in, as far as they are not here yet, and says so in \a report; files of before have none.
/// \a ids: of pictures here, by the numbers of their lines. Waits for the store: on a pool.
Result<void> takeProjectOpinions(Store *store, const Json &manifest, const QHash<int, qint64> &ids, LibraryReport *report);

} // namespace Galley
