#include "ui/library/savedsearches.h"

#include "core/base/async.h"
#include "ui/library/filterpopups.h"
#include "ui/widgets/icon.h"

#include <QMenu>

namespace Galley {

SavedSearches::SavedSearches(LibraryService *library, QWidget *parent)
    : QToolButton(parent)
    , m_library(library)
    , m_menu(new QMenu(this))
{
    setObjectName(QStringLiteral("savedSearches"));
    setIcon(themedIcon(QStringLiteral("bookmark_border")));
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Saved searches"));
    setToolTip(tr("Saved searches"));
    setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &SavedSearches::fill);
    connect(library, &LibraryService::savedSearchesChanged, this, &SavedSearches::load);
}

const SavedSearch *SavedSearches::current() const
{
    for (const SavedSearch &search : m_searches) {
        if (search.query == m_query)
            return &search;
    }
    return nullptr;
}

void SavedSearches::setQuery(const LibraryQuery &query)
{
    m_query = query;
    const SavedSearch *search = current();
    setIcon(themedIcon(search ? QStringLiteral("bookmark") : QStringLiteral("bookmark_border")));
    setToolTip(search ? tr("Saved searches; this one is “%1”").arg(search->name) : tr("Saved searches"));
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

void SavedSearches::fill()
{
    m_menu->clear();
    for (const SavedSearch &search : std::as_const(m_searches)) {
        QAction *action = m_menu->addAction(QString(search.name).replace(u'&', QStringLiteral("&&")));
        action->setCheckable(true);
        action->setChecked(search.query == m_query);
        connect(action, &QAction::triggered, this, [this, search] {
            m_last = search.name;
            Q_EMIT chosen(search.query);
        });
    }
    m_menu->addSeparator();
    QAction *save = m_menu->addAction(themedIcon(QStringLiteral("save")), tr("Save This Search …"));
    connect(save, &QAction::triggered, this, &SavedSearches::askForName);
    QMenu *removing = m_menu->addMenu(themedIcon(QStringLiteral("delete")), tr("Remove"));
    removing->setEnabled(!m_searches.isEmpty());
    for (const SavedSearch &search : std::as_const(m_searches))
        connect(removing->addAction(QString(search.name).replace(u'&', QStringLiteral("&&"))), &QAction::triggered, this,
                [this, name = search.name] { remove(name); });
}

void SavedSearches::askForName()
{
    auto *popup = new NamePopup(tr("Save this search as"), m_last, tr("Save"), this);
    connect(popup, &NamePopup::chosen, this, &SavedSearches::save);
    popUpBelow(popup, this);
}

void SavedSearches::save(const QString &name)
{
    m_last = name;
    onFinished(m_library->saveSearch({name, m_query}), this, [this, name](const QFuture<Result<void>> &future) {
        const Result<void> done = future.result();
        if (!done) {
            Q_EMIT failed(done.error().message);
            return;
        }
        Q_EMIT message(tr("The search is saved as “%1”.").arg(name));
        load();
    });
}

void SavedSearches::remove(const QString &name)
{
    onFinished(m_library->removeSearch(name), this, [this, name](const QFuture<Result<void>> &future) {
        const Result<void> done = future.result();
        if (!done) {
            Q_EMIT failed(done.error().message);
            return;
        }
        Q_EMIT message(tr("The search “%1” is removed.").arg(name));
        load();
    });
}

} // namespace Galley
