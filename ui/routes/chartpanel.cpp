#include "ui/routes/chartpanel.h"

#include "ui/widgets/emptystate.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/segmented.h"

#include <QAction>
#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QComboBox>
#include <QEvent>
#include <QGraphicsLayout>
#include <QHeaderView>
#include <QHorizontalBarSeries>
#include <QHorizontalStackedBarSeries>
#include <QLabel>
#include <QLegend>
#include <QLocale>
#include <QStackedWidget>
#include <QTableWidget>
#include <QValueAxis>
#include <QVBoxLayout>

#include <algorithm>

namespace Galley {

namespace {

constexpr int periods[]{1, 7, 30};
enum Page { BarsPage, TablePage, EmptyPage };

/// The bars of \a chart; owned by whoever takes the series.
QAbstractBarSeries *barSeries(const MetricChart &chart, const Theme &theme)
{
    QAbstractBarSeries *series = nullptr;
    if (chart.isStacked)
        series = new QHorizontalStackedBarSeries;
    else
        series = new QHorizontalBarSeries;
    // Horizontal charts begin at the bottom: backwards, so that the first model and the first value stand above.
    for (qsizetype i = chart.series.size(); i-- > 0;) {
        const ChartSeries &each = chart.series.at(i);
        auto *set = new QBarSet(each.name);
        for (qsizetype category = each.values.size(); category-- > 0;)
            set->append(std::max(0.0, each.values.at(category)));
        set->setColor(theme.hue(each.hue));
        set->setBorderColor(theme.color(ThemeColor::Panel));
        // Inside of a bar the colour of the ground stands out from every hue, beside it that of text.
        set->setLabelColor(theme.color(chart.isStacked ? ThemeColor::Panel : ThemeColor::Text));
        set->setLabelFont(Theme::secondaryFont());
        series->append(set);
    }
    series->setBarWidth(0.7);
    return series;
}

double longestBar(const MetricChart &chart)
{
    double longest = 0;
    for (qsizetype category = 0; category < chart.categories.size(); ++category) {
        double sum = 0;
        for (const ChartSeries &each : chart.series)
            sum = chart.isStacked ? sum + each.values.at(category) : std::max(sum, each.values.at(category));
        longest = std::max(longest, sum);
    }
    return longest;
}

void colorAxis(QAbstractAxis *axis, const Theme &theme)
{
    axis->setLabelsFont(Theme::secondaryFont());
    axis->setLabelsColor(theme.color(ThemeColor::Text));
    axis->setLinePen(QPen(theme.color(ThemeColor::InputBorder), 1));
    axis->setGridLinePen(QPen(theme.color(ThemeColor::Line), 1));
}

} // namespace

ChartPanel::ChartPanel(QWidget *parent)
    : QWidget(parent)
    , m_kinds(new Segmented(tr("Chart"), this))
    , m_days(new QComboBox(this))
    , m_asTable(new QAction(themedIcon(QStringLiteral("table_chart")), tr("Charts as a Table"), this))
    , m_stack(new QStackedWidget(this))
    , m_view(new QChartView(m_stack))
    , m_table(new QTableWidget(m_stack))
    , m_empty(new EmptyState(QStringLiteral("bar_chart"), {}, m_stack))
    , m_note(new QLabel(this))
{
    for (const QString &word : {tr("Latency"), tr("Failures"), tr("Cost"), tr("GPU Memory"), tr("Quality")})
        m_kinds->addSegment(word);
    m_kinds->setCurrentIndex(0);
    m_days->addItems({tr("24 hours"), tr("7 days"), tr("30 days")});
    m_days->setCurrentIndex(1);
    m_days->setAccessibleName(tr("Time that the charts cover"));
    m_days->setToolTip(m_days->accessibleName());
    m_asTable->setObjectName(QStringLiteral("chartTable"));
    m_asTable->setCheckable(true);
    m_asTable->setToolTip(tr("Show the same numbers as a table"));
    layOut();
    connect(m_kinds, &Segmented::chosen, this, &ChartPanel::showChart);
    connect(m_asTable, &QAction::toggled, this, &ChartPanel::showChart);
    connect(m_days, &QComboBox::activated, this, [this] { Q_EMIT daysChanged(days()); });
    showChart();
}

void ChartPanel::layOut()
{
    m_view->setObjectName(QStringLiteral("chart"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_table->setObjectName(QStringLiteral("chartNumbers"));
    m_table->setAccessibleName(tr("Numbers of the chart"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_note->setFont(Theme::secondaryFont());
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(Theme::space2, 0, Theme::space2, Theme::space1);
    auto *header = new SectionHeader(tr("What the Models Did"), this);
    header->addWidget(m_days);
    header->addWidget(new IconButton(m_asTable, header));
    auto *kinds = new QHBoxLayout;
    kinds->setContentsMargins(Theme::space2, 0, Theme::space2, Theme::space1);
    kinds->addWidget(m_kinds);
    kinds->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addLayout(kinds);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_note);
}

void ChartPanel::setMetrics(const QList<ModelMetrics> &metrics, const ModelNames &names)
{
    m_metrics = metrics;
    m_names = names;
    m_until = QDateTime::currentDateTime();
    m_problem.clear();
    showChart();
}

void ChartPanel::setProblem(const QString &sentence)
{
    m_problem = sentence;
    showChart();
}

int ChartPanel::days() const
{
    return periods[qMax(0, m_days->currentIndex())];
}

void ChartPanel::setDays(int days)
{
    const auto *found = std::find(std::begin(periods), std::end(periods), days);
    if (found != std::end(periods))
        m_days->setCurrentIndex(int(found - periods));
}

/// The time that the numbers are from.
QString ChartPanel::period() const
{
    if (!m_until.isValid())
        return {};
    const QLocale locale;
    const QDateTime from = m_until.addDays(-days());
    return tr("From %1 to %2.").arg(locale.toString(from, QLocale::ShortFormat), locale.toString(m_until, QLocale::ShortFormat));
}

void ChartPanel::choose(MetricKind kind)
{
    m_kinds->setCurrentIndex(int(kind));
    showChart();
}

void ChartPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showChart();
}

void ChartPanel::showChart()
{
    m_chart = metricChart(MetricKind(qMax(0, m_kinds->currentIndex())), m_metrics, m_names);
    const bool isEmpty = m_chart.isEmpty() || !m_problem.isEmpty();
    m_empty->setSentence(m_problem.isEmpty() ? m_chart.emptySentence : m_problem);
    m_note->setText(m_chart.note.isEmpty() ? period() : period() + u' ' + m_chart.note);
    m_view->setBackgroundBrush(Theme::of(this).color(ThemeColor::Panel));
    m_note->setVisible(m_until.isValid() && m_problem.isEmpty());
    if (!isEmpty) {
        showBars();
        showTable();
    }
    m_stack->setCurrentIndex(isEmpty ? EmptyPage : m_asTable->isChecked() ? TablePage : BarsPage);
}

void ChartPanel::showBars()
{
    const Theme theme = Theme::of(this);
    auto *chart = new QChart;
    chart->setBackgroundVisible(false);
    chart->setMargins({Theme::space1, 0, Theme::space2, 0});
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    QAbstractBarSeries *series = barSeries(m_chart, theme);
    chart->addSeries(series);
    auto *models = new QBarCategoryAxis;
    models->append(QStringList(m_chart.categories.crbegin(), m_chart.categories.crend()));
    auto *values = new QValueAxis;
    // A little room at the end for the numbers beside the bars.
    values->setRange(0, std::max(longestBar(m_chart) * 1.12, 0.001));
    values->applyNiceNumbers();
    values->setLabelFormat(m_chart.kind == MetricKind::Failures ? QStringLiteral("%d") : QStringLiteral("%.3g"));
    values->setTitleText(m_chart.title);
    values->setTitleFont(Theme::secondaryFont());
    values->setTitleBrush(theme.color(ThemeColor::Secondary));
    for (QAbstractAxis *axis : {static_cast<QAbstractAxis *>(models), static_cast<QAbstractAxis *>(values)})
        colorAxis(axis, theme);
    models->setGridLineVisible(false);
    chart->addAxis(models, Qt::AlignLeft);
    chart->addAxis(values, Qt::AlignBottom);
    series->attachAxis(models);
    series->attachAxis(values);
    series->setLabelsVisible(true);
    series->setLabelsPrecision(3);
    series->setLabelsPosition(m_chart.isStacked ? QAbstractBarSeries::LabelsCenter : QAbstractBarSeries::LabelsOutsideEnd);
    chart->legend()->setVisible(m_chart.series.size() > 1);
    chart->legend()->setAlignment(Qt::AlignRight);
    chart->legend()->setFont(Theme::secondaryFont());
    chart->legend()->setLabelColor(theme.color(ThemeColor::Text));
    chart->legend()->setReverseMarkers(true);
    QChart *before = m_view->chart();
    m_view->setChart(chart);
    delete before;
    m_view->setAccessibleName(m_chart.title);
    m_view->setAccessibleDescription(m_chart.description());
    m_view->setToolTip(m_chart.description());
}

void ChartPanel::showTable()
{
    m_table->setAccessibleName(m_chart.title);
    m_table->setColumnCount(int(m_chart.series.size()) + 1);
    m_table->setRowCount(int(m_chart.categories.size()));
    QStringList headers{tr("Model")};
    for (const ChartSeries &each : std::as_const(m_chart.series))
        headers << each.name;
    m_table->setHorizontalHeaderLabels(headers);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        m_table->setItem(row, 0, new QTableWidgetItem(m_chart.categories.at(row)));
        for (int column = 1; column < m_table->columnCount(); ++column) {
            auto *item = new QTableWidgetItem(m_chart.valueText(m_chart.series.at(column - 1).values.at(row)));
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_table->setItem(row, column, item);
        }
        m_table->setRowHeight(row, Theme::rowHeight);
    }
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
}

} // namespace Galley
