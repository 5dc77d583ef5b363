#include "core/service/draftservice.h"
#include "tests/core/service/samplepack.h"
#include "tests/support/fakeengine.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

template<typename T>
bool wait(const QFuture<T> &future)
{
    return QTest::qWaitFor([&] { return future.isFinished(); }, 10000);
}

} // namespace

/// DraftService::render(), the way of the command line.
class TestDraftRender : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void render_givesAWholeDraft();
    void renderTwice_asksOnce();
    void manyAtOnce_eachGetsItsOwn();
    void render_leavesTheLiveDraftAlone();
    void stepsOutOfRange_areAnError_data();
    void stepsOutOfRange_areAnError();
    void errorInTheTemplate_isTold();
    void failedSubject_failsTheDraft();
    void stop_cancels();
    void stopBefore_cancelsAtOnce();
    void autoWithUnsureWords_takesClipArt();
    void destruction_finishesTheFuture();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<DraftService> m_service;
    Template m_template;
    DraftOptions m_options;

    QFuture<Result<Draft>> render(const QString &words = {}, std::stop_token stop = {})
    {
        Row row;
        if (!words.isEmpty())
            row.values.insert(QStringLiteral("subject"), words);
        return m_service->render(m_template, row, m_folder->path(), m_options, stop);
    }
};

void TestDraftRender::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_service.reset();
    m_engine = std::make_unique<FakeEngine>();
    m_service = std::make_unique<DraftService>(m_engine.get(), writeSamplePack(m_folder->path()));
    m_template = sampleTemplate();
    m_options = {};
    m_options.source = SubjectSource::Generated;
}

void TestDraftRender::render_givesAWholeDraft()
{
    const auto future = render();
    QVERIFY(wait(future));
    const auto draft = future.result();
    QVERIFY(draft);
    QCOMPARE(draft->subjects.size(), 2);
    QCOMPARE(draft->pictures.size(), 2);
    QVERIFY(draft->problems.isEmpty());
    QCOMPARE(draft->pictures.value(QStringLiteral("hero")), FakeEngine::picture(m_engine->renders[0]));
    QVERIFY(draft->milliseconds > 0);
    for (const EngineRequest &request : m_engine->renders)
        QCOMPARE(request.previewEvery, 0);
}

void TestDraftRender::renderTwice_asksOnce()
{
    const auto first = render();
    QVERIFY(wait(first));
    const auto second = render();
    QVERIFY(wait(second));
    QCOMPARE(m_service->engineRequests(), 2);
    QVERIFY(second.result()->subjects[0].fromCache);
    QCOMPARE(first.result()->pictures.value(QStringLiteral("hero")), second.result()->pictures.value(QStringLiteral("hero")));
}

void TestDraftRender::manyAtOnce_eachGetsItsOwn()
{
    QList<QFuture<Result<Draft>>> futures;
    for (int i = 0; i < 5; ++i)
        futures.append(render(QStringLiteral("thing %1").arg(i)));
    for (int i = 0; i < 5; ++i) {
        QVERIFY(wait(futures[i]) && futures[i].result());
        QCOMPARE(futures[i].result()->subjects[0].words, QStringLiteral("thing %1").arg(i));
    }
}

void TestDraftRender::render_leavesTheLiveDraftAlone()
{
    m_service->setInput(m_template, {}, m_folder->path(), m_options);
    QVERIFY(QTest::qWaitFor([&] { return m_service->state() == DraftService::State::Current; }, 10000));
    const QImage before = m_service->draft().pictures.value(QStringLiteral("hero"));
    const auto future = render(QStringLiteral("sailing boat"));
    QVERIFY(wait(future) && future.result());
    QCOMPARE(m_service->draft().pictures.value(QStringLiteral("hero")), before);
    QCOMPARE(m_service->state(), DraftService::State::Current);
}

void TestDraftRender::stepsOutOfRange_areAnError_data()
{
    QTest::addColumn<int>("steps");
    QTest::newRow("none") << 0;
    QTest::newRow("negative") << -1;
    QTest::newRow("one too many") << 5;
}

void TestDraftRender::stepsOutOfRange_areAnError()
{
    QFETCH(int, steps);
    m_options.steps = steps;
    const auto future = render();
    QVERIFY(wait(future));
    QVERIFY(!future.result());
    QCOMPARE(future.result().error().code, ErrorCode::InvalidInput);
    QVERIFY(future.result().error().message.contains(QStringLiteral("1 to 4")));
    QCOMPARE(m_service->engineRequests(), 0);
    m_options.source = SubjectSource::Auto;
    const auto automatic = render();
    QVERIFY(wait(automatic) && !automatic.result());
}

void TestDraftRender::errorInTheTemplate_isTold()
{
    m_template.tokens[2].text = QStringLiteral("{nobody}");
    const auto future = render();
    QVERIFY(future.isFinished());
    QVERIFY(future.result().error().message.contains(QStringLiteral("nobody")));
}

void TestDraftRender::failedSubject_failsTheDraft()
{
    m_engine->renderError = Error{ErrorCode::WorkerFailed, QStringLiteral("The worker fell over."), {}};
    const auto future = render();
    QVERIFY(wait(future));
    QCOMPARE(future.result().error().message, QStringLiteral("The worker fell over."));
}

void TestDraftRender::stop_cancels()
{
    m_engine->answersAtOnce = false;
    std::stop_source stop;
    const auto future = render({}, stop.get_token());
    QVERIFY(QTest::qWaitFor([&] { return m_engine->open() == 1; }, 10000));
    stop.request_stop();
    QVERIFY(wait(future));
    QCOMPARE(future.result().error().code, ErrorCode::Cancelled);
    QCOMPARE(m_engine->cancelled, 1);
}

void TestDraftRender::stopBefore_cancelsAtOnce()
{
    std::stop_source stop;
    stop.request_stop();
    const auto future = render({}, stop.get_token());
    QVERIFY(future.isFinished());
    QCOMPARE(future.result().error().code, ErrorCode::Cancelled);
    QCOMPARE(m_service->engineRequests(), 0);
}

void TestDraftRender::autoWithUnsureWords_takesClipArt()
{
    m_options.source = SubjectSource::Auto;
    const auto future = render(QStringLiteral("unsure thing"));
    QVERIFY(wait(future) && future.result());
    QCOMPARE(future.result()->subjects[0].took, SubjectSource::ClipArt);
    QVERIFY(!future.result()->subjects[0].reason.isEmpty());
}

void TestDraftRender::destruction_finishesTheFuture()
{
    m_engine->answersAtOnce = false;
    const auto future = render();
    m_service.reset();
    QVERIFY(future.isFinished());
    QCOMPARE(future.result().error().code, ErrorCode::Cancelled);
}

QTEST_MAIN(TestDraftRender)
#include "tst_draftrender.moc"
