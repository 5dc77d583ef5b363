#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <utility>

namespace Galley {

/// Calls \a fn with the finished \a future on \a guard's thread; never when \a guard has died before.
///
/// QFuture::then(context, …) of Qt 6.4 asserts when its context is gone; here the watcher belongs to the guard, so that a
/// closed widget simply takes its callback with it. Must be called on guard's thread.
template<typename T, typename Function>
void onFinished(const QFuture<T> &future, QObject *guard, Function fn)
{
    auto *watcher = new QFutureWatcher<T>(guard);
    QObject::connect(watcher, &QFutureWatcherBase::finished, guard, [watcher, fn = std::move(fn)]() mutable {
        watcher->deleteLater();
        fn(watcher->future());
    });
    watcher->setFuture(future);
}

/// Runs \a fn on \a pool; the arguments are whatever the closure copied.
template<typename Function>
auto runOn(QThreadPool *pool, Function &&fn)
{
    return QtConcurrent::run(pool, std::forward<Function>(fn));
}

/// A future that is finished already.
template<typename T>
QFuture<T> readyFuture(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

} // namespace Galley
