#include "core/review/maincolors.h"

#include "core/imaging/colormath.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace Galley {

namespace {

struct Bin
{
    OkLab sum;  ///< of the pixels
    double count = 0;

    OkLab mean() const { return {sum.L / count, sum.a / count, sum.b / count}; }
};

double squaredDistance(const OkLab &a, const OkLab &b)
{
    const double L = a.L - b.L;
    const double da = a.a - b.a;
    const double db = a.b - b.b;
    return L * L + da * da + db * db;
}

/// Pixels by coarse colour: means of some hundred bins stand for all of them.
std::vector<Bin> binsOf(const QImage &picture)
{
    constexpr int edge = 192;
    QImage small = picture;
    if (std::max(small.width(), small.height()) > edge)
        small = small.scaled(edge, edge, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    small = small.convertToFormat(QImage::Format_ARGB32);
    std::map<int, Bin> bins;
    for (int y = 0; y < small.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(small.constScanLine(y));
        for (int x = 0; x < small.width(); ++x) {
            if (qAlpha(line[x]) < 128)
                continue;
            const OkLab lab = toOkLab(qRed(line[x]) / 255.0, qGreen(line[x]) / 255.0, qBlue(line[x]) / 255.0);
            const auto part = [](double value) { return int(std::floor(value * 24)) & 63; };
            Bin &bin = bins[(part(lab.L) << 12) | (part(lab.a + 0.5) << 6) | part(lab.b + 0.5)];
            bin.sum = {bin.sum.L + lab.L, bin.sum.a + lab.a, bin.sum.b + lab.b};
            bin.count += 1;
        }
    }
    std::vector<Bin> list;
    for (const auto &[key, bin] : bins)
        list.push_back(bin);
    return list;
}

/// The first colour is the most frequent one, each next one the one that is worst served so far.
std::vector<OkLab> startOf(const std::vector<Bin> &bins, size_t most)
{
    std::vector<double> nearest(bins.size(), 1);
    std::vector<OkLab> centres;
    while (centres.size() < std::min(most, bins.size())) {
        size_t best = 0;
        for (size_t i = 1; i < bins.size(); ++i) {
            if (nearest[i] * bins[i].count > nearest[best] * bins[best].count)
                best = i;
        }
        if (nearest[best] < 0.0004)  // nobody sees less
            break;
        centres.push_back(bins[best].mean());
        for (size_t i = 0; i < bins.size(); ++i) {
            const double distance = squaredDistance(bins[i].mean(), centres.back());
            nearest[i] = centres.size() == 1 ? distance : std::min(nearest[i], distance);
        }
    }
    return centres;
}

size_t nearestOf(const OkLab &color, const std::vector<OkLab> &centres)
{
    const auto closer = [&](const OkLab &a, const OkLab &b) { return squaredDistance(color, a) < squaredDistance(color, b); };
    return size_t(std::min_element(centres.cbegin(), centres.cend(), closer) - centres.cbegin());
}

} // namespace

QList<MainColor> mainColors(const QImage &picture, int most)
{
    if (picture.isNull())
        return {};
    const std::vector<Bin> bins = binsOf(picture);
    std::vector<OkLab> centres = startOf(bins, size_t(most));
    std::vector<Bin> clusters;
    for (int round = 0; round < 12; ++round) {
        clusters.assign(centres.size(), {});
        for (const Bin &bin : bins) {
            Bin &cluster = clusters[nearestOf(bin.mean(), centres)];
            cluster.sum = {cluster.sum.L + bin.sum.L, cluster.sum.a + bin.sum.a, cluster.sum.b + bin.sum.b};
            cluster.count += bin.count;
        }
        for (size_t i = 0; i < centres.size(); ++i) {
            if (clusters[i].count > 0)
                centres[i] = clusters[i].mean();
        }
    }
    double total = 0;
    for (const Bin &bin : bins)
        total += bin.count;
    QList<MainColor> colors;
    for (const Bin &cluster : clusters) {
        if (cluster.count > 0)
            colors.append({fromOkLab(cluster.mean()), cluster.count / total});
    }
    std::stable_sort(colors.begin(), colors.end(), [](const MainColor &a, const MainColor &b) { return a.share > b.share; });
    return colors;
}

bool isNeutral(const QColor &color)
{
    const OkLab lab = toOkLab(color);
    return std::hypot(lab.a, lab.b) < 0.025;
}

} // namespace Galley
