#pragma once

#include <QStyledItemDelegate>

namespace Galley {

/// Paints a rule: its name and conditions, a bar for each share with a mark where it really is, and what happens otherwise.
class RuleDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace Galley
