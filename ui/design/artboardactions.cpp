#include "ui/design/artboardactions.h"

#include "ui/design/artboard.h"
#include "ui/design/candidates.h"
#include "ui/design/tokenclipboard.h"
#include "ui/document/templatedocument.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/iconbutton.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

namespace Galley {

namespace {

constexpr double zoomStep = 1.25;

struct RoleEntry
{
    Role role;
    const char *name;
    const char *icon;
    const char *key;
};

// Letters for what is drawn most; the other roles are in the menu.
const RoleEntry roleEntries[] = {
    {Role::Headline, "drawHeadline", "title", "T"},
    {Role::Subhead, "drawSubhead", "text_fields", ""},
    {Role::Body, "drawBody", "notes", "B"},
    {Role::Caption, "drawCaption", "subtitles", ""},
    {Role::Subject, "drawSubject", "interests", "S"},
    {Role::Panel, "drawPanel", "rectangle", "P"},
    {Role::Cta, "drawCta", "smart_button", "C"},
    {Role::Logo, "drawLogo", "sell", "L"},
    {Role::Background, "drawBackground", "wallpaper", ""},
};

} // namespace

ArtboardActions::ArtboardActions(Artboard *artboard, ArtboardState &state)
    : QObject(artboard)
    , m_artboard(artboard)
    , m_state(state)
{
    addTools();
    addEdits();
    addArrangements();
    addViews();
    connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this, &ArtboardActions::refresh);
    connect(m_state.draft, &DraftService::stateChanged, this, &ArtboardActions::refresh);  // what is drawn has candidates, clip art has none
    refresh();
}

QAction *ArtboardActions::add(QList<QAction *> &list, const char *name, const QString &text, const QString &icon,
                              const QString &tip, const QList<QKeySequence> &shortcuts, std::function<void()> run,
                              std::function<QString()> obstacle)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    action->setShortcuts(shortcuts);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    m_entries.insert(action, {tip, std::move(obstacle)});
    m_artboard->addAction(action);
    list << action;
    return action;
}

QString ArtboardActions::needsSelection(int count) const
{
    const auto selected = m_state.document->selection().size();
    if (selected >= count)
        return {};
    return count == 1 ? tr("Select a token first.") : tr("Select %n tokens or more first.", nullptr, count);
}

QString ArtboardActions::needsEditable(int count) const
{
    if (const QString sentence = m_state.editor.refusal(); !sentence.isEmpty())
        return sentence;
    if (const QString sentence = needsSelection(count); !sentence.isEmpty())
        return sentence;
    if (m_state.editor.editable(m_state.document->selection()).size() < count)
        return tr("What is selected is locked. Unlock it to edit it.");
    return {};
}

void ArtboardActions::addTools()
{
    QAction *select = add(m_tools, "selectTool", tr("Select"), QStringLiteral("near_me"),
                          tr("Pick, move and resize tokens. Alt-click picks what lies below, Alt-drag carries a copy away."),
                          {QKeySequence(Qt::Key_V)}, [this] { m_artboard->setDrawRole(std::nullopt); });
    select->setCheckable(true);
    for (const RoleEntry &entry : roleEntries) {
        const QString role = roleLabel(entry.role);
        QList<QKeySequence> shortcuts;
        if (*entry.key)
            shortcuts << QKeySequence(QLatin1String(entry.key));
        QAction *draw = add(m_tools, entry.name, role, QLatin1String(entry.icon),
                            tr("Draw a new token: %1. Enter places it without the mouse.").arg(role), shortcuts,
                            [this, wanted = entry.role] { m_artboard->setDrawRole(wanted); },
                            [this] { return m_state.editor.refusal(); });
        draw->setCheckable(true);
        draw->setData(int(entry.role));
    }
}

void ArtboardActions::copy()
{
    const TemplateDocument *document = m_state.document;
    QGuiApplication::clipboard()->setMimeData(
        tokensToMimeData(document->value(), document->selection(), document->folder()));
}

void ArtboardActions::paste()
{
    const auto pasted = m_state.editor.paste(QGuiApplication::clipboard()->mimeData());
    if (!pasted)
        Q_EMIT message(pasted.error().message);
}

