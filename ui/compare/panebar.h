#pragma once

#include <QRect>
#include <QString>

class QPainter;

namespace Galley {

class CompareSet;
class Theme;

/// The line under a picture: its number, who made it, what was decided, its stars, its scores. Geometry and painting; knows no widget.
class PaneBar
{
public:
    enum class Part { None, Pin, Pick, Reject, Stars, Scores };

    static constexpr int height = 28;
    static constexpr int scoresHeight = 16;  ///< of a second line

    struct Look
    {
        QString number;          ///< the key that chooses the pane; empty: none
        bool isActive = false;
        bool isHovered = false;  ///< what can be pressed is shown
        bool isPinned = false;
        bool isMoved = false;    ///< by itself, away from the others
        int hoverStars = 0;      ///< that a click would give
    };

    explicit PaneBar(const QRect &rect)
        : m_rect(rect)
    {}

    /// Narrow bars leave out what can be done by key.
    bool hasButtons() const;
    QRect partRect(Part part) const;
    Part partAt(const QPoint &point) const;
    /// 1–5 for a point on the stars.
    int starsAt(const QPoint &point) const;

    void paint(QPainter &painter, const Theme &theme, const CompareSet &set, int place, const Look &look) const;

private:
    QRect firstLine() const;
    int wordsEnd(const CompareSet &set, int place, const Look &look) const;
    void paintDecision(QPainter &painter, const Theme &theme, const CompareSet &set, int place, const Look &look) const;
    void paintScores(QPainter &painter, const Theme &theme, const CompareSet &set, int place) const;

    QRect m_rect;
};

/// "text 0.98 · contrast 1.00": empty while nobody may know, and without scores.
QString scoresLine(const CompareSet &set, int place);
/// Each score with what it can and cannot tell, for the tool tip.
QString scoresHelp(const CompareSet &set, int place);

} // namespace Galley
