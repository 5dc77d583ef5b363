#include "ui/settings/servicesdialog.h"

#include "core/service/finalservice.h"
#include "ui/settings/backendpage.h"
#include "ui/settings/modelspage.h"
#include "ui/settings/networkpage.h"
#include "ui/widgets/icon.h"

#include <QDialogButtonBox>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Galley {

namespace {

constexpr int placeRole = Qt::UserRole + 1;
constexpr QSize firstSize(860, 540);
constexpr int listWidth = 320;
const auto networkPlace = QStringLiteral("network");
const auto budgetPlace = QStringLiteral("budget");
const auto modelsPlace = QStringLiteral("models");

QScrollArea *scrolled(QWidget *page, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(page);
    return area;
}

} // namespace

ServicesDialog::ServicesDialog(FinalService *finals, Settings *settings, const QString &modelsFile, LocalModels *local, QWidget *parent)
    : QDialog(parent)
    , m_finals(finals)
    , m_list(new QListWidget(this))
    , m_pages(new QStackedWidget(this))
    , m_backend(new BackendPage(finals))
    , m_network(new NetworkPage(settings))
    , m_models(new ModelsPage(finals, settings, modelsFile, local))
{
    setObjectName(QStringLiteral("servicesDialog"));
    setWindowTitle(tr("Services and Keys"));
    m_list->setAccessibleName(tr("Services"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMinimumWidth(220);
    m_list->setSpacing(2);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (QWidget *page : {static_cast<QWidget *>(m_backend), static_cast<QWidget *>(m_network), static_cast<QWidget *>(m_models)})
        m_pages->addWidget(scrolled(page, m_pages));
    auto *body = new QSplitter(Qt::Horizontal, this);
    body->setHandleWidth(1);
    body->setChildrenCollapsible(false);
    body->addWidget(m_list);
    body->addWidget(m_pages);
    body->setStretchFactor(1, 1);
    body->setSizes({listWidth, firstSize.width() - listWidth});
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);  // Enter ends a field, not the dialog
    buttons->setContentsMargins(Theme::space4, Theme::space2, Theme::space4, Theme::space3);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(body, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::currentRowChanged, this, &ServicesDialog::showCurrent);
    connect(m_network, &NetworkPage::changed, this, &ServicesDialog::networkChanged);
    connect(m_models, &ModelsPage::memoryChanged, this, &ServicesDialog::modelMemoryChanged);
    connect(finals, &FinalService::backendsChanged, this, &ServicesDialog::fill);
    connect(finals, &FinalService::catalogueChanged, this, &ServicesDialog::fill);
    fill();
    resize(firstSize);
}

LocalModelsPanel *ServicesDialog::localModels() const
{
    return m_models->local();
}

void ServicesDialog::fill()
{
    const QString place = m_list->currentItem() ? m_list->currentItem()->data(placeRole).toString() : QString();
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    const auto add = [this](const QString &text, const QIcon &icon, const QString &where) {
        auto *item = new QListWidgetItem(icon, text, m_list);
        item->setData(placeRole, where);
        item->setSizeHint({0, Theme::controlHeight});
        return item;
    };
    for (const BackendStatus &status : m_finals->backends()) {
        const BackendMark mark = backendMark(status);
        const QString title = status.title.isEmpty() ? status.backend.id : status.title;
        add(QStringLiteral("%1 – %2").arg(title, mark.word), themedIcon(mark.icon, ThemeColor(mark.tone)), status.backend.id)
            ->setToolTip(status.backend.url.toDisplayString());
    }
    add(tr("Network and Budget"), themedIcon(QStringLiteral("dns")), networkPlace);
    add(m_models->local() ? tr("Models") : QStringLiteral("models.yaml"), themedIcon(QStringLiteral("description")), modelsPlace);
    int row = 0;
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->data(placeRole).toString() == place)
            row = i;
    }
    m_list->setCurrentRow(row);
    showCurrent();
}

void ServicesDialog::showPlace(const QString &place)
{
    m_network->refresh();
    const QString wanted = place == budgetPlace ? networkPlace : place;
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->data(placeRole).toString() == wanted)
            m_list->setCurrentRow(i);
    }
    if (place == budgetPlace)
        m_network->focusBudget();
    else if (!wanted.isEmpty() && m_pages->currentIndex() == 0)
        m_backend->focusKey();
    else
        m_list->setFocus(Qt::OtherFocusReason);
}

void ServicesDialog::showCurrent()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QString place = item->data(placeRole).toString();
    if (place == networkPlace) {
        m_pages->setCurrentIndex(1);
    } else if (place == modelsPlace) {
        m_models->refresh();
        m_pages->setCurrentIndex(2);
    } else {
        m_backend->showBackend(place);
        m_pages->setCurrentIndex(0);
    }
}

} // namespace Galley
