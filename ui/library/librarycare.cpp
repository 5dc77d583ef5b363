#include "ui/library/librarycare.h"

#include "core/base/async.h"
#include "ui/library/librarytext.h"
#include "ui/widgets/noticeline.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Galley {

namespace {

QString kindWord(const QString &kind)
{
    if (kind == QLatin1String("missing"))
        return ReportPage::tr("File missing");
    if (kind == QLatin1String("altered"))
        return ReportPage::tr("File altered");
    if (kind == QLatin1String("orphan"))
        return ReportPage::tr("File that nobody names");
    if (kind == QLatin1String("database"))
        return ReportPage::tr("Database");
    if (kind == QLatin1String("thumbnail"))
        return ReportPage::tr("Thumbnail");
    if (kind == QLatin1String("search"))
        return ReportPage::tr("Search index");
    return kind;
}

bool isOpen(const LibraryReport &report)
{
    return std::any_of(report.items.cbegin(), report.items.cend(), [](const LibraryReport::Item &item) { return !item.mended; });
}

} // namespace

LibraryCare::LibraryCare(QWidget *parent)
    : ProgressLine(parent)
{
    setObjectName(QStringLiteral("libraryCare"));
    cancelButton()->setToolTip(tr("Stops it; what it has done so far is whole"));
    connect(this, &ProgressLine::cancelWanted, this, &LibraryCare::cancel);
}

LibraryCare::~LibraryCare()
{
    m_future.cancel();
}

void LibraryCare::start(const QString &title, const QFuture<Result<LibraryReport>> &future)
{
    m_future = future;
    m_title = title;
    m_isBusy = true;
    auto *watcher = new QFutureWatcher<Result<LibraryReport>>(this);
    follow(title, watcher);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        end();
    });
    watcher->setFuture(future);
    Q_EMIT busyChanged(true);
}

void LibraryCare::cancel()
{
    m_future.cancel();
}

void LibraryCare::end()
{
    m_isBusy = false;
    Q_EMIT busyChanged(false);
    if (m_future.resultCount() == 0) {
        Q_EMIT cancelled(m_title);
        return;
    }
    const Result<LibraryReport> report = m_future.result();
    if (report)
        Q_EMIT finished(m_title, *report);
    else if (report.error().code == ErrorCode::Cancelled)
        Q_EMIT cancelled(m_title);
    else
        Q_EMIT failed(report.error().message);
}

ReportPage::ReportPage(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_outcome(new NoticeLine(this))
    , m_list(new QTreeWidget(this))
    , m_repair(new QPushButton(tr("Repair …"), this))
    , m_back(new QPushButton(tr("Back to the Pictures"), this))
{
    setObjectName(QStringLiteral("libraryReport"));
    m_title->setFont(Theme::titleFont());
    m_list->setAccessibleName(tr("What was found"));
    m_list->setHeaderLabels({tr("What"), tr("Picture"), tr("What it means"), tr("State")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(2, QHeaderView::Stretch);
    auto *buttons = new QHBoxLayout;
    auto *copy = new QPushButton(tr("Copy as Text"), this);
    for (QPushButton *button : {m_back, copy, m_repair})
        button->setAutoDefault(false);
    m_back->setToolTip(tr("Back to the pictures (Escape)"));
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    buttons->addWidget(copy);
    buttons->addWidget(m_repair);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::space4, Theme::space3, Theme::space4, Theme::space3);
    layout->setSpacing(Theme::space2);
    layout->addWidget(m_title);
    layout->addWidget(m_outcome);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);
    connect(m_back, &QPushButton::clicked, this, &ReportPage::left);
    connect(m_repair, &QPushButton::clicked, this, &ReportPage::repairWanted);
    connect(copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_text); });
    connect(m_list, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem *item) {
        if (const qint64 id = item->data(0, Qt::UserRole).toLongLong(); id > 0)
            Q_EMIT pictureWanted(id);
    });
}

void ReportPage::showReport(const QString &title, const LibraryReport &report, bool canRepair)
{
    m_title->setText(title);
    const bool open = isOpen(report);
    m_outcome->showNotice(open ? NoticeLine::Kind::Warning : NoticeLine::Kind::Good, report.sentence);
    m_repair->setVisible(canRepair && open);
    m_list->clear();
    m_list->setVisible(!report.items.isEmpty());
    QStringList lines{report.sentence};
    for (const LibraryReport::Item &item : report.items) {
        const QString state = item.mended ? tr("mended") : tr("open");
        auto *line = new QTreeWidgetItem(m_list, {kindWord(item.kind), item.picture > 0 ? QString::number(item.picture) : QString(), item.message, state});
        line->setData(0, Qt::UserRole, item.picture);
        line->setToolTip(2, item.file.isEmpty() ? item.message : item.message + u'\n' + QDir::toNativeSeparators(item.file));
        lines << QStringList{kindWord(item.kind), state, item.message, item.file}.join(u'\t');
    }
    for (int column : {0, 1, 3})
        m_list->resizeColumnToContents(column);
    m_text = lines.join(u'\n');
    (report.items.isEmpty() ? static_cast<QWidget *>(m_back) : m_list)->setFocus();
}

void ReportPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else
        QWidget::keyPressEvent(event);
}

} // namespace Galley