void ArtboardActions::addEdits()
{
    const auto selection = [this] { return m_state.document->selection(); };
    const auto editable = [this] { return needsEditable(); };
    add(m_edits, "cut", tr("Cut"), QStringLiteral("content_cut"), tr("Copy the selected tokens and delete them."),
        QKeySequence::keyBindings(QKeySequence::Cut),
        [this, selection] {
            copy();
            m_state.editor.remove(selection());
        },
        editable);
    add(m_edits, "copy", tr("Copy"), QStringLiteral("content_copy"),
        tr("Copy the selected tokens, with the slots that they use; they can be pasted into another window."),
        QKeySequence::keyBindings(QKeySequence::Copy), [this] { copy(); }, [this] { return needsSelection(); });
    add(m_edits, "paste", tr("Paste"), QStringLiteral("content_paste"), tr("Paste tokens from the clipboard."),
        QKeySequence::keyBindings(QKeySequence::Paste), [this] { paste(); },
        [this] {
            if (const QString sentence = m_state.editor.refusal(); !sentence.isEmpty())
                return sentence;
            return hasTokens(QGuiApplication::clipboard()->mimeData())
                       ? QString()
                       : tr("The clipboard holds no tokens. Copy tokens on an artboard first.");
        });
    add(m_edits, "duplicate", tr("Duplicate"), QStringLiteral("library_add"), tr("Put a copy of the selected tokens beside them."),
        {QKeySequence(Qt::CTRL | Qt::Key_D)},
        [this, selection] {
            const auto made = m_state.editor.duplicate(selection(), QPointF(16, 16));
            if (!made)
                Q_EMIT message(made.error().message);
        },
        [this] {
            const QString sentence = m_state.editor.refusal();
            return sentence.isEmpty() ? needsSelection() : sentence;
        });
    add(m_edits, "delete", tr("Delete"), QStringLiteral("delete"), tr("Delete the selected tokens."),
        {QKeySequence(QKeySequence::Delete), QKeySequence(Qt::Key_Backspace)},
        [this, selection] { m_state.editor.remove(selection()); }, editable);
    add(m_edits, "selectAll", tr("Select All"), QStringLiteral("select_all"), tr("Select every token that is visible and not locked."),
        QKeySequence::keyBindings(QKeySequence::SelectAll),
        [this] { m_state.document->setSelection(m_state.editor.editable(m_state.visible())); });
    add(m_edits, "editContent", tr("Edit Content"), QStringLiteral("edit"), tr("Edit the words of the selected token."),
        {QKeySequence(Qt::Key_F2)}, [this, selection] { m_artboard->editToken(selection().last()); }, editable);
    add(m_edits, "fourCandidates", tr("Four Candidates …"), QStringLiteral("view_module"),
        tr("Draw the selected subject with four seeds and take the best one."), {QKeySequence(Qt::CTRL | Qt::Key_4)},
        [this] { openCandidates(m_state.document, m_state.draft, m_artboard); },
        [this] {
            const QString sentence = m_state.editor.refusal();
            return sentence.isEmpty() ? candidatesObstacle(*m_state.document, m_state.draft) : sentence;
        });
    add(m_edits, "toggleHidden", tr("Hide or Show"), QStringLiteral("visibility_off"),
        tr("Hide the selected tokens, or show them again."), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H)},
        [this, selection] {
            const Token *token = m_state.document->value().findToken(selection().last());
            m_state.editor.setHidden(selection(), !token->hidden);
        },
        [this] {
            const QString sentence = m_state.editor.refusal();
            return sentence.isEmpty() ? needsSelection() : sentence;
        });
    add(m_edits, "toggleLocked", tr("Lock or Unlock"), QStringLiteral("lock"),
        tr("Lock the selected tokens where they are, or unlock them."), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)},
        [this, selection] {
            const Token *token = m_state.document->value().findToken(selection().last());
            m_state.editor.setLocked(selection(), !token->locked);
        },
        [this] {
            const QString sentence = m_state.editor.refusal();
            return sentence.isEmpty() ? needsSelection() : sentence;
        });
}

