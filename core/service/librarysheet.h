#pragma once

#include "core/service/contactsheet.h"
#include "core/service/librarycare.h"

namespace Galley {

/// Writes \a pictures as a contact sheet, PDF or (where \a file ends in .csv) a table: what the library has is looked up there by the id of its record, the
/// others come with all that is to be said of them. A picture that cannot be read keeps its place, with a sentence, on the sheet and in the report; one that
/// the library does not have is an error. Waits for the store: on a pool, or in a command.
Result<LibraryReport> writeLibrarySheet(Store *store, const QList<ContactPicture> &pictures, const QString &file, const ContactSheetOptions &options,
                                        const CareProgress &progress);

} // namespace Galley
