#include "core/service/projectfile.h"
#include "core/template/resolve.h"
#include "core/template/templatefile.h"
#include "tests/core/service/librarydesk.h"
#include "tests/support/verifyresult.h"

#include <QFileInfo>

#include <quazip/quazip.h>
#include <quazip/quazipfile.h>

using namespace Galley;

/// Projects as one file, over real stores: what comes back elsewhere, what is left out, what is refused.
class TestProjectFile : public QObject, protected LibraryDesk
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }
    void project_comesBackElsewhere();
    void projectTwice_changesNothing();
    void opinions_goAlong();
    void oddOpinions_areLeftOut_data();
    void oddOpinions_areLeftOut();
    void projectOfNothing_isASentence();
    void damagedPicture_isLeftOut();
    void unreadablePicture_endsTheExport();
    void importedJobs_areNotOurExperience();
    void images_goAlong();
    void hostileProject_isRefused_data();
    void hostileProject_isRefused();
    void stoppedImport_goesOnLater();
};

namespace {

/// What a ZIP holds, to be changed and written again.
QMap<QString, QByteArray> unzipped(const QString &file)
{
    QMap<QString, QByteArray> entries;
    QuaZip zip(file);
    if (!zip.open(QuaZip::mdUnzip))
        return entries;
    for (bool more = zip.goToFirstFile(); more; more = zip.goToNextFile()) {
        QuaZipFile entry(&zip);
        if (entry.open(QIODevice::ReadOnly))
            entries.insert(zip.getCurrentFileName(), entry.readAll());
    }
    return entries;
}

/// One line a thousand times, as pictures of one job that were made one second after the other.
QByteArray thousandOf(const QByteArray &line)
{
    QByteArray lines;
    for (int i = 0; i < 1000; ++i) {
        Json json = Json::parse(line.toStdString());
        json["created"] = QDateTime(QDate(2026, 11, 2), QTime(0, 0), Qt::UTC).addSecs(i).toString(Qt::ISODateWithMs).toStdString();
        lines += dumpJson(json) + '\n';
    }
    return lines;
}

bool zipTo(const QString &file, const QMap<QString, QByteArray> &entries)
{
    QuaZip zip(file);
    bool done = zip.open(QuaZip::mdCreate);
    for (auto entry = entries.cbegin(); done && entry != entries.cend(); ++entry) {
        QuaZipFile out(&zip);
        done = out.open(QIODevice::WriteOnly, QuaZipNewInfo(entry.key())) && out.write(entry.value()) == entry.value().size();
    }
    return done;
}

} // namespace

