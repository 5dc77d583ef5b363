#pragma once

#include <QStringList>

namespace Galley {

/// The statements that lead library.db from schema \a version to the next. A step that has been shipped is never changed: add one.
QStringList schemaStep(int version);

} // namespace Galley
