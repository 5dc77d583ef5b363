#pragma once

#include "core/composition/cutouts.h"
#include "core/composition/scene.h"
#include "tests/core/composition/layouts.h"

#include <QSet>
#include <QStringList>

namespace Galley {

/// What whole drafts show, measured on their pixels and held against what the composition promises: no layer changes another; a subject lies whole inside of
/// its box, as large as that allows, ratio kept, in the middle; set text keeps to its box, or is said not to fit; and it has the contrast that the colours of
/// the template have, to the last level. Places and contrasts are worked out here anew. Colours are the person's own: that they suffice is nobody's promise,
/// and only counted.
class LayoutFigures
{
public:
    explicit LayoutFigures(std::shared_ptr<const CutoutLibrary> pack)
        : m_pack(std::move(pack))
    {}

    void add(const Layout &layout);

    /// A sentence for each promise that was not kept.
    const QStringList &misses() const { return m_misses; }

    struct Subjects
    {
        int count = 0;
        int partlyOutside = 0;    ///< of the canvas
        int exact = 0;            ///< to the pixel
        int withinPixel = 0;      ///< at each side
        int inside = 0;           ///< nothing outside of the box
        double smallestIou = 1;
        double smallestIouFrom100 = 1;  ///< what shows is at least 100 px wide and high
        double largestOffset = 0; ///< of a side, pixels
    };
    struct Texts
    {
        int count = 0;
        int whole = 0;     ///< all ink lies inside of the box
        int reported = 0;  ///< not so, and among ScenePainter::problems()
        int outside = 0;   ///< ink outside of a box that does not grow: none is allowed
    };
    /// Texts over one colour, where the template alone says what the contrast is.
    struct OnColor
    {
        int count = 0;
        int exact = 0;
        int readable = 0;         ///< by the template: 4.5 : 1
        int readablePainted = 0;  ///< of these, in the picture
        double least = 21;        ///< painted, of these
        double largestDifference = 0;
    };
    /// Texts over patterns, subjects and edges.
    struct OnPictures
    {
        int count = 0;
        int exact = 0;       ///< the ink has the template's colour
        int enough = 0;      ///< WCAG's, in the worst tenth
        double least = 21;
    };
    const Subjects &subjects() const { return m_subjects; }
    const Texts &texts() const { return m_texts; }
    const OnColor &onColor() const { return m_onColor; }
    const OnPictures &onPictures() const { return m_onPictures; }
    int count() const { return m_layouts; }
    int independent() const { return m_independent; }        ///< drafts that are their layers painted one by one
    int drawings() const { return int(m_drawings.size()); }  ///< how many of the pack were shown

private:
    struct Draft;
    void addSubject(const Draft &draft, const SceneItem &item);
    void addText(const Draft &draft, const SceneItem &item, const QImage &layer);
    void addContrast(const Draft &draft, const SceneItem &item, const QImage &layer, const QImage &below, const QImage &after);
    void miss(const Draft &draft, const SceneItem &item, const QString &what);

    std::shared_ptr<const CutoutLibrary> m_pack;
    ScenePainter m_painter;  ///< one for all, as a window has: what it keeps of one layout must not show in the next
    QStringList m_misses;
    QSet<int> m_drawings;
    int m_layouts = 0;
    int m_independent = 0;
    Subjects m_subjects;
    Texts m_texts;
    OnColor m_onColor;
    OnPictures m_onPictures;
};

} // namespace Galley
