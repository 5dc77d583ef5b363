#pragma once

#include "core/base/result.h"
#include "core/template/finding.h"
#include "core/template/template.h"

#include <QColor>

namespace Galley {

/// Words [start, end) of a text (UTF-16 units) that came from slot \a slot.
struct SlotSpan
{
    int start = 0;
    int end = 0;
    QString slot;

    bool operator==(const SlotSpan &) const = default;
};

/// A `<token>` of a text, at [start, end) of the resolved text. Slot values never make one: `<hero>` in a CSV cell is words.
struct TokenReference
{
    int start = 0;
    int end = 0;
    QString token;

    bool operator==(const TokenReference &) const = default;
};

/// A text after insertion of slot values.
struct ResolvedText
{
    QString text;
    QList<SlotSpan> spans;  ///< in order; an empty value leaves a span of no length
    QList<TokenReference> references = {};  ///< in order; style texts and `show` only

    bool isEmpty() const { return text.isEmpty(); }
    bool operator==(const ResolvedText &) const = default;
};

/// A token with every `{slot}` replaced.
struct ResolvedToken
{
    Token token;  ///< as in the template: id, role, box, style …
    ResolvedText show;
    ResolvedText text;
    QString imagePath;  ///< absolute, or empty
    QList<QColor> palette;
    QColor fill;        ///< invalid: none
    QColor textColor;

    /// Galley paints it, the model is not asked: by its mode, or because it has a picture and no words that a model could be asked with.
    /// Prompts and the composed final go by the same answer, so that nothing is painted twice and nothing is lost.
    bool isSet() const;

    bool operator==(const ResolvedToken &) const = default;
};

/// Template × row: what is to be drawn and said. Hidden tokens, and tokens whose only content is an optional empty slot, are gone;
/// tokens are sorted by z, file order among equals.
struct Variant
{
    QString name;
    QString project;
    QString intent;
    QSize canvas;
    double safeArea = 0;
    QColor background;
    Style style;             ///< texts below replace its slot-bearing ones
    ResolvedText summary;
    ResolvedText medium;
    ResolvedText artStyle;
    ResolvedText photo;
    ResolvedText aesthetics;
    ResolvedText lighting;
    QList<QColor> palette;
    QList<ResolvedToken> tokens;

    const ResolvedToken *findToken(const QString &id) const;
    bool operator==(const Variant &) const = default;
};

/// Inserts \a row into \a value. \a folder is where the template lies: image paths of the template are relative to it, those of
/// the row to row.folder. Fails with the first unknown slot, wrong colour, or value that its slot refuses; the sentence names
/// token, key and slot. Pure.
Result<Variant> resolve(const Template &value, const Row &row, const QString &folder = {});

/// Checks one value against its slot: type, limits, choices. Empty string = fine, else the sentence.
QString checkSlotValue(const Slot &slot, const QString &value);

/// Names of the slots that \a text inserts; `{{`, `}}` and `<<` are the characters themselves.
QStringList slotsIn(const QString &text);
/// Ids of the tokens that \a text names as `<id>`.
QStringList tokensIn(const QString &text);

/// "#RGB", "#RRGGBB", "#RRGGBBAA"; invalid otherwise (no colour names: they differ between systems).
QColor parseColor(const QString &text);

} // namespace Galley
