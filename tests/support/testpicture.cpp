#include "tests/support/testpicture.h"

#include <QBuffer>
#include <QImage>

namespace Galley {

QByteArray testPicture(const QSize &size, const QColor &color, const char *format)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

QColor colorOfSeed(qint64 seed)
{
    const quint64 mixed = (quint64(seed) + 1) * 0x9E3779B97F4A7C15ULL;
    return QColor(int(mixed >> 56), int(mixed >> 48 & 0xff), int(mixed >> 40 & 0xff));
}

} // namespace Galley
