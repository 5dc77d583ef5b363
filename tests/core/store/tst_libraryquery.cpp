#include "core/store/libraryquery.h"

#include <QTest>

using namespace Galley;

/// Queries as they are saved: everything comes back, and whatever is not understood is left out.
class TestLibraryQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainQuery_isEmptyJson();
    void fullQuery_comesBack();
    void strangeJson_isThePlainQuery_data();
    void strangeJson_isThePlainQuery();
    void pickStates_haveNames();
};

void TestLibraryQuery::plainQuery_isEmptyJson()
{
    QCOMPARE(dumpJson(libraryQueryJson({})), QByteArray("{}"));
    QVERIFY(libraryQueryFromJson(Json::object()) == LibraryQuery());
}

void TestLibraryQuery::fullQuery_comesBack()
{
    LibraryQuery query;
    query.text = QStringLiteral("\"red apples\" -pear");
    query.models = {QStringLiteral("ideogram-4"), QStringLiteral("gpt-image")};
    query.revisions = {QString()};
    query.templates = {QStringLiteral("t1")};
    query.projects = {QStringLiteral("spring")};
    query.rules = {QStringLiteral("posters")};
    query.cohortFrom = 0;
    query.cohortTo = 499;
    query.leastRating = 3;
    query.picks = {PickState::Picked, PickState::None};
    query.tags = {QStringLiteral("cover")};
    query.scores = {{.name = QStringLiteral("text"), .least = 0.5}, {.name = QStringLiteral("sharpness"), .most = 0.25}};
    query.leastCostUsd = 0;
    query.mostCostUsd = 0.06;
    query.from = QDateTime(QDate(2026, 11, 1), QTime(8, 0, 0, 7), Qt::UTC);
    query.to = QDateTime(QDate(2026, 12, 1), QTime(0, 0), Qt::UTC);
    query.marks = {QStringLiteral("withdrawn")};
    query.damagedOnly = true;
    query.bin = true;
    query.sort = LibraryQuery::Sort::Score;
    query.sortScore = QStringLiteral("text");
    query.ascending = true;
    const auto again = parseJson(dumpJson(libraryQueryJson(query)), QStringLiteral("The search"));
    QVERIFY(again);
    QVERIFY(libraryQueryFromJson(*again) == query);
}

void TestLibraryQuery::strangeJson_isThePlainQuery_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"[]", "null", R"({"models": "a"})", R"({"models": [1, null, {}]})", R"({"rating": 9})", R"({"rating": "5"})", R"({"cohort_from": -1})",
                             R"({"cohort_to": 1e300})", R"({"picks": ["best", 3]})", R"({"scores": [{"least": 1}, 7]})", R"({"from": "yesterday"})", R"({"sort": "colour"})",
                             R"({"bin": 1, "newer": {"a": []}})"})
        QTest::newRow(text) << QByteArray(text);
}

void TestLibraryQuery::strangeJson_isThePlainQuery()
{
    QFETCH(QByteArray, text);
    const auto json = parseJson(text, QStringLiteral("The search"));
    QVERIFY(json);
    QVERIFY(libraryQueryFromJson(*json) == LibraryQuery());
}

void TestLibraryQuery::pickStates_haveNames()
{
    for (const PickState state : {PickState::None, PickState::Picked, PickState::Rejected})
        QCOMPARE(pickStateFromName(pickStateName(state)), std::optional(state));
    QVERIFY(!pickStateFromName(QStringLiteral("best")));
}

QTEST_GUILESS_MAIN(TestLibraryQuery)
#include "tst_libraryquery.moc"
