#include "core/composition/cutouttones.h"

#include "core/composition/planes.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace Galley {

namespace {

/// Alpha from which a pixel belongs to the cut-out.
constexpr int opaqueFrom = 110;
/// Tones fill the channels of at most two planes.
constexpr int mostTones = 8;

struct Cell
{
    double weight = 0;
    double rgb[3] = {0, 0, 0};
};

/// Colours of five bits a channel: a picture has a few hundred of them, and only these are clustered.
constexpr int cellCount = 1 << 15;

int cellOf(const uchar *p)
{
    const int factor = (32 << 16) / (p[3] + 1);
    const auto bits = [&](int c) { return std::min(31, p[c] * factor >> 16); };
    return bits(0) << 10 | bits(1) << 5 | bits(2);
}

/// How plain the surroundings of a pixel are, 0…1: what lies between two colours is neither.
std::vector<float> plainness(const QImage &picture)
{
    const int width = picture.width();
    const int height = picture.height();
    std::vector<float> result(std::size_t(width) * std::size_t(height), 0.0F);
    for (int y = 0; y < height; ++y) {
        const uchar *line = picture.constScanLine(y);
        const uchar *above = picture.constScanLine(std::max(0, y - 1));
        const uchar *below = picture.constScanLine(std::min(height - 1, y + 1));
        for (int x = 0; x < width; ++x) {
            if (line[x * 4 + 3] < opaqueFrom)
                continue;
            const int left = std::max(0, x - 1) * 4;
            const int right = std::min(width - 1, x + 1) * 4;
            int step = 0;
            for (int c = 0; c < 4; ++c)
                step += std::abs(line[right + c] - line[left + c]) + std::abs(below[x * 4 + c] - above[x * 4 + c]);
            const float steep = float(step) / 70;
            result[std::size_t(y) * std::size_t(width) + std::size_t(x)] = 1 / (1 + steep * steep);
        }
    }
    return result;
}

/// A colour and how much there is of it.
struct Cluster
{
    OkLab color;
    double weight = 0;
};

double squared(const OkLab &a, const OkLab &b, double lightWeight)
{
    const double light = (a.L - b.L) * lightWeight;
    return light * light + (a.a - b.a) * (a.a - b.a) + (a.b - b.b) * (a.b - b.b);
}

std::size_t nearest(const std::vector<Cluster> &clusters, const OkLab &color, double lightWeight)
{
    std::size_t best = 0;
    double least = std::numeric_limits<double>::max();
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        const double distance = squared(clusters[i].color, color, lightWeight);
        if (distance < least) {
            least = distance;
            best = i;
        }
    }
    return best;
}

/// Far-off colours first, then a few rounds of k-means.
std::vector<Cluster> firstClusters(const std::vector<Cluster> &samples, const ToneWish &wish)
{
    constexpr std::size_t mostFirst = 14;
    std::vector<Cluster> clusters;
    const auto heaviest = std::max_element(samples.begin(), samples.end(), [](const Cluster &a, const Cluster &b) { return a.weight < b.weight; });
    clusters.push_back({heaviest->color, 0});
    std::vector<double> distances(samples.size(), std::numeric_limits<double>::max());
    while (clusters.size() < mostFirst) {
        std::size_t farthest = 0;
        double most = 0;
        for (std::size_t i = 0; i < samples.size(); ++i) {
            distances[i] = std::min(distances[i], squared(samples[i].color, clusters.back().color, wish.lightWeight));
            const double value = distances[i] * std::sqrt(samples[i].weight);
            if (value > most && distances[i] > wish.least * wish.least / 4) {
                most = value;
                farthest = i;
            }
        }
        if (most <= 0)
            break;
        clusters.push_back({samples[farthest].color, 0});
    }
    for (int round = 0; round < 8; ++round) {
        std::vector<Cluster> sums(clusters.size());
        for (const Cluster &sample : samples) {
            Cluster &sum = sums[nearest(clusters, sample.color, wish.lightWeight)];
            sum.color.L += sample.color.L * sample.weight;
            sum.color.a += sample.color.a * sample.weight;
            sum.color.b += sample.color.b * sample.weight;
            sum.weight += sample.weight;
        }
        for (std::size_t i = 0; i < clusters.size(); ++i) {
            clusters[i].weight = sums[i].weight;
            if (sums[i].weight > 0)
                clusters[i].color = {sums[i].color.L / sums[i].weight, sums[i].color.a / sums[i].weight, sums[i].color.b / sums[i].weight};
        }
    }
    return clusters;
}