void TestProjectFile::project_comesBackElsewhere()
{
    const QList<qint64> ids{putWithJob(1), putWithJob(2), putWithJob(3)};
    const qint64 other = putWithJob(4, QStringLiteral("autumn"));
    VERIFY_RESULT(wait(m_store->edit({ids.first()}, {.rating = 5, .pick = PickState::Picked, .note = QStringLiteral("yes"), .addTags = {QStringLiteral("cover")}})));
    VERIFY_RESULT(wait(m_store->setScores(ids.first(), {{.name = QStringLiteral("text"), .value = 0.5, .detail = {{"cer", 0.5}}}})));
    VERIFY_RESULT(wait(m_store->saveComparison({.name = QStringLiteral("Covers"), .pictures = {ids.at(2), ids.at(0)}, .view = {{"mode", "wipe"}}})));
    VERIFY_RESULT(wait(m_store->saveComparison({.name = QStringLiteral("With autumn"), .pictures = {other, ids.at(0)}})));
    const auto written = writeProjectFile(m_store.get(), QStringLiteral("spring"), path("spring.zip"), {});
    VERIFY_RESULT(written);
    QCOMPARE(written->pictures, 3);
    for (const auto &[name, bytes] : unzipped(path("spring.zip")).asKeyValueRange()) {
        QVERIFY2(!bytes.contains(m_folder->path().toUtf8()), qPrintable(name));
        QVERIFY2(!bytes.contains("/data/rows") && !bytes.contains("/data/templates"), qPrintable(name));
    }

    Store elsewhere(path("elsewhere"));
    const auto report = readProjectFile(&elsewhere, path("spring.zip"), {});
    VERIFY_RESULT(report);
    QCOMPARE(report->pictures, 3);
    LibraryQuery oldestFirst;
    oldestFirst.ascending = true;
    const auto found = wait(elsewhere.ids(oldestFirst));
    QCOMPARE(found->size(), 3);
    for (qsizetype i = 0; i < 3; ++i) {
        AssetRecord before = record(ids.at(i));
        AssetRecord after = *wait(elsewhere.asset(found->at(i)));
        QCOMPARE(*wait(elsewhere.original(after.id)), *wait(m_store->original(before.id)));
        const auto job = wait(elsewhere.job(after.job));
        VERIFY_RESULT(job);
        QCOMPARE(job->state, JobState::Done);
        QCOMPARE(job->assets, QList<qint64>{after.id});
        QVERIFY(job->request.source == wait(m_store->job(before.job))->request.source);
        QVERIFY(job->request.row.values == wait(m_store->job(before.job))->request.row.values);
        before.id = after.id, before.job = after.job;
        QVERIFY(before == after);
    }
    const LibraryCard first = wait(elsewhere.cards({found->first()}))->first();
    QCOMPARE(first.judgement, card(ids.first()).judgement);
    QCOMPARE(wait(elsewhere.scores(found->first()))->value(0).detail["cer"].get<double>(), 0.5);
    const auto sets = wait(elsewhere.comparisons());
    QCOMPARE(sets->size(), 1);
    QCOMPARE(sets->first().pictures, (QList<qint64>{found->at(2), found->at(0)}));
    QCOMPARE(QString::fromStdString(sets->first().view["mode"].get<std::string>()), QStringLiteral("wipe"));
    QVERIFY(wait(elsewhere.adoptJobs())->isEmpty());
    QVERIFY(wait(elsewhere.verify(0))->isEmpty());
}

void TestProjectFile::projectTwice_changesNothing()
{
    putWithJob(1);
    VERIFY_RESULT(writeProjectFile(m_store.get(), {}, path("all.zip"), {}));
    const auto report = readProjectFile(m_store.get(), path("all.zip"), {});
    VERIFY_RESULT(report);
    QCOMPARE(report->pictures, 0);
    QCOMPARE(wait(m_store->ids({}))->size(), 1);
    Store elsewhere(path("elsewhere"));
    for (int round = 0; round < 2; ++round)
        VERIFY_RESULT(readProjectFile(&elsewhere, path("all.zip"), {}));
    QCOMPARE(wait(elsewhere.ids({}))->size(), 1);
}

