#pragma once

#include <QPointF>
#include <QRectF>
#include <QSize>

#include <array>

namespace Galley {

/// Which part of the pictures the panes show: one zoom and one place for all of them, and for each pane what it was moved by itself. A plain value.
///
/// Pictures of different sizes are laid over one another in a common frame (the largest of them), so that the same part of each is in the same place;
/// whatever is remembered is a fraction of that frame and outlives a step to the next picture.
class LinkedView
{
public:
    static constexpr int panes = 9;
    static constexpr double minimumZoom = 0.02;
    static constexpr double maximumZoom = 32;

    /// \a frame: pixels of the largest picture. \a pane: the size of one pane in widget units, the same for all.
    void setFrame(const QSize &frame);
    void setViewport(const QSizeF &pane, double devicePixelRatio);

    QSize frame() const { return m_frame; }
    /// Whole pictures are shown, and stay whole when the window changes.
    bool isFitted() const { return m_fitted; }
    double devicePixelRatio() const { return m_ratio; }

    /// Where a picture of \a size lies when \a pane takes \a place; its top left corner is on a whole device pixel.
    QRectF pictureRect(int pane, const QSize &size, const QRectF &place) const;
    /// Device pixels for each pixel of a picture of \a size.
    double zoom(int pane, const QSize &size) const;

    /// Whole pictures in all panes; forgets what single panes were moved by.
    void fit();
    /// Zoom \a zoom for a picture of \a size in \a pane (at its \a anchor, which lies in \a place), and for all others as much.
    void setZoom(double zoom, int pane, const QSize &size, const QPointF &anchor, const QRectF &place);
    /// What lies under \a anchor stays there. \a alone: only this pane.
    void zoomBy(double factor, int pane, const QPointF &anchor, const QRectF &place, bool alone);
    /// \a delta in widget units.
    void panBy(const QPointF &delta, int pane, bool alone);

    bool isMoved(int pane) const;
    void resetPane(int pane);

    bool operator==(const LinkedView &) const = default;

private:
    struct Own
    {
        QPointF shift;      ///< fractions of the frame
        double factor = 1;

        bool operator==(const Own &) const = default;
    };

    double fittedScale() const;
    double scale(int pane) const;
    QPointF centre(int pane) const { return m_centre + m_own[std::size_t(pane)].shift; }
    QPointF perFrame(const QPointF &delta, double scale) const;
    static QSizeF inFrame(const QSize &size, const QSize &frame);
    void keepInSight();

    QSize m_frame{1, 1};
    QSizeF m_viewport{1, 1};
    double m_ratio = 1;
    double m_scale = 1;        ///< widget units for each pixel of the frame
    QPointF m_centre{0.5, 0.5};  ///< what is in the middle of a pane
    bool m_fitted = true;
    std::array<Own, panes> m_own;
};

} // namespace Galley
