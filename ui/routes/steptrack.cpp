#include "ui/routes/steptrack.h"

#include "ui/routes/routestext.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace Galley {

namespace {

constexpr int stepWidth = 52;
constexpr int dot = 10;
constexpr int trackHeight = 36;

} // namespace

StepTrack::StepTrack(QWidget *parent)
    : QWidget(parent)
{
    setFont(Theme::secondaryFont());
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StepTrack::setSteps(const QList<double> &steps, int current)
{
    m_steps = steps;
    m_current = current;
    QStringList words;
    for (const double step : steps)
        words << percentText(step / 100);
    const QString all = words.join(QStringLiteral(", "));
    setAccessibleName(current < steps.size() ? tr("Step %1 of %2: %3 of the cohorts. All steps: %4.")
                                                   .arg(current + 1)
                                                   .arg(steps.size())
                                                   .arg(words.value(current), all)
                                             : tr("All steps are done: %1.").arg(all));
    setToolTip(accessibleName());
    updateGeometry();
    update();
}

QSize StepTrack::sizeHint() const
{
    return {stepWidth * int(qMax<qsizetype>(1, m_steps.size())), trackHeight};
}

void StepTrack::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int y = dot;
    for (int i = 0; i < m_steps.size(); ++i) {
        const int x = stepWidth * i + stepWidth / 2;
        if (i + 1 < m_steps.size()) {
            painter.setPen(QPen(theme.color(i < m_current ? ThemeColor::Accent : ThemeColor::InputBorder), 2));
            painter.drawLine(QPointF(x + dot / 2.0 + 3, y), QPointF(x + stepWidth - dot / 2.0 - 3, y));
        }
        const bool behind = i < m_current;
        const bool here = i == m_current;
        painter.setPen(QPen(theme.color(behind || here ? ThemeColor::Accent : ThemeColor::InputBorder), 2));
        painter.setBrush(theme.color(behind ? ThemeColor::Accent : ThemeColor::Raised));
        painter.drawEllipse(QPointF(x, y), dot / 2.0, dot / 2.0);
        if (here) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.color(ThemeColor::Accent));
            painter.drawEllipse(QPointF(x, y), 2, 2);
        }
        QFont words = font();
        words.setWeight(here ? QFont::DemiBold : QFont::Normal);
        painter.setFont(words);
        painter.setPen(theme.color(here ? ThemeColor::Text : ThemeColor::Secondary));
        painter.drawText(QRect(stepWidth * i, y + dot / 2 + 2, stepWidth, trackHeight - y - dot / 2 - 2), Qt::AlignHCenter | Qt::AlignTop,
                         percentText(m_steps.at(i) / 100));
    }
}

} // namespace Galley
