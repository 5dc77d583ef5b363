#include "ui/shell/filecontroller.h"

#include "core/template/templatefile.h"
#include "ui/document/canvaspresets.h"
#include "ui/document/templatedocument.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QWidget>

namespace Galley {

namespace {

const auto firstSample = QStringLiteral("market-poster.galley");

/// A window-modal question whose answer comes later.
QMessageBox *question(QWidget *window, const QString &text, const QString &more, QMessageBox::StandardButtons buttons,
                      QMessageBox::StandardButton preset)
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, QStringLiteral("Galley"), text, buttons, window);
    box->setInformativeText(more);
    box->setDefaultButton(preset);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowModality(Qt::WindowModal);
    return box;
}

} // namespace

FileController::FileController(TemplateDocument *document, DocumentSession *session, const Paths &paths, MessageBar *bar,
                               MessageBar *offers, QWidget *window)
    : QObject(window)
    , m_document(document)
    , m_session(session)
    , m_paths(paths)
    , m_bar(bar)
    , m_offerBar(offers)
    , m_window(window)
{
    connect(m_session->autosave(), &Autosave::failed, this, [this](const QString &sentence) {
        m_bar->showMessage(MessageBar::Kind::Warning, sentence);
    });
}

void FileController::fillMenu(QMenu *menu)
{
    QMenu *create = menu->addMenu(themedIcon(QStringLiteral("note_add")), tr("&New"));
    fillNew(create);
    menu->addAction(add("open", tr("&Open …"), QStringLiteral("folder_open"), QKeySequence::Open, [this] { askForTemplate(); }));
    m_recent = menu->addMenu(themedIcon(QStringLiteral("history")), tr("Open &Recent"));
    m_samples = menu->addMenu(themedIcon(QStringLiteral("view_quilt")), tr("Sa&mples"));
    connect(m_session, &DocumentSession::recentFilesChanged, this, &FileController::fillRecent);
    fillRecent();
    fillSamples();
    menu->addSeparator();
    menu->addAction(add("save", tr("&Save"), QStringLiteral("save"), QKeySequence::Save, [this] { save({}); }));
    menu->addAction(add("saveAs", tr("Save &As …"), {}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), [this] { saveAs({}); }));
    menu->addSeparator();
    menu->addAction(add("openRows", tr("Open Ro&ws (CSV) …"), QStringLiteral("table_chart"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
                        [this] { askForRows(); }));
    m_closeRows = add("closeRows", tr("&Close Rows"), {}, {}, [this] { m_document->closeRows(); });
    menu->addAction(m_closeRows);
    const auto follow = [this] { m_closeRows->setEnabled(!m_document->rows().rows.isEmpty()); };
    connect(m_document, &TemplateDocument::rowsChanged, m_closeRows, follow);
    follow();
}

void FileController::openAny(const QString &file)
{
    if (file.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive))
        openRows(file);
    else
        openTemplate(file);
}

void FileController::openTemplate(const QString &file)
{
    whenSafe([this, file] {
        const auto opened = m_session->open(file);
        if (!opened) {
            say(opened.error().message);
            return;
        }
        m_bar->dismiss();
        showReadOnly();
        Q_EMIT this->opened();
    });
}

void FileController::openRows(const QString &file)
{
    const auto opened = m_document->openRows(file);
    if (!opened)
        say(opened.error().message);
    else
        Q_EMIT rowsOpened();
}

void FileController::openFirst()
{
    const QStringList recent = m_session->recentFiles();
    if (!recent.isEmpty() && m_session->open(recent.first()) && m_session->lockHolder().isEmpty()) {
        showReadOnly();
        return;
    }
    const QStringList all = samples();
    if (all.isEmpty()) {
        m_session->create(tr("Untitled"), Canvas().size);
        return;
    }
    const auto opened = m_session->openSample(all.first());
    if (!opened)
        say(opened.error().message);
}

void FileController::offerRecovery()
{
    m_offers = m_session->findRecoverable();
    offerNext();
}

void FileController::whenSafe(std::function<void()> then)
{
    if (!m_document->isModified()) {
        then();
        return;
    }
    QMessageBox *box = question(m_window, tr("Save the changes to %1?").arg(m_document->displayName()),
                                tr("They are lost otherwise."), QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel,
                                QMessageBox::Save);
    connect(box, &QMessageBox::finished, this, [this, then](int answer) {
        if (answer == QMessageBox::Save)
            save(then);
        else if (answer == QMessageBox::Discard)
            then();
    });
    box->open();
}

QStringList FileController::samples() const
{
    const QDir folder(m_paths.resources + QStringLiteral("/templates"));
    QStringList files;
    for (const QFileInfo &info : folder.entryInfoList({QStringLiteral("*.galley")}, QDir::Files, QDir::Name)) {
        if (info.fileName() == firstSample)
            files.prepend(info.absoluteFilePath());
        else
            files.append(info.absoluteFilePath());
    }
    return files;
}

QAction *FileController::add(const char *name, const QString &text, const QString &icon, const QKeySequence &shortcut,
                             std::function<void()> run)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    return action;
}

void FileController::fillNew(QMenu *menu)
{
    bool first = true;
    for (const CanvasPreset &preset : canvasPresets()) {
        const QString text = tr("%1 (%2 × %3)").arg(preset.name).arg(preset.size.width()).arg(preset.size.height());
        QAction *action = add("", text, {}, first ? QKeySequence(QKeySequence::New) : QKeySequence(), [this, preset] {
            whenSafe([this, preset] {
                m_session->create(tr("Untitled"), preset.size);
                m_bar->dismiss();
                Q_EMIT opened();
            });
        });
        action->setObjectName(QStringLiteral("new-") + preset.id);
        menu->addAction(action);
        first = false;
    }
}

