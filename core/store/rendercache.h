#pragma once

#include "core/base/result.h"
#include "core/render/renderengine.h"

#include <QMutex>

namespace Galley {

/// Finished renders on disk, so that nothing is rendered, or paid for, twice without need. The key is the model, its revision (or weights digest), the
/// address of the service that renders and the digest of the whole request: another model, another revision, another service or another word is another
/// entry, and nothing else has to be invalidated for it. \a address is the backend's url (empty: this machine); on disk there is only its digest.
///
/// One file an entry, `renders/<model>/<revision>/[<address>/]<request>.render`, written beside its place and renamed. What is read is checked against the digest
/// and the key that are in it: a file that was cut off, altered or swapped is a miss, and goes. When \a maxBytes are exceeded the entries that were used
/// longest ago go first; 0: nothing is kept, nothing found, and what was kept before goes. Two processes may use one folder. Losing all of it loses
/// nothing but time and money.
///
/// A service that gave no seed cannot make the same picture again: its entry is a recording and says so (recordingNote()); it is never called
/// reproducible.
///
/// Thread-safe. Every call but moment() reads or writes files: on a pool. Failures are misses; the log has them.
class RenderCache
{
public:
    RenderCache(const QString &folder, qint64 maxBytes);

    /// With fromCache set, nothing sent and nothing charged.
    std::optional<RenderResult> find(const EngineRequest &request, const QString &address = {});
    /// What forget() is compared with: read it before a render is sent, insert() wants it. Returns at once.
    static quint64 moment();
    /// Nothing is kept of a model that has been forgotten, by whichever process, since \a sentAt, a moment().
    ///
    /// A service's own revision that differs from the one that its other entries (of this address) of the model were made with takes those away: the model has been
    /// swapped behind the same name.
    void insert(const EngineRequest &request, const RenderResult &result, quint64 sentAt, const QString &address = {});
    /// All entries of \a model, as after a rollback, and those of renders that are under way now, in any process, and may end much later.
    void forget(const QString &model);

    QString fileOf(const EngineRequest &request, const QString &address = {}) const;

    /// The sentence for a result that its service could not make again.
    static QString recordingNote();

private:
    QString folderOf(const EngineRequest &request, const QString &address) const;
    bool isSwitchedOff();
    QString markOf(const QString &model) const;
    bool isForgotten(const QString &model, quint64 sentAt) const;
    void noteServed(const QString &folder, const QString &revision);
    void trim();
    qint64 measure(bool trims);

    QString m_folder;
    qint64 m_maxBytes;
    QMutex m_mutex;       ///< of what follows
    qint64 m_bytes = -1;  ///< -1: not counted yet
    int m_inserts = 0;
};

} // namespace Galley
