#include "core/service/layercache.h"

#include <QTest>

using namespace Galley;

namespace {

RenderResult layer(int side)
{
    RenderResult result;
    result.image = QImage(side, side, QImage::Format_RGBA8888_Premultiplied);
    result.seed = side;
    return result;
}

} // namespace

class TestLayerCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inserted_isFound();
    void overTheLimit_theLeastRecentlyUsedGoes();
    void sameKeyTwice_isCountedOnce();
    void layerLargerThanAll_leavesNothing();
};

void TestLayerCache::inserted_isFound()
{
    LayerCache cache;
    QVERIFY(!cache.find(QStringLiteral("a")));
    cache.insert(QStringLiteral("a"), layer(8));
    QVERIFY(cache.find(QStringLiteral("a")));
    QCOMPARE(cache.find(QStringLiteral("a"))->seed, 8);
    QCOMPARE(cache.bytes(), 8 * 8 * 4);
}

void TestLayerCache::overTheLimit_theLeastRecentlyUsedGoes()
{
    LayerCache cache(3 * 16 * 16 * 4);
    for (const char *key : {"a", "b", "c"})
        cache.insert(QString::fromLatin1(key), layer(16));
    QVERIFY(cache.find(QStringLiteral("a")));
    cache.insert(QStringLiteral("d"), layer(16));
    QVERIFY(!cache.find(QStringLiteral("b")));
    QVERIFY(cache.find(QStringLiteral("a")) && cache.find(QStringLiteral("c")) && cache.find(QStringLiteral("d")));
    QCOMPARE(cache.count(), 3);
}

void TestLayerCache::sameKeyTwice_isCountedOnce()
{
    LayerCache cache;
    cache.insert(QStringLiteral("a"), layer(8));
    cache.insert(QStringLiteral("a"), layer(4));
    QCOMPARE(cache.count(), 1);
    QCOMPARE(cache.bytes(), 4 * 4 * 4);
    QCOMPARE(cache.find(QStringLiteral("a"))->seed, 4);
}

void TestLayerCache::layerLargerThanAll_leavesNothing()
{
    LayerCache cache(100);
    cache.insert(QStringLiteral("a"), layer(64));
    QCOMPARE(cache.count(), 0);
    QCOMPARE(cache.bytes(), 0);
}

QTEST_GUILESS_MAIN(TestLayerCache)
#include "tst_layercache.moc"
