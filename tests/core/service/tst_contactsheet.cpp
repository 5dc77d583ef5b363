#include "core/composition/scene.h"
#include "core/service/contactsheet.h"
#include "testpaths.h"

#include <QDir>
#include <QFile>
#include <QPainter>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

/// Contact sheets, read back with poppler's tools.
class TestContactSheet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(!loadBundledFonts(QStringLiteral(GALLEY_SOURCE_DIR "/resources")).isEmpty()); }
    void grid_data();
    void grid();
    void pdf_hasTextAndPictures();
    void pdf_hasAsManyPagesAsItNeeds();
    void pdf_longAndStrangeTexts_stayInTheirCells();
    void pdf_saysWhatIsMissing();
    void stopped_writesNothing();
    void unwritable_isASentence();
    void csv_isReadBack();
    void csv_hasNoFormulas();
};

namespace {

QString output(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished(60'000) && process.exitCode() == 0 ? QString::fromUtf8(process.readAllStandardOutput()) : QString();
}

ContactPicture made(const QString &model, int row, std::optional<int> rating = {}, const QString &note = {})
{
    static qint64 next = 0;
    ContactPicture picture;
    picture.record.id = ++next;
    picture.record.servedModel = model;
    picture.record.templateName = QStringLiteral("Spring market");
    picture.record.row = row;
    picture.record.size = {1080, 1350};
    picture.record.costUsd = 0.06;
    picture.judgement.rating = rating;
    picture.judgement.note = note;
    return picture;
}

Result<QImage> painted(const ContactPicture &picture)
{
    QImage image(1080, 1350, QImage::Format_RGB32);
    image.fill(QColor::fromHsv(int(picture.record.id * 47 % 360), 160, 220));
    QPainter(&image).drawEllipse(200, 300, 600, 600);
    return image;
}

QString sheetOf(const QTemporaryDir &folder, const QList<ContactPicture> &pictures, const ContactLoader &load = painted)
{
    const QString file = folder.filePath(QStringLiteral("sheet.pdf"));
    ContactSheetOptions options;
    options.title = QStringLiteral("Spring campaign");
    options.at = QDateTime({2026, 11, 25}, {20, 30}, Qt::UTC);
    const auto written = writeContactSheet(file, pictures, load, options);
    return written ? file : QString();
}

QString textOf(const QString &file)
{
    return output(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), file, QStringLiteral("-")});
}

int pagesOf(const QString &file)
{
    const auto match = QRegularExpression(QStringLiteral("Pages:\\s+(\\d+)")).match(output(QStringLiteral("pdfinfo"), {file}));
    return match.captured(1).toInt();
}

} // namespace

void TestContactSheet::grid_data()
{
    QTest::addColumn<QStringList>("pictures");  // "model row"
    QTest::addColumn<QStringList>("columns");
    QTest::addColumn<QStringList>("rows");      // indices
    const auto list = [](const char *text) { return QString::fromLatin1(text).split(u',', Qt::SkipEmptyParts); };
    QTest::newRow("nothing") << list("") << list("") << list("");
    QTest::newRow("one model follows itself") << list("a 1,a 2,a 3,a 4,a 5") << list("") << list("0 1 2 3,4 -1 -1 -1");
    QTest::newRow("one picture") << list("a 1") << list("") << list("0");
    QTest::newRow("models by rows") << list("a 1,b 1,a 2,b 2") << list("a,b") << list("0 1,2 3");
    QTest::newRow("holes") << list("a 1,b 2,c 1") << list("a,b,c") << list("0 -1 2,-1 1 -1");
    QTest::newRow("a second picture") << list("a 1,a 1,b 1,a 2") << list("a,b") << list("0 2,1 -1,3 -1");
    QTest::newRow("more models than fit") << list("a 1,b 1,c 1,d 1,e 1") << list("a,b,c,d,e") << list("0 1 2 3,4 -1 -1 -1");
}

