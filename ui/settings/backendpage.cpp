#include "ui/settings/backendpage.h"

#include "core/base/async.h"
#include "core/settings/keystore.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/noticeline.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Galley {

namespace {

constexpr int longestKey = 4096;

QLabel *section(const QString &title, QWidget *parent)
{
    auto *label = new QLabel(title, parent);
    QFont font = Theme::bodyFont();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    label->setContentsMargins(0, Theme::space3, 0, 0);
    return label;
}

QPushButton *button(const QString &text, QWidget *parent)
{
    auto *made = new QPushButton(text, parent);
    made->setAutoDefault(false);
    return made;
}

} // namespace

QString priceWords(const ModelEntry &model, const BackendEntry &backend)
{
    const Cost cost = costOf(model, backend);
    if (cost != Cost::Priced)
        return cost == Cost::Free ? priceText(0) : unknownPriceText();
    const Price &price = model.price;
    switch (price.per) {
    case Price::Per::Image: return BackendPage::tr("%1 a picture").arg(moneyText(price.usd));
    case Price::Per::Megapixel: return BackendPage::tr("%1 a megapixel").arg(moneyText(price.usd));
    case Price::Per::Table: break;
    }
    const auto [low, high] = std::minmax_element(price.table.cbegin(), price.table.cend());
    if (*low == *high)
        return BackendPage::tr("%1 a picture").arg(moneyText(*low));
    return BackendPage::tr("%1 to %2 a picture").arg(moneyText(*low), moneyText(*high));
}

BackendMark backendMark(const BackendStatus &status)
{
    if (status.key == BackendStatus::Key::Unreadable)
        return {BackendPage::tr("key cannot be read"), QStringLiteral("lock"), int(ThemeColor::Danger)};
    if (status.key == BackendStatus::Key::Missing)
        return {BackendPage::tr("key missing"), QStringLiteral("vpn_key"), int(ThemeColor::Stale)};
    if (status.lastTest.isEmpty())
        return {BackendPage::tr("not tested"), QStringLiteral("radio_button_unchecked"), int(ThemeColor::Secondary)};
    if (!status.lastTestOk)
        return {BackendPage::tr("test failed"), QStringLiteral("error"), int(ThemeColor::Danger)};
    return {BackendPage::tr("ready"), QStringLiteral("check_circle"), int(ThemeColor::Current)};
}

BackendPage::BackendPage(FinalService *finals, QWidget *parent)
    : QWidget(parent)
    , m_finals(finals)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::space4, Theme::space4, Theme::space4, Theme::space4);
    column->setSpacing(Theme::space2);
    makeHead(column);
    makeKey(column);
    makeTest(column);
    column->addWidget(section(tr("Models"), this));
    m_models = new QLabel(this);
    m_models->setWordWrap(true);
    m_models->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_models);
    column->addStretch(1);
    connect(finals, &FinalService::backendsChanged, this, &BackendPage::refresh);
    connect(finals, &FinalService::catalogueChanged, this, &BackendPage::refresh);
}

void BackendPage::makeHead(QVBoxLayout *column)
{
    m_title = new QLabel(this);
    m_title->setFont(Theme::titleFont());
    m_address = new QLabel(this);
    m_address->setForegroundRole(QPalette::PlaceholderText);
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_address->setWordWrap(true);
    column->addWidget(m_title);
    column->addWidget(m_address);
}

