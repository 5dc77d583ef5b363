#include "ui/finals/quoteview.h"

#include "ui/queue/jobtext.h"
#include "ui/widgets/noticeline.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/sectionheader.h"

#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace Galley {

namespace {

constexpr int promptHeight = 132;

QString failureWord(const QString &name)
{
    const auto failure = failureClassFromName(name);
    switch (failure.value_or(FailureClass::None)) {
    case FailureClass::NotSent: return QuoteView::tr("cannot be reached");
    case FailureClass::Busy: return QuoteView::tr("is busy");
    case FailureClass::Rejected: return QuoteView::tr("rejects it");
    case FailureClass::Refused: return QuoteView::tr("refuses it");
    case FailureClass::Retired: return QuoteView::tr("no longer has the model");
    case FailureClass::OverBudget: return QuoteView::tr("is over budget");
    case FailureClass::Offline: return QuoteView::tr("is offline");
    default: return name;
    }
}

QLabel *words(QWidget *parent, bool quiet)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (quiet)
        label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

QString fallbackSentence(const RouteFallback &fallback)
{
    QStringList when;
    for (const QString &name : fallback.on)
        when << failureWord(name);
    const QString condition = when.join(QuoteView::tr(" or "));
    if (fallback.ask || fallback.model.isEmpty())
        return QuoteView::tr("If the service %1, you are asked.").arg(condition);
    return QuoteView::tr("If the service %1, it goes to %2.").arg(condition, fallback.model);
}

QuoteView::QuoteView(QWidget *parent)
    : QWidget(parent)
    , m_price(words(this, false))
    , m_budget(words(this, true))
    , m_route(words(this, false))
    , m_fallbacks(words(this, true))
    , m_obstacle(new NoticeLine(this))
    , m_notices(new QVBoxLayout)
    , m_noticePlace(new QWidget(this))
    , m_promptHeader(new SectionHeader(tr("Prompt as it is sent"), this))
    , m_prompt(new QPlainTextEdit(this))
{
    QFont price = Theme::titleFont();
    m_price->setFont(price);
    m_price->setObjectName(QStringLiteral("finalPrice"));
    m_obstacle->setObjectName(QStringLiteral("finalObstacle"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::space1);
    layout->addWidget(m_price);
    layout->addWidget(m_budget);
    layout->addSpacing(Theme::space2);
    layout->addWidget(m_route);
    layout->addWidget(m_fallbacks);
    layout->addSpacing(Theme::space2);
    layout->addWidget(m_obstacle);
    m_noticePlace->setLayout(m_notices);
    m_notices->setContentsMargins(0, 0, 0, 0);
    m_notices->setSpacing(Theme::space1);
    layout->addWidget(m_noticePlace);
    m_prompt->setReadOnly(true);
    m_prompt->setTabChangesFocus(true);
    m_prompt->setAccessibleName(tr("Prompt as it is sent"));
    m_prompt->setFixedHeight(promptHeight);
    m_promptHeader->setMinor(true);
    m_promptHeader->layout()->setContentsMargins(-Theme::space2, 0, 0, 0);  // its arrow below the words above, not its frame
    m_promptHeader->setBody(m_prompt);
    m_promptHeader->setExpanded(false);
    layout->addWidget(m_promptHeader);
    layout->addWidget(m_prompt);
    layout->addStretch(1);
    m_obstacle->hide();
    connect(m_obstacle, &NoticeLine::pressed, this, &QuoteView::remedyWanted);
}

void QuoteView::showQuote(const Quote &quote, const QString &remedy)
{
    const int count = quote.pictures;
    if (!quote.priceKnown)
        m_price->setText(tr("Price not known"));
    else
        m_price->setText(count > 1 ? tr("%1 for %n pictures", nullptr, count).arg(priceText(quote.estimateUsd)) : priceText(quote.estimateUsd));
    const QString spent = moneyText(quote.spentTodayUsd);
    m_budget->setText(quote.budgetUsd > 0 ? tr("%1 of today's %2 is spent or reserved.").arg(spent, moneyText(quote.budgetUsd))
                                          : tr("%1 is spent or reserved today. There is no budget.").arg(spent));
    const QString models = modelsText(quote.decision.requested, quote.decision.model, {});
    const QString pixels = quote.frame.ratio.isEmpty()
                               ? QStringLiteral("%1 × %2").arg(quote.frame.picture.width()).arg(quote.frame.picture.height())
                               : QString(quote.frame.ratio).replace(u'x', u':');
    QStringList route{QStringLiteral("%1 · %2 · %3").arg(models, quote.backend.title(), pixels)};
    route << tr("Rule: %1.").arg(ruleText(quote.decision.rule)) + u' ' + quote.decision.reasons.join(u' ');
    m_route->setText(route.join(u'\n'));
    QStringList fallbacks;
    for (const RouteFallback &fallback : quote.decision.fallbacks)
        fallbacks << fallbackSentence(fallback);
    fallbacks << quote.decision.skipped;
    fallbacks.removeAll(quote.obstacle);
    m_fallbacks->setText(fallbacks.join(u'\n'));
    m_fallbacks->setVisible(!fallbacks.isEmpty());
    m_obstacle->showNotice(quote.blocked ? NoticeLine::Kind::Error : NoticeLine::Kind::Warning, quote.obstacle);
    m_obstacle->setButton(quote.obstacle.isEmpty() ? QString() : remedy);
    showNotices(quote.notices);
    if (m_prompt->toPlainText() != quote.prompt.text)
        m_prompt->setPlainText(quote.prompt.text);
    m_promptHeader->setVisible(true);
    m_prompt->setVisible(m_promptHeader->isExpanded());
}

void QuoteView::showError(const QString &sentence, const QString &remedy)
{
    m_price->setText(tr("No price"));
    m_budget->clear();
    m_route->clear();
    m_fallbacks->hide();
    showNotices({});
    m_obstacle->showNotice(NoticeLine::Kind::Error, sentence);
    m_obstacle->setButton(remedy);
    m_promptHeader->setVisible(false);
    m_prompt->setVisible(false);
}

void QuoteView::showTotal(const QString &sentence)
{
    m_price->setText(sentence);
}

void QuoteView::showNotices(const QStringList &notices)
{
    while (QLayoutItem *item = m_notices->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString &notice : notices) {
        auto *line = new NoticeLine(m_noticePlace);
        line->showNotice(NoticeLine::Kind::Info, notice);
        m_notices->addWidget(line);
    }
    m_noticePlace->setVisible(!notices.isEmpty());
}

} // namespace Galley
