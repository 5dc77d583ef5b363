#include "core/prompt/colorname.h"
#include "core/prompt/promptcontent.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Galley {

namespace {

struct JsonTr
{
    Q_DECLARE_TR_FUNCTIONS(Galley::PromptCompiler)
};

constexpr int elementColors = 5;
constexpr int imageColors = 16;

/// [from, to] of one side on Ideogram's grid of 0–1000, never empty.
std::pair<int, int> gridSpan(double start, double length)
{
    int from = std::clamp(int(std::lround(start * 1000)), 0, 1000);
    int to = std::clamp(int(std::lround((start + length) * 1000)), 0, 1000);
    if (from >= to) {
        from = std::min(from, 999);
        to = from + 1;
    }
    return {from, to};
}

QString bboxJson(const Box &box)
{
    const auto [left, right] = gridSpan(box.x, box.width);
    const auto [top, bottom] = gridSpan(box.y, box.height);
    return QStringLiteral("[%1,%2,%3,%4]").arg(top).arg(left).arg(bottom).arg(right);
}

/// The colours of an element: its own, and for text that of the letters and of what lies under them.
QList<QColor> elementPalette(const PromptItem &item)
{
    QList<QColor> colors;
    if (item.kind == PromptItem::Kind::Text)
        colors.append(item.token->textColor);
    if (item.token->fill.isValid())
        colors.append(item.token->fill);
    for (const QColor &color : item.token->palette) {
        if (!colors.contains(color))
            colors.append(color);
    }
    return colors.mid(0, elementColors);
}

void member(const char *name, const Phrase &value, JsonWriter &out)
{
    out.raw("\"");
    out.raw(name);
    out.raw("\":");
    out.string(value);
}

/// Never the first member of its object; left out when there is nothing to say, as an empty palette could mean "no colours".
void palette(const QList<QColor> &colors, JsonWriter &out)
{
    if (colors.isEmpty())
        return;
    out.raw(",\"color_palette\":");
    out.hexList(colors);
}

Phrase literal(const QString &words)
{
    return {words, {}};
}

/// \a words and a sentence after them.
Phrase extended(const Phrase &words, const QString &separator, const QString &more)
{
    return {words.text + (words.isEmpty() || more.isEmpty() ? QString() : separator) + more, words.spans};
}

void ideogramStyle(const PromptContent &content, const QList<QColor> &colors, JsonWriter &out)
{
    out.raw("\"style_description\":{");
    member("aesthetics", content.aesthetics, out);
    out.raw(",");
    member("lighting", content.lighting, out);
    out.raw(",");
    if (!content.photo.isEmpty()) {
        member("photo", content.photo, out);
        out.raw(",");
        member("medium", content.medium.isEmpty() ? literal(QStringLiteral("photograph")) : content.medium, out);
    } else {
        const Phrase medium = content.medium.isEmpty() ? literal(QStringLiteral("illustration")) : content.medium;
        member("medium", medium, out);
        out.raw(",");
        member("art_style", content.artStyle.isEmpty() ? medium : content.artStyle, out);
    }
    palette(colors, out);
    out.raw("}");
}

void ideogramElement(const PromptItem &item, JsonWriter &out)
{
    const bool isText = item.kind == PromptItem::Kind::Text;
    out.raw(isText ? "{\"type\":\"text\",\"bbox\":" : "{\"type\":\"obj\",\"bbox\":");
    out.text += bboxJson(item.box);
    out.raw(",");
    if (isText) {
        member("text", item.words, out);
        out.raw(",");
        member("desc", literal(textNoun(*item.token).mid(4) + QStringLiteral(" in ") + letteringWords(*item.token)), out);
    } else {
        member("desc", item.words, out);
    }
    palette(elementPalette(item), out);
    out.raw("}");
}

/// "portrait 4:5 layout".
QString layoutWords(const QSize &canvas)
{
    if (canvas.isEmpty())
        return {};
    const int divisor = std::gcd(canvas.width(), canvas.height());
    const int width = canvas.width() / divisor;
    const int height = canvas.height() / divisor;
    const QString kind = QString::fromLatin1(width == height ? "square" : width < height ? "portrait" : "landscape");
    constexpr int readable = 21;
    const auto decimal = [](double ratio) { return QString::number(std::round(ratio * 100) / 100); };
    QString ratio = width < height ? QStringLiteral("1:") + decimal(double(height) / width)
                                   : QString(decimal(double(width) / height) + QStringLiteral(":1"));
    if (std::max(width, height) <= readable)
        ratio = QString::number(width) + u':' + QString::number(height);
    return kind + u' ' + ratio + QStringLiteral(" layout");
}

QString positionWords(const PromptItem &item)
{
    const auto percent = [](double share) -> QString { return QString::number(int(std::lround(share * 100))) + u'%'; };
    QString words = item.location.noun.mid(4) + QStringLiteral(", ") + percent(item.box.width) + QStringLiteral(" of the width and ")
                    + percent(item.box.height) + QStringLiteral(" of the height");
    if (!item.relation.isEmpty())
        words += QStringLiteral(", ") + item.relation + QStringLiteral(" the previous subject");
    return words;
}

Phrase fluxDescription(const PromptItem &item)
{
    if (item.kind == PromptItem::Kind::Object)
        return item.words;
    const bool straight = !item.words.text.contains(u'"');
    const QString before = textNoun(*item.token) + (straight ? QStringLiteral(" \"") : QStringLiteral(" “"));
    const QString after = (straight ? QStringLiteral("\" in ") : QStringLiteral("” in ")) + letteringWords(*item.token);
    Phrase words{before + item.words.text + after, {}};
    for (const SlotSpan &span : item.words.spans)
        words.spans.append({span.start + int(before.size()), span.end + int(before.size()), span.slot});
    return words;
}

Phrase fluxStyle(const PromptContent &content)
{
    PhraseBuilder builder;
    builder.phrase(content.photo.isEmpty() ? content.artStyle : content.photo);
    if (!content.medium.isEmpty()) {
        builder.literal(u", ");
        builder.phrase(content.medium);
    }
    return builder.take();
}

CompiledPrompt finished(Dialect dialect, const JsonWriter &out, const PromptContent &content)
{
    CompiledPrompt result;
    result.dialect = dialect;
    result.text = out.text;
    result.parts = out.parts;
    result.warnings = content.warnings;
    return result;
}

void warnAboutColors(const Variant &variant, PromptContent &content)
{
    if (variant.palette.size() > imageColors)
        content.warnings.append(JsonTr::tr("The style has %1 colours; only the first %2 are sent.").arg(variant.palette.size()).arg(imageColors));
    for (const PromptItem &item : std::as_const(content.items)) {
        if (item.token->palette.size() > elementPalette(item).size())
            content.warnings.append(JsonTr::tr("“%1” has more colours than the %2 that can be sent; the last ones are left out.")
                                        .arg(item.token->token.id)
                                        .arg(elementColors));
    }
}

} // namespace

