#include "core/engines/local/addedmodels.h"
#include "core/imaging/imagefile.h"
#include "testpaths.h"
#include "tests/app/run.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

const QString toys = QStringLiteral(GALLEY_SOURCE_DIR "/tests/parity/data/diffusers/pipelines/");

const QByteArray poster = R"({"galley": 1, "id": "5f0a2f9e-6a0f-4a43-9a52-2b7d3f1d8a01", "name": "Poster", "project": "p", "intent": "poster",
 "canvas": {"width": 400, "height": 400, "background": "#F4EFE7"}, "style": {"summary": "A poster", "medium": "print"},
 "tokens": [
  {"id": "hero", "role": "subject", "box": [0.1, 0.4, 0.5, 0.4], "z": 1, "show": "{subject}"},
  {"id": "title", "role": "headline", "box": [0.1, 0.05, 0.8, 0.2], "z": 2, "text": "Spring", "font": {"family": "Inter", "weight": 700}}],
 "slots": {"subject": {"type": "subject", "default": "red apple"}}})";

void copyFolder(const QString &from, const QString &to)
{
    QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        const QString copy = to + file.mid(from.size());
        QVERIFY(QDir().mkpath(QFileInfo(copy).absolutePath()));
        QVERIFY(QFile::copy(file, copy));
    }
}

const Json *entryOf(const Json &models, const char *id)
{
    for (const Json &model : models) {
        if (model["id"] == id)
            return &model;
    }
    return nullptr;
}

} // namespace

/// `galley models add|list|verify|remove` and rendering with what was added: the real binaries, and toys of the real families.
class TestModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void added_isListed();
    void memory_isWhatTheSettingsSay();
    void added_draws();
    void sameRequest_givesTheSamePixels();
    void drafts_mayBeTheStart();
    void verify_comparesAndDraws();
    void changedFiles_areFound();
    void removed_isForgottenAndItsFilesStay();
    void found_needsNoAdding();
    void whatCannotBeAdded_isASentence_data();
    void whatCannotBeAdded_isASentence();
    void usage_isChecked_data();
    void usage_isChecked();
    void bench_takesIt();

private:
    QString path(const QString &name) const { return m_home->filePath(name); }
    QString toy() const { return path(QStringLiteral("toy-sd-turbo")); }
    Run run(const QStringList &arguments) const { return runGalley(arguments, m_environment); }
    Run models(const QStringList &arguments) const { return run(QStringList{QStringLiteral("models"), QStringLiteral("--json")} + arguments); }
    Run render(const QString &name, const QStringList &more = {}) const;

    std::unique_ptr<QTemporaryDir> m_home;
    QProcessEnvironment m_environment;
};

