#include "core/template/csv.h"

#include "core/template/names.h"
#include "core/template/resolve.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QStringDecoder>

#include <algorithm>

namespace Galley {

namespace {

struct CsvTr
{
    Q_DECLARE_TR_FUNCTIONS(Galley::Csv)
};

constexpr qsizetype maxCsvSize = 64 * 1024 * 1024;
/// A file that is wrong in every row says so this many times, then once more in sum.
constexpr qsizetype maxFindings = 200;
const QString fileColumn = QStringLiteral("_file");

/// Splits RFC 4180 text into records. Line ends inside quotes belong to the value.
class RecordReader
{
public:
    RecordReader(const QString &text, QChar separator)
        : m_text(text)
        , m_separator(separator)
    {}

    int line() const { return m_recordLine; }
    bool isUnclosed() const { return m_unclosed; }
    bool hasStrayQuote() const { return m_strayQuote; }

    /// The next record that is not an empty line. False at the end, or on an unclosed quote.
    bool next(QStringList &cells)
    {
        while (m_at < m_text.size()) {
            cells.clear();
            m_recordLine = m_line;
            readRecord(cells);
            if (m_unclosed)
                return false;
            if (cells.size() > 1 || !cells.first().isEmpty())
                return true;
        }
        return false;
    }

private:
    void readRecord(QStringList &cells)
    {
        for (;;) {
            cells.append(m_at < m_text.size() && m_text[m_at] == u'"' ? readQuoted() : readPlain());
            if (m_unclosed || m_at >= m_text.size())
                return;
            const QChar end = m_text[m_at++];
            if (end == m_separator) {
                if (m_at == m_text.size())
                    cells.append(QString());
                continue;
            }
            if (end == u'\r' && m_at < m_text.size() && m_text[m_at] == u'\n')
                ++m_at;
            ++m_line;
            return;
        }
    }

    bool isEnd(QChar c) const { return c == m_separator || c == u'\n' || c == u'\r'; }

    QString readPlain()
    {
        const qsizetype start = m_at;
        while (m_at < m_text.size() && !isEnd(m_text[m_at]))
            ++m_at;
        return m_text.mid(start, m_at - start);
    }

    QString readQuoted()
    {
        QString value;
        qsizetype start = ++m_at;
        for (;; ++m_at) {
            if (m_at >= m_text.size()) {
                m_unclosed = true;
                return value;
            }
            if (m_text[m_at] == u'\n')
                ++m_line;
            if (m_text[m_at] != u'"')
                continue;
            value += QStringView(m_text).mid(start, m_at - start);
            if (m_at + 1 >= m_text.size() || m_text[m_at + 1] != u'"')
                break;
            start = ++m_at;
        }
        ++m_at;
        if (m_at < m_text.size() && !isEnd(m_text[m_at])) {
            m_strayQuote = true;
            value += readPlain();
        }
        return value;
    }

    const QString &m_text;
    QChar m_separator;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_recordLine = 1;
    bool m_unclosed = false;
    bool m_strayQuote = false;
};

/// Comma or semicolon: whichever the header line has more of, outside quotes.
QChar separatorOf(const QString &text)
{
    qsizetype commas = 0;
    qsizetype semicolons = 0;
    bool quoted = false;
    bool anything = false;
    for (const QChar c : text) {
        if (c == u'"')
            quoted = !quoted;
        else if (!quoted && (c == u'\n' || c == u'\r') && anything)
            break;
        else if (!quoted && c == u',')
            ++commas;
        else if (!quoted && c == u';')
            ++semicolons;
        anything |= c != u'\n' && c != u'\r';
    }
    return semicolons > commas ? u';' : u',';
}

/// Where the bytes stop being UTF-8: the line, from 1.
int lineOfBadByte(const QByteArray &text)
{
    int line = 1;
    for (qsizetype start = 0; start < text.size(); ++line) {
        qsizetype end = text.indexOf('\n', start);
        if (end < 0)
            end = text.size();
        QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
        const QString decoded = decoder(QByteArrayView(text).sliced(start, end - start));
        if (decoder.hasError() || decoded.contains(QChar(u'\0')))
            return line;
        start = end + 1;
    }
    return line;
}

Result<QString> decode(const QByteArray &text, const QString &name)
{
    if (text.size() > maxCsvSize)
        return fail(ErrorCode::TooLarge, CsvTr::tr("%1 is larger than %2 MB; split it.").arg(name).arg(maxCsvSize >> 20));
    if (text.startsWith("\xFF\xFE") || text.startsWith("\xFE\xFF"))
        return fail(ErrorCode::InvalidInput, CsvTr::tr("%1 is UTF-16; save it again as CSV UTF-8.").arg(name));
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    QString decoded = decoder(text);
    if (decoder.hasError() || decoded.contains(QChar(u'\0')))
        return fail(ErrorCode::InvalidInput,
                    CsvTr::tr("%1:%2: This is not UTF-8; save it again as CSV UTF-8.").arg(name).arg(lineOfBadByte(text)));
    return decoded;
}

/// Turns records into rows: knows which column feeds which slot, and what each slot refuses.
class RowBuilder
{
public:
    RowBuilder(const Template &value, const QString &name)
        : m_template(value)
    {
        m_set.file = name;
        m_folder = QFileInfo(name).absolutePath();
    }

