#pragma once

#include "ui/compare/comparelayout.h"
#include "ui/compare/comparison.h"
#include "ui/compare/linkedview.h"
#include "ui/compare/panebar.h"
#include "ui/compare/picturepyramid.h"

#include <QPointer>
#include <QThreadPool>
#include <QTimer>
#include <QWidget>

#include <optional>

namespace Galley {

class CompareSet;
class ShownParts;

/// How the pictures are laid before the eye.
enum class CompareMode {
    Panes,       ///< one to nine side by side
    Wipe,        ///< one over the other, cut at a line that can be moved
    Flicker,     ///< one and the other in turn
    OnionSkin,   ///< one shining through the other
    Difference   ///< where they differ
};

/// A box that is drawn over a picture: where a final drifted from its draft.
struct CompareMark
{
    QRectF box;        ///< fractions of the picture
    QRectF from;       ///< where it was; the same: it did not move
    QString word;

    bool operator==(const CompareMark &) const = default;
};

/// The pictures of a CompareSet on screen: panes with linked zoom and pan, and what two of them can be laid over one another for. Paints; what is
/// decided goes to the set. Each pane is a child for screen readers. GUI thread; does not own the set.
class CompareView : public QWidget
{
    Q_OBJECT

public:
    explicit CompareView(CompareSet *set, QWidget *parent = nullptr);
    ~CompareView() override;

    CompareSet *set() const { return m_set; }
    const ComparePlaces &places() const { return m_places; }
    const LinkedView &view() const { return m_view; }

    /// One of layoutSizes(), or as many as the grid of models × rows takes.
    void setPanes(int panes);
    CompareGrid grid() const;
    CompareMode mode() const { return m_mode; }
    void setMode(CompareMode mode);
    bool isPairMode() const { return m_mode != CompareMode::Panes; }

    void setActive(int pane);
    void moveActive(int rows);           ///< to the pane above (-1) or below (1)
    int activePlace() const;             ///< in the set, as it is shown, flickered or not: what is judged; -1: nothing is shown
    void togglePin();
    void step(int by);                   ///< the others, or the active pane while all are shown
    void page(int by);
    void swapPair();
    /// Shows the other one of the pair in the same place, until it is called again.
    void flicker();
    void setAutoFlicker(bool automatic);
    bool isAutoFlicker() const { return m_flickerTimer.isActive(); }

    void fit();
    void zoomTo(double zoom);            ///< of the active picture, in the middle of its pane
    void zoomBy(double factor);
    double zoom() const;                 ///< device pixels for each pixel of the active picture
    void panBy(const QPointF &delta, bool alone);
    void resetPane();
    void setLinked(bool linked) { m_linked = linked; }
    bool isLinked() const { return m_linked; }

    double wipe() const { return m_wipe; }          ///< 0–1 of the view
    void setWipe(double wipe);
    bool isWipeUpright() const { return m_wipeUpright; }
    void setWipeUpright(bool upright);
    double opacity() const { return m_opacity; }    ///< of the second, 0–1
    void setOpacity(double opacity);
    int tolerance() const { return m_tolerance; }   ///< 0–255
    void setTolerance(int tolerance);
    /// What was measured between the two; empty while it is measured, or when there is nothing to say.
    QString differenceText() const;
    /// Drawn over the picture at \a place; -1: none.
    void setMarks(int place, const QList<CompareMark> &marks);

    QRect paneRect(int pane) const;      ///< in widget coordinates, line included; empty: no such pane
    QRect pictureArea(int pane) const;
    /// The line with what can be done with a picture: of each pane, or of the first (0) and the second (1) of a pair. Empty: there is none.
    QRect barRect(int bar) const;
    int barPlace(int bar) const;         ///< the picture that it is of; -1: none
    int shownPlace(int pane) const;      ///< what the pane shows now, flickered or not; -1: nothing
    /// What a screen reader says of it.
    QString paneSentence(int pane) const;

    QSize sizeHint() const override { return {900, 600}; }
    QSize minimumSizeHint() const override { return {320, 240}; }

Q_SIGNALS:
    void placesChanged();      ///< active, pinned, stepped, another layout
    void modeChanged();
    void viewChanged();        ///< zoom or place
    void amountChanged();      ///< wipe, opacity or tolerance
    void flickered();
    void differenceMeasured();
    void message(const QString &sentence);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    enum class Drag { None, Pan, Wipe };
    struct Difference
    {
        PicturePyramid::Ptr first;
        PicturePyramid::Ptr second;
        int tolerance = -1;
        PicturePyramid::Ptr picture;
    };
    /// It takes a second for large pictures and does not depend on the tolerance: measured once for each pair.
    struct Similarity
    {
        PicturePyramid::Ptr first;
        PicturePyramid::Ptr second;
        std::optional<double> value;
    };

    void onOpened();
    void onPictureChanged(int place);
    void relayout();
    void wantShown();
    void afterStep(bool moved);
    void changedView();
    void moving();
    int paneAt(const QPoint &point) const;
    int barHeight() const;
    int barAt(const QPoint &point) const;  ///< -1: none
    void judgeAt(int bar, const QPoint &point);
    QRect pairArea() const;
    int viewPane() const;                ///< whose place and zoom the keys change
    QRect areaOf(int pane) const { return isPairMode() ? pairArea() : pictureArea(pane); }
    bool isAlone(bool wanted) const { return m_mode != CompareMode::Difference && (wanted || !m_linked); }
    bool isNearWipe(const QPoint &point) const;
    double wipePixel() const;
    PaneBar::Look lookOf(int bar) const;
    void paintPane(QPainter &painter, int pane);
    void paintPair(QPainter &painter);
    void paintPairBars(QPainter &painter);
    void paintWipe(QPainter &painter, const QRect &area);
    void paintDifference(QPainter &painter, const QRect &area);
    void paintPicture(QPainter &painter, int place, int pane, const QRect &area, const QRect &clip);
    void paintPart(QPainter &painter, int key, const PicturePyramid::Ptr &pyramid, const QRectF &target, const QRect &clip);
    void paintEmpty(QPainter &painter, const QRect &area, const QString &sentence);
    void paintMarks(QPainter &painter, const QRectF &picture, const QRect &clip);
    QSize sizeOf(int place) const;
    void measure();
    void measureSimilarity();
    bool isOfPair(const PicturePyramid::Ptr &first, const PicturePyramid::Ptr &second) const;
    void forgetDifference();
    void updateHover(const QPoint &point);
    QString helpAt(const QPoint &point) const;
    void tellReader();

    CompareSet *m_set;
    ShownParts *m_parts;
    ComparePlaces m_places;
    LinkedView m_view;
    CompareMode m_mode = CompareMode::Panes;
    QList<QRect> m_panes;
    Difference m_difference;
    QString m_differenceText;
    Similarity m_similarity;
    bool m_isMeasuring = false;
    bool m_isMeasuringSimilarity = false;
    QTimer m_measureTimer;
    QTimer m_flickerTimer;
    QThreadPool m_pool;
    QList<CompareMark> m_marks;
    int m_marked = -1;
    double m_wipe = 0.5;
    double m_opacity = 0.5;
    int m_tolerance = 8;
    bool m_wipeUpright = true;
    bool m_linked = true;
    bool m_flickered = false;
    Drag m_drag = Drag::None;
    QPointF m_dragFrom;
    int m_dragPane = 0;
    int m_hoverBar = -1;
    int m_hoverStars = 0;
};

} // namespace Galley
