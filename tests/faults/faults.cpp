#include "tests/faults/faults.h"

#include "tests/support/testpicture.h"

#include <QDateTime>
#include <QLocale>
#include <QtEndian>

#include <zlib.h>

namespace Galley {

namespace {

using Misbehave = Fault::Misbehave;

const QString carriedOut = QStringLiteral("may have been (carried out|billed)|had accepted the request|carried out is unknown");
/// So often a question that costs nothing is asked before it is given up.
constexpr int patience = 5;
/// And for at most so many total deadlines of one question.
constexpr int patienceInDeadlines = 3;

// ComfyUI is told the name of the job, so that it is asked whatever it answered.
const QString unusable = QStringLiteral("Studio answered, but|no longer knows this render");

Misbehave status(int code, const Headers &headers = {}, const QByteArray &body = "{\"error\":{\"message\":\"scripted trouble\"}}")
{
    return [code, headers, body](const ReceivedRequest &, const ScriptedConnection &connection) { connection.respondJson(code, body, headers); };
}

Misbehave answer(const QByteArray &type, const QByteArray &body)
{
    return [type, body](const ReceivedRequest &, const ScriptedConnection &connection) { connection.respond(200, {{"Content-Type", type}}, body); };
}

Misbehave raw(const QByteArray &bytes, bool reset)
{
    return [bytes, reset](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.write(bytes);
        connection.later(1, [connection, reset] { reset ? connection.reset() : connection.closeFin(); });
    };
}

Misbehave silent(const QByteArray &bytes)
{
    return [bytes](const ReceivedRequest &, const ScriptedConnection &connection) { connection.write(bytes); };
}

void pour(const ScriptedConnection &connection, const QByteArray &piece)
{
    while (connection.isOpen() && connection.pending() < 1 << 20)
        connection.write(piece);
    connection.later(1, [connection, piece] { pour(connection, piece); });
}

Misbehave endless(const QByteArray &start, const QByteArray &piece)
{
    return [start, piece](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.write(start);
        pour(connection, piece);
    };
}

void trickle(const ScriptedConnection &connection, int left)
{
    connection.write("a");
    connection.later(20, [connection, left] {
        if (left > 0)
            trickle(connection, left - 1);
    });
}

QByteArray deflated(const QByteArray &bytes, int windowBits)
{
    z_stream z{};
    deflateInit2(&z, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(qsizetype(deflateBound(&z, uLong(bytes.size()))) + 64, Qt::Uninitialized);
    z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    z.avail_in = uInt(bytes.size());
    z.next_out = reinterpret_cast<Bytef *>(out.data());
    z.avail_out = uInt(out.size());
    deflate(&z, Z_FINISH);
    out.truncate(qsizetype(z.total_out));
    deflateEnd(&z);
    return out;
}

QByteArray pngChunk(const QByteArray &name, const QByteArray &data)
{
    const auto bigEndian = [](quint32 value) {
        QByteArray bytes(4, '\0');
        qToBigEndian(value, bytes.data());
        return bytes;
    };
    const QByteArray typed = name + data;
    const auto sum = crc32(0, reinterpret_cast<const Bytef *>(typed.constData()), uInt(typed.size()));
    return bigEndian(quint32(data.size())) + typed + bigEndian(quint32(sum));
}

/// A valid greyscale PNG of one bit per pixel, all black.
QByteArray blackPng(quint32 width, quint32 height)
{
    QByteArray head(8, '\0');
    qToBigEndian(width, head.data());
    qToBigEndian(height, head.data() + 4);
    const QByteArray rows(qsizetype((width + 7) / 8 + 1) * qsizetype(height), '\0');
    return "\x89PNG\r\n\x1A\n" + pngChunk("IHDR", head + QByteArray("\x01\x00\x00\x00\x00", 5)) + pngChunk("IDAT", deflated(rows, MAX_WBITS))
           + pngChunk("IEND", {});
}

const QByteArray &bombPng()
{
    static const QByteArray bomb = blackPng(20'000, 20'000);
    return bomb;
}

const QByteArray &gzipBomb()
{
    static const QByteArray bomb = deflated(QByteArray(96 << 20, ' '), MAX_WBITS + 16);
    return bomb;
}

QByteArray httpDate(int seconds)
{
    const QDateTime time = QDateTime::currentDateTimeUtc().addSecs(seconds);
    return QLocale::c().toString(time, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toLatin1();
}

QList<Fault> statuses(const ServiceProfile &profile)
{
    QList<Fault> faults;
    const auto row = [&faults](int code, FailureClass failure, const char *phrase) {
        faults.append({.name = QStringLiteral("status %1").arg(code), .misbehave = status(code), .failure = failure, .phrase = QString::fromLatin1(phrase)});
    };
    row(400, FailureClass::Rejected, "scripted trouble");
    row(401, FailureClass::Rejected, "key");
    row(402, FailureClass::Rejected, "credit|spend");
    row(403, FailureClass::Rejected, "key|allow");
    row(404, profile.unknownModel, "know|no interface|does not have");
    row(405, FailureClass::Rejected, "scripted trouble");
    row(408, FailureClass::Ambiguous, "may have been");
    row(409, FailureClass::Rejected, "scripted trouble");
    row(413, FailureClass::Rejected, "too large");
    row(418, FailureClass::Rejected, "scripted trouble");
    row(422, FailureClass::Rejected, "scripted trouble");
    for (const int code : {500, 501, 502, 503, 504, 529})
        row(code, FailureClass::Ambiguous, "may have been");
    row(600, FailureClass::Ambiguous, "may have been");
    faults.append({.name = QStringLiteral("moderation"),
                   .misbehave = status(400, {}, "{\"error\":{\"message\":\"rejected by our safety system\",\"code\":\"moderation_blocked\"}}"),
                   .failure = FailureClass::Refused,
                   .phrase = QStringLiteral("safety")});
    faults.append({.name = QStringLiteral("model_not_found"),
                   .misbehave = status(400, {}, "{\"error\":{\"message\":\"The model does not exist\",\"code\":\"model_not_found\"}}"),
                   .failure = FailureClass::Retired,
                   .phrase = QStringLiteral("model")});
    faults.append({.name = QStringLiteral("HTML with a status"),
                   .misbehave = status(502, {}, "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"),
                   .phrase = QStringLiteral("502")});
    return faults;
}

/// 429 and 503 with every form of the wait.
QList<Fault> waits()
{
    struct Wait
    {
        QByteArray name;
        QByteArray value;
        qint64 ms;
        qint64 slack = 0;
        const char *label = "";  ///< of a value that depends on the time
    };
    const QList<Wait> forms{{"Retry-After", "7", 7000},
                            {"Retry-After", "0", 0},
                            {"Retry-After", "0.5", 500},
                            {"Retry-After", httpDate(3600), 3'600'000, 600'000, "a date in an hour"},
                            {"Retry-After", httpDate(-3600), 0, 0, "a date an hour ago"},
                            {"Retry-After", "99999999999", 366LL * 24 * 3600 * 1000},
                            {"retry-after-ms", "250", 250},
                            {"Retry-After", "-5", -1},
                            {"Retry-After", "soon", -1}};
    QList<Fault> faults;
    for (const Wait &form : forms) {
        for (const int code : {429, 503}) {
            const bool isBusy = code == 429 || form.ms >= 0;
            faults.append({.name = QStringLiteral("status %1, %2: %3").arg(QString::number(code), QString::fromLatin1(form.name),
                                                                         *form.label ? QString::fromLatin1(form.label) : QString::fromLatin1(form.value)),
                           .misbehave = status(code, {{form.name, form.value}}),
                           .failure = isBusy ? FailureClass::Busy : FailureClass::Ambiguous,
                           .phrase = QStringLiteral("scripted trouble|again later"),
                           .waitMs = form.ms >= 0 ? form.ms : -2,
                           .waitSlackMs = form.slack});
        }
    }
    return faults;
}

QList<Fault> transport()
{
    const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    const QByteArray many(64 * 1024, 'a');
    QList<Fault> faults;
    const auto row = [&faults](const char *name, const Misbehave &misbehave) {
        faults.append({.name = QString::fromLatin1(name), .misbehave = misbehave, .phrase = carriedOut});
    };
    row("FIN before the answer", raw("", false));
    row("RST before the answer", raw("", true));
    row("FIN in the headers", raw(ok, false));
    row("RST in the headers", raw(ok, true));
    row("RST in the body", raw(ok + "Content-Length: 1000\r\n\r\n{\"data\":", true));
    row("a length that is too large", raw(ok + "Content-Length: 1000\r\n\r\n{}", false));
    row("cut in a chunk", raw(ok + "Transfer-Encoding: chunked\r\n\r\n100\r\n{\"data\":", false));
    row("not HTTP", raw("220 mail.example.com ESMTP\r\n", false));
    row("endless headers", endless(ok, QByteArray("X-A: b\r\n").repeated(1000)));
    row("10 GB", endless(ok + "Content-Length: 10737418240\r\n\r\n", many));
    row("endless chunks", endless(ok + "Transfer-Encoding: chunked\r\n\r\n", "1000\r\n" + QByteArray(4096, 'a') + "\r\n"));
    row("gzip bomb", raw(ok + "Content-Encoding: gzip\r\nContent-Length: " + QByteArray::number(gzipBomb().size()) + "\r\n\r\n" + gzipBomb(), false));
    return faults;
}

/// Answers with status 200 that mean nothing.
QList<Fault> nonsense(const ServiceProfile &profile)
{
    QList<Fault> faults;
    const auto row = [&faults](const char *name, const char *type, const QByteArray &body) {
        faults.append({.name = QString::fromLatin1(name), .misbehave = answer(type, body), .phrase = unusable});
    };
    row("empty body", profile.isJson() ? "application/json" : "image/png", "");
    row("HTML", "text/html", "<html><body>Please log in to the hotel's network</body></html>");
    if (!profile.isJson())
        return faults;
    row("10,000 levels of JSON", "application/json", QByteArray("[").repeated(10'000) + QByteArray("]").repeated(10'000));
    row("10,000 levels of objects", "application/json", QByteArray("{\"data\":").repeated(10'000));
    row("half of the JSON", "application/json", "{\"data\":[{\"b64_json\":\"iVBOR");
    row("null", "application/json", "null");
    row("a number", "application/json", "7");
    row("an empty list", "application/json", "[]");
    row("an empty object", "application/json", "{}");
    row("no pictures", "application/json", "{\"data\":[],\"candidates\":[],\"images\":[],\"out\":{}}");
    row("other types", "application/json",
        "{\"data\":7,\"candidates\":{\"a\":1},\"images\":\"x\",\"out\":{\"picture\":{}},\"generation_id\":[],\"id\":{},\"polling_url\":1}");
    row("invalid UTF-8", "application/json", "{\"data\":\"\xFF\xFE\"}");
    row("NUL bytes", "application/json", QByteArray("{\"da\0ta\":1}", 12));
    return faults;
}

/// Right answers with wrong pictures, wherever the service has its picture.
QList<Fault> pictures()
{
    const QByteArray good = goodPicture();
    QByteArray damaged = good;
    damaged[damaged.size() / 2] = char(damaged.at(damaged.size() / 2) ^ 0x55);
    QList<Fault> faults;
    const auto row = [&faults](const char *name, const QByteArray &picture, const char *phrase) {
        faults.append({.name = QString::fromLatin1(name), .picture = picture, .phrase = QString::fromLatin1(phrase)});
    };
    row("truncated PNG", good.left(good.size() * 2 / 3), "cut off");
    row("truncated JPEG", testPicture({64, 64}, Qt::red, "JPG").chopped(20), "cut off");
    row("damaged PNG", damaged, "damaged");
    row("PNG of 0 × 0", blackPng(0, 0), "damaged");
    row("PNG of 400 million pixels", bombPng(), "million pixels");
    // A custom service may answer with base64 or a link: what is no picture in base64 is taken for a link, which leads nowhere.
    row("SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>", "no PNG, JPEG, WebP or GIF|does not know this address");
    row("HTML as a picture", "<html>expired</html>", "no PNG, JPEG, WebP or GIF|does not know this address");
    faults.append({.name = QStringLiteral("JPEG called PNG"), .picture = testPicture({64, 64}, Qt::red, "JPG"), .failure = std::nullopt});
    faults.append({.name = QStringLiteral("PNG called JPEG"), .picture = good, .declared = "image/jpeg", .failure = std::nullopt});
    faults.append({.name = QStringLiteral("wrong size"), .picture = testPicture({200, 10}, Qt::red), .failure = std::nullopt,
                   .phrase = QStringLiteral("picture of 200 . 10 pixels")});
    return faults;
}

QList<Fault> redirects(const QByteArray &elsewhere, FailureClass failure, const QString &phrase)
{
    QList<Fault> faults;
    for (const int code : {302, 307}) {
        faults.append({.name = QStringLiteral("status %1 to another server").arg(code),
                       .misbehave = status(code, {{"Location", elsewhere + "/stolen"}}),
                       .failure = failure,
                       .phrase = phrase});
    }
    faults.append({.name = QStringLiteral("redirect to a file"),
                   .misbehave = status(302, {{"Location", "file:///etc/passwd"}}),
                   .failure = failure,
                   .phrase = phrase});
    return faults;
}

/// Services that take their time: nothing at all, nearly everything, and a little now and then. Each waits for a deadline.
QList<Fault> slow()
{
    const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    QList<Fault> faults;
    const auto row = [&faults](const char *name, const Misbehave &misbehave) {
        faults.append({.name = QString::fromLatin1(name), .misbehave = misbehave, .isSlow = true, .phrase = carriedOut});
    };
    row("silence", silent(""));
    row("stall at 99 %", silent(ok + "Content-Length: 100\r\n\r\n" + QByteArray(99, ' ')));
    row("slow loris", [ok](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.write(ok + "X-Long: ");
        trickle(connection, 1000);
    });
    return faults;
}

/// Fewer pictures than were asked for, more, and none.
QList<Fault> counts()
{
    const auto row = [](const char *name, int wanted, int sent, std::optional<FailureClass> failure, const char *phrase) {
        return Fault{.name = QString::fromLatin1(name), .pictures = sent, .wanted = wanted, .failure = failure, .phrase = QString::fromLatin1(phrase)};
    };
    return {row("one picture instead of two", 2, 1, std::nullopt, "sent 1 pictures instead of 2"),
            row("three pictures instead of one", 1, 3, std::nullopt, "sent 3 pictures instead of 1"),
            row("no picture instead of two", 2, 0, FailureClass::Ambiguous, "Studio answered, but")};
}

QByteArray halfAPicture()
{
    const QByteArray good = goodPicture();
    return good.left(good.size() * 2 / 3);
}

/// One picture of two is of no use: the other one is kept, and paid for like before. \a profile shows its pictures in the answer.
QList<Fault> partlyDamaged(const ServiceProfile &profile)
{
    if (!profile.hasCount || profile.picture != ServiceProfile::Picture::Base64)
        return {};
    const auto row = [](const char *name, const QByteArray &first, const char *phrase) {
        return Fault{.name = QString::fromLatin1(name), .firstPicture = first, .pictures = 2, .wanted = 2, .kept = 1, .failure = std::nullopt,
                     .phrase = QStringLiteral("Picture 1 of 2 from Studio is lost: ") + QString::fromLatin1(phrase)};
    };
    QList<Fault> faults{row("one of two is cut off", halfAPicture(), "the picture was cut off after [0-9]+ bytes\\."),
                        row("one of two is too large", bombPng(), "the picture has more than [0-9]+ million pixels\\.")};
    // A custom service that answers with text that is no base64 gave a link.
    if (profile.backend.kind != QLatin1String("custom"))
        faults.append(row("one of two is HTML", "<html>sorry</html>", "what it sent is no PNG"));
    return faults;
}

/// The same where pictures are downloaded. A link that is dead in this answer may be alive in the next: who can be asked again is.
QList<Fault> partlyLost(const ServiceProfile &profile)
{
    if (!profile.hasCount)
        return {};
    const auto row = [](const char *name, const Misbehave &misbehave, int kept, const char *phrase) {
        return Fault{.name = QString::fromLatin1(name), .misbehave = misbehave, .pictures = 2, .wanted = 2, .kept = kept, .passing = 1,
                     .failure = std::nullopt, .phrase = QString::fromLatin1(phrase), .asked = 2};
    };
    QList<Fault> faults{row("one of two is cut off", answer("image/png", halfAPicture()), 1, "Picture [12] of 2 from Studio is lost: the picture was cut off"),
                        row("one of two is HTML", answer("text/html", "<html>sorry</html>"), 1, "Picture [12] of 2 from Studio is lost: what it sent is no PNG")};
    if (profile.pollPath.isEmpty()) {
        faults.append(row("one of two is gone", status(404), 1, "Picture [12] of 2 from Studio could not be fetched"));
    } else {
        Fault again = row("one of two is gone, then looked up", status(404), 0, "");
        again.mayLookUp = true;
        again.asked = 0;
        faults.append(again);
    }
    return faults;
}

/// What may become of a stream of events between its start and its end.
QList<Fault> streams()
{
    const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
    const QByteArray open = ok + "Connection: close\r\n\r\n";
    const QByteArray cut = ok + "Transfer-Encoding: chunked\r\n\r\nfffff\r\n";
    const QByteArray partial = streamEvent("partial_image", goodPicture().toBase64());
    const QByteArray done = streamEvent("completed", goodPicture().toBase64());
    const QByteArray junk = "data: {no JSON\n\nevent: nonsense\ndata: {\"type\":7}\n\n: a comment\n\ndata: \xFF\xFE\n\n";
    QList<Fault> faults;
    const auto row = [&faults](const char *name, const Misbehave &misbehave, std::optional<FailureClass> failure, const QString &phrase) {
        faults.append({.name = QString::fromLatin1(name), .misbehave = misbehave, .failure = failure, .phrase = phrase});
    };
    const QString ended = QStringLiteral("stream ended before the picture");
    row("cut in mid-event", raw(cut + partial + done.left(done.size() / 2), false), FailureClass::Ambiguous, carriedOut);
    row("RST in mid-event", raw(cut + partial + done.left(done.size() / 2), true), FailureClass::Ambiguous, carriedOut);
    row("cut after a partial picture", raw(cut + partial, false), FailureClass::Ambiguous, carriedOut);
    row("no final event", raw(open + partial, false), FailureClass::Ambiguous, ended);
    row("nothing but its end", raw(open + "data: [DONE]\n\n", false), FailureClass::Ambiguous, ended);
    row("junk and no picture", raw(open + junk + partial, false), FailureClass::Ambiguous, ended);
    row("junk as the final event", raw(open + partial + "event: image_generation.completed\ndata: {\"b64_json\":\"iVB\n\n", false), FailureClass::Ambiguous, unusable);
    row("a final event without a picture", raw(open + streamEvent("completed", {}), false), FailureClass::Ambiguous, unusable);
    row("an endless event", endless(open + "data: ", QByteArray(64 * 1024, 'a')), FailureClass::Ambiguous, carriedOut);
    row("a refusal in mid-stream",
        raw(open + partial + "event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"rejected by our safety system\",\"code\":\"moderation_blocked\"}}\n\n",
            false),
        FailureClass::Refused, QStringLiteral("safety"));
    row("junk before the picture", raw(open + junk + partial + junk + done, false), std::nullopt, {});
    row("a damaged partial picture", raw(open + streamEvent("partial_image", halfAPicture().toBase64()) + done, false), std::nullopt, {});
    row("cut after the picture", raw(cut + done, false), std::nullopt, {});
    row("silence after a partial picture", silent(open + partial), FailureClass::Ambiguous, carriedOut);
    faults.last().isSlow = true;
    return faults;
}

/// What is paid for all the same, and what the service itself says of money.
QList<Fault> bills(const ServiceProfile &profile, Stage stage)
{
    QList<Fault> faults;
    const bool isLast = stage == (profile.poll ? Stage::Poll : Stage::Paid);
    if (isLast && profile.withCost) {
        faults.append({.name = QStringLiteral("its own price"), .saysCost = true, .failure = std::nullopt, .billed = QStringLiteral("settled service 0.25")});
    }
    if (isLast && !profile.refusal.body.isEmpty()) {
        faults.append({.name = QStringLiteral("refused for reasons of safety"),
                       .answer = profile.refusal,
                       .failure = FailureClass::Refused,
                       .phrase = QStringLiteral("safety"),
                       .billed = profile.refusalIsBilled ? QStringLiteral("settled price 0.06") : QString()});
    }
    return faults;
}

/// A person stops the job while the service has the request, and while a large picture is on its way there.
QList<Fault> stops(const ServiceProfile &profile, Stage stage)
{
    const QString assumed = QStringLiteral("settled assumed 0.06");
    QList<Fault> faults;
    faults.append({.name = QStringLiteral("stopped while it is silent"), .misbehave = silent(""), .cancels = true, .failure = std::nullopt, .billed = assumed});
    if (stage != Stage::Paid || profile.editPath.isEmpty() || !profile.uploadPath.isEmpty())
        return faults;
    faults.append({.name = QStringLiteral("stopped in the upload"), .hasStart = true, .atHeaders = true, .cancels = true, .failure = std::nullopt,
                   .billed = assumed});
    faults.append({.name = QStringLiteral("status 413 in the upload"), .misbehave = status(413), .hasStart = true, .atHeaders = true,
                   .failure = FailureClass::Rejected, .phrase = QStringLiteral("too large")});
    faults.append({.name = QStringLiteral("RST in the upload"), .misbehave = raw("", true), .hasStart = true, .atHeaders = true, .phrase = carriedOut});
    return faults;
}

/// Where pictures are sent before the request that may cost money, nothing is lost when they do not arrive.
QList<Fault> uploads()
{
    QList<Fault> faults;
    const auto row = [&faults](const char *name, const Misbehave &misbehave, FailureClass failure, int asked, const char *phrase) {
        faults.append({.name = QString::fromLatin1(name), .misbehave = misbehave, .hasStart = true, .failure = failure,
                       .phrase = QString::fromLatin1(phrase), .paid = 0, .asked = asked});
    };
    row("status 413", status(413), FailureClass::Rejected, 1, "too large");
    row("status 403", status(403), FailureClass::Rejected, 1, "key|allow");
    row("status 500", status(500), FailureClass::NotSent, patience, "nothing was billed");
    row("RST before the answer", raw("", true), FailureClass::NotSent, patience, "nothing was billed");
    row("HTML", answer("text/html", "<html>hello</html>"), FailureClass::Rejected, 1, "cannot be read");
    row("no name", answer("application/json", "{}"), FailureClass::Rejected, 1, "what it called the picture");
    faults.append({.name = QStringLiteral("RST twice"), .misbehave = raw("", true), .hasStart = true, .passing = 2, .failure = std::nullopt, .asked = 3});
    faults.append({.name = QStringLiteral("stopped in the upload"), .hasStart = true, .atHeaders = true, .cancels = true, .failure = std::nullopt,
                   .paid = 0, .billed = QStringLiteral("released")});
    return faults;
}

/// Without its WebSocket the history tells what becomes of a render.
QList<Fault> sockets()
{
    QList<Fault> faults;
    const auto row = [&faults](const char *name, const Misbehave &misbehave) {
        faults.append({.name = QString::fromLatin1(name), .misbehave = misbehave, .failure = std::nullopt});
    };
    row("status 404", status(404));
    row("status 500", status(500));
    row("FIN before the answer", raw("", false));
    row("RST before the answer", raw("", true));
    row("HTML", answer("text/html", "<html>hello</html>"));
    row("silence", silent(""));
    faults.last().isSlow = true;
    row("wrong accept", raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n", false));
    return faults;
}

/// What ComfyUI itself may do with a prompt that it has taken in.
QList<Fault> courses()
{
    using Course = FakeComfyUI::Course;
    QList<Fault> faults;
    const auto row = [&faults](const char *name, const FakeComfyUI::Behaviour &behaviour, std::optional<FailureClass> failure, const char *phrase) {
        faults.append({.name = QString::fromLatin1(name), .behaviour = behaviour, .failure = failure, .phrase = QString::fromLatin1(phrase)});
    };
    row("a node fails", {.course = Course::Fail}, FailureClass::Rejected, "mat1 and mat2");
    row("out of memory", {.course = Course::OutOfMemory}, FailureClass::Rejected, "too little GPU memory");
    row("somebody interrupts", {.course = Course::Interrupt}, FailureClass::Rejected, "Somebody stopped this render");
    row("started anew", {.course = Course::Vanish, .hasSocket = false}, FailureClass::Ambiguous, "no longer knows this render");
    row("the socket closes", {.closesSocket = true, .hasSocketAgain = false}, std::nullopt, "");
    row("the socket breaks", {.resetsSocket = true, .hasSocketAgain = false}, std::nullopt, "");
    row("broken frames", {.brokenFrames = true}, std::nullopt, "");
    row("events of others", {.otherEvents = true}, std::nullopt, "");
    row("an id of its own", {.ownIds = true}, std::nullopt, "");
    row("numbers that JSON does not have", {.oddNumbers = true}, std::nullopt, "");
    row("silence at the end", {.silentEnd = true}, std::nullopt, "");
    row("no picture saved", {.noPicture = true}, FailureClass::Ambiguous, "saved no picture");
    row("only a preview saved", {.onlyTemporary = true}, std::nullopt, "");
    row("a workflow that it refuses", {.nodeErrors = R"({"4":{"class_type":"CheckpointLoaderSimple","errors":[{"message":"Value not in list","details":"x"}]}})"},
        FailureClass::Rejected, "refused the workflow");
    return faults;
}

/// What goes wrong after the service has taken the request in: the picture may be there, and nothing is paid for again.
QList<Fault> afterwards(const ServiceProfile &profile, Stage stage, const QByteArray &elsewhere)
{
    QList<Fault> faults = transport() + slow();
    for (Fault &fault : faults)
        fault.asked = fault.name == QLatin1String("slow loris") ? patienceInDeadlines : patience;
    for (const int code : {400, 401, 403, 404, 410, 500, 503}) {
        faults.append({.name = QStringLiteral("status %1").arg(code), .misbehave = status(code), .phrase = QStringLiteral("picture"),
                       .asked = code >= 500 ? patience : 1});
    }
    faults.append({.name = QStringLiteral("status 429 with an hour's wait"), .misbehave = status(429, {{"Retry-After", "3600"}}),
                   .phrase = QStringLiteral("picture"), .asked = 1});
    for (const int code : {429, 500, 503}) {
        faults.append({.name = QStringLiteral("status %1 twice").arg(code), .misbehave = status(code, {{"Retry-After", "0"}}), .passing = 2,
                       .failure = std::nullopt, .asked = 3});
    }
    faults.append({.name = QStringLiteral("RST twice"), .misbehave = raw("", true), .passing = 2, .failure = std::nullopt, .asked = 3});
    faults.append({.name = QStringLiteral("HTML"), .misbehave = answer("text/html", "<html>hello</html>"), .phrase = unusable, .asked = 1});
    faults.append({.name = QStringLiteral("empty body"), .misbehave = answer("image/png", ""), .phrase = unusable, .asked = 1});
    faults += stops(profile, stage);
    const ServiceKind *kind = findServiceKind(profile.backend.kind);
    if (kind && kind->canLookUp && !profile.pollPath.isEmpty()) {
        const int asked = stage == Stage::Download ? 2 : 0;
        faults.append({.name = QStringLiteral("gone once, then looked up"), .misbehave = status(403), .mayLookUp = true, .passing = 1,
                       .failure = std::nullopt, .asked = asked});
        faults.append({.name = QStringLiteral("gone, and looked up in vain"), .misbehave = status(403), .mayLookUp = true,
                       .phrase = QStringLiteral("Looking it up failed"), .asked = asked});
    }
    if (stage == Stage::Download || profile.mayFollow) {
        QList<Fault> led = redirects(elsewhere, FailureClass::Ambiguous, QStringLiteral("picture|accepted|Look it up"));
        for (Fault &fault : led) {
            // What the WebSocket has told is enough where the history is led astray.
            if (profile.usesSocket && stage == Stage::Poll && fault.name.startsWith(QLatin1String("status"))) {
                fault.failure = std::nullopt;
                fault.phrase = QStringLiteral("history was cleared");
            }
        }
        faults += led;
        faults.append({.name = QStringLiteral("a circle"),
                       .misbehave = [](const ReceivedRequest &request, const ScriptedConnection &connection) {
                           connection.respond(302, {{"Location", request.target}}, {});
                       },
                       .phrase = QStringLiteral("circle")});
    }
    return faults;
}

/// The request that may cost money.
QList<Fault> faultsOfOrder(const ServiceProfile &profile, const QByteArray &elsewhere)
{
    QList<Fault> faults = statuses(profile) + waits() + transport() + slow() + nonsense(profile) + stops(profile, Stage::Paid)
                          + redirects(elsewhere, FailureClass::Rejected, QStringLiteral("another address"));
    if (profile.usesSocket)
        return faults + courses() + counts();
    faults += bills(profile, Stage::Paid);
    if (profile.hasCount)
        faults += counts() + partlyDamaged(profile);
    if (profile.streams)
        faults += streams();
    if (profile.picture != ServiceProfile::Picture::Link)
        faults += pictures();
    if (profile.picture == ServiceProfile::Picture::Base64) {
        faults.append({.name = QStringLiteral("bad base64"), .picture = QByteArray("%%%not base64%%%"), .declared = "raw",
                       .phrase = QStringLiteral("Studio answered, but|does not know this address")});
    }
    if (profile.picture == ServiceProfile::Picture::Link) {
        for (const char *link : {"file:///etc/passwd", "http://169.254.169.254/latest/meta-data", "ftp://example.com/a.png", "http://[", "no link"}) {
            faults.append({.name = QStringLiteral("link ") + QString::fromLatin1(link), .picture = QByteArray(link), .declared = "raw",
                           .phrase = QStringLiteral("picture|answered, but")});
        }
    }
    return faults;
}

} // namespace

QString Fault::ledgerAtRest(bool isFree) const
{
    switch (state(isFree)) {
    case JobState::Undecided:
    case JobState::Backoff: return isFree ? QStringLiteral("reserved 0") : QStringLiteral("reserved 0.06");
    default: return ledgerAtLast(isFree);
    }
}

QString Fault::ledgerAtLast(bool isFree) const
{
    const QString price = isFree ? QStringLiteral("0") : QStringLiteral("0.06");
    if (isFree && cancels)
        return QStringLiteral("released");
    if (!billed.isEmpty())
        return billed;
    switch (state(isFree)) {
    case JobState::Done: return QStringLiteral("settled price ") + price;
    case JobState::Undecided: return QStringLiteral("settled assumed ") + price;
    default: return QStringLiteral("released");
    }
}

JobState Fault::state(bool isFree) const
{
    constexpr qint64 longestWaitMs = 120'000;
    if (cancels)
        return JobState::Cancelled;
    if (!failure)
        return JobState::Done;
    if (*failure == FailureClass::Ambiguous)
        return isFree ? JobState::Backoff : JobState::Undecided;
    const bool comesBack = *failure == FailureClass::NotSent || (*failure == FailureClass::Busy && waitMs <= longestWaitMs);
    return comesBack ? JobState::Backoff : JobState::Failed;
}

QByteArray goodPicture()
{
    return testPicture({64, 64}, Qt::darkGreen);
}

QList<Fault> faultsOf(const ServiceProfile &profile, Stage stage, const QByteArray &elsewhere)
{
    QList<Fault> faults;
    switch (stage) {
    case Stage::Socket:
        if (profile.usesSocket)
            faults = sockets();
        break;
    case Stage::Upload:
        if (!profile.uploadPath.isEmpty())
            faults = uploads();
        break;
    case Stage::Paid: faults = faultsOfOrder(profile, elsewhere); break;
    case Stage::Poll:
        if (!profile.pollPath.isEmpty())
            faults = afterwards(profile, stage, elsewhere) + bills(profile, stage);
        break;
    case Stage::Download:
        if (profile.picture == ServiceProfile::Picture::Link)
            faults = afterwards(profile, stage, elsewhere) + pictures() + partlyLost(profile);
        break;
    }
    for (Fault &fault : faults)
        fault.stage = stage;
    return faults;
}

} // namespace Galley
