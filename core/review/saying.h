#pragma once

#include "core/base/json.h"

#include <QList>
#include <QString>

namespace Galley {

/// Something that was found of a picture: what, as a code that is stored, and its figures. The words are made when it is shown, in the language of then.
struct Saying
{
    QString code;                   ///< "sharpness.lost": stable
    Json figures = Json::array();   ///< numbers and texts, in the order of their places in the words

    bool operator==(const Saying &) const = default;
};

/// What somebody said in words, before there were codes, or knows nothing else of: shown as it is.
Saying saidAs(const QString &sentence);

/// A full sentence in the language of the window. Empty for a code that this version does not know, and when figures are missing.
QString sentenceOf(const Saying &saying);
/// One after the other.
QString sentencesOf(const QList<Saying> &sayings);

Json sayingJson(const Saying &saying);
/// Whatever \a json is. A text is saidAs() it.
Saying sayingFromJson(const Json &json);

} // namespace Galley
