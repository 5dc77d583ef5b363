#include "core/net/responsereader.h"

#include "core/net/inflater.h"

#include <QCoreApplication>

#include <algorithm>

namespace Galley {

namespace {

constexpr qsizetype chunkLineLimit = 4096;
constexpr qsizetype fieldLimit = 1000;

QString tr(const char *text)
{
    return QCoreApplication::translate("HttpClient", text);
}

QString megabytes(qint64 bytes)
{
    return bytes >= 1024 * 1024 ? tr("%1 MB").arg(bytes / (1024 * 1024)) : tr("%1 kB").arg(bytes / 1024);
}

bool isDigits(const QByteArray &text)
{
    return !text.isEmpty() && text.size() <= 18 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isToken(const QByteArray &name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 127 && c != ':'; });
}

} // namespace

ResponseReader::ResponseReader(const QByteArray &method, const HttpLimits &limits, const QString &place)
    : m_method(method)
    , m_limits(limits)
    , m_place(place)
{}

ResponseReader::~ResponseReader() = default;

/// \a detail never quotes the answer: some services repeat the key in it.
tl::unexpected<Error> ResponseReader::broken(const QString &detail) const
{
    return fail({.code = ErrorCode::ServiceFailed,
                 .message = tr("The answer of %1 is not valid HTTP. Whether the request was carried out is unknown; check the address, and the "
                               "service's own list of requests.").arg(m_place),
                 .detail = detail,
                 .failure = FailureClass::Ambiguous});
}

tl::unexpected<Error> ResponseReader::tooLarge(const QString &what, qint64 limit) const
{
    return fail({.code = ErrorCode::TooLarge,
                 .message = tr("The %1 of the answer of %2 is larger than %3, which no picture needs. The request may have been carried out; check "
                               "the service's own list of requests.").arg(what, m_place, megabytes(limit)),
                 .detail = QStringLiteral("%1 body bytes, %2 after decompression").arg(m_received).arg(m_decoded),
                 .failure = FailureClass::Ambiguous});
}

Result<void> ResponseReader::append(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        if (m_state == State::Complete)
            return {};
        const auto used = m_state == State::Head ? readHead(bytes) : readBody(bytes);
        if (!used)
            return tl::make_unexpected(used.error());
        bytes = bytes.sliced(*used);
    }
    return {};
}

Result<void> ResponseReader::finish()
{
    if (m_state == State::Complete)
        return {};
    if (m_state == State::UntilClose)
        return complete();
    const QString detail = m_state == State::Head ? QStringLiteral("closed after %1 bytes of the headers").arg(m_line.size())
                                                  : QStringLiteral("closed after %1 bytes of the body").arg(m_received);
    return fail({.code = ErrorCode::ServiceFailed,
                 .message = tr("%1 closed the connection before its answer was complete. The request may have been carried out; check the "
                               "service's own list of requests before trying again.").arg(m_place),
                 .detail = detail,
                 .failure = FailureClass::Ambiguous});
}

QByteArray ResponseReader::takeBody()
{
    return std::exchange(m_reply.body, {});
}

Result<qsizetype> ResponseReader::readHead(QByteArrayView bytes)
{
    // Line ends of earlier pieces count, so the search starts a little before what is new.
    const qsizetype before = m_line.size();
    const qsizetype room = qsizetype(m_limits.headerBytes - m_headerBytes);
    m_line.append(bytes.first(std::min(bytes.size(), room + 1)));
    const qsizetype from = std::max<qsizetype>(0, before - 3);
    qsizetype end = m_line.indexOf("\n\r\n", from);
    qsizetype length = 3;
    const qsizetype bare = m_line.indexOf("\n\n", from);
    if (bare >= 0 && (end < 0 || bare < end)) {
        end = bare;
        length = 2;
    }
    if (end < 0) {
        if (m_line.size() > room)
            return tooLarge(tr("head"), m_limits.headerBytes);
        if (!QByteArray("HTTP/").startsWith(m_line.left(5)))
            return broken(QStringLiteral("begins with something else than a status line"));
        return bytes.size();
    }
    m_headerBytes += end + length;
    const qsizetype used = end + length - before;
    const QByteArray head = std::exchange(m_line, {}).left(end);
    if (const auto parsed = parseHead(head); !parsed)
        return tl::make_unexpected(parsed.error());
    return used;
}

Result<void> ResponseReader::parseHead(const QByteArray &head)
{
    QList<QByteArray> lines = head.split('\n');
    const QByteArray first = lines.takeFirst().trimmed();
    const QByteArray code = first.mid(9, 3);
    const bool known = first.startsWith("HTTP/1.1 ") || first.startsWith("HTTP/1.0 ");
    if (!known || code.size() != 3 || !isDigits(code) || (first.size() > 12 && first.at(12) != ' '))
        return broken(QStringLiteral("a status line of %1 bytes without a version or a status").arg(first.size()));
    m_reply.status = code.toInt();
    if (m_reply.status < 100)
        return broken(QStringLiteral("status %1").arg(m_reply.status));
    m_reply.headers.clear();
    if (const auto parsed = parseHeaderLines(lines); !parsed)
        return parsed;
    if (m_reply.status == 101)
        return broken(QStringLiteral("switches to another protocol"));
    if (m_reply.status < 200)
        return {};  // an interim answer: the real one follows
    return chooseBody();
}

