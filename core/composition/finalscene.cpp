#include "core/composition/scene.h"
#include "core/composition/sceneitems.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::FinalScene", text);
}

bool isPainted(const ResolvedToken &token)
{
    return token.token.role != Role::Background && token.isSet();
}

bool coversPixels(const ResolvedToken &token)
{
    return isPainted(token) && token.token.opacity > 0 && (token.fill.alpha() > 0 || !token.imagePath.isEmpty());
}

/// The share of \a box that \a other hides.
double hiddenShare(const QRectF &box, const QRectF &other)
{
    const QRectF common = box.intersected(other);
    const double area = box.width() * box.height();
    return area <= 0 || common.isEmpty() ? 0 : common.width() * common.height() / area;
}

/// Both lie in one picture for the model, but what is set comes on top afterwards.
QString hiddenNote(const ResolvedToken &drawn, const Variant &variant)
{
    constexpr double noticeable = 0.2;
    const QRectF box = drawn.token.box.toRect(variant.canvas);
    for (const ResolvedToken &token : variant.tokens) {
        if (&token == &drawn) // the tokens after it lie over it by intent
            return {};
        if (coversPixels(token) && hiddenShare(box, token.token.box.toRect(variant.canvas)) > noticeable) {
            return tr("\"%1\" is drawn by the model, and \"%2\", which lies below it, is set over the model's picture: it will hide \"%1\". "
                      "Let the model draw both, or set both.")
                .arg(drawn.token.id, token.token.id);
        }
    }
    return {};
}

QString noteOf(const ResolvedToken &token, const Variant &variant)
{
    if (!token.isSet())
        return token.token.role == Role::Background ? QString() : hiddenNote(token, variant);
    if (token.token.role == Role::Background) {
        return tr("\"%1\" is a background that is set: it would hide the model's picture and is left out of the final. Let the model draw it, or "
                  "send the draft along.")
            .arg(token.token.id);
    }
    const bool shows = !token.imagePath.isEmpty() || token.fill.isValid() || (token.token.role != Role::Subject && !token.text.isEmpty());
    if (shows || token.show.text.trimmed().isEmpty())
        return {};
    return tr("\"%1\" is set but has only words for the model, so nothing draws it in the final. Give it an image, or let the model draw it.")
        .arg(token.token.id);
}

} // namespace

Scene buildFinalScene(const Variant &variant)
{
    Scene scene;
    scene.canvas = variant.canvas;
    SceneItem picture;
    picture.kind = SceneItem::Kind::Picture;
    picture.tokenId = finalPictureKey();
    picture.rect = QRectF(QPointF(), QSizeF(variant.canvas));
    picture.cover = true;
    scene.items.append(picture);
    for (const ResolvedToken &token : variant.tokens) {
        if (isPainted(token))
            appendToken(scene.items, token, variant);
    }
    // Words without a picture wait for a cut-out in a draft; in a final nothing would come.
    scene.items.removeIf([](const SceneItem &item) { return item.kind == SceneItem::Kind::Subject; });
    return scene;
}

QStringList finalSceneNotes(const Variant &variant)
{
    QStringList notes;
    for (const ResolvedToken &token : variant.tokens) {
        if (const QString note = noteOf(token, variant); !note.isEmpty())
            notes.append(note);
    }
    return notes;
}

Scene startScene(const Scene &draft, const Variant &variant)
{
    Scene scene = draft;
    scene.items.removeIf([&](const SceneItem &item) {
        const ResolvedToken *token = item.kind == SceneItem::Kind::Text ? variant.findToken(item.tokenId) : nullptr;
        return token && token->isSet();
    });
    return scene;
}

QImage finalGround(const QImage &picture, const QColor &background)
{
    if (picture.isNull() || !picture.hasAlphaChannel())
        return picture;
    QImage ground(picture.size(), QImage::Format_RGB32);
    ground.fill(background.isValid() ? background : QColor(Qt::white));
    QPainter painter(&ground);
    painter.drawImage(0, 0, picture);
    return ground;
}

} // namespace Galley
