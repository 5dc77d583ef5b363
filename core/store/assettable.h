#pragma once

#include "core/store/database.h"

namespace Galley {

/// Originals as files named by digest, and the SQL of their rows; on the store's thread.
namespace AssetTable {

/// "originals/ab/<digest>.png"
QString relativeFile(const QString &digest, const QByteArray &mediaType);
/// Brings the file to disk, unless it is there already with the same bytes, and fills digest and bytes of the record. Outside of a transaction.
Result<AssetRecord> writeFile(const QString &folder, const NewAsset &picture);
/// The row; inside a transaction of the caller, after writeFile().
Result<qint64> insert(Database &database, const AssetRecord &record);
Result<AssetRecord> read(Database &database, qint64 id);
Result<QByteArray> readFile(const QString &folder, const AssetRecord &record);
Result<QList<StoreFinding>> verify(Database &database, qint64 graceMs);

} // namespace AssetTable

} // namespace Galley
