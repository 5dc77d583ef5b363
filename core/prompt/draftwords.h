#pragma once

#include "core/prompt/phrase.h"

namespace Galley {

/// What the subject \a token of \a variant shows, as it was written and without the words that say how to draw it. What the draft model is
/// asked for is the same in English (subjectnames.h).
QString writtenSubject(const ResolvedToken &token, const Variant &variant);

} // namespace Galley
