#include "core/imaging/colormath.h"
#include "testpaths.h"
#include "ui/widgets/icon.h"
#include "core/imaging/colormath.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/themeswitch.h"

#include <QApplication>
#include <QDBusVariant>
#include <QLabel>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

using namespace Galley;

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contrast_data();
    void contrast();
    void hues_standOutFromEveryGround();
    void contrastRatio_isThatOfWcag();
    void paletteOfATheme_isRecognised();
    void choice_setsThePalette();
    void portalValues_data();
    void portalValues();
    void everyListedIcon_isBundledAndPaints();
    void icon_fillsDevicePixels();
    void icon_followsTheTheme();
    void unknownIcon_isEmpty();
};

void TestTheme::contrast_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<ThemeColor>("front");
    QTest::addColumn<ThemeColor>("behind");
    QTest::addColumn<double>("least");

    struct Row
    {
        const char *name;
        ThemeColor front;
        QList<ThemeColor> behind;
        double least;
    };
    const QList<ThemeColor> grounds{ThemeColor::Panel, ThemeColor::Raised, ThemeColor::Input};
    const QList<ThemeColor> buttons{ThemeColor::Hover, ThemeColor::Pressed};
    const QList<Row> rows{
        {"text", ThemeColor::Text, grounds + buttons, 4.5},
        {"secondary text", ThemeColor::Secondary, grounds + QList<ThemeColor>{ThemeColor::Hover}, 4.5},
        {"link", ThemeColor::Accent, grounds, 4.5},
        {"state current", ThemeColor::Current, grounds, 4.5},
        {"state stale", ThemeColor::Stale, grounds, 4.5},
        {"state rendering", ThemeColor::Rendering, grounds, 4.5},
        {"danger", ThemeColor::Danger, grounds, 4.5},
        {"primary button", ThemeColor::PrimaryText, {ThemeColor::Primary}, 4.5},
        {"input border", ThemeColor::InputBorder, grounds, 3},
        {"focus ring", ThemeColor::Accent, grounds + buttons, 3},
        {"selection on the surround", ThemeColor::Accent, {ThemeColor::Surround}, 3},
    };
    for (const bool dark : {false, true}) {
        for (const Row &row : rows) {
            for (const ThemeColor behind : row.behind)
                QTest::addRow("%s: %s on %d", dark ? "dark" : "light", row.name, int(behind))
                    << dark << row.front << behind << row.least;
        }
    }
}

void TestTheme::contrast()
{
    QFETCH(bool, dark);
    QFETCH(ThemeColor, front);
    QFETCH(ThemeColor, behind);
    QFETCH(double, least);
    const Theme theme = dark ? Theme::dark() : Theme::light();
    const double ratio = contrastRatio(theme.color(front), theme.color(behind));
    QVERIFY2(ratio >= least, qPrintable(QStringLiteral("%1 on %2 is %3, not %4")
                                            .arg(theme.color(front).name(), theme.color(behind).name())
                                            .arg(ratio)
                                            .arg(least)));
}

void TestTheme::hues_standOutFromEveryGround()
{
    for (const Theme &theme : {Theme::light(), Theme::dark()}) {
        QSet<QRgb> seen;
        for (int i = 0; i < Theme::hues; ++i) {
            seen.insert(theme.hue(i).rgb());
            for (const ThemeColor ground : {ThemeColor::Panel, ThemeColor::Raised, ThemeColor::Input})
                QVERIFY2(contrastRatio(theme.hue(i), theme.color(ground)) >= 3, qPrintable(QString::number(i)));
        }
        QCOMPARE(seen.size(), qsizetype(Theme::hues));
        QCOMPARE(theme.hue(-1), theme.hue(Theme::hues - 1));
    }
}

void TestTheme::contrastRatio_isThatOfWcag()
{
    QVERIFY(qAbs(contrastRatio(Qt::black, Qt::white) - 21) < 0.001);
    QVERIFY(qAbs(contrastRatio(Qt::white, Qt::white) - 1) < 0.001);
    // The grey that WCAG's own examples give as the first to pass 4.5 on white.
    QVERIFY(qAbs(contrastRatio(QColor(0x76, 0x76, 0x76), Qt::white) - 4.54) < 0.01);
}

