#include "core/store/thumbnailtable.h"

namespace Galley {

Result<std::optional<Thumbnail>> ThumbnailTable::read(Database &database, qint64 asset)
{
    auto row = database.query(QStringLiteral("SELECT format, bytes, problem FROM thumbnails WHERE asset = ?"), {asset});
    if (!row)
        return fail(row.error());
    if (!row->next())
        return std::optional<Thumbnail>();
    return std::optional(Thumbnail{row->value(0).toByteArray(), row->value(1).toByteArray(), row->value(2).toString()});
}

Result<void> ThumbnailTable::write(Database &database, qint64 asset, const Thumbnail &thumbnail)
{
    const auto written = database.execute(QStringLiteral("INSERT OR REPLACE INTO thumbnails (asset, format, bytes, problem) SELECT id, ?, ?, ? FROM assets WHERE id = ?"),
                                          {QString::fromLatin1(thumbnail.format), thumbnail.bytes, thumbnail.problem, asset});
    return written ? Result<void>() : fail(written.error());
}

Result<void> ThumbnailTable::dropFailed(Database &database, const QList<qint64> &assets)
{
    for (const qint64 asset : assets) {
        const auto dropped = database.execute(QStringLiteral("DELETE FROM thumbnails WHERE asset = ? AND length(bytes) = 0"), {asset});
        if (!dropped)
            return fail(dropped.error());
    }
    return {};
}

Result<QList<qint64>> ThumbnailTable::missing(Database &database, int most)
{
    return database.ids(QStringLiteral("SELECT id FROM assets WHERE id NOT IN (SELECT asset FROM thumbnails INDEXED BY thumbnails_asset) "
                                       "ORDER BY id DESC LIMIT ?"), {most});
}

} // namespace Galley
