#include "tests/bench/burst/burstreport.h"

#include "testpaths.h"

#include <QFontDatabase>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace Galley {

namespace {

constexpr int width = 1200;
constexpr int left = 280;
constexpr int right = 1130;
constexpr int top = 96;
constexpr int barHeight = 26;
constexpr int barGap = 8;
constexpr int groupGap = 30;
constexpr double lowestMs = 10;
constexpr double highestMs = 10'000;
// Okabe and Ito: told apart without colour vision too; each row also has its name.
constexpr std::array<QRgb, 3> colours{0xFF7A7A7A, 0xFF0072B2, 0xFFD55E00};

double xOf(double ms)
{
    return left + (right - left) * std::log(std::clamp(ms, lowestMs, highestMs) / lowestMs) / std::log(highestMs / lowestMs);
}

QString label(double ms)
{
    return ms < 1000 ? QStringLiteral("%1 ms").arg(ms, 0, 'f', ms < 100 ? 1 : 0) : QStringLiteral("%1 s").arg(ms / 1000, 0, 'f', 2);
}

void drawAxis(QPainter &painter, int bottom)
{
    for (const double ms : {10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0, 10'000.0}) {
        painter.setPen(QColor(0xE2, 0xE2, 0xE2));
        painter.drawLine(QPointF(xOf(ms), top - 8), QPointF(xOf(ms), bottom));
        painter.setPen(QColor(0x60, 0x60, 0x60));
        painter.drawText(QRectF(xOf(ms) - 60, bottom + 4, 120, 24), Qt::AlignCenter, ms < 1000 ? QStringLiteral("%1 ms").arg(ms) : QStringLiteral("%1 s").arg(ms / 1000));
    }
}

void drawBar(QPainter &painter, const BurstFigures &figures, const QString &run, int y, QRgb colour)
{
    painter.setPen(QColor(0x20, 0x20, 0x20));
    painter.drawText(QRectF(20, y, left - 36, barHeight), Qt::AlignRight | Qt::AlignVCenter, run);
    QColor light(colour);
    light.setAlpha(90);
    const double median = xOf(figures.median.ms.value);
    const double p95 = xOf(figures.p95.ms.value);
    painter.fillRect(QRectF(left, y, median - left, barHeight), QColor(colour));
    painter.fillRect(QRectF(median, y, p95 - median, barHeight), light);
    const QString text = QStringLiteral("%1 · p95 %2").arg(label(figures.median.ms.value), label(figures.p95.ms.value));
    const bool fits = p95 + 190 < width;
    painter.setPen(fits ? QColor(0x20, 0x20, 0x20) : Qt::white);
    painter.drawText(fits ? QRectF(p95 + 8, y, 190, barHeight) : QRectF(median - 200, y, 192, barHeight),
                     (fits ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, text);
}

} // namespace

bool writeChart(const QList<BurstSummary> &summaries, const QString &title, const QString &file)
{
    const QStringList groups{QStringLiteral("previews"), QStringLiteral("finals"), QStringLiteral("thumbnails"), QStringLiteral("posters")};
    const int bottom = top + int(groups.size()) * (int(summaries.size()) * (barHeight + barGap) + groupGap);
    QImage image(width, bottom + 48, QImage::Format_RGB32);
    image.fill(Qt::white);
    QFontDatabase::addApplicationFont(QStringLiteral(GALLEY_SOURCE_DIR "/resources/fonts/Inter-Regular.otf"));
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(15);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font);
    painter.setPen(QColor(0x20, 0x20, 0x20));
    painter.drawText(QRectF(20, 12, width - 40, 26), Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.setPen(QColor(0x60, 0x60, 0x60));
    painter.drawText(QRectF(20, 38, width - 40, 26), Qt::AlignLeft | Qt::AlignVCenter,
                     QStringLiteral("Time from request to picture under the burst: dark to the median, light to p95. Logarithmic."));
    drawAxis(painter, bottom);
    int y = top;
    for (const QString &group : groups) {
        font.setBold(true);
        painter.setFont(font);
        painter.setPen(QColor(0x20, 0x20, 0x20));
        painter.drawText(QRectF(20, y - 4, 140, barHeight), Qt::AlignLeft | Qt::AlignVCenter, group);
        font.setBold(false);
        painter.setFont(font);
        for (qsizetype i = 0; i < summaries.size(); ++i) {
            drawBar(painter, summaries.at(i).group(group), summaries.at(i).run, y, colours[std::size_t(i) % colours.size()]);
            y += barHeight + barGap;
        }
        y += groupGap;
    }
    painter.end();
    return image.save(file, "WEBP", 100);  // without loss
}

} // namespace Galley
