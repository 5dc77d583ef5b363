#pragma once

#include "core/service/finalservice.h"

#include <QWidget>

class QAction;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace Galley {

class Chip;
class ElidedLabel;
class NoticeLine;
class PictureView;
class SectionHeader;
class TemplateDocument;

/// A final beside its draft: the composed picture with the models that made it, what it cost, its seed and how drawn text reads; while it runs, its
/// partial pictures in the same place. Steps through the finals of the open template. GUI thread; owns nothing that it is given.
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
    QString modelsShown() const;
    QString facts() const;
    bool isStale() const { return m_stale; }
    PictureView *pictureView() const { return m_view; }
    QList<QAction *> paneActions() const;  ///< save, original, copy, previous, next
    /// What the empty pane offers.
    void addEmptyAction(QAction *action);
    void addHeaderAction(QAction *action);
    /// Writes what is shown: the composed picture as PNG, or the original byte for byte. The outcome is message() or failed().
    void write(const QString &file);
    QString folderForSaving;  ///< remembered by the window

Q_SIGNALS:
    void message(const QString &sentence);
    void failed(const QString &sentence);
    void queueWanted(qint64 id);  ///< "Show in Queue"
    void savedTo(const QString &folder);

private:
    QWidget *makeFacts();
    QAction *addAction(const char *name, const QString &icon, const QString &text, std::function<void()> run);
    void makeActions();
    void follow(qint64 id);
    void load();
    void showState();
    void showPicture();
    void showFindings(const Job &job);
    void showStale();
    void step(int by);
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
    SectionHeader *m_header;
    QStackedWidget *m_stack;
    class EmptyState *m_empty;
    PictureView *m_view;
    Chip *m_models;
    Chip *m_state;
    QLabel *m_facts;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
    QVBoxLayout *m_findings;
    NoticeLine *m_sentence;
};

} // namespace Galley
