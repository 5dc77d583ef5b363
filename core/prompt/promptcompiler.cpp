#include "core/prompt/promptcompiler.h"

#include "core/prompt/colornames.h"
#include "core/prompt/dialects.h"
#include "core/prompt/placement.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <cmath>

namespace Galley {

namespace {

constexpr double announcedCrop = 0.10;
constexpr qsizetype longDrawnText = 48;  // beyond about eight words most models garble letters

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::PromptCompiler", text);
}

/// What a token is called inside a sentence.
ResolvedText nounOf(const ResolvedToken &token)
{
    if (!token.show.text.trimmed().isEmpty() && token.token.role == Role::Subject)
        return withoutEnd(token.show);
    switch (token.token.role) {
    case Role::Background: return plainText(QStringLiteral("the background"));
    case Role::Subject: return plainText(QStringLiteral("the subject"));
    case Role::Headline: return plainText(QStringLiteral("the headline"));
    case Role::Subhead: return plainText(QStringLiteral("the subheading"));
    case Role::Body: return plainText(QStringLiteral("the text block"));
    case Role::Caption: return plainText(QStringLiteral("the caption"));
    case Role::Cta: return plainText(QStringLiteral("the button"));
    case Role::Logo: return plainText(QStringLiteral("the logo"));
    case Role::Panel: return plainText(QStringLiteral("the panel"));
    }
    return {};
}

} // namespace

QString dialectName(Dialect dialect)
{
    switch (dialect) {
    case Dialect::Draft: return QStringLiteral("draft");
    case Dialect::Prose: return QStringLiteral("prose");
    case Dialect::IdeogramJson: return QStringLiteral("ideogram-json");
    case Dialect::FluxJson: return QStringLiteral("flux-json");
    }
    return {};
}

std::optional<Dialect> dialectFromName(const QString &name)
{
    for (const Dialect dialect : allDialects()) {
        if (dialectName(dialect) == name)
            return dialect;
    }
    return std::nullopt;
}

QList<Dialect> allDialects()
{
    return {Dialect::Draft, Dialect::Prose, Dialect::IdeogramJson, Dialect::FluxJson};
}

CompiledPrompt compilePrompt(const Variant &variant, Dialect dialect, const Frame &frame)
{
    switch (dialect) {
    case Dialect::Draft: return Prompts::compileDraft(variant);
    case Dialect::Prose: return Prompts::compileProse(variant, frame);
    case Dialect::IdeogramJson: return Prompts::compileIdeogram(variant, frame);
    case Dialect::FluxJson: return Prompts::compileFlux(variant, frame);
    }
    return {};
}

