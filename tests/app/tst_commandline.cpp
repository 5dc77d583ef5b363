#include "core/imaging/imagefile.h"
#include "core/imaging/picturemetadata.h"
#include "testpaths.h"
#include "tests/app/run.h"
#include "tests/support/verifyresult.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Galley;

/// The galley binary with the fake worker: every command, every exit status, without a display.
class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void help_andVersion();
    void render_writesThePictureAndTellsSo();
    void renderTwice_givesTheSamePixels();
    void otherSeed_givesOtherPixels();
    void slotArgument_changesThePicture();
    void allRows_goIntoAFolder();
    void oneRow_isChosenByNumber();
    void fileColumn_namesTheFiles();
    void failedRow_leavesTheOthers();
    void interrupt_keepsWhatIsFinished();
    void layers_areWritten();
    void raw_isTheModelsPicture();
    void size_scalesThePicture();
    void withoutWorker_autoTakesClipArt();
    void workerThatDies_isStartedAgain();
    void badRender_isASentence_data();
    void badRender_isASentence();
    void badRender_asJson_isOneObject();
    void inputs_areNeverWrittenOver();
    void compile_printsThePrompt();
    void compile_json();
    void check_findsWhatIsWrong_data();
    void check_findsWhatIsWrong();
    void check_json();
    void check_listsEveryFinding();
    void check_models();
    void models_list();
    void models_listsServices();
    void models_verify();
    void route_tellsTheModel();
    void route_ofARetiredModel_namesTheReplacement();
    void route_goesByTheUsersRules();
    void route_withBrokenRules_saysWhere();
    void route_followsTheRules();
    void routes_areAppliedAndTakenBack();
    void routes_withMistakes_areNotTaken();
    void routes_canaries();
    void desktop_withoutDisplay_isASentence();
    void contactSheet_badInputIsASentence();
    void plurals_areEnglish();

private:
    QString path(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    void write(const char *name, const QByteArray &bytes) const;
    void script(const QByteArray &runs) const { write("models/fake.json", QByteArray("{\"runs\":").append(runs).append("}")); }
    Run run(const QStringList &arguments) const { return runGalley(arguments, m_environment, m_folder->path()); }
    Run render(const QStringList &more) const
    {
        return run(QStringList{QStringLiteral("render"), QStringLiteral("poster.galley"), QStringLiteral("--json")} + more);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QProcessEnvironment m_environment;
};

namespace {

const QByteArray poster = R"({"galley": 1, "id": "5f0a2f9e-6a0f-4a43-9a52-2b7d3f1d8a01", "name": "Poster", "project": "p", "intent": "poster",
 "canvas": {"width": 200, "height": 250, "background": "#F4EFE7"}, "style": {"summary": "A poster", "medium": "print"},
 "tokens": [
  {"id": "hero", "role": "subject", "box": [0.1, 0.3, 0.8, 0.6], "z": 1, "show": "{subject}"},
  {"id": "title", "role": "headline", "box": [0.1, 0.05, 0.8, 0.2], "z": 2, "text": "{headline}", "font": {"family": "Inter", "weight": 700}}],
 "slots": {"headline": {"type": "text", "default": "Spring", "max_chars": 40}, "subject": {"type": "subject", "default": "red apple"}}})";

} // namespace

