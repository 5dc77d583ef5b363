#include "core/template/csv.h"

#include "core/template/resolve.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

namespace Galley {

namespace {

constexpr qint64 maxBytes = 64 * 1024 * 1024;
constexpr qsizetype maxFindings = 200;  // more would only hide the first ones

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Csv", text);
}

/// One record of RFC 4180 with the line it starts on.
struct Record
{
    QStringList fields;
    int line = 0;
};

/// Splits a CSV text into records. Quotes may hold separators, line ends and doubled quotes.
class CsvReader
{
public:
    CsvReader(const QString &text, QChar separator)
        : m_text(text)
        , m_separator(separator)
    {}

    bool atEnd() const { return m_at >= m_text.size(); }

    /// False when a quote is never closed; line() is then where it opened.
    bool next(Record &record)
    {
        record.fields.clear();
        record.line = m_line;
        while (true) {
            QString field;
            if (!readField(field))
                return false;
            record.fields.append(field);
            if (atEnd())
                return true;
            const QChar c = m_text.at(m_at++);
            if (c == m_separator)
                continue;
            if (c == QLatin1Char('\r') && !atEnd() && m_text.at(m_at) == QLatin1Char('\n'))
                ++m_at;
            ++m_line;
            return true;
        }
    }

    int line() const { return m_line; }

private:
    bool readField(QString &field)
    {
        if (!atEnd() && m_text.at(m_at) == QLatin1Char('"'))
            return readQuoted(field);
        const qsizetype start = m_at;
        while (!atEnd() && m_text.at(m_at) != m_separator && m_text.at(m_at) != QLatin1Char('\n')
               && m_text.at(m_at) != QLatin1Char('\r'))
            ++m_at;
        field = m_text.mid(start, m_at - start);
        return true;
    }

    bool readQuoted(QString &field)
    {
        const int opened = m_line;
        ++m_at;
        while (!atEnd()) {
            const QChar c = m_text.at(m_at++);
            if (c == QLatin1Char('"')) {
                if (atEnd() || m_text.at(m_at) != QLatin1Char('"')) {
                    // What stands between a closing quote and the separator is kept as it is.
                    QString rest;
                    const bool quoted = !atEnd() && m_text.at(m_at) != m_separator && m_text.at(m_at) != QLatin1Char('\n')
                                        && m_text.at(m_at) != QLatin1Char('\r');
                    if (quoted)
                        readField(rest);
                    field += rest;
                    return true;
                }
                ++m_at;
            } else if (c == QLatin1Char('\n')) {
                ++m_line;
            }
            field += c;
        }
        m_line = opened;
        return false;
    }

