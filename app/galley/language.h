#pragma once

#include <QString>

namespace Galley {

/// Installs the texts of \a language ("en", "de"; empty: the desktop's) and of Qt itself, before the first widget.
void installLanguage(const QString &language);

} // namespace Galley
