// What the Compare workspace is made of and where it lies.
#include "core/review/picturecompare.h"
#include "ui/compare/compareactions.h"
#include "ui/compare/compareview.h"
#include "ui/compare/compareworkspace.h"
#include "ui/compare/parameterview.h"
#include "ui/compare/preferencelist.h"
#include "ui/compare/savedcomparisons.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/progressline.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSlider>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

namespace Galley {

namespace {

constexpr int noteHeight = 72;
constexpr int sideWidth = 360;
constexpr int narrowestPanel = 220;

} // namespace

QWidget *CompareWorkspace::makeHeader()
{
    auto *header = new QWidget(this);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(Theme::space2, Theme::space1, Theme::space2, Theme::space1);
    row->setSpacing(Theme::space2);
    m_layouts->setObjectName(QStringLiteral("compareLayouts"));
    for (const int size : layoutSizes())
        m_layouts->addSegment(QString::number(size), {}, tr("%n pane(s)", nullptr, size));
    connect(m_layouts, &Segmented::chosen, this, [this](int index) { m_actions->lay(layoutSizes().at(index)); });
    for (const char *name : {"modePanes", "modeWipe", "modeFlicker", "modeOnion", "modeDifference"}) {
        QAction *action = m_actions->find(name);
        m_modes->addSegment(action->text(), {}, withShortcut(action->text(), action->shortcut()));
    }
    connect(m_modes, &Segmented::chosen, this, [this](int index) { m_view->setMode(CompareMode(index)); });
    m_zoom = new QToolButton(header);
    m_zoom->setObjectName(QStringLiteral("compareZoom"));
    m_zoom->setAutoRaise(true);
    m_zoom->setPopupMode(QToolButton::InstantPopup);
    auto *zooms = new QMenu(m_zoom);
    for (const char *name : {"compareFit", "compareActual", "compareZoomIn", "compareZoomOut"})
        zooms->addAction(m_actions->find(name));
    m_zoom->setMenu(zooms);
    auto *blind = new QToolButton(header);
    blind->setObjectName(QStringLiteral("blindButton"));
    blind->setDefaultAction(m_actions->find("blind"));
    blind->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    blind->setAutoRaise(true);
    row->addWidget(m_layouts);
    row->addWidget(m_modes);
    row->addWidget(new IconButton(m_actions->find("linkPanes"), header));
    row->addWidget(m_zoom);
    row->addStretch(1);
    for (const char *name : {"compareUndo", "pinPane", "swapPair", "compareOriginals"})
        row->addWidget(new IconButton(m_actions->find(name), header));
    auto *save = new QToolButton(header);
    save->setObjectName(QStringLiteral("exportButton"));
    save->setIcon(themedIcon(QStringLiteral("file_download")));
    save->setAutoRaise(true);
    save->setPopupMode(QToolButton::InstantPopup);
    save->setAccessibleName(tr("Export"));
    save->setToolTip(tr("Export what is compared: a contact sheet as PDF, or a table as CSV"));
    auto *exports = new QMenu(save);
    exports->addActions({m_actions->find("exportSheet"), m_actions->find("exportTable")});
    save->setMenu(exports);
    m_saved->setAutoRaise(true);
    row->addWidget(save);
    row->addWidget(m_saved);
    row->addWidget(blind);
    return header;
}

/// What the way of comparing needs: where the wipe is, how much of the second, how much may differ.
QWidget *CompareWorkspace::makeTools()
{
    m_tools = new QWidget(this);
    auto *row = new QHBoxLayout(m_tools);
    row->setContentsMargins(Theme::space3, 0, Theme::space2, Theme::space1);
    row->setSpacing(Theme::space2);
    m_amountName = new QLabel(m_tools);
    m_amount = new QSlider(Qt::Horizontal, m_tools);
    m_amount->setMaximumWidth(240);
    m_amountName->setBuddy(m_amount);
    m_amountValue = new QLabel(m_tools);
    m_turn = new QToolButton(m_tools);
    m_turn->setText(tr("Turn the Line"));
    m_turn->setToolTip(tr("Cut across instead of down"));
    m_turn->setCheckable(true);
    m_auto = new QToolButton(m_tools);
    m_auto->setText(tr("By Itself"));
    m_auto->setCheckable(true);
    m_auto->setToolTip(tr("Change twice a second without a key"));
    m_measured = new ElidedLabel({}, m_tools);
    m_measured->setSecondary(true);
    m_limits = new QToolButton(m_tools);
    m_limits->setObjectName(QStringLiteral("differenceLimits"));
    m_limits->setIcon(themedIcon(QStringLiteral("info")));
    m_limits->setAutoRaise(true);
    m_limits->setAccessibleName(tr("What these numbers can tell"));
    m_limits->setAccessibleDescription(differenceLimits());
    m_limits->setToolTip(differenceLimits());
    row->addWidget(m_amountName);
    row->addWidget(m_amount);
    row->addWidget(m_amountValue);
    row->addWidget(m_turn);
    row->addWidget(m_auto);
    row->addWidget(m_measured, 1000);
    row->addWidget(m_limits);
    row->addStretch(1);
    connect(m_amount, &QSlider::valueChanged, this, &CompareWorkspace::takeAmount);
    connect(m_limits, &QToolButton::clicked, this, [this] {
        QToolTip::showText(m_limits->mapToGlobal(m_limits->rect().bottomLeft()), m_limits->toolTip(), m_limits);
    });
    connect(m_turn, &QToolButton::toggled, this, [this](bool on) { m_view->setWipeUpright(!on); });
    connect(m_auto, &QToolButton::toggled, m_view, &CompareView::setAutoFlicker);
    return m_tools;
}

QWidget *CompareWorkspace::makeSide()
{
    auto *side = new QWidget(this);
    side->setMinimumWidth(narrowestPanel);
    m_note->setMaximumHeight(noteHeight);
    m_note->setTabChangesFocus(true);
    m_note->setPlaceholderText(tr("What is good, what is not"));
    m_note->setAccessibleName(tr("Note on the active picture"));
    m_note->setToolTip(withShortcut(tr("Note on the active picture"), m_actions->find("notePicture")->shortcut()));
    m_note->setFrameShape(QFrame::StyledPanel);
    auto *noteRow = new QHBoxLayout;
    noteRow->setContentsMargins(Theme::space3, 0, Theme::space3, Theme::space2);
    noteRow->addWidget(m_note);
    auto *preferred = new SectionHeader(tr("Preferred Models"), side);
    preferred->setBody(m_preferences);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_parameters, 1);
    column->addWidget(m_noteTitle);
    column->addLayout(noteRow);
    column->addWidget(preferred);
    column->addWidget(m_preferences);
    return side;
}

void CompareWorkspace::layOut()
{
    auto *page = new QWidget(m_stack);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addWidget(makeTools());
    QWidget *side = makeSide();
    m_body->setObjectName(QStringLiteral("compareBody"));
    m_body->setHandleWidth(1);
    m_body->setChildrenCollapsible(false);
    m_body->addWidget(m_view);
    m_body->addWidget(side);
    m_body->setStretchFactor(0, 1);
    m_body->setSizes({1080, sideWidth});
    column->addWidget(m_body, 1);
    m_facts->setSecondary(true);
    m_facts->setContentsMargins(Theme::space3, Theme::space1, Theme::space3, Theme::space1);
    column->addWidget(m_facts);
    m_stack->addWidget(page);
    m_stack->addWidget(m_empty);
    for (QWidget *panel : {static_cast<QWidget *>(m_view), static_cast<QWidget *>(m_parameters->table()), static_cast<QWidget *>(m_note)})
        m_panels << panel;
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_progress);
    layout->addWidget(m_stack, 1);
}

} // namespace Galley
