#include "core/store/librarytable.h"
#include "tests/core/store/libraryrig.h"
#include "tests/support/verifyresult.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

#include <algorithm>

using namespace Galley;

/// What is found in the library in a real file, in which order, and what comes first.
class TestLibrarySearch : public QObject, protected LibraryRig
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }
    void words_becomeTerms_data();
    void words_becomeTerms();
    void filter_data();
    void filter();
    void hostileText_isOnlyText_data();
    void hostileText_isOnlyText();
    void order_data();
    void order();
    void firstIds_beginWhatIsFound_data();
    void firstIds_beginWhatIsFound();
    void wordOfMany_goesByItsPlace();
    void shadows_areNeverFound();
    void values_areCounted();

private:
    void openFilled();
    void fillForFilters();
    bool change(const QString &sql);

    std::unique_ptr<QTemporaryDir> m_filled;
};

void TestLibrarySearch::words_becomeTerms_data()
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

void TestLibrarySearch::words_becomeTerms()
{
    QFETCH(QString, text);
    QFETCH(QString, wanted);
    QFETCH(QString, unwanted);
    const SearchTerms terms = searchTerms(text);
    QCOMPARE(terms.wanted, wanted);
    QCOMPARE(terms.unwanted, unwanted);
}

void TestLibrarySearch::filter_data()
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

void TestLibrarySearch::filter()
{
    QFETCH(LibraryQuery, query);
    QFETCH(QList<qint64>, found);
    openFilled();
    QCOMPARE(ids(query), found);
    LibraryQuery again = libraryQueryFromJson(libraryQueryJson(query));
    QCOMPARE(ids(again), found);
    // By relevance the same pictures are found, in whatever order.
    again.sort = LibraryQuery::Sort::Relevance;
    QList<qint64> ranked = ids(again);
    std::sort(ranked.rbegin(), ranked.rend());
    QCOMPARE(ranked, found);
}

/// Filled once for all rows: storing is slow, and looking changes nothing.
void TestLibrarySearch::openFilled()
{
    if (!m_filled) {
        fillForFilters();
        m_filled.swap(m_folder);
    }
    m_store = std::make_unique<Store>(m_filled->path());
}

void TestLibrarySearch::fillForFilters()
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

void TestLibrarySearch::hostileText_isOnlyText_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"'", "\"", "a\"b\"\"c", "* OR 1", "prompt:apples", "^apple", "(", "a AND", "NOT", "{a b}: c", "a + b", "x') OR ('1'='1", "\\", "%", "\xc3\x28",
                             "\xf0\x9f\x8d\x8f"})
        QTest::newRow(text) << QString::fromUtf8(text);
    QTest::newRow("long") << QStringLiteral("apple ").repeated(2000);
    QTest::newRow("NUL") << QString::fromUtf8("a\0b", 3);
}

void TestLibrarySearch::hostileText_isOnlyText()
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

void TestLibrarySearch::order_data()
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

void TestLibrarySearch::order()
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

void TestLibrarySearch::shadows_areNeverFound()
{
    const qint64 shown = put(1);
    put(2, [](AssetRecord &record) { record.isShadow = true; });
    QCOMPARE(ids(), QList<qint64>({shown}));
    QCOMPARE(ids({.text = QStringLiteral("apples")}), QList<qint64>({shown}));
    QCOMPARE(wait(m_store->values())->pictures, 1);
}

void TestLibrarySearch::firstIds_beginWhatIsFound_data()
{
    QTest::addColumn<Galley::LibraryQuery>("query");
    using Sort = LibraryQuery::Sort;
    const std::pair<const char *, Sort> sorts[] = {{"created", Sort::Created}, {"rating", Sort::Rating}, {"cost", Sort::Cost}, {"model", Sort::Model},
                                                   {"template", Sort::Template}, {"score", Sort::Score}, {"relevance", Sort::Relevance}};
    const std::pair<const char *, LibraryQuery> filters[] = {
        {"everything", {}},
        {"a word of all", {.text = QStringLiteral("apples")}},
        {"a word of some, another not", {.text = QStringLiteral("fair -3")}},
        {"a word of none", {.text = QStringLiteral("elephants")}},
        {"a model", {.models = {QStringLiteral("gpt-image-1.5")}}},
        {"a word and a model", {.text = QStringLiteral("pear"), .models = {QStringLiteral("ideogram-4")}}},
        {"a tag", {.tags = {QStringLiteral("cover")}}},
        {"the bin", {.bin = true}}};
    for (const auto &[order, sort] : sorts) {
        for (const auto &[name, filter] : filters) {
            for (const bool ascending : {false, true}) {
                LibraryQuery query = filter;
                query.sort = sort;
                query.sortScore = QStringLiteral("text");
                query.ascending = ascending;
                QTest::addRow("%s, by %s, %s", name, order, ascending ? "up" : "down") << query;
            }
        }
    }
}

