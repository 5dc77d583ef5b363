#pragma once

#include "core/base/result.h"
#include "core/service/watchedfile.h"
#include "core/store/routerecords.h"

#include <QHash>
#include <QMap>
#include <QSet>
#include <QThreadPool>

namespace Galley {

/// What every window must know at once and at the start without waiting for the library: which revisions there were, which one is in force, where
/// canaries stand. One line of JSON each, only ever added, in `routes-history/journal.jsonl`; the texts of the rules lie beside it by their digests. The
/// library keeps the same for good (Store), this file is how windows tell each other: the order of its lines is the order of events for all of them.
/// GUI thread; lines are written on a thread of its own.
class RouteJournal : public QObject
{
    Q_OBJECT

public:
    /// \a folder: routes-history. Reads what there is; makes nothing.
    explicit RouteJournal(const QString &folder, QObject *parent = nullptr);
    ~RouteJournal() override;

    /// Oldest first; the last one is in force.
    const QList<RevisionRow> &revisions() const { return m_revisions; }
    const RevisionRow *find(qint64 number) const;
    const QMap<QString, CanaryRow> &canaries() const { return m_canaries; }
    /// The digest that was rolled back last, until other rules come: an address may still offer it.
    QString withdrawn() const { return m_withdrawn; }

    /// The text of a revision, checked against its digest.
    std::optional<QByteArray> text(const QString &digest) const;
    /// Brings \a text to disk, unless it is there; returns its digest.
    Result<QString> keepText(const QByteArray &text) const;

    void add(const RevisionRow &revision, const QString &withdrawn = {});
    void add(const CanaryRow &canary);
    /// Until everything has been written: for the end, and for commands.
    void flush() { m_writer.waitForDone(); }

Q_SIGNALS:
    void revisionAdded(const RevisionRow &revision);  ///< by another window
    void canaryChanged(const CanaryRow &canary);      ///< by another window
    void failed(const QString &sentence);             ///< other windows and the next start do not know of it

private:
    void readOn(bool isStart);
    void insert(const RevisionRow &row);
    void take(const QByteArray &line, bool isStart);
    void write(const QByteArray &line, const QString &rule);

    QString m_folder;
    QString m_me;                    ///< a word that no other journal has
    WatchedFile m_file;
    qint64 m_offset = 0;
    QList<RevisionRow> m_revisions;
    QMap<QString, CanaryRow> m_canaries;
    QHash<QString, int> m_underWay;  ///< lines of ours about a rule that have not been read back yet: they are newer than what is read
    QString m_withdrawn;
    QThreadPool m_writer;
};

} // namespace Galley
