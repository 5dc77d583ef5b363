#include "core/store/rendercache.h"
#include "tests/core/store/samplejob.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <thread>

using namespace Galley;

/// Renders on disk: what is found is what was put in, for exactly that model, revision and request, or it is not found.
class TestRenderCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void result_comesBack();
    void localResult_comesBack();
    void unknownSeed_isARecording();
    void everythingInTheKeyCounts_data();
    void everythingInTheKeyCounts();
    void otherAddress_isAnotherService();
    void swappedModel_losesOnlyItsOwn();
    void rolledBackModel_losesOnlyItsOwn();
    void rollbackElsewhere_isNotServed();
    void newRevisionOfTheRequest_leavesTheOld();
    void leastRecentlyUsed_goesFirst();
    void noRoom_keepsAndServesNothing();
    void damage_isAMiss_data();
    void damage_isAMiss();
    void oddEntry_isAMiss_data();
    void oddEntry_isAMiss();
    void anyFlippedBit_isAMiss();
    void swappedFiles_areMisses();
    void twoProcesses_shareIt();
    void folderThatCannotBeMade_isAMiss();

private:
    static EngineRequest requestOf(int number, const QString &model = QStringLiteral("ideogram-4"));
    static RenderResult resultOf(int number, const QString &revision = {});
    QFileInfoList entries() const { return renderEntries(m_folder->filePath(QStringLiteral("renders"))); }
    qint64 bytesOnDisk() const
    {
        qint64 bytes = 0;
        for (const QFileInfo &entry : entries())
            bytes += entry.size();
        return bytes;
    }
    std::unique_ptr<RenderCache> cacheOf(qint64 bytes = 100 << 20) { return std::make_unique<RenderCache>(m_folder->filePath(QStringLiteral("renders")), bytes); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestRenderCache::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

EngineRequest TestRenderCache::requestOf(int number, const QString &model)
{
    EngineRequest request;
    request.model = model;
    request.prompt = QStringLiteral("apples %1").arg(number);
    request.size = QSize(8, 6);
    request.seed = number;
    return request;
}

RenderResult TestRenderCache::resultOf(int number, const QString &revision)
{
    RenderResult result;
    const NewAsset file = samplePicture(number);
    ServicePicture picture;
    picture.bytes = file.file;
    picture.mediaType = "image/png";
    picture.image = QImage::fromData(file.file).convertToFormat(QImage::Format_RGBA8888_Premultiplied);
    picture.seed = number;
    result.pictures = {picture, picture};
    result.image = picture.image;
    result.model = QStringLiteral("ideogram-4-0625");
    result.revision = revision;
    result.seed = number;
    result.steps = 20;
    result.timingsMs = {{QStringLiteral("service"), 812.5}};
    result.costUsd = 0.06;
    result.requestsSent = 1;
    result.remoteId = QStringLiteral("r-1");
    result.answer = {{"id", 7}};
    return result;
}

void TestRenderCache::result_comesBack()
{
    cacheOf()->insert(requestOf(1), resultOf(1), 0);
    const auto found = cacheOf()->find(requestOf(1));
    QVERIFY(found);
    QVERIFY(found->fromCache);
    QVERIFY(found->pictures == resultOf(1).pictures);
    QCOMPARE(found->image, resultOf(1).image);
    QCOMPARE(found->model, resultOf(1).model);
    QCOMPARE(found->steps, 20);
    QCOMPARE(found->timingsMs, resultOf(1).timingsMs);
    QVERIFY(found->answer == resultOf(1).answer);
    QCOMPARE(found->remoteId, QStringLiteral("r-1"));
    QCOMPARE(found->costUsd, std::optional<double>(0));
    QCOMPARE(found->requestsSent, 0);
    QVERIFY(found->notes.isEmpty());
    // What came out of the cache does not go in again.
    cacheOf()->insert(requestOf(2), *found, 0);
    QVERIFY(!cacheOf()->find(requestOf(2)));
}

void TestRenderCache::localResult_comesBack()
{
    RenderResult local;
    local.image = QImage(16, 16, QImage::Format_RGBA8888_Premultiplied);
    local.image.fill(QColor(10, 200, 30));
    local.model = QStringLiteral("galley-draft");
    local.device = QStringLiteral("cpu");
    cacheOf()->insert(requestOf(1), local, 0);
    const auto found = cacheOf()->find(requestOf(1));
    QVERIFY(found);
    QVERIFY(found->pictures.isEmpty());
    QCOMPARE(found->image, local.image);
    QCOMPARE(found->device, local.device);
}

void TestRenderCache::unknownSeed_isARecording()
{
    RenderResult result = resultOf(1);
    result.seedKnown = false;
    cacheOf()->insert(requestOf(1), result, 0);
    const auto found = cacheOf()->find(requestOf(1));
    QVERIFY(found);
    QVERIFY(!found->seedKnown);
    QCOMPARE(found->notes, QStringList{RenderCache::recordingNote()});
}

void TestRenderCache::everythingInTheKeyCounts_data()
{
    QTest::addColumn<QByteArray>("what");
    for (const char *what : {"model", "revision", "prompt", "negative", "size", "seed", "steps", "guidance", "options"})
        QTest::newRow(what) << QByteArray(what);
}

void TestRenderCache::everythingInTheKeyCounts()
{
    QFETCH(QByteArray, what);
    EngineRequest other = requestOf(1);
    if (what == "model")
        other.model = QStringLiteral("gpt-image");
    else if (what == "revision")
        other.revision = QStringLiteral("r2");
    else if (what == "prompt")
        other.prompt += QLatin1Char('s');
    else if (what == "negative")
        other.negativePrompt = QStringLiteral("text");
    else if (what == "size")
        other.size = QSize(6, 8);
    else if (what == "seed")
        other.seed = 2;
    else if (what == "steps")
        other.steps = 3;
    else if (what == "guidance")
        other.guidance = 1;
    else
        other.options = {{"quality", "high"}};
    const auto cache = cacheOf();
    cache->insert(requestOf(1), resultOf(1), 0);
    QVERIFY(!cache->find(other));
    cache->insert(other, resultOf(2), 0);
    QCOMPARE(cache->find(requestOf(1))->image, resultOf(1).image);
    QCOMPARE(cache->find(other)->image, resultOf(2).image);
}

/// A backend that moves misses what it made where it was, and nothing else does; moved back, it has all of it again.
void TestRenderCache::otherAddress_isAnotherService()
{
    const QString here = QStringLiteral("http://127.0.0.1:8000/v1"), there = QStringLiteral("http://127.0.0.2:8000/v1");
    const auto cache = cacheOf();
    cache->insert(requestOf(1), resultOf(1, QStringLiteral("a")), 0, here);
    cache->insert(requestOf(2), resultOf(2, QStringLiteral("a")), 0, here);
    cache->insert(requestOf(1, QStringLiteral("sd-turbo")), resultOf(3), 0);  // of this machine
    cache->insert(requestOf(1, QStringLiteral("gpt-image")), resultOf(4), 0, QStringLiteral("https://127.0.0.9/v1"));
    QVERIFY(!cache->find(requestOf(1), there));
    QVERIFY(!cache->find(requestOf(1)));
    QVERIFY(cache->find(requestOf(1, QStringLiteral("sd-turbo"))));
    QVERIFY(cache->find(requestOf(1, QStringLiteral("gpt-image")), QStringLiteral("https://127.0.0.9/v1")));
    // Another revision there says nothing of the service here.
    cache->insert(requestOf(1), resultOf(5, QStringLiteral("b")), 0, there);
    QCOMPARE(cache->find(requestOf(1), there)->image, resultOf(5).image);
    QCOMPARE(cache->find(requestOf(1), here)->image, resultOf(1).image);
    QCOMPARE(cache->find(requestOf(2), here)->image, resultOf(2).image);
    // A file that was moved to the other address says where it is from, and neither says it in words.
    const QString file = cache->fileOf(requestOf(1), here);
    QVERIFY(!file.contains(QStringLiteral("127.0.0")));
    QVERIFY(QFile::remove(cache->fileOf(requestOf(1), there)) && QFile::copy(file, cache->fileOf(requestOf(1), there)));
    QVERIFY(!cache->find(requestOf(1), there));
    QVERIFY(cache->find(requestOf(1), here));
    // A rollback of the model reaches all of its services.
    cache->forget(QStringLiteral("ideogram-4"));
    QVERIFY(!cache->find(requestOf(1), here) && !cache->find(requestOf(2), here));
    QVERIFY(cache->find(requestOf(1, QStringLiteral("sd-turbo"))));
}

/// The service says another revision under the same name: what it made before is not what it would make now.
void TestRenderCache::swappedModel_losesOnlyItsOwn()
{
    const auto cache = cacheOf();
    cache->insert(requestOf(1), resultOf(1, QStringLiteral("2026-06")), 0);
    cache->insert(requestOf(2), resultOf(2, QStringLiteral("2026-06")), 0);
    cache->insert(requestOf(1, QStringLiteral("gpt-image")), resultOf(3, QStringLiteral("a")), 0);
    QVERIFY(cache->find(requestOf(1)) && cache->find(requestOf(2)));
    cache->insert(requestOf(3), resultOf(4, QStringLiteral("2026-09")), 0);
    QVERIFY(!cache->find(requestOf(1)));
    QVERIFY(!cache->find(requestOf(2)));
    QVERIFY(cache->find(requestOf(3)));
    QVERIFY(cache->find(requestOf(1, QStringLiteral("gpt-image"))));
    QCOMPARE(entries().size(), 2);
}

void TestRenderCache::rolledBackModel_losesOnlyItsOwn()
{
    const auto cache = cacheOf();
    EngineRequest old = requestOf(1);
    old.revision = QStringLiteral("w1");
    cache->insert(old, resultOf(1), 0);
    cache->insert(requestOf(2), resultOf(2), 0);
    cache->insert(requestOf(1, QStringLiteral("gpt-image")), resultOf(3), 0);
    const quint64 before = cache->moment();
    cache->forget(QStringLiteral("ideogram-4"));
    QVERIFY(!cache->find(old) && !cache->find(requestOf(2)));
    QVERIFY(cache->find(requestOf(1, QStringLiteral("gpt-image"))));
    // A render that was under way then: what it brings is of the model that was withdrawn.
    cache->insert(old, resultOf(1), before);
    cache->insert(requestOf(3, QStringLiteral("gpt-image")), resultOf(4), before);
    QVERIFY(!cache->find(old));
    QVERIFY(cache->find(requestOf(3, QStringLiteral("gpt-image"))));
    // One that was sent afterwards.
    cache->insert(old, resultOf(1), cache->moment());
    QVERIFY(cache->find(old));
}

/// Two windows share the folder: what one takes back is not served by the other, and what is under way there then is not kept.
void TestRenderCache::rollbackElsewhere_isNotServed()
{
    const auto mine = cacheOf(), others = cacheOf();
    const EngineRequest request = requestOf(1);
    mine->insert(request, resultOf(1), mine->moment());
    QVERIFY(mine->find(request) && others->find(request));
    const quint64 sentAt = mine->moment();
    others->forget(request.model);
    QVERIFY(!mine->find(request));
    mine->insert(request, resultOf(1), sentAt);
    QVERIFY(!mine->find(request) && !others->find(request));
    mine->insert(request, resultOf(1), mine->moment());
    QVERIFY(others->find(request));
}

/// Going back to the old weights finds what they made.
void TestRenderCache::newRevisionOfTheRequest_leavesTheOld()
{
    const auto cache = cacheOf();
    EngineRequest before = requestOf(1), after = requestOf(1);
    before.revision = QStringLiteral("w1");
    after.revision = QStringLiteral("w2");
    cache->insert(before, resultOf(1, QStringLiteral("w1")), 0);
    cache->insert(after, resultOf(2, QStringLiteral("w2")), 0);
    QCOMPARE(cache->find(before)->image, resultOf(1).image);
    QCOMPARE(cache->find(after)->image, resultOf(2).image);
}

void TestRenderCache::leastRecentlyUsed_goesFirst()
{
    cacheOf()->insert(requestOf(0), resultOf(0), 0);
    const qint64 one = bytesOnDisk();
    const auto cache = cacheOf(one * 10);
    const QDateTime past = QDateTime::currentDateTime().addDays(-1);
    for (int number = 0; number < 9; ++number) {
        cache->insert(requestOf(number), resultOf(number), 0);
        QFile file(cache->fileOf(requestOf(number)));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(past.addSecs(number), QFileDevice::FileModificationTime));
    }
    QVERIFY(cache->find(requestOf(0)));  // the oldest, used again
    for (int number = 20; number < 23; ++number)
        cache->insert(requestOf(number), resultOf(number), 0);
    QVERIFY(bytesOnDisk() <= one * 10);
    QVERIFY(cache->find(requestOf(0)));
    QVERIFY(!cache->find(requestOf(1)));
    QVERIFY(!cache->find(requestOf(2)));
    QVERIFY(cache->find(requestOf(8)));
    QVERIFY(cache->find(requestOf(22)));
}

