#include "core/composition/cutouts.h"
#include "core/engines/local/localengine.h"
#include "core/imaging/imagefile.h"
#include "testpaths.h"
#include "tests/app/run.h"

#include <QDir>
#include <QFile>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <csignal>
#include <vector>

using namespace Galley;

namespace {

constexpr int side = 48;  // of the reference pictures in tests/data/draft-eval
constexpr int perRow = 20;
constexpr int concepts = 60;

using Small = std::vector<float>;

/// \a image as premultiplied side × side × 4, every target pixel the mean of what it covers.
Small shrink(const QImage &image)
{
    const QImage source = image.convertToFormat(QImage::Format_RGBA8888_Premultiplied);
    Small result(size_t(side) * side * 4);
    const auto cover = [](int length, int target) { return std::array{double(length) * target / side, double(length) * (target + 1) / side}; };
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const auto [top, bottom] = cover(source.height(), y);
            const auto [left, right] = cover(source.width(), x);
            std::array<double, 4> sum{};
            for (int sy = int(top); sy < bottom; ++sy) {
                const double high = std::min<double>(bottom, sy + 1) - std::max<double>(top, sy);
                for (int sx = int(left); sx < right; ++sx) {
                    const double area = high * (std::min<double>(right, sx + 1) - std::max<double>(left, sx));
                    for (size_t c = 0; c < 4; ++c)
                        sum[c] += area * source.constScanLine(sy)[size_t(sx) * 4 + c];
                }
            }
            for (size_t c = 0; c < 4; ++c)
                result[(size_t(y) * side + size_t(x)) * 4 + c] = float(sum[c] / ((bottom - top) * (right - left)));
        }
    }
    return result;
}

double distance(const Small &a, const Small &b)
{
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i)
        sum += double(a[i] - b[i]) * double(a[i] - b[i]);
    return sum;
}

/// How alike two pictures are, PSNR in dB.
double likeness(const Small &a, const Small &b)
{
    return 10 * std::log10(255.0 * 255.0 * double(a.size()) / std::max(distance(a, b), 1e-3));
}

/// \a image as a layer would hold it: as large as it can be, in the middle.
QImage fitted(const QImage &image, const QSize &size)
{
    QImage layer(size, QImage::Format_RGBA8888_Premultiplied);
    layer.fill(Qt::transparent);
    const QImage scaled = image.scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    QPainter(&layer).drawImage((size.width() - scaled.width()) / 2, (size.height() - scaled.height()) / 2, scaled);
    return layer;
}

struct Reference
{
    QString caption;
    Small pixels;
};

/// Trained cut-outs; the first 60 are the concepts that are asked for.
QList<Reference> loadReferences()
{
    const QString folder = QStringLiteral(GALLEY_SOURCE_DIR "/tests/data/draft-eval");
    const auto atlas = loadImage(folder + QStringLiteral("/atlas.png"));
    QFile list(folder + QStringLiteral("/atlas.tsv"));
    QList<Reference> references;
    if (!atlas || !list.open(QIODevice::ReadOnly | QIODevice::Text))
        return references;
    list.readLine();
    while (!list.atEnd()) {
        const QStringList fields = QString::fromUtf8(list.readLine()).trimmed().split(QLatin1Char('\t'));
        const int tile = fields.value(0).toInt();
        references.append({fields.value(2), shrink(atlas->copy(tile % perRow * side, tile / perRow * side, side, side))});
    }
    return references;
}

const QByteArray poster = R"({"galley": 1, "id": "5f0a2f9e-6a0f-4a43-9a52-2b7d3f1d8a01", "name": "Poster", "project": "p", "intent": "poster",
 "canvas": {"width": 400, "height": 500, "background": "#F4EFE7"}, "style": {"summary": "A poster", "medium": "print"},
 "tokens": [
  {"id": "hero", "role": "subject", "box": [0.1, 0.4, 0.5, 0.4], "z": 1, "show": "{subject}"},
  {"id": "title", "role": "headline", "box": [0.1, 0.05, 0.8, 0.2], "z": 2, "text": "{headline}", "font": {"family": "Inter", "weight": 700}}],
 "slots": {"headline": {"type": "text", "default": "Spring", "max_chars": 40}, "subject": {"type": "subject", "default": "red apple"}}})";