void TestCommandLine::write(const char *name, const QByteArray &bytes) const
{
    QFile file(path(name));
    QVERIFY(QDir().mkpath(QFileInfo(file).path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestCommandLine::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_environment = plainEnvironment(path("home"));
    m_environment.insert(QStringLiteral("GALLEY_RESOURCES"), m_folder->path());
    m_environment.insert(QStringLiteral("GALLEY_WORKER"), QStringLiteral(GALLEY_FAKE_WORKER));
    script("[{}]");
    write("poster.galley", poster);
    write("rows.csv", "headline,subject\nOne,red apple\nTwo,blue boat\nThree,old car\n");
    for (const char *name : {"fonts", "cutouts", "models.yaml"})
        QFile::link(QStringLiteral(GALLEY_SOURCE_DIR "/resources/") + QLatin1String(name), path(name));
}

void TestCommandLine::help_andVersion()
{
    for (const char *line : {"--help", "render --help", "compile --help", "check --help", "models --help", "bench --help", "--version"}) {
        const Run result = run(words(line));
        QVERIFY2(result.status == 0, line);
        QVERIFY(result.out.size() > 5);
    }
    QCOMPARE(run(words("--version")).out.trimmed(), QByteArray("galley " GALLEY_VERSION));
    const QByteArray help = run(words("--help")).out;
    for (const char *command : {"render", "compile", "check", "models"})
        QVERIFY(help.contains(command));
}

void TestCommandLine::render_writesThePictureAndTellsSo()
{
    const Run result = render(words("-o out.png --seed 0 --source generated"));
    QVERIFY2(result.status == 0, result.err.constData());
    const Json json = result.json();
    QCOMPARE(text(json["ok"]), text(Json(true)));
    QCOMPARE(text(json["failed"]), text(Json::array()));
    QCOMPARE(json["outputs"].size(), size_t(1));
    const Json &output = json["outputs"][0];
    QStringList keys;
    for (const auto &[key, value] : output.items())
        keys.append(QString::fromStdString(key));
    QCOMPARE(keys, words("file row width height pixels_sha256 seed steps requested routed served revision device from_cache cost_usd "
                         "timings_ms attempts warnings"));
    QCOMPARE(text(output["file"]), text(Json("out.png")));
    QCOMPARE(text(output["width"]), text(Json(200)));
    QCOMPARE(text(output["height"]), text(Json(250)));
    QCOMPARE(text(output["seed"]), text(Json(0)));
    QCOMPARE(text(output["steps"]), text(Json(2)));
    QCOMPARE(text(output["requested"]), text(Json("galley-draft")));
    QCOMPARE(text(output["served"]), text(Json("galley-draft")));
    QCOMPARE(text(output["revision"]), text(Json("fake-1")));
    QCOMPARE(text(output["device"]), text(Json("cpu")));
    QVERIFY(output["timings_ms"]["total"].is_number());
    const auto image = loadImage(path("out.png"));
    QVERIFY(image);
    QCOMPARE(image->size(), QSize(200, 250));
    QCOMPARE(toQString(output["pixels_sha256"]), pixelDigest(*image));
    QVERIFY(result.err.contains("out.png"));
}

void TestCommandLine::renderTwice_givesTheSamePixels()
{
    const Run first = render(words("-o a.png --source generated"));
    const Run second = render(words("-o b.png --source generated"));
    QCOMPARE(first.status, 0);
    QCOMPARE(text(first.json()["outputs"][0]["pixels_sha256"]), text(second.json()["outputs"][0]["pixels_sha256"]));
}

void TestCommandLine::otherSeed_givesOtherPixels()
{
    const Run first = render(words("-o a.png --source generated --seed 1"));
    const Run second = render(words("-o b.png --source generated --seed 2147483647"));
    QCOMPARE(text(second.json()["outputs"][0]["seed"]), text(Json(2147483647)));
    QVERIFY(first.json()["outputs"][0]["pixels_sha256"] != second.json()["outputs"][0]["pixels_sha256"]);
}

void TestCommandLine::slotArgument_changesThePicture()
{
    const Run first = render(words("-o a.png --source generated"));
    const Run second = render(words("-o b.png --source generated") + QStringList{QStringLiteral("--slot"), QStringLiteral("headline=A=B")});
    QCOMPARE(second.status, 0);
    QVERIFY(first.json()["outputs"][0]["pixels_sha256"] != second.json()["outputs"][0]["pixels_sha256"]);
}

void TestCommandLine::allRows_goIntoAFolder()
{
    const Run result = render(words("--row rows.csv -o out/ --source generated"));
    QVERIFY2(result.status == 0, result.err.constData());
    QCOMPARE(QDir(path("out")).entryList(QDir::Files), words("poster-001.png poster-002.png poster-003.png"));
    const Json json = result.json();
    for (int i = 0; i < 3; ++i)
        QCOMPARE(text(json["outputs"][size_t(i)]["row"]), text(Json(i + 1)));
}

void TestCommandLine::oneRow_isChosenByNumber()
{
    QCOMPARE(render(words("--row rows.csv -o all/ --source generated")).status, 0);
    const Run one = render(words("--row rows.csv#2 -o two.png --source generated"));
    QCOMPARE(one.status, 0);
    QCOMPARE(text(one.json()["outputs"][0]["row"]), text(Json(2)));
    QCOMPARE(*loadImage(path("two.png")), *loadImage(path("all/poster-002.png")));
}

void TestCommandLine::fileColumn_namesTheFiles()
{
    write("rows.csv", "headline,_file\nOne,first\nTwo,../../escape\nThree,first\n");
    const Run result = render(words("--row rows.csv -o out/ --source generated"));
    QCOMPARE(result.status, 1);
    QCOMPARE(QDir(path("out")).entryList(QDir::Files), words("escape.png first.png"));
    QCOMPARE(result.json()["failed"].size(), size_t(1));
    QCOMPARE(text(result.json()["failed"][0]["row"]), text(Json(3)));
    QVERIFY(!QFileInfo::exists(path("../../escape.png")));
}

void TestCommandLine::failedRow_leavesTheOthers()
{
    script(R"([{"render": ["ok", "error", "ok"]}])");
    const Run result = render(words("--row rows.csv -o out/ --source generated"));
    QCOMPARE(result.status, 1);
    QCOMPARE(QDir(path("out")).entryList(QDir::Files), words("poster-001.png poster-003.png"));
    QCOMPARE(text(result.json()["ok"]), text(Json(false)));
    QCOMPARE(result.json()["outputs"].size(), size_t(2));
    QCOMPARE(text(result.json()["failed"][0]["row"]), text(Json(2)));
    QCOMPARE(text(result.json()["failed"][0]["code"]), text(Json("invalid_input")));
}

void TestCommandLine::interrupt_keepsWhatIsFinished()
{
    script(R"([{"render": ["ok", "wait_cancel"]}])");
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.setWorkingDirectory(m_folder->path());
    process.start(QStringLiteral(GALLEY_BIN_DIR "/galley"), words("render poster.galley --row rows.csv -o out/ --source generated --json"));
    QVERIFY(QTest::qWaitFor([&] { return QFileInfo::exists(path("out/poster-001.png")); }, 60000));
    QTest::qWait(50);
    QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 130);
    QCOMPARE(QDir(path("out")).entryList(QDir::Files), words("poster-001.png"));
    const Run result{130, process.readAllStandardOutput(), {}};
    QCOMPARE(text(result.json()["ok"]), text(Json(false)));
    QCOMPARE(result.json()["outputs"].size(), size_t(1));
    QCOMPARE(text(result.json()["error"]["code"]), text(Json("cancelled")));
}

void TestCommandLine::layers_areWritten()
{
    const Run result = render(words("-o out.png --layers layers --source generated"));
    QVERIFY2(result.status == 0, result.err.constData());
    QCOMPARE(QDir(path("layers")).entryList(QDir::Files), words("ground.png hero.placed.png hero.png title.text.png"));
    QCOMPARE(loadImage(path("layers/hero.png"))->size(), QSize(64, 64));
    QCOMPARE(loadImage(path("layers/hero.placed.png"))->size(), QSize(200, 250));
    QVERIFY(loadImage(path("layers/hero.png"))->pixelColor(0, 0).alpha() == 0);
}

void TestCommandLine::raw_isTheModelsPicture()
{
    const Run result = render(words("-o raw.png --raw --layers layers --source generated"));
    QVERIFY2(result.status == 0, result.err.constData());
    QCOMPARE(text(result.json()["outputs"][0]["width"]), text(Json(64)));
    QCOMPARE(*loadImage(path("raw.png")), *loadImage(path("layers/hero.png")));
    QFile file(path("raw.png"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto said = readMetadata(file.readAll());
    VERIFY_RESULT(said);
    QCOMPARE(said->source, SourceType::Generated);
    QCOMPARE(said->served, QStringLiteral("galley-draft"));
}

void TestCommandLine::size_scalesThePicture()
{
    const Run result = render(words("-o half.png --size 100x125 --source generated"));
    QCOMPARE(result.status, 0);
    QCOMPARE(loadImage(path("half.png"))->size(), QSize(100, 125));
}

void TestCommandLine::withoutWorker_autoTakesClipArt()
{
    m_environment.insert(QStringLiteral("GALLEY_WORKER"), path("no-worker"));
    const Run result = render(words("-o out.png"));
    QVERIFY2(result.status == 0, result.err.constData());
    QCOMPARE(text(result.json()["outputs"][0]["served"]), text(Json(nullptr)));
    QVERIFY(toQString(result.json()["outputs"][0]["warnings"][0]).contains(QStringLiteral("Clip art")));
    const Run generated = render(words("-o out2.png --source generated"));
    QCOMPARE(generated.status, 1);
    QVERIFY(generated.err.contains("no-worker"));
    QVERIFY(!QFileInfo::exists(path("out2.png")));
}

void TestCommandLine::workerThatDies_isStartedAgain()
{
    script(R"([{"render": ["die"]}, {}])");
    const Run result = render(words("-o out.png --source generated"));
    QVERIFY2(result.status == 0, result.err.constData());
    QVERIFY(QFileInfo::exists(path("out.png")));
}

void TestCommandLine::badRender_isASentence_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const char *line, int status, const char *says) {
        QTest::newRow(name) << QByteArray(line) << status << QByteArray(says);
    };
    row("no template", "render", 2, "TEMPLATE");
    row("missing template", "render gone.galley -o x.png", 2, "gone.galley");
    row("no output", "render poster.galley", 2, "-o");
    row("no picture format", "render poster.galley -o x.gif", 2, "x.gif");
    row("unknown option", "render poster.galley -o x.png --fast", 2, "--fast");
    row("unknown slot", "render poster.galley -o x.png --slot colour=red", 2, "colour");
    row("slot without value", "render poster.galley -o x.png --slot headline", 2, "name=value");
    row("slot too long", "render poster.galley -o x.png --slot headline=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 2, "headline");
    row("other model", "render poster.galley -o x.png --model unheard-of", 2, "unheard-of");
    row("other fidelity", "render poster.galley -o x.png --fidelity best", 2, "draft, mid or final");
    row("negative seed", "render poster.galley -o x.png --seed -1", 2, "2147483647");
    row("seed too large", "render poster.galley -o x.png --seed 2147483648", 2, "--seed");
    row("seed is a word", "render poster.galley -o x.png --seed many", 2, "--seed");
    row("too many steps", "render poster.galley -o x.png --source generated --steps 99", 2, "1 to 4");
    row("no steps", "render poster.galley -o x.png --source generated --steps 0", 2, "1 to 4");
    row("size is a word", "render poster.galley -o x.png --size large", 2, "WIDTHxHEIGHT");
    row("size of another shape", "render poster.galley -o x.png --size 100x100", 2, "100x125");
    row("size 0", "render poster.galley -o x.png --size 0x0", 2, "--size");
    row("source unknown", "render poster.galley -o x.png --source drawn", 2, "drawn");
    row("device unknown", "render poster.galley -o x.png --device tpu", 2, "tpu");
    row("device not there", "render poster.galley -o x.png --device cuda", 1, "cuda");
    row("missing CSV", "render poster.galley -o x.png --row gone.csv", 2, "gone.csv");
    row("row too high", "render poster.galley -o x.png --row rows.csv#4", 2, "3 rows");
    row("row 0", "render poster.galley -o x.png --row rows.csv#0", 2, "counted from 1");
    row("row is a word", "render poster.galley -o x.png --row rows.csv#two", 2, "rows.csv#two");
    row("many rows, one file", "render poster.galley -o x.png --row rows.csv", 2, "3 rows");
    row("folder that cannot be made", "render poster.galley -o /proc/nowhere/x.png --source generated", 1, "/proc/nowhere");
    row("unknown command", "rendre poster.galley", 1, "");
}

void TestCommandLine::badRender_isASentence()
{
    QFETCH(QByteArray, line);
    QFETCH(int, status);
    QFETCH(QByteArray, says);
    const Run result = run(words(line));
    QVERIFY2(result.status == status, result.err.constData());
    QVERIFY2(result.err.contains(says), result.err.constData());
    QVERIFY(result.err.trimmed().endsWith('.'));
    QVERIFY(result.out.isEmpty());
    QVERIFY(!QFileInfo::exists(path("x.png")));
}

void TestCommandLine::badRender_asJson_isOneObject()
{
    for (const char *line : {"render gone.galley -o x.png --json", "render --json", "render poster.galley --seed -1 -o x.png --json"}) {
        const Run result = run(words(line));
        QCOMPARE(result.status, 2);
        QCOMPARE(text(result.json()["ok"]), text(Json(false)));
        QVERIFY(result.json()["error"]["code"].is_string());
        QVERIFY(!toQString(result.json()["error"]["message"]).isEmpty());
    }
}

void TestCommandLine::inputs_areNeverWrittenOver()
{
    QFile::copy(QStringLiteral(GALLEY_SOURCE_DIR "/tests/data/draft-eval/atlas.png"), path("own.png"));
    QByteArray withImage = poster;
    withImage.replace("\"show\": \"{subject}\"", "\"show\": \"{subject}\", \"image\": \"own.png\"");
    write("poster.galley", withImage);
    const QByteArray before = [&] { QFile file(path("own.png")); return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray(); }();
    const Run result = render(words("-o own.png"));
    QCOMPARE(result.status, 2);
    QFile after(path("own.png"));
    QVERIFY(after.open(QIODevice::ReadOnly));
    QCOMPARE(after.readAll(), before);
}

void TestCommandLine::compile_printsThePrompt()
{
    const Run prose = run(words("compile poster.galley"));
    QVERIFY2(prose.status == 0, prose.err.constData());
    QVERIFY(prose.out.contains("red apple"));
    const Run other = run(words("compile poster.galley --dialect prose --slot subject=pear"));
    QVERIFY(other.out.contains("pear") && !other.out.contains("red apple"));
    QVERIFY(run(words("compile poster.galley --row rows.csv#2")).out.contains("blue boat"));
    for (const char *dialect : {"draft", "ideogram-json", "flux-json"})
        QCOMPARE(run(words("compile poster.galley --dialect") + QStringList{QString::fromLatin1(dialect)}).status, 0);
    const Run wrong = run(words("compile poster.galley --dialect latin"));
    QCOMPARE(wrong.status, 2);
    QVERIFY(wrong.err.contains("ideogram-json"));
    QCOMPARE(run(words("compile poster.galley --row rows.csv")).status, 2);
}

void TestCommandLine::compile_json()
{
    const Json json = run(words("compile poster.galley --json")).json();
    QCOMPARE(text(json["dialect"]), text(Json("prose")));
    const QString prompt = toQString(json["text"]);
    QVERIFY(json["warnings"].is_array());
    bool found = false;
    for (const Json &part : json["parts"]) {
        if (part["slot"] == "subject")
            found = prompt.mid(part["start"].get<int>(), part["end"].get<int>() - part["start"].get<int>()) == QLatin1String("red apple");
    }
    QVERIFY(found);
    QCOMPARE(run(words("compile poster.galley --json")).out, run(words("compile poster.galley --json")).out);
}

void TestCommandLine::check_findsWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("good") << QByteArray("good.galley") << poster << 0 << QByteArray();
    QTest::newRow("cut off") << QByteArray("bad.galley") << poster.left(200) << 1 << QByteArray("bad.galley:");
    QTest::newRow("not JSON") << QByteArray("bad.galley") << QByteArray("hello") << 1 << QByteArray("bad.galley:1");
    QTest::newRow("newer version") << QByteArray("bad.galley") << QByteArray(poster).replace("\"galley\": 1", "\"galley\": 99") << 2 << QByteArray("99");
    QTest::newRow("unknown slot") << QByteArray("bad.galley") << QByteArray(poster).replace("{headline}", "{title}") << 1 << QByteArray("title");
    QTest::newRow("good rows") << QByteArray("rows.csv") << QByteArray("headline\nOne\n") << 0 << QByteArray();
    QTest::newRow("open quote") << QByteArray("rows.csv") << QByteArray("headline\n\"One\n") << 1 << QByteArray("rows.csv");
    QTest::newRow("value too long") << QByteArray("rows.csv") << QByteArray("headline\n").append(QByteArray(60, 'x')).append('\n') << 1 << QByteArray("rows.csv:2");
    QTest::newRow("good routes") << QByteArray("routes.yaml") << QByteArray("routes: []\n") << 0 << QByteArray();
    QTest::newRow("routes by their content") << QByteArray("split.yml") << QByteArray("routes:\n  - {match: intent:poster, model: ideogram4}\n") << 1
                                             << QByteArray("split.yml:2: There is no model \"ideogram4\". Did you mean \"ideogram-4\"? (Column 35.)");
    QTest::newRow("routes by their name") << QByteArray("routes.yaml") << QByteArray("- match: intent:poster\n") << 1 << QByteArray("routes.yaml:1: ");
    QTest::newRow("routes that are no YAML") << QByteArray("routes.yaml") << QByteArray("routes: [\n") << 1 << QByteArray("routes.yaml:");
    QTest::newRow("neither") << QByteArray("notes.txt") << QByteArray("hello\n") << 2 << QByteArray("*.galley");
}

void TestCommandLine::check_findsWhatIsWrong()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, content);
    QFETCH(int, status);
    QFETCH(QByteArray, says);
    write(name.constData(), content);
    const Run result = run(words("check --template poster.galley") + QStringList{QString::fromLatin1(name)});
    QVERIFY2(result.status == status, QByteArray(result.out).append(result.err).constData());
    QVERIFY2(result.out.contains(says), result.out.constData());
}