void TestContactSheet::grid()
{
    QFETCH(QStringList, pictures);
    QFETCH(QStringList, columns);
    QFETCH(QStringList, rows);
    QList<ContactPicture> list;
    for (const QString &picture : pictures)
        list.append(made(picture.section(u' ', 0, 0), picture.section(u' ', 1).toInt()));
    const ContactGrid grid = contactGrid(list);
    QStringList found;
    for (const QList<qsizetype> &row : grid.rows) {
        QStringList places;
        for (const qsizetype place : row)
            places.append(QString::number(place));
        found.append(places.join(u' '));
    }
    QCOMPARE(found, rows);
    QCOMPARE(grid.columns, columns);
    QCOMPARE(grid.labels.size(), grid.rows.size());
}

void TestContactSheet::pdf_hasTextAndPictures()
{
    QTemporaryDir folder;
    QList<ContactPicture> pictures;
    for (const char *model : {"ideogram-4", "gpt-image", "flux-pro"}) {
        for (int row = 1; row <= 3; ++row)
            pictures.append(made(QString::fromLatin1(model), row, row + 1, QStringLiteral("note %1 for %2").arg(row).arg(QLatin1String(model))));
    }
    const QString file = sheetOf(folder, pictures);
    QVERIFY(!file.isEmpty());
    const QString text = textOf(file);
    QVERIFY2(!text.isEmpty(), "pdftotext (poppler-utils) is missing, or there is no text");
    for (const char *word : {"Spring campaign", "9 picture", "Page 1 of", "ideogram-4", "gpt-image", "flux-pro", "Spring market, row 2", "$0.060", "note 3 for flux-pro"})
        QVERIFY2(text.contains(QLatin1String(word)), word);
    QCOMPARE(text.count(QStringLiteral("ideogram-4")), 3 + 3);  // its tags and its notes
    QVERIFY(text.contains(QString::fromUtf8("★★★☆☆")));
    const QStringList images = output(QStringLiteral("pdfimages"), {QStringLiteral("-list"), file}).split(u'\n', Qt::SkipEmptyParts).mid(2);
    QCOMPARE(images.size(), 9);
    for (const QString &image : images) {
        const QStringList columns = image.simplified().split(u' ');
        const int dotsPerInch = columns.value(12).toInt();
        QVERIFY2(dotsPerInch >= 150 && dotsPerInch <= 230, qPrintable(image));
    }
    QVERIFY(output(QStringLiteral("pdffonts"), {file}).contains(QLatin1String("Inter")));
    QVERIFY(QFile(file).size() < 3'000'000);
}

void TestContactSheet::pdf_hasAsManyPagesAsItNeeds()
{
    QTemporaryDir folder;
    QCOMPARE(pagesOf(sheetOf(folder, {})), 1);
    QList<ContactPicture> pictures{made(QStringLiteral("a"), 1)};
    QCOMPARE(pagesOf(sheetOf(folder, pictures)), 1);
    int loaded = 0;
    for (int row = 2; row <= 60; ++row)
        pictures.append(made(QStringLiteral("a"), row));
    const QString file = sheetOf(folder, pictures, [&loaded](const ContactPicture &picture) {
        ++loaded;
        return painted(picture);
    });
    QCOMPARE(loaded, 60);  // each once
    const int pages = pagesOf(file);
    QVERIFY(pages > 3 && pages < 15);
    const QString text = textOf(file);
    for (int page = 1; page <= pages; ++page)
        QVERIFY(text.contains(QStringLiteral("Page %1 of %2").arg(page).arg(pages)));
    for (int row = 1; row <= 60; ++row)
        QVERIFY2(text.contains(QRegularExpression(QStringLiteral("row %1\\b").arg(row))), qPrintable(QString::number(row)));
}

