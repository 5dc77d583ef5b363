#include "core/service/layercache.h"

namespace Galley {

LayerCache::LayerCache(qint64 maxBytes)
    : m_maxBytes(maxBytes)
{}

const RenderResult *LayerCache::find(const QString &key)
{
    const auto found = m_entries.constFind(key);
    if (found == m_entries.cend())
        return nullptr;
    m_order.splice(m_order.begin(), m_order, *found);
    return &m_order.front().result;
}

void LayerCache::insert(const QString &key, const RenderResult &result)
{
    const auto found = m_entries.constFind(key);
    if (found != m_entries.cend()) {
        m_bytes -= (*found)->result.image.sizeInBytes();
        m_order.erase(*found);
        m_entries.erase(found);
    }
    m_order.push_front({key, result});
    m_entries.insert(key, m_order.begin());
    m_bytes += result.image.sizeInBytes();
    while (m_bytes > m_maxBytes) {
        m_bytes -= m_order.back().result.image.sizeInBytes();
        m_entries.remove(m_order.back().key);
        m_order.pop_back();
    }
}

} // namespace Galley
