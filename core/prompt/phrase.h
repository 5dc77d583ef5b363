#pragma once

#include "core/template/resolve.h"

#include <QHash>

namespace Galley {

/// Words and the slots that they came from.
struct Phrase
{
    QString text;
    QList<SlotSpan> spans;  ///< in order, none empty

    bool isEmpty() const { return text.isEmpty(); }
    Phrase mid(int start, int length) const;

    bool operator==(const Phrase &) const = default;
};

/// Puts words together as one piece of a sentence: single spaces, no control characters, no punctuation left over from what an
/// empty slot would have said ("at , on Monday"). Inside one slot's value punctuation stays as it was written.
class PhraseBuilder
{
public:
    void literal(QStringView words);
    void slot(QStringView words, const QString &name);
    void phrase(const Phrase &words);

    /// Without punctuation at the end, except what belongs there: "!", "?", "…".
    Phrase take();
    /// As it was written, punctuation and all: what is to be drawn.
    Phrase takeWhole() { return m_phrase; }

private:
    void add(QStringView words, const QString *slotName);
    void addCharacter(QChar c, const QString *slotName);
    void chop(int count);
    void dropDanglingWord();
    void closeSpan();

    Phrase m_phrase;
    const QString *m_openSlot = nullptr;
    int m_openStart = -1;
    int m_run = 0;       ///< counts pieces: punctuation is mended only where two of them meet
    int m_lastRun = -1;
    bool m_space = false;
    bool m_afterEmpty = false;  ///< the last slot said nothing
};

/// \a source as one clean piece, with `<token>` replaced from \a references (nothing, when it is not there).
Phrase cleanPhrase(const ResolvedText &source, const QHash<QString, Phrase> &references = {});

/// \a source character by character, for text that is to be drawn exactly: only trimmed, line ends as "\n".
Phrase exactPhrase(const ResolvedText &source);

/// Writes sentences.
class ProseWriter
{
public:
    void words(const QString &literal);
    void words(const Phrase &phrase);
    /// Ends the sentence unless the last words already did.
    void endSentence();

    QString text;
    QList<SlotSpan> parts;
};

/// Writes compact JSON and keeps track of where slots' words went, escapes and all.
class JsonWriter
{
public:
    void raw(const char *json);
    void string(const Phrase &value);
    void string(const QString &value) { string(Phrase{value, {}}); }
    void hexList(const QList<QColor> &colors);

    QString text;
    QList<SlotSpan> parts;
};

} // namespace Galley
