#pragma once

#include "core/render/renderrequest.h"
#include "core/service/libraryservice.h"
#include "ui/queue/modelnames.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QAction;
class QMenu;
class QSettings;
class QSplitter;
class QStackedWidget;

namespace Galley {

class DetailsPanel;
class EmptyState;
class FilterBar;
class FinalService;
class LibraryActions;
class LibraryCare;
class LibraryEdits;
class MessageBar;
class NoMatchPage;
class PictureGrid;
class PictureShelf;
class QuickLook;
class ReportPage;
class RoutingService;
class SavedSearches;
class Settings;

/// The Library workspace: every picture ever made here, found by words and filters, judged, compared, taken out again. Asks the library nothing before it
/// is shown for the first time. Owns its parts, not the services.
class LibraryWorkspace : public QWidget
{
    Q_OBJECT

public:
    struct Parts
    {
        LibraryService *library = nullptr;
        FinalService *finals = nullptr;      ///< may be null: then models are called by their ids
        RoutingService *routing = nullptr;   ///< may be null: then nothing is rendered again
        Settings *settings = nullptr;
        ModelNames names = {};               ///< a copy of the window's, for the same hues
    };
    explicit LibraryWorkspace(const Parts &parts, QWidget *parent = nullptr);
    ~LibraryWorkspace() override;

    PictureGrid *grid() const { return m_grid; }
    PictureShelf *shelf() const { return m_shelf; }
    FilterBar *filters() const { return m_filters; }
    DetailsPanel *details() const { return m_details; }
    LibraryActions *actions() const { return m_actions; }
    LibraryEdits *edits() const { return m_edits; }
    MessageBar *bar() const { return m_bar; }
    QuickLook *quickLook() const { return m_quickLook; }
    ReportPage *report() const { return m_report; }
    SavedSearches *savedSearches() const { return m_saved; }
    const ModelNames &names() const { return m_names; }

    QMenu *menu() const { return m_menu; }
    /// What is hidden with its keys while another workspace shows.
    QList<QAction *> ownActions() const;
    void takeFocus();
    void focusNextPanel(bool forward);
    void saveState();
    /// Shows the pictures of \a query; chooses \a picture among them (0: none).
    void showQuery(const LibraryQuery &query, qint64 picture = 0);

Q_SIGNALS:
    void message(const QString &sentence);
    void compareRequested(const QList<qint64> &ids);
    void requestWanted(const RenderRequest &request);  ///< its template and seed are to be worked with again
    void designWanted();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum Page { GridPage, EmptyPage, NoMatchPlace, ReportPlace };

    void layOut();
    void makeEmptyPage();
    void makeMenu();
    void connectParts();
    void connectGrid();
    void connectCare();
    void begin();
    void loadValues();
    void showPage();
    void showCounts();
    void showDetails();
    void fetchDetails(const QList<qint64> &ids);
    void showNames();
    void look(bool open);
    void drag();
    void leaveReport();

    QSettings *store() const;

    Parts m_parts;
    PictureShelf *m_shelf;
    MessageBar *m_bar;
    LibraryCare *m_care;
    FilterBar *m_filters;
    SavedSearches *m_saved;
    PictureGrid *m_grid;
    EmptyState *m_empty = nullptr;
    NoMatchPage *m_noMatch;
    ReportPage *m_report;
    QStackedWidget *m_pages;
    DetailsPanel *m_details;
    QSplitter *m_splitter;
    QuickLook *m_quickLook;
    LibraryEdits *m_edits;
    LibraryActions *m_actions;
    QMenu *m_menu;
    QAction *m_undo = nullptr;
    QAction *m_redo = nullptr;
    QAction *m_search = nullptr;
    ModelNames m_names;
    LibraryValues m_values;
    QList<QPointer<QWidget>> m_panels;
    QTimer m_valuesTimer;
    QTimer m_detailsTimer;
    qint64 m_wanted = 0;      ///< a picture to choose when the list is there
    bool m_hasBegun = false;
    bool m_isReporting = false;
    bool m_verified = false;  ///< what the report shows came from verify()
};

} // namespace Galley
