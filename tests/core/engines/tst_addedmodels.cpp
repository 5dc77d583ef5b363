#include "core/engines/local/addedmodels.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

const auto weights = QStringLiteral("unet/diffusion_pytorch_model.safetensors");

void write(const QString &name, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(name).absolutePath());
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

class TestAddedModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothing_isNoProblem();
    void written_isReadAgain();
    void foundModels_needNoEntry();
    void foundModels_thatAreWrittenDown_areThereOnce();
    void foundModels_withATakenId_areLeftOutAndSaid();
    void brokenFile_isKeptAndSaid_data();
    void brokenFile_isKeptAndSaid();
    void brokenEntry_costsOnlyItself_data();
    void brokenEntry_costsOnlyItself();
    void sameIdTwice_theFirstStays();
    void ids_areMadeOfNames_data();
    void ids_areMadeOfNames();
    void weights_areFoundWithoutCircles();
    void weights_thatAreNone_areRefused_data();
    void weights_thatAreNone_areRefused();
    void digests_tellWhatChanged();
    void digests_canBeCancelled();
    void changedTime_isNoticedWithoutReading();
    void licence_isReadFromTheFolder_data();
    void licence_isReadFromTheFolder();

private:
    QString modelFolder(const QString &name = QStringLiteral("toy")) const;
    AddedModel model(const QString &id = QStringLiteral("toy")) const;
    void writeList(const QByteArray &json) const { write(addedModelsFile(m_folder), json); }

    std::unique_ptr<QTemporaryDir> m_home;
    QString m_folder;
};

void TestAddedModels::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_folder = m_home->filePath(QStringLiteral("models"));
}

QString TestAddedModels::modelFolder(const QString &name) const
{
    const QString folder = m_home->filePath(name);
    write(folder + QStringLiteral("/model_index.json"), "{}");
    write(folder + u'/' + weights, "weights");
    return folder;
}

AddedModel TestAddedModels::model(const QString &id) const
{
    AddedModel result{id, modelFolder(id), {}, QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC), Json{{"family", "SD-Turbo"}}};
    result.files = *digestWeights(result.path, {}, {});
    return result;
}

void TestAddedModels::nothing_isNoProblem()
{
    const AddedModels none = readAddedModels(m_folder);
    QVERIFY(none.models.isEmpty() && none.problems.isEmpty() && none.isReadable);
}

void TestAddedModels::written_isReadAgain()
{
    const AddedModel toy = model();
    QVERIFY(changeAddedModels(m_folder, [&](QList<AddedModel> &models) -> Result<void> { return models.append(toy), Result<void>(); }));
    const AddedModels read = readAddedModels(m_folder);
    QVERIFY(read.problems.isEmpty());
    QCOMPARE(read.models.size(), 1);
    QVERIFY(read.models.first() == toy);
    QVERIFY(read.models.first().hasDigests());
    QVERIFY(!read.models.first().isFound());
}

void TestAddedModels::foundModels_needNoEntry()
{
    write(m_folder + QStringLiteral("/SD Turbo (fp16).safetensors"), "x");
    write(m_folder + QStringLiteral("/folder/model_index.json"), "{}");
    write(m_folder + QStringLiteral("/no-model/readme.txt"), "x");
    write(m_folder + QStringLiteral("/old.ckpt"), "x");
    const AddedModels read = readAddedModels(m_folder);
    QCOMPARE(read.models.size(), 2);
    QVERIFY(read.find(QStringLiteral("sd-turbo-fp16")));
    QVERIFY(read.find(QStringLiteral("folder")));
    QVERIFY(read.models.first().isFound());
}

void TestAddedModels::foundModels_thatAreWrittenDown_areThereOnce()
{
    write(m_folder + QStringLiteral("/one.safetensors"), "x");
    AddedModel toy = model();
    toy.path = m_folder + QStringLiteral("/one.safetensors");
    QVERIFY(changeAddedModels(m_folder, [&](QList<AddedModel> &models) -> Result<void> { return models.append(toy), Result<void>(); }));
    const AddedModels read = readAddedModels(m_folder);
    QCOMPARE(read.models.size(), 1);
    QCOMPARE(read.models.first().id, QStringLiteral("toy"));
}

void TestAddedModels::foundModels_withATakenId_areLeftOutAndSaid()
{
    const AddedModel toy = model();
    QVERIFY(changeAddedModels(m_folder, [&](QList<AddedModel> &models) -> Result<void> { return models.append(toy), Result<void>(); }));
    write(m_folder + QStringLiteral("/toy.safetensors"), "x");
    const AddedModels read = readAddedModels(m_folder);
    QCOMPARE(read.models.size(), 1);
    QCOMPARE(read.problems.size(), 1);
    QVERIFY(read.problems.first().contains(QStringLiteral("toy.safetensors")));
}

