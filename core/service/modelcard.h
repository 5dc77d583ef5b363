#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <utility>

namespace Galley {

/// What a layer model says of itself: what it learnt from, under which licences, and how good it was measured to be. Read from its draft.json,
/// never known by the application: other weights have other figures. What is not there, or odd, is left out.
struct ModelCard
{
    struct Source
    {
        QString what;     ///< "captions"
        QString source;   ///< "Unicode CLDR 41"
        QString licence;

        bool operator==(const Source &) const = default;
    };
    using Line = std::pair<QString, QString>;  ///< a label in plain words and what belongs to it

    QString name;
    QString revision;
    QStringList limits;      ///< sentences: what it cannot do
    QList<Line> training;    ///< on which hardware, how many pictures …
    QList<Line> words;       ///< how many it answers to now, which may be more than it was taught with
    QList<Source> sources;
    QList<Line> evaluation;  ///< one line for each group of figures

    bool operator==(const ModelCard &) const = default;
};

/// draft.json of the model in \a folder, at most 1 MiB.
Result<Json> readModelDescription(const QString &folder);
/// The card of the model in \a folder.
Result<ModelCard> readModelCard(const QString &folder);
/// The card of \a description, the contents of draft.json.
ModelCard modelCard(const Json &description);

} // namespace Galley
