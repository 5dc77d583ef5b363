#include "ui/widgets/progressline.h"

#include "ui/widgets/theme.h"

#include <QFutureWatcher>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

namespace Galley {

ProgressLine::ProgressLine(QWidget *parent)
    : QFrame(parent)
    , m_patience(new QTimer(this))
    , m_text(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Theme::space3, Theme::space1, Theme::space3, Theme::space1);
    row->setSpacing(Theme::space3);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(Theme::space2);
    m_bar->setAccessibleName(tr("Progress"));
    m_cancel->setAutoDefault(false);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        Q_EMIT cancelWanted();
    });
    row->addWidget(m_text);
    row->addWidget(m_bar, 1);
    row->addWidget(m_cancel);
    m_patience->setSingleShot(true);
    connect(m_patience, &QTimer::timeout, this, [this] { setVisible(true); });
    hide();
}

void ProgressLine::follow(const QString &title, QFutureWatcherBase *watcher, int patienceMs)
{
    m_watcher = watcher;
    m_title = title;
    m_cancel->setEnabled(true);
    m_bar->setRange(0, 0);
    m_text->setText(tr("%1 …").arg(title));
    connect(watcher, &QFutureWatcherBase::progressRangeChanged, this, &ProgressLine::showProgress);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, &ProgressLine::showProgress);
    connect(watcher, &QFutureWatcherBase::progressTextChanged, this, &ProgressLine::showProgress);
    connect(watcher, &QFutureWatcherBase::finished, this, [this] {
        m_watcher = nullptr;
        m_patience->stop();
        setVisible(false);
    });
    if (patienceMs > 0)
        m_patience->start(patienceMs);
    else
        setVisible(true);
}

void ProgressLine::showProgress()
{
    if (!m_watcher)
        return;
    m_bar->setRange(m_watcher->progressMinimum(), m_watcher->progressMaximum());
    m_bar->setValue(m_watcher->progressValue());
    const QLocale locale;
    const bool isCounted = m_watcher->progressMaximum() > 0;
    const QString far = isCounted ? tr("%1 of %2").arg(locale.toString(m_watcher->progressValue()), locale.toString(m_watcher->progressMaximum())) : QString();
    m_text->setText(QStringList{tr("%1 …").arg(m_title), far, m_watcher->progressText()}.join(QStringLiteral("  ")).trimmed());
}

} // namespace Galley
