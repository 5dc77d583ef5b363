#include "tests/support/fakelibraryservice.h"

#include "core/base/async.h"
#include "core/service/contactsheet.h"
#include "core/service/draftservice.h"
#include "core/service/provenance.h"

#include <QCryptographicHash>

#include <algorithm>

namespace Galley {

namespace {

bool isIn(const QStringList &wanted, const QString &value)
{
    return wanted.isEmpty() || wanted.contains(value);
}

bool areInRange(const QList<ScoreRange> &ranges, const QList<PictureScore> &scores)
{
    for (const ScoreRange &range : ranges) {
        const auto found = std::find_if(scores.cbegin(), scores.cend(), [&](const PictureScore &score) { return score.name == range.name; });
        if (found == scores.cend() || (range.least && found->value < *range.least) || (range.most && found->value > *range.most))
            return false;
    }
    return true;
}

double scoreOf(const FakeLibraryService::Picture &picture, const QString &name)
{
    for (const PictureScore &score : picture.scores) {
        if (score.name == name)
            return score.value;
    }
    return -1;
}

/// The value that pictures are sorted by, as two keys of which one is empty.
std::pair<double, QString> sortKey(const FakeLibraryService::Picture &picture, const LibraryQuery &query, const QString &model)
{
    switch (query.sort) {
    case LibraryQuery::Sort::Rating: return {double(picture.judgement.rating.value_or(0)), {}};
    case LibraryQuery::Sort::Cost: return {picture.record.costUsd.value_or(-1), {}};
    case LibraryQuery::Sort::Model: return {0, model};
    case LibraryQuery::Sort::Template: return {0, picture.record.templateName};
    case LibraryQuery::Sort::Score: return {scoreOf(picture, query.sortScore), {}};
    case LibraryQuery::Sort::Created:
    case LibraryQuery::Sort::Relevance: break;
    }
    return {double(picture.record.createdAt.toMSecsSinceEpoch()), {}};
}

void apply(const JudgementEdit &edit, Judgement *judgement)
{
    if (edit.rating)
        judgement->rating = *edit.rating;
    if (edit.pick)
        judgement->pick = *edit.pick;
    if (edit.note)
        judgement->note = *edit.note;
    for (const QString &tag : edit.removeTags)
        judgement->tags.removeAll(tag);
    judgement->tags += edit.addTags;
    judgement->tags.sort();
    judgement->tags.removeDuplicates();
    if (edit.deleted)
        judgement->deletedAt = *edit.deleted ? QDateTime::currentDateTimeUtc() : QDateTime();
}

void putBackInto(const JudgementEdit &edit, const Judgement &before, Judgement *judgement)
{
    if (edit.rating)
        judgement->rating = before.rating;
    if (edit.pick)
        judgement->pick = before.pick;
    if (edit.note)
        judgement->note = before.note;
    if (edit.changesTags())
        judgement->tags = before.tags;
    if (edit.deleted)
        judgement->deletedAt = before.deletedAt;
}

QList<LibraryValue> listOf(const QMap<QString, LibraryValue> &values)
{
    QList<LibraryValue> list = values.values();
    std::stable_sort(list.begin(), list.end(), [](const LibraryValue &a, const LibraryValue &b) { return a.count > b.count; });
    return list;
}

void count(QMap<QString, LibraryValue> *values, const QString &value, const QString &label = {})
{
    LibraryValue &counted = (*values)[value];
    counted = {value, label.isEmpty() ? value : label, counted.count + 1};
}

tl::unexpected<Error> noPicture(qint64 id)
{
    return fail(ErrorCode::NotFound, QStringLiteral("The library has no picture %1.").arg(id));
}

} // namespace

FakeLibraryService::FakeLibraryService() = default;

qint64 FakeLibraryService::add(const Picture &picture)
{
    Picture added = picture;
    if (added.record.id == 0)
        added.record.id = m_last + 1;
    m_last = std::max(m_last, added.record.id);
    if (added.record.digest.isEmpty())
        added.record.digest = QString::fromLatin1(QCryptographicHash::hash(QByteArray::number(added.record.id), QCryptographicHash::Sha256).toHex());
    if (added.record.mediaType.isEmpty())
        added.record.mediaType = "image/png";
    if (added.record.size.isEmpty())
        added.record.size = added.image.isNull() ? QSize(64, 80) : added.image.size();
    m_pictures.insert(added.record.id, added);
    Q_EMIT changed({added.record.id});
    return added.record.id;
}

void FakeLibraryService::fill(int count, const QStringList &models)
{
    const QSignalBlocker quiet(this);
    for (int i = 0; i < count; ++i) {
        Picture picture;
        AssetRecord &record = picture.record;
        record.createdAt = QDateTime(QDate(2026, 11, 1), QTime(8, 0), Qt::UTC).addSecs(60LL * i);
        record.servedModel = record.routedModel = models.value(i % models.size());
        record.revision = QStringLiteral("r%1").arg(i % 2 + 1);
        record.templateId = QStringLiteral("template-%1").arg(i % 7);
        record.templateName = QStringLiteral("Template %1").arg(i % 7);
        record.project = QStringLiteral("spring");
        record.rule = i % 2 == 0 ? QStringLiteral("posters") : QStringLiteral("default");
        record.cohort = i * 37 % 10'000;
        record.row = i % 5 + 1;
        record.seed = i;
        record.costUsd = 0.01 * (i % 9);
        record.prompt = QStringLiteral("A poster of %1 apples").arg(i);
        if (i % 4 == 0)
            picture.judgement.rating = i / 4 % 5 + 1;
        if (i % 6 == 0)
            picture.judgement.tags = {QStringLiteral("cover")};
        picture.scores = {{.name = QStringLiteral("text"), .value = (i % 11) / 10.0}};
        add(picture);
    }
    blockSignals(false);
    Q_EMIT changed({});
}

FakeLibraryService::Picture *FakeLibraryService::find(qint64 id)
{
    const auto found = m_pictures.find(id);
    return found == m_pictures.end() ? nullptr : &*found;
}

void FakeLibraryService::answer()
{
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto &finish : waiting)
        finish();
}

