#include "core/store/database.h"

#include "core/base/log.h"
#include "core/store/salvage.h"
#include "core/store/schema.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QUrl>
#include <QUuid>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <iterator>

namespace Galley {

namespace {

// SQLite's own numbers of what went wrong, as Qt hands them out.
constexpr int sqliteBusy = 5;
constexpr int sqliteLocked = 6;
constexpr int sqliteCorrupt = 11;
constexpr int sqliteIo = 10;
constexpr int sqliteFull = 13;
constexpr int sqliteProtocol = 15;
constexpr int sqliteConstraint = 19;
constexpr int sqliteMismatch = 20;
constexpr int sqliteNotADatabase = 26;

constexpr int busyTimeoutMs = 30'000;
constexpr int readCacheKb = 48'000;
constexpr int writeCacheKb = 16'000;
constexpr int rescueWaitMs = 300'000;  ///< for another process that writes a large library anew
constexpr int busyRounds = 4;  ///< times that a busy_timeout is waited out before people hear of it

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Store", text);
}

QString noLocksSentence(const QString &folder)
{
    return tr("The folder %1 takes no locks, so that the library cannot be used there. Move it to a local disk.").arg(folder);
}

QString busySentence(const QString &file)
{
    return tr("Another Galley is writing the library %1 anew. Try again once it has.").arg(file);
}

QString unwritableSentence(const QString &folder, const ProcessLock &lock)
{
    return tr("The folder %1 of the library cannot be written: %2. Free some space or check its permissions.")
        .arg(folder, QString::fromLocal8Bit(std::strerror(lock.reason())));
}

/// What lies there from a rescue that was cut off may be all that is left of a library: it is numbered, never deleted.
bool putAside(const QString &file)
{
    if (!QFileInfo::exists(file))
        return true;
    for (int number = 1;; ++number) {
        const QString aside = QStringLiteral("%1-%2").arg(file).arg(number);
        if (!QFileInfo::exists(aside))
            return QFile::rename(file, aside);
    }
}

int nativeCode(const QSqlError &error)
{
    return error.nativeErrorCode().toInt() & 0xff;  // extended codes hold the plain one in their low byte
}

/// Qt binds a null QString as NULL; an empty text is an empty text here. NULL is asked for with another type.
QVariant notNull(const QVariant &value)
{
    if (value.typeId() == QMetaType::QString && value.toString().isNull())
        return QStringLiteral("");
    if (value.typeId() == QMetaType::QByteArray && value.toByteArray().isNull())
        return QByteArray("");
    return value;
}

bool isBusy(const QSqlError &error)
{
    return nativeCode(error) == sqliteBusy || nativeCode(error) == sqliteLocked;
}

/// Whether a file system that takes no locks is the reason: "locking protocol", or an I/O error of a lock or of shared memory.
bool isAboutLocks(const QSqlError &error)
{
    const int extended = error.nativeErrorCode().toInt();
    constexpr int ioErrorsOfLocks[] = {8, 9, 14, 15, 20, 21};  // UNLOCK, RDLOCK, CHECKRESERVEDLOCK, LOCK, SHMLOCK, SHMMAP
    return nativeCode(error) == sqliteProtocol
           || (nativeCode(error) == sqliteIo
               && std::find(std::begin(ioErrorsOfLocks), std::end(ioErrorsOfLocks), extended >> 8) != std::end(ioErrorsOfLocks));
}

/// FULL, or shared memory that found no room to grow.
bool isFull(const QSqlError &error)
{
    constexpr int ioErrorOfShmSize = 19;
    return nativeCode(error) == sqliteFull || (nativeCode(error) == sqliteIo && error.nativeErrorCode().toInt() >> 8 == ioErrorOfShmSize);
}

/// What SQLite keeps beside a file. It goes first: a new file of the old name must not find it.
bool renameBeside(const QString &from, const QString &to)
{
    for (const char *suffix : {"-wal", "-shm"}) {
        const QString part = from + QString::fromLatin1(suffix);
        if (QFileInfo::exists(part) && !QFile::rename(part, to + QString::fromLatin1(suffix)))
            return false;
    }
    return true;
}

bool renameWhole(const QString &from, const QString &to)
{
    return renameBeside(from, to) && (!QFileInfo::exists(from) || QFile::rename(from, to));
}

QString timestamp()
{
    return QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmsszzz"));
}

const QString asideMark = QStringLiteral(".damaged-");
const QString salvagedMark = QStringLiteral(".salvaged-");

std::optional<std::pair<quint64, quint64>> identityOf(const QString &file)
{
    struct stat named = {};
    if (::stat(QFile::encodeName(file).constData(), &named) != 0)
        return {};
    return std::pair<quint64, quint64>(named.st_dev, named.st_ino);
}

} // namespace

