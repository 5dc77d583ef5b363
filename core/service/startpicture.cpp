#include "core/service/startpicture.h"

#include "core/base/digest.h"
#include "core/imaging/imagefile.h"
#include "core/store/store.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

using Use = ReferencePicture::Use;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::StartPicture", text);
}

tl::unexpected<Error> wrong(const QString &sentence)
{
    return fail(ErrorCode::InvalidInput, sentence);
}

ReferencePicture encoded(const QImage &picture, Use use)
{
    ReferencePicture reference;
    reference.use = use;
    QBuffer buffer(&reference.png);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG", 30);
    reference.size = picture.size();
    reference.digest = sha256Hex(reference.png);
    return reference;
}

QRect visibleRect(const Frame &frame)
{
    return frame.visible().toAlignedRect().intersected(QRect(QPoint(), frame.picture));
}

/// \a draft (canvas ratio) in a picture of \a frame; what will be cropped away goes on in its colours.
QImage laidOut(const QImage &draft, const Frame &frame)
{
    QImage picture(frame.picture, QImage::Format_RGB32);
    picture.fill(Qt::white);
    QPainter painter(&picture);
    const QRect visible = visibleRect(frame);
    const auto scaled = [&](const QSize &size) { return draft.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation); };
    if (visible != picture.rect())
        painter.drawImage(0, 0, scaled(frame.picture));
    painter.drawImage(visible.topLeft(), scaled(visible.size()));
    return picture;
}

/// Whether a picture of \a size can go to a model of \a frame as it is: a service that takes ratios chooses the pixels itself.
bool fits(const QSize &size, const Frame &frame)
{
    constexpr double sameShape = 0.02;
    constexpr int mostTimes = 2;  ///< the frame's edge; larger ones only cost time on the way
    if (frame.ratio.isEmpty() || size.width() > mostTimes * frame.picture.width())
        return size == frame.picture;
    const double shape = double(size.width()) / size.height();
    return std::abs(shape * frame.picture.height() / frame.picture.width() - 1) <= sameShape;
}

/// A mask that keeps everything.
QImage keepingMask(const QSize &size)
{
    QImage mask(size, QImage::Format_ARGB32);
    mask.fill(Qt::black);
    return mask;
}

void clearRect(QImage &mask, const QRect &rect)
{
    QPainter painter(&mask);
    painter.setCompositionMode(QPainter::CompositionMode_Clear);
    painter.fillRect(rect, Qt::transparent);
}

/// All pixels that \a box touches; what is only a rounding error of its edges touches none.
QRect pixelsOf(const Box &box, const Frame &frame)
{
    constexpr double roundingError = 1e-6;
    return frame.toPicture(box).toRect(frame.picture).adjusted(roundingError, roundingError, -roundingError, -roundingError).toAlignedRect();
}

Result<QImage> maskOfTokens(const RenderRequest &request, const Frame &frame)
{
    const auto variant = resolve(request.source, request.row, request.folder);
    if (!variant)
        return fail(variant.error());
    QImage mask = keepingMask(frame.picture);
    for (const QString &id : request.redo) {
        const ResolvedToken *token = variant->findToken(id);
        const QRect area = token ? pixelsOf(token->token.box, frame).intersected(mask.rect()) : QRect();
        if (area.isEmpty())
            return wrong(tr("Nothing of \"%1\" lies in the picture, so that nothing can be drawn anew there. Choose another token.").arg(id));
        clearRect(mask, area);
    }
    return mask;
}

bool hasTransparency(const QImage &mask)
{
    const QImage image = mask.convertToFormat(QImage::Format_ARGB32);
    for (int y = 0; y < image.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        if (std::any_of(line, line + image.width(), [](QRgb pixel) { return qAlpha(pixel) < 255; }))
            return true;
    }
    return false;
}

/// Only how opaque it is counts; its colours are nobody's business.
QImage blackened(const QImage &mask)
{
    QImage black = keepingMask(mask.size());
    QPainter painter(&black);
    painter.setCompositionMode(QPainter::CompositionMode_DestinationIn);
    painter.drawImage(0, 0, mask);
    return black;
}

