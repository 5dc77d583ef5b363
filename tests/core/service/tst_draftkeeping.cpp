#include "core/base/digest.h"
#include "core/service/draftkeeping.h"
#include "core/service/draftservice.h"
#include "core/service/library.h"
#include "core/service/subjectplanner.h"
#include "core/template/templatefile.h"
#include "tests/core/service/samplepack.h"
#include "tests/support/fakeengine.h"
#include "tests/support/verifyresult.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

/// Drafts that somebody pins, exports or approves, over a real store: what of them the library knows, and that each is there once.
class TestDraftKeeping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void kept_saysHowItWasMade();
    void kept_isWhatWasSeen();
    void sameDraft_isKeptOnce();
    void otherSeed_isAnotherDraft();
    void draftInTheBin_comesBack();
    void clipArt_namesNoModel();
    void emptyDraft_isRefused();
    void approvedDraft_isFoundByItsDigest();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<DraftService> m_service;
    std::unique_ptr<Store> m_store;
    Template m_template;
    DraftOptions m_options;

    Draft draw()
    {
        Row row{2, {{QStringLiteral("subject"), QStringLiteral("a green pear")}}, {}};
        const auto future = m_service->render(m_template, row, m_folder->path(), m_options, {});
        const bool isDone = QTest::qWaitFor([&] { return future.isFinished(); }, 10000);
        return isDone && future.result() ? *future.result() : Draft();
    }
    Result<KeptDraft> keep(const Draft &draft) { return keepDraft(m_store.get(), draft, QDateTime::currentDateTimeUtc()); }
    qsizetype pictures() { return m_store->ids({}).result()->size(); }
};

void TestDraftKeeping::init()
{
    m_store.reset();
    m_service.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<FakeEngine>();
    m_engine->memoryBytes = 34'000'000;
    m_service = std::make_unique<DraftService>(m_engine.get(), writeSamplePack(m_folder->path()));
    m_store = std::make_unique<Store>(m_folder->filePath(QStringLiteral("data")));
    m_template = sampleTemplate();
    m_options = {};
    m_options.source = SubjectSource::Generated;
    m_options.seed = 11;
}

void TestDraftKeeping::kept_saysHowItWasMade()
{
    const Draft draft = draw();
    const auto kept = keep(draft);
    VERIFY_RESULT(kept);
    QVERIFY(kept->isNew);
    const AssetRecord record = *m_store->asset(kept->id).result();
    QCOMPARE(record.digest, kept->digest);
    QCOMPARE(record.mediaType, QByteArray("image/png"));
    QCOMPARE(record.size, m_template.canvas.size);
    QVERIFY(record.createdAt.isValid());
    QCOMPARE(record.templateId, m_template.id);
    QCOMPARE(record.row, 2);
    QCOMPARE(record.servedModel, draftModelId());
    QCOMPARE(record.revision, m_engine->offered.models.first().revision);
    QCOMPARE(record.seed, std::optional<qint64>(11));
    QCOMPARE(record.costUsd, std::optional<double>(0));
    QVERIFY(record.prompt.contains(QStringLiteral("pear")));
    const Json &provenance = record.provenance;
    QCOMPARE(toQString(provenance["kind"]), QStringLiteral("draft"));
    QCOMPARE(toQString(provenance["template"]["digest"]), sha256Hex(writeTemplate(m_template)));
    QVERIFY(!toQString(provenance["row"]["digest"]).isEmpty());
    QCOMPARE(toQString(provenance["row"]["values"]["subject"]), QStringLiteral("a green pear"));
    QCOMPARE(provenance["seed"].get<int>(), 11);
    QCOMPARE(provenance["steps"].get<int>(), 2);
    QCOMPARE(provenance["size"]["width"].get<int>(), m_template.canvas.size.width());
    QCOMPARE(toQString(provenance["device"]), m_engine->offered.device);
    QCOMPARE(provenance["memory_bytes"].get<qint64>(), 34'000'000);
    // Two subjects of a millisecond and a half each, and what the draft took as a whole.
    QCOMPARE(provenance["timings_ms"]["total"].get<double>(), 3.0);
    QVERIFY(provenance["timings_ms"]["shown"].get<double>() > 0);
    QVERIFY(provenance["queue_ms"].is_null());
    QCOMPARE(provenance["subjects"].size(), std::size_t(2));
    for (const Json &subject : provenance["subjects"]) {
        QCOMPARE(subject["memory_bytes"].get<qint64>(), 34'000'000);
        QCOMPARE(toQString(subject["request_digest"]).size(), 64);
    }
}

