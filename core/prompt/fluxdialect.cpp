#include "core/prompt/colornames.h"
#include "core/prompt/dialects.h"
#include "core/prompt/placement.h"

namespace Galley::Prompts {

namespace {

void addSubject(PromptWriter &writer, const ResolvedToken &token)
{
    writer.nextEntry();
    writer.open(u'{');
    writer.addKey("description");
    if (isDrawnText(token)) {
        writer.addJson(joined({plainText(QStringLiteral("The text \"")), tidied(token.text),
                               plainText(QStringLiteral("\" in ") + letteringWords(token))},
                              QString()));
    } else {
        writer.addJson(withoutEnd(token.show));
    }
    writer.addKey("position");
    writer.addJson(placePhrase(token.token.box));
    QList<QColor> colors = token.palette;
    if (isDrawnText(token) && colors.isEmpty() && token.textColor.isValid())
        colors = {token.textColor};
    if (!colors.isEmpty()) {
        writer.addKey("color_palette");
        writer.addJsonList(hexNames(colors, 5));
    }
    writer.close(u'}');
}

ResolvedText styleWords(const Variant &variant)
{
    const ResolvedText medium = withoutEnd(variant.medium);
    const ResolvedText photo = withoutEnd(variant.photo);
    const ResolvedText art = photo.isEmpty() ? artStyleOf(variant) : photo;
    return joined({medium, art.text == medium.text ? ResolvedText() : art}, QStringLiteral(", "));
}

} // namespace

CompiledPrompt compileFlux(const Variant &variant, const Frame &frame)
{
    CompiledPrompt result;
    result.dialect = Dialect::FluxJson;
    result.warnings = commonWarnings(variant, frame);
    PromptWriter writer;
    writer.open(u'{');
    writer.addKey("scene");
    writer.addJson(summaryWithPlaces(variant));
    writer.addKey("subjects");
    writer.open(u'[');
    bool drawsText = false;
    for (const ResolvedToken &token : variant.tokens) {
        const Box box = clampedToCanvas(token.token.box);
        if (box.width * box.height <= 0 || (!isDrawnSubject(token) && !isDrawnText(token)))
            continue;
        addSubject(writer, token);
        drawsText = drawsText || isDrawnText(token);
    }
    writer.close(u']');
    writer.addKey("style");
    writer.addJson(styleWords(variant));
    if (!variant.palette.isEmpty()) {
        writer.addKey("color_palette");
        writer.addJsonList(hexNames(variant.palette, 16));
    }
    writer.addKey("lighting");
    writer.addJson(withoutEnd(variant.lighting));
    writer.addKey("mood");
    writer.addJson(withoutEnd(variant.aesthetics));
    writer.addKey("background");
    writer.addJson(backgroundWords(variant));
    writer.addKey("composition");
    const QString calm = calmPlaces(variant);
    const QString words = drawsText ? QStringLiteral("no other text") : QStringLiteral("no text, letters or logos");
    writer.addJson(calm.isEmpty() ? words : QStringLiteral("calm, uncluttered area ") + calm + QStringLiteral("; ") + words);
    writer.close(u'}');
    result.text = writer.result().text;
    result.parts = writer.result().spans;
    return result;
}

} // namespace Galley::Prompts