void TestAddedModels::brokenFile_isKeptAndSaid_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no models") << QByteArray(R"({"galley_models":1})");
    QTest::newRow("newer") << QByteArray(R"({"galley_models":2,"models":[]})");
    QTest::newRow("version is a word") << QByteArray(R"({"galley_models":"1","models":[]})");
    QTest::newRow("not UTF-8") << QByteArray("{\"galley_models\":1,\"models\":[\"\xFF\"]}");
    QTest::newRow("deep") << QByteArray(100, '[') + QByteArray(100, ']');
    QTest::newRow("too large") << QByteArray(5 * 1024 * 1024, ' ');
}

void TestAddedModels::brokenFile_isKeptAndSaid()
{
    QFETCH(QByteArray, text);
    writeList(text);
    write(m_folder + QStringLiteral("/found.safetensors"), "x");
    const AddedModels read = readAddedModels(m_folder);
    QVERIFY(!read.isReadable);
    QCOMPARE(read.models.size(), 1);  // what needs no entry is there all the same
    QVERIFY(read.problems.first().contains(QStringLiteral("added.json")));
    const auto changed = changeAddedModels(m_folder, [](QList<AddedModel> &) -> Result<void> { return {}; });
    QVERIFY(!changed);
    QFile file(addedModelsFile(m_folder));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), text);
}

void TestAddedModels::brokenEntry_costsOnlyItself_data()
{
    QTest::addColumn<QByteArray>("entry");
    const auto with = [](const QByteArray &what) { return QByteArray(R"({"id":"bad","path":"/x","added":"2026-11-26T10:00:00Z",)").append(what).append('}'); };
    QTest::newRow("a number") << QByteArray("7");
    QTest::newRow("no path") << QByteArray(R"({"id":"bad","added":"2026-11-26T10:00:00Z"})");
    QTest::newRow("relative") << QByteArray(R"({"id":"bad","path":"x/y","added":"2026-11-26T10:00:00Z"})");
    QTest::newRow("NUL in the path") << QByteArray(R"({"id":"bad","path":"/x\u0000y","added":"2026-11-26T10:00:00Z"})");
    QTest::newRow("no time") << QByteArray(R"({"id":"bad","path":"/x"})");
    QTest::newRow("an id with a slash") << QByteArray(R"({"id":"../bad","path":"/x","added":"2026-11-26T10:00:00Z"})");
    QTest::newRow("an id with an equals sign") << QByteArray(R"({"id":"a=b","path":"/x","added":"2026-11-26T10:00:00Z"})");
    QTest::newRow("a file above") << with(R"("files":[{"file":"../../x","bytes":1,"sha256":""}])");
    QTest::newRow("an absolute file") << with(R"("files":[{"file":"/etc/passwd","bytes":1,"sha256":""}])");
    QTest::newRow("a digest that is none") << with(R"("files":[{"file":"x","bytes":1,"sha256":"abc"}])");
    QTest::newRow("a file that is a word") << with(R"("files":["x"])");
}

void TestAddedModels::brokenEntry_costsOnlyItself()
{
    QFETCH(QByteArray, entry);
    writeList(R"({"galley_models":1,"models":[)" + entry + R"(,{"id":"good","path":"/x","added":"2026-11-26T10:00:00Z"}]})");
    const AddedModels read = readAddedModels(m_folder);
    QCOMPARE(read.models.size(), 1);
    QCOMPARE(read.models.first().id, QStringLiteral("good"));
    QCOMPARE(read.problems.size(), 1);
    QVERIFY(read.isReadable);
}

void TestAddedModels::sameIdTwice_theFirstStays()
{
    writeList(R"({"galley_models":1,"models":[{"id":"a","path":"/one","added":"2026-11-26T10:00:00Z"},{"id":"a","path":"/two","added":"2026-11-26T10:00:00Z"}]})");
    const AddedModels read = readAddedModels(m_folder);
    QCOMPARE(read.models.size(), 1);
    QCOMPARE(read.models.first().path, QStringLiteral("/one"));
    QCOMPARE(read.problems.size(), 1);
}

void TestAddedModels::ids_areMadeOfNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    QTest::newRow("spaces") << QStringLiteral("SD Turbo (fp16).safetensors") << QStringLiteral("sd-turbo-fp16");
    QTest::newRow("dots") << QStringLiteral("v1-5-pruned.v2.safetensors") << QStringLiteral("v1-5-pruned.v2");
    QTest::newRow("no letter") << QStringLiteral("モデル.safetensors") << QStringLiteral("model");
    QTest::newRow("edges") << QStringLiteral("--_x_--.safetensors") << QStringLiteral("x");
    QTest::newRow("long") << QString(200, u'a') + QStringLiteral(".safetensors") << QString(64, u'a');
}

void TestAddedModels::ids_areMadeOfNames()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    const QString file = m_home->filePath(name);
    write(file, "x");
    QCOMPARE(modelIdFor(file), id);
    QVERIFY(modelIdProblem(modelIdFor(file)).isEmpty());
}

