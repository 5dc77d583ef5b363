#include "ui/widgets/numbers.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>

#include <cmath>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Numbers", text);
}

int digitWidth(const QFontMetrics &metrics)
{
    int widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = qMax(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

} // namespace

QString moneyText(double usd)
{
    int decimals = 2;
    while (decimals < 4 && std::abs(usd * std::pow(10, decimals) - std::round(usd * std::pow(10, decimals))) > 1e-6)
        ++decimals;
    // The C locale would put the sign behind the number.
    const QLocale locale = QLocale().language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : QLocale();
    return locale.toCurrencyString(usd, QStringLiteral("$"), decimals);
}

QString priceText(double usd)
{
    return usd > 0 ? moneyText(usd) : tr("free");
}

QString unknownPriceText()
{
    return tr("price not known");
}

QString durationText(qint64 milliseconds)
{
    const double seconds = double(milliseconds) / 1000;
    if (seconds < 9.95)
        return tr("%1 s").arg(QLocale().toString(seconds, 'f', 1));
    if (seconds < 100)
        return tr("%1 s").arg(QLocale().toString(seconds, 'f', 0));
    const qint64 minutes = std::llround(seconds / 60);
    if (minutes < 60)
        return tr("%1 min").arg(QLocale().toString(minutes));
    return tr("%1 h %2 min").arg(QLocale().toString(minutes / 60), QLocale().toString(minutes % 60));
}

QString dataSizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

void drawTabular(QPainter &painter, const QRect &rect, Qt::Alignment alignment, const QString &text)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const int digit = digitWidth(metrics);
    const int width = tabularWidth(metrics, text);
    int x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() + 1 - width;
    else if (alignment & Qt::AlignHCenter)
        x += (rect.width() - width) / 2;
    const int baseline = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent();
    QString run;
    const auto flush = [&] {
        if (!run.isEmpty())
            painter.drawText(x, baseline, run);
        x += metrics.horizontalAdvance(run);
        run.clear();
    };
    for (const QChar character : text) {
        if (!character.isDigit()) {
            run.append(character);
            continue;
        }
        flush();
        painter.drawText(x + (digit - metrics.horizontalAdvance(character)) / 2, baseline, QString(character));
        x += digit;
    }
    flush();
}

int tabularWidth(const QFontMetrics &metrics, const QString &text)
{
    const int digit = digitWidth(metrics);
    int width = 0;
    QString run;
    for (const QChar character : text) {
        if (character.isDigit()) {
            width += metrics.horizontalAdvance(run) + digit;
            run.clear();
        } else {
            run.append(character);
        }
    }
    return width + metrics.horizontalAdvance(run);
}

} // namespace Galley
