#pragma once

#include "core/prompt/phrase.h"

#include <QByteArray>

#include <memory>

namespace Galley {

/// What things are called in other languages, and what the draft model and the clip-art pack call them: „rotes Auto“ → "red automobile".
/// Immutable and thread-safe. The table comes from resources/cutouts/names.tsv, made from Unicode CLDR by packaging/draft-model/names.py.
class SubjectNames
{
public:
    /// The table that is built in; read when it is first wanted (some milliseconds). It is a constant: whatever uses it stays pure.
    static const SubjectNames &bundled();
    /// Lines that are no part of a table are left out.
    explicit SubjectNames(const QByteArray &table);
    ~SubjectNames();
    SubjectNames(const SubjectNames &) = delete;
    SubjectNames &operator=(const SubjectNames &) = delete;

    /// \a words in English as far as they are known, slots kept; \a words itself when they are English, or nothing of them is known.
    /// The language is the one that knows most of the words; a word that is English too ("gift") counts only beside one that is not.
    Phrase inEnglish(const Phrase &words) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
