#include "ui/compare/sheetexport.h"

#include "core/service/contactsheet.h"
#include "ui/compare/compareset.h"
#include "ui/widgets/filemanager.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/progressline.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QLocale>
#include <QPushButton>
#include <QSet>
#include <QSettings>

namespace Galley {

namespace {

constexpr int patienceMs = 1000;

/// A draft is not in the library: it comes with what is known of it. Of the others the library knows more than is at hand here.
ContactPicture contactPicture(const CompareSet &set, int place)
{
    const ComparePicture &shown = set.at(place);
    ContactPicture picture;
    if (shown.id() > 0) {
        picture.record.id = shown.id();
        return picture;
    }
    const LibraryCard &card = shown.card;
    picture.record.createdAt = card.createdAt;
    picture.record.routedModel = card.routedModel;
    picture.record.servedModel = card.servedModel;
    picture.record.revision = card.revision;
    picture.record.templateName = card.templateName;
    picture.record.project = card.project;
    picture.record.row = card.row;
    picture.record.seed = card.seed;
    picture.record.costUsd = card.costUsd;
    picture.record.size = card.size;
    if (const PicturePyramid::Ptr image = set.image(place))
        picture.image = image->picture();
    return picture;
}

/// What lies in people's printers.
QPageSize usualPage()
{
    return QPageSize(QLocale().measurementSystem() == QLocale::ImperialUSSystem ? QPageSize::Letter : QPageSize::A4);
}

} // namespace

SheetExport::SheetExport(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    parts.progress->cancelButton()->setToolTip(tr("Stops it; no file is written"));
    connect(parts.progress, &ProgressLine::cancelWanted, this, [this] { m_future.cancel(); });
}

SheetExport::~SheetExport()
{
    m_future.cancel();
}

/// A sheet without models would be of no use later, and one with them would end the blind look.
bool SheetExport::refusesBlind()
{
    if (!m_parts.set->isBlind())
        return false;
    m_parts.bar->showMessage(MessageBar::Kind::Info, tr("What is exported names the models. Reveal who made the pictures first."));
    m_parts.bar->addButton(tr("Reveal Who Made Them"), [this] { Q_EMIT revealWanted(); });
    return true;
}

QString SheetExport::title() const
{
    if (!m_title.isEmpty())
        return m_title;
    QSet<QString> templates;
    for (const ComparePicture &picture : m_parts.set->pictures())
        templates.insert(picture.card.templateName);
    return templates.size() == 1 && !templates.cbegin()->isEmpty() ? *templates.cbegin() : tr("Comparison");
}

void SheetExport::ask(Kind kind)
{
    if (m_isBusy || m_parts.set->isEmpty() || refusesBlind())
        return;
    const bool isSheet = kind == Kind::Sheet;
    const QString ending = isSheet ? QStringLiteral("pdf") : QStringLiteral("csv");
    auto *dialog = new QFileDialog(m_parts.place, isSheet ? tr("Export Contact Sheet") : tr("Export Table"),
                                   QDir(exportFolder(*m_parts.store)).filePath(plainFileName(title()) + u'.' + ending),
                                   isSheet ? tr("PDF documents (*.pdf)") : tr("Tables (*.csv)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        setExportFolder(m_parts.store, QFileInfo(file).absolutePath());
        write(file);
    });
    dialog->open();
}

void SheetExport::write(const QString &file)
{
    if (m_isBusy || m_parts.set->isEmpty() || refusesBlind())
        return;
    QList<ContactPicture> pictures;
    for (int place = 0; place < m_parts.set->count(); ++place)
        pictures << contactPicture(*m_parts.set, place);
    ContactSheetOptions options;
    options.title = title();
    options.page = usualPage();
    options.at = QDateTime::currentDateTime();
    options.modelName = [names = m_parts.set->names()](const QString &model) -> QString { return names.label(model); };
    options.asMade = m_parts.set->showsOriginals();
    m_isBusy = true;
    m_parts.bar->dismiss();
    m_future = m_parts.library->writeContactSheet(pictures, file, options);
    auto *watcher = new QFutureWatcher<Result<LibraryReport>>(this);
    m_parts.progress->follow(tr("Writing %1").arg(QFileInfo(file).fileName()), watcher, patienceMs);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, file] {
        watcher->deleteLater();
        m_isBusy = false;
        done(file, watcher->future());
    });
    watcher->setFuture(m_future);
}

void SheetExport::done(const QString &file, const QFuture<Result<LibraryReport>> &future)
{
    const Result<LibraryReport> report = future.resultCount() > 0 ? future.result() : fail(ErrorCode::Cancelled, QString());
    if (!report && report.error().code == ErrorCode::Cancelled) {
        Q_EMIT message(tr("The export was cancelled. No file was written."));
        return;
    }
    if (!report) {
        m_parts.bar->showMessage(MessageBar::Kind::Error, report.error().message);
        return;
    }
    m_parts.bar->showMessage(report->isWhole() ? MessageBar::Kind::Done : MessageBar::Kind::Warning, report->sentence);
    m_parts.bar->addButton(tr("Show in Folder"), [this, file] {
        showInFileManager({file}, this, [this](const QString &sentence) { m_parts.bar->showMessage(MessageBar::Kind::Error, sentence); });
    });
}

} // namespace Galley
