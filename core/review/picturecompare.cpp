#include "core/review/picturecompare.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace Galley {

namespace {

int largestStep(QRgb a, QRgb b)
{
    return std::max({std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
}

bool canCompare(const QImage &a, const QImage &b)
{
    return !a.isNull() && a.size() == b.size();
}

constexpr int window = 11;

std::array<float, window> gaussian()
{
    std::array<float, window> weights{};
    float sum = 0;
    for (int i = 0; i < window; ++i) {
        const float distance = float(i - window / 2);
        weights[size_t(i)] = std::exp(-distance * distance / (2 * 1.5F * 1.5F));
        sum += weights[size_t(i)];
    }
    for (float &weight : weights)
        weight /= sum;
    return weights;
}

/// Luma of one line, BT.601 as the paper's authors take it.
void readLuma(const QImage &rgb, int y, std::vector<float> &luma)
{
    const auto *line = reinterpret_cast<const QRgb *>(rgb.constScanLine(y));
    for (size_t x = 0; x < luma.size(); ++x)
        luma[x] = 0.299F * float(qRed(line[x])) + 0.587F * float(qGreen(line[x])) + 0.114F * float(qBlue(line[x]));
}

/// What the window sums up of both pictures: a, b, a², b², ab.
enum Quantity { MeanA, MeanB, SquareA, SquareB, Product, quantities };
using Lines = std::array<std::vector<float>, quantities>;

/// The horizontal half of the filter for one line.
class LineFilter
{
public:
    LineFilter(const QImage &a, const QImage &b)
        : m_a(a)
        , m_b(b)
        , m_lumaA(size_t(a.width()))
        , m_lumaB(size_t(a.width()))
    {}

    void filter(int y, Lines &out)
    {
        readLuma(m_a, y, m_lumaA);
        readLuma(m_b, y, m_lumaB);
        for (std::vector<float> &line : out)
            line.assign(m_lumaA.size() - window + 1, 0);
        for (size_t k = 0; k < window; ++k) {
            const float weight = m_weights[k];
            for (size_t x = 0; x < out[MeanA].size(); ++x) {
                const float a = m_lumaA[x + k];
                const float b = m_lumaB[x + k];
                out[MeanA][x] += weight * a;
                out[MeanB][x] += weight * b;
                out[SquareA][x] += weight * a * a;
                out[SquareB][x] += weight * b * b;
                out[Product][x] += weight * a * b;
            }
        }
    }

private:
    const QImage &m_a;
    const QImage &m_b;
    std::array<float, window> m_weights = gaussian();
    std::vector<float> m_lumaA;
    std::vector<float> m_lumaB;
};

double similarityOfLine(const Lines &sums)
{
    constexpr float c1 = 0.01F * 255 * 0.01F * 255;
    constexpr float c2 = 0.03F * 255 * 0.03F * 255;
    double total = 0;
    for (size_t x = 0; x < sums[MeanA].size(); ++x) {
        const float a = sums[MeanA][x];
        const float b = sums[MeanB][x];
        const float varianceA = sums[SquareA][x] - a * a;
        const float varianceB = sums[SquareB][x] - b * b;
        const float covariance = sums[Product][x] - a * b;
        total += double((2 * a * b + c1) * (2 * covariance + c2) / ((a * a + b * b + c1) * (varianceA + varianceB + c2)));
    }
    return total;
}

/// 0–1 on the way from violet to pale yellow: lightness rises all along, so that the amount shows without telling the hues apart.
QRgb heat(float t)
{
    constexpr std::array<std::array<float, 3>, 4> stops{{{92, 22, 130}, {187, 55, 84}, {249, 142, 9}, {252, 255, 164}}};
    const float position = std::clamp(t, 0.0F, 1.0F) * float(stops.size() - 1);
    const size_t below = std::min(size_t(position), stops.size() - 2);
    const float part = position - float(below);
    const auto channel = [&](size_t i) { return int(std::lerp(stops[below][i], stops[below + 1][i], part) + 0.5F); };
    return qRgb(channel(0), channel(1), channel(2));
}

} // namespace

std::optional<PictureDifference> comparePictures(const QImage &first, const QImage &second, int tolerance)
{
    if (!canCompare(first, second))
        return std::nullopt;
    const QImage a = first.convertToFormat(QImage::Format_RGB32);
    const QImage b = second.convertToFormat(QImage::Format_RGB32);
    double squares = 0;
    qint64 visible = 0;
    PictureDifference difference;
    for (int y = 0; y < a.height(); ++y) {
        const auto *p = reinterpret_cast<const QRgb *>(a.constScanLine(y));
        const auto *q = reinterpret_cast<const QRgb *>(b.constScanLine(y));
        qint64 squaresOfLine = 0;
        for (int x = 0; x < a.width(); ++x) {
            for (const int step : {qRed(p[x]) - qRed(q[x]), qGreen(p[x]) - qGreen(q[x]), qBlue(p[x]) - qBlue(q[x])})
                squaresOfLine += step * step;
            const int most = largestStep(p[x], q[x]);
            difference.largest = std::max(difference.largest, most);
            visible += most > tolerance;
        }
        squares += double(squaresOfLine);
    }
    const double pixels = double(a.width()) * a.height();
    difference.share = double(visible) / pixels;
    if (squares > 0)
        difference.psnrDb = 10 * std::log10(255.0 * 255.0 / (squares / (3 * pixels)));
    return difference;
}

std::optional<double> structuralSimilarity(const QImage &first, const QImage &second)
{
    if (!canCompare(first, second) || std::min(first.width(), first.height()) < window)
        return std::nullopt;
    const QImage a = first.convertToFormat(QImage::Format_RGB32);
    const QImage b = second.convertToFormat(QImage::Format_RGB32);
    LineFilter filter(a, b);
    const std::array<float, window> weights = gaussian();
    std::array<Lines, window> ring;  // the last lines, filtered horizontally
    Lines sums;
    double total = 0;
    for (int y = 0; y < a.height(); ++y) {
        filter.filter(y, ring[size_t(y % window)]);
        if (y + 1 < window)
            continue;
        for (size_t quantity = 0; quantity < quantities; ++quantity) {
            std::vector<float> &sum = sums[quantity];
            sum.assign(size_t(a.width() - window + 1), 0);
            for (size_t k = 0; k < window; ++k) {
                const std::vector<float> &line = ring[size_t(y + 1 + int(k)) % window][quantity];
                for (size_t x = 0; x < sum.size(); ++x)
                    sum[x] += weights[k] * line[x];
            }
        }
        total += similarityOfLine(sums);
    }
    return total / (double(a.width() - window + 1) * (a.height() - window + 1));
}

QString differenceLimits()
{
    return QCoreApplication::translate("Galley::PictureCompare",
                                       "The share counts pixels that differ by more than the tolerance. PSNR goes by all steps of all pixels: above 40 dB hardly "
                                       "anybody sees a difference, below 20 dB the pictures have little in common. SSIM compares brightness and structure around "
                                       "each pixel: 1 is equal, 0 has nothing in common. They tell how far two pictures are apart, not which one is better; the "
                                       "same motif moved by a few pixels looks like a great difference to all three, and SSIM does not see colours.");
}

QImage differenceImage(const QImage &first, const QImage &second, int tolerance)
{
    if (!canCompare(first, second))
        return {};
    const QImage a = first.convertToFormat(QImage::Format_RGB32);
    const QImage b = second.convertToFormat(QImage::Format_RGB32);
    std::array<QRgb, 256> colors{};
    for (int step = 0; step < 256; ++step)
        colors[size_t(step)] = heat(float(step - tolerance) / float(std::max(1, 255 - tolerance)));
    QImage difference(a.size(), QImage::Format_RGB32);
    for (int y = 0; y < a.height(); ++y) {
        const auto *p = reinterpret_cast<const QRgb *>(a.constScanLine(y));
        const auto *q = reinterpret_cast<const QRgb *>(b.constScanLine(y));
        auto *out = reinterpret_cast<QRgb *>(difference.scanLine(y));
        for (int x = 0; x < a.width(); ++x) {
            const int step = largestStep(p[x], q[x]);
            const int dim = 24 + qGray(p[x]) / 4;
            out[x] = step > tolerance ? colors[size_t(step)] : qRgb(dim, dim, dim);
        }
    }
    return difference;
}

} // namespace Galley
