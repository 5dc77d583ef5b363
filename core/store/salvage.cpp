#include "core/store/salvage.h"

#include "core/base/json.h"
#include "core/base/log.h"
#include "core/store/sqlitepages.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <iterator>
#include <limits>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Store", text);
}

/// A job holds a whole template.
Result<Json> parsed(const QVariant &text)
{
    return parseJson(text.toByteArray(), QString(), {std::numeric_limits<qsizetype>::max(), 48, std::numeric_limits<std::size_t>::max()});
}

/// A table whose rows are read back. Parents come before their children.
struct Table
{
    const char *name;
    bool isNumbered;  ///< numbers are never given twice; of other keys the newest row counts
    bool isTold;  ///< whether its rows can be told from all others by their shape; if not, only while no other way from a root is broken
};

constexpr Table tables[] = {
    {"facts", false, false},         {"saved_searches", false, false}, {"route_revisions", true, true}, {"canary_states", false, true},
    {"canary_events", true, true},   {"jobs", true, true},             {"job_pictures", false, true},   {"attempts", false, true},
    {"assets", true, true},          {"ledger", true, true},           {"scores", false, true},         {"picks", true, true},
    {"thumbnails", false, true},     {"comparisons", true, true},      {"comparison_pictures", false, false},
};

struct Column
{
    QString name;
    QString type;
    bool isNeeded = false;  ///< NOT NULL, and no default
    bool mayBeNull = false;
    bool isRowid = false;
};

struct Layout
{
    const Table *table = nullptr;
    QList<Column> columns;
    QString into;  ///< what follows INSERT OR …
};

Result<QList<Layout>> layoutsOf(Database &database)
{
    QList<Layout> layouts;
    for (const Table &table : tables) {
        Layout layout;
        layout.table = &table;
        const QString name = QString::fromLatin1(table.name);
        auto rows = database.query(QStringLiteral("SELECT t.name, t.type, t.\"notnull\", t.dflt_value IS NULL, t.pk, l.wr FROM pragma_table_info(?) t, "
                                                  "pragma_table_list(?) l WHERE l.schema = 'main' ORDER BY t.cid"),
                                   {name, name});
        if (!rows)
            return fail(rows.error());
        QStringList names;
        while (rows->next()) {
            Column column{rows->value(0).toString(), rows->value(1).toString(), {}, {}, {}};
            const bool isNotNull = rows->value(2).toBool() || rows->value(4).toInt() > 0;
            column.isRowid = rows->value(4).toInt() > 0 && !rows->value(5).toBool();
            column.isNeeded = isNotNull && rows->value(3).toBool() && !column.isRowid;
            column.mayBeNull = !isNotNull;
            names.append(column.name);
            layout.columns.append(column);
        }
        const QString places = QStringList(names.size(), QStringLiteral("?")).join(QStringLiteral(", "));
        layout.into = QStringLiteral(" INTO %1 (%2) VALUES (%3)").arg(name, names.join(QStringLiteral(", ")), places);
        layouts.append(layout);
    }
    return layouts;
}

bool isOfType(const QVariant &value, const Column &column)
{
    if (value.isNull())
        return column.mayBeNull || column.isRowid;
    switch (value.typeId()) {
    case QMetaType::LongLong: return column.type == QLatin1String("INTEGER") || column.type == QLatin1String("REAL");
    case QMetaType::Double: return column.type == QLatin1String("REAL");
    case QMetaType::QByteArray: return column.type == QLatin1String("BLOB");
    default: return column.type == QLatin1String("TEXT") || column.type == QLatin1String("BLOB");
    }
}

/// Columns were only ever added to a table: a row of an older version ends earlier.
bool fits(const QVariantList &values, const Layout &layout)
{
    if (values.size() > layout.columns.size())
        return false;
    for (qsizetype i = 0; i < layout.columns.size(); ++i) {
        const Column &column = layout.columns.at(i);
        if (i >= values.size() ? column.isNeeded : !isOfType(values.at(i), column) || (column.isRowid && !values.at(i).isNull()))
            return false;
    }
    return true;
}

