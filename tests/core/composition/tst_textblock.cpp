#include "core/composition/scene.h"
#include "core/composition/textblock.h"
#include "testpaths.h"

#include <QPainter>
#include <QTest>

using namespace Galley;

namespace {

TextStyle style(TextFit fit = TextFit::Shrink)
{
    TextStyle result;
    result.fit = fit;
    result.minSize = 0.01;
    return result;
}

/// The painted pixels of \a text in a 400 × 200 box, black on white.
QRect inked(const QString &text, const TextStyle &textStyle)
{
    QImage image(400, 200, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    TextBlock(text, textStyle, QSizeF(400, 200), 1000).paint(painter, Qt::black);
    painter.end();
    QRect rect;
    for (int y = 0; y < 200; ++y) {
        for (int x = 0; x < 400; ++x) {
            if (qGray(image.pixel(x, y)) < 200)
                rect = rect.united(QRect(x, y, 1, 1));
        }
    }
    return rect;
}

} // namespace

/// Set text: exact, never lost, never silently too large.
class TestTextBlock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { loadBundledFonts(QStringLiteral(GALLEY_SOURCE_DIR "/resources")); }
    void withoutSize_isAsLargeAsFits();
    void shrink_stopsAtMinimum_andReports();
    void longWord_isNeverCutOff_data();
    void longWord_isNeverCutOff();
    void inkOutsideItsLine_staysInTheBox_data();
    void inkOutsideItsLine_staysInTheBox();
    void wrap_breaksLines();
    void grow_mayBeTaller();
    void error_neverBreaks();
    void align_placesInk_data();
    void align_placesInk();
    void spacing_widens();
    void weight_widens();
    void rightToLeft_isShaped();
    void missingGlyphs_areListed();
};

void TestTextBlock::withoutSize_isAsLargeAsFits()
{
    const TextBlock one(QStringLiteral("Hello"), style(), QSizeF(400, 200), 1000);
    QVERIFY(!one.overflows());
    TextStyle larger = style(TextFit::Error);
    larger.size = (one.pixelSize() + 1) / 1000.0;
    QVERIFY(TextBlock(QStringLiteral("Hello"), larger, QSizeF(400, 200), 1000).overflows());
    const TextBlock wide(QStringLiteral("Hello"), style(), QSizeF(800, 400), 1000);
    QVERIFY(std::abs(wide.pixelSize() - 2 * one.pixelSize()) <= 3);
}

void TestTextBlock::shrink_stopsAtMinimum_andReports()
{
    TextStyle s = style();
    s.minSize = 0.05;
    const TextBlock block(QStringLiteral("word ").repeated(200), s, QSizeF(400, 200), 1000);
    QCOMPARE(block.pixelSize(), 50.0);
    QVERIFY(block.overflows());
    QVERIFY(block.bounds().height() > 200);
}

void TestTextBlock::longWord_isNeverCutOff_data()
{
    QTest::addColumn<int>("fit");
    QTest::addColumn<double>("size");
    QTest::addColumn<bool>("overflows");
    QTest::addColumn<int>("lines");
    QTest::newRow("as large as fits") << int(TextFit::Shrink) << 0.0 << false << 1;
    QTest::newRow("shrinks") << int(TextFit::Shrink) << 0.08 << false << 1;
    QTest::newRow("wraps: broken, and said") << int(TextFit::Wrap) << 0.08 << true << 3;
    QTest::newRow("grows: broken") << int(TextFit::Grow) << 0.08 << false << 3;
    QTest::newRow("error: said") << int(TextFit::Error) << 0.08 << true << 1;
}

void TestTextBlock::longWord_isNeverCutOff()
{
    QFETCH(int, fit);
    QFETCH(double, size);
    QFETCH(bool, overflows);
    QFETCH(int, lines);
    TextStyle s = style(TextFit(fit));
    if (size > 0)
        s.size = size;
    const QSizeF box(400, 250);
    const TextBlock block(QStringLiteral("Öffnungszeitenschilder"), s, box, 1000);
    QCOMPARE(block.overflows(), overflows);
    QCOMPARE(block.lineCount(), lines);
    const QRectF ink = block.outline().boundingRect();
    QVERIFY(overflows || (ink.left() >= -1 && ink.right() <= box.width() + 1));
}

void TestTextBlock::inkOutsideItsLine_staysInTheBox_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("size");
    QTest::addColumn<bool>("fits");
    QTest::newRow("accent at the top") << QStringLiteral("Ångström") << 0.1 << true;
    QTest::newRow("tails at the bottom") << QStringLiteral("jumpy") << 0.1 << true;
    QTest::newRow("as large as fits") << QStringLiteral("Ågjy") << 0.0 << true;
    QTest::newRow("no room to move, and a fixed size") << QStringLiteral("Ågjy") << 0.2 << false;
}