void TestCommandLine::check_listsEveryFinding()
{
    write("bad.galley", QByteArray(poster).replace("\"width\": 200", "\"width\": \"x\"").replace("\"role\": \"headline\"", "\"role\": \"no\""));
    const Json findings = run(words("check bad.galley --json")).json()["findings"];
    QStringList paths;
    for (const Json &finding : findings) {
        if (finding["severity"] == "error")
            paths.append(toQString(finding["path"]));
    }
    QCOMPARE(paths, words("/canvas/width /tokens/1/role"));
    QVERIFY(run(words("check gone.galley")).out.startsWith("gone.galley: "));
    write("alone.csv", "headline\n\"One\n");
    QVERIFY(QFile::rename(m_folder->filePath(QStringLiteral("poster.galley")), m_folder->filePath(QStringLiteral("a.galley"))));
    QVERIFY(QFile::copy(m_folder->filePath(QStringLiteral("a.galley")), m_folder->filePath(QStringLiteral("b.galley"))));
    QVERIFY(run(words("check alone.csv")).out.startsWith("alone.csv:2: "));
}

void TestCommandLine::check_json()
{
    write("bad.galley", QByteArray(poster).replace("{headline}", "{title}"));
    const Run result = run(words("check bad.galley poster.galley --json"));
    QCOMPARE(result.status, 1);
    const Json json = result.json();
    QCOMPARE(text(json["ok"]), text(Json(false)));
    QVERIFY(json["findings"].size() >= 1);
    QStringList keys;
    for (const auto &[key, value] : json["findings"][0].items())
        keys.append(QString::fromStdString(key));
    QCOMPARE(keys, words("file line path severity code message fix"));
    QCOMPARE(run(words("check gone.galley")).status, 2);
}

