#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <unordered_map>
#include <utility>

namespace Galley::Diffusion {

/// Keeps the values that were asked for last, at most \a capacity of them. Not thread-safe.
template<class Value>
class Lru
{
public:
    explicit Lru(std::size_t capacity)
        : m_capacity(capacity)
    {
    }

    /// Null when absent; valid until the next insert().
    const Value *find(const std::string &key)
    {
        const auto found = m_index.find(key);
        if (found == m_index.end())
            return nullptr;
        m_items.splice(m_items.begin(), m_items, found->second);
        return &found->second->second;
    }

    const Value &insert(const std::string &key, Value value)
    {
        if (const auto found = m_index.find(key); found != m_index.end()) {
            m_items.erase(found->second);
            m_index.erase(found);
        }
        m_items.emplace_front(key, std::move(value));
        m_index[key] = m_items.begin();
        if (m_items.size() > m_capacity) {
            m_index.erase(m_items.back().first);
            m_items.pop_back();
        }
        return m_items.front().second;
    }

    void clear()
    {
        m_index.clear();
        m_items.clear();
    }

    std::size_t size() const { return m_items.size(); }

private:
    using Item = std::pair<std::string, Value>;

    std::size_t m_capacity;
    std::list<Item> m_items;
    std::unordered_map<std::string, typename std::list<Item>::iterator> m_index;
};

} // namespace Galley::Diffusion
