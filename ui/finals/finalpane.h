#pragma once

#include "core/service/finalservice.h"
#include "core/service/pictureexport.h"
#include "ui/finals/finalchoice.h"

#include <QWidget>

#include <functional>

class QAction;
class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace Galley {

class Chip;
class ElidedLabel;
class MessageBar;
class NoticeLine;
class PictureView;
class SectionHeader;
class TemplateDocument;

/// A final beside its draft: the composed picture with the models that made it, what it cost, its seed and how drawn text reads; while it runs, its
/// partial pictures in the same place. Steps through the finals of the open template and through the
/// pictures of one. GUI thread; owns nothing that it is given.
class FinalPane : public QWidget
{
    Q_OBJECT

public:
    FinalPane(FinalService *finals, TemplateDocument *document, QWidget *parent = nullptr);
    ~FinalPane() override;

    /// 0: none.
    void showJob(qint64 id);
    qint64 job() const { return m_job; }
    /// The finals of the open template, oldest first.
    QList<qint64> jobsOfTemplate() const;
    const QImage &shownPicture() const;
    qint64 shownAsset() const { return m_final ? m_final->assetId : 0; }  ///< in the library; 0: none is shown
    int shownIndex() const { return m_final ? m_final->index : 0; }
    QString modelsShown() const;
    QString facts() const;
    bool isFromCache() const;  ///< what is shown came out of the render cache
    bool isStale() const { return m_stale; }
    PictureView *pictureView() const { return m_view; }
    QList<QAction *> paneActions() const;  ///< previous, next, previous and next picture, original, copy, save, redo a part, render anew
    /// The template's tokens: what of the final can be drawn anew.
    QMenu *redoMenu() const { return m_redoMenu; }
    /// What is asked before money is spent: the price of rendering anew.
    MessageBar *question() const { return m_question; }
    /// What the empty pane offers.
    void addEmptyAction(QAction *action);
    void addHeaderAction(QAction *action);
    /// Writes what is shown: the composed picture with its provenance, in the format that the ending of \a file says; the original byte for byte in its
    /// own format. The outcome is message() or failed().
    void write(const QString &file);
    QString folderForSaving;  ///< remembered by the window
    std::function<ExportOptions(const QString &file)> savingOptions;  ///< by the window, from the settings

Q_SIGNALS:
    void message(const QString &sentence);
    void failed(const QString &sentence);
    void queueWanted(qint64 id);  ///< "Show in Queue"
    void servicesWanted(qint64 id);  ///< the job waits for a key or the network
    void savedTo(const QString &folder);
    void shownChanged();  ///< another final, or its picture is there
    void redoWanted(const Galley::FinalEdit &edit);
    void submitted(qint64 job);  ///< rendered anew

private:
    void writeOut(const ExportSource &source, const QString &from, const QString &digest, const QString &file, const ExportOptions &options);
    QWidget *makeFacts();
    QWidget *makePictures();
    QPushButton *makeRedo(QWidget *parent);
    void fillRedo();
    void redo(const QString &token);
    void askToRenderAnew();
    void renderAnew(qint64 job);
    QAction *addAction(const char *name, const QString &icon, const QString &text, std::function<void()> run);
    void makeActions();
    void follow(qint64 id);
    void load();
    void ask(int index);
    void showPictures();
    void showState();
    void showPicture();
    void showFindings(const Job &job);
    void showStale();
    void step(int by);
    void stepPicture(int by);
    void save();
    void copy();

    FinalService *m_finals;
    TemplateDocument *m_document;
    qint64 m_job = 0;
    qint64 m_asked = 0;  ///< the job whose picture is on its way
    std::optional<FinalPicture> m_final;
    bool m_stale = false;
    QList<QAction *> m_actions;
    QAction *m_original = nullptr;
    QAction *m_renderAnew = nullptr;
    QAction *m_previousPicture = nullptr;
    QAction *m_nextPicture = nullptr;
    SectionHeader *m_header;
    QStackedWidget *m_stack;
    class EmptyState *m_empty;
    PictureView *m_view;
    Chip *m_models;
    Chip *m_state;
    Chip *m_cached;         ///< there when nothing was rendered for it
    QLabel *m_facts;
    QWidget *m_pictures;    ///< there when the final has several
    QLabel *m_pictureCount;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
    QMenu *m_redoMenu = nullptr;
    QStringList m_redoTokens;  ///< in the menu
    QPushButton *m_redo;
    QPushButton *m_anew;
    MessageBar *m_question;
    QVBoxLayout *m_findings;
    NoticeLine *m_sentence;
};

} // namespace Galley
