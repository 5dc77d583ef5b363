#include "core/template/resolve.h"

#include "core/template/names.h"
#include "core/template/slottext.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

struct ResolveTr
{
    Q_DECLARE_TR_FUNCTIONS(Galley::Resolve)
};

/// A text may insert long slots many times; beyond this it is an accident or an attack.
constexpr qsizetype maxResolvedLength = 100'000;

/// Perceived characters: an emoji of several code points is one. Counted only when it can matter.
int characterCount(const QString &value)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, value);
    int count = 0;
    while (finder.toNextBoundary() != -1)
        ++count;
    return count;
}

QString quotedList(const QStringList &values)
{
    constexpr int shown = 6;
    QStringList quoted;
    for (const QString &value : values.mid(0, shown))
        quoted.append(u'“' + value + u'”');
    return quoted.join(u", ") + (values.size() > shown ? QStringLiteral(" …") : QString());
}

/// Inserts one row into one template. Keeps the first error and goes on with empty values after it.
class Resolver
{
public:
    Resolver(const Template &value, const Row &row, const QString &folder)
        : m_template(value)
        , m_row(row)
        , m_folder(folder)
    {}

    Result<Variant> resolve()
    {
        Variant variant;
        variant.name = m_template.name;
        variant.project = m_template.project;
        variant.intent = m_template.intent;
        variant.canvas = m_template.canvas.size;
        variant.safeArea = m_template.canvas.safeArea;
        m_place = ResolveTr::tr("The canvas");
        variant.background = color(m_template.canvas.background, QStringLiteral("background"));
        if (!variant.background.isValid())
            variant.background = Qt::white;
        resolveStyle(variant);
        for (const Token &token : m_template.tokens) {
            if (!token.hidden)
                resolveToken(token, variant);
        }
        std::stable_sort(variant.tokens.begin(), variant.tokens.end(),
                         [](const ResolvedToken &a, const ResolvedToken &b) { return a.token.z < b.token.z; });
        if (m_error)
            return fail(*m_error);
        return variant;
    }

private:
    struct Value
    {
        QString text;
        bool fromRow = false;
        bool leftEmpty = false;  ///< optional and empty
    };

    void resolveStyle(Variant &variant)
    {
        const Style &style = m_template.style;
        variant.style = style;
        m_place = ResolveTr::tr("The style");
        variant.summary = text(style.summary, QStringLiteral("summary"));
        variant.medium = text(style.medium, QStringLiteral("medium"));
        variant.artStyle = text(style.artStyle, QStringLiteral("art_style"));
        variant.photo = text(style.photo, QStringLiteral("photo"));
        variant.aesthetics = text(style.aesthetics, QStringLiteral("aesthetics"));
        variant.lighting = text(style.lighting, QStringLiteral("lighting"));
        variant.palette = colors(style.palette);
    }

    void resolveToken(const Token &token, Variant &variant)
    {
        m_place = ResolveTr::tr("Token “%1”").arg(token.id);
        m_leftEmpty = false;
        ResolvedToken resolved;
        resolved.token = token;
        resolved.show = text(token.show, QStringLiteral("show"));
        resolved.text = text(token.text, QStringLiteral("text"), References::Literal);
        resolved.imagePath = image(token.image);
        if (m_leftEmpty && !showsAnything(resolved))
            return;
        resolved.palette = colors(token.palette);
        resolved.fill = color(token.fill, QStringLiteral("fill"));
        resolved.textColor = color(token.style.color, QStringLiteral("color"));
        if (!resolved.textColor.isValid())
            resolved.textColor = parseColor(TextStyle().color);
        variant.tokens.append(resolved);
    }

    /// Whether something is left of a token whose slot was left empty. A fill is content only where it is the point of the
    /// token: a call to action without words is not an empty button. "{subject}, flat illustration" needs its subject.
    static bool showsAnything(const ResolvedToken &resolved)
    {
        const QString head = resolved.show.text.section(u',', 0, 0);
        const bool fillCounts = resolved.token.role == Role::Panel || resolved.token.role == Role::Background;
        return !head.trimmed().isEmpty() || !resolved.text.text.trimmed().isEmpty() || !resolved.imagePath.isEmpty()
               || (fillCounts && !resolved.token.fill.isEmpty());
    }

    ResolvedText text(const QString &source, const QString &key, References references = References::Recognised)
    {
        ResolvedText resolved;
        if (source.isEmpty())
            return resolved;
        const SlotText parsed = parseSlotText(source, references);
        for (const TextPiece &piece : parsed.pieces)
            append(piece, key, resolved);
        return resolved;
    }

