#pragma once

#include "core/template/resolve.h"

#include <QColor>
#include <QHash>
#include <QImage>
#include <QList>
#include <QRectF>
#include <QSize>
#include <QStringList>

#include <memory>

class QPainter;

namespace Galley {

/// One thing that lies on the canvas. All lengths are canvas pixels. A plain value; equal items paint equal pixels.
struct SceneItem
{
    enum class Kind {
        Ground,   ///< procedural, over the whole canvas; always the first item
        Fill,     ///< a rounded rectangle of one colour
        Subject,  ///< a cut-out from the model or the clip-art pack, fitted into the box
        Picture,  ///< the user's own image, fitted into the box, alpha kept
        Text      ///< typeset exactly
    };

    Kind kind = Kind::Fill;
    QString tokenId;  ///< empty for the canvas' own ground
    QRectF rect;
    double opacity = 1;
    double radius = 0;
    QColor fill;            ///< Fill and the base colour of Ground
    QList<QColor> palette;  ///< Ground: the colours of its pattern; Subject: recolour to the first (in code, exact, never the model)
    QString words;          ///< Ground: chooses the procedural family; Subject: what it shows
    QString styleWord;      ///< Subject: the style that a cut-out is drawn in (StyledCutout), whatever drew it; empty as it is
    QString imagePath;      ///< Picture
    QString text;           ///< Text
    TextStyle style;        ///< Text
    QColor color;           ///< Text
    double canvasHeight = 0;  ///< Text: what the sizes of style are fractions of
    bool cover = false;     ///< Picture: fills the box and is cropped, instead of lying whole inside it

    bool operator==(const SceneItem &) const = default;
};

/// Everything that is painted, bottom first. A token may give several items (fill below text).
struct Scene
{
    QSize canvas;
    QList<SceneItem> items;

    bool operator==(const Scene &) const = default;
};

/// The scene of \a variant. Pure. Text tokens of mode Drawn, which only a large model can draw, are set in the draft too.
Scene buildScene(const Variant &variant);

/// What is painted over the picture of a large model: the tokens that are set (ResolvedToken::isSet()), and nothing that the model drew. The
/// picture itself is the first item, a Picture without a token id that covers the canvas: centre-cropped, then scaled (product.md §3). A background
/// is never painted, since it would hide the picture; what else is set but cannot show is told by finalSceneNotes(). Pure.
Scene buildFinalScene(const Variant &variant);

/// Sentences about what a final cannot show as the draft does: a set background, a set subject that has words but no image, and a drawn token
/// that lies over something set.
QStringList finalSceneNotes(const Variant &variant);

/// \a draft without the texts that are set: what a model is sent as start picture, so that it does not draw them a second time.
Scene startScene(const Scene &draft, const Variant &variant);

/// The key of the model's picture in LayerPictures; \a picture laid on the canvas' colour where it is transparent.
inline QString finalPictureKey()
{
    return {};
}
QImage finalGround(const QImage &picture, const QColor &background);

/// What the painter needs besides the scene: subject pictures and user images by token id.
using LayerPictures = QHash<QString, QImage>;

/// Something that the painter could not do as asked; shown in the Issues list and in preflight.
struct SceneProblem
{
    QString tokenId;
    QString code;     ///< "overflow", "missing_glyph", "missing_image"
    QString message;  ///< a sentence
    bool operator==(const SceneProblem &) const = default;
};

/// Where the cut-out \a picture lies when fitted into \a box: as large as its visible part allows, ratio kept, centred.
QRectF fitCutout(const QSize &visiblePicture, const QRectF &box);

/// Paints scenes. Holds small caches (grounds, text layouts, scaled, recoloured and styled cut-outs) so that a repaint after a drag costs
/// milliseconds; caches are bounded and keyed by everything that shapes the pixels. One object per thread (the GUI has its own).
class ScenePainter
{
public:
    ScenePainter();
    ~ScenePainter();
    ScenePainter(const ScenePainter &) = delete;
    ScenePainter &operator=(const ScenePainter &) = delete;

    /// Paints one item; \a painter is in canvas coordinates and may be scaled (zoom, device pixels).
    /// A Subject without a picture paints a quiet placeholder with its words unless \a placeholders is false.
    void paintItem(QPainter &painter, const SceneItem &item, const LayerPictures &pictures, bool placeholders = true);

    void paint(QPainter &painter, const Scene &scene, const LayerPictures &pictures, bool placeholders = true);

    /// The composed picture, opaque, Format_RGB32-compatible RGBA8888, sRGB; \a output may differ from the canvas (a scale).
    /// The same scene, pictures and size give the same bytes on every machine that has the bundled fonts.
    QImage compose(const Scene &scene, const LayerPictures &pictures, const QSize &output);

    /// One item alone on a transparent canvas: what `--layers` writes.
    QImage composeItem(const Scene &scene, const SceneItem &item, const LayerPictures &pictures, const QSize &output);

    /// What cannot be painted as asked: text that overflows, glyphs that no bundled font has, images that are missing.
    QList<SceneProblem> problems(const Scene &scene, const LayerPictures &pictures);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Loads the bundled fonts from \a resources/fonts into the application (needs QGuiApplication). Once per process; idempotent.
/// Returns the families that became available.
QStringList loadBundledFonts(const QString &resources);

} // namespace Galley
