#include "core/engines/local/localengine.h"
#include "core/service/localmodels.h"
#include "tests/ui/shell/windowfixture.h"
#include "ui/document/templatedocument.h"
#include "ui/settings/localmodelrow.h"
#include "ui/settings/localmodelspanel.h"
#include "ui/settings/servicesdialog.h"
#include "ui/shell/draftfeed.h"
#include "ui/shell/filecontroller.h"
#include "ui/shell/finalscontroller.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/noticeline.h"
#include "ui/widgets/numberfield.h"

#include <QApplication>
#include <QDirIterator>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Galley;

namespace {

constexpr int patienceMs = 60'000;
const QString toys = QStringLiteral(GALLEY_SOURCE_DIR "/tests/parity/data/diffusers/pipelines/");

LocalEngineOptions worker(const QString &folder)
{
    LocalEngineOptions options;
    options.workerBinary = qEnvironmentVariable("GALLEY_WORKER", QStringLiteral(GALLEY_BIN_DIR "/galley-worker"));
    options.modelsFolder = QStringLiteral(GALLEY_SOURCE_DIR "/resources/models");
    options.models = localModelFiles(folder);
    options.device = QStringLiteral("cpu");
    return options;
}

/// A window over the real worker.
struct Fixture : WindowFixture
{
    Fixture()
        : folder(home.filePath(QStringLiteral("data/models")))
        , engine(worker(folder))
        , models(folder, &engine)
        , draft(&engine, nullptr)
    {
        QObject::connect(&engine, &LocalEngine::modelsChanged, &draft, &DraftService::learnModels);
        parts.draft = &draft;
        parts.localModels = &models;
        open();
        window->files()->openFirst();
        window->feed()->setSource(SubjectSource::Generated);
        window->show();
        window->finals()->showServices(QStringLiteral("models"));
        panel = window->findChild<LocalModelsPanel *>();
    }

    ~Fixture() { window.reset(); }

    void drop(const QString &path) const
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(panel, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(panel, &event);
    }

    QPushButton *button(const char *text) const
    {
        for (QPushButton *each : panel->findChildren<QPushButton *>()) {
            if (each->text() == QLatin1String(text) && each->isVisible())
                return each;
        }
        return nullptr;
    }

    const SubjectInfo *subject() const
    {
        for (const SubjectInfo &info : draft.draft().subjects) {
            if (info.took == SubjectSource::Generated && !info.model.isEmpty())
                return &info;
        }
        return nullptr;
    }

    QString folder;
    LocalEngine engine;
    LocalModels models;
    DraftService draft;
    LocalModelsPanel *panel = nullptr;
};

} // namespace

/// The Models page in the whole window, with the real worker and toys of the real families.
class TestModelsInWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        applyStyle();
        QLocale::setDefault(QLocale(QStringLiteral("en_US")));
    }
    void droppedFolder_isAddedAndDraftsATemplate();
    void removed_comesBackWithUndo();
    void checkFiles_saysWhatChanged();
    void whatIsNoModel_isRefusedInWords();
    void otherProcess_isNoticed();
    void memory_isSetAndSaid();
};

void TestModelsInWindow::droppedFolder_isAddedAndDraftsATemplate()
{
    Fixture fixture;
    QVERIFY(fixture.panel);
    QCOMPARE(fixture.panel->rows().size(), 0);
    fixture.drop(toys + QStringLiteral("toy-sd-turbo"));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.panel->rows().size(), 1, patienceMs);
    const auto card = fixture.models.card(QStringLiteral("toy-sd-turbo"));
    QVERIFY(card && card->isDescribed && card->files == LocalModelCard::Files::Unchanged);
    QTRY_VERIFY(!fixture.panel->isBusy());
    QPushButton *use = fixture.button("Use for Drafts");
    QVERIFY(use && use->isEnabled());
    use->click();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.draft.state() == DraftService::State::Current && fixture.subject()
                                 && fixture.subject()->model == QLatin1String("toy-sd-turbo"),
                             patienceMs);
    QCOMPARE(fixture.subject()->revision, card->said.basic.revision);
    QCOMPARE(fixture.subject()->steps, card->said.basic.defaultSteps);
    const QImage picture = fixture.draft.draft().pictures.value(fixture.subject()->tokenId);
    QCOMPARE(picture.width(), card->said.basic.nativeSize);
    QVERIFY(!picture.hasAlphaChannel());
    // And back again.
    fixture.button("Stop Using for Drafts")->click();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.draft.state() == DraftService::State::Current && fixture.subject()
                                 && fixture.subject()->model == QLatin1String("galley-draft"),
                             patienceMs);
}

void TestModelsInWindow::removed_comesBackWithUndo()
{
    Fixture fixture;
    fixture.panel->add({toys + QStringLiteral("toy-sd15")});
    QTRY_COMPARE_WITH_TIMEOUT(fixture.panel->rows().size(), 1, patienceMs);
    QTRY_VERIFY(!fixture.panel->isBusy());
    fixture.button("Remove")->click();
    QCOMPARE(fixture.panel->rows().size(), 0);
    QVERIFY(fixture.panel->messages()->text().contains(QStringLiteral("its files stay")));
    QVERIFY(QFile::exists(toys + QStringLiteral("toy-sd15/model_index.json")));
    fixture.button("Undo")->click();
    QCOMPARE(fixture.panel->rows().size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.models.cards().first().isDescribed, patienceMs);
}

