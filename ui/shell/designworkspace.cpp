#include "ui/shell/designworkspace.h"

#include "core/service/draftservice.h"
#include "ui/design/artboard.h"
#include "ui/design/inspector.h"
#include "ui/design/promptview.h"
#include "ui/design/slotform.h"
#include "ui/design/styleeditor.h"
#include "ui/design/tokenlist.h"
#include "ui/document/templatedocument.h"
#include "ui/preview/previewring.h"
#include "ui/preview/statechip.h"
#include "ui/shell/draftfeed.h"
#include "ui/shell/issues.h"
#include "ui/widgets/panelfocus.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QEvent>
#include <QScrollArea>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Galley {

namespace {

constexpr int leftWidth = 264;
constexpr int rightWidth = 296;
constexpr int narrowestPanel = 220;
constexpr int chipMargin = Theme::space4;

QSplitter *splitter(Qt::Orientation orientation, const QString &name, QWidget *parent)
{
    auto *result = new QSplitter(orientation, parent);
    result->setObjectName(name);
    result->setChildrenCollapsible(false);
    result->setHandleWidth(1);
    return result;
}

QString stateKey(const QObject *object)
{
    return QStringLiteral("design/") + object->objectName();
}

} // namespace

DesignWorkspace::DesignWorkspace(TemplateDocument *document, DraftService *draft, DraftFeed *feed, QSettings *store, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_draft(draft)
    , m_feed(feed)
    , m_store(store)
    , m_artboard(new Artboard(document, draft, this))
    , m_chip(new StateChip(draft, m_artboard))
    , m_ring(new PreviewRing(document, draft, this))
    , m_columns(splitter(Qt::Horizontal, QStringLiteral("columns"), this))
    , m_stage(splitter(Qt::Horizontal, QStringLiteral("stage"), m_columns))
{
    QWidget *left = makeLeft();
    QWidget *right = makeRight();
    m_columns->addWidget(left);
    m_stage->addWidget(m_artboard);
    m_stage->setStretchFactor(0, 1);
    m_columns->addWidget(m_stage);
    m_columns->addWidget(right);
    m_columns->setStretchFactor(1, 1);
    m_columns->setSizes({leftWidth, 800, rightWidth});
    m_artboard->setMinimumWidth(240);
    m_artboard->installEventFilter(this);
    m_chip->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_columns, 1);
    layout->addWidget(m_ring);

    addToggle("showLeft", tr("Tokens and Slots"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_1), left);
    addToggle("showRight", tr("Inspector and Prompt"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_2), right);
    addToggle("showRing", tr("Last Previews"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_3), m_ring);
    connect(m_ring, &PreviewRing::seedWanted, feed, &DraftFeed::setSeed);
    connect(m_ring, &PreviewRing::newSeedWanted, feed, &DraftFeed::rollSeed);
    connect(m_ring, &PreviewRing::optionsRestored, feed, [this](const Draft &shown) { m_feed->restore(shown.options); });
    connect(m_ring, &PreviewRing::shown, m_artboard, &Artboard::showDraft);
    connect(m_ring, &PreviewRing::hidden, m_artboard, &Artboard::showLive);
    connect(m_ring, &PreviewRing::message, this, &DesignWorkspace::message);
    connect(m_artboard, &Artboard::message, this, &DesignWorkspace::message);
    m_panels.insert(std::min<qsizetype>(2, m_panels.size()), m_artboard);
    m_panels.append(m_ring);
    for (QAction *action : m_ring->ringActions()) {
        if (action->objectName() != QLatin1String("newSeed"))  // the toolbar's dice
            m_extra << action;
    }
    restoreState();
}

DesignWorkspace::~DesignWorkspace() = default;

QList<QAction *> DesignWorkspace::panelActions() const
{
    return m_toggles;
}

QList<QAction *> DesignWorkspace::extraActions() const
{
    return m_extra;
}

void DesignWorkspace::focusNextPanel(bool forward)
{
    Galley::focusNextPanel(m_panels, forward);
}

void DesignWorkspace::jumpTo(const Issue &issue)
{
    if (issue.row > 0)
        m_document->setCurrentRow(issue.row);
    if (!issue.tokenId.isEmpty()) {
        m_document->setSelection({issue.tokenId});
        m_artboard->setFocus(Qt::OtherFocusReason);
    } else if (!issue.slot.isEmpty()) {
        m_slotForm->focusSlot(issue.slot);
    }
}

void DesignWorkspace::addBesideArtboard(QWidget *panel, const QString &name)
{
    m_stage->addWidget(panel);
    m_stage->setStretchFactor(1, 1);
    m_stage->setSizes({1, 1});
    m_stage->restoreState(m_store->value(stateKey(m_stage)).toByteArray());
    panel->setAccessibleName(name);
    m_panels.insert(m_panels.indexOf(m_artboard) + 1, panel);
}