void TestAddedModels::weights_areFoundWithoutCircles()
{
    const QString folder = modelFolder();
    QVERIFY(QFile::link(folder, folder + QStringLiteral("/self")));
    write(folder + QStringLiteral("/a/b/c/deep.safetensors"), "x");
    const auto files = findWeights(folder);
    QVERIFY(files);
    QCOMPARE(files->size(), 1);
    QCOMPARE(files->first().name, weights);
    QCOMPARE(files->first().bytes, 7);
}

void TestAddedModels::weights_thatAreNone_areRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("missing") << QStringLiteral("missing") << ErrorCode::NotFound;
    QTest::newRow("pickle") << QStringLiteral("model.ckpt") << ErrorCode::InvalidInput;
    QTest::newRow("an empty folder") << QStringLiteral("empty") << ErrorCode::InvalidInput;
}

void TestAddedModels::weights_thatAreNone_areRefused()
{
    QFETCH(QString, name);
    QFETCH(ErrorCode, code);
    write(m_home->filePath(QStringLiteral("model.ckpt")), "x");
    QDir().mkpath(m_home->filePath(QStringLiteral("empty")));
    const auto files = findWeights(m_home->filePath(name));
    QVERIFY(!files);
    QCOMPARE(files.error().code, code);
    QVERIFY(files.error().message.contains(name));
}

void TestAddedModels::digests_tellWhatChanged()
{
    const AddedModel toy = model();
    QCOMPARE(toy.files.first().sha256, QStringLiteral("9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c"));
    write(toy.path + u'/' + weights, "heavier");
    write(toy.path + QStringLiteral("/vae/more.safetensors"), "x");
    qint64 done = 0, all = 0;
    const auto now = digestWeights(toy.path, [&](qint64 read, qint64 of) { done = read, all = of; }, {});
    QVERIFY(now);
    QCOMPARE(done, qint64(8));
    QCOMPARE(all, qint64(8));
    QCOMPARE(weightsDifferences(toy.files, *now),
             (QStringList{QStringLiteral("unet/diffusion_pytorch_model.safetensors has changed since it was added."), QStringLiteral("vae/more.safetensors is new.")}));
    QVERIFY(weightsDifferences(*now, *now).isEmpty());
    QFile::remove(toy.path + u'/' + weights);
    QCOMPARE(weightsDifferences(toy.files, *digestWeights(toy.path, {}, {})).first(), QStringLiteral("unet/diffusion_pytorch_model.safetensors is gone."));
}

void TestAddedModels::digests_canBeCancelled()
{
    const QString folder = modelFolder();
    std::stop_source stop;
    stop.request_stop();
    const auto digests = digestWeights(folder, {}, stop.get_token());
    QVERIFY(!digests);
    QCOMPARE(digests.error().code, ErrorCode::Cancelled);
}

void TestAddedModels::changedTime_isNoticedWithoutReading()
{
    const AddedModel toy = model();
    QVERIFY(looksUnchanged(toy));
    QFile file(toy.path + u'/' + weights);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addDays(1), QFileDevice::FileModificationTime));
    file.close();
    QVERIFY(!looksUnchanged(toy));
}

void TestAddedModels::licence_isReadFromTheFolder_data()
{
    QTest::addColumn<QByteArray>("readme");
    QTest::addColumn<QByteArray>("licence");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QByteArray() << QByteArray() << QString() << QString();
    QTest::newRow("front matter") << QByteArray("---\nlanguage: en\nlicense: openrail++\n---\nlicense: mit\n") << QByteArray() << QStringLiteral("openrail++")
                                  << QStringLiteral("openrail++");
    QTest::newRow("a name for other") << QByteArray("---\nlicense: other\nlicense_name: sai-nc-community\n---\n") << QByteArray()
                                      << QStringLiteral("sai-nc-community") << QStringLiteral("sai-nc-community");
    QTest::newRow("no front matter") << QByteArray("license: mit\n") << QByteArray() << QString() << QString();
    QTest::newRow("a file") << QByteArray() << QByteArray("\nMIT License\n\nAll of it") << QStringLiteral("MIT License") << QStringLiteral("MIT License\n\nAll of it");
}

void TestAddedModels::licence_isReadFromTheFolder()
{
    QFETCH(QByteArray, readme);
    QFETCH(QByteArray, licence);
    const QString folder = modelFolder();
    if (!readme.isEmpty())
        write(folder + QStringLiteral("/README.md"), readme);
    if (!licence.isEmpty())
        write(folder + QStringLiteral("/LICENSE.md"), licence);
    QTEST(licenceName(folder), "name");
    QTEST(licenceText(folder), "text");
    QVERIFY(licenceName(folder + u'/' + weights).isEmpty());  // a file among others
}

QTEST_GUILESS_MAIN(TestAddedModels)
#include "tst_addedmodels.moc"
