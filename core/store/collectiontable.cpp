#include "core/store/collectiontable.h"

#include <QCoreApplication>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Store", text);
}

Result<void> done(const Result<qint64> &result)
{
    return result ? Result<void>() : fail(result.error());
}

Json jsonFrom(const QVariant &text)
{
    const auto json = parseJson(text.toByteArray(), QStringLiteral("library.db"));
    return json ? *json : Json::object();
}

} // namespace

Result<QList<SavedSearch>> CollectionTable::searches(Database &database)
{
    auto rows = database.query(QStringLiteral("SELECT name, query FROM saved_searches ORDER BY name"));
    if (!rows)
        return fail(rows.error());
    QList<SavedSearch> list;
    while (rows->next())
        list.append({rows->value(0).toString(), libraryQueryFromJson(jsonFrom(rows->value(1)))});
    return list;
}

Result<void> CollectionTable::saveSearch(Database &database, const SavedSearch &search)
{
    const QString name = search.name.simplified();
    if (name.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("A saved search needs a name."));
    return done(database.execute(QStringLiteral("INSERT OR REPLACE INTO saved_searches VALUES (?, ?)"),
                                 {name, QString::fromUtf8(dumpJson(libraryQueryJson(search.query)))}));
}

Result<void> CollectionTable::removeSearch(Database &database, const QString &name)
{
    return done(database.execute(QStringLiteral("DELETE FROM saved_searches WHERE name = ?"), {name}));
}

Result<QList<ComparisonSet>> CollectionTable::comparisons(Database &database)
{
    auto rows = database.query(QStringLiteral("SELECT c.id, c.name, c.created, c.view, p.asset FROM comparisons c LEFT JOIN comparison_pictures p ON p.comparison = c.id "
                                              "ORDER BY c.created DESC, c.id DESC, p.place"));
    if (!rows)
        return fail(rows.error());
    QList<ComparisonSet> list;
    while (rows->next()) {
        const qint64 id = rows->value(0).toLongLong();
        if (list.isEmpty() || list.last().id != id)
            list.append({id, rows->value(1).toString(), timeFromValue(rows->value(2)), {}, jsonFrom(rows->value(3))});
        if (!rows->value(4).isNull())
            list.last().pictures.append(rows->value(4).toLongLong());
    }
    return list;
}

Result<ComparisonSet> CollectionTable::saveComparison(Database &database, const ComparisonSet &set)
{
    ComparisonSet saved = set;
    if (!saved.createdAt.isValid())
        saved.createdAt = QDateTime::currentDateTimeUtc();
    const QVariant id = saved.id > 0 ? QVariant(saved.id) : QVariant(QMetaType(QMetaType::LongLong));
    const auto stored = database.execute(QStringLiteral("INSERT INTO comparisons (id, name, created, view) VALUES (?, ?, ?, ?) "
                                                        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, view = excluded.view"),
                                         {id, saved.name, timeValue(saved.createdAt), QString::fromUtf8(dumpJson(saved.view))});
    if (!stored)
        return fail(stored.error());
    if (saved.id == 0)
        saved.id = *stored;
    if (const auto cleared = database.execute(QStringLiteral("DELETE FROM comparison_pictures WHERE comparison = ?"), {saved.id}); !cleared)
        return fail(cleared.error());
    for (qsizetype place = 0; place < saved.pictures.size(); ++place) {
        const auto added = database.execute(QStringLiteral("INSERT INTO comparison_pictures VALUES (?, ?, ?)"), {saved.id, place, saved.pictures.at(place)});
        if (!added)
            return fail(added.error());
    }
    return saved;
}

Result<void> CollectionTable::removeComparison(Database &database, qint64 id)
{
    return done(database.execute(QStringLiteral("DELETE FROM comparisons WHERE id = ?"), {id}));
}

} // namespace Galley
