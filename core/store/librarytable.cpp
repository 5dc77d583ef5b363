#include "core/store/librarytable.h"

#include "core/store/ledgertable.h"

#include <QCoreApplication>

#include <algorithm>

namespace Galley {

namespace {

constexpr int cardsAtOnce = 500;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Store", text);
}

Result<void> done(const Result<qint64> &result)
{
    return result ? Result<void>() : fail(result.error());
}

template<typename T>
QVariant orNull(const std::optional<T> &value)
{
    return value ? QVariant(qint64(*value)) : QVariant(QMetaType(QMetaType::LongLong));
}

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

/// Leaves those of \a ids that have all words, and none of those that must not be there. Here, since SQLite would look each picture up in the other list.
Result<void> keepMatches(Database &database, const QString &text, QList<qint64> *ids)
{
    const SearchTerms terms = searchTerms(text);
    for (const auto &[match, isWanted] : {std::pair(terms.wanted, true), std::pair(terms.unwanted, false)}) {
        if (match.isEmpty() || ids->isEmpty())
            continue;
        auto found = numbersOf(database, QStringLiteral("SELECT group_concat(rowid) FROM asset_text WHERE asset_text MATCH ?"), {match});
        if (!found)
            return fail(found.error());
        std::sort(found->begin(), found->end());
        ids->removeIf([&, wanted = isWanted](qint64 id) { return std::binary_search(found->cbegin(), found->cend(), id) != wanted; });
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
    const auto inOrder = [](QList<qint64> list) {
        std::sort(list.begin(), list.end());
        return list;
    };
    const QList<qint64> wanted = inOrder(ids);
    const QList<qint64> known = inOrder(*scored);
    scored->removeIf([&](qint64 id) { return !std::binary_search(wanted.cbegin(), wanted.cend(), id); });
    QList<qint64> unknown = ids;
    unknown.removeIf([&](qint64 id) { return std::binary_search(known.cbegin(), known.cend(), id); });
    return *scored + unknown;
}

QStringList tagsFrom(const QString &json)
{
    QStringList tags;
    const auto list = parseJson(json.toUtf8(), QStringLiteral("tags"));
    if (!list || !list->is_array())
        return tags;
    for (const Json &tag : *list) {
        if (tag.is_string())
            tags.append(QString::fromStdString(tag.get<std::string>()));
    }
    return tags;
}

QString tagsText(const QStringList &tags)
{
    Json list = Json::array();
    for (const QString &tag : tags)
        list.push_back(tag.toStdString());
    return QString::fromUtf8(dumpJson(list));
}

Judgement judgementAt(const QSqlQuery &row, int column)
{
    Judgement judgement;
    if (const QVariant rating = row.value(column); !rating.isNull())
        judgement.rating = rating.toInt();
    judgement.pick = PickState(std::clamp(row.value(column + 1).toInt(), 0, 2));
    judgement.note = row.value(column + 2).toString();
    judgement.tags = tagsFrom(row.value(column + 3).toString());
    judgement.deletedAt = timeFromValue(row.value(column + 4));
    return judgement;
}

const QString judgementColumns = QStringLiteral("rating, pick, note, tags, deleted");

LibraryCard cardAt(const QSqlQuery &row)
{
    int column = 0;
    const auto next = [&] { return row.value(column++); };
    LibraryCard card;
    card.id = next().toLongLong();
    card.digest = next().toString();
    card.mediaType = next().toByteArray();
    const int width = next().toInt();
    card.size = QSize(width, next().toInt());
    card.bytes = next().toLongLong();
    card.createdAt = timeFromValue(next());
    for (QString *text : {&card.requestedModel, &card.routedModel, &card.servedModel, &card.revision, &card.rule})
        *text = next().toString();
    card.cohort = next().toInt();
    for (QString *text : {&card.templateId, &card.templateName, &card.project})
        *text = next().toString();
    card.row = next().toInt();
    if (const QVariant seed = next(); !seed.isNull())
        card.seed = seed.toLongLong();
    if (const QVariant cost = next(); !cost.isNull())
        card.costUsd = fromMicros(cost.toLongLong());
    card.job = next().toLongLong();
    card.mark = next().toString();
    card.isDamaged = next().toInt() != 0;
    card.judgement = judgementAt(row, column);
    return card;
}

Result<QList<LibraryCard>> cardsWhere(Database &database, const QString &condition, const QVariantList &values = {})
{
    auto rows = database.query(QStringLiteral("SELECT id, digest, media_type, width, height, bytes, created, requested_model, routed_model, served_model, revision, rule, "
                                              "cohort, template_id, template_name, project, row, seed, cost, job, mark, damaged, ")
                                   + judgementColumns + QStringLiteral(" FROM assets WHERE ") + condition,
                               values);
    if (!rows)
        return fail(rows.error());
    QList<LibraryCard> cards;
    while (rows->next())
        cards.append(cardAt(*rows));
    return cards;
}

QString idList(const QList<qint64> &ids)
{
    QStringList texts;
    for (const qint64 id : ids)
        texts.append(QString::number(id));
    return QStringLiteral("(") + texts.join(QLatin1Char(',')) + QLatin1Char(')');
}

Judgement edited(Judgement judgement, const JudgementEdit &edit, const QDateTime &now)
{
    if (edit.rating)
        judgement.rating = *edit.rating;
    if (edit.pick)
        judgement.pick = *edit.pick;
    if (edit.note)
        judgement.note = *edit.note;
    for (const QString &tag : edit.removeTags)
        judgement.tags.removeAll(tag);
    judgement.tags += edit.addTags;
    judgement.tags.sort();
    judgement.tags.removeDuplicates();
    if (edit.deleted && judgement.deletedAt.isValid() != *edit.deleted)
        judgement.deletedAt = *edit.deleted ? now : QDateTime();
    return judgement;
}

/// Only what \a edit changes comes from \a before.
Judgement putBackInto(Judgement judgement, const JudgementEdit &edit, const Judgement &before)
{
    if (edit.rating)
        judgement.rating = before.rating;
    if (edit.pick)
        judgement.pick = before.pick;
    if (edit.note)
        judgement.note = before.note;
    if (edit.changesTags())
        judgement.tags = before.tags;
    if (edit.deleted)
        judgement.deletedAt = before.deletedAt;
    return judgement;
}

Result<std::optional<Judgement>> judgementOf(Database &database, qint64 id)
{
    auto row = database.query(QStringLiteral("SELECT ") + judgementColumns + QStringLiteral(" FROM assets WHERE id = ?"), {id});
    if (!row)
        return fail(row.error());
    return row->next() ? std::optional(judgementAt(*row, 0)) : std::nullopt;
}

Result<void> writeJudgement(Database &database, qint64 id, const Judgement &judgement)
{
    return done(database.execute(QStringLiteral("UPDATE assets SET rating = ?, pick = ?, note = ?, tags = ?, deleted = ? WHERE id = ?"),
                                 {orNull(judgement.rating), int(judgement.pick), judgement.note, tagsText(judgement.tags), timeValue(judgement.deletedAt), id}));
}

/// The characters that may stand in a tag: it is one line, and people see all of it.
QStringList cleanTags(const QStringList &tags)
{
    QStringList clean;
    for (const QString &tag : tags) {
        if (const QString text = tag.simplified(); !text.isEmpty())
            clean.append(text.left(200));
    }
    return clean;
}

Result<QList<LibraryValue>> counted(Database &database, const QString &sql)
{
    auto rows = database.query(sql);
    if (!rows)
        return fail(rows.error());
    QList<LibraryValue> values;
    while (rows->next()) {
        const QString value = rows->value(0).toString();
        const QString label = rows->value(2).toString();
        values.append({value, label.isEmpty() ? value : label, rows->value(1).toInt()});
    }
    return values;
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
    QVariantList values = condition.values;
    const QString wanted = searchTerms(query.text).wanted;
    const char *number = query.sort == LibraryQuery::Sort::Rating ? "rating" : query.sort == LibraryQuery::Sort::Cost ? "cost" : nullptr;
    const QString numbered = number ? QStringLiteral(", ifnull(%1, -1) AS number").arg(QLatin1String(number)) : QString();
    QString sql;
    if (query.sort == LibraryQuery::Sort::Relevance && !wanted.isEmpty()) {
        sql = QStringLiteral("SELECT id FROM asset_text JOIN assets ON id = asset_text.rowid WHERE asset_text MATCH ? AND ") + condition.sql()
              + QStringLiteral(" ORDER BY asset_text.rank") + (query.ascending ? QStringLiteral(" DESC") : QString()) + QStringLiteral(", id DESC");
        values.prepend(wanted);
    } else {
        // In this index everything is found in one pass, whatever is filtered by; the planner would rather look up wide rows.
        sql = QStringLiteral("SELECT id") + numbered + QStringLiteral(" FROM assets INDEXED BY assets_shown WHERE ") + condition.sql()
              + QStringLiteral(" ORDER BY ") + orderOf(query);
    }
    auto row = database.query(QStringLiteral("SELECT group_concat(id)") + (number ? QStringLiteral(", group_concat(number)") : QString())
                                  + QStringLiteral(" FROM (") + sql + QStringLiteral(" LIMIT -1)"), values);
    if (!row)
        return fail(row.error());
    if (!row->next())
        return QList<qint64>();
    QList<qint64> ids = numbersFrom(row->value(0).toByteArray());
    if (number)
        ids = sortedBy(numbersFrom(row->value(1).toByteArray()), ids, query.ascending);
    row->finish();
    if (const auto kept = keepMatches(database, query.text, &ids); !kept)
        return fail(kept.error());
    if (query.sort == LibraryQuery::Sort::Score)
        return sortedByScore(database, query, ids);
    return ids;
}

Result<QList<LibraryCard>> LibraryTable::cards(Database &database, const QList<qint64> &ids)
{
    QHash<qint64, LibraryCard> found;
    for (qsizetype begin = 0; begin < ids.size(); begin += cardsAtOnce) {
        const auto some = cardsWhere(database, QStringLiteral("id IN ") + idList(ids.mid(begin, cardsAtOnce)));
        if (!some)
            return some;
        for (const LibraryCard &card : *some)
            found.insert(card.id, card);
    }
    QList<LibraryCard> cards;
    cards.reserve(found.size());
    for (const qint64 id : ids) {
        if (const auto card = found.constFind(id); card != found.cend())
            cards.append(*card);
    }
    return cards;
}

Result<LibraryValues> LibraryTable::values(Database &database)
{
    const QString shown = QStringLiteral(" FROM assets INDEXED BY assets_shown WHERE shadow = 0 AND deleted IS NULL ");
    const auto grouped = [&](const char *value, const char *label) -> QString {
        return QStringLiteral("SELECT %1, count(*) AS n, %2").arg(QLatin1String(value), QLatin1String(label)) + shown
               + QStringLiteral("GROUP BY %1 ORDER BY n DESC, %1").arg(QLatin1String(value));
    };
    LibraryValues values;
    const std::pair<QList<LibraryValue> *, QString> lists[] = {
        {&values.models, grouped("model", "model")},
        {&values.revisions, grouped("revision", "max(model)")},
        {&values.templates, grouped("template_id", "max(template_name)")},
        {&values.projects, grouped("project", "project")},
        {&values.rules, grouped("rule", "rule")},
        {&values.marks, QStringLiteral("SELECT mark, count(*), mark") + shown + QStringLiteral("AND mark <> '' GROUP BY mark ORDER BY 2 DESC, 1")},
        {&values.tags, QStringLiteral("SELECT tag, count(*), tag FROM asset_tags WHERE asset IN (SELECT id") + shown
                           + QStringLiteral(") GROUP BY tag ORDER BY 2 DESC, 1")},
        {&values.scores, QStringLiteral("SELECT name, count(*), name FROM scores GROUP BY name ORDER BY 2 DESC, 1")}};
    for (const auto &[list, sql] : lists) {
        const auto read = counted(database, sql);
        if (!read)
            return fail(read.error());
        *list = *read;
    }
    auto sums = database.query(QStringLiteral("SELECT (SELECT count(*)") + shown + QStringLiteral("), (SELECT count(*) FROM assets INDEXED BY assets_shown "
                                                                                                "WHERE shadow = 0 AND deleted IS NOT NULL)"));
    if (!sums)
        return fail(sums.error());
    if (sums->next()) {
        values.pictures = sums->value(0).toInt();
        values.inBin = sums->value(1).toInt();
    }
    return values;
}

Result<JudgementChange> LibraryTable::edit(Database &database, const QList<qint64> &ids, const JudgementEdit &wanted, const QDateTime &now)
{
    JudgementEdit edit = wanted;
    edit.addTags = cleanTags(edit.addTags);
    if (edit.rating && *edit.rating && (**edit.rating < 1 || **edit.rating > 5))
        return fail(ErrorCode::InvalidInput, tr("A picture is rated with 1 to 5 stars, not with %1.").arg(**edit.rating));
    JudgementChange change{edit, {}};
    for (const qint64 id : ids) {
        const auto before = judgementOf(database, id);
        if (!before)
            return fail(before.error());
        if (!*before)
            continue;  // another window has emptied the bin
        const Judgement after = edited(**before, edit, now);
        if (after == **before)
            continue;
        if (const auto written = writeJudgement(database, id, after); !written)
            return fail(written.error());
        change.before.insert(id, **before);
    }
    return change;
}

Result<JudgementChange> LibraryTable::putBack(Database &database, const JudgementChange &change)
{
    JudgementChange back{change.edit, {}};
    for (auto wanted = change.before.cbegin(); wanted != change.before.cend(); ++wanted) {
        const auto now = judgementOf(database, wanted.key());
        if (!now)
            return fail(now.error());
        if (!*now)
            continue;
        const Judgement after = putBackInto(**now, change.edit, *wanted);
        if (after == **now)
            continue;
        if (const auto written = writeJudgement(database, wanted.key(), after); !written)
            return fail(written.error());
        back.before.insert(wanted.key(), **now);
    }
    return back;
}

Result<void> LibraryTable::setJudgement(Database &database, qint64 id, const Judgement &judgement)
{
    return writeJudgement(database, id, judgement);
}

Result<QList<LibraryCard>> LibraryTable::dropBin(Database &database, const QList<qint64> &ids)
{
    const QString which = QStringLiteral("deleted IS NOT NULL") + (ids.isEmpty() ? QString() : QStringLiteral(" AND id IN ") + idList(ids));
    const auto gone = cardsWhere(database, which);
    if (!gone)
        return gone;
    const auto dropped = database.execute(QStringLiteral("DELETE FROM assets WHERE ") + which);
    return dropped ? gone : fail(dropped.error());
}

Result<bool> LibraryTable::isFileNamed(Database &database, const QString &digest)
{
    auto row = database.query(QStringLiteral("SELECT 1 FROM assets WHERE digest = ? LIMIT 1"), {digest});
    if (!row)
        return fail(row.error());
    return row->next();
}

Result<void> LibraryTable::setDamaged(Database &database, const QList<qint64> &ids, bool damaged)
{
    for (const qint64 id : ids) {
        const auto set = database.execute(QStringLiteral("UPDATE assets SET damaged = ? WHERE id = ? AND damaged <> ?"), {int(damaged), id, int(damaged)});
        if (!set)
            return fail(set.error());
    }
    return {};
}

Result<QList<PictureScore>> LibraryTable::scores(Database &database, qint64 id)
{
    auto rows = database.query(QStringLiteral("SELECT name, value, detail FROM scores WHERE asset = ? ORDER BY name"), {id});
    if (!rows)
        return fail(rows.error());
    QList<PictureScore> scores;
    while (rows->next()) {
        const auto detail = parseJson(rows->value(2).toByteArray(), tr("A score of picture %1").arg(id));
        scores.append({rows->value(0).toString(), rows->value(1).toDouble(), detail ? *detail : Json::object()});
    }
    return scores;
}

Result<void> LibraryTable::setScores(Database &database, qint64 id, const QList<PictureScore> &scores)
{
    for (const PictureScore &score : scores) {
        const auto set = database.execute(QStringLiteral("INSERT OR REPLACE INTO scores (asset, name, value, detail) SELECT id, ?, ?, ? FROM assets WHERE id = ?"),
                                          {score.name, score.value, QString::fromUtf8(dumpJson(score.detail)), id});
        if (!set)
            return fail(set.error());
    }
    return {};
}

Result<QList<PickPair>> LibraryTable::picks(Database &database)
{
    auto rows = database.query(QStringLiteral("SELECT p.at, p.chosen, p.left_out, a.model, b.model FROM picks p JOIN assets a ON a.id = p.chosen "
                                              "JOIN assets b ON b.id = p.left_out ORDER BY p.id"));
    if (!rows)
        return fail(rows.error());
    QList<PickPair> picks;
    while (rows->next()) {
        picks.append({timeFromValue(rows->value(0)), rows->value(1).toLongLong(), rows->value(2).toLongLong(), rows->value(3).toString(),
                      rows->value(4).toString()});
    }
    return picks;
}

Result<LibraryChanges> LibraryTable::changesSince(Database &database, qint64 serial, int most)
{
    LibraryChanges changes;
    auto now = database.query(QStringLiteral("SELECT coalesce(max(serial), 0) FROM asset_changes"));
    if (!now)
        return fail(now.error());
    changes.serial = now->next() ? now->value(0).toLongLong() : 0;
    // Smaller than it was: another library lies there now.
    changes.everything = changes.serial < serial;
    if (serial < 0 || changes.serial <= serial)
        return changes;
    now->finish();
    auto rows = database.query(QStringLiteral("SELECT serial, what, asset FROM asset_changes WHERE serial > ? ORDER BY serial"), {serial});
    if (!rows)
        return fail(rows.error());
    while (rows->next()) {
        changes.serial = rows->value(0).toLongLong();
        const QString what = rows->value(1).toString();
        changes.searches |= what == QLatin1String("search");
        changes.comparisons |= what == QLatin1String("comparison");
        if (what == QLatin1String("picture") && changes.pictures.size() <= most)
            changes.pictures.append(rows->value(2).toLongLong());
    }
    if (changes.pictures.size() > most) {
        changes.everything = true;
        changes.pictures.clear();
    }
    return changes;
}

} // namespace Galley
