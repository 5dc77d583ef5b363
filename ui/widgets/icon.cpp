#include "ui/widgets/icon.h"

#include "core/base/log.h"

#include <QDir>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <memory>
#include <optional>

namespace Galley {

namespace {

QString resourcePath(const QString &name)
{
    return QStringLiteral(":/icons/") + name + QStringLiteral(".svg");
}

/// \a pixels device pixels wide and high.
QPixmap tinted(const QString &name, int pixels, const QColor &color)
{
    const QString key = QStringLiteral("galley-icon/%1/%2/%3").arg(name).arg(pixels).arg(color.rgba(), 8, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QImage image(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(resourcePath(name));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), color);
    painter.end();
    pixmap = QPixmap::fromImage(image);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class ThemedIconEngine : public QIconEngine
{
public:
    ThemedIconEngine(QString name, std::optional<ThemeColor> color)
        : m_name(std::move(name))
        , m_color(color)
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        paintIcon(*painter, m_name, rect, tint(mode, state));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        // Qt 6.4 hands in device pixels here and sets the ratio itself.
        return tinted(m_name, qMin(size.width(), size.height()), tint(mode, state));
    }

    QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override { return {{16, 16}, {20, 20}, {32, 32}, {40, 40}}; }
    QString iconName() override { return m_name; }
    QString key() const override { return QStringLiteral("galley"); }
    bool isNull() override { return false; }
    QIconEngine *clone() const override { return new ThemedIconEngine(*this); }

private:
    QColor tint(QIcon::Mode mode, QIcon::State state) const
    {
        const Theme theme = Theme::current();
        if (mode == QIcon::Disabled)
            return theme.color(ThemeColor::Disabled);
        if (mode == QIcon::Selected)
            return theme.color(ThemeColor::PrimaryText);
        if (m_color)
            return theme.color(*m_color);
        return theme.color(state == QIcon::On ? ThemeColor::Accent : ThemeColor::Text);
    }

    QString m_name;
    std::optional<ThemeColor> m_color;
};

QIcon make(const QString &name, std::optional<ThemeColor> color)
{
    if (!QFile::exists(resourcePath(name))) {
        logMessage(LogLevel::Warning, QStringLiteral("No icon \"%1\" in resources/icons.").arg(name));
        return {};
    }
    return QIcon(new ThemedIconEngine(name, color));
}

} // namespace

QIcon themedIcon(const QString &name)
{
    return make(name, {});
}

QIcon themedIcon(const QString &name, ThemeColor color)
{
    return make(name, color);
}

void paintIcon(QPainter &painter, const QString &name, const QRect &rect, const QColor &color)
{
    const qreal ratio = painter.device()->devicePixelRatio();
    const int side = qMin(rect.width(), rect.height());
    const QPixmap pixmap = tinted(name, qRound(side * ratio), color);
    const QRect target(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side);
    painter.drawPixmap(target, pixmap);
}

QStringList iconNames()
{
    QStringList names = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
    for (QString &name : names)
        name.chop(4);
    return names;
}

} // namespace Galley