    void append(const TextPiece &piece, const QString &key, ResolvedText &resolved)
    {
        const int start = int(resolved.text.size());
        switch (piece.kind) {
        case TextPiece::Kind::Literal: resolved.text += piece.value; return;
        case TextPiece::Kind::Slot:
            resolved.text += slotValue(piece.value, key).text;
            resolved.spans.append({start, int(resolved.text.size()), piece.value});
            break;
        case TextPiece::Kind::Token:
            if (!m_template.findToken(piece.value))
                reportUnknownToken(piece.value, key);
            resolved.text += u'<' + piece.value + u'>';
            resolved.references.append({start, int(resolved.text.size()), piece.value});
            break;
        }
        if (resolved.text.size() > maxResolvedLength) {
            report(ErrorCode::TooLarge, key,
                   ResolveTr::tr("becomes longer than %1 characters; insert shorter values.").arg(maxResolvedLength));
            resolved = {};
        }
    }

    Value slotValue(const QString &name, const QString &key)
    {
        const auto known = m_values.constFind(name);
        if (known != m_values.cend()) {
            m_leftEmpty |= known->leftEmpty;
            return *known;
        }
        const Slot *slot = m_template.findSlot(name);
        if (!slot) {
            reportUnknownSlot(name, key);
            return {};
        }
        const Value value = valueOf(*slot);
        const QString problem = checkSlotValue(*slot, value.text);
        if (!problem.isEmpty())
            report(ErrorCode::InvalidInput, key, problem);
        m_leftEmpty |= value.leftEmpty;
        m_values.insert(name, value);
        return value;
    }

    Value valueOf(const Slot &slot) const
    {
        const auto given = m_row.values.constFind(slot.name);
        Value value;
        value.fromRow = given != m_row.values.cend() && (!given->isEmpty() || slot.optional);
        value.text = value.fromRow ? *given : slot.defaultValue;
        value.leftEmpty = slot.optional && value.text.trimmed().isEmpty();
        return value;
    }

    QColor color(const QString &source, const QString &key)
    {
        if (source.isEmpty())
            return {};
        if (source.startsWith(u'#')) {
            const QColor plain = parseColor(source);
            if (plain.isValid())
                return plain;
        }
        const ResolvedText resolved = text(source, key, References::Literal);
        if (resolved.text.isEmpty())
            return {};
        const QColor parsed = parseColor(resolved.text);
        if (!parsed.isValid() && !m_error) {
            const QString from = resolved.spans.isEmpty() ? QString() : resolved.spans.first().slot;
            report(ErrorCode::InvalidInput, key,
                   from.isEmpty()
                       ? ResolveTr::tr("“%1” is no colour; write it as #RRGGBB.").arg(resolved.text.left(32))
                       : ResolveTr::tr("“%1”, the value of the slot “%2”, is no colour; write it as #RRGGBB.")
                             .arg(resolved.text.left(32), from));
        }
        return parsed;
    }

    QList<QColor> colors(const QStringList &sources)
    {
        QList<QColor> result;
        for (const QString &source : sources) {
            const QColor parsed = color(source, QStringLiteral("palette"));
            if (parsed.isValid())
                result.append(parsed);
        }
        return result;
    }

    QString image(const QString &source)
    {
        const ResolvedText resolved = text(source, QStringLiteral("image"), References::Literal);
        const QString path = resolved.text.trimmed();
        if (path.isEmpty())
            return {};
        if (path.contains(QStringLiteral("://"))) {
            report(ErrorCode::InvalidInput, QStringLiteral("image"),
                   ResolveTr::tr("“%1” is an address; save the picture and give its file name.").arg(path.left(80)));
            return {};
        }
        if (QDir::isAbsolutePath(path))
            return QDir::cleanPath(path);
        // A path that comes wholly from the row lies beside the row's file; anything else lies beside the template.
        const bool onlySlot = resolved.spans.size() == 1 && resolved.spans.first().start == 0
                              && resolved.spans.first().end == resolved.text.size();
        const bool fromRow = onlySlot && m_values.value(resolved.spans.first().slot).fromRow;
        const QString folder = fromRow && !m_row.folder.isEmpty() ? m_row.folder : m_folder;
        return QDir::cleanPath(folder.isEmpty() ? path : folder + u'/' + path);
    }

    void reportUnknownSlot(const QString &name, const QString &key)
    {
        QStringList names;
        for (const Slot &slot : m_template.slotList)
            names.append(slot.name);
        const QString near = nearestName(name, names);
        report(ErrorCode::InvalidInput, key,
               near.isEmpty()
                   ? ResolveTr::tr("inserts {%1}, but there is no slot of that name; add it, or write {{ for a brace.").arg(name)
                   : ResolveTr::tr("inserts {%1}, but there is no slot of that name. Did you mean {%2}?").arg(name, near));
    }

    void reportUnknownToken(const QString &id, const QString &key)
    {
        QStringList ids;
        for (const Token &token : m_template.tokens)
            ids.append(token.id);
        const QString near = nearestName(id, ids);
        report(ErrorCode::InvalidInput, key,
               near.isEmpty()
                   ? ResolveTr::tr("names <%1>, but there is no token of that id; write << for the character itself.").arg(id)
                   : ResolveTr::tr("names <%1>, but there is no token of that id. Did you mean <%2>?").arg(id, near));
    }