void TestTheme::paletteOfATheme_isRecognised()
{
    QVERIFY(Theme::of(Theme::dark().palette()).isDark());
    QVERIFY(!Theme::of(Theme::light().palette()).isDark());
}

void TestTheme::choice_setsThePalette()
{
    ThemeSwitch themes;
    QSignalSpy spy(&themes, &ThemeSwitch::changed);
    themes.setChoice(QStringLiteral("dark"));
    QVERIFY(Theme::current().isDark());
    themes.setChoice(QStringLiteral("light"));
    QVERIFY(!Theme::current().isDark());
    QVERIFY(spy.count() >= 1);
    themes.setChoice(QStringLiteral("system"));  // no session bus in tests: light
    QVERIFY(!Theme::current().isDark());
}

void TestTheme::portalValues_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<bool>("dark");
    QTest::newRow("no preference") << QVariant(0u) << false;
    QTest::newRow("dark") << QVariant(1u) << true;
    QTest::newRow("light") << QVariant(2u) << false;
    QTest::newRow("nested") << QVariant::fromValue(QDBusVariant(QVariant::fromValue(QDBusVariant(1u)))) << true;
    QTest::newRow("nonsense") << QVariant(QStringLiteral("dark")) << false;
    QTest::newRow("nothing") << QVariant() << false;
}

void TestTheme::portalValues()
{
    QFETCH(QVariant, value);
    QFETCH(bool, dark);
    QCOMPARE(ThemeSwitch::isDark(value), dark);
}

void TestTheme::everyListedIcon_isBundledAndPaints()
{
    QFile list(QStringLiteral(GALLEY_SOURCE_DIR "/resources/icons/icons.txt"));
    QVERIFY(list.open(QIODevice::ReadOnly));
    const QStringList names = QString::fromUtf8(list.readAll()).split(u'\n', Qt::SkipEmptyParts);
    QVERIFY(names.size() > 100);
    QCOMPARE(QSet<QString>(names.begin(), names.end()), [] {
        const QStringList bundled = iconNames();
        return QSet<QString>(bundled.begin(), bundled.end());
    }());
    for (const QString &name : names) {
        const QImage image = themedIcon(name).pixmap(QSize(16, 16), 1.0).toImage();
        int painted = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                painted += qAlpha(image.pixel(x, y)) > 96;
        }
        QVERIFY2(painted > 0 && painted < 256, qPrintable(name));
    }
}

void TestTheme::icon_fillsDevicePixels()
{
    for (const double ratio : {1.0, 1.5, 2.0, 3.0}) {
        const QPixmap pixmap = themedIcon(QStringLiteral("undo")).pixmap(QSize(20, 20), ratio);
        QCOMPARE(pixmap.size(), QSize(qRound(20 * ratio), qRound(20 * ratio)));
    }
}

void TestTheme::icon_followsTheTheme()
{
    ThemeSwitch themes;
    themes.setChoice(QStringLiteral("dark"));
    const QIcon icon = themedIcon(QStringLiteral("crop_square"));
    const auto brightest = [&icon](QIcon::Mode mode) {
        const QImage image = icon.pixmap(QSize(20, 20), 1.0, mode).toImage();
        int best = 0;
        for (int y = 0; y < 20; ++y) {
            for (int x = 0; x < 20; ++x) {
                if (qAlpha(image.pixel(x, y)) == 255)
                    best = qMax(best, qGray(image.pixel(x, y)));
            }
        }
        return best;
    };
    QVERIFY(brightest(QIcon::Normal) > 200);
    QVERIFY(brightest(QIcon::Disabled) < 140);
    themes.setChoice(QStringLiteral("light"));
    QVERIFY(brightest(QIcon::Normal) < 60);
}

void TestTheme::unknownIcon_isEmpty()
{
    QVERIFY(themedIcon(QStringLiteral("no_such_glyph")).isNull());
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
