#pragma once

#include "core/service/libraryservice.h"
#include "core/store/store.h"

#include <functional>

namespace Galley {

/// Told how far something is that takes minutes; false: it stops, with ErrorCode::Cancelled. On the thread of the work.
using CareProgress = std::function<bool(qint64 done, qint64 total, const QString &text)>;

/// What the library can be asked to do to itself, for the window and for `galley library`. All of it waits for the store: on a pool, or in a command.

/// Reads every file again. Pictures whose file is missing or altered are marked, and those whose file is right again are not any more. \a graceMs as
/// Store::verify().
Result<LibraryReport> verifyLibrary(Store *store, const CareProgress &progress, qint64 graceMs = 600'000);

/// verifyLibrary(), and mends: bytes of a missing or altered file are looked for among the other files of the library and in \a sources (files of
/// exportProject(), and folders); what lay in their place is kept in `damaged`. Files that no picture names become pictures in the bin, or go to `damaged` when
/// they are no pictures. Indices, search and thumbnails are made anew where they are missing or wrong.
Result<LibraryReport> repairLibrary(Store *store, const CareProgress &progress, const QStringList &sources = {}, qint64 graceMs = 600'000);

/// Whether what Store::readOriginal() says will stay true: the file is missing or altered. A disk that fails now may work again.
bool isLost(const Error &ofOriginal);

/// Makes the thumbnail of \a id anew and stores it. A picture whose file is missing or altered is marked; its thumbnail then says why there is none, until
/// the mark goes. Of a file that cannot be read now nothing is stored.
Result<Thumbnail> makeThumbnailOf(Store *store, qint64 id);

/// The reports' own sentence for what has been stopped.
Error careStopped();

} // namespace Galley
