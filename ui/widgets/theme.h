#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

class QWidget;

namespace Galley {

/// Every colour of the interface. Nothing else in ui/ names a colour.
enum class ThemeColor {
    Surround,     ///< round the artboard
    Panel,
    Raised,
    Input,
    Text,
    Secondary,    ///< secondary text
    Disabled,
    Line,         ///< separates, carries no meaning
    Accent,       ///< selection, focus, links
    Primary,      ///< the one button that acts
    PrimaryText,
    Current,      ///< state words and shapes
    Stale,
    Rendering,
    Danger,
    InputBorder,
    Hover,        ///< behind what the pointer is over
    Pressed
};

/// Colours, spacing and type of one look (light or dark). A plain value; the look in force follows from the palette, so that a
/// widget asks Theme::of(this) when it paints and a live switch needs nothing but QApplication::setPalette().
class Theme
{
public:
    static Theme light() { return Theme(false); }
    static Theme dark() { return Theme(true); }
    static Theme of(const QPalette &palette);
    static Theme of(const QWidget *widget);
    /// The look of the application's palette, for what has no widget (icon engines).
    static Theme current();

    bool isDark() const { return m_dark; }
    QColor color(ThemeColor color) const;
    /// One of eight hues for things of a kind (models in bars and charts) that stay apart for colour-blind eyes, after Okabe and Ito (2008); always
    /// beside a name. At least 3:1 on every ground; any \a index is taken modulo hues.
    QColor hue(int index) const;
    static constexpr int hues = 8;
    QPalette palette() const;

    // Pixels: multiples of 4.
    static constexpr int space1 = 4;
    static constexpr int space2 = 8;
    static constexpr int space3 = 12;
    static constexpr int space4 = 16;
    static constexpr int space6 = 24;
    static constexpr int radius = 4;
    static constexpr int controlHeight = 28;
    static constexpr int rowHeight = 24;
    static constexpr int iconSize = 16;
    static constexpr int toolIconSize = 20;

    static QFont bodyFont();       ///< Inter 13 px
    static QFont secondaryFont();  ///< 11 px
    static QFont titleFont();      ///< 15 px, semibold

    bool operator==(const Theme &) const = default;

private:
    explicit Theme(bool dark)
        : m_dark(dark)
    {}
    bool m_dark;
};

} // namespace Galley
