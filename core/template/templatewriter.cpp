#include "core/template/templatefile.h"

#include <cmath>

namespace Galley {

namespace {

/// Whole numbers as whole numbers: 1, not 1.0.
Json numberJson(double number)
{
    if (number == std::floor(number) && std::abs(number) < 1e15)
        return Json(static_cast<qint64>(number));
    return Json(number);
}

Json textJson(const QString &text)
{
    return Json(text.toStdString());
}

Json textsJson(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts)
        list.push_back(text.toStdString());
    return list;
}

/// Collects the members of an object and puts them into the order that the file had. Members that the file did not have are
/// written only when they say something, at their place in the canonical order.
class ObjectWriter
{
public:
    ObjectWriter(const QStringList &order, const Json &extra)
        : m_order(order)
        , m_extra(extra)
    {}

    /// \a isDefault: leave it out unless the file had it.
    void add(const char *name, const Json &value, bool isDefault)
    {
        if (!isDefault || m_order.contains(QString::fromLatin1(name)))
            m_members[name] = value;
    }

    /// An absent value: written by nobody, even where the file had one.
    void addOptional(const char *name, const std::optional<double> &value)
    {
        if (value)
            m_members[name] = numberJson(*value);
    }

    Json finish() const
    {
        Json result = Json::object();
        for (const QString &name : m_order)
            copy(name.toStdString(), result);
        for (const Json *rest : {&m_members, &m_extra}) {
            for (const auto &[name, value] : rest->items()) {
                if (!result.contains(name))
                    result[name] = value;
            }
        }
        return result;
    }

private:
    void copy(const std::string &name, Json &result) const
    {
        if (m_members.contains(name))
            result[name] = m_members[name];
        else if (m_extra.contains(name))
            result[name] = m_extra[name];
    }