Result<void> ResponseReader::parseHeaderLines(const QList<QByteArray> &lines)
{
    if (lines.size() > fieldLimit)
        return broken(QStringLiteral("%1 header lines").arg(lines.size()));
    for (const QByteArray &raw : lines) {
        const QByteArray line = raw.trimmed();
        const qsizetype colon = line.indexOf(':');
        if (!raw.isEmpty() && (raw.at(0) == ' ' || raw.at(0) == '\t') && !m_reply.headers.isEmpty()) {
            m_reply.headers.last().value += ' ' + line;  // an old folded line
            continue;
        }
        if (colon < 0 || !isToken(line.left(colon)))
            return broken(QStringLiteral("a header line without a name"));
        m_reply.headers.append({line.left(colon), line.mid(colon + 1).trimmed()});
    }
    return {};
}

Result<void> ResponseReader::chooseBody()
{
    if (m_method == "HEAD" || m_reply.status == 204 || m_reply.status == 304)
        return complete();
    if (const auto chosen = chooseEncoding(); !chosen)
        return chosen;
    if (const QByteArray coding = m_reply.header("Transfer-Encoding"); !coding.isEmpty()) {
        if (coding.toLower() != "chunked")
            return broken(QStringLiteral("an unknown transfer encoding"));
        m_state = State::ChunkSize;
        return {};
    }
    QByteArray length;
    for (const HttpHeader &header : m_reply.headers) {
        if (header.name.compare("Content-Length", Qt::CaseInsensitive) != 0)
            continue;
        if (!isDigits(header.value) || (!length.isNull() && length != header.value))
            return broken(QStringLiteral("a Content-Length that is no number, or two of them"));
        length = header.value;
    }
    if (length.isNull()) {
        m_state = State::UntilClose;
        return {};
    }
    m_left = length.toLongLong();
    if (m_left > m_limits.bodyBytes)
        return tooLarge(tr("body"), m_limits.bodyBytes);
    m_state = State::Length;
    if (m_left == 0)
        return complete();
    m_reply.body.reserve(m_left);
    return {};
}

Result<void> ResponseReader::chooseEncoding()
{
    const QByteArray encoding = m_reply.header("Content-Encoding").toLower();
    if (encoding.isEmpty() || encoding == "identity")
        return {};
    if (encoding != "gzip" && encoding != "x-gzip" && encoding != "deflate")
        return broken(QStringLiteral("a content encoding that was not asked for"));
    m_inflater = std::make_unique<Inflater>();
    return {};
}

Result<qsizetype> ResponseReader::readBody(QByteArrayView bytes)
{
    switch (m_state) {
    case State::Length:
    case State::ChunkData:
    case State::UntilClose: return takeData(bytes);
    case State::ChunkSize:
    case State::ChunkEnd:
    case State::Trailer: return readChunkLine(bytes);
    case State::Head:
    case State::Complete: break;
    }
    return bytes.size();
}

Result<qsizetype> ResponseReader::readChunkLine(QByteArrayView bytes)
{
    const qsizetype end = bytes.indexOf('\n');
    const qsizetype used = end < 0 ? bytes.size() : end + 1;
    m_line.append(bytes.first(std::min(used, chunkLineLimit)));
    if (m_line.size() >= chunkLineLimit)
        return broken(QStringLiteral("an endless line between chunks"));
    if (end < 0)
        return used;
    if (m_state == State::Trailer) {
        m_headerBytes += used;
        if (m_headerBytes > m_limits.headerBytes)
            return tooLarge(tr("head"), m_limits.headerBytes);
    }
    if (const auto taken = takeChunkLine(); !taken)
        return tl::make_unexpected(taken.error());
    return used;
}

Result<void> ResponseReader::takeChunkLine()
{
    const QByteArray line = std::exchange(m_line, {}).trimmed();
    if (m_state == State::Trailer)
        return line.isEmpty() ? complete() : Result<void>();
    if (m_state == State::ChunkEnd) {
        if (!line.isEmpty())
            return broken(QStringLiteral("a chunk longer than its size"));
        m_state = State::ChunkSize;
        return {};
    }
    const QByteArray size = line.split(';').value(0).trimmed();
    bool ok = false;
    m_left = size.size() > 15 || size.startsWith('-') || size.startsWith('+') ? -1 : size.toLongLong(&ok, 16);
    if (!ok || m_left < 0)
        return broken(QStringLiteral("a chunk size that is no number"));
    if (m_left > m_limits.bodyBytes - m_received)
        return tooLarge(tr("body"), m_limits.bodyBytes);
    m_state = m_left == 0 ? State::Trailer : State::ChunkData;
    return {};
}

Result<qsizetype> ResponseReader::takeData(QByteArrayView bytes)
{
    const bool open = m_state == State::UntilClose;
    const qsizetype used = open ? bytes.size() : qsizetype(std::min<qint64>(bytes.size(), m_left));
    m_received += used;
    if (m_received > m_limits.bodyBytes)
        return tooLarge(tr("body"), m_limits.bodyBytes);
    const qsizetype before = m_reply.body.size();
    if (!m_inflater) {
        m_reply.body.append(bytes.first(used));
    } else if (!m_inflater->append(bytes.first(used), m_limits.bodyBytes - m_decoded, m_reply.body)) {
        return m_inflater->hadTooMuch() ? tooLarge(tr("body"), m_limits.bodyBytes) : broken(QStringLiteral("damaged compression"));
    }
    m_decoded += m_reply.body.size() - before;
    if (open)
        return used;
    m_left -= used;
    if (m_left == 0 && m_state == State::ChunkData)
        m_state = State::ChunkEnd;
    else if (m_left == 0) {
        if (const auto done = complete(); !done)
            return tl::make_unexpected(done.error());
    }
    return used;
}

Result<void> ResponseReader::complete()
{
    if (m_inflater && !m_inflater->isComplete() && m_received > 0)
        return broken(QStringLiteral("compression that ends too early"));
    m_state = State::Complete;
    return {};
}

} // namespace Galley
