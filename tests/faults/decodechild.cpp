// Decodes pictures that were damaged on purpose, one after the other, until it is done or dies: see tst_decoders.cpp.
//
//     decodechild FIXTURE decode|metadata FIRST COUNT
//
// FIXTURE is a folder of pictures of one format. Writes the number of each case before it begins, so that the one that kills it is known. Every case
// follows from its number alone.

#include "core/base/statistics.h"
#include "core/imaging/imagefile.h"
#include "core/imaging/picturemetadata.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QtEndian>

#include <sys/resource.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>

using namespace Galley;

namespace {

QList<QByteArray> readAll(const QString &folder)
{
    QList<QByteArray> files;
    for (const QFileInfo &info : QDir(folder).entryInfoList(QDir::Files, QDir::Name)) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly))
            files.append(file.readAll());
    }
    return files;
}

void changeOnce(QByteArray &bytes, const QList<QByteArray> &others, Dice &dice)
{
    if (bytes.isEmpty())
        return;
    const auto size = std::uint64_t(bytes.size());
    const auto at = qsizetype(dice.below(size));
    switch (dice.below(9)) {
    case 0: bytes[at] = char(bytes[at] ^ (1 << dice.below(8))); break;
    case 1: bytes[at] = char(dice.below(256)); break;
    case 2: bytes.truncate(at); break;
    case 3: bytes.remove(at, qsizetype(1 + dice.below(16))); break;
    case 4: bytes.insert(at, bytes.mid(qsizetype(dice.below(size)), qsizetype(1 + dice.below(64)))); break;
    case 5: {
        constexpr quint32 interesting[] = {0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF0, 30'000};
        char number[4];
        const quint32 value = interesting[dice.below(std::size(interesting))];
        dice.below(2) == 0 ? qToBigEndian(value, number) : qToLittleEndian(value, number);
        bytes.replace(at, std::min<qsizetype>(4, bytes.size() - at), QByteArray(number, int(std::min<qsizetype>(4, bytes.size() - at))));
        break;
    }
    case 6: {
        const QByteArray &other = others[qsizetype(dice.below(std::uint64_t(others.size())))];
        bytes = bytes.left(at) + other.mid(std::min(at, other.size()));
        break;
    }
    case 7: bytes.replace(at, qsizetype(1 + dice.below(32)), QByteArray(qsizetype(dice.below(64)), char(dice.below(256)))); break;
    default: {  // headers are where decoders decide
        const auto early = qsizetype(dice.below(std::min<std::uint64_t>(64, size)));
        bytes[early] = char(dice.below(256));
    }
    }
}

/// Checksums of PNG put right, or libpng looks no further.
void mendChecksums(QByteArray &png)
{
    for (qsizetype at = 8; at + 12 <= png.size();) {
        const quint32 length = qFromBigEndian<quint32>(png.constData() + at);
        if (qint64(length) > png.size() - at - 12)
            return;
        const auto sum = quint32(crc32(0, reinterpret_cast<const Bytef *>(png.constData() + at + 4), uInt(length + 4)));
        qToBigEndian(sum, png.data() + at + 8 + length);
        at += 12 + qsizetype(length);
    }
}

QByteArray damaged(const QList<QByteArray> &files, qint64 number)
{
    Dice dice(std::uint64_t(number) * 2654435761U + 1);
    QByteArray bytes = files[qsizetype(dice.below(std::uint64_t(files.size())))];
    for (auto changes = 1 + dice.below(6); changes > 0; --changes)
        changeOnce(bytes, files, dice);
    if (bytes.startsWith("\x89PNG") && dice.below(3) != 0)
        mendChecksums(bytes);
    return bytes;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc != 5)
        return 2;
    constexpr rlim_t memory = rlim_t(2) << 30;
    const rlimit limit{memory, memory};
    setrlimit(RLIMIT_AS, &limit);
    const rlimit noCore{0, 0};
    setrlimit(RLIMIT_CORE, &noCore);
    if (std::freopen("/dev/null", "w", stderr) == nullptr)
        return 2;
    const QList<QByteArray> files = readAll(QString::fromLocal8Bit(argv[1]));
    if (files.isEmpty())
        return 2;
    const bool isMetadata = QByteArray(argv[2]) == "metadata";
    const qint64 first = QByteArray(argv[3]).toLongLong();
    const qint64 count = QByteArray(argv[4]).toLongLong();
    qint64 read = 0;
    PictureMetadata metadata;
    metadata.routed = QStringLiteral("model");
    for (qint64 number = first; number < first + count; ++number) {
        std::printf("%lld\n", static_cast<long long>(number));
        std::fflush(stdout);
        alarm(30);  // a decoder that never comes back
        const QByteArray bytes = damaged(files, number);
        if (isMetadata) {
            carriesCredentials(bytes);
            read += readMetadata(bytes).has_value();
            if (const auto written = withMetadata(bytes, metadata); written && written->isEmpty())
                return 3;
        } else {
            const auto picture = decodePicture(bytes, QStringLiteral("damaged"), {.bytes = 10 << 20, .pixels = 4'000'000});
            if (!picture && picture.error().message.isEmpty())
                return 3;
            read += picture.has_value();
        }
    }
    std::printf("read %lld\n", static_cast<long long>(read));
    return 0;
}
