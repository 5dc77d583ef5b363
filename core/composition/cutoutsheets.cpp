#include "core/composition/cutoutsheets.h"

#include "core/composition/cutoutlines.h"
#include "core/composition/cutoutpicture.h"

#include <cmath>
#include <limits>

namespace Galley {

namespace {

constexpr int side = CutoutSheets::side;
constexpr float lineWidth = 0.0155F * side;
constexpr float stickerRim = 0.034F * side;
constexpr float stickerGap = 0.055F * side;  ///< half of the width of a gap that the rim closes

/// What a style needs outside of the picture.
float marginOf(CutoutManner manner)
{
    switch (manner) {
    case CutoutManner::Sticker: return 0.038F * side;
    case CutoutManner::Neon: return 0.08F * side;
    case CutoutManner::PaperCut: return 0.04F * side;
    default: return 0;
    }
}

/// Sigma of shares of tones. CutoutSheets::shareSlope follows from it.
constexpr float shareSigma = 2;

uchar distanceByte(float distance)
{
    return uchar(std::clamp(128 + distance * CutoutSheets::distanceSteps, 0.0F, 255.0F) + 0.5F);
}

uchar shareByte(float share)
{
    return uchar(std::clamp(share, 0.0F, 1.0F) * 255 + 0.5F);
}

/// Alpha of the part \a visible of \a whole at the size \a inner, by the spline alone.
std::vector<float> smoothAlpha(const QImage &whole, const QRect &visible, const QSize &inner, int pad)
{
    const bool isSmaller = inner.width() <= visible.width() && inner.height() <= visible.height();
    const QImage source = isSmaller ? scaledCutout(whole.copy(visible), inner) : whole;
    const QRect part = isSmaller ? source.rect() : visible;
    constexpr int border = 2;
    Plane plane(part.width() + 2 * border, part.height() + 2 * border);
    for (int y = -border; y < part.height() + border; ++y) {
        const int fromY = std::clamp(part.top() + y, 0, source.height() - 1);
        const uchar *in = source.constScanLine(fromY) + 3;
        for (int x = -border; x < part.width() + border; ++x) {
            const int fromX = std::clamp(part.left() + x, 0, source.width() - 1);
            const bool isInside = fromX == part.left() + x && fromY == part.top() + y;
            // What touches the edge of the picture ends there; what is cut off opaque goes on.
            plane.row(y + border)[x + border] = vec(isInside || in[fromX * 4] > 250 ? float(in[fromX * 4]) : 0);
        }
    }
    const std::vector<Taps> tapsY = splineTaps(part.height(), inner.height(), border);
    const Plane rows = cubicAcross(plane, part.height() + 2 * border, splineTaps(part.width(), inner.width(), border));
    const int width = inner.width() + 2 * pad;
    std::vector<float> alpha(std::size_t(width) * std::size_t(inner.height() + 2 * pad), 0.0F);
    for (int y = 0; y < inner.height(); ++y) {
        const Taps &tap = tapsY[std::size_t(y)];
        float *out = alpha.data() + std::size_t(y + pad) * std::size_t(width) + pad;
        for (int x = 0; x < inner.width(); ++x) {
            float sum = 0;
            for (std::size_t k = 0; k < 4; ++k)
                sum += rows.row(tap.index[k])[x][0] * tap.weight[k];
            out[x] = sum;
        }
    }
    return alpha;
}

/// The values of a style, four to a pixel.
struct Sheet
{
    explicit Sheet(const QSize &size)
        : image(size, QImage::Format_RGBA8888)
    {
        image.fill(0);
    }

    /// \a value by index of the pixel.
    template<typename Value>
    void fill(int channel, Value value)
    {
        const int width = image.width();
        std::size_t i = 0;
        for (int y = 0; y < image.height(); ++y) {
            uchar *out = image.scanLine(y) + channel;
            for (int x = 0; x < width; ++x, out += 4)
                *out = value(i++);
        }
    }

