#include "tests/faults/diskmodel.h"

#include <QDir>
#include <QFile>

#include <cstring>

namespace Galley {

namespace {

constexpr qsizetype sectorBytes = 512;

struct Record
{
    char what;
    quint64 handle;
    quint64 at;
    quint64 first;
    quint64 second;
};

} // namespace

QList<DiskEvent> readDiskLog(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray log = file.readAll();
    QList<DiskEvent> events;
    qsizetype at = 0;
    while (at + qsizetype(sizeof(Record)) <= log.size()) {
        Record record{};
        std::memcpy(&record, log.constData() + at, sizeof record);
        at += qsizetype(sizeof record);
        const auto take = [&](quint64 length) {
            const QByteArray bytes = log.mid(at, qsizetype(length));
            at += qsizetype(length);
            return bytes;
        };
        DiskEvent event{DiskEvent::What(record.what), record.handle, record.at, {}, {}};
        event.first = take(record.first);
        event.second = take(record.second);
        events.append(event);
    }
    return events;
}

DiskModel::DiskModel(const QByteArray &root)
    : m_root(root)
    , m_top(std::make_shared<Node>())
{
    m_top->isFolder = true;
}

DiskModel::~DiskModel() = default;

/// The folder that holds \a path, and the last part of it.
DiskModel::NodePtr DiskModel::folderOf(const QByteArray &path, QByteArray *name) const
{
    QList<QByteArray> steps = path.mid(m_root.size()).split('/');
    steps.removeAll(QByteArray());
    if (steps.isEmpty() || !path.startsWith(m_root))
        return {};
    *name = steps.takeLast();
    NodePtr at = m_top;
    for (const QByteArray &step : steps) {
        at = at->live.value(step);
        if (!at)
            return {};
    }
    return at;
}

/// What \a path leads to, made when it is not there.
DiskModel::NodePtr DiskModel::make(const QByteArray &path, bool isFolder)
{
    QByteArray name;
    const NodePtr folder = folderOf(path, &name);
    if (!folder)
        return path.startsWith(m_root) ? m_top : std::make_shared<Node>();
    NodePtr &node = folder->live[name];
    if (!node) {
        node = std::make_shared<Node>();
        node->isFolder = isFolder;
        folder->renames.push_back({{}, name, node});
    }
    return node;
}

void DiskModel::apply(const DiskEvent &event)
{
    using What = DiskEvent::What;
    const NodePtr open = m_open.value(event.handle);
    switch (event.what) {
    case What::Open: {
        const NodePtr node = make(event.first, false);
        m_open.insert(event.handle, node);
        if (event.at != 0)
            node->changes.push_back({0, 0, {}});
        break;
    }
    case What::Write:
        open->changes.push_back({qint64(event.at), -1, event.first});
        break;
    case What::Truncate:
        open->changes.push_back({0, qint64(event.at), {}});
        break;
    case What::Sync:
        sync(*open);
        break;
    case What::Folder:
        make(event.first, true);
        break;
    case What::Unlink: {
        QByteArray name;
        if (const NodePtr folder = folderOf(event.first, &name)) {
            folder->live.remove(name);
            folder->renames.push_back({name, {}, {}});
        }
        break;
    }
    case What::Rename: {
        QByteArray from;
        QByteArray to;
        const NodePtr source = folderOf(event.first, &from);
        const NodePtr target = folderOf(event.second, &to);
        if (!source || !target)
            break;
        const NodePtr node = source->live.take(from);
        target->live[to] = node;
        if (source == target) {
            source->renames.push_back({from, to, node});
        } else {
            target->renames.push_back({{}, to, node});
            source->renames.push_back({from, {}, {}});
        }
        break;
    }
    case What::Promise:
        break;
    }
}

void DiskModel::change(QByteArray &content, const Change &change)
{
    if (change.length >= 0) {
        content.resize(qsizetype(change.length), '\0');
        return;
    }
    const qsizetype end = qsizetype(change.at) + change.bytes.size();
    if (content.size() < end)
        content.resize(end, '\0');
    std::memcpy(content.data() + change.at, change.bytes.constData(), std::size_t(change.bytes.size()));
}

void DiskModel::sync(Node &node)
{
    for (const Change &each : node.changes)
        change(node.content, each);
    node.changes.clear();
    if (node.isFolder)
        node.names = node.live;
    node.renames.clear();
}

QByteArray DiskModel::survived(const Node &file, Luck luck, QRandomGenerator &random)
{
    QByteArray content = file.content;
    for (const Change &each : file.changes) {
        if (luck == Luck::None || (luck == Luck::Some && each.length >= 0 && random.bounded(2) == 0))
            continue;
        if (luck == Luck::All || each.length >= 0) {
            change(content, each);
            continue;
        }
        // Whole, not at all, or some of its sectors.
        const int fate = random.bounded(3);
        for (qsizetype from = 0; from < each.bytes.size();) {
            const qsizetype end = std::min<qsizetype>(each.bytes.size(), (qsizetype(each.at) + from) / sectorBytes * sectorBytes + sectorBytes - qsizetype(each.at));
            if (fate == 0 || (fate == 1 && random.bounded(2) == 0))
                change(content, {each.at + from, -1, each.bytes.mid(from, end - from)});
            from = end;
        }
    }
    return content;
}

QMap<QByteArray, DiskModel::NodePtr> DiskModel::survivedNames(const Node &folder, Luck luck, QRandomGenerator &random)
{
    QMap<QByteArray, NodePtr> names = folder.names;
    const int all = int(folder.renames.size());
    const int arrived = luck == Luck::None ? 0 : luck == Luck::All ? all : random.bounded(all + 1);
    for (int i = 0; i < arrived; ++i) {
        const Name &name = folder.renames[std::size_t(i)];
        if (!name.gone.isEmpty())
            names.remove(name.gone);
        if (!name.added.isEmpty())
            names[name.added] = name.node;
    }
    return names;
}

bool DiskModel::write(const Node &node, const QString &to, Luck luck, QRandomGenerator &random)
{
    if (!node.isFolder) {
        QFile file(to);
        const QByteArray content = survived(node, luck, random);
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    }
    if (!QDir().mkpath(to))
        return false;
    const auto names = survivedNames(node, luck, random);
    for (auto name = names.cbegin(); name != names.cend(); ++name) {
        if (!write(**name, to + QLatin1Char('/') + QString::fromUtf8(name.key()), luck, random))
            return false;
    }
    return true;
}

bool DiskModel::build(const QString &to, Luck luck, QRandomGenerator &random) const
{
    return write(*m_top, to, luck, random);
}

} // namespace Galley
