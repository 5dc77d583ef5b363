#include "ui/shell/draftkeeper.h"

#include "core/base/async.h"
#include "core/service/libraryservice.h"
#include "ui/preview/previewring.h"
#include "ui/shell/exporter.h"
#include "ui/widgets/messagebar.h"

namespace Galley {

DraftKeeper::DraftKeeper(LibraryService *library, PreviewRing *ring, Exporter *exporter, MessageBar *bar, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_ring(ring)
    , m_bar(bar)
{
    connect(ring, &PreviewRing::pinnedChanged, this, [this](int index, bool pinned) {
        if (pinned)
            pin(m_ring->at(index));
    });
    connect(exporter, &Exporter::exported, this, &DraftKeeper::keepExported);
}

/// A copy: the ring may have moved on when the library answers.
void DraftKeeper::pin(const Draft &draft)
{
    onFinished(m_library->keepDraft(draft), this, [this, draft](const QFuture<Result<KeptDraft>> &done) {
        if (done.resultCount() == 0)
            return;
        if (const Result<KeptDraft> kept = done.result())
            sayPinned(draft, *kept);
        else
            m_bar->showMessage(MessageBar::Kind::Warning, tr("The preview is pinned, but its picture is not in the library: %1").arg(kept.error().message));
    });
}

void DraftKeeper::sayPinned(const Draft &draft, const KeptDraft &kept)
{
    if (!kept.isNew) {
        Q_EMIT message(tr("The picture of this preview is in the library already."));
        return;
    }
    m_bar->showMessage(MessageBar::Kind::Done, tr("The picture of the pinned preview is in the library now, with everything that says how it was made."));
    m_bar->addButton(tr("Undo"), [this, draft, id = kept.id] {
        unpin(draft);
        onFinished(m_library->moveToBin({id}), this, [this](const QFuture<Result<JudgementChange>> &done) {
            if (done.resultCount() == 0)
                return;
            if (done.result())
                Q_EMIT message(tr("The preview is unpinned, and its picture is in the bin of the library."));
            else
                m_bar->showMessage(MessageBar::Kind::Error, done.result().error().message);
        });
    });
}

void DraftKeeper::unpin(const Draft &draft)
{
    for (int i = 0; i < m_ring->count(); ++i) {
        const Draft &each = m_ring->at(i);
        if (m_ring->isPinned(i) && each.source == draft.source && each.row == draft.row && each.options == draft.options)
            m_ring->setPinned(i, false);
    }
}

void DraftKeeper::keepExported(const Draft &draft)
{
    onFinished(m_library->keepDraft(draft), this, [this](const QFuture<Result<KeptDraft>> &done) {
        if (done.resultCount() > 0 && !done.result())
            m_bar->showMessage(MessageBar::Kind::Warning, tr("The file was saved, but the draft is not in the library: %1").arg(done.result().error().message));
    });
}

} // namespace Galley
