#pragma once

#include "core/base/paths.h"
#include "ui/document/documentsession.h"

#include <QObject>

#include <functional>

class QAction;
class QMenu;
class QUrl;

namespace Galley {

class MessageBar;
class TemplateDocument;

/// The File menu: new, open, samples, save, rows, and every question that goes with them (unsaved changes, open elsewhere, changed on
/// disk, work to bring back). \a bar takes errors, \a offers what stays until it is answered. Dialogs are window-modal and asynchronous; no nested event loop anywhere. Owned by the window.
class FileController : public QObject
{
    Q_OBJECT

public:
    FileController(TemplateDocument *document, DocumentSession *session, const Paths &paths, MessageBar *bar,
                   MessageBar *offers, QWidget *window);

    /// Fills \a menu with everything but Export and Quit.
    void fillMenu(QMenu *menu);

    /// Opens a template (after a question when there are unsaved changes) or rows, by the name's end.
    void openAny(const QString &file);
    void openTemplate(const QString &file);
    void openRows(const QString &file);
    void askForRows();
    /// What the window shows at the start when no file was named: the last file, or the first sample.
    void openFirst();
    /// Offers what an earlier session lost, newest first, in the message bar.
    void offerRecovery();
    /// Asks about unsaved changes, then calls \a then; not at all when the person cancels.
    void whenSafe(std::function<void()> then);

    QStringList samples() const;

Q_SIGNALS:
    void opened();
    void rowsOpened();

private:
    QAction *add(const char *name, const QString &text, const QString &icon, const QKeySequence &shortcut,
                 std::function<void()> run);
    void fillNew(QMenu *menu);
    void fillRecent();
    void fillSamples();
    void askForTemplate();
    void save(std::function<void()> then);
    void saveAs(std::function<void()> then);
    void write(const QString &file, std::function<void()> then);
    void showReadOnly();
    void offerNext();
    void say(const QString &error);
    QString dialogFolder() const;

    TemplateDocument *m_document;
    DocumentSession *m_session;
    Paths m_paths;
    MessageBar *m_bar;
    MessageBar *m_offerBar;
    QWidget *m_window;
    QMenu *m_recent = nullptr;
    QMenu *m_samples = nullptr;
    QAction *m_closeRows = nullptr;
    QList<RecoverableWork> m_offers;
};

} // namespace Galley