void TestModels::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_environment = plainEnvironment(path(QStringLiteral("home")));
    copyFolder(toys + QStringLiteral("toy-sd-turbo"), toy());
    QFile file(path(QStringLiteral("poster.galley")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(poster);
}

Run TestModels::render(const QString &name, const QStringList &more) const
{
    return run(QStringList{QStringLiteral("render"), path(QStringLiteral("poster.galley")), QStringLiteral("--model"), QStringLiteral("toy-sd-turbo"),
                           QStringLiteral("-o"), path(name), QStringLiteral("--json")}
               + more);
}

void TestModels::added_isListed()
{
    const Run added = models({QStringLiteral("add"), toy()});
    QVERIFY2(added.status == 0, added.err.constData());
    QCOMPARE(text(added.json()["model"]["id"]), QByteArray("\"toy-sd-turbo\""));
    const Run listed = models({QStringLiteral("list")});
    QVERIFY2(listed.status == 0, listed.err.constData());
    const Json json = listed.json();
    const Json *entry = entryOf(json["models"], "toy-sd-turbo");
    QVERIFY(entry);
    QCOMPARE(toQString((*entry)["path"]), toy());
    QCOMPARE(toQString((*entry)["integrity"]), QStringLiteral("unchanged"));
    QVERIFY(!toQString((*entry)["revision"]).isEmpty());
    QVERIFY((*entry)["bytes"].get<qint64>() > 100'000);
    QVERIFY((*entry)["fits"].is_string());
    QVERIFY(entryOf(json["models"], "galley-draft"));
}

void TestModels::memory_isWhatTheSettingsSay()
{
    QCOMPARE(models({QStringLiteral("add"), toy()}).status, 0);
    const auto budget = [this] {
        const Json json = models({QStringLiteral("list")}).json();
        const Json *entry = entryOf(json["models"], "toy-sd-turbo");
        return entry ? (*entry)["budget_bytes"].get<qint64>() : -1;
    };
    QVERIFY(budget() > 0 && budget() != 3'000'000'000);
    QFile conf(path(QStringLiteral("home/config/galley.conf")));
    QVERIFY(QDir().mkpath(QFileInfo(conf).absolutePath()));
    QVERIFY(conf.open(QIODevice::WriteOnly));
    conf.write("[models]\nmemory_gb=3\n");
    conf.close();
    QCOMPARE(budget(), 3'000'000'000);
}

void TestModels::added_draws()
{
    const Run added = models({QStringLiteral("add"), toy()});
    QVERIFY2(added.status == 0, added.err.constData());
    const Run drawn = render(QStringLiteral("out.png"), {QStringLiteral("--seed"), QStringLiteral("7")});
    QVERIFY2(drawn.status == 0, drawn.err.constData());
    const Json output = drawn.json()["outputs"][0];
    for (const char *name : {"requested", "routed", "served"})
        QCOMPARE(toQString(output[name]), QStringLiteral("toy-sd-turbo"));
    QCOMPARE(toQString(output["revision"]), toQString(added.json()["model"]["revision"]));
    QCOMPARE(text(output["steps"]), text(added.json()["model"]["steps"]["default"]));
    QCOMPARE(text(output["seed"]), QByteArray("7"));
    QVERIFY(output["cost_usd"].is_null() || output["cost_usd"] == 0);
    const auto picture = loadImage(path(QStringLiteral("out.png")));
    QVERIFY(picture);
    QCOMPARE(picture->size(), QSize(400, 400));
}

void TestModels::sameRequest_givesTheSamePixels()
{
    QCOMPARE(models({QStringLiteral("add"), toy()}).status, 0);
    const QStringList seed{QStringLiteral("--seed"), QStringLiteral("7"), QStringLiteral("--anew")};
    const Run one = render(QStringLiteral("one.png"), seed);
    const Run two = render(QStringLiteral("two.png"), seed);
    QVERIFY2(one.status == 0 && two.status == 0, two.err.constData());
    QCOMPARE(text(one.json()["outputs"][0]["pixels_sha256"]), text(two.json()["outputs"][0]["pixels_sha256"]));
    const Run other = render(QStringLiteral("other.png"), {QStringLiteral("--seed"), QStringLiteral("8")});
    QVERIFY(other.status == 0);
    QVERIFY(text(one.json()["outputs"][0]["pixels_sha256"]) != text(other.json()["outputs"][0]["pixels_sha256"]));
}

void TestModels::drafts_mayBeTheStart()
{
    QCOMPARE(models({QStringLiteral("add"), toy()}).status, 0);
    const QStringList seed{QStringLiteral("--seed"), QStringLiteral("7")};
    const Run plain = render(QStringLiteral("plain.png"), seed);
    const Run started = render(QStringLiteral("started.png"), seed + QStringList{QStringLiteral("--send-draft"), QStringLiteral("--source"), QStringLiteral("clip-art"),
                                                                                QStringLiteral("--strength"), QStringLiteral("0.5"), QStringLiteral("--steps"),
                                                                                QStringLiteral("4")});
    QVERIFY2(started.status == 0, started.err.constData());
    QVERIFY(text(plain.json()["outputs"][0]["pixels_sha256"]) != text(started.json()["outputs"][0]["pixels_sha256"]));
}

void TestModels::verify_comparesAndDraws()
{
    QCOMPARE(models({QStringLiteral("add"), toy()}).status, 0);
    const Run verified = models({QStringLiteral("verify"), QStringLiteral("toy-sd-turbo")});
    QVERIFY2(verified.status == 0, verified.err.constData());
    const Json json = verified.json();
    QCOMPARE(json["models"].size(), size_t(1));
    QVERIFY(json["models"][0]["problem"].is_null());
    QVERIFY(json["models"][0]["files"].size() >= 3);
    QCOMPARE(toQString(json["models"][0]["files"][0]["sha256"]).size(), 64);
}

void TestModels::changedFiles_areFound()
{
    QCOMPARE(models({QStringLiteral("add"), toy()}).status, 0);
    QFile file(toy() + QStringLiteral("/unet/diffusion_pytorch_model.safetensors"));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() - 2));
    QCOMPARE(file.write("zz"), qint64(2));
    file.close();
    const Run verified = models({QStringLiteral("verify"), QStringLiteral("toy-sd-turbo")});
    QCOMPARE(verified.status, 1);
    QVERIFY(toQString(verified.json()["models"][0]["problem"]).contains(QStringLiteral("has changed since it was added")));
    QCOMPARE(toQString(verified.json()["models"][0]["integrity"]), QStringLiteral("changed"));
}

void TestModels::removed_isForgottenAndItsFilesStay()
{
    QCOMPARE(models({QStringLiteral("add"), toy(), QStringLiteral("--id"), QStringLiteral("mine")}).status, 0);
    QCOMPARE(models({QStringLiteral("remove"), QStringLiteral("mine")}).status, 0);
    QVERIFY(QFile::exists(toy() + QStringLiteral("/model_index.json")));
    QVERIFY(!entryOf(models({}).json()["models"], "mine"));
    QCOMPARE(models({QStringLiteral("remove"), QStringLiteral("mine")}).status, 2);
    QCOMPARE(render(QStringLiteral("out.png")).status, 2);
}

void TestModels::found_needsNoAdding()
{
    copyFolder(toy(), path(QStringLiteral("home/data/models/toy-sd-turbo")));
    const Json listed = models({}).json();
    const Json *entry = entryOf(listed["models"], "toy-sd-turbo");
    QVERIFY(entry);
    QCOMPARE(toQString((*entry)["integrity"]), QStringLiteral("not_kept"));
    const Run drawn = render(QStringLiteral("out.png"));
    QVERIFY2(drawn.status == 0, drawn.err.constData());
    QCOMPARE(models({QStringLiteral("remove"), QStringLiteral("toy-sd-turbo")}).status, 2);
}

void TestModels::whatCannotBeAdded_isASentence_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("says");
    QTest::newRow("missing") << QStringLiteral("nowhere") << QStringLiteral("There is no");
    QTest::newRow("a text") << QStringLiteral("poster.galley") << QStringLiteral("no .safetensors file");
    QTest::newRow("a pickle under a false name") << QStringLiteral("pickle.safetensors") << QStringLiteral("pickle.safetensors");
    QTest::newRow("a folder without weights") << QStringLiteral("home") << QStringLiteral("no weights");
}

void TestModels::whatCannotBeAdded_isASentence()
{
    QFETCH(QString, what);
    QFETCH(QString, says);
    QFile pickle(path(QStringLiteral("pickle.safetensors")));
    QVERIFY(pickle.open(QIODevice::WriteOnly));
    pickle.write("\x80\x02}q\x00.");
    pickle.close();
    const Run added = models({QStringLiteral("add"), path(what)});
    QVERIFY2(added.status == 2, added.err.constData());
    QVERIFY2(toQString(added.json()["error"]["message"]).contains(says), added.out.constData());
    QVERIFY(!QFile::exists(addedModelsFile(path(QStringLiteral("home/data/models")))));
}

void TestModels::usage_isChecked_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("add nothing") << QStringList{QStringLiteral("add")};
    QTest::newRow("remove nothing") << QStringList{QStringLiteral("remove")};
    QTest::newRow("list something") << QStringList{QStringLiteral("list"), QStringLiteral("x")};
    QTest::newRow("id of a list") << QStringList{QStringLiteral("list"), QStringLiteral("--id"), QStringLiteral("x")};
    QTest::newRow("verify the unknown") << QStringList{QStringLiteral("verify"), QStringLiteral("nobody")};
    QTest::newRow("a shipped id") << QStringList{QStringLiteral("add"), QStringLiteral("."), QStringLiteral("--id"), QStringLiteral("galley-draft")};
    QTest::newRow("an id that is none") << QStringList{QStringLiteral("add"), QStringLiteral("."), QStringLiteral("--id"), QStringLiteral("a=b")};
}

void TestModels::usage_isChecked()
{
    QFETCH(QStringList, arguments);
    const Run checked = models(arguments);
    QVERIFY2(checked.status == 2, checked.err.constData());
    QVERIFY(!checked.json()["error"].is_null());
}

void TestModels::bench_takesIt()
{
    QCOMPARE(models({QStringLiteral("add"), toy()}).status, 0);
    const Run bench = run({QStringLiteral("bench"), QStringLiteral("--model"), QStringLiteral("toy-sd-turbo"), QStringLiteral("--template"),
                           path(QStringLiteral("poster.galley")), QStringLiteral("-n"), QStringLiteral("3"), QStringLiteral("--warmup"), QStringLiteral("1"),
                           QStringLiteral("--json")});
    QVERIFY2(bench.status == 0, bench.err.constData());
}

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
