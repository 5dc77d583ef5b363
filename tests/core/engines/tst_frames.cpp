#include "core/engines/local/frames.h"

#include <QTest>
#include <QtEndian>

using namespace Galley;

namespace {

QByteArray header(quint32 json, quint32 attachment)
{
    QByteArray bytes(8, Qt::Uninitialized);
    qToLittleEndian(json, bytes.data());
    qToLittleEndian(attachment, bytes.data() + 4);
    return bytes;
}

QByteArray frame(const QByteArray &json, const QByteArray &attachment = {})
{
    return header(quint32(json.size()), quint32(attachment.size())) + json + attachment;
}

QByteArray withAttachment(const QByteArray &entry, qsizetype bytes)
{
    return frame("{\"type\":\"result\",\"id\":\"a\",\"attachments\":[" + entry + "]}", QByteArray(bytes, 'x'));
}

} // namespace

class TestFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writtenFrame_isReadBack();
    void bytesOneByOne_giveTheSameFrames();
    void manyFramesInOneRead_comeInOrder();
    void wrongLength_isRefusedBeforeItsBytesCame_data();
    void wrongLength_isRefusedBeforeItsBytesCame();
    void garbage_isRefused_data();
    void garbage_isRefused();
    void afterAnError_nothingIsReadAnyMore();
    void picture_hasThePixels();
    void picture_ofOtherName_isAnError();
    void tooLargeMessage_isNotWritten();
    void integerAt_takesOnlyWholeNumbersInRange();
};

void TestFrames::writtenFrame_isReadBack()
{
    const WorkerFrame sent{Json{{"type", "render"}, {"id", "r1"}, {"prompt", "\xC3\xA4pple"}}, QByteArray("12345")};
    const auto bytes = writeFrame(sent);
    QVERIFY(bytes);
    QCOMPARE(qFromLittleEndian<quint32>(bytes->constData() + 4), 5u);
    FrameReader reader;
    reader.append(*bytes);
    const auto read = reader.next();
    QVERIFY(read && *read);
    QCOMPARE((*read)->type(), QStringLiteral("render"));
    QCOMPARE((*read)->id(), QStringLiteral("r1"));
    QVERIFY((*read)->message == sent.message);
    QCOMPARE((*read)->attachment, sent.attachment);
    QCOMPARE(reader.buffered(), 0);
}

void TestFrames::bytesOneByOne_giveTheSameFrames()
{
    const QByteArray bytes = frame("{\"type\":\"a\"}", "xyz") + frame("{\"type\":\"b\"}");
    FrameReader reader;
    QStringList types;
    for (const char byte : bytes) {
        reader.append(QByteArray(1, byte));
        const auto next = reader.next();
        QVERIFY(next);
        if (*next)
            types.append((*next)->type());
    }
    QCOMPARE(types, QStringList({QStringLiteral("a"), QStringLiteral("b")}));
}

void TestFrames::manyFramesInOneRead_comeInOrder()
{
    QByteArray bytes;
    for (int i = 0; i < 1000; ++i)
        bytes += frame("{\"type\":\"n\",\"n\":" + QByteArray::number(i) + "}", QByteArray(2000, char(i)));
    FrameReader reader;
    reader.append(bytes);
    for (int i = 0; i < 1000; ++i) {
        const auto next = reader.next();
        QVERIFY(next && *next);
        QCOMPARE(integerAt((*next)->message, "n", 0, 1000).value_or(-1), i);
        QCOMPARE((*next)->attachment.at(1999), char(i));
    }
    QCOMPARE(reader.buffered(), 0);
}

void TestFrames::wrongLength_isRefusedBeforeItsBytesCame_data()
{
    QTest::addColumn<quint32>("json");
    QTest::addColumn<quint32>("attachment");
    QTest::newRow("no JSON") << 0u << 0u;
    QTest::newRow("JSON one byte over") << WorkerFrame::maxJsonBytes + 1 << 0u;
    QTest::newRow("JSON 4 GB") << 0xFFFFFFFFu << 0u;
    QTest::newRow("attachment one byte over") << 2u << WorkerFrame::maxAttachmentBytes + 1;
    QTest::newRow("attachment 4 GB") << 2u << 0xFFFFFFFFu;
    QTest::newRow("text instead of a header") << 0x63617254u << 0x63616265u;
}

void TestFrames::wrongLength_isRefusedBeforeItsBytesCame()
{
    QFETCH(quint32, json);
    QFETCH(quint32, attachment);
    FrameReader reader;
    reader.append(header(json, attachment));
    const auto next = reader.next();
    QVERIFY(!next);
    QCOMPARE(next.error().code, ErrorCode::WorkerFailed);
    QVERIFY(!next.error().message.isEmpty());
    QVERIFY(!next.error().detail.isEmpty());
}

