#pragma once

#include "core/service/libraryservice.h"
#include "core/store/store.h"

namespace Galley {

/// LibraryService::keepDraft() at once: paints, encodes and waits for \a store, so on a pool. A draft without anything on it, or one that is too large for
/// the memory, is an error in words.
Result<KeptDraft> keepDraft(Store *store, const Draft &draft, const QDateTime &now);

/// The newest draft in \a store whose file has \a digest; 0: there is none. Waits for the store: on a pool.
Result<qint64> keptDraft(Store *store, const QString &digest);

} // namespace Galley
