#include "core/composition/cutouts.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QMap>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

QByteArray picture(const QColor &color)
{
    QImage image(20, 10, QImage::Format_RGBA8888);
    image.fill(color);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "webp", 100);
    return bytes;
}

void write(const QString &file, const QByteArray &bytes)
{
    QFile target(file);
    QVERIFY(target.open(QIODevice::WriteOnly));
    target.write(bytes);
}

QByteArray item(const char *id, const char *caption, const char *keywords, qsizetype offset, qsizetype bytes)
{
    return QByteArray("{\"id\":\"") + id + "\",\"caption\":\"" + caption + "\",\"keywords\":[" + keywords
           + "],\"category\":\"food\",\"style\":\"colour\",\"source\":\"s\",\"licence\":\"CC0\",\"author\":\"\",\"offset\":"
           + QByteArray::number(offset) + ",\"bytes\":" + QByteArray::number(bytes) + ",\"width\":20,\"height\":10}";
}

/// A pack of two: a red apple and a green bicycle, with unit vectors along the first two axes.
void makePack(const QString &folder)
{
    const QByteArray red = picture(Qt::red);
    const QByteArray green = picture(Qt::green);
    write(folder + QStringLiteral("/cutouts.bin"), red + green);
    write(folder + QStringLiteral("/index.json"),
          "{\"format\":1,\"items\":[" + item("a", "red apple", "\"fruit\"", 0, red.size()) + ","
              + item("b", "bicycle", "\"bike\",\"wheels\"", red.size(), green.size()) + "]}");
    QByteArray vectors;
    for (int axis = 0; axis < 2; ++axis) {
        const float scale = 1.0F / 127;
        vectors.append(reinterpret_cast<const char *>(&scale), 4);
        QByteArray row(256, '\0');
        row[axis] = 127;
        vectors += row;
    }
    write(folder + QStringLiteral("/vectors.bin"), vectors);
}

} // namespace

/// The clip-art pack: found by meaning or by words; damage is a sentence.
class TestCutouts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nearest_byVector();
    void nearest_byWords();
    void caption_goesBeforeKeyword();
    void vectors_of4Bits();
    void images_areDecoded();
    void damage_isASentence_data();
    void damage_isASentence();
};

void TestCutouts::nearest_byVector()
{
    QTemporaryDir dir;
    makePack(dir.path());
    const auto library = CutoutLibrary::load(dir.path());
    QVERIFY2(library, qPrintable(library ? QString() : library.error().message));
    QVERIFY((*library)->hasVectors());
    QList<float> query(256, 0.0F);
    query[1] = 1;
    const QList<CutoutMatch> matches = (*library)->nearest(query, 5);
    QCOMPARE(matches.size(), 2);
    QCOMPARE((*library)->at(matches.first().index).caption, QStringLiteral("bicycle"));
    QVERIFY(std::abs(matches.first().score - 1) < 1e-5);
    QVERIFY((*library)->nearest({1.0F, 2.0F}).isEmpty());
}

void TestCutouts::nearest_byWords()
{
    QTemporaryDir dir;
    makePack(dir.path());
    const auto library = *CutoutLibrary::load(dir.path());
    QCOMPARE(library->nearestByWords(QStringLiteral("a basket of Apples")).first().index, 0);
    QCOMPARE(library->nearestByWords(QStringLiteral("the bike")).first().index, 1);
    QVERIFY(library->nearestByWords(QStringLiteral("submarine")).isEmpty());
    QVERIFY(library->nearestByWords(QString()).isEmpty());
}