/// The setting 0: what was kept before is not served any more, and goes.
void TestRenderCache::noRoom_keepsAndServesNothing()
{
    for (const bool finds : {true, false}) {
        cacheOf()->insert(requestOf(1), resultOf(1), 0);
        QCOMPARE(entries().size(), 1);
        const auto none = cacheOf(0);
        if (finds)
            QVERIFY(!none->find(requestOf(1)));
        else
            none->insert(requestOf(2), resultOf(2), 0);
        QCOMPARE(entries().size(), 0);
        QVERIFY(!cacheOf()->find(requestOf(2)));
    }
}

void TestRenderCache::damage_isAMiss_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("empty") << 0;
    QTest::newRow("a few bytes") << 10;
    QTest::newRow("the head alone") << 82;
    QTest::newRow("one byte short") << -1;
    QTest::newRow("one byte more") << -2;
}

void TestRenderCache::damage_isAMiss()
{
    QFETCH(int, size);
    const auto cache = cacheOf();
    cache->insert(requestOf(1), resultOf(1), 0);
    QFile file(cache->fileOf(requestOf(1)));
    QVERIFY(file.resize(size >= 0 ? size : size == -1 ? file.size() - 1 : file.size() + 1));
    QVERIFY(!cache->find(requestOf(1)));
    QVERIFY2(!file.exists(), "it would be tried each time");
    cache->insert(requestOf(1), resultOf(1), 0);
    QVERIFY(cache->find(requestOf(1)));
}

