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

CompareController::~CompareController()
{
    m_drawing.request_stop();
}

qint64 CompareController::shownAsset() const
{
    return m_pane ? m_pane->shownAsset() : 0;
}

void CompareController::update()
{
    const bool possible = shownAsset() > 0;
    m_draftWithFinal->setEnabled(possible);
    m_draftWithFinal->setToolTip(possible ? tr("Show the draft that you approved beside this final") : tr("There is no final of this template yet. Render one first."));
}

void CompareController::fail(const QString &sentence)
{
    m_compare->bar()->showMessage(MessageBar::Kind::Error, sentence);
}

/// What the final was asked for says which draft was on screen then; the one on screen now may be another.
void CompareController::compare()
{
    const qint64 asset = shownAsset();
    if (asset <= 0)
        return;
    m_drawing.request_stop();
    onFinished(m_library->request(asset), this, [this, asset](const QFuture<Result<RenderRequest>> &known) {
        if (known.resultCount() == 0)
            return;
        const Result<RenderRequest> request = known.result();
        if (!request)
            return fail(request.error().message);
        onFinished(m_library->approvedDraft(*request), this, [this, asset, request = *request](const QFuture<Result<qint64>> &found) {
            const qint64 draft = found.resultCount() > 0 ? found.result().value_or(0) : 0;
            if (draft > 0)
                showApproved(asset, draft, request);
            else
                drawAnew(asset, request, request.approvedDraft.isEmpty() ? DriftFrom::NoneSeen : DriftFrom::Lost);
        });
    });
}

void CompareController::showApproved(qint64 asset, qint64 draft, const RenderRequest &request)
{
    const auto cards = m_library->cards({draft});
    onFinished(m_library->picture(draft), this, [this, asset, request, cards](const QFuture<Result<LibraryPicture>> &loaded) {
        if (loaded.resultCount() == 0)
            return;
        if (!loaded.result())  // missing or altered: the library has marked it
            return drawAnew(asset, request, DriftFrom::Lost);
        onFinished(cards, this, [this, asset, request, image = loaded.result()->image](const QFuture<Result<QList<LibraryCard>>> &done) {
            const QList<LibraryCard> known = done.resultCount() > 0 ? done.result().value_or(QList<LibraryCard>()) : QList<LibraryCard>();
            show(asset, known.isEmpty() ? LibraryCard() : known.first(), image, request, DriftFrom::Approved);
        });
    });
}

void CompareController::drawAnew(qint64 asset, const RenderRequest &request, DriftFrom from)
{
    m_drawing = {};
    const auto drawn = m_draft->render(request.source, request.row, request.folder, m_draft->draft().options, m_drawing.get_token());
    onFinished(drawn, this, [this, asset, request, from](const QFuture<Result<Draft>> &done) {
        if (done.resultCount() == 0 || done.isCanceled())
            return;
        const Result<Draft> draft = done.result();
        if (!draft) {
            if (draft.error().code != ErrorCode::Cancelled)
                fail(draft.error().message);
            return;
        }
        const auto composed = runOn(QThreadPool::globalInstance(), [draft = *draft] {
            return ScenePainter().compose(draft.scene, draft.pictures, draft.scene.canvas);
        });
        onFinished(composed, this, [this, asset, request, from, card = cardOf(*draft)](const QFuture<QImage> &painted) {
            show(asset, card, painted.resultCount() > 0 ? painted.result() : QImage(), request, from);
        });
    });
}

void CompareController::show(qint64 asset, const LibraryCard &card, const QImage &draft, const RenderRequest &request, DriftFrom from)
{
    if (draft.isNull())
        return fail(tr("There is no memory for the draft at canvas size. Close other programs and try again."));
    m_compare->open({CompareGuest{card, draft, true}}, {asset});
    measureDrift(asset, draft, request, from);
}

/// Against the final as people see it, laid out as its own template says. Without an answer of the library there is nothing to say: the pane has said
/// already what is wrong with the picture.
void CompareController::measureDrift(qint64 asset, const QImage &draft, const RenderRequest &request, DriftFrom from)
{
    onFinished(m_library->picture(asset), this, [this, asset, draft, request, from](const QFuture<Result<LibraryPicture>> &loaded) {
        if (loaded.resultCount() == 0 || !loaded.result())
            return;
        const auto measured = runOn(QThreadPool::globalInstance(), [draft, request, from, raw = loaded.result()->image]() -> std::optional<Drift> {
            const auto variant = resolve(request.source, request.row, request.folder);
            if (!variant)
                return {};
            return driftBetween(draft, reviewPictures(raw, *variant).composed, reviewLayout(*variant), from);
        });
        onFinished(measured, this, [this, asset](const QFuture<std::optional<Drift>> &done) {
            if (done.resultCount() > 0 && done.result())
                m_compare->showDrift(asset, *done.result());
        });
    });
}

} // namespace Galley