CompiledPrompt compileIdeogram(const Variant &variant, const Frame &frame)
{
    PromptContent content = readContent(variant, frame);
    warnAboutColors(variant, content);
    JsonWriter out;
    out.raw("{");
    member("high_level_description", content.summary, out);
    out.raw(",");
    ideogramStyle(content, variant.palette.mid(0, imageColors), out);
    out.raw(",\"compositional_deconstruction\":{");
    member("background", extended(content.background, QStringLiteral(". "), calmWords(content)), out);
    out.raw(",\"elements\":[");
    for (qsizetype i = 0; i < content.items.size(); ++i) {
        if (i)
            out.raw(",");
        ideogramElement(content.items[i], out);
    }
    out.raw("]}}");
    return finished(Dialect::IdeogramJson, out, content);
}

CompiledPrompt compileFlux(const Variant &variant, const Frame &frame)
{
    PromptContent content = readContent(variant, frame);
    warnAboutColors(variant, content);
    JsonWriter out;
    out.raw("{");
    member("scene", content.summary, out);
    out.raw(",\"subjects\":[");
    for (qsizetype i = 0; i < content.items.size(); ++i) {
        out.raw(i ? ",{" : "{");
        member("description", fluxDescription(content.items[i]), out);
        out.raw(",");
        member("position", literal(positionWords(content.items[i])), out);
        palette(elementPalette(content.items[i]), out);
        out.raw("}");
    }
    out.raw("],");
    member("style", fluxStyle(content), out);
    palette(variant.palette.mid(0, imageColors), out);
    out.raw(",");
    member("lighting", content.lighting, out);
    out.raw(",");
    member("mood", content.aesthetics, out);
    out.raw(",");
    member("background", content.background, out);
    out.raw(",");
    member("composition", extended(literal(layoutWords(frame.canvas)), QStringLiteral(". "), calmWords(content)), out);
    out.raw("}");
    return finished(Dialect::FluxJson, out, content);
}

} // namespace Galley
