#include "core/composition/cutoutpicture.h"
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

} // namespace

struct ScenePainter::Private
{
    /// Bounded by KiB of pixels.
    QCache<QString, QImage> grounds{96 * 1024};
    QCache<QString, QImage> cutouts{96 * 1024};
    QCache<QString, QImage> sources{32 * 1024};  ///< trimmed, recoloured, native size
    QCache<QString, TextBlock> blocks{400};

    static int cost(const QImage &image) { return int(image.sizeInBytes() / 1024) + 1; }

    QImage ground(const SceneItem &item, const QSize &size)
    {
        const QString key = join({item.words, item.fill.name(), colorKey(item.palette), sizeKey(size)});
        if (const QImage *known = grounds.object(key))
            return *known;
        const QImage image = renderGround(item.words, item.fill, item.palette, size);
        grounds.insert(key, new QImage(image), cost(image));
        return image;
    }

    /// The visible part in the token's colour, still at its own size.
    QImage source(const QImage &picture, const QList<QColor> &palette, QString &key)
    {
        const QColor target = palette.isEmpty() ? QColor() : palette.first();
        key = QString::number(picture.cacheKey()) + (target.isValid() ? target.name() : QString());
        if (const QImage *known = sources.object(key))
            return *known;
        QImage image = picture.copy(visibleRect(picture));
        if (target.isValid())
            image = recolored(image, target);
        sources.insert(key, new QImage(image), cost(image));
        return image;
    }

    void paintCutout(QPainter &painter, const SceneItem &item, const QImage &picture)
    {
        QString key;
        const QImage small = source(picture, item.palette, key);
        const DevicePixels device(painter, fitCutout(small.size(), item.rect));
        const QRect target = device.target();
        const QString exact = key + sizeKey(target.size());
        const QImage *scaled = cutouts.object(exact);
        if (!scaled) {
            auto *made = new QImage(scaledCutout(small, target.size()));
            cutouts.insert(exact, made, cost(*made));
            scaled = cutouts.object(exact);
            if (!scaled) { // larger than the whole cache
                painter.drawImage(target.topLeft(), scaledCutout(small, target.size()));
                return;
            }
        }
        painter.drawImage(target.topLeft(), *scaled);
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
    case SceneItem::Kind::Ground: {
        const DevicePixels device(painter, item.rect);
        painter.drawImage(device.target().topLeft(), d->ground(item, device.target().size()));
        break;
    }
    case SceneItem::Kind::Fill: Private::paintFill(painter, item); break;
    case SceneItem::Kind::Subject: {
        const QImage picture = pictures.value(item.tokenId);
        if (!picture.isNull())
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
            d->paintCutout(painter, plain, picture);
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
    paint(painter, scene, pictures, false);
    painter.end();
    return image.convertToFormat(QImage::Format_RGBA8888);
}

QImage ScenePainter::composeItem(const Scene &scene, const SceneItem &item, const LayerPictures &pictures, const QSize &output)
{
    QImage image(output, QImage::Format_RGBA8888_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.scale(double(output.width()) / scene.canvas.width(), double(output.height()) / scene.canvas.height());
    paintItem(painter, item, pictures, false);
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
