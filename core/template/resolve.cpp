#include "core/template/resolve.h"

#include "core/template/templatefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Resolve", text);
}

bool isNameStart(QChar c)
{
    return c >= QLatin1Char('a') && c <= QLatin1Char('z');
}

bool isNameChar(QChar c)
{
    return isNameStart(c) || c.isDigit() || c == QLatin1Char('_') || c == QLatin1Char('-');
}

/// One piece of a text with insertions.
struct Piece
{
    enum class Kind { Text, Slot, Token } kind = Kind::Text;
    QString value;
};

/// Splits at `{slot}` and `<token>`; `{{`, `}}` and `<<` are the characters themselves. A brace that opens nothing stays as it is.
QList<Piece> split(const QString &text)
{
    QList<Piece> pieces;
    QString plain;
    const auto flush = [&] {
        if (!plain.isEmpty())
            pieces.append({Piece::Kind::Text, plain});
        plain.clear();
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        const bool doubled = i + 1 < text.size() && text.at(i + 1) == c;
        if (doubled && (c == QLatin1Char('{') || c == QLatin1Char('}') || c == QLatin1Char('<'))) {
            plain += c;
            ++i;
            continue;
        }
        if (c == QLatin1Char('{') || c == QLatin1Char('<')) {
            const QChar close = c == QLatin1Char('{') ? QLatin1Char('}') : QLatin1Char('>');
            qsizetype end = i + 1;
            while (end < text.size() && isNameChar(text.at(end)))
                ++end;
            if (end > i + 1 && end < text.size() && text.at(end) == close && isNameStart(text.at(i + 1))) {
                flush();
                pieces.append({c == QLatin1Char('{') ? Piece::Kind::Slot : Piece::Kind::Token, text.mid(i + 1, end - i - 1)});
                i = end;
                continue;
            }
        }
        plain += c;
    }
    flush();
    return pieces;
}

QString nearestName(const QString &name, const QStringList &candidates)
{
    const auto distance = [](const QString &a, const QString &b) {
        QList<qsizetype> row(b.size() + 1);
        for (qsizetype j = 0; j <= b.size(); ++j)
            row[j] = j;
        for (qsizetype i = 1; i <= a.size(); ++i) {
            qsizetype diagonal = row[0];
            row[0] = i;
            for (qsizetype j = 1; j <= b.size(); ++j) {
                const qsizetype above = row[j];
                row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a.at(i - 1) == b.at(j - 1) ? 0 : 1)});
                diagonal = above;
            }
        }
        return row[b.size()];
    };
    QString best;
    qsizetype bestDistance = std::max<qsizetype>(2, name.size() / 3) + 1;
    for (const QString &candidate : candidates) {
        const qsizetype d = distance(name, candidate);
        if (d < bestDistance) {
            bestDistance = d;
            best = candidate;
        }
    }
    return best;
}

/// Inserts the values of one row; collects the first error.
class Resolver
{
public:
    Resolver(const Template &value, const Row &row, const QString &folder)
        : m_template(value)
        , m_row(row)
        , m_folder(folder)
    {}

    QString valueOf(const Slot &slot) const
    {
        const auto it = m_row.values.constFind(slot.name);
        return it == m_row.values.constEnd() || (it->isEmpty() && !slot.optional) ? slot.defaultValue : *it;
    }

    void checkValues()
    {
        for (const Slot &slot : m_template.slotList) {
            const QString problem = checkSlotValue(slot, valueOf(slot));
            if (!problem.isEmpty())
                setError(rowPrefix() + problem);
        }
    }

    /// \a keepTokens: `<hero>` stays in the text for the compiler (style.summary); elsewhere it is plain text.
    ResolvedText text(const QString &source, const QString &place)
    {
        ResolvedText result;
        for (const Piece &piece : split(source)) {
            if (piece.kind == Piece::Kind::Text) {
                result.text += piece.value;
            } else if (piece.kind == Piece::Kind::Token) {
                result.text += QLatin1Char('<') + piece.value + QLatin1Char('>');
            } else if (const Slot *slot = find(piece.value, place)) {
                const QString value = valueOf(*slot);
                result.spans.append({int(result.text.size()), int(result.text.size() + value.size()), slot->name});
                result.text += value;
            }
        }
        return result;
    }

