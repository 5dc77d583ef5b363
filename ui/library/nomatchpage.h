#pragma once

#include "core/service/libraryservice.h"
#include "ui/library/libraryfilters.h"

#include <QWidget>

class QBoxLayout;
class QLabel;

namespace Galley {

/// What the Library shows when nothing matches: each filter that is set as a button that drops it, with how many pictures there would be then.
class NoMatchPage : public QWidget
{
    Q_OBJECT

public:
    explicit NoMatchPage(LibraryService *library, QWidget *parent = nullptr);

    void setQuery(const LibraryQuery &query, const QList<ActiveFilter> &filters);

Q_SIGNALS:
    void queryWanted(const LibraryQuery &query);

private:
    LibraryService *m_library;
    QLabel *m_sentence;
    QBoxLayout *m_layout;
    QList<QWidget *> m_offers;
    int m_serial = 0;
};

} // namespace Galley