/// The apple is a keyword's exact match (third axis), the bicycle's own caption nearly one.
void TestCutouts::caption_goesBeforeKeyword()
{
    QTemporaryDir dir;
    makePack(dir.path());
    QFile index(dir.filePath(QStringLiteral("index.json")));
    QVERIFY(index.open(QIODevice::ReadWrite));
    QByteArray text = index.readAll();
    text.replace("\"id\":\"a\",", "\"id\":\"a\",\"vectors\":[0,2],").replace("\"id\":\"b\",", "\"id\":\"b\",\"vectors\":[2,1],");
    index.resize(0);
    index.write(text);
    index.close();
    QByteArray vectors;
    const float scale = 1.0F / 127;
    const auto add = [&](int first, int third) {
        QByteArray row(256, '\0');
        row[0] = char(first);
        row[2] = char(third);
        vectors += QByteArray(reinterpret_cast<const char *>(&scale), 4) + row;
    };
    add(127, 0);
    add(0, 127);
    add(40, 120);
    write(dir.filePath(QStringLiteral("vectors.bin")), vectors);
    const auto library = *CutoutLibrary::load(dir.path());
    QList<float> query(256, 0.0F);
    query[2] = 1;
    const QList<CutoutMatch> matches = library->nearest(query, 2);
    QCOMPARE(matches.at(0).index, 1);
    QVERIFY2(std::abs(matches.at(0).score - 120.0 / 127) < 1e-3, "the score stays the cosine");
    QCOMPARE(matches.at(1).score, 1.0);
}

/// Numbers from -7 to 7 in halves of bytes: the apple is 7 along the first axis, the bicycle -7 along it and 7 along the second.
void TestCutouts::vectors_of4Bits()
{
    QTemporaryDir dir;
    makePack(dir.path());
    QFile index(dir.filePath(QStringLiteral("index.json")));
    QVERIFY(index.open(QIODevice::ReadWrite));
    QByteArray text = index.readAll();
    text.replace("{\"format\":1,", "{\"format\":1,\"vectors\":{\"dim\":256,\"bits\":4,\"file\":\"vectors.bin\"},");
    index.resize(0);
    index.write(text);
    index.close();
    QByteArray vectors;
    const float scale = 1.0F / 7;
    for (const int pair : {0x07, 0x79}) {
        QByteArray row(128, '\0');
        row[0] = char(pair);
        vectors += QByteArray(reinterpret_cast<const char *>(&scale), 4) + row;
    }
    write(dir.filePath(QStringLiteral("vectors.bin")), vectors);
    const auto library = *CutoutLibrary::load(dir.path());
    QList<float> query(256, 0.0F);
    const auto scores = [&](int axis) {
        query.fill(0);
        query[axis] = 1;
        QMap<int, double> result;
        for (const CutoutMatch &match : library->nearest(query, 2))
            result[match.index] = match.score;
        return result;
    };
    QCOMPARE(scores(0), (QMap<int, double>{{0, 1.0}, {1, -1.0}}));
    QCOMPARE(scores(1), (QMap<int, double>{{0, 0.0}, {1, 1.0}}));
}

void TestCutouts::images_areDecoded()
{
    QTemporaryDir dir;
    makePack(dir.path());
    const auto library = *CutoutLibrary::load(dir.path());
    const Result<QImage> image = library->image(1);
    QVERIFY(image);
    QCOMPARE(image->size(), QSize(20, 10));
    QVERIFY(image->pixelColor(5, 5).green() > 240);
}

void TestCutouts::damage_isASentence_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("bytes");
    const QString index = QStringLiteral("index.json");
    QTest::newRow("no index") << index << QByteArray();
    QTest::newRow("not json") << index << QByteArray("{");
    QTest::newRow("other format") << index << QByteArray("{\"format\":2,\"items\":[]}");
    QTest::newRow("no items") << index << QByteArray("{\"format\":1}");
    QTest::newRow("past the end") << index << "{\"format\":1,\"items\":[" + item("a", "x", "", 0, 1'000'000) + "]}";
    QTest::newRow("negative") << index << "{\"format\":1,\"items\":[" + item("a", "x", "", -5, 10) + "]}";
    QTest::newRow("overflow") << index << "{\"format\":1,\"items\":[" + item("a", "x", "", 9223372036854775800, 100) + "]}";
    QTest::newRow("items are numbers") << index << QByteArray("{\"format\":1,\"items\":[1,2]}");
    QTest::newRow("empty blob") << QStringLiteral("cutouts.bin") << QByteArray();
}

void TestCutouts::damage_isASentence()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, bytes);
    QTemporaryDir dir;
    makePack(dir.path());
    write(dir.filePath(file), bytes);
    const auto library = CutoutLibrary::load(dir.path());
    QVERIFY(!library);
    QVERIFY(library.error().message.contains(dir.path()));
}

QTEST_GUILESS_MAIN(TestCutouts)
#include "tst_cutouts.moc"
