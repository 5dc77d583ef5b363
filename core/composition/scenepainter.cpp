#include "core/composition/cutoutpicture.h"
#include "core/composition/cutoutstyle.h"
#include "core/composition/grounds.h"
#include "core/composition/scene.h"
#include "core/composition/textblock.h"

#include "core/imaging/imagefile.h"

#include <QCache>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFileInfo>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ScenePainter", text);
}

QString join(std::initializer_list<QString> parts)
{
    return QStringList(parts).join(QChar(u'\x1f'));
}

QString colorKey(const QList<QColor> &colors)
{
    QString key;
    for (const QColor &color : colors)
        key += color.name(QColor::HexArgb);
    return key;
}

QString sizeKey(const QSizeF &size)
{
    return QString::number(size.width()) + QLatin1Char('x') + QString::number(size.height());
}

QString textKey(const SceneItem &item)
{
    const TextStyle &s = item.style;
    return join({item.text, s.font.family, QString::number(s.font.weight), QString::number(s.font.italic),
                 s.size ? QString::number(*s.size) : QString(), QString::number(s.minSize), QString::number(s.lineHeight),
                 QString::number(s.letterSpacing), QString::number(int(s.align)), QString::number(int(s.valign)),
                 QString::number(int(s.fit)), sizeKey(item.rect.size()), QString::number(item.canvasHeight)});
}

/// Sets the painter so that one unit is one device pixel, and tells where \a rect lies in them.
class DevicePixels
{
public:
    DevicePixels(QPainter &painter, const QRectF &rect)
        : m_painter(painter)
    {
        const QTransform device = painter.deviceTransform();
        const QTransform world = painter.worldTransform();
        const QRectF mapped = device.mapRect(rect);
        const QPoint topLeft(int(std::round(mapped.left())), int(std::round(mapped.top())));
        const QPoint bottomRight(int(std::round(mapped.right())), int(std::round(mapped.bottom())));
        m_target = QRect(topLeft, QSize(std::max(1, bottomRight.x() - topLeft.x()), std::max(1, bottomRight.y() - topLeft.y())));
        painter.save();
        painter.setWorldTransform((world.inverted() * device).inverted());
    }
    ~DevicePixels() { m_painter.restore(); }
    Q_DISABLE_COPY_MOVE(DevicePixels)

    QRect target() const { return m_target; }

private:
    QPainter &m_painter;
    QRect m_target;
};

/// Above this many pixels a view (not an export) stretches a smaller picture: nobody waits for 100 megapixels at 800 %.
constexpr qint64 largestExact = 6'000'000;
/// User images are kept at most this large for scaling; a canvas that is larger takes the original.
constexpr int largestSource = 2400;

qint64 pixels(const QSize &size)
{
    return qint64(size.width()) * size.height();
}

/// \a size, or one of the same ratio with at most \a most pixels.
QSize limited(const QSize &size, qint64 most)
{
    const double shrink = std::sqrt(double(most) / double(std::max<qint64>(1, pixels(size))));
    return shrink >= 1 ? size : QSize(std::max(1, int(size.width() * shrink)), std::max(1, int(size.height() * shrink)));
}

/// The middle of \a size that has the ratio of \a box.
QRect coverPart(const QSize &size, const QSizeF &box)
{
    const double scale = std::min(size.width() / box.width(), size.height() / box.height());
    const QSize part(std::clamp(int(std::lround(box.width() * scale)), 1, size.width()),
                     std::clamp(int(std::lround(box.height() * scale)), 1, size.height()));
    return {QPoint((size.width() - part.width()) / 2, (size.height() - part.height()) / 2), part};
}

QImage rounded(QImage picture, double radius)
{
    QImage mask(picture.size(), QImage::Format_RGBA8888_Premultiplied);
    mask.fill(Qt::transparent);
    QPainter corners(&mask);
    corners.setRenderHint(QPainter::Antialiasing);
    corners.setPen(Qt::NoPen);
    corners.setBrush(Qt::black);
    const double most = std::min(picture.width(), picture.height()) / 2.0;
    corners.drawRoundedRect(QRectF(picture.rect()), std::min(radius, most), std::min(radius, most));
    corners.end();
    QPainter painter(&picture);
    painter.setCompositionMode(QPainter::CompositionMode_DestinationIn);
    painter.drawImage(0, 0, mask);
    return picture;
}

} // namespace

struct ScenePainter::Private
{
    /// Bounded by KiB of pixels.
    QCache<QString, QImage> grounds{48 * 1024};
    QCache<QString, QImage> layers{64 * 1024};   ///< at their size on the device
    QCache<QString, QImage> sources{48 * 1024};  ///< trimmed, at their own size
    QCache<QString, StyledCutout> cutouts{24 * 1024};  ///< trimmed, recoloured and looked at for their style
    QCache<QString, TextBlock> blocks{400};
    bool exact = false;  ///< an export: nothing is stretched, however large it is

