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

QString LibraryTable::idList(const QList<qint64> &ids)
{
    QStringList texts;
    for (const qint64 id : ids)
        texts.append(QString::number(id));
    return QStringLiteral("(") + texts.join(QLatin1Char(',')) + QLatin1Char(')');
}

Result<QList<LibraryCard>> LibraryTable::cards(Database &database, const QList<qint64> &ids)
{
    QHash<qint64, LibraryCard> found;
    for (qsizetype begin = 0; begin < ids.size(); begin += cardsAtOnce) {
        const auto some = cardsWhere(database, QStringLiteral("id IN ") + LibraryTable::idList(ids.mid(begin, cardsAtOnce)));
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
    const QString which = QStringLiteral("deleted IS NOT NULL") + (ids.isEmpty() ? QString() : QStringLiteral(" AND id IN ") + LibraryTable::idList(ids));
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
