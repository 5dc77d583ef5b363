#pragma once

#include "ui/compare/comparepicture.h"

#include <QStringList>

namespace Galley {

/// One line of the table of parameters: what it is called, and its value for each picture.
struct ParameterRow
{
    QString key;          ///< "seed": stable
    QString title;        ///< for people
    QStringList values;   ///< one for each picture; empty: nobody said
    QString help;         ///< what it can and cannot tell; scores have it

    bool operator==(const ParameterRow &) const = default;
};

/// How much of the table is shown.
enum class Parameters {
    Differing,  ///< only what is not the same for all pictures
    All,
    Blind       ///< only what tells nothing of the model: nothing but the row
};

/// The parameters of \a pictures in the order in which people ask for them: models, revision, rule, seed, steps, size, cost, times, scores. Pure.
QList<ParameterRow> parameterRows(const QList<ComparePicture> &pictures, Parameters which = Parameters::Differing);

} // namespace Galley
