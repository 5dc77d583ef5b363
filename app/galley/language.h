#pragma once

#include <QString>

namespace Galley {

/// Installs the texts of \a language ("en", "de"; empty: the desktop's) and of Qt itself, before the first widget.
void installLanguage(const QString &language);

/// Names the application and installs the plurals of a command, which speaks English everywhere: scripts read it. After the QCoreApplication.
void beginCommand();

} // namespace Galley
