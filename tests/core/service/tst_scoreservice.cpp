#include "core/composition/scene.h"
#include "core/imaging/picturemetadata.h"
#include "core/service/library.h"
#include "core/service/reviewlayout.h"
#include "core/service/scoreservice.h"
#include "core/template/templatefile.h"
#include "testpaths.h"
#include "tests/core/store/samplejob.h"

#include <QFile>
#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

#include <algorithm>
#include <cmath>

using namespace Galley;

/// Scores of pictures in a real library: taken in the background, kept, and what canaries are judged by.
class TestScoreService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(!loadBundledFonts(QStringLiteral(GALLEY_SOURCE_DIR "/resources")).isEmpty()); }
    void init();
    void cleanup() { m_store.reset(); }
    void layout_isThatOfTheVariant();
    void layout_knowsWhatIsSet();
    void measured_isKept();
    void measuredInOneLanguage_isReadInAnother();
    void sameBytes_areMeasuredOnce();
    void asked_twice_isMeasuredOnce();
    void damaged_isAnError();
    void unknownPicture_isAnError();
    void closing_dropsWhatHasNotBegun();
    void lookedAt_isMeasured();

private:
    JobRecord accept(const QColor &color, int row = 3);
    QImage picture(const QColor &color) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
};

void TestScoreService::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Store>(m_folder->path());
}

QImage TestScoreService::picture(const QColor &color) const
{
    QImage image(832, 1040, QImage::Format_RGB32);
    image.fill(QColor(0xF4, 0xEF, 0xE7));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QRectF(200, 330, 430, 380));
    return image;
}

JobRecord TestScoreService::accept(const QColor &color, int row)
{
    JobRecord job = newJob();
    job.request.row.number = row;
    job.decision.rule = QStringLiteral("posters");
    NewAsset asset;
    asset.file = *encodePicture(picture(color), PictureFormat::Png);
    asset.record.mediaType = "image/png";
    asset.record.size = {832, 1040};
    asset.record.routedModel = job.decision.model;
    asset.record.provenance["template"]["digest"] = "t";
    asset.record.provenance["row"]["digest"] = std::to_string(row);
    job.id = wait(m_store->addJob(job, {}, Budget{}))->id;
    JobAttempt attempt;
    attempt.model = job.decision.model;
    attempt.outcome = QStringLiteral("done");
    job.attempts = {attempt};
    return wait(m_store->acceptJob(job, {asset}, Charge::settle(0.05, Charge::Basis::Price))).value();
}

void TestScoreService::layout_isThatOfTheVariant()
{
    const JobRecord job = newJob();
    const ReviewLayout layout = reviewLayout(*resolve(job.request.source, job.request.row, {}));
    QCOMPARE(layout.canvas, QSize(1080, 1350));
    QCOMPARE(layout.subjects.size(), 1);
    QCOMPARE(layout.subjects.first().id, QStringLiteral("hero"));
    QCOMPARE(layout.texts.size(), 1);
    const ReviewText &title = layout.texts.first();
    QVERIFY(title.isSet && title.isBold && title.color.isValid() && title.pixelSize > 20);
    QCOMPARE(title.text, job.request.row.values.value(QStringLiteral("headline")));
    QVERIFY(std::abs(title.box.y - 0.06) < 0.01);
    QVERIFY(title.typeset.width() > 800 && title.typeset.pixel(0, 0) == 0xFFFFFFFF);
    QImage other = title.typeset;
    other.fill(Qt::white);
    QVERIFY(title.typeset != other);  // something is set on it
    const ReviewPictures pictures = reviewPictures(picture(Qt::red), *resolve(job.request.source, job.request.row, {}));
    QCOMPARE(pictures.raw.size(), QSize(832, 1040));
    QCOMPARE(pictures.ground.size(), layout.canvas);
    QVERIFY(pictures.composed != pictures.ground);
}