void TestCommandLine::check_models()
{
    QFile::link(QStringLiteral(GALLEY_SOURCE_DIR "/resources/models.yaml"), path("models.yaml"));
    write("mine/models.yaml", "models:\n  ideogram-4: {price: {usd: 0.05, per: image}}\n");
    QCOMPARE(run(words("check mine/models.yaml models.yaml")).status, 0);
    write("mine/models.yaml", "models:\n  ideogram-4:\n    tier: best\n    pirce: 1\n");
    const Run wrong = run(words("check mine/models.yaml"));
    QCOMPARE(wrong.status, 1);
    QVERIFY2(wrong.out.startsWith("mine/models.yaml:3: tier of \"ideogram-4\" must be draft, mid or final."), wrong.out.constData());
    QVERIFY2(wrong.out.contains("mine/models.yaml:4: warning: "), wrong.out.constData());
    write("mine/models.yaml", "models: [1, 2\n");
    QCOMPARE(run(words("check mine/models.yaml")).status, 1);
    QCOMPARE(run(words("check gone.yaml")).status, 2);
}

void TestCommandLine::models_listsServices()
{
    QFile::link(QStringLiteral(GALLEY_SOURCE_DIR "/resources/models.yaml"), path("models.yaml"));
    m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nowhere"));
    m_environment.insert(QStringLiteral("GALLEY_KEY_IDEOGRAM"), QStringLiteral("sk-canary-of-the-list"));
    write("home/config/models.yaml", "models:\n  ideogram-3: {tier: best}\n");
    const Run result = run(words("models --json"));
    QVERIFY2(result.status == 0, result.err.constData());
    QVERIFY(!result.out.contains("canary") && !result.err.contains("canary"));
    QVERIFY2(result.err.contains("models.yaml:2: tier of"), result.err.constData());
    QMap<QString, Json> models;
    const Json json = result.json();
    for (const Json &model : json["models"])
        models.insert(toQString(model["id"]), model);
    QCOMPARE(std::size_t(models.size()), json["models"].size()); // the draft model is there once
    const auto word = [&](const char *id) { return toQString(models.value(QString::fromLatin1(id))["state"]); };
    const auto sentence = [&](const char *id) { return toQString(models.value(QString::fromLatin1(id))["problem"]); };
    QCOMPARE(word("ideogram-4"), QStringLiteral("ready"));
    QCOMPARE(text(models.value(QStringLiteral("ideogram-4"))["price"]), QByteArray(R"({"usd":0.06,"per":"image"})"));
    QCOMPARE(word("webui"), QStringLiteral("ready"));
    QCOMPARE(word("flux-2-pro"), QStringLiteral("needs_key"));
    QVERIFY2(sentence("flux-2-pro").contains(QLatin1String("GALLEY_KEY_BFL")), qPrintable(sentence("flux-2-pro")));
    QCOMPARE(word("dall-e-3-hd"), QStringLiteral("retired"));
    QVERIFY2(sentence("dall-e-3-hd").contains(QLatin1String("gpt-image-2.6-sunburst")), qPrintable(sentence("dall-e-3-hd")));
    const QByteArray plain = run(words("models list")).out;
    QVERIFY2(plain.contains("ideogram-4  ideogram  final  0.06 USD  ready\n"), plain.constData());
}