/// Which of two pictures somebody chose, and the searches they have saved, go along; what is of other projects stays.
void TestProjectFile::opinions_goAlong()
{
    const qint64 first = putWithJob(1), second = putWithJob(2), other = putWithJob(3, QStringLiteral("autumn"));
    const QDateTime at(QDate(2026, 11, 2), QTime(9, 30, 0, 125), Qt::UTC);
    VERIFY_RESULT(wait(m_store->addPick(at, second, first)));
    VERIFY_RESULT(wait(m_store->addPick(at.addSecs(1), second, first)));  // once more is another choice
    VERIFY_RESULT(wait(m_store->addPick(at, first, other)));
    LibraryQuery good;
    good.leastRating = 4;
    good.models = {QStringLiteral("ideogram-4")};
    LibraryQuery autumn;
    autumn.projects = {QStringLiteral("autumn")};
    VERIFY_RESULT(wait(m_store->saveSearch({QStringLiteral("Good ones"), good})));
    VERIFY_RESULT(wait(m_store->saveSearch({QStringLiteral("Autumn"), autumn})));
    VERIFY_RESULT(writeProjectFile(m_store.get(), QStringLiteral("spring"), path("spring.zip"), {}));

    Store elsewhere(path("elsewhere"));
    LibraryQuery theirs;
    theirs.text = QStringLiteral("pears");
    VERIFY_RESULT(wait(elsewhere.saveSearch({QStringLiteral("Good ones"), theirs})));
    for (int round = 0; round < 2; ++round) {
        const auto report = readProjectFile(&elsewhere, path("spring.zip"), {});
        VERIFY_RESULT(report);
        QCOMPARE(report->sentence.contains(QStringLiteral("2 choice")), round == 0);
    }
    const QList<PickPair> picks = *wait(elsewhere.picks());
    QCOMPARE(picks.size(), 2);
    QCOMPARE(picks.first().at, at);
    QCOMPARE(wait(elsewhere.asset(picks.first().chosen))->digest, record(second).digest);
    QCOMPARE(wait(elsewhere.asset(picks.first().leftOut))->digest, record(first).digest);
    const QList<SavedSearch> searches = *wait(elsewhere.searches());
    QCOMPARE(searches, (QList<SavedSearch>{{QStringLiteral("Good ones"), theirs}, {QStringLiteral("Good ones (2)"), good}}));
    // Back where it comes from there is nothing new in it.
    VERIFY_RESULT(readProjectFile(m_store.get(), path("spring.zip"), {}));
    QCOMPARE(wait(m_store->picks())->size(), 3);
    QCOMPARE(wait(m_store->searches())->size(), 2);
}

void TestProjectFile::oddOpinions_areLeftOut_data()
{
    QTest::addColumn<QByteArray>("manifest");
    QTest::newRow("of a version before") << QByteArray(R"({"galley_project": 1, "project": "spring"})");
    QTest::newRow("no lists") << QByteArray(R"({"galley_project": 1, "picks": 7, "searches": {"name": "x"}})");
    QTest::newRow("strange members") << QByteArray(R"({"galley_project": 1, "picks": [1, null, {"at": "2026-11-02T09:30:00.125Z", "chosen": "0", "left_out": 1}],
                                                       "searches": [null, {"name": 3, "query": {}}, {"name": "", "query": {}}, {"name": "x", "query": []}]})");
    QTest::newRow("pictures that are not there") << QByteArray(R"({"galley_project": 1, "picks": [
        {"at": "2026-11-02T09:30:00.125Z", "chosen": 0, "left_out": 99}, {"at": "2026-11-02T09:30:00.125Z", "chosen": -1, "left_out": 4294967296},
        {"at": "2026-11-02T09:30:00.125Z", "chosen": 0, "left_out": 0}, {"at": "yesterday", "chosen": 0, "left_out": 1}]})");
}

void TestProjectFile::oddOpinions_areLeftOut()
{
    QFETCH(QByteArray, manifest);
    putWithJob(1), putWithJob(2);
    VERIFY_RESULT(writeProjectFile(m_store.get(), {}, path("all.zip"), {}));
    auto entries = unzipped(path("all.zip"));
    entries.insert(QStringLiteral("project.json"), manifest);
    QVERIFY(zipTo(path("odd.zip"), entries));
    Store elsewhere(path("elsewhere"));
    const auto report = readProjectFile(&elsewhere, path("odd.zip"), {});
    VERIFY_RESULT(report);
    QCOMPARE(report->pictures, 2);
    QVERIFY(wait(elsewhere.picks())->isEmpty());
    QVERIFY(wait(elsewhere.searches())->isEmpty());
}

void TestProjectFile::projectOfNothing_isASentence()
{
    putWithJob(1);
    const auto none = writeProjectFile(m_store.get(), QStringLiteral("winter"), path("winter.zip"), {});
    QVERIFY(!none);
    QVERIFY(none.error().message.contains(QLatin1String("winter")));
    QVERIFY(!QFile::exists(path("winter.zip")));
    const auto unwritable = writeProjectFile(m_store.get(), {}, path("no folder/x.zip"), {});
    QVERIFY(!unwritable);
    QVERIFY(unwritable.error().message.contains(QLatin1String("no folder/x.zip")));
    // Stopped: what was there before stays.
    damage(path("kept.zip"), "before");
    QVERIFY(!writeProjectFile(m_store.get(), {}, path("kept.zip"), [](qint64, qint64, const QString &) { return false; }));
    QCOMPARE(QFileInfo(path("kept.zip")).size(), 6);
}

