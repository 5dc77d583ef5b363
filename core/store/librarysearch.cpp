#include "core/store/librarytable.h"

#include "core/store/ledgertable.h"

#include <algorithm>

namespace Galley {

namespace {

/// Pictures that are looked through for the first ones with a word, for each that is wanted.
constexpr int lookedThrough = 8;
constexpr int mostWeighed = 4000;  ///< matches: bm25 takes 5 µs for each of them

/// A WHERE clause that grows, with what is bound to it.
struct Condition
{
    QStringList parts;
    QVariantList values;

    void add(const QString &sql, const QVariantList &bound = {})
    {
        parts.append(sql);
        values += bound;
    }
    /// One of \a wanted; nothing wanted: any.
    void oneOf(const char *column, const QStringList &wanted)
    {
        if (wanted.isEmpty())
            return;
        QVariantList bound;
        for (const QString &value : wanted)
            bound.append(value);
        add(QLatin1String(column) + QStringLiteral(" IN (") + QStringList(wanted.size(), QStringLiteral("?")).join(QLatin1Char(',')) + QLatin1Char(')'), bound);
    }
    template<typename T>
    void range(const char *column, const std::optional<T> &least, const std::optional<T> &most)
    {
        if (least)
            add(QLatin1String(column) + QStringLiteral(" >= ?"), {QVariant::fromValue(*least)});
        if (most)
            add(QLatin1String(column) + QStringLiteral(" <= ?"), {QVariant::fromValue(*most)});
    }
    QString sql() const { return parts.join(QStringLiteral(" AND ")); }
};

std::optional<qint64> micros(const std::optional<double> &usd)
{
    return usd ? std::optional(toMicros(*usd)) : std::nullopt;
}

Condition conditionOf(const LibraryQuery &query)
{
    Condition condition;
    condition.add(QStringLiteral("shadow = 0"));
    condition.add(query.bin ? QStringLiteral("deleted IS NOT NULL") : QStringLiteral("deleted IS NULL"));
    condition.oneOf("model", query.models);
    condition.oneOf("revision", query.revisions);
    condition.oneOf("template_id", query.templates);
    condition.oneOf("project", query.projects);
    condition.oneOf("rule", query.rules);
    condition.oneOf("mark", query.marks);
    condition.range("cohort", query.cohortFrom, query.cohortTo);
    condition.range("cost", micros(query.leastCostUsd), micros(query.mostCostUsd));
    if (query.leastRating > 0)
        condition.add(QStringLiteral("rating >= ?"), {query.leastRating});
    QStringList picks;
    for (const PickState pick : query.picks)
        picks.append(QString::number(int(pick)));
    if (!picks.isEmpty())
        condition.add(QStringLiteral("pick IN (") + picks.join(QLatin1Char(',')) + QLatin1Char(')'));
    for (const QString &tag : query.tags)
        condition.add(QStringLiteral("id IN (SELECT asset FROM asset_tags WHERE tag = ?)"), {tag});
    for (const ScoreRange &range : query.scores) {
        condition.add(QStringLiteral("id IN (SELECT asset FROM scores WHERE name = ? AND value BETWEEN ? AND ?)"),
                      {range.name, range.least.value_or(-1e300), range.most.value_or(1e300)});
    }
    if (query.from.isValid())
        condition.add(QStringLiteral("created >= ?"), {query.from.toMSecsSinceEpoch()});
    if (query.to.isValid())
        condition.add(QStringLiteral("created < ?"), {query.to.toMSecsSinceEpoch()});
    if (query.damagedOnly)
        condition.add(QStringLiteral("damaged = 1"));
    return condition;
}

/// What comes after ORDER BY. The id makes every order the same each time. Orders by a number begin with this one too.
QString orderOf(const LibraryQuery &query)
{
    const QString way = query.ascending ? QStringLiteral(" ASC") : QStringLiteral(" DESC");
    const QString newest = QStringLiteral("created") + way + QStringLiteral(", id") + way;
    if (query.sort == LibraryQuery::Sort::Model)
        return QStringLiteral("model") + way + QStringLiteral(", revision") + way + QStringLiteral(", ") + newest;
    if (query.sort == LibraryQuery::Sort::Template)
        return QStringLiteral("template_name") + way + QStringLiteral(", template_id") + way + QStringLiteral(", ") + newest;
    return newest;
}

/// The column that an order by a number goes by; null: it goes by something else.
const char *numberOf(LibraryQuery::Sort sort)
{
    return sort == LibraryQuery::Sort::Rating ? "rating" : sort == LibraryQuery::Sort::Cost ? "cost" : nullptr;
}

/// Numbers that are separated by commas. Lists come as one text: a hundred thousand rows one by one take Qt longer than SQLite takes to find them.
QList<qint64> numbersFrom(const QByteArray &text)
{
    QList<qint64> numbers;
    numbers.reserve(text.count(',') + 1);
    for (const char *at = text.constData(), *end = at + text.size(); at < end; ++at) {
        const bool isNegative = *at == '-';
        qint64 number = 0;
        for (at += isNegative; at < end && *at != ','; ++at)
            number = number * 10 + (*at - '0');
        numbers.append(isNegative ? -number : number);
    }
    return numbers;
}

/// Of the only row of \a sql.
Result<QList<qint64>> numbersOf(Database &database, const QString &sql, const QVariantList &values)
{
    auto row = database.query(sql, values);
    if (!row)
        return fail(row.error());
    return row->next() ? numbersFrom(row->value(0).toByteArray()) : QList<qint64>();
}

/// Leaves those of \a ids that are, or that are not, among \a these.
void keepThese(QList<qint64> these, QList<qint64> *ids, bool kept = true)
{
    std::sort(these.begin(), these.end());
    ids->removeIf([&](qint64 id) { return std::binary_search(these.cbegin(), these.cend(), id) != kept; });
}

/// Leaves those of \a ids that have all words (\a haveWanted: all of them do), and none of those that must not be there. Here, since SQLite would look each picture up in the other list.
Result<void> keepMatches(Database &database, const QString &text, bool haveWanted, QList<qint64> *ids)
{
    const SearchTerms terms = searchTerms(text);
    for (const auto &[match, isWanted] : {std::pair(terms.wanted, true), std::pair(terms.unwanted, false)}) {
        if (match.isEmpty() || ids->isEmpty() || (isWanted && haveWanted))
            continue;
        auto found = numbersOf(database, QStringLiteral("SELECT group_concat(rowid) FROM asset_text WHERE asset_text MATCH ?"), {match});
        if (!found)
            return fail(found.error());
        keepThese(*found, ids, isWanted);
    }
    return {};
}

/// Pictures by a number of theirs, equal ones as in \a ids, those whose number is not known (below 0) last in either direction. SQLite takes several times as
/// long to sort as many rows.
QList<qint64> sortedBy(const QList<qint64> &numbers, const QList<qint64> &ids, bool ascending)
{
    QList<qsizetype> places;
    QList<qint64> unknown;
    places.reserve(ids.size());
    for (qsizetype i = 0; i < ids.size(); ++i) {
        if (numbers.value(i, -1) < 0)
            unknown.append(ids.at(i));
        else
            places.append(i);
    }
    std::stable_sort(places.begin(), places.end(), [&](qsizetype a, qsizetype b) {
        return ascending ? numbers.at(a) < numbers.at(b) : numbers.at(b) < numbers.at(a);
    });
    QList<qint64> sorted;
    sorted.reserve(ids.size());
    for (const qsizetype place : std::as_const(places))
        sorted.append(ids.at(place));
    return sorted + unknown;
}

/// By a score: its index has them in order, equal ones by their ids. Pictures without it come last.
Result<QList<qint64>> sortedByScore(Database &database, const LibraryQuery &query, const QList<qint64> &ids)
{
    const QString way = query.ascending ? QStringLiteral(" ASC") : QStringLiteral(" DESC");
    auto scored = numbersOf(database, QStringLiteral("SELECT group_concat(asset) FROM (SELECT asset FROM scores WHERE name = ? ORDER BY value") + way
                                          + QStringLiteral(", asset") + way + QStringLiteral(" LIMIT -1)"), {query.sortScore});
    if (!scored)
        return scored;
    QList<qint64> unknown = ids;
    keepThese(*scored, &unknown, false);
    keepThese(ids, &*scored);
    return *scored + unknown;
}

/// Whether \a query goes by how well its words match.
bool isRanked(const LibraryQuery &query)
{
    return query.sort == LibraryQuery::Sort::Relevance && !searchTerms(query.text).wanted.isEmpty();
}

/// Whether so few pictures match that weighing each of them takes no time that anybody notices.
Result<bool> areWeighed(Database &database, const LibraryQuery &query)
{
    auto row = database.query(QStringLiteral("SELECT count(*) FROM (SELECT 1 FROM asset_text WHERE asset_text MATCH ? LIMIT %1)").arg(mostWeighed + 1),
                              {searchTerms(query.text).wanted});
    if (!row)
        return fail(row.error());
    return row->next() && row->value(0).toInt() <= mostWeighed;
}

/// Words that many pictures have tell few apart (in bm25 those of more than half weigh nothing). Then those come first that have them where a person wrote
/// them, in tags or note, then those that have them anywhere; the newest first in each.
Result<QList<qint64>> matchesByPlace(Database &database, const QString &wanted, int most)
{
    const QString sql = QStringLiteral("SELECT group_concat(rowid) FROM (SELECT rowid FROM asset_text WHERE asset_text MATCH ? ORDER BY rowid DESC LIMIT %1)").arg(most);
    QList<qint64> matches;
    for (const char *place : {"{tags note} : ", ""}) {
        auto found = numbersOf(database, sql, {QString(QLatin1String(place) + QLatin1Char('(') + wanted + QLatin1Char(')'))});
        if (!found)
            return found;
        keepThese(matches, &*found, false);
        matches += *found;
    }
    return most < 0 ? matches : matches.mid(0, most);
}

/// The best \a most (-1: all) that have the words of \a query.
Result<QList<qint64>> rankedMatches(Database &database, const LibraryQuery &query, int most)
{
    const QString wanted = searchTerms(query.text).wanted;
    const auto weighed = areWeighed(database, query);
    if (!weighed)
        return fail(weighed.error());
    if (*weighed) {
        const QString best = QStringLiteral("SELECT rowid FROM asset_text WHERE asset_text MATCH ? ORDER BY rank%1, rowid DESC LIMIT %2")
                                 .arg(query.ascending ? QStringLiteral(" DESC") : QString()).arg(most);
        return numbersOf(database, QStringLiteral("SELECT group_concat(rowid) FROM (%1)").arg(best), {wanted});
    }
    auto matches = matchesByPlace(database, wanted, query.ascending ? -1 : most);
    if (matches && query.ascending) {
        std::reverse(matches->begin(), matches->end());
        if (most >= 0)
            matches->resize(std::min<qsizetype>(matches->size(), most));
    }
    return matches;
}

/// \a ids by how well they match; those that do not are left out.
Result<QList<qint64>> sortedByRank(Database &database, const LibraryQuery &query, const QList<qint64> &ids)
{
    auto ranked = rankedMatches(database, query, -1);
    if (ranked)
        keepThese(ids, &*ranked);
    return ranked;
}

/// The first \a most pictures of \a query but for its words, in its order. Orders by a number are SQLite's own here: it keeps only as many rows as are asked for.
Result<QList<qint64>> firstOf(Database &database, const LibraryQuery &query, int most, bool *areAll)
{
    const Condition condition = conditionOf(query);
    QVariantList values = condition.values;
    QString sql;
    if (query.sort == LibraryQuery::Sort::Score) {
        // Rows are wide: no more of them are looked at than are wanted. Where a filter leaves out some, fewer are found.
        const QString order = QStringLiteral(" ORDER BY value%1, asset%1").arg(query.ascending ? QStringLiteral(" ASC") : QStringLiteral(" DESC"));
        sql = QStringLiteral("SELECT asset FROM (SELECT asset, value FROM scores WHERE name = ?") + order + QStringLiteral(" LIMIT %1)").arg(most)
              + QStringLiteral(" CROSS JOIN assets ON id = asset WHERE ") + condition.sql() + order;
        values.prepend(query.sortScore);
    } else {
        const char *number = numberOf(query.sort);
        const QString numbered = number ? QStringLiteral("%1 IS NULL, %1%2, ").arg(QLatin1String(number), query.ascending ? QString() : QStringLiteral(" DESC")) : QString();
        sql = QStringLiteral("SELECT id FROM assets INDEXED BY assets_shown WHERE ") + condition.sql() + QStringLiteral(" ORDER BY ") + numbered + orderOf(query)
              + QStringLiteral(" LIMIT %1").arg(most);
    }
    auto ids = database.ids(sql, values);
    *areAll = ids && query.sort != LibraryQuery::Sort::Score && ids->size() < most;
    return ids;
}

/// The same for the best matches: of \a looked, the first \a most that are shown.
Result<QList<qint64>> firstRanked(Database &database, const LibraryQuery &query, int looked, int most, bool *areAll)
{
    const auto best = rankedMatches(database, query, looked);
    if (!best)
        return best;
    const Condition condition = conditionOf(query);
    QList<qint64> first;
    qsizetype at = 0;
    // Rows are wide: no more of them are looked at than are wanted.
    for (; at < best->size() && first.size() < most; at += most) {
        QList<qint64> some = best->mid(at, most);
        // The planner would rather go through the index of all pictures.
        auto shown = database.ids(QStringLiteral("SELECT id FROM assets NOT INDEXED WHERE id IN ") + LibraryTable::idList(some) + QStringLiteral(" AND ") + condition.sql(),
                                  condition.values);
        if (!shown)
            return shown;
        keepThese(*shown, &some);
        first += some;
    }
    *areAll = best->size() < looked && at >= best->size();
    return first;
}

} // namespace

SearchTerms searchTerms(const QString &text)
{
    QStringList wanted, unwanted;
    qsizetype at = 0;
    while (at < text.size()) {
        if (text.at(at).isSpace()) {
            ++at;
            continue;
        }
        const bool isUnwanted = text.at(at) == QLatin1Char('-') && at + 1 < text.size() && !text.at(at + 1).isSpace();
        at += isUnwanted;
        const bool isPhrase = text.at(at) == QLatin1Char('"');
        at += isPhrase;
        const auto isEnd = [&](QChar c) { return isPhrase ? c == QLatin1Char('"') : c.isSpace() || c == QLatin1Char('"'); };
        const qsizetype begin = at;
        while (at < text.size() && !isEnd(text.at(at)))
            ++at;
        const QString word = text.mid(begin, at - begin);
        at += isPhrase;
        // A word of signs alone would be a search for nothing, which finds nothing.
        if (std::none_of(word.cbegin(), word.cend(), [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); }))
            continue;
        (isUnwanted ? unwanted : wanted).append(QLatin1Char('"') + QString(word).remove(QChar(u'\0')) + (isPhrase ? QStringLiteral("\"") : QStringLiteral("\"*")));
    }
    return {wanted.join(QStringLiteral(" AND ")), unwanted.join(QStringLiteral(" OR "))};
}

