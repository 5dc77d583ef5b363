#include "core/base/durable.h"
#include "core/store/database.h"
#include "core/store/librarytable.h"
#include "core/store/schema.h"
#include "tests/core/store/libraryrig.h"
#include "tests/support/verifyresult.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Galley;

/// The library in a real file: what is said of pictures, what goes into the bin and out of it, what is kept beside them.
class TestLibraryStore : public QObject, protected LibraryRig
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }
    void versionTwo_isLedOn();
    void cards_sayWhatIsThere();

    void edit_isOneChangeThatCanBeTakenBack();
    void putBack_leavesWhatOthersChanged();
    void wrongRating_changesNothing();
    void tags_areCleanAndFound();
    void bin_keepsFilesThatOthersHave();
    void sameBytesAgain_surviveTheBin();

    void changes_areSeenByOthers();
    void collections_comeBack();
    void scores_comeBack();
    void thumbnails_areKept();
    void thumbnail_ofWhatCannotBeRead_saysWhy();
};

void TestLibraryStore::versionTwo_isLedOn()
{
    {
        QSqlDatabase old = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("old"));
        old.setDatabaseName(m_folder->filePath(QStringLiteral("library.db")));
        QVERIFY(old.open());
        QSqlQuery query(old);
        for (int step : {0, 1}) {
            for (const QString &sql : schemaStep(step))
                QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
        }
        const QString asset = QStringLiteral("INSERT INTO assets (digest, media_type, width, height, bytes, created, template_id, template_name, project, row, "
                                             "requested_model, routed_model, served_model, revision, rule, cohort, prompt, provenance) VALUES "
                                             "('ab', 'image/png', 4, 4, 10, 1000, 't', 'Old fair', 'spring', 0, '', 'ideogram-4', '%1', '', 'default', 7, 'cherries', '{}')");
        QVERIFY2(query.exec(asset.arg(QString())), qPrintable(query.lastError().text()));
        QVERIFY(query.exec(asset.arg(QStringLiteral("ideogram-4.0.1"))));
        QVERIFY(query.exec(QStringLiteral("INSERT INTO scores VALUES (1, 'text', 0.5)")));
        QVERIFY(query.exec(QStringLiteral("PRAGMA user_version = 2")));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("old"));
    QCOMPARE(ids({.text = QStringLiteral("cherr")}), QList<qint64>({2, 1}));
    QCOMPARE(ids({.models = {QStringLiteral("ideogram-4.0.1")}}), QList<qint64>({2}));
    QCOMPARE(ids({.models = {QStringLiteral("ideogram-4")}}), QList<qint64>({1}));
    QCOMPARE(wait(m_store->scores(1))->value(0).value, 0.5);
    QCOMPARE(card(1).judgement, Judgement());
    QCOMPARE(*wait(m_store->withoutThumbnail(10)), QList<qint64>({2, 1}));
}

void TestLibraryStore::cards_sayWhatIsThere()
{
    put(1);
    const qint64 id = put(3, [](AssetRecord &record) {
        record.seed = 7;
        record.row = 12;
        record.requestedModel = QStringLiteral("gpt");
    });
    wait(m_store->edit({id}, {.rating = 3, .note = QStringLiteral("one\ntwo"), .addTags = {QStringLiteral("b"), QStringLiteral("a")}}));
    const auto record = *wait(m_store->asset(id));
    const auto cards = wait(m_store->cards({id, 999, 1}));
    VERIFY_RESULT(cards);
    QCOMPARE(cards->size(), 2);
    const LibraryCard &card = cards->first();
    QCOMPARE(card.id, id);
    QCOMPARE(card.digest, record.digest);
    QCOMPARE(card.mediaType, record.mediaType);
    QCOMPARE(card.size, record.size);
    QCOMPARE(card.bytes, record.bytes);
    QCOMPARE(card.createdAt, record.createdAt);
    QCOMPARE(card.requestedModel, record.requestedModel);
    QCOMPARE(card.routedModel, record.routedModel);
    QCOMPARE(card.servedModel, record.servedModel);
    QCOMPARE(card.revision, record.revision);
    QCOMPARE(card.rule, record.rule);
    QCOMPARE(card.cohort, record.cohort);
    QCOMPARE(card.templateId, record.templateId);
    QCOMPARE(card.templateName, record.templateName);
    QCOMPARE(card.project, record.project);
    QCOMPARE(card.row, 12);
    QCOMPARE(card.seed, record.seed);
    QCOMPARE(card.costUsd, record.costUsd);
    QCOMPARE(card.job, 0);
    QCOMPARE(card.mark, QString());
    QVERIFY(!card.isDamaged);
    QCOMPARE(card.judgement, (Judgement{3, PickState::None, QStringLiteral("one\ntwo"), {QStringLiteral("a"), QStringLiteral("b")}, {}}));
    QCOMPARE(card.model(), QStringLiteral("gpt-image-1.5"));
    QCOMPARE(cards->last().id, 1);
    QCOMPARE(cards->last().model(), QStringLiteral("ideogram-4"));
}

