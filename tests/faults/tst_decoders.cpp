#include "core/imaging/imagefile.h"
#include "core/imaging/picturemetadata.h"
#include "tests/faults/figures.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Galley;

/// Damaged pictures, by the thousand, through every decoder that pictures from outside reach, in a process of its own that may die without taking
/// anything along. The full run: GALLEY_FUZZ=10000 build/…/tests/tst_decoders
class TestDecoders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void damaged_data();
    void damaged();
    void mislabelled_data();
    void mislabelled();
    void cleanupTestCase();

private:
    void write(const QString &folder, const QString &name, const QByteArray &bytes);

    QTemporaryDir m_folder;
    Json m_figures = Json::array();
};

namespace {

QImage picture(int kind)
{
    QImage image(kind == 0 ? QSize(40, 30) : QSize(97, 61), kind == 1 ? QImage::Format_RGB32 : QImage::Format_ARGB32);
    image.fill(kind == 2 ? Qt::transparent : Qt::white);
    QPainter painter(&image);
    for (int i = 0; i < 30; ++i) {
        painter.setPen(QColor::fromHsv(i * 12, 200, 220, kind == 2 ? 120 : 255));
        painter.drawLine(i * 3, 0, 90 - i * 2, 60);
    }
    return image;
}

QByteArray encoded(const QImage &image, const char *format, int quality)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format, quality);
    return bytes;
}

/// GIF cannot be written by Qt: three pixels by two, with a transparent one, as GIF89a has it.
QByteArray gif()
{
    return QByteArray::fromHex("47494638396103000200910000ff000000ff000000ffffffff21f90401000003002c00000000030002000002060443510cc102003b");
}

} // namespace

void TestDecoders::write(const QString &folder, const QString &name, const QByteArray &bytes)
{
    QVERIFY(QDir(m_folder.path()).mkpath(folder));
    QFile file(m_folder.filePath(folder + u'/' + name));
    QVERIFY(!bytes.isEmpty() && file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestDecoders::initTestCase()
{
    PictureMetadata metadata;
    metadata.routed = QStringLiteral("model");
    metadata.description = QStringLiteral("A poster");
    metadata.parameters = QStringLiteral("A poster\nSteps: 20");
    metadata.provenance = {{"schema", 1}, {"list", {1, 2, 3}}};
    for (const char *format : {"png", "jpeg", "webp", "tiff", "bmp"}) {
        const QString folder = QString::fromLatin1(format);
        for (int kind = 0; kind < 3; ++kind) {
            const QByteArray bytes = encoded(picture(kind), format, kind == 0 ? 100 : 60);
            write(folder, QString::number(kind), bytes);
            if (const auto tagged = withMetadata(bytes, metadata))
                write(folder, QStringLiteral("tagged-%1").arg(kind), *tagged);
        }
    }
    write(QStringLiteral("gif"), QStringLiteral("0"), gif());
    QVERIFY(decodeImage(gif(), QStringLiteral("gif")));
}

void TestDecoders::damaged_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("what");
    for (const char *format : {"png", "jpeg", "webp", "tiff", "gif", "bmp"})
        QTest::addRow("%s", format) << QString::fromLatin1(format) << QStringLiteral("decode");
    for (const char *format : {"png", "jpeg", "webp", "tiff"})
        QTest::addRow("metadata of %s", format) << QString::fromLatin1(format) << QStringLiteral("metadata");
}

void TestDecoders::damaged()
{
    QFETCH(QString, folder);
    QFETCH(QString, what);
    const int count = numberFrom("GALLEY_FUZZ", 300);
    qint64 next = 0;
    QStringList deaths;
    qint64 read = 0;
    while (next < count && deaths.size() < 10) {
        QProcess child;
        child.start(QStringLiteral(GALLEY_DECODE_CHILD), {m_folder.filePath(folder), what, QString::number(next), QString::number(count - next)});
        QVERIFY(child.waitForFinished(-1));
        const QList<QByteArray> lines = child.readAllStandardOutput().trimmed().split('\n');
        if (child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0) {
            read += lines.last().mid(5).toLongLong();
            break;
        }
        QVERIFY2(lines.last().size() > 0, "the child did not begin");
        deaths.append(QStringLiteral("case %1 (%2 %3)").arg(QString::fromLatin1(lines.last()))
                          .arg(child.exitStatus() == QProcess::CrashExit ? QStringLiteral("signal") : QStringLiteral("exit")).arg(child.exitCode()));
        next = lines.last().toLongLong() + 1;
    }
    qInfo("%s of %s: %d damaged files, %lld still read, %lld deaths", qPrintable(what), qPrintable(folder), count, static_cast<long long>(read),
          static_cast<long long>(deaths.size()));
    m_figures.push_back({{"decoder", QString(what + QLatin1Char(' ') + folder).toStdString()}, {"files", count}, {"still_read", read}, {"deaths", deaths.size()}});
    QVERIFY2(deaths.isEmpty(), qPrintable(deaths.join(QStringLiteral(", "))));
}

void TestDecoders::mislabelled_data()
{
    QTest::addColumn<QString>("folder");
    for (const char *format : {"png", "jpeg", "webp", "tiff", "gif", "bmp"})
        QTest::addRow("%s", format) << QString::fromLatin1(format);
}

/// The type is told by content: every picture is read under every other name, and half of it never is a crash.
void TestDecoders::mislabelled()
{
    QFETCH(QString, folder);
    QFile original(m_folder.filePath(folder + QStringLiteral("/0")));
    QVERIFY(original.open(QIODevice::ReadOnly));
    const QByteArray bytes = original.readAll();
    for (const char *suffix : {"png", "jpg", "webp", "tif", "gif", "bmp", "svg", "txt"}) {
        write(QStringLiteral("named"), QStringLiteral("picture.") + QLatin1String(suffix), bytes);
        const auto image = loadImage(m_folder.filePath(QStringLiteral("named/picture.") + QLatin1String(suffix)));
        QVERIFY2(image, suffix);
        write(QStringLiteral("named"), QStringLiteral("half.") + QLatin1String(suffix), bytes.left(bytes.size() / 2));
        const auto half = loadImage(m_folder.filePath(QStringLiteral("named/half.") + QLatin1String(suffix)));
        QVERIFY(half || half.error().message.endsWith(u'.'));
    }
}

void TestDecoders::cleanupTestCase()
{
    QVERIFY(writeFigures("damaged_pictures", {{"decoders", m_figures}}));
}

QTEST_GUILESS_MAIN(TestDecoders)
#include "tst_decoders.moc"