void TestProjectFile::damagedPicture_isLeftOut()
{
    const qint64 bad = putWithJob(1);
    putWithJob(2);
    damage(m_store->originalFile(record(bad)));
    const auto report = writeProjectFile(m_store.get(), {}, path("all.zip"), {});
    VERIFY_RESULT(report);
    QCOMPARE(report->pictures, 1);
    QCOMPARE(report->items.size(), 1);
    QCOMPARE(report->items.first().picture, bad);
}

/// A disk that fails now is no damage: a file without that picture would be taken for the whole project.
void TestProjectFile::unreadablePicture_endsTheExport()
{
    const QString file = m_store->originalFile(record(putWithJob(1)));
    putWithJob(2);
    Unreadable unreadable(file);
    const auto report = writeProjectFile(m_store.get(), {}, path("all.zip"), {});
    QVERIFY(!report);
    QVERIFY2(report.error().message.contains(file), qPrintable(report.error().message));
    QVERIFY(!QFile::exists(path("all.zip")));
}

/// What a template and its row name by path lies elsewhere too, and no path of this machine is in the file.
void TestProjectFile::images_goAlong()
{
    QVERIFY(QDir().mkpath(path("secret-folder")));
    const QByteArray logo = samplePicture(7).file, photo = samplePicture(8).file;
    damage(path("secret-folder/logo.png"), logo);
    damage(path("secret-folder/photo.png"), photo);
    JobRecord job = newJob();
    const auto added = parseTemplate(QStringLiteral(R"({"galley": 1, "id": "i", "name": "Images", "tokens": [
        {"id": "logo", "role": "logo", "box": [0, 0, 1, 1], "image": "logo.png"}, {"id": "hero", "role": "subject", "box": [0, 0, 1, 1], "image": "{photo}"},
        {"id": "gone", "role": "logo", "box": [0, 0, 1, 1], "image": "gone.png"}],
        "slots": {"photo": {"type": "image"}}})").toUtf8(), QStringLiteral("images.galley"));
    VERIFY_RESULT(added);
    job.request.source = added->value;
    job.request.folder = path("secret-folder");
    job.request.row = {1, {{QStringLiteral("photo"), path("secret-folder/photo.png")}}, {}};
    const auto id = wait(m_store->addJob(job, {}, {QString(), QDate(2026, 11, 25), 0}));
    VERIFY_RESULT(id);
    VERIFY_RESULT(wait(m_store->acceptJob(*id, {samplePicture(1)}, Charge::settle(0.05, Charge::Basis::Price))));
    const auto written = writeProjectFile(m_store.get(), {}, path("all.zip"), {});
    VERIFY_RESULT(written);
    QCOMPARE(written->items.size(), 1);
    QVERIFY2(written->items.first().message.contains(QLatin1String("gone.png")), qPrintable(written->items.first().message));
    for (const auto &[name, bytes] : unzipped(path("all.zip")).asKeyValueRange())
        QVERIFY2(!bytes.contains("secret-folder"), qPrintable(name));

    QVERIFY(QDir(path("secret-folder")).removeRecursively());
    Store elsewhere(path("elsewhere"));
    VERIFY_RESULT(readProjectFile(&elsewhere, path("all.zip"), {}));
    const auto there = wait(elsewhere.job(1));
    VERIFY_RESULT(there);
    const auto variant = resolve(there->request.source, there->request.row, there->request.folder);
    VERIFY_RESULT(variant);
    for (const auto &[token, bytes] : {std::pair("logo", logo), std::pair("hero", photo)}) {
        const QString file = variant->findToken(QString::fromLatin1(token))->imagePath;
        QVERIFY2(file.startsWith(path("elsewhere/images/")), qPrintable(file));
        QFile image(file);
        QVERIFY(image.open(QIODevice::ReadOnly));
        QCOMPARE(image.readAll(), bytes);
    }
    QVERIFY(wait(elsewhere.verify(0))->isEmpty());
}

