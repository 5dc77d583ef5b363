#include "core/prompt/colornames.h"
#include "core/prompt/dialects.h"
#include "core/prompt/placement.h"

namespace Galley::Prompts {

namespace {

/// Collects sentences; each starts with a capital letter and ends with one full stop.
class Sentences
{
public:
    void add(const ResolvedText &sentence)
    {
        const ResolvedText text = capitalised(withoutEnd(sentence));
        if (text.isEmpty())
            return;
        if (!m_writer.result().isEmpty())
            m_writer.add(QStringLiteral(" "));
        m_writer.add(text);
        const bool ended = QStringLiteral("!?…").contains(text.text.back());
        if (!ended)
            m_writer.add(QStringLiteral("."));
    }
    void add(const QString &sentence) { add(plainText(sentence)); }

    const ResolvedText &result() const { return m_writer.result(); }

private:
    PromptWriter m_writer;
};

ResolvedText subjectSentence(const ResolvedToken &token)
{
    PromptWriter writer;
    writer.add(placePhrase(token.token.box) + QStringLiteral(": "));
    writer.add(withoutEnd(token.show));
    if (!token.palette.isEmpty())
        writer.add(QStringLiteral(", mainly in ") + colorList(token.palette));
    return writer.result();
}

/// Quotation marks inside the words would end the quotation.
ResolvedText quoted(const ResolvedText &text)
{
    ResolvedText inner = tidied(text);
    inner.text.replace(QLatin1Char('"'), QLatin1Char('\''));
    return joined({plainText(QStringLiteral("\"")), inner, plainText(QStringLiteral("\""))}, QString());
}

ResolvedText textSentence(const ResolvedToken &token)
{
    PromptWriter writer;
    writer.add(QStringLiteral("The text "));
    writer.add(quoted(token.text));
    writer.add(QStringLiteral(" stands ") + placePhrase(token.token.box) + QStringLiteral(", in ") + letteringWords(token));
    return writer.result();
}

ResolvedText styleSentence(const Variant &variant)
{
    const ResolvedText photo = withoutEnd(variant.photo);
    const ResolvedText medium = withoutEnd(variant.medium);
    const ResolvedText art = photo.isEmpty() ? withoutEnd(variant.artStyle) : photo;
    ResolvedText style = joined({medium, art.text == medium.text ? ResolvedText() : art, withoutEnd(variant.aesthetics)}, QStringLiteral(", "));
    const ResolvedText lighting = withoutEnd(variant.lighting);
    if (lighting.isEmpty())
        return style;
    const QString suffix = lighting.text.contains(QLatin1String("light"), Qt::CaseInsensitive) ? QString() : QStringLiteral(" lighting");
    return joined({style, joined({lighting, plainText(suffix)}, QString())}, QStringLiteral(", "));
}

} // namespace

CompiledPrompt compileProse(const Variant &variant, const Frame &frame)
{
    CompiledPrompt result;
    result.dialect = Dialect::Prose;
    result.warnings = commonWarnings(variant, frame);
    Sentences sentences;
    sentences.add(summaryWithPlaces(variant));
    const ResolvedText style = styleSentence(variant);
    if (!style.isEmpty())
        sentences.add(joined({plainText(QStringLiteral("Style:")), style}, QStringLiteral(" ")));
    bool drawsText = false;
    for (const ResolvedToken &token : variant.tokens) {
        const Box box = clampedToCanvas(token.token.box);
        if (box.width * box.height <= 0)
            continue;
        if (isDrawnSubject(token)) {
            sentences.add(subjectSentence(token));
        } else if (isDrawnText(token)) {
            sentences.add(textSentence(token));
            drawsText = true;
        }
    }
    sentences.add(joined({plainText(QStringLiteral("Background:")), backgroundWords(variant)}, QStringLiteral(" ")));
    if (!variant.palette.isEmpty())
        sentences.add(QStringLiteral("Colour palette: ") + colorList(variant.palette));
    const QString calm = calmPlaces(variant);
    if (!calm.isEmpty())
        sentences.add(QStringLiteral("Leave a calm, uncluttered area ") + calm);
    // Asking for words and forbidding words in one prompt would contradict itself.
    sentences.add(drawsText ? QStringLiteral("No other text, letters or logos") : QStringLiteral("No text, letters or logos"));
    result.text = sentences.result().text;
    result.parts = sentences.result().spans;
    return result;
}

} // namespace Galley::Prompts
