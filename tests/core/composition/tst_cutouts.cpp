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

QByteArray item(const char *id, const char *caption, const char *keywords, qsizetype bytes, int vectors = 1)
{
    return QByteArray("[\"") + id + "\",\"" + caption + "\",[" + keywords + "],\"colour\",\"s\",\"CC0\",\"\"," + QByteArray::number(bytes) + ",20,10,"
           + QByteArray::number(vectors) + "]";
}

const QByteArray columns = R"("columns":["id","caption","keywords","style","source","licence","author","bytes","width","height","vectors"])";

/// How many vectors the two items have; \a more is what else the index has.
QByteArray indexOfTwo(int firstVectors, int secondVectors, const QByteArray &more = {})
{
    return "{\"format\":2," + more + columns + ",\"items\":[" + item("a", "red apple", "\"fruit\"", picture(Qt::red).size(), firstVectors) + ","
           + item("b", "bicycle", "\"bike\",\"wheels\"", picture(Qt::green).size(), secondVectors) + "]}";
}

/// A pack of two: a red apple and a green bicycle, with unit vectors along the first two axes.
void makePack(const QString &folder)
{
    write(folder + QStringLiteral("/cutouts.bin"), picture(Qt::red) + picture(Qt::green));
    write(folder + QStringLiteral("/index.json"), indexOfTwo(1, 1));
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
    void columns_inAnyOrder();
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
    write(dir.filePath(QStringLiteral("index.json")), indexOfTwo(2, 1));
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
    write(dir.filePath(QStringLiteral("index.json")), indexOfTwo(1, 1, R"("vectors":{"dim":256,"bits":4,"file":"vectors.bin"},)"));
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

void TestCutouts::columns_inAnyOrder()
{
    QTemporaryDir dir;
    makePack(dir.path());
    const QByteArray bytes = QByteArray::number(picture(Qt::red).size() + picture(Qt::green).size());
    write(dir.filePath(QStringLiteral("index.json")),
          R"({"format":2,"columns":["vectors","width","height","author","colour","licence","source","style","keywords","caption","id","bytes"],)"
          R"("items":[[1,20,10,"Ada","green","CC0","s","outline",["k"],"words","id 1",)" + bytes + "]]}");
    const auto library = CutoutLibrary::load(dir.path());
    QVERIFY2(library, qPrintable(library ? QString() : library.error().message));
    const Cutout &cutout = (*library)->at(0);
    QCOMPARE(QStringList({cutout.id, cutout.caption, cutout.keywords.value(0), cutout.style, cutout.source, cutout.licence, cutout.author}).join(u'|'),
             QStringLiteral("id 1|words|k|outline|s|CC0|Ada"));
    QCOMPARE(cutout.size, QSize(20, 10));
}

void TestCutouts::damage_isASentence_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("told");
    const QString index = QStringLiteral("index.json");
    const QString blob = QStringLiteral("cutouts.bin");
    const QString format = QStringLiteral("is not the index of a clip-art pack of format 2");
    const QString first = QStringLiteral("item 1 is damaged");
    const auto of = [](const QByteArray &items) -> QByteArray { return "{\"format\":2," + columns + ",\"items\":[" + items + "]}"; };
    /// The one item with \a from replaced by \a to.
    const auto changed = [&](const char *from, const char *to) { return of(item("a", "x", "\"y\"", 70).replace(from, to)); };
    QTest::newRow("no index") << index << QByteArray() << index;
    QTest::newRow("not json") << index << QByteArray("{") << index;
    QTest::newRow("a list") << index << QByteArray("[]") << format;
    QTest::newRow("other format") << index << of("").replace("2", "1") << format;
    QTest::newRow("no items") << index << "{\"format\":2," + columns + "}" << format;
    QTest::newRow("no columns") << index << QByteArray("{\"format\":2,\"items\":[]}") << format;
    QTest::newRow("columns are a text") << index << QByteArray("{\"format\":2,\"columns\":\"id\",\"items\":[]}") << format;
    QTest::newRow("column missing") << index << of("").replace("\"licence\",", "") << QStringLiteral("has no column \"licence\"");
    QTest::newRow("columns are numbers") << index << QByteArray("{\"format\":2,\"columns\":[1,[2]],\"items\":[]}") << QStringLiteral("has no column \"id\"");
    QTest::newRow("items are numbers") << index << of("1,2") << first;
    QTest::newRow("items are objects") << index << of("{\"id\":\"a\"}") << first;
    QTest::newRow("a cell less") << index << changed(",20,10,1]", ",20,10]") << first;
    QTest::newRow("a cell more") << index << changed(",20,10,1]", ",20,10,1,1]") << first;
    QTest::newRow("no name") << index << changed("\"a\"", "\"\"") << first;
    QTest::newRow("a number for a caption") << index << changed("\"x\"", "7") << first;
    QTest::newRow("a text for keywords") << index << changed("[\"y\"]", "\"y\"") << first;
    QTest::newRow("no bytes") << index << changed(",70,", ",0,") << first;
    QTest::newRow("negative") << index << changed(",70,", ",-5,") << first;
    QTest::newRow("huge") << index << changed(",70,", ",9223372036854775807,") << first;
    QTest::newRow("larger than huge") << index << changed(",70,", ",18446744073709551615,") << first;
    QTest::newRow("a fraction") << index << changed(",70,", ",70.5,") << first;
    QTest::newRow("width that wraps") << index << changed(",20,10,", ",4294967316,10,") << first;
    QTest::newRow("no height") << index << changed(",20,10,", ",20,0,") << first;
    QTest::newRow("negative vectors") << index << changed(",10,1]", ",10,-1]") << first;
    QTest::newRow("many vectors") << index << changed(",10,1]", ",10,2147483647]") << first;
    QTest::newRow("past the end") << index << of(item("a", "x", "", 1'000'000)) << blob;
    QTest::newRow("bytes that are nobody's") << index << of(item("a", "x", "", 70)) << blob;
    QTest::newRow("empty blob") << blob << QByteArray() << blob;
}

void TestCutouts::damage_isASentence()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, told);
    QTemporaryDir dir;
    makePack(dir.path());
    write(dir.filePath(file), bytes);
    const auto library = CutoutLibrary::load(dir.path());
    QVERIFY(!library);
    const QString sentence = library.error().message;
    QVERIFY2(sentence.contains(dir.path()) && sentence.contains(told), qPrintable(sentence));
}

QTEST_GUILESS_MAIN(TestCutouts)
#include "tst_cutouts.moc"
