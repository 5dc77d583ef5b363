#include "ui/compare/compareactions.h"

#include "ui/compare/compareset.h"
#include "ui/compare/compareview.h"
#include "ui/widgets/icon.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QUndoStack>

#include <algorithm>

namespace Galley {

namespace {

constexpr double zoomStep = 1.25;
constexpr double panStep = 48;
constexpr double amountStep = 0.05;
constexpr int toleranceStep = 4;

QByteArray layoutName(int panes)
{
    return "layout" + QByteArray::number(panes);
}

} // namespace

CompareActions::CompareActions(CompareSet *set, CompareView *view, QWidget *parent)
    : QObject(parent)
    , m_set(set)
    , m_view(view)
    , m_menu(new QMenu(tr("&Compare"), parent))
{
    m_menu->setToolTipsVisible(true);
    makePictureActions();
    makeDecisionActions();
    makeModeActions();
    makeViewActions();
    connect(set, &CompareSet::opened, this, &CompareActions::update);
    connect(set, &CompareSet::reordered, this, &CompareActions::update);
    connect(set, &CompareSet::pictureChanged, this, &CompareActions::update);
    connect(view, &CompareView::placesChanged, this, &CompareActions::update);
    connect(view, &CompareView::modeChanged, this, &CompareActions::update);
    connect(view, &CompareView::flickered, this, &CompareActions::update);  // another picture is judged
    update();
}

QList<QAction *> CompareActions::all() const
{
    return m_actions.values();
}

QAction *CompareActions::add(QMenu *menu, const char *name, const QString &text, const QString &icon, const QKeySequence &key,
                             std::function<void()> run)
{
    QAction *action = menu->addAction(text);
    action->setObjectName(QLatin1String(name));
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    action->setShortcut(key);
    const bool isPlain = !key.isEmpty() && !(key[0].keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier));
    if (isPlain) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_view->addAction(action);
    }
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    m_actions.insert(action->objectName(), action);
    return action;
}

QAction *CompareActions::toggle(QMenu *menu, const char *name, const QString &text, const QString &icon, const QKeySequence &key,
                                std::function<void()> run)
{
    QAction *action = add(menu, name, text, icon, key, std::move(run));
    action->setCheckable(true);
    return action;
}

void CompareActions::makePictureActions()
{
    QAction *undo = m_set->undoStack()->createUndoAction(this, tr("Undo"));
    undo->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Z));
    undo->setIcon(themedIcon(QStringLiteral("undo")));
    undo->setObjectName(QStringLiteral("compareUndo"));
    QAction *redo = m_set->undoStack()->createRedoAction(this, tr("Redo"));
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    redo->setIcon(themedIcon(QStringLiteral("redo")));
    redo->setObjectName(QStringLiteral("compareRedo"));
    for (QAction *action : {undo, redo}) {
        m_menu->addAction(action);
        m_actions.insert(action->objectName(), action);
    }
    m_menu->addSeparator();
    add(m_menu, "nextCompared", tr("Next Picture"), QStringLiteral("chevron_right"), Qt::Key_Right, [this] { m_view->step(1); });
    add(m_menu, "previousCompared", tr("Previous Picture"), QStringLiteral("chevron_left"), Qt::Key_Left, [this] { m_view->step(-1); });
    add(m_menu, "paneAbove", tr("Pane Above"), QStringLiteral("expand_less"), Qt::Key_Up, [this] { m_view->moveActive(-1); });
    add(m_menu, "paneBelow", tr("Pane Below"), QStringLiteral("expand_more"), Qt::Key_Down, [this] { m_view->moveActive(1); });
    add(m_menu, "nextComparedPage", tr("Next Screen"), {}, Qt::Key_PageDown, [this] { m_view->page(1); });
    add(m_menu, "previousComparedPage", tr("Previous Screen"), {}, Qt::Key_PageUp, [this] { m_view->page(-1); });
    QAction *pin = toggle(m_menu, "pinPane", tr("Pin, and Step the Others"), QStringLiteral("push_pin"), Qt::SHIFT | Qt::Key_P,
                          [this] { m_view->togglePin(); });
    pin->setToolTip(tr("Keep the picture of the active pane where it is while the arrow keys step the others"));
    QMenu *panes = m_menu->addMenu(tr("Go to Pane"));
    for (int pane = 0; pane < LinkedView::panes; ++pane) {
        const QByteArray name = "pane" + QByteArray::number(pane + 1);
        add(panes, name.constData(), tr("Pane %1").arg(pane + 1), {}, Qt::Key(Qt::Key_1 + pane), [this, pane] { m_view->setActive(pane); });
    }
    makeLayoutActions();
}

