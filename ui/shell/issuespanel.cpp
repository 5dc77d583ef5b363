#include "ui/shell/issuespanel.h"

#include "ui/shell/issues.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/sectionheader.h"

#include <QListWidget>
#include <QVBoxLayout>

namespace Galley {

namespace {

QIcon iconFor(Severity severity)
{
    switch (severity) {
    case Severity::Error: return themedIcon(QStringLiteral("error"), ThemeColor::Danger);
    case Severity::Warning: return themedIcon(QStringLiteral("warning"), ThemeColor::Stale);
    case Severity::Info: return themedIcon(QStringLiteral("info"), ThemeColor::Secondary);
    }
    return {};
}

} // namespace

IssuesPanel::IssuesPanel(IssueCollector *collector, QWidget *parent)
    : QWidget(parent)
    , m_collector(collector)
    , m_header(new SectionHeader(tr("Issues"), this))
    , m_list(new QListWidget(this))
    , m_empty(new EmptyState(QStringLiteral("check_circle"), tr("Nothing is wrong with this template, its rows and its draft."), this))
{
    m_list->setAccessibleName(tr("Issues"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setWordWrap(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_empty, 1);
    connect(m_collector, &IssueCollector::changed, this, &IssuesPanel::fill);
    connect(m_list, &QListWidget::itemActivated, this, &IssuesPanel::jump);
    fill();
}

void IssuesPanel::addHeaderAction(QAction *action)
{
    m_header->addWidget(new IconButton(action, m_header));
}

void IssuesPanel::fill()
{
    const int row = m_list->currentRow();
    m_list->clear();
    for (const Issue &issue : m_collector->issues()) {
        const QString text = issue.fix.isEmpty() ? issue.message : issue.message + u' ' + issue.fix;
        auto *item = new QListWidgetItem(iconFor(issue.severity), text, m_list);
        item->setData(Qt::AccessibleTextRole, QString(severityName(issue.severity) + QStringLiteral(": ") + text));
        const bool elsewhere = issue.code.startsWith(QLatin1String("job-")) || issue.code == QLatin1String("models.yaml");
        if (!issue.tokenId.isEmpty() || !issue.slot.isEmpty() || elsewhere)
            item->setToolTip(tr("Double-click or press Enter to go there."));
    }
    m_list->setVisible(m_list->count() > 0);
    m_empty->setVisible(m_list->count() == 0);
    m_list->setCurrentRow(qBound(0, row, m_list->count() - 1));
}

void IssuesPanel::jump()
{
    const int row = m_list->currentRow();
    if (row >= 0 && row < m_collector->issues().size())
        Q_EMIT jumpRequested(Issue(m_collector->issues().at(row)));
}

} // namespace Galley