void TestCommandLine::models_list()
{
    const Run result = run(words("models list --json"));
    QVERIFY2(result.status == 0, result.err.constData());
    const Json json = result.json();
    QCOMPARE(text(json["device"]), text(Json("cpu")));
    QCOMPARE(text(json["models"][0]["id"]), text(Json("galley-draft")));
    QCOMPARE(text(json["models"][0]["revision"]), text(Json("fake-1")));
    QCOMPARE(text(json["models"][0]["problem"]), text(Json(nullptr)));
    QVERIFY(run(words("models")).out.contains("galley-draft"));
}

void TestCommandLine::models_verify()
{
    QCOMPARE(run(words("models verify")).status, 0);
    script(R"([{"model_error": "The file draft.safetensors is cut off."}])");
    const Run result = run(words("models verify"));
    QCOMPARE(result.status, 1);
    QVERIFY(result.out.contains("cut off"));
    m_environment.insert(QStringLiteral("GALLEY_WORKER"), path("no-worker"));
    const Run none = run(words("models list --json"));
    QCOMPARE(none.status, 1);
    QCOMPARE(text(none.json()["error"]["code"]), text(Json("unavailable")));
}

void TestCommandLine::desktop_withoutDisplay_isASentence()
{
    const Run result = run({});
    QCOMPARE(result.status, 1);
    QVERIFY(result.err.trimmed().endsWith('.'));
}

