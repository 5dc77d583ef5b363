#include "core/store/sqlitepages.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>

namespace Galley {

namespace {

constexpr qsizetype fileHeader = 100;
constexpr qsizetype logHeader = 32;
constexpr qsizetype frameHeader = 24;
constexpr quint64 mostBytes = 1U << 30;  ///< of one row: SQLite's own limit

quint32 big32(const QByteArray &bytes, qsizetype at)
{
    return at >= 0 && at + 4 <= bytes.size() ? qFromBigEndian<quint32>(bytes.constData() + at) : 0;
}

quint32 big16(const QByteArray &bytes, qsizetype at)
{
    return at >= 0 && at + 2 <= bytes.size() ? qFromBigEndian<quint16>(bytes.constData() + at) : 0;
}

/// Of the write-ahead log: over words of 32 bits in the order that the log's first bit names, from frame to frame.
class LogChecksum
{
public:
    explicit LogChecksum(bool isBigEndian)
        : m_isBigEndian(isBigEndian)
    {}

    void add(const QByteArray &bytes)
    {
        for (qsizetype at = 0; at + 8 <= bytes.size(); at += 8) {
            m_first += word(bytes, at) + m_second;
            m_second += word(bytes, at + 4) + m_first;
        }
    }
    bool is(quint32 first, quint32 second) const { return m_first == first && m_second == second; }

private:
    quint32 word(const QByteArray &bytes, qsizetype at) const
    {
        return m_isBigEndian ? qFromBigEndian<quint32>(bytes.constData() + at) : qFromLittleEndian<quint32>(bytes.constData() + at);
    }

    bool m_isBigEndian;
    quint32 m_first = 0;
    quint32 m_second = 0;
};

bool isPageSize(quint32 bytes)
{
    return bytes >= 512 && bytes <= 65536 && std::has_single_bit(bytes);
}

/// Moves \a at behind it.
std::optional<quint64> varint(const QByteArray &bytes, qsizetype *at)
{
    quint64 value = 0;
    for (int i = 0; i < 9; ++i) {
        if (*at < 0 || *at >= bytes.size())
            return {};
        const auto byte = quint8(bytes.at((*at)++));
        if (i == 8)
            return value << 8 | byte;
        value = value << 7 | (byte & 0x7f);
        if (byte < 0x80)
            return value;
    }
    return {};
}

qint64 integerAt(const QByteArray &bytes, qsizetype at, qsizetype size)
{
    auto value = qint64(qint8(bytes.at(at)));
    for (qsizetype i = 1; i < size; ++i)
        value = qint64(quint64(value) << 8 | quint8(bytes.at(at + i)));
    return value;
}

qint64 bytesOfSerial(quint64 serial)
{
    constexpr std::array<qint64, 12> fixed{0, 1, 2, 3, 4, 6, 8, 8, 0, 0, -1, -1};
    return serial < fixed.size() ? fixed.at(serial) : qint64(std::min<quint64>((serial - 12) / 2, mostBytes));
}

QVariant valueOf(quint64 serial, const QByteArray &record, qsizetype at, qsizetype size)
{
    if (serial == 0)
        return QVariant(QMetaType(QMetaType::LongLong));
    if (serial == 7)
        return std::bit_cast<double>(qFromBigEndian<quint64>(record.constData() + at));
    if (serial < 7)
        return integerAt(record, at, size);
    if (serial < 10)
        return qint64(serial - 8);
    const QByteArray bytes = record.mid(at, size);
    return serial % 2 == 0 ? QVariant(bytes) : QVariant(QString::fromUtf8(bytes));
}

/// Nothing where the record does not add up to the byte.
std::optional<QVariantList> valuesOf(const QByteArray &record)
{
    qsizetype at = 0;
    const auto header = varint(record, &at);
    if (!header || *header < quint64(at) || *header > quint64(record.size()))
        return {};
    QVariantList values;
    auto body = qsizetype(*header);
    while (at < qsizetype(*header)) {
        const auto serial = varint(record, &at);
        const qint64 size = serial ? bytesOfSerial(*serial) : -1;
        if (size < 0 || at > qsizetype(*header) || body + size > record.size())
            return {};
        values.append(valueOf(*serial, record, body, size));
        body += size;
    }
    return body == record.size() ? std::optional(values) : std::nullopt;
}

} // namespace

SqlitePages::SqlitePages(const QString &file)
    : m_file(file)
    , m_log(file + QStringLiteral("-wal"))
{}

Result<std::shared_ptr<SqlitePages>> SqlitePages::open(const QString &file)
{
    const std::shared_ptr<SqlitePages> pages(new SqlitePages(file));
    if (const auto read = pages->readHeaders(); !read)
        return fail(read.error());
    return pages;
}

Result<void> SqlitePages::readHeaders()
{
    if (!m_file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::Io, QCoreApplication::translate("Galley::Store", "The file %1 cannot be read: %2. Check its permissions and the disk.")
                                       .arg(m_file.fileName(), m_file.errorString()));
    }
    const QByteArray header = m_file.read(fileHeader);
    if (header.startsWith("SQLite format 3")) {
        const quint32 size = big16(header, 16) == 1 ? 65536 : big16(header, 16);
        m_pageSize = isPageSize(size) ? size : m_pageSize;
        m_usable = m_pageSize - std::min<quint32>(quint8(header.at(20)), m_pageSize - 480);
        m_userVersion = int(big32(header, 60));
    } else {
        m_usable = m_pageSize;
    }
    m_pageCount = quint32(std::min<qint64>(m_file.size() / m_pageSize, std::numeric_limits<quint32>::max()));
    readLog();
    if (m_pageCount == 0) {
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate("Galley::Store", "Nothing is left in the file %1.").arg(m_file.fileName()));
    }
    return {};
}