void TestTextBlock::inkOutsideItsLine_staysInTheBox()
{
    QFETCH(QString, text);
    QFETCH(double, size);
    QFETCH(bool, fits);
    TextStyle s = style(TextFit::Wrap);
    s.lineHeight = 0.8; // lines that are lower than their letters
    if (size > 0)
        s.size = size;
    for (const VerticalAlign valign : {VerticalAlign::Top, VerticalAlign::Middle, VerticalAlign::Bottom}) {
        s.valign = valign;
        const QSizeF box(700, 160);
        const TextBlock block(text, s, box, 1000);
        QCOMPARE(block.overflows(), !fits);
        const QRectF ink = block.outline().boundingRect();
        QVERIFY(!fits || QRectF(QPointF(), box).adjusted(-1, -1, 1, 1).contains(ink));
    }
}

void TestTextBlock::wrap_breaksLines()
{
    TextStyle s = style(TextFit::Wrap);
    s.size = 0.04;
    const TextBlock block(QStringLiteral("one two three four five six seven eight"), s, QSizeF(400, 200), 1000);
    QCOMPARE(block.pixelSize(), 40.0);
    QVERIFY(block.lineCount() >= 2);
    QVERIFY(!block.overflows());
    QCOMPARE(TextBlock(QStringLiteral("one\ntwo\nthree"), s, QSizeF(400, 200), 1000).lineCount(), 3);
}

void TestTextBlock::grow_mayBeTaller()
{
    TextStyle s = style(TextFit::Grow);
    s.size = 0.05;
    const TextBlock block(QStringLiteral("word ").repeated(40), s, QSizeF(400, 200), 1000);
    QVERIFY(!block.overflows());
    QVERIFY(block.bounds().height() > 200);
    QVERIFY(block.bounds().top() >= 0);
}

void TestTextBlock::error_neverBreaks()
{
    TextStyle s = style(TextFit::Error);
    s.size = 0.05;
    const TextBlock block(QStringLiteral("one two three four five six seven eight nine ten"), s, QSizeF(400, 200), 1000);
    QCOMPARE(block.lineCount(), 1);
    QVERIFY(block.overflows());
}

void TestTextBlock::align_placesInk_data()
{
    QTest::addColumn<int>("align");
    QTest::addColumn<int>("valign");
    for (int h = 0; h < 3; ++h) {
        for (int v = 0; v < 3; ++v)
            QTest::addRow("%d %d", h, v) << h << v;
    }
}

void TestTextBlock::align_placesInk()
{
    QFETCH(int, align);
    QFETCH(int, valign);
    TextStyle s = style();
    s.size = 0.03;
    s.align = HorizontalAlign(align);
    s.valign = VerticalAlign(valign);
    for (const QString &text : {QStringLiteral("Hamburg"), QStringLiteral("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd")}) {
        const QRect ink = inked(text, s);
        QVERIFY(!ink.isEmpty());
        const double x[] = {0, 200 - ink.width() / 2.0, 400.0 - ink.width()};
        const double y[] = {0, 85, 164};
        QVERIFY2(std::abs(ink.left() - x[align]) < 5, qPrintable(QString::number(ink.left())));
        QVERIFY2(std::abs(ink.top() - y[valign]) < 16, qPrintable(QString::number(ink.top())));
    }
}

void TestTextBlock::spacing_widens()
{
    TextStyle s = style();
    s.size = 0.03;
    const int plain = inked(QStringLiteral("Hamburg"), s).width();
    s.letterSpacing = 0.01; // 10 px between 7 letters
    QVERIFY(std::abs(inked(QStringLiteral("Hamburg"), s).width() - plain - 60) <= 2);
}

void TestTextBlock::weight_widens()
{
    TextStyle s = style();
    s.size = 0.05;
    const int regular = inked(QStringLiteral("Hamburg"), s).width();
    s.font.weight = 800;
    QVERIFY(inked(QStringLiteral("Hamburg"), s).width() > regular);
}

void TestTextBlock::rightToLeft_isShaped()
{
    TextStyle s = style();
    s.size = 0.05;
    const QString joined = QStringLiteral("\u0633\u0644\u0627\u0645");
    QString apart;
    for (const QChar c : joined)
        apart += c + QString(QChar(u'\u200c'));
    QVERIFY(inked(joined, s).width() < inked(apart, s).width()); // letters join
    QVERIFY(TextBlock::missingGlyphs(joined, s.font).isEmpty());
}

void TestTextBlock::missingGlyphs_areListed()
{
    QCOMPARE(TextBlock::missingGlyphs(QStringLiteral("Grüße, €5 – ‘ok’"), {}), QString());
    QCOMPARE(TextBlock::missingGlyphs(QStringLiteral("a\u4e2d\u6587\u4e2d"), {}), QStringLiteral("\u4e2d\u6587"));
    QCOMPARE(TextBlock::missingGlyphs(QString::fromUtf8("🍎\u200d"), {}), QString::fromUtf8("🍎"));
}

QTEST_MAIN(TestTextBlock)
#include "tst_textblock.moc"