    void report(ErrorCode code, const QString &key, const QString &what)
    {
        if (m_error)
            return;
        const QString row = m_row.number > 0 ? ResolveTr::tr("Row %1: ").arg(m_row.number) : QString();
        m_error = Error{code, row + ResolveTr::tr("%1, key “%2”: %3").arg(m_place, key, what), {}};
    }

    const Template &m_template;
    const Row &m_row;
    QString m_folder;
    QString m_place;
    QHash<QString, Value> m_values;
    bool m_leftEmpty = false;
    std::optional<Error> m_error;
};

QString checkNumber(const Slot &slot, const QString &value)
{
    bool isNumber = false;
    const double number = value.trimmed().toDouble(&isNumber);
    if (!isNumber || !std::isfinite(number))
        return ResolveTr::tr("“%1” takes a number such as 12 or 12.5; this is “%2”.").arg(slot.name, value.left(32));
    if (slot.minimum && number < *slot.minimum)
        return ResolveTr::tr("“%1” takes numbers from %2 on; this is %3.").arg(slot.name).arg(*slot.minimum).arg(number);
    if (slot.maximum && number > *slot.maximum)
        return ResolveTr::tr("“%1” takes numbers up to %2; this is %3.").arg(slot.name).arg(*slot.maximum).arg(number);
    return {};
}

QString checkLength(const Slot &slot, const QString &value)
{
    if (!slot.maxChars || value.size() <= *slot.maxChars)
        return {};
    const int count = characterCount(value);
    if (count <= *slot.maxChars)
        return {};
    return ResolveTr::tr("“%1” takes at most %2 characters; this has %3. Shorten it.")
        .arg(slot.name)
        .arg(*slot.maxChars)
        .arg(count);
}

QStringList namesIn(const QString &text, TextPiece::Kind kind)
{
    QStringList names;
    for (const TextPiece &piece : parseSlotText(text).pieces) {
        if (piece.kind == kind && !names.contains(piece.value))
            names.append(piece.value);
    }
    return names;
}

} // namespace

bool ResolvedToken::isSet() const
{
    if (token.effectiveMode() == TokenMode::Set)
        return true;
    // What empty slots leave behind, such as ", " or "!", is no description.
    const bool wordless = std::none_of(show.text.cbegin(), show.text.cend(), [](QChar c) { return !c.isSpace() && !c.isPunct(); });
    return wordless && !imagePath.isEmpty();
}

const ResolvedToken *Variant::findToken(const QString &id) const
{
    const auto found = std::find_if(tokens.cbegin(), tokens.cend(),
                                    [&](const ResolvedToken &candidate) { return candidate.token.id == id; });
    return found == tokens.cend() ? nullptr : &*found;
}

Result<Variant> resolve(const Template &value, const Row &row, const QString &folder)
{
    return Resolver(value, row, folder).resolve();
}

QString checkSlotValue(const Slot &slot, const QString &value)
{
    constexpr int maxValueLength = 10'000;
    if (value.isEmpty())
        return {};
    if (value.size() > maxValueLength) {
        return ResolveTr::tr("“%1” holds %2 characters; a value has at most %3. Shorten it.")
            .arg(slot.name)
            .arg(value.size())
            .arg(maxValueLength);
    }
    switch (slot.type) {
    case SlotType::Text:
    case SlotType::Subject: return checkLength(slot, value);
    case SlotType::Number: return checkNumber(slot, value);
    case SlotType::Color:
        return parseColor(value).isValid()
                   ? QString()
                   : ResolveTr::tr("“%1” takes a colour such as #2E8B57; this is “%2”.").arg(slot.name, value.left(32));
    case SlotType::Choice:
        return slot.choices.contains(value)
                   ? QString()
                   : ResolveTr::tr("“%1” takes one of %2; this is “%3”.")
                         .arg(slot.name, quotedList(slot.choices), value.left(32));
    case SlotType::Image:
        return value.contains(QStringLiteral("://"))
                   ? ResolveTr::tr("“%1” takes the name of a picture file; this is an address.").arg(slot.name)
                   : QString();
    }
    return {};
}

QStringList slotsIn(const QString &text)
{
    return namesIn(text, TextPiece::Kind::Slot);
}

QStringList tokensIn(const QString &text)
{
    return namesIn(text, TextPiece::Kind::Token);
}

QColor parseColor(const QString &text)
{
    if (!text.startsWith(u'#') || (text.size() != 4 && text.size() != 7 && text.size() != 9))
        return {};
    QList<int> digits;
    for (qsizetype i = 1; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        if (c >= u'0' && c <= u'9')
            digits.append(c - u'0');
        else if ((c | 0x20) >= u'a' && (c | 0x20) <= u'f')
            digits.append((c | 0x20) - u'a' + 10);
        else
            return {};
    }
    if (digits.size() == 3)
        return {digits[0] * 17, digits[1] * 17, digits[2] * 17};
    const auto byte = [&](int index) { return digits[2 * index] * 16 + digits[2 * index + 1]; };
    return {byte(0), byte(1), byte(2), digits.size() == 8 ? byte(3) : 255};
}

} // namespace Galley
