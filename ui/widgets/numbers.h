#pragma once

#include <QFontMetrics>
#include <QString>

class QPainter;

namespace Galley {

/// US dollars as people of this locale write them: "$0.06", "0,06 $". Two decimals, up to four where the amount has them.
QString moneyText(double usd);
/// moneyText(), or "free".
QString priceText(double usd);
/// What stands in its place where something is paid and nobody has said how much: never "free".
QString unknownPriceText();
/// "0.8 s", "12 s", "3 min", "1 h 5 min".
QString durationText(qint64 milliseconds);

/// Bytes, as disks are sold: "1.2 GB".
QString dataSizeText(qint64 bytes);

/// Draws \a text with all digits equally wide, so that a number that counts does not shake and columns line up. (Inter has such digits, but
/// Qt 6.4 cannot ask for them.) Pen and font are the painter's.
void drawTabular(QPainter &painter, const QRect &rect, Qt::Alignment alignment, const QString &text);
int tabularWidth(const QFontMetrics &metrics, const QString &text);

} // namespace Galley
