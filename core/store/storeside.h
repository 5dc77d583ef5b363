#pragma once

#include "core/store/assettable.h"
#include "core/store/database.h"
#include "core/store/store.h"

#include <QPromise>

#include <memory>

namespace Galley {

/// A connection and its thread, which lives as long as the store: a connection belongs to its thread.
struct Store::Side
{
    Side(const QString &folder, Database::Access access)
        : database(std::make_unique<Database>(folder, access))
    {
        thread.setMaxThreadCount(1);
        thread.setExpiryTimeout(-1);
    }
    ~Side() { stop(); }

    /// Ends what was asked, then the connection, where it lives.
    void stop()
    {
        thread.start([this] { database.reset(); });
        thread.waitForDone();
    }

    std::unique_ptr<Database> database;  ///< touched on its thread only
    QThreadPool thread;
};

template<typename T>
QFuture<Result<T>> Store::run(Work<T> work)
{
    // Not QtConcurrent::run(): whoever waits for its future may run the work on the waiting thread, and a connection belongs to one thread.
    const auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    enqueue<T>(promise, std::move(work));
    return promise->future();
}

template<typename T>
void Store::enqueue(const std::shared_ptr<QPromise<Result<T>>> &promise, Work<T> work)
{
    m_writer->thread.start([this, promise, work = std::move(work)] {
        const auto opened = m_writer->database->open();
        if (opened)
            m_writable = opened->readOnly ? Writable::No : Writable::Yes;
        promise->addResult(opened ? work(*m_writer->database) : Result<T>(fail(opened.error())));
        promise->finish();
    });
}

/// The writing connection comes first: it makes the file and brings it up to date.
template<typename T>
QFuture<Result<T>> Store::beside(Side &side, Work<T> work)
{
    const auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    side.thread.start([this, &side, promise, work = std::move(work)] {
        if (!promise->isCanceled()) {
            const Result<StoreOpened> ready = m_writable == Writable::NotKnown ? open().result() : Result<StoreOpened>(StoreOpened());
            const auto opened = ready ? side.database->open() : ready;
            promise->addResult(opened ? work(*side.database) : Result<T>(fail(opened.error())));
        }
        promise->finish();
    });
    return promise->future();
}

/// Hashing and bringing files to disk takes longer than everything else: jobs that wait to be sent do not wait for it.
template<typename T>
QFuture<Result<T>> Store::withFiles(const QList<NewAsset> &pictures, std::function<Result<T>(Database &, const QList<NewAsset> &)> work)
{
    const auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    m_files.start([this, promise, pictures, work = std::move(work)] {
        // Once it is known to be open this costs nothing; a file that no row will ever name is not written.
        const auto writable = takesPictures();
        const Result<QList<NewAsset>> written = writable ? AssetTable::writeFiles(m_folder, pictures) : fail(writable.error());
        enqueue<T>(promise, [written, work](Database &database) -> Result<T> {
            return written ? work(database, *written) : Result<T>(fail(written.error()));
        });
    });
    return promise->future();
}

} // namespace Galley