void DesignWorkspace::saveState()
{
    for (const QSplitter *each : {m_columns, m_leftSplitter, m_rightSplitter, m_stage}) {
        if (each)
            m_store->setValue(stateKey(each), each->saveState());
    }
    for (const QAction *toggle : std::as_const(m_toggles))
        m_store->setValue(stateKey(toggle), toggle->isChecked());
}

bool DesignWorkspace::eventFilter(QObject *watched, QEvent *event)
{
    const bool moved = watched == m_artboard && (event->type() == QEvent::Resize || event->type() == QEvent::Show
                                                 || event->type() == QEvent::LayoutRequest);
    if (moved)
        placeChip();
    return QWidget::eventFilter(watched, event);
}

QWidget *DesignWorkspace::makeLeft()
{
    m_leftSplitter = splitter(Qt::Vertical, QStringLiteral("left"), this);
    m_leftSplitter->setMinimumWidth(narrowestPanel);
    auto *tokens = new TokenList(m_document, m_draft, m_leftSplitter);
    auto *form = new SlotForm(m_document, m_draft, m_leftSplitter);
    m_slotForm = form;
    m_leftSplitter->addWidget(tokens);
    m_leftSplitter->addWidget(form);
    m_leftSplitter->setSizes({300, 400});
    connectPanel(tokens, tr("Tokens"));
    connectPanel(form, tr("Slots"));
    m_extra += form->allActions();
    connect(tokens, &TokenList::editRequested, form, &SlotForm::focusToken);
    connect(form, &SlotForm::openRowsRequested, this, &DesignWorkspace::openRowsRequested);
    connect(m_artboard, &Artboard::editRequested, form, &SlotForm::focusToken);
    return m_leftSplitter;
}

QWidget *DesignWorkspace::makeRight()
{
    m_rightSplitter = splitter(Qt::Vertical, QStringLiteral("right"), this);
    m_rightSplitter->setMinimumWidth(narrowestPanel);
    // With a selection its properties, without one those of the whole template.
    auto *top = new QStackedWidget(m_rightSplitter);
    auto *inspector = new Inspector(m_document, m_draft, top);
    auto *style = new StyleEditor(m_document, top);
    auto *prompt = new PromptView(m_document, m_rightSplitter);
    connect(inspector, &Inspector::candidatesWanted, m_artboard->findAction(QStringLiteral("fourCandidates")), &QAction::trigger);
    top->addWidget(style);
    top->addWidget(inspector);
    const auto choose = [this, top] { top->setCurrentIndex(m_document->selection().isEmpty() ? 0 : 1); };
    connect(m_document, &TemplateDocument::selectionChanged, top, choose);
    choose();
    m_rightSplitter->addWidget(top);
    m_rightSplitter->addWidget(prompt);
    m_rightSplitter->setSizes({440, 260});
    connectPanel(inspector, tr("Inspector"));
    connectPanel(style, tr("Canvas and Style"));
    connectPanel(prompt, tr("Compiled prompt"));
    return m_rightSplitter;
}

QAction *DesignWorkspace::addToggle(const char *name, const QString &text, const QKeySequence &shortcut, QWidget *panel)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(shortcut);
    action->setCheckable(true);
    action->setChecked(true);
    connect(action, &QAction::toggled, panel, &QWidget::setVisible);
    m_toggles << action;
    return action;
}

void DesignWorkspace::connectPanel(QWidget *panel, const QString &name)
{
    m_panels << panel;
    panel->setAccessibleName(name);
    if (qobject_cast<QScrollArea *>(panel))
        panel->setFocusPolicy(Qt::NoFocus);  // its fields have it
    if (panel->metaObject()->indexOfSignal("message(QString)") >= 0)
        connect(panel, SIGNAL(message(QString)), this, SIGNAL(message(QString)));
}

void DesignWorkspace::restoreState()
{
    for (QSplitter *each : {m_columns, m_leftSplitter, m_rightSplitter}) {
        if (each)
            each->restoreState(m_store->value(stateKey(each)).toByteArray());
    }
    for (QAction *toggle : std::as_const(m_toggles))
        toggle->setChecked(m_store->value(stateKey(toggle), true).toBool());
}

void DesignWorkspace::placeChip()
{
    const QSize size = m_chip->sizeHint().boundedTo(m_artboard->size() - QSize(2 * chipMargin, chipMargin));
    m_chip->setGeometry((m_artboard->width() - size.width()) / 2, m_artboard->height() - size.height() - Theme::space3,
                        size.width(), size.height());
    m_chip->raise();
}

} // namespace Galley
