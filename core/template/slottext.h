#pragma once

#include <QList>
#include <QString>

namespace Galley {

/// Whether `<id>` in a text names another token (style texts, `show`) or is just characters (what text tokens say).
enum class References { Recognised, Literal };

/// A piece of a template's text: characters, an inserted slot, or a named token.
struct TextPiece
{
    enum class Kind { Literal, Slot, Token };

    Kind kind = Kind::Literal;
    QString value;  ///< the characters with `{{`, `}}`, `<<` undone; the slot's name; the token's id

    bool operator==(const TextPiece &) const = default;
};

/// A template's text, taken apart. A brace that opens no name is just a brace, as it is while somebody types; \a problem then
/// says so.
struct SlotText
{
    QList<TextPiece> pieces;
    QString problem;

    bool operator==(const SlotText &) const = default;
};

SlotText parseSlotText(const QString &text, References references = References::Recognised);

} // namespace Galley
