#include "ui/library/libraryfilters.h"

#include "ui/library/librarytext.h"
#include "ui/routes/routestext.h"
#include "ui/widgets/numbers.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace Galley {

namespace {

using Kind = ActiveFilter::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Galley::LibraryFilters)
};

constexpr Kind listKinds[]{Kind::Model, Kind::Revision, Kind::Template, Kind::Project, Kind::Rule, Kind::Tag, Kind::Mark};

QString labelOf(Kind kind, const QString &value, const LibraryValues &values, const ModelNames &names)
{
    switch (kind) {
    case Kind::Model: return value.isEmpty() ? unknownModelWord() : names.label(value);
    case Kind::Revision: return value.isEmpty() ? Words::tr("not known") : value;
    case Kind::Rule: return ruleLabel(value);
    case Kind::Mark: return markWord(value);
    case Kind::Template:
        for (const LibraryValue &each : values.templates) {
            if (each.value == value && !each.label.isEmpty())
                return each.label;
        }
        break;
    default: break;
    }
    return value.isEmpty() ? Words::tr("none") : value;
}

/// "0.20 to 0.80", "at least 0.20", "at most 0.80".
QString rangeText(const QString &least, const QString &most)
{
    if (most.isEmpty())
        return Words::tr("at least %1").arg(least);
    return least.isEmpty() ? Words::tr("at most %1").arg(most) : Words::tr("%1 to %2").arg(least, most);
}

template<typename T, typename Text>
QString rangeOf(const std::optional<T> &least, const std::optional<T> &most, Text text)
{
    return rangeText(least ? text(*least) : QString(), most ? text(*most) : QString());
}

QString titled(Kind kind, const QString &text)
{
    return Words::tr("%1: %2").arg(filterTitle(kind), text);
}

QString scoreRangeText(const ScoreRange &range)
{
    return Words::tr("%1: %2").arg(scoreTitleOf(range.name), rangeOf(range.least, range.most, scoreText));
}

} // namespace

QString filterTitle(Kind kind)
{
    switch (kind) {
    case Kind::Text: return Words::tr("Words");
    case Kind::Model: return Words::tr("Model");
    case Kind::Revision: return Words::tr("Revision");
    case Kind::Template: return Words::tr("Template");
    case Kind::Project: return Words::tr("Project");
    case Kind::Rule: return Words::tr("Rule");
    case Kind::Cohort: return Words::tr("Cohort");
    case Kind::Rating: return Words::tr("Stars");
    case Kind::Pick: return Words::tr("Pick");
    case Kind::Tag: return Words::tr("Tag");
    case Kind::Score: return Words::tr("Score");
    case Kind::Cost: return Words::tr("Cost");
    case Kind::Date: return Words::tr("Date");
    case Kind::Mark: return Words::tr("Mark");
    case Kind::Damaged: return Words::tr("Damaged");
    case Kind::Bin: return Words::tr("Bin");
    }
    return {};
}

QStringList *listOf(LibraryQuery &query, Kind kind)
{
    switch (kind) {
    case Kind::Model: return &query.models;
    case Kind::Revision: return &query.revisions;
    case Kind::Template: return &query.templates;
    case Kind::Project: return &query.projects;
    case Kind::Rule: return &query.rules;
    case Kind::Tag: return &query.tags;
    case Kind::Mark: return &query.marks;
    default: return nullptr;
    }
}

QList<LibraryValue> choicesOf(const LibraryValues &values, Kind kind, const ModelNames &names)
{
    QList<LibraryValue> choices = kind == Kind::Model ? values.models
                                  : kind == Kind::Revision ? values.revisions
                                  : kind == Kind::Template ? values.templates
                                  : kind == Kind::Project ? values.projects
                                  : kind == Kind::Rule ? values.rules
                                  : kind == Kind::Tag ? values.tags
                                  : kind == Kind::Mark ? values.marks : QList<LibraryValue>();
    for (LibraryValue &each : choices) {
        const QString model = kind == Kind::Revision ? each.label : QString();
        each.label = labelOf(kind, each.value, values, names);
        if (!model.isEmpty())
            each.label = Words::tr("%1, %2").arg(names.label(model), each.label);
    }
    return choices;
}