    const QString &m_text;
    QChar m_separator;
    qsizetype m_at = 0;
    int m_line = 1;
};

/// The separator that the header line uses outside of quotes.
QChar separatorOf(const QString &text)
{
    int commas = 0;
    int semicolons = 0;
    bool quoted = false;
    for (const QChar c : text) {
        if (c == QLatin1Char('"'))
            quoted = !quoted;
        else if (!quoted && c == QLatin1Char('\n'))
            break;
        else if (!quoted)
            c == QLatin1Char(',') ? ++commas : (c == QLatin1Char(';') ? ++semicolons : 0);
    }
    return semicolons > commas ? QLatin1Char(';') : QLatin1Char(',');
}

Result<QString> decode(const QByteArray &text, const QString &name)
{
    if (text.size() > maxBytes)
        return fail(ErrorCode::TooLarge, tr("%1 is larger than 64 MB, the limit of a CSV file. Split it.").arg(name));
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder(text);
    if (decoder.hasError() || decoded.contains(QChar(u'\0')))
        return fail(ErrorCode::InvalidInput, tr("%1 is not UTF-8 text. Save it as \"CSV UTF-8\".").arg(name));
    return decoded.startsWith(QChar(QChar::ByteOrderMark)) ? decoded.mid(1) : decoded;
}

void addFinding(RowSet &set, int line, const QString &column, Severity severity, const char *code, const QString &message)
{
    if (set.findings.size() < maxFindings)
        set.findings.append({set.file, line, column, severity, QString::fromLatin1(code), message, {}});
}

Result<void> readHeader(const Record &record, const Template &value, RowSet &set)
{
    for (const QString &field : record.fields) {
        const QString column = field.trimmed();
        if (set.columns.contains(column) && !column.isEmpty()) {
            return fail(ErrorCode::InvalidInput,
                        tr("%1:1: The column \"%2\" stands twice. Rename or delete one.").arg(set.file, column));
        }
        set.columns.append(column);
        if (column.isEmpty() || column == QLatin1String("_file") || value.findSlot(column))
            continue;
        addFinding(set, 1, column, Severity::Warning, "unknown_column",
                   tr("The column \"%1\" belongs to no slot of the template and is not used.").arg(column));
    }
    for (const Slot &slot : value.slotList) {
        if (!set.columns.contains(slot.name)) {
            addFinding(set, 1, slot.name, Severity::Info, "missing_column",
                       tr("No column for the slot \"%1\": every row takes its default.").arg(slot.name));
        }
    }
    return {};
}

void readRow(const Record &record, const Template &value, RowSet &set)
{
    Row row;
    row.number = int(set.rows.size()) + 1;
    row.folder = QFileInfo(set.file).absolutePath();
    if (record.fields.size() > set.columns.size()) {
        addFinding(set, record.line, {}, Severity::Warning, "too_many_fields",
                   tr("Row %1 has %2 fields and the header %3; the last ones are not used. A text with a comma needs quotes.")
                       .arg(row.number)
                       .arg(record.fields.size())
                       .arg(set.columns.size()));
    }
    for (qsizetype i = 0; i < std::min(record.fields.size(), set.columns.size()); ++i) {
        const QString &column = set.columns.at(i);
        const Slot *slot = value.findSlot(column);
        if (!slot && column != QLatin1String("_file"))
            continue;
        row.values.insert(column, record.fields.at(i));
        const QString problem = slot && !record.fields.at(i).isEmpty() ? checkSlotValue(*slot, record.fields.at(i)) : QString();
        if (!problem.isEmpty())
            addFinding(set, record.line, column, Severity::Error, "bad_value", tr("Row %1: %2").arg(row.number).arg(problem));
    }
    set.rows.append(row);
}

} // namespace

Result<RowSet> parseRows(const QByteArray &text, const QString &name, const Template &value)
{
    const Result<QString> decoded = decode(text, name);
    if (!decoded)
        return fail(decoded.error());
    RowSet set;
    set.file = name;
    CsvReader reader(*decoded, separatorOf(*decoded));
    Record record;
    bool header = true;
    while (!reader.atEnd()) {
        if (!reader.next(record)) {
            return fail(ErrorCode::InvalidInput,
                        tr("%1:%2: A quotation mark opens here and is never closed. Close it, or double it (\"\").")
                            .arg(name)
                            .arg(reader.line()));
        }
        const bool blank = record.fields.size() == 1 && record.fields.first().trimmed().isEmpty();
        if (blank)
            continue;
        if (header) {
            if (const Result<void> result = readHeader(record, value, set); !result)
                return fail(result.error());
            header = false;
        } else {
            readRow(record, value, set);
        }
    }
    if (header)
        return fail(ErrorCode::InvalidInput, tr("%1 is empty. The first line names the slots, one column each.").arg(name));
    return set;
}

Result<RowSet> loadRows(const QString &file, const Template &value)
{
    QFile source(file);
    if (!source.exists())
        return fail(ErrorCode::NotFound, tr("%1 does not exist.").arg(file));
    if (source.size() > maxBytes)
        return fail(ErrorCode::TooLarge, tr("%1 is larger than 64 MB, the limit of a CSV file. Split it.").arg(file));
    if (!source.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, tr("%1 cannot be read: %2.").arg(file, source.errorString()));
    return parseRows(source.readAll(), QFileInfo(file).absoluteFilePath(), value);
}

} // namespace Galley
