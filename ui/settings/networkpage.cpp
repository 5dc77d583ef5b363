#include "ui/settings/networkpage.h"

#include "core/settings/settings.h"
#include "ui/widgets/noticeline.h"
#include "ui/widgets/numberfield.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QUrl>
#include <QVBoxLayout>

namespace Galley {

namespace {

constexpr double highestBudget = 100'000;

QLabel *title(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = Theme::bodyFont();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

QLabel *help(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

QString proxyProblem(const QString &text)
{
    if (text.isEmpty())
        return {};
    const QUrl url(text, QUrl::StrictMode);
    const bool known = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("socks5");
    if (url.isValid() && known && !url.host().isEmpty() && url.port() > 0)
        return {};
    return NetworkPage::tr("“%1” is no proxy address. Write http://host:port or socks5://host:port, or leave the field empty.").arg(text);
}

NetworkPage::NetworkPage(Settings *settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_offline(new QCheckBox(tr("Work offline"), this))
    , m_proxy(new QLineEdit(this))
    , m_proxyState(new NoticeLine(this))
    , m_budget(new NumberField(QStringLiteral("$"), tr("Budget for each project and day, in US dollars"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::space4, Theme::space4, Theme::space4, Theme::space4);
    column->setSpacing(Theme::space2);
    column->addWidget(title(tr("Network"), this));
    column->addWidget(m_offline);
    column->addWidget(help(tr("No service is asked. Drafts go on as ever; finals wait in the queue until you are online again."), this));
    column->addSpacing(Theme::space3);
    column->addWidget(title(tr("Proxy"), this));
    m_proxy->setAccessibleName(tr("Proxy"));
    m_proxy->setPlaceholderText(tr("As the system says"));
    column->addWidget(m_proxy);
    column->addWidget(m_proxyState);
    m_proxyState->hide();
    column->addWidget(help(tr("For example http://proxy.example:3128 or socks5://127.0.0.1:1080. Servers on this machine are reached directly."), this));
    column->addSpacing(Theme::space3);
    column->addWidget(title(tr("Budget for a day"), this));
    m_budget->setRange(0, highestBudget);
    m_budget->setDecimals(2);
    m_budget->setMaximumWidth(160);
    column->addWidget(m_budget);
    column->addWidget(help(tr("For each project. A final that would go over it is not sent, not even by a fallback. 0 means that there is no budget."), this));
    column->addStretch(1);
    connect(m_offline, &QCheckBox::toggled, this, [this](bool on) {
        if (m_settings->offline.value() == on)
            return;
        m_settings->offline.set(on);
        Q_EMIT changed();
    });
    connect(m_proxy, &QLineEdit::editingFinished, this, &NetworkPage::storeProxy);
    connect(m_budget, &NumberField::valueEdited, this, [this](double usd) {
        m_settings->budgetPerDay.set(usd);
        Q_EMIT changed();
    });
    refresh();
}

void NetworkPage::focusBudget()
{
    m_budget->setFocus(Qt::OtherFocusReason);
    m_budget->selectAll();
}

void NetworkPage::refresh()
{
    m_offline->setChecked(m_settings->offline.value());
    m_proxy->setText(m_settings->proxy.value());
    m_budget->showValue(m_settings->budgetPerDay.value());
}

void NetworkPage::storeProxy()
{
    const QString text = m_proxy->text().trimmed();
    const QString problem = proxyProblem(text);
    m_proxyState->showNotice(NoticeLine::Kind::Error, problem);
    if (!problem.isEmpty() || text == m_settings->proxy.value())
        return;
    m_settings->proxy.set(text);
    Q_EMIT changed();
}

} // namespace Galley
