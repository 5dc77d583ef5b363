#include "ui/library/savedsearches.h"

#include "core/base/async.h"

namespace Galley {

SavedSearches::SavedSearches(LibraryService *library, QWidget *parent)
    : KeptButton({.title = tr("Saved searches"),
                  .current = tr("Saved searches; this one is “%1”"),
                  .save = tr("Save This Search …"),
                  .saveAs = tr("Save this search as"),
                  .rename = tr("Rename the search “%1”")},
                 parent)
    , m_library(library)
{
    setObjectName(QStringLiteral("savedSearches"));
    connect(library, &LibraryService::savedSearchesChanged, this, &SavedSearches::load);
    connect(this, &KeptButton::chosen, this, [this](int index) {
        suggest(m_searches.at(index).name);
        Q_EMIT queryChosen(m_searches.at(index).query);
    });
    connect(this, &KeptButton::saveWanted, this, &SavedSearches::save);
    connect(this, &KeptButton::renameWanted, this, [this](int index, const QString &name) { rename(m_searches.at(index).name, name); });
    connect(this, &KeptButton::removeWanted, this, [this](int index) { remove(m_searches.at(index).name); });
}

void SavedSearches::setQuery(const LibraryQuery &query)
{
    m_query = query;
    QStringList names;
    int current = -1;
    for (const SavedSearch &search : std::as_const(m_searches)) {
        if (search.query == m_query)
            current = int(names.size());
        names << search.name;
    }
    setNames(names, current);
}

void SavedSearches::load()
{
    onFinished(m_library->savedSearches(), this, [this](const QFuture<Result<QList<SavedSearch>>> &future) {
        if (future.resultCount() == 0 || !future.result())
            return;
        m_searches = *future.result();
        setQuery(m_query);
    });
}

void SavedSearches::change(const QFuture<Result<void>> &future, const QString &sentence)
{
    onFinished(future, this, [this, sentence](const QFuture<Result<void>> &done) {
        const Result<void> result = done.result();
        if (!result) {
            Q_EMIT failed(result.error().message);
            return;
        }
        Q_EMIT message(sentence);
        load();
    });
}

void SavedSearches::save(const QString &name)
{
    suggest(name);
    change(m_library->saveSearch({name, m_query}), tr("The search is saved as “%1”.").arg(name));
}

/// Under the new name first: what goes wrong in between leaves both.
void SavedSearches::rename(const QString &name, const QString &wanted)
{
    const auto found = std::find_if(m_searches.cbegin(), m_searches.cend(), [&](const SavedSearch &search) { return search.name == name; });
    if (found == m_searches.cend())
        return;
    onFinished(m_library->saveSearch({wanted, found->query}), this, [this, name, wanted](const QFuture<Result<void>> &done) {
        const Result<void> result = done.result();
        if (result)
            change(m_library->removeSearch(name), tr("The search “%1” is called “%2” now.").arg(name, wanted));
        else
            Q_EMIT failed(result.error().message);
    });
}

void SavedSearches::remove(const QString &name)
{
    change(m_library->removeSearch(name), tr("The search “%1” is removed.").arg(name));
}

} // namespace Galley
