#pragma once

#include "core/template/template.h"

namespace Galley {

QList<SlotType> allSlotTypes();
QString slotTypeLabel(SlotType type);  ///< "Text", as people read it
QString slotTypeIcon(SlotType type);
/// The slots that a colour may come from.
QStringList colorSlotNames(const Template &value);
/// Gives the slot another type; a default that the new type refuses is replaced by one that it takes.
void changeSlotType(Template &value, const QString &slot, SlotType type);

} // namespace Galley
