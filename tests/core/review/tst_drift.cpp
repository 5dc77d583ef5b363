#include "core/review/drift.h"
#include "tests/core/review/posterpicture.h"

#include <QTest>

#include <algorithm>

using namespace Galley;

/// A draft and its final, painted here.
class TestDrift : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(addPosterFonts()); }
    void same_isNoDrift();
    void otherSizeAndDetail_areNoDrift();
    void subject_moved_data();
    void subject_moved();
    void subject_grown();
    void subject_gone();
    void severalSubjects_areFollowedOneByOne();
    void colour_changed();
    void calm_lost();
    void setThings_areNoDrift_data();
    void setThings_areNoDrift();
    void calmAroundLetters_isStillSeen();
    void sentence_saysWhichDraft_data();
    void sentence_saysWhichDraft();
    void nothing_saysSo();
};

namespace {

const QColor cream(0xF4, 0xEF, 0xE7);
const QColor red(0xC0, 0x39, 0x2B);
const Box titleBox{0.1, 0.05, 0.8, 0.15};
const Box heroBox{0.25, 0.35, 0.5, 0.4};

ReviewLayout layout()
{
    ReviewLayout layout;
    layout.canvas = {800, 1000};
    layout.texts = {textOf(QStringLiteral("title"), titleBox, QStringLiteral("Spring Market"), Qt::black, 70)};
    layout.subjects = {{QStringLiteral("hero"), heroBox}};
    return layout;
}

QImage poster(const Box &where, const QColor &color = red, const QSize &size = {800, 1000})
{
    QImage image = page(cream, size);
    disc(image, where, color);
    return image;
}

const DriftFinding *find(const Drift &drift, DriftFinding::Kind kind, const QString &token)
{
    const auto found = std::find_if(drift.findings.cbegin(), drift.findings.cend(),
                                    [&](const DriftFinding &finding) { return finding.kind == kind && finding.tokenId == token; });
    return found == drift.findings.cend() ? nullptr : &*found;
}

int noticed(const Drift &drift)
{
    return int(std::count_if(drift.findings.cbegin(), drift.findings.cend(), [](const DriftFinding &finding) { return finding.isNoticed; }));
}

const QString hero = QStringLiteral("hero");
const QString title = QStringLiteral("title");

} // namespace

void TestDrift::same_isNoDrift()
{
    const Drift drift = driftBetween(poster(heroBox), poster(heroBox), layout());
    QCOMPARE(drift.amount, 0.0);
    QVERIFY(!drift.hasNoticed());
    QVERIFY(find(drift, DriftFinding::Kind::Subject, hero) && find(drift, DriftFinding::Kind::Colour, hero) && find(drift, DriftFinding::Kind::Calm, title));
    for (const DriftFinding &finding : drift.findings)
        QVERIFY(finding.sentence.endsWith(u'.'));
}

/// A final has more detail and more pixels than its draft by nature.
void TestDrift::otherSizeAndDetail_areNoDrift()
{
    QImage final = poster(heroBox, QColor(0xB8, 0x42, 0x38), {1600, 2000});
    scribble(final, {0.35, 0.45, 0.3, 0.2}, QColor(0xA8, 0x30, 0x28), 300);
    QVERIFY(!driftBetween(poster(heroBox), final, layout()).hasNoticed());
}

void TestDrift::subject_moved_data()
{
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::addColumn<QString>("word");
    QTest::newRow("right") << 0.25 << 0.0 << QStringLiteral("right");
    QTest::newRow("left") << -0.2 << 0.0 << QStringLiteral("left");
    QTest::newRow("down") << 0.0 << 0.2 << QStringLiteral("down");
    QTest::newRow("up") << 0.0 << -0.2 << QStringLiteral("up");
}

void TestDrift::subject_moved()
{
    QFETCH(double, x);
    QFETCH(double, y);
    QFETCH(QString, word);
    const Box moved{heroBox.x + x, heroBox.y + y, heroBox.width, heroBox.height};
    const Drift drift = driftBetween(poster(heroBox), poster(moved), layout());
    const DriftFinding *finding = find(drift, DriftFinding::Kind::Subject, hero);
    QVERIFY(finding && finding->isNoticed);
    QVERIFY2(finding->sentence.contains(word), qPrintable(finding->sentence));
    QVERIFY(std::abs(finding->final.x - finding->draft.x - x) < 0.05 && std::abs(finding->final.y - finding->draft.y - y) < 0.05);
    QVERIFY(drift.hasNoticed() && drift.sentence.contains(drift.findings.first().sentence));
}

