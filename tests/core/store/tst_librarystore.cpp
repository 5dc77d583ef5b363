#include "core/base/durable.h"
#include "core/store/database.h"
#include "core/store/librarytable.h"
#include "core/store/schema.h"
#include "tests/core/store/samplejob.h"
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

/// The library in a real file: what is found, what is said of pictures, what goes into the bin and out of it.
class TestLibraryStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void versionTwo_isLedOn();

    void words_becomeTerms_data();
    void words_becomeTerms();
    void filter_data();
    void filter();
    void hostileText_isOnlyText_data();
    void hostileText_isOnlyText();
    void order_data();
    void order();
    void shadows_areNeverFound();
    void cards_sayWhatIsThere();
    void values_areCounted();

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
    void deletedLibrary_isWrittenAgain();
    void libraryBeingRescued_isWaitedFor();
    void unfinishedRescue_isKept();
    void deletedLibrary_leavesTheOwnersLock();
    void replacedLibrary_isTaken();
    void longLook_canBeStopped();
    void canceledRead_isNotDone();

private:
    qint64 put(int number, const std::function<void(AssetRecord &)> &change = {});
    QList<qint64> ids(const LibraryQuery &query = {}) { return wait(m_store->ids(query)).value_or(QList<qint64>{-1}); }
    LibraryCard card(qint64 id) { return wait(m_store->cards({id}))->value(0); }

    void fillForFilters();
    void deleteLibrary();

    std::unique_ptr<QTemporaryDir> m_filled;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
};

void TestLibraryStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Store>(m_folder->path());
}

void TestLibraryStore::cleanup()
{
    m_store.reset();
    m_folder.reset();
}

/// A picture of which every member depends on \a number.
qint64 TestLibraryStore::put(int number, const std::function<void(AssetRecord &)> &change)
{
    NewAsset picture = samplePicture(number);
    AssetRecord &record = picture.record;
    record.createdAt = QDateTime(QDate(2026, 11, 1), QTime(8, 0), Qt::UTC).addSecs(number * 60);
    record.templateId = QStringLiteral("t%1").arg(number % 2);
    record.templateName = number % 2 ? QStringLiteral("Odd market") : QStringLiteral("Even fair");
    record.project = number < 3 ? QStringLiteral("spring") : QStringLiteral("autumn");
    record.routedModel = number % 3 ? QStringLiteral("ideogram-4") : QStringLiteral("gpt-image");
    record.servedModel = number % 3 ? QString() : QStringLiteral("gpt-image-1.5");
    record.revision = number % 3 ? QString() : QStringLiteral("r7");
    record.rule = QStringLiteral("rule %1").arg(number % 2);
    record.cohort = number * 1000;
    record.costUsd = number == 4 ? std::nullopt : std::optional(number / 100.0);
    record.prompt = QStringLiteral("A poster with %1 red apples, Äpfel and a pear").arg(number);
    if (change)
        change(record);
    const auto stored = wait(m_store->put(picture));
    return stored ? stored->id : -1;
}

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

void TestLibraryStore::words_becomeTerms_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("unwanted");
    const auto row = [](const char *text, const char *wanted, const char *unwanted = "") {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(wanted) << QString::fromUtf8(unwanted);
    };
    row("", "");
    row("   \t ", "");
    row("apple", "\"apple\"*");
    row("red  apple", "\"red\"* AND \"apple\"*");
    row("\"red apple\"", "\"red apple\"");
    row("\"red apple", "\"red apple\"");
    row("-pear", "", "\"pear\"*");
    row("apple -pear -\"red plum\"", "\"apple\"*", "\"pear\"* OR \"red plum\"");
    row("- -- !", "");
    row("a-b", "\"a-b\"*");
    row("one\"two\"", "\"one\"* AND \"two\"");
    row("\"\"", "");
    row("NEAR(a b)", "\"NEAR(a\"* AND \"b)\"*");
    row("日本", "\"日本\"*");
}

