#include "core/settings/settings.h"
#include "tests/support/fakefinalservice.h"
#include "ui/settings/backendpage.h"
#include "ui/settings/networkpage.h"
#include "ui/settings/servicesdialog.h"
#include "ui/settings/weightsources.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/noticeline.h"
#include "ui/widgets/numberfield.h"
#include "ui/widgets/themeswitch.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Galley;

namespace {

struct Fixture
{
    Fixture()
        : settings(home.filePath(QStringLiteral("galley.conf")))
        , dialog(&finals, &settings, home.filePath(QStringLiteral("models.yaml")), nullptr)
    {
        dialog.show();
    }

    QLineEdit *key() const
    {
        for (QLineEdit *field : dialog.findChildren<QLineEdit *>()) {
            if (field->accessibleName() == QLatin1String("Key"))
                return field;
        }
        return nullptr;
    }

    QPushButton *button(const char *text) const
    {
        for (QPushButton *each : dialog.findChildren<QPushButton *>()) {
            if (each->text() == QLatin1String(text))
                return each;
        }
        return nullptr;
    }

    QStringList notices() const
    {
        QStringList texts;
        for (const NoticeLine *line : dialog.findChildren<NoticeLine *>()) {
            if (line->isVisible())
                texts << line->text();
        }
        return texts;
    }

    bool says(const char *words) const { return notices().join(u'\n').contains(QString::fromUtf8(words)); }

    QTemporaryDir home;
    Settings settings;
    FakeFinalService finals;
    ServicesDialog dialog;
};

} // namespace

class TestServicesDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        applyStyle();
        QLocale::setDefault(QLocale(QStringLiteral("en_US")));
    }
    void marks_haveAWordAndAShapeEach();
    void list_tellsEveryState();
    void key_isStoredAndForgottenByTheField();
    void key_isHiddenUnlessShown();
    void key_ofTheEnvironment_isReadOnly();
    void keychainTrouble_isSaid();
    void removedKey_isMissing();
    void absentKey_isAskedForAgain_data();
    void absentKey_isAskedForAgain();
    void emptyKeyName_isTheBackends();
    void test_showsProgressAndItsSentence();
    void failedTest_isSaid();
    void models_showPriceAndRetirement();
    void priceWords_sayWhatItCosts();
    void proxy_isCheckedBeforeItIsStored_data();
    void proxy_isCheckedBeforeItIsStored();
    void networkAndBudget_areStored();
    void models_listFindingsAndReload();
    void weightSources_haveADecoderForEachKindOfLatents();
    void places_areReached();
    void escape_closes();
    void everyControl_hasAName();
};

void TestServicesDialog::marks_haveAWordAndAShapeEach()
{
    FakeFinalService finals;
    BackendStatus ready = finals.states.first();
    ready.lastTest = QStringLiteral("It answers.");
    ready.lastTestOk = true;
    BackendStatus failed = ready;
    failed.lastTestOk = false;
    BackendStatus locked = ready;
    locked.key = BackendStatus::Key::Unreadable;
    QSet<QString> words;
    QSet<QString> shapes;
    for (const BackendStatus &status : {ready, failed, locked, finals.states.at(0), finals.states.at(1)}) {
        words.insert(backendMark(status).word);
        shapes.insert(backendMark(status).icon);
        QVERIFY(iconNames().contains(backendMark(status).icon));
    }
    QCOMPARE(words.size(), 5);
    QCOMPARE(shapes.size(), 5);
}

void TestServicesDialog::list_tellsEveryState()
{
    Fixture fixture;
    QCOMPARE(fixture.dialog.list()->count(), 6);
    QCOMPARE(fixture.dialog.list()->item(0)->text(), QStringLiteral("ideogram – not tested"));
    QCOMPARE(fixture.dialog.list()->item(1)->text(), QStringLiteral("stability – key missing"));
}