/// How many panes: each number, and one more or less by key.
void CompareActions::makeLayoutActions()
{
    QMenu *layouts = m_menu->addMenu(tr("Number of Panes"));
    layouts->menuAction()->setIcon(themedIcon(QStringLiteral("view_module")));
    auto *group = new QActionGroup(this);
    for (const int panes : layoutSizes()) {
        const QByteArray name = layoutName(panes);
        group->addAction(toggle(layouts, name.constData(), tr("%n Pane(s)", nullptr, panes), {}, {}, [this, panes] { lay(panes); }));
    }
    layouts->addSeparator();
    add(layouts, "morePanes", tr("One Pane More"), {}, Qt::Key_M, [this] { lay(m_view->places().panes() + 1); });
    add(layouts, "fewerPanes", tr("One Pane Fewer"), {}, Qt::SHIFT | Qt::Key_M, [this] { lay(m_view->places().panes() - 1); });
}

void CompareActions::lay(int panes)
{
    m_view->setMode(CompareMode::Panes);
    m_view->setPanes(std::clamp(panes, layoutSizes().first(), layoutSizes().last()));
}

void CompareActions::rate(std::optional<int> stars)
{
    m_set->setRating(m_view->activePlace(), stars);
}

void CompareActions::decide(int pick)
{
    const int place = m_view->activePlace();
    if (!m_set->takesJudgement(place)) {
        Q_EMIT m_view->message(tr("A draft is not in the library, so it takes neither stars nor picks. Choose its final."));
        return;
    }
    const auto wanted = PickState(pick);
    m_set->setPick(place, m_set->judgement(place).pick == wanted ? PickState::None : wanted);
}

void CompareActions::makeDecisionActions()
{
    m_menu->addSeparator();
    toggle(m_menu, "pickPicture", tr("Pick"), QStringLiteral("check_circle"), Qt::Key_P, [this] { decide(int(PickState::Picked)); });
    toggle(m_menu, "rejectPicture", tr("Reject"), QStringLiteral("cancel"), Qt::Key_X, [this] { decide(int(PickState::Rejected)); });
    QMenu *stars = m_menu->addMenu(tr("Stars"));
    stars->menuAction()->setIcon(themedIcon(QStringLiteral("star")));
    for (int count = 0; count <= 5; ++count) {
        const QByteArray name = "stars" + QByteArray::number(count);
        const QString text = count == 0 ? tr("No Stars") : tr("%n Star(s)", nullptr, count);
        add(stars, name.constData(), text, {}, Qt::SHIFT | Qt::Key(Qt::Key_0 + count),
            [this, count] { rate(count == 0 ? std::nullopt : std::optional<int>(count)); });
    }
    QAction *copy = add(m_menu, "copyTable", tr("Copy Table"), QStringLiteral("content_copy"), Qt::CTRL | Qt::SHIFT | Qt::Key_C,
                        [this] { Q_EMIT copyWanted(); });
    copy->setToolTip(tr("Put the parameters on screen into the clipboard, to be pasted into a spreadsheet"));
    add(m_menu, "notePicture", tr("Write a Note"), QStringLiteral("note_add"), Qt::Key_N, [this] { Q_EMIT noteWanted(); });
    m_menu->addSeparator();
    toggle(m_menu, "blind", tr("Compare Blind"), QStringLiteral("visibility_off"), Qt::Key_B,
                            [this] { Q_EMIT blindWanted(!m_set->isBlind()); });
}

