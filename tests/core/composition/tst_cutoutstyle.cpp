#include "core/composition/cutoutpicture.h"
#include "core/composition/cutouts.h"
#include "core/composition/cutoutstyle.h"
#include "core/imaging/colormath.h"
#include "core/imaging/imagefile.h"
#include "testpaths.h"

#include <QHash>
#include <QPainter>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace Galley;

namespace {

constexpr int side = 420;

QImage drawing(const QSize &size, const std::function<void(QPainter &)> &draw)
{
    QImage image(size, QImage::Format_RGBA8888_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    draw(painter);
    return image;
}

/// A disc that fills the picture, its left half green and its right half orange.
QImage twoHalves()
{
    return drawing({120, 120}, [](QPainter &painter) {
        painter.setBrush(QColor(40, 140, 70));
        painter.drawPie(QRectF(0, 0, 120, 120), 90 * 16, 180 * 16);
        painter.setBrush(QColor(240, 150, 40));
        painter.drawPie(QRectF(0, 0, 120, 120), -90 * 16, 180 * 16);
    });
}

/// A disc that is shaded from top to bottom, with a speckle here and there.
QImage shadedBall()
{
    return drawing({120, 120}, [](QPainter &painter) {
        QLinearGradient gradient(0, 0, 0, 120);
        gradient.setColorAt(0, QColor(250, 120, 110));
        gradient.setColorAt(1, QColor(120, 20, 20));
        painter.setBrush(gradient);
        painter.drawEllipse(0, 0, 120, 120);
        painter.setBrush(QColor(40, 90, 200));
        for (int i = 0; i < 12; ++i)
            painter.drawRect(30 + i * 5, 30 + i * 37 % 60, 1, 1);
    });
}

QImage ofThePack(const char *words)
{
    static const auto pack = CutoutLibrary::load(QStringLiteral(GALLEY_SOURCE_DIR "/resources/cutouts"));
    return *(*pack)->image((*pack)->nearestByWords(QString::fromLatin1(words)).constFirst().index);
}

QImage styled(const QImage &picture, const char *style, const QColor &ink = {}, int longer = side)
{
    const StyledCutout cutout(picture, QString::fromLatin1(style), ink);
    return cutout.rendered(cutout.size().scaled(longer, longer, Qt::KeepAspectRatio));
}

/// Every pixel that is all there, by colour.
QHash<QRgb, int> opaqueColors(const QImage &picture)
{
    QHash<QRgb, int> counts;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            if (qAlpha(picture.pixel(x, y)) == 255)
                ++counts[picture.pixel(x, y)];
        }
    }
    return counts;
}

/// Mean difference of a channel.
double difference(const QImage &a, const QImage &b)
{
    double sum = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int i = 0; i < a.width() * 4; ++i)
            sum += std::abs(int(a.constScanLine(y)[i]) - int(b.constScanLine(y)[i]));
    }
    return sum / (4.0 * a.width() * a.height());
}

int largestAlphaAtTheEdge(const QImage &picture)
{
    int most = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            if (x == 0 || y == 0 || x == picture.width() - 1 || y == picture.height() - 1)
                most = std::max(most, qAlpha(picture.pixel(x, y)));
        }
    }
    return most;
}

double lightness(QRgb pixel)
{
    return toOkLab(QColor::fromRgb(pixel)).L;
}

/// Share of the disc of twoHalves() between two angles and radii (of 1) that \a is true for.
double shareOfDisc(const QImage &picture, const std::function<bool(QRgb)> &is, double from, double to)
{
    int count = 0;
    int all = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const double radius = std::hypot(2.0 * x / picture.width() - 1, 2.0 * y / picture.height() - 1);
            if (radius < from || radius >= to)
                continue;
            ++all;
            count += is(picture.pixel(x, y));
        }
    }
    return double(count) / all;
}

} // namespace

