#pragma once

#include "core/base/durable.h"
#include "core/base/result.h"
#include "core/store/store.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace Galley {

/// The connection to library.db and the folder around it. Nothing may be asked before open() has succeeded. Lives on one thread (Store's).
class Database
{
public:
    static constexpr int schemaVersion = 3;

    enum class Access {
        Write,
        Read  ///< beside a Write one that has been opened before: makes, changes and locks nothing
    };

    explicit Database(const QString &folder, Access access = Access::Write);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Once; later calls give the same answer, unless that was a failure: then it is tried again. When the file has been taken away under it, what is
    /// still open is written there again (Write), or what lies there now is opened.
    Result<StoreOpened> open();
    QString folder() const { return m_folder; }
    /// Who owns the jobs that are added here: a word that no other store object has. Its lock is held until the end.
    QString owner() const { return m_owner; }
    /// Whether the process that owned \a owner's jobs has gone.
    bool isOwnerGone(const QString &owner) const;

    /// Runs \a work between BEGIN IMMEDIATE and COMMIT; rolls back when it fails. Waits for other processes.
    template<typename Work>
    auto transaction(Store::Sync sync, Work work) -> std::invoke_result_t<Work>
    {
        if (const auto begun = begin(sync); !begun)
            return fail(begun.error());
        auto result = work();
        if (!result) {
            rollback();
            return result;
        }
        if (const auto ended = commit(); !ended)
            return fail(ended.error());
        return result;
    }

    /// Prepares \a sql, binds \a values in order and runs it. The caller steps through the rows.
    Result<QSqlQuery> query(const QString &sql, const QVariantList &values = {});
    /// The first column of all rows, as ids.
    Result<QList<qint64>> ids(const QString &sql, const QVariantList &values = {});
    /// query() for statements without rows; returns the id of an inserted row.
    Result<qint64> execute(const QString &sql, const QVariantList &values = {});
    /// Whatever integrity_check has to say, or what kept it from saying anything; empty: all is well.
    Result<QStringList> integrityProblems();
    /// Whether a statement failed because of the values of one row, and not because of the file.
    static bool isAboutOneRow(const Error &error);
    static bool isDamage(const Error &error);

    /// Damaged files of \a folder that open() moved out of the way, oldest first.
    static QStringList keptAside(const QString &folder);
    /// Makes library.db of a folder from the files that it is given, oldest first.
    using Build = std::function<Result<void>(const QStringList &sources, const QString &folder)>;
    /// Puts what \a build makes of keptAside() and this file in this file's place, and keeps all of them under the names that it returns. Nobody else writes
    /// meanwhile. Where anything fails, everything is as it was.
    Result<QStringList> replace(const Build &build);

private:
    Result<StoreOpened> openFile();
    Result<StoreOpened> openOnce();
    Result<StoreOpened> openBeside();
    Result<StoreOpened> openLocked();
    bool wasTakenAway() const;
    Result<StoreOpened> reopen();
    Result<void> rescue();
    QString rescueLock() const;
    enum class Mode { Write, Read, Immutable };
    Result<int> userVersion();
    Result<void> connect(Mode mode);
    void disconnect();
    Result<void> migrate();
    Result<StoreOpened> keepAside(const Error &why);
    void undoCutOff();
    Result<QStringList> putInPlace(const QString &fresh, QStringList sources);
    Result<void> begin(Store::Sync sync);
    Result<void> beginHere(Store::Sync sync);
    Result<void> commit();
    void rollback();
    Error errorOf(const QSqlError &error) const;

    QString m_folder;
    QString m_file;
    QString m_owner;
    QString m_connection;
    Access m_access;
    std::optional<std::pair<quint64, quint64>> m_identity;  ///< device and inode of what was opened
    ProcessLock m_lock;
    QSqlDatabase m_database;
    std::optional<StoreOpened> m_opened;
    Store::Sync m_sync = Store::Sync::Full;
};

/// Milliseconds since the epoch, or NULL.
QVariant timeValue(const QDateTime &time);
QDateTime timeFromValue(const QVariant &value);

} // namespace Galley
