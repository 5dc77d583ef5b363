#pragma once

#include "core/base/json.h"
#include "core/service/localmodels.h"

namespace Galley {

/// What `galley models` says of a model that somebody added, beside what it says of every local one: family, path, size, memory, licence, integrity.
Json localCardJson(const LocalModelCard &card);
/// "unchanged", "changed", "missing", "not_kept"
QString filesStateName(LocalModelCard::Files state);
/// Lines for people below the model's own: what it is, where it lies, whether it can run here.
QStringList localCardLines(const LocalModelCard &card);
/// "2.6 GB", "87 MB"
QString bytesText(qint64 bytes);

} // namespace Galley
