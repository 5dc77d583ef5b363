#pragma once

#include "core/base/result.h"
#include "core/render/renderengine.h"
#include "core/store/assetrecord.h"
#include "core/store/jobrecord.h"
#include "core/store/ledger.h"
#include "core/store/libraryquery.h"
#include "core/store/routerecords.h"
#include "core/store/thumbnail.h"

#include <QFuture>
#include <QList>
#include <QPromise>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>

namespace Galley {

class Database;

/// What opening the library found out.
struct StoreOpened
{
    int schema = 0;
    bool readOnly = false;  ///< written by a newer Galley: can be looked at, nothing can be stored
    QString notice;         ///< a sentence for the Issues list: read-only, or damaged and kept aside; empty: all is well
    QString keptAside;      ///< where a damaged file lies now

    bool operator==(const StoreOpened &) const = default;
};

/// What salvage() read back.
struct Salvaged
{
    qint64 pictures = 0;
    qint64 jobs = 0;
    QStringList kept;  ///< the files that it read, by the names that they have now

    bool operator==(const Salvaged &) const = default;
};

/// One thing that verify() found.
struct StoreFinding
{
    enum class Kind {
        Database,  ///< integrity_check has found damage
        Missing,   ///< a picture's file is not there
        Altered,   ///< a picture's file has other bytes than it had when it was accepted
        Orphan,    ///< a file that no picture knows: left by a crash, or by a half-written copy
    };

    Kind kind = Kind::Orphan;
    QString file;
    qint64 asset = 0;
    QString message;  ///< a sentence

    bool operator==(const StoreFinding &) const = default;
};

/// Told how far a long look is; false: it stops, with ErrorCode::Cancelled. Called on the store's thread; may be empty.
using StoreProgress = std::function<bool(qint64 done, qint64 total)>;

/// A picture of another library, with what was said of it there.
struct ImportedPicture
{
    NewAsset asset;
    Judgement judgement;
    QList<PictureScore> scores;
};

/// The library on disk: jobs, ledger and pictures in `library.db` (SQLite, WAL), originals as files named by digest in `originals/ab/<sha256>.png`.
///
/// Every call returns at once; the work runs in order on one thread of its own (only the files of pictures are written before that), the future finishes
/// there (use onFinished()). Looking through the library has a thread and a connection of its own, whole lists another, and what takes long a third: nobody waits for them.
/// Several processes may have the library open: writes wait for each other and nothing is lost. Whatever a promise hangs on (a job about to be sent, an accepted picture,
/// the ledger) is on disk, power cut included, when its future finishes; the rest survives a crash of the process. Failures: Io (disk full, damaged,
/// locked for minutes), Unsupported (written by a newer version), Refused with FailureClass::OverBudget.
///
/// Jobs belong to the store object that added them; adoptJobs() takes over those whose owner is gone. The destructor waits for what was asked.
class Store
{
public:
    enum class Sync { Normal, Full };  ///< Full: survives a power cut

    /// \a folder: $XDG_DATA_HOME/galley (Paths::data). Nothing is touched before the first call.
    explicit Store(const QString &folder);
    ~Store();
    Store(const Store &) = delete;
    Store &operator=(const Store &) = delete;

    QString folder() const { return m_folder; }
    /// Opens the library, if no other call has, and tells how it went. Optional: every call opens it when it must.
    QFuture<Result<StoreOpened>> open();

    // Jobs
    /// Reserves record.estimateUsd and stores the job and the pictures that go along with it, or neither. Returns it with id, reservation and, when
    /// it had none, a position at the end of its lane; template and row as they will be read back.
    QFuture<Result<JobRecord>> addJob(const JobRecord &record, const QList<ReferencePicture> &references, const Budget &budget);
    /// Stores everything of \a record that can change (neither request nor reservation) and does \a charge to the job's reservation. Returns it as
    /// stored: a reservation that is over is 0. Full when \a charge is not Keep.
    QFuture<Result<JobRecord>> saveJob(const JobRecord &record, const Charge &charge = Charge::keep(), Sync sync = Sync::Normal);
    /// Before a send: makes sure that the estimate is reserved on budget.day (moving or making the reservation) and stores the job as Sending, both on
    /// disk when the future finishes. Over budget: the job is left as it was.
    QFuture<Result<JobRecord>> beginSending(const JobRecord &record, const Budget &budget);
    /// The end of a job that went well: files, asset rows, ledger and state Done, all or nothing. \a charge settles; several pictures share it.
    QFuture<Result<JobRecord>> acceptJob(const JobRecord &record, const QList<NewAsset> &pictures, const Charge &charge);
    /// The jobs of this store object, after taking over those of processes that are gone; in the order of lanes and positions. Not those of
    /// forgetJobs(). Jobs that cannot be read are left out and reported in the log.
    QFuture<Result<QList<JobRecord>>> adoptJobs();
    /// Takes ended jobs off the list; rows, ledger and pictures stay.
    QFuture<Result<void>> forgetJobs(const QList<qint64> &ids);
    QFuture<Result<JobRecord>> job(qint64 id);
    /// The pictures that go along with a job.
    QFuture<Result<QList<ReferencePicture>>> references(qint64 job);
    /// The median of the last renders of \a model that went well, in milliseconds; -1 without any.
    QFuture<Result<qint64>> medianMilliseconds(const QString &model);