/// Joins the two clusters that are least missed until few and clear ones are left.
void join(std::vector<Cluster> &clusters, const ToneWish &wish, double total)
{
    const std::size_t most = std::size_t(std::clamp(wish.most, 1, mostTones));
    while (clusters.size() > 1) {
        double least = std::numeric_limits<double>::max();
        std::size_t first = 0;
        std::size_t second = 1;
        bool isDue = clusters.size() > most;
        for (std::size_t i = 0; i < clusters.size(); ++i) {
            for (std::size_t k = i + 1; k < clusters.size(); ++k) {
                const double distance = squared(clusters[i].color, clusters[k].color, wish.lightWeight);
                const double lighter = std::min(clusters[i].weight, clusters[k].weight) / total;
                const bool close = distance < wish.least * wish.least || lighter < wish.smallest;
                // A square root: what is small and stands out, an eye, counts for more than its area.
                const double cost = distance * std::sqrt(lighter) - (close ? 1e3 : 0);
                if (cost < least) {
                    least = cost;
                    first = i;
                    second = k;
                }
                isDue |= close;
            }
        }
        if (!isDue)
            return;
        Cluster &kept = clusters[first];
        const Cluster &gone = clusters[second];
        const double weight = std::max(kept.weight + gone.weight, 1e-9);
        const double share = gone.weight / weight;
        kept.color = {std::lerp(kept.color.L, gone.color.L, share), std::lerp(kept.color.a, gone.color.a, share),
                      std::lerp(kept.color.b, gone.color.b, share)};
        kept.weight = weight;
        clusters.erase(clusters.begin() + qsizetype(second));
    }
}

/// Gives each pixel the tone that most of its surroundings have.
void smooth(Tones &tones, const std::vector<float> &weights, const ToneWish &wish)
{
    const int count = int(tones.tones.size());
    const int planes = count > 4 ? 2 : 1;
    std::vector<Plane> votes(std::size_t(planes), Plane(tones.width, tones.height));
    for (std::size_t i = 0; i < tones.labels.size(); ++i) {
        const int label = tones.labels[i];
        if (label != Tones::outside)
            votes[std::size_t(label / 4)].pixels[i][label % 4] = std::max(wish.edges, weights[i]);
    }
    for (Plane &plane : votes)
        blur(plane, tones.height, wish.smooth);
    for (std::size_t i = 0; i < tones.labels.size(); ++i) {
        if (tones.labels[i] == Tones::outside)
            continue;
        int best = 0;
        float most = -1;
        for (int k = 0; k < count; ++k) {
            const float value = votes[std::size_t(k / 4)].pixels[i][k % 4];
            if (value > most) {
                most = value;
                best = k;
            }
        }
        tones.labels[i] = static_cast<signed char>(best);
    }
}

} // namespace

Tones tonesOf(const QImage &picture, const ToneWish &wish)
{
    Tones result;
    result.width = picture.width();
    result.height = picture.height();
    const std::size_t size = std::size_t(result.width) * std::size_t(result.height);
    result.labels.assign(size, Tones::outside);
    const std::vector<float> plain = plainness(picture);
    std::vector<Cell> cells(cellCount);
    std::vector<int> cellAt(size, -1);
    double total = 0;
    for (int y = 0; y < result.height; ++y) {
        const uchar *p = picture.constScanLine(y);
        for (int x = 0; x < result.width; ++x, p += 4) {
            if (p[3] < opaqueFrom)
                continue;
            const std::size_t i = std::size_t(y) * std::size_t(result.width) + std::size_t(x);
            cellAt[i] = cellOf(p);
            Cell &cell = cells[std::size_t(cellAt[i])];
            cell.weight += double(plain[i]);
            for (int c = 0; c < 3; ++c)
                cell.rgb[c] += double(plain[i]) * std::min(1.0, double(p[c]) / p[3]);
            total += double(plain[i]);
        }
    }
    std::vector<Cluster> samples;
    std::vector<signed char> toneOf(cellCount, 0);
    std::vector<int> used;
    for (int i = 0; i < cellCount; ++i) {
        const Cell &cell = cells[std::size_t(i)];
        if (cell.weight <= 0)
            continue;
        samples.push_back({toOkLab(cell.rgb[0] / cell.weight, cell.rgb[1] / cell.weight, cell.rgb[2] / cell.weight), cell.weight});
        used.push_back(i);
    }
    if (samples.empty()) {
        result.tones.push_back({});
        return result;
    }
    std::vector<Cluster> clusters = firstClusters(samples, wish);
    join(clusters, wish, total);
    for (std::size_t i = 0; i < samples.size(); ++i)
        toneOf[std::size_t(used[i])] = static_cast<signed char>(nearest(clusters, samples[i].color, wish.lightWeight));
    for (const Cluster &cluster : clusters)
        result.tones.push_back({cluster.color, 0});
    for (std::size_t i = 0; i < size; ++i) {
        if (cellAt[i] >= 0)
            result.labels[i] = toneOf[std::size_t(cellAt[i])];
    }
    smooth(result, plain, wish);
    double opaque = 0;
    for (const signed char label : result.labels) {
        if (label != Tones::outside) {
            result.tones[std::size_t(label)].share += 1;
            opaque += 1;
        }
    }
    for (Tones::Tone &tone : result.tones)
        tone.share /= std::max(1.0, opaque);
    return result;
}

} // namespace Galley
