#include "ui/settings/modelspage.h"

#include "core/service/finalservice.h"
#include "core/settings/settings.h"
#include "ui/settings/localmodelspanel.h"
#include "ui/settings/weightsources.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/numberfield.h"

#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <utility>

namespace Galley {

namespace {

constexpr double mostGigabytes = 4096;
constexpr int memoryWidth = 128;
constexpr int memoryDelayMs = 800;

QIcon iconOf(Severity severity)
{
    switch (severity) {
    case Severity::Error: return themedIcon(QStringLiteral("error"), ThemeColor::Danger);
    case Severity::Warning: return themedIcon(QStringLiteral("warning"), ThemeColor::Stale);
    case Severity::Info: return themedIcon(QStringLiteral("info"), ThemeColor::Secondary);
    }
    return {};
}

} // namespace

ModelsPage::ModelsPage(FinalService *finals, Settings *settings, const QString &file, LocalModels *local, QWidget *parent)
    : QWidget(parent)
    , m_finals(finals)
    , m_settings(settings)
    , m_file(file)
    , m_state(new QLabel(this))
    , m_findings(new QListWidget(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::space4, Theme::space4, Theme::space4, Theme::space4);
    column->setSpacing(Theme::space2);
    auto *title = new QLabel(QStringLiteral("models.yaml"), this);
    title->setFont(Theme::titleFont());
    auto *path = new QLabel(QDir::toNativeSeparators(file), this);
    path->setForegroundRole(QPalette::PlaceholderText);
    path->setTextInteractionFlags(Qt::TextSelectableByMouse);
    path->setWordWrap(true);
    auto *about = new QLabel(tr("Models, services and other names for models, over those that come with Galley. Whatever is wrong in it is left out; "
                                "the rest is in force."),
                             this);
    about->setWordWrap(true);
    auto *openFile = new QPushButton(tr("Open File"), this);
    auto *reload = new QPushButton(tr("Reload"), this);
    auto *row = new QHBoxLayout;
    row->setSpacing(Theme::space2);
    for (QPushButton *button : {openFile, reload}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch(1);
    m_state->setWordWrap(true);
    m_findings->setAccessibleName(tr("What is wrong in models.yaml"));
    m_findings->setWordWrap(true);
    m_findings->setResizeMode(QListView::Adjust);
    m_findings->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    if (local) {
        m_local = new LocalModelsPanel(local, this);
        column->addWidget(m_local);
        addMemory(column);
        column->addWidget(new WeightSourcesPanel(this));
        column->addSpacing(Theme::space3);
    }
    column->addWidget(title);
    column->addWidget(path);
    column->addWidget(about);
    column->addLayout(row);
    column->addSpacing(Theme::space2);
    column->addWidget(m_state);
    column->addWidget(m_findings, 1);
    column->addStretch(0);
    connect(openFile, &QPushButton::clicked, this, &ModelsPage::open);
    connect(reload, &QPushButton::clicked, finals, &FinalService::reload);
    connect(finals, &FinalService::catalogueChanged, this, &ModelsPage::refresh);
    refresh();
}

void ModelsPage::addMemory(QVBoxLayout *column)
{
    auto *field = new NumberField(QString(), m_settings->modelMemoryGb.label(), this);
    field->setObjectName(QStringLiteral("modelMemory"));
    field->setRange(0, mostGigabytes);
    field->setDecimals(0);
    field->setUnit(tr(" GB"));
    field->setSpecialValueText(tr("Automatic"));
    field->setFixedWidth(memoryWidth);
    field->showValue(m_settings->modelMemoryGb.value());
    auto *label = new QLabel(m_settings->modelMemoryGb.label(), this);
    label->setBuddy(field);
    auto *row = new QHBoxLayout;
    row->setSpacing(Theme::space2);
    row->addWidget(label);
    row->addWidget(field);
    row->addStretch(1);
    auto *help = new QLabel(tr("For all of them together. Automatic (0) is what is free when one is loaded, less a tenth. The drawing workers start anew with it; what is being "
                               "drawn begins again."), this);
    help->setWordWrap(true);
    help->setForegroundRole(QPalette::PlaceholderText);
    column->addLayout(row);
    column->addWidget(help);
    m_local->setLimited(m_settings->modelMemoryGb.value() > 0);
    // A worker is not started for every step of the way.
    m_memoryTimer.setSingleShot(true);
    m_memoryTimer.setInterval(memoryDelayMs);
    m_appliedMemoryGb = m_settings->modelMemoryGb.value();
    connect(&m_memoryTimer, &QTimer::timeout, this, [this] {
        if (std::exchange(m_appliedMemoryGb, m_settings->modelMemoryGb.value()) != m_settings->modelMemoryGb.value())
            Q_EMIT memoryChanged();
    });
    connect(field, &NumberField::valueEdited, this, [this](double gigabytes) {
        m_settings->modelMemoryGb.set(qRound(gigabytes));
        m_local->setLimited(gigabytes > 0);
        m_memoryTimer.start();
    });
}

void ModelsPage::refresh()
{
    m_findings->clear();
    const ModelCatalogue &catalogue = m_finals->catalogue();
    for (const Finding &finding : catalogue.findings) {
        QString text = finding.line > 0 ? tr("Line %1: %2").arg(finding.line).arg(finding.message) : finding.message;
        if (!finding.fix.isEmpty())
            text += u' ' + finding.fix;
        new QListWidgetItem(iconOf(finding.severity), text, m_findings);
    }
    m_findings->setVisible(m_findings->count() > 0);
    const QString known = tr("%n models are known.", nullptr, int(catalogue.models.size()));
    if (!catalogue.findings.isEmpty())
        m_state->setText(known);
    else
        m_state->setText(known + u' ' + (QFile::exists(m_file) ? tr("Nothing is wrong with your file.") : tr("You have no file of your own yet.")));
}

void ModelsPage::open()
{
    if (!QFile::exists(m_file)) {
        QDir().mkpath(QFileInfo(m_file).absolutePath());
        QFile file(m_file);
        if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
            file.write("# Your models, aliases and backends; see `galley check models.yaml`.\n");
    }
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(m_file)))
        m_state->setText(tr("No program opens %1. Edit it with a text editor of your choice.").arg(QDir::toNativeSeparators(m_file)));
}

} // namespace Galley
