#include "ui/library/nomatchpage.h"

#include "core/base/async.h"
#include "ui/library/librarytext.h"
#include "ui/widgets/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Galley {

namespace {

constexpr int mostOffers = 6;

} // namespace

NoMatchPage::NoMatchPage(LibraryService *library, QWidget *parent)
    : QWidget(parent)
    , m_library(library)
    , m_sentence(new QLabel(this))
    , m_layout(new QVBoxLayout)
{
    setObjectName(QStringLiteral("noMatch"));
    m_sentence->setText(tr("No picture matches all of these filters. Drop one of them:"));
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    auto *outer = new QVBoxLayout(this);
    outer->setSpacing(Theme::space2);
    outer->addStretch(1);
    outer->addWidget(m_sentence);
    m_layout->setSpacing(Theme::space2);
    outer->addLayout(m_layout);
    outer->addStretch(2);
}

void NoMatchPage::setQuery(const LibraryQuery &query, const QList<ActiveFilter> &filters)
{
    ++m_serial;
    for (QWidget *each : std::as_const(m_offers)) {
        each->hide();
        each->deleteLater();
    }
    m_offers.clear();
    for (const ActiveFilter &filter : filters.mid(0, mostOffers)) {
        const LibraryQuery without = withoutFilter(query, filter);
        auto *offer = new QPushButton(tr("Drop “%1”").arg(filter.text), this);
        offer->setAutoDefault(false);
        connect(offer, &QPushButton::clicked, this, [this, without] { Q_EMIT queryWanted(without); });
        m_layout->addWidget(offer, 0, Qt::AlignHCenter);
        m_offers.append(offer);
        onFinished(m_library->ids(without), offer, [this, offer, text = filter.text, serial = m_serial](const QFuture<Result<QList<qint64>>> &future) {
            if (serial == m_serial && future.resultCount() > 0 && future.result())
                offer->setText(tr("Drop “%1”: %2").arg(text, pictureCount(int(future.result()->size()))));
        });
    }
    if (filters.size() > 1) {
        auto *all = new QPushButton(tr("Clear All"), this);
        all->setAutoDefault(false);
        connect(all, &QPushButton::clicked, this, [this, rest = withoutFilters(query)] { Q_EMIT queryWanted(rest); });
        m_layout->addWidget(all, 0, Qt::AlignHCenter);
        m_offers.append(all);
    }
}

} // namespace Galley