    /// False: \a problem() says what is wrong with the header line.
    bool readHeader(const QStringList &cells, int line)
    {
        for (const QString &cell : cells) {
            const QString column = cell.trimmed();
            m_set.columns.append(column);
            m_columnSlots.append(slotFor(column));
            m_lastValues.append(QString());
            if (!column.isEmpty() && m_set.columns.count(column) > 1)
                return setProblem(column, column, line);
            const QString target = m_columnSlots.last().target;
            for (qsizetype i = 0; i + 1 < m_columnSlots.size(); ++i) {
                if (!target.isEmpty() && m_columnSlots[i].target == target)
                    return setProblem(m_set.columns[i], column, line);
            }
        }
        reportColumns(line);
        return true;
    }

    void addRow(const QStringList &cells, int line)
    {
        Row row;
        row.number = int(m_set.rows.size()) + 1;
        row.folder = m_folder;
        for (qsizetype i = 0; i < std::min(cells.size(), m_columnSlots.size()); ++i) {
            const ColumnSlot &column = m_columnSlots[i];
            if (column.target.isEmpty())
                continue;
            // Columns often repeat a value: share it, a sheet of 100,000 rows is then a fraction in memory.
            if (cells[i] != m_lastValues[i]) {
                m_lastValues[i] = cells[i];
                m_lastValues[i].squeeze();
            }
            row.values.insert(column.target, m_lastValues[i]);
            if (column.slot)
                check(*column.slot, m_lastValues[i], row.number, line, m_set.columns[i]);
        }
        checkWidth(cells, row.number, line);
        m_set.rows.append(row);
    }

    void reportStrayQuote()
    {
        add({m_set.file, 0, {}, Severity::Warning, QStringLiteral("stray_quote"),
             CsvTr::tr("Text follows a closing quotation mark."),
             CsvTr::tr("Write a quotation mark inside a quoted value twice: \"\".")});
    }

    RowSet take()
    {
        if (m_leftOut > 0)
            m_set.findings.append({m_set.file, 0, {}, Severity::Warning, QStringLiteral("more"),
                                   CsvTr::tr("%n more findings of this kind are left out.", nullptr, int(m_leftOut)), {}});
        return m_set;
    }

    QString problem() const { return m_problem; }

private:
    struct ColumnSlot
    {
        QString target;            ///< the key in Row::values, empty for a column that nobody knows
        const Slot *slot = nullptr;
    };

    ColumnSlot slotFor(const QString &column) const
    {
        if (column == fileColumn)
            return {fileColumn, nullptr};
        const Slot *slot = m_template.findSlot(column);
        // Spreadsheets like "Sub headline" better than "sub_headline".
        if (!slot)
            slot = m_template.findSlot(column.toLower().replace(u' ', u'_'));
        return slot ? ColumnSlot{slot->name, slot} : ColumnSlot{};
    }

    bool setProblem(const QString &first, const QString &second, int line)
    {
        m_problem = first == second
                        ? CsvTr::tr("%1:%2: The column “%3” stands twice; keep one of them.").arg(m_set.file).arg(line).arg(first)
                        : CsvTr::tr("%1:%2: The columns “%3” and “%4” feed the same slot; keep one of them.")
                              .arg(m_set.file)
                              .arg(line)
                              .arg(first, second);
        return false;
    }

