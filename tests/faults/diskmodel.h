#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMap>
#include <QRandomGenerator>
#include <QString>

#include <memory>
#include <vector>

namespace Galley {

/// One thing that a process did to its files, as writelog.cpp wrote it down.
struct DiskEvent
{
    enum class What : char { Open = 'o', Write = 'w', Truncate = 't', Sync = 's', Rename = 'r', Unlink = 'u', Folder = 'd', Promise = 'p' };

    What what = What::Promise;
    quint64 handle = 0;
    quint64 at = 0;    ///< where it was written, or the new length; for Open: whether the file was emptied
    QByteArray first;  ///< path, bytes or promise
    QByteArray second; ///< the new path
};

/// The log of one process; empty when it cannot be read.
QList<DiskEvent> readDiskLog(const QString &file);

/// A disk under a process: what is surely on it, and what would only be there with luck. fsync of a file brings its bytes to disk and nothing else;
/// names are on disk when their folder was synced. Between two syncs writes of a file may arrive in any choice and torn at sectors; names of a folder
/// arrive in order, but perhaps not all. This is less than any file system of today promises.
class DiskModel
{
public:
    enum class Luck { None, Some, All };  ///< how much of what was not synced arrives: nothing, a random part, everything

    /// \a root: the path that all others begin with; it exists.
    explicit DiskModel(const QByteArray &root);
    ~DiskModel();

    void apply(const DiskEvent &event);
    /// Writes what a power cut would leave now into the empty folder \a to.
    bool build(const QString &to, Luck luck, QRandomGenerator &random) const;

private:
    struct Node;
    using NodePtr = std::shared_ptr<Node>;
    struct Change
    {
        qint64 at = 0;     ///< of a write
        qint64 length = -1;  ///< of a truncation; else a write
        QByteArray bytes;
    };
    struct Name
    {
        QByteArray gone;   ///< taken away
        QByteArray added;
        NodePtr node;
    };
    struct Node
    {
        bool isFolder = false;
        QByteArray content;               ///< on disk
        std::vector<Change> changes;      ///< perhaps on disk
        QMap<QByteArray, NodePtr> names;  ///< on disk
        std::vector<Name> renames;        ///< perhaps on disk, in order
        QMap<QByteArray, NodePtr> live;   ///< as the process sees it
    };

    NodePtr folderOf(const QByteArray &path, QByteArray *name) const;
    NodePtr make(const QByteArray &path, bool isFolder);
    static void sync(Node &node);
    static void change(QByteArray &content, const Change &change);
    static QByteArray survived(const Node &file, Luck luck, QRandomGenerator &random);
    static QMap<QByteArray, NodePtr> survivedNames(const Node &folder, Luck luck, QRandomGenerator &random);
    static bool write(const Node &node, const QString &to, Luck luck, QRandomGenerator &random);

    QByteArray m_root;
    NodePtr m_top;
    QHash<quint64, NodePtr> m_open;
};

} // namespace Galley
