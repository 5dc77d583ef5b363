#include "core/service/draftservice.h"
#include "core/template/templatefile.h"
#include "tests/support/fakeengine.h"
#include "ui/preview/drafttext.h"
#include "ui/preview/statechip.h"

#include <QRegularExpression>
#include <QTest>
#include <QToolButton>

using namespace Galley;

class TestStateChip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void states_areSaidInWords_andDifferByShape();
    void time_isReadable_data();
    void time_isReadable();
    void stale_saysTheSentence();
    void largeModel_saysHowFarItIsAndCanBeStopped();
    void shortDrawing_hasNoFigures();
};

namespace {

Template sample(const QString &show)
{
    Template value = newTemplate(QStringLiteral("Sample"), {800, 1000});
    Token hero;
    hero.id = QStringLiteral("hero");
    hero.role = Role::Subject;
    hero.box = {0.1, 0.2, 0.8, 0.6};
    hero.show = show;
    value.tokens = {hero};
    return value;
}

/// The left end of the chip, where the shape is, in black and white: what is left without colour.
QImage shapeOf(StateChip &chip)
{
    chip.resize(chip.sizeHint());
    return chip.grab(QRect(0, 0, 24, 24)).toImage().convertToFormat(QImage::Format_Mono);
}

} // namespace

void TestStateChip::states_areSaidInWords_andDifferByShape()
{
    FakeEngine engine;
    engine.answersAtOnce = false;
    DraftService draft(&engine, nullptr);
    StateChip chip(&draft);
    draft.setInput(sample(QStringLiteral("a red apple")), {}, {}, {});
    QTRY_VERIFY(engine.open() == 1);
    QCOMPARE(draft.state(), DraftService::State::Rendering);
    QVERIFY(chip.text().startsWith(QStringLiteral("rendering")));
    const QImage rendering = shapeOf(chip);
    engine.answerOne();
    QTRY_COMPARE(draft.state(), DraftService::State::Current);
    QVERIFY2(chip.text().startsWith(QStringLiteral("current · galley-draft · 2 steps")), qPrintable(chip.text()));
    QVERIFY(chip.text().contains(QStringLiteral(" ms")) && chip.text().endsWith(QStringLiteral("CPU")));
    QVERIFY(chip.accessibleName().contains(QStringLiteral("current")));
    const QImage current = shapeOf(chip);
    draft.setInput(sample(QStringLiteral("{nobody}")), {}, {}, {});
    QCOMPARE(draft.state(), DraftService::State::Stale);
    const QImage stale = shapeOf(chip);
    QVERIFY(stale != current && stale != rendering && current != rendering);
}

void TestStateChip::time_isReadable_data()
{
    QTest::addColumn<double>("milliseconds");
    QTest::addColumn<QString>("said");
    QTest::newRow("hardly any") << 0.2 << "1 ms";
    QTest::newRow("a layer") << 117.6 << "118 ms";
    QTest::newRow("just below a second") << 999.4 << "999 ms";
    QTest::newRow("a second") << 999.6 << "1.0 s";
    QTest::newRow("more") << 1240.0 << "1.2 s";
    QTest::newRow("a large model") << 11'179.0 << "11 s";
    QTest::newRow("minutes") << 200'000.0 << "3 min";
}

void TestStateChip::time_isReadable()
{
    QFETCH(double, milliseconds);
    QFETCH(QString, said);
    Draft draft;
    draft.milliseconds = milliseconds;
    QCOMPARE(madeBy(draft), said);
}

void TestStateChip::stale_saysTheSentence()
{
    FakeEngine engine;
    DraftService draft(&engine, nullptr);
    StateChip chip(&draft);
    draft.setInput(sample(QStringLiteral("{nobody}")), {}, {}, {});
    QVERIFY(!draft.problem().isEmpty());
    QVERIFY(chip.text().startsWith(QStringLiteral("stale")));
    QVERIFY(chip.toolTip().contains(draft.problem()));
    QVERIFY(chip.accessibleName().contains(draft.problem()));
}

void TestStateChip::largeModel_saysHowFarItIsAndCanBeStopped()
{
    FakeEngine engine;
    engine.answersAtOnce = false;
    DraftService draft(&engine, nullptr);
    StateChip chip(&draft);
    auto *stop = chip.findChild<QToolButton *>(QStringLiteral("stopDraft"));
    DraftOptions options;
    options.source = SubjectSource::Generated;
    draft.setInput(sample(QStringLiteral("a red apple")), {}, {}, options);
    QTRY_COMPARE(engine.open(), 1);
    engine.loadOne(1'000'000'000, 4'000'000'000);
    QCoreApplication::processEvents();
    QCOMPARE(chip.text(), QStringLiteral("rendering"));
    QVERIFY(stop->isHidden());
    // It takes its time.
    QTRY_VERIFY(!stop->isHidden());
    QVERIFY2(chip.text().startsWith(QStringLiteral("rendering · loading the model, 1.0 GB of 4.0 GB")), qPrintable(chip.text()));
    QTRY_VERIFY2(chip.text().contains(QRegularExpression(QStringLiteral(" · [0-9.]+ s left$"))), qPrintable(chip.text()));
    const int width = chip.sizeHint().width();
    engine.loadOne(4'000'000'000, 4'000'000'000);
    QTRY_COMPARE(chip.text(), QStringLiteral("rendering · loading the model, 4.0 GB of 4.0 GB"));
    QCOMPARE(chip.sizeHint().width(), width);  // it stands still
    engine.previewOne(1);
    QTRY_VERIFY2(chip.text().startsWith(QStringLiteral("rendering · step 1 of 2")), qPrintable(chip.text()));
    QVERIFY(!stop->accessibleName().isEmpty());
    stop->click();
    QTRY_COMPARE(draft.state(), DraftService::State::Stale);
    QCOMPARE(engine.open(), 0);
    QCOMPARE(engine.cancelled, 1);
    QVERIFY2(chip.text().contains(QStringLiteral("stopped")), qPrintable(chip.text()));
    QVERIFY(stop->isHidden());
    // Not by itself, but when a person wants it.
    QTest::qWait(50);
    QCOMPARE(engine.renders.size(), 1);
    draft.retry();
    QTRY_COMPARE(engine.open(), 1);
    QCOMPARE(draft.state(), DraftService::State::Rendering);
    QCOMPARE(chip.text(), QStringLiteral("rendering"));  // nothing of before
    engine.answerOne();
    QTRY_COMPARE(draft.state(), DraftService::State::Current);
}

void TestStateChip::shortDrawing_hasNoFigures()
{
    FakeEngine engine;
    engine.answersAtOnce = false;
    DraftService draft(&engine, nullptr);
    StateChip chip(&draft);
    draft.setInput(sample(QStringLiteral("a red apple")), {}, {}, {});
    QTRY_COMPARE(engine.open(), 1);
    engine.previewOne(1);
    QTRY_COMPARE(chip.text(), QStringLiteral("rendering · step 1 of 2"));
    engine.answerOne();
    QTRY_COMPARE(draft.state(), DraftService::State::Current);
}

QTEST_MAIN(TestStateChip)
#include "tst_statechip.moc"
