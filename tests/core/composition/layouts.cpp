#include "tests/core/composition/layouts.h"

#include "core/imaging/colormath.h"

#include <algorithm>
#include <array>
#include <utility>

namespace Galley {

namespace {

/// SplitMix64, and whole numbers only: the distributions of <random> differ between libraries. Never two of them in one call: the order of arguments
/// differs between compilers.
class Draw
{
public:
    explicit Draw(int number)
        : m_state(0x6A09E667F3BCC908ULL + quint64(number) * 0xD1342543DE82EF95ULL)
    {}
    int below(int n)
    {
        m_state += 0x9E3779B97F4A7C15ULL;
        quint64 z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return int(((z ^ (z >> 31)) >> 32) * quint64(n) >> 32);
    }
    int between(int least, int most) { return least + below(most - least + 1); }
    bool oneIn(int n) { return below(n) == 0; }
    template<typename List>
    auto of(const List &list)
    {
        return *(std::begin(list) + below(int(std::size(list))));
    }

private:
    quint64 m_state;
};

/// Boxes are drawn in the four decimals that files have.
constexpr int whole = 10000;

Box boxOf(int x, int y, int width, int height)
{
    return {x / double(whole), y / double(whole), width / double(whole), height / double(whole)};
}

/// As many small sides as large ones.
int side(Draw &draw)
{
    const int least = draw.of(std::array{150, 250, 400, 600, 900, 1300, 1900, 2700, 4000, 6000, 9000});
    return least + draw.below(least / 2);
}

/// On the canvas as a whole where it fits; one in \a outside with only its middle on it.
Box placed(Draw &draw, int width, int height, int outside)
{
    const bool mayStickOut = draw.oneIn(outside);
    const auto start = [&](int length) {
        return mayStickOut || length > whole ? draw.between(-length / 2, whole - length / 2) : draw.below(whole - length + 1);
    };
    const int x = start(width);
    return boxOf(x, start(height), width, height);
}

QString color(Draw &draw)
{
    return QColor::fromRgb(0xFF000000U | QRgb(draw.below(0x1000000))).name();
}

QStringList colors(Draw &draw, int most)
{
    QStringList result;
    for (int i = draw.between(0, most); i > 0; --i)
        result.append(color(draw));
    return result;
}

Token token(Draw &draw, const char *stem, int number, Role role, const Box &box)
{
    Token result;
    result.id = QLatin1String(stem) + QString::number(number);
    result.role = role;
    result.box = box;
    if (draw.oneIn(8))
        result.opacity = draw.of(std::array{0.3, 0.6, 0.85});
    return result;
}

Token ground(Draw &draw)
{
    Token result = token(draw, "ground", 0, Role::Background, {0, 0, 1, 1});
    result.z = -1;
    result.show = QString::fromLatin1(draw.of(std::array{"plain", "plain", "plain", "gradient", "glow", "stripes", "dots", "sunburst", "waves", "hills",
                                                         "confetti", "grain", "paper", "bokeh"}));
    result.palette = colors(draw, 4);
    if (draw.oneIn(3))
        result.fill = color(draw);
    return result;
}

Token panel(Draw &draw, int number)
{
    const int width = draw.oneIn(3) ? whole : draw.between(800, 9000);
    const int height = draw.between(500, 6000);
    Token result = token(draw, "panel", number, Role::Panel, placed(draw, width, height, 4));
    result.z = draw.below(3);
    result.fill = color(draw);
    if (draw.oneIn(2))
        result.radius = draw.below(600) / double(whole);
    return result;
}

Token subject(Draw &draw, int number)
{
    const int width = side(draw);
    const int height = side(draw);
    Token result = token(draw, "subject", number, Role::Subject, placed(draw, width, height, 3));
    result.z = draw.below(4);
    if (draw.oneIn(4))
        result.palette = {color(draw)};
    return result;
}

QString words(Draw &draw)
{
    static const QStringList known = QStringLiteral("a Spring Market jumpy fjord QUAYS of 12:30 €\u00a04,50 Grüße Ångström (fluffy) Wandertagebuchseiten "
                                                    "Rindfleischetikettierungsgesetz the Élysée open Öffnungszeiten")
                                         .split(QLatin1Char(' '));
    QStringList result;
    for (int i = draw.of(std::array{1, 1, 2, 3, 5, 8, 16, 30}); i > 0; --i)
        result.append(draw.of(known));
    return result.join(QLatin1Char(draw.oneIn(8) ? '\n' : ' '));
}

/// What a person would take who sees \a below.
QString readableOn(Draw &draw, const QString &below)
{
    constexpr double readable = 4.5;
    QStringList choices{QStringLiteral("#1B1B1B"), QStringLiteral("#FFF3DC"), QStringLiteral("#123B2E")};
    std::rotate(choices.begin(), choices.begin() + draw.below(3), choices.end());
    choices << QStringLiteral("#000000") << QStringLiteral("#FFFFFF");
    for (const QString &choice : std::as_const(choices)) {
        if (contrastRatio(QColor(choice), QColor(below)) >= readable)
            return choice;
    }
    return choices.last();
}

TextStyle textStyle(Draw &draw)
{
    TextStyle style;
    style.font.family = QString::fromLatin1(draw.of(std::array{"Inter", "Inter", "Bebas Neue", "Noto Serif Display"}));
    style.font.weight = draw.of(std::array{400, 500, 700, 800});
    style.font.italic = draw.oneIn(8);
    if (!draw.oneIn(3))
        style.size = draw.between(120, draw.oneIn(4) ? 1500 : 400) / double(whole);
    style.minSize = draw.of(std::array{0.012, 0.012, 0.03, 0.06});
    style.lineHeight = draw.of(std::array{0.8, 0.95, 1.0, 1.1, 1.2, 1.2, 1.35, 1.8});
    style.letterSpacing = draw.of(std::array{0.0, 0.0, 0.0, 0.004, -0.001});
    style.align = HorizontalAlign(draw.below(3));
    style.valign = VerticalAlign(draw.below(3));
    style.fit = draw.of(std::array{TextFit::Shrink, TextFit::Shrink, TextFit::Wrap, TextFit::Grow, TextFit::Error});
    return style;
}

Token text(Draw &draw, int number, const Template &value)
{
    const Role role = draw.of(std::array{Role::Headline, Role::Subhead, Role::Body, Role::Caption, Role::Cta});
    const int width = draw.between(1200, 9500);
    const int height = draw.between(250, 4000);
    Token result = token(draw, "text", number, role, placed(draw, width, height, 8));
    result.z = draw.between(4, 6);
    result.text = words(draw);
    result.style = textStyle(draw);
    if (draw.oneIn(3)) {
        result.fill = color(draw);
        result.radius = draw.below(400) / double(whole);
    }
    QString below = value.canvas.background;
    for (const Token &each : value.tokens) {
        const QRectF box = each.box.toRect({whole, whole});
        if (each.role == Role::Panel && box.contains(result.box.toRect({whole, whole}).center()))
            below = each.fill;
    }
    result.style.color = draw.oneIn(6) ? color(draw) : readableOn(draw, result.fill.isEmpty() ? below : result.fill);
    return result;
}

/// One to five subjects in turn, and how many the layouts before had.
std::pair<int, int> subjectsOf(int number)
{
    const int turn = number % 5;
    return {turn + 1, number / 5 * 15 + turn * (turn + 1) / 2};
}

} // namespace

Layout makeLayout(int number, int drawings)
{
    static constexpr std::array canvases{
        // those of the shipped templates
        std::pair{1080, 1350}, std::pair{1080, 1080}, std::pair{1080, 1920}, std::pair{1280, 720}, std::pair{1200, 400},
        // and others: print, advertisements, a banner upright and lying, an odd one
        std::pair{595, 842}, std::pair{1754, 1240}, std::pair{300, 250}, std::pair{728, 90}, std::pair{160, 600}, std::pair{333, 777}};
    Draw draw(number);
    Layout layout;
    Template &value = layout.value;
    value.name = QStringLiteral("layout %1").arg(number);
    const auto [width, height] = draw.of(canvases);
    value.canvas.size = {width, height};
    value.canvas.background = color(draw);
    if (!draw.oneIn(4))
        value.tokens.append(ground(draw));
    for (int i = 0, panels = draw.below(4); i < panels; ++i)
        value.tokens.append(panel(draw, i));
    const auto [subjects, before] = subjectsOf(number);
    for (int i = 0; i < subjects; ++i) {
        Token made = subject(draw, i);
        const int drawing = (before + i) % drawings;
        made.show = QStringLiteral("drawing %1").arg(drawing);
        layout.drawings.insert(made.id, drawing);
        value.tokens.append(made);
    }
    for (int i = 0, texts = draw.below(4); i < texts; ++i)
        value.tokens.append(text(draw, i, value));
    return layout;
}

} // namespace Galley
