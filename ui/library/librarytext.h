#pragma once

#include "core/store/assetrecord.h"
#include "core/store/libraryquery.h"
#include "ui/queue/modelnames.h"

#include <QString>
#include <QStringList>

namespace Galley {

// The words of the Library workspace: the same in cells, filters, details and for screen readers.

QString damagedWord();
QString markWord(const QString &mark);       ///< "withdrawn", translated
QString unknownModelWord();
QString pickWord(PickState pick);            ///< "Picked"
QString pickIcon(PickState pick);            ///< a shape of its own for each
QString starsText(int stars);                ///< "3 stars"
QString scoreTitleOf(const QString &name);   ///< "Text read back"; the name itself where it is another one's
QString scoreLimitsOf(const QString &name);  ///< what it can tell and what not; empty where nobody knows
QString scoreText(double value);             ///< of 0–1: "0.82"
QString pictureCount(int pictures);          ///< "1,234 pictures"

QString captionText(const LibraryCard &card);   ///< "Spring market, row 3": below the model's name
QString captionTime(const LibraryCard &card);   ///< "14:02" of today, else the day: beside it
QString templateText(const LibraryCard &card);  ///< "Spring market, row 3"; "no template"
/// Everything a cell shows, in words: for screen readers.
QString cardText(const LibraryCard &card, const ModelNames &names);

/// The same with what the cell has no room for, a line each.
QString cardTip(const LibraryCard &card, const ModelNames &names);

/// "sd-medium → sd3.5-medium → sd3.5-medium-2", each once where they are the same.
QString wayText(const LibraryCard &card, const ModelNames &names);
/// Whether it came out of the cache of renders, so that nothing was sent for it.
bool isFromCache(const AssetRecord &record);
/// Why this model: the reasons that routing gave and what was left out, a line each.
QStringList reasonsOf(const AssetRecord &record);
/// Stage and time, a line each, the longest first.
QStringList timingsOf(const AssetRecord &record);
/// What is known of the picture as text for another program: JSON, indented.
QString provenanceText(const AssetRecord &record);

} // namespace Galley