    static int cost(const QImage &image) { return int(image.sizeInBytes() / 1024) + 1; }

    /// \a make() once for each \a key, as long as the cache keeps it.
    template<typename Make>
    static QImage cached(QCache<QString, QImage> &cache, const QString &key, Make make)
    {
        if (const QImage *known = cache.object(key))
            return *known;
        const QImage image = make();
        cache.insert(key, new QImage(image), cost(image));
        return image;
    }

    QSize renderSize(const QSize &target) const { return exact ? target : limited(target, largestExact); }

    static void blit(QPainter &painter, const QRect &target, const QImage &image)
    {
        if (image.size() == target.size()) {
            painter.drawImage(target.topLeft(), image);
        } else {
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.drawImage(target, image);
        }
    }

    void paintGround(QPainter &painter, const SceneItem &item)
    {
        const DevicePixels device(painter, item.rect);
        const QSize size = renderSize(device.target().size());
        const QString key = join({item.words, item.fill.name(), colorKey(item.palette), sizeKey(size)});
        blit(painter, device.target(),
             cached(grounds, key, [&] { return renderGround(item.words, item.fill, item.palette, size); }));
    }

    /// In the token's colour and style, for any size.
    StyledCutout styledCutout(const QImage &picture, const SceneItem &item, const QString &key)
    {
        if (const StyledCutout *known = cutouts.object(key))
            return *known;
        const StyledCutout made(picture, item.styleWord, item.palette.value(0));
        cutouts.insert(key, new StyledCutout(made), made.bytes() / 1024 + 1);
        return made;
    }

    void paintCutout(QPainter &painter, const SceneItem &item, const QImage &picture)
    {
        const QString key = join({QString::number(picture.cacheKey()), colorKey(item.palette.mid(0, 1)), item.styleWord});
        const StyledCutout cutout = styledCutout(picture, item, key);
        const DevicePixels device(painter, fitCutout(cutout.size(), item.rect));
        const QSize size = renderSize(device.target().size());
        blit(painter, device.target(), cached(layers, join({key, sizeKey(size)}), [&] { return cutout.rendered(size); }));
    }

