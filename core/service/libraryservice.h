#pragma once

#include "core/base/result.h"
#include "core/render/renderrequest.h"
#include "core/store/assetrecord.h"
#include "core/store/libraryquery.h"

#include <QFuture>
#include <QImage>
#include <QObject>

namespace Galley {

struct ContactPicture;
struct ContactSheetOptions;
struct Draft;

/// A draft that lies in the library now.
struct KeptDraft
{
    qint64 id = 0;
    QString digest;      ///< of its file: how records of finals name it
    bool isNew = false;  ///< false: the very same draft was there already

    bool operator==(const KeptDraft &) const = default;
};

/// A picture in full, for the screen.
struct LibraryPicture
{
    qint64 id = 0;
    QImage image;             ///< sRGB, RGBA8888 premultiplied
    QString profile;          ///< name of the colour profile that was honoured, "sRGB" where none is in the file
    bool hasProfile = false;  ///< false: sRGB was assumed, which is said
    bool isComposed = false;  ///< with what is set laid over the model's picture
    QStringList problems;     ///< sentences: what could not be laid over it
};

/// What looking after the library has found or done.
struct LibraryReport
{
    struct Item
    {
        qint64 picture = 0;   ///< 0: a file that no picture names, or the database itself
        QString file;
        QString kind;         ///< "missing", "altered", "orphan", "database", "thumbnail", "search", "comparison", "image": stable, for --json
        QString message;      ///< a sentence
        bool mended = false;  ///< by repair()
    };

    int pictures = 0;         ///< that were looked at, or are in the file
    qint64 bytes = 0;
    QList<Item> items;
    QString sentence;         ///< the outcome as a whole
    QList<qint64> changed;    ///< pictures that are new (import) or shown otherwise now

    bool isWhole() const { return items.isEmpty(); }
};

/// The library as the desktop and the command line ask for it. GUI thread; futures finish on any thread (use onFinished()).
///
/// Every future may be canceled: what has not begun is not done, and the future of a canceled call may have no result. verify(), repair() and the
/// transfer of files report progress through their future (value, maximum and text) and stop soon after cancel(), with ErrorCode::Cancelled.
/// Pictures that were made only to be compared with (shadows) are never among the ids of a query.
class LibraryService : public QObject
{
    Q_OBJECT

public:
    enum class View {
        Original,  ///< as the model made it
        Composed   ///< with what is set laid over it, cropped to the canvas; the original where its job is not known any more
    };

    ~LibraryService() override = default;

    /// Written by a newer Galley, or in a folder that cannot be written: edits fail with this sentence. Empty: it takes everything.
    virtual QString readOnlySentence() const = 0;

    // Looking
    /// All pictures of \a query in its order. For 100,000 of them a few dozen milliseconds.
    virtual QFuture<Result<QList<qint64>>> ids(const LibraryQuery &query) = 0;
    /// In the order of \a ids; those that are gone are left out. Meant for the some hundred around what is on screen.
    virtual QFuture<Result<QList<LibraryCard>>> cards(const QList<qint64> &ids) = 0;
    /// At most 256 pixels wide or high; out of the database, made first where there is none yet. Cancel what has been scrolled away.
    virtual QFuture<Result<QImage>> thumbnail(qint64 id) = 0;
    /// Checked against its digest: an error (a sentence) where the file is missing or altered, never another picture.
    virtual QFuture<Result<LibraryPicture>> picture(qint64 id, View view = View::Original) = 0;
    virtual QFuture<Result<AssetRecord>> record(qint64 id) = 0;  ///< with provenance and prompt
    /// What its job was asked: template and row by value, seed, wishes. NotFound (a sentence) where the job is not known any more.
    virtual QFuture<Result<RenderRequest>> request(qint64 id) = 0;
    virtual QFuture<Result<QList<PictureScore>>> scores(qint64 id) = 0;
    virtual QFuture<Result<void>> setScores(qint64 id, const QList<PictureScore> &scores) = 0;  ///< others of it stay
    virtual QFuture<Result<LibraryValues>> values() = 0;
    /// The file itself, for dragging it out and showing it in the file manager. Must not be changed.
    virtual QString originalFile(const LibraryCard &card) const = 0;