/// Frames count up to the last that ends a transaction, while they carry the log's own salt and their checksums go on from one another: what is behind is
/// of an older log, or was cut off.
void SqlitePages::readLog()
{
    if (!m_log.open(QIODevice::ReadOnly))
        return;
    const QByteArray header = m_log.read(logHeader);
    const quint32 magic = big32(header, 0);
    if (header.size() < logHeader || (magic & ~1U) != 0x377f0682 || big32(header, 8) != m_pageSize)
        return;
    LogChecksum checksum(magic & 1U);
    checksum.add(header.first(24));
    if (!checksum.is(big32(header, 24), big32(header, 28)))
        return;
    QHash<quint32, qint64> open;
    for (qint64 at = logHeader; at + frameHeader + m_pageSize <= m_log.size(); at += frameHeader + m_pageSize) {
        m_log.seek(at);
        const QByteArray frame = m_log.read(frameHeader + qsizetype(m_pageSize));
        checksum.add(frame.first(std::min<qsizetype>(8, frame.size())));
        checksum.add(frame.mid(frameHeader));
        if (frame.mid(8, 8) != header.mid(16, 8) || !checksum.is(big32(frame, 16), big32(frame, 20)))
            break;
        open.insert(big32(frame, 0), at + frameHeader);
        const quint32 pages = big32(frame, 4);
        if (pages == 0)
            continue;
        m_inLog.insert(open);
        open.clear();
        m_pageCount = std::max(m_pageCount, std::min<quint32>(pages, m_pageCount + quint32(m_inLog.size())));
    }
}

/// Empty where there is none.
QByteArray SqlitePages::page(quint32 number)
{
    if (number == 0 || number > m_pageCount)
        return {};
    if (number == m_lastNumber)
        return m_last;
    const auto inLog = m_inLog.constFind(number);
    QFile &file = inLog != m_inLog.cend() ? m_log : m_file;
    QByteArray bytes;
    if (file.seek(inLog != m_inLog.cend() ? *inLog : qint64(number - 1) * m_pageSize))
        bytes = file.read(m_pageSize);
    m_last = bytes.size() == m_pageSize ? bytes : QByteArray();
    m_lastNumber = number;
    return m_last;
}

