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

/// \a name is the file name for sentences. Refuses: larger than 10 MB, deeper than 32, over 500 tokens, 200 slots or 10,000
/// characters a value, wrong types, NaN, duplicate ids, unknown slots in texts, a newer version.
/// UnknownSlots::Report turns only the last of these into a warning: an editor must get back whatever it let people write.
enum class UnknownSlots { Refuse, Report };
Result<LoadedTemplate> parseTemplate(const QByteArray &text, const QString &name, UnknownSlots unknownSlots = UnknownSlots::Refuse);
Result<LoadedTemplate> loadTemplate(const QString &file);

QByteArray writeTemplate(const Template &value);

/// Atomic: a temporary file in the same folder, fsync, rename.
Result<void> saveTemplate(const Template &value, const QString &file);

/// Everything that is wrong with \a value itself (not the file), for the Issues list and `galley check`. Errors first.
QList<Finding> checkTemplate(const Template &value, const QString &name);

/// The line (from 1) of the value that the JSON pointer \a path names in \a text; 0 when it is not there.
int lineOfPointer(const QByteArray &text, const QString &path);

/// A new, valid, empty template with a fresh id.
Template newTemplate(const QString &name, const QSize &canvas);

} // namespace Galley