/// What each style promises, as relations between pictures.
class TestCutoutStyle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void otherWords_changeNothing();
    void oddPictures_areDrawn_data() { everyStyle(); }
    void oddPictures_areDrawn();
    void size_isThatOfThePictureAndWhatIsAround_data() { everyStyle(); }
    void size_isThatOfThePictureAndWhatIsAround();
    void shape_reachesTheBox_data();
    void shape_reachesTheBox();
    void nothingIsCutOff_data() { everyStyle(); }
    void nothingIsCutOff();
    void twiceAsLarge_looksTheSame_data() { everyStyle(); }
    void twiceAsLarge_looksTheSame();
    void sourceTwiceAsLarge_looksTheSame_data() { everyStyle(); }
    void sourceTwiceAsLarge_looksTheSame();
    void translucent_isDrawnWhole();
    void flat_hasFewTonesAndNoSpeckles();
    void flat_takesTheColorFirst();
    void silhouette_hasOneColor_data();
    void silhouette_hasOneColor();
    void outline_keepsAlphaAndDrawsEdges();
    void outline_inALightColorLiesOnNothing();
    void outline_ofAStrokeIsOneLine();
    void sticker_hasAnEvenWhiteRim();
    void sticker_fillsBaysAndHoles();
    void neon_glowsAndReadsOnWhite();
    void neon_takesTheWishedHue();
    void paperCut_castsShadows();
    void halftone_hasMoreInkWhereItIsDarker();
    void halftone_inOneInk();
    void sheet();

private:
    static void everyStyle();
};

void TestCutoutStyle::everyStyle()
{
    QTest::addColumn<QString>("style");
    for (const QString &style : StyledCutout::styles())
        QTest::newRow(qPrintable(style)) << style;
}

void TestCutoutStyle::otherWords_changeNothing()
{
    const QImage picture = ofThePack("teapot");
    const QImage visible = picture.copy(visibleRect(picture));
    for (const char *style : {"", "watercolour", "Flat", "papercut"}) {
        const StyledCutout cutout(picture, QString::fromLatin1(style));
        QCOMPARE(cutout.size(), visible.size());
        QCOMPARE(cutout.rendered({300, 230}), scaledCutout(visible, {300, 230}));
        const StyledCutout blue(picture, QString::fromLatin1(style), QColor(0x2462CC));
        QCOMPARE(blue.rendered({300, 230}), scaledCutout(recolored(visible, QColor(0x2462CC)), {300, 230}));
    }
}

void TestCutoutStyle::oddPictures_areDrawn()
{
    QFETCH(QString, style);
    QVERIFY(StyledCutout(QImage(), style).size().isEmpty());
    QVERIFY(StyledCutout(QImage(), style).rendered({10, 10}).isNull());
    for (const QSize &size : {QSize(1, 1), QSize(1, 300), QSize(300, 1), QSize(2, 2), QSize(700, 500)}) {
        for (const QColor &color : {QColor(200, 40, 40), QColor(Qt::black), QColor(Qt::white), QColor(Qt::transparent)}) {
            QImage picture(size, QImage::Format_RGBA8888_Premultiplied);
            picture.fill(color);
            const StyledCutout cutout(picture, style);
            QVERIFY(!cutout.size().isEmpty());
            QVERIFY(cutout.rendered({}).isNull());
            for (const QSize &wanted : {QSize(1, 1), QSize(60, 40), QSize(3, 500), QSize(500, 400)}) {
                const QImage drawn = cutout.rendered(wanted);
                QCOMPARE(drawn.size(), wanted);
                QCOMPARE(drawn.format(), QImage::Format_RGBA8888_Premultiplied);
                for (int y = 0; y < drawn.height(); ++y) {
                    const uchar *p = drawn.constScanLine(y);
                    for (int x = 0; x < drawn.width(); ++x, p += 4)
                        QVERIFY(p[0] <= p[3] && p[1] <= p[3] && p[2] <= p[3] && (color.alpha() > 0 || p[3] == 0));
                }
            }
        }
    }
}

void TestCutoutStyle::size_isThatOfThePictureAndWhatIsAround()
{
    QFETCH(QString, style);
    const bool isWider = QStringList{QStringLiteral("sticker"), QStringLiteral("neon"), QStringLiteral("paper cut")}.contains(style);
    for (const QSize &size : {QSize(120, 120), QSize(40, 120), QSize(120, 30)}) {
        QImage picture(size, QImage::Format_RGBA8888_Premultiplied);
        picture.fill(Qt::red);
        const QSize whole = StyledCutout(picture, style).size();
        const double longer = std::max(whole.width(), whole.height());
        const double ratio = double(std::min(whole.width(), whole.height())) / longer;
        const double own = double(std::min(size.width(), size.height())) / std::max(size.width(), size.height());
        QVERIFY2(isWider ? ratio >= own - 1e-9 : std::abs(ratio - own) < 0.02, qPrintable(QString::number(ratio)));
        QCOMPARE(whole.width() > whole.height(), size.width() > size.height());
    }
}

void TestCutoutStyle::shape_reachesTheBox_data()
{
    QTest::addColumn<QString>("style");
    for (const char *style : {"flat", "outline", "silhouette", "halftone"})
        QTest::newRow(style) << QString::fromLatin1(style);
}