bool Database::isDamage(const Error &error)
{
    const int code = error.serviceCode.toInt() & 0xff;
    return code == sqliteCorrupt || code == sqliteNotADatabase;
}

bool Database::isAboutOneRow(const Error &error)
{
    const int code = error.serviceCode.toInt() & 0xff;
    return code == sqliteConstraint || code == sqliteMismatch;
}

Database::Database(const QString &folder, Access access)
    : m_folder(folder)
    , m_file(folder + QStringLiteral("/library.db"))
    , m_owner(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_connection(QStringLiteral("galley-store-") + m_owner)
    , m_access(access)
    , m_lock(folder + QStringLiteral("/owners/") + m_owner)
{}

Database::~Database()
{
    disconnect();
}

bool Database::isOwnerGone(const QString &owner) const
{
    if (owner == m_owner)
        return false;
    // The name comes from the database: it must not lead out of the folder.
    if (owner.contains(QLatin1Char('/')) || owner.startsWith(QLatin1Char('.')))
        return true;
    const QString file = m_folder + QStringLiteral("/owners/") + owner;
    return !QFileInfo::exists(file) || ProcessLock(file).tryLock();
}

QString Database::rescueLock() const
{
    return m_folder + QStringLiteral("/owners/rescuing");
}

Error Database::errorOf(const QSqlError &error) const
{
    Error result{ErrorCode::Io, {}, error.text()};
    result.serviceCode = error.nativeErrorCode();
    if (isAboutLocks(error)) {
        result.message = noLocksSentence(m_folder);
        return result;
    }
    if (isFull(error)) {
        result.message = tr("The disk that holds the library %1 is full. Free some space, then try again.").arg(m_file);
        return result;
    }
    switch (nativeCode(error)) {
    case sqliteBusy:
    case sqliteLocked:
        result.message = tr("The library %1 is locked by another program. Close what has it open, then try again.").arg(m_file);
        break;
    case sqliteCorrupt:
    case sqliteNotADatabase:
        result.message = tr("The library %1 is damaged. Repair it, in the menu of the library or with \"galley library repair\": whatever can still be read is brought back, and the pictures' own files are not touched.").arg(m_file);
        break;
    default:
        result.message = tr("The library %1 cannot be used: %2. Check the folder's permissions, and whether its disk works and has some space left.").arg(m_file, error.databaseText());
    }
    return result;
}

Result<StoreOpened> Database::open()
{
    if (m_opened && !wasTakenAway())
        return *m_opened;
    auto opened = m_opened ? reopen() : m_access == Access::Read ? openBeside() : openOnce();
    if (!opened && isDamage(opened.error()) && m_access == Access::Write)
        opened = keepAside(opened.error());
    if (opened) {
        m_opened = *opened;
    } else {
        m_opened.reset();
        disconnect();
    }
    return opened;
}

/// Whether the name leads to another file than the one that is open, or to none: whatever were written would be gone with the process.
bool Database::wasTakenAway() const
{
    return !m_identity || identityOf(m_file) != m_identity;
}

Result<StoreOpened> Database::reopen()
{
    if (m_access == Access::Read) {
        disconnect();
        return openBeside();
    }
    // Whoever finds no lock of this owner takes its jobs: it is held on, and where its file went with the folder, it is there before a library is.
    if (!m_lock.isInPlace()) {
        m_lock.unlock();
        m_lock.tryLock();
    }
    const auto rescued = QFileInfo::exists(m_file) ? Result<void>() : rescue();
    disconnect();
    auto opened = openOnce();
    if (opened) {
        opened->notice = rescued ? tr("The library %1 was deleted or replaced while Galley was running. It goes on with what lies there now.").arg(m_file)
                                 : tr("The library %1 was deleted while Galley was running, and a new one has begun: %2").arg(m_file, rescued.error().message);
        logMessage(LogLevel::Error, opened->notice);
    }
    return opened;
}

/// Writes what is still open to where it was: complete and on disk before it gets its name. One process does it, the others wait and find its file.
Result<void> Database::rescue()
{
    QDir().mkpath(m_folder);
    ProcessLock rescuing(rescueLock());
    if (!rescuing.lock(rescueWaitMs))
        return fail(ErrorCode::Io, rescuing.hasNoFile() ? unwritableSentence(m_folder, rescuing) : busySentence(m_file));
    if (QFileInfo::exists(m_file))
        return {};
    const QString copy = m_file + QStringLiteral(".rescue");
    if (!putAside(copy))
        return fail(ErrorCode::Io, tr("The file %1 is in the way and cannot be renamed. Check the folder's permissions.").arg(copy));
    // What belonged to the old file would be taken for the new one's.
    for (const char *suffix : {"-wal", "-shm"})
        QFile::remove(m_file + QString::fromLatin1(suffix));
    if (const auto written = execute(QStringLiteral("VACUUM INTO ?"), {copy}); !written)
        return fail(written.error());
    if (!QFile::rename(copy, m_file))
        return fail(ErrorCode::Io, tr("The library %1 cannot be written. Check the folder's permissions and the disk.").arg(m_file));
    return {};
}

/// Locks are tried before anything else: a drive that takes none may say yes to SQLite and lose data.
Result<StoreOpened> Database::openOnce()
{
    if (!QDir().mkpath(m_folder)) {
        return fail(ErrorCode::Io, tr("The folder %1 for the library cannot be made. Free some space or check the permissions of the folder above it.").arg(m_folder));
    }
    if (!QFileInfo(m_folder).isWritable())
        return openLocked();
    if (!m_lock.tryLock())
        return fail(ErrorCode::Io, m_lock.hasNoFile() ? unwritableSentence(m_folder, m_lock) : noLocksSentence(m_folder));
    // A new file begins only while nobody writes a rescued one to its place.
    ProcessLock rescuing(rescueLock());
    if (!QFileInfo::exists(m_file) && !rescuing.lock(rescueWaitMs))
        return fail(ErrorCode::Io, rescuing.hasNoFile() ? unwritableSentence(m_folder, rescuing) : busySentence(m_file));
    undoCutOff();
    if (const auto connected = connect(Mode::Write); !connected)
        return fail(connected.error());
    const auto version = userVersion();
    if (!version)
        return fail(version.error());
    if (*version > schemaVersion) {
        if (const auto connected = connect(Mode::Read); !connected)
            return fail(connected.error());
        return StoreOpened{*version, true,
                           tr("The library %1 was written by a newer Galley. It can be looked at but nothing can be stored; install that version to go on.")
                               .arg(m_file),
                           {}};
    }
    for (const char *pragma : {"PRAGMA journal_mode = WAL", "PRAGMA foreign_keys = ON", "PRAGMA synchronous = FULL"}) {
        if (const auto done = execute(QString::fromLatin1(pragma)); !done)
            return fail(done.error());
    }
    m_sync = Store::Sync::Full;
    if (const auto migrated = migrate(); !migrated)
        return fail(migrated.error());
    return StoreOpened{schemaVersion, false, {}, {}};
}

/// A repair that was killed has left the file under two names, and what SQLite keeps beside it under the second.
void Database::undoCutOff()
{
    for (const QString &aside : keptAside(m_folder)) {
        ProcessLock rescuing(rescueLock());
        if (identityOf(aside) != identityOf(m_file) || !rescuing.tryLock())
            continue;
        if (QFileInfo::exists(m_file + QStringLiteral("-wal")) || renameBeside(aside, m_file))
            QFile::remove(aside);
    }
}

/// In a folder that cannot be written: SQLite needs files beside its own, unless it may take for granted that nobody writes.
Result<StoreOpened> Database::openLocked()
{
    const QString sentence = tr("The folder %1 cannot be written.").arg(m_folder) + QLatin1Char(' ');
    if (!QFileInfo::exists(m_file))
        return fail(ErrorCode::Io, sentence + tr("Check its permissions, so that a library can begin there."));
    auto version = connect(Mode::Read) ? userVersion() : fail(ErrorCode::Io, QString());
    if (!version && QFileInfo(m_file + QStringLiteral("-wal")).size() == 0)
        version = connect(Mode::Immutable) ? userVersion() : version;
    if (!version || *version < schemaVersion)
        return fail(ErrorCode::Io, sentence + tr("Its library has to be brought up to date first: check the folder's permissions."));
    return StoreOpened{*version, true, sentence + tr("The library can be looked at but nothing can be stored; check the folder's permissions."), {}};
}

/// The Write connection has been opened before, so that the file is there and of this schema, or of a newer one.
Result<StoreOpened> Database::openBeside()
{
    const bool isWritable = QFileInfo(m_folder).isWritable();
    if (!isWritable) {
        if (auto opened = openLocked())
            return opened;
    }
    if (const auto connected = connect(Mode::Read); !connected)
        return fail(connected.error());
    const auto version = userVersion();
    return version ? Result<StoreOpened>(StoreOpened{*version, true, {}, {}}) : fail(version.error());
}

Result<void> Database::connect(Mode mode)
{
    disconnect();
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyTimeoutMs);
    m_database.setDatabaseName(m_file);
    if (mode != Mode::Write)
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    if (mode == Mode::Immutable) {
        options += QStringLiteral(";QSQLITE_OPEN_URI");
        m_database.setDatabaseName(QString::fromLatin1(QUrl::fromLocalFile(m_file).toEncoded()) + QStringLiteral("?immutable=1"));
    }
    m_database.setConnectOptions(options);
    m_identity = identityOf(m_file);  // asked before: a file that is exchanged in between is found to be another
    if (!m_database.open())
        return fail(errorOf(m_database.lastError()));
    if (!m_identity)
        m_identity = identityOf(m_file);
    // SQLite's own 2 MB hold less than the index that a library of 100,000 pictures is looked through by.
    const auto cached = execute(QStringLiteral("PRAGMA cache_size = -%1").arg(m_access == Access::Read ? readCacheKb : writeCacheKb));
    return cached ? Result<void>() : fail(cached.error());
}

