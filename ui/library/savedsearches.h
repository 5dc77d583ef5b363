#pragma once

#include "core/service/libraryservice.h"
#include "ui/widgets/keptbutton.h"

namespace Galley {

/// Searches kept by name: choose, save what is on screen (under the name of one that exists: in its place), rename, remove.
class SavedSearches : public KeptButton
{
    Q_OBJECT

public:
    explicit SavedSearches(LibraryService *library, QWidget *parent = nullptr);

    void setQuery(const LibraryQuery &query);
    const QList<SavedSearch> &searches() const { return m_searches; }
    void load();
    void save(const QString &name);
    void rename(const QString &name, const QString &wanted);
    void remove(const QString &name);

Q_SIGNALS:
    void queryChosen(const LibraryQuery &query);
    void message(const QString &sentence);
    void failed(const QString &sentence);

private:
    void change(const QFuture<Result<void>> &future, const QString &sentence);

    LibraryService *m_library;
    QList<SavedSearch> m_searches;
    LibraryQuery m_query;
};

} // namespace Galley