    QColor color(const QString &source, const QString &place)
    {
        const QString resolved = text(source, place).text.trimmed();
        if (resolved.isEmpty())
            return {};
        const QColor result = parseColor(resolved);
        if (!result.isValid())
            setError(tr("%1: \"%2\" is not a colour. Write it as #RRGGBB.").arg(place, resolved));
        return result;
    }

    QList<QColor> colors(const QStringList &source, const QString &place)
    {
        QList<QColor> result;
        for (const QString &entry : source) {
            const QColor value = color(entry, place);
            if (value.isValid())
                result.append(value);
        }
        return result;
    }

    /// An image of a slot value is relative to the row's file, one that the template names to the template.
    QString image(const QString &source, const QString &place)
    {
        const ResolvedText resolved = text(source, place);
        if (resolved.text.isEmpty() || QFileInfo(resolved.text).isAbsolute())
            return resolved.text;
        const bool fromRow = !resolved.spans.isEmpty() && !m_row.values.value(resolved.spans.first().slot).isEmpty();
        const QString base = fromRow && !m_row.folder.isEmpty() ? m_row.folder : m_folder;
        return base.isEmpty() ? resolved.text : QDir::cleanPath(base + QLatin1Char('/') + resolved.text);
    }

    /// True when \a token shows only optional slots that are empty.
    bool isEmptied(const Token &token, const ResolvedToken &resolved) const
    {
        const QStringList used = slotsIn(token.text) + slotsIn(token.show) + slotsIn(token.image);
        const bool optionalEmpty = std::any_of(used.begin(), used.end(), [&](const QString &name) {
            const Slot *slot = m_template.findSlot(name);
            return slot && slot->optional && valueOf(*slot).isEmpty();
        });
        return optionalEmpty && resolved.text.text.trimmed().isEmpty() && resolved.show.text.trimmed().isEmpty()
               && resolved.imagePath.isEmpty();
    }

    const std::optional<Error> &error() const { return m_error; }

private:
    const Slot *find(const QString &name, const QString &place)
    {
        const Slot *slot = m_template.findSlot(name);
        if (!slot) {
            QStringList names;
            for (const Slot &entry : m_template.slotList)
                names.append(entry.name);
            const QString nearest = nearestName(name, names);
            setError(nearest.isEmpty()
                         ? tr("%1 uses the slot {%2}, which this template does not have. Add the slot or write {{%2}}.")
                               .arg(place, name)
                         : tr("%1 uses the slot {%2}, which this template does not have. Did you mean {%3}?")
                               .arg(place, name, nearest));
        }
        return slot;
    }

    QString rowPrefix() const { return m_row.number > 0 ? tr("Row %1: ").arg(m_row.number) : QString(); }

    void setError(const QString &message)
    {
        if (!m_error)
            m_error = Error{ErrorCode::InvalidInput, message, {}};
    }

    const Template &m_template;
    const Row &m_row;
    QString m_folder;
    std::optional<Error> m_error;
};

ResolvedToken resolveToken(Resolver &resolver, const Token &token)
{
    const QString place = tr("Token \"%1\"").arg(token.id);
    ResolvedToken result;
    result.token = token;
    result.show = resolver.text(token.show, place);
    result.text = resolver.text(token.text, place);
    result.imagePath = resolver.image(token.image, place);
    result.palette = resolver.colors(token.palette, place);
    result.fill = resolver.color(token.fill, place);
    result.textColor = resolver.color(token.style.color, place);
    return result;
}

} // namespace

const ResolvedToken *Variant::findToken(const QString &id) const
{
    const auto it = std::find_if(tokens.begin(), tokens.end(), [&](const ResolvedToken &t) { return t.token.id == id; });
    return it == tokens.end() ? nullptr : &*it;
}