/// A button is Galley's own from edge to edge, letters without a ground only where they are; a veil that lets the picture through hides nothing.
void TestScoreService::layout_knowsWhatIsSet()
{
    const QByteArray text = R"({"galley": 1, "id": "t-2", "name": "Fair", "canvas": {"width": 1000, "height": 1000}, "style": {"summary": "A fair"}, "tokens": [
        {"id": "hero", "role": "subject", "box": [0.1, 0.3, 0.8, 0.4], "show": "a tent"},
        {"id": "veil", "role": "panel", "box": [0, 0, 1, 0.25], "fill": "#00000040"},
        {"id": "title", "role": "headline", "box": [0.1, 0.05, 0.8, 0.15], "text": "Fair"},
        {"id": "cta", "role": "cta", "box": [0.3, 0.8, 0.4, 0.1], "text": "See you there", "fill": "#1B4F8A", "color": "#FFFFFF"}]})";
    const Template fair = parseTemplate(text, QStringLiteral("fair.galley")).value().value;
    const auto variant = resolve(fair, {}, {});
    QVERIFY(variant);
    const QImage covered = reviewLayout(*variant).covered;
    QCOMPARE(covered.format(), QImage::Format_Alpha8);
    const auto shareOf = [&covered](const Box &box) {
        const QRect area = box.toRect(covered.size()).toAlignedRect();
        int hidden = 0;
        for (int y = area.top(); y <= area.bottom(); ++y) {
            for (int x = area.left(); x <= area.right(); ++x)
                hidden += covered.constScanLine(y)[x] >= 128;
        }
        return double(hidden) / (area.width() * area.height());
    };
    QVERIFY(shareOf({0.32, 0.82, 0.36, 0.06}) > 0.99);
    QCOMPARE(shareOf({0.1, 0.3, 0.8, 0.4}), 0.0);
    const double letters = shareOf({0.1, 0.05, 0.8, 0.15});
    QVERIFY2(letters > 0.01 && letters < 0.6, qPrintable(QString::number(letters)));
}

void TestScoreService::measured_isKept()
{
    ScoreService service(m_store.get());
    QSignalSpy scored(&service, &ScoreService::scored);
    const JobRecord job = accept(QColor(0xC0, 0x39, 0x2B));
    const auto scores = wait(service.measure(job.assets.first()));
    QVERIFY(scores);
    QCOMPARE(scores->size(), allScores().size());
    double sum = 0;
    int values = 0;
    for (const Score &score : *scores) {
        sum += score.value.value_or(0);
        values += score.value.has_value();
        QVERIFY(score.value || !score.sentence().isEmpty());
    }
    QVERIFY(values >= 3);
    QTRY_COMPARE(scored.count(), 1);
    QCOMPARE(scored.first().first().toLongLong(), job.assets.first());
    const auto attempts = wait(m_store->attemptsOf(QStringLiteral("posters"), 0));
    QVERIFY(attempts && attempts->size() == 1);
    QVERIFY(std::abs(attempts->first().quality.value_or(-1) - sum / values) < 1e-9);  // what a canary is judged by
}

namespace {

/// Another language: every text behind a word of its own.
class OtherLanguage : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *source, const char *, int) const override { return QStringLiteral("anders: ") + QString::fromUtf8(source); }
};

} // namespace

/// The library belongs to no language: what was measured in one is read in that of the window.
void TestScoreService::measuredInOneLanguage_isReadInAnother()
{
    const JobRecord job = accept(QColor(0xC0, 0x39, 0x2B));
    OtherLanguage other;
    QVERIFY(QCoreApplication::installTranslator(&other));
    const auto scores = measurePicture(m_store.get(), job.assets.first());
    QVERIFY(scores);
    const auto stored = wait(m_store->scores(job.assets.first()));
    QVERIFY(stored && stored->size() >= 3);
    QStringList foreign;
    for (const PictureScore &score : *stored)
        foreign << storedSentence(score);
    QVERIFY(QCoreApplication::removeTranslator(&other));
    for (int i = 0; i < stored->size(); ++i) {
        const PictureScore &score = stored->at(i);
        QVERIFY2(!dumpJson(score.detail).contains("anders"), dumpJson(score.detail).constData());
        const QString sentence = storedSentence(score);
        QVERIFY2(sentence.endsWith(u'.') && !sentence.contains(QStringLiteral("anders")), qPrintable(sentence));
        QVERIFY2(foreign.at(i).startsWith(QStringLiteral("anders: ")), qPrintable(foreign.at(i)));
        QCOMPARE(QString(foreign.at(i)).remove(QStringLiteral("anders: ")), sentence);
    }
}

