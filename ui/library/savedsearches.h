#pragma once

#include "core/service/libraryservice.h"

#include <QToolButton>

class QMenu;

namespace Galley {

/// Searches kept by name: choose, save what is on screen (under the name of one that exists: in its place), remove.
class SavedSearches : public QToolButton
{
    Q_OBJECT

public:
    explicit SavedSearches(LibraryService *library, QWidget *parent = nullptr);

    void setQuery(const LibraryQuery &query);
    const QList<SavedSearch> &searches() const { return m_searches; }
    void load();
    void save(const QString &name);
    void remove(const QString &name);

Q_SIGNALS:
    void chosen(const LibraryQuery &query);
    void message(const QString &sentence);
    void failed(const QString &sentence);

private:
    void fill();
    void askForName();
    const SavedSearch *current() const;

    LibraryService *m_library;
    QMenu *m_menu;
    QList<SavedSearch> m_searches;
    LibraryQuery m_query;
    QString m_last;   ///< the name that was chosen or saved last
};

} // namespace Galley
