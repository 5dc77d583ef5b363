#pragma once

#include <QString>
#include <QStringList>

namespace Galley {

/// Whether \a name can be a token's id: `[a-z][a-z0-9_-]*`, at most 64 characters.
bool isTokenId(QStringView name);

/// Whether \a name can be a slot's name: `[a-z][a-z0-9_]*`, at most 64 characters.
bool isSlotName(QStringView name);

/// The one of \a names that is spelled most like \a name, for "Did you mean …?"; empty when none is near.
QString nearestName(const QString &name, const QStringList &names);

} // namespace Galley
