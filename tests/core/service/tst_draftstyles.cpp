#include "core/composition/cutoutstyle.h"
#include "core/service/draftservice.h"
#include "core/service/subjectplanner.h"
#include "tests/core/service/samplepack.h"
#include "tests/support/fakeengine.h"

#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;
using State = DraftService::State;

/// Style words from a template to the composed draft: composition acts on them, whatever the subject comes from.
class TestDraftStyles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyStyle_isReadFromWords_data();
    void everyStyle_isReadFromWords();
    void sourcesShowTheStyle_data();
    void sourcesShowTheStyle();
    void otherStyle_asksForNothing_data() { sources(); }
    void otherStyle_asksForNothing();
    void drawnSoAlready_staysAsItIs();
    void largeModel_readsItInItsWords();
    void ownImage_staysAsItIs();

private:
    static void sources();
    QImage drafted(const QString &show, const DraftOptions &options);
    QString styleWord(const char *token) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<DraftService> m_service;
    Template m_template;
};

void TestDraftStyles::init()
{
    m_service.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<FakeEngine>();
    m_service = std::make_unique<DraftService>(m_engine.get(), writeSamplePack(m_folder->filePath(QStringLiteral("pack"))));
    m_template = sampleTemplate();
}

void TestDraftStyles::sources()
{
    QTest::addColumn<int>("source");
    QTest::newRow("generated") << int(SubjectSource::Generated);
    QTest::newRow("clip art") << int(SubjectSource::ClipArt);
    QTest::newRow("auto") << int(SubjectSource::Auto);
}

/// The whole draft when "hero" shows \a show.
QImage TestDraftStyles::drafted(const QString &show, const DraftOptions &options)
{
    m_template.tokens[0].show = show;
    m_service->setInput(m_template, {}, m_folder->path(), options);
    const bool isDone = QTest::qWaitFor([this] { return m_service->state() != State::Rendering; }, 10000);
    const Draft &draft = m_service->draft();
    return isDone ? ScenePainter().compose(draft.scene, draft.pictures, draft.scene.canvas) : QImage();
}

QString TestDraftStyles::styleWord(const char *token) const
{
    for (const SceneItem &item : m_service->draft().scene.items) {
        if (item.kind == SceneItem::Kind::Subject && item.tokenId == QLatin1String(token))
            return item.styleWord;
    }
    return QStringLiteral("no such subject");
}

void TestDraftStyles::everyStyle_isReadFromWords_data()
{
    QTest::addColumn<QString>("style");
    for (const QString &style : StyledCutout::styles())
        QTest::newRow(qPrintable(style)) << style;
}

/// The words that the compiler knows are those that composition draws.
void TestDraftStyles::everyStyle_isReadFromWords()
{
    QFETCH(QString, style);
    DraftOptions options;
    options.source = SubjectSource::Generated;
    QVERIFY(!drafted(QStringLiteral("red apple, ") + style, options).isNull());
    QCOMPARE(styleWord("hero"), style);
    QCOMPARE(styleWord("side"), QString());
    QCOMPARE(m_engine->renders.constFirst().prompt, QStringLiteral("red apple"));
    QCOMPARE(m_engine->renders.constFirst().style, QString());
}

void TestDraftStyles::sourcesShowTheStyle_data()
{
    QTest::addColumn<int>("source");
    QTest::addColumn<QString>("style");
    for (const SubjectSource source : {SubjectSource::Generated, SubjectSource::ClipArt}) {
        for (const char *style : {"silhouette", "neon", "sticker", "outline", "paper cut", "halftone"})
            QTest::addRow("%s, %s", qPrintable(subjectSourceName(source)), style) << int(source) << QString::fromLatin1(style);
    }
}

void TestDraftStyles::sourcesShowTheStyle()
{
    QFETCH(int, source);
    QFETCH(QString, style);
    DraftOptions options;
    options.source = SubjectSource(source);
    const QImage plain = drafted(QStringLiteral("red apple"), options);
    const QImage drawn = drafted(QStringLiteral("red apple, ") + style, options);
    const QRect box = m_template.tokens[0].box.toRect(m_template.canvas.size).toAlignedRect();
    QVERIFY(plain.copy(box) != drawn.copy(box));
    QImage outside[2] = {plain, drawn};
    for (QImage &picture : outside) {
        QPainter painter(&picture);
        painter.fillRect(box, Qt::black);
    }
    QVERIFY(outside[0] == outside[1]); // not a pixel beyond the box
    QCOMPARE(drafted(QStringLiteral("red apple"), options), plain);
}

void TestDraftStyles::otherStyle_asksForNothing()
{
    QFETCH(int, source);
    DraftOptions options;
    options.source = SubjectSource(source);
    QVERIFY(!drafted(QStringLiteral("red apple"), options).isNull());
    const int before = m_service->engineRequests();
    const QString digest = m_service->draft().subjects.constFirst().digest;
    QSignalSpy subjects(m_service.get(), &DraftService::subjectChanged);
    for (const QString &style : StyledCutout::styles()) {
        m_template.tokens[0].show = QStringLiteral("red apple, ") + style;
        m_service->setInput(m_template, {}, m_folder->path(), options);
        QCOMPARE(m_service->state(), State::Current);
        QCOMPARE(m_service->draft().subjects.constFirst().digest, digest);
    }
    QTest::qWait(20);
    QCOMPARE(m_service->engineRequests(), before);
    QCOMPARE(subjects.count(), 0);
}

/// The sample pack's drawings are flat.
void TestDraftStyles::drawnSoAlready_staysAsItIs()
{
    DraftOptions options;
    options.source = SubjectSource::ClipArt;
    const QImage plain = drafted(QStringLiteral("red apple"), options);
    QCOMPARE(drafted(QStringLiteral("red apple, flat"), options), plain);
    QCOMPARE(styleWord("hero"), QString());
    drafted(QStringLiteral("red apple, neon"), options);
    QCOMPARE(styleWord("hero"), QStringLiteral("neon"));
    options.source = SubjectSource::Generated;
    drafted(QStringLiteral("red apple, flat"), options);
    QCOMPARE(styleWord("hero"), QStringLiteral("flat"));
}

void TestDraftStyles::largeModel_readsItInItsWords()
{
    ModelCapabilities large = m_engine->offered.models.constFirst();
    large.model = QStringLiteral("sd-turbo");
    m_engine->offered.models.append(large);
    DraftOptions options;
    options.source = SubjectSource::Generated;
    options.model = large.model;
    const QImage neon = drafted(QStringLiteral("red apple, neon"), options);
    QCOMPARE(m_engine->renders.constFirst().prompt, QStringLiteral("red apple, neon"));
    // Its picture is a picture: composition leaves it alone.
    Draft draft = m_service->draft();
    for (SceneItem &item : draft.scene.items)
        item.styleWord.clear();
    QCOMPARE(ScenePainter().compose(draft.scene, draft.pictures, draft.scene.canvas), neon);
}

void TestDraftStyles::ownImage_staysAsItIs()
{
    QImage own(30, 20, QImage::Format_ARGB32);
    own.fill(QColor(10, 20, 30, 120));
    QVERIFY(own.save(m_folder->filePath(QStringLiteral("own.png"))));
    m_template.tokens[0].image = QStringLiteral("own.png");
    const QImage plain = drafted(QStringLiteral("red apple"), {});
    QCOMPARE(drafted(QStringLiteral("red apple, silhouette"), {}), plain);
}

QTEST_MAIN(TestDraftStyles)
#include "tst_draftstyles.moc"