void CompareActions::makeModeActions()
{
    m_menu->addSeparator();
    struct Mode
    {
        CompareMode mode;
        const char *name;
        QString text;
        const char *icon;
        Qt::Key key;
    };
    const QList<Mode> modes{{CompareMode::Panes, "modePanes", tr("Side by Side"), "view_module", Qt::Key_G},
                            {CompareMode::Wipe, "modeWipe", tr("Wipe"), "vertical_split", Qt::Key_W},
                            {CompareMode::Flicker, "modeFlicker", tr("Flicker"), "flash_on", Qt::Key_F},
                            {CompareMode::OnionSkin, "modeOnion", tr("Onion Skin"), "opacity", Qt::Key_O},
                            {CompareMode::Difference, "modeDifference", tr("Difference"), "difference", Qt::Key_D}};
    auto *group = new QActionGroup(this);
    for (const Mode &mode : modes) {
        QAction *action = toggle(m_menu, mode.name, mode.text, QLatin1String(mode.icon), mode.key, [this, which = mode.mode] { m_view->setMode(which); });
        action->setData(int(mode.mode));
        group->addAction(action);
    }
    QAction *space = add(m_menu, "flicker", tr("Show the Other One"), QStringLiteral("compare"), Qt::Key_Space, [this] { m_view->flicker(); });
    space->setToolTip(tr("Show the other picture of the pair in the same place, and back"));
    add(m_menu, "swapPair", tr("Swap the Two"), QStringLiteral("swap_horiz"), Qt::Key_S, [this] { m_view->swapPair(); });
    const auto change = [this](int by) {
        if (m_view->mode() == CompareMode::Wipe)
            m_view->setWipe(m_view->wipe() + by * amountStep);
        else if (m_view->mode() == CompareMode::OnionSkin)
            m_view->setOpacity(m_view->opacity() + by * amountStep);
        else if (m_view->mode() == CompareMode::Difference)
            m_view->setTolerance(m_view->tolerance() + by * toleranceStep);
    };
    add(m_menu, "moreAmount", tr("Move the Wipe, More of the Second, More Tolerance"), {}, Qt::CTRL | Qt::Key_Right, [change] { change(1); });
    add(m_menu, "lessAmount", tr("Move the Wipe, Less of the Second, Less Tolerance"), {}, Qt::CTRL | Qt::Key_Left, [change] { change(-1); });
}

void CompareActions::makeViewActions()
{
    m_menu->addSeparator();
    add(m_menu, "compareFit", tr("Fit Pictures"), QStringLiteral("fit_screen"), Qt::CTRL | Qt::Key_0, [this] { m_view->fit(); });
    add(m_menu, "compareActual", tr("Zoom to 100 %"), QStringLiteral("looks_one"), Qt::CTRL | Qt::Key_1, [this] { m_view->zoomTo(1); });
    add(m_menu, "compareZoomIn", tr("Zoom In"), QStringLiteral("zoom_in"), Qt::CTRL | Qt::Key_Plus, [this] { m_view->zoomBy(zoomStep); });
    add(m_menu, "compareZoomOut", tr("Zoom Out"), QStringLiteral("zoom_out"), Qt::CTRL | Qt::Key_Minus, [this] { m_view->zoomBy(1 / zoomStep); });
    QAction *link = toggle(m_menu, "linkPanes", tr("Link Zoom and Place"), QStringLiteral("link"), Qt::Key_L, [this] {
        m_view->setLinked(!m_view->isLinked());
        update();
    });
    link->setToolTip(tr("Zoom and move all pictures together; Shift with the mouse moves one alone"));
    add(m_menu, "resetPane", tr("Put This Pane Back in Line"), QStringLiteral("restore"), Qt::Key_Backspace, [this] { m_view->resetPane(); });
    QMenu *move = m_menu->addMenu(tr("Move the Pictures"));
    struct Way
    {
        const char *name;
        QString text;
        Qt::Key key;
        QPointF delta;
    };
    const QList<Way> ways{{"panLeft", tr("Show What Is Left"), Qt::Key_Left, {panStep, 0}},
                          {"panRight", tr("Show What Is Right"), Qt::Key_Right, {-panStep, 0}},
                          {"panUp", tr("Show What Is Above"), Qt::Key_Up, {0, panStep}},
                          {"panDown", tr("Show What Is Below"), Qt::Key_Down, {0, -panStep}}};
    for (const Way &way : ways) {
        add(move, way.name, way.text, {}, Qt::ALT | way.key, [this, delta = way.delta] { m_view->panBy(delta, false); });
        const QByteArray alone = QByteArray(way.name) + "Alone";
        add(move, alone.constData(), tr("%1, in This Pane Only").arg(way.text), {}, Qt::ALT | Qt::SHIFT | way.key,
            [this, delta = way.delta] { m_view->panBy(delta, true); });
    }
    QAction *original = toggle(m_menu, "compareOriginals", tr("Show Originals"), QStringLiteral("photo"), Qt::Key_R,
                               [this] { m_set->setOriginals(!m_set->showsOriginals()); });
    QAction *drift = toggle(m_menu, "showDrift", tr("Show Drift"), QStringLiteral("difference"), Qt::Key_T, [this] { Q_EMIT driftWanted(); });
    drift->setChecked(true);
    drift->setProperty("always", true);  // the workspace knows when there is any
    drift->setEnabled(false);
    original->setToolTip(tr("The pictures as the models made them, without the text and images that Galley sets over them"));
}

