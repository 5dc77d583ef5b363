#pragma once

#include "ui/queue/modelnames.h"

#include <QWidget>

class QLabel;
class QTreeView;

namespace Galley {

class RuleModel;
struct ModelMetrics;
struct RoutePolicy;

/// The rules as a table, read-only: a click or Enter goes to the line in the text.
class RuleTable : public QWidget
{
    Q_OBJECT

public:
    explicit RuleTable(QWidget *parent = nullptr);

    void setPolicy(const RoutePolicy &policy, const ModelNames &names);
    /// Says that what is shown is in force, and not what the text says.
    void showThatTextIsBroken(bool broken);
    void setMetrics(const QList<ModelMetrics> &metrics);
    void countDecision(const QString &rule, const QString &model);
    /// Marks the rule that \a line of the text belongs to.
    void showLine(int line);
    QTreeView *view() const { return m_view; }
    RuleModel *model() const { return m_model; }

Q_SIGNALS:
    void lineWanted(int line);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    RuleModel *m_model;
    QTreeView *m_view;
    QLabel *m_legend;
};

} // namespace Galley
