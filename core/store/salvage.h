#pragma once

#include "core/store/database.h"

namespace Galley {

/// Reads everything that is left of damaged libraries back: of the file that is open, and of those that were kept aside because they could not be opened
/// (library.db.damaged-…), oldest first. A new file is made of it, complete and on disk before it takes the old one's name; what was read is kept as
/// library.db.salvaged-…. Numbers stay as they were. Renders that a library which was kept aside had not ended are held. What can be made anew (search, tags
/// of the filters) is. On the thread of \a database, which is open again afterwards; other windows go on with the new file.
Result<Salvaged> salvageLibrary(Database &database, const StoreProgress &progress);

/// Has the new library \a database count on above the one that was kept as \a aside, so that both fit into one.
Result<void> beginAbove(Database &database, const QString &aside);

/// The tables whose rows are read back, and those that follow from them.
QStringList salvagedTables();
QStringList derivedTables();

} // namespace Galley