    QImage image;
};

/// The box of where \a distances are above zero, to a fraction of a pixel; \a otherwise when they are so nowhere.
QRectF boxOf(const std::vector<float> &distances, int width, const QRectF &otherwise)
{
    double left = std::numeric_limits<double>::max();
    double top = left;
    double right = -left;
    double bottom = -left;
    for (std::size_t i = 0; i < distances.size(); ++i) {
        const double reach = distances[i];
        if (reach <= 0 || reach > 4)  // the deepest say nothing of the edge
            continue;
        const double x = double(i % std::size_t(width)) + 0.5;
        const double y = double(i / std::size_t(width)) + 0.5;
        left = std::min(left, x - reach);
        right = std::max(right, x + reach);
        top = std::min(top, y - reach);
        bottom = std::max(bottom, y + reach);
    }
    return right < left ? otherwise : QRectF(left, top, right - left, bottom - top);
}

/// Blurred shares of each pixel, moved by whole pixels.
std::vector<float> blurred(const std::vector<float> &values, int width, int height, float sigma, int dx, int dy)
{
    std::vector<float> result(values.size(), 0.0F);
    for (int y = std::max(0, dy); y < std::min(height, height + dy); ++y) {
        const float *in = values.data() + std::size_t(y - dy) * std::size_t(width);
        float *out = result.data() + std::size_t(y) * std::size_t(width);
        std::copy(in + std::max(0, -dx), in + width - std::max(0, dx), out + std::max(0, dx));
    }
    blur(result, width, height, sigma);
    return result;
}

/// How much of each tone lies around each pixel: two planes of four tones.
std::vector<Plane> sharesOf(const Tones &tones, float sigma)
{
    std::vector<Plane> shares(2, Plane(tones.width, tones.height));
    for (std::size_t i = 0; i < tones.labels.size(); ++i) {
        const int label = tones.labels[i];
        if (label != Tones::outside)
            shares[std::size_t(label / 4)].pixels[i][label % 4] = 1;
    }
    for (Plane &plane : shares)
        blur(plane, tones.height, sigma);
    for (std::size_t i = 0; i < tones.labels.size(); ++i) {
        const Vec a = shares[0].pixels[i];
        const Vec b = shares[1].pixels[i];
        const Vec sum = a + b;
        const float all = sum[0] + sum[1] + sum[2] + sum[3];
        if (all > 1e-4F) {
            shares[0].pixels[i] = a / vec(all);
            shares[1].pixels[i] = b / vec(all);
        }
    }
    return shares;
}

/// Lines begin on whole pixels: this much makes them smooth.
constexpr float lineSigma = 0.9F;

/// Distance into the ink of a line drawing: lines of \a width inside, and one along the rim, within it.
std::vector<float> inkDistances(const std::vector<float> &depth, const QSize &size, const CutoutLines &lines, float width)
{
    std::vector<float> spots(lines.inked.begin(), lines.inked.end());
    const bool hasSpots = std::find(spots.begin(), spots.end(), 1.0F) != spots.end();
    if (hasSpots)
        spots = signedDistances(spots, size.width(), size.height(), 0.5F);
    std::vector<float> ink(depth.size());
    for (std::size_t i = 0; i < ink.size(); ++i) {
        const float value = std::max(width / 2 - lines.distances[i], width - std::fabs(depth[i]));
        ink[i] = std::clamp(hasSpots ? std::max(value, spots[i]) : value, -8.0F, 8.0F);
    }
    blur(ink, size.width(), size.height(), lineSigma);
    return ink;
}

Tones lineTones(const QImage &picture)
{
    return tonesOf(picture, {.most = 8, .least = 0.068, .lightWeight = 0.7, .smooth = 1.6F, .edges = 0.3F, .smallest = 0.0015});
}

/// The colour that a tube of gas would have.
QColor lit(const OkLab &color, double lead, bool hasLead)
{
    const double chroma = std::hypot(color.a, color.b);
    if (chroma <= 0.045 && !hasLead)
        return QColor(77, 217, 255);
    const double hue = chroma > 0.045 ? std::atan2(color.b, color.a) : lead;
    const QColor mild = fromOkLab({0.7, 0.13 * std::cos(hue), 0.13 * std::sin(hue)});
    return QColor::fromHsvF(std::max(0.0F, mild.hsvHueF()), 0.8F, 1);
}

} // namespace

/// A picture at working size in the middle of \c pad transparent pixels.
struct CutoutSheets::Work
{
    /// Distances to the rim are known up to \a reach.
    Work(const QImage &whole, const QRect &visible, const QSize &inner, int padding, float reach);