void CompareActions::update()
{
    const int place = m_view->activePlace();
    const bool isThere = !m_set->isEmpty();
    const bool isPair = m_set->count() > 1;
    for (QAction *action : std::as_const(m_actions)) {
        const QString name = action->objectName();
        if (name != QLatin1String("compareUndo") && name != QLatin1String("compareRedo") && !action->property("always").toBool())
            action->setEnabled(isThere);
    }
    for (const char *name : {"modeWipe", "modeFlicker", "modeOnion", "modeDifference", "flicker", "swapPair", "pinPane"})
        find(name)->setEnabled(isPair);
    find("blind")->setEnabled(m_set->canBeBlind());
    find("blind")->setToolTip(isPair && !m_set->canBeBlind() ? tr("A draft takes no stars, which would tell it apart: compare finals blind")
                                                             : tr("Shuffle the pictures and hide who made them until you have decided"));
    const bool hasAmount = m_view->mode() != CompareMode::Panes && m_view->mode() != CompareMode::Flicker;
    find("moreAmount")->setEnabled(isThere && hasAmount);
    find("lessAmount")->setEnabled(isThere && hasAmount);
    for (int pane = 0; pane < LinkedView::panes; ++pane) {
        const QByteArray name = "pane" + QByteArray::number(pane + 1);
        find(name.constData())->setEnabled(m_view->places().pictureAt(pane) >= 0);
    }
    const int shown = m_view->places().panes();
    for (const int panes : layoutSizes())
        find(layoutName(panes).constData())->setChecked(panes == shown);
    find("morePanes")->setEnabled(isThere && shown < layoutSizes().last());
    find("fewerPanes")->setEnabled(isThere && shown > layoutSizes().first());
    for (const char *name : {"modePanes", "modeWipe", "modeFlicker", "modeOnion", "modeDifference"})
        find(name)->setChecked(find(name)->data().toInt() == int(m_view->mode()));
    const bool judged = m_set->takesJudgement(place);
    for (const char *name : {"stars0", "stars1", "stars2", "stars3", "stars4", "stars5", "notePicture"})
        find(name)->setEnabled(judged);
    const PickState pick = judged ? m_set->judgement(place).pick : PickState::None;
    find("pickPicture")->setChecked(pick == PickState::Picked);
    find("rejectPicture")->setChecked(pick == PickState::Rejected);
    find("blind")->setChecked(m_set->isBlind());
    find("blind")->setText(m_set->isBlind() ? tr("Reveal Who Made Them") : tr("Compare Blind"));
    find("linkPanes")->setChecked(m_view->isLinked());
    find("pinPane")->setChecked(m_view->places().pinned() >= 0);
    find("compareOriginals")->setChecked(m_set->showsOriginals());
}

} // namespace Galley