void TestCommandLine::route_tellsTheModel()
{
    const Run plain = run(words("route poster.galley --fidelity mid"));
    QCOMPARE(plain.status, 0);
    QCOMPARE(plain.out, QByteArray("sd3.5-medium\n"));
    const Run explained = run(words("route poster.galley --explain"));
    QVERIFY(explained.out.startsWith("ideogram-4\n  "));
    const Json json = run(words("route poster.galley --model sd-medium --json")).json();
    QCOMPARE(toQString(json["model"]), QStringLiteral("sd3.5-medium"));
    QCOMPARE(toQString(json["rule"]), QStringLiteral("asked for"));
    for (const char *key : {"cohort", "reasons", "fallbacks", "skipped"})
        QVERIFY(json.contains(key));
}

void TestCommandLine::route_ofARetiredModel_namesTheReplacement()
{
    const Run result = run(words("route poster.galley --model dall-e-3"));
    QCOMPARE(result.status, 2);
    QVERIFY(result.err.contains("gpt-image-2.6-sunburst"));
    QCOMPARE(run(words("route poster.galley --model dall-e-33")).status, 2);
}

void TestCommandLine::route_goesByTheUsersRules()
{
    QFile example(QStringLiteral(GALLEY_SOURCE_DIR "/resources/routes/traffic-split.yaml"));
    QVERIFY(example.open(QIODevice::ReadOnly));
    const QByteArray rules = example.readAll();
    write("split.yaml", rules);
    const Run checked = run(words("check split.yaml"));
    QCOMPARE(checked.status, 0);
    QVERIFY2(checked.err.contains("Nothing is wrong."), checked.err.constData());
    write("home/config/routes.yaml", rules);
    write("thumbnail.galley", QByteArray(poster).replace("A poster", "A Thumbnail of a poster"));
    const Run poster = run(words("route poster.galley --explain"));
    QVERIFY2(poster.out.startsWith("ideogram-4\n  Rule \"prompt:.*poster.*\" (routes.yaml:"), poster.out.constData());
    const Run thumbnail = run(words("route thumbnail.galley --explain"));
    QVERIFY2(thumbnail.out.startsWith("sd3.5-medium\n  Rule \"prompt:.*thumbnail.*\" (routes.yaml:"), thumbnail.out.constData());
    QCOMPARE(run(words("route poster.galley --fidelity draft")).out, QByteArray("galley-draft\n"));
    const Json json = run(words("route thumbnail.galley --json")).json();
    QCOMPARE(toQString(json["rule"]), QStringLiteral("prompt:.*thumbnail.*"));
    QCOMPARE(toQString(run(words("route thumbnail.galley --model flux-2 --json")).json()["model"]), QStringLiteral("flux-2-pro"));
}