/// Without anything around it a shape is as large as its box, to a pixel or two.
void TestCutoutStyle::shape_reachesTheBox()
{
    QFETCH(QString, style);
    for (const char *words : {"teapot", "bicycle", "cat", "rose"}) {
        const QImage picture = styled(ofThePack(words), qPrintable(style));
        int left = picture.width();
        int right = 0;
        int top = picture.height();
        int bottom = 0;
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                if (qAlpha(picture.pixel(x, y)) < 60)
                    continue;
                left = std::min(left, x);
                right = std::max(right, x);
                top = std::min(top, y);
                bottom = std::max(bottom, y);
            }
        }
        const int gap = std::max({left, top, picture.width() - 1 - right, picture.height() - 1 - bottom});
        QVERIFY2(gap <= 2, qPrintable(QStringLiteral("%1: %2 px").arg(QLatin1String(words)).arg(gap)));
    }
}

/// Rims, glows and shadows fade before the edge of what is fitted into the box.
void TestCutoutStyle::nothingIsCutOff()
{
    QFETCH(QString, style);
    QImage picture(100, 70, QImage::Format_RGBA8888_Premultiplied);
    picture.fill(QColor(240, 190, 40));
    const int most = largestAlphaAtTheEdge(styled(picture, qPrintable(style)));
    const bool isInside = QStringList{QStringLiteral("flat"), QStringLiteral("outline"), QStringLiteral("silhouette"),
                                      QStringLiteral("halftone")}.contains(style);
    QVERIFY2(isInside ? most > 200 : most <= 6, qPrintable(QString::number(most)));
}

void TestCutoutStyle::twiceAsLarge_looksTheSame()
{
    QFETCH(QString, style);
    for (const char *words : {"teapot", "bicycle"}) {
        const StyledCutout cutout(ofThePack(words), style);
        for (const int longer : {60, 300, 700}) {
            const QSize size = cutout.size().scaled(longer, longer, Qt::KeepAspectRatio);
            const double far = difference(scaledCutout(cutout.rendered(size * 2), size), cutout.rendered(size));
            QVERIFY2(far < 3.5, qPrintable(QStringLiteral("%1 at %2 px: %3").arg(QLatin1String(words)).arg(longer).arg(far)));
        }
    }
}

/// A model that draws larger pictures changes no widths of lines, rims or dots.
void TestCutoutStyle::sourceTwiceAsLarge_looksTheSame()
{
    QFETCH(QString, style);
    const QImage small = twoHalves();
    const double far = difference(styled(small, qPrintable(style)), styled(scaledCutout(small, small.size() * 2), qPrintable(style)));
    QVERIFY2(far < 8, qPrintable(QString::number(far)));
}

void TestCutoutStyle::translucent_isDrawnWhole()
{
    QImage ghost = drawing({100, 100}, [](QPainter &painter) {
        painter.setBrush(QColor(90, 120, 200, 90));
        painter.drawEllipse(0, 0, 100, 100);
    });
    for (const char *style : {"flat", "silhouette", "outline", "halftone", "neon", "paper cut"})
        QVERIFY2(qAlpha(styled(ghost, style).pixel(side / 2, side / 2)) > 230, style);
}

void TestCutoutStyle::flat_hasFewTonesAndNoSpeckles()
{
    const QImage picture = styled(shadedBall(), "flat");
    const QHash<QRgb, int> colors = opaqueColors(picture);
    QList<int> counts = colors.values();
    std::sort(counts.begin(), counts.end(), std::greater<>());
    int all = 0;
    int tones = 0;
    for (const int count : counts)
        all += count;
    for (int i = 0; i < std::min<int>(7, int(counts.size())); ++i)
        tones += counts[i];
    QVERIFY2(tones > 0.97 * all, qPrintable(QStringLiteral("%1 of %2 in %3 colours").arg(tones).arg(all).arg(colors.size())));
    QVERIFY(opaqueColors(scaledCutout(shadedBall(), {side, side})).size() > 300); // which it had before
    for (auto each = colors.cbegin(); each != colors.cend(); ++each)
        QVERIFY2(qBlue(each.key()) <= qRed(each.key()), "a speckle");
    QVERIFY(difference(styled(twoHalves(), "flat"), scaledCutout(twoHalves(), {side, side})) < 2); // what is flat stays
}

