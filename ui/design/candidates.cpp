#include "ui/design/candidates.h"

#include "core/base/async.h"
#include "core/service/subjectplanner.h"
#include "core/template/tokenseed.h"
#include "ui/design/tokeneditor.h"
#include "ui/document/templatedocument.h"
#include "ui/widgets/popups.h"
#include "ui/widgets/theme.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QRandomGenerator>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Galley {

namespace {

constexpr int tileSide = 136;
constexpr int seedsUpTo = 1'000'000;  // short enough to be read and typed
constexpr double margin = 0.06;       // of the box, around the subject

const SubjectInfo *findInfo(const Draft &draft, const QString &id)
{
    const auto found = std::find_if(draft.subjects.cbegin(), draft.subjects.cend(), [&id](const SubjectInfo &info) { return info.tokenId == id; });
    return found == draft.subjects.cend() ? nullptr : &*found;
}

/// The box of \a id with what lies under it: the ground and the subject itself.
QPixmap pictureOf(ScenePainter &painter, const Draft &draft, const QString &id, double ratio)
{
    QPixmap pixmap(QSize(tileSide, tileSide) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter target(&pixmap);
    target.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const auto subject = std::find_if(draft.scene.items.cbegin(), draft.scene.items.cend(), [&id](const SceneItem &item) {
        return item.kind == SceneItem::Kind::Subject && item.tokenId == id;
    });
    if (subject == draft.scene.items.cend())
        return pixmap;
    const double side = std::max(subject->rect.width(), subject->rect.height()) * (1 + 2 * margin);
    target.scale(tileSide / side, tileSide / side);
    target.translate(QPointF(side, side) / 2 - subject->rect.center());
    for (const SceneItem &item : draft.scene.items) {
        if (item.kind == SceneItem::Kind::Ground || &item == &*subject)
            painter.paintItem(target, item, draft.pictures);
    }
    return pixmap;
}

} // namespace

QString candidatesObstacle(const TemplateDocument &document, const DraftService *draft)
{
    const QStringList selected = document.selection();
    const Token *token = selected.size() == 1 ? document.value().findToken(selected.first()) : nullptr;
    if (!token || token->role != Role::Subject)
        return CandidatesPopup::tr("Select one subject first.");
    if (token->locked)
        return CandidatesPopup::tr("What is selected is locked. Unlock it to edit it.");
    const SubjectInfo *info = draft ? findInfo(draft->draft(), token->id) : nullptr;
    if (!info || info->took != SubjectSource::Generated)
        return CandidatesPopup::tr("Only pictures that the draft model makes have candidates. Choose Generated in the toolbar.");
    return {};
}

CandidatesPopup::CandidatesPopup(DraftService *draft, const QString &tokenId, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_draft(draft)
    , m_token(tokenId)
    , m_source(draft->draft().source)
    , m_row(draft->draft().row)
    , m_folder(draft->draft().folder)
    , m_options(draft->draft().options)
    , m_state(new QLabel(this))
{
    QVBoxLayout *layout = layOutPopup(this, tr("Candidates for %1").arg(tokenId));
    auto *grid = new QGridLayout;
    grid->setSpacing(Theme::space2);
    layout->addLayout(grid);
    while (m_seeds.size() < count) {
        const int seed = QRandomGenerator::global()->bounded(seedsUpTo);
        if (!m_seeds.contains(seed))
            m_seeds.append(seed);
    }
    for (int i = 0; i < count; ++i) {
        auto *tile = new QToolButton(this);
        tile->setObjectName(QStringLiteral("candidate%1").arg(i + 1));
        tile->setIconSize({tileSide, tileSide});
        tile->setFixedSize(tileSide + Theme::space2, tileSide + Theme::space2);
        tile->setText(QString::number(i + 1));
        tile->setAccessibleName(tr("Candidate %1, seed %2").arg(i + 1).arg(m_seeds[i]));
        tile->setToolTip(tr("%1 takes seed %2").arg(i + 1).arg(m_seeds[i]));
        tile->setFocusPolicy(Qt::StrongFocus);
        tile->setAutoRaise(true);
        tile->setEnabled(false);
        connect(tile, &QToolButton::clicked, this, [this, i] { take(i); });
        grid->addWidget(tile, i / 2, i % 2);
        m_tiles.append(tile);
    }
    m_state->setFont(Theme::secondaryFont());
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setWordWrap(true);
    layout->addWidget(m_state);
    // As the live draft does it, so that the picture that is taken is the one that was seen.
    if (const auto capabilities = draft->capabilities()) {
        if (const ModelCapabilities *model = capabilities->findModel(draftModelId(m_options.model)))
            m_options.steps = std::clamp(m_options.steps, 1, std::max(1, model->maxSteps));
    }
    tell();
    drawNext();
}

CandidatesPopup::~CandidatesPopup()
{
    m_stop.request_stop();
}

/// One after the other: the worker draws one layer at a time, and the live draft may want to go between.
void CandidatesPopup::drawNext()
{
    if (m_drawn == count || !m_failure.isEmpty())
        return;
    Template source = m_source;
    if (Token *token = source.findToken(m_token))
        setTokenSeed(*token, m_seeds[m_drawn]);
    onFinished(m_draft->render(source, m_row, m_folder, m_options, m_stop.get_token()), this, [this](const QFuture<Result<Draft>> &future) {
        const Result<Draft> result = future.result();
        if (result)
            showDrawn(m_drawn++, *result);
        else
            m_failure = result.error().message;
        tell();
        drawNext();
    });
}

void CandidatesPopup::showDrawn(int index, const Draft &draft)
{
    QToolButton *tile = m_tiles[index];
    tile->setIcon(pictureOf(m_painter, draft, m_token, devicePixelRatioF()));
    tile->setEnabled(true);
    if (index == 0)
        tile->setFocus();
}

void CandidatesPopup::tell()
{
    if (!m_failure.isEmpty())
        m_state->setText(m_failure);
    else if (m_drawn < count)
        m_state->setText(tr("Drawing %1 of %2 … Esc cancels").arg(m_drawn + 1).arg(count));
    else
        m_state->setText(tr("Click one or press 1 to 4. Esc keeps what is there."));
    setAccessibleDescription(m_state->text());
}

void CandidatesPopup::take(int index)
{
    if (index >= m_drawn)
        return;
    Q_EMIT chosen(m_seeds[index]);
    close();
}

void CandidatesPopup::keyPressEvent(QKeyEvent *event)
{
    const int number = event->key() - Qt::Key_1;
    if (number >= 0 && number < count)
        return take(number);
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        const auto index = m_tiles.indexOf(qobject_cast<QToolButton *>(focusWidget()));
        return index >= 0 ? take(int(index)) : void();
    }
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    QFrame::keyPressEvent(event);
}

void openCandidates(TemplateDocument *document, DraftService *draft, QWidget *over)
{
    const QString id = document->selection().value(0);
    auto *popup = new CandidatesPopup(draft, id, over);
    QObject::connect(popup, &CandidatesPopup::chosen, document, [document, id](int seed) {
        document->apply(CandidatesPopup::tr("Choose the Picture of %1").arg(id), [&](Template &value) {
            if (Token *token = value.findToken(id))
                setTokenSeed(*token, seed);
        });
    });
    popup->adjustSize();
    popup->move(over->mapToGlobal(QPoint(std::max(0, over->width() - popup->width() - Theme::space6), Theme::space6)));
    popup->show();
}

} // namespace Galley
