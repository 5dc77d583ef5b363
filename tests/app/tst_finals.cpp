#include "core/imaging/imagefile.h"
#include "core/imaging/picturemetadata.h"
#include "core/routing/modelcatalogue.h"
#include "core/store/store.h"
#include "testpaths.h"
#include "tests/app/run.h"
#include "tests/app/servicesprocess.h"
#include "tests/support/canary.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <optional>

using namespace Galley;

namespace {

const QString posterFile = QStringLiteral(GALLEY_SOURCE_DIR "/resources/templates/market-poster.galley");

QByteArray contentOf(const QString &file)
{
    QFile source(file);
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

ModelCatalogue shipped()
{
    return readModelCatalogue(contentOf(QStringLiteral(GALLEY_SOURCE_DIR "/resources/models.yaml")), {}, {});
}

} // namespace

/// The galley binary against fakes of all services: what a picture says of its making, what is asked how often, and every exit status.
class TestFinals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void shippedModel_makesAPicture_data();
    void shippedModel_makesAPicture();
    void alias_isRequested_theModelIsRouted();
    void fidelity_letsTheRulesChoose();
    void rows_becomeOneRequestEach();
    void sameSeed_isRenderedOnceUnlessAnew();
    void raw_isThePictureOfTheService_data();
    void raw_isThePictureOfTheService();
    void composed_carriesItsProvenance();
    void contactSheet_namesTheDamagedOnes();
    void notices_areWarnings();
    void part_isDrawnAnew_data();
    void part_isDrawnAnew();
    void draft_goesAlong();
    void everyPictureOfACount_isWritten();
    void whatNobodySaid_isNull();
    void drawnText_isReadBack();
    void failures_data();
    void failures();
    void ambiguous_staysInTheLibrary();
    void interrupt_leavesTheSentRequestUndecided();
    void waitingJobsOfOthers_stayThere();
    void missingKey_isNamed();
    void offline_isSaid();
    void budget_isNotExceeded();
    void badRequests_data();
    void badRequests();
    void draft_needsNoService();
    void keys_areInNoFile();

private:
    void start(const QStringList &arguments = {});
    QString home() const { return m_folder->filePath(QStringLiteral("home")); }
    QString path(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    QProcessEnvironment environment() const
    {
        const QProcessEnvironment plain = plainEnvironment(home());
        return m_services ? m_services->withKeys(plain) : plain;
    }
    Run render(const QStringList &more) const
    {
        return runGalley(QStringList{QStringLiteral("render"), posterFile, QStringLiteral("--json"), QStringLiteral("-o"), path("out.png")} + more,
                         environment(), m_folder->path());
    }
    void setting(const char *line) const;
    void checkKeys();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServicesProcess> m_services;
    int m_filesSearched = 0;
    QStringList m_leaks;
};

void TestFinals::initTestCase()
{
    QVERIFY(shipped().models.size() > 20);
}

void TestFinals::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestFinals::cleanup()
{
    checkKeys();
    m_services.reset();
}

void TestFinals::start(const QStringList &arguments)
{
    m_services = std::make_unique<ServicesProcess>(home(), arguments);
    QVERIFY(m_services->isReady());
}

void TestFinals::setting(const char *line) const
{
    QVERIFY(QDir().mkpath(home() + QStringLiteral("/config")));
    QFile file(home() + QStringLiteral("/config/galley.conf"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(line);
}

/// Every file that a run left behind, the picture included.
void TestFinals::checkKeys()
{
    if (!m_services || !m_services->isReady())
        return;
    QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QByteArray content = contentOf(files.next());
        ++m_filesSearched;
        for (const QByteArray &key : m_services->keys()) {
            if (content.contains(key) || content.contains(key.toBase64()))
                m_leaks.append(QLatin1String(QTest::currentTestFunction()) + QStringLiteral(": ") + files.filePath());
        }
    }
}

void TestFinals::shippedModel_makesAPicture_data()
{
    QTest::addColumn<QString>("model");
    for (const ModelEntry &model : shipped().models) {
        if (model.dialect != Dialect::Draft)
            QTest::newRow(qPrintable(model.id)) << model.id;
    }
}

void TestFinals::shippedModel_makesAPicture()
{
    QFETCH(QString, model);
    start();
    const ModelCatalogue models = shipped();
    const ModelEntry *entry = models.findModel(model);
    if (!m_services->has(entry->backend))
        QSKIP(qPrintable(QStringLiteral("There is no fake of %1 yet.").arg(entry->backend)));
    const Run result = render({QStringLiteral("--model"), model});
    const Json json = result.json();
    QVERIFY2(json.is_object(), result.err.constData());
    if (entry->isRetired(QDate::currentDate())) {
        QCOMPARE(result.status, 2);
        QVERIFY2(result.err.contains(entry->replacement.toUtf8()), result.err.constData());
        QCOMPARE(m_services->allOrders(), 0);
        QVERIFY(!QFile::exists(path("out.png")));
        return;
    }
    QVERIFY2(result.status == 0, result.err.constData());
    const Json output = json["outputs"][0];
    const auto picture = loadImage(path("out.png"));
    QVERIFY(picture);
    QCOMPARE(picture->size(), QSize(1080, 1350));
    QCOMPARE(output["width"].get<int>(), 1080);
    QCOMPARE(output["height"].get<int>(), 1350);
    QCOMPARE(toQString(output["pixels_sha256"]), pixelDigest(*picture));
    QCOMPARE(toQString(output["requested"]), model);
    QCOMPARE(toQString(output["routed"]), model);
    QVERIFY2(output.contains("served"), result.out.constData());
    QVERIFY2(output["cost_usd"].is_number(), result.out.constData());
    const bool isFree = models.findBackend(entry->backend)->free;
    QCOMPARE(output["cost_usd"].get<double>() > 0, !isFree);
    QVERIFY(output["timings_ms"]["total"].get<double>() > 0);
    QCOMPARE(output["attempts"].size(), size_t(1));
    QCOMPARE(toQString(output["attempts"][0]["outcome"]), QStringLiteral("done"));
    QCOMPARE(m_services->orders(entry->backend), 1);
    QCOMPARE(m_services->allOrders(), 1);
}

void TestFinals::alias_isRequested_theModelIsRouted()
{
    start();
    if (!m_services->has(QStringLiteral("stability")))
        QSKIP("There is no fake of stability yet.");
    const Run result = render(words("--model sd-medium"));
    QVERIFY2(result.status == 0, result.err.constData());
    const Json output = result.json()["outputs"][0];
    QCOMPARE(toQString(output["requested"]), QStringLiteral("sd-medium"));
    QCOMPARE(toQString(output["routed"]), QStringLiteral("sd3.5-medium"));
}

void TestFinals::fidelity_letsTheRulesChoose()
{
    start();
    if (!m_services->has(QStringLiteral("ideogram")))
        QSKIP("There is no fake of ideogram yet.");
    const Run result = render(words("--fidelity final"));
    QVERIFY2(result.status == 0, result.err.constData());
    const Json output = result.json()["outputs"][0];
    QVERIFY(output["requested"].is_null());
    QCOMPARE(toQString(output["routed"]), QStringLiteral("ideogram-4"));
}

void TestFinals::rows_becomeOneRequestEach()
{
    start();
    QFile csv(path("rows.csv"));
    QVERIFY(csv.open(QIODevice::WriteOnly));
    csv.write("headline\nOne\nTwo\nThree\n");
    csv.close();
    const Run result = runGalley({QStringLiteral("render"), posterFile, QStringLiteral("--json"), QStringLiteral("--model"), QStringLiteral("webui"),
                                  QStringLiteral("--row"), path("rows.csv"), QStringLiteral("-o"), path("all/")},
                                 environment(), m_folder->path());
    QVERIFY2(result.status == 0, result.err.constData());
    QCOMPARE(result.json()["outputs"].size(), size_t(3));
    QCOMPARE(m_services->orders(QStringLiteral("a1111")), 3);
    QCOMPARE(QDir(path("all")).entryList({QStringLiteral("*.png")}).size(), 3);
}

void TestFinals::sameSeed_isRenderedOnceUnlessAnew()
{
    start();
    const auto cached = [this](const char *more) {
        const Run result = render(words("--model webui --seed 7") + words(more));
        return result.status == 0 ? result.json()["outputs"][0]["from_cache"] : Json();
    };
    QVERIFY(cached("") == Json(false));
    QVERIFY(cached("") == Json(true));
    QCOMPARE(m_services->orders(QStringLiteral("a1111")), 1);
    QVERIFY(cached("--anew") == Json(false));
    QCOMPARE(m_services->orders(QStringLiteral("a1111")), 2);
}

void TestFinals::raw_isThePictureOfTheService_data()
{
    QTest::addColumn<bool>("metadata");
    QTest::newRow("with its provenance") << true;
    QTest::newRow("switched off: the very bytes") << false;
}

/// Pixel for pixel, and it says how it was made like every other file: as a model's own picture, since nothing was set over it.
void TestFinals::raw_isThePictureOfTheService()
{
    QFETCH(bool, metadata);
    start();
    if (!metadata)
        setting("[library]\nmetadata=false\n");
    const Run result = render(words("--model webui --raw"));
    QVERIFY2(result.status == 0, result.err.constData());
    const QByteArray written = contentOf(path("out.png"));
    int same = 0, samePixels = 0;
    QDirIterator originals(home() + QStringLiteral("/data/originals"), QDir::Files, QDirIterator::Subdirectories);
    while (originals.hasNext()) {
        const QString original = originals.next();
        same += contentOf(original) == written;
        samePixels += *loadImage(original) == *loadImage(path("out.png"));
    }
    QCOMPARE(samePixels, 1);
    QCOMPARE(same, metadata ? 0 : 1);
    const auto said = readMetadata(written);
    QCOMPARE(said.has_value(), metadata);
    if (!metadata)
        return;
    QCOMPARE(said->source, SourceType::Generated);
    QCOMPARE(said->routed, QStringLiteral("webui"));
    QVERIFY(said->provenance.contains("request") && said->provenance.contains("attempts"));
}

/// What is written says how it was made, unless that is switched off, and holds neither keys nor paths.
void TestFinals::composed_carriesItsProvenance()
{
    start();
    const Run result = render(words("--model webui"));
    QVERIFY2(result.status == 0, result.err.constData());
    const QByteArray file = contentOf(path("out.png"));
    const auto metadata = readMetadata(file);
    QVERIFY2(metadata, metadata ? "" : qPrintable(metadata.error().message));
    QCOMPARE(metadata->source, SourceType::Composed);
    QCOMPARE(metadata->routed, toQString(result.json()["outputs"][0]["routed"]));
    QVERIFY(metadata->provenance.contains("request") && !metadata->description.isEmpty());
    QVERIFY(!file.contains(m_folder->path().toUtf8()) && !file.contains(QByteArray(QDir::homePath().toUtf8() + '/')));
    QVERIFY(filesThatHold(canaryKey(), m_folder->path()).isEmpty());
    QFile settings(home() + QStringLiteral("/config/galley.conf"));
    QVERIFY(QDir().mkpath(home() + QStringLiteral("/config")) && settings.open(QIODevice::Append));
    settings.write("[library]\nmetadata=false\n");
    settings.close();
    QCOMPARE(render(words("--model webui")).status, 0);
    QVERIFY(!readMetadata(contentOf(path("out.png"))));
}

/// A sheet with a hole stays, but whoever asked for it from a script must learn of the hole, and which picture it is.
void TestFinals::contactSheet_namesTheDamagedOnes()
{
    start();
    for (const char *seed : {"7", "8"})
        QCOMPARE(render(words("--model webui --seed") + words(seed)).status, 0);
    const auto sheet = [this](const char *file, const char *more) {
        return runGalley(words("contact-sheet 1 2 -o") + QStringList{path(file)} + words(more), environment(), m_folder->path());
    };
    const Run whole = sheet("whole.pdf", "--json");
    QVERIFY2(whole.status == 0, whole.err.constData());
    QVERIFY(whole.json()["ok"] == Json(true) && whole.json()["damaged"].empty());
    QCOMPARE(whole.json()["pictures"].get<int>(), 2);
    {
        Store store(home() + QStringLiteral("/data"));
        const auto record = store.asset(2).result();
        QVERIFY(record);
        QFile original(store.originalFile(*record));
        QVERIFY(original.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && original.open(QIODevice::ReadWrite));
        QVERIFY(original.seek(original.size() / 2) && original.putChar('!') && original.putChar('?'));
    }
    const Run holed = sheet("holed.pdf", "--json");
    QCOMPARE(holed.status, 1);
    QVERIFY(holed.json()["ok"] == Json(false));
    QCOMPARE(holed.json()["damaged"].size(), std::size_t(1));
    QCOMPARE(holed.json()["damaged"][0]["picture"].get<int>(), 2);
    QVERIFY2(holed.err.contains("Picture 2: ") && !holed.err.contains("Picture 1: "), holed.err.constData());
    QVERIFY(contentOf(path("holed.pdf")).startsWith("%PDF"));
    const Run spoken = sheet("holed.pdf", "");
    QCOMPARE(spoken.status, 1);
    QVERIFY2(spoken.out.contains("2 pictures"), spoken.out.constData());
    // A table shows no pictures: nothing is missing in it.
    QCOMPARE(sheet("table.csv", "").status, 0);
}

void TestFinals::notices_areWarnings()
{
    start();
    if (!m_services->has(QStringLiteral("bfl")))
        QSKIP("There is no fake of bfl yet.");
    const Run result = render(words("--model flux-2-pro --negative blurry --steps 20"));
    QVERIFY2(result.status == 0, result.err.constData());
    const QByteArray warnings = text(result.json()["outputs"][0]["warnings"]);
    QVERIFY2(warnings.contains("takes no negative prompt"), warnings.constData());
    QVERIFY2(warnings.contains("takes no number of steps"), warnings.constData());
    QVERIFY2(result.err.contains("takes no negative prompt"), result.err.constData());
}

void TestFinals::part_isDrawnAnew_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("pictures");    ///< that went along
    QTest::addColumn<QByteArray>("says");  ///< a warning; empty: none about it
    QTest::newRow("gpt-image, a token") << QByteArray("--model gpt-image --redo title") << 2 << QByteArray();
    QTest::newRow("gpt-image, an own mask") << QByteArray("--model gpt-image --mask mask.png") << 2 << QByteArray();
    QTest::newRow("web UI, two tokens") << QByteArray("--model webui --redo title --redo cta --strength 0.9") << 2 << QByteArray();
    QTest::newRow("ComfyUI") << QByteArray("--model sd3.5-medium-local --redo title") << 2 << QByteArray();
    QTest::newRow("no mask there") << QByteArray("--model sd3.5-medium --redo title") << 1 << QByteArray("takes no mask");
    QTest::newRow("no start picture there") << QByteArray("--model ideogram-4 --redo title") << 0 << QByteArray("takes no start picture");
}

void TestFinals::part_isDrawnAnew()
{
    QFETCH(QByteArray, line);
    QFETCH(int, pictures);
    QFETCH(QByteArray, says);
    start();
    QImage begin(300, 400, QImage::Format_ARGB32);
    begin.fill(Qt::darkGreen);
    QVERIFY(begin.save(path("start.png")));
    begin.fill(Qt::transparent);
    QVERIFY(begin.save(path("mask.png")));
    const Run result = render(QStringList{QStringLiteral("--start"), path("start.png")} + words(line.constData()));
    QVERIFY2(result.status == 0, result.err.constData());
    const QByteArray warnings = text(result.json()["outputs"][0]["warnings"]);
    QVERIFY2(says.isEmpty() ? !warnings.contains("takes no") : warnings.contains(says), warnings.constData());
    QCOMPARE(m_services->allOrders(), 1);
    Store store(home() + QStringLiteral("/data"));
    const auto asset = store.asset(1).result();
    QVERIFY(asset);
    const Json request = asset->provenance["request"];
    QCOMPARE(request.contains("references") ? int(request["references"].size()) : 0, pictures);
    const Json edit = asset->provenance["edit"];
    QCOMPARE(edit.is_null(), pictures == 0);
    if (pictures > 0)
        QCOMPARE(toQString(edit["start"]), QStringLiteral("file"));
    if (pictures == 1)
        QVERIFY(edit["redo"].empty());  // it did not go along
    QVERIFY(!dumpJson(asset->provenance).contains("start.png"));  // folders are nobody's business
}

void TestFinals::draft_goesAlong()
{
    start();
    const Run result = render(words("--model webui --send-draft --source clip-art --strength 0.3"));
    QVERIFY2(result.status == 0, result.err.constData());
    Store store(home() + QStringLiteral("/data"));
    const Json provenance = store.asset(1).result()->provenance;
    QCOMPARE(provenance["request"]["references"].size(), std::size_t(1));
    QCOMPARE(provenance["request"]["strength"].get<double>(), 0.3);
    QCOMPARE(toQString(provenance["edit"]["start"]), QStringLiteral("draft"));
}

void TestFinals::everyPictureOfACount_isWritten()
{
    start();
    const Run result = render(words("--model webui --count 3"));
    QVERIFY2(result.status == 0, result.err.constData());
    const Json outputs = result.json()["outputs"];
    QCOMPARE(outputs.size(), std::size_t(3));
    QSet<QString> digests;
    const QStringList names{QStringLiteral("out.png"), QStringLiteral("out-2.png"), QStringLiteral("out-3.png")};
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        QCOMPARE(toQString(outputs[i]["file"]), m_folder->filePath(names.at(qsizetype(i))));
        QCOMPARE(outputs[i]["picture"].get<int>(), int(i) + 1);
        const auto picture = loadImage(toQString(outputs[i]["file"]));
        QVERIFY(picture);
        QCOMPARE(toQString(outputs[i]["pixels_sha256"]), pixelDigest(*picture));
        digests.insert(toQString(outputs[i]["pixels_sha256"]));
        QVERIFY(outputs[i]["seed"].is_number());
    }
    QCOMPARE(digests.size(), 3);
    QVERIFY(outputs[0]["seed"] != outputs[1]["seed"]);
    QCOMPARE(m_services->orders(QStringLiteral("a1111")), 1);
}