void TestCutoutStyle::flat_takesTheColorFirst()
{
    const QColor wish(0x2462CC);
    for (const char *style : {"flat", "paper cut", "sticker"}) {
        const QColor found = dominantColor(styled(ofThePack("teapot"), style, wish));
        QVERIFY2(deltaE2000(found, wish) < 10, qPrintable(QLatin1String(style) + found.name()));
    }
}

void TestCutoutStyle::silhouette_hasOneColor_data()
{
    QTest::addColumn<QColor>("ink");
    QTest::newRow("dark") << QColor();
    QTest::newRow("wished") << QColor(0xC0392B);
    QTest::newRow("white") << QColor(Qt::white);
}

void TestCutoutStyle::silhouette_hasOneColor()
{
    QFETCH(QColor, ink);
    for (const char *words : {"cat", "bicycle", "pizza"}) {
        const QImage picture = styled(ofThePack(words), "silhouette", ink);
        const QHash<QRgb, int> colors = opaqueColors(picture);
        QCOMPARE(colors.size(), 1);
        if (ink.isValid())
            QCOMPARE(colors.keys().constFirst(), ink.rgb());
        else
            QVERIFY(lightness(colors.keys().constFirst()) < 0.3);
    }
}

void TestCutoutStyle::outline_keepsAlphaAndDrawsEdges()
{
    const QImage plain = scaledCutout(twoHalves(), {side, side});
    const QImage picture = styled(twoHalves(), "outline");
    double far = 0;
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x)
            far += std::abs(qAlpha(picture.pixel(x, y)) - qAlpha(plain.pixel(x, y)));
    }
    QVERIFY2(far / (side * side) < 2, qPrintable(QString::number(far / (side * side))));
    const auto isInk = [&](int x, int y) { return lightness(picture.pixel(x, y)) < 0.4; };
    for (const int y : {side / 4, side / 2, 3 * side / 4}) {
        QVERIFY(isInk(side / 2, y));  // where green meets orange
        QVERIFY(!isInk(side / 3, y)); // a half is empty
        QCOMPARE(picture.pixel(side / 3, y), qRgb(255, 255, 255));
    }
    QVERIFY(shareOfDisc(picture, [](QRgb pixel) { return lightness(pixel) < 0.4; }, 0.974, 0.99) > 0.95); // the rim, all around
    // Both lines are equally wide.
    int middle = 0;
    int rim = 0;
    for (int x = 0; x < side; ++x) {
        if (isInk(x, side / 2) && qAlpha(picture.pixel(x, side / 2)) > 128)
            ++(std::abs(x - side / 2) < 20 ? middle : rim);
    }
    QVERIFY2(std::abs(middle - rim / 2) <= 2, qPrintable(QStringLiteral("%1 and %2 px").arg(middle).arg(rim / 2)));
    // Shading is no edge.
    const QImage ball = styled(shadedBall(), "outline");
    QVERIFY(shareOfDisc(ball, [](QRgb pixel) { return lightness(pixel) < 0.7; }, 0, 0.9) < 0.01);
}

void TestCutoutStyle::outline_inALightColorLiesOnNothing()
{
    const QImage white = styled(twoHalves(), "outline", Qt::white);
    QCOMPARE(qAlpha(white.pixel(side / 3, side / 2)), 0);
    QCOMPARE(white.pixel(side / 2, side / 2), qRgb(255, 255, 255));
    const QImage red = styled(twoHalves(), "outline", QColor(0xC0392B));
    QCOMPARE(red.pixel(side / 2, side / 2), QColor(0xC0392B).rgb());
    QCOMPARE(red.pixel(side / 3, side / 2), qRgb(255, 255, 255));
}

/// What was drawn as a line already gets one line, not one on each side.
void TestCutoutStyle::outline_ofAStrokeIsOneLine()
{
    const QImage picture = styled(drawing({140, 140}, [](QPainter &painter) {
        painter.setBrush(QColor(250, 200, 60));
        painter.drawRect(0, 0, 140, 140);
        painter.setPen(QPen(Qt::black, 2));
        painter.drawLine(0, 70, 140, 70);
    }), "outline");
    int lines = 0;
    bool wasInk = true;  // the rim
    for (int y = 12; y < side - 12; ++y) {
        const bool isInk = lightness(picture.pixel(side / 2, y)) < 0.5;
        lines += isInk && !wasInk;
        wasInk = isInk;
    }
    QCOMPARE(lines, 1);
}

