#include "tests/bench/bench.h"
#include "tests/bench/filledlibrary.h"

#include "core/service/library.h"
#include "core/store/rendercache.h"
#include "testpaths.h"
#include "tests/core/store/samplejob.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QImage>
#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace Galley;

namespace {

constexpr int shown = 60;            ///< cells on a screen
constexpr int rounds = 30;
constexpr int accepted = 200;
constexpr int acceptedSide = 1024;

/// Everything a window needs to show the first rows of \a query.
void firstRows(Library &library, const LibraryQuery &query)
{
    const auto ids = wait(library.ids(query));
    wait(library.cards(ids->mid(0, shown)));
}

NewAsset photograph(int number)
{
    QImage image(acceptedSide, acceptedSide, QImage::Format_RGB32);
    QRandomGenerator random(number);
    for (int y = 0; y < image.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x)
            line[x] = qRgb(x / 4 + (random.generate() & 3), y / 4, number & 255);
    }
    NewAsset asset = samplePicture(number);
    asset.file.clear();
    QBuffer buffer(&asset.file);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    asset.record.size = image.size();
    return asset;
}

} // namespace

/// A library of 100,000 pictures: how long filters, search, a jump, accepting a picture and the cache take. Goals: issue 6.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    BenchReport report(QStringLiteral("library"));
    QElapsedTimer filling;
    filling.start();
    if (!fillLibrary(folder.path(), libraryPictures()))
        return 1;
    report.addValue(QStringLiteral("pictures"), libraryPictures());
    report.addValue(QStringLiteral("filling s"), double(filling.elapsed()) / 1e3);
    report.addValue(QStringLiteral("library.db MB"), double(QFileInfo(folder.path() + QStringLiteral("/library.db")).size()) / 1e6);
    Store store(folder.path());
    QElapsedTimer opening;
    opening.start();
    wait(store.open());
    report.addValue(QStringLiteral("open ms"), double(opening.nsecsElapsed()) / 1e6);
    Library library(&store, false);

    const auto measure = [&](const QString &what, const LibraryQuery &query) {
        report.measure(what, rounds, [&](int) { firstRows(library, query); });
    };
    const auto text = [](const char *words) { return QString::fromLatin1(words); };
    measure(QStringLiteral("first rows: everything"), {});
    measure(QStringLiteral("first rows: model"), {.models = {text("ideogram-4")}});
    measure(QStringLiteral("first rows: model, rule, rating"), {.models = {text("ideogram-4")}, .rules = {text("rule-3")}, .leastRating = 4});
    measure(QStringLiteral("first rows: tag"), {.tags = {text("cover")}});
    measure(QStringLiteral("first rows: score range"), {.scores = {{.name = text("text"), .least = 0.9}}});
    measure(QStringLiteral("first rows: rare word"), {.text = text("99999")});
    measure(QStringLiteral("first rows: word of a fifth"), {.text = text("lanterns")});
    measure(QStringLiteral("first rows: word of all"), {.text = text("poster")});
    measure(QStringLiteral("first rows: beginning of a word, with filter"), {.text = text("lant"), .models = {text("flux-2-pro")}});
    measure(QStringLiteral("first rows: dearest"), {.sort = LibraryQuery::Sort::Cost});
    measure(QStringLiteral("first rows: best score"), {.sort = LibraryQuery::Sort::Score, .sortScore = text("text")});
    report.measure(QStringLiteral("ids of everything"), rounds, [&](int) { wait(library.ids({})); });
    report.measure(QStringLiteral("values of the filter menus"), 10, [&](int) { wait(library.values()); });

    const auto ids = *wait(library.ids({}));
    QRandomGenerator random(3);
    report.measure(QStringLiteral("jump: cards and thumbnails of a screen"), rounds, [&](int) {
        const QList<qint64> screen = ids.mid(random.bounded(int(ids.size()) - shown), shown);
        QList<QFuture<Result<QImage>>> images;
        for (const qint64 id : screen)
            images.append(library.thumbnail(id));
        wait(library.cards(screen));
        for (auto &image : images)
            wait(image);
    });
    report.measure(QStringLiteral("rate 100 pictures"), rounds, [&](int round) {
        wait(library.setRating(ids.mid(round * 100, 100), 1 + round % 5));
    });

    QList<NewAsset> photographs;
    const NewAsset one = photograph(1);
    for (int i = 0; i < accepted + 2; ++i) {
        photographs.append(one);
        photographs.last().file += QByteArray::number(i);  // another file of the same size: decoders stop before it
    }
    report.addValue(QStringLiteral("bytes of an accepted picture"), double(photographs.first().file.size()));
    report.measure(QStringLiteral("accept a picture, durable"), accepted, [&](int i) { wait(store.put(photographs.at(i))); });

    RenderCache cache(folder.path() + QStringLiteral("/renders"), 1LL << 30);
    EngineRequest request;
    request.model = QStringLiteral("ideogram-4");
    for (int i = 0; i < 20; ++i) {
        request.seed = i;
        RenderResult result;
        ServicePicture picture;
        picture.bytes = photographs.at(i).file;
        picture.mediaType = "image/png";
        picture.image = QImage::fromData(picture.bytes);
        result.image = picture.image;
        result.pictures = {picture};
        cache.insert(request, result, cache.moment());
    }
    report.measure(QStringLiteral("cache hit to pixels, 1024 x 1024"), rounds, [&](int i) {
        request.seed = i % 20;
        if (!cache.find(request))
            qFatal("not found");
    });
    return report.write(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results")) ? 0 : 1;
}
