#pragma once

#include "core/store/database.h"
#include "core/store/libraryquery.h"

namespace Galley {

/// What people keep by name: saved searches and comparisons. The SQL, on one of the store's threads; whatever changes is inside a transaction of the caller.
namespace CollectionTable {

Result<QList<SavedSearch>> searches(Database &database);
Result<void> saveSearch(Database &database, const SavedSearch &search);
Result<void> removeSearch(Database &database, const QString &name);

Result<QList<ComparisonSet>> comparisons(Database &database);
Result<ComparisonSet> saveComparison(Database &database, const ComparisonSet &set);
Result<void> removeComparison(Database &database, qint64 id);

} // namespace CollectionTable

} // namespace Galley
