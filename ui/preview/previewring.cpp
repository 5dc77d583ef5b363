#include "ui/preview/previewring.h"

#include "core/base/async.h"
#include "core/service/draftservice.h"
#include "ui/document/templatedocument.h"
#include "ui/preview/drafttext.h"
#include "ui/preview/previewbutton.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QScrollArea>
#include <QScrollBar>
#include <QThreadPool>
#include <QTimer>

#include <algorithm>

namespace Galley {

namespace {

constexpr int settleDelay = 400;
constexpr int thumbnailSide = PreviewButton::side - 8;

QImage composeThumbnail(const Scene &scene, const LayerPictures &pictures, double ratio)
{
    ScenePainter painter;
    const QSize size = (QSizeF(scene.canvas).scaled(thumbnailSide, thumbnailSide, Qt::KeepAspectRatio) * ratio).toSize();
    QImage image = painter.compose(scene, pictures, size.expandedTo(QSize(1, 1)));
    image.setDevicePixelRatio(ratio);
    return image;
}

} // namespace

struct PreviewRing::Private
{
    struct Entry
    {
        Draft draft;
        bool pinned = false;
        QImage thumbnail;
        PreviewButton *button = nullptr;
        int serial = 0;
    };

    PreviewRing *q;
    TemplateDocument *document;
    DraftService *draft;
    QList<Entry> entries;
    QThreadPool pool;
    int serial = 0;
    QTimer settled;  ///< what needed no engine (clip art, the layer cache) is a preview when the hand rests
    QBoxLayout *strip = nullptr;
    QScrollArea *scroll = nullptr;
    QLabel *empty = nullptr;
    QAction *restoreAction = nullptr;
    QAction *pinAction = nullptr;
    QAction *reuseSeed = nullptr;
    QAction *newSeed = nullptr;