void TestModelsInWindow::checkFiles_saysWhatChanged()
{
    Fixture fixture;
    const QString copy = fixture.home.filePath(QStringLiteral("copy"));
    QDirIterator files(toys + QStringLiteral("toy-sd-turbo"), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        const QString to = copy + file.mid(toys.size() + int(qstrlen("toy-sd-turbo")));
        QDir().mkpath(QFileInfo(to).absolutePath());
        QVERIFY(QFile::copy(file, to));
    }
    fixture.panel->add({copy});
    QTRY_COMPARE_WITH_TIMEOUT(fixture.panel->rows().size(), 1, patienceMs);
    QTRY_VERIFY(!fixture.panel->isBusy());
    fixture.button("Check Files")->click();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.panel->messages()->text().contains(QStringLiteral("byte for byte")), patienceMs);
    QFile weights(copy + QStringLiteral("/vae/diffusion_pytorch_model.safetensors"));
    QVERIFY(weights.open(QIODevice::ReadWrite) && weights.seek(weights.size() - 1));
    weights.write("z");
    weights.close();
    fixture.button("Check Files")->click();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.panel->messages()->text().contains(QStringLiteral("vae/diffusion_pytorch_model.safetensors has changed")), patienceMs);
}

void TestModelsInWindow::whatIsNoModel_isRefusedInWords()
{
    Fixture fixture;
    const QString file = fixture.home.filePath(QStringLiteral("pickle.safetensors"));
    QFile pickle(file);
    QVERIFY(pickle.open(QIODevice::WriteOnly));
    pickle.write("\x80\x02}q");
    pickle.close();
    fixture.drop(file);
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.panel->isBusy() && fixture.panel->messages()->kind() == MessageBar::Kind::Error, patienceMs);
    QVERIFY(!fixture.panel->messages()->text().isEmpty());
    QCOMPARE(fixture.panel->rows().size(), 0);
}

/// The application starts the workers anew with what the window stored.
void TestModelsInWindow::memory_isSetAndSaid()
{
    Fixture fixture;
    fixture.panel->add({toys + QStringLiteral("toy-sd15")});
    QTRY_COMPARE_WITH_TIMEOUT(fixture.panel->rows().size(), 1, patienceMs);
    QTRY_VERIFY(!fixture.panel->isBusy());
    auto *field = fixture.window->findChild<NumberField *>(QStringLiteral("modelMemory"));
    QVERIFY(field && field->isVisible());
    QCOMPARE(field->text(), QStringLiteral("Automatic"));
    QSignalSpy changed(fixture.window.get(), &MainWindow::modelMemoryChanged);
    for (const double gigabytes : {1.0, 2.0})
        field->setValue(gigabytes);
    QCOMPARE(fixture.settings.modelMemoryGb.value(), 2);
    QTRY_COMPARE(changed.count(), 1);  // not once for each
    for (const double gigabytes : {5.0, 2.0})
        field->setValue(gigabytes);
    QTest::qWait(1200);
    QCOMPARE(changed.count(), 1);  // nor for none
    LocalEngineOptions options = worker(fixture.folder);
    options.memoryBytes = 2'000'000'000;
    fixture.engine.restart(options);
    const auto said = [&] {
        QString all;
        for (const NoticeLine *line : fixture.panel->findChildren<NoticeLine *>())
            all += line->text() + u'\n';
        return all;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("models may take 2.0 GB")), qPrintable(said()), patienceMs);
    // The remedy is the one that helps.
    LocalModelCard card;
    card.isDescribed = true;
    card.files = LocalModelCard::Files::Unchanged;
    card.said.fits = LocalModel::Fits::No;
    QVERIFY(fitsNotice(card, false).sentence.contains(QStringLiteral("Close other programs")));
    QVERIFY(fitsNotice(card, true).sentence.contains(QStringLiteral("Let them take more")));
}

/// What another window adds comes by the watched file.
void TestModelsInWindow::otherProcess_isNoticed()
{
    Fixture fixture;
    LocalEngine otherEngine(worker(fixture.folder));
    LocalModels other(fixture.folder, &otherEngine);
    const auto added = other.add(toys + QStringLiteral("toy-lcm"));
    QTRY_VERIFY_WITH_TIMEOUT(added.isFinished(), patienceMs);
    QVERIFY2(added.result(), qPrintable(added.result() ? QString() : added.result().error().message));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.panel->rows().size(), 1, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.models.cards().first().isDescribed, patienceMs);
    QVERIFY(other.remove(QStringLiteral("toy-lcm")));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.panel->rows().size(), 0, patienceMs);
}

QTEST_MAIN(TestModelsInWindow)
#include "tst_modelsinwindow.moc"