namespace {

/// \a whole with \a from in its head replaced by \a to, and the digest that belongs to it.
QByteArray rewritten(const QByteArray &whole, const QByteArray &from, const QByteArray &to)
{
    constexpr int start = 14 + 64;  // behind the magic words and the digest
    const qsizetype length = qFromLittleEndian<quint32>(whole.constData() + start);
    QByteArray head = whole.mid(start + 4, length);
    const qsizetype at = head.indexOf(from);
    if (at < 0)
        return {};
    head.replace(at, from.size(), to);
    QByteArray body(4, '\0');
    qToLittleEndian(quint32(head.size()), body.data());
    body += head + whole.mid(start + 4 + length);
    return whole.left(14) + QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex() + body;
}

} // namespace

void TestRenderCache::oddEntry_isAMiss_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    for (const char *key : {"key", "seed_known", "steps", "confidence", "timings_ms", "answer", "is_service", "pictures", "bytes", "media_type"})
        QTest::addRow("no %s", key) << QByteArray("\"") + key + "\":" << QByteArray("\"x_") + key + "\":";
    QTest::newRow("no seed") << QByteArray("\"seed\":1,\"seed_known\"") << QByteArray("\"seed_known\"");
    QTest::newRow("no seed of a picture") << QByteArray(",\"seed\":1}") << QByteArray("}");
    QTest::newRow("steps of another kind") << QByteArray("\"steps\":20") << QByteArray("\"steps\":1e300");
    QTest::newRow("more steps than an int holds") << QByteArray("\"steps\":20") << QByteArray("\"steps\":20000000000");
    QTest::newRow("seed is a word") << QByteArray("\"seed\":1,\"seed_known\"") << QByteArray("\"seed\":\"1\",\"seed_known\"");
    QTest::newRow("bytes below zero") << QByteArray("\"bytes\":") << QByteArray("\"bytes\":-");
    QTest::newRow("pictures are a number") << QByteArray("\"pictures\":") << QByteArray("\"pictures\":7,\"others\":");
}

