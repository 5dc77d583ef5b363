#include "core/review/maincolors.h"
#include "core/review/scores.h"
#include "tests/core/review/posterpicture.h"

#include <QTest>

#include <cmath>

using namespace Galley;

/// Each score on pictures whose answer is known, and how it moves when they get worse.
class TestScores : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(addPosterFonts()); }
    void names_areTwoWays();
    void nothing_isNoScore();
    void stored_comesBack();
    void stored_hostile_data();
    void stored_hostile();
    void stored_wordsOfEarlierVersions();
    void sayings_haveWords_data();
    void sayings_haveWords();
    void text_right();
    void text_wrong();
    void text_unreadableFont_isNotCounted();
    void text_withoutData_saysSo();
    void contrast_ofPlainGround_data();
    void contrast_ofPlainGround();
    void contrast_goesByTheWorstTenth();
    void contrast_looksNearTheLetters();
    void contrast_ofDrawnText();
    void layout_subject_data();
    void layout_subject();
    void layout_busyText();
    void mainColors_areThoseOfThePicture();
    void palette_data();
    void palette();
    void sharpness_fallsWithBlur();
    void sharpness_isMeasuredAtOneSize();
    void scorePicture_givesAll();
    void anySize_isMeasured();
};

namespace {

const QColor cream(0xF4, 0xEF, 0xE7);
const Box titleBox{0.1, 0.05, 0.8, 0.15};

ReviewLayout layoutWith(const QList<ReviewText> &texts)
{
    ReviewLayout layout;
    layout.canvas = {800, 1000};
    layout.texts = texts;
    return layout;
}

QImage blurred(const QImage &image, int factor)
{
    return image.scaled(image.size() / factor, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .scaled(image.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

} // namespace

void TestScores::names_areTwoWays()
{
    for (const ScoreKind kind : allScores()) {
        QCOMPARE(scoreFromName(scoreName(kind)), std::optional(kind));
        QVERIFY(!scoreTitle(kind).isEmpty());
        QVERIFY(scoreLimits(kind).endsWith(u'.'));
    }
    QVERIFY(!scoreFromName(QStringLiteral("beauty")));
}

void TestScores::nothing_isNoScore()
{
    for (const Score &score : scorePicture({}, {})) {
        QVERIFY(!score.value);
        QVERIFY2(score.sentence().endsWith(u'.'), qPrintable(scoreName(score.kind)));
        QVERIFY(!storedScore(score));
    }
}

void TestScores::stored_comesBack()
{
    Score score;
    score.kind = ScoreKind::Contrast;
    score.value = 0.25;
    score.raw = 1.875;
    score.unit = QStringLiteral(": 1");
    score.said = {Saying{QStringLiteral("contrast.low"), {1.875}}, saidAs(QStringLiteral("Weak."))};
    score.marks = {{titleBox, QStringLiteral("title"), Saying{QStringLiteral("contrast.text"), {"title", 1.875, 4.5}}}, {{}, {}, {}}};
    QCOMPARE(scoreFromStored(*storedScore(score)), std::optional(score));
    QVERIFY(!scoreFromStored({QStringLiteral("beauty"), 1, Json::object()}));
}

void TestScores::stored_hostile_data()
{
    QTest::addColumn<QByteArray>("detail");
    for (const char *detail : {"[]", "null", R"({"raw":"x","unit":3,"sentence":[],"marks":{}})", R"({"marks":[1,null,{"box":[1,2],"token":5}]})",
                               R"({"marks":[{"box":["a",1,2,3]}]})", R"({"said":[1,null,[],{"code":5,"figures":"x"},{"code":"text.read","figures":[1]}]})",
                               R"({"said":[{"code":"area.busy","figures":[7,"x"]},{"code":"areas.busy","figures":{}},{"code":"of a later version"}]})"}) {
        QTest::newRow(detail) << QByteArray(detail);
    }
}

void TestScores::stored_hostile()
{
    QFETCH(QByteArray, detail);
    const auto score = scoreFromStored({QStringLiteral("text"), 0.5, Json::parse(detail.toStdString())});
    QVERIFY(score && score->value == 0.5 && !score->raw && score->sentence().isEmpty());
}

/// What earlier versions stored keeps its words; what this one stores has none.
void TestScores::stored_wordsOfEarlierVersions()
{
    const PictureScore old{QStringLiteral("contrast"), 0.25, Json::parse(R"({"sentence":"Zu schwach.","raw":1.9,"marks":[{"token":"title","sentence":"Hier."}]})")};
    QCOMPARE(storedSentence(old), QStringLiteral("Zu schwach."));
    const auto score = scoreFromStored(old);
    QVERIFY(score && score->marks.size() == 1);
    QCOMPARE(score->sentence(), QStringLiteral("Zu schwach."));
    QCOMPARE(score->marks.first().sentence(), QStringLiteral("Hier."));
    QCOMPARE(storedSentence(*storedScore(*score)), QStringLiteral("Zu schwach."));
    // Also of a score that only a later version knows.
    QCOMPARE(storedSentence({QStringLiteral("beauty"), 1, Json{{"sentence", "Nice."}}}), QStringLiteral("Nice."));
    QCOMPARE(storedSentence({QStringLiteral("text"), 1, Json()}), QString());
}

void TestScores::sayings_haveWords_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QByteArray>("figures");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *code, const char *figures, const char *sentence) {
        QTest::newRow(code) << QString::fromLatin1(code) << QByteArray(figures) << QString::fromUtf8(sentence);
    };
    row("plain", R"(["Weak."])", "Weak.");
    row("text.none", "[]", "There is no text to read.");
    row("text.read", "[1,2,12.34]", "1 of 2 texts read as they should; 12.3 % of the characters are wrong.");
    row("text.unreadable", R"(["a%2"])", "\"a%2\" cannot be read even when it is typeset plainly (its font, or its size), and is not counted.");
    row("text.nodata", R"(["title"])", "\"title\" cannot be read here: Tesseract has no data for its script. Install the language for Tesseract.");
    row("text.outside", R"(["title"])", "\"title\" lies outside the picture and cannot be read.");
    row("text.other", R"(["title","Sale %3","Sael"])",
        "\"title\" should say \"Sale %3\", but \"Sael\" was read. Look at the picture; text that must be right is better set.");
    row("contrast.text", R"(["title",2.04,4.5])",
        "\"title\" has a contrast of 2.0 : 1 where the ground is worst; it needs 4.5 : 1. Change its colour, or lay a panel under it.");
    row("contrast.low", "[2.04]", "Text with too little contrast; the weakest has 2.0 : 1.");
    row("subject.inside", "[61.7]", "62 % of what stands out lies where the subject should be.");
    row("areas.calm", "[]", "The areas under the text are calm.");
    row("palette.distance", "[3.24]", "The main colours lie ΔE 3.2 from the palette.");
    row("palette.missing", R"(["#112233, #445566"])", "Not to be seen: #112233, #445566.");
    row("sharpness.lost", "[41.2]", "A blur would take away 41 % of the finest detail.");
    row("unknown", "[1]", "");
}

void TestScores::sayings_haveWords()
{
    QFETCH(QString, code);
    QFETCH(QByteArray, figures);
    const Saying saying{code, Json::parse(figures.toStdString())};
    QTEST(sentenceOf(saying), "sentence");
    QVERIFY(sayingFromJson(sayingJson(saying)) == saying);
}

void TestScores::text_right()
{
    const ReviewText title = textOf(QStringLiteral("title"), titleBox, QStringLiteral("Spring Market"), Qt::black, 70);
    QImage picture = page(cream);
    typeset(picture, titleBox, title.text, Qt::black, 70);
    const Score score = textScore(picture, layoutWith({title}));
    QCOMPARE(score.value, std::optional(1.0));
    QVERIFY(score.marks.isEmpty());
}

void TestScores::text_wrong()
{
    const ReviewText title = textOf(QStringLiteral("title"), titleBox, QStringLiteral("Spring Market"), Qt::black, 70);
    const Box belowBox{0.1, 0.8, 0.8, 0.1};
    const ReviewText below = textOf(QStringLiteral("date"), belowBox, QStringLiteral("Saturday"), Qt::black, 50);
    QImage picture = page(cream);
    typeset(picture, titleBox, QStringLiteral("Sprnig Makret"), Qt::black, 70);
    typeset(picture, belowBox, below.text, Qt::black, 50);
    const Score score = textScore(picture, layoutWith({title, below}));
    QVERIFY(score.value && *score.value > 0.6 && *score.value < 0.95);  // some letters of one of two texts
    QVERIFY(std::abs(*score.raw - 100 * (1 - *score.value)) < 1e-9);
    QCOMPARE(score.marks.size(), 1);
    QCOMPARE(score.marks.first().tokenId, QStringLiteral("title"));
    QCOMPARE(score.marks.first().box, titleBox);
    const Score missing = textScore(page(cream), layoutWith({title, below}));
    QVERIFY(missing.value && *missing.value < 0.2);
}

/// What nobody could read is not the picture's fault.
void TestScores::text_unreadableFont_isNotCounted()
{
    ReviewText title = textOf(QStringLiteral("title"), titleBox, QStringLiteral("Spring Market"), Qt::black, 70);
    title.typeset = page(Qt::white, {640, 150});
    scribble(title.typeset, {0, 0, 1, 1}, Qt::black);
    const Score score = textScore(page(cream), layoutWith({title}));
    QVERIFY(!score.value);
    QVERIFY(score.sentence().contains(QLatin1String("title")));
}

void TestScores::text_withoutData_saysSo()
{
    const ReviewText title{QStringLiteral("title"), titleBox, QString::fromUtf8("ᚠᚢᚦᚨᚱᚲ"), true, Qt::black, 70, true, {}};
    const Score score = textScore(page(cream), layoutWith({title}));
    QVERIFY(!score.value);
    QVERIFY(score.sentence().endsWith(u'.'));
}

void TestScores::contrast_ofPlainGround_data()
{
    QTest::addColumn<QColor>("ground");
    QTest::addColumn<QColor>("color");
    QTest::addColumn<int>("pixels");
    QTest::addColumn<double>("ratio");
    QTest::addColumn<double>("value");
    QTest::newRow("black on white") << QColor(Qt::white) << QColor(Qt::black) << 16 << 21.0 << 1.0;
    QTest::newRow("#777 on white just fails as body") << QColor(Qt::white) << QColor(0x77, 0x77, 0x77) << 16 << 4.478 << 0.9937;
    QTest::newRow("#777 on white is fine as a title") << QColor(Qt::white) << QColor(0x77, 0x77, 0x77) << 60 << 4.478 << 1.0;
    QTest::newRow("white on white") << QColor(Qt::white) << QColor(Qt::white) << 16 << 1.0 << 0.0;
}

void TestScores::contrast_ofPlainGround()
{
    QFETCH(QColor, ground);
    QFETCH(QColor, color);
    QFETCH(int, pixels);
    QFETCH(double, ratio);
    QFETCH(double, value);
    const ReviewText title = textOf(QStringLiteral("title"), titleBox, QStringLiteral("Spring Market"), color, pixels);
    const Score score = contrastScore(page(ground), layoutWith({title}));
    QVERIFY(std::abs(*score.raw - ratio) < 0.01);
    QVERIFY(std::abs(*score.value - value) < 0.01);
    QCOMPARE(score.marks.isEmpty(), value >= 1);
}

/// A fifth of the ground that is bad counts, a twentieth does not.
void TestScores::contrast_goesByTheWorstTenth()
{
    ReviewText title{QStringLiteral("title"), titleBox, QStringLiteral("Spring Market"), true, Qt::black, 70, true, {}};
    for (const auto &[share, expected] : {std::pair(0.2, 1.0), std::pair(0.05, 21.0)}) {
        QImage ground = page(Qt::white);
        QPainter painter(&ground);
        painter.fillRect(Box{0.1, 0.05, 0.8 * share, 0.15}.toRect(ground.size()), Qt::black);
        painter.end();
        QVERIFY(std::abs(*contrastScore(ground, layoutWith({title})).raw - expected) < 0.01);
    }
}

void TestScores::contrast_looksNearTheLetters()
{
    const Box wide{0, 0, 1, 0.5};
    const ReviewText title = textOf(QStringLiteral("title"), wide, QStringLiteral("Hi"), Qt::black, 60);
    QImage ground = page(Qt::white);
    QPainter painter(&ground);
    painter.fillRect(Box{0, 0, 0.3, 0.5}.toRect(ground.size()), Qt::black);  // a third of the box, far from the two letters in its middle
    painter.end();
    QVERIFY(*contrastScore(ground, layoutWith({title})).raw > 20);
    ReviewText unknown = title;
    unknown.typeset = {};
    QVERIFY(*contrastScore(ground, layoutWith({unknown})).raw < 2);
}

void TestScores::contrast_ofDrawnText()
{
    ReviewText title{QStringLiteral("title"), titleBox, QStringLiteral("Spring Market"), false, {}, 70, true, {}};
    QImage strong = page(cream);
    typeset(strong, titleBox, title.text, QColor(0x20, 0x20, 0x60), 70);
    QImage weak = page(cream);
    typeset(weak, titleBox, title.text, QColor(0xD8, 0xD0, 0xC8), 70);
    QVERIFY(*contrastScore(strong, layoutWith({title})).raw > 7);
    const Score low = contrastScore(weak, layoutWith({title}));
    QVERIFY2(*low.raw < 2 && *low.value < 0.5, qPrintable(QString::number(*low.raw)));
    QCOMPARE(low.marks.size(), 1);
}

void TestScores::layout_subject_data()
{
    QTest::addColumn<Box>("drawn");
    QTest::addColumn<double>("least");
    QTest::addColumn<double>("most");
    QTest::newRow("inside") << Box{0.3, 0.4, 0.4, 0.3} << 0.95 << 1.0;
    QTest::newRow("half out") << Box{0.6, 0.4, 0.4, 0.3} << 0.2 << 0.8;
    QTest::newRow("elsewhere") << Box{0.1, 0.02, 0.3, 0.2} << 0.0 << 0.1;
    QTest::newRow("nowhere") << Box{2, 2, 0.1, 0.1} << 0.0 << 0.0;
}

void TestScores::layout_subject()
{
    QFETCH(Box, drawn);
    QFETCH(double, least);
    QFETCH(double, most);
    ReviewLayout layout = layoutWith({});
    layout.subjects = {{QStringLiteral("hero"), {0.25, 0.35, 0.5, 0.4}}};
    QImage picture = page(cream);
    disc(picture, drawn, QColor(0xC0, 0x39, 0x2B));
    const Score score = layoutScore(picture, picture, layout);
    QVERIFY2(*score.value >= least && *score.value <= most, qPrintable(QString::number(*score.value)));
    QCOMPARE(!score.marks.isEmpty(), *score.value < 0.6);
}

void TestScores::layout_busyText()
{
    const ReviewLayout layout = layoutWith({textOf(QStringLiteral("title"), titleBox, QStringLiteral("Spring Market"), Qt::black, 70)});
    const QImage calm = page(cream);
    QCOMPARE(layoutScore(calm, calm, layout).value, std::optional(1.0));
    QImage some = calm;
    scribble(some, titleBox, QColor(0x40, 0x60, 0x20), 40);
    QImage many = calm;
    scribble(many, titleBox, QColor(0x40, 0x60, 0x20), 400);
    const Score little = layoutScore(some, some, layout);
    const Score much = layoutScore(many, many, layout);
    QVERIFY(*little.value < 1 && *much.value < *little.value);
    QVERIFY(*much.value < 0.5);
    QCOMPARE(much.marks.size(), 1);
    // A panel under the text calms it, whatever the model drew.
    QVERIFY(*layoutScore(many, calm, layout).value >= 1);
}

void TestScores::mainColors_areThoseOfThePicture()
{
    QImage picture = page(cream, {400, 400});
    QPainter painter(&picture);
    painter.fillRect(0, 0, 400, 100, QColor(0x2E, 0x8B, 0x57));
    painter.fillRect(0, 100, 100, 100, QColor(0xF5, 0xC5, 0x42));
    painter.end();
    const QList<MainColor> colors = mainColors(picture, 8);
    QCOMPARE(colors.size(), 3);
    QVERIFY(std::abs(colors[0].share - 11.0 / 16) < 0.02 && std::abs(colors[1].share - 0.25) < 0.02 && std::abs(colors[2].share - 1.0 / 16) < 0.02);
    QVERIFY(std::abs(colors[1].color.green() - 0x8B) < 6);
    QCOMPARE(mainColors(picture, 2).size(), 2);
    QVERIFY(mainColors({}).isEmpty());
    QImage empty(10, 10, QImage::Format_ARGB32);
    empty.fill(Qt::transparent);
    QVERIFY(mainColors(empty).isEmpty());
}

void TestScores::palette_data()
{
    QTest::addColumn<QColor>("ground");
    QTest::addColumn<QColor>("thing");
    QTest::addColumn<double>("least");
    QTest::addColumn<double>("most");
    QTest::newRow("as asked") << QColor(0xF5, 0xC5, 0x42) << QColor(0x2E, 0x8B, 0x57) << 0.95 << 1.0;
    QTest::newRow("a shade off") << QColor(0xF0, 0xBC, 0x50) << QColor(0x35, 0x80, 0x50) << 0.7 << 0.95;
    QTest::newRow("others") << QColor(0x30, 0x40, 0xC0) << QColor(0xC0, 0x20, 0xA0) << 0.0 << 0.1;
    QTest::newRow("white counts for none") << QColor(Qt::white) << QColor(0x2E, 0x8B, 0x57) << 0.95 << 1.0;
    QTest::newRow("no colour at all") << QColor(Qt::white) << QColor(0x80, 0x80, 0x80) << 0.0 << 0.0;
}

void TestScores::palette()
{
    QFETCH(QColor, ground);
    QFETCH(QColor, thing);
    QFETCH(double, least);
    QFETCH(double, most);
    ReviewLayout layout = layoutWith({});
    layout.palette = {QColor(0xF5, 0xC5, 0x42), QColor(0x2E, 0x8B, 0x57)};
    QImage picture = page(ground);
    disc(picture, {0.25, 0.25, 0.5, 0.5}, thing);
    const Score score = paletteScore(picture, layout);
    QVERIFY2(*score.value >= least && *score.value <= most, qPrintable(QString::number(*score.value)));
}

void TestScores::sharpness_fallsWithBlur()
{
    QImage picture = page(cream);
    scribble(picture, {0, 0, 1, 1}, QColor(0x20, 0x40, 0x60), 600);
    double before = 1.01;
    for (const int factor : {1, 2, 4, 8, 16}) {
        const double sharpness = *sharpnessScore(blurred(picture, factor)).value;
        QVERIFY2(sharpness < before, qPrintable(QStringLiteral("%1: %2").arg(factor).arg(sharpness)));
        before = sharpness;
    }
    QVERIFY(before < 0.35);
    QVERIFY(*sharpnessScore(picture).value > 0.6);
    QVERIFY(!sharpnessScore(page(cream)).value);
}

/// The same picture, twice as large and enlarged from half the size: the one is as sharp as before, the other is not.
void TestScores::sharpness_isMeasuredAtOneSize()
{
    QImage large = page(cream, {1600, 2000});
    scribble(large, {0, 0, 1, 1}, QColor(0x20, 0x40, 0x60), 600);
    const QImage half = large.scaled(800, 1000, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const QImage tiny = large.scaled(200, 250, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const double sharpness = *sharpnessScore(large).value;
    QVERIFY(std::abs(*sharpnessScore(half).value - sharpness) < 0.06);
    QVERIFY(*sharpnessScore(tiny).value < sharpness - 0.2);
}

void TestScores::scorePicture_givesAll()
{
    ReviewLayout layout = layoutWith({textOf(QStringLiteral("title"), titleBox, QStringLiteral("Spring Market"), Qt::black, 70)});
    layout.subjects = {{QStringLiteral("hero"), {0.25, 0.35, 0.5, 0.4}}};
    layout.palette = {QColor(0xC0, 0x39, 0x2B)};
    ReviewPictures pictures;
    pictures.raw = page(cream);
    disc(pictures.raw, {0.3, 0.4, 0.4, 0.3}, QColor(0xC0, 0x39, 0x2B));
    pictures.composed = pictures.raw;
    typeset(pictures.composed, titleBox, QStringLiteral("Spring Market"), Qt::black, 70);
    const QList<Score> scores = scorePicture(pictures, layout);
    QCOMPARE(scores.size(), allScores().size());
    for (const Score &score : scores) {
        const double least = score.kind == ScoreKind::Sharpness ? 0.5 : 0.9;
        QVERIFY2(score.value && *score.value > least, qPrintable(scoreName(score.kind) + QString::number(score.value.value_or(-1))));
        QVERIFY(storedScore(score));
    }
    QCOMPARE(scorePicture(pictures, layout), scores);
}

/// Boxes outside, pictures of one pixel, boxes of no size: nothing crashes, values stay within 0–1.
void TestScores::anySize_isMeasured()
{
    ReviewLayout layout = layoutWith({textOf(QStringLiteral("title"), titleBox, QStringLiteral("Spring"), Qt::black, 70)});
    for (const Box &box : {Box{-1, -1, 0.5, 0.5}, Box{0.9, 0.9, 2, 2}, Box{0.5, 0.5, 0, 0}, Box{0.2, 0.2, 1e-9, 1}}) {
        layout.texts.append({QStringLiteral("x"), box, QStringLiteral("X"), true, Qt::red, 0, false, page(Qt::white, {1, 1})});
        layout.texts.append({QStringLiteral("y"), box, QStringLiteral("Y"), false, {}, 0, false, {}});
        layout.subjects.append({QStringLiteral("s"), box});
    }
    layout.palette = {QColor(Qt::red), QColor()};
    for (const QSize size : {QSize(1, 1), QSize(3, 700), QSize(2000, 2), QSize(40, 40)}) {
        QImage picture = page(cream, size);
        scribble(picture, {0, 0, 1, 1}, Qt::blue, 20);
        for (const Score &score : scorePicture({picture, picture, picture}, layout))
            QVERIFY2(!score.value || (*score.value >= 0 && *score.value <= 1), qPrintable(scoreName(score.kind)));
    }
}

QTEST_MAIN(TestScores)
#include "tst_scores.moc"
