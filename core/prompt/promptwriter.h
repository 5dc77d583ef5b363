#pragma once

#include "core/template/resolve.h"

#include <QString>
#include <QStringList>

namespace Galley {

/// Builds a text while keeping track of which words came from which slot, also through JSON escapes. A plain value.
class PromptWriter
{
public:
    void add(const QString &plain) { m_text.text += plain; }
    void add(const ResolvedText &text);

    /// A JSON string with quotes; control characters, quotes and backslashes escaped, everything else as UTF-8 has it.
    void addJson(const QString &plain);
    void addJson(const ResolvedText &text);
    /// `"key":`, with a comma before it unless it is the first in its object.
    void addKey(const char *key);
    void addJsonList(const QStringList &values);
    void open(QChar bracket);
    void close(QChar bracket);
    /// A comma unless it is the first entry.
    void nextEntry();

    const ResolvedText &result() const { return m_text; }

private:
    ResolvedText m_text;
};

/// Trimmed, runs of white space as one space, spans moved along.
ResolvedText tidied(const ResolvedText &text);
/// Without a full stop, comma or semicolon at its end.
ResolvedText withoutEnd(const ResolvedText &text);
/// Its first letter in upper case.
ResolvedText capitalised(const ResolvedText &text);
/// The texts that are not empty, with \a separator between them.
ResolvedText joined(const QList<ResolvedText> &texts, const QString &separator);
ResolvedText plainText(const QString &text);

} // namespace Galley
