#pragma once

#include "core/routing/routepolicy.h"
#include "ui/queue/modelnames.h"

#include <QAbstractTableModel>

namespace Galley {

struct ModelMetrics;

/// One model of a rule as the table shows it.
struct RuleShare
{
    QString model;
    QString label;
    int hue = 0;
    double intended = 0;   ///< 0–1 of the rule's requests
    double live = -1;      ///< of the rule's decisions lately; -1: there were none
};

/// One rule as the table shows it; the last one is what no rule matches.
struct RuleLine
{
    QString name;
    QStringList match;      ///< conditions as they were written
    QList<RuleShare> shares;
    QStringList otherwise;  ///< fallbacks, burst, budget: a line each
    QString canary;         ///< "SD 4: 5 → 10 → 25 → 50 → 100 %"; empty: none
    QString note;
    int decisions = 0;      ///< of the last 24 h
    int line = 0;           ///< 0: not in the file
};

/// The rules as a read-only table: match, shares, otherwise. What was decided lately stands beside what the rules intend.
class RuleModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { MatchColumn, SharesColumn, OtherwiseColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setPolicy(const RoutePolicy &policy, const ModelNames &names);
    void setMetrics(const QList<ModelMetrics> &metrics);
    /// One more decision, as it happens.
    void countDecision(const QString &rule, const QString &model);

    const RuleLine *lineAt(const QModelIndex &index) const;
    int rowOfLine(int line) const;  ///< the rule that \a line of the text belongs to; -1: none

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void setLive(RuleLine &line) const;
    QString text(const RuleLine &line, int column) const;

    QList<RuleLine> m_lines;
    ModelNames m_names;
    QHash<QString, QHash<QString, int>> m_decisions;  ///< rule → model id → how often
};

} // namespace Galley
