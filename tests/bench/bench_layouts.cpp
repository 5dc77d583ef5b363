#include "tests/bench/bench.h"
#include "tests/core/composition/layoutfigures.h"

#include "testpaths.h"

#include <QGuiApplication>

using namespace Galley;

namespace {

double rounded(double value)
{
    return std::round(value * 10000) / 10000;
}

void report(BenchReport &bench, const LayoutFigures &figures)
{
    const auto &subjects = figures.subjects();
    const auto &texts = figures.texts();
    const auto &onColor = figures.onColor();
    const auto &onPictures = figures.onPictures();
    bench.addJson(QStringLiteral("layouts"),
                  {{"n", figures.count()}, {"drawings_shown", figures.drawings()}, {"layers_independent", figures.independent()}});
    bench.addJson(QStringLiteral("subjects"),
                  {{"n", subjects.count},
                   {"partly_outside_canvas", subjects.partlyOutside},
                   {"inside_box", subjects.inside},
                   {"exact", subjects.exact},
                   {"within_1_px", subjects.withinPixel},
                   {"largest_offset_px", rounded(subjects.largestOffset)},
                   {"smallest_iou", rounded(subjects.smallestIou)},
                   {"smallest_iou_from_100_px", rounded(subjects.smallestIouFrom100)}});
    bench.addJson(QStringLiteral("texts"),
                  {{"n", texts.count},
                   {"whole_inside_box", texts.whole},
                   {"too_large_and_reported", texts.reported},
                   {"too_large_in_silence", texts.count - texts.whole - texts.reported},
                   {"ink_outside_box", texts.outside}});
    bench.addJson(QStringLiteral("contrast on one colour"),
                  {{"n", onColor.count},
                   {"exact", onColor.exact},
                   {"largest_difference", rounded(onColor.largestDifference)},
                   {"readable_by_template", onColor.readable},
                   {"readable_as_painted", onColor.readablePainted},
                   {"least_of_readable", rounded(onColor.least)}});
    bench.addJson(QStringLiteral("contrast on patterns and pictures"),
                  {{"n", onPictures.count},
                   {"ink_exact", onPictures.exact},
                   {"enough_in_worst_tenth", onPictures.enough},
                   {"least", rounded(onPictures.least)},
                   {"note", "No promise: a text's colour is its designer's, and the composition never changes it; core/review says where it is too weak."}});
    Json misses = Json::array();
    for (const QString &miss : figures.misses())
        misses.push_back(miss.toStdString());
    bench.addJson(QStringLiteral("misses"), misses);
}

} // namespace

/// All layouts; ctest measures a part of them (tst_layouts). Fails when a promise was not kept.
int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    const QString resources = QStringLiteral(GALLEY_SOURCE_DIR "/resources");
    loadBundledFonts(resources);
    const auto pack = CutoutLibrary::load(resources + QStringLiteral("/cutouts"));
    if (!pack) {
        qWarning("%s", qPrintable(pack.error().message));
        return 1;
    }
    LayoutFigures figures(*pack);
    for (int i = 0; i < layoutCount; ++i)
        figures.add(makeLayout(i, (*pack)->count()));
    BenchReport bench(QStringLiteral("layouts"));
    report(bench, figures);
    for (const QString &miss : figures.misses())
        qWarning("%s", qPrintable(miss));
    QTextStream(stdout) << figures.count() << " layouts, " << figures.misses().size() << " misses\n";
    const bool isWritten = bench.write(QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results"));
    return isWritten && figures.misses().isEmpty() ? 0 : 1;
}
