#include "core/service/draftservice.h"
#include "core/template/templatefile.h"
#include "tests/support/fakeengine.h"
#include "ui/preview/statechip.h"

#include <QTest>

using namespace Galley;

class TestStateChip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void states_areSaidInWords_andDifferByShape();
    void stale_saysTheSentence();
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

QTEST_MAIN(TestStateChip)
#include "tst_statechip.moc"