void TestDrift::subject_grown()
{
    const Box small{0.4, 0.475, 0.2, 0.15};
    const Drift drift = driftBetween(poster(heroBox), poster(small), layout());
    QVERIFY(find(drift, DriftFinding::Kind::Subject, hero)->isNoticed);
    QVERIFY(find(drift, DriftFinding::Kind::Subject, hero)->sentence.contains(QLatin1String("smaller")));
    QVERIFY(find(driftBetween(poster(small), poster(heroBox), layout()), DriftFinding::Kind::Subject, hero)->sentence.contains(QLatin1String("larger")));
}

void TestDrift::subject_gone()
{
    const Drift drift = driftBetween(poster(heroBox), page(cream), layout());
    QCOMPARE(find(drift, DriftFinding::Kind::Subject, hero)->amount, 1.0);
    QCOMPARE(drift.amount, 1.0);
    // A draft without a subject that stands out has nothing to lose.
    QVERIFY(!find(driftBetween(page(cream), page(cream), layout()), DriftFinding::Kind::Subject, hero));
}

void TestDrift::severalSubjects_areFollowedOneByOne()
{
    ReviewLayout two = layout();
    two.subjects = {{QStringLiteral("left"), {0.1, 0.4, 0.25, 0.2}}, {QStringLiteral("right"), {0.65, 0.4, 0.25, 0.2}}};
    QImage draft = poster({0.1, 0.4, 0.25, 0.2});
    disc(draft, {0.65, 0.4, 0.25, 0.2}, red);
    QImage final = poster({0.1, 0.4, 0.25, 0.2});
    disc(final, {0.72, 0.58, 0.12, 0.06}, red);
    const Drift drift = driftBetween(draft, final, two);
    QVERIFY(!find(drift, DriftFinding::Kind::Subject, QStringLiteral("left"))->isNoticed);
    QVERIFY(find(drift, DriftFinding::Kind::Subject, QStringLiteral("right"))->isNoticed);
}

void TestDrift::colour_changed()
{
    const Drift drift = driftBetween(poster(heroBox), poster(heroBox, QColor(0x20, 0x50, 0xC0)), layout());
    const DriftFinding *finding = find(drift, DriftFinding::Kind::Colour, hero);
    QVERIFY(finding && finding->isNoticed && finding->raw > 12);
    QVERIFY(!find(drift, DriftFinding::Kind::Subject, hero)->isNoticed);
    QVERIFY(!find(drift, DriftFinding::Kind::Calm, title)->isNoticed);
    QCOMPARE(drift.findings.first(), *finding);
}

void TestDrift::calm_lost()
{
    QImage final = poster(heroBox);
    scribble(final, titleBox, QColor(0xD0, 0xC0, 0xA8), 400);
    const Drift drift = driftBetween(poster(heroBox), final, layout());
    QVERIFY(find(drift, DriftFinding::Kind::Calm, title)->isNoticed);
    // The other way round it has become calmer, which is no drift to warn of.
    QCOMPARE(find(driftBetween(final, poster(heroBox), layout()), DriftFinding::Kind::Calm, title)->amount, 0.0);
    QCOMPARE(noticed(driftBetween(final, poster(heroBox), layout())), 0);
}

namespace {

const Box buttonBox{0.3, 0.84, 0.4, 0.09};

/// A button as Galley sets it, over \a image.
void button(QImage &image)
{
    QPainter(&image).fillRect(buttonBox.toRect(image.size()), QColor(0x1B, 0x4F, 0x8A));
    typeset(image, buttonBox, QStringLiteral("See you there"), Qt::white, image.height() / 20);
}

ReviewLayout layoutWithButton(bool knowsIt)
{
    ReviewLayout with = layout();
    with.texts.append(textOf(QStringLiteral("cta"), buttonBox, QStringLiteral("See you there"), Qt::white, 50));
    if (!knowsIt)
        return with;
    with.covered = QImage(320, 400, QImage::Format_Alpha8);
    with.covered.fill(0);
    const QRect area = buttonBox.toRect(with.covered.size()).toAlignedRect();
    for (int y = area.top(); y <= area.bottom(); ++y)
        std::fill_n(with.covered.scanLine(y) + area.left(), area.width(), uchar(255));
    return with;
}

} // namespace