    QStringList m_order;
    const Json &m_extra;
    Json m_members = Json::object();
};

Json canvasJson(const Canvas &canvas)
{
    ObjectWriter writer(canvas.keyOrder, canvas.extra);
    writer.add("width", canvas.size.width(), false);
    writer.add("height", canvas.size.height(), false);
    writer.add("safe_area", numberJson(canvas.safeArea), canvas.safeArea == Canvas().safeArea);
    writer.add("background", textJson(canvas.background), canvas.background == Canvas().background);
    return writer.finish();
}

Json styleJson(const Style &style)
{
    ObjectWriter writer(style.keyOrder, style.extra);
    writer.add("summary", textJson(style.summary), style.summary.isEmpty());
    writer.add("medium", textJson(style.medium), style.medium.isEmpty());
    writer.add("art_style", textJson(style.artStyle), style.artStyle.isEmpty());
    writer.add("photo", textJson(style.photo), style.photo.isEmpty());
    writer.add("aesthetics", textJson(style.aesthetics), style.aesthetics.isEmpty());
    writer.add("lighting", textJson(style.lighting), style.lighting.isEmpty());
    writer.add("palette", textsJson(style.palette), style.palette.isEmpty());
    return writer.finish();
}

Json fontJson(const Token &token)
{
    QStringList order;
    for (const QString &name : token.keyOrder) {
        if (name.startsWith(QStringLiteral("font/")))
            order.append(name.mid(5));
    }
    const Json none = Json::object();
    const auto extra = token.extra.find("font");
    ObjectWriter writer(order, extra == token.extra.end() ? none : *extra);
    const FontSpec &font = token.style.font;
    writer.add("family", textJson(font.family), false);
    writer.add("weight", font.weight, font.weight == FontSpec().weight);
    writer.add("italic", font.italic, !font.italic);
    return writer.finish();
}

Json boxJson(const Box &box)
{
    const auto rounded = [](double number) {
        const double result = std::round(number * 1e4) / 1e4;
        return numberJson(result == 0 ? 0.0 : result);  // no "-0"
    };
    return Json::array({rounded(box.x), rounded(box.y), rounded(box.width), rounded(box.height)});
}

Json tokenJson(const Token &token)
{
    static const TextStyle defaults;
    const TextStyle &style = token.style;
    ObjectWriter writer(token.keyOrder, token.extra);
    writer.add("id", textJson(token.id), false);
    writer.add("role", textJson(roleName(token.role)), false);
    writer.add("box", boxJson(token.box), false);
    writer.add("z", token.z, token.z == 0);
    writer.add("hidden", token.hidden, !token.hidden);
    writer.add("locked", token.locked, !token.locked);
    writer.add("show", textJson(token.show), token.show.isEmpty());
    writer.add("text", textJson(token.text), token.text.isEmpty());
    writer.add("image", textJson(token.image), token.image.isEmpty());
    writer.add("palette", textsJson(token.palette), token.palette.isEmpty());
    writer.add("fill", textJson(token.fill), token.fill.isEmpty());
    writer.add("radius", numberJson(token.radius), token.radius == 0);
    writer.add("opacity", numberJson(token.opacity), token.opacity == 1);
    if (token.mode != TokenMode::Default)
        writer.add("mode", textJson(modeName(token.mode)), false);
    writer.add("font", fontJson(token), style.font == defaults.font && !token.extra.contains("font"));
    writer.addOptional("size", style.size);
    writer.add("min_size", numberJson(style.minSize), style.minSize == defaults.minSize);
    writer.add("line_height", numberJson(style.lineHeight), style.lineHeight == defaults.lineHeight);
    writer.add("letter_spacing", numberJson(style.letterSpacing), style.letterSpacing == 0);
    writer.add("align", textJson(alignName(style.align)), style.align == defaults.align);
    writer.add("valign", textJson(valignName(style.valign)), style.valign == defaults.valign);
    writer.add("fit", textJson(fitName(style.fit)), style.fit == defaults.fit);
    writer.add("color", textJson(style.color), style.color == defaults.color);
    return writer.finish();
}

/// Number slots keep numbers in the file; their value is text everywhere else.
Json defaultJson(const Slot &slot)
{
    if (slot.type == SlotType::Number) {
        const std::string text = slot.defaultValue.toStdString();
        const Json number = Json::parse(text, nullptr, false);
        if (number.is_number())
            return number;
    }
    return textJson(slot.defaultValue);
}

Json slotJson(const Slot &slot)
{
    ObjectWriter writer(slot.keyOrder, slot.extra);
    writer.add("type", textJson(slotTypeName(slot.type)), false);
    writer.add("default", defaultJson(slot), slot.defaultValue.isEmpty());
    writer.add("optional", slot.optional, !slot.optional);
    writer.add("help", textJson(slot.help), slot.help.isEmpty());
    if (slot.maxChars)
        writer.add("max_chars", *slot.maxChars, false);
    writer.addOptional("min", slot.minimum);
    writer.addOptional("max", slot.maximum);
    writer.add("choices", textsJson(slot.choices), slot.choices.isEmpty());
    return writer.finish();
}

Json templateJson(const Template &value)
{
    QStringList order = value.keyOrder;
    order.removeAll(QStringLiteral("galley"));
    order.prepend(QStringLiteral("galley"));
    ObjectWriter writer(order, value.extra);
    writer.add("galley", Template::formatVersion, false);
    writer.add("id", textJson(value.id), value.id.isEmpty());
    writer.add("name", textJson(value.name), false);
    writer.add("project", textJson(value.project), value.project.isEmpty());
    writer.add("intent", textJson(value.intent), value.intent.isEmpty());
    writer.add("tags", textsJson(value.tags), value.tags.isEmpty());
    writer.add("canvas", canvasJson(value.canvas), false);
    writer.add("style", styleJson(value.style), false);
    Json tokens = Json::array();
    for (const Token &token : value.tokens)
        tokens.push_back(tokenJson(token));
    writer.add("tokens", tokens, false);
    Json all = Json::object();
    for (const Slot &slot : value.slotList)
        all[slot.name.toStdString()] = slotJson(slot);
    writer.add("slots", all, false);
    return writer.finish();
}

/// `{"a": 1, "b": [1, 2]}`: on one line, with a space after each separator.
void appendInline(const Json &json, QByteArray &out)
{
    if (!json.is_structured()) {
        out += dumpJson(json);
        return;
    }
    out += json.is_array() ? '[' : '{';
    for (auto member = json.begin(); member != json.end(); ++member) {
        if (member != json.begin())
            out += ", ";
        if (json.is_object())
            out += dumpJson(member.key()) + ": ";
        appendInline(*member, out);
    }
    out += json.is_array() ? ']' : '}';
}

/// The layout of the format's description: a line for each member, each token and each slot, so that a diff shows which changed.
QByteArray pretty(const Json &root)
{
    QByteArray out = "{";
    for (auto member = root.begin(); member != root.end(); ++member) {
        out += (member == root.begin() ? "\n " : ",\n ") + dumpJson(member.key()) + ": ";
        const bool isList = (member.key() == "tokens" || member.key() == "slots") && !member->empty();
        if (!isList) {
            appendInline(*member, out);
            continue;
        }
        out += member->is_array() ? '[' : '{';
        for (auto entry = member->begin(); entry != member->end(); ++entry) {
            out += entry == member->begin() ? "\n  " : ",\n  ";
            if (member->is_object())
                out += dumpJson(entry.key()) + ": ";
            appendInline(*entry, out);
        }
        out += member->is_array() ? "\n ]" : "\n }";
    }
    return out + "\n}\n";
}

} // namespace

QByteArray writeTemplate(const Template &value)
{
    return pretty(templateJson(value));
}

} // namespace Galley
