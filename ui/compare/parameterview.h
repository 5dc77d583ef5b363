#pragma once

#include "ui/compare/parametertable.h"

#include <QWidget>

class QLabel;
class QTableWidget;

namespace Galley {

class CompareSet;
class CompareView;
class Segmented;

/// The parameters of the pictures on screen, one column each: only what differs, or all of it; while nobody may know, only what tells nothing. Below it
/// what the scores can and cannot tell. GUI thread.
class ParameterView : public QWidget
{
    Q_OBJECT

public:
    ParameterView(CompareSet *set, CompareView *view, QWidget *parent = nullptr);

    QTableWidget *table() const { return m_table; }
    QString hint() const;
    QString tabbed() const;  ///< what the table shows, for a spreadsheet

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void fitColumns();
    void later();
    QList<int> places() const;

    CompareSet *m_set;
    CompareView *m_view;
    Segmented *m_which;
    QTableWidget *m_table;
    QLabel *m_hint;
    QList<ParameterRow> m_rows;
    QStringList m_columns;
    bool m_isDue = false;
};

} // namespace Galley
