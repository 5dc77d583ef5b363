#pragma once

#include "core/base/async.h"
#include "core/service/libraryservice.h"
#include "core/store/store.h"

#include <QSet>
#include <QThreadPool>
#include <QTimer>

#include <atomic>

namespace Galley {

/// The LibraryService over a Store. Decoding, hashing and thumbnails happen on pools; what others change is found by asking the store a few times a
/// second. Thumbnails of pictures that have none are made when nobody waits for anything else.
class Library : public LibraryService
{
    Q_OBJECT

public:
    /// \a store must outlive it. \a makesThumbnails: false for commands, which should not work on after they are done.
    explicit Library(Store *store, bool makesThumbnails = true);
    ~Library() override;

    QString readOnlySentence() const override { return m_readOnly; }
    QFuture<Result<QList<qint64>>> ids(const LibraryQuery &query) override { return m_store->ids(query); }
    QFuture<Result<FirstPictures>> firstIds(const LibraryQuery &query, int most) override { return m_store->firstIds(query, most); }
    QFuture<Result<QList<LibraryCard>>> cards(const QList<qint64> &ids) override { return m_store->cards(ids); }
    QFuture<Result<QImage>> thumbnail(qint64 id) override;
    QFuture<Result<LibraryPicture>> picture(qint64 id, View view = View::Original) override;
    QFuture<Result<AssetRecord>> record(qint64 id) override { return m_store->asset(id); }
    QFuture<Result<RenderRequest>> request(qint64 id) override;
    QFuture<Result<QList<PictureScore>>> scores(qint64 id) override;
    QFuture<Result<void>> setScores(qint64 id, const QList<PictureScore> &scores) override { return noted(m_store->setScores(id, scores)); }
    QFuture<Result<LibraryValues>> values() override { return m_store->values(); }
    QString originalFile(const LibraryCard &card) const override;
    QFuture<Result<JudgementChange>> edit(const QList<qint64> &ids, const JudgementEdit &edit) override { return noted(m_store->edit(ids, edit)); }
    QFuture<Result<JudgementChange>> putBack(const JudgementChange &change) override { return noted(m_store->putBack(change)); }
    QFuture<Result<void>> setMark(const QList<qint64> &ids, const QString &mark) override { return noted(m_store->markAssets(ids, mark)); }
    QFuture<Result<int>> emptyBin() override;
    QFuture<Result<void>> addPick(qint64 chosen, qint64 leftOut) override;
    QFuture<Result<QList<PickPair>>> picks() override { return m_store->picks(); }
    QFuture<Result<KeptDraft>> keepDraft(const Draft &draft) override;
    QFuture<Result<qint64>> approvedDraft(const RenderRequest &request) override;
    QFuture<Result<QList<SavedSearch>>> savedSearches() override { return m_store->searches(); }
    QFuture<Result<void>> saveSearch(const SavedSearch &search) override { return noted(m_store->saveSearch(search)); }
    QFuture<Result<void>> removeSearch(const QString &name) override { return noted(m_store->removeSearch(name)); }
    QFuture<Result<QList<ComparisonSet>>> comparisonSets() override { return m_store->comparisons(); }
    QFuture<Result<ComparisonSet>> saveComparison(const ComparisonSet &set) override { return noted(m_store->saveComparison(set)); }
    QFuture<Result<void>> removeComparison(qint64 id) override { return noted(m_store->removeComparison(id)); }
    QFuture<Result<LibraryReport>> verify() override;
    QFuture<Result<LibraryReport>> repair() override;
    QFuture<Result<LibraryReport>> exportProject(const QString &project, const QString &file) override;
    QFuture<Result<LibraryReport>> importFile(const QString &file) override;
    QFuture<Result<LibraryReport>> writeContactSheet(const QList<ContactPicture> &pictures, const QString &file, const ContactSheetOptions &options) override;

Q_SIGNALS:
    /// Somebody looks at a picture that has no scores: a command made it, it came with a project, or the window was closed too early. Said once for each,
    /// and only where scores can be kept.
    void unscored(qint64 id);

private:
    /// The store is asked right after an own change, so that the window hears of it at once and in the same way as of others'.
    template<typename T>
    QFuture<T> noted(const QFuture<T> &future)
    {
        onFinished(future, this, [this](const QFuture<T> &) { poll(); });
        return future;
    }
    template<typename Work>
    QFuture<Result<LibraryReport>> care(Work work);
    void opened(const Result<StoreOpened> &outcome);
    void poll();
    void say(const LibraryChanges &changes);
    void fillThumbnails();
    void fillOne(qint64 id, bool isLast);
    void make(qint64 id, const std::shared_ptr<QPromise<Result<QImage>>> &promise);
    Result<QImage> makeNow(qint64 id);
    Result<LibraryPicture> pictureNow(qint64 id, View view);

    Store *m_store;
    QString m_readOnly;
    QThreadPool m_small;    ///< thumbnails that are there
    QThreadPool m_makers;   ///< thumbnails that are not
    QThreadPool m_large;    ///< pictures
    QThreadPool m_care;     ///< one thing at a time that takes minutes
    QTimer m_poll;
    qint64 m_serial = -1;
    bool m_makesThumbnails;
    bool m_isAsking = false;
    bool m_askAgain = false;
    bool m_isFilling = false;
    QList<qint64> m_filled;  ///< what was made last
    QSet<qint64> m_unscored; ///< that were said
    std::atomic_bool m_isClosing = false;
};

} // namespace Galley