SqlitePages::Kind SqlitePages::kind(quint32 number)
{
    const QByteArray bytes = page(number);
    if (bytes.isEmpty())
        return Kind::None;
    switch (bytes.at(headerAt(number))) {
    case 13: return Kind::TableLeaf;
    case 5: return Kind::TableInterior;
    case 10: return Kind::IndexLeaf;
    case 2: return Kind::IndexInterior;
    default: return Kind::None;
    }
}

QList<quint32> SqlitePages::children(quint32 number)
{
    const Kind what = kind(number);
    if (what != Kind::TableInterior && what != Kind::IndexInterior)
        return {};
    const QByteArray bytes = page(number);
    const qsizetype header = headerAt(number);
    QList<quint32> result;
    const quint32 cells = std::min(big16(bytes, header + 3), m_pageSize / 6);
    for (quint32 i = 0; i < cells; ++i)
        result.append(big32(bytes, qsizetype(big16(bytes, header + 12 + 2 * qsizetype(i)))));
    result.append(big32(bytes, header + 8));
    result.removeIf([this](quint32 child) { return child == 0 || child > m_pageCount; });
    return result;
}

/// What stands at \a at, and on the pages that go on with it; empty where the chain ends early.
QByteArray SqlitePages::payload(const QByteArray &first, qsizetype at, quint64 bytes, bool isTable)
{
    const quint64 most = isTable ? m_usable - 35 : (m_usable - 12) * 64 / 255 - 23;
    if (bytes == 0 || bytes > mostBytes || bytes > quint64(m_pageCount) * m_pageSize)
        return {};
    quint64 here = bytes;
    if (bytes > most) {
        const quint64 least = (m_usable - 12) * 32 / 255 - 23;
        const quint64 fitting = least + (bytes - least) % (m_usable - 4);
        here = fitting <= most ? fitting : least;
    }
    QByteArray result = first.mid(at, qsizetype(here));
    if (quint64(result.size()) < here || here == bytes)
        return quint64(result.size()) == bytes ? result : QByteArray();
    quint32 next = big32(first, at + qsizetype(here));
    while (quint64(result.size()) < bytes) {
        const QByteArray more = page(next);
        if (more.isEmpty())
            return {};
        result += more.mid(4, std::min<qsizetype>(m_usable - 4, qsizetype(bytes) - result.size()));
        next = big32(more, 0);
    }
    return result;
}

QList<SqlitePages::Row> SqlitePages::rows(quint32 number)
{
    const Kind what = kind(number);
    if (what == Kind::None || what == Kind::TableInterior)
        return {};
    const QByteArray bytes = page(number);
    const qsizetype header = headerAt(number);
    const bool isTable = what == Kind::TableLeaf;
    const qsizetype pointers = header + (what == Kind::IndexInterior ? 12 : 8);
    const quint32 cells = std::min(big16(bytes, header + 3), m_pageSize / 4);
    QList<Row> result;
    for (quint32 i = 0; i < cells; ++i) {
        qsizetype at = qsizetype(big16(bytes, pointers + 2 * qsizetype(i))) + (what == Kind::IndexInterior ? 4 : 0);
        const auto size = varint(bytes, &at);
        const auto rowid = isTable ? varint(bytes, &at) : std::optional<quint64>(0);
        const auto values = size && rowid ? valuesOf(payload(bytes, at, *size, isTable)) : std::nullopt;
        if (values && !values->isEmpty())
            result.append({qint64(*rowid), *values});
    }
    return result;
}

QSet<quint32> SqlitePages::freePages()
{
    QSet<quint32> result;
    quint32 trunk = big32(page(1), 32);
    while (trunk != 0 && trunk <= m_pageCount && !result.contains(trunk)) {
        const QByteArray bytes = page(trunk);
        result.insert(trunk);
        const quint32 leaves = std::min(big32(bytes, 4), m_usable / 4 - 2);
        for (quint32 i = 0; i < leaves; ++i)
            result.insert(big32(bytes, 8 + 4 * qsizetype(i)));
        trunk = big32(bytes, 0);
    }
    return result;
}

} // namespace Galley
