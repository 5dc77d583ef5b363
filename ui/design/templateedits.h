#pragma once

#include "core/template/template.h"

#include <QStringList>

namespace Galley {

// Edits of a template that touch more than one value. Pure; handed to TemplateDocument::apply().

/// Gives the slot \a from the name \a to, and every `{from}` with it.
void renameSlot(Template &value, const QString &from, const QString &to);
/// Deletes the slot; its default takes its place wherever it was inserted.
void deleteSlot(Template &value, const QString &slot);
/// Adds a slot of \a type and returns its name: \a stem, stem-2 …
QString addSlot(Template &value, const QString &stem, SlotType type);
/// Gives the token \a from the id \a to, and every `<from>` of the summary with it.
void renameToken(Template &value, const QString &from, const QString &to);
/// Numbers z from the bottom so that the tokens lie in \a topFirst order.
void orderTokens(Template &value, const QStringList &topFirst);

/// Ids with the topmost token first, as the token list shows them.
QStringList tokensTopFirst(const Template &value);

/// The glyph that stands for \a role.
QString roleIcon(Role role);

/// Empty when \a id may be the name of a token or slot, else the sentence why not.
QString nameProblem(const QString &id);

} // namespace Galley
