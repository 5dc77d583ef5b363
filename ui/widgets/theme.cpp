#include "ui/widgets/theme.h"

#include <QGuiApplication>
#include <QWidget>

#include <array>

namespace Galley {

namespace {

struct Pair
{
    QRgb light;
    QRgb dark;
};

/// In the order of ThemeColor.
constexpr std::array<Pair, 18> colors{{
    {0xFFC9C9C9, 0xFF2A2A2A},  // Surround
    {0xFFF3F3F3, 0xFF333333},  // Panel
    {0xFFFFFFFF, 0xFF3C3C3C},  // Raised
    {0xFFFFFFFF, 0xFF262626},  // Input
    {0xFF1D1D1D, 0xFFEDEDED},  // Text
    {0xFF5C5C5C, 0xFFB4B4B4},  // Secondary
    {0xFF9A9A9A, 0xFF7A7A7A},  // Disabled
    {0xFFD8D8D8, 0xFF454545},  // Line
    {0xFF2462CC, 0xFF7FAEFA},  // Accent
    {0xFF2462CC, 0xFF2462CC},  // Primary
    {0xFFFFFFFF, 0xFFFFFFFF},  // PrimaryText
    {0xFF1E7A49, 0xFF5CBF8A},  // Current
    {0xFF8A5A0A, 0xFFE0A84A},  // Stale
    {0xFF2462CC, 0xFF7FAEFA},  // Rendering
    {0xFFB83227, 0xFFF58A80},  // Danger
    {0xFF8C8C8C, 0xFF8A8A8A},  // InputBorder: 3:1 on raised ground too
    {0xFFE6E6E6, 0xFF424242},  // Hover
    {0xFFDADADA, 0xFF4C4C4C},  // Pressed
}};

/// Okabe and Ito's hues, darkened on light grounds and lightened on dark ones.
constexpr std::array<Pair, Theme::hues> hueColors{{
    {0xFF0066B3, 0xFF5AA9E6},  // blue
    {0xFFC24A00, 0xFFF0864A},  // vermilion
    {0xFF00805C, 0xFF3CC49A},  // bluish green
    {0xFF9E3F76, 0xFFE394C0},  // reddish purple
    {0xFF7D6B00, 0xFFE8D44D},  // yellow
    {0xFF2E86C1, 0xFF9AD5F5},  // sky blue
    {0xFF4A4A4A, 0xFFD0D0D0},  // grey
    {0xFF6B4BC8, 0xFFB7A1F5},  // violet
}};

QFont inter(int pixels, QFont::Weight weight)
{
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

} // namespace

Theme Theme::of(const QPalette &palette)
{
    return Theme(palette.color(QPalette::Active, QPalette::WindowText).lightness() > 127);
}

Theme Theme::of(const QWidget *widget)
{
    return of(widget->palette());
}

Theme Theme::current()
{
    return of(QGuiApplication::palette());
}

QColor Theme::color(ThemeColor color) const
{
    const Pair &pair = colors.at(std::size_t(color));
    return QColor::fromRgb(m_dark ? pair.dark : pair.light);
}

QColor Theme::hue(int index) const
{
    const Pair &pair = hueColors.at(std::size_t((index % hues + hues) % hues));
    return QColor::fromRgb(m_dark ? pair.dark : pair.light);
}

QPalette Theme::palette() const
{
    QPalette palette;
    palette.setColor(QPalette::Window, color(ThemeColor::Panel));
    palette.setColor(QPalette::WindowText, color(ThemeColor::Text));
    palette.setColor(QPalette::Base, color(ThemeColor::Input));
    palette.setColor(QPalette::AlternateBase, color(ThemeColor::Panel));
    palette.setColor(QPalette::Text, color(ThemeColor::Text));
    palette.setColor(QPalette::PlaceholderText, color(ThemeColor::Secondary));
    palette.setColor(QPalette::Button, color(ThemeColor::Raised));
    palette.setColor(QPalette::ButtonText, color(ThemeColor::Text));
    palette.setColor(QPalette::BrightText, color(ThemeColor::PrimaryText));
    palette.setColor(QPalette::ToolTipBase, color(ThemeColor::Raised));
    palette.setColor(QPalette::ToolTipText, color(ThemeColor::Text));
    palette.setColor(QPalette::Highlight, color(ThemeColor::Primary));
    palette.setColor(QPalette::HighlightedText, color(ThemeColor::PrimaryText));
    palette.setColor(QPalette::Link, color(ThemeColor::Accent));
    palette.setColor(QPalette::LinkVisited, color(ThemeColor::Accent));
    palette.setColor(QPalette::Light, color(ThemeColor::Raised));
    palette.setColor(QPalette::Midlight, color(ThemeColor::Line));
    palette.setColor(QPalette::Mid, color(ThemeColor::Line));
    palette.setColor(QPalette::Dark, color(ThemeColor::InputBorder));
    palette.setColor(QPalette::Shadow, m_dark ? QColor(Qt::black) : color(ThemeColor::InputBorder));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText})
        palette.setColor(QPalette::Disabled, role, color(ThemeColor::Disabled));
    palette.setColor(QPalette::Disabled, QPalette::Base, color(ThemeColor::Panel));
    palette.setColor(QPalette::Disabled, QPalette::Button, color(ThemeColor::Panel));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, color(ThemeColor::Line));
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, color(ThemeColor::Disabled));
    return palette;
}

QFont Theme::bodyFont()
{
    return inter(13, QFont::Normal);
}

QFont Theme::secondaryFont()
{
    return inter(11, QFont::Normal);
}

QFont Theme::titleFont()
{
    return inter(15, QFont::DemiBold);
}

} // namespace Galley
