#include "core/service/benchchart.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr int bins = 40;
constexpr double margin = 64;

const QColor ink(0x1D1D1D);
const QColor quiet(0x5C5C5C);
const QColor line(0xD8D8D8);
const QColor accent(0x2462CC);
const QColor bar(0xA9C3EE);
const QColor earlier(0x9A9A9A);
const QColor danger(0xB83227);

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Bench", text);
}

/// 1, 2 or 5 times a power of ten, for about \a steps steps up to \a range.
double niceStep(double range, int steps)
{
    const double rough = range / steps;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (rough <= factor * power)
            return factor * power;
    }
    return 10 * power;
}

/// A rectangle of the picture and the values that it shows.
struct Plot
{
    QRectF area;
    double fromX = 0;
    double toX = 1;
    double toY = 1;

    QPointF at(double x, double y) const
    {
        return {area.left() + (x - fromX) / (toX - fromX) * area.width(), area.bottom() - y / toY * area.height()};
    }
};

void drawFrame(QPainter &painter, const Plot &plot, const QString &title, const QString &xTitle, const QString &yTitle, bool isShareY)
{
    painter.setPen(ink);
    QFont bold = painter.font();
    bold.setBold(true);
    const QFont normal = painter.font();
    painter.setFont(bold);
    painter.drawText(QPointF(plot.area.left(), plot.area.top() - 14), title);
    painter.setFont(normal);
    const double stepY = isShareY ? 0.25 : niceStep(plot.toY, 5);
    for (int i = 0; i * stepY <= plot.toY * 1.0001; ++i) {
        const QPointF left = plot.at(plot.fromX, i * stepY);
        painter.setPen(line);
        painter.drawLine(left, plot.at(plot.toX, i * stepY));
        painter.setPen(quiet);
        const QString text = isShareY ? QStringLiteral("%1 %").arg(i * stepY * 100) : QString::number(i * stepY);
        painter.drawText(QRectF(left.x() - margin, left.y() - 10, margin - 8, 20), Qt::AlignRight | Qt::AlignVCenter, text);
    }
    const double stepX = niceStep(plot.toX - plot.fromX, 6);
    for (double x = std::ceil(plot.fromX / stepX) * stepX; x <= plot.toX * 1.0001; x += stepX) {
        const QPointF below = plot.at(x, 0);
        painter.drawText(QRectF(below.x() - 40, below.y() + 4, 80, 20), Qt::AlignCenter, QString::number(x));
    }
    painter.drawText(QRectF(plot.area.left(), plot.area.bottom() + 26, plot.area.width(), 20), Qt::AlignCenter, xTitle);
    painter.drawText(QPointF(plot.area.left() - margin + 8, plot.area.top() - 14), yTitle);
}

void drawShares(QPainter &painter, const Plot &plot, QList<double> times, const QColor &color)
{
    std::sort(times.begin(), times.end());
    QPainterPath path(plot.at(plot.fromX, 0));
    for (qsizetype i = 0; i < times.size(); ++i) {
        path.lineTo(plot.at(times[i], double(i) / double(times.size())));
        path.lineTo(plot.at(times[i], double(i + 1) / double(times.size())));
    }
    path.lineTo(plot.at(plot.toX, 1));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 2));
    painter.drawPath(path);
}

