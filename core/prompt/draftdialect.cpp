#include "core/prompt/colornames.h"
#include "core/prompt/dialects.h"

#include <QRegularExpression>

namespace Galley::Prompts {

namespace {

/// The style words that the layer model knows (draft.json "styles").
const QStringList &styleWords()
{
    static const QStringList words{QStringLiteral("flat"), QStringLiteral("outline"), QStringLiteral("silhouette"),
                                   QStringLiteral("sticker"), QStringLiteral("neon"), QStringLiteral("paper cut"),
                                   QStringLiteral("halftone")};
    return words;
}

/// Words that say how something is made, not what it is.
bool saysHow(const QString &phrase)
{
    static const QRegularExpression how(
        QStringLiteral("\\b(illustration|style|styled|photo|photograph|photography|render|rendering|drawing|painting|vector|icon|"
                       "clip art|clipart|3d|art|shapes|colou?rs?|watercolou?r|cartoon|isometric|minimal|minimalist)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return how.match(phrase).hasMatch();
}

QString styleIn(const QString &phrase)
{
    for (const QString &word : styleWords()) {
        const QRegularExpression whole(QStringLiteral("\\b") + QRegularExpression::escape(word) + QStringLiteral("\\b"),
                                       QRegularExpression::CaseInsensitiveOption);
        if (whole.match(phrase).hasMatch())
            return word;
    }
    return {};
}

/// "a red apple, flat illustration" → the thing and its style. What comes before the first comma always names the thing.
DraftLayerPrompt layerOf(const ResolvedToken &token, const QSize &canvas)
{
    DraftLayerPrompt layer;
    layer.tokenId = token.token.id;
    layer.palette = token.palette;
    layer.box = token.token.box.toRect(canvas).size();
    const ResolvedText show = tidied(token.show);
    qsizetype end = 0;
    qsizetype at = 0;
    bool ended = false; // from the first phrase about the making on, nothing names the thing
    for (const QString &phrase : show.text.split(QLatin1Char(','))) {
        const bool first = at == 0;
        const QString style = first ? QString() : styleIn(phrase);
        if (layer.style.isEmpty())
            layer.style = style;
        ended = ended || !style.isEmpty() || (!first && saysHow(phrase));
        at += phrase.size();
        if (!ended)
            end = at;
        ++at;
    }
    layer.words = show.text.left(end).trimmed();
    for (const SlotSpan &span : show.spans) {
        const int to = std::min(span.end, int(layer.words.size()));
        if (to > span.start)
            layer.spans.append({span.start, to, span.slot});
    }
    return layer;
}

} // namespace

CompiledPrompt compileDraft(const Variant &variant)
{
    CompiledPrompt result;
    result.dialect = Dialect::Draft;
    PromptWriter writer;
    for (const ResolvedToken &token : variant.tokens) {
        if (!isDrawnSubject(token) || !token.imagePath.isEmpty())
            continue;
        const DraftLayerPrompt layer = layerOf(token, variant.canvas);
        if (!writer.result().isEmpty())
            writer.add(QStringLiteral("\n"));
        writer.add(layer.tokenId + QStringLiteral(": "));
        writer.add(ResolvedText{layer.words, layer.spans, {}});
        if (!layer.style.isEmpty())
            writer.add(QStringLiteral(" | style ") + layer.style);
        if (!layer.palette.isEmpty())
            writer.add(QStringLiteral(" | palette ") + hexNames(layer.palette, 5).join(QLatin1Char(' ')));
        writer.add(QStringLiteral(" | %1x%2").arg(qRound(layer.box.width())).arg(qRound(layer.box.height())));
        result.layers.append(layer);
    }
    result.text = writer.result().text;
    result.parts = writer.result().spans;
    return result;
}

} // namespace Galley::Prompts
