#include "core/prompt/promptcontent.h"

#include "core/prompt/colorname.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

struct PromptTr
{
    Q_DECLARE_TR_FUNCTIONS(Galley::PromptCompiler)
};

/// A drawn text longer than this comes out garbled more often than not.
constexpr int longDrawnText = 40;
/// What is covered by more than this share cannot be asked to stay calm.
constexpr double mostCovered = 0.35;

/// Words that ask a model for lettering, or say that there is some.
bool mentionsLettering(const QString &words)
{
    static const QSet<QString> hints = [] {
        const QStringList list = QStringLiteral("text texts letter letters lettering lettered word words sign signs says saying reads "
                                                "reading label labels labelled labeled logo logos typography typographic title titles "
                                                "slogan caption captions written writing calligraphy number numbers")
                                     .split(u' ');
        return QSet<QString>(list.cbegin(), list.cend());
    }();
    if (words.contains(u'"') || words.contains(u'“'))
        return true;
    qsizetype start = -1;
    for (qsizetype i = 0; i <= words.size(); ++i) {
        const bool isLetter = i < words.size() && words[i].isLetter();
        if (isLetter && start < 0)
            start = i;
        if (!isLetter && start >= 0) {
            if (hints.contains(words.mid(start, i - start).toLower()))
                return true;
            start = -1;
        }
    }
    return false;
}

QString objectRole(Role role)
{
    switch (role) {
    case Role::Logo: return QStringLiteral("a simple logo mark");
    case Role::Panel: return QStringLiteral("a plain panel");
    default: return {};
    }
}

class ContentReader
{
public:
    ContentReader(const Variant &variant, const Frame &frame)
        : m_variant(variant)
        , m_frame(frame)
    {}

    PromptContent read()
    {
        for (const ResolvedToken &token : m_variant.tokens)
            m_references.insert(token.token.id, referenceTo(token));
        m_content.summary = style(m_variant.summary);
        m_content.medium = style(m_variant.medium);
        m_content.artStyle = style(m_variant.artStyle);
        m_content.photo = style(m_variant.photo);
        m_content.aesthetics = style(m_variant.aesthetics);
        m_content.lighting = style(m_variant.lighting);
        readBackground();
        for (const ResolvedToken &token : m_variant.tokens)
            readToken(token);
        for (const ResolvedToken *token : std::as_const(m_setTokens))
            readCalm(*token);
        readAsks();
        warnAboutCrop();
        return m_content;
    }

private:
    Box boxOf(const ResolvedToken &token) const { return clampedBox(m_frame.toPicture(token.token.box)); }

    Phrase style(const ResolvedText &source)
    {
        QHash<QString, Phrase> references = m_references;
        for (const TokenReference &reference : source.references) {
            // Hidden, or emptied by an optional slot: the sentence still needs a noun there.
            if (!references.contains(reference.token))
                references.insert(reference.token, {QStringLiteral("the picture"), {}});
        }
        return cleanPhrase(source, source.references.isEmpty() ? QHash<QString, Phrase>() : references);
    }

    /// "the basket of apples in the center"; "the headline at the top"; "the calm area in the top third".
    Phrase referenceTo(const ResolvedToken &token) const
    {
        if (token.token.role == Role::Background)
            return {QStringLiteral("the background"), {}};
        const QString place = u' ' + locationOf(boxOf(token)).phrase;
        if (token.isSet())
            return {QStringLiteral("the calm area") + place, {}};
        if (token.token.isTextRole() && !token.text.isEmpty())
            return {textNoun(token) + place, {}};
        constexpr int longestHead = 60;
        const Phrase words = cleanPhrase(token.show);
        const int comma = int(words.text.indexOf(u','));
        Phrase head = comma < 0 ? words : words.mid(0, comma);
        if (head.isEmpty() || head.text.size() > longestHead)
            return {QStringLiteral("the subject") + place, {}};
        PhraseBuilder builder;
        for (const QString &article : {QStringLiteral("a "), QStringLiteral("an ")}) {
            if (head.text.startsWith(article, Qt::CaseInsensitive)) {
                builder.literal(u"the ");
                head = head.mid(int(article.size()), int(head.text.size()));
                break;
            }
        }
        builder.phrase(head);
        builder.literal(place);
        return builder.take();
    }

