#include "ui/library/picturesaver.h"

#include "core/base/async.h"
#include "core/service/pictureexport.h"
#include "core/settings/settings.h"
#include "ui/widgets/filemanager.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>

namespace Galley {

namespace {

const auto endingKey = QStringLiteral("files/pictureEnding");

QString filterOf(const QString &ending)
{
    if (ending == QLatin1String("jpg"))
        return PictureSaver::tr("JPEG pictures (*.jpg *.jpeg)");
    if (ending == QLatin1String("webp"))
        return PictureSaver::tr("WebP pictures (*.webp)");
    return ending == QLatin1String("tif") ? PictureSaver::tr("TIFF pictures (*.tif *.tiff)") : PictureSaver::tr("PNG pictures (*.png)");
}

const QStringList &endings()
{
    static const QStringList known{QStringLiteral("png"), QStringLiteral("jpg"), QStringLiteral("webp"), QStringLiteral("tif")};
    return known;
}

QString freeName(const QString &folder, const QString &name)
{
    QString free = QDir(folder).filePath(name);
    const QFileInfo info(free);
    for (int i = 2; QFile::exists(free); ++i)
        free = QDir(folder).filePath(QStringLiteral("%1 (%2).%3").arg(info.completeBaseName()).arg(i).arg(info.suffix()));
    return free;
}

} // namespace

PictureSaver::PictureSaver(LibraryService *library, Settings *settings, QWidget *place)
    : QObject(place)
    , m_library(library)
    , m_settings(settings)
    , m_place(place)
{}

QString PictureSaver::fileName(const LibraryCard &card, const QString &ending)
{
    QString name = card.templateName.isEmpty() ? tr("picture") : card.templateName;
    if (card.row > 0)
        name += QStringLiteral("-%1").arg(card.row, 3, 10, QLatin1Char('0'));
    name += u' ' + card.model() + u' ' + QString::number(card.id);
    return plainFileName(name) + u'.' + ending;
}

void PictureSaver::ask(const QList<LibraryCard> &cards, bool asMade)
{
    if (cards.size() == 1)
        askForFile(cards.first(), asMade);
    else if (!cards.isEmpty())
        askForFolder(cards, asMade);
}

void PictureSaver::askForFile(const LibraryCard &card, bool asMade)
{
    QSettings *store = m_settings->raw();
    const QString ending = store->value(endingKey, endings().first()).toString();
    QStringList filters;
    for (const QString &each : endings())
        filters << filterOf(each);
    auto *dialog = new QFileDialog(m_place, tr("Save Picture As"),
                                   QDir(exportFolder(*store)).filePath(fileName(card, ending)), filters.join(QStringLiteral(";;")));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectNameFilter(filterOf(ending));
    dialog->setDefaultSuffix(ending);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        for (const QString &each : endings()) {
            if (filterOf(each) == filter)
                dialog->setDefaultSuffix(each);
        }
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, card, asMade](const QString &file) {
        setExportFolder(m_settings->raw(), QFileInfo(file).absolutePath());
        if (endings().contains(QFileInfo(file).suffix().toLower()))
            m_settings->raw()->setValue(endingKey, QFileInfo(file).suffix().toLower());
        save(card, file, asMade);
    });
    dialog->open();
}

void PictureSaver::askForFolder(const QList<LibraryCard> &cards, bool asMade)
{
    QSettings *store = m_settings->raw();
    auto *dialog = new QFileDialog(m_place, tr("Save %n Pictures into a Folder", nullptr, int(cards.size())), exportFolder(*store));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this, cards, asMade](const QString &folder) {
        setExportFolder(m_settings->raw(), folder);
        const QString ending = m_settings->raw()->value(endingKey, endings().first()).toString();
        QList<Work> work;
        for (const LibraryCard &card : cards)
            work.append({card, freeName(folder, fileName(card, ending)), asMade});
        add(work);
    });
    dialog->open();
}

void PictureSaver::save(const LibraryCard &card, const QString &file, bool asMade)
{
    add({{card, file, asMade}});
}

void PictureSaver::cancel()
{
    if (m_left.size() > 1)
        m_left.erase(m_left.begin() + 1, m_left.end());  // what is being written is finished
}

void PictureSaver::add(const QList<Work> &work)
{
    const bool isIdle = m_left.isEmpty();
    m_left += work;
    m_of += int(work.size());
    if (isIdle)
        next();
}

void PictureSaver::next()
{
    const Work work = m_left.first();
    Q_EMIT progress(m_of - int(m_left.size()), m_of);
    if (work.asMade) {
        withPicture(work, LibraryPicture());
        return;
    }
    onFinished(m_library->picture(work.card.id, LibraryService::View::Composed), this, [this, work](const QFuture<Result<LibraryPicture>> &future) {
        withPicture(work, future.resultCount() > 0 ? future.result() : fail(ErrorCode::Cancelled, tr("The library is closing.")));
    });
}

void PictureSaver::withPicture(const Work &work, const Result<LibraryPicture> &picture)
{
    if (!picture)
        return done(tl::unexpected(picture.error()));
    const QImage composed = picture->isComposed ? picture->image : QImage();
    onFinished(m_library->record(work.card.id), this, [this, work, composed](const QFuture<Result<AssetRecord>> &future) {
        const Result<AssetRecord> record = future.resultCount() > 0 ? future.result() : fail(ErrorCode::Cancelled, tr("The library is closing."));
        if (record)
            withRecord(work, *record, composed);
        else
            done(tl::unexpected(record.error()));
    });
}

/// A picture without its scores is better than none.
void PictureSaver::withRecord(const Work &work, const AssetRecord &record, const QImage &composed)
{
    onFinished(m_library->scores(record.id), this, [this, work, record, composed](const QFuture<Result<QList<PictureScore>>> &future) {
        write(work, record, composed, future.resultCount() > 0 ? future.result().value_or(QList<PictureScore>()) : QList<PictureScore>());
    });
}

void PictureSaver::write(const Work &work, const AssetRecord &record, const QImage &composed, const QList<PictureScore> &scores)
{
    const ExportOptions options = exportOptions(*m_settings, work.file);
    const QString original = m_library->originalFile(work.card);
    const auto written = runOn(QThreadPool::globalInstance(), [=]() -> Result<QStringList> {
        const Result<QByteArray> bytes = readOriginal(original, record.digest, record.id);
        if (!bytes)
            return tl::unexpected(bytes.error());
        return exportPicture({record, *bytes, composed, scores}, work.file, options);
    });
    onFinished(written, this, [this](const QFuture<Result<QStringList>> &future) { done(future.result()); });
}

void PictureSaver::done(const Result<QStringList> &notices)
{
    const Work work = m_left.takeFirst();
    if (notices) {
        m_files << work.file;
        m_notices << *notices;
    } else {
        m_failures << notices.error().message;
    }
    if (!m_left.isEmpty()) {
        next();
        return;
    }
    const QStringList files = std::exchange(m_files, {});
    QStringList said = std::exchange(m_failures, {}) + std::exchange(m_notices, {});
    said.removeDuplicates();
    m_of = 0;
    if (files.isEmpty())
        Q_EMIT failed(said.join(u' '));
    else
        Q_EMIT finished(files, said);
}

} // namespace Galley