Result<QList<qint64>> LibraryTable::ids(Database &database, const LibraryQuery &query)
{
    const Condition condition = conditionOf(query);
    const char *number = numberOf(query.sort);
    const QString numbered = number ? QStringLiteral(", ifnull(%1, -1) AS number").arg(QLatin1String(number)) : QString();
    // In this index everything is found in one pass, whatever is filtered by; the planner would rather look up wide rows.
    const QString sql = QStringLiteral("SELECT id") + numbered + QStringLiteral(" FROM assets INDEXED BY assets_shown WHERE ") + condition.sql()
                        + QStringLiteral(" ORDER BY ") + orderOf(query);
    auto row = database.query(QStringLiteral("SELECT group_concat(id)") + (number ? QStringLiteral(", group_concat(number)") : QString())
                                  + QStringLiteral(" FROM (") + sql + QStringLiteral(" LIMIT -1)"), condition.values);
    if (!row)
        return fail(row.error());
    if (!row->next())
        return QList<qint64>();
    QList<qint64> ids = numbersFrom(row->value(0).toByteArray());
    if (number)
        ids = sortedBy(numbersFrom(row->value(1).toByteArray()), ids, query.ascending);
    row->finish();
    const bool byRank = isRanked(query);
    if (const auto kept = keepMatches(database, query.text, byRank, &ids); !kept)
        return fail(kept.error());
    if (query.sort == LibraryQuery::Sort::Score)
        return sortedByScore(database, query, ids);
    return byRank ? sortedByRank(database, query, ids) : ids;
}

Result<FirstPictures> LibraryTable::firstIds(Database &database, const LibraryQuery &query, int most)
{
    const bool byRank = isRanked(query);
    const int looked = searchTerms(query.text) == SearchTerms() ? most : most * lookedThrough;
    FirstPictures first;
    auto ids = byRank ? firstRanked(database, query, looked, most, &first.areAll) : firstOf(database, query, looked, &first.areAll);
    if (!ids)
        return fail(ids.error());
    if (const auto kept = keepMatches(database, query.text, byRank, &*ids); !kept)
        return fail(kept.error());
    first.areAll = first.areAll && ids->size() <= most;
    first.ids = ids->mid(0, most);
    return first;
}

} // namespace Galley