    QImage picture;
    int width = 0;
    int height = 0;
    int pad = 0;
    std::vector<float> depth;  ///< distance to the rim, above zero inside

    std::size_t index(int x, int y) const { return std::size_t(y) * std::size_t(width) + std::size_t(x); }
};

CutoutSheets::Work::Work(const QImage &whole, const QRect &visible, const QSize &inner, int padding, float reach)
    : width(inner.width() + 2 * padding)
    , height(inner.height() + 2 * padding)
    , pad(padding)
{
    const QImage scaled = scaledCutout(whole.copy(visible), inner);
    picture = QImage(width, height, QImage::Format_RGBA8888_Premultiplied);
    picture.fill(Qt::transparent);
    int most = 0;
    for (int y = 0; y < inner.height(); ++y) {
        const uchar *in = scaled.constScanLine(y);
        std::copy(in, in + inner.width() * 4, picture.scanLine(y + pad) + pad * 4);
        for (int x = 0; x < inner.width(); ++x)
            most = std::max<int>(most, in[x * 4 + 3]);
    }
    // What is translucent all over, a ghost, has a shape too.
    const float level = std::max(8.0F, 0.45F * float(most));
    depth = signedDistances(smoothAlpha(whole, visible, inner, pad), width, height, level, reach);
    // The spline alone gives calm contours and loses what is thin; steep edges keep that, and are less calm.
    std::vector<float> steep(depth.size());
    for (int y = 0; y < height; ++y) {
        const uchar *in = picture.constScanLine(y);
        for (int x = 0; x < width; ++x)
            steep[index(x, y)] = in[x * 4 + 3];
    }
    steep = signedDistances(steep, width, height, level);
    for (std::size_t i = 0; i < steep.size(); ++i) {
        if (steep[i] > -2)
            depth[i] = std::max(depth[i], steep[i] - 1.2F);
    }
    // Long waves of half a pixel of the source are no shape; tips and corners are, and go farther.
    std::vector<float> calm(depth.size());
    for (std::size_t i = 0; i < calm.size(); ++i)
        calm[i] = depth[i] + reach;  // nothing far outside
    blur(calm, width, height, 0.014F * side);
    for (std::size_t i = 0; i < calm.size(); ++i)
        depth[i] = std::clamp(calm[i] - reach, depth[i] - 0.5F, depth[i] + 0.9F);
}

CutoutSheets::CutoutSheets(const QImage &picture, const QRect &visible, CutoutManner manner, bool isInked)
{
    const int longer = std::max(visible.width(), visible.height());
    const double scale = double(side) / longer;
    const QSize inner(std::max(1, int(std::lround(visible.width() * scale))), std::max(1, int(std::lround(visible.height() * scale))));
    const float margin = marginOf(manner);
    // The rim of a sticker is grown further than it shows, and shrunk again.
    const int pad = manner == CutoutManner::Sticker ? int(stickerRim + stickerGap) + 4 : int(margin) + 7;
    drawn = QRect(QPoint(pad, pad), inner);
    const Work work(picture, visible, inner, pad, manner == CutoutManner::Sticker ? float(pad) : 9);
    frame = boxOf(work.depth, work.width, drawn);
    switch (manner) {
    case CutoutManner::Flat: makeFlat(work); break;
    case CutoutManner::Outline: makeOutline(work); break;
    case CutoutManner::Silhouette: makeSilhouette(work); break;
    case CutoutManner::Sticker: makeSticker(work); break;
    case CutoutManner::Neon: makeNeon(work); break;
    case CutoutManner::PaperCut: makePaperCut(work); break;
    case CutoutManner::Halftone: makeHalftone(work, isInked); break;
    case CutoutManner::None: break;
    }
    frame.adjust(-margin, -margin, margin, margin);
}

void CutoutSheets::makeSilhouette(const Work &work)
{
    Sheet sheet(work.picture.size());
    sheet.fill(0, [&](std::size_t i) { return distanceByte(work.depth[i]); });
    sheets = {sheet.image};
}

void CutoutSheets::makeFlat(const Work &work)
{
    const Tones found = tonesOf(work.picture, {.most = 7, .least = 0.068, .lightWeight = 0.62, .smooth = 1.7F});
    for (const Tones::Tone &tone : found.tones)
        tones.push_back(tone.color);
    const std::vector<Plane> shares = sharesOf(found, shareSigma);
    Sheet first(work.picture.size());
    Sheet second(work.picture.size());
    for (int c = 0; c < 4; ++c)
        first.fill(c, [&](std::size_t i) { return shareByte(shares[0].pixels[i][c]); });
    for (int c = 0; c < 3; ++c)
        second.fill(c, [&](std::size_t i) { return shareByte(shares[1].pixels[i][c]); });
    second.fill(3, [&](std::size_t i) { return distanceByte(work.depth[i]); });
    sheets = {first.image, second.image};
}

void CutoutSheets::makePaperCut(const Work &work)
{
    Tones found = tonesOf(work.picture, {.most = 5, .least = 0.075, .lightWeight = 0.62, .smooth = 2.4F, .smallest = 0.008});
    // The largest sheet lies at the bottom, the smallest on top.
    std::vector<int> order(found.tones.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = int(i);
    std::sort(order.begin(), order.end(), [&](int a, int b) { return found.tones[std::size_t(a)].share > found.tones[std::size_t(b)].share; });
    std::vector<signed char> rank(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        rank[std::size_t(order[i])] = static_cast<signed char>(i);
        tones.push_back(found.tones[std::size_t(order[i])].color);
    }
    for (signed char &label : found.labels) {
        if (label != Tones::outside)
            label = rank[std::size_t(label)];
    }
    const std::vector<Plane> shares = sharesOf(found, shareSigma);
    Sheet papers(work.picture.size());
    Sheet shadows(work.picture.size());
    Sheet ground(work.picture.size());
    constexpr float shadowSigma = 0.009F * side;
    constexpr int shadowX = int(0.006F * side);
    constexpr int shadowY = int(0.010F * side);
    Plane above(work.width, work.height);  // what lies on sheets 1 to 4 or higher
    Plane shadow(work.width, work.height);
    for (std::size_t i = 0; i < found.labels.size(); ++i) {
        for (int sheet = 4; sheet >= 1; --sheet)
            above.pixels[i][sheet - 1] = shares[std::size_t(sheet / 4)].pixels[i][sheet % 4] + (sheet < 4 ? above.pixels[i][sheet] : 0);
        const int from = int(i) - shadowY * work.width - shadowX;
        const int label = from >= 0 ? found.labels[std::size_t(from)] : int(Tones::outside);
        for (int sheet = 1; sheet <= 4; ++sheet)
            shadow.pixels[i][sheet - 1] = label >= sheet ? 1.0F : 0.0F;
    }
    blur(shadow, work.height, shadowSigma);
    for (int c = 0; c < 4; ++c) {
        papers.fill(c, [&](std::size_t i) { return shareByte(above.pixels[i][c]); });
        shadows.fill(c, [&](std::size_t i) { return shareByte(shadow.pixels[i][c]); });
    }
    std::vector<float> body(work.depth.size());
    for (std::size_t i = 0; i < body.size(); ++i)
        body[i] = covered(work.depth[i]);
    const std::vector<float> below = blurred(body, work.width, work.height, 1.5F * shadowSigma, shadowX, shadowY + shadowY / 2);
    ground.fill(0, [&](std::size_t i) { return distanceByte(work.depth[i]); });
    ground.fill(1, [&](std::size_t i) { return shareByte(0.40F * below[i]); });
    sheets = {papers.image, shadows.image, ground.image};
}

void CutoutSheets::makeOutline(const Work &work)
{
    const CutoutLines lines = linesOf(work.picture, lineTones(work.picture), work.depth, 1.4F * lineWidth);
    const std::vector<float> distances = inkDistances(work.depth, {work.width, work.height}, lines, lineWidth);
    Sheet sheet(work.picture.size());
    sheet.fill(0, [&](std::size_t i) { return distanceByte(work.depth[i]); });
    sheet.fill(1, [&](std::size_t i) { return distanceByte(distances[i]); });
    sheets = {sheet.image};
}

void CutoutSheets::makeSticker(const Work &work)
{
    // Grown by rim and gap, then shrunk by the gap: a knife is not led into narrow bays, nor into holes that it does not reach from outside.
    std::vector<float> grown(work.depth.size());
    std::vector<signed char> isBeyond(grown.size());
    for (std::size_t i = 0; i < grown.size(); ++i) {
        grown[i] = work.depth[i] + stickerRim + stickerGap;
        isBeyond[i] = grown[i] < 0;
    }
    std::vector<signed char> isReached(grown.size(), 0);
    connectedPart(isBeyond, work.width, work.height, 0, isReached);
    for (std::size_t i = 0; i < grown.size(); ++i) {
        if (!isReached[i])
            grown[i] = std::max(grown[i], 1.0F);
    }
    std::vector<float> die = signedDistances(grown, work.width, work.height, 0, stickerGap + 9);
    for (float &distance : die)
        distance -= stickerGap;
    frame = boxOf(die, work.width, drawn);
    std::vector<float> body(die.size());
    for (std::size_t i = 0; i < body.size(); ++i)
        body[i] = covered(die[i]);
    const std::vector<float> contact = blurred(body, work.width, work.height, 0.0045F * side, 0, 1);
    const std::vector<float> soft = blurred(body, work.width, work.height, 0.012F * side, 0, int(0.010F * side));
    Sheet sheet(work.picture.size());
    sheet.fill(0, [&](std::size_t i) { return distanceByte(die[i]); });
    sheet.fill(1, [&](std::size_t i) {
        return shareByte(1 - (1 - 0.22F * contact[i]) * (1 - 0.26F * soft[i]));
    });
    sheets = {sheet.image};
}

void CutoutSheets::makeNeon(const Work &work)
{
    const Tones found = lineTones(work.picture);
    const CutoutLines lines = linesOf(work.picture, found, work.depth, 1.4F * lineWidth);
    std::vector<float> tube(work.depth.size());
    const float half = tubeWidth / 2;
    for (std::size_t i = 0; i < tube.size(); ++i) {
        const float rim = half - std::fabs(work.depth[i] - half);
        tube[i] = std::clamp(std::max(rim, half - lines.distances[i]), -8.0F, 8.0F);
    }
    blur(tube, work.width, work.height, lineSigma);
    std::vector<float> light(tube.size());
    for (std::size_t i = 0; i < tube.size(); ++i)
        light[i] = covered(tube[i]);
    // Colours of what is beside a line, the brighter the more; black and white lend none.
    double hueX = 0;
    double hueY = 0;
    for (const Tones::Tone &tone : found.tones) {
        hueX += tone.color.a * tone.share;
        hueY += tone.color.b * tone.share;
    }
    const bool hasLead = std::hypot(hueX, hueY) > 0.012;
    const Vec lead = solid(lit({0.7, hueX, hueY}, std::atan2(hueY, hueX), hasLead)) * vec(1e-5F);  // where nothing is near
    std::vector<Vec> colors;
    for (const Tones::Tone &tone : found.tones) {
        const double chroma = std::hypot(tone.color.a, tone.color.b);
        const Vec color = solid(lit(tone.color, std::atan2(hueY, hueX), hasLead));
        colors.push_back(color * vec(float(0.03 + std::min(0.2, chroma))));
    }
    Plane near(work.width, work.height);
    for (std::size_t i = 0; i < tube.size(); ++i) {
        if (found.labels[i] != Tones::outside)
            near.pixels[i] = colors[std::size_t(found.labels[i])];
    }
    blur(near, work.height, 0.02F * side);
    const std::vector<float> halo = blurred(light, work.width, work.height, 0.011F * side, 0, 0);
    const std::vector<float> wide = blurred(light, work.width, work.height, 0.030F * side, 0, 0);
    Sheet colored(work.picture.size());
    Sheet shape(work.picture.size());
    for (int c = 0; c < 3; ++c) {
        colored.fill(c, [&](std::size_t i) {
            const Vec sum = near.pixels[i] + lead;
            return shareByte(sum[3] > 1e-7F ? sum[c] / sum[3] : 0);
        });
    }
    colored.fill(3, [&](std::size_t i) { return distanceByte(tube[i]); });
    shape.fill(0, [&](std::size_t i) { return distanceByte(work.depth[i]); });
    shape.fill(1, [&](std::size_t i) { return shareByte(halo[i]); });
    shape.fill(2, [&](std::size_t i) { return shareByte(wide[i]); });
    sheets = {colored.image, shape.image};
}

void CutoutSheets::makeHalftone(const Work &work, bool isInked)
{
    Plane plane(work.width, work.height);
    for (int y = 0; y < work.height; ++y) {
        const uchar *p = work.picture.constScanLine(y);
        for (int x = 0; x < work.width; ++x, p += 4)
            plane.row(y)[x] = Vec{float(p[0]), float(p[1]), float(p[2]), float(p[3])} * vec(1 / 255.0F);
    }
    std::vector<float> dark(work.depth.size());
    std::vector<int> histogram(256, 0);
    int count = 0;
    for (std::size_t i = 0; i < dark.size(); ++i) {
        const Vec p = plane.pixels[i] * vec(1 / std::max(plane.pixels[i][3], 1e-3F));
        plane.pixels[i] = p;
        dark[i] = 1 - (0.299F * p[0] + 0.587F * p[1] + 0.114F * p[2]);
        if (work.depth[i] > 1) {
            ++histogram[std::size_t(shareByte(dark[i]))];
            ++count;
        }
    }
    const auto percentile = [&](double share) {
        int sum = 0;
        for (int i = 0; i < 256; ++i) {
            sum += histogram[std::size_t(i)];
            if (sum >= share * count)
                return float(i) / 255;
        }
        return 1.0F;
    };
    const float low = std::min(percentile(0.02), 0.35F);
    const float high = std::max(percentile(0.98), low + 0.35F);
    Sheet paper(work.picture.size());
    Sheet inks(work.picture.size());
    const auto at = [&](std::size_t i) { return plane.pixels[i]; };
    for (int c = 0; c < 3; ++c) {
        paper.fill(c, [&](std::size_t i) { return shareByte(std::lerp(at(i)[c], 1.0F, 0.66F)); });
        inks.fill(c, [&](std::size_t i) {
            const Vec p = at(i);
            const float mean = (p[0] + p[1] + p[2]) / 3;
            return shareByte((mean + (p[c] - mean) * 1.3F) * 0.86F);
        });
    }
    paper.fill(3, [&](std::size_t i) {
        const Vec p = at(i);
        const float chroma = std::max({p[0], p[1], p[2]}) - std::min({p[0], p[1], p[2]});
        const float tone = std::clamp((dark[i] - low) / (high - low), 0.0F, 1.0F);
        return shareByte(isInked ? 0.06F + 0.92F * tone : std::min(1.0F, 0.15F + 0.72F * tone + 0.38F * chroma * (1 - tone)));
    });
    inks.fill(3, [&](std::size_t i) { return distanceByte(work.depth[i]); });
    sheets = {paper.image, inks.image};
}

} // namespace Galley
