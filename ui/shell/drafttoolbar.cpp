#include "ui/shell/drafttoolbar.h"

#include "core/service/subjectplanner.h"
#include "ui/shell/draftfeed.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/numberfield.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/theme.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <limits>

namespace Galley {

namespace {

struct SourceEntry
{
    SubjectSource source;
    const char *name;
    const char *text;
    const char *help;
};

constexpr SourceEntry sourceEntries[]{
    {SubjectSource::Auto, "sourceAuto", QT_TRANSLATE_NOOP("Galley::DraftToolBar", "Auto"),
     QT_TRANSLATE_NOOP("Galley::DraftToolBar",
                       "The draft model where it is known to be good for these words, else clip art. Each token says which.")},
    {SubjectSource::Generated, "sourceGenerated", QT_TRANSLATE_NOOP("Galley::DraftToolBar", "Generated"),
     QT_TRANSLATE_NOOP("Galley::DraftToolBar", "Every subject comes from the draft model on this machine.")},
    {SubjectSource::ClipArt, "sourceClipArt", QT_TRANSLATE_NOOP("Galley::DraftToolBar", "Clip art"),
     QT_TRANSLATE_NOOP("Galley::DraftToolBar", "Every subject is the nearest picture of the bundled pack; the model does not run.")},
};

struct DeviceEntry
{
    const char *device;
    const char *name;
    const char *text;
};

constexpr DeviceEntry deviceEntries[]{
    {"auto", "deviceAuto", QT_TRANSLATE_NOOP("Galley::DraftToolBar", "Device: Automatic")},
    {"cpu", "deviceCpu", QT_TRANSLATE_NOOP("Galley::DraftToolBar", "Device: Processor")},
    {"cuda", "deviceCuda", QT_TRANSLATE_NOOP("Galley::DraftToolBar", "Device: Graphics Card")},
};

QString stepsText(int steps)
{
    return QCoreApplication::translate("Galley::DraftText", "%n steps", nullptr, steps);
}

QWidget *gap(QWidget *parent, int width)
{
    auto *space = new QWidget(parent);
    space->setFixedWidth(width);
    return space;
}

} // namespace

DraftToolBar::DraftToolBar(DraftFeed *feed, DraftService *draft, QWidget *parent)
    : QToolBar(tr("Draft"), parent)
    , m_feed(feed)
    , m_draft(draft)
    , m_draftMenu(new QMenu(tr("&Draft"), this))
    , m_modelMenu(new QMenu(this))
    , m_devices(new QActionGroup(this))
    , m_sources(new QActionGroup(this))
    , m_model(new QToolButton(this))
    , m_stepChoices(new QActionGroup(this))
    , m_steps(new QToolButton(this))
    , m_seed(new NumberField(tr("Seed"), tr("Seed"), this))
    , m_roll(new QAction(themedIcon(QStringLiteral("casino")), tr("New Seed"), this))
    , m_lock(new QAction(themedIcon(QStringLiteral("lock_open")), tr("Keep the Seed"), this))
    , m_source(new Segmented(tr("Subjects"), this))
{
    setObjectName(QStringLiteral("draftToolBar"));
    setMovable(false);
    setFloatable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    makeModelMenu();
    addWidget(gap(this, Theme::space2));
    makeSteps();
    makeSeed();
    addWidget(gap(this, Theme::space2));
    makeSource();
    connect(feed, &DraftFeed::optionsChanged, this, &DraftToolBar::showOptions);
    connect(draft, &DraftService::capabilitiesChanged, this, &DraftToolBar::showCapabilities);
    showCapabilities();
    showOptions();
}

void DraftToolBar::addHistory(QAction *undo, QAction *redo)
{
    auto *stretch = new QWidget(this);
    stretch->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    addWidget(stretch);
    for (QAction *action : {undo, redo}) {
        auto *button = new IconButton(action, this);
        button->setIconSize({Theme::toolIconSize, Theme::toolIconSize});
        addWidget(button);
    }
}

void DraftToolBar::addExport(QMenu *menu, QAction *exportNow)
{
    addWidget(gap(this, Theme::space1));
    auto *button = new QToolButton(this);
    button->setText(tr("Export"));
    button->setAccessibleName(tr("Export"));
    button->setToolTip(withShortcut(tr("Save the draft as a picture"), exportNow->shortcut()));
    button->setIcon(themedIcon(QStringLiteral("file_download")));
    button->setIconSize({Theme::iconSize, Theme::iconSize});
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(menu);
    button->setFocusPolicy(Qt::TabFocus);
    addWidget(button);
    addWidget(gap(this, Theme::space1));
}

void DraftToolBar::setDevice(const QString &device)
{
    for (QAction *action : m_devices->actions())
        action->setChecked(action->data().toString() == device);
}

void DraftToolBar::makeModelMenu()
{
    m_model->setText(tr("Draft model"));
    m_model->setAccessibleName(tr("Draft model and device"));
    m_model->setToolTip(tr("What makes the subjects of the draft, and on which device"));
    m_model->setIcon(themedIcon(QStringLiteral("auto_awesome")));
    m_model->setIconSize({Theme::iconSize, Theme::iconSize});
    m_model->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_model->setPopupMode(QToolButton::InstantPopup);
    m_model->setFocusPolicy(Qt::TabFocus);
    m_model->setMenu(m_modelMenu);
    addWidget(m_model);
    for (const DeviceEntry &entry : deviceEntries) {
        auto *action = new QAction(tr(entry.text), this);
        action->setObjectName(QLatin1String(entry.name));
        action->setData(QString::fromLatin1(entry.device));
        action->setCheckable(true);
        m_devices->addAction(action);
        connect(action, &QAction::triggered, this, [this, action] { Q_EMIT deviceChosen(action->data().toString()); });
    }
}

void DraftToolBar::makeSteps()
{
    auto *menu = new QMenu(this);
    for (const int steps : {0, 1, 2, 4}) {
        auto *action = new QAction(steps == 0 ? tr("Steps: Automatic") : stepsText(steps), this);
        action->setObjectName(steps == 0 ? QStringLiteral("stepsAuto") : QStringLiteral("steps%1").arg(steps));
        action->setData(steps);
        action->setCheckable(true);
        m_stepChoices->addAction(action);
        menu->addAction(action);
        m_draftMenu->addAction(action);
        connect(action, &QAction::triggered, m_feed, [this, steps] { m_feed->setSteps(steps); });
    }
    menu->setToolTipsVisible(true);
    m_draftMenu->addSeparator();
    m_steps->setPopupMode(QToolButton::InstantPopup);
    m_steps->setFocusPolicy(Qt::TabFocus);
    m_steps->setMenu(menu);
    addWidget(m_steps);
}

void DraftToolBar::makeSeed()
{
    addWidget(gap(this, Theme::space2));
    m_seed->setDecimals(0);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setToolTip(tr("The same seed gives the same picture; 0 is a seed too."));
    m_seed->setFixedWidth(136);
    addWidget(m_seed);
    connect(m_seed, &NumberField::valueEdited, m_feed, [this](double value) { m_feed->setSeed(int(value)); });

    m_roll->setObjectName(QStringLiteral("rollSeed"));
    m_roll->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    connect(m_roll, &QAction::triggered, m_feed, &DraftFeed::rollSeed);
    m_lock->setObjectName(QStringLiteral("keepSeed"));
    m_lock->setCheckable(true);
    m_lock->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
    connect(m_lock, &QAction::toggled, m_feed, &DraftFeed::setSeedLocked);
    for (QAction *action : {m_roll, m_lock}) {
        auto *button = new IconButton(action, this);
        button->setIconSize({Theme::toolIconSize, Theme::toolIconSize});
        addWidget(button);
        m_draftMenu->addAction(action);
    }
    m_draftMenu->addSeparator();
}

void DraftToolBar::makeSource()
{
    for (const SourceEntry &entry : sourceEntries) {
        m_source->addSegment(tr(entry.text), {}, tr(entry.help));
        auto *action = new QAction(tr("Subjects: %1").arg(tr(entry.text)), this);
        action->setObjectName(QLatin1String(entry.name));
        action->setToolTip(tr(entry.help));
        action->setCheckable(true);
        m_sources->addAction(action);
        m_draftMenu->addAction(action);
        connect(action, &QAction::triggered, m_feed, [this, source = entry.source] { m_feed->setSource(source); });
    }
    m_draftMenu->addSeparator();
    m_draftMenu->addActions(m_devices->actions());
    connect(m_source, &Segmented::chosen, m_feed, [this](int index) { m_feed->setSource(sourceEntries[index].source); });
    addWidget(m_source);
}

void DraftToolBar::showOptions()
{
    const DraftOptions &options = m_feed->options();
    showModel();
    const QString steps = stepsText(options.steps);
    m_steps->setText(m_feed->areStepsAutomatic() ? tr("%1 (auto)").arg(steps) : steps);
    m_steps->setAccessibleName(tr("Steps of the draft model: %1").arg(m_steps->text()));
    for (QAction *action : m_stepChoices->actions())
        action->setChecked(action->data().toInt() == (m_feed->areStepsAutomatic() ? 0 : options.steps));
    m_seed->showValue(options.seed);
    m_roll->setEnabled(!m_feed->isSeedLocked());
    m_roll->setToolTip(m_feed->isSeedLocked() ? tr("The seed is kept. Press the lock to let go of it.")
                                              : withShortcut(tr("New Seed"), m_roll->shortcut()));
    m_lock->setChecked(m_feed->isSeedLocked());
    m_lock->setIcon(themedIcon(m_feed->isSeedLocked() ? QStringLiteral("lock") : QStringLiteral("lock_open")));
    for (int i = 0; i < int(std::size(sourceEntries)); ++i) {
        if (sourceEntries[i].source != options.source)
            continue;
        m_source->setCurrentIndex(i);
        m_sources->actions().at(i)->setChecked(true);
    }
}

void DraftToolBar::showCapabilities()
{
    m_modelMenu->clear();
    const auto capabilities = m_draft->capabilities();
    if (!capabilities || capabilities->models.isEmpty()) {
        QAction *none = m_modelMenu->addAction(capabilities ? tr("No draft model is installed") : tr("The draft model is starting …"));
        none->setEnabled(false);
    } else {
        for (const ModelCapabilities &model : capabilities->models) {
            const bool isOwn = model.model == draftModelId();
            QAction *entry = m_modelMenu->addAction(isOwn ? model.model : tr("%1 – on this machine, free").arg(model.model));
            entry->setObjectName(QStringLiteral("draftModel-") + model.model);
            entry->setData(isOwn ? QString() : model.model);
            entry->setCheckable(true);
            entry->setEnabled(model.problem.isEmpty());
            entry->setToolTip(model.problem);
            connect(entry, &QAction::triggered, m_feed, [this, entry] { m_feed->setModel(entry->data().toString()); });
        }
    }
    m_modelMenu->setToolTipsVisible(true);
    m_modelMenu->addSeparator();
    m_modelMenu->addActions(m_devices->actions());
    showModel();
}

/// Which of the models is in use, on the button and in its menu.
void DraftToolBar::showModel()
{
    const QString &chosen = m_feed->options().model;
    for (QAction *action : m_modelMenu->actions()) {
        if (action->objectName().startsWith(QLatin1String("draftModel-")))
            action->setChecked(action->data().toString() == chosen);
    }
    const auto capabilities = m_draft->capabilities();
    if (capabilities && !capabilities->models.isEmpty())
        m_model->setText(draftModelId(chosen));
    m_steps->setToolTip(stepsTip(m_feed->areStepsAutomatic() ? 0 : m_feed->options().steps));
    for (QAction *action : m_stepChoices->actions()) {
        action->setEnabled(action->data().toInt() <= m_feed->maxSteps());
        action->setToolTip(stepsTip(action->data().toInt()));
    }
}

/// What \a steps mean for the model in use; 0: automatic. That more of Galley's own are no better is measured (tests/bench/results/draft-model.json).
QString DraftToolBar::stepsTip(int steps) const
{
    const ModelCapabilities *known = m_feed->model();
    const int made = known ? known->defaultSteps : ModelCapabilities().defaultSteps;
    if (!m_feed->options().model.isEmpty())
        return steps == 0 ? tr("As many steps as this model was made for") : tr("Made for %1; more are slower").arg(stepsText(made));
    if (steps == 0)
        return tr("As many steps as this machine draws in a tenth of a second, at most what the model was made for: %1").arg(stepsText(made));
    if (steps == made)
        return tr("As many steps as this model was made for");
    return steps < made ? tr("Faster and softer") : tr("Slower and no better: this model was made for %1").arg(stepsText(made));
}

} // namespace Galley
