#pragma once

#include "core/render/renderrequest.h"
#include "core/service/libraryservice.h"

#include <QObject>

#include <functional>
#include <optional>

class QAction;
class QMenu;
class QMimeData;

namespace Galley {

class FinalService;
class LibraryCare;
class LibraryEdits;
class MessageBar;
class PictureGrid;
class PictureSaver;
class RoutingService;
class Settings;

/// Whatever can be done with the chosen pictures and with the library as a whole. What takes something away for good, costs money or marks many is asked in
/// the bar first, never in a box. Owns its actions; the keys without Ctrl work where the grid has the focus, the others in
/// the whole workspace.
class LibraryActions : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        LibraryService *library = nullptr;
        RoutingService *routing = nullptr;   ///< may be null: then nothing is rendered again
        FinalService *finals = nullptr;      ///< may be null: then nothing is rendered anew
        Settings *settings = nullptr;
        PictureGrid *grid = nullptr;
        LibraryEdits *edits = nullptr;
        LibraryCare *care = nullptr;
        MessageBar *bar = nullptr;
        QWidget *place = nullptr;            ///< the workspace: parent of dialogs
    };
    explicit LibraryActions(const Parts &parts, QObject *parent = nullptr);

    void setQuery(const LibraryQuery &query);
    void setValues(const LibraryValues &values);
    /// What is known of the current picture, once it is; an empty one: nothing.
    void setRecord(const AssetRecord &record);

    QAction *action(const char *name) const;
    QList<QAction *> all() const;
    /// Those that work on what is chosen: the menu of the pictures.
    void fillPictureMenu(QMenu *menu);
    void fillMenu(QMenu *menu);

    void judge(const QList<qint64> &ids, const JudgementEdit &edit);
    /// What is dragged: the files of all that are chosen. Null when there is none, or when some are not known yet: those are asked for then, and it is said
    /// that they can be dragged in a moment.
    QMimeData *files();
    void verify();
    void repair();

Q_SIGNALS:
    void message(const QString &sentence);
    void compareRequested(const QList<qint64> &ids);
    void queryWanted(const LibraryQuery &query);
    void requestWanted(const RenderRequest &request);
    void tagsWanted();
    void noteWanted();

private:
    QAction *add(const char *name, const QString &icon, const QString &text, const QKeySequence &shortcut, std::function<void()> run);
    void makeJudging();
    void makeFiles();
    void makeSaving();
    void makeSavingSwitches();
    void makeMadeBy();
    void makeWhole();
    void update();
    void disable(const char *name, const QString &why);
    std::optional<QList<LibraryCard>> knownCards() const;
    void withCards(const QList<qint64> &ids, std::function<void(const QList<LibraryCard> &)> then);
    QMimeData *filesOf(const QList<LibraryCard> &cards) const;
    void savePictures(bool asMade);
    const LibraryCard *currentCard() const;
    void ask(const QString &sentence, const QString &answer, std::function<void()> then);
    void say(const Error &error);
    void showAllOfModel(bool ofRevision);
    void askToMark(bool marked);
    void mark(const QList<qint64> &ids, const QString &mark);
    void askToRenderAgain();
    void askToRenderAnew();
    void renderAnew(qint64 job);
    void useRequest();
    void reveal();
    void copy();
    void askToEmptyBin();
    void exportProject();
    void importFile();

    Parts m_parts;
    PictureSaver *m_saver;
    LibraryQuery m_query;
    LibraryValues m_values;
    qint64 m_cached = 0;                 ///< the current picture, when it came out of the cache; else 0
    qint64 m_cachedJob = 0;              ///< that took it from there
    QList<qint64> m_fetchedIds;          ///< what was asked for to be dragged
    QList<LibraryCard> m_fetched;
    QList<QAction *> m_actions;
};

} // namespace Galley
