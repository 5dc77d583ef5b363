#pragma once

#include "core/imaging/readtext.h"
#include "core/service/finalservice.h"
#include "core/store/store.h"

namespace Galley {

/// The picture \a index of \a jobId out of the library: the original read and checked, what is set laid over it, drawn text read back. Waits for the store and
/// takes up to seconds: on a pool.
Result<FinalPicture> makeFinalPicture(Store *store, qint64 jobId, int index = 0);

/// How well \a texts read in \a picture, 0–1, the mean of them; nothing when none can be read. On a pool.
std::optional<double> meanScore(const QImage &picture, const QList<TextToRead> &texts);

/// \a raw as a final of \a variant: cropped to the canvas, what is set laid over it. What could not be painted as asked goes to \a problems. Any thread.
QImage composeFinal(const QImage &raw, const Variant &variant, QStringList *problems);

} // namespace Galley