    // Judging: one call is one change, all or nothing
    virtual QFuture<Result<JudgementChange>> edit(const QList<qint64> &ids, const JudgementEdit &edit) = 0;
    /// Takes \a change back, only in what it had changed; returns the change that this is, so that it can be taken back as well.
    virtual QFuture<Result<JudgementChange>> putBack(const JudgementChange &change) = 0;
    QFuture<Result<JudgementChange>> setRating(const QList<qint64> &ids, std::optional<int> rating) { return edit(ids, {.rating = rating}); }
    QFuture<Result<JudgementChange>> setPick(const QList<qint64> &ids, PickState pick) { return edit(ids, {.pick = pick}); }
    QFuture<Result<JudgementChange>> setNote(const QList<qint64> &ids, const QString &note) { return edit(ids, {.note = note}); }
    QFuture<Result<JudgementChange>> addTags(const QList<qint64> &ids, const QStringList &tags) { return edit(ids, {.addTags = tags}); }
    QFuture<Result<JudgementChange>> removeTags(const QList<qint64> &ids, const QStringList &tags) { return edit(ids, {.removeTags = tags}); }
    QFuture<Result<JudgementChange>> moveToBin(const QList<qint64> &ids) { return edit(ids, {.deleted = true}); }
    QFuture<Result<JudgementChange>> restore(const QList<qint64> &ids) { return edit(ids, {.deleted = false}); }
    /// "withdrawn", or empty to take the mark away. What a rollback does by itself, by hand.
    virtual QFuture<Result<void>> setMark(const QList<qint64> &ids, const QString &mark) = 0;
    /// Deletes what is in the bin for good, files included as far as no other picture has the same; cannot be taken back. Returns how many went.
    virtual QFuture<Result<int>> emptyBin() = 0;
    /// Of two pictures, the one that a person chose: feeds canaries and the preferences of models. Kept for good.
    virtual QFuture<Result<void>> addPick(qint64 chosen, qint64 leftOut) = 0;
    virtual QFuture<Result<QList<PickPair>>> picks() = 0;  ///< all, oldest first

    // Drafts: live ones stay out until somebody keeps them
    /// Composes \a draft at canvas size and stores it with everything that says how it came to be; the same draft once, brought back from the bin if
    /// it lies there. Takes as long as painting and encoding do.
    virtual QFuture<Result<KeptDraft>> keepDraft(const Draft &draft) = 0;
    /// The picture of the draft that was on screen when the final of \a request was sent; 0: there was none, or the library has it no more.
    virtual QFuture<Result<qint64>> approvedDraft(const RenderRequest &request) = 0;

    // Kept by name
    virtual QFuture<Result<QList<SavedSearch>>> savedSearches() = 0;  ///< by name
    virtual QFuture<Result<void>> saveSearch(const SavedSearch &search) = 0;  ///< in place of one of that name
    virtual QFuture<Result<void>> removeSearch(const QString &name) = 0;
    virtual QFuture<Result<QList<ComparisonSet>>> comparisonSets() = 0;  ///< newest first
    virtual QFuture<Result<ComparisonSet>> saveComparison(const ComparisonSet &set) = 0;  ///< id 0: a new one
    virtual QFuture<Result<void>> removeComparison(qint64 id) = 0;

    // The whole
    virtual QFuture<Result<LibraryReport>> verify() = 0;
    /// verify(), and mends what can be: damaged pictures are marked, and whole again where their bytes are found elsewhere; files that nobody names
    /// become pictures in the bin; thumbnails and the search index are made anew.
    virtual QFuture<Result<LibraryReport>> repair() = 0;
    /// The pictures of \a project (empty: all) as one file, with everything to reopen them elsewhere. \a file is replaced only when all went well.
    virtual QFuture<Result<LibraryReport>> exportProject(const QString &project, const QString &file) = 0;
    /// Takes such a file in; pictures that are here already are left as they are.
    virtual QFuture<Result<LibraryReport>> importFile(const QString &file) = 0;
    /// \a pictures side by side in one file: a PDF, or a table where \a file ends in .csv. Of those in the library only the id of the record counts. Report:
    /// what could not be read.
    virtual QFuture<Result<LibraryReport>> writeContactSheet(const QList<ContactPicture> &pictures, const QString &file, const ContactSheetOptions &options) = 0;

    /// The first of ids(query), at most \a most, in a fraction of the time; fewer, even none, where that is not possible.
    virtual QFuture<Result<FirstPictures>> firstIds(const LibraryQuery &query, int most) = 0;

Q_SIGNALS:
    /// Pictures were added, changed or removed: by this window, another one or the queue. Empty: any may have been. Said at once for this window's
    /// own edits, within a second for others.
    void changed(const QList<qint64> &ids);
    void savedSearchesChanged();
    void comparisonsChanged();
};

} // namespace Galley
