#include "core/composition/cutouts.h"

#include "core/base/json.h"
#include "core/imaging/imagefile.h"

#include <QCache>
#include <QCoreApplication>
#include <QFile>
#include <QMutex>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <cstring>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CutoutLibrary", text);
}

constexpr int maxItems = 20000;
/// What a drawing's own caption, its first vector, is ahead of a keyword: "house" is a house before it is a derelict one. On the phrases of
/// packaging/draft-model/probes.tsv 0.06 to 0.1 finds the most.
constexpr float captionLead = 0.09F;

/// Lower-case words without articles, in the singular as far as an "s" tells.
QStringList normalWords(const QString &text)
{
    static const QRegularExpression notWord(QStringLiteral("[^\\w]+"), QRegularExpression::UseUnicodePropertiesOption);
    static const QSet<QString> noise{QStringLiteral("a"), QStringLiteral("an"), QStringLiteral("the"), QStringLiteral("of"),
                                     QStringLiteral("and"), QStringLiteral("with"), QStringLiteral("in"), QStringLiteral("on")};
    QStringList words;
    for (QString word : text.toLower().split(notWord, Qt::SkipEmptyParts)) {
        if (noise.contains(word))
            continue;
        if (word.size() > 3 && word.endsWith(QLatin1Char('s')) && !word.endsWith(QLatin1String("ss")))
            word.chop(1);
        words.append(word);
    }
    return words;
}

struct Entry
{
    Cutout cutout;
    qint64 offset = 0;
    qint64 bytes = 0;
    int firstVector = -1;
    int vectorCount = 0;
    QSet<QString> captionWords;
    QSet<QString> keywordWords;
};

QString text(const Json &item, const char *key)
{
    return item.contains(key) ? toQString(item.at(key)) : QString();
}

qint64 integer(const Json &item, const char *key)
{
    return item.contains(key) && item.at(key).is_number_integer() ? item.at(key).get<qint64>() : -1;
}

bool readEntry(const Json &item, qint64 blobBytes, int number, Entry &entry)
{
    if (!item.is_object())
        return false;
    Cutout &cutout = entry.cutout;
    cutout = {text(item, "id"), text(item, "caption"), {}, text(item, "category"), text(item, "style"), text(item, "source"),
              text(item, "licence"), text(item, "author"), QSize(int(integer(item, "width")), int(integer(item, "height")))};
    if (item.contains("keywords") && item.at("keywords").is_array()) {
        for (const Json &word : item.at("keywords"))
            cutout.keywords.append(toQString(word));
    }
    entry.offset = integer(item, "offset");
    entry.bytes = integer(item, "bytes");
    entry.firstVector = number;
    entry.vectorCount = 1;
    if (item.contains("vectors") && item.at("vectors").is_array() && item.at("vectors").size() == 2) {
        entry.firstVector = item.at("vectors")[0].is_number_integer() ? item.at("vectors")[0].get<int>() : -1;
        entry.vectorCount = item.at("vectors")[1].is_number_integer() ? item.at("vectors")[1].get<int>() : 0;
    }
    const QStringList captionWords = normalWords(cutout.caption);
    const QStringList keywordWords = normalWords(cutout.keywords.join(QLatin1Char(' ')));
    entry.captionWords = QSet<QString>(captionWords.begin(), captionWords.end());
    entry.keywordWords = QSet<QString>(keywordWords.begin(), keywordWords.end());
    return !cutout.id.isEmpty() && !cutout.caption.isEmpty() && entry.offset >= 0 && entry.bytes > 0
           && entry.offset <= blobBytes - entry.bytes && entry.bytes < (1 << 20) && cutout.size.width() > 0
           && cutout.size.width() <= 4096 && cutout.size.height() > 0 && cutout.size.height() <= 4096;
}

} // namespace

struct CutoutLibrary::Private
{
    QString folder;
    QList<Entry> entries;
    QFile blob;
    const uchar *data = nullptr;
    qint64 dataBytes = 0;
    QByteArray vectors;  ///< per vector: float32 scale, then 256 int8, or 256 numbers of 4 bits, the first of two in the lower half of a byte
    int vectorCount = 0;
    bool halves = false;
    mutable QMutex mutex;
    mutable QCache<int, QImage> decoded{64};

    static constexpr int dim = 256;
    int stride() const { return 4 + (halves ? dim / 2 : dim); }

    float cosine(int vector, const QList<float> &query) const
    {
        const char *row = vectors.constData() + qsizetype(vector) * stride();
        float scale = 0;
        std::memcpy(&scale, row, 4);
        const auto *values = reinterpret_cast<const signed char *>(row + 4);
        float sum = 0;
        if (halves) {
            for (int i = 0; i < dim / 2; ++i) {
                const int low = (values[i] & 7) - (values[i] & 8);
                sum += float(low) * query[2 * i] + float(values[i] >> 4) * query[2 * i + 1];
            }
            return sum * scale;
        }
        for (int i = 0; i < dim; ++i)
            sum += float(values[i]) * query[i];
        return sum * scale;
    }
};

CutoutLibrary::CutoutLibrary()
    : d(std::make_unique<Private>())
{}

CutoutLibrary::~CutoutLibrary() = default;