Result<QImage> ownMaskFor(const RenderRequest &request, const QSize &startSize, const QImage &own)
{
    if (own.size() != startSize) {
        return wrong(tr("The mask %1 has %2×%3 pixels and the start picture %4×%5. Make both of the same size.")
                         .arg(request.maskFile)
                         .arg(own.width())
                         .arg(own.height())
                         .arg(startSize.width())
                         .arg(startSize.height()));
    }
    if (!hasTransparency(own)) {
        return wrong(tr("The mask %1 has no transparent pixels, so that nothing would be drawn anew. Make transparent what may change.").arg(request.maskFile));
    }
    return blackened(own);
}

} // namespace

ReferencePicture startPicture(const QImage &draft, const Frame &frame)
{
    return encoded(laidOut(draft, frame), Use::Start);
}

Result<QList<ReferencePicture>> referencesFor(const RenderRequest &request, const Frame &frame, const QImage &start, const QImage &ownMask)
{
    if (start.isNull())
        return wrong(tr("There is no start picture."));
    const bool fitting = request.sendDraft ? start.size() == frame.picture : fits(start.size(), frame);
    const Frame own{start.size(), frame.canvas};
    const QImage picture = fitting ? start.convertToFormat(QImage::Format_RGB32) : laidOut(start.copy(visibleRect(own)), frame);
    QList<ReferencePicture> references{encoded(picture, Use::Start)};
    if (!request.hasMask())
        return references;
    if (request.maskFile.isEmpty()) {
        const auto mask = maskOfTokens(request, {picture.size(), frame.canvas});
        if (!mask)
            return fail(mask.error());
        references.append(encoded(*mask, Use::Mask));
        return references;
    }
    const auto given = ownMaskFor(request, start.size(), ownMask);
    if (!given)
        return fail(given.error());
    QImage mask = *given;
    if (!fitting) {
        const QRect visible = visibleRect(frame);
        mask = keepingMask(picture.size());
        QPainter painter(&mask);
        painter.setCompositionMode(QPainter::CompositionMode_Source);
        painter.drawImage(visible.topLeft(), given->copy(visibleRect(own)).scaled(visible.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    }
    references.append(encoded(mask, Use::Mask));
    return references;
}

Result<QList<ReferencePicture>> readReferences(const RenderRequest &request, const Frame &frame, const QImage &draft, Store *store)
{
    Result<QImage> start = draft;
    if (!request.startFile.isEmpty()) {
        start = loadImage(request.startFile);
    } else if (request.startAsset > 0) {
        const auto bytes = store->original(request.startAsset).result();
        start = bytes ? decodeImage(*bytes, tr("Picture %1 of the library").arg(request.startAsset)) : Result<QImage>(fail(bytes.error()));
    }
    if (!start)
        return fail(start.error());
    Result<QImage> mask;
    if (!request.maskFile.isEmpty())
        mask = loadImage(request.maskFile);
    return mask ? referencesFor(request, frame, *start, *mask) : fail(mask.error());
}

Result<void> checkStart(const RenderRequest &request, const Variant &variant)
{
    if (int(request.sendDraft) + int(request.startAsset > 0) + int(!request.startFile.isEmpty()) > 1)
        return wrong(tr("A model begins with one start picture. Send the draft, or another picture, and not both."));
    if (request.hasMask() && !request.hasStart())
        return wrong(tr("Drawing a part anew needs the picture that it is a part of. Name it as start picture."));
    if (!request.redo.isEmpty() && !request.maskFile.isEmpty())
        return wrong(tr("What is to be drawn anew is said by tokens or by a mask, and not by both."));
    for (const QString &id : request.redo) {
        if (variant.findToken(id))
            continue;
        QStringList ids;
        for (const ResolvedToken &token : variant.tokens)
            ids.append(token.token.id);
        const bool known = std::any_of(request.source.tokens.cbegin(), request.source.tokens.cend(), [&](const Token &token) { return token.id == id; });
        return wrong(known ? tr("The token \"%1\" is hidden or empty here, so that there is nothing to draw anew. Take one of %2.").arg(id, ids.join(QStringLiteral(", ")))
                           : tr("The template has no token \"%1\". Take one of %2.").arg(id.left(64), ids.join(QStringLiteral(", "))));
    }
    return {};
}

} // namespace Galley
