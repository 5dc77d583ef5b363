#pragma once

#include "core/template/template.h"

#include <QHash>

namespace Galley {

/// A template that nobody drew, with the drawing that each of its subjects shows: its number in the pack, by token.
struct Layout
{
    Template value;
    QHash<QString, int> drawings;
};

constexpr int layoutCount = 1024;

/// One of the layouts that whole drafts are measured on, from 0: the same everywhere and for ever. Their subjects take the \a drawings of the pack in turn,
/// so that all layouts together show every one.
Layout makeLayout(int number, int drawings);

} // namespace Galley