QList<ActiveFilter> activeFilters(const LibraryQuery &query, const LibraryValues &values, const ModelNames &names)
{
    QList<ActiveFilter> active;
    LibraryQuery copy = query;
    const QString text = query.text.trimmed();
    if (!text.isEmpty())
        active.append({Kind::Text, {}, Words::tr("Words: %1").arg(text)});
    for (const Kind kind : listKinds) {
        for (const QString &value : std::as_const(*listOf(copy, kind)))
            active.append({kind, value, titled(kind, labelOf(kind, value, values, names))});
    }
    if (query.cohortFrom || query.cohortTo)
        active.append({Kind::Cohort, {}, titled(Kind::Cohort, rangeOf(query.cohortFrom, query.cohortTo, [](int n) { return QString::number(n); }))});
    if (query.leastRating > 0)
        active.append({Kind::Rating, {}, query.leastRating == 5 ? starsText(5) : Words::tr("%n stars or more", nullptr, query.leastRating)});
    for (const PickState pick : query.picks)
        active.append({Kind::Pick, pickStateName(pick), pickWord(pick)});
    for (const ScoreRange &range : query.scores)
        active.append({Kind::Score, range.name, scoreRangeText(range)});
    if (query.leastCostUsd || query.mostCostUsd)
        active.append({Kind::Cost, {}, titled(Kind::Cost, rangeOf(query.leastCostUsd, query.mostCostUsd, moneyText))});
    if (query.from.isValid() || query.to.isValid())
        active.append({Kind::Date, {}, daysText(query)});
    if (query.damagedOnly)
        active.append({Kind::Damaged, {}, Words::tr("Damaged only")});
    if (query.bin)
        active.append({Kind::Bin, {}, Words::tr("In the bin")});
    return active;
}

LibraryQuery withoutFilter(const LibraryQuery &query, const ActiveFilter &filter)
{
    LibraryQuery rest = query;
    if (QStringList *list = listOf(rest, filter.kind)) {
        list->removeAll(filter.value);
        return rest;
    }
    switch (filter.kind) {
    case Kind::Text: rest.text.clear(); break;
    case Kind::Cohort: rest.cohortFrom.reset(), rest.cohortTo.reset(); break;
    case Kind::Rating: rest.leastRating = 0; break;
    case Kind::Pick: rest.picks.removeIf([&](PickState pick) { return pickStateName(pick) == filter.value; }); break;
    case Kind::Score: rest.scores.removeIf([&](const ScoreRange &range) { return range.name == filter.value; }); break;
    case Kind::Cost: rest.leastCostUsd.reset(), rest.mostCostUsd.reset(); break;
    case Kind::Date: rest.from = rest.to = {}; break;
    case Kind::Damaged: rest.damagedOnly = false; break;
    case Kind::Bin: rest.bin = false; break;
    default: break;
    }
    return rest;
}

LibraryQuery withoutFilters(const LibraryQuery &query)
{
    LibraryQuery rest;
    rest.sort = query.sort;
    rest.sortScore = query.sortScore;
    rest.ascending = query.ascending;
    return rest;
}

QList<SortChoice> sortChoices(const QStringList &scores, bool withText)
{
    using Sort = LibraryQuery::Sort;
    QList<SortChoice> choices{{Words::tr("Newest first"), Sort::Created, false, {}},  {Words::tr("Oldest first"), Sort::Created, true, {}},
                              {Words::tr("Most stars first"), Sort::Rating, false, {}}, {Words::tr("Dearest first"), Sort::Cost, false, {}},
                              {Words::tr("Cheapest first"), Sort::Cost, true, {}},    {Words::tr("By model"), Sort::Model, true, {}},
                              {Words::tr("By template"), Sort::Template, true, {}}};
    if (withText)
        choices.prepend({Words::tr("Best match first"), Sort::Relevance, false, {}});
    for (const QString &score : scores) {
        choices.append({Words::tr("Best first: %1").arg(scoreTitleOf(score)), Sort::Score, false, score});
        choices.append({Words::tr("Worst first: %1").arg(scoreTitleOf(score)), Sort::Score, true, score});
    }
    return choices;
}

void setDays(LibraryQuery &query, const QDate &first, const QDate &last)
{
    query.from = first.isValid() ? first.startOfDay() : QDateTime();
    query.to = last.isValid() ? last.addDays(1).startOfDay() : QDateTime();
}

QString daysText(const LibraryQuery &query)
{
    const QLocale locale;
    const QDate first = query.from.toLocalTime().date();
    const QDate last = query.to.isValid() ? query.to.toLocalTime().addMSecs(-1).date() : QDate();
    const QDate today = QDate::currentDate();
    if (first == last && first == today)
        return Words::tr("Today");
    if (first == last && first == today.addDays(-1))
        return Words::tr("Yesterday");
    if (first == last)
        return locale.toString(first, QLocale::ShortFormat);
    if (!last.isValid())
        return Words::tr("Since %1").arg(locale.toString(first, QLocale::ShortFormat));
    if (!first.isValid())
        return Words::tr("Until %1").arg(locale.toString(last, QLocale::ShortFormat));
    return Words::tr("%1 to %2").arg(locale.toString(first, QLocale::ShortFormat), locale.toString(last, QLocale::ShortFormat));
}

} // namespace Galley
