#pragma once

#include <QString>

namespace Galley {

/// 100,000, or GALLEY_PICTURES.
int libraryPictures();

/// A library in \a folder with rows as three years of work leave them, without their files; thumbnails with bytes of the usual size. Takes most of a gigabyte
/// of memory while it writes: not in a process whose memory is measured.
bool fillLibrary(const QString &folder, int pictures);

} // namespace Galley