/// \a root and all pages that it leads to. A page that is gone leads nowhere.
QList<quint32> pagesBelow(SqlitePages &pages, quint32 root, bool *isBroken)
{
    QList<quint32> found;
    QSet<quint32> seen;
    QList<quint32> open{root};
    while (!open.isEmpty()) {
        const quint32 page = open.takeLast();
        if (seen.contains(page))
            continue;
        seen.insert(page);
        if (pages.kind(page) == SqlitePages::Kind::None) {
            *isBroken = true;
            continue;
        }
        found.append(page);
        open += pages.children(page);
    }
    return found;
}

struct Root
{
    QString name;
    quint32 page = 0;
    bool isIndex = false;
};

QList<Root> rootsIn(SqlitePages &pages)
{
    QList<Root> roots;
    bool isBroken = false;
    for (const quint32 page : pagesBelow(pages, 1, &isBroken)) {
        for (const SqlitePages::Row &row : pages.rows(page)) {
            if (row.values.size() != 5)
                continue;
            const QString kind = row.values.at(0).toString();
            const auto root = quint32(row.values.at(3).toLongLong());  // 0: a trigger, or a virtual table
            if (root > 0 && (kind == QLatin1String("table") || kind == QLatin1String("index")))
                roots.append({row.values.at(1).toString(), root, kind == QLatin1String("index")});
        }
    }
    return roots;
}

/// How far each table has counted, as far as the file says.
QHash<QString, qint64> numbersIn(SqlitePages &pages)
{
    QHash<QString, qint64> numbers;
    bool isBroken = false;
    for (const Root &root : rootsIn(pages)) {
        const QList<quint32> all = root.name == QLatin1String("sqlite_sequence") ? pagesBelow(pages, root.page, &isBroken) : QList<quint32>();
        for (const quint32 page : all) {
            for (const SqlitePages::Row &row : pages.rows(page)) {
                if (row.values.size() == 2)
                    numbers.insert(row.values.at(0).toString(), row.values.at(1).toLongLong());
            }
        }
    }
    return numbers;
}

constexpr qint64 numbersApart = 10'000'000;  ///< where nobody knows how far an older library had counted

/// Of a table that counts by itself; nothing happens for others.
Result<void> raiseNumber(Database &database, const QString &table, qint64 number)
{
    const auto begun = database.execute(
        QStringLiteral("INSERT INTO sqlite_sequence (name, seq) SELECT name, 0 FROM sqlite_schema WHERE type = 'table' AND name = ? AND sql LIKE "
                       "'%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence)"),
        {table});
    const auto raised = database.execute(QStringLiteral("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?"), {number, table});
    return begun && raised ? Result<void>() : fail(begun ? raised.error() : begun.error());
}

/// Reads one file into a new library.
class Salvage
{
public:
    Salvage(Database &into, const QList<Layout> &layouts, Salvaged *outcome)
        : m_into(into)
        , m_layouts(layouts)
        , m_outcome(outcome)
    {}

    Result<void> read(const QString &file, const StoreProgress &progress)
    {
        const auto pages = SqlitePages::open(file);
        if (!pages) {
            logMessage(LogLevel::Warning, pages.error().message);
            return {};  // the pictures' own files are taken in without it
        }
        m_pages = *pages;
        if (m_pages->userVersion() > Database::schemaVersion)
            return fail(ErrorCode::Unsupported, tr("The library %1 was written by a newer Galley. Install that version to repair it.").arg(file));
        if (const auto noted = noteKnown(); !noted)
            return noted;
        findOwners();
        if (const auto raised = raiseNumbers(); !raised)
            return raised;
        const QList<Pages> byTable = pagesByTable();
        qint64 total = 0;
        for (const Pages &list : byTable)
            total += list.known.size() + list.told.size();
        qint64 done = 0;
        for (qsizetype i = 0; i < m_layouts.size(); ++i) {
            const Layout &layout = m_layouts.at(i);
            // Told pages come last and never win: they may be stale copies.
            for (const auto &[list, mayReplace] : {std::pair(byTable.at(i).known, !layout.table->isNumbered), std::pair(byTable.at(i).told, false)}) {
                for (const quint32 page : list) {
                    if (progress && !progress(done++, total))
                        return fail(ErrorCode::Cancelled, tr("Reading the library back was stopped. Nothing has changed."));
                    if (const auto taken = takePage(page, layout, mayReplace); !taken)
                        return taken;
                }
            }
        }
        return {};
    }

private:
    static constexpr qsizetype noTable = -1;  ///< of an index, or of what is made anew

