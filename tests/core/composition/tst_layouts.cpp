#include "tests/core/composition/layoutfigures.h"

#include "core/template/templatefile.h"
#include "testpaths.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Galley;

/// Whole drafts on a part of the layouts; tests/bench/bench_layouts measures them all.
class TestLayouts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void layouts_areTheSameForEver();
    void drafts_keepWhatTheCompositionPromises();
};

void TestLayouts::layouts_areTheSameForEver()
{
    constexpr int drawings = 2576;
    QCryptographicHash digest(QCryptographicHash::Sha256);
    for (int i = 0; i < layoutCount; ++i) {
        const Template value = makeLayout(i, drawings).value;
        const QList<Finding> findings = checkTemplate(value, value.name);
        QVERIFY2(findings.isEmpty(), qPrintable(findings.isEmpty() ? QString() : findings.first().message));
        digest.addData(writeTemplate(value));
    }
    QCOMPARE(digest.result().toHex().left(16), QByteArray("7d36a28beb387e89"));
}

void TestLayouts::drafts_keepWhatTheCompositionPromises()
{
    const QString resources = QStringLiteral(GALLEY_SOURCE_DIR "/resources");
    loadBundledFonts(resources);
    const auto pack = CutoutLibrary::load(resources + QStringLiteral("/cutouts"));
    QVERIFY2(pack, pack ? "" : qPrintable(pack.error().message));
    LayoutFigures figures(*pack);
    for (int i = 0; i < layoutCount; i += 6)
        figures.add(makeLayout(i, (*pack)->count()));
    QVERIFY2(figures.misses().isEmpty(), qPrintable(figures.misses().join(QLatin1Char('\n'))));
    QCOMPARE(figures.independent(), figures.count());
    QCOMPARE(figures.subjects().withinPixel, figures.subjects().count);
    // Of each kind there must be something to measure.
    QVERIFY(figures.subjects().count > 400 && figures.subjects().partlyOutside > 50);
    QVERIFY(figures.texts().whole > 100 && figures.texts().reported > 10);
    QVERIFY(figures.onColor().readable > 30 && figures.onPictures().count > 50);
}

QTEST_MAIN(TestLayouts)
#include "tst_layouts.moc"
