#include "ui/routes/findinglist.h"

#include "ui/routes/routestext.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QEvent>

#include <algorithm>

namespace Galley {

namespace {

constexpr int most = 200;   ///< a broken file of 10 MB has thousands; the first ones are enough to begin with
constexpr int mostRows = 5;
constexpr int lineRole = Qt::UserRole;
constexpr int severityRole = Qt::UserRole + 1;

} // namespace

FindingList::FindingList(QWidget *parent)
    : QListWidget(parent)
{
    setObjectName(QStringLiteral("findings"));
    setAccessibleName(tr("Problems of the rules"));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    const auto go = [this](const QListWidgetItem *item) {
        if (item->data(lineRole).toInt() > 0)
            Q_EMIT lineWanted(item->data(lineRole).toInt());
    };
    connect(this, &QListWidget::itemClicked, this, go);
    connect(this, &QListWidget::itemActivated, this, go);
    hide();
}

void FindingList::setFindings(const QList<Finding> &findings)
{
    QList<Finding> sorted = findings;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Finding &a, const Finding &b) { return a.severity < b.severity; });
    clear();
    for (const Finding &finding : std::as_const(sorted)) {
        if (count() == most)
            break;
        auto *item = new QListWidgetItem(findingText(finding), this);
        item->setToolTip(item->text());
        item->setData(lineRole, finding.line);
        item->setData(severityRole, int(finding.severity));
        item->setData(Qt::AccessibleTextRole, QStringLiteral("%1: %2").arg(severityName(finding.severity), item->text()));
    }
    if (findings.size() > most)
        addItem(tr("… and %n more.", nullptr, int(findings.size()) - most));
    paintGlyphs();
    setVisible(!findings.isEmpty());
    updateGeometry();
}

QSize FindingList::sizeHint() const
{
    const int rows = qBound(1, count(), mostRows);
    return {220, rows * Theme::rowHeight + 2};
}

void FindingList::changeEvent(QEvent *event)
{
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintGlyphs();
}

void FindingList::paintGlyphs()
{
    for (int i = 0; i < count(); ++i) {
        const QVariant severity = item(i)->data(severityRole);
        if (severity.isValid())
            item(i)->setIcon(themedIcon(severityIcon(Severity(severity.toInt())), severityTone(Severity(severity.toInt()))));
    }
}

} // namespace Galley
