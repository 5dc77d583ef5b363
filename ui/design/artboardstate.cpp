#include "ui/design/artboardstate.h"

#include "core/service/draftservice.h"
#include "ui/document/templatedocument.h"

#include <QSet>

#include <algorithm>

namespace Galley {

namespace {

const SubjectInfo *findSubject(const Draft &draft, const QString &id)
{
    const auto found = std::find_if(draft.subjects.begin(), draft.subjects.end(),
                                    [&id](const SubjectInfo &info) { return info.tokenId == id; });
    return found == draft.subjects.end() ? nullptr : &*found;
}

const SceneItem *findSubjectItem(const Scene &scene, const QString &id)
{
    const auto found = std::find_if(scene.items.begin(), scene.items.end(), [&id](const SceneItem &item) {
        return item.kind == SceneItem::Kind::Subject && item.tokenId == id;
    });
    return found == scene.items.end() ? nullptr : &*found;
}

} // namespace

QStringList ArtboardState::active() const
{
    return carried.isEmpty() ? document->selection() : carried;
}

QStringList ArtboardState::visible() const
{
    QSet<QString> hidden;
    for (const Token &token : document->value().tokens) {
        if (token.hidden)
            hidden.insert(token.id);
    }
    QStringList ids = editor.stackingOrder();
    if (!hidden.isEmpty())
        ids.removeIf([&hidden](const QString &id) { return hidden.contains(id); });
    return ids;
}

QStringList ArtboardState::hit(const QPointF &canvasPoint) const
{
    QSet<QString> under;
    for (const Token &token : document->value().tokens) {
        if (!token.hidden && !token.locked && token.box.toRect(document->value().canvas.size).contains(canvasPoint))
            under.insert(token.id);
    }
    QStringList found;
    if (under.isEmpty())
        return found;
    const QStringList ids = editor.stackingOrder();
    for (const QString &id : ids) {
        if (under.contains(id))
            found.prepend(id);
    }
    return found;
}

bool ArtboardState::isGround(const QString &id) const
{
    const QRectF canvas(QPointF(0, 0), QSizeF(document->value().canvas.size));
    return editor.rectOf(id).adjusted(-0.5, -0.5, 0.5, 0.5).contains(canvas);
}

SnapTargets ArtboardState::snapTargets(const QStringList &moved) const
{
    QList<QRectF> others;
    const QStringList ids = visible();
    for (const QString &id : ids) {
        if (!moved.contains(id) && !isGround(id))
            others << editor.rectOf(id);
    }
    const Canvas &canvas = document->value().canvas;
    return SnapTargets(canvas.size, canvas.safeArea, others);
}

double ArtboardState::tolerance() const
{
    constexpr double widgetUnits = 6;
    return widgetUnits / view.scale();
}

bool ArtboardState::isRendering(const QString &id) const
{
    if (draft->state() != DraftService::State::Rendering)
        return false;
    const Draft &shown = draft->draft();
    const SceneItem *item = findSubjectItem(shown.scene, id);
    if (!item)
        return false;
    const SubjectInfo *info = findSubject(shown, id);
    // The model is asked for a part of the words that the token shows, without those of its style.
    return !info || !item->words.contains(info->words) || !shown.pictures.contains(id);
}

QString ArtboardState::labelOf(const QString &id) const
{
    const Token *token = document->value().findToken(id);
    if (!token)
        return {};
    const SubjectInfo *info = findSubject(draft->draft(), id);
    return id + QStringLiteral(" · ") + (info && !info->label.isEmpty() ? info->label : roleLabel(token->role));
}

QStringList ArtboardState::notesOf(const QString &id) const
{
    QStringList notes;
    const Draft &shown = draft->draft();
    if (const SubjectInfo *info = findSubject(shown, id); info && !info->reason.isEmpty())
        notes << info->reason;
    for (const SceneProblem &problem : shown.problems) {
        if (problem.tokenId == id)
            notes << problem.message;
    }
    return notes;
}

} // namespace Galley
