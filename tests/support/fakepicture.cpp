#include "tests/support/fakepicture.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QPainter>

namespace Galley {

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
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    fakePicture(words, seed, size).save(&buffer, format);
    return bytes;
}

} // namespace Galley