void TestCutoutStyle::sticker_hasAnEvenWhiteRim()
{
    const QImage picture = styled(twoHalves(), "sticker");
    QCOMPARE(picture.pixel(side / 4, side / 2), scaledCutout(twoHalves(), {side, side}).pixel(side / 4, side / 2));
    QList<int> widths;
    for (int degrees = 0; degrees < 360; degrees += 15) {
        int width = 0;
        int shadow = 0;
        for (double radius = 0; radius < side / 2.0; ++radius) {
            const QRgb pixel = picture.pixel(int(side / 2 + radius * std::cos(qDegreesToRadians(double(degrees)))),
                                             int(side / 2 + radius * std::sin(qDegreesToRadians(double(degrees)))));
            width += qAlpha(pixel) > 250 && qMin(qRed(pixel), qMin(qGreen(pixel), qBlue(pixel))) > 245;
            shadow += qAlpha(pixel) > 3 && qAlpha(pixel) < 120 && qRed(pixel) < 60;
        }
        widths.append(width);
        QVERIFY2(shadow >= 2, qPrintable(QString::number(degrees)));
    }
    const auto [least, most] = std::minmax_element(widths.cbegin(), widths.cend());
    QVERIFY2(*least >= side / 50 && *most - *least <= 3, qPrintable(QStringLiteral("%1 to %2 px").arg(*least).arg(*most)));
}

/// A knife would not go through a narrow mouth into what is wider behind it.
void TestCutoutStyle::sticker_fillsBaysAndHoles()
{
    const QImage bay = styled(drawing({120, 120}, [](QPainter &painter) {
        painter.setPen(QPen(QColor(200, 60, 60), 14, Qt::SolidLine, Qt::FlatCap));
        painter.drawArc(QRectF(8, 8, 104, 104), 100 * 16, 340 * 16);
    }), "sticker");
    QCOMPARE(bay.pixel(side / 2, side / 2), qRgb(255, 255, 255));

    const QImage picture = styled(drawing({120, 120}, [](QPainter &painter) {
        painter.setPen(QPen(QColor(200, 60, 60), 14));
        painter.drawEllipse(8, 8, 104, 104);
    }), "sticker");
    QCOMPARE(picture.pixel(side / 2, side / 2), qRgb(255, 255, 255));
}

void TestCutoutStyle::neon_glowsAndReadsOnWhite()
{
    const QImage picture = styled(twoHalves(), "neon");
    QImage onWhite(picture.size(), QImage::Format_RGB32);
    onWhite.fill(Qt::white);
    QPainter(&onWhite).drawImage(0, 0, picture);
    const QRgb line = onWhite.pixel(side / 2, side / 2);
    const QRgb body = onWhite.pixel(side / 3, side / 2);
    QVERIFY2(contrastOfLuminances(relativeLuminance(line), relativeLuminance(body)) > 4.5, qPrintable(QColor(line).name() + QColor(body).name()));
    // The glow goes on beyond the rim, in colour, and gets less.
    const int rim = side / 2 - int(side / 2 * 0.86);
    QVERIFY(qAlpha(picture.pixel(rim - 10, side / 2)) > qAlpha(picture.pixel(rim - 20, side / 2)));
    const QColor glow = QColor::fromRgba(picture.pixel(rim - 10, side / 2));
    QVERIFY2(glow.alpha() > 10 && glow.hsvSaturation() > 100, qPrintable(glow.name(QColor::HexArgb)));
}

void TestCutoutStyle::neon_takesTheWishedHue()
{
    const QColor ink(0x8E44AD);
    const QImage picture = styled(ofThePack("teapot"), "neon", ink);
    const QHash<QRgb, int> colors = opaqueColors(picture);
    for (auto each = colors.cbegin(); each != colors.cend(); ++each) {
        const QColor found = QColor::fromRgb(each.key());
        if (each.value() > 20 && found.hsvSaturation() > 90 && found.value() > 120)
            QVERIFY2(std::abs(found.hsvHue() - ink.hsvHue()) < 25, qPrintable(found.name()));
    }
}