void ArtboardActions::addArrangements()
{
    const auto selection = [this] { return m_state.document->selection(); };
    const auto align = [&](const char *name, const QString &text, const char *icon, Alignment alignment) {
        add(m_arrangements, name, text, QLatin1String(icon),
            tr("%1: several tokens to each other, one to the canvas.").arg(text), {},
            [this, selection, alignment] { m_state.editor.align(selection(), alignment); }, [this] { return needsEditable(); });
    };
    align("alignLeft", tr("Align Left"), "align_horizontal_left", Alignment::Left);
    align("alignCenterX", tr("Align Centers Horizontally"), "align_horizontal_center", Alignment::CenterX);
    align("alignRight", tr("Align Right"), "align_horizontal_right", Alignment::Right);
    align("alignTop", tr("Align Top"), "align_vertical_top", Alignment::Top);
    align("alignCenterY", tr("Align Centers Vertically"), "align_vertical_center", Alignment::CenterY);
    align("alignBottom", tr("Align Bottom"), "align_vertical_bottom", Alignment::Bottom);
    const auto distribute = [&](const char *name, const QString &text, const char *icon, Qt::Orientation orientation) {
        add(m_arrangements, name, text, QLatin1String(icon), tr("Equal gaps between the selected tokens; the outer two stay."), {},
            [this, selection, orientation] { m_state.editor.distribute(selection(), orientation); },
            [this] { return needsEditable(3); });
    };
    distribute("distributeX", tr("Distribute Horizontally"), "horizontal_distribute", Qt::Horizontal);
    distribute("distributeY", tr("Distribute Vertically"), "vertical_distribute", Qt::Vertical);
    const auto stack = [&](const char *name, const QString &text, const char *icon, const QKeySequence &key, StackingMove move) {
        add(m_arrangements, name, text, QLatin1String(icon), text + u'.', {key},
            [this, selection, move] { m_state.editor.restack(selection(), move); }, [this] { return needsEditable(); });
    };
    stack("bringToFront", tr("Bring to Front"), "flip_to_front", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_BracketRight),
          StackingMove::ToFront);
    stack("bringForward", tr("Bring Forward"), "arrow_upward", QKeySequence(Qt::CTRL | Qt::Key_BracketRight),
          StackingMove::Forward);
    stack("sendBackward", tr("Send Backward"), "arrow_downward", QKeySequence(Qt::CTRL | Qt::Key_BracketLeft),
          StackingMove::Backward);
    stack("sendToBack", tr("Send to Back"), "flip_to_back", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_BracketLeft),
          StackingMove::ToBack);
}

QAction *ArtboardActions::addOption(const char *name, const QString &text, const QString &icon, const QString &tip,
                                    const QKeySequence &shortcut, bool ArtboardState::*option)
{
    QAction *action = add(m_views, name, text, icon, tip, {shortcut}, [] {});
    action->setCheckable(true);
    action->setChecked(m_state.*option);
    connect(action, &QAction::toggled, this, [this, option](bool on) {
        m_state.*option = on;
        Q_EMIT optionsChanged();
    });
    return action;
}

void ArtboardActions::addViews()
{
    add(m_views, "zoomIn", tr("Zoom In"), QStringLiteral("zoom_in"), tr("Enlarge the view."),
        {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)},
        [this] { m_artboard->setZoom(m_artboard->zoom() * zoomStep); });
    add(m_views, "zoomOut", tr("Zoom Out"), QStringLiteral("zoom_out"), tr("Reduce the view."),
        {QKeySequence(Qt::CTRL | Qt::Key_Minus)}, [this] { m_artboard->setZoom(m_artboard->zoom() / zoomStep); });
    add(m_views, "zoomFit", tr("Fit Canvas"), QStringLiteral("fit_screen"), tr("Show the whole canvas."),
        {QKeySequence(Qt::CTRL | Qt::Key_0)}, [this] { m_artboard->fitToView(); });
    add(m_views, "zoomActual", tr("100 %"), QStringLiteral("looks_one"), tr("One pixel of the canvas is one pixel of the screen."),
        {QKeySequence(Qt::CTRL | Qt::Key_1)}, [this] { m_artboard->setZoom(1); });
    add(m_views, "zoomSelection", tr("Zoom to Selection"), QStringLiteral("crop_free"), tr("Fill the view with what is selected."),
        {QKeySequence(Qt::CTRL | Qt::Key_2)}, [this] { Q_EMIT zoomToSelection(); }, [this] { return needsSelection(); });
    for (QAction *action : std::as_const(m_views))
        action->setShortcutContext(Qt::WindowShortcut);
    addOption("showRulers", tr("Rulers"), QStringLiteral("straighten"), tr("Rulers in canvas pixels."),
              QKeySequence(Qt::SHIFT | Qt::Key_R), &ArtboardState::showRulers);
    addOption("showGuides", tr("Safe Area and Thirds"), QStringLiteral("grid_on"), tr("Show the safe area and the thirds of the canvas."),
              QKeySequence(Qt::CTRL | Qt::Key_Semicolon), &ArtboardState::showGuides);
    addOption("snapping", tr("Snap"), QStringLiteral("link"),
              tr("Snap to edges, centers, thirds and the safe area. Ctrl suspends it while dragging."),
              QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Semicolon), &ArtboardState::snapping);
}

void ArtboardActions::refresh()
{
    for (auto it = m_entries.constBegin(); it != m_entries.constEnd(); ++it) {
        QAction *action = it.key();
        const QString sentence = it->obstacle ? it->obstacle() : QString();
        action->setEnabled(sentence.isEmpty());
        action->setToolTip(sentence.isEmpty() ? withShortcut(it->tip, action->shortcut())
                                              : action->text() + QStringLiteral(": ") + sentence);
    }
    const std::optional<Role> role = m_artboard->drawRole();
    for (QAction *action : std::as_const(m_tools))
        action->setChecked(action->data().isValid() ? role && action->data().toInt() == int(*role) : !role);
}

} // namespace Galley