void TestFinals::whatNobodySaid_isNull()
{
    start();
    const Run result = render(words("--model gpt-image"));
    QVERIFY2(result.status == 0, result.err.constData());
    const Json output = result.json()["outputs"][0];
    QVERIFY2(output["served"].is_null(), result.out.constData());
    QVERIFY(output["revision"].is_null());
    QVERIFY(output["attempts"][0]["http_status"] == 200);
    Store store(home() + QStringLiteral("/data"));
    const Json provenance = store.asset(1).result()->provenance;
    QVERIFY(provenance["served"].is_null());
    QVERIFY(provenance["attempts"][0]["http_status"] == 200);
}

void TestFinals::drawnText_isReadBack()
{
    start();
    QByteArray poster = contentOf(posterFile);
    poster.replace("\"mode\": \"set\"", "\"mode\": \"drawn\"");
    QFile file(path("drawn.galley"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(poster);
    file.close();
    const Run result = runGalley({QStringLiteral("render"), path("drawn.galley"), QStringLiteral("--json"), QStringLiteral("--model"),
                                  QStringLiteral("webui"), QStringLiteral("-o"), path("out.png")},
                                 environment(), m_folder->path());
    QVERIFY2(result.status == 0, result.err.constData());
    const QByteArray warnings = text(result.json()["outputs"][0]["warnings"]);
    QVERIFY2(warnings.contains("should say"), warnings.constData());
    QVERIFY2(warnings.contains("Spring Market"), warnings.constData());
}

void TestFinals::failures_data()
{
    QTest::addColumn<QString>("fail");
    QTest::addColumn<QString>("model");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("failure");  ///< of the failed row; empty: it is fine in the end
    QTest::addColumn<int>("orders");
    QTest::newRow("busy, then fine") << "busy:1" << "sd3.5-medium" << 0 << "" << 2;
    QTest::newRow("refused") << "refused" << "sd3.5-medium" << 3 << "refused" << 1;
    QTest::newRow("rejected") << "rejected" << "sd3.5-medium" << -1 << "rejected" << 1;
    QTest::newRow("retired") << "retired" << "sd3.5-medium" << -1 << "retired" << 1;
    QTest::newRow("ambiguous, paid") << "ambiguous" << "sd3.5-medium" << 1 << "ambiguous" << 1;
    QTest::newRow("ambiguous, free, then fine") << "ambiguous:1" << "webui" << 0 << "" << 2;
    QTest::newRow("not sent") << "not_sent" << "sd3.5-medium" << 1 << "not_sent" << 0;
}

void TestFinals::failures()
{
    QFETCH(QString, fail);
    QFETCH(QString, model);
    QFETCH(int, status);
    QFETCH(QString, failure);
    QFETCH(int, orders);
    start({QStringLiteral("--fail"), fail});
    const QString backend = shipped().findModel(model)->backend;
    if (!m_services->has(backend))
        QSKIP(qPrintable(QStringLiteral("There is no fake of %1 yet.").arg(backend)));
    const Run result = render({QStringLiteral("--model"), model});
    const Json json = result.json();
    QVERIFY2(json.is_object(), result.err.constData());
    if (status >= 0)
        QVERIFY2(result.status == status, result.err.constData());
    else
        QVERIFY2(result.status == 1 || result.status == 2, result.err.constData());
    QCOMPARE(m_services->orders(backend), orders);
    if (failure.isEmpty()) {
        QCOMPARE(json["outputs"].size(), size_t(1));
        QCOMPARE(json["outputs"][0]["attempts"].size(), size_t(2));
        return;
    }
    QCOMPARE(json["failed"].size(), size_t(1));
    QCOMPARE(toQString(json["failed"][0]["failure"]), failure);
    QVERIFY(!QFile::exists(path("out.png")));
}

void TestFinals::ambiguous_staysInTheLibrary()
{
    start({QStringLiteral("--fail"), QStringLiteral("ambiguous")});
    if (!m_services->has(QStringLiteral("stability")))
        QSKIP("There is no fake of stability yet.");
    const Run first = render(words("--model sd3.5-medium"));
    QCOMPARE(first.status, 1);
    QVERIFY2(first.err.contains("not asked for again"), first.err.constData());
    // Another command is not the one to decide.
    render(words("--model webui"));
    QCOMPARE(m_services->orders(QStringLiteral("stability")), 1);
    Store store(home() + QStringLiteral("/data"));
    const auto job = store.job(1).result();
    QVERIFY(job);
    QCOMPARE(job->state, JobState::Undecided);
    QVERIFY(job->estimateUsd > 0);
}

void TestFinals::interrupt_leavesTheSentRequestUndecided()
{
    start({QStringLiteral("--delay"), QStringLiteral("60000")});
    if (!m_services->has(QStringLiteral("stability")))
        QSKIP("There is no fake of stability yet.");
    QProcess galley;
    galley.setProcessEnvironment(environment());
    galley.start(QStringLiteral(GALLEY_BIN_DIR "/galley"), QStringList{QStringLiteral("render"), posterFile, QStringLiteral("-o"), path("out.png")}
                                                               + words("--model sd3.5-medium --json"));
    QTRY_COMPARE_WITH_TIMEOUT(m_services->orders(QStringLiteral("stability")), 1, 60'000);
    ::kill(pid_t(galley.processId()), SIGINT);
    QVERIFY(galley.waitForFinished(30'000));
    QCOMPARE(galley.exitCode(), 130);
    QVERIFY(galley.readAllStandardError().contains("may be billed"));
    Store store(home() + QStringLiteral("/data"));
    const auto job = store.job(1).result();
    QVERIFY(job);
    QVERIFY2(job->state == JobState::Sending || job->state == JobState::Running || job->state == JobState::Undecided,
             qPrintable(jobStateName(job->state)));
    QCOMPARE(m_services->orders(QStringLiteral("stability")), 1);
}

void TestFinals::waitingJobsOfOthers_stayThere()
{
    start();
    {
        Store store(home() + QStringLiteral("/data"));
        JobRecord waiting;
        waiting.request.source.name = QStringLiteral("Another");
        waiting.decision.model = QStringLiteral("webui");
        QVERIFY(store.addJob(waiting, {}, {}).result());
    }
    QCOMPARE(render(words("--model webui")).status, 0);
    QCOMPARE(m_services->orders(QStringLiteral("a1111")), 1);
    Store store(home() + QStringLiteral("/data"));
    QCOMPARE(store.job(1).result()->state, JobState::Queued);
}

void TestFinals::missingKey_isNamed()
{
    start();
    if (!m_services->has(QStringLiteral("ideogram")))
        QSKIP("There is no fake of ideogram yet.");
    const Run result = runGalley(QStringList{QStringLiteral("render"), posterFile, QStringLiteral("-o"), path("out.png")} + words("--model ideogram-4 --json"),
                                 plainEnvironment(home()), m_folder->path());
    QCOMPARE(result.status, 1);
    QVERIFY2(result.err.contains("GALLEY_KEY_IDEOGRAM"), result.err.constData());
    QCOMPARE(m_services->allOrders(), 0);
}

void TestFinals::offline_isSaid()
{
    setting("[network]\noffline=true\n");
    QProcessEnvironment environment = plainEnvironment(home());
    environment.insert(QStringLiteral("GALLEY_KEY_IDEOGRAM"), QStringLiteral("canary"));
    const Run result = runGalley(QStringList{QStringLiteral("render"), posterFile, QStringLiteral("-o"), path("out.png")} + words("--model ideogram-4 --json"),
                                 environment, m_folder->path());
    QCOMPARE(result.status, 1);
    QVERIFY2(result.err.contains("switched off"), result.err.constData());
}

void TestFinals::budget_isNotExceeded()
{
    start();
    if (!m_services->has(QStringLiteral("ideogram")))
        QSKIP("There is no fake of ideogram yet.");
    setting("[budget]\nper_day_usd=0.07\n");
    QCOMPARE(render(words("--model ideogram-4")).status, 0);
    const Run second = render(words("--model ideogram-4"));
    QCOMPARE(second.status, 3);
    QVERIFY2(second.err.contains("budget"), second.err.constData());
    QCOMPARE(toQString(second.json()["failed"][0]["failure"]), QStringLiteral("over_budget"));
    QCOMPARE(m_services->orders(QStringLiteral("ideogram")), 1);
}

void TestFinals::badRequests_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("unknown model") << QByteArray("--model ideogram-44") << QByteArray("ideogram-4");
    QTest::newRow("draft model as a final") << QByteArray("--model galley-draft --fidelity final") << QByteArray("draws drafts");
    QTest::newRow("unknown tier") << QByteArray("--fidelity best") << QByteArray("draft, mid or final");
    QTest::newRow("negative seed") << QByteArray("--model webui --seed -1") << QByteArray("2147483647");
    QTest::newRow("no steps") << QByteArray("--model webui --steps 0") << QByteArray("steps");
    QTest::newRow("layers") << QByteArray("--model webui --layers x") << QByteArray("--layers");
    QTest::newRow("device") << QByteArray("--model webui --device cpu") << QByteArray("--device");
    QTest::newRow("size is a word") << QByteArray("--model webui --size large") << QByteArray("WIDTHxHEIGHT");
    QTest::newRow("guidance") << QByteArray("--model webui --guidance 0") << QByteArray("above 0");
    QTest::newRow("too many pictures") << QByteArray("--model webui --count 17") << QByteArray("1 to 16");
    QTest::newRow("no start picture") << QByteArray("--model webui --start nowhere.png") << QByteArray("nowhere.png");
    QTest::newRow("a part of nothing") << QByteArray("--model webui --redo title") << QByteArray("start picture");
    QTest::newRow("unknown token") << QByteArray("--model webui --send-draft --redo tilte") << QByteArray("no token \"tilte\"");
    QTest::newRow("start picture of a draft") << QByteArray("--send-draft") << QByteArray("--send-draft");
    QTest::newRow("a draft anew") << QByteArray("--anew") << QByteArray("--anew");
    QTest::newRow("negative prompt of a draft") << QByteArray("--negative blurry") << QByteArray("--negative");
}

void TestFinals::badRequests()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, says);
    const Run result = render(words(line.constData()));
    QVERIFY2(result.status == 2, result.err.constData());
    QVERIFY2(result.err.contains(says), result.err.constData());
}

void TestFinals::draft_needsNoService()
{
    QProcessEnvironment environment = plainEnvironment(home());
    environment.insert(QStringLiteral("GALLEY_WORKER"), QStringLiteral("/nowhere/galley-worker"));
    const Run result = runGalley({QStringLiteral("render"), posterFile, QStringLiteral("--json"), QStringLiteral("-o"), path("out.png")}, environment);
    QVERIFY2(result.status == 0, result.err.constData());
    QVERIFY(!QFile::exists(home() + QStringLiteral("/data/library.db")));
}

void TestFinals::keys_areInNoFile()
{
    if (m_filesSearched == 0)
        QSKIP("Nothing was rendered before.");
    QVERIFY2(m_leaks.isEmpty(), qPrintable(m_leaks.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestFinals)
#include "tst_finals.moc"