void FileController::fillRecent()
{
    m_recent->clear();
    const QStringList files = m_session->recentFiles();
    for (const QString &file : files) {
        QAction *action = m_recent->addAction(QFileInfo(file).fileName());
        action->setToolTip(QDir::toNativeSeparators(file));
        connect(action, &QAction::triggered, this, [this, file] { openTemplate(file); });
    }
    m_recent->setToolTipsVisible(true);
    m_recent->setEnabled(!files.isEmpty());
    if (files.isEmpty())
        return;
    m_recent->addSeparator();
    QAction *clear = m_recent->addAction(tr("Clear the List"));
    connect(clear, &QAction::triggered, m_session, &DocumentSession::clearRecentFiles);
}

void FileController::fillSamples()
{
    for (const QString &file : samples()) {
        QString name = QFileInfo(file).completeBaseName().replace(u'-', u' ');
        name[0] = name.at(0).toUpper();
        QAction *action = m_samples->addAction(name);
        action->setObjectName(QStringLiteral("sample-") + QFileInfo(file).completeBaseName());
        connect(action, &QAction::triggered, this, [this, file] {
            whenSafe([this, file] {
                const auto opened = m_session->openSample(file);
                if (!opened) {
                    say(opened.error().message);
                    return;
                }
                m_bar->dismiss();
                Q_EMIT this->opened();
            });
        });
    }
    m_samples->setEnabled(!m_samples->isEmpty());
}

void FileController::askForTemplate()
{
    auto *dialog = new QFileDialog(m_window, tr("Open a Template"), dialogFolder(), tr("Galley templates (*.galley);;All files (*)"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &FileController::openTemplate);
    dialog->open();
}

void FileController::askForRows()
{
    auto *dialog = new QFileDialog(m_window, tr("Open Rows"), dialogFolder(), tr("CSV files (*.csv);;All files (*)"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &FileController::openRows);
    dialog->open();
}

void FileController::save(std::function<void()> then)
{
    if (m_document->file().isEmpty() || m_document->isReadOnly()) {
        saveAs(std::move(then));
        return;
    }
    if (!m_document->isChangedOnDisk()) {
        write(m_document->file(), std::move(then));
        return;
    }
    QMessageBox *box = question(m_window, tr("%1 was changed by somebody else.").arg(QFileInfo(m_document->file()).fileName()),
                                tr("Since it was opened here, another program wrote this file. Overwrite those changes, or save your work "
                                   "under another name?"),
                                QMessageBox::Cancel, QMessageBox::Cancel);
    QPushButton *other = box->addButton(tr("Save Under Another Name"), QMessageBox::AcceptRole);
    QPushButton *overwrite = box->addButton(tr("Overwrite"), QMessageBox::DestructiveRole);
    box->setDefaultButton(other);
    connect(box, &QMessageBox::buttonClicked, this, [this, then, other, overwrite](const QAbstractButton *pressed) {
        if (pressed == static_cast<const void *>(other))
            saveAs(then);
        else if (pressed == static_cast<const void *>(overwrite))
            write(m_document->file(), then);
    });
    box->open();
}

void FileController::saveAs(std::function<void()> then)
{
    const QString name = m_document->file().isEmpty() ? m_document->displayName() + QStringLiteral(".galley")
                                                      : QFileInfo(m_document->file()).fileName();
    auto *dialog = new QFileDialog(m_window, tr("Save the Template"), QDir(dialogFolder()).filePath(name),
                                   tr("Galley templates (*.galley)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("galley"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this, then](const QString &file) { write(file, then); });
    dialog->open();
}

void FileController::write(const QString &file, std::function<void()> then)
{
    const auto saved = m_session->save(file);
    if (!saved) {
        say(saved.error().message);
        return;
    }
    if (then)
        then();
}

void FileController::showReadOnly()
{
    if (!m_document->isReadOnly())
        return;
    const QString holder = m_session->lockHolder();
    m_offerBar->showMessage(MessageBar::Kind::Info,
                       holder.isEmpty() ? tr("%1 is write-protected, so it can only be looked at.").arg(m_document->displayName())
                                        : holder);
    m_offerBar->addButton(tr("Open a Copy"), [this] { m_session->detach(); });
}

void FileController::offerNext()
{
    if (m_offers.isEmpty())
        return;
    const RecoverableWork offer = m_offers.takeFirst();
    const QString name = offer.work.file.isEmpty() ? offer.work.value.name : QFileInfo(offer.work.file).fileName();
    const QString time = QLocale().toString(offer.work.time.toLocalTime(), QLocale::ShortFormat);
    m_offerBar->showMessage(MessageBar::Kind::Info,
                       tr("Galley ended before the changes to %1 were saved (%2). They are still here.").arg(name, time));
    m_offerBar->addButton(tr("Bring Them Back"), [this, offer] {
        whenSafe([this, offer] {
            m_session->recover(offer);
            Q_EMIT opened();
            offerNext();
        });
    });
    m_offerBar->addButton(tr("Discard"), [this, offer] {
        m_session->forget(offer);
        offerNext();
    });
}

void FileController::say(const QString &error)
{
    m_bar->showMessage(MessageBar::Kind::Error, error);
}

QString FileController::dialogFolder() const
{
    if (!m_document->file().isEmpty())
        return QFileInfo(m_document->file()).absolutePath();
    const QStringList recent = m_session->recentFiles();
    if (!recent.isEmpty())
        return QFileInfo(recent.first()).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

} // namespace Galley
