#include "ui/routes/healthpanel.h"

#include "ui/routes/routestext.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/sectionheader.h"

#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Galley {

namespace {

constexpr int second = 1000;

bool isOut(const HealthStatus &status)
{
    return status.isHeld || status.state != ModelHealth::State::Closed;
}

QString healthText(const HealthStatus &status, const ModelNames &names)
{
    QString text = QStringLiteral("%1: %2").arg(names.label(status.model), healthWord(status.state, status.isHeld));
    if (status.waitMs > 0)
        text += HealthPanel::tr(", %1 left").arg(durationText(status.waitMs));
    return text;
}

QIcon healthIcon(const HealthStatus &status)
{
    if (status.isHeld)
        return themedIcon(QStringLiteral("pause"), ThemeColor::Stale);
    switch (status.state) {
    case ModelHealth::State::Closed: return themedIcon(QStringLiteral("check_circle"), ThemeColor::Current);
    case ModelHealth::State::Open: return themedIcon(QStringLiteral("block"), ThemeColor::Danger);
    case ModelHealth::State::HalfOpen: return themedIcon(QStringLiteral("hourglass_empty"), ThemeColor::Stale);
    }
    return {};
}

} // namespace

HealthPanel::HealthPanel(RoutingService *routing, QWidget *parent)
    : QWidget(parent)
    , m_routing(routing)
    , m_list(new QListWidget(this))
    , m_button(new QPushButton(this))
    , m_stack(new QStackedWidget(this))
{
    m_list->setObjectName(QStringLiteral("health"));
    m_list->setAccessibleName(tr("Health of the models"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setWordWrap(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_button->setObjectName(QStringLiteral("holdModel"));
    m_button->setAutoDefault(false);
    connect(m_list, &QListWidget::currentRowChanged, this, &HealthPanel::showButton);
    connect(m_button, &QPushButton::clicked, this, [this] { Q_EMIT holdWanted(current().model, !current().isHeld); });
    connect(routing, &RoutingService::healthChanged, this, &HealthPanel::fill);
    m_clock.setInterval(second);
    connect(&m_clock, &QTimer::timeout, this, &HealthPanel::fill);
    m_stack->addWidget(m_list);
    m_stack->addWidget(new EmptyState(QStringLiteral("check_circle"), tr("The rules name no model yet."), m_stack));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(Theme::space2, Theme::space1, Theme::space2, Theme::space2);
    row->addWidget(m_button);
    row->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new SectionHeader(tr("Health"), this));
    layout->addWidget(m_stack, 1);
    layout->addLayout(row);
    fill();
}

void HealthPanel::setModels(const QStringList &models, const ModelNames &names)
{
    m_models = models;
    m_names = names;
    fill();
}

void HealthPanel::fill()
{
    QList<HealthStatus> shown = m_routing->health();
    for (const QString &model : std::as_const(m_models)) {
        const QString id = m_names.id(model);
        const auto isIt = [&id](const HealthStatus &each) { return each.model == id; };
        if (std::none_of(shown.cbegin(), shown.cend(), isIt))
            shown.append({id, ModelHealth::State::Closed, false, 0, {}});
    }
    std::stable_sort(shown.begin(), shown.end(), [](const HealthStatus &a, const HealthStatus &b) { return isOut(a) && !isOut(b); });
    const QString chosen = current().model;
    m_shown = shown;
    while (m_list->count() > shown.size())
        delete m_list->takeItem(m_list->count() - 1);
    bool cooling = false;
    for (int i = 0; i < shown.size(); ++i) {
        const HealthStatus &status = shown.at(i);
        auto *item = i < m_list->count() ? m_list->item(i) : new QListWidgetItem(m_list);
        const QString text = healthText(status, m_names);
        item->setText(status.reason.isEmpty() ? text : text + u'\n' + status.reason);
        item->setToolTip(item->text());
        item->setIcon(healthIcon(status));
        if (status.model == chosen)
            m_list->setCurrentRow(i);
        cooling = cooling || status.waitMs > 0;
    }
    cooling ? m_clock.start() : m_clock.stop();
    m_stack->setCurrentIndex(shown.isEmpty() ? 1 : 0);
    showButton();
}

HealthStatus HealthPanel::current() const
{
    return m_shown.value(m_list->currentRow());
}

void HealthPanel::showButton()
{
    const HealthStatus status = current();
    m_button->setEnabled(!status.model.isEmpty());
    m_button->setText(status.isHeld ? tr("Let It Go") : tr("Take out of Routing"));
    m_button->setToolTip(status.model.isEmpty() ? tr("Choose a model first.")
                         : status.isHeld ? tr("Rules may choose %1 again.").arg(m_names.label(status.model))
                                         : tr("No rule chooses %1 until you let it go.").arg(m_names.label(status.model)));
}

} // namespace Galley