    /// A photograph is scaled as photographs are: no edge is sharpened.
    void paintPicture(QPainter &painter, const SceneItem &item, const QImage &picture)
    {
        const QString key = join({QString::number(picture.cacheKey()), QStringLiteral("picture")});
        QImage source = cached(sources, key, [&] {
            const QImage visible = picture.copy(visibleRect(picture)).convertToFormat(QImage::Format_RGBA8888_Premultiplied);
            return std::max(visible.width(), visible.height()) <= largestSource
                       ? visible
                       : visible.scaled(largestSource, largestSource, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        });
        const QRectF box = item.cover ? item.rect : fitCutout(source.size(), item.rect);
        const DevicePixels device(painter, box);
        const QSize size = renderSize(device.target().size());
        if (exact && std::max(size.width(), size.height()) > largestSource)
            source = picture.copy(visibleRect(picture)).convertToFormat(QImage::Format_RGBA8888_Premultiplied);
        const double radius = item.radius * device.target().width() / box.width();
        const QString layer = join({key, sizeKey(size), QString::number(int(item.cover)), QString::number(radius)});
        blit(painter, device.target(), cached(layers, layer, [&] {
                 const QImage part = item.cover ? source.copy(coverPart(source.size(), box.size())) : source;
                 const QImage scaled = part.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                                           .convertToFormat(QImage::Format_RGBA8888_Premultiplied);
                 return radius > 0 ? rounded(scaled, radius) : scaled;
             }));
    }

    TextBlock *block(const SceneItem &item)
    {
        const QString key = textKey(item);
        if (TextBlock *known = blocks.object(key))
            return known;
        auto *made = new TextBlock(item.text, item.style, item.rect.size(), item.canvasHeight);
        blocks.insert(key, made);
        return made;
    }

    static void paintFill(QPainter &painter, const SceneItem &item)
    {
        painter.setPen(Qt::NoPen);
        painter.setBrush(item.fill);
        if (item.radius <= 0) {
            painter.setRenderHint(QPainter::Antialiasing, false);
            painter.drawRect(item.rect);
            return;
        }
        const double radius = std::min({item.radius, item.rect.width() / 2, item.rect.height() / 2});
        painter.drawRoundedRect(item.rect, radius, radius);
    }

    void paintPlaceholder(QPainter &painter, const SceneItem &item)
    {
        painter.setPen(QPen(QColor(128, 128, 128, 150), 0, Qt::DashLine));
        painter.setBrush(QColor(128, 128, 128, 28));
        painter.drawRoundedRect(item.rect, 8, 8);
        SceneItem label = item;
        label.text = item.words;
        label.style = TextStyle();
        label.canvasHeight = 1200;
        label.style.size = 0.02;
        label.style.fit = TextFit::Wrap;
        painter.translate(item.rect.topLeft());
        block(label)->paint(painter, QColor(110, 110, 110));
    }
};

ScenePainter::ScenePainter()
    : d(std::make_unique<Private>())
{}

ScenePainter::~ScenePainter() = default;

void ScenePainter::paintItem(QPainter &painter, const SceneItem &item, const LayerPictures &pictures, bool placeholders)
{
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.setOpacity(painter.opacity() * item.opacity);
    switch (item.kind) {
    case SceneItem::Kind::Ground: d->paintGround(painter, item); break;
    case SceneItem::Kind::Fill: Private::paintFill(painter, item); break;
    case SceneItem::Kind::Subject: {
        const QImage picture = pictures.value(item.tokenId);
        // A model that draws whole pictures has no cut-outs.
        if (!picture.isNull() && !picture.hasAlphaChannel())
            d->paintPicture(painter, item, picture);
        else if (!picture.isNull())
            d->paintCutout(painter, item, picture);
        else if (placeholders)
            d->paintPlaceholder(painter, item);
        break;
    }
    case SceneItem::Kind::Picture: {
        const QImage picture = pictures.value(item.tokenId);
        SceneItem plain = item;
        plain.words = tr("Image not found: %1").arg(QFileInfo(item.imagePath).fileName());
        if (!picture.isNull())
            d->paintPicture(painter, item, picture);
        else if (placeholders)
            d->paintPlaceholder(painter, plain);
        break;
    }
    case SceneItem::Kind::Text:
        painter.translate(item.rect.topLeft());
        d->block(item)->paint(painter, item.color);
        break;
    }
    painter.restore();
}

void ScenePainter::paint(QPainter &painter, const Scene &scene, const LayerPictures &pictures, bool placeholders)
{
    for (const SceneItem &item : scene.items)
        paintItem(painter, item, pictures, placeholders);
}

QImage ScenePainter::compose(const Scene &scene, const LayerPictures &pictures, const QSize &output)
{
    QImage image(output, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.scale(double(output.width()) / scene.canvas.width(), double(output.height()) / scene.canvas.height());
    d->exact = true;
    paint(painter, scene, pictures, false);
    d->exact = false;
    painter.end();
    return image.convertToFormat(QImage::Format_RGBA8888);
}

QImage ScenePainter::composeItem(const Scene &scene, const SceneItem &item, const LayerPictures &pictures, const QSize &output)
{
    QImage image(output, QImage::Format_RGBA8888_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.scale(double(output.width()) / scene.canvas.width(), double(output.height()) / scene.canvas.height());
    d->exact = true;
    paintItem(painter, item, pictures, false);
    d->exact = false;
    return image;
}

QList<SceneProblem> ScenePainter::problems(const Scene &scene, const LayerPictures &pictures)
{
    QList<SceneProblem> result;
    for (const SceneItem &item : scene.items) {
        if (item.kind == SceneItem::Kind::Picture) {
            if (pictures.value(item.tokenId).isNull()) {
                result.append({item.tokenId, QStringLiteral("missing_image"),
                               tr("The image %1 of \"%2\" cannot be shown. Choose another file.").arg(item.imagePath, item.tokenId)});
            }
            continue;
        }
        if (item.kind != SceneItem::Kind::Text)
            continue;
        if (d->block(item)->overflows()) {
            result.append({item.tokenId, QStringLiteral("overflow"),
                           tr("The text of \"%1\" is larger than its box. Shorten it, enlarge the box, or let it shrink further.")
                               .arg(item.tokenId)});
        }
        const QString missing = TextBlock::missingGlyphs(item.text, item.style.font);
        if (!missing.isEmpty()) {
            result.append({item.tokenId, QStringLiteral("missing_glyph"),
                           tr("No bundled font has these characters of \"%1\": %2. They may look different elsewhere, or be empty boxes.")
                               .arg(item.tokenId, missing)});
        }
        if (TextBlock::fontFor(item.style.font).families().constFirst() != item.style.font.family) {
            result.append({item.tokenId, QStringLiteral("missing_font"),
                           tr("The font \"%1\" of \"%2\" is not installed; Inter is shown instead.")
                               .arg(item.style.font.family, item.tokenId)});
        }
    }
    return result;
}

} // namespace Galley