void BackendPage::makeKey(QVBoxLayout *column)
{
    column->addWidget(section(tr("Key"), this));
    m_keyState = new NoticeLine(this);
    column->addWidget(m_keyState);
    m_keyRow = new QWidget(this);
    auto *row = new QHBoxLayout(m_keyRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::space2);
    m_key = new QLineEdit(m_keyRow);
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setMaxLength(longestKey);
    m_key->setAccessibleName(tr("Key"));
    m_key->setPlaceholderText(tr("Paste the key here"));
    // Neither a completer nor an input method's memory may learn a key.
    m_key->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    auto *show = new IconButton(QStringLiteral("visibility"), tr("Show the key while it is typed"), m_keyRow);
    show->setCheckable(true);
    m_store = button(tr("Store"), m_keyRow);
    m_remove = button(tr("Remove"), m_keyRow);
    row->addWidget(m_key, 1);
    row->addWidget(show);
    row->addWidget(m_store);
    row->addWidget(m_remove);
    column->addWidget(m_keyRow);
    m_answer = new NoticeLine(this);
    m_answer->hide();
    column->addWidget(m_answer);
    connect(show, &QToolButton::toggled, this, [this, show](bool on) {
        m_key->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password);
        show->setThemedIcon(on ? QStringLiteral("visibility_off") : QStringLiteral("visibility"));
    });
    connect(m_key, &QLineEdit::textChanged, this, [this](const QString &text) { m_store->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_key, &QLineEdit::returnPressed, this, &BackendPage::store);
    connect(m_store, &QPushButton::clicked, this, &BackendPage::store);
    connect(m_keyState, &NoticeLine::pressed, this, &BackendPage::askAgain);
    connect(m_remove, &QPushButton::clicked, this, &BackendPage::remove);
    m_store->setEnabled(false);
    m_store->setToolTip(tr("Put the key into the keychain of this computer; it is kept nowhere else."));
    m_remove->setToolTip(tr("Take the key out of the keychain"));
}

void BackendPage::makeTest(QVBoxLayout *column)
{
    column->addWidget(section(tr("Connection"), this));
    auto *row = new QHBoxLayout;
    row->setSpacing(Theme::space2);
    m_test = button(tr("Test Connection"), this);
    m_test->setToolTip(tr("One cheap call that tells whether the service answers and takes the key. It renders nothing."));
    m_busy = new QProgressBar(this);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedHeight(Theme::space2);
    m_busy->setAccessibleName(tr("The connection is being tested"));
    row->addWidget(m_test);
    row->addWidget(m_busy, 1);
    row->addStretch(0);
    column->addLayout(row);
    m_testState = new NoticeLine(this);
    column->addWidget(m_testState);
    QSizePolicy keep = m_busy->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    m_busy->setSizePolicy(keep);
    m_busy->hide();
    connect(m_test, &QPushButton::clicked, this, &BackendPage::test);
}

void BackendPage::showBackend(const QString &id)
{
    if (id != m_id) {
        m_key->clear();
        m_answer->hide();
        m_testing = false;
    }
    m_id = id;
    refresh();
    askInPassing();
}

bool BackendPage::event(QEvent *event)
{
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::Show || event->type() == QEvent::WindowActivate)
        askInPassing();
    return done;
}

void BackendPage::focusKey()
{
    if (m_keyRow->isVisibleTo(this))
        m_key->setFocus(Qt::OtherFocusReason);
}

std::optional<BackendStatus> BackendPage::status() const
{
    for (const BackendStatus &each : m_finals->backends()) {
        if (each.backend.id == m_id)
            return each;
    }
    return std::nullopt;
}

void BackendPage::refresh()
{
    const auto found = status();
    setEnabled(found.has_value());
    if (!found)
        return;
    m_title->setText(found->title.isEmpty() ? found->backend.id : found->title);
    QStringList about{found->backend.url.toDisplayString(), found->backend.kind};
    if (!found->backend.dialect.isEmpty())
        about << found->backend.dialect;
    about.removeAll(QString());
    about.removeDuplicates();
    m_address->setText(about.join(QStringLiteral(" · ")));
    showKey(*found);
    showTest(*found);
    showModels(*found);
}

void BackendPage::showKey(const BackendStatus &status)
{
    using Key = BackendStatus::Key;
    using Kind = NoticeLine::Kind;
    QString sentence = status.keySentence;
    Kind kind = Kind::Info;
    switch (status.key) {
    case Key::NotNeeded: sentence = tr("This service needs no key."); break;
    case Key::Stored:
        kind = Kind::Good;
        if (sentence.isEmpty())
            sentence = tr("The key is in the keychain of this computer.");
        break;
    case Key::Environment:
        kind = Kind::Good;
        if (sentence.isEmpty())
            sentence = tr("The key comes from the environment variable %1.").arg(KeyStore::environmentName(status.backend.key.isEmpty() ? status.backend.id : status.backend.key));
        break;
    case Key::Missing:
        kind = Kind::Warning;
        if (sentence.isEmpty())
            sentence = tr("There is no key for this service. Paste yours and press Store.");
        break;
    case Key::Unreadable:
        kind = Kind::Error;
        if (sentence.isEmpty())
            sentence = tr("The keychain did not hand out the key.");
        break;
    }
    m_keyState->showNotice(kind, sentence);
    m_keyRow->setVisible(status.key != Key::NotNeeded && status.key != Key::Environment);
    m_keyState->setButton(status.isKeyAbsent() ? tr("Ask Again") : QString());
    if (QPushButton *again = m_keyState->button()) {
        again->setToolTip(tr("Ask the keychain once more, for example after you have unlocked it"));
        again->setEnabled(!m_asking);
    }
    m_remove->setEnabled(status.key == Key::Stored || status.key == Key::Unreadable);
    m_key->setPlaceholderText(status.key == Key::Stored ? tr("Paste another key to replace it") : tr("Paste the key here"));
}

