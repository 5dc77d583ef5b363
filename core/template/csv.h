#pragma once

#include "core/template/finding.h"
#include "core/template/template.h"

namespace Galley {

/// The rows of a CSV file, matched to a template's slots.
struct RowSet
{
    QString file;
    QStringList columns;      ///< as in the header line, including unknown ones
    QList<Row> rows;          ///< numbered from 1; values only of known slots, plus "_file" when there is such a column
    QList<Finding> findings;  ///< warnings: unknown column; information: missing column; errors: a value that its slot refuses

    bool operator==(const RowSet &) const = default;
};

/// RFC 4180, comma or semicolon by the header line, UTF-8 with or without BOM, LF or CRLF. At most 64 MB.
/// Errors: unreadable, not UTF-8, unclosed quote, no header line, a column that stands twice.
Result<RowSet> parseRows(const QByteArray &text, const QString &name, const Template &value);
Result<RowSet> loadRows(const QString &file, const Template &value);

} // namespace Galley
