#pragma once

#include "core/template/finding.h"
#include "core/template/template.h"

namespace Galley {

/// A template as read, with what is odd about it but no reason to refuse it.
struct LoadedTemplate
{
    Template value;
    QList<Finding> warnings;
    int migratedFrom = Template::formatVersion;  ///< the version that the file had
};

/// Reads and writes `*.galley` (product.md §3). Unknown keys are kept, keys keep their order, "galley" comes first.
/// All functions are thread-safe and touch no global state.

/// What to do with a text that can be read but says something wrong: an unknown slot, two tokens of one id, a colour that is none.
enum class UnknownSlots {
    Refuse,  ///< fail with the first of them
    Report   ///< load it and put them into the warnings: an editor must get back whatever it let people write
};

/// \a name is the file name for sentences. Refuses: larger than 10 MB, deeper than 32, over 500 tokens, 200 slots or 10,000
/// characters a value, wrong types, NaN, duplicate ids, unknown slots in texts, a newer version.
Result<LoadedTemplate> parseTemplate(const QByteArray &text, const QString &name,
                                     UnknownSlots unknownSlots = UnknownSlots::Refuse);
Result<LoadedTemplate> loadTemplate(const QString &file, UnknownSlots unknownSlots = UnknownSlots::Refuse);

QByteArray writeTemplate(const Template &value);

/// Atomic: a temporary file in the same folder, fsync, rename.
Result<void> saveTemplate(const Template &value, const QString &file);

/// Everything that is wrong with \a value itself (not the file), for the Issues list and `galley check`. Errors first.
QList<Finding> checkTemplate(const Template &value, const QString &name);

/// Everything that is wrong with the text of a file, with line numbers, errors first: what `galley check` prints.
QList<Finding> checkTemplateText(const QByteArray &text, const QString &name);

/// The line, from 1, where the value that the JSON pointer \a pointer names stands in \a text, or the nearest thing around it
/// that is there. 0 when \a text is no JSON.
int lineOfPointer(const QByteArray &text, const QString &pointer);

/// A new, valid, empty template with a fresh id.
Template newTemplate(const QString &name, const QSize &canvas);

} // namespace Galley
