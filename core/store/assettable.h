#pragma once

#include "core/store/database.h"

namespace Galley {

/// Originals as files named by digest, and the SQL of their rows; on the store's thread.
namespace AssetTable {

/// "originals/ab/<digest>.png"
QString relativeFile(const QString &digest, const QByteArray &mediaType);
/// Brings the file to disk, unless it is there already with the same bytes, and fills digest and bytes of the record. Outside of a transaction.
Result<AssetRecord> writeFile(const QString &folder, const NewAsset &picture);
/// The same for several; their records then say digest and bytes.
Result<QList<NewAsset>> writeFiles(const QString &folder, QList<NewAsset> pictures);
/// The row; inside a transaction of the caller, after writeFile(), whose record it takes: writes the file once more where it has been deleted with a bin
/// since then.
Result<qint64> insert(Database &database, const NewAsset &picture);
Result<AssetRecord> read(Database &database, qint64 id);
/// NotFound: there is no such file; InvalidInput: it has other bytes; Io: it cannot be read now.
Result<QByteArray> readFile(const QString &folder, const AssetRecord &record);
/// Whether a row could be added now: what costs money is not asked for while nothing can be stored. Inside a transaction; leaves nothing behind.
Result<void> tryInsert(Database &database);
/// Reads in pieces, so that a long look keeps nobody from writing.
Result<QList<StoreFinding>> verify(Database &database, qint64 graceMs, const StoreProgress &progress);

} // namespace AssetTable

} // namespace Galley