    void readBackground()
    {
        PhraseBuilder builder;
        QList<QColor> colors;
        bool described = false;
        for (const ResolvedToken &token : m_variant.tokens) {
            if (token.token.role != Role::Background || token.isSet() || token.show.isEmpty())
                continue;
            const Phrase words = cleanPhrase(token.show, m_references);
            if (words.isEmpty())
                continue;
            if (described)
                builder.literal(u", ");
            builder.phrase(words);
            colors += token.palette;
            described = true;
        }
        if (colors.isEmpty())
            colors = {m_variant.background};
        builder.literal(described ? QStringLiteral(", in ") : QStringLiteral("plain "));
        builder.literal(colorWords(colors));
        m_content.background = builder.take();
    }

    void readToken(const ResolvedToken &token)
    {
        if (token.token.role == Role::Background)
            return;
        const Box box = boxOf(token);
        if (areaOf(box) <= 0) {
            m_content.warnings.append(
                PromptTr::tr("“%1” cannot be seen in the picture and is left out. Move it inside, or hide it.").arg(token.token.id));
            return;
        }
        if (token.isSet()) {
            m_setTokens.append(&token);
            return;
        }
        PromptItem item;
        item.token = &token;
        item.box = box;
        item.location = locationOf(box);
        if (token.token.isTextRole() && !token.text.isEmpty()) {
            item.kind = PromptItem::Kind::Text;
            item.words = exactPhrase(token.text);
            warnAboutText(item);
        } else {
            item.words = objectWords(token);
            if (token.token.palette.size() > 5)
                m_content.warnings.append(PromptTr::tr("“%1”: only the first 5 colours are used.").arg(token.token.id));
        }
        if (item.words.isEmpty())
            return;
        item.relation = relationToPrevious(item);
        m_content.items.append(item);
    }

    Phrase objectWords(const ResolvedToken &token) const
    {
        const Phrase words = cleanPhrase(token.show, m_references);
        const QString kind = objectRole(token.token.role);
        if (kind.isEmpty() || (!words.isEmpty() && token.token.role != Role::Logo))
            return words;
        PhraseBuilder builder;
        builder.literal(kind);
        if (!words.isEmpty()) {
            builder.literal(u" showing ");
            builder.phrase(words);
        } else if (token.fill.isValid()) {
            builder.literal(u" in ");
            builder.literal(colorWords({token.fill}));
        }
        return builder.take();
    }

    /// "in front of" what it covers, or which side of it where both would have the same place in words.
    QString relationToPrevious(const PromptItem &item) const
    {
        if (m_content.items.isEmpty() || item.kind == PromptItem::Kind::Text)
            return {};
        const PromptItem &previous = m_content.items.last();
        if (previous.kind == PromptItem::Kind::Text)
            return {};
        constexpr double covered = 0.4;
        if (overlapArea(item.box, previous.box) >= covered * std::min(areaOf(item.box), areaOf(previous.box)))
            return QStringLiteral("in front of");
        if (item.location != previous.location)
            return {};
        const double right = item.box.x + item.box.width / 2 - previous.box.x - previous.box.width / 2;
        const double down = item.box.y + item.box.height / 2 - previous.box.y - previous.box.height / 2;
        if (std::abs(right) >= std::abs(down))
            return right > 0 ? QStringLiteral("to the right of") : QStringLiteral("to the left of");
        return down > 0 ? QStringLiteral("below") : QStringLiteral("above");
    }