void TestFrames::garbage_isRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray good = "\"name\":\"picture\",\"format\":\"rgba8\"";
    QTest::newRow("not JSON") << frame("hello, world");
    QTest::newRow("cut JSON") << frame("{\"type\":\"resu");
    QTest::newRow("trailing text") << frame("{\"type\":\"a\"} x");
    QTest::newRow("invalid UTF-8") << frame("{\"type\":\"\xFF\xFE\"}");
    QTest::newRow("array") << frame("[1,2]");
    QTest::newRow("number") << frame("17");
    QTest::newRow("null") << frame("null");
    QTest::newRow("no type") << frame("{\"id\":\"a\"}");
    QTest::newRow("type is a number") << frame("{\"type\":1}");
    QTest::newRow("key twice") << frame("{\"type\":\"a\",\"type\":\"b\"}");
    QTest::newRow("deep") << frame("{\"type\":\"a\",\"x\":" + QByteArray(500, '[') + QByteArray(500, ']') + "}");
    QTest::newRow("attachments is a word") << frame("{\"type\":\"a\",\"attachments\":\"x\"}");
    QTest::newRow("attachment is a number") << withAttachment("3", 4);
    QTest::newRow("attachment without name") << withAttachment("{\"offset\":0,\"bytes\":4}", 4);
    QTest::newRow("negative offset") << withAttachment("{" + good + ",\"offset\":-1,\"bytes\":4,\"width\":1,\"height\":1}", 4);
    QTest::newRow("offset past the end") << withAttachment("{" + good + ",\"offset\":1,\"bytes\":4,\"width\":1,\"height\":1}", 4);
    QTest::newRow("offset of 2^64-1") << withAttachment("{" + good + ",\"offset\":18446744073709551615,\"bytes\":4,\"width\":1,\"height\":1}", 4);
    QTest::newRow("more bytes than came") << withAttachment("{" + good + ",\"offset\":0,\"bytes\":8,\"width\":1,\"height\":2}", 4);
    QTest::newRow("bytes is a fraction") << withAttachment("{" + good + ",\"offset\":0,\"bytes\":4.0,\"width\":1,\"height\":1}", 4);
    QTest::newRow("size and bytes differ") << withAttachment("{" + good + ",\"offset\":0,\"bytes\":4,\"width\":2,\"height\":1}", 4);
    QTest::newRow("no width") << withAttachment("{" + good + ",\"offset\":0,\"bytes\":4,\"height\":1}", 4);
    QTest::newRow("width 0") << withAttachment("{" + good + ",\"offset\":0,\"bytes\":0,\"width\":0,\"height\":1}", 4);
    QTest::newRow("sides that overflow") << withAttachment(
        "{" + good + ",\"offset\":0,\"bytes\":4,\"width\":2147483648,\"height\":2147483648}", 4);
}

void TestFrames::garbage_isRefused()
{
    QFETCH(QByteArray, bytes);
    FrameReader reader;
    reader.append(bytes);
    const auto next = reader.next();
    QVERIFY(!next);
    QCOMPARE(next.error().code, ErrorCode::WorkerFailed);
    QVERIFY(next.error().message.endsWith(QLatin1Char('.')));
}

void TestFrames::afterAnError_nothingIsReadAnyMore()
{
    FrameReader reader;
    reader.append(frame("nonsense"));
    QVERIFY(!reader.next());
    reader.append(frame("{\"type\":\"a\"}"));
    QVERIFY(!reader.next());
    QCOMPARE(reader.buffered(), 0);
}

void TestFrames::picture_hasThePixels()
{
    WorkerFrame with{Json{{"type", "result"}, {"attachments", Json::array({{{"name", "picture"}, {"offset", 4}, {"bytes", 24},
                                                                             {"width", 3}, {"height", 2}, {"format", "rgba8"}}})}},
                     QByteArray("pad!")};
    for (int i = 0; i < 24; ++i)
        with.attachment.append(char(i % 4 == 3 ? 255 : i));
    const auto picture = with.picture(QStringLiteral("picture"));
    QVERIFY(picture);
    QCOMPARE(picture->size(), QSize(3, 2));
    QCOMPARE(picture->format(), QImage::Format_RGBA8888_Premultiplied);
    QCOMPARE(picture->pixelColor(1, 1), QColor(16, 17, 18));
}

void TestFrames::picture_ofOtherName_isAnError()
{
    const WorkerFrame without{Json{{"type", "result"}}, {}};
    QVERIFY(!without.picture(QStringLiteral("picture")));
    QVERIFY(!without.bytes(QStringLiteral("picture")));
}

void TestFrames::tooLargeMessage_isNotWritten()
{
    const WorkerFrame large{Json{{"type", "render"}, {"prompt", std::string(WorkerFrame::maxJsonBytes, 'x')}}, {}};
    const auto bytes = writeFrame(large);
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().code, ErrorCode::TooLarge);
}

void TestFrames::integerAt_takesOnlyWholeNumbersInRange()
{
    const Json object{{"a", 5}, {"b", 5.0}, {"c", "5"}, {"d", 18446744073709551615ull}, {"e", -5}, {"f", nullptr}};
    QCOMPARE(integerAt(object, "a", 5, 5).value_or(-1), 5);
    QVERIFY(!integerAt(object, "a", 6, 9));
    for (const char *key : {"b", "c", "d", "e", "f", "g"})
        QVERIFY2(!integerAt(object, key, 0, std::numeric_limits<qint64>::max()), key);
    QVERIFY(!integerAt(Json::array(), "a", 0, 9));
    QVERIFY(!numberAt(object, "c"));
    QCOMPARE(stringAt(object, "c"), QStringLiteral("5"));
    QVERIFY(stringAt(object, "a").isEmpty());
}

QTEST_GUILESS_MAIN(TestFrames)
#include "tst_frames.moc"