void TestContactSheet::pdf_longAndStrangeTexts_stayInTheirCells()
{
    QTemporaryDir folder;
    QList<ContactPicture> pictures{made(QString(300, u'm'), 1, 5, QString(5000, u'n')), made(QStringLiteral("b"), 1, 1, QString::fromUtf8("line\nbreak\x01 “für”"))};
    pictures[0].record.templateName = QString(400, u't');
    const QString text = textOf(sheetOf(folder, pictures));
    QVERIFY(text.contains(QString::fromUtf8("“für”")));
    QVERIFY(!text.contains(QString(200, u'n')) && !text.contains(QString(200, u'm')));
}

void TestContactSheet::pdf_saysWhatIsMissing()
{
    QTemporaryDir folder;
    const QList<ContactPicture> pictures{made(QStringLiteral("a"), 1), made(QStringLiteral("b"), 1)};
    const QString file = sheetOf(folder, pictures, [](const ContactPicture &picture) -> Result<QImage> {
        return picture.model() == QLatin1String("a") ? fail(ErrorCode::NotFound, QStringLiteral("The file is gone.")) : painted(picture);
    });
    QVERIFY(textOf(file).simplified().contains(QLatin1String("The file is gone.")));
    QCOMPARE(output(QStringLiteral("pdfimages"), {QStringLiteral("-list"), file}).split(u'\n', Qt::SkipEmptyParts).size(), 2 + 1);
}

void TestContactSheet::stopped_writesNothing()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("sheet.pdf"));
    QFile before(file);
    QVERIFY(before.open(QIODevice::WriteOnly) && before.write("before") == 6);
    before.close();
    int asked = 0;
    const auto load = [&asked](const ContactPicture &picture) -> Result<QImage> {
        return ++asked < 3 ? painted(picture) : fail(ErrorCode::Cancelled, QString());
    };
    const QList<ContactPicture> pictures(40, made(QStringLiteral("a"), 1));
    const auto written = writeContactSheet(file, pictures, load, {});
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::Cancelled);
    QCOMPARE(asked, 3);
    QVERIFY(before.open(QIODevice::ReadOnly));
    QCOMPARE(before.readAll(), QByteArray("before"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
}

void TestContactSheet::unwritable_isASentence()
{
    const auto written = writeContactSheet(QStringLiteral("/no-such-folder/sheet.pdf"), {made(QStringLiteral("a"), 1)}, painted, {});
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::Io);
    QVERIFY(written.error().message.contains(QLatin1String("sheet.pdf")));
}

void TestContactSheet::csv_isReadBack()
{
    ContactPicture picture = made(QStringLiteral("ideogram-4"), 2, 4, QStringLiteral("good, but \"loud\"\nsecond line"));
    picture.record.seed = 7;
    picture.record.prompt = QString::fromUtf8("Äpfel, 春");
    picture.scores = {{QStringLiteral("text"), 0.5, {}}, {QStringLiteral("palette"), 1, {}}};
    const ContactPicture bare = made(QStringLiteral("b"), 0);
    const QByteArray csv = contactSheetCsv({picture, bare});
    QCOMPARE(csv.left(csv.indexOf("\r\n")).split(',').size(), 22);
    QVERIFY(csv.contains("score_text,score_palette\r\n"));
    QVERIFY(csv.contains("\"good, but \"\"loud\"\"\nsecond line\""));
    QVERIFY(csv.contains(",0.5000,1.0000\r\n") && csv.endsWith(",,\r\n"));
    QVERIFY(csv.contains("\"Äpfel, 春\"") && csv.contains(",0.060000,4,none,"));
}

void TestContactSheet::csv_hasNoFormulas()
{
    for (const char *text : {"=HYPERLINK(\"http://x\")", "+1", "-2", "@SUM(A1)", "\tx"}) {
        const QByteArray csv = contactSheetCsv({made(QStringLiteral("a"), 1, {}, QString::fromLatin1(text))});
        const QByteArray line = csv.mid(csv.indexOf("\r\n") + 2);
        const QByteArray safe = "'" + QByteArray(text).replace('"', "\"\"");
        QVERIFY2(line.contains(safe), line.constData());
    }
}

QTEST_MAIN(TestContactSheet)
#include "tst_contactsheet.moc"
