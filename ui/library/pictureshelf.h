#pragma once

#include "core/service/libraryservice.h"

#include <QCache>
#include <QHash>
#include <QPixmap>
#include <QSet>
#include <QThreadPool>
#include <QTimer>

namespace Galley {

/// The pictures of one question to the library: their ids (the first ones soon, all of them a moment later), and cards and thumbnails of what is on screen and a screen around it. What has been
/// scrolled away before it came is cancelled. GUI thread; thumbnails are scaled on a thread of its own, so that painting only copies them.
///
/// When pictures come while somebody looks at others (hold()), they wait until take(): nothing moves under the pointer.
class PictureShelf : public QObject
{
    Q_OBJECT

public:
    explicit PictureShelf(LibraryService *library, QObject *parent = nullptr);
    ~PictureShelf() override;

    const LibraryQuery &query() const { return m_query; }
    void setQuery(const LibraryQuery &query);
    /// Asks once more; \a takeAll: whatever comes is shown, even while others are held back (the person's own change).
    void refresh(bool takeAll);

    const QList<qint64> &ids() const { return m_ids; }
    int count() const { return int(m_ids.size()); }
    bool hasAnswer() const { return m_hasAnswer; }   ///< false: the first answer is on its way
    bool isWhole() const { return m_isWhole; }       ///< false: ids() are the first ones of more that are on their way
    QString problem() const { return m_problem; }    ///< a sentence: why there is none

    const LibraryCard *card(qint64 id) const { return m_cards.object(id); }  ///< null: on its way; valid until the event loop turns
    QList<LibraryCard> cards(const QList<qint64> &ids) const;                ///< as far as they are there
    QPixmap thumbnail(qint64 id) const;              ///< null: on its way, or there is none
    bool hasNoThumbnail(qint64 id) const { return m_failed.contains(id); }

    /// Thumbnails fit a square of \a side device pixels.
    void setSide(int side);
    /// What is on screen: from \a first to before \a end.
    void setWindow(int first, int end);

    /// While held, new pictures wait.
    void hold(bool held) { m_held = held; }
    int waiting() const { return m_waiting.isEmpty() ? 0 : int(m_waiting.size() - m_ids.size()); }
    void take();

Q_SIGNALS:
    void aboutToReset();      ///< ids() is about to be another list
    void reset(bool isNewQuery);
    void cardsChanged();
    void thumbnailChanged(qint64 id);
    void waitingChanged(int pictures);
    void problemChanged();

private:
    void ask();
    void askFirst();
    void askAll();
    void answered(const Result<QList<qint64>> &ids, bool areAll);
    void show(const QList<qint64> &ids, bool isNewQuery);
    void libraryChanged(const QList<qint64> &ids);
    void loadCards(const QList<qint64> &ids);
    void loadWindow();
    void want();
    void pump();
    void fetch(qint64 id);
    void scale(qint64 id, const QImage &image);
    bool isWanted(qint64 id) const { return m_wanted.contains(id); }

    LibraryService *m_library;
    QThreadPool m_pool;       ///< scales
    LibraryQuery m_query;
    QList<qint64> m_ids;
    QList<qint64> m_waiting;
    QFuture<Result<FirstPictures>> m_askingFirst;
    QFuture<Result<QList<qint64>>> m_asking;
    QString m_problem;
    QTimer m_again;
    QCache<qint64, LibraryCard> m_cards;
    QCache<qint64, QPixmap> m_thumbnails;   ///< cost: KiB
    QSet<qint64> m_asked;                   ///< cards on their way
    QSet<qint64> m_failed;
    QSet<qint64> m_wanted;
    QList<qint64> m_queue;                  ///< thumbnails not asked for yet, those on screen first
    QHash<qint64, QFuture<Result<QImage>>> m_inFlight;
    int m_side = 176;
    int m_first = 0;
    int m_end = 0;
    int m_serial = 0;         ///< of the query: what an earlier one had asked is not for this one
    bool m_hasAnswer = false;
    bool m_isWhole = false;
    bool m_isNewQuery = false;
    bool m_takeAll = false;
    bool m_held = false;
};

} // namespace Galley