void TestServicesDialog::key_isStoredAndForgottenByTheField()
{
    Fixture fixture;
    fixture.dialog.showPlace(QStringLiteral("stability"));
    QVERIFY(!fixture.button("Store")->isEnabled());
    QTest::keyClicks(fixture.key(), QStringLiteral(" canary "));
    fixture.button("Store")->click();
    QTRY_VERIFY(fixture.says("in the keychain"));
    QCOMPARE(fixture.finals.keyCalls.first(), QStringLiteral("set stability 6 bytes"));
    QVERIFY(fixture.key()->text().isEmpty());
    QCOMPARE(fixture.dialog.list()->item(1)->text(), QStringLiteral("stability – not tested"));
    for (const QLabel *label : fixture.dialog.findChildren<QLabel *>())
        QVERIFY(!label->text().contains(QStringLiteral("canary")));
}

void TestServicesDialog::key_isHiddenUnlessShown()
{
    Fixture fixture;
    fixture.dialog.showPlace(QStringLiteral("stability"));
    QCOMPARE(fixture.key()->echoMode(), QLineEdit::Password);
    QTest::keyClicks(fixture.key(), QStringLiteral("abc"));
    fixture.dialog.showPlace(QStringLiteral("ideogram"));
    QVERIFY(fixture.key()->text().isEmpty());  // never stored under another service's name
}

void TestServicesDialog::key_ofTheEnvironment_isReadOnly()
{
    Fixture fixture;
    fixture.dialog.showPlace(QStringLiteral("openai"));
    QVERIFY(!fixture.key()->isVisible());
    QVERIFY(fixture.says("GALLEY_KEY_OPENAI"));
    fixture.dialog.showPlace(QStringLiteral("studio"));
    QVERIFY(!fixture.key()->isVisible());
    QVERIFY(fixture.says("needs no key"));
}

void TestServicesDialog::keychainTrouble_isSaid()
{
    Fixture fixture;
    fixture.finals.keyError = Error{ErrorCode::Unavailable, QStringLiteral("The keychain is locked. Unlock it and store the key again.")};
    fixture.dialog.showPlace(QStringLiteral("stability"));
    QTest::keyClicks(fixture.key(), QStringLiteral("abc"));
    fixture.button("Store")->click();
    QTRY_VERIFY(fixture.says("locked"));
    QVERIFY(!QApplication::activeModalWidget());
}

void TestServicesDialog::removedKey_isMissing()
{
    Fixture fixture;
    fixture.dialog.showPlace(QStringLiteral("ideogram"));
    fixture.button("Remove")->click();
    QTRY_VERIFY(fixture.says("no longer"));
    QVERIFY(!fixture.button("Remove")->isEnabled());
    QVERIFY(!fixture.button("Test Connection")->isEnabled());
}

void TestServicesDialog::absentKey_isAskedForAgain_data()
{
    QTest::addColumn<BackendStatus::Key>("key");
    QTest::newRow("locked") << BackendStatus::Key::Missing;
    QTest::newRow("unreadable") << BackendStatus::Key::Unreadable;
}

void TestServicesDialog::absentKey_isAskedForAgain()
{
    QFETCH(BackendStatus::Key, key);
    Fixture fixture;
    fixture.finals.states[1].key = key;
    fixture.dialog.showPlace(QStringLiteral("ideogram"));
    QVERIFY(fixture.finals.keyAsks.isEmpty());  // it is there
    fixture.dialog.showPlace(QStringLiteral("stability"));
    QCOMPARE(fixture.finals.keyAsks, QStringList{QStringLiteral("stability")});
    QTRY_VERIFY(fixture.button("Ask Again")->isEnabled());
    const auto activate = [&] {
        QEvent event(QEvent::WindowActivate);
        QApplication::sendEvent(&fixture.dialog, &event);
    };
    activate();
    QCOMPARE(fixture.finals.keyAsks.size(), 1);  // the keychain's own window may just have been dismissed
    fixture.button("Ask Again")->click();
    QCOMPARE(fixture.finals.keyAsks.size(), 2);
    QTRY_VERIFY(fixture.says("still hands out no key"));
    fixture.dialog.findChild<BackendPage *>()->askAgainMs = -1;
    fixture.finals.unlockedKey = BackendStatus::Key::Stored;
    activate();
    QCOMPARE(fixture.finals.keyAsks.size(), 3);
    QTRY_VERIFY(fixture.button("Test Connection")->isEnabled());
    QVERIFY(!fixture.button("Ask Again"));
    QTRY_VERIFY(!fixture.says("still hands out no key"));
    activate();
    QCOMPARE(fixture.finals.keyAsks.size(), 3);
}