Result<Variant> resolve(const Template &value, const Row &row, const QString &folder)
{
    Resolver resolver(value, row, folder);
    resolver.checkValues();
    Variant variant;
    variant.name = value.name;
    variant.project = value.project;
    variant.intent = value.intent;
    variant.canvas = value.canvas.size;
    variant.safeArea = value.canvas.safeArea;
    variant.background = resolver.color(value.canvas.background, tr("The canvas background"));
    variant.style = value.style;
    variant.summary = resolver.text(value.style.summary, tr("The style's summary"));
    variant.medium = resolver.text(value.style.medium, tr("The style's medium"));
    variant.artStyle = resolver.text(value.style.artStyle, tr("The style's art style"));
    variant.photo = resolver.text(value.style.photo, tr("The style's photo"));
    variant.aesthetics = resolver.text(value.style.aesthetics, tr("The style's aesthetics"));
    variant.lighting = resolver.text(value.style.lighting, tr("The style's lighting"));
    variant.palette = resolver.colors(value.style.palette, tr("The style's palette"));
    for (const Token &token : value.tokens) {
        if (token.hidden)
            continue;
        const ResolvedToken resolved = resolveToken(resolver, token);
        if (!resolver.isEmptied(token, resolved))
            variant.tokens.append(resolved);
    }
    std::stable_sort(variant.tokens.begin(), variant.tokens.end(),
                     [](const ResolvedToken &a, const ResolvedToken &b) { return a.token.z < b.token.z; });
    if (resolver.error())
        return fail(*resolver.error());
    return variant;
}

QString checkSlotValue(const Slot &slot, const QString &value)
{
    if (value.isEmpty())
        return slot.optional || slot.type == SlotType::Text || slot.type == SlotType::Subject || slot.type == SlotType::Image
                   ? QString()
                   : tr("The slot \"%1\" is empty. Give it a value, or make it optional.").arg(slot.name);
    switch (slot.type) {
    case SlotType::Text:
    case SlotType::Subject: {
        const qsizetype length = value.toUcs4().size();
        if (slot.maxChars && length > *slot.maxChars) {
            return tr("The slot \"%1\" holds %2 characters; its limit is %3. Shorten it or raise the limit.")
                .arg(slot.name)
                .arg(length)
                .arg(*slot.maxChars);
        }
        return {};
    }
    case SlotType::Color:
        return parseColor(value).isValid()
                   ? QString()
                   : tr("The slot \"%1\" holds \"%2\", which is not a colour. Write it as #RRGGBB.").arg(slot.name, value);
    case SlotType::Number: {
        bool ok = false;
        const double number = value.toDouble(&ok);
        if (!ok || !std::isfinite(number))
            return tr("The slot \"%1\" holds \"%2\", which is not a number.").arg(slot.name, value);
        if (slot.minimum && number < *slot.minimum)
            return tr("The slot \"%1\" holds %2; the smallest allowed is %3.").arg(slot.name, value).arg(*slot.minimum);
        if (slot.maximum && number > *slot.maximum)
            return tr("The slot \"%1\" holds %2; the largest allowed is %3.").arg(slot.name, value).arg(*slot.maximum);
        return {};
    }
    case SlotType::Choice:
        return slot.choices.contains(value)
                   ? QString()
                   : tr("The slot \"%1\" holds \"%2\"; choose one of: %3.")
                         .arg(slot.name, value, slot.choices.join(QStringLiteral(", ")));
    case SlotType::Image: return {};
    }
    return {};
}

QStringList slotsIn(const QString &text)
{
    QStringList names;
    for (const Piece &piece : split(text)) {
        if (piece.kind == Piece::Kind::Slot && !names.contains(piece.value))
            names.append(piece.value);
    }
    return names;
}

QStringList tokensIn(const QString &text)
{
    QStringList names;
    for (const Piece &piece : split(text)) {
        if (piece.kind == Piece::Kind::Token && !names.contains(piece.value))
            names.append(piece.value);
    }
    return names;
}

QColor parseColor(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("^#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$"));
    if (!pattern.match(text).hasMatch())
        return {};
    if (text.size() == 9) // Qt reads eight digits as #AARRGGBB
        return QColor(QLatin1Char('#') + text.mid(7, 2) + text.mid(1, 6));
    return QColor(text);
}

} // namespace Galley