/// What was decided elsewhere is withdrawn, tried again and judged elsewhere.
void TestProjectFile::importedJobs_areNotOurExperience()
{
    JobRecord job = newJob();
    job.decision.rule = QStringLiteral("posters");
    job.decision.policy = QStringLiteral("digest-of-posters");
    job.decision.isCanary = true;
    const auto added = wait(m_store->addJob(job, {}, {QStringLiteral("spring"), QDate(2026, 11, 25), 0}));
    VERIFY_RESULT(added);
    VERIFY_RESULT(wait(m_store->acceptJob(*added, {samplePicture(1)}, Charge::settle(0.05, Charge::Basis::Price))));
    QCOMPARE(wait(m_store->lastJobs(10))->size(), 1);
    const QString model = record(1).routedModel;
    QCOMPARE(wait(m_store->picturesOf(model, QStringLiteral("posters"), 0))->size(), 1);
    VERIFY_RESULT(writeProjectFile(m_store.get(), {}, path("all.zip"), {}));

    Store elsewhere(path("elsewhere"));
    VERIFY_RESULT(readProjectFile(&elsewhere, path("all.zip"), {}));
    QCOMPARE(wait(elsewhere.asset(1))->rule, QStringLiteral("posters"));
    QVERIFY(wait(elsewhere.job(1)));
    QVERIFY(wait(elsewhere.lastJobs(10))->isEmpty());
    QVERIFY(wait(elsewhere.lastJobs(10, QStringLiteral("digest-of-posters")))->isEmpty());
    QVERIFY(wait(elsewhere.picturesOf(model, QStringLiteral("posters"), 0))->isEmpty());
    QVERIFY(wait(elsewhere.attemptsOf(QStringLiteral("posters"), 0))->isEmpty());
    QVERIFY(wait(elsewhere.spentByRule(QDate(2026, 11, 25)))->isEmpty());
}