    struct Pages
    {
        QList<quint32> known;  ///< found from the root
        QList<quint32> told;   ///< by the shape of their rows
    };

    Result<void> noteKnown()
    {
        auto known = m_into.query(QStringLiteral("SELECT digest, created FROM assets"));
        if (!known)
            return fail(known.error());
        while (known->next())
            m_known.insert(known->value(0).toString(), known->value(1).toLongLong());
        return {};
    }

    /// Which table every page belongs to, as far as the schema and the ways down from the roots can be followed.
    void findOwners()
    {
        own(1, noTable);
        for (const Root &root : rootsIn(*m_pages))
            own(root.page, root.isIndex ? noTable : tableNamed(root.name));
        // Last: a list of free pages that is damaged takes nothing away from a table.
        for (const quint32 page : m_pages->freePages()) {
            if (!m_owner.contains(page))
                m_owner.insert(page, noTable);
        }
    }

    void own(quint32 root, qsizetype table)
    {
        bool isBroken = false;
        for (const quint32 page : pagesBelow(*m_pages, root, &isBroken)) {
            if (!m_owner.contains(page))
                m_owner.insert(page, table);
        }
        if (isBroken)
            m_broken.insert(table);
    }

    qsizetype tableNamed(const QString &name) const
    {
        for (qsizetype i = 0; i < m_layouts.size(); ++i) {
            if (name == QLatin1String(m_layouts.at(i).table->name))
                return i;
        }
        return noTable;
    }

    /// In the order of the layouts.
    QList<Pages> pagesByTable()
    {
        QList<Pages> pages(m_layouts.size());
        for (quint32 page = 1; page <= m_pages->pageCount(); ++page) {
            const auto owner = m_owner.constFind(page);
            if (owner != m_owner.cend() && *owner != noTable)
                pages[*owner].known.append(page);
            const qsizetype table = owner == m_owner.cend() ? tableByShape(page) : noTable;
            if (table != noTable)
                pages[table].told.append(page);
        }
        return pages;
    }

    qsizetype tableByShape(quint32 page)
    {
        const auto rows = m_pages->rows(page);
        qsizetype found = noTable;
        for (qsizetype i = 0; i < m_layouts.size() && !rows.isEmpty(); ++i) {
            const Layout &layout = m_layouts.at(i);
            const bool isAll = std::all_of(rows.cbegin(), rows.cend(), [&](const SqlitePages::Row &row) {
                return row.values.size() == layout.columns.size() && fits(row.values, layout);
            });
            const bool isTheOnlyOne = m_broken.size() == 1 && m_broken.contains(i);
            if (!isAll || (!layout.table->isTold && !isTheOnlyOne) || hasRowids(layout) != (m_pages->kind(page) == SqlitePages::Kind::TableLeaf))
                continue;
            if (found != noTable)
                return noTable;  // of two tables: nobody knows
            found = i;
        }
        return found;
    }

    static bool hasRowids(const Layout &layout)
    {
        return std::any_of(layout.columns.cbegin(), layout.columns.cend(), [](const Column &column) { return column.isRowid; });
    }

