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

struct Link
{
    const char *column;
    const char *table;
};

/// A table whose rows are read back. Parents come before their children.
struct Table
{
    const char *name;
    bool isNumbered;  ///< AUTOINCREMENT; others have keys of their own, of which the newest counts
    bool isTold;  ///< whether its rows can be told from all others by their shape; if not, only while no other way from a root is broken
    std::array<Link, 2> links;  ///< columns that hold the number of another row
};

constexpr Table tables[] = {
    {"facts", false, false, {}},
    {"saved_searches", false, false, {}},
    {"route_revisions", true, true, {}},
    {"canary_states", false, true, {{{"since_job", "jobs"}}}},
    {"canary_events", true, true, {{{"revision", "route_revisions"}}}},
    {"jobs", true, true, {{{"reservation", "ledger"}, {"shadow_of", "jobs"}}}},
    {"job_pictures", false, true, {{{"job", "jobs"}}}},
    {"attempts", false, true, {{{"job", "jobs"}}}},
    {"assets", true, true, {{{"job", "jobs"}}}},
    {"ledger", true, true, {{{"job", "jobs"}, {"asset", "assets"}}}},
    {"scores", false, true, {{{"asset", "assets"}}}},
    {"picks", true, true, {{{"chosen", "assets"}, {"left_out", "assets"}}}},
    {"thumbnails", false, true, {{{"asset", "assets"}}}},
    {"comparisons", true, true, {}},
    {"comparison_pictures", false, false, {{{"comparison", "comparisons"}, {"asset", "assets"}}}},
};

struct Column
{
    QString name;
    QString type;
    bool isNeeded = false;  ///< NOT NULL, and no default
    bool mayBeNull = false;
    bool isRowid = false;
    QString linked;  ///< the table whose numbers it holds
};

struct Layout
{
    const Table *table = nullptr;
    QList<Column> columns;
    QString insert;
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
            Column column{rows->value(0).toString(), rows->value(1).toString(), {}, {}, {}, {}};
            const bool isNotNull = rows->value(2).toBool() || rows->value(4).toInt() > 0;
            column.isRowid = rows->value(4).toInt() > 0 && !rows->value(5).toBool();
            column.isNeeded = isNotNull && rows->value(3).toBool() && !column.isRowid;
            column.mayBeNull = !isNotNull;
            for (const Link &link : table.links) {
                if (link.column && column.name == QLatin1String(link.column))
                    column.linked = QString::fromLatin1(link.table);
            }
            names.append(column.name);
            layout.columns.append(column);
        }
        const QString places = QStringList(names.size(), QStringLiteral("?")).join(QStringLiteral(", "));
        layout.insert = QStringLiteral("%1 INTO %2 (%3) VALUES (%4)")
                            .arg(table.isNumbered ? QStringLiteral("INSERT OR IGNORE") : QStringLiteral("INSERT OR REPLACE"), name,
                                 names.join(QStringLiteral(", ")), places);
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
        if (const auto begun = noteNumbers(); !begun)
            return begun;
        findOwners();
        const QList<QList<quint32>> byTable = pagesByTable();
        qint64 total = 0;
        for (const auto &list : byTable)
            total += list.size();
        qint64 done = 0;
        for (qsizetype i = 0; i < m_layouts.size(); ++i) {
            for (const quint32 page : byTable.at(i)) {
                if (progress && !progress(done++, total))
                    return fail(ErrorCode::Cancelled, tr("Reading the library back was stopped. Nothing has changed."));
                if (const auto taken = takePage(page, m_layouts.at(i)); !taken)
                    return taken;
            }
        }
        return raiseNumbers();
    }