Result<std::shared_ptr<const CutoutLibrary>> CutoutLibrary::load(const QString &folder)
{
    const std::shared_ptr<CutoutLibrary> library(new CutoutLibrary);
    Private &d = *library->d;
    d.folder = folder;
    const QString indexName = folder + QStringLiteral("/index.json");
    QFile index(indexName);
    d.blob.setFileName(folder + QStringLiteral("/cutouts.bin"));
    if (!index.open(QIODevice::ReadOnly) || !d.blob.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::NotFound,
                    tr("The clip-art pack in %1 cannot be read. Install Galley again, or run packaging/run.sh.").arg(folder));
    }
    const Result<Json> json = parseJson(index.readAll(), indexName, {32 * 1024 * 1024, 8});
    if (!json)
        return fail(json.error());
    d.dataBytes = d.blob.size();
    d.data = d.blob.map(0, d.dataBytes);
    if (!d.data || !json->is_object() || !json->contains("items") || !json->at("items").is_array()
        || json->at("items").size() > maxItems || !json->contains("format") || json->at("format") != 1) {
        return fail(ErrorCode::InvalidInput, tr("%1 is not the index of a clip-art pack of format 1.").arg(indexName));
    }
    for (const Json &item : json->at("items")) {
        Entry entry;
        if (!readEntry(item, d.dataBytes, int(d.entries.size()), entry)) {
            return fail(ErrorCode::InvalidInput, tr("%1: item %2 is damaged. Install Galley again.").arg(indexName).arg(d.entries.size() + 1));
        }
        d.entries.append(entry);
    }
    if (json->contains("vectors") && json->at("vectors").is_object())
        d.halves = integer(json->at("vectors"), "bits") == 4;
    QFile vectors(folder + QStringLiteral("/vectors.bin"));
    if (vectors.open(QIODevice::ReadOnly) && vectors.size() % d.stride() == 0) {
        d.vectors = vectors.readAll();
        d.vectorCount = int(d.vectors.size() / d.stride());
    }
    for (Entry &entry : d.entries) {
        const bool isThere = entry.firstVector >= 0 && entry.firstVector < d.vectorCount;
        entry.vectorCount = isThere ? std::clamp(entry.vectorCount, 0, d.vectorCount - entry.firstVector) : 0;
    }
    return library;
}

int CutoutLibrary::count() const
{
    return int(d->entries.size());
}

const Cutout &CutoutLibrary::at(int index) const
{
    return d->entries.at(index).cutout;
}

Result<QImage> CutoutLibrary::image(int index) const
{
    const QMutexLocker lock(&d->mutex);
    if (const QImage *known = d->decoded.object(index))
        return *known;
    const Entry &entry = d->entries.at(index);
    const QByteArray bytes(reinterpret_cast<const char *>(d->data + entry.offset), entry.bytes);
    Result<QImage> image = decodeImage(bytes, entry.cutout.id, {1 << 20, 4096 * 4096});
    if (image)
        d->decoded.insert(index, new QImage(*image));
    return image;
}

bool CutoutLibrary::hasVectors() const
{
    return d->vectorCount > 0;
}

QList<CutoutMatch> CutoutLibrary::nearest(const QList<float> &vector, int n) const
{
    struct Found
    {
        CutoutMatch match;
        float rank;
    };
    QList<Found> found;
    if (vector.size() != Private::dim)
        return {};
    for (int i = 0; i < d->entries.size(); ++i) {
        const Entry &entry = d->entries.at(i);
        Found best{{i, -2}, -2};
        for (int k = 0; k < entry.vectorCount; ++k) {
            const int row = entry.firstVector + k;
            const float cosine = d->cosine(row, vector);
            const float rank = cosine + (k == 0 ? captionLead : 0);
            if (rank > best.rank)
                best = {{i, cosine}, rank};
        }
        if (best.rank > -2)
            found.append(best);
    }
    n = std::min(n, int(found.size()));
    std::partial_sort(found.begin(), found.begin() + n, found.end(), [](const Found &a, const Found &b) { return a.rank > b.rank; });
    QList<CutoutMatch> matches;
    for (const Found &each : std::as_const(found).first(n))
        matches.append(each.match);
    return matches;
}

QList<CutoutMatch> CutoutLibrary::nearestByWords(const QString &words, int n) const
{
    const QStringList wanted = normalWords(words);
    QList<CutoutMatch> matches;
    for (int i = 0; i < d->entries.size() && !wanted.isEmpty(); ++i) {
        const Entry &entry = d->entries.at(i);
        double score = 0;
        for (const QString &word : wanted)
            score += entry.captionWords.contains(word) ? 1 : (entry.keywordWords.contains(word) ? 0.5 : 0);
        if (score > 0) // a caption that says nothing else is nearer than one among many words
            matches.append({i, score / double(wanted.size()) - 0.02 * double(entry.captionWords.size())});
    }
    n = std::min(n, int(matches.size()));
    std::partial_sort(matches.begin(), matches.begin() + n, matches.end(),
                      [](const CutoutMatch &a, const CutoutMatch &b) { return a.score > b.score; });
    matches.resize(n);
    return matches;
}

} // namespace Galley