    Result<void> takePage(quint32 page, const Layout &layout, bool mayReplace)
    {
        const bool isAssets = qstrcmp(layout.table->name, "assets") == 0;
        const bool isJobs = qstrcmp(layout.table->name, "jobs") == 0;
        const QString insert = (mayReplace ? QStringLiteral("INSERT OR REPLACE") : QStringLiteral("INSERT OR IGNORE")) + layout.into;
        for (const SqlitePages::Row &row : m_pages->rows(page)) {
            if (!fits(row.values, layout))
                continue;
            QVariantList values = complete(row, layout);
            if (isAssets && isKnown(layout, &values))
                continue;
            const auto inserted = m_into.query(insert, values);
            // A constraint that does not hold is damage as well: one row, not all.
            if (!inserted && !Database::isAboutOneRow(inserted.error()))
                return fail(inserted.error());
            const bool isNew = inserted && inserted->numRowsAffected() > 0;
            m_outcome->pictures += isAssets && isNew;
            m_outcome->jobs += isJobs && isNew;
        }
        return {};
    }

    QVariantList complete(const SqlitePages::Row &row, const Layout &layout) const
    {
        QVariantList values;
        for (qsizetype i = 0; i < layout.columns.size(); ++i) {
            const Column &column = layout.columns.at(i);
            values.append(column.isRowid ? QVariant(row.rowid) : i < row.values.size() ? row.values.at(i) : defaultOf(column));
        }
        return values;
    }

    static QVariant defaultOf(const Column &column)
    {
        if (column.mayBeNull)
            return QVariant(QMetaType(QMetaType::LongLong));
        if (column.name == QLatin1String("tags"))
            return QStringLiteral("[]");
        if (column.name == QLatin1String("detail"))
            return QStringLiteral("{}");
        return column.type == QLatin1String("TEXT") ? QVariant(QLatin1String("")) : QVariant(0);
    }

    /// A picture that an older file has as well: with the same bytes of the same moment, or taken in by an earlier repair that knew nothing of it.
    bool isKnown(const Layout &layout, QVariantList *values)
    {
        const auto at = [&](const char *column) {
            const auto found = std::find_if(layout.columns.cbegin(), layout.columns.cend(), [&](const Column &one) { return one.name == QLatin1String(column); });
            return std::distance(layout.columns.cbegin(), found);
        };
        if (const auto tags = parsed(values->at(at("tags"))); !tags || !tags->is_array())
            (*values)[at("tags")] = QStringLiteral("[]");  // a trigger reads it
        const auto known = m_known.values(values->at(at("digest")).toString());
        if (known.isEmpty())
            return false;
        const auto provenance = parsed(values->at(at("provenance")));
        const bool isAdopted = provenance && provenance->is_object() && provenance->contains("adopted");
        return isAdopted || known.contains(values->at(at("created")).toLongLong());
    }

    /// A number that was given once is not given again, whether its row could be read or not. Changes count on from where they were, so that every window
    /// hears of all that comes now.
    Result<void> raiseNumbers()
    {
        QHash<QString, qint64> numbers = numbersIn(*m_pages);
        if (!numbers.contains(QStringLiteral("asset_changes")))
            numbers.insert(QStringLiteral("asset_changes"), numbersApart);
        for (auto number = numbers.cbegin(); number != numbers.cend(); ++number) {
            if (const auto raised = raiseNumber(m_into, number.key(), number.value()); !raised)
                return raised;
        }
        return {};
    }

    Database &m_into;
    const QList<Layout> &m_layouts;
    Salvaged *m_outcome;
    std::shared_ptr<SqlitePages> m_pages;
    QHash<quint32, qsizetype> m_owner;
    QSet<qsizetype> m_broken;  ///< tables of which a page is gone
    QMultiHash<QString, qint64> m_known;  ///< pictures of older files: digest, when
};