template<typename T>
QFuture<Result<T>> FakeLibraryService::later(Result<T> value)
{
    if (answersAtOnce)
        return readyFuture<Result<T>>(std::move(value));
    const auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    m_waiting.append([promise, value] {
        if (!promise->isCanceled())
            promise->addResult(value);
        promise->finish();
    });
    return promise->future();
}

LibraryCard FakeLibraryService::card(const Picture &picture) const
{
    const AssetRecord &record = picture.record;
    return {.id = record.id,
            .digest = record.digest,
            .mediaType = record.mediaType,
            .size = record.size,
            .bytes = record.bytes,
            .createdAt = record.createdAt,
            .requestedModel = record.requestedModel,
            .routedModel = record.routedModel,
            .servedModel = record.servedModel,
            .revision = record.revision,
            .rule = record.rule,
            .cohort = record.cohort,
            .templateId = record.templateId,
            .templateName = record.templateName,
            .project = record.project,
            .row = record.row,
            .seed = record.seed,
            .costUsd = record.costUsd,
            .job = record.job,
            .mark = record.mark,
            .isDamaged = picture.isDamaged,
            .judgement = picture.judgement};
}

bool FakeLibraryService::matches(const Picture &picture, const LibraryQuery &query) const
{
    const AssetRecord &record = picture.record;
    const Judgement &judgement = picture.judgement;
    const QString text = QStringList{record.prompt, record.templateName, judgement.note, judgement.tags.join(QLatin1Char(' '))}.join(QLatin1Char(' '));
    const QStringList words = query.text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const bool hasWords = std::all_of(words.cbegin(), words.cend(), [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
    const bool hasTags = std::all_of(query.tags.cbegin(), query.tags.cend(), [&](const QString &tag) { return judgement.tags.contains(tag); });
    const double cost = record.costUsd.value_or(-1);
    const bool costs = (!query.leastCostUsd && !query.mostCostUsd)
                       || (cost >= 0 && cost >= query.leastCostUsd.value_or(0) && cost <= query.mostCostUsd.value_or(cost));
    return !record.isShadow && judgement.deletedAt.isValid() == query.bin && hasWords && hasTags && costs && isIn(query.models, card(picture).model())
           && isIn(query.revisions, record.revision) && isIn(query.templates, record.templateId) && isIn(query.projects, record.project)
           && isIn(query.rules, record.rule) && isIn(query.marks, record.mark) && record.cohort >= query.cohortFrom.value_or(0)
           && record.cohort <= query.cohortTo.value_or(9999) && judgement.rating.value_or(0) >= query.leastRating
           && (query.picks.isEmpty() || query.picks.contains(judgement.pick)) && areInRange(query.scores, picture.scores)
           && (!query.from.isValid() || record.createdAt >= query.from) && (!query.to.isValid() || record.createdAt < query.to)
           && (picture.isDamaged || !query.damagedOnly);
}

QImage FakeLibraryService::imageOf(const Picture &picture) const
{
    if (!picture.image.isNull())
        return picture.image;
    QImage image(picture.record.size, QImage::Format_RGBA8888_Premultiplied);
    image.fill(QColor::fromHsv(int(picture.record.id * 47 % 360), 120, 200));
    return image;
}

QList<qint64> FakeLibraryService::found(const LibraryQuery &query) const
{
    QList<qint64> found;
    for (const Picture &picture : std::as_const(m_pictures)) {
        if (matches(picture, query))
            found.append(picture.record.id);
    }
    std::stable_sort(found.begin(), found.end(), [&](qint64 a, qint64 b) {
        const Picture left = m_pictures.value(a);
        const Picture right = m_pictures.value(b);
        const auto first = sortKey(left, query, card(left).model());
        const auto second = sortKey(right, query, card(right).model());
        return query.ascending ? first < second : second < first;
    });
    return found;
}

QFuture<Result<QList<qint64>>> FakeLibraryService::ids(const LibraryQuery &query)
{
    calls << QStringLiteral("ids");
    return later<QList<qint64>>(found(query));
}

QFuture<Result<FirstPictures>> FakeLibraryService::firstIds(const LibraryQuery &query, int most)
{
    calls << QStringLiteral("firstIds");
    const QList<qint64> all = found(query);
    const int few = std::min(most, mostFirst);
    return readyFuture<Result<FirstPictures>>(FirstPictures{all.mid(0, few), all.size() <= few});
}

QFuture<Result<QList<LibraryCard>>> FakeLibraryService::cards(const QList<qint64> &ids)
{
    QList<LibraryCard> cards;
    for (const qint64 id : ids) {
        if (const Picture *picture = find(id))
            cards.append(card(*picture));
    }
    return readyFuture<Result<QList<LibraryCard>>>(cards);
}

QFuture<Result<QImage>> FakeLibraryService::thumbnail(qint64 id)
{
    const Picture *picture = find(id);
    if (!picture)
        return readyFuture<Result<QImage>>(noPicture(id));
    return later<QImage>(imageOf(*picture).scaled(256, 256, Qt::KeepAspectRatio, Qt::SmoothTransformation));
}

QFuture<Result<LibraryPicture>> FakeLibraryService::picture(qint64 id, View view)
{
    calls << QStringLiteral("picture %1").arg(id);
    const Picture *found = find(id);
    if (!found)
        return readyFuture<Result<LibraryPicture>>(noPicture(id));
    if (found->isDamaged) {
        return later<LibraryPicture>(fail(ErrorCode::Io, QStringLiteral("The file of picture %1 has been altered since it was accepted, so that it is not shown. "
                                                                        "Restore it from a backup.")
                                                             .arg(id)));
    }
    LibraryPicture shown;
    shown.id = id;
    shown.isComposed = view == View::Composed && !found->composed.isNull();
    shown.image = shown.isComposed ? found->composed : imageOf(*found);
    shown.hasProfile = found->hasProfile;
    shown.profile = found->hasProfile ? QStringLiteral("Display P3") : QStringLiteral("sRGB");
    return later<LibraryPicture>(shown);
}

QFuture<Result<AssetRecord>> FakeLibraryService::record(qint64 id)
{
    const Picture *picture = find(id);
    return readyFuture<Result<AssetRecord>>(picture ? Result<AssetRecord>(picture->record) : noPicture(id));
}

QFuture<Result<RenderRequest>> FakeLibraryService::request(qint64 id)
{
    const Picture *picture = find(id);
    if (!picture || !picture->request)
        return readyFuture<Result<RenderRequest>>(fail(ErrorCode::NotFound, QStringLiteral("Nobody knows what picture %1 was asked by.").arg(id)));
    return readyFuture<Result<RenderRequest>>(*picture->request);
}

QFuture<Result<QList<PictureScore>>> FakeLibraryService::scores(qint64 id)
{
    const Picture *picture = find(id);
    return readyFuture<Result<QList<PictureScore>>>(picture ? Result<QList<PictureScore>>(picture->scores) : noPicture(id));
}

QFuture<Result<void>> FakeLibraryService::setScores(qint64 id, const QList<PictureScore> &scores)
{
    calls << QStringLiteral("scores %1").arg(id);
    Picture *picture = find(id);
    if (!picture)
        return readyFuture<Result<void>>(noPicture(id));
    for (const PictureScore &score : scores) {
        picture->scores.removeIf([&](const PictureScore &old) { return old.name == score.name; });
        picture->scores.append(score);
    }
    Q_EMIT changed({id});
    return readyFuture<Result<void>>({});
}

QFuture<Result<LibraryValues>> FakeLibraryService::values()
{
    QMap<QString, LibraryValue> models, revisions, templates, projects, rules, tags, marks, scores;
    LibraryValues values;
    for (const Picture &picture : std::as_const(m_pictures)) {
        const AssetRecord &record = picture.record;
        if (record.isShadow)
            continue;
        if (picture.judgement.deletedAt.isValid()) {
            ++values.inBin;
            continue;
        }
        ++values.pictures;
        count(&models, card(picture).model());
        count(&revisions, record.revision, card(picture).model());
        count(&templates, record.templateId, record.templateName);
        count(&projects, record.project);
        count(&rules, record.rule);
        for (const QString &tag : picture.judgement.tags)
            count(&tags, tag);
        if (!record.mark.isEmpty())
            count(&marks, record.mark);
        for (const PictureScore &score : picture.scores)
            count(&scores, score.name);
    }
    values.models = listOf(models), values.revisions = listOf(revisions), values.templates = listOf(templates), values.projects = listOf(projects);
    values.rules = listOf(rules), values.tags = listOf(tags), values.marks = listOf(marks), values.scores = listOf(scores);
    return readyFuture<Result<LibraryValues>>(values);
}

QString FakeLibraryService::originalFile(const LibraryCard &card) const
{
    return QStringLiteral("/home/anna/.local/share/galley/originals/%1/%2.png").arg(card.digest.left(2), card.digest);
}

QFuture<Result<JudgementChange>> FakeLibraryService::edit(const QList<qint64> &ids, const JudgementEdit &edit)
{
    calls << QStringLiteral("edit %1").arg(ids.size());
    if (const auto error = std::exchange(editError, std::nullopt))
        return readyFuture<Result<JudgementChange>>(fail(*error));
    JudgementChange change{edit, {}};
    for (const qint64 id : ids) {
        Picture *picture = find(id);
        if (!picture)
            return readyFuture<Result<JudgementChange>>(noPicture(id));
        const Judgement before = picture->judgement;
        apply(edit, &picture->judgement);
        if (picture->judgement != before)
            change.before.insert(id, before);
    }
    Q_EMIT changed(ids);
    return readyFuture<Result<JudgementChange>>(change);
}

QFuture<Result<JudgementChange>> FakeLibraryService::putBack(const JudgementChange &change)
{
    calls << QStringLiteral("putBack %1").arg(change.before.size());
    if (const auto error = std::exchange(editError, std::nullopt))
        return readyFuture<Result<JudgementChange>>(fail(*error));
    JudgementChange back{change.edit, {}};
    for (auto before = change.before.cbegin(); before != change.before.cend(); ++before) {
        Picture *picture = find(before.key());
        if (!picture)
            continue;
        back.before.insert(before.key(), picture->judgement);
        putBackInto(change.edit, *before, &picture->judgement);
    }
    Q_EMIT changed(change.before.keys());
    return readyFuture<Result<JudgementChange>>(back);
}

QFuture<Result<void>> FakeLibraryService::setMark(const QList<qint64> &ids, const QString &mark)
{
    calls << QStringLiteral("mark %1 %2").arg(ids.size()).arg(mark);
    for (const qint64 id : ids) {
        if (Picture *picture = find(id))
            picture->record.mark = mark;
    }
    Q_EMIT changed(ids);
    return readyFuture<Result<void>>({});
}

QFuture<Result<int>> FakeLibraryService::emptyBin()
{
    calls << QStringLiteral("emptyBin");
    QList<qint64> gone;
    for (const Picture &picture : std::as_const(m_pictures)) {
        if (picture.judgement.deletedAt.isValid())
            gone.append(picture.record.id);
    }
    for (const qint64 id : gone)
        m_pictures.remove(id);
    Q_EMIT changed(gone);
    return readyFuture<Result<int>>(int(gone.size()));
}

QFuture<Result<void>> FakeLibraryService::addPick(qint64 chosen, qint64 leftOut)
{
    calls << QStringLiteral("pick %1 %2").arg(chosen).arg(leftOut);
    const Picture *winner = find(chosen);
    const Picture *loser = find(leftOut);
    if (!winner || !loser)
        return readyFuture<Result<void>>(noPicture(winner ? leftOut : chosen));
    m_picks.append({QDateTime::currentDateTimeUtc(), chosen, leftOut, card(*winner).model(), card(*loser).model()});
    return readyFuture<Result<void>>({});
}

QFuture<Result<QList<PickPair>>> FakeLibraryService::picks()
{
    return readyFuture<Result<QList<PickPair>>>(m_picks);
}

QFuture<Result<KeptDraft>> FakeLibraryService::keepDraft(const Draft &draft)
{
    calls << QStringLiteral("keepDraft %1").arg(draft.options.seed);
    if (editError)
        return readyFuture<Result<KeptDraft>>(fail(*std::exchange(editError, {})));
    Picture picture;
    picture.record = keptDraftRecord(draft, QDateTime::currentDateTimeUtc());
    picture.record.digest = toQString(picture.record.provenance["request_digest"]);  // stands for that of the file
    for (Picture &known : m_pictures) {
        if (known.record.digest == picture.record.digest) {
            known.judgement.deletedAt = {};
            return readyFuture<Result<KeptDraft>>(KeptDraft{known.record.id, known.record.digest, false});
        }
    }
    picture.image = ScenePainter().compose(draft.scene, draft.pictures, draft.scene.canvas);
    const qint64 id = add(picture);
    return readyFuture<Result<KeptDraft>>(KeptDraft{id, picture.record.digest, true});
}

QFuture<Result<qint64>> FakeLibraryService::approvedDraft(const RenderRequest &request)
{
    for (const Picture &picture : std::as_const(m_pictures)) {
        if (!request.approvedDraft.isEmpty() && picture.record.digest == request.approvedDraft)
            return readyFuture<Result<qint64>>(picture.record.id);
    }
    return readyFuture<Result<qint64>>(0);
}

QFuture<Result<QList<SavedSearch>>> FakeLibraryService::savedSearches()
{
    return readyFuture<Result<QList<SavedSearch>>>(m_searches.values());
}

QFuture<Result<void>> FakeLibraryService::saveSearch(const SavedSearch &search)
{
    calls << QStringLiteral("saveSearch %1").arg(search.name);
    m_searches.insert(search.name, search);
    Q_EMIT savedSearchesChanged();
    return readyFuture<Result<void>>({});
}

QFuture<Result<void>> FakeLibraryService::removeSearch(const QString &name)
{
    calls << QStringLiteral("removeSearch %1").arg(name);
    m_searches.remove(name);
    Q_EMIT savedSearchesChanged();
    return readyFuture<Result<void>>({});
}

QFuture<Result<QList<ComparisonSet>>> FakeLibraryService::comparisonSets()
{
    return readyFuture<Result<QList<ComparisonSet>>>(m_sets);
}

QFuture<Result<ComparisonSet>> FakeLibraryService::saveComparison(const ComparisonSet &set)
{
    calls << QStringLiteral("saveComparison %1").arg(set.name);
    ComparisonSet saved = set;
    if (saved.id == 0)
        saved.id = m_sets.isEmpty() ? 1 : m_sets.first().id + 1;
    m_sets.removeIf([&](const ComparisonSet &old) { return old.id == saved.id; });
    m_sets.prepend(saved);
    Q_EMIT comparisonsChanged();
    return readyFuture<Result<ComparisonSet>>(saved);
}

QFuture<Result<void>> FakeLibraryService::removeComparison(qint64 id)
{
    m_sets.removeIf([&](const ComparisonSet &old) { return old.id == id; });
    Q_EMIT comparisonsChanged();
    return readyFuture<Result<void>>({});
}

Result<LibraryReport> FakeLibraryService::outcome() const
{
    return reportError ? Result<LibraryReport>(fail(*reportError)) : Result<LibraryReport>(report);
}

QFuture<Result<LibraryReport>> FakeLibraryService::verify()
{
    calls << QStringLiteral("verify");
    return later(outcome());
}

QFuture<Result<LibraryReport>> FakeLibraryService::repair()
{
    calls << QStringLiteral("repair");
    return later(outcome());
}

QFuture<Result<LibraryReport>> FakeLibraryService::exportProject(const QString &project, const QString &file)
{
    calls << QStringLiteral("export %1 %2").arg(project, file);
    return later(outcome());
}

QFuture<Result<LibraryReport>> FakeLibraryService::importFile(const QString &file)
{
    calls << QStringLiteral("import %1").arg(file);
    return later(outcome());
}

QFuture<Result<LibraryReport>> FakeLibraryService::writeContactSheet(const QList<ContactPicture> &pictures, const QString &file, const ContactSheetOptions &options)
{
    QStringList words{QStringLiteral("sheet")};
    for (const ContactPicture &picture : pictures)
        words << (picture.record.id > 0 ? QString::number(picture.record.id) : picture.image.isNull() ? QStringLiteral("nothing") : QStringLiteral("draft"));
    if (options.asMade)
        words << QStringLiteral("as made");
    calls << (words << file).join(u' ');
    return later(outcome());
}

} // namespace Galley
