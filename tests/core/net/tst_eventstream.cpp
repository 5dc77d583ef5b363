#include "core/net/eventstream.h"

#include <QTest>

using namespace Galley;

using Events = QList<std::pair<QByteArray, QByteArray>>;

class TestEventStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stream_data();
    void stream();
    void longLine_isReadInLinearTime();
};

void TestEventStream::stream_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Events>("events");
    QTest::newRow("line feeds") << QByteArray("data: a\n\ndata: b\n\n") << Events{{"message", "a"}, {"message", "b"}};
    QTest::newRow("carriage returns") << QByteArray("data: a\r\rdata: b\r\r") << Events{{"message", "a"}, {"message", "b"}};
    QTest::newRow("both") << QByteArray("data: a\r\n\r\ndata: b\r\n\r\n") << Events{{"message", "a"}, {"message", "b"}};
    QTest::newRow("mixed") << QByteArray("data: a\r\ndata: b\rdata: c\n\n") << Events{{"message", "a\nb\nc"}};
    QTest::newRow("named") << QByteArray("event: done\ndata: a\n\ndata: b\n\n") << Events{{"done", "a"}, {"message", "b"}};
    QTest::newRow("comments") << QByteArray(": ping\n\n:\n\ndata: a\n: in between\n\n") << Events{{"message", "a"}};
    QTest::newRow("no space") << QByteArray("data:a\ndata:  b\n\n") << Events{{"message", "a\n b"}};
    QTest::newRow("empty data") << QByteArray("data\n\ndata:\ndata:\n\n") << Events{{"message", ""}, {"message", "\n"}};
    QTest::newRow("other fields") << QByteArray("id: 7\nretry: 100\nfoo: bar\ndata: a\n\n") << Events{{"message", "a"}};
    QTest::newRow("a name without data") << QByteArray("event: lost\n\ndata: a\n\n") << Events{{"message", "a"}};
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF" "data: a\n\n") << Events{{"message", "a"}};
    QTest::newRow("UTF-8") << QByteArray("data: K\xC3\xA4se \xF0\x9F\xA7\x80\n\n") << Events{{"message", "K\xC3\xA4se \xF0\x9F\xA7\x80"}};
    QTest::newRow("no blank line at the end") << QByteArray("data: a\n\ndata: last\n") << Events{{"message", "a"}, {"message", "last"}};
    QTest::newRow("no line end at the end") << QByteArray("data: a\n\ndata: last") << Events{{"message", "a"}, {"message", "last"}};
    QTest::newRow("nothing") << QByteArray("") << Events{};
    QTest::newRow("binary") << QByteArray("data: a\0b\n\n", 11) << Events{{"message", QByteArray("a\0b", 3)}};
}

/// Whole, byte by byte, and in two pieces at every place: always the same events.
void TestEventStream::stream()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Events, events);
    for (qsizetype cut = -1; cut <= bytes.size(); ++cut) {
        EventStream stream;
        QList<ServerEvent> found;
        if (cut < 0) {
            for (const char &byte : bytes)
                found += stream.append(QByteArrayView(&byte, 1));
        } else {
            found += stream.append(QByteArrayView(bytes).first(cut));
            found += stream.append(QByteArrayView(bytes).sliced(cut));
        }
        found += stream.finish();
        Events seen;
        for (const ServerEvent &event : found)
            seen.append({event.name, event.data});
        QCOMPARE(seen, events);
    }
}

/// A picture in base64 is one line of megabytes that comes in thousands of pieces: twice the line may not take four times as long.
void TestEventStream::longLine_isReadInLinearTime()
{
    const auto seconds = [](qsizetype megabytes) {
        EventStream stream;
        const QByteArray piece(4096, 'A');
        QElapsedTimer timer;
        timer.start();
        QList<ServerEvent> events = stream.append(QByteArray("data: "));
        for (qsizetype i = 0; i < megabytes * 256; ++i)
            events += stream.append(piece);
        events += stream.append(QByteArray("\n\n"));
        return events.size() == 1 && events.first().data.size() == megabytes << 20 ? double(timer.nsecsElapsed()) : -1;
    };
    seconds(4);
    double small = seconds(8);
    double large = seconds(32);
    for (int i = 0; i < 4; ++i) {
        small = std::min(small, seconds(8));
        large = std::min(large, seconds(32));
    }
    QVERIFY(small > 0 && large > 0);
    QVERIFY2(large < 10 * small, qPrintable(QStringLiteral("%1 and %2 ns").arg(small).arg(large)));
}

QTEST_GUILESS_MAIN(TestEventStream)
#include "tst_eventstream.moc"