/// Rows whose parent could not be read: gone with it, or without it, as the schema says of a parent that is deleted.
Result<void> dropStrays(Database &into)
{
    for (const Table &table : tables) {
        const QString name = QString::fromLatin1(table.name);
        auto keys = into.query(QStringLiteral("SELECT \"from\", \"table\", on_delete FROM pragma_foreign_key_list(?)"), {name});
        if (!keys)
            return fail(keys.error());
        QStringList statements;
        while (keys->next()) {
            const QString column = keys->value(0).toString();
            const QString stray = QStringLiteral("%1 IS NOT NULL AND %1 NOT IN (SELECT id FROM %2)").arg(column, keys->value(1).toString());
            statements.append(keys->value(2).toString() == QLatin1String("CASCADE")
                                  ? QStringLiteral("DELETE FROM %1 WHERE %2").arg(name, stray)
                                  : QStringLiteral("UPDATE %1 SET %2 = NULL WHERE %3").arg(name, column, stray));
        }
        keys->finish();
        for (const QString &statement : statements) {
            if (const auto done = into.execute(statement); !done)
                return fail(done.error());
        }
    }
    return {};
}

/// Renders of a library that was kept aside may have been sent once more since then: people say whether they still want them.
Result<void> holdJobs(Database &into)
{
    const auto held = into.execute(QStringLiteral("UPDATE jobs SET state = CASE WHEN state IN ('sending', 'running') THEN 'undecided' ELSE 'held' END "
                                                  "WHERE listed AND state IN ('queued', 'backoff', 'sending', 'running')"));
    return held ? Result<void>() : fail(held.error());
}

Result<void> build(const QStringList &sources, const QString &folder, const StoreProgress &progress, Salvaged *outcome)
{
    Database fresh(folder);
    if (const auto opened = fresh.open(); !opened)
        return fail(opened.error());
    // Thrown away as a whole when it is not finished.
    for (const char *pragma : {"PRAGMA journal_mode = MEMORY", "PRAGMA synchronous = OFF", "PRAGMA foreign_keys = OFF", "BEGIN"}) {
        if (const auto set = fresh.execute(QString::fromLatin1(pragma)); !set)
            return fail(set.error());
    }
    const auto layouts = layoutsOf(fresh);
    if (!layouts)
        return fail(layouts.error());
    for (const QString &source : sources) {
        if (const auto read = Salvage(fresh, *layouts, outcome).read(source, progress); !read)
            return read;
        if (const auto held = source == sources.last() ? Result<void>() : holdJobs(fresh); !held)
            return held;
    }
    // Rows of a schema before the third say it in two columns.
    const auto named = fresh.execute(QStringLiteral("UPDATE assets SET model = CASE WHEN served_model <> '' THEN served_model ELSE routed_model END WHERE model = ''"));
    if (!named)
        return fail(named.error());
    if (const auto dropped = dropStrays(fresh); !dropped)
        return dropped;
    const auto ended = fresh.execute(QStringLiteral("COMMIT"));
    return ended ? Result<void>() : fail(ended.error());
}

} // namespace

Result<void> beginAbove(Database &database, const QString &aside)
{
    const auto pages = SqlitePages::open(aside);
    QHash<QString, qint64> numbers = pages ? numbersIn(**pages) : QHash<QString, qint64>();
    for (const Table &table : tables) {
        const QString name = QString::fromLatin1(table.name);
        const auto raised = table.isNumbered ? raiseNumber(database, name, numbers.value(name, numbersApart)) : Result<void>();
        if (!raised)
            return raised;
    }
    return {};
}

QStringList salvagedTables()
{
    QStringList names;
    for (const Table &table : tables)
        names.append(QString::fromLatin1(table.name));
    return names;
}

QStringList derivedTables()
{
    return {QStringLiteral("asset_tags"), QStringLiteral("asset_text"), QStringLiteral("asset_changes")};
}

Result<Salvaged> salvageLibrary(Database &database, const StoreProgress &progress)
{
    Salvaged outcome;
    const auto replaced = database.replace([&](const QStringList &sources, const QString &folder) { return build(sources, folder, progress, &outcome); });
    if (!replaced)
        return fail(replaced.error());
    outcome.kept = *replaced;
    return outcome;
}

} // namespace Galley
