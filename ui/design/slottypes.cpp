#include "ui/design/slottypes.h"

#include "core/template/resolve.h"

#include <QCoreApplication>

namespace Galley {

QList<SlotType> allSlotTypes()
{
    return {SlotType::Text, SlotType::Subject, SlotType::Color, SlotType::Image, SlotType::Number, SlotType::Choice};
}

QString slotTypeLabel(SlotType type)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Galley::SlotTypes", text); };
    switch (type) {
    case SlotType::Text: return tr("Text");
    case SlotType::Subject: return tr("Subject");
    case SlotType::Color: return tr("Colour");
    case SlotType::Image: return tr("Image");
    case SlotType::Number: return tr("Number");
    case SlotType::Choice: return tr("Choice");
    }
    return {};
}

QString slotTypeIcon(SlotType type)
{
    switch (type) {
    case SlotType::Text: return QStringLiteral("text_fields");
    case SlotType::Subject: return QStringLiteral("category");
    case SlotType::Color: return QStringLiteral("palette");
    case SlotType::Image: return QStringLiteral("image");
    case SlotType::Number: return QStringLiteral("numbers");
    case SlotType::Choice: return QStringLiteral("list");
    }
    return {};
}

QStringList colorSlotNames(const Template &value)
{
    QStringList names;
    for (const Slot &slot : value.slotList) {
        if (slot.type == SlotType::Color)
            names.append(slot.name);
    }
    return names;
}

void changeSlotType(Template &value, const QString &slot, SlotType type)
{
    Slot *found = value.findSlot(slot);
    if (!found || found->type == type)
        return;
    found->type = type;
    if (type == SlotType::Choice && found->choices.isEmpty())
        found->choices = {found->defaultValue.isEmpty() ? QCoreApplication::translate("Galley::SlotTypes", "One") : found->defaultValue};
    if (type == SlotType::Image) { // words are no path
        found->defaultValue.clear();
        found->optional = true;
    }
    if (checkSlotValue(*found, found->defaultValue).isEmpty())
        return;
    switch (type) {
    case SlotType::Color: found->defaultValue = QStringLiteral("#2462CC"); break;
    case SlotType::Number: found->defaultValue = QString::number(found->minimum.value_or(1)); break;
    case SlotType::Choice: found->defaultValue = found->choices.constFirst(); break;
    case SlotType::Text:
    case SlotType::Subject: found->maxChars.reset(); break;
    case SlotType::Image: break;
    }
}

} // namespace Galley