namespace Prompts {

bool isDrawnSubject(const ResolvedToken &token)
{
    return token.token.role == Role::Subject && token.token.effectiveMode() == TokenMode::Drawn
           && !token.show.text.trimmed().isEmpty();
}

bool isDrawnText(const ResolvedToken &token)
{
    return token.token.effectiveMode() == TokenMode::Drawn && !token.text.text.trimmed().isEmpty()
           && token.token.role != Role::Subject && token.token.role != Role::Background;
}

bool isSet(const ResolvedToken &token)
{
    if (token.token.role == Role::Background || token.token.effectiveMode() == TokenMode::Drawn)
        return false;
    return !token.text.text.trimmed().isEmpty() || !token.imagePath.isEmpty() || token.fill.isValid();
}

ResolvedText summaryWithPlaces(const Variant &variant)
{
    static const QRegularExpression reference(QStringLiteral("<([a-z][a-z0-9_-]*)>"));
    const ResolvedText summary = tidied(variant.summary);
    PromptWriter writer;
    int at = 0;
    const auto copy = [&](int from, int to) { // a stretch of the summary with its spans
        ResolvedText part{summary.text.mid(from, to - from), {}, {}};
        for (const SlotSpan &span : summary.spans) {
            if (span.start >= from && span.end <= to)
                part.spans.append({span.start - from, span.end - from, span.slot});
        }
        writer.add(part);
    };
    for (auto it = reference.globalMatch(summary.text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const bool typed = std::any_of(summary.spans.begin(), summary.spans.end(), [&](const SlotSpan &span) {
            return span.start < match.capturedEnd() && span.end > match.capturedStart();
        });
        const ResolvedToken *token = variant.findToken(match.captured(1));
        if (typed || !token) // what a slot's value says in angle brackets is just words
            continue;
        copy(at, int(match.capturedStart()));
        writer.add(nounOf(*token));
        writer.add(QLatin1Char(' ') + placePhrase(token->token.box));
        at = int(match.capturedEnd());
    }
    copy(at, int(summary.text.size()));
    return writer.result();
}

ResolvedText backgroundWords(const Variant &variant)
{
    for (const ResolvedToken &token : variant.tokens) {
        if (token.token.role != Role::Background)
            continue;
        ResolvedText words = withoutEnd(token.show);
        if (words.isEmpty())
            words = plainText(QStringLiteral("plain"));
        if (!token.palette.isEmpty())
            words = joined({words, plainText(QStringLiteral("in ") + colorList(token.palette))}, QStringLiteral(" "));
        return words;
    }
    if (!variant.background.isValid())
        return plainText(QStringLiteral("plain"));
    return plainText(QStringLiteral("plain ") + colorWord(variant.background) + QStringLiteral(" (") + hexName(variant.background)
                     + QLatin1Char(')'));
}

QString calmPlaces(const Variant &variant)
{
    QStringList places;
    for (const ResolvedToken &token : variant.tokens) {
        const Box box = clampedToCanvas(token.token.box);
        if (!isSet(token) || box.width * box.height <= 0)
            continue;
        const QString place = placePhrase(box);
        if (!places.contains(place))
            places.append(place);
    }
    if (places.size() < 2)
        return places.value(0);
    const QString last = places.takeLast();
    return places.join(QStringLiteral(", ")) + QStringLiteral(" and ") + last;
}

ResolvedText artStyleOf(const Variant &variant)
{
    const ResolvedText art = withoutEnd(variant.artStyle);
    return art.isEmpty() ? withoutEnd(variant.medium) : art;
}

QString letteringWords(const ResolvedToken &token)
{
    const TextStyle &style = token.token.style;
    QString words = style.font.weight >= 600 ? QStringLiteral("bold ") : (style.font.weight <= 300 ? QStringLiteral("light ") : QString());
    if (style.font.italic)
        words += QStringLiteral("italic ");
    const bool serif = style.font.family.contains(QLatin1String("serif"), Qt::CaseInsensitive)
                       && !style.font.family.contains(QLatin1String("sans"), Qt::CaseInsensitive);
    words += serif ? QStringLiteral("serif lettering") : QStringLiteral("sans-serif lettering");
    if (token.textColor.isValid())
        words += QStringLiteral(" in ") + colorList({token.textColor});
    return words;
}

QStringList commonWarnings(const Variant &variant, const Frame &frame)
{
    QStringList warnings;
    if (frame.cropShare() > announcedCrop) {
        warnings.append(tr("The model's picture is %1 × %2; %3 % of it will be cut away to fit the canvas.")
                            .arg(frame.picture.width())
                            .arg(frame.picture.height())
                            .arg(std::lround(frame.cropShare() * 100)));
    }
    for (const ResolvedToken &token : variant.tokens) {
        const Box box = clampedToCanvas(token.token.box);
        if ((isDrawnSubject(token) || isDrawnText(token)) && box.width * box.height <= 0)
            warnings.append(tr("\"%1\" lies outside the canvas and is left out.").arg(token.token.id));
        else if (isDrawnText(token) && token.text.text.size() > longDrawnText)
            warnings.append(tr("\"%1\" asks the model to draw %2 characters; long drawn text is often garbled. Set it instead.")
                                .arg(token.token.id)
                                .arg(token.text.text.size()));
    }
    return warnings;
}

} // namespace Prompts

} // namespace Galley
