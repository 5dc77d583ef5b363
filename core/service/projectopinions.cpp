#include "core/service/projectopinions.h"

#include "core/service/pictureexport.h"

#include <QCoreApplication>

#include <limits>
#include <set>
#include <tuple>

namespace Galley {

namespace {

constexpr qsizetype mostPicks = 100'000;  ///< each is brought to disk by itself

QString textOf(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() ? toQString(*found) : QString();
}

/// What names pictures that are not in the file, or no time, is left out.
QList<PickPair> picksOf(const Json &json, const QHash<int, qint64> &ids)
{
    QList<PickPair> picks;
    for (const Json &item : json.is_array() ? json : Json::array()) {
        if (!item.is_object())
            continue;
        const auto idOf = [&](const char *key) -> qint64 {
            const auto found = item.find(key);
            const qint64 number = found != item.end() && found->is_number_integer() ? found->get<qint64>() : -1;
            return number >= 0 && number <= std::numeric_limits<int>::max() ? ids.value(int(number), 0) : 0;
        };
        PickPair pick;
        pick.at = QDateTime::fromString(textOf(item, "at"), Qt::ISODateWithMs).toUTC();
        pick.chosen = idOf("chosen");
        pick.leftOut = idOf("left_out");
        if (picks.size() < mostPicks && pick.at.isValid() && pick.chosen > 0 && pick.leftOut > 0 && pick.chosen != pick.leftOut)
            picks.append(pick);
    }
    return picks;
}

QList<SavedSearch> searchesOf(const Json &json)
{
    constexpr int longestName = 200;
    QList<SavedSearch> searches;
    for (const Json &item : json.is_array() ? json : Json::array()) {
        const QString name = item.is_object() ? textOf(item, "name").simplified().left(longestName) : QString();
        if (!name.isEmpty() && item.contains("query") && item["query"].is_object())
            searches.append({name, libraryQueryFromJson(item["query"])});
    }
    return searches;
}

/// Choices that are not known here yet, of pictures that are here now. Returns how many.
Result<int> takePicks(Store *store, const Json &manifest, const QHash<int, qint64> &ids)
{
    const QList<PickPair> offered = picksOf(manifest.value("picks", Json()), ids);
    const Result<QList<PickPair>> known = offered.isEmpty() ? Result<QList<PickPair>>(QList<PickPair>()) : store->picks().result();
    if (!known)
        return fail(known.error());
    using Choice = std::tuple<qint64, qint64, qint64>;
    const auto choiceOf = [](const PickPair &pick) { return Choice(pick.at.toMSecsSinceEpoch(), pick.chosen, pick.leftOut); };
    std::set<Choice> here;
    for (const PickPair &pick : *known)
        here.insert(choiceOf(pick));
    int taken = 0;
    for (const PickPair &pick : offered) {
        if (!here.insert(choiceOf(pick)).second)
            continue;
        if (const Result<void> added = store->addPick(pick.at, pick.chosen, pick.leftOut).result(); !added)
            return fail(added.error());
        ++taken;
    }
    return taken;
}

/// Searches by their names. One of another library that is called like another one here gets a number behind it, unless it finds the same.
Result<int> takeSearches(Store *store, const Json &manifest)
{
    const QList<SavedSearch> offered = searchesOf(manifest.value("searches", Json()));
    const Result<QList<SavedSearch>> known = offered.isEmpty() ? Result<QList<SavedSearch>>(QList<SavedSearch>()) : store->searches().result();
    if (!known)
        return fail(known.error());
    QHash<QString, LibraryQuery> here;
    for (const SavedSearch &search : *known)
        here.insert(search.name, search.query);
    int taken = 0;
    for (SavedSearch search : offered) {
        const QString wanted = search.name;
        int number = 1;
        while (here.contains(search.name) && here.value(search.name) != search.query)
            search.name = QStringLiteral("%1 (%2)").arg(wanted).arg(++number);
        if (here.contains(search.name))
            continue;
        if (const Result<void> saved = store->saveSearch(search).result(); !saved)
            return fail(saved.error());
        here.insert(search.name, search.query);
        ++taken;
    }
    return taken;
}

} // namespace

Json projectPicksJson(const QList<PickPair> &picks, const QHash<qint64, int> &numbers)
{
    Json list = Json::array();
    for (const PickPair &pick : picks) {
        if (numbers.contains(pick.chosen) && numbers.contains(pick.leftOut)) {
            list.push_back({{"at", pick.at.toUTC().toString(Qt::ISODateWithMs).toStdString()},
                            {"chosen", numbers.value(pick.chosen)},
                            {"left_out", numbers.value(pick.leftOut)}});
        }
    }
    return list;
}

Json projectSearchesJson(const QList<SavedSearch> &searches, const QString &project)
{
    Json list = Json::array();
    for (const SavedSearch &search : searches) {
        const QStringList &projects = search.query.projects;
        if (project.isEmpty() || projects.isEmpty() || projects.contains(project))
            list.push_back({{"name", search.name.toStdString()}, {"query", withoutLocalPaths(libraryQueryJson(search.query))}});
    }
    return list;
}

Result<void> takeProjectOpinions(Store *store, const Json &manifest, const QHash<int, qint64> &ids, LibraryReport *report)
{
    const Result<int> picks = takePicks(store, manifest, ids);
    const Result<int> searches = picks ? takeSearches(store, manifest) : fail(picks.error());
    if (!searches)
        return fail(searches.error());
    const auto say = [report](const QString &sentence) { report->sentence += QLatin1Char(' ') + sentence; };
    if (*picks > 0)
        say(QCoreApplication::translate("Galley::Library", "So have %n choice(s) between pictures.", nullptr, *picks));
    if (*searches > 0)
        say(QCoreApplication::translate("Galley::Library", "%n saved search(es) are new.", nullptr, *searches));
    return {};
}

} // namespace Galley
