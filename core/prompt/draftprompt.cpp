#include "core/prompt/colorname.h"
#include "core/prompt/draftwords.h"
#include "core/prompt/promptcontent.h"
#include "core/prompt/subjectnames.h"

#include <QSet>

#include <algorithm>

namespace Galley {

namespace {

QSet<QString> wordSet(const char *words)
{
    const QStringList list = QString::fromLatin1(words).split(u' ');
    return QSet<QString>(list.cbegin(), list.cend());
}

/// The style word that a word asks for, or nothing. Neighbouring words are joined: "paper cut", "line art".
QString styleOf(const QString &word, const QString &next, bool *takesNext)
{
    const QString pair = word + u' ' + next;
    *takesNext = true;
    if (pair == u"paper cut" || pair == u"cut paper" || pair == u"paper cutout")
        return QStringLiteral("paper cut");
    if (pair == u"line art" || pair == u"line drawing")
        return QStringLiteral("outline");
    if (pair == u"half tone")
        return QStringLiteral("halftone");
    *takesNext = false;
    if (word == u"papercut" || word == u"paper-cut")
        return QStringLiteral("paper cut");
    if (word == u"outlined")
        return QStringLiteral("outline");
    static const QSet<QString> styles = wordSet("flat outline silhouette sticker neon halftone");
    return styles.contains(word) ? word : QString();
}

/// Words that say how a picture is made, not what is in it.
bool isManner(const QString &word)
{
    static const QSet<QString> manner = wordSet(
        "illustration illustrations illustrated style styled stylized art artwork design drawing drawn icon vector graphic graphics "
        "look simple minimal minimalist minimalistic bold clean cute colorful colourful colors colours detailed highly high quality "
        "2d 3d shapes lines thick thin soft light lighting studio photo photograph photography photorealistic realistic digital "
        "painting painted watercolor watercolour cartoon isometric render rendering modern a an the and in of with on white plain "
        "transparent isolated background picture image sketch clipart emoji");
    return manner.contains(word);
}

/// Nouns that can stand in front of "of": "a sticker of a dog".
bool isForm(const QString &word)
{
    static const QSet<QString> forms
        = wordSet("illustration drawing icon picture photo photograph image sticker silhouette outline sketch painting render rendering "
                  "vector graphic cartoon clipart art");
    return forms.contains(word);
}

struct Word
{
    int start = 0;
    int length = 0;
    QString key;        ///< lower case, without punctuation
    bool ends = false;  ///< a comma or semicolon follows
    bool dropped = false;
};

QList<Word> wordsOf(const QString &text)
{
    QList<Word> words;
    for (int at = 0; at < int(text.size());) {
        int end = int(text.indexOf(u' ', at));
        if (end < 0)
            end = int(text.size());
        Word word{at, end - at, text.mid(at, end - at).toLower(), false, false};
        while (word.length > 0 && (text[word.start + word.length - 1] == u',' || text[word.start + word.length - 1] == u';')) {
            --word.length;
            word.ends = true;
        }
        word.key = word.key.left(word.length);
        if (word.length > 0)
            words.append(word);
        at = end + 1;
    }
    return words;
}

/// Takes the words that say how to draw out of a subject's words, and the style that they ask for.
class StyleFilter
{
public:
    explicit StyleFilter(const Phrase &phrase)
        : m_phrase(phrase)
        , m_words(wordsOf(phrase.text))
    {}

    Phrase filter(QString *style)
    {
        int first = 0;
        bool isHead = true;
        for (int i = 0; i < int(m_words.size()); ++i) {
            if (!m_words[i].ends && i + 1 < int(m_words.size()))
                continue;
            isHead ? filterHead(first, i + 1) : filterTail(first, i + 1);
            first = i + 1;
            isHead = false;
        }
        *style = m_style;
        return rebuilt();
    }

private:
    /// The style that starts at \a i, if any; how many words it takes.
    QString styleAt(int i, int end, int *count) const
    {
        bool takesNext = false;
        const QString style = styleOf(m_words[i].key, i + 1 < end ? m_words[i + 1].key : QString(), &takesNext);
        *count = takesNext ? 2 : 1;
        return style;
    }

    bool isMannerOnly(int first, int end) const
    {
        for (int i = first; i < end;) {
            int count = 1;
            if (styleAt(i, end, &count).isEmpty() && !isManner(m_words[i].key))
                return false;
            i += count;
        }
        return true;
    }

    void drop(int first, int end)
    {
        for (int i = first; i < end; ++i) {
            int count = 1;
            const QString style = styleAt(i, end, &count);
            if (m_style.isEmpty())
                m_style = style;
            m_words[i].dropped = true;
        }
    }

    /// ", flat illustration", ", soft light": nothing of it is a thing.
    void filterTail(int first, int end)
    {
        if (isMannerOnly(first, end))
            drop(first, end);
    }