void TestLibraryStore::words_becomeTerms()
{
    QFETCH(QString, text);
    QFETCH(QString, wanted);
    QFETCH(QString, unwanted);
    const SearchTerms terms = searchTerms(text);
    QCOMPARE(terms.wanted, wanted);
    QCOMPARE(terms.unwanted, unwanted);
}

void TestLibraryStore::filter_data()
{
    QTest::addColumn<Galley::LibraryQuery>("query");
    QTest::addColumn<QList<qint64>>("found");
    const auto row = [](const char *name, const LibraryQuery &query, const QList<qint64> &found) { QTest::newRow(name) << query << found; };
    const auto text = [](const char *word) { return QString::fromUtf8(word); };
    row("everything", {}, {6, 5, 4, 3, 2, 1});
    row("word", {.text = text("apples")}, {6, 5, 4, 3, 2, 1});
    row("beginning of a word", {.text = text("appl 3")}, {3});
    row("other letters for the same", {.text = text("APFEL")}, {6, 5, 4, 3, 2, 1});
    row("word of the template", {.text = text("market")}, {5, 3, 1});
    row("phrase", {.text = text("\"4 red apples\"")}, {4});
    row("phrase in another order", {.text = text("\"apples red\"")}, {});
    row("not this", {.text = text("apples -market")}, {6, 4, 2});
    row("only not this", {.text = text("-market")}, {6, 4, 2});
    row("word of a tag", {.text = text("cover")}, {2});
    row("word of a note", {.text = text("blurry")}, {3});
    row("tag", {.tags = {text("cover")}}, {2});
    row("two tags", {.tags = {text("cover"), text("for anna")}}, {2});
    row("one tag is missing", {.tags = {text("cover"), text("none")}}, {});
    row("served model", {.models = {text("gpt-image-1.5")}}, {6, 3});
    row("two models", {.models = {text("gpt-image-1.5"), text("ideogram-4")}}, {6, 5, 4, 3, 2, 1});
    row("revision", {.revisions = {text("r7")}}, {6, 3});
    row("no revision", {.revisions = {QString()}}, {5, 4, 2, 1});
    row("template", {.templates = {text("t1")}}, {5, 3, 1});
    row("project", {.projects = {text("spring")}}, {2, 1});
    row("rule", {.rules = {text("rule 0")}}, {6, 4, 2});
    row("cohorts", {.cohortFrom = 2000, .cohortTo = 3000}, {3, 2});
    row("rating", {.leastRating = 4}, {5});
    row("picked", {.picks = {PickState::Picked}}, {2});
    row("not decided", {.picks = {PickState::None}}, {6, 5, 4, 1});
    row("rejected or picked", {.picks = {PickState::Picked, PickState::Rejected}}, {3, 2});
    row("score", {.scores = {{.name = text("text"), .least = 0.5}}}, {2});
    row("score to", {.scores = {{.name = text("text"), .most = 0.5}}}, {1});
    row("has a score", {.scores = {{.name = text("text")}}}, {2, 1});
    row("cost", {.leastCostUsd = 0.03, .mostCostUsd = 0.05}, {5, 3});
    row("date", {.from = QDateTime(QDate(2026, 11, 1), QTime(8, 2), Qt::UTC), .to = QDateTime(QDate(2026, 11, 1), QTime(8, 4), Qt::UTC)}, {3, 2});
    row("mark", {.marks = {text("withdrawn")}}, {4});
    row("damaged", {.damagedOnly = true}, {5});
    row("bin", {.bin = true}, {7});
    row("all together", {.text = text("apples"), .models = {text("ideogram-4")}, .rules = {text("rule 0")}, .tags = {text("cover")}}, {2});
}

void TestLibraryStore::filter()
{
    QFETCH(LibraryQuery, query);
    QFETCH(QList<qint64>, found);
    if (!m_filled) {
        fillForFilters();
        m_filled.swap(m_folder);
    }
    m_store = std::make_unique<Store>(m_filled->path());
    QCOMPARE(ids(query), found);
    LibraryQuery again = libraryQueryFromJson(libraryQueryJson(query));
    QCOMPARE(ids(again), found);
    // By relevance the same pictures are found, in whatever order.
    again.sort = LibraryQuery::Sort::Relevance;
    QList<qint64> ranked = ids(again);
    std::sort(ranked.rbegin(), ranked.rend());
    QCOMPARE(ranked, found);
}

