#include "ui/compare/parameterview.h"

#include "ui/compare/compareset.h"
#include "ui/compare/compareview.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace Galley {

namespace {

enum Which { DifferingOnly, Everything };
constexpr int widestColumn = 180;
constexpr int narrowestColumn = 84;

} // namespace

ParameterView::ParameterView(CompareSet *set, CompareView *view, QWidget *parent)
    : QWidget(parent)
    , m_set(set)
    , m_view(view)
    , m_which(new Segmented(tr("Parameters"), this))
    , m_table(new QTableWidget(this))
    , m_hint(new QLabel(this))
{
    m_which->addSegment(tr("Differences"), {}, tr("Only the parameters that are not the same for all pictures on screen"));
    m_which->addSegment(tr("All"), {}, tr("Every parameter that is known"));
    m_which->setCurrentIndex(DifferingOnly);
    connect(m_which, &Segmented::chosen, this, &ParameterView::fill);
    m_table->setObjectName(QStringLiteral("parameterTable"));
    m_table->setAccessibleName(tr("Parameters of the pictures on screen"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWordWrap(false);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->setDefaultSectionSize(Theme::rowHeight);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setTabKeyNavigation(false);
    m_table->viewport()->installEventFilter(this);
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_hint->setContentsMargins(Theme::space3, Theme::space2, Theme::space3, Theme::space2);
    auto *header = new SectionHeader(tr("Parameters"), this);
    header->addWidget(m_which);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_hint);
    connect(set, &CompareSet::opened, this, &ParameterView::later);
    connect(set, &CompareSet::reordered, this, &ParameterView::fill);  // at once: what is there may tell
    connect(set, &CompareSet::pictureChanged, this, &ParameterView::later);
    connect(view, &CompareView::placesChanged, this, &ParameterView::later);
    connect(view, &CompareView::modeChanged, this, &ParameterView::later);
    fill();
}

QString ParameterView::hint() const
{
    return m_hint->text();
}

QString ParameterView::tabbed() const
{
    QString text = tr("Parameter") + u'\t' + m_columns.join(u'\t') + u'\n';
    for (const ParameterRow &row : m_rows) {
        text += row.title;
        for (const QString &value : row.values)
            text += u'\t' + value.simplified();
        text += u'\n';
    }
    return text;
}

/// News of many pictures come together.
void ParameterView::later()
{
    if (std::exchange(m_isDue, true))
        return;
    QTimer::singleShot(0, this, [this] {
        m_isDue = false;
        fill();
    });
}

QList<int> ParameterView::places() const
{
    QList<int> places;
    if (m_view->isPairMode())
        places = {m_view->places().first(), m_view->places().second()};
    for (int pane = 0; !m_view->isPairMode() && pane < m_view->places().panes(); ++pane)
        places << m_view->places().pictureAt(pane);
    places.removeAll(-1);
    return places;
}

void ParameterView::fill()
{
    QList<ComparePicture> pictures;
    QStringList columns;
    for (const int place : places()) {
        if (place >= m_set->count())
            continue;
        pictures << m_set->at(place);
        const QString number = m_view->isPairMode() ? QString() : QString::number(m_view->places().paneOf(place) + 1) + u' ';
        columns << number + m_set->label(place);
    }
    const Parameters which = m_set->isBlind() ? Parameters::Blind
                             : m_which->currentIndex() == Everything ? Parameters::All
                                                                     : Parameters::Differing;
    const QList<ParameterRow> rows = parameterRows(pictures, which);
    m_which->setEnabled(!m_set->isBlind());
    QString hint;
    bool hasScores = false;
    for (const ParameterRow &row : rows)
        hasScores = hasScores || !row.help.isEmpty();
    if (m_set->isBlind())
        hint = tr("Everything that could tell who made them is hidden until you reveal it.");
    else if (pictures.size() == 1)
        hint = tr("One picture differs from nothing. Add another one.");
    else if (!pictures.isEmpty() && rows.isEmpty())
        hint = tr("These pictures do not differ in any parameter that is known.");
    else if (hasScores)
        hint = tr("Scores are measured, from 0 to 1, and no judgement: point at one to read what it can and cannot tell.");
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    if (rows == m_rows && columns == m_columns)
        return;
    m_rows = rows;
    m_columns = columns;
    m_table->clear();
    m_table->setColumnCount(int(columns.size()));
    m_table->setRowCount(int(rows.size()));
    m_table->setHorizontalHeaderLabels(columns);
    for (int column = 0; column < columns.size(); ++column)
        m_table->horizontalHeaderItem(column)->setToolTip(columns.at(column));
    for (int i = 0; i < rows.size(); ++i) {
        const ParameterRow &row = rows.at(i);
        auto *title = new QTableWidgetItem(row.title);
        title->setToolTip(row.help.isEmpty() ? row.title : row.title + u'\n' + row.help);
        m_table->setVerticalHeaderItem(i, title);
        for (int column = 0; column < row.values.size(); ++column) {
            const QString value = row.values.at(column);
            auto *item = new QTableWidgetItem(value.isEmpty() ? QStringLiteral("–") : value.simplified());
            item->setToolTip(row.help.isEmpty() ? value : value + u'\n' + row.help);
            item->setData(Qt::AccessibleTextRole, tr("%1 of %2: %3").arg(row.title, columns.at(column), value.isEmpty() ? tr("not told") : value));
            m_table->setItem(i, column, item);
        }
    }
    fitColumns();
}

/// Columns are as wide as what they hold, unless that pushes others out of sight: then they share the room that there is. What is cut off is in the tool tip.
void ParameterView::fitColumns()
{
    const int columns = m_table->columnCount();
    if (columns == 0)
        return;
    m_table->resizeColumnsToContents();
    const int share = std::max(narrowestColumn, m_table->viewport()->width() / columns);
    int left = m_table->viewport()->width();
    for (int column = 0; column < columns; ++column)
        left -= std::min(share, m_table->columnWidth(column));
    for (int column = 0; column < columns; ++column) {
        const int wanted = std::min(widestColumn, m_table->columnWidth(column));
        const int width = std::min(wanted, share + std::max(0, left));
        left -= std::max(0, width - share);
        m_table->setColumnWidth(column, width);
    }
}

bool ParameterView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        fitColumns();
    return QWidget::eventFilter(watched, event);
}

} // namespace Galley
