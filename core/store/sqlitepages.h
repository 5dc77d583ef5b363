#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QFile>
#include <QHash>
#include <QList>
#include <QSet>
#include <QVariantList>

namespace Galley {

/// The rows of a SQLite file, read page by page below SQL: of a file that SQLite refuses, or that it finds nothing in because one page near the root of a
/// table is gone, everything else is still there. (SQLite's own recovery wants its dbpage table, which Debian's library is built without.)
///
/// Nothing in the file is believed: a page, a cell or a chain that makes no sense is no row. Reads the file only; one thread at a time.
/// Source: https://www.sqlite.org/fileformat2.html
class SqlitePages
{
public:
    struct Row
    {
        qint64 rowid = 0;  ///< of a table that has them
        QVariantList values;  ///< in the order of the columns; an INTEGER PRIMARY KEY is null here. Integers are qlonglong, text is QString
    };

    enum class Kind { TableLeaf, TableInterior, IndexLeaf, IndexInterior, None };

    /// With what stands in the write-ahead log beside it and was committed. Fails when \a file cannot be read or is smaller than a page.
    static Result<std::shared_ptr<SqlitePages>> open(const QString &file);

    quint32 pageCount() const { return m_pageCount; }
    int userVersion() const { return m_userVersion; }  ///< 0 where the first page is no beginning of a database
    Kind kind(quint32 page);
    /// Of an interior page; empty for others.
    QList<quint32> children(quint32 page);
    /// The rows that are whole. An interior page of an index holds some too.
    QList<Row> rows(quint32 page);
    /// Pages that belong to nothing any more, as far as their list can be followed.
    QSet<quint32> freePages();

private:
    explicit SqlitePages(const QString &file);
    Result<void> readHeaders();
    void readLog();
    QByteArray page(quint32 number);
    QByteArray payload(const QByteArray &page, qsizetype at, quint64 bytes, bool isTable);
    qsizetype headerAt(quint32 page) const { return page == 1 ? 100 : 0; }

    QFile m_file;
    QFile m_log;
    quint32 m_pageSize = 4096;
    quint32 m_usable = 4096;
    quint32 m_pageCount = 0;
    int m_userVersion = 0;
    QHash<quint32, qint64> m_inLog;  ///< where in the log the newest committed page stands
    quint32 m_lastNumber = 0;
    QByteArray m_last;  ///< the page that was read last: several questions are asked of it
};

} // namespace Galley
