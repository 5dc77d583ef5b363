#include "ui/settings/modelspage.h"

#include "core/service/finalservice.h"
#include "ui/settings/localmodelspanel.h"
#include "ui/settings/weightsources.h"
#include "ui/widgets/icon.h"

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

namespace Galley {

namespace {

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

ModelsPage::ModelsPage(FinalService *finals, const QString &file, LocalModels *local, QWidget *parent)
    : QWidget(parent)
    , m_finals(finals)
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
