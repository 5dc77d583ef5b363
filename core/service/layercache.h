#pragma once

#include "core/render/renderengine.h"

#include <QHash>

#include <list>

namespace Galley {

/// Finished layers by the digest of their request; the least recently used go first when \a maxBytes is exceeded. Not thread-safe.
class LayerCache
{
public:
    explicit LayerCache(qint64 maxBytes = 64 * 1024 * 1024);

    /// The layer, which becomes the most recently used; null when it is not there. Valid until the next insert().
    const RenderResult *find(const QString &key);
    void insert(const QString &key, const RenderResult &result);

    qint64 bytes() const { return m_bytes; }
    int count() const { return int(m_entries.size()); }

private:
    struct Entry
    {
        QString key;
        RenderResult result;
    };

    std::list<Entry> m_order;  ///< most recently used first
    QHash<QString, std::list<Entry>::iterator> m_entries;
    qint64 m_maxBytes;
    qint64 m_bytes = 0;
};

} // namespace Galley
