#pragma once

#include "core/store/libraryquery.h"
#include "ui/queue/modelnames.h"

#include <QDate>

namespace Galley {

/// One filter that is set, as a chip says it.
struct ActiveFilter
{
    enum class Kind { Text, Model, Revision, Template, Project, Rule, Cohort, Rating, Pick, Tag, Score, Cost, Date, Mark, Damaged, Bin };

    Kind kind = Kind::Text;
    QString value;   ///< of a filter with several values: this one
    QString text;    ///< for people: "Model: Ideogram 4"

    bool operator==(const ActiveFilter &) const = default;
};

/// Every filter of \a query, in the order of the menus; of filters with several values each by itself. \a values knows what templates are called.
QList<ActiveFilter> activeFilters(const LibraryQuery &query, const LibraryValues &values, const ModelNames &names);
/// \a query without that one.
LibraryQuery withoutFilter(const LibraryQuery &query, const ActiveFilter &filter);
/// \a query with nothing but its order.
LibraryQuery withoutFilters(const LibraryQuery &query);

/// The values of a filter that is a list of texts; null for the others.
QStringList *listOf(LibraryQuery &query, ActiveFilter::Kind kind);
/// What a menu offers for it, each with what people call it.
QList<LibraryValue> choicesOf(const LibraryValues &values, ActiveFilter::Kind kind, const ModelNames &names);
QString filterTitle(ActiveFilter::Kind kind);   ///< "Model"

/// An order that people choose by one name.
struct SortChoice
{
    QString text;
    LibraryQuery::Sort sort = LibraryQuery::Sort::Created;
    bool ascending = false;
    QString score;
};
/// \a scores: names. Relevance only \a withText.
QList<SortChoice> sortChoices(const QStringList &scores, bool withText);

/// The days from \a first to \a last, both whole and in local time; an invalid one is open.
void setDays(LibraryQuery &query, const QDate &first, const QDate &last);
QString daysText(const LibraryQuery &query);

} // namespace Galley
