#pragma once

#include "core/template/finding.h"

#include <QListWidget>

namespace Galley {

/// What is wrong with the text, a line each; Enter or a click goes there. As high as it has lines, up to a few.
class FindingList : public QListWidget
{
    Q_OBJECT

public:
    explicit FindingList(QWidget *parent = nullptr);

    void setFindings(const QList<Finding> &findings);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void lineWanted(int line);

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintGlyphs();
};

} // namespace Galley
