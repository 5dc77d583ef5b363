#pragma once

#include <QStyledItemDelegate>

namespace Galley {

struct Job;

/// Paints the rows of a JobModel: two lines each, with picture, state as word and shape, a bar for what is known of the progress.
class JobDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int rowHeight = 48;

    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace Galley