void TestCommandLine::route_withBrokenRules_saysWhere()
{
    write("home/config/routes.yaml", "routes:\n  - {model: sd-medium, weight: -1}\n");
    const Run result = run(words("route poster.galley"));
    QCOMPARE(result.status, 0);  // they are not in force, and take nothing down
    QCOMPARE(result.out, QByteArray("ideogram-4\n"));
    QVERIFY2(result.err.contains("routes.yaml:2: "), result.err.constData());
}

void TestCommandLine::route_followsTheRules()
{
    write("home/config/routes.yaml", "routes:\n  - {name: posters, match: \"intent:poster\", model: sd-medium}\n");
    const Json json = run(words("route poster.galley --json")).json();
    QCOMPARE(toQString(json["model"]), QStringLiteral("sd3.5-medium"));
    QCOMPARE(toQString(json["rule"]), QStringLiteral("posters"));
    QCOMPARE(json["policy_revision"].get<int>(), 1);
    // A mistake takes nothing down: the rules before stay.
    write("home/config/routes.yaml", "routes: [\n");
    const Run broken = run(words("route poster.galley"));
    QCOMPARE(broken.status, 0);
    QCOMPARE(broken.out, QByteArray("sd3.5-medium\n"));
    QVERIFY(broken.err.contains("routes.yaml:"));
}