void TestServicesDialog::emptyKeyName_isTheBackends()
{
    Fixture fixture;
    fixture.finals.states[3].backend.key.clear();
    fixture.dialog.showPlace(QStringLiteral("openai"));
    QVERIFY(fixture.says("GALLEY_KEY_OPENAI"));
}

void TestServicesDialog::test_showsProgressAndItsSentence()
{
    Fixture fixture;
    fixture.finals.testAnswersAtOnce = false;
    fixture.dialog.showPlace(QStringLiteral("ideogram"));
    fixture.button("Test Connection")->click();
    QVERIFY(fixture.dialog.findChild<QProgressBar *>()->isVisible());
    QVERIFY(!fixture.button("Test Connection")->isEnabled());
    fixture.finals.finishTest();
    QTRY_VERIFY(fixture.says("answers and takes the key"));
    QVERIFY(!fixture.dialog.findChild<QProgressBar *>()->isVisible());
}

void TestServicesDialog::failedTest_isSaid()
{
    Fixture fixture;
    fixture.finals.testAnswer = fail(ErrorCode::ServiceFailed, QStringLiteral("Ideogram does not take the key (401)."));
    fixture.dialog.showPlace(QStringLiteral("ideogram"));
    fixture.button("Test Connection")->click();
    QTRY_VERIFY(fixture.says("does not take the key"));
}

void TestServicesDialog::models_showPriceAndRetirement()
{
    Fixture fixture;
    fixture.dialog.showPlace(QStringLiteral("openai"));
    QString all;
    for (const QLabel *label : fixture.dialog.findChildren<QLabel *>())
        all += label->text() + u'\n';
    QVERIFY(all.contains(QStringLiteral("dall-e-3-hd · retired: ")));
    fixture.dialog.showPlace(QStringLiteral("ideogram"));
    all.clear();
    for (const QLabel *label : fixture.dialog.findChildren<QLabel *>())
        all += label->text() + u'\n';
    QVERIFY(all.contains(QStringLiteral("ideogram-4 · $0.06 a picture")));
}

void TestServicesDialog::priceWords_sayWhatItCosts()
{
    ModelEntry model;
    BackendEntry backend;
    QCOMPARE(priceWords(model, backend), QStringLiteral("price not known"));
    model.price.saysFree = true;
    QCOMPARE(priceWords(model, backend), QStringLiteral("free"));
    model.price = {};
    backend.free = true;
    QCOMPARE(priceWords(model, backend), QStringLiteral("free"));
    backend.free = false;
    model.price.per = Price::Per::Table;
    model.price.table = {{QStringLiteral("1024x1024/low"), 0.011}, {QStringLiteral("1024x1024/high"), 0.167}};
    QCOMPARE(priceWords(model, backend), QStringLiteral("$0.011 to $0.167 a picture"));
    model.price = {};
    model.price.per = Price::Per::Megapixel;
    model.price.usd = 0.03;
    QCOMPARE(priceWords(model, backend), QStringLiteral("$0.03 a megapixel"));
}

void TestServicesDialog::proxy_isCheckedBeforeItIsStored_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("none") << "" << true;
    QTest::newRow("http") << "http://proxy.example:3128" << true;
    QTest::newRow("socks") << "socks5://127.0.0.1:1080" << true;
    QTest::newRow("no port") << "http://proxy.example" << false;
    QTest::newRow("no scheme") << "proxy.example:3128" << false;
    QTest::newRow("other scheme") << "ftp://proxy.example:21" << false;
    QTest::newRow("words") << "my proxy" << false;
}