void TestLibraryStore::edit_isOneChangeThatCanBeTakenBack()
{
    const QList<qint64> all{put(1), put(2), put(3)};
    wait(m_store->edit({2}, {.rating = 2, .addTags = {QStringLiteral("old")}}));
    const Judgement second = card(2).judgement;
    const auto change = wait(m_store->edit(all, {.rating = 2, .pick = PickState::Picked, .addTags = {QStringLiteral("new")}, .removeTags = {QStringLiteral("old")}, .deleted = true}));
    VERIFY_RESULT(change);
    QCOMPARE(change->before.size(), 3);
    QCOMPARE(change->before.value(2), second);
    QCOMPARE(card(2).judgement.tags, QStringList{QStringLiteral("new")});
    QVERIFY(card(2).judgement.deletedAt.isValid());
    QVERIFY(ids().isEmpty());
    const Judgement changed = card(2).judgement;
    const auto back = wait(m_store->putBack(*change));
    VERIFY_RESULT(back);
    QCOMPARE(card(2).judgement, second);
    QCOMPARE(card(1).judgement, Judgement());
    VERIFY_RESULT(wait(m_store->putBack(*back)));
    QCOMPARE(card(2).judgement, changed);
    // What is so already is no change.
    QVERIFY(wait(m_store->edit({2}, {.rating = 2, .deleted = true}))->before.isEmpty());
    // A rating is taken away again.
    wait(m_store->edit({2}, {.rating = std::optional<int>()}));
    QVERIFY(!card(2).judgement.rating);
}

void TestLibraryStore::putBack_leavesWhatOthersChanged()
{
    const qint64 id = put(1);
    const auto change = wait(m_store->edit({id, 99}, {.rating = 5}));
    VERIFY_RESULT(change);
    QCOMPARE(change->before.size(), 1);
    Store other(m_folder->path());
    VERIFY_RESULT(wait(other.edit({id}, {.note = QStringLiteral("from the other window")})));
    VERIFY_RESULT(wait(m_store->putBack(*change)));
    QVERIFY(!card(id).judgement.rating);
    QCOMPARE(card(id).judgement.note, QStringLiteral("from the other window"));
}