/// The button lies over both pictures, or was left out of one of them by whoever composed it: it is Galley's own either way.
void TestDrift::setThings_areNoDrift_data()
{
    QTest::addColumn<bool>("inDraft");
    QTest::addColumn<bool>("inFinal");
    QTest::newRow("both") << true << true;
    QTest::newRow("the final only") << false << true;
    QTest::newRow("the draft only") << true << false;
}

void TestDrift::setThings_areNoDrift()
{
    QFETCH(bool, inDraft);
    QFETCH(bool, inFinal);
    QImage draft = poster(heroBox);
    QImage final = poster(heroBox);
    scribble(draft, buttonBox, Qt::black, 20);  // what the model made there is hidden
    scribble(final, buttonBox, Qt::darkGreen, 900);
    if (inDraft)
        button(draft);
    if (inFinal)
        button(final);
    const Drift drift = driftBetween(draft, final, layoutWithButton(true));
    QVERIFY2(!drift.hasNoticed(), qPrintable(drift.sentence));
    for (const DriftFinding &finding : drift.findings)
        QVERIFY(finding.tokenId != QLatin1String("cta"));
    // Whoever does not know what is set would mark it: the test can fail.
    if (inFinal && !inDraft)
        QVERIFY(driftBetween(draft, final, layoutWithButton(false)).hasNoticed());
}

/// Letters without a ground of their own hide only themselves.
void TestDrift::calmAroundLetters_isStillSeen()
{
    ReviewLayout known = layout();
    QImage letters(800, 1000, QImage::Format_Grayscale8);
    letters.fill(Qt::black);
    typeset(letters, titleBox, QStringLiteral("Spring Market"), Qt::white, 70);
    known.covered = QImage(letters.size(), QImage::Format_Alpha8);
    for (int y = 0; y < letters.height(); ++y)
        std::copy_n(letters.constScanLine(y), letters.width(), known.covered.scanLine(y));
    QImage draft = poster(heroBox);
    QImage final = poster(heroBox);
    typeset(draft, titleBox, QStringLiteral("Spring Market"), Qt::black, 70);
    typeset(final, titleBox, QStringLiteral("Spring Market"), Qt::white, 70);  // another colour: still set
    QVERIFY2(!driftBetween(draft, final, known).hasNoticed(), qPrintable(driftBetween(draft, final, known).sentence));
    scribble(final, titleBox, Qt::black);
    typeset(final, titleBox, QStringLiteral("Spring Market"), Qt::white, 70);
    QVERIFY(find(driftBetween(draft, final, known), DriftFinding::Kind::Calm, title)->isNoticed);
}

void TestDrift::sentence_saysWhichDraft_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<QString>("said");
    QTest::newRow("approved") << int(DriftFrom::Approved) << QStringLiteral("the draft you approved");
    QTest::newRow("none seen") << int(DriftFrom::NoneSeen) << QStringLiteral("No draft was on screen when this final was sent.");
    QTest::newRow("lost") << int(DriftFrom::Lost) << QStringLiteral("not in the library any more.");
}

void TestDrift::sentence_saysWhichDraft()
{
    QFETCH(int, from);
    QFETCH(QString, said);
    const QImage other = poster(heroBox, QColor(0x20, 0x50, 0xC0));
    for (const QImage &final : {poster(heroBox), other}) {
        const QString sentence = driftBetween(poster(heroBox), final, layout(), DriftFrom(from)).sentence;
        QVERIFY2(sentence.contains(said), qPrintable(sentence));
        QCOMPARE(sentence.contains(QLatin1String("drawn anew")), DriftFrom(from) != DriftFrom::Approved);
        QVERIFY(DriftFrom(from) == DriftFrom::Approved || !sentence.contains(QLatin1String("the draft you approved in")));
    }
}

void TestDrift::nothing_saysSo()
{
    QVERIFY(!driftBetween({}, poster(heroBox), layout()).sentence.isEmpty());
    QVERIFY(driftBetween({}, poster(heroBox), layout()).findings.isEmpty());
    QVERIFY(!driftBetween(poster(heroBox), poster(heroBox), {}).hasNoticed());
    QVERIFY(driftLimits().endsWith(u'.'));
}

QTEST_MAIN(TestDrift)
#include "tst_drift.moc"
