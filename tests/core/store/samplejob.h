#pragma once

#include "core/store/assetrecord.h"
#include "core/store/jobrecord.h"

#include <QFile>
#include <QFileInfoList>
#include <QFuture>

namespace Galley {

/// A template as a file would give it, with keys of its own order and one that nobody knows.
Template sampleTemplate();
/// A job for \a model in which every member says something.
JobRecord fullJob(const QString &model = QStringLiteral("ideogram-4"));
/// A job as it is submitted: queued, nothing tried.
JobRecord newJob(double usd = 0.06, const QString &model = QStringLiteral("ideogram-4"));
/// A small picture file; another one for another \a shade.
NewAsset samplePicture(int shade = 1);

/// The entries of a render cache in \a folder.
QFileInfoList renderEntries(const QString &folder);

/// Waits for \a future without an event loop.
template<typename T>
T wait(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

/// Whether nobody may write to \a file, as its mode says (root may, whatever it says).
inline bool isReadOnlyFile(const QString &file)
{
    const auto writers = QFileDevice::WriteOwner | QFileDevice::WriteGroup | QFileDevice::WriteOther;
    return QFile::exists(file) && !(QFile::permissions(file) & writers);
}

/// Originals are read-only: whoever alters one all the same takes that away first.
inline bool openToAlter(QFile &original, QIODevice::OpenMode mode)
{
    return (!original.exists() || original.setPermissions(original.permissions() | QFileDevice::WriteOwner)) && original.open(mode);
}

} // namespace Galley
