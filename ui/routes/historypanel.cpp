#include "ui/routes/historypanel.h"

#include "core/base/async.h"
#include "ui/routes/routestext.h"
#include "ui/widgets/difference.h"
#include "ui/widgets/segmented.h"

#include <QEvent>
#include <QFontDatabase>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace Galley {

namespace {

enum Column { NumberColumn, WhenColumn, WhoColumn, NoteColumn };
constexpr int context = 3;  ///< equal lines that are shown round a change

/// \a part with \a sign before each of its lines; equal stretches are cut to the lines next to a change.
QStringList signedLines(const DifferencePart &part, bool isFirst, bool isLast)
{
    QStringList lines = part.text.split(u'\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    if (part.kind == DifferencePart::Kind::Same) {
        const qsizetype before = isFirst ? 0 : context;
        const qsizetype after = isLast ? 0 : context;
        if (lines.size() > before + after + 1)
            lines = lines.mid(0, before) + QStringList{QStringLiteral("…")} + lines.mid(lines.size() - after);
    }
    const QString sign = part.kind == DifferencePart::Kind::Added ? QStringLiteral("+ ")
                         : part.kind == DifferencePart::Kind::Removed ? QStringLiteral("− ") : QStringLiteral("  ");
    for (QString &line : lines)
        line.prepend(sign);
    return lines;
}

QString originText(const RouteRevision &revision)
{
    return revision.origin == QLatin1String("file") ? HistoryPanel::tr("the file was saved")
           : revision.origin == QLatin1String("apply") ? HistoryPanel::tr("put in force in Galley") : revision.origin;
}

} // namespace

HistoryPanel::HistoryPanel(RoutingService *routing, QWidget *parent)
    : QWidget(parent)
    , m_routing(routing)
    , m_list(new QTreeWidget(this))
    , m_against(new Segmented(tr("Compare with"), this))
    , m_difference(new QPlainTextEdit(this))
    , m_putBack(new QPushButton(tr("Put This One Back …"), this))
{
    m_against->addSegment(tr("What It Changed"));
    m_against->addSegment(tr("To What Is in Force"));
    m_against->setCurrentIndex(0);
    layOut();
    connect(m_against, &Segmented::chosen, this, &HistoryPanel::showDifference);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &HistoryPanel::showDifference);
    connect(m_putBack, &QPushButton::clicked, this, [this] {
        if (const RouteRevision *revision = chosen())
            Q_EMIT putBackWanted(revision->number, revision->note);
    });
    connect(routing, &RoutingService::policyChanged, this, [this] {
        m_isStale = true;
        if (isVisible())
            load();
    });
}

void HistoryPanel::layOut()
{
    m_list->setObjectName(QStringLiteral("revisions"));
    m_list->setAccessibleName(tr("Revisions of the rules"));
    m_list->setHeaderLabels({tr("No."), tr("When"), tr("Who"), tr("Note")});
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setTabKeyNavigation(false);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QHeaderView *header = m_list->header();
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    for (const int column : {NumberColumn, WhenColumn, WhoColumn})
        header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    QFont code = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    code.setPixelSize(12);
    m_difference->setFont(code);
    m_difference->setObjectName(QStringLiteral("revisionDifference"));
    m_difference->setAccessibleName(tr("Difference of the chosen revision"));
    m_difference->setReadOnly(true);
    m_difference->setTabChangesFocus(true);
    m_difference->setFrameShape(QFrame::NoFrame);
    m_difference->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_putBack->setObjectName(QStringLiteral("putBack"));
    m_putBack->setAutoDefault(false);
    auto *bottom = new QWidget(this);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(Theme::space2, Theme::space1, Theme::space2, Theme::space1);
    row->setSpacing(Theme::space2);
    row->addWidget(m_against);
    row->addStretch(1);
    auto *lastRow = new QHBoxLayout;
    lastRow->setContentsMargins(Theme::space2, Theme::space1, Theme::space2, Theme::space1);
    lastRow->addWidget(m_putBack);
    lastRow->addStretch(1);
    auto *below = new QVBoxLayout(bottom);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(0);
    below->addLayout(row);
    below->addWidget(m_difference, 1);
    below->addLayout(lastRow);
    auto *parts = new QSplitter(Qt::Vertical, this);
    parts->setObjectName(QStringLiteral("historyParts"));
    parts->setHandleWidth(1);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_list);
    parts->addWidget(bottom);
    parts->setSizes({150, 280});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(parts);
}

void HistoryPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        load();
}

void HistoryPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showDifference();
}

void HistoryPanel::load()
{
    if (m_isLoading)
        return;
    m_isLoading = true;
    m_isStale = false;
    onFinished(m_routing->history(), this, [this](const QFuture<Result<QList<RouteRevision>>> &future) {
        m_isLoading = false;
        const Result<QList<RouteRevision>> revisions = future.result();
        if (revisions)
            fill(*revisions);
        else
            m_difference->setPlainText(revisions.error().message);
        if (m_isStale)
            load();
    });
}

void HistoryPanel::fill(const QList<RouteRevision> &revisions)
{
    const RouteRevision *before = chosen();
    const qint64 kept = before && m_list->currentItem() != m_list->topLevelItem(0) ? before->number : 0;
    m_list->clear();
    m_revisions = revisions;
    for (const RouteRevision &revision : revisions) {
        auto *item = new QTreeWidgetItem(m_list, {QString::number(revision.number), timeText(revision.at), revision.author,
                                                  revision.note.isEmpty() ? originText(revision) : revision.note});
        item->setToolTip(NoteColumn, tr("%1 (%2)").arg(revision.note.isEmpty() ? tr("No note") : revision.note, originText(revision)));
        item->setTextAlignment(NumberColumn, Qt::AlignRight | Qt::AlignVCenter);
        if (revision.number == m_routing->revision()) {
            QFont strong = m_list->font();
            strong.setWeight(QFont::DemiBold);
            for (int column = 0; column < m_list->columnCount(); ++column)
                item->setFont(column, strong);
            item->setText(WhenColumn, tr("%1 (in force)").arg(item->text(WhenColumn)));
        }
        if (revision.number == kept)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem() && m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
    showDifference();
}

const RouteRevision *HistoryPanel::chosen() const
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    return row >= 0 && row < m_revisions.size() ? &m_revisions.at(row) : nullptr;
}

QString HistoryPanel::inForce() const
{
    for (const RouteRevision &revision : m_revisions) {
        if (revision.number == m_routing->revision())
            return QString::fromUtf8(revision.text);
    }
    return {};
}

void HistoryPanel::showDifference()
{
    const RouteRevision *revision = chosen();
    const bool isInForce = revision && revision->number == m_routing->revision();
    m_putBack->setEnabled(revision && !isInForce);
    m_putBack->setToolTip(isInForce ? tr("This one is in force.") : tr("Make it the rules in force again, as a new revision."));
    m_difference->clear();
    if (!revision) {
        m_difference->setPlainText(tr("No revision yet: the defaults that Galley comes with are in force."));
        return;
    }
    const bool toForce = m_against->currentIndex() == 1;
    const qsizetype row = revision - m_revisions.constData();
    const QByteArray earlier = row + 1 < m_revisions.size() ? m_revisions.at(row + 1).text : QByteArray();
    const QList<DifferencePart> parts = toForce ? lineDifference(QString::fromUtf8(revision->text), inForce())
                                                : lineDifference(QString::fromUtf8(earlier), QString::fromUtf8(revision->text));
    const Theme theme = Theme::of(this);
    QTextCursor cursor(m_difference->document());
    for (qsizetype i = 0; i < parts.size(); ++i) {
        QTextCharFormat format;
        format.setForeground(theme.color(parts.at(i).kind == DifferencePart::Kind::Added ? ThemeColor::Current
                                         : parts.at(i).kind == DifferencePart::Kind::Removed ? ThemeColor::Danger : ThemeColor::Text));
        for (const QString &line : signedLines(parts.at(i), i == 0, i + 1 == parts.size()))
            cursor.insertText(line + u'\n', format);
    }
    if (parts.size() <= 1 && (parts.isEmpty() || parts.first().kind == DifferencePart::Kind::Same))
        m_difference->setPlainText(tr("No difference."));
    m_difference->moveCursor(QTextCursor::Start);
}

} // namespace Galley
