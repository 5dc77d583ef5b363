#pragma once

#include "core/store/database.h"
#include "core/store/libraryquery.h"

namespace Galley {

/// The SQL of looking through the library and of judging its pictures; on one of the store's threads.
namespace LibraryTable {

Result<QList<qint64>> ids(Database &database, const LibraryQuery &query);
/// The beginning of ids(), as far as it is found in a fraction of the time.
Result<FirstPictures> firstIds(Database &database, const LibraryQuery &query, int most);
/// In brackets, as IN wants them.
QString idList(const QList<qint64> &ids);
/// In the order of \a ids; those that are gone are left out.
Result<QList<LibraryCard>> cards(Database &database, const QList<qint64> &ids);
Result<LibraryValues> values(Database &database);

/// All inside a transaction of the caller. \a now: when what is thrown away was.
Result<JudgementChange> edit(Database &database, const QList<qint64> &ids, const JudgementEdit &edit, const QDateTime &now);
Result<JudgementChange> putBack(Database &database, const JudgementChange &change);
Result<void> setJudgement(Database &database, qint64 id, const Judgement &judgement);
/// Takes the rows of the bin away and returns their files, some of which other pictures may have as well. \a ids: only these.
Result<QList<LibraryCard>> dropBin(Database &database, const QList<qint64> &ids);
Result<bool> isFileNamed(Database &database, const QString &digest);
Result<void> setDamaged(Database &database, const QList<qint64> &ids, bool damaged);

Result<QList<PictureScore>> scores(Database &database, qint64 id);
Result<void> setScores(Database &database, qint64 id, const QList<PictureScore> &scores);
Result<QList<PickPair>> picks(Database &database);

/// What has changed after \a serial; at most \a most pictures are named, more of them are none (everything may have changed).
Result<LibraryChanges> changesSince(Database &database, qint64 serial, int most);

} // namespace LibraryTable

/// \a text as people type it, for FTS5: words that must be there, and words of which none may be. Either may be empty.
struct SearchTerms
{
    QString wanted;
    QString unwanted;

    bool operator==(const SearchTerms &) const = default;
};
SearchTerms searchTerms(const QString &text);

} // namespace Galley
