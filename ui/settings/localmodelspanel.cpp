#include "ui/settings/localmodelspanel.h"

#include "core/base/async.h"
#include "ui/settings/licencedialog.h"
#include "ui/settings/localmodelrow.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/noticeline.h"
#include "ui/widgets/progressline.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace Galley {

QStringList modelPathsOf(const QMimeData *data)
{
    QStringList paths;
    for (const QUrl &url : data->urls()) {
        const QFileInfo info(url.toLocalFile());
        if (url.isLocalFile() && (info.isDir() || info.suffix().compare(QLatin1String("safetensors"), Qt::CaseInsensitive) == 0
                                  || info.fileName() == QLatin1String("model_index.json")))
            paths.append(info.absoluteFilePath());
    }
    return paths;
}

LocalModelsPanel::LocalModelsPanel(LocalModels *models, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_addFolder(new QPushButton(themedIcon(QStringLiteral("folder_open")), tr("Add Folder …"), this))
    , m_addFile(new QPushButton(themedIcon(QStringLiteral("note_add")), tr("Add File …"), this))
    , m_progress(new ProgressLine(this))
    , m_messages(new MessageBar(this))
    , m_problems(new NoticeLine(this))
    , m_empty(new EmptyState(QStringLiteral("memory"), tr("Drop a model's folder or .safetensors file here, or add one. Galley draws with it on this machine; nothing is "
                                                          "copied and nothing leaves this machine."), this))
    , m_list(new QWidget(this))
    , m_column(new QVBoxLayout(m_list))
{
    setObjectName(QStringLiteral("localModels"));
    setAccessibleName(tr("Models on this machine"));
    setAcceptDrops(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::space2);
    makeButtons(column);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(Theme::space2);
    for (QWidget *widget : {static_cast<QWidget *>(m_progress), static_cast<QWidget *>(m_messages), static_cast<QWidget *>(m_problems)})
        column->addWidget(widget);
    column->addWidget(m_list);
    column->addWidget(m_empty);
    m_messages->hide();
    m_progress->cancelButton()->setToolTip(tr("Stops reading; nothing is added or changed"));
    connect(m_progress, &ProgressLine::cancelWanted, this, [this] {
        m_waiting.clear();
        m_work.cancel();
    });
    connect(models, &LocalModels::changed, this, &LocalModelsPanel::refresh);
    refresh();
}

LocalModelsPanel::~LocalModelsPanel()
{
    m_work.cancel();
}

void LocalModelsPanel::makeButtons(QVBoxLayout *column)
{
    auto *title = new QLabel(tr("Models on This Machine"), this);
    title->setFont(Theme::titleFont());
    column->addWidget(title);
    auto *about = new QLabel(tr("Stable Diffusion 1.5, 2.1 and XL, and what is distilled from them (Turbo, LCM, Lightning): a folder with model_index.json, or one "
                                ".safetensors file."), this);
    about->setWordWrap(true);
    about->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(about);
    auto *row = new QHBoxLayout;
    row->setSpacing(Theme::space2);
    m_addFolder->setToolTip(tr("A folder as diffusers writes it, with model_index.json"));
    m_addFile->setToolTip(tr("One .safetensors file that holds a whole model"));
    for (QPushButton *button : {m_addFolder, m_addFile}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch(1);
    column->addLayout(row);
    connect(m_addFolder, &QPushButton::clicked, this, [this] { choose(true); });
    connect(m_addFile, &QPushButton::clicked, this, [this] { choose(false); });
}

void LocalModelsPanel::choose(bool folder)
{
    auto *dialog = new QFileDialog(window(), folder ? tr("Add a Model's Folder") : tr("Add a Model's File"), {},
                                   folder ? QString() : tr("Weights (*.safetensors)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (folder)
        dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) { add({path}); });
    dialog->open();
}

void LocalModelsPanel::add(const QStringList &paths)
{
    m_waiting.append(paths);
    if (!m_isBusy)
        addNext();
}

/// Shows \a future in the line of progress, which can cancel it.
template<typename T>
void LocalModelsPanel::follow(const QString &title, const QFuture<T> &future)
{
    m_work = QFuture<void>(future);
    auto *watcher = new QFutureWatcher<T>(this);
    m_progress->follow(title, watcher);
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(future);
    setBusy(true);
}

void LocalModelsPanel::addNext()
{
    if (m_waiting.isEmpty())
        return;
    const QString path = m_waiting.takeFirst();
    const auto future = m_models->add(path);
    follow(tr("Adding %1").arg(QFileInfo(path).fileName()), future);
    onFinished(future, this, [this, path](const QFuture<Result<QString>> &added) { onAdded(path, added); });
}

void LocalModelsPanel::onAdded(const QString &path, const QFuture<Result<QString>> &future)
{
    setBusy(false);
    if (future.resultCount() == 0)
        m_messages->showMessage(MessageBar::Kind::Info, tr("Cancelled; %1 was not added.").arg(QFileInfo(path).fileName()));
    else if (const Result<QString> id = future.result(); id)
        m_messages->showMessage(MessageBar::Kind::Done, tr("%1 can draw now: choose it as a model for finals, or use it for drafts.").arg(*id));
    else
        m_messages->showMessage(MessageBar::Kind::Error, id.error().message);
    addNext();
}

void LocalModelsPanel::check(const QString &id)
{
    if (m_isBusy)
        return;
    const auto future = m_models->check(id);
    follow(tr("Checking %1").arg(id), future);
    onFinished(future, this, [this, id](const QFuture<Result<FilesReport>> &checked) { onChecked(id, checked); });
}

void LocalModelsPanel::onChecked(const QString &id, const QFuture<Result<FilesReport>> &future)
{
    setBusy(false);
    if (future.resultCount() == 0) {
        m_messages->showMessage(MessageBar::Kind::Info, tr("Cancelled; %1 was not checked to the end.").arg(id));
        return;
    }
    const Result<FilesReport> report = future.result();
    if (!report)
        m_messages->showMessage(MessageBar::Kind::Error, report.error().message);
    else if (report->isFirst)
        m_messages->showMessage(MessageBar::Kind::Done, tr("The SHA-256 of %n files of %1 are kept from now on.", nullptr, int(report->files.size())).arg(id));
    else if (report->isUnchanged())
        m_messages->showMessage(MessageBar::Kind::Done, tr("All %n files of %1 are byte for byte what they were.", nullptr, int(report->files.size())).arg(id));
    else
        m_messages->showMessage(MessageBar::Kind::Warning, tr("%1: %2 Get the files anew, or remove the model and add it again to go on with these.")
                                                               .arg(id, report->differences.join(u' ')));
    addNext();
}

void LocalModelsPanel::remove(const QString &id)
{
    const auto card = m_models->card(id);
    if (!card)
        return;
    if (const auto removed = m_models->remove(id); !removed) {
        m_messages->showMessage(MessageBar::Kind::Error, removed.error().message);
        return;
    }
    if (m_draftModel == id)
        Q_EMIT draftModelWanted({});
    m_messages->showMessage(MessageBar::Kind::Done, tr("%1 was removed; its files stay in %2.").arg(id, QDir::toNativeSeparators(card->entry.path)));
    m_messages->addButton(tr("Undo"), [this, entry = card->entry] {
        if (const auto back = m_models->putBack(entry); !back)
            m_messages->showMessage(MessageBar::Kind::Error, back.error().message);
    })->setFocus();
}

void LocalModelsPanel::showLicence(const QString &id)
{
    if (const auto card = m_models->card(id))
        (new LicenceDialog(id, licenceText(card->entry.path), window()))->open();
}

void LocalModelsPanel::setDraftModel(const QString &id)
{
    m_draftModel = id;
    for (LocalModelRow *row : std::as_const(m_rows))
        row->setUsed(row->id() == id);
}

void LocalModelsPanel::setLimited(bool limited)
{
    m_isLimited = limited;
    refresh();
}

void LocalModelsPanel::setBusy(bool busy)
{
    m_isBusy = busy;
    for (LocalModelRow *row : std::as_const(m_rows))
        row->setBusy(busy);
}

/// Rows stay where their model does, so that the focus stays too.
void LocalModelsPanel::refresh()
{
    const QList<LocalModelCard> cards = m_models->cards();
    QList<LocalModelRow *> old = std::exchange(m_rows, {});
    for (const LocalModelCard &card : cards) {
        const auto found = std::find_if(old.cbegin(), old.cend(), [&](const LocalModelRow *row) { return row->id() == card.entry.id; });
        LocalModelRow *row = found == old.cend() ? new LocalModelRow(card, m_isLimited, m_list) : *found;
        if (found == old.cend()) {
            connect(row, &LocalModelRow::useWanted, this, &LocalModelsPanel::draftModelWanted);
            connect(row, &LocalModelRow::checkWanted, this, &LocalModelsPanel::check);
            connect(row, &LocalModelRow::licenceWanted, this, &LocalModelsPanel::showLicence);
            connect(row, &LocalModelRow::removeWanted, this, &LocalModelsPanel::remove);
        }
        old.removeAll(row);
        row->showCard(card, m_isLimited);
        row->setUsed(card.entry.id == m_draftModel);
        row->setBusy(m_isBusy);
        m_column->insertWidget(int(m_rows.size()), row);
        m_rows.append(row);
    }
    for (LocalModelRow *row : std::as_const(old)) {
        row->hide();
        row->deleteLater();
    }
    m_list->setVisible(!m_rows.isEmpty());
    m_empty->setVisible(m_rows.isEmpty());
    const QString problems = m_models->problems().join(u'\n');
    m_problems->setVisible(!problems.isEmpty());
    m_problems->showNotice(NoticeLine::Kind::Warning, problems);
}

void LocalModelsPanel::dragEnterEvent(QDragEnterEvent *event)
{
    if (modelPathsOf(event->mimeData()).isEmpty())
        return;
    event->acceptProposedAction();
    m_isDropTarget = true;
    update();
}

void LocalModelsPanel::dragLeaveEvent(QDragLeaveEvent *)
{
    m_isDropTarget = false;
    update();
}

void LocalModelsPanel::dropEvent(QDropEvent *event)
{
    m_isDropTarget = false;
    update();
    event->acceptProposedAction();
    add(modelPathsOf(event->mimeData()));
}

void LocalModelsPanel::paintEvent(QPaintEvent *)
{
    if (!m_isDropTarget)
        return;
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(ThemeColor::Accent), 2, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), Theme::radius, Theme::radius);
}

} // namespace Galley
