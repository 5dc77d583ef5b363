#include "ui/compare/compareworkspace.h"

#include "core/base/async.h"
#include "core/review/picturecompare.h"
#include "core/review/preferences.h"
#include "core/service/finalservice.h"
#include "ui/compare/compareactions.h"
#include "ui/compare/compareview.h"
#include "ui/compare/parameterview.h"
#include "ui/compare/preferencelist.h"
#include "ui/compare/savedcomparisons.h"
#include "ui/compare/sheetexport.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/panelfocus.h"
#include "ui/widgets/progressline.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/segmented.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSlider>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextDocument>
#include <QToolButton>

#include <utility>

namespace Galley {

namespace {

const auto bodyKey = QStringLiteral("compare/body");
const auto lastKey = QStringLiteral("compare/last");
constexpr int noteDelayMs = 600;
constexpr int fullAmount = 100;
constexpr int mostTolerance = 64;
constexpr qsizetype mostLast = 64;

} // namespace

CompareWorkspace::CompareWorkspace(const Parts &parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_set(new CompareSet(parts.library, this))
    , m_view(new CompareView(m_set, this))
    , m_actions(new CompareActions(m_set, m_view, this))
    , m_bar(new MessageBar(this))
    , m_progress(new ProgressLine(this))
    , m_export(new SheetExport({parts.library, m_set, parts.store, m_bar, m_progress, this}, this))
    , m_saved(new SavedComparisons(parts.library, m_set, this))
    , m_openSaved(new QAction(themedIcon(QStringLiteral("bookmark")), tr("Open a Saved Comparison …"), this))
    , m_parameters(new ParameterView(m_set, m_view, this))
    , m_preferences(new PreferenceList(this))
    , m_noteTitle(new SectionHeader(tr("Note"), this))
    , m_note(new QPlainTextEdit(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(QStringLiteral("compare"), tr("Choose pictures in the Library, or compare the draft with its final."), this))
    , m_layouts(new Segmented(tr("Panes"), this))
    , m_modes(new Segmented(tr("How to compare"), this))
    , m_facts(new ElidedLabel({}, this))
    , m_body(new QSplitter(Qt::Horizontal, this))
{
    setObjectName(QStringLiteral("compareWorkspace"));
    makeKeeping();
    layOut();
    m_body->restoreState(parts.store->value(bodyKey).toByteArray());
    connectParts();
    showNames();
    showSet();
    showMode();
}

CompareWorkspace::~CompareWorkspace()
{
    m_set->recordPicks();
}

void CompareWorkspace::open(const QList<qint64> &ids)
{
    open({}, ids);
}

void CompareWorkspace::open(const QList<CompareGuest> &drafts, const QList<qint64> &ids)
{
    begin(drafts, ids, std::nullopt);
}

void CompareWorkspace::open(const ComparisonSet &comparison)
{
    begin({}, comparison.pictures, comparison);
}

void CompareWorkspace::begin(const QList<CompareGuest> &drafts, const QList<qint64> &ids, const std::optional<ComparisonSet> &kept)
{
    takeNote();
    m_bar->dismiss();
    unsay();
    m_drifted = 0;
    m_hasBegun = true;
    m_kept = kept;
    m_set->open(ids, drafts);
    Q_EMIT wanted();
}

/// Export, and what is kept by name: in the menu, the header and the empty workspace.
void CompareWorkspace::makeKeeping()
{
    QMenu *menu = m_actions->menu();
    menu->addSeparator();
    m_actions->add(menu, "exportSheet", tr("Export Contact Sheet as PDF …"), QStringLiteral("file_download"), Qt::Key_E,
                   [this] { m_export->ask(SheetExport::Kind::Sheet); });
    m_actions->add(menu, "exportTable", tr("Export Table as CSV …"), QStringLiteral("table_chart"), Qt::SHIFT | Qt::Key_E,
                   [this] { m_export->ask(SheetExport::Kind::Table); });
    menu->addMenu(m_saved->menu());
    m_actions->update();
    m_openSaved->setObjectName(QStringLiteral("openSavedComparison"));
    connect(m_openSaved, &QAction::triggered, this, [this] { m_saved->menu()->popup(m_empty->mapToGlobal(m_empty->rect().center())); });
    m_empty->addAction(m_openSaved);
    connect(m_export, &SheetExport::message, this, &CompareWorkspace::message);
    connect(m_export, &SheetExport::revealWanted, this, [this] { setBlind(false); });
    connect(m_saved, &KeptButton::saveWanted, this, [this](const QString &name) { m_saved->save(name, keptView()); });
    connect(m_saved, &SavedComparisons::comparisonChosen, this, qOverload<const ComparisonSet &>(&CompareWorkspace::open));
    connect(m_saved, &SavedComparisons::message, this, &CompareWorkspace::message);
    connect(m_saved, &SavedComparisons::failed, this, [this](const QString &sentence) { m_bar->showMessage(MessageBar::Kind::Error, sentence); });
    connect(m_saved, &SavedComparisons::removed, this, [this](const ComparisonSet &gone) {
        m_bar->showMessage(MessageBar::Kind::Info, tr("The comparison “%1” is removed; its pictures stay in the library.").arg(gone.name));
        m_bar->addButton(tr("Put It Back"), [this, gone] { m_saved->putBack(gone); });
    });
    const auto show = [this] {
        m_openSaved->setEnabled(!m_saved->comparisons().isEmpty());
        m_openSaved->setToolTip(m_openSaved->isEnabled() ? tr("Comparisons that were kept under a name") : tr("No comparison has been saved yet."));
    };
    connect(m_saved, &SavedComparisons::loaded, this, show);
    show();
}

/// What is worth finding again: how the pictures were looked at, not where the mouse was.
Json CompareWorkspace::keptView() const
{
    return {{"mode", int(m_view->mode())},
            {"panes", m_view->places().panes()},
            {"tolerance", m_view->tolerance()},
            {"originals", m_set->showsOriginals()}};
}

/// The pictures of \a comparison are there. What another version or another program wrote counts as far as it is understood.
void CompareWorkspace::showKept(const ComparisonSet &comparison)
{
    const auto number = [&comparison](const char *name, int most) -> std::optional<int> {
        const auto found = comparison.view.is_object() ? comparison.view.find(name) : comparison.view.end();
        if (found == comparison.view.end() || !found->is_number_integer())
            return std::nullopt;
        const qint64 value = found->get<qint64>();
        return value >= 0 && value <= most ? std::optional(int(value)) : std::nullopt;
    };
    const auto originals = comparison.view.is_object() ? comparison.view.find("originals") : comparison.view.end();
    m_set->setOriginals(originals != comparison.view.end() && *originals == Json(true));
    if (const auto panes = number("panes", LinkedView::panes); panes && layoutSizes().contains(*panes) && !m_set->matrix())
        m_view->setPanes(*panes);
    if (const auto tolerance = number("tolerance", 255))
        m_view->setTolerance(*tolerance);
    const auto mode = number("mode", int(CompareMode::Difference));
    m_view->setMode(mode && m_set->count() > 1 ? CompareMode(*mode) : CompareMode::Panes);
    const qsizetype missing = comparison.pictures.size() - m_set->count();
    if (m_set->isEmpty()) {
        m_bar->showMessage(MessageBar::Kind::Warning, tr("None of the pictures of “%1” is in the library any more.").arg(comparison.name));
    } else if (missing > 0) {
        m_bar->showMessage(MessageBar::Kind::Warning, tr("%n picture(s) of “%1” are not in the library any more; the others are shown.", nullptr, int(missing))
                                                          .arg(comparison.name));
    }
}

/// What was compared when the window was closed last. Nine large pictures are decoded for it: not before somebody wants to see them.
void CompareWorkspace::restoreLast()
{
    QList<qint64> ids;
    for (const QString &text : m_parts.store->value(lastKey).toString().split(u' ', Qt::SkipEmptyParts)) {
        if (const qint64 id = text.toLongLong(); id > 0 && ids.size() < mostLast)
            ids << id;
    }
    if (!ids.isEmpty())
        m_set->open(ids);
}

QMenu *CompareWorkspace::menu() const
{
    return m_actions->menu();
}

QList<QAction *> CompareWorkspace::ownActions() const
{
    return m_actions->all() << m_saved->saveAction() << menu()->menuAction();
}

void CompareWorkspace::addEmptyAction(QAction *action)
{
    m_empty->addAction(action);
}

void CompareWorkspace::takeFocus()
{
    if (!m_set->isEmpty()) {
        m_view->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    for (QWidget *child : m_empty->findChildren<QWidget *>()) {
        if (child->focusPolicy() & Qt::TabFocus && child->isEnabled()) {
            child->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
}

void CompareWorkspace::focusNextPanel(bool forward)
{
    Galley::focusNextPanel(m_panels, forward);
}

void CompareWorkspace::saveState()
{
    takeNote();
    m_set->recordPicks();
    m_parts.store->setValue(bodyKey, m_body->saveState());
    QStringList ids;
    for (const qint64 id : m_set->ids())
        ids << QString::number(id);
    if (m_hasBegun)
        m_parts.store->setValue(lastKey, ids.join(u' '));
}

void CompareWorkspace::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!std::exchange(m_hasBegun, true))
        restoreLast();
    loadPreferences();  // other windows pick as well
    m_saved->load();
}

void CompareWorkspace::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    takeNote();
    m_view->setAutoFlicker(false);
    m_set->recordPicks();
}

void CompareWorkspace::connectParts()
{
    connect(m_set, &CompareSet::opened, this, &CompareWorkspace::showSet);
    connect(m_set, &CompareSet::opened, this, [this] {
        m_export->setTitle(m_kept ? m_kept->name : QString());
        if (const auto kept = std::exchange(m_kept, std::nullopt))
            showKept(*kept);
    });
    connect(m_set, &CompareSet::reordered, this, &CompareWorkspace::showSet);
    connect(m_set, &CompareSet::pictureChanged, this, [this](int place) {
        if (place == m_view->activePlace())
            showNote();
        showFacts();
    });
    connect(m_parts.library, &LibraryService::comparisonsChanged, this, [this] {
        if (isVisible())
            loadPreferences();
    });
    connect(m_set, &CompareSet::failed, this, [this](const QString &sentence) { m_bar->showMessage(MessageBar::Kind::Error, sentence); });
    connect(m_view, &CompareView::placesChanged, this, [this] {
        if (m_saidOf >= 0 && m_saidOf != m_view->activePlace())
            unsay();
        showMode();
        showNote();
    });
    connect(m_view, &CompareView::modeChanged, this, &CompareWorkspace::showMode);
    connect(m_view, &CompareView::viewChanged, this, &CompareWorkspace::showFacts);
    connect(m_view, &CompareView::flickered, this, [this] {
        showFacts();
        showNote();
    });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, const QWidget *now) {
        // A note belongs to one picture: nothing changes under it while it is typed.
        if (now == m_note && m_view->isAutoFlicker()) {
            m_view->setAutoFlicker(false);
            showMode();
        }
    });
    connect(m_view, &CompareView::amountChanged, this, &CompareWorkspace::showAmount);
    connect(m_view, &CompareView::differenceMeasured, this, &CompareWorkspace::showMeasured);
    connect(m_view, &CompareView::message, this, [this](const QString &sentence) { say(sentence, m_view->activePlace()); });
    connect(m_actions, &CompareActions::noteWanted, this, [this] { m_note->setFocus(Qt::ShortcutFocusReason); });
    connect(m_actions, &CompareActions::copyWanted, this, [this] {
        QGuiApplication::clipboard()->setText(m_parameters->tabbed());
        Q_EMIT message(tr("The table is in the clipboard."));
    });
    connect(m_actions, &CompareActions::driftWanted, this, &CompareWorkspace::drawDrift);
    connect(m_actions, &CompareActions::blindWanted, this, &CompareWorkspace::setBlind);
    if (m_parts.finals)
        connect(m_parts.finals, &FinalService::catalogueChanged, this, &CompareWorkspace::showNames);
    m_noteTimer.setSingleShot(true);
    m_noteTimer.setInterval(noteDelayMs);
    connect(&m_noteTimer, &QTimer::timeout, this, &CompareWorkspace::takeNote);
    connect(m_note, &QPlainTextEdit::textChanged, this, [this] {
        if (m_noteOf > 0)
            m_noteTimer.start();
    });
}

void CompareWorkspace::showNames()
{
    if (m_parts.finals)
        m_parts.names.setCatalogue(m_parts.finals->catalogue());
    m_set->setNames(m_parts.names);
    loadPreferences();
}

void CompareWorkspace::showSet()
{
    const bool wasEmpty = m_stack->currentIndex() == 1;
    const QWidget *focus = QApplication::focusWidget();
    const bool isLost = isVisible() && (!focus || isAncestorOf(focus));
    m_stack->setCurrentIndex(m_set->isEmpty() ? 1 : 0);
    if (wasEmpty && !m_set->isEmpty() && isLost)
        takeFocus();  // the pictures came after the workspace had been chosen
    showNote();
    showFacts();
    loadPreferences();
    drawDrift();
}

void CompareWorkspace::showMode()
{
    m_modes->setCurrentIndex(int(m_view->mode()));
    m_layouts->setCurrentIndex(int(layoutSizes().indexOf(m_view->places().panes())));
    for (int i = 1; i < m_modes->count(); ++i)
        m_modes->setSegmentEnabled(i, m_set->count() > 1, tr("Two pictures are needed for this."));
    const CompareMode mode = m_view->mode();
    m_tools->setVisible(m_view->isPairMode());
    const bool hasAmount = m_view->isPairMode() && mode != CompareMode::Flicker;
    for (QWidget *widget : {static_cast<QWidget *>(m_amountName), static_cast<QWidget *>(m_amount), static_cast<QWidget *>(m_amountValue)})
        widget->setVisible(hasAmount);
    m_turn->setVisible(mode == CompareMode::Wipe);
    m_auto->setVisible(mode == CompareMode::Flicker);
    m_auto->setChecked(m_view->isAutoFlicker());
    m_measured->setVisible(mode == CompareMode::Difference);
    m_limits->setVisible(mode == CompareMode::Difference);
    const QString name = mode == CompareMode::Wipe        ? tr("Line")
                         : mode == CompareMode::OnionSkin ? tr("Second picture")
                                                          : tr("Tolerance");
    m_amountName->setText(name);
    m_amount->setAccessibleName(name);
    m_amount->setToolTip(tr("%1 (Ctrl+Left and Ctrl+Right)").arg(name));
    showMeasured();
    showAmount();
    showFacts();
}

void CompareWorkspace::showMeasured()
{
    const QString text = m_view->differenceText();
    m_measured->setText(text);
    m_measured->setToolTip(text.isEmpty() ? QString() : text + QStringLiteral("\n\n") + differenceLimits());
    m_measured->setAccessibleDescription(differenceLimits());
    m_limits->setEnabled(!text.isEmpty());
}

void CompareWorkspace::showAmount()
{
    const QSignalBlocker quiet(m_amount);
    const CompareMode mode = m_view->mode();
    m_amount->setRange(0, mode == CompareMode::Difference ? mostTolerance : fullAmount);
    const int value = mode == CompareMode::Difference  ? m_view->tolerance()
                      : mode == CompareMode::OnionSkin ? qRound(fullAmount * m_view->opacity())
                                                       : qRound(fullAmount * m_view->wipe());
    m_amount->setValue(value);
    m_amountValue->setText(mode == CompareMode::Difference ? tr("%1 of 255").arg(value) : tr("%1 %").arg(value));
    const QSignalBlocker still(m_turn);
    m_turn->setChecked(!m_view->isWipeUpright());
}

void CompareWorkspace::takeAmount(int value)
{
    if (m_view->mode() == CompareMode::Difference)
        m_view->setTolerance(value);
    else if (m_view->mode() == CompareMode::OnionSkin)
        m_view->setOpacity(double(value) / fullAmount);
    else
        m_view->setWipe(double(value) / fullAmount);
}

void CompareWorkspace::showFacts()
{
    const int place = m_view->activePlace();
    if (place < 0 || place >= m_set->count()) {
        m_facts->setText({});
        return;
    }
    // Sizes and profiles tell models apart: blind, there is one zoom for all, that of the whole.
    const ComparePicture &picture = m_set->at(place);
    const double zoom = m_set->isBlind() ? m_view->view().zoom(0, m_view->view().frame()) : m_view->zoom();
    const QString percent = tr("%1 %").arg(QLocale().toString(100 * zoom, 'f', zoom < 0.1 ? 1 : 0));
    m_zoom->setText(percent);
    m_zoom->setToolTip(tr("Zoom: fit with Ctrl+0, 100 % with Ctrl+1"));
    m_zoom->setAccessibleName(tr("Zoom: %1").arg(percent));
    QStringList facts;
    if (!m_view->places().holdsAll())
        facts << tr("Pictures: %1, of which %2 are shown").arg(m_set->count()).arg(m_view->places().panes());
    facts << m_set->sentence(place);
    if (!m_set->isBlind() && !picture.profile.isEmpty())
        facts << (picture.hasProfile ? tr("colours by the profile %1").arg(picture.profile) : tr("no colour profile, sRGB assumed"));
    m_facts->setText(facts.join(QStringLiteral(" · ")));
}

void CompareWorkspace::showNote()
{
    const int place = m_view->activePlace();
    const bool takes = m_set->takesJudgement(place);
    const qint64 id = takes ? m_set->at(place).id() : 0;
    if (id != m_noteOf)
        takeNote();
    m_noteOf = 0;
    const QString note = takes ? m_set->judgement(place).note : QString();
    const bool isBeingTyped = m_note->hasFocus() && m_noteTimer.isActive();
    if (!isBeingTyped && m_note->toPlainText() != note)
        m_note->setPlainText(note);
    m_note->setEnabled(takes && !m_set->hidesNote(place));
    m_note->setPlaceholderText(takes && m_set->hidesNote(place) ? tr("There is a note from before, hidden until you reveal who made them.")
                                                               : tr("What is good, what is not"));
    m_noteTitle->setTitle(takes ? tr("Note on %1").arg(m_set->label(place)) : tr("Note"));
    m_noteOf = id;
}

void CompareWorkspace::takeNote()
{
    m_noteTimer.stop();
    const int place = m_noteOf > 0 ? m_set->placeOf(m_noteOf) : -1;
    if (place < 0 || !m_note->document()->isModified())
        return;  // what is shown may be less than what there is
    m_note->document()->setModified(false);
    m_set->setNote(place, m_note->toPlainText());
}

/// What is true until something changes; what has merely happened goes by itself (message()).
void CompareWorkspace::say(const QString &sentence, int place)
{
    m_said = sentence;
    m_saidOf = place;
    Q_EMIT message(sentence);
}

void CompareWorkspace::unsay()
{
    if (!m_said.isEmpty())
        Q_EMIT messageOver(std::exchange(m_said, QString()));
}

void CompareWorkspace::setBlind(bool blind)
{
    takeNote();
    m_bar->dismiss();
    const auto picks = m_set->newPicks();
    const bool isPicked = hasPicks();
    m_set->setBlind(blind);
    m_actions->update();
    unsay();
    if (blind)
        say(tr("Shuffled. Nobody can tell who made what until you reveal it."));
    else
        reportReveal(picks, isPicked);
}

bool CompareWorkspace::hasPicks() const
{
    for (int place = 0; place < m_set->count(); ++place) {
        if (m_set->judgement(place).pick == PickState::Picked)
            return true;
    }
    return false;
}

void CompareWorkspace::showDrift(qint64 final, const Drift &drift)
{
    m_drifted = final;
    m_drift = drift;
    m_isDriftSaid = false;
    drawDrift();
}

/// Drift tells which of two is the final: nothing of it while blind. It may have been measured before the pictures are there.
void CompareWorkspace::drawDrift()
{
    const int place = m_drifted > 0 && !m_set->isBlind() ? m_set->placeOf(m_drifted) : -1;
    QAction *action = m_actions->find("showDrift");
    action->setEnabled(place >= 0 && m_drift.hasNoticed());
    action->setToolTip(action->isEnabled() ? tr("Where the final differs from its draft: where it was (dashed) and where it is")
                                           : tr("Compare a draft with its final first; drift is what differs between them."));
    QList<CompareMark> marks;
    for (const DriftFinding &finding : std::as_const(m_drift.findings)) {
        const auto rect = [](const Box &box) { return box.toRect({1, 1}); };
        const QString what = finding.kind == DriftFinding::Kind::Colour    ? tr("colour")
                             : finding.kind == DriftFinding::Kind::Subject ? tr("moved")
                                                                           : tr("not calm");
        if (finding.isNoticed)
            marks.append({rect(finding.final), rect(finding.draft), finding.tokenId.isEmpty() ? what : finding.tokenId + QStringLiteral(": ") + what});
    }
    m_view->setMarks(action->isChecked() ? place : -1, marks);
    if (place >= 0 && !std::exchange(m_isDriftSaid, true))
        m_bar->showMessage(m_drift.hasNoticed() ? MessageBar::Kind::Warning : MessageBar::Kind::Done, m_drift.sentence + u' ' + driftLimits());
}

/// What the person preferred while not knowing: \a picks, and nothing that was picked before. \a isPicked: something was.
void CompareWorkspace::reportReveal(const QList<QPair<qint64, qint64>> &picks, bool isPicked)
{
    QStringList chosen;
    for (const auto &pick : picks) {
        const int place = m_set->placeOf(pick.first);
        if (place >= 0 && !chosen.contains(m_set->names().label(m_set->at(place).card.model())))
            chosen << m_set->names().label(m_set->at(place).card.model());
    }
    if (picks.isEmpty()) {
        m_bar->showMessage(MessageBar::Kind::Info,
                           isPicked ? tr("The models are shown. What you picked stood beside no picture of another model for the same row, so there is nothing to count.")
                                    : tr("The models are shown. Nothing was picked, so there is nothing to count."));
        return;
    }
    m_bar->showMessage(MessageBar::Kind::Done,
                       tr("You picked %1. %n comparison(s) were added to the preferences of models.", nullptr, int(picks.size())).arg(chosen.join(QStringLiteral(", "))));
}

void CompareWorkspace::loadPreferences()
{
    if (m_set->isBlind()) {
        m_preferences->setHidden(tr("Hidden until you reveal who made the pictures."));
        return;
    }
    onFinished(m_parts.library->picks(), this, [this](const QFuture<Result<QList<PickPair>>> &done) {
        if (m_set->isBlind() || done.resultCount() == 0)
            return;
        const Result<QList<PickPair>> pairs = done.result();
        QList<Preference> picks;
        for (const PickPair &pair : pairs.value_or(QList<PickPair>()))
            picks.append({m_set->names().label(pair.chosenModel), m_set->names().label(pair.leftOutModel)});
        m_preferences->setPreferences(modelPreferences(picks));
    });
}

} // namespace Galley