void drawBars(QPainter &painter, const Plot &plot, const QList<double> &times)
{
    QList<int> counts(bins, 0);
    const double width = (plot.toX - plot.fromX) / bins;
    for (const double time : times)
        ++counts[std::clamp(int((time - plot.fromX) / width), 0, bins - 1)];
    const int most = std::max(1, *std::max_element(counts.cbegin(), counts.cend()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(bar);
    for (int i = 0; i < bins; ++i)
        painter.drawRect(QRectF(plot.at(plot.fromX + i * width, 0.9 * counts[i] / most), plot.at(plot.fromX + (i + 0.92) * width, 0)));
}

void drawMark(QPainter &painter, const Plot &plot, double x, const QString &text, int row)
{
    painter.setPen(QPen(ink, 1, Qt::DashLine));
    painter.drawLine(plot.at(x, 0), plot.at(x, 1));
    painter.setPen(ink);
    const double y = plot.area.top() + 16 + row * 18;
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(text);
    const double left = plot.at(x, 0).x();
    const QPointF at(left + 6 + width > plot.area.right() ? left - width - 6 : left + 6, y);
    painter.fillRect(QRectF(at.x() - 2, at.y() - 14, width + 4, 18), Qt::white);
    painter.drawText(at, text);
}

void drawSeries(QPainter &painter, const Plot &plot, const BenchRun &run, const QColor &color, bool withFailures)
{
    const double radius = run.samples.size() > 500 ? 1.5 : 3;
    for (const BenchSample &sample : run.samples) {
        const QPointF point = plot.at(sample.index + 1, std::min(sample.ms, plot.toY));
        if (sample.isOk()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            painter.drawEllipse(point, radius, radius);
        } else if (withFailures) {
            painter.setPen(QPen(danger, 2));
            painter.drawLine(point + QPointF(-4, -4), point + QPointF(4, 4));
            painter.drawLine(point + QPointF(-4, 4), point + QPointF(4, -4));
        }
    }
}

QString titleOf(const BenchResult &report)
{
    const auto member = [&](const char *name) { return report.target.is_object() && report.target.contains(name) ? toQString(report.target[name]) : QString(); };
    for (const char *name : {"model", "url", "template"}) {
        if (const QString text = member(name); !text.isEmpty())
            return text;
    }
    return member("kind");
}

double longest(const BenchResult &report)
{
    double most = 0;
    for (const BenchSample &sample : report.run.samples)
        most = std::max(most, sample.ms);
    return most;
}

void drawDistribution(QPainter &painter, const Plot &plot, const BenchResult &report, const BenchResult *before)
{
    const QList<double> times = okMilliseconds(report.run);
    drawBars(painter, plot, times);
    drawFrame(painter, plot, tr("Share of requests below a time"), tr("milliseconds"), {}, true);
    if (before)
        drawShares(painter, plot, okMilliseconds(before->run), earlier);
    drawShares(painter, plot, times, accent);
    const BenchSummary summary = summarise(times);
    int row = 0;
    for (const int percent : {50, 95, 99}) {
        const QuantileEstimate estimate = summary.quantiles.value(percent);
        if (summary.n == 0 || !estimate.isCovered)
            continue;
        const QString name = percent == 50 ? tr("median") : QStringLiteral("p%1").arg(percent);
        drawMark(painter, plot, estimate.ms.value, QStringLiteral("%1 %2").arg(name).arg(estimate.ms.value, 0, 'f', 1), row++);
    }
}

} // namespace

QImage drawBenchChart(const BenchResult &report, const BenchResult *before, const QSize &size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(14);
    painter.setFont(font);
    const double top = 92;
    const double width = (size.width() - 4 * margin) / 2.0;
    const double height = size.height() - top - margin;
    const double most = std::max({longest(report), before ? longest(*before) : 0.0, 1e-3}) * 1.05;
    Plot shares{{margin, top, width, height}, 0, most, 1};
    Plot series{{3 * margin + width, top, width, height}, 0, std::max(1.0, double(report.run.samples.size()) + 1), most};

    painter.setPen(ink);
    QFont large = font;
    large.setPixelSize(20);
    painter.setFont(large);
    painter.drawText(QPointF(margin, 36), titleOf(report));
    painter.setFont(font);
    painter.setPen(quiet);
    const int failed = int(report.run.samples.size() - okMilliseconds(report.run).size());
    QString below = QCoreApplication::translate("Galley::BenchChart", "%n requests, %1 failed", nullptr, int(report.run.samples.size())).arg(failed);
    if (before)
        below += QStringLiteral("; ") + tr("grey: the baseline");
    painter.drawText(QPointF(margin, 58), below);

    drawDistribution(painter, shares, report, before);
    drawFrame(painter, series, tr("Each request"), tr("request"), tr("ms"), false);
    if (before)
        drawSeries(painter, series, before->run, earlier, false);
    drawSeries(painter, series, report.run, accent, true);
    return image;
}

} // namespace Galley
