#pragma once

#include "core/base/result.h"
#include "core/template/resolve.h"

#include <QList>
#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace Galley {

/// How a model family wants its prompt.
enum class Dialect { Draft, Prose, IdeogramJson, FluxJson };

QString dialectName(Dialect dialect);  ///< "draft", "prose", "ideogram-json", "flux-json"
std::optional<Dialect> dialectFromName(const QString &name);
QList<Dialect> allDialects();

/// The picture size a model is asked for, and how it maps to the canvas: centre-cropped, then scaled (product.md §3).
struct Frame
{
    QSize picture;
    QSize canvas;
    QString ratio = {};  ///< "4x5" for models that take a ratio instead of a size; the picture's size is then only about right

    /// The part of the picture that the canvas shows, in pixels of the picture.
    QRectF visible() const;
    /// Share of the picture that is cut away, 0–1.
    double cropShare() const;
    /// \a box of the canvas, in fractions of the picture.
    Box toPicture(const Box &box) const;

    bool operator==(const Frame &) const = default;
};

/// What sizes a model allows. Exactly one kind is used: a list, ratios, or multiples within a pixel budget; empty = the canvas itself.
struct SizeRules
{
    QList<QSize> list;
    int multiple = 0;
    qint64 minPixels = 0;
    qint64 maxPixels = 0;
    int maxEdge = 0;  ///< 0: no limit of its own
    QStringList ratios = {};  ///< "4x5": the service decides the pixels, about \c maxPixels (1 MP when that is 0)

    bool operator==(const SizeRules &) const = default;
};

/// The allowed size that is nearest to the ratio of \a canvas (then the largest).
Frame frameFor(const QSize &canvas, const SizeRules &rules = {});

/// One generated layer of a draft: what the draft model is asked for one subject token.
struct DraftLayerPrompt
{
    QString tokenId;
    QString words;          ///< e.g. "a basket of apples", without style words
    QString style;          ///< one of the style words that composition draws, or empty
    QList<QColor> palette;  ///< at most 5
    QSizeF box;             ///< size of the box in canvas pixels: its ratio chooses the bucket
    QList<SlotSpan> spans;  ///< in words

    bool operator==(const DraftLayerPrompt &) const = default;
};

/// What one model family is sent for one variant.
struct CompiledPrompt
{
    Dialect dialect = Dialect::Prose;
    QString text;            ///< what is sent; for Draft a readable listing, one line a layer
    QList<SlotSpan> parts;   ///< which words of text came from which slot
    QStringList warnings;    ///< sentences
    QList<DraftLayerPrompt> layers;  ///< Draft only

    bool operator==(const CompiledPrompt &) const = default;
};

/// Compiles \a variant for \a dialect. Pure: same input, same bytes; no clock, no locale, no I/O. Thread-safe.
CompiledPrompt compilePrompt(const Variant &variant, Dialect dialect, const Frame &frame);

} // namespace Galley