    void reportColumns(int line)
    {
        QStringList names;
        for (const Slot &slot : m_template.slotList) {
            const bool fed = std::any_of(m_columnSlots.cbegin(), m_columnSlots.cend(),
                                         [&](const ColumnSlot &column) { return column.slot == &slot; });
            if (!fed)
                names.append(slot.name);
        }
        for (qsizetype i = 0; i < m_columnSlots.size(); ++i) {
            const QString &column = m_set.columns[i];
            if (!m_columnSlots[i].target.isEmpty() || column.isEmpty())
                continue;
            const QString near = nearestName(column, names);
            add({m_set.file, line, column, Severity::Warning, QStringLiteral("unknown_column"),
                 CsvTr::tr("The template has no slot for the column “%1”; it is left out.").arg(column.left(64)),
                 near.isEmpty() ? QString() : CsvTr::tr("Did you mean “%1”?").arg(near)});
        }
        for (const QString &name : std::as_const(names)) {
            const QString standIn = m_template.findSlot(name)->defaultValue;
            add({m_set.file, line, name, Severity::Info, QStringLiteral("missing_column"),
                 CsvTr::tr("There is no column for the slot “%1”; every row takes its default, “%2”.").arg(name, standIn.left(64)),
                 CsvTr::tr("Add the column if the rows should differ.")});
        }
    }

    void check(const Slot &slot, const QString &value, int number, int line, const QString &column)
    {
        const QString problem = checkSlotValue(slot, value);
        if (!problem.isEmpty())
            add({m_set.file, line, column, Severity::Error, QStringLiteral("bad_value"),
                 CsvTr::tr("Row %1: %2").arg(number).arg(problem), {}});
    }

    void checkWidth(const QStringList &cells, int number, int line)
    {
        const qsizetype width = m_set.columns.size();
        if (cells.size() < width) {
            add({m_set.file, line, {}, Severity::Warning, QStringLiteral("short_row"),
                 CsvTr::tr("Row %1 has %2 cells where the header line has %3; the rest takes the defaults.")
                     .arg(number)
                     .arg(cells.size())
                     .arg(width),
                 {}});
        } else if (std::any_of(cells.cbegin() + width, cells.cend(), [](const QString &cell) { return !cell.isEmpty(); })) {
            add({m_set.file, line, {}, Severity::Error, QStringLiteral("long_row"),
                 CsvTr::tr("Row %1 has %2 cells where the header line has %3.").arg(number).arg(cells.size()).arg(width),
                 CsvTr::tr("Put values that hold a separator into quotation marks.")});
        }
    }

    void add(const Finding &finding)
    {
        if (m_set.findings.size() < maxFindings)
            m_set.findings.append(finding);
        else
            ++m_leftOut;
    }

    const Template &m_template;
    RowSet m_set;
    QString m_folder;
    QList<ColumnSlot> m_columnSlots;
    QStringList m_lastValues;
    QString m_problem;
    int m_leftOut = 0;
};

} // namespace

Result<RowSet> parseRows(const QByteArray &text, const QString &name, const Template &value)
{
    const Result<QString> decoded = decode(text, name);
    if (!decoded)
        return fail(decoded.error());
    RecordReader reader(*decoded, separatorOf(*decoded));
    RowBuilder builder(value, name);
    QStringList cells;
    if (reader.next(cells)) {
        if (!builder.readHeader(cells, reader.line()))
            return fail(ErrorCode::InvalidInput, builder.problem());
        while (reader.next(cells))
            builder.addRow(cells, reader.line());
    } else if (!reader.isUnclosed()) {
        return fail(ErrorCode::InvalidInput,
                    CsvTr::tr("%1 is empty; its first line must name the columns, one for each slot.").arg(name));
    }
    if (reader.isUnclosed())
        return fail(ErrorCode::InvalidInput,
                    CsvTr::tr("%1:%2: A quotation mark is opened in this row and never closed; close it, or write it twice.")
                        .arg(name)
                        .arg(reader.line()));
    if (reader.hasStrayQuote())
        builder.reportStrayQuote();
    return builder.take();
}

Result<RowSet> loadRows(const QString &file, const Template &value)
{
    const QFileInfo info(file);
    if (!info.exists())
        return fail(ErrorCode::NotFound, CsvTr::tr("%1 does not exist. Check its name and folder.").arg(file));
    QFile source(file);
    if (info.isDir() || !source.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io,
                    CsvTr::tr("%1 cannot be read: %2.").arg(file, info.isDir() ? CsvTr::tr("it is a folder") : source.errorString()));
    const QByteArray text = source.read(maxCsvSize + 1);
    return parseRows(text, file, value);
}

} // namespace Galley
