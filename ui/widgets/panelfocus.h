#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

namespace Galley {

/// Gives the focus to the visible panel after (or before) the one that has it, in the order of \a panels and round: what F6 does. A panel without a focus
/// of its own passes it to the first of its children that takes it.
void focusNextPanel(const QList<QPointer<QWidget>> &panels, bool forward);

} // namespace Galley