void TestScoreService::sameBytes_areMeasuredOnce()
{
    ScoreService service(m_store.get());
    const JobRecord first = accept(Qt::red);
    const JobRecord again = accept(Qt::red);
    const JobRecord otherRow = accept(Qt::red, 4);
    const auto a = wait(service.measure(first.assets.first()));
    const auto b = wait(service.measure(again.assets.first()));
    QVERIFY(a && b);
    QCOMPARE(*a, *b);
    QCOMPARE(service.measured(), 1);
    QVERIFY(wait(service.measure(otherRow.assets.first())));  // the same bytes for another layout
    QCOMPARE(service.measured(), 2);
    const auto attempts = wait(m_store->attemptsOf(QStringLiteral("posters"), 0));
    for (const AttemptRow &attempt : *attempts)
        QVERIFY(attempt.quality.has_value());
}

void TestScoreService::asked_twice_isMeasuredOnce()
{
    ScoreService service(m_store.get());
    const JobRecord job = accept(Qt::blue);
    const auto first = service.measure(job.assets.first());
    const auto second = service.measure(job.assets.first());
    service.measureJob(job).waitForFinished();
    QVERIFY(first.isFinished() && second.isFinished());
    QCOMPARE(service.measured(), 1);
}

void TestScoreService::damaged_isAnError()
{
    const JobRecord job = accept(Qt::green);
    const QString file = m_store->originalFile(*wait(m_store->asset(job.assets.first())));
    QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
    QFile original(file);
    QVERIFY(openToAlter(original, QIODevice::ReadWrite));
    original.seek(original.size() / 2);
    original.write("xxxx");
    original.close();
    ScoreService service(m_store.get());
    const auto scores = wait(service.measure(job.assets.first()));
    QVERIFY(!scores && !scores.error().message.isEmpty());
    QVERIFY(!wait(m_store->attemptsOf(QStringLiteral("posters"), 0))->first().quality);
}

void TestScoreService::unknownPicture_isAnError()
{
    ScoreService service(m_store.get());
    const auto scores = wait(service.measure(4711));
    QVERIFY(!scores);
    QCOMPARE(scores.error().code, ErrorCode::NotFound);
}

void TestScoreService::closing_dropsWhatHasNotBegun()
{
    QList<QFuture<Result<QList<Score>>>> futures;
    QList<JobRecord> jobs;
    for (int row = 10; row < 20; ++row)
        jobs.append(accept(Qt::red, row));
    {
        ScoreService service(m_store.get());
        for (const JobRecord &job : jobs)
            futures.append(service.measure(job.assets.first()));
    }
    const auto cancelled = std::count_if(futures.cbegin(), futures.cend(), [](const QFuture<Result<QList<Score>>> &future) {
        return future.isFinished() && !future.result() && future.result().error().code == ErrorCode::Cancelled;
    });
    QVERIFY(cancelled >= 8);  // the rest was under way or done
}

/// What a command made has no scores until somebody looks at it in a window; then the window hears of them.
void TestScoreService::lookedAt_isMeasured()
{
    const qint64 picture = accept(Qt::red).assets.constFirst();
    Library library(m_store.get(), false);
    ScoreService scores(m_store.get());
    connect(&library, &Library::unscored, &scores, &ScoreService::measure);
    QSignalSpy changed(&library, &LibraryService::changed);
    QVERIFY(wait(library.scores(picture))->isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(scores.measured(), 1, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(!wait(library.scores(picture))->isEmpty(), 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), 60'000);
    QCOMPARE(scores.measured(), 1);
}

QTEST_MAIN(TestScoreService)
#include "tst_scoreservice.moc"