void TestRenderCache::oddEntry_isAMiss()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    const auto cache = cacheOf();
    cache->insert(requestOf(1), resultOf(1), 0);
    QFile file(cache->fileOf(requestOf(1)));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    file.close();
    const auto put = [&](const QByteArray &bytes) { return !bytes.isEmpty() && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size(); };
    QVERIFY(put(rewritten(whole, from, from)));
    file.close();
    QVERIFY2(cache->find(requestOf(1)), "rewritten as it was, it is found");
    QVERIFY(put(rewritten(whole, from, to)));
    file.close();
    QVERIFY(!cache->find(requestOf(1)));
    QVERIFY(!file.exists());
}

void TestRenderCache::anyFlippedBit_isAMiss()
{
    bool ok = false;
    const int wanted = qEnvironmentVariableIntValue("GALLEY_FLIPS", &ok);
    const auto cache = cacheOf();
    QRandomGenerator random(6);
    cache->insert(requestOf(1), resultOf(1), 0);
    QFile file(cache->fileOf(requestOf(1)));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    file.close();
    for (int flip = 0; flip < (ok ? wanted : 1000); ++flip) {
        QByteArray bytes = whole;
        const int at = random.bounded(int(bytes.size()));
        bytes[at] = char(bytes[at] ^ (1 << random.bounded(8)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        QVERIFY2(!cache->find(requestOf(1)), qPrintable(QStringLiteral("byte %1").arg(at)));
    }
}

void TestRenderCache::swappedFiles_areMisses()
{
    const auto cache = cacheOf();
    cache->insert(requestOf(1), resultOf(1), 0);
    cache->insert(requestOf(2), resultOf(2), 0);
    const QString first = cache->fileOf(requestOf(1)), second = cache->fileOf(requestOf(2));
    QVERIFY(QFile::rename(first, first + QLatin1Char('x')) && QFile::rename(second, first) && QFile::rename(first + QLatin1Char('x'), second));
    QVERIFY(!cache->find(requestOf(1)));
    QVERIFY(!cache->find(requestOf(2)));
}

void TestRenderCache::twoProcesses_shareIt()
{
    cacheOf()->insert(requestOf(0), resultOf(0), 0);
    const qint64 one = bytesOnDisk();
    std::atomic<int> wrong = 0;
    const auto work = [&](int seed) {
        const auto cache = cacheOf(one * 20);
        QRandomGenerator random(seed);
        for (int i = 0; i < 300; ++i) {
            const int number = random.bounded(40);
            if (const auto found = cache->find(requestOf(number)))
                wrong += found->image != resultOf(number).image;
            else
                cache->insert(requestOf(number), resultOf(number), 0);
        }
    };
    std::thread other(work, 1);
    work(2);
    other.join();
    QCOMPARE(wrong.load(), 0);
}

void TestRenderCache::folderThatCannotBeMade_isAMiss()
{
    // A file where the folder should be: nothing can be written.
    QFile blocker(m_folder->filePath(QStringLiteral("renders")));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    const auto cache = cacheOf();
    cache->insert(requestOf(1), resultOf(1), 0);
    QVERIFY(!cache->find(requestOf(1)));
}

QTEST_GUILESS_MAIN(TestRenderCache)
#include "tst_rendercache.moc"