void BackendPage::showTest(const BackendStatus &status)
{
    m_busy->setVisible(m_testing);
    m_test->setEnabled(!m_testing && status.key != BackendStatus::Key::Missing);
    if (m_testing)
        m_testState->showNotice(NoticeLine::Kind::Info, tr("Asking %1 …").arg(status.backend.url.host()));
    else
        m_testState->showNotice(status.lastTestOk ? NoticeLine::Kind::Good : NoticeLine::Kind::Error, status.lastTest);
}

void BackendPage::showModels(const BackendStatus &status)
{
    QStringList lines;
    for (const QString &id : status.models) {
        const ModelEntry *model = m_finals->catalogue().findModel(id);
        if (!model)
            continue;
        const QString retired = m_finals->retiredSentence(id);
        lines << QStringLiteral("%1 · %2").arg(id, retired.isEmpty() ? priceWords(*model, status.backend) : tr("retired: %1").arg(retired));
    }
    m_models->setText(lines.isEmpty() ? tr("No model of models.yaml uses this service.") : lines.join(u'\n'));
}

void BackendPage::store()
{
    const Secret secret(m_key->text().trimmed().toUtf8());
    if (secret.isEmpty())
        return;
    m_key->clear();
    m_store->setEnabled(false);
    m_answer->showNotice(NoticeLine::Kind::Info, tr("Asking the keychain …"));
    onFinished(m_finals->setKey(m_id, secret), this, [this, id = m_id](const QFuture<Result<QString>> &done) {
        if (id == m_id && done.resultCount() > 0)
            say(done.result());
    });
}

void BackendPage::remove()
{
    m_answer->showNotice(NoticeLine::Kind::Info, tr("Asking the keychain …"));
    onFinished(m_finals->removeKey(m_id), this, [this, id = m_id](const QFuture<Result<QString>> &done) {
        if (id == m_id && done.resultCount() > 0)
            say(done.result());
    });
}

void BackendPage::askAgain()
{
    m_answer->showNotice(NoticeLine::Kind::Info, tr("Asking the keychain …"));
    ask(true);
}

void BackendPage::askInPassing()
{
    const auto shown = status();
    if (isVisible() && shown && shown->isKeyAbsent() && (!m_answered.isValid() || m_answered.elapsed() > askAgainMs))
        ask(false);
}

void BackendPage::ask(bool aloud)
{
    if (m_asking)
        return;
    m_asking = true;
    refresh();
    onFinished(m_finals->askForKey(m_id), this, [this, aloud, id = m_id](const QFuture<Result<QString>> &done) {
        m_asking = false;
        m_answered.start();
        if (aloud && id == m_id && done.resultCount() > 0)
            say(done.result());
        else
            m_answer->hide();
        refresh();
    });
}

void BackendPage::say(const Result<QString> &result)
{
    m_answer->showNotice(result ? NoticeLine::Kind::Good : NoticeLine::Kind::Error, result ? *result : result.error().message);
    refresh();
}

void BackendPage::test()
{
    m_testing = true;
    refresh();
    onFinished(m_finals->testBackend(m_id), this, [this, id = m_id](const QFuture<Result<QString>> &done) {
        if (id != m_id)
            return;
        m_testing = false;
        refresh();
        if (done.resultCount() == 0)
            return;
        const Result<QString> result = done.result();
        m_testState->showNotice(result ? NoticeLine::Kind::Good : NoticeLine::Kind::Error, result ? *result : result.error().message);
    });
}

} // namespace Galley
