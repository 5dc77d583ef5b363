#include "core/store/libraryquery.h"

namespace Galley {

namespace {

struct SortName
{
    LibraryQuery::Sort sort;
    const char *name;
};
constexpr SortName sortNames[] = {{LibraryQuery::Sort::Created, "created"}, {LibraryQuery::Sort::Rating, "rating"}, {LibraryQuery::Sort::Cost, "cost"},
                                  {LibraryQuery::Sort::Model, "model"},     {LibraryQuery::Sort::Template, "template"}, {LibraryQuery::Sort::Score, "score"},
                                  {LibraryQuery::Sort::Relevance, "relevance"}};

/// The lists of texts of a query and what they are called; one table for both directions.
struct ListMember
{
    const char *key;
    QStringList LibraryQuery::*list;
};
constexpr ListMember listMembers[] = {{"models", &LibraryQuery::models},     {"revisions", &LibraryQuery::revisions}, {"templates", &LibraryQuery::templates},
                                      {"projects", &LibraryQuery::projects}, {"rules", &LibraryQuery::rules},         {"tags", &LibraryQuery::tags},
                                      {"marks", &LibraryQuery::marks}};

template<typename T>
void put(Json &json, const char *key, const std::optional<T> &value)
{
    if (value)
        json[key] = *value;
}

void put(Json &json, const char *key, const QString &text)
{
    if (!text.isEmpty())
        json[key] = text.toStdString();
}

void put(Json &json, const char *key, const QDateTime &time)
{
    if (time.isValid())
        json[key] = time.toUTC().toString(Qt::ISODateWithMs).toStdString();
}

QString textOf(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

QDateTime timeOf(const Json &json, const char *key)
{
    return QDateTime::fromString(textOf(json, key), Qt::ISODateWithMs).toUTC();
}

std::optional<double> numberOf(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

std::optional<int> wholeOf(const Json &json, const char *key, int least, int most)
{
    const auto number = numberOf(json, key);
    return number && *number >= least && *number <= most ? std::optional(int(*number)) : std::nullopt;
}

bool truthOf(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_boolean() && found->get<bool>();
}

Json scoresJson(const QList<ScoreRange> &scores)
{
    Json list = Json::array();
    for (const ScoreRange &range : scores) {
        Json item = {{"name", range.name.toStdString()}};
        put(item, "least", range.least);
        put(item, "most", range.most);
        list.push_back(item);
    }
    return list;
}

QList<ScoreRange> scoresOf(const Json &json)
{
    QList<ScoreRange> ranges;
    const auto found = json.find("scores");
    if (found == json.end() || !found->is_array())
        return ranges;
    for (const Json &item : *found) {
        if (item.is_object() && !textOf(item, "name").isEmpty())
            ranges.append({textOf(item, "name"), numberOf(item, "least"), numberOf(item, "most")});
    }
    return ranges;
}

QList<PickState> picksOf(const Json &json)
{
    QList<PickState> picks;
    const auto found = json.find("picks");
    if (found == json.end() || !found->is_array())
        return picks;
    for (const Json &item : *found) {
        if (!item.is_string())
            continue;
        if (const auto state = pickStateFromName(QString::fromStdString(item.get<std::string>())))
            picks.append(*state);
    }
    return picks;
}

} // namespace

QString pickStateName(PickState state)
{
    switch (state) {
    case PickState::None: return QStringLiteral("none");
    case PickState::Picked: return QStringLiteral("picked");
    case PickState::Rejected: return QStringLiteral("rejected");
    }
    return {};
}

std::optional<PickState> pickStateFromName(const QString &name)
{
    for (const PickState state : {PickState::None, PickState::Picked, PickState::Rejected}) {
        if (pickStateName(state) == name)
            return state;
    }
    return std::nullopt;
}

Json libraryQueryJson(const LibraryQuery &query)
{
    Json json = Json::object();
    put(json, "text", query.text);
    for (const ListMember &member : listMembers) {
        for (const QString &value : query.*member.list)
            json[member.key].push_back(value.toStdString());
    }
    put(json, "cohort_from", query.cohortFrom);
    put(json, "cohort_to", query.cohortTo);
    if (query.leastRating > 0)
        json["rating"] = query.leastRating;
    for (const PickState state : query.picks)
        json["picks"].push_back(pickStateName(state).toStdString());
    if (!query.scores.isEmpty())
        json["scores"] = scoresJson(query.scores);
    put(json, "cost_from_usd", query.leastCostUsd);
    put(json, "cost_to_usd", query.mostCostUsd);
    put(json, "from", query.from);
    put(json, "to", query.to);
    if (query.damagedOnly)
        json["damaged"] = true;
    if (query.bin)
        json["bin"] = true;
    for (const SortName &name : sortNames) {
        if (name.sort == query.sort && query.sort != LibraryQuery::Sort::Created)
            json["sort"] = name.name;
    }
    put(json, "sort_score", query.sortScore);
    if (query.ascending)
        json["ascending"] = true;
    return json;
}

LibraryQuery libraryQueryFromJson(const Json &json)
{
    LibraryQuery query;
    if (!json.is_object())
        return query;
    query.text = textOf(json, "text");
    for (const ListMember &member : listMembers) {
        const auto found = json.find(member.key);
        if (found == json.end() || !found->is_array())
            continue;
        for (const Json &value : *found) {
            if (value.is_string())
                (query.*member.list).append(QString::fromStdString(value.get<std::string>()));
        }
    }
    query.cohortFrom = wholeOf(json, "cohort_from", 0, 9999);
    query.cohortTo = wholeOf(json, "cohort_to", 0, 9999);
    query.leastRating = wholeOf(json, "rating", 1, 5).value_or(0);
    query.picks = picksOf(json);
    query.scores = scoresOf(json);
    query.leastCostUsd = numberOf(json, "cost_from_usd");
    query.mostCostUsd = numberOf(json, "cost_to_usd");
    query.from = timeOf(json, "from");
    query.to = timeOf(json, "to");
    query.damagedOnly = truthOf(json, "damaged");
    query.bin = truthOf(json, "bin");
    for (const SortName &name : sortNames) {
        if (textOf(json, "sort") == QLatin1String(name.name))
            query.sort = name.sort;
    }
    query.sortScore = textOf(json, "sort_score");
    query.ascending = truthOf(json, "ascending");
    return query;
}

} // namespace Galley
