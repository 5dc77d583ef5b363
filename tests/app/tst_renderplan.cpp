#include "app/galley/commands/renderplan.h"

#include "testpaths.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

const std::string posterFile = GALLEY_SOURCE_DIR "/resources/templates/market-poster.galley";

RenderArguments argumentsFor(const QTemporaryDir &folder)
{
    RenderArguments arguments;
    arguments.file = posterFile;
    arguments.model = "webui";
    arguments.output = folder.filePath(QStringLiteral("out.png")).toStdString();
    return arguments;
}

std::string fileIn(const QTemporaryDir &folder, const char *name)
{
    QFile file(folder.filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write");
    return file.fileName().toStdString();
}

} // namespace

class TestRenderPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fileNames_neverEscape_data();
    void fileNames_neverEscape();
    void start_isRead();
    void badStart_isASentence_data();
    void badStart_isASentence();
    void severalPictures_writeOverNothing();
    void numberedFiles_data();
    void numberedFiles();
};

void TestRenderPlan::fileNames_neverEscape_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << QStringLiteral("apple") << QStringLiteral("apple.png");
    QTest::newRow("with ending") << QStringLiteral("apple.PNG") << QStringLiteral("apple.png");
    QTest::newRow("other ending") << QStringLiteral("apple.jpg") << QStringLiteral("apple.jpg.png");
    QTest::newRow("spaces and umlauts") << QStringLiteral("gr\u00FCne \u00C4pfel") << QStringLiteral("gr\u00FCne \u00C4pfel.png");
    QTest::newRow("upwards") << QStringLiteral("../../etc/passwd") << QStringLiteral("etc-passwd.png");
    QTest::newRow("absolute") << QStringLiteral("/tmp/x") << QStringLiteral("tmp-x.png");
    QTest::newRow("backslashes") << QStringLiteral("..\\x") << QStringLiteral("x.png");
    QTest::newRow("drive") << QStringLiteral("C:\\x") << QStringLiteral("C-x.png");
    QTest::newRow("hidden") << QStringLiteral(".bashrc") << QStringLiteral("bashrc.png");
    QTest::newRow("newline") << QStringLiteral("a\nb") << QStringLiteral("a-b.png");
    QTest::newRow("zero") << QStringLiteral("a") + QChar(0) + QStringLiteral("b") << QStringLiteral("a-b.png");
    QTest::newRow("only dots") << QStringLiteral("..") << QString();
    QTest::newRow("only a slash") << QStringLiteral("/") << QString();
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("long") << QString(5000, QLatin1Char('x')) << QString(QString(200, QLatin1Char('x')) + QStringLiteral(".png"));
}

void TestRenderPlan::fileNames_neverEscape()
{
    QFETCH(QString, wanted);
    QTEST(safeFileName(wanted), "name");
}

void TestRenderPlan::start_isRead()
{
    const QTemporaryDir folder;
    RenderArguments arguments = argumentsFor(folder);
    arguments.start = fileIn(folder, "start.png");
    arguments.redo = {"title", "cta"};
    arguments.strength = 0.9;
    arguments.guidance = 4.5;
    arguments.count = 3;
    auto plan = planRender(arguments);
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
    QCOMPARE(plan->request.startFile, QString::fromStdString(arguments.start));
    QCOMPARE(plan->request.redo, (QStringList{QStringLiteral("title"), QStringLiteral("cta")}));
    QCOMPARE(plan->request.strength, 0.9);
    QCOMPARE(plan->request.guidance, std::optional(4.5));
    QCOMPARE(plan->request.count, 3);
    arguments = argumentsFor(folder);
    arguments.sendDraft = true;
    arguments.source = "clip-art";  // of the draft that goes along
    arguments.steps = 28;           // of the model
    plan = planRender(arguments);
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
    QVERIFY(plan->request.sendDraft);
    QCOMPARE(plan->options.source, SubjectSource::ClipArt);
    QCOMPARE(plan->options.steps, DraftOptions().steps);
    QCOMPARE(plan->request.steps, std::optional(28));
}

void TestRenderPlan::badStart_isASentence_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("no such picture") << "start" << "--start /nowhere.png";
    QTest::newRow("no such mask") << "mask" << "--mask /nowhere.png";
    QTest::newRow("a strength of nothing") << "strength" << "--strength";
    for (const char *option : {"guidance", "count", "start", "send-draft", "strength", "redo", "mask"})
        QTest::addRow("%s of a draft", option) << QStringLiteral("draft %1").arg(QLatin1String(option)) << QStringLiteral("--%1 is for models").arg(QLatin1String(option));
}

void TestRenderPlan::badStart_isASentence()
{
    QFETCH(QString, what);
    QFETCH(QString, sentence);
    const QTemporaryDir folder;
    RenderArguments arguments = argumentsFor(folder);
    if (what.startsWith(QLatin1String("draft")))
        arguments.model.clear();
    const auto asks = [&](const char *option) { return what.endsWith(QLatin1String(option)); };
    if (asks("start"))
        arguments.start = "/nowhere.png";
    if (asks("mask"))
        arguments.mask = "/nowhere.png";
    if (asks("strength"))
        arguments.strength = 0.5;
    if (asks("guidance"))
        arguments.guidance = 2;
    if (asks("count"))
        arguments.count = 2;
    if (asks("redo"))
        arguments.redo = {"title"};
    arguments.sendDraft = asks("send-draft");
    const auto plan = planRender(arguments);
    QVERIFY(!plan);
    QCOMPARE(plan.error().code, ErrorCode::InvalidInput);
    QVERIFY2(plan.error().message.contains(sentence), qPrintable(plan.error().message));
}

void TestRenderPlan::severalPictures_writeOverNothing()
{
    const QTemporaryDir folder;
    RenderArguments arguments = argumentsFor(folder);
    arguments.start = fileIn(folder, "out-2.png");  // where the second picture would go
    QVERIFY(!planRender(arguments)->targets.first().error);
    arguments.count = 2;
    const auto plan = planRender(arguments);
    QVERIFY(plan && plan->targets.first().error);
    QVERIFY(plan->targets.first().error->message.contains(QStringLiteral("out-2.png")));
}

void TestRenderPlan::numberedFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("numbered");
    QTest::newRow("first") << "out.png" << 0 << "out.png";
    QTest::newRow("second") << "out.png" << 1 << "out-2.png";
    QTest::newRow("in a folder") << "a.b/c.d.jpeg" << 9 << "a.b/c.d-10.jpeg";
}

void TestRenderPlan::numberedFiles()
{
    QFETCH(QString, file);
    QFETCH(int, index);
    QTEST(numberedFile(file, index), "numbered");
}

QTEST_GUILESS_MAIN(TestRenderPlan)
#include "tst_renderplan.moc"