    // Ledger
    /// \a model and \a job (0: none) are for people to read. Atomic over processes.
    QFuture<Result<qint64>> reserve(const Budget &budget, double usd, const QString &model, qint64 job = 0);
    QFuture<Result<void>> charge(qint64 reservation, const Charge &charge);
    /// What \a project has spent on \a day, reservations included.
    QFuture<Result<double>> spentUsd(const QString &project, const QDate &day);
    QFuture<Result<QList<LedgerEntry>>> ledger(const QString &project = {});

    // Pictures
    /// File first, then the row: a crash in between leaves a file that verify() finds, never a row without its file.
    QFuture<Result<AssetRecord>> put(const NewAsset &picture);
    QFuture<Result<AssetRecord>> asset(qint64 id);
    /// The bytes of the original, checked against the digest. NotFound: there is no such file; InvalidInput: it has other bytes; Io: it cannot be read now.
    QFuture<Result<QByteArray>> original(qint64 asset);
    /// The same for a record at hand, at once: reading and checking take a while, so on a pool.
    Result<QByteArray> readOriginal(const AssetRecord &record) const;
    /// Where the original of \a record lies.
    QString originalFile(const AssetRecord &record) const;

    // The whole
    /// integrity_check and every file read again. Files younger than \a graceMs are not called orphans: another process may be about to name them.
    QFuture<Result<QList<StoreFinding>>> verify(qint64 graceMs = 600'000, const StoreProgress &progress = {});

    // The library. Looking: a canceled future is not worked on. Judging: Sync::Normal
    QFuture<Result<QList<qint64>>> ids(const LibraryQuery &query);
    /// The first of ids(query), at most \a most; fewer, even none, where finding them takes as long as finding all. Does not wait for ids().
    QFuture<Result<FirstPictures>> firstIds(const LibraryQuery &query, int most);
    QFuture<Result<QList<LibraryCard>>> cards(const QList<qint64> &ids);
    QFuture<Result<LibraryValues>> values();
    QFuture<Result<JudgementChange>> edit(const QList<qint64> &ids, const JudgementEdit &edit);
    QFuture<Result<JudgementChange>> putBack(const JudgementChange &change);
    /// The rows first, then the files that no other picture names. Returns the pictures that went.  ids: only these, as far as they are in the bin.
    QFuture<Result<QList<qint64>>> emptyBin(const QList<qint64> &ids = {});
    QFuture<Result<void>> setDamaged(const QList<qint64> &ids, bool damaged);
    QFuture<Result<QList<PictureScore>>> scores(qint64 id);
    QFuture<Result<void>> setScores(qint64 id, const QList<PictureScore> &scores);
    QFuture<Result<QList<PickPair>>> picks();
    QFuture<Result<QList<SavedSearch>>> searches();
    QFuture<Result<void>> saveSearch(const SavedSearch &search);
    QFuture<Result<void>> removeSearch(const QString &name);
    QFuture<Result<QList<ComparisonSet>>> comparisons();
    QFuture<Result<ComparisonSet>> saveComparison(const ComparisonSet &set);
    QFuture<Result<void>> removeComparison(qint64 id);
    /// What this process and others have changed after  serial; -1: nothing but the serial of now. Cheap: asked several times a second.
    QFuture<Result<LibraryChanges>> changesSince(qint64 serial, int most = 1000);
    QFuture<Result<std::optional<Thumbnail>>> thumbnail(qint64 asset);  ///< nothing: not made yet
    QFuture<Result<void>> setThumbnail(qint64 asset, const Thumbnail &thumbnail);
    QFuture<Result<QList<qint64>>> withoutThumbnail(int most);
    /// Makes all indices, the one of words too, anew and returns what integrity_check then has to say; empty: all is well.
    QFuture<Result<QStringList>> rebuildIndices();
    /// Damaged libraries that open() kept aside, and that nobody has read back yet.
    QStringList keptAside() const;
    /// Puts a new library in the place of a damaged one, with every row that can still be read, and with those of keptAside(). Minutes for a large one; nothing
    /// can be stored meanwhile, and nothing has changed where it fails or is stopped.
    QFuture<Result<Salvaged>> salvage(const StoreProgress &progress = {});
    /// The picture of \a digest that was made at \a createdAt; 0: none. It tells the same picture of another library.
    QFuture<Result<qint64>> findPicture(const QString &digest, const QDateTime &createdAt);
    /// All pictures whose file has \a digest, newest first, those in the bin too.
    QFuture<Result<QList<qint64>>> picturesOfDigest(const QString &digest);
    /// Pictures that come from elsewhere, with what was said of them and the job that made them (done, off the list): all or nothing.
    QFuture<Result<QList<qint64>>> importPictures(const std::optional<JobRecord> &job, const QList<ReferencePicture> &references,
                                                  const QList<ImportedPicture> &pictures);

    // Routing
    /// Appends a revision and returns it numbered; the last one again when it has the same digest. row.number: the least that it may get. \a basedOn: Refused unless that is the last one, over
    /// all processes.
    QFuture<Result<RevisionRow>> addRevision(const RevisionRow &row, std::optional<qint64> basedOn = {});
    QFuture<Result<QList<RevisionRow>>> revisions(int most = 1000);  ///< newest first
    /// Where a canary stands, and what has led to it: both or neither. Returns it with its serial (and sinceJob, when that was -1).
    QFuture<Result<CanaryRow>> saveCanary(const CanaryRow &row, const std::optional<CanaryEventRow> &event = {});
    QFuture<Result<QList<CanaryRow>>> canaries();
    QFuture<Result<QList<CanaryEventRow>>> canaryEvents(const QString &rule);
    QFuture<Result<QList<AttemptRow>>> attemptsOf(const QString &rule, qint64 sinceJob, int most = 2000);
    QFuture<Result<QList<AttemptRow>>> attemptsSince(const QDateTime &since, int most = 20'000);
    QFuture<Result<QMap<QString, double>>> spentByRule(const QDate &day);
    QFuture<Result<QMap<QString, int>>> decisionsSince(const QDateTime &since);
    QFuture<Result<QList<qint64>>> picturesOf(const QString &model, const QString &rule, qint64 sinceJob);
    /// The newest \a most jobs, those that are only compared and those of other libraries left out; \a policy: decided by the rules of that digest, empty: by any.
    QFuture<Result<QList<JobRecord>>> lastJobs(int most, const QString &policy = {});
    QFuture<Result<void>> markAssets(const QList<qint64> &assets, const QString &mark);
    QFuture<Result<QList<qint64>>> markedAssets(const QString &mark);
    /// Whether what was made last for this request is marked as withdrawn: nobody wants it again.
    QFuture<Result<bool>> isWithdrawn(const QString &requestDigest);
    QFuture<Result<qint64>> pictureOfRequest(const QString &requestDigest);  ///< unmarked, the newest; 0: none
    /// A person chose one picture over another.
    QFuture<Result<void>> addPick(const QDateTime &at, qint64 chosen, qint64 leftOut);

    // Small facts that outlive the process, such as "queue/paused".
    QFuture<Result<QString>> fact(const QString &key);
    QFuture<Result<void>> setFact(const QString &key, const QString &value);

private:
    /// One connection and the thread it lives on.
    struct Side;
    template<typename T>
    using Work = std::function<Result<T>(Database &)>;

    template<typename T>
    QFuture<Result<T>> run(Work<T> work);
    template<typename T>
    QFuture<Result<T>> read(Work<T> work) { return beside(*m_reader, std::move(work)); }
    template<typename T>
    QFuture<Result<T>> readLong(Work<T> work) { return beside(*m_care, std::move(work)); }
    template<typename T>
    QFuture<Result<T>> beside(Side &side, Work<T> work);

    template<typename T>
    void enqueue(const std::shared_ptr<QPromise<Result<T>>> &promise, Work<T> work);
    /// Writes the files on threads of their own, then does the rest in order; the records then say digest and bytes.
    template<typename T>
    QFuture<Result<T>> withFiles(const QList<NewAsset> &pictures, std::function<Result<T>(Database &, const QList<NewAsset> &)> work);

    enum class Writable { NotKnown, Yes, No };
    Result<void> takesPictures();

    QString m_folder;
    std::atomic<Writable> m_writable = Writable::NotKnown;
    QThreadPool m_files;             ///< hashing and fsync of originals
    std::unique_ptr<Side> m_writer;  ///< whatever changes, in order
    std::unique_ptr<Side> m_reader;  ///< what somebody waits for
    std::unique_ptr<Side> m_lists;   ///< lists of all that is found
    std::unique_ptr<Side> m_care;    ///< what takes long
};

} // namespace Galley
