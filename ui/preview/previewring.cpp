#include "ui/preview/previewring.h"

#include "core/service/draftservice.h"
#include "ui/document/templatedocument.h"

namespace Galley {

struct PreviewRing::Private
{
    struct Entry
    {
        Draft draft;
        bool pinned = false;
    };
    TemplateDocument *document;
    DraftService *draft;
    QList<Entry> entries;
};

PreviewRing::PreviewRing(TemplateDocument *document, DraftService *draft, QWidget *parent)
    : QWidget(parent)
    , d(new Private{document, draft, {}})
{
    setMinimumHeight(72);
    connect(draft, &DraftService::finished, this, [this] {
        d->entries.prepend({d->draft->draft(), false});
        update();
    });
}

PreviewRing::~PreviewRing() = default;

int PreviewRing::count() const
{
    return int(d->entries.size());
}

const Draft &PreviewRing::at(int index) const
{
    return d->entries.at(index).draft;
}

bool PreviewRing::isPinned(int index) const
{
    return d->entries.at(index).pinned;
}

void PreviewRing::setPinned(int index, bool pinned)
{
    d->entries[index].pinned = pinned;
    Q_EMIT pinnedChanged(index, pinned);
}

void PreviewRing::restore(int index)
{
    const Draft &draft = at(index);
    d->document->apply(tr("Restore preview"), [&draft](Template &value) { value = draft.source; });
    Q_EMIT optionsRestored(draft);
}

} // namespace Galley
