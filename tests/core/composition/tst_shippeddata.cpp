#include "core/base/json.h"
#include "core/composition/cutouts.h"
#include "testpaths.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QSet>
#include <QTest>
#include <QtEndian>

#include <zstd.h>

#include <algorithm>

using namespace Galley;

/// The clip-art pack and the draft model's weights, as they are shipped: small enough, licensed piece by piece, and one about the other.
class TestShippedData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sizes_areWithinTheLimits();
    void everyDrawing_hasItsLicence();
    void everyCaption_isKnownToTheWeights();
    void description_isOfTheseWeights();
};

namespace {

const QString pack = QStringLiteral(GALLEY_SOURCE_DIR "/resources/cutouts/");
const QString model = QStringLiteral(GALLEY_SOURCE_DIR "/resources/models/galley-draft/");

QByteArray contents(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray unpacked(const QByteArray &packed)
{
    const auto size = ZSTD_getFrameContentSize(packed.constData(), size_t(packed.size()));
    QByteArray bytes(qsizetype(std::min(size, 100'000'000ull)), Qt::Uninitialized);
    return ZSTD_decompress(bytes.data(), size_t(bytes.size()), packed.constData(), size_t(packed.size())) == size ? bytes : QByteArray();
}

qint64 bytesOf(const QString &folder, std::initializer_list<const char *> names)
{
    qint64 sum = 0;
    for (const char *name : names)
        sum += QFileInfo(folder + QLatin1String(name)).size();
    return sum;
}

/// The lists of words that the weights hold as text under \a name: a caption and other words for it.
QList<QStringList> wordsOf(const QByteArray &weights, const char *name)
{
    const auto length = qFromLittleEndian<quint64>(weights.constData());
    const Result<Json> header = parseJson(weights.mid(8, qsizetype(length)), QStringLiteral("draft.safetensors"));
    QList<QStringList> lists;
    if (!header || !header->contains(name))
        return lists;
    const Json &place = header->at(name).at("data_offsets");
    const auto from = place.at(0).get<qsizetype>(), to = place.at(1).get<qsizetype>();
    for (const QString &line : QString::fromUtf8(weights.mid(8 + qsizetype(length) + from, to - from)).split(u'\n'))
        lists.append(line.split(u'\t'));
    return lists;
}

QSet<QString> firstOf(const QList<QStringList> &lists)
{
    QSet<QString> names;
    for (const QStringList &words : lists)
        names.insert(words.first());
    return names;
}

} // namespace

void TestShippedData::sizes_areWithinTheLimits()
{
    constexpr qint64 megabyte = 1'000'000;
    const qint64 weights = bytesOf(model, {"draft.safetensors.zst", "text.safetensors.zst"});
    QVERIFY2(weights > megabyte && weights <= 30 * megabyte, qPrintable(QString::number(weights)));
    const qint64 drawings = bytesOf(pack, {"cutouts.bin", "index.json", "vectors.bin"});
    QVERIFY2(drawings > megabyte && drawings <= 9 * megabyte, qPrintable(QString::number(drawings)));
}

void TestShippedData::everyDrawing_hasItsLicence()
{
    const auto library = CutoutLibrary::load(pack);
    QVERIFY2(library, library ? "" : qPrintable(library.error().message));
    QHash<QString, int> sources;
    for (int i = 0; i < (*library)->count(); ++i) {
        const Cutout &cutout = (*library)->at(i);
        QVERIFY2(!cutout.licence.isEmpty() && !cutout.source.isEmpty() && !cutout.author.isEmpty(), qPrintable(cutout.id));
        ++sources[cutout.source];
    }
    const QString notice = QString::fromUtf8(contents(pack + QStringLiteral("NOTICE")));
    for (auto source = sources.cbegin(); source != sources.cend(); ++source) {
        const QString line = QStringLiteral("%1 (%2 pictures)").arg(source.key()).arg(source.value());
        QVERIFY2(notice.contains(line), qPrintable(QStringLiteral("NOTICE does not say: ") + line));
    }
}

/// What is new in the pack and unknown to the weights would be drawn as whatever is near. `export.py --words` tells them.
void TestShippedData::everyCaption_isKnownToTheWeights()
{
    const auto library = CutoutLibrary::load(pack);
    QVERIFY(library);
    QSet<QString> drawings;
    for (int i = 0; i < (*library)->count(); ++i)
        drawings.insert((*library)->at(i).caption);
    const QByteArray weights = unpacked(contents(model + QStringLiteral("draft.safetensors.zst")));
    const QSet<QString> taught = firstOf(wordsOf(weights, "captions"));
    const QSet<QString> untaught = firstOf(wordsOf(weights, "untaught"));
    QVERIFY(!taught.isEmpty() && !untaught.isEmpty());
    QVERIFY2(!taught.intersects(untaught), qPrintable((taught & untaught).values().join(u',')));
    const QSet<QString> unknown = drawings - taught - untaught;
    QVERIFY2(unknown.isEmpty(), qPrintable(QStringLiteral("run export.py --words: ") + unknown.values().join(u',')));
    const QSet<QString> gone = taught - drawings;
    QVERIFY2(gone.isEmpty(), qPrintable(gone.values().join(u',')));
}

void TestShippedData::description_isOfTheseWeights()
{
    const Result<Json> read = parseJson(contents(model + QStringLiteral("draft.json")), QStringLiteral("draft.json"));
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    const Json &description = *read;
    const QByteArray weights = contents(model + QStringLiteral("draft.safetensors.zst"));
    QCryptographicHash digest(QCryptographicHash::Sha256);
    digest.addData(weights);
    digest.addData(contents(model + QStringLiteral("text.safetensors.zst")));
    QCOMPARE(toQString(description["revision"]), QString::fromLatin1(digest.result().toHex().left(12)));
    const QList<QStringList> taught = wordsOf(unpacked(weights), "captions");
    qsizetype names = 0;
    for (const QStringList &words : taught)
        names += words.size();
    QCOMPARE(description["words"]["concepts"].get<qsizetype>(), taught.size());
    QCOMPARE(description["words"]["names"].get<qsizetype>(), names);
    // New names need no training, so that it may have seen fewer; it cannot have seen more things than there are.
    QVERIFY(description["training"]["captions"].get<qsizetype>() <= names);
    QVERIFY(description["training"]["concepts"].get<qsizetype>() >= taught.size());
}

QTEST_GUILESS_MAIN(TestShippedData)
#include "tst_shippeddata.moc"
