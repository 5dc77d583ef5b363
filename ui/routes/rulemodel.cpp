#include "ui/routes/rulemodel.h"

#include "core/service/routingservice.h"
#include "ui/routes/routestext.h"
#include "ui/widgets/numbers.h"

#include <algorithm>
#include <numeric>

namespace Galley {

namespace {

const auto defaultRule = QStringLiteral("default");

QList<RuleShare> sharesOf(const RouteRule &rule, const ModelNames &names)
{
    const double sum = std::accumulate(rule.split.cbegin(), rule.split.cend(), 0.0,
                                       [](double all, const RouteShare &share) { return all + share.weight; });
    QList<RuleShare> shares;
    for (const RouteShare &share : rule.split)
        shares.append({share.model, names.label(share.model), names.hue(share.model), sum > 0 ? share.weight / sum : 0, -1});
    return shares;
}

QString canaryText(const RouteCanary &canary, const ModelNames &names)
{
    QStringList steps;
    for (const double step : canary.steps)
        steps << QString::number(step);
    const QString how = canary.shadow ? RuleModel::tr("shadow") : RuleModel::tr("canary");
    return QStringLiteral("%1: %2, %3\u00a0%").arg(how, names.label(canary.model), steps.join(QStringLiteral(" → ")));
}

RuleLine lineOf(const RouteRule &rule, const ModelNames &names)
{
    RuleLine line;
    line.name = rule.name;
    for (const RouteCondition &condition : rule.match)
        line.match << condition.text;
    line.shares = sharesOf(rule, names);
    for (const RouteFallback &fallback : rule.fallback)
        line.otherwise << fallbackText(fallback, names);
    if (rule.burst)
        line.otherwise << burstText(*rule.burst, names);
    if (rule.budgetPerDayUsd > 0)
        line.otherwise << RuleModel::tr("at most %1 a day").arg(moneyText(rule.budgetPerDayUsd));
    if (rule.canary)
        line.canary = canaryText(*rule.canary, names);
    line.note = rule.note;
    line.line = rule.line;
    return line;
}

/// What takes the requests that no rule matches.
RuleLine defaultLine(const RoutePolicy &policy, const ModelNames &names)
{
    RuleLine line;
    line.name = defaultRule;
    line.match << RuleModel::tr("everything else");
    for (const Fidelity fidelity : {Fidelity::Mid, Fidelity::Final}) {
        const QString model = policy.defaults.value(fidelity);
        if (!model.isEmpty())
            line.shares.append({model, QStringLiteral("%1: %2").arg(fidelityName(fidelity), names.label(model)), names.hue(model), -1, -1});
    }
    if (line.shares.isEmpty())
        line.shares.append({QString(), RuleModel::tr("the defaults that Galley comes with"), 0, -1, -1});
    return line;
}

QString shareText(const RuleShare &share)
{
    if (share.intended < 0)
        return share.label;
    QString text = QStringLiteral("%1 %2").arg(percentText(share.intended), share.label);
    if (share.live >= 0)
        text += RuleModel::tr(" (now %1)").arg(percentText(share.live));
    return text;
}

} // namespace

void RuleModel::setPolicy(const RoutePolicy &policy, const ModelNames &names)
{
    beginResetModel();
    m_names = names;
    m_lines.clear();
    for (const RouteRule &rule : policy.rules)
        m_lines.append(lineOf(rule, names));
    m_lines.append(defaultLine(policy, names));
    for (RuleLine &line : m_lines)
        setLive(line);
    endResetModel();
}

void RuleModel::setMetrics(const QList<ModelMetrics> &metrics)
{
    m_decisions.clear();
    for (const ModelMetrics &each : metrics) {
        for (auto rule = each.decisionsByRule.cbegin(); rule != each.decisionsByRule.cend(); ++rule)
            m_decisions[rule.key()][m_names.id(each.model)] += rule.value();
    }
    for (RuleLine &line : m_lines)
        setLive(line);
    if (!m_lines.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_lines.size()) - 1, ColumnCount - 1));
}

void RuleModel::countDecision(const QString &rule, const QString &model)
{
    ++m_decisions[rule][m_names.id(model)];
    for (int row = 0; row < m_lines.size(); ++row) {
        if (m_lines.at(row).name != rule)
            continue;
        setLive(m_lines[row]);
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void RuleModel::setLive(RuleLine &line) const
{
    const QHash<QString, int> counts = m_decisions.value(line.name);
    line.decisions = std::accumulate(counts.cbegin(), counts.cend(), 0);
    for (RuleShare &share : line.shares)
        share.live = line.decisions > 0 ? double(counts.value(m_names.id(share.model))) / line.decisions : -1;
}

const RuleLine *RuleModel::lineAt(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_lines.size() ? &m_lines.at(index.row()) : nullptr;
}

int RuleModel::rowOfLine(int line) const
{
    int found = -1;
    for (int row = 0; row < m_lines.size(); ++row) {
        const int begin = m_lines.at(row).line;
        if (begin > 0 && begin <= line && (found < 0 || begin > m_lines.at(found).line))
            found = row;
    }
    return found;
}

int RuleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int RuleModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RuleModel::data(const QModelIndex &index, int role) const
{
    const RuleLine *line = lineAt(index);
    if (!line)
        return {};
    if (role == Qt::DisplayRole)
        return text(*line, index.column());
    if (role == Qt::ToolTipRole) {
        QStringList tip{text(*line, index.column())};
        if (index.column() == SharesColumn)
            tip << tr("%n decisions in the last 24 hours.", nullptr, line->decisions);
        if (!line->note.isEmpty())
            tip << line->note;
        return tip.join(u'\n');
    }
    if (role == Qt::AccessibleTextRole) {
        const QString words = text(*line, index.column());
        return index.column() == MatchColumn && line->line > 0 ? tr("Line %1: %2").arg(line->line).arg(words) : words;
    }
    return {};
}

QString RuleModel::text(const RuleLine &line, int column) const
{
    QStringList words;
    switch (column) {
    case MatchColumn:
        words << ruleLabel(line.name) + QStringLiteral(": ") + line.match.join(tr(" and "));
        break;
    case SharesColumn:
        for (const RuleShare &share : line.shares)
            words << shareText(share);
        break;
    default:
        words = line.otherwise;
        if (!line.canary.isEmpty())
            words << line.canary;
    }
    return words.join(QStringLiteral("; "));
}

QVariant RuleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case MatchColumn: return tr("Match");
    case SharesColumn: return tr("Shares");
    case OtherwiseColumn: return tr("Otherwise");
    default: return {};
    }
}

} // namespace Galley