void TestCutoutStyle::paperCut_castsShadows()
{
    const QImage plain = drawing({120, 120}, [](QPainter &painter) {
        painter.setBrush(QColor(230, 190, 90));
        painter.drawRect(0, 0, 120, 120);
        painter.setBrush(QColor(60, 120, 190));
        painter.drawEllipse(40, 40, 40, 40);
    });
    const StyledCutout cutout(plain, QStringLiteral("paper cut"));
    const QImage picture = cutout.rendered({side, side});
    const auto at = [&](double x, double y) { return picture.pixel(int(x * side), int(y * side)); };
    const double sheet = lightness(at(0.2, 0.2));
    double darkest = sheet;  // just below the upper sheet
    for (double y = 0.6; y < 0.75; y += 0.002) {
        if (qRed(at(0.5, y)) > qBlue(at(0.5, y)))
            darkest = std::min(darkest, lightness(at(0.5, y)));
    }
    QVERIFY2(darkest < sheet - 0.05, qPrintable(QStringLiteral("%1, %2").arg(sheet).arg(darkest)));
    int below = 0;  // on the ground
    for (int y = side - side / 12; y < side; ++y)
        below = std::max(below, qAlpha(picture.pixel(side / 2, y)) < 200 ? qAlpha(picture.pixel(side / 2, y)) : 0);
    QVERIFY2(below > 30, qPrintable(QString::number(below)));
    QVERIFY(opaqueColors(picture).value(at(0.5, 0.5)) > 0.06 * side * side);  // one tone
}

void TestCutoutStyle::halftone_hasMoreInkWhereItIsDarker()
{
    const QImage picture = styled(drawing({150, 150}, [](QPainter &painter) {
        for (int i = 0; i < 5; ++i) {
            painter.setBrush(QColor::fromHsv(0, 0, 230 - i * 50));
            painter.drawRect(0, i * 30, 150, 30);
        }
    }), "halftone", QColor(0x1B4F72));
    double before = 0;
    for (int band = 0; band < 5; ++band) {
        int ink = 0;
        const int from = band * side / 5 + 8;
        for (int y = from; y < (band + 1) * side / 5 - 8; ++y) {
            for (int x = 20; x < side - 20; ++x)
                ink += lightness(picture.pixel(x, y)) < 0.65;
        }
        const double share = ink / double((side / 5 - 16) * (side - 40));
        QVERIFY2(share > before, qPrintable(QStringLiteral("band %1: %2 after %3").arg(band).arg(share).arg(before)));
        before = share;
    }
    QVERIFY(before > 0.8);
}

void TestCutoutStyle::halftone_inOneInk()
{
    const QColor ink(0x1B4F72);
    const QHash<QRgb, int> colors = opaqueColors(styled(ofThePack("pizza"), "halftone", ink));
    int all = 0;
    for (const int count : colors)
        all += count;
    QVERIFY(colors.value(ink.rgb()) > all / 10);
    for (auto each = colors.cbegin(); each != colors.cend(); ++each) // between ink and paper, nothing else
        QVERIFY2(qRed(each.key()) <= qBlue(each.key()) + 2, qPrintable(QColor(each.key()).name()));
    const QColor own = dominantColor(styled(ofThePack("teapot"), "halftone"));
    QVERIFY2(deltaE2000(own, dominantColor(ofThePack("teapot"))) < 14, qPrintable(own.name()));
}

/// All styles on a light and a dark ground, for the eye: GALLEY_SHEETS names a folder, GALLEY_INK a colour.
void TestCutoutStyle::sheet()
{
    const QString folder = qEnvironmentVariable("GALLEY_SHEETS");
    if (folder.isEmpty())
        QSKIP("GALLEY_SHEETS is not set");
    constexpr int cell = 240;
    const QColor ink(qEnvironmentVariable("GALLEY_INK"));
    const QList<QImage> pictures{ofThePack("cat"), ofThePack("racing car"), ofThePack("teapot"), ofThePack("rose"),
                                 ofThePack("guitar"), ofThePack("house"), ofThePack("pizza"), ofThePack("bicycle")};
    const QStringList styles = QStringList{QString()} + StyledCutout::styles();
    for (const QColor &ground : {QColor(0xF4EFE7), QColor(0x1E2638)}) {
        QImage sheet(cell * int(pictures.size()), cell * int(styles.size()), QImage::Format_RGB32);
        sheet.fill(ground);
        QPainter painter(&sheet);
        for (int row = 0; row < styles.size(); ++row) {
            for (int column = 0; column < pictures.size(); ++column) {
                const QImage drawn = styled(pictures[column], qPrintable(styles[row]), ink, cell - 16);
                painter.drawImage(column * cell + (cell - drawn.width()) / 2, row * cell + (cell - drawn.height()) / 2, drawn);
            }
        }
        painter.end();
        QVERIFY(savePng(sheet, folder + QStringLiteral("/styles-") + ground.name().mid(1) + QStringLiteral(".png")).has_value());
    }
}

QTEST_MAIN(TestCutoutStyle)
#include "tst_cutoutstyle.moc"