void TestCommandLine::routes_areAppliedAndTakenBack()
{
    const QByteArray first("# first\nroutes:\n  - {name: all, match: \"intent:.\", model: sd-medium}\n");
    const QByteArray second("# second\nroutes:\n  - {name: all, match: \"intent:.\", model: ideogram-4}\n");
    write("first.yaml", first);
    write("second.yaml", second);
    const Json applied = run(words("routes apply first.yaml --note begin --json")).json();
    QCOMPARE(applied["revision"].get<int>(), 1);
    QCOMPARE(run(words("routes apply second.yaml")).status, 0);
    QCOMPARE(run(words("routes show")).out, second);
    QCOMPARE(run(words("routes show 1")).out, first);
    const Json back = run(words("routes rollback --json")).json();
    QCOMPARE(back["revision"].get<int>(), 3);
    QCOMPARE(run(words("routes show")).out, first);
    QFile file(path("home/config/routes.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), first);
    const Json history = run(words("routes history --json")).json();
    QCOMPARE(history["revisions"].size(), std::size_t(3));
    QCOMPARE(toQString(history["revisions"][0]["origin"]), QStringLiteral("rollback to 1"));
    QCOMPARE(toQString(history["revisions"][2]["note"]), QStringLiteral("begin"));
    QCOMPARE(run(words("routes rollback")).status, 3);
    QCOMPARE(run(words("routes rollback 77")).status, 2);
    const Json dry = run(words("routes dryrun second.yaml --json")).json();
    QCOMPARE(dry["requests"].get<int>(), 0);
}

void TestCommandLine::routes_withMistakes_areNotTaken()
{
    write("bad.yaml", "routes:\n  - {match: \"intent:.\", model: nowhere}\n");
    const Run refused = run(words("routes apply bad.yaml --json"));
    QCOMPARE(refused.status, 2);
    QVERIFY(refused.err.contains("bad.yaml:2:"));
    QVERIFY(!refused.json()["findings"].empty());
    QVERIFY(!QFile::exists(path("home/config/routes.yaml")));
    QCOMPARE(run(words("routes apply missing.yaml")).status, 2);
    QCOMPARE(run(words("routes")).status, 2);
    QCOMPARE(run(words("routes canary promote")).status, 2);
}

void TestCommandLine::routes_canaries()
{
    write("trial.yaml", "routes:\n  - name: posters\n    match: \"intent:poster\"\n    model: sd-medium\n    canary: {model: ideogram-4, steps: [5, 100]}\n");
    QCOMPARE(run(words("routes apply trial.yaml")).status, 0);
    const Json list = run(words("routes canary --json")).json();
    QCOMPARE(list["canaries"].size(), std::size_t(1));
    QCOMPARE(toQString(list["canaries"][0]["candidate"]), QStringLiteral("ideogram-4"));
    QCOMPARE(list["canaries"][0]["cohorts"].get<int>(), 500);
    QCOMPARE(run(words("routes canary promote posters")).status, 0);
    QCOMPARE(run(words("routes canary list --json")).json()["canaries"][0]["cohorts"].get<int>(), 10000);
    const Json back = run(words("routes rollback --json")).json();
    QCOMPARE(toQString(back["withdrawn"]), QStringLiteral("ideogram-4"));
    QCOMPARE(run(words("routes canary --json")).json()["canaries"][0]["cohorts"].get<int>(), 0);
    QCOMPARE(run(words("route poster.galley")).out, QByteArray("sd3.5-medium\n"));
    QCOMPARE(run(words("routes canary promote nobody")).status, 2);
}

void TestCommandLine::contactSheet_badInputIsASentence()
{
    QVERIFY(run(words("contact-sheet 1 -o sheet.png")).err.contains("sheet.png"));
    QCOMPARE(run(words("contact-sheet 1 -o sheet.png")).status, 2);
    QCOMPARE(run(words("contact-sheet 4711 -o sheet.pdf")).status, 2);  // no such picture
    QCOMPARE(run(words("contact-sheet -o sheet.pdf")).status, 2);
}

/// Commands speak English everywhere, and whole words.
void TestCommandLine::plurals_areEnglish()
{
    const Run verified = run(words("library verify"));
    QCOMPARE(verified.status, 0);
    QVERIFY2(verified.err.contains("0 pictures have been read"), verified.err.constData());
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
