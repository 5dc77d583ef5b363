#include "ui/queue/jobdetail.h"

#include "core/service/renderqueue.h"
#include "ui/queue/jobtext.h"
#include "ui/queue/queueactions.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/sectionheader.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace Galley {

namespace {

constexpr int detailLines = 110;

QLabel *words(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    return label;
}

/// A button for \a action that is there only while it can be pressed.
void addButton(QWidget *place, QAction *action)
{
    auto *button = new QPushButton(place);
    button->setAutoDefault(false);
    place->layout()->addWidget(button);
    const auto follow = [button, action] {
        button->setText(action->text());
        button->setIcon(action->icon());
        button->setToolTip(action->toolTip());
        button->setVisible(action->isEnabled());
    };
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    follow();
}

} // namespace

JobDetail::JobDetail(QueueActions *actions, QWidget *parent)
    : QWidget(parent)
    , m_actions(actions)
    , m_more(new SectionHeader(tr("Details"), this))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    outer->addWidget(scroll);
    auto *inside = new QWidget(scroll);
    scroll->setWidget(inside);
    auto *layout = new QVBoxLayout(inside);
    layout->setContentsMargins(Theme::space3, Theme::space2, Theme::space3, Theme::space3);
    layout->setSpacing(Theme::space2);
    m_title = words(inside);
    QFont title = Theme::bodyFont();
    title.setWeight(QFont::DemiBold);
    m_title->setFont(title);
    m_state = new Chip({}, inside);
    m_models = words(inside);
    m_models->setForegroundRole(QPalette::PlaceholderText);
    m_sentence = words(inside);
    m_buttons = new QWidget(inside);
    auto *buttons = new QVBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(Theme::space1);
    for (const char *name : {"lookUpJob", "sendAgainJob", "giveUpJob", "retryJob", "startJobNow", "holdJob", "cancelJob"})
        addButton(m_buttons, actions->action(name));
    m_services = new QPushButton(tr("Services and Keys …"), m_buttons);
    m_services->setAutoDefault(false);
    m_services->setToolTip(tr("Enter the key that is missing, or go online"));
    buttons->insertWidget(0, m_services);
    connect(m_services, &QPushButton::clicked, this, [this] { Q_EMIT servicesWanted(m_job); });
    m_details = new QPlainTextEdit(inside);
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_details->setAccessibleName(tr("Details"));
    m_details->setFont(Theme::secondaryFont());
    m_details->setMinimumHeight(detailLines);
    m_more->setParent(inside);
    m_more->setMinor(true);
    m_more->setBody(m_details);
    m_more->setExpanded(false);
    auto *head = new QHBoxLayout;
    head->setSpacing(Theme::space2);
    head->addWidget(m_title, 1);
    head->addWidget(m_state, 0, Qt::AlignTop);
    layout->addLayout(head);
    layout->addWidget(m_sentence);
    layout->addWidget(m_buttons);
    layout->addWidget(m_models);
    layout->addWidget(m_more);
    layout->addWidget(m_details, 1);
    layout->addStretch(0);
    showJob(nullptr);
}

void JobDetail::showJob(const Job *job)
{
    m_state->setVisible(job);
    m_buttons->setVisible(job);
    m_models->setVisible(job);
    m_more->setVisible(job);
    m_job = job ? job->record.id : 0;
    m_services->setVisible(job && waitsForServices(*job));
    if (!job) {
        m_title->setText({});
        m_sentence->setText(tr("Choose a render in the list to see more about it."));
        m_details->hide();
        return;
    }
    m_details->setVisible(m_more->isExpanded());
    m_title->setText(job->title());
    m_state->setText(stateWord(job->record.state));
    m_state->setIcon(stateIcon(job->record.state));
    m_state->setTone(stateTone(job->record.state));
    m_models->setText(modelsSentence(*job));
    m_sentence->setText(jobSentence(*job));
    m_sentence->setVisible(!m_sentence->text().isEmpty());
    if (const QString details = jobDetails(*job); details != m_details->toPlainText())
        m_details->setPlainText(details);
}

} // namespace Galley
