#include "ui/routes/canarypanel.h"

#include "ui/routes/canarycard.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/theme.h"

#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Galley {

CanaryPanel::CanaryPanel(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
{
    auto *area = new QScrollArea(m_stack);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *body = new QWidget(area);
    m_list = new QVBoxLayout(body);
    m_list->setContentsMargins(Theme::space2, Theme::space1, Theme::space2, Theme::space2);
    m_list->setSpacing(Theme::space2);
    m_list->addStretch(1);
    area->setWidget(body);
    m_stack->addWidget(area);
    m_stack->addWidget(new EmptyState(QStringLiteral("trending_up"),
                                      tr("No canary runs. Give a rule one to try a new model on a few projects first:\n"
                                         "canary: {model: …, steps: [5, 25, 100], bake: 24h}"),
                                      m_stack));
    m_stack->setCurrentIndex(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new SectionHeader(tr("Canaries"), this));
    layout->addWidget(m_stack, 1);
}

/// Cards stay as long as their rule does: a button that is about to be pressed does not vanish under the finger when numbers come.
void CanaryPanel::setCanaries(const QList<CanaryStatus> &canaries, const ModelNames &names)
{
    while (m_cards.size() > canaries.size()) {
        CanaryCard *card = m_cards.takeLast();
        card->hide();
        card->deleteLater();
    }
    while (m_cards.size() < canaries.size()) {
        auto *card = new CanaryCard(this);
        connect(card, &CanaryCard::promoteWanted, this, &CanaryPanel::promoteWanted);
        connect(card, &CanaryCard::holdWanted, this, &CanaryPanel::holdWanted);
        connect(card, &CanaryCard::rollBackWanted, this, &CanaryPanel::rollBackWanted);
        connect(card, &CanaryCard::restartWanted, this, &CanaryPanel::restartWanted);
        m_list->insertWidget(int(m_cards.size()), card);
        m_cards.append(card);
    }
    for (qsizetype i = 0; i < canaries.size(); ++i)
        m_cards.at(i)->setStatus(canaries.at(i), names);
    m_stack->setCurrentIndex(canaries.isEmpty() ? 1 : 0);
}

} // namespace Galley
