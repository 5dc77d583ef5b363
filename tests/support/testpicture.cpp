#include "tests/support/testpicture.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QPainter>

namespace Galley {

QByteArray pictureFile(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

QByteArray testPicture(const QSize &size, const QColor &color, const char *format)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    return pictureFile(image, format);
}

QColor colorOfSeed(qint64 seed)
{
    const quint64 mixed = (quint64(seed) + 1) * 0x9E3779B97F4A7C15ULL;
    return QColor(int(mixed >> 56), int(mixed >> 48 & 0xff), int(mixed >> 40 & 0xff));
}

QImage fakePicture(const QByteArray &words, qint64 seed, const QSize &size)
{
    const QByteArray hash = QCryptographicHash::hash(QByteArray(words + ':' + QByteArray::number(seed)), QCryptographicHash::Sha256);
    QImage image(size, QImage::Format_RGB32);
    image.fill(QColor(uchar(hash[0]), uchar(hash[1]), uchar(hash[2])));
    QPainter painter(&image);
    painter.fillRect(QRect(0, 0, size.width() / 2, size.height() / 2), QColor(uchar(hash[3]), uchar(hash[4]), uchar(hash[5])));
    return image;
}

QByteArray fakePictureFile(const QByteArray &words, qint64 seed, const QSize &size, const char *format)
{
    return pictureFile(fakePicture(words, seed, size), format);
}

} // namespace Galley
