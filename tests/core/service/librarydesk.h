#pragma once

#include "core/service/librarycare.h"
#include "core/service/libraryservice.h"
#include "core/store/store.h"
#include "tests/core/store/samplejob.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace Galley {

inline void damage(const QString &file, const QByteArray &bytes = "x")
{
    QFile out(file);
    QVERIFY(openToAlter(out, QIODevice::Append) && out.write(bytes) == bytes.size());
}

/// A file that is there and cannot be read, also not by root: a folder lies in its place.
class Unreadable
{
public:
    explicit Unreadable(const QString &file)
        : m_file(file)
    {
        m_isAway = QFile::rename(file, file + QStringLiteral(".away")) && QDir().mkdir(file);
    }
    ~Unreadable()
    {
        if (m_isAway && QDir().rmdir(m_file))
            QFile::rename(m_file + QStringLiteral(".away"), m_file);
    }
    Unreadable(const Unreadable &) = delete;
    Unreadable &operator=(const Unreadable &) = delete;

private:
    QString m_file;
    bool m_isAway = false;
};

/// A real store, new for each test, and what is asked of it.
class LibraryDesk
{
protected:
    void begin()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<Store>(path("data"));
    }
    void end()
    {
        m_store.reset();
        m_folder.reset();
    }

    QString path(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    /// A picture as the queue leaves it: with the job that made it.
    qint64 putWithJob(int number, const QString &project = QStringLiteral("spring"));
    LibraryCard card(qint64 id) { return wait(m_store->cards({id}))->value(0); }
    AssetRecord record(qint64 id) { return *wait(m_store->asset(id)); }
    Result<LibraryReport> verify() { return verifyLibrary(m_store.get(), {}, 0); }
    Result<LibraryReport> repair(const QStringList &sources = {}) { return repairLibrary(m_store.get(), {}, sources, 0); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
};

inline qint64 LibraryDesk::putWithJob(int number, const QString &project)
{
    JobRecord job = newJob();
    job.request.source.project = project;
    job.request.row.number = number;
    NewAsset picture = samplePicture(number);
    picture.record.project = project;
    picture.record.createdAt = QDateTime(QDate(2026, 11, 1), QTime(8, 0), Qt::UTC).addSecs(number);
    const auto added = wait(m_store->addJob(job, {}, {project, QDate(2026, 11, 25), 0}));
    if (!added)
        return -1;
    const auto done = wait(m_store->acceptJob(*added, {picture}, Charge::settle(0.05, Charge::Basis::Price)));
    return done ? done->assets.first() : -1;
}

} // namespace Galley