/// The part of \a a and \a b that differs.
QRect difference(const QImage &a, const QImage &b)
{
    QRect box;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            if (a.pixel(x, y) != b.pixel(x, y))
                box |= QRect(x, y, 1, 1);
        }
    }
    return box;
}

} // namespace

/// The shipped weights through the real binaries: what only a model that runs, and a composition that is exact, can pass.
class TestShippedModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sixtyConcepts_areToldApart();
    void layers_areNoCopiesOfCutouts();
    void log_showsThatTheModelRan();
    void otherSeed_isAnotherLayer();
    void twoRuns_giveTheSamePixels();
    void otherSubject_changesOnlyItsBox();
    void otherHeadline_changesOnlyItsBox();
    void otherBackground_changesOnlyTheGround();
    void movedBox_movesItsLayerExactly();
    void killedWorker_finishesTheJobAnyway();

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const;
    /// Composes one picture and its layers under \a name.
    Run render(const QString &name, const QStringList &more = {}, const QByteArray &design = poster) const;
    QImage image(const QString &name) const { return loadImage(path(name)).value_or(QImage()); }

    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
    QList<Reference> m_references;
    QList<QImage> m_layers;
};

void TestShippedModel::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

Run TestShippedModel::render(const QString &name, const QStringList &more, const QByteArray &design) const
{
    write(name + QStringLiteral(".galley"), design);
    const QString out = path(name) + QStringLiteral(".png");
    return runGalley(QStringList{QStringLiteral("render"), path(name) + QStringLiteral(".galley"), QStringLiteral("-o"), out, QStringLiteral("--layers"),
                                 path(name), QStringLiteral("--source"), QStringLiteral("generated"), QStringLiteral("--json")}
                         + more,
                     m_environment);
}

/// All sixty in one run of the binary: the weights are read once.
void TestShippedModel::initTestCase()
{
    m_environment = plainEnvironment(path(QStringLiteral("home")));
    m_references = loadReferences();
    QVERIFY(m_references.size() >= concepts);
    QByteArray rows = "subject,_file\n";
    for (int i = 0; i < concepts; ++i)
        rows.append('"').append(m_references[i].caption.toUtf8()).append("\",").append(QByteArray::number(i)).append('\n');
    write(QStringLiteral("rows.csv"), rows);
    write(QStringLiteral("poster.galley"), poster);
    const Run result = runGalley({QStringLiteral("render"), path(QStringLiteral("poster.galley")), QStringLiteral("--row"), path(QStringLiteral("rows.csv")),
                                  QStringLiteral("-o"), path(QStringLiteral("out/")), QStringLiteral("--layers"), path(QStringLiteral("layers")),
                                  QStringLiteral("--source"), QStringLiteral("generated"), QStringLiteral("--json")},
                                 m_environment);
    QVERIFY2(result.status == 0, result.err.constData());
    for (int i = 0; i < concepts; ++i) {
        m_layers.append(image(QStringLiteral("layers/%1/hero.png").arg(i)));
        QVERIFY(!m_layers.last().isNull());
    }
}

void TestShippedModel::sixtyConcepts_areToldApart()
{
    int right = 0;
    QStringList wrong;
    for (int i = 0; i < concepts; ++i) {
        const Small drawn = shrink(m_layers[i]);
        int best = 0;
        for (int k = 1; k < m_references.size(); ++k) {
            if (distance(drawn, m_references[k].pixels) < distance(drawn, m_references[best].pixels))
                best = k;
        }
        if (best == i)
            ++right;
        else
            wrong.append(m_references[i].caption + QStringLiteral(" looks like ") + m_references[best].caption);
    }
    qInfo("%d of %d nearest among %d", right, concepts, int(m_references.size()));
    QVERIFY2(right >= 57, qPrintable(QString::number(right) + QStringLiteral(" of 60; ") + wrong.join(QStringLiteral("; "))));
}