void TestServicesDialog::proxy_isCheckedBeforeItIsStored()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    QCOMPARE(proxyProblem(text).isEmpty(), good);
}

void TestServicesDialog::networkAndBudget_areStored()
{
    Fixture fixture;
    QSignalSpy changed(&fixture.dialog, &ServicesDialog::networkChanged);
    fixture.dialog.showPlace(QStringLiteral("budget"));
    auto *budget = fixture.dialog.findChild<NumberField *>();
    budget->setFocus();
    budget->selectAll();
    QTest::keyClicks(budget, QStringLiteral("10+2.5"));
    QTest::keyClick(budget, Qt::Key_Return);
    QCOMPARE(fixture.settings.budgetPerDay.value(), 12.5);
    QVERIFY(fixture.dialog.isVisible());
    fixture.dialog.findChild<QCheckBox *>()->click();
    QVERIFY(fixture.settings.offline.value());
    QVERIFY(changed.count() >= 2);
}

void TestServicesDialog::models_listFindingsAndReload()
{
    Fixture fixture;
    Finding finding;
    finding.line = 4;
    finding.message = QStringLiteral("There is no backend nobody.");
    fixture.finals.models.findings << finding;
    fixture.dialog.showPlace(QStringLiteral("models"));
    fixture.button("Reload")->click();
    QCOMPARE(fixture.finals.reloads, 1);
    bool found = false;
    for (const QListWidget *list : fixture.dialog.findChildren<QListWidget *>()) {
        if (list != fixture.dialog.list())
            found |= list->count() == 1 && list->item(0)->text() == QStringLiteral("Line 4: There is no backend nobody.");
    }
    QVERIFY(found);
}

/// The latents of SDXL are others: TAESD would show them in wrong colours.
void TestServicesDialog::weightSources_haveADecoderForEachKindOfLatents()
{
    const QList<WeightSource> sources = weightSources();
    const auto addressOf = [&](const char *name) {
        const auto found = std::find_if(sources.cbegin(), sources.cend(), [&](const WeightSource &one) { return one.name == QLatin1String(name); });
        return found == sources.cend() ? QString() : found->address;
    };
    QCOMPARE(addressOf("TAESD"), QStringLiteral("https://huggingface.co/madebyollin/taesd"));
    QCOMPARE(addressOf("TAESDXL"), QStringLiteral("https://huggingface.co/madebyollin/taesdxl"));
    for (const WeightSource &one : sources)
        if (one.name.startsWith(QLatin1String("TAESD")))
            QVERIFY2(one.about.contains(u'“' + one.name.toLower() + u'”'), qPrintable(one.about));
}

void TestServicesDialog::places_areReached()
{
    Fixture fixture;
    for (const char *place : {"stability", "network", "models", "budget", "openai"}) {
        fixture.dialog.showPlace(QLatin1String(place));
        QVERIFY(fixture.dialog.list()->currentRow() >= 0);
    }
    QCOMPARE(fixture.dialog.list()->currentRow(), 3);
}

void TestServicesDialog::escape_closes()
{
    Fixture fixture;
    fixture.dialog.showPlace(QStringLiteral("stability"));
    QTest::keyClick(fixture.key(), Qt::Key_Escape);
    QVERIFY(!fixture.dialog.isVisible());
}

void TestServicesDialog::everyControl_hasAName()
{
    Fixture fixture;
    for (const QWidget *widget : fixture.dialog.findChildren<QWidget *>()) {
        const bool inner = widget->objectName().startsWith(QLatin1String("qt_")) || qobject_cast<QAbstractSpinBox *>(widget->parentWidget());
        if (!(widget->focusPolicy() & Qt::TabFocus) || inner)
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()), widget->metaObject()->className());
    }
}

QTEST_MAIN(TestServicesDialog)
#include "tst_servicesdialog.moc"