    void filterHead(int first, int end)
    {
        if (isMannerOnly(first, end))
            return;  // "a sketch", "an icon": that is the thing itself
        for (int i = first + 1; i < end; ++i) {
            if (m_words[i].key == u"of" && isForm(m_words[i - 1].key) && isMannerOnly(first, i)) {
                drop(first, i + 1);
                first = i + 1;
                break;
            }
        }
        if (end - first >= 2 && isForm(m_words[end - 1].key) && !isMannerOnly(first, end - 1)) {
            int from = end - 1;
            while (from > first + 1 && isMannerOnly(from - 1, end) && m_words[from - 1].key != u"of")
                --from;
            drop(from, end);
            end = from;
        }
        dropAdjectives(first, end);
    }

    /// "a neon guitar". "flat" stays: a flat tyre is no style.
    void dropAdjectives(int first, int end)
    {
        for (int i = first; i + 1 < end;) {
            int count = 1;
            const QString style = styleAt(i, end, &count);
            const bool leaves = i + count < end;
            if (!style.isEmpty() && style != u"flat" && leaves)
                drop(i, i + count);
            i += count;
        }
    }

    Phrase rebuilt() const
    {
        PhraseBuilder builder;
        bool anything = false;
        bool comma = false;
        for (const Word &word : m_words) {
            if (!word.dropped) {
                if (anything)
                    builder.literal(comma ? QStringView(u", ") : QStringView(u" "));
                builder.phrase(m_phrase.mid(word.start, word.length));
                anything = true;
                comma = false;
            }
            comma |= word.ends;
        }
        return builder.take();
    }

    const Phrase &m_phrase;
    QList<Word> m_words;
    QString m_style;
};

/// The first style word of the template's own style: what subjects without one are drawn in.
QString templateStyle(const Variant &variant)
{
    for (const ResolvedText *text : {&variant.artStyle, &variant.medium, &variant.aesthetics}) {
        const QList<Word> words = wordsOf(cleanPhrase(*text).text);
        for (qsizetype i = 0; i < words.size(); ++i) {
            bool takesNext = false;
            const QString style = styleOf(words[i].key, i + 1 < words.size() ? words[i + 1].key : QString(), &takesNext);
            if (!style.isEmpty())
                return style;
        }
    }
    return {};
}

/// Other tokens' words without their place: a layer has no place.
QHash<QString, Phrase> plainReferences(const Variant &variant)
{
    QHash<QString, Phrase> references;
    for (const ResolvedToken &token : variant.tokens) {
        const Phrase words = cleanPhrase(token.show);
        references.insert(token.token.id, words.mid(0, int(words.text.section(u',', 0, 0).size())));
    }
    return references;
}

void list(const DraftLayerPrompt &layer, CompiledPrompt &result)
{
    QStringList notes{QStringLiteral("%1×%2").arg(qRound(layer.box.width())).arg(qRound(layer.box.height()))};
    if (!layer.style.isEmpty())
        notes.append(layer.style);
    for (const QColor &color : layer.palette)
        notes.append(colorHex(color));
    if (!result.text.isEmpty())
        result.text += u'\n';
    result.text += layer.tokenId + QStringLiteral(" (") + notes.join(QStringLiteral(", ")) + QStringLiteral("): ");
    const int offset = int(result.text.size());
    result.text += layer.words;
    for (const SlotSpan &span : layer.spans)
        result.parts.append({span.start + offset, span.end + offset, span.slot});
}

} // namespace

QString writtenSubject(const ResolvedToken &token, const Variant &variant)
{
    QString style;
    return StyleFilter(cleanPhrase(token.show, plainReferences(variant))).filter(&style).text;
}

CompiledPrompt compileDraft(const Variant &variant)
{
    constexpr int mostColors = 5;
    CompiledPrompt result;
    result.dialect = Dialect::Draft;
    const QString fallback = templateStyle(variant);
    const QHash<QString, Phrase> references = plainReferences(variant);
    for (const ResolvedToken &token : variant.tokens) {
        if (token.token.role != Role::Subject || token.token.effectiveMode() != TokenMode::Drawn || !token.imagePath.isEmpty())
            continue;
        const Phrase show = cleanPhrase(token.show, references);
        DraftLayerPrompt layer;
        const Phrase written = StyleFilter(show).filter(&layer.style);
        const Phrase words = SubjectNames::bundled().inEnglish(written);
        if (words.isEmpty())
            continue;
        layer.tokenId = token.token.id;
        layer.words = words.text;
        layer.spans = words.spans;
        if (layer.style.isEmpty())
            layer.style = fallback;
        layer.palette = token.palette.mid(0, mostColors);
        layer.box = token.token.box.toRect(variant.canvas).size();
        list(layer, result);
        result.layers.append(layer);
    }
    return result;
}

} // namespace Galley