void TestProjectFile::hostileProject_isRefused_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"no zip", "cut off", "no project.json", "newer", "path up", "absolute path", "backslashes", "program", "folder", "other bytes",
                             "text as picture", "picture missing", "bomb", "bomb of words", "thousand of one", "digest is a path", "line is no JSON", "deep JSON", "job missing", "reference missing", "image missing",
                             "image is a path", "image is text"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestProjectFile::hostileProject_isRefused()
{
    QFETCH(QString, what);
    putWithJob(1);
    VERIFY_RESULT(writeProjectFile(m_store.get(), {}, path("good.zip"), {}));
    QMap<QString, QByteArray> entries = unzipped(path("good.zip"));
    QVERIFY(entries.contains(QStringLiteral("pictures.jsonl")));
    QString original;
    for (const QString &name : entries.keys()) {
        if (name.startsWith(QLatin1String("originals/")))
            original = name;
    }
    const QString digest = QFileInfo(original).baseName();
    QByteArray &lines = entries[QStringLiteral("pictures.jsonl")];
    if (what == QLatin1String("no project.json"))
        entries.remove(QStringLiteral("project.json"));
    else if (what == QLatin1String("newer"))
        entries[QStringLiteral("project.json")] = R"({"galley_project": 2})";
    else if (what == QLatin1String("path up"))
        entries[QStringLiteral("../../evil.png")] = "x";
    else if (what == QLatin1String("absolute path"))
        entries[QStringLiteral("/tmp/evil.png")] = "x";
    else if (what == QLatin1String("backslashes"))
        entries[QStringLiteral("originals\\..\\evil.png")] = "x";
    else if (what == QLatin1String("program"))
        entries[QStringLiteral("run.sh")] = "x";
    else if (what == QLatin1String("folder"))
        entries[QStringLiteral("originals/")] = "";
    else if (what == QLatin1String("other bytes"))
        entries[original] = samplePicture(5).file;
    else if (what == QLatin1String("text as picture"))
        lines.replace("image/png", "image/gif");
    else if (what == QLatin1String("picture missing"))
        entries.remove(original);
    else if (what == QLatin1String("bomb"))
        entries[QStringLiteral("originals/ab/%1.png").arg(QString(64, QLatin1Char('a')))] = QByteArray(30 << 20, '\0');
    else if (what == QLatin1String("bomb of words"))
        entries[QStringLiteral("jobs.jsonl")].append(QByteArray(30 << 20, '\n'));
    else if (what == QLatin1String("thousand of one"))
        lines = thousandOf(lines);
    else if (what == QLatin1String("digest is a path"))
        lines.replace(digest.toUtf8(), "../../../../etc/passwd");
    else if (what == QLatin1String("line is no JSON"))
        lines.prepend("{]\n");
    else if (what == QLatin1String("deep JSON"))
        lines.prepend(QByteArray(100'000, '[') + '\n');
    else if (what == QLatin1String("job missing"))
        entries[QStringLiteral("jobs.jsonl")] = "";
    else if (what == QLatin1String("reference missing"))
        entries[QStringLiteral("jobs.jsonl")].replace("\"references\":[]", QByteArray("\"references\":[{\"use\":\"start\",\"digest\":\"" + QByteArray(64, 'b') + "\"}]"));
    else if (what.startsWith(QLatin1String("image "))) {
        const QByteArray sha = what == QLatin1String("image is text") ? QByteArray("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881") : QByteArray(64, 'b');  // of "x"
        const QByteArray name = what == QLatin1String("image is a path") ? QByteArray("images/../../../evil.png") : "images/" + sha + ".png";
        entries[QStringLiteral("jobs.jsonl")].replace("\"images\":[]", QByteArray("\"images\":[{\"token\":\"hero\",\"file\":\"" + name + "\"}]"));
        if (what != QLatin1String("image missing"))
            entries[QString::fromLatin1(name)] = "x";
    }
    QVERIFY(zipTo(path("bad.zip"), entries));
    if (what == QLatin1String("no zip"))
        damage(path("bad2.zip"), "PK but nothing more");
    if (what == QLatin1String("cut off")) {
        QVERIFY(QFile::copy(path("bad.zip"), path("bad2.zip")));
        QVERIFY(QFile(path("bad2.zip")).resize(QFileInfo(path("bad2.zip")).size() - 30));
    }
    const QString bad = QFile::exists(path("bad2.zip")) ? path("bad2.zip") : path("bad.zip");
    Store elsewhere(path("elsewhere"));
    const auto report = readProjectFile(&elsewhere, bad, {});
    QVERIFY(!report);
    QVERIFY2(report.error().message.contains(bad), qPrintable(report.error().message));
    QVERIFY(wait(elsewhere.ids({}))->isEmpty());
    QVERIFY(wait(elsewhere.verify(0))->isEmpty());
    QVERIFY(!QFile::exists(path("evil.png")));
}

void TestProjectFile::stoppedImport_goesOnLater()
{
    for (int number = 1; number <= 5; ++number)
        putWithJob(number);
    VERIFY_RESULT(writeProjectFile(m_store.get(), {}, path("all.zip"), {}));
    Store elsewhere(path("elsewhere"));
    const auto stopped = readProjectFile(&elsewhere, path("all.zip"), [](qint64 done, qint64, const QString &) { return done < 3; });
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    const qsizetype before = wait(elsewhere.ids({}))->size();
    QVERIFY(before > 0 && before < 5);
    const auto rest = readProjectFile(&elsewhere, path("all.zip"), {});
    VERIFY_RESULT(rest);
    QCOMPARE(rest->pictures, 5 - int(before));
    QCOMPARE(wait(elsewhere.ids({}))->size(), 5);
}

QTEST_MAIN(TestProjectFile)
#include "tst_projectfile.moc"
