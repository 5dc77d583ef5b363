#include "ui/routes/ruletable.h"

#include "core/service/routingservice.h"
#include "ui/routes/ruledelegate.h"
#include "ui/routes/rulemodel.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QTreeView>
#include <QVBoxLayout>

namespace Galley {

namespace {

// Of the width: bars and labels need the most.
constexpr double matchPart = 0.25;
constexpr double sharesPart = 0.43;

} // namespace

RuleTable::RuleTable(QWidget *parent)
    : QWidget(parent)
    , m_model(new RuleModel(this))
    , m_view(new QTreeView(this))
    , m_legend(new QLabel(this))
{
    m_view->setObjectName(QStringLiteral("ruleTable"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new RuleDelegate(m_view));
    m_view->setAccessibleName(tr("Rules as a table"));
    m_view->setAccessibleDescription(tr("Enter goes to the line of the rule in the text."));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setRootIsDecorated(false);
    m_view->setAllColumnsShowFocus(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setMouseTracking(true);
    m_view->setTabKeyNavigation(false);
    QHeaderView *header = m_view->header();
    header->setSectionsMovable(false);
    header->setHighlightSections(false);
    header->setMinimumSectionSize(72);
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::Fixed);
    m_view->viewport()->installEventFilter(this);
    const auto go = [this](const QModelIndex &index) {
        const RuleLine *line = m_model->lineAt(index);
        if (line && line->line > 0)
            Q_EMIT lineWanted(line->line);
    };
    connect(m_view, &QTreeView::clicked, this, go);
    connect(m_view, &QTreeView::activated, this, go);
    showThatTextIsBroken(false);
    m_legend->setFont(Theme::secondaryFont());
    m_legend->setForegroundRole(QPalette::PlaceholderText);
    m_legend->setWordWrap(true);
    m_legend->setContentsMargins(Theme::space2, Theme::space1, Theme::space2, Theme::space1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new SectionHeader(tr("As a Table"), this));
    layout->addWidget(m_view, 1);
    layout->addWidget(m_legend);
}

bool RuleTable::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view->viewport() && event->type() == QEvent::Resize) {
        const int width = m_view->viewport()->width();
        const int match = int(width * matchPart);
        const int shares = int(width * sharesPart);
        m_view->header()->resizeSection(RuleModel::MatchColumn, match);
        m_view->header()->resizeSection(RuleModel::SharesColumn, shares);
        m_view->header()->resizeSection(RuleModel::OtherwiseColumn, width - match - shares);
    }
    return QWidget::eventFilter(watched, event);
}

void RuleTable::setPolicy(const RoutePolicy &policy, const ModelNames &names)
{
    const int row = m_view->currentIndex().row();
    m_model->setPolicy(policy, names);
    if (row >= 0)
        m_view->setCurrentIndex(m_model->index(qMin(row, m_model->rowCount() - 1), 0));
}

void RuleTable::showThatTextIsBroken(bool broken)
{
    m_legend->setText(broken ? tr("The text has errors: these are the rules in force.")
                             : tr("Bar: as the rules intend. Mark: decisions of the last 24 hours."));
}

void RuleTable::setMetrics(const QList<ModelMetrics> &metrics)
{
    m_model->setMetrics(metrics);
}

void RuleTable::countDecision(const QString &rule, const QString &model)
{
    m_model->countDecision(rule, model);
}

void RuleTable::showLine(int line)
{
    const int row = m_model->rowOfLine(line);
    if (row != m_view->currentIndex().row())
        m_view->setCurrentIndex(m_model->index(row, 0));  // an invalid one: no rule is there
}

} // namespace Galley