    /// What is set later needs a calm place, unless something drawn lies there by intent.
    void readCalm(const ResolvedToken &token)
    {
        const bool paints = token.fill.isValid() || !token.imagePath.isEmpty() || !token.text.text.trimmed().isEmpty()
                            || token.token.role == Role::Logo;
        const Box box = boxOf(token);
        if (!paints || areaOf(box) > 0.7)
            return;
        for (const Box &other : std::as_const(m_calmBoxes)) {
            if (overlapArea(box, other) >= 0.8 * areaOf(box))
                return;
        }
        m_calmBoxes.append(box);
        QString noun = locationOf(box).noun;
        for (const PromptItem &item : std::as_const(m_content.items)) {
            if (overlapArea(box, item.box) > mostCovered * areaOf(box))
                return;
            if (item.location.noun == noun)
                noun = exactPlace(box);
        }
        if (!m_content.calm.contains(noun))
            m_content.calm.append(noun);
    }

    void readAsks()
    {
        m_content.asksForText = mentionsLettering(m_content.summary.text) || mentionsLettering(m_content.background.text)
                                || mentionsLettering(m_content.artStyle.text) || mentionsLettering(m_content.photo.text)
                                || mentionsLettering(m_content.medium.text) || mentionsLettering(m_content.aesthetics.text);
        for (const PromptItem &item : std::as_const(m_content.items)) {
            m_content.drawsText |= item.kind == PromptItem::Kind::Text;
            m_content.asksForText |= item.token->token.role == Role::Logo
                                     || (item.kind == PromptItem::Kind::Object && mentionsLettering(item.words.text));
        }
    }

    void warnAboutText(const PromptItem &item)
    {
        if (item.words.text.size() > longDrawnText) {
            m_content.warnings.append(PromptTr::tr("“%1” asks the model to draw %2 characters; texts over %3 mostly come out garbled. "
                                                   "Set it instead, or shorten it.")
                                          .arg(item.token->token.id)
                                          .arg(item.words.text.size())
                                          .arg(longDrawnText));
        }
    }

    void warnAboutCrop()
    {
        const double share = m_frame.cropShare();
        if (share > 0.1) {
            m_content.warnings.append(
                PromptTr::tr("The model's picture of %1×%2 loses %3 % when it is cropped to the canvas. Choose a canvas or a "
                             "model whose ratios are nearer to each other.")
                    .arg(m_frame.picture.width())
                    .arg(m_frame.picture.height())
                    .arg(std::lround(share * 100)));
        }
    }

    const Variant &m_variant;
    const Frame &m_frame;
    PromptContent m_content;
    QHash<QString, Phrase> m_references;
    QList<const ResolvedToken *> m_setTokens;
    QList<Box> m_calmBoxes;
};

} // namespace

PromptContent readContent(const Variant &variant, const Frame &frame)
{
    return ContentReader(variant, frame).read();
}

QString textNoun(const ResolvedToken &token)
{
    switch (token.token.role) {
    case Role::Headline: return QStringLiteral("the headline");
    case Role::Subhead: return QStringLiteral("the subheading");
    case Role::Caption: return QStringLiteral("the caption");
    case Role::Cta: return QStringLiteral("the button label");
    default: return QStringLiteral("the text");
    }
}

QString letteringWords(const ResolvedToken &token)
{
    const FontSpec &font = token.token.style.font;
    QString words;
    if (font.weight >= 600)
        words += QStringLiteral("bold ");
    else if (font.weight <= 300)
        words += QStringLiteral("light ");
    if (font.italic)
        words += QStringLiteral("italic ");
    words += colorWords({token.textColor}) + QStringLiteral(" letters");
    if (token.fill.isValid())
        words += QStringLiteral(" on a ") + colorWords({token.fill})
                 + (token.token.role == Role::Cta ? QStringLiteral(" button") : QStringLiteral(" field"));
    return words;
}

QString calmWords(const PromptContent &content)
{
    if (content.calm.isEmpty())
        return {};
    return QStringLiteral("Keep ") + joinedWords(content.calm) + QStringLiteral(" calm and uncluttered");
}

} // namespace Galley
