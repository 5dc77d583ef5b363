#include "core/prompt/colorname.h"
#include "core/prompt/promptcontent.h"

#include <QCoreApplication>

namespace Galley {

namespace {

QString capitalised(const QString &words)
{
    return words.left(1).toUpper() + words.mid(1);
}

/// `"…"`, or typographic quotation marks around a text that has straight ones of its own.
void quoted(const Phrase &text, ProseWriter &out)
{
    const bool straight = !text.text.contains(u'"');
    out.words(straight ? QStringLiteral("\"") : QStringLiteral("“"));
    PhraseBuilder onOneLine;
    onOneLine.phrase(text);
    out.words(onOneLine.takeWhole());
    out.words(straight ? QStringLiteral("\"") : QStringLiteral("”"));
}

void writeObject(const PromptItem &item, ProseWriter &out)
{
    constexpr double large = 0.35;
    constexpr double small = 0.02;
    const QString noun = item.location.noun;
    out.words(capitalised(item.relation.isEmpty() ? noun : QString(item.relation + QStringLiteral(" it, ") + noun)));
    out.words(QStringLiteral(" shows "));
    out.words(item.words);
    if (!item.token->palette.isEmpty())
        out.words(QStringLiteral(", in ") + colorWords(item.token->palette.mid(0, 5)));
    const double area = areaOf(item.box);
    if (area >= large && noun != QStringLiteral("the whole picture"))
        out.words(QStringLiteral(", large in the frame"));
    else if (area <= small)
        out.words(QStringLiteral(", small"));
    out.endSentence();
}

void writeText(const PromptItem &item, ProseWriter &out)
{
    out.words(capitalised(item.location.noun) + QStringLiteral(" carries ") + textNoun(*item.token) + u' ');
    quoted(item.words, out);
    out.words(QStringLiteral(" in ") + letteringWords(*item.token));
    out.endSentence();
}

void writeLabelled(const char *label, const Phrase &words, ProseWriter &out)
{
    if (words.isEmpty())
        return;
    out.words(QString::fromLatin1(label) + QStringLiteral(": "));
    out.words(words);
    out.endSentence();
}

void writeStyle(const PromptContent &content, const QList<QColor> &palette, ProseWriter &out)
{
    writeLabelled("Medium", content.medium, out);
    if (!content.photo.isEmpty())
        writeLabelled("Photo style", content.photo, out);
    else
        writeLabelled("Style", content.artStyle, out);
    writeLabelled("Mood", content.aesthetics, out);
    writeLabelled("Lighting", content.lighting, out);
    if (!palette.isEmpty())
        writeLabelled("Colors", {colorWords(palette), {}}, out);
}

} // namespace

CompiledPrompt compileProse(const Variant &variant, const Frame &frame)
{
    const PromptContent content = readContent(variant, frame);
    ProseWriter out;
    if (!content.summary.isEmpty()) {
        out.words(content.summary);
        out.endSentence();
    }
    for (const PromptItem &item : content.items)
        item.kind == PromptItem::Kind::Text ? writeText(item, out) : writeObject(item, out);
    out.words(QStringLiteral("The background is "));
    out.words(content.background);
    out.endSentence();
    if (!content.calm.isEmpty()) {
        out.words(calmWords(content));
        out.endSentence();
    }
    // Words that ask for lettering and words that forbid it would contradict each other.
    if (!content.asksForText) {
        out.words(content.drawsText ? QStringLiteral("There is no other lettering in the picture")
                                    : QStringLiteral("There is no lettering in the picture"));
        out.endSentence();
    }
    writeStyle(content, variant.palette.mid(0, 16), out);
    CompiledPrompt result;
    result.dialect = Dialect::Prose;
    result.text = out.text.trimmed();
    result.parts = out.parts;
    result.warnings = content.warnings;
    return result;
}

} // namespace Galley
