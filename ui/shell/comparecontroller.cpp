#include "ui/shell/comparecontroller.h"

#include "core/base/async.h"
#include "core/composition/scene.h"
#include "core/review/drift.h"
#include "core/service/draftservice.h"
#include "core/service/finalservice.h"
#include "core/service/libraryservice.h"
#include "core/service/reviewlayout.h"
#include "ui/compare/compareworkspace.h"
#include "ui/finals/finalpane.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/messagebar.h"

#include <QAction>

#include <algorithm>

namespace Galley {

namespace {

/// What the table of parameters says of a draft.
LibraryCard cardOf(const Draft &draft)
{
    LibraryCard card;
    card.templateId = draft.source.id;
    card.templateName = draft.source.name;
    card.project = draft.source.project;
    card.row = draft.row.number;
    card.createdAt = QDateTime::currentDateTimeUtc();
    card.costUsd = 0;
    const auto generated = std::find_if(draft.subjects.cbegin(), draft.subjects.cend(), [](const SubjectInfo &info) { return !info.model.isEmpty(); });
    if (generated != draft.subjects.cend()) {
        card.routedModel = card.servedModel = generated->model;
        card.revision = generated->revision;
        card.seed = draft.options.seed;
    } else {
        card.routedModel = CompareController::tr("draft");
    }
    return card;
}

} // namespace

CompareController::CompareController(CompareWorkspace *compare, LibraryService *library, DraftService *draft, FinalPane *pane, QObject *parent)
    : QObject(parent)
    , m_compare(compare)
    , m_library(library)
    , m_draft(draft)
    , m_pane(pane)
    , m_draftWithFinal(new QAction(themedIcon(QStringLiteral("compare")), tr("Compare Draft with Final"), this))
{
    m_draftWithFinal->setObjectName(QStringLiteral("compareDraftWithFinal"));
    m_draftWithFinal->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    connect(m_draftWithFinal, &QAction::triggered, this, &CompareController::compare);
    if (pane) {
        pane->addHeaderAction(m_draftWithFinal);
        connect(pane, &FinalPane::shownChanged, this, &CompareController::update);
    }
    compare->addEmptyAction(m_draftWithFinal);
    update();
}

qint64 CompareController::shownAsset() const
{
    return m_pane ? m_pane->shownAsset() : 0;
}

void CompareController::update()
{
    const bool possible = shownAsset() > 0;
    m_draftWithFinal->setEnabled(possible);
    m_draftWithFinal->setToolTip(possible ? tr("Show the draft as it is now beside this final") : tr("There is no final of this template yet. Render one first."));
}

/// The draft is composed at canvas size, as it is now: what it was when the final was sent is the final's own template.
void CompareController::compare()
{
    const qint64 asset = shownAsset();
    if (asset <= 0)
        return;
    const Draft draft = m_draft->draft();
    const auto composed = runOn(QThreadPool::globalInstance(), [draft] {
        ScenePainter painter;
        return painter.compose(draft.scene, draft.pictures, draft.source.canvas.size);
    });
    onFinished(composed, this, [this, asset, draft](const QFuture<QImage> &done) {
        if (done.resultCount() == 0 || done.result().isNull()) {
            m_compare->bar()->showMessage(MessageBar::Kind::Error, tr("There is no memory for the draft at canvas size. Close other programs and try again."));
            return;
        }
        m_compare->open({CompareGuest{cardOf(draft), done.result(), true}}, {asset});
        measureDrift(asset, draft);
    });
}

/// Against what the model itself made, laid out as the final's own template says. Without an answer of the library there is nothing to say: the pane has
/// said already what is wrong with the picture.
void CompareController::measureDrift(qint64 asset, const Draft &draft)
{
    const auto original = m_library->picture(asset);
    onFinished(m_library->request(asset), this, [this, asset, draft, original](const QFuture<Result<RenderRequest>> &known) {
        if (known.resultCount() == 0 || !known.result())
            return;
        onFinished(original, this, [this, asset, draft, request = *known.result()](const QFuture<Result<LibraryPicture>> &loaded) {
            if (loaded.resultCount() == 0 || !loaded.result())
                return;
            const auto measured = runOn(QThreadPool::globalInstance(), [draft, request, raw = loaded.result()->image]() -> std::optional<Drift> {
                const auto variant = resolve(request.source, request.row, request.folder);
                if (!variant)
                    return {};
                return driftBetween(draftGround(draft.scene, draft.pictures), reviewPictures(raw, *variant).ground, reviewLayout(*variant));
            });
            onFinished(measured, this, [this, asset](const QFuture<std::optional<Drift>> &done) {
                if (done.resultCount() > 0 && done.result())
                    m_compare->showDrift(asset, *done.result());
            });
        });
    });
}

} // namespace Galley
