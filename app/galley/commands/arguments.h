#pragma once

#include "core/base/result.h"
#include "core/template/finding.h"
#include "core/template/template.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace Galley {

/// What several commands read the same way.

QString fromArgument(const std::string &text);

/// FILE.csv, or FILE.csv#N for its N-th row. A file whose name holds a "#" is taken as it is when it exists.
struct RowArgument
{
    QString file;
    int number = 0;  ///< 0: all rows
};
Result<RowArgument> readRowArgument(const QString &text);

/// Puts "name=value" arguments into \a row; image paths are relative to the working directory. The sentence names unknown slots and refused
/// values.
Result<void> applySlotArguments(const std::vector<std::string> &arguments, const Template &value, Row &row);

/// The rows that a command works on: one of the defaults without \a rowArgument. Warnings go to \a findings.
Result<QList<Row>> readRows(const std::string &rowArgument, const std::vector<std::string> &slotArguments, const Template &value,
                            const QString &templateFolder, QList<Finding> *findings);

/// "file:line: message fix", as compilers write it.
QString findingLine(const Finding &finding);

} // namespace Galley