/// Once for all rows: storing is slow, and looking changes nothing.
void TestLibraryStore::fillForFilters()
{
    for (int number = 1; number <= 7; ++number)
        QCOMPARE(put(number), number);
    VERIFY_RESULT(wait(m_store->edit({2}, {.pick = PickState::Picked, .addTags = {QStringLiteral("cover"), QStringLiteral("for anna")}})));
    VERIFY_RESULT(wait(m_store->edit({3}, {.pick = PickState::Rejected, .note = QStringLiteral("too blurry")})));
    VERIFY_RESULT(wait(m_store->edit({5}, {.rating = 4})));
    VERIFY_RESULT(wait(m_store->edit({1}, {.rating = 3})));
    VERIFY_RESULT(wait(m_store->edit({7}, {.deleted = true})));
    VERIFY_RESULT(wait(m_store->setScores(1, {{.name = QStringLiteral("text"), .value = 0.25}})));
    VERIFY_RESULT(wait(m_store->setScores(2, {{.name = QStringLiteral("text"), .value = 0.75}})));
    VERIFY_RESULT(wait(m_store->markAssets({4}, QStringLiteral("withdrawn"))));
    VERIFY_RESULT(wait(m_store->setDamaged({5}, true)));
}

void TestLibraryStore::hostileText_isOnlyText_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"'", "\"", "a\"b\"\"c", "* OR 1", "prompt:apples", "^apple", "(", "a AND", "NOT", "{a b}: c", "a + b", "x') OR ('1'='1", "\\", "%", "\xc3\x28",
                             "\xf0\x9f\x8d\x8f"})
        QTest::newRow(text) << QString::fromUtf8(text);
    QTest::newRow("long") << QStringLiteral("apple ").repeated(2000);
    QTest::newRow("NUL") << QString::fromUtf8("a\0b", 3);
}

void TestLibraryStore::hostileText_isOnlyText()
{
    QFETCH(QString, text);
    put(1);
    for (const auto sort : {LibraryQuery::Sort::Created, LibraryQuery::Sort::Relevance}) {
        LibraryQuery query;
        query.text = text;
        query.sort = sort;
        VERIFY_RESULT(wait(m_store->ids(query)));
    }
    VERIFY_RESULT(wait(m_store->ids({.models = {text}})));
    VERIFY_RESULT(wait(m_store->ids({.tags = {text}})));
    VERIFY_RESULT(wait(m_store->edit({1}, {.note = text, .addTags = {text}})));
    QCOMPARE(ids(), QList<qint64>({1}));
}

void TestLibraryStore::order_data()
{
    QTest::addColumn<int>("sort");
    QTest::addColumn<bool>("ascending");
    QTest::addColumn<QList<qint64>>("found");
    using Sort = LibraryQuery::Sort;
    QTest::newRow("newest") << int(Sort::Created) << false << QList<qint64>{5, 4, 3, 2, 1};
    QTest::newRow("oldest") << int(Sort::Created) << true << QList<qint64>{1, 2, 3, 4, 5};
    QTest::newRow("best, unrated last") << int(Sort::Rating) << false << QList<qint64>{2, 4, 5, 3, 1};
    QTest::newRow("worst, unrated last") << int(Sort::Rating) << true << QList<qint64>{4, 2, 1, 3, 5};
    QTest::newRow("dearest, unknown last") << int(Sort::Cost) << false << QList<qint64>{5, 3, 2, 1, 4};
    QTest::newRow("model") << int(Sort::Model) << true << QList<qint64>{3, 1, 2, 4, 5};
    QTest::newRow("template") << int(Sort::Template) << true << QList<qint64>{2, 4, 1, 3, 5};
    QTest::newRow("score, without last") << int(Sort::Score) << false << QList<qint64>{1, 5, 4, 3, 2};
    QTest::newRow("relevance without text") << int(Sort::Relevance) << false << QList<qint64>{5, 4, 3, 2, 1};
}