void TestLibraryStore::wrongRating_changesNothing()
{
    const qint64 id = put(1);
    for (const int rating : {0, 6, -1}) {
        const auto refused = wait(m_store->edit({id}, {.rating = rating, .note = QStringLiteral("x")}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    }
    QCOMPARE(card(id).judgement, Judgement());
}

void TestLibraryStore::tags_areCleanAndFound()
{
    const qint64 id = put(1);
    wait(m_store->edit({id}, {.addTags = {QStringLiteral("  for\nanna "), QString(), QStringLiteral("a\"b"), QStringLiteral("für")}}));
    const QStringList clean{QStringLiteral("a\"b"), QStringLiteral("for anna"), QStringLiteral("für")};
    QCOMPARE(card(id).judgement.tags, clean);
    for (const QString &tag : clean)
        QCOMPARE(ids({.tags = {tag}}), QList<qint64>({id}));
    wait(m_store->edit({id}, {.removeTags = clean}));
    QVERIFY(ids({.tags = {QStringLiteral("für")}}).isEmpty());
    QVERIFY(ids({.text = QStringLiteral("anna")}).isEmpty());
    QVERIFY(wait(m_store->values())->tags.isEmpty());
}

void TestLibraryStore::bin_keepsFilesThatOthersHave()
{
    const qint64 kept = put(1);
    const qint64 same = put(1, [](AssetRecord &record) { record.project = QStringLiteral("other"); });
    const qint64 alone = put(2);
    const AssetRecord keptRecord = *wait(m_store->asset(kept));
    const AssetRecord aloneRecord = *wait(m_store->asset(alone));
    wait(m_store->setThumbnail(alone, {"jpeg", "bytes", {}}));
    QCOMPARE(wait(m_store->saveComparison({.name = QStringLiteral("both"), .pictures = {kept, alone}}))->id, 1);
    QVERIFY(wait(m_store->emptyBin())->isEmpty());
    wait(m_store->edit({same, alone}, {.deleted = true}));
    QCOMPARE(ids({.bin = true}), QList<qint64>({alone, same}));
    QCOMPARE(*wait(m_store->emptyBin({alone, kept})), QList<qint64>({alone}));
    QVERIFY(!QFileInfo::exists(m_store->originalFile(aloneRecord)));
    QCOMPARE(*wait(m_store->emptyBin()), QList<qint64>({same}));
    QVERIFY(QFileInfo::exists(m_store->originalFile(keptRecord)));
    QCOMPARE(ids(), QList<qint64>({kept}));
    QVERIFY(ids({.bin = true}).isEmpty());
    QCOMPARE(wait(m_store->comparisons())->value(0).pictures, QList<qint64>({kept}));
    QVERIFY(!wait(m_store->thumbnail(alone))->has_value());
    QVERIFY(wait(m_store->verify(0))->isEmpty());
}

/// The file is deleted by one window while the other is about to name it.
void TestLibraryStore::sameBytesAgain_surviveTheBin()
{
    Store other(m_folder->path());
    for (int round = 0; round < 100; ++round) {
        const qint64 id = put(1);
        wait(m_store->edit({id}, {.deleted = true}));
        auto emptied = m_store->emptyBin();
        auto stored = other.put(samplePicture(1));
        VERIFY_RESULT(wait(emptied));
        const auto again = wait(stored);
        VERIFY_RESULT(again);
        VERIFY_RESULT(wait(m_store->original(again->id)));
        wait(other.edit({again->id}, {.deleted = true}));
        VERIFY_RESULT(wait(other.emptyBin()));
    }
    QVERIFY(wait(m_store->verify(0))->isEmpty());
}

void TestLibraryStore::changes_areSeenByOthers()
{
    Store other(m_folder->path());
    const auto begin = wait(other.changesSince(-1));
    VERIFY_RESULT(begin);
    QVERIFY(begin->isEmpty());
    const qint64 id = put(1);
    const qint64 second = put(2);
    wait(m_store->edit({id}, {.rating = 1}));
    auto seen = wait(other.changesSince(begin->serial));
    VERIFY_RESULT(seen);
    QCOMPARE(seen->pictures, QList<qint64>({second, id}));
    QVERIFY(!seen->searches && !seen->comparisons && !seen->everything);
    QVERIFY(wait(other.changesSince(seen->serial))->isEmpty());
    wait(m_store->saveSearch({QStringLiteral("mine"), {}}));
    wait(m_store->saveComparison({.name = QStringLiteral("both"), .pictures = {id, second}}));
    wait(m_store->setThumbnail(id, {"jpeg", "x", {}}));
    seen = wait(other.changesSince(seen->serial));
    QVERIFY(seen->searches && seen->comparisons && seen->pictures.isEmpty());
    wait(m_store->edit({id, second}, {.deleted = true}));
    wait(m_store->emptyBin());
    seen = wait(other.changesSince(seen->serial, 1));
    QVERIFY(seen->everything && seen->pictures.isEmpty());
}

void TestLibraryStore::collections_comeBack()
{
    const qint64 id = put(1);
    const qint64 second = put(2);
    QVERIFY(!wait(m_store->saveSearch({QStringLiteral("  "), {}})));
    VERIFY_RESULT(wait(m_store->saveSearch({QStringLiteral("zoo"), {.text = QStringLiteral("lion")}})));
    VERIFY_RESULT(wait(m_store->saveSearch({QStringLiteral("art"), {.leastRating = 4}})));
    VERIFY_RESULT(wait(m_store->saveSearch({QStringLiteral("art"), {.leastRating = 5}})));
    QCOMPARE(*wait(m_store->searches()), QList<SavedSearch>({{QStringLiteral("art"), {.leastRating = 5}}, {QStringLiteral("zoo"), {.text = QStringLiteral("lion")}}}));
    VERIFY_RESULT(wait(m_store->removeSearch(QStringLiteral("art"))));
    QCOMPARE(wait(m_store->searches())->size(), 1);

    ComparisonSet set{.name = QStringLiteral("Covers"), .createdAt = QDateTime(QDate(2026, 11, 1), QTime(8, 0), Qt::UTC), .pictures = {second, id, second}, .view = {{"mode", "wipe"}}};
    const auto saved = wait(m_store->saveComparison(set));
    VERIFY_RESULT(saved);
    set.id = saved->id;
    QVERIFY(*saved == set);
    set.name = QStringLiteral("Other covers");
    set.pictures = {id};
    VERIFY_RESULT(wait(m_store->saveComparison(set)));
    VERIFY_RESULT(wait(m_store->saveComparison({.name = QStringLiteral("empty")})));
    const auto sets = wait(m_store->comparisons());
    VERIFY_RESULT(sets);
    QCOMPARE(sets->size(), 2);
    QVERIFY(sets->last() == set);
    QVERIFY(sets->first().pictures.isEmpty());
    VERIFY_RESULT(wait(m_store->removeComparison(set.id)));
    QCOMPARE(wait(m_store->comparisons())->size(), 1);
}

void TestLibraryStore::scores_comeBack()
{
    const qint64 id = put(1);
    VERIFY_RESULT(wait(m_store->setScores(id, {{.name = QStringLiteral("text"), .value = 0.5}})));
    VERIFY_RESULT(wait(m_store->setScores(id, {{.name = QStringLiteral("palette"), .value = 0.25, .detail = {{"delta_e", 4.5}}}})));
    const auto scores = wait(m_store->scores(id));
    VERIFY_RESULT(scores);
    QCOMPARE(scores->size(), 2);
    QCOMPARE(scores->first().detail["delta_e"].get<double>(), 4.5);
    QCOMPARE(scores->last().value, 0.5);
    VERIFY_RESULT(wait(m_store->setScores(99, {{.name = QStringLiteral("palette"), .value = 0.25}})));
}

void TestLibraryStore::thumbnails_areKept()
{
    QImage picture(900, 300, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    const Thumbnail opaque = makeThumbnail(bytes, QStringLiteral("a.png"));
    QCOMPARE(opaque.format, QByteArray("jpeg"));
    const auto image = thumbnailImage(opaque);
    VERIFY_RESULT(image);
    QCOMPARE(image->size(), QSize(256, 85));

    QImage clear(8, 8, QImage::Format_RGBA8888);
    clear.fill(QColor(255, 0, 0, 80));
    bytes.clear();
    buffer.seek(0);
    clear.save(&buffer, "PNG");
    const Thumbnail transparent = makeThumbnail(bytes, QStringLiteral("b.png"));
    QCOMPARE(transparent.format, QByteArray("webp"));
    QCOMPARE(thumbnailImage(transparent)->size(), QSize(8, 8));
    QVERIFY(qAlpha(thumbnailImage(transparent)->pixel(4, 4)) < 100);

    const qint64 id = put(1);
    const qint64 second = put(2);
    QVERIFY(!wait(m_store->thumbnail(id))->has_value());
    QCOMPARE(*wait(m_store->withoutThumbnail(10)), QList<qint64>({second, id}));
    VERIFY_RESULT(wait(m_store->setThumbnail(id, opaque)));
    VERIFY_RESULT(wait(m_store->setThumbnail(99, opaque)));
    QVERIFY(*wait(m_store->thumbnail(id)) == opaque);
    QCOMPARE(*wait(m_store->withoutThumbnail(10)), QList<qint64>({second}));
}

void TestLibraryStore::thumbnail_ofWhatCannotBeRead_saysWhy()
{
    const Thumbnail none = makeThumbnail("no picture at all", QStringLiteral("c.png"));
    QVERIFY(none.bytes.isEmpty());
    QVERIFY(none.problem.contains(QLatin1String("c.png")));
    const auto image = thumbnailImage(none);
    QVERIFY(!image);
    QCOMPARE(image.error().message, none.problem);
}

QTEST_GUILESS_MAIN(TestLibraryStore)
#include "tst_librarystore.moc"
