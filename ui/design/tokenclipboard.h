#pragma once

#include "core/base/result.h"
#include "core/template/template.h"

class QMimeData;

namespace Galley {

/// Tokens on the clipboard: a template file (JSON) that holds only them and the slots which they use, so that they can be pasted
/// into another window, another canvas and a text editor, and are checked like any file from outside.

/// Caller owns the result. \a folder is where the image paths of \a source start.
QMimeData *tokensToMimeData(const Template &source, const QStringList &ids, const QString &folder);

bool hasTokens(const QMimeData *data);

/// What \a data holds, image paths relative to \a folder where they can be. Fails with a sentence when it is no token at all.
Result<Template> tokensFromMimeData(const QMimeData *data, const QString &folder);

/// Names of the slots that \a token inserts anywhere.
QStringList slotsOfToken(const Token &token);

} // namespace Galley
