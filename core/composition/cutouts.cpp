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
#include <array>
#include <cstring>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CutoutLibrary", text);
}

constexpr int maxItems = 20000;
constexpr int maxPictureBytes = (1 << 20) - 1;
constexpr int maxVectors = 1000;  // of one item
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
    int firstVector = 0;
    int vectorCount = 0;
    QSet<QString> captionWords;
    QSet<QString> keywordWords;
};

enum Column { Id, Caption, Keywords, Style, Source, Licence, Author, Bytes, Width, Height, Vectors };
constexpr std::array columnNames{"id", "caption", "keywords", "style", "source", "licence", "author", "bytes", "width", "height", "vectors"};

/// Where the columns that are read stand in the array of an item, which may have others too.
struct Columns
{
    std::array<std::size_t, columnNames.size()> places{};
    std::size_t count = 0;

    /// → the name of a column that \a names lack, or nullptr.
    const char *find(const Json &names)
    {
        count = names.size();
        for (std::size_t i = 0; i < columnNames.size(); ++i) {
            const auto found = std::find(names.begin(), names.end(), columnNames[i]);
            if (found == names.end())
                return columnNames[i];
            places[i] = std::size_t(found - names.begin());
        }
        return nullptr;
    }
    const Json &cell(const Json &item, Column column) const { return item[places[column]]; }
    QString text(const Json &item, Column column) const { return toQString(cell(item, column)); }
    /// -1 for what is no whole number from \a least to \a most.
    int number(const Json &item, Column column, int least, int most) const
    {
        const Json &value = cell(item, column);
        const qint64 number = value.is_number_integer() ? value.get<qint64>() : -1;
        return number >= least && number <= most ? int(number) : -1;
    }
};

/// Into \a entry, whose offset and first vector follow from the items before it.
bool readEntry(const Json &item, const Columns &columns, Entry &entry)
{
    if (!item.is_array() || item.size() != columns.count || !columns.cell(item, Keywords).is_array())
        return false;
    Cutout &cutout = entry.cutout;
    cutout = {columns.text(item, Id), columns.text(item, Caption), {}, columns.text(item, Style), columns.text(item, Source),
              columns.text(item, Licence), columns.text(item, Author),
              QSize(columns.number(item, Width, 1, 4096), columns.number(item, Height, 1, 4096))};
    for (const Json &word : columns.cell(item, Keywords))
        cutout.keywords.append(toQString(word));
    entry.bytes = columns.number(item, Bytes, 1, maxPictureBytes);
    entry.vectorCount = columns.number(item, Vectors, 0, maxVectors);
    const QStringList captionWords = normalWords(cutout.caption);
    const QStringList keywordWords = normalWords(cutout.keywords.join(QLatin1Char(' ')));
    entry.captionWords = QSet<QString>(captionWords.begin(), captionWords.end());
    entry.keywordWords = QSet<QString>(keywordWords.begin(), keywordWords.end());
    return !cutout.id.isEmpty() && !cutout.caption.isEmpty() && entry.bytes > 0 && entry.vectorCount >= 0 && cutout.size.isValid();
}

} // namespace

struct CutoutLibrary::Private
{
    QString folder;
    QList<Entry> entries;
    QFile blob;
    const uchar *data = nullptr;
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
    const QString unreadable = tr("The clip-art pack in %1 cannot be read. Install Galley again, or run packaging/run.sh.").arg(folder);
    if (!index.open(QIODevice::ReadOnly) || !d.blob.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, unreadable);
    const Result<Json> json = parseJson(index.readAll(), indexName, {32 * 1024 * 1024, 8});
    if (!json)
        return fail(json.error());
    const auto isList = [&](const char *key) { return json->contains(key) && json->at(key).is_array(); };
    if (!json->is_object() || !json->contains("format") || json->at("format") != 2 || !isList("columns") || !isList("items")
        || json->at("items").size() > maxItems) {
        return fail(ErrorCode::InvalidInput,
                    tr("%1 is not the index of a clip-art pack of format 2. Install Galley again.").arg(indexName));
    }
    Columns columns;
    if (const char *missing = columns.find(json->at("columns"))) {
        return fail(ErrorCode::InvalidInput,
                    tr("%1 has no column \"%2\". Install Galley again.").arg(indexName, QLatin1String(missing)));
    }
    qint64 offset = 0;
    int firstVector = 0;
    for (const Json &item : json->at("items")) {
        Entry entry;
        entry.offset = offset;
        entry.firstVector = firstVector;
        if (!readEntry(item, columns, entry)) {
            return fail(ErrorCode::InvalidInput, tr("%1: item %2 is damaged. Install Galley again.").arg(indexName).arg(d.entries.size() + 1));
        }
        offset += entry.bytes;
        firstVector += entry.vectorCount;
        d.entries.append(entry);
    }
    if (d.blob.size() != offset) {
        return fail(ErrorCode::InvalidInput, tr("%1 has %2 bytes of pictures where the index beside it has %3. Install Galley again.")
                                                 .arg(d.blob.fileName()).arg(d.blob.size()).arg(offset));
    }
    d.data = d.blob.map(0, offset);
    if (!d.data)
        return fail(ErrorCode::NotFound, unreadable);
    if (json->contains("vectors") && json->at("vectors").is_object() && json->at("vectors").contains("bits"))
        d.halves = json->at("vectors").at("bits") == 4;
    QFile vectors(folder + QStringLiteral("/vectors.bin"));
    if (vectors.open(QIODevice::ReadOnly) && vectors.size() % d.stride() == 0) {
        d.vectors = vectors.readAll();
        d.vectorCount = int(d.vectors.size() / d.stride());
    }
    for (Entry &entry : d.entries)
        entry.vectorCount = std::clamp(d.vectorCount - entry.firstVector, 0, entry.vectorCount);
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
