#pragma once

#include "core/base/json.h"
#include "core/routing/modelcatalogue.h"
#include "core/settings/keystore.h"

#include <QMap>
#include <QString>

namespace Galley {

/// What the keychain and the environment said about the keys, by name.
using FoundKeys = QMap<QString, Result<KeyStore::Found>>;

/// Whether a model of models.yaml can be used now, and what to do when it cannot.
struct ModelState
{
    QString word;      ///< "ready", "needs_key", "ends" (ready, but its shutdown is announced), "retired"
    QString sentence;  ///< empty for "ready"
    Cost cost = Cost::Unknown;
};

ModelState modelState(const ModelEntry &model, const ModelCatalogue &catalogue, const FoundKeys &keys, const QDate &today);

/// The names of all keys that models of \a catalogue need.
QStringList neededKeys(const ModelCatalogue &catalogue);

/// "0.06 USD", "0.03 to 0.64 USD", "0.05 USD for a megapixel", "free", "price not known".
QString priceText(const ModelEntry &model, Cost cost);

/// One line for people, without the line end.
QString modelLine(const ModelEntry &model, const ModelState &state);
Json modelJson(const ModelEntry &model, const ModelState &state);

} // namespace Galley