void Database::disconnect()
{
    if (!m_database.isValid())
        return;
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<int> Database::userVersion()
{
    auto version = query(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return fail(version.error());
    return version->next() ? version->value(0).toInt() : 0;
}

/// One transaction for all steps: killed in the middle, the file is as it was. The version is read again inside, since another process may have
/// been first.
Result<void> Database::migrate()
{
    if (const auto version = userVersion(); !version || *version == schemaVersion)
        return version ? Result<void>() : fail(version.error());
    return transaction(Store::Sync::Full, [&]() -> Result<void> {
        const auto version = userVersion();
        if (!version)
            return fail(version.error());
        for (int step = *version; step < schemaVersion; ++step) {
            for (const QString &sql : schemaStep(step)) {
                if (const auto done = execute(sql); !done)
                    return fail(done.error());
            }
        }
        const auto done = execute(QStringLiteral("PRAGMA user_version = %1").arg(schemaVersion));
        return done ? Result<void>() : fail(done.error());
    });
}

/// Moves a damaged file out of the way, never deletes it, and begins a new one. Of two processes one does it; the other finds a good file.
Result<StoreOpened> Database::keepAside(const Error &why)
{
    disconnect();
    ProcessLock moving(m_folder + QStringLiteral("/owners/moving-aside"));
    if (!moving.tryLock())
        return fail(why);
    if (auto again = openOnce(); again || !isDamage(again.error()))
        return again;
    disconnect();
    const QString aside = m_file + asideMark + timestamp();
    if (!renameWhole(m_file, aside))
        return fail(ErrorCode::Io, tr("The library %1 is damaged and cannot be moved aside. Check the folder's permissions.").arg(m_file), why.detail);
    logMessage(LogLevel::Error, QStringLiteral("%1: %2; kept as %3").arg(m_file, why.detail, aside));
    auto fresh = openOnce();
    if (const auto above = fresh ? beginAbove(*this, aside) : Result<void>(); !above)
        return fail(above.error());
    if (fresh) {
        fresh->keptAside = aside;
        fresh->notice = tr("The library was damaged. It is kept as %1, and a new one has begun; the pictures' own files are all still there. Repair, in the menu of the library, brings back what can still be read.").arg(aside);
    }
    return fresh;
}

QStringList Database::keptAside(const QString &folder)
{
    QStringList files;
    const QStringList names = QDir(folder).entryList({QStringLiteral("library.db") + asideMark + QLatin1Char('*')}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        if (!name.endsWith(QLatin1String("-wal")) && !name.endsWith(QLatin1String("-shm")))
            files.append(folder + QLatin1Char('/') + name);
    }
    return files;
}

Result<QStringList> Database::replace(const Build &build)
{
    ProcessLock rescuing(rescueLock());
    if (!rescuing.lock(rescueWaitMs))
        return fail(ErrorCode::Io, rescuing.hasNoFile() ? unwritableSentence(m_folder, rescuing) : busySentence(m_file));
    // Another window's writing waits here; what it then finds has the new file's name, and it begins again there. Damage may keep this from being had.
    if (const auto begun = begin(Store::Sync::Full); !begun && !isDamage(begun.error()))
        return fail(begun.error());
    const QString folder = m_folder + QStringLiteral("/salvage");
    QDir(folder).removeRecursively();
    const QStringList aside = keptAside(m_folder);
    const QStringList sources = aside + QStringList{m_file};
    const auto built = build(sources, folder);
    auto placed = built ? putInPlace(folder + QStringLiteral("/library.db"), aside) : Result<QStringList>(fail(built.error()));
    rollback();
    QDir(folder).removeRecursively();
    if (!placed)
        return placed;
    disconnect();
    m_opened.reset();
    const auto opened = open();
    return opened ? placed : fail(opened.error());
}

/// The old file has a second name before the new one takes its first: at every moment there is a library. Cut off in between, it is put together again
/// (undoCutOff()).
Result<QStringList> Database::putInPlace(const QString &fresh, QStringList sources)
{
    if (const auto durable = syncDurably(fresh); !durable)
        return fail(durable.error());
    const QString old = m_file + asideMark + timestamp();
    const bool isNamed = ::link(QFile::encodeName(m_file).constData(), QFile::encodeName(old).constData()) == 0;
    if (!isNamed || !renameBeside(m_file, old) || ::rename(QFile::encodeName(fresh).constData(), QFile::encodeName(m_file).constData()) != 0) {
        const QString reason = QString::fromLocal8Bit(std::strerror(errno));
        renameBeside(old, m_file);
        QFile::remove(old);
        return fail(ErrorCode::Io, tr("The library %1 cannot be written. Check the folder's permissions and the disk.").arg(m_file), reason);
    }
    if (const auto durable = syncDurably(m_file); !durable)
        return fail(durable.error());
    sources.append(old);
    for (QString &source : sources) {
        const QString kept = QString(source).replace(asideMark, salvagedMark);
        if (renameWhole(source, kept))
            source = kept;
    }
    return sources;
}

Result<void> Database::begin(Store::Sync sync)
{
    if (const auto begun = beginHere(sync); !begun || !m_opened || !wasTakenAway())
        return begun;
    // A repair in another window put a new file in its place while this one waited for its turn.
    rollback();
    const auto opened = open();
    return opened ? beginHere(sync) : fail(opened.error());
}

Result<void> Database::beginHere(Store::Sync sync)
{
    if (m_opened && m_opened->readOnly)
        return fail(ErrorCode::Unsupported, m_opened->notice);
    if (sync != m_sync) {
        const auto set = execute(sync == Store::Sync::Full ? QStringLiteral("PRAGMA synchronous = FULL") : QStringLiteral("PRAGMA synchronous = NORMAL"));
        if (!set)
            return fail(set.error());
        m_sync = sync;
    }
    // IMMEDIATE: a transaction that began with reading and then finds that another process has written could only fail.
    const auto begun = execute(QStringLiteral("BEGIN IMMEDIATE"));
    return begun ? Result<void>() : fail(begun.error());
}

Result<void> Database::commit()
{
    const auto done = execute(QStringLiteral("COMMIT"));
    if (done)
        return {};
    rollback();
    return fail(done.error());
}

void Database::rollback()
{
    QSqlQuery(m_database).exec(QStringLiteral("ROLLBACK"));
}

Result<QSqlQuery> Database::query(const QString &sql, const QVariantList &values)
{
    for (int round = 1;; ++round) {
        QSqlQuery statement(m_database);
        statement.setForwardOnly(true);
        bool done = statement.prepare(sql);
        if (done) {
            for (const QVariant &value : values)
                statement.addBindValue(notNull(value));
            done = statement.exec();
        }
        if (done)
            return Result<QSqlQuery>(std::move(statement));
        if (!isBusy(statement.lastError()) || round == busyRounds)
            return fail(errorOf(statement.lastError()));
    }
}

Result<QList<qint64>> Database::ids(const QString &sql, const QVariantList &values)
{
    auto rows = query(sql, values);
    if (!rows)
        return fail(rows.error());
    QList<qint64> result;
    while (rows->next())
        result.append(rows->value(0).toLongLong());
    return result;
}

Result<qint64> Database::execute(const QString &sql, const QVariantList &values)
{
    const auto done = query(sql, values);
    if (!done)
        return fail(done.error());
    return done->lastInsertId().toLongLong();
}

Result<QStringList> Database::integrityProblems()
{
    auto rows = query(QStringLiteral("PRAGMA integrity_check"));
    if (!rows && isDamage(rows.error()))
        return QStringList{rows.error().detail};
    if (!rows)
        return fail(rows.error());
    QStringList problems;
    while (rows->next())
        problems.append(rows->value(0).toString());
    problems.removeAll(QStringLiteral("ok"));
    rows = query(QStringLiteral("PRAGMA foreign_key_check"));
    while (rows && rows->next())
        problems.append(QStringLiteral("foreign key of %1, row %2").arg(rows->value(0).toString(), rows->value(1).toString()));
    return problems;
}

QVariant timeValue(const QDateTime &time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant(QMetaType(QMetaType::LongLong));
}

QDateTime timeFromValue(const QVariant &value)
{
    return value.isNull() ? QDateTime() : QDateTime::fromMSecsSinceEpoch(value.toLongLong(), Qt::UTC);
}

} // namespace Galley
