#include "core/base/json.h"
#include "testpaths.h"
#include "tests/support/fakeopenai.h"
#include "tests/support/remoterig.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Galley;

namespace {

// What the official client sends and Galley does not, on purpose: it tells nobody about the machine that it runs on, asks for no packing that it
// would have to trust, and repeats nothing by itself.
const QByteArrayList notSent{"user-agent", "accept-encoding", "connection", "x-stainless-lang", "x-stainless-package-version", "x-stainless-os",
                             "x-stainless-arch", "x-stainless-runtime", "x-stainless-runtime-version", "x-stainless-async",
                             "x-stainless-retry-count", "x-stainless-read-timeout"};

Json recorded()
{
    QFile file(QStringLiteral(GALLEY_SOURCE_DIR "/tests/data/openai/requests.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return Json::parse(file.readAll().toStdString(), nullptr, false);
}

EngineRequest requestOf(const Json &ask, const Json &all)
{
    EngineRequest request;
    request.upstream = toQString(ask["model"]);
    request.prompt = toQString(ask["prompt"]);
    const QStringList sides = toQString(ask["size"]).split(QLatin1Char('x'));
    request.size = {sides.value(0).toInt(), sides.value(1).toInt()};
    request.count = ask["n"];
    request.steps = 0;
    request.dialect = Dialect::Prose;
    request.options = ask["options"];
    request.previewEvery = ask.value("stream", false) ? 1 : 0;
    const auto png = [&](const char *name) { return QByteArray::fromBase64(QByteArray::fromStdString(all[name].get<std::string>())); };
    for (int i = 0; i < ask.value("starts", 0); ++i)
        request.references.append({ReferencePicture::Use::Start, png("start_png"), request.size, QStringLiteral("s")});
    if (ask.value("mask", false))
        request.references.append({ReferencePicture::Use::Mask, png("mask_png"), request.size, QStringLiteral("m")});
    return request;
}

struct SeenPart
{
    QByteArray name;
    QByteArray fileName;
    QByteArray type;
    QByteArray content;
};

/// Every part of a form, several of one name included.
QList<SeenPart> partsOf(const ReceivedRequest &request)
{
    const QByteArray kind = request.header("Content-Type");
    const QByteArray boundary = "--" + kind.mid(kind.indexOf("boundary=") + 9).replace('"', "");
    QList<SeenPart> parts;
    qsizetype at = request.body.indexOf(boundary);
    while (at >= 0) {
        const qsizetype next = request.body.indexOf(QByteArray("\r\n" + boundary), at + boundary.size());
        const qsizetype head = request.body.indexOf("\r\n\r\n", at);
        if (next < 0 || head < 0 || head > next)
            break;
        const QString headers = QString::fromUtf8(request.body.mid(at, head - at));
        const auto find = [&headers](const char *pattern) {
            const QRegularExpression expression(QString::fromLatin1(pattern), QRegularExpression::CaseInsensitiveOption);
            return expression.match(headers).captured(1).toUtf8();
        };
        parts.append({find(" name=\"([^\"]*)\""), find("filename=\"([^\"]*)\""), find("content-type: *([^\r\n;]*)"), request.body.mid(head + 4, next - head - 4)});
        at = next + 2;
    }
    return parts;
}

} // namespace

/// The official Python client's requests, recorded by tests/data/openai/record.py, against ours for the same wishes.
class TestOpenAiRecorded : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void request_isTheOfficialOne_data();
    void request_isTheOfficialOne();

private:
    void compareHeaders(const Json &official, const ReceivedRequest &ours, bool streamed);
    void compareParts(const Json &official, const ReceivedRequest &ours);
};

void TestOpenAiRecorded::request_isTheOfficialOne_data()
{
    QTest::addColumn<int>("index");
    const Json all = recorded();
    QVERIFY(all.is_object());
    int index = 0;
    for (const Json &entry : all["requests"])
        QTest::addRow("%s", entry["name"].get<std::string>().c_str()) << index++;
}

void TestOpenAiRecorded::request_isTheOfficialOne()
{
    QFETCH(int, index);
    const Json all = recorded();
    const Json entry = all["requests"][std::size_t(index)];
    const Json official = entry["request"];
    ScriptedServer server;
    const FakeOpenAi fake(server, QStringLiteral("openai"), "sk-recorded");
    BackendEntry backend;
    backend.id = backend.key = QStringLiteral("openai");
    backend.kind = QStringLiteral("openai");
    backend.url = server.url("/v1");
    backend.options = {{"organization", "org-1"}, {"project", "proj-1"}};
    RemoteRig rig(backend, "sk-recorded");
    const Json ask = entry["ask"];
    const bool streamed = ask.value("stream", false);
    if (ask.empty())
        QVERIFY(RemoteRig::wait(rig.engine.testConnection({})).has_value());
    else
        QVERIFY(rig.render(requestOf(ask, all)).has_value());
    QCOMPARE(server.requests().size(), 1);
    const ReceivedRequest ours = server.requests().first();
    QCOMPARE(ours.method, QByteArray::fromStdString(official["method"]));
    QCOMPARE(ours.target, QByteArray::fromStdString(official["path"]));
    QCOMPARE(ours.header("Content-Type").split(';').value(0), QByteArray::fromStdString(official["content_type"]));
    compareHeaders(official["headers"], ours, streamed);
    if (official.contains("body")) {
        Json expected = official["body"];
        const Json body = Json::parse(ours.body.toStdString(), nullptr, false);
        QCOMPARE(canonicalDigest(body), canonicalDigest(expected));
    } else if (official.contains("parts")) {
        compareParts(official["parts"], ours);
    } else {
        QVERIFY(ours.body.isEmpty());
    }
}

void TestOpenAiRecorded::compareHeaders(const Json &official, const ReceivedRequest &ours, bool streamed)
{
    for (const auto &[name, value] : official.items()) {
        const QByteArray header = QByteArray::fromStdString(name);
        if (notSent.contains(header)) {
            if (header.startsWith("x-stainless"))
                QVERIFY2(ours.header(header).isNull(), header.constData());
        } else if (header == "accept") {
            // Ours says what it can read: a stream, or a picture as such.
            QVERIFY(ours.header("accept").contains(streamed ? "text/event-stream" : "application/json"));
        } else if (header != "content-type") {
            QCOMPARE(ours.header(header), QByteArray::fromStdString(value));
        }
    }
    for (const auto &[name, value] : ours.headers) {
        const QByteArray header = name.toLower();
        QVERIFY2(official.contains(header.toStdString()) || header == "host" || header == "content-length", header.constData());
    }
}

void TestOpenAiRecorded::compareParts(const Json &official, const ReceivedRequest &ours)
{
    const QList<SeenPart> seen = partsOf(ours);
    QCOMPARE(seen.size(), qsizetype(official.size()));
    QList<bool> taken(seen.size(), false);
    for (const Json &part : official) {
        const QByteArray name = QByteArray::fromStdString(part["name"]);
        const bool isFile = part["filename"].is_string();
        bool found = false;
        for (qsizetype i = 0; i < seen.size() && !found; ++i) {
            const SeenPart &own = seen[i];
            if (taken[i] || own.name != name)
                continue;
            if (isFile) {
                found = own.fileName == QByteArray::fromStdString(part["filename"]) && own.type == QByteArray::fromStdString(part["type"])
                        && QCryptographicHash::hash(own.content, QCryptographicHash::Sha256).toHex() == QByteArray::fromStdString(part["sha256"]);
            } else {
                found = own.fileName.isEmpty() && own.type.isEmpty() && own.content == QByteArray::fromStdString(part["text"]);
            }
            taken[i] = found;
        }
        QVERIFY2(found, qPrintable(QString::fromStdString(part.dump())));
    }
}

QTEST_GUILESS_MAIN(TestOpenAiRecorded)
#include "tst_openairecorded.moc"