private:
    static constexpr qsizetype noTable = -1;  ///< of an index, or of what is made anew

    /// Numbers of this file move up by so much.
    Result<void> noteNumbers()
    {
        for (const Table &table : tables) {
            const QString name = QString::fromLatin1(table.name);
            auto row = m_into.query(QStringLiteral("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?"), {name});
            if (!row)
                return fail(row.error());
            m_moved[name] = row->next() ? row->value(0).toLongLong() : 0;
        }
        auto known = m_into.query(QStringLiteral("SELECT digest, created, id FROM assets"));
        if (!known)
            return fail(known.error());
        while (known->next())
            m_known.insert(known->value(0).toString(), {known->value(1).toLongLong(), known->value(2).toLongLong()});
        return {};
    }

    /// Which table every page belongs to, as far as the schema and the ways down from the roots can be followed.
    void findOwners()
    {
        for (const quint32 page : m_pages->freePages())
            m_owner.insert(page, noTable);
        QList<quint32> schema;
        follow(1, noTable, &schema);
        for (const quint32 page : schema) {
            for (const SqlitePages::Row &row : m_pages->rows(page)) {
                if (row.values.size() != 5)
                    continue;
                const QString kind = row.values.at(0).toString();
                const QString name = row.values.at(1).toString();
                const auto root = quint32(row.values.at(3).toLongLong());
                if (root == 0)
                    continue;  // a trigger, or a virtual table
                if (kind == QLatin1String("table") && name == QLatin1String("sqlite_sequence"))
                    follow(root, noTable, &m_sequences);
                else if (kind == QLatin1String("table"))
                    follow(root, tableNamed(name), nullptr);
                else if (kind == QLatin1String("index"))
                    follow(root, noTable, nullptr);
            }
        }
    }

    qsizetype tableNamed(const QString &name) const
    {
        for (qsizetype i = 0; i < m_layouts.size(); ++i) {
            if (name == QLatin1String(m_layouts.at(i).table->name))
                return i;
        }
        return noTable;
    }

    void follow(quint32 root, qsizetype table, QList<quint32> *visited)
    {
        QList<quint32> open{root};
        while (!open.isEmpty()) {
            const quint32 page = open.takeLast();
            // A page that is gone leads nowhere; what it led to is told by its shape.
            if (m_pages->kind(page) == SqlitePages::Kind::None)
                m_broken.insert(table);
            if (m_owner.contains(page) || m_pages->kind(page) == SqlitePages::Kind::None)
                continue;
            m_owner.insert(page, table);
            if (visited)
                visited->append(page);
            open += m_pages->children(page);
        }
    }

    /// In the order of the layouts; pages whose table is known come first, so that a stale copy of a row never wins.
    QList<QList<quint32>> pagesByTable()
    {
        QList<QList<quint32>> known(m_layouts.size());
        QList<QList<quint32>> told(m_layouts.size());
        for (quint32 page = 1; page <= m_pages->pageCount(); ++page) {
            const auto owner = m_owner.constFind(page);
            if (owner != m_owner.cend() && *owner != noTable)
                known[*owner].append(page);
            const qsizetype table = owner == m_owner.cend() ? tableByShape(page) : noTable;
            if (table != noTable)
                told[table].append(page);
        }
        for (qsizetype i = 0; i < known.size(); ++i)
            known[i] += told.at(i);
        return known;
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

    Result<void> takePage(quint32 page, const Layout &layout)
    {
        const bool isAssets = qstrcmp(layout.table->name, "assets") == 0;
        const bool isJobs = qstrcmp(layout.table->name, "jobs") == 0;
        for (const SqlitePages::Row &row : m_pages->rows(page)) {
            if (!fits(row.values, layout))
                continue;
            QVariantList values = complete(row, layout);
            if (isAssets && isKnown(row.rowid, layout, &values))
                continue;
            if (isJobs)
                moveJob(layout, &values);
            const auto inserted = m_into.execute(layout.insert, values);
            // A constraint that does not hold is damage as well: one row, not all.
            if (!inserted && !Database::isAboutOneRow(inserted.error()))
                return fail(inserted.error());
            m_outcome->pictures += inserted && isAssets;
            m_outcome->jobs += inserted && isJobs;
        }
        return {};
    }

    QVariantList complete(const SqlitePages::Row &row, const Layout &layout) const
    {
        QVariantList values;
        for (qsizetype i = 0; i < layout.columns.size(); ++i) {
            const Column &column = layout.columns.at(i);
            QVariant value = i < row.values.size() ? row.values.at(i) : defaultOf(column);
            if (column.isRowid && !column.linked.isEmpty())
                value = moved(column.linked, row.rowid);
            else if (column.isRowid)
                value = row.rowid + m_moved.value(QString::fromLatin1(layout.table->name));
            else if (!column.linked.isEmpty() && value.toLongLong() > 0)
                value = moved(column.linked, value.toLongLong());
            values.append(value);
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

    qint64 moved(const QString &table, qint64 number) const
    {
        const auto same = table == QLatin1String("assets") ? m_same.constFind(number) : m_same.cend();
        return same != m_same.cend() ? *same : number + m_moved.value(table);
    }

    /// A picture that an older file has as well: the one with the same bytes of the same moment, or one that an earlier repair took in without knowing
    /// anything of it.
    bool isKnown(qint64 rowid, const Layout &layout, QVariantList *values)
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
        for (const auto &[created, id] : known) {
            if (!isAdopted && created != values->at(at("created")).toLongLong())
                continue;
            m_same.insert(rowid, id);
            return true;
        }
        return false;
    }

    /// A job names its pictures in its rest.
    void moveJob(const Layout &layout, QVariantList *values) const
    {
        for (qsizetype i = 0; i < layout.columns.size(); ++i) {
            const bool isRest = layout.columns.at(i).name == QLatin1String("rest");
            if (!isRest && layout.columns.at(i).name != QLatin1String("request"))
                continue;
            auto json = parsed(values->at(i));
            if (!json || !json->is_object() || (m_moved.value(QStringLiteral("assets")) == 0 && m_same.isEmpty()))
                continue;
            if (isRest && json->contains("assets") && (*json)["assets"].is_array()) {
                for (Json &asset : (*json)["assets"])
                    asset = asset.is_number_integer() ? Json(moved(QStringLiteral("assets"), asset.get<qint64>())) : asset;
            }
            if (!isRest && json->contains("start_asset") && (*json)["start_asset"].is_number_integer())
                (*json)["start_asset"] = moved(QStringLiteral("assets"), (*json)["start_asset"].get<qint64>());
            (*values)[i] = QString::fromUtf8(dumpJson(*json));
        }
    }

    /// A number that was given once is not given again, whether its row could be read or not.
    Result<void> raiseNumbers()
    {
        for (const quint32 page : m_sequences) {
            for (const SqlitePages::Row &row : m_pages->rows(page)) {
                if (row.values.size() != 2)
                    continue;
                const QString name = row.values.at(0).toString();
                const qint64 number = row.values.at(1).toLongLong() + m_moved.value(name);
                const auto begun = m_into.execute(
                    QStringLiteral("INSERT INTO sqlite_sequence (name, seq) SELECT name, 0 FROM sqlite_schema WHERE type = 'table' AND name = ? AND sql LIKE "
                                   "'%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence)"),
                    {name});
                const auto raised = m_into.execute(QStringLiteral("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?"), {number, name});
                if (!begun || !raised)
                    return fail(begun ? raised.error() : begun.error());
            }
        }
        return {};
    }

    Database &m_into;
    const QList<Layout> &m_layouts;
    Salvaged *m_outcome;
    std::shared_ptr<SqlitePages> m_pages;
    QHash<quint32, qsizetype> m_owner;
    QSet<qsizetype> m_broken;  ///< tables of which a page is gone
    QList<quint32> m_sequences;
    QHash<QString, qint64> m_moved;  ///< by table
    QMultiHash<QString, std::pair<qint64, qint64>> m_known;  ///< digest → when, which: pictures of older files
    QHash<qint64, qint64> m_same;  ///< pictures of this file that an older one has
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
    }
    if (const auto dropped = dropStrays(fresh); !dropped)
        return dropped;
    const auto ended = fresh.execute(QStringLiteral("COMMIT"));
    return ended ? Result<void>() : fail(ended.error());
}

} // namespace

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
