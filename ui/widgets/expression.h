#pragma once

#include <QString>

#include <optional>

namespace Galley {

/// The value of what people type into number fields: numbers, + - * / ×, brackets, a comma or point as decimal sign.
/// Nothing for anything else, for a division by zero, and for what is not finite.
std::optional<double> evaluateExpression(const QString &text);

} // namespace Galley