    void build();
    void buildActions();
    void take();
    bool showsOtherPictures() const;
    void drop(int index);
    void clear();
    void compose(Entry &entry);
    void refresh();
    void say(PreviewButton *button, int index) const;
    int indexOfSerial(int wanted) const;
    int pinnedCount() const;
};

int PreviewRing::Private::indexOfSerial(int wanted) const
{
    for (int i = 0; i < entries.size(); ++i) {
        if (entries.at(i).serial == wanted)
            return i;
    }
    return -1;
}

int PreviewRing::Private::pinnedCount() const
{
    int pinned = 0;
    for (const Entry &entry : entries)
        pinned += entry.pinned ? 1 : 0;
    return pinned;
}

void PreviewRing::Private::buildActions()
{
    const auto make = [this](const char *name, const char *icon) {
        auto *action = new QAction(q);
        action->setObjectName(QLatin1String(name));
        action->setIcon(themedIcon(QLatin1String(icon)));
        q->addAction(action);
        return action;
    };
    restoreAction = make("restorePreview", "restore");
    pinAction = make("pinPreview", "push_pin");
    pinAction->setCheckable(true);
    reuseSeed = make("reuseSeed", "replay");
    newSeed = make("newSeed", "casino");
    QObject::connect(restoreAction, &QAction::triggered, q, [this] { q->restore(q->currentIndex()); });
    QObject::connect(pinAction, &QAction::triggered, q, [this](bool on) { q->setPinned(q->currentIndex(), on); });
    QObject::connect(reuseSeed, &QAction::triggered, q, [this] { Q_EMIT q->seedWanted(q->at(q->currentIndex()).options.seed); });
    QObject::connect(newSeed, &QAction::triggered, q, [this] { Q_EMIT q->newSeedWanted(); });
}

void PreviewRing::Private::build()
{
    buildActions();
    auto *row = new QHBoxLayout(q);
    row->setContentsMargins(Theme::space2, Theme::space1, Theme::space2, Theme::space1);
    row->setSpacing(Theme::space1);
    scroll = new QScrollArea(q);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedHeight(PreviewButton::side);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget;
    strip = new QHBoxLayout(content);
    strip->setContentsMargins(0, 0, 0, 0);
    strip->setSpacing(Theme::space1);
    empty = new QLabel(content);
    empty->setFont(Theme::secondaryFont());
    strip->addWidget(empty);
    strip->addStretch(1);
    scroll->setWidget(content);
    row->addWidget(scroll, 1);
    for (QAction *action : {restoreAction, pinAction, reuseSeed, newSeed})
        row->addWidget(new IconButton(action, q));
}

bool PreviewRing::Private::showsOtherPictures() const
{
    if (draft->state() != DraftService::State::Current)
        return false;
    if (entries.isEmpty())
        return true;
    const LayerPictures &now = draft->draft().pictures;
    const LayerPictures &before = entries.first().draft.pictures;
    return now.size() != before.size() || std::any_of(now.keyBegin(), now.keyEnd(), [&](const QString &id) {
               return now.value(id).cacheKey() != before.value(id).cacheKey();
           });
}

// A draft that differs only in what needs no picture of the model is the same preview, moved on.
void PreviewRing::Private::take()
{
    const Draft &made = draft->draft();
    if (made.scene.items.isEmpty())
        return;
    if (!entries.isEmpty()) {
        const Draft &newest = entries.first().draft;
        if (newest.source == made.source && newest.row == made.row && newest.options == made.options
            && newest.scene == made.scene) {
            entries.first().draft = made;
            compose(entries.first());
            refresh();
            return;
        }
    }
    Entry entry;
    entry.draft = made;
    entry.serial = ++serial;
    entry.button = new PreviewButton(strip->parentWidget());
    entry.button->setObjectName(QStringLiteral("preview"));
    PreviewButton *button = entry.button;
    const int own = entry.serial;
    QObject::connect(button, &PreviewButton::toggled, q, [this] { refresh(); });
    QObject::connect(button, &PreviewButton::pressed, q, [this, own] { Q_EMIT q->shown(q->at(indexOfSerial(own))); });
    QObject::connect(button, &PreviewButton::released, q, &PreviewRing::hidden);
    QObject::connect(button, &PreviewButton::restoreWanted, q, [this, own] { q->restore(indexOfSerial(own)); });
    QObject::connect(button, &PreviewButton::stepWanted, q, [this, own](int by) {
        const int target = indexOfSerial(own) + by;
        if (target >= 0 && target < entries.size()) {
            entries.at(target).button->setFocus();
            scroll->ensureWidgetVisible(entries.at(target).button);
        }
    });
    QObject::connect(button, &PreviewButton::menuWanted, q, [this](const QPoint &position) {
        auto *menu = new QMenu(q);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addActions(q->ringActions());
        menu->popup(position);
    });
    strip->insertWidget(0, button);
    button->show();
    entries.prepend(entry);
    compose(entries.first());
    for (int i = int(entries.size()) - 1; i > 0 && entries.size() > capacity; --i) {
        if (!entries.at(i).pinned)
            drop(i);
    }
    refresh();
}

void PreviewRing::Private::drop(int index)
{
    PreviewButton *button = entries.takeAt(index).button;
    strip->removeWidget(button);
    button->hide();
    button->deleteLater();
}

void PreviewRing::Private::clear()
{
    while (!entries.isEmpty())
        drop(int(entries.size()) - 1);
    refresh();
}

void PreviewRing::Private::compose(Entry &entry)
{
    const double ratio = q->devicePixelRatioF();
    const auto future = runOn(&pool, [scene = entry.draft.scene, pictures = entry.draft.pictures, ratio] {
        return composeThumbnail(scene, pictures, ratio);
    });
    onFinished(future, q, [this, own = entry.serial](const QFuture<QImage> &done) {
        const int index = indexOfSerial(own);
        if (index < 0)
            return;
        entries[index].thumbnail = done.result();
        entries.at(index).button->setPicture(done.result());
        Q_EMIT q->thumbnailReady(index);
    });
}

void PreviewRing::Private::say(PreviewButton *button, int index) const
{
    const Entry &entry = entries.at(index);
    const QString story = fullStory(entry.draft);
    QString name = PreviewRing::tr("Preview %1 of %2, seed %3").arg(index + 1).arg(entries.size()).arg(entry.draft.options.seed);
    if (entry.pinned)
        name += QStringLiteral(", ") + PreviewRing::tr("pinned");
    button->setAccessibleName(name);
    button->setAccessibleDescription(story);
    button->setToolTip(name + u'\n' + story + u'\n' + PreviewRing::tr("Hold to see it, double-click to restore it."));
}

void PreviewRing::Private::refresh()
{
    empty->setVisible(entries.isEmpty());
    empty->setText(PreviewRing::tr("The last %1 drafts appear here. Change a subject, or roll a new seed, to make one.").arg(capacity));
    for (int i = 0; i < entries.size(); ++i) {
        entries.at(i).button->setPinned(entries.at(i).pinned);
        say(entries.at(i).button, i);
    }
    const int current = q->currentIndex();
    const QString none = PreviewRing::tr("Choose a preview first.");
    const auto set = [&](QAction *action, const QString &text, const QString &tip, const QString &obstacle) {
        action->setText(text);
        action->setEnabled(obstacle.isEmpty());
        action->setToolTip(obstacle.isEmpty() ? tip : text + QStringLiteral(": ") + obstacle);
    };
    const QString locked = document->isReadOnly() ? PreviewRing::tr("This template is read-only. Save it under another name to edit it.") : QString();
    set(restoreAction, PreviewRing::tr("Restore Preview"),
        PreviewRing::tr("Make the template, the row and the options of this preview current again; undo brings the present ones back."),
        current < 0 ? none : locked);
    const bool pinned = current >= 0 && entries.at(current).pinned;
    set(pinAction, pinned ? PreviewRing::tr("Unpin Preview") : PreviewRing::tr("Pin Preview"),
        PreviewRing::tr("A pinned preview stays, however many come after it."), current < 0 ? none : QString());
    pinAction->setChecked(pinned);
    set(reuseSeed, PreviewRing::tr("Reuse Seed"),
        current < 0 ? QString() : PreviewRing::tr("Draft with seed %1 of this preview.").arg(entries.at(current).draft.options.seed),
        current < 0 ? none : QString());
    set(newSeed, PreviewRing::tr("New Seed"), PreviewRing::tr("Draft the same template with another seed."), {});
}

PreviewRing::PreviewRing(TemplateDocument *document, DraftService *draft, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    d->q = this;
    d->document = document;
    d->draft = draft;
    d->pool.setMaxThreadCount(1);
    setAccessibleName(tr("Previews"));
    d->build();
    connect(draft, &DraftService::finished, this, [this] { d->take(); });
    d->settled.setSingleShot(true);
    d->settled.setInterval(settleDelay);
    connect(&d->settled, &QTimer::timeout, this, [this] {
        if (d->showsOtherPictures())
            d->take();
    });
    connect(draft, &DraftService::sceneChanged, &d->settled, qOverload<>(&QTimer::start));
    connect(document, &TemplateDocument::replaced, this, [this] { d->clear(); });
    connect(document, &TemplateDocument::readOnlyChanged, this, [this] { d->refresh(); });
    d->refresh();
}

PreviewRing::~PreviewRing()
{
    // Buttons that go away with the layout must not report to a ring that is half gone.
    for (const Private::Entry &entry : std::as_const(d->entries))
        entry.button->disconnect(this);
    d->pool.clear();
    d->pool.waitForDone();
}

int PreviewRing::count() const
{
    return int(d->entries.size());
}

const Draft &PreviewRing::at(int index) const
{
    return d->entries.at(index).draft;
}

QImage PreviewRing::thumbnail(int index) const
{
    return d->entries.at(index).thumbnail;
}

bool PreviewRing::isPinned(int index) const
{
    return d->entries.at(index).pinned;
}

void PreviewRing::setPinned(int index, bool pinned)
{
    if (index < 0 || index >= count() || isPinned(index) == pinned)
        return;
    if (pinned && d->pinnedCount() >= capacity - 1) {
        Q_EMIT message(tr("%1 previews are pinned already, and one place is kept for the next draft. Unpin one first.")
                           .arg(capacity - 1));
        d->refresh();
        return;
    }
    d->entries[index].pinned = pinned;
    d->refresh();
    Q_EMIT pinnedChanged(index, pinned);
}

int PreviewRing::currentIndex() const
{
    for (int i = 0; i < d->entries.size(); ++i) {
        if (d->entries.at(i).button->isChecked())
            return i;
    }
    return -1;
}

void PreviewRing::setCurrentIndex(int index)
{
    if (index >= 0 && index < count())
        d->entries.at(index).button->setChecked(true);
}

void PreviewRing::restore(int index)
{
    if (index < 0 || index >= count() || d->document->isReadOnly())
        return;
    // A copy: the edit makes a draft of its own, which may push this entry out.
    const Draft draft = at(index);
    d->document->restore(tr("Restore preview"), draft.source, draft.row);
    Q_EMIT optionsRestored(draft);
}

QList<QAction *> PreviewRing::ringActions() const
{
    return {d->restoreAction, d->pinAction, d->reuseSeed, d->newSeed};
}

void PreviewRing::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        d->refresh();
    QWidget::changeEvent(event);
}

} // namespace Galley
