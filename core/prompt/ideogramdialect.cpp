#include "core/prompt/colornames.h"
#include "core/prompt/dialects.h"
#include "core/prompt/placement.h"

#include <algorithm>
#include <cmath>

namespace Galley::Prompts {

namespace {

/// [y_min, x_min, y_max, x_max] on 0–1000 of the picture; empty when nothing of the box is in the picture.
QList<int> boundingBox(const Box &box, const Frame &frame)
{
    const Box shown = clampedToCanvas(frame.toPicture(clampedToCanvas(box)));
    if (shown.width <= 0 || shown.height <= 0)
        return {};
    const auto scaled = [](double value) { return std::clamp(int(std::lround(value * 1000)), 0, 1000); };
    int left = scaled(shown.x);
    int top = scaled(shown.y);
    int right = scaled(shown.x + shown.width);
    int bottom = scaled(shown.y + shown.height);
    if (right <= left)
        left == 1000 ? --left : right = left + 1;
    if (bottom <= top)
        top == 1000 ? --top : bottom = top + 1;
    return {top, left, std::max(bottom, top + 1), std::max(right, left + 1)};
}

void addPalette(PromptWriter &writer, const QList<QColor> &colors, qsizetype most)
{
    if (colors.isEmpty())
        return;
    writer.addKey("color_palette");
    writer.addJsonList(hexNames(colors, most));
}

void addStyle(PromptWriter &writer, const Variant &variant)
{
    writer.addKey("style_description");
    writer.open(u'{');
    writer.addKey("aesthetics");
    writer.addJson(withoutEnd(variant.aesthetics));
    writer.addKey("lighting");
    writer.addJson(withoutEnd(variant.lighting));
    const ResolvedText photo = withoutEnd(variant.photo);
    if (!photo.isEmpty()) {
        writer.addKey("photo");
        writer.addJson(photo);
    }
    writer.addKey("medium");
    writer.addJson(withoutEnd(variant.medium));
    if (photo.isEmpty()) {
        writer.addKey("art_style");
        writer.addJson(artStyleOf(variant));
    }
    addPalette(writer, variant.palette, 16);
    writer.close(u'}');
}

void addElement(PromptWriter &writer, const ResolvedToken &token, const QList<int> &box)
{
    const bool text = isDrawnText(token);
    writer.nextEntry();
    writer.open(u'{');
    writer.addKey("type");
    writer.addJson(text ? QStringLiteral("text") : QStringLiteral("obj"));
    writer.addKey("bbox");
    writer.add(QStringLiteral("[%1,%2,%3,%4]").arg(box.at(0)).arg(box.at(1)).arg(box.at(2)).arg(box.at(3)));
    if (text) {
        writer.addKey("text");
        writer.addJson(token.text);
    }
    writer.addKey("desc");
    if (text)
        writer.addJson(letteringWords(token));
    else
        writer.addJson(withoutEnd(token.show));
    if (text && token.palette.isEmpty() && token.textColor.isValid())
        addPalette(writer, {token.textColor}, 5);
    else
        addPalette(writer, token.palette, 5);
    writer.close(u'}');
}

} // namespace

CompiledPrompt compileIdeogram(const Variant &variant, const Frame &frame)
{
    CompiledPrompt result;
    result.dialect = Dialect::IdeogramJson;
    result.warnings = commonWarnings(variant, frame);
    PromptWriter writer;
    writer.open(u'{');
    writer.addKey("high_level_description");
    writer.addJson(summaryWithPlaces(variant));
    addStyle(writer, variant);
    writer.addKey("compositional_deconstruction");
    writer.open(u'{');
    writer.addKey("background");
    const QString calm = calmPlaces(variant);
    writer.addJson(joined({backgroundWords(variant),
                           plainText(calm.isEmpty() ? QString() : QStringLiteral("calm and uncluttered ") + calm)},
                          QStringLiteral("; ")));
    writer.addKey("elements");
    writer.open(u'[');
    for (const ResolvedToken &token : variant.tokens) {
        const QList<int> box = isDrawnSubject(token) || isDrawnText(token) ? boundingBox(token.token.box, frame) : QList<int>();
        if (!box.isEmpty())
            addElement(writer, token, box);
    }
    writer.close(u']');
    writer.close(u'}');
    writer.close(u'}');
    result.text = writer.result().text;
    result.parts = writer.result().spans;
    return result;
}

} // namespace Galley::Prompts