/// The model remembers what it learnt from, but draws it: no layer is a picture of the pack.
void TestShippedModel::layers_areNoCopiesOfCutouts()
{
    constexpr double copied = 30;  // dB; what the model draws comes to 26
    const auto library = CutoutLibrary::load(QStringLiteral(GALLEY_SOURCE_DIR "/resources/cutouts"));
    QVERIFY(library);
    QVERIFY((*library)->count() > 0);
    std::vector<Small> drawn;
    for (const QImage &layer : m_layers)
        drawn.push_back(shrink(layer));
    const QSize size = m_layers.first().size();
    double most = 0;
    int copies = 0, found = 0;
    for (int i = 0; i < (*library)->count(); ++i) {
        const auto cutout = (*library)->image(i);
        QVERIFY(cutout);
        const Small original = shrink(fitted(*cutout, size));
        for (const Small &layer : drawn) {
            most = std::max(most, likeness(layer, original));
            QVERIFY2(likeness(layer, original) < copied, qPrintable((*library)->at(i).caption));
        }
        if (i % 10 == 0) {  // the measure finds copies after other scaling too, unless they are of fine lines
            ++copies;
            found += likeness(shrink(fitted(*cutout, size * 2)), original) >= copied;
        }
    }
    qInfo("the most alike %.1f dB; %d of %d copies found", most, found, copies);
    QVERIFY2(found >= copies * 9 / 10, qPrintable(QStringLiteral("%1 of %2").arg(found).arg(copies)));
}

void TestShippedModel::log_showsThatTheModelRan()
{
    QFile log(path(QStringLiteral("home/data/log/worker.log")));
    QVERIFY(log.open(QIODevice::ReadOnly));
    const QByteArray lines = log.readAll();
    QVERIFY(lines.contains("loaded galley-draft"));
    QVERIFY(lines.count("render galley-draft") >= concepts);
}

void TestShippedModel::otherSeed_isAnotherLayer()
{
    QCOMPARE(render(QStringLiteral("seed0"), words("--seed 0")).status, 0);
    QCOMPARE(render(QStringLiteral("seed5"), words("--seed 5")).status, 0);
    const QImage first = image(QStringLiteral("seed0/hero.png")), second = image(QStringLiteral("seed5/hero.png"));
    QCOMPARE(first.size(), second.size());
    double sum = 0;
    int visible = 0;
    for (int y = 0; y < first.height(); ++y) {
        for (int x = 0; x < first.width(); ++x) {
            const QRgb a = first.pixel(x, y), b = second.pixel(x, y);
            if (qAlpha(a) < 128 || qAlpha(b) < 128)
                continue;
            ++visible;
            sum += (std::abs(qRed(a) - qRed(b)) + std::abs(qGreen(a) - qGreen(b)) + std::abs(qBlue(a) - qBlue(b))) / 3.0;
        }
    }
    QVERIFY(visible > 500);
    const double apart = sum / visible;  // of 255; 26 in fp32
    QVERIFY2(apart >= 10, qPrintable(QString::number(apart)));
}

void TestShippedModel::twoRuns_giveTheSamePixels()
{
    const Run first = render(QStringLiteral("once"));
    const Run second = render(QStringLiteral("again"));
    QCOMPARE(first.status, 0);
    QCOMPARE(text(first.json()["outputs"][0]["pixels_sha256"]), text(second.json()["outputs"][0]["pixels_sha256"]));
    QCOMPARE(text(first.json()["outputs"][0]["revision"]), text(second.json()["outputs"][0]["revision"]));
    QCOMPARE(text(first.json()["outputs"][0]["from_cache"]), text(Json(false)));
}

void TestShippedModel::otherSubject_changesOnlyItsBox()
{
    QCOMPARE(render(QStringLiteral("apple")).status, 0);
    QCOMPARE(render(QStringLiteral("boat"), words("--slot subject=sailboat")).status, 0);
    const QRect changed = difference(image(QStringLiteral("apple.png")), image(QStringLiteral("boat.png")));
    QVERIFY(!changed.isEmpty());
    const QRect box(40, 200, 200, 200);
    QVERIFY2(box.contains(changed), qPrintable(QStringLiteral("%1 %2 %3 %4").arg(changed.x()).arg(changed.y()).arg(changed.width()).arg(changed.height())));
}

void TestShippedModel::otherHeadline_changesOnlyItsBox()
{
    QCOMPARE(render(QStringLiteral("spring")).status, 0);
    QCOMPARE(render(QStringLiteral("autumn"), words("--slot headline=Autumn")).status, 0);
    const QRect changed = difference(image(QStringLiteral("spring.png")), image(QStringLiteral("autumn.png")));
    QVERIFY(!changed.isEmpty());
    QVERIFY(QRect(40, 25, 320, 100).contains(changed));
    QCOMPARE(image(QStringLiteral("spring/hero.png")), image(QStringLiteral("autumn/hero.png")));
}

