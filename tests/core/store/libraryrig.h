#pragma once

#include "core/store/store.h"
#include "tests/core/store/samplejob.h"

#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace Galley {

/// A library in a real file, new for each test, and pictures for it.
class LibraryRig
{
protected:
    void begin()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<Store>(m_folder->path());
    }
    void end()
    {
        m_store.reset();
        m_folder.reset();
    }

    /// A picture of which every member depends on \a number. Returns its id; -1: it was not taken.
    qint64 put(int number, const std::function<void(AssetRecord &)> &change = {});
    QList<qint64> ids(const LibraryQuery &query = {}) { return wait(m_store->ids(query)).value_or(QList<qint64>{-1}); }
    LibraryCard card(qint64 id) { return wait(m_store->cards({id}))->value(0); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
};

} // namespace Galley