/// Whatever is asked for and however many of it are wanted.
void TestLibrarySearch::firstIds_beginWhatIsFound()
{
    QFETCH(LibraryQuery, query);
    openFilled();
    const QList<qint64> all = ids(query);
    for (const int most : {1, 2, 3, 100}) {
        const auto first = wait(m_store->firstIds(query, most));
        VERIFY_RESULT(first);
        QVERIFY(first->ids.size() <= most);
        QCOMPARE(first->ids, all.mid(0, first->ids.size()));
        QVERIFY(!first->areAll || first->ids.size() == all.size());
        // So few are all found at once, but for what an index of scores leaves out.
        QVERIFY(most < 100 || query.sort == LibraryQuery::Sort::Score || first->areAll);
    }
}

/// Runs \a sql in the library's file, beside the store.
bool TestLibrarySearch::change(const QString &sql)
{
    bool isDone = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("beside"));
        database.setDatabaseName(m_folder->filePath(QStringLiteral("library.db")));
        isDone = database.open() && QSqlQuery(database).exec(sql);
    }
    QSqlDatabase::removeDatabase(QStringLiteral("beside"));
    return isDone;
}

/// Words of thousands of pictures: those come first where a person wrote them, then the newest, in both lists.
void TestLibrarySearch::wordOfMany_goesByItsPlace()
{
    VERIFY_RESULT(wait(m_store->open()));
    const QString many = QStringLiteral("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) "
                                        "INSERT INTO assets (digest, media_type, width, height, bytes, created, template_id, template_name, project, row, "
                                        "requested_model, routed_model, served_model, revision, rule, cohort, prompt, provenance) "
                                        "SELECT 'ab', 'image/png', 4, 4, 10, 1000 + i, 't', '', 'spring', 0, '', 'm', '', '', 'default', 7, "
                                        "CASE WHEN i % 10 = 0 THEN 'a poster, rare' || substr(' rare rare', 1, i % 3 * 5) ELSE 'a poster ' || i END, '{}' FROM n");
    QVERIFY(change(many));
    LibraryQuery query{.text = QStringLiteral("poster")};
    QList<qint64> expected = ids(query);
    QCOMPARE(expected.size(), 6000);
    const qint64 oldest = expected.constLast(), noted = expected.at(2000), old = expected.at(3001);
    wait(m_store->edit({oldest}, {.addTags = {QStringLiteral("poster")}}));
    wait(m_store->edit({noted}, {.note = QStringLiteral("The poster of them all")}));
    wait(m_store->edit({old}, {.deleted = true}));
    for (const qint64 id : {oldest, noted, old})
        expected.removeOne(id);
    expected = QList<qint64>{noted, oldest} + expected;
    query.sort = LibraryQuery::Sort::Relevance;
    QCOMPARE(ids(query), expected);
    for (const bool ascending : {false, true}) {
        query.ascending = ascending;
        const auto first = wait(m_store->firstIds(query, 20));
        VERIFY_RESULT(first);
        QCOMPARE(first->ids, ids(query).mid(0, 20));
        QVERIFY(!first->areAll);
    }
    QList<qint64> reversed = ids(query);
    std::reverse(reversed.begin(), reversed.end());
    QCOMPARE(reversed, expected);
    query.ascending = false;
    query.text = QStringLiteral("poster -rare");
    expected = ids(query);
    QCOMPARE(expected.size(), 5399);
    const QList<qint64> begun = wait(m_store->firstIds(query, 20))->ids;
    QVERIFY(!begun.isEmpty());
    QCOMPARE(begun, expected.mid(0, begun.size()));
    query.text = QStringLiteral("rare");
    const QList<qint64> ranked = ids(query);
    QCOMPARE(ranked.size(), 600);
    QVERIFY2(!std::is_sorted(ranked.crbegin(), ranked.crend()), "the one that has the word most often comes first");
    QCOMPARE(wait(m_store->firstIds(query, 20))->ids, ranked.mid(0, 20));
}

void TestLibrarySearch::values_areCounted()
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

QTEST_GUILESS_MAIN(TestLibrarySearch)
#include "tst_librarysearch.moc"