void TestShippedModel::otherBackground_changesOnlyTheGround()
{
    QByteArray blue = poster;
    blue.replace("#F4EFE7", "#2244AA");
    QCOMPARE(render(QStringLiteral("cream")).status, 0);
    QCOMPARE(render(QStringLiteral("blue"), {}, blue).status, 0);
    for (const char *layer : {"hero.png", "hero.placed.png", "title.text.png"}) {
        QCOMPARE(image(QStringLiteral("cream/") + QLatin1String(layer)), image(QStringLiteral("blue/") + QLatin1String(layer)));
        QVERIFY(!image(QStringLiteral("blue/") + QLatin1String(layer)).isNull());
    }
    QVERIFY(image(QStringLiteral("cream/ground.png")) != image(QStringLiteral("blue/ground.png")));
    // What covers the ground wholly shows the same pixels over either.
    const QImage placed = image(QStringLiteral("cream/hero.placed.png"));
    const QImage first = image(QStringLiteral("cream.png"));
    const QImage second = image(QStringLiteral("blue.png"));
    int covered = 0;
    for (int y = 0; y < placed.height(); ++y) {
        for (int x = 0; x < placed.width(); ++x) {
            if (qAlpha(placed.pixel(x, y)) != 255)
                continue;
            ++covered;
            QCOMPARE(first.pixel(x, y), second.pixel(x, y));
        }
    }
    QVERIFY(covered > 100);
}

void TestShippedModel::movedBox_movesItsLayerExactly()
{
    QByteArray moved = poster;
    moved.replace("[0.1, 0.4, 0.5, 0.4]", "[0.3, 0.5, 0.5, 0.4]");  // 80 and 50 pixels of 400 × 500
    QCOMPARE(render(QStringLiteral("here")).status, 0);
    QCOMPARE(render(QStringLiteral("there"), {}, moved).status, 0);
    const QImage here = image(QStringLiteral("here/hero.placed.png"));
    const QImage there = image(QStringLiteral("there/hero.placed.png"));
    QVERIFY(here != there);
    QCOMPARE(here.copy(0, 0, 320, 450), there.copy(80, 50, 320, 450));
    QCOMPARE(image(QStringLiteral("here/hero.png")), image(QStringLiteral("there/hero.png")));
}

void TestShippedModel::killedWorker_finishesTheJobAnyway()
{
    LocalEngineOptions options;
    options.workerBinary = m_environment.value(QStringLiteral("GALLEY_WORKER"), QStringLiteral(GALLEY_BIN_DIR "/galley-worker"));
    options.modelsFolder = QStringLiteral(GALLEY_SOURCE_DIR "/resources/models");
    options.device = QStringLiteral("cpu");
    options.startTimeoutMs = 120000;
    options.loadTimeoutMs = 120000;
    options.silenceTimeoutMs = 60000;
    LocalEngine engine(options);
    const auto capabilities = engine.capabilities();
    QVERIFY(QTest::qWaitFor([&] { return capabilities.isFinished(); }, 120000));
    QVERIFY(capabilities.result());
    const ModelCapabilities &model = capabilities.result()->models.first();
    EngineRequest request;
    request.model = model.model;
    request.revision = model.revision;
    request.prompt = QStringLiteral("red apple");
    request.size = {model.nativeSize, model.nativeSize};
    request.steps = model.defaultSteps;
    const auto before = engine.render(request, {}, {});
    QVERIFY(QTest::qWaitFor([&] { return before.isFinished(); }, 240000));
    QVERIFY(before.result());
    const auto killed = engine.render(request, {}, {});
    QCOMPARE(::kill(pid_t(engine.processId()), SIGKILL), 0);
    QVERIFY(QTest::qWaitFor([&] { return killed.isFinished(); }, 240000));
    QVERIFY2(killed.result(), killed.result() ? "" : qPrintable(killed.result().error().message));
    QCOMPARE(engine.restarts(), 1);
    QCOMPARE(killed.result()->image, before.result()->image);
}

QTEST_GUILESS_MAIN(TestShippedModel)
#include "tst_shippedmodel.moc"
