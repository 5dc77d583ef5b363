#include "app/galley/commands/arguments.h"

#include "core/template/csv.h"
#include "core/template/resolve.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

} // namespace

QString fromArgument(const std::string &text)
{
    return QString::fromStdString(text);
}

Result<RowArgument> readRowArgument(const QString &text)
{
    const qsizetype hash = text.lastIndexOf(QLatin1Char('#'));
    if (hash < 0 || QFileInfo::exists(text))
        return RowArgument{text, 0};
    bool ok = false;
    const int number = text.mid(hash + 1).toInt(&ok);
    if (!ok || number < 1)
        return fail(ErrorCode::InvalidInput, tr("\"%1\": after # stands the number of a row, counted from 1.").arg(text));
    return RowArgument{text.left(hash), number};
}

Result<void> applySlotArguments(const std::vector<std::string> &arguments, const Template &value, Row &row)
{
    for (const std::string &argument : arguments) {
        const QString text = fromArgument(argument);
        const qsizetype equals = text.indexOf(QLatin1Char('='));
        if (equals < 1)
            return fail(ErrorCode::InvalidInput, tr("--slot %1: write it as name=value.").arg(text));
        const QString name = text.left(equals);
        QString content = text.mid(equals + 1);
        const Slot *slot = value.findSlot(name);
        if (!slot) {
            QStringList names;
            for (const Slot &known : value.slotList)
                names.append(known.name);
            return fail(ErrorCode::InvalidInput,
                        tr("--slot %1: the template has no slot of that name; it has %2.").arg(name, names.join(QStringLiteral(", "))));
        }
        if (slot->type == SlotType::Image && !content.isEmpty())
            content = QFileInfo(content).absoluteFilePath();
        const QString refusal = checkSlotValue(*slot, content);
        if (!refusal.isEmpty())
            return fail(ErrorCode::InvalidInput, QStringLiteral("--slot ") + name + QStringLiteral(": ") + refusal);
        row.values.insert(name, content);
    }
    return {};
}

Result<QList<Row>> readRows(const std::string &rowArgument, const std::vector<std::string> &slotArguments, const Template &value,
                            const QString &templateFolder, QList<Finding> *findings)
{
    QList<Row> rows;
    if (rowArgument.empty()) {
        Row row;
        row.folder = templateFolder;
        rows.append(row);
    } else {
        const auto argument = readRowArgument(fromArgument(rowArgument));
        if (!argument)
            return fail(argument.error());
        const auto set = loadRows(argument->file, value);
        if (!set)
            return fail(set.error());
        findings->append(set->findings);
        if (set->rows.isEmpty())
            return fail(ErrorCode::InvalidInput, tr("%1 has a header line but no rows.").arg(argument->file));
        if (argument->number > set->rows.size()) {
            return fail(ErrorCode::InvalidInput,
                        tr("%1 has %2 rows, so there is no row %3.").arg(argument->file).arg(set->rows.size()).arg(argument->number));
        }
        rows = argument->number > 0 ? QList<Row>{set->rows.at(argument->number - 1)} : set->rows;
    }
    for (Row &row : rows) {
        if (const auto applied = applySlotArguments(slotArguments, value, row); !applied)
            return fail(applied.error());
    }
    return rows;
}

QString findingLine(const Finding &finding)
{
    QString line = finding.file + QLatin1Char(':');
    if (finding.line > 0) // what is wrong with the file as a whole stands in no line
        line += QString::number(finding.line) + QLatin1Char(':');
    line += QLatin1Char(' ');
    if (finding.severity != Severity::Error)
        line += severityName(finding.severity) + QStringLiteral(": ");
    line += finding.message;
    if (!finding.fix.isEmpty())
        line += QLatin1Char(' ') + finding.fix;
    return finding.column > 0 ? line + QLatin1Char(' ') + tr("(Column %1.)").arg(finding.column) : line;
}

} // namespace Galley