void TestDraftKeeping::kept_isWhatWasSeen()
{
    const Draft draft = draw();
    const auto kept = keep(draft);
    VERIFY_RESULT(kept);
    Library library(m_store.get(), false);
    const auto shown = library.picture(kept->id, LibraryService::View::Composed).result();
    VERIFY_RESULT(shown);
    QVERIFY(!shown->isComposed);  // its texts are in it: laid over it once more they would be too bold
    const QImage seen = ScenePainter().compose(draft.scene, draft.pictures, draft.scene.canvas);
    QCOMPARE(shown->image.convertToFormat(QImage::Format_RGB32), seen.convertToFormat(QImage::Format_RGB32));
}

void TestDraftKeeping::sameDraft_isKeptOnce()
{
    const Draft draft = draw();
    const auto first = keep(draft);
    const auto again = keep(draw());  // drawn from the cache
    VERIFY_RESULT(first);
    VERIFY_RESULT(again);
    QVERIFY(!again->isNew);
    QCOMPARE(again->id, first->id);
    QCOMPARE(pictures(), 1);
}

void TestDraftKeeping::otherSeed_isAnotherDraft()
{
    const auto first = keep(draw());
    m_options.seed = 12;
    const auto other = keep(draw());
    VERIFY_RESULT(other);
    QVERIFY(other->isNew && other->id != first->id);
    // The same pixels from another seed: clip art. The file is one, the rows are two.
    m_options.source = SubjectSource::ClipArt;
    const auto art = keep(draw());
    m_options.seed = 13;
    const auto otherArt = keep(draw());
    VERIFY_RESULT(otherArt);
    QCOMPARE(otherArt->digest, art->digest);
    QVERIFY(otherArt->isNew);
    QCOMPARE(pictures(), 4);
}

void TestDraftKeeping::draftInTheBin_comesBack()
{
    const auto kept = keep(draw());
    VERIFY_RESULT(kept);
    VERIFY_RESULT(m_store->edit({kept->id}, {.deleted = true}).result());
    QCOMPARE(pictures(), 0);
    const auto again = keep(draw());
    VERIFY_RESULT(again);
    QCOMPARE(again->id, kept->id);
    QCOMPARE(pictures(), 1);
}

void TestDraftKeeping::clipArt_namesNoModel()
{
    m_options.source = SubjectSource::ClipArt;
    const auto kept = keep(draw());
    VERIFY_RESULT(kept);
    const AssetRecord record = *m_store->asset(kept->id).result();
    QCOMPARE(record.servedModel, QString());
    QVERIFY(record.routedModel != draftModelId());
    QVERIFY(record.provenance["memory_bytes"].is_null());
    QVERIFY(!toQString(record.provenance["subjects"][0]["clip_art"]).isEmpty());
}

void TestDraftKeeping::emptyDraft_isRefused()
{
    const auto kept = keep({});
    QVERIFY(!kept);
    QVERIFY(kept.error().message.endsWith(u'.'));
    QCOMPARE(pictures(), 0);
}

void TestDraftKeeping::approvedDraft_isFoundByItsDigest()
{
    const auto kept = keep(draw());
    VERIFY_RESULT(kept);
    Library library(m_store.get(), false);
    RenderRequest request;
    QCOMPARE(library.approvedDraft(request).result().value_or(-1), 0);
    request.approvedDraft = kept->digest;
    QCOMPARE(library.approvedDraft(request).result().value_or(-1), kept->id);
    request.approvedDraft = QString(64, u'0');
    QCOMPARE(library.approvedDraft(request).result().value_or(-1), 0);
    // A file of the same bytes that is no draft is not taken for one.
    NewAsset other;
    other.file = "no draft";
    other.record.mediaType = "image/png";
    request.approvedDraft = m_store->put(other).result()->digest;
    QCOMPARE(library.approvedDraft(request).result().value_or(-1), 0);
}

QTEST_MAIN(TestDraftKeeping)
#include "tst_draftkeeping.moc"
