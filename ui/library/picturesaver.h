#pragma once

#include "core/service/libraryservice.h"

#include <QObject>

class QWidget;

namespace Galley {

class Settings;

/// Saves pictures as files of their own: PNG, JPEG, WebP or TIFF by the ending, with profile and (unless the setting is off) what is known of them. One is
/// asked for by name, several get names of their own in a folder, and no file there is replaced. One picture at a time, off the GUI thread.
class PictureSaver : public QObject
{
    Q_OBJECT

public:
    /// \a place: parent of the dialogs.
    PictureSaver(LibraryService *library, Settings *settings, QWidget *place);

    /// Asks where to, then saves: as people see it (with what is set over it), or \a asMade by the model.
    void ask(const QList<LibraryCard> &cards, bool asMade);
    void save(const LibraryCard &card, const QString &file, bool asMade);
    bool isBusy() const { return !m_left.isEmpty(); }
    void cancel();

    /// "Spring market-003 ideogram-4 12.png" without what a file must not be called.
    static QString fileName(const LibraryCard &card, const QString &ending);

Q_SIGNALS:
    void progress(int done, int of);
    void finished(const QStringList &files, const QStringList &notices);   ///< notices: sentences; what failed among them
    void failed(const QString &sentence);                                  ///< nothing was saved

private:
    struct Work
    {
        LibraryCard card;
        QString file;
        bool asMade = false;
    };
    void askForFile(const LibraryCard &card, bool asMade);
    void askForFolder(const QList<LibraryCard> &cards, bool asMade);
    void add(const QList<Work> &work);
    void next();
    void withPicture(const Work &work, const Result<LibraryPicture> &picture);
    void withRecord(const Work &work, const AssetRecord &record, const QImage &composed);
    void write(const Work &work, const AssetRecord &record, const QImage &composed, const QList<PictureScore> &scores);
    void done(const Result<QStringList> &notices);

    LibraryService *m_library;
    Settings *m_settings;
    QWidget *m_place;
    QList<Work> m_left;
    int m_of = 0;
    QStringList m_files;
    QStringList m_notices;
    QStringList m_failures;
};

} // namespace Galley