void TestLibraryStore::order()
{
    QFETCH(int, sort);
    QFETCH(bool, ascending);
    QFETCH(QList<qint64>, found);
    for (int number = 1; number <= 5; ++number)
        put(number);
    wait(m_store->edit({2}, {.rating = 5}));
    wait(m_store->edit({4}, {.rating = 1}));
    wait(m_store->setScores(1, {{.name = QStringLiteral("text"), .value = 0.9}}));
    wait(m_store->setScores(5, {{.name = QStringLiteral("text"), .value = 0.1}}));
    LibraryQuery query;
    query.sort = LibraryQuery::Sort(sort);
    query.sortScore = QStringLiteral("text");
    query.ascending = ascending;
    QCOMPARE(ids(query), found);
}

void TestLibraryStore::shadows_areNeverFound()
{
    const qint64 shown = put(1);
    put(2, [](AssetRecord &record) { record.isShadow = true; });
    QCOMPARE(ids(), QList<qint64>({shown}));
    QCOMPARE(ids({.text = QStringLiteral("apples")}), QList<qint64>({shown}));
    QCOMPARE(wait(m_store->values())->pictures, 1);
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

void TestLibraryStore::values_areCounted()
{
    for (int number = 1; number <= 5; ++number)
        put(number);
    wait(m_store->edit({1, 2}, {.addTags = {QStringLiteral("cover")}}));
    wait(m_store->edit({5}, {.deleted = true}));
    const auto values = wait(m_store->values());
    VERIFY_RESULT(values);
    QCOMPARE(values->pictures, 4);
    QCOMPARE(values->inBin, 1);
    QCOMPARE(values->models, QList<LibraryValue>({{QStringLiteral("ideogram-4"), QStringLiteral("ideogram-4"), 3}, {QStringLiteral("gpt-image-1.5"), QStringLiteral("gpt-image-1.5"), 1}}));
    QCOMPARE(values->tags, QList<LibraryValue>({{QStringLiteral("cover"), QStringLiteral("cover"), 2}}));
    QCOMPARE(values->templates, QList<LibraryValue>({{QStringLiteral("t0"), QStringLiteral("Even fair"), 2}, {QStringLiteral("t1"), QStringLiteral("Odd market"), 2}}));
    QCOMPARE(values->projects.size(), 2);
    QVERIFY(values->marks.isEmpty());
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

/// Behind the store's back.
void TestLibraryStore::deleteLibrary()
{
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(m_folder->filePath(QStringLiteral("library.db")) + QString::fromLatin1(suffix));
}

void TestLibraryStore::deletedLibrary_isWrittenAgain()
{
    const qint64 id = put(1);
    wait(m_store->edit({id}, {.rating = 4}));
    deleteLibrary();
    const qint64 second = put(2);
    QCOMPARE(ids(), QList<qint64>({second, id}));
    m_store = std::make_unique<Store>(m_folder->path());
    QCOMPARE(ids(), QList<qint64>({second, id}));
    QCOMPARE(card(id).judgement.rating, std::optional(4));
    QVERIFY(wait(m_store->verify(0))->isEmpty());
}

/// Another process is at it: nobody begins an empty library in its place.
void TestLibraryStore::libraryBeingRescued_isWaitedFor()
{
    put(1);
    const QString file = m_folder->filePath(QStringLiteral("library.db"));
    const QTemporaryDir elsewhere;
    {
        Store other(elsewhere.path());
        VERIFY_RESULT(wait(other.put(samplePicture(7))));
        VERIFY_RESULT(wait(other.put(samplePicture(8))));
    }
    ProcessLock rescuing(m_folder->filePath(QStringLiteral("owners/rescuing")));
    QVERIFY(rescuing.tryLock());
    deleteLibrary();
    const auto known = m_store->put(samplePicture(9));
    Store newcomer(m_folder->path());
    const auto opened = newcomer.open();
    QTest::qWait(300);
    QVERIFY2(!QFile::exists(file), "an empty library where the rescued one belongs");
    QVERIFY(QFile::copy(elsewhere.filePath(QStringLiteral("library.db")), file));
    rescuing.unlock();
    VERIFY_RESULT(wait(opened));
    const auto third = wait(known);
    VERIFY_RESULT(third);
    QCOMPARE(third->id, 3);
    QCOMPARE(wait(newcomer.ids({}))->size(), 3);
}

void TestLibraryStore::unfinishedRescue_isKept()
{
    put(1);
    const QString rescue = m_folder->filePath(QStringLiteral("library.db.rescue"));
    for (const char *content : {"first", "second"}) {
        QFile left(rescue);
        QVERIFY(left.open(QIODevice::WriteOnly) && left.write(content) > 0);
        left.close();
        deleteLibrary();
        QVERIFY(put(2) > 0);
    }
    for (const auto &[number, content] : {std::pair(1, "first"), std::pair(2, "second")}) {
        QFile kept(QStringLiteral("%1-%2").arg(rescue).arg(number));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray(content));
    }
    QCOMPARE(ids().size(), 3);
}

/// A moment without it, and another window takes this one's jobs for its own.
void TestLibraryStore::deletedLibrary_leavesTheOwnersLock()
{
    put(1);
    const QDir owners(m_folder->filePath(QStringLiteral("owners")));
    QCOMPARE(owners.entryList(QDir::Files).size(), 1);
    const QString name = owners.filePath(owners.entryList(QDir::Files).first());
    QFile held(name);  // open, so that no other file gets its inode
    QVERIFY(held.open(QIODevice::ReadOnly));
    struct stat before = {}, after = {};
    QCOMPARE(::fstat(held.handle(), &before), 0);
    deleteLibrary();
    put(2);
    QCOMPARE(::stat(QFile::encodeName(name).constData(), &after), 0);
    QCOMPARE(after.st_ino, before.st_ino);
    QVERIFY(QDir(m_folder->path()).removeRecursively());
    put(3);
    QVERIFY2(!ProcessLock(name).tryLock(), "gone with its folder, it is held again");
}

void TestLibraryStore::replacedLibrary_isTaken()
{
    const QTemporaryDir elsewhere;
    {
        Store other(elsewhere.path());
        VERIFY_RESULT(wait(other.put(samplePicture(7))));
        VERIFY_RESULT(wait(other.put(samplePicture(8))));
    }
    put(1);
    deleteLibrary();
    QVERIFY(QFile::copy(elsewhere.filePath(QStringLiteral("library.db")), m_folder->filePath(QStringLiteral("library.db"))));
    QCOMPARE(ids(), QList<qint64>({2, 1}));
    QCOMPARE(put(3), 3);
    QCOMPARE(ids(), QList<qint64>({2, 1, 3}));
}

void TestLibraryStore::longLook_canBeStopped()
{
    for (int number = 1; number <= 5; ++number)
        put(number);
    int asked = 0;
    const auto stopped = wait(m_store->verify(0, [&](qint64 done, qint64 total) {
        ++asked;
        return total == 5 && done < 2;
    }));
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QCOMPARE(asked, 3);
}

void TestLibraryStore::canceledRead_isNotDone()
{
    put(1);
    QList<QFuture<Result<QList<qint64>>>> reads;
    for (int i = 0; i < 50; ++i)
        reads.append(m_store->ids({}));
    for (auto &read : reads)
        read.cancel();
    int answered = 0;
    for (auto &read : reads) {
        read.waitForFinished();
        answered += read.resultCount();
    }
    QVERIFY(answered < 50);
    QCOMPARE(ids().size(), 1);
}

QTEST_GUILESS_MAIN(TestLibraryStore)
#include "tst_librarystore.moc"
