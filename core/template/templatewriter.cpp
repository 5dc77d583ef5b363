#include "core/template/templatefile.h"

#include <cmath>

namespace Galley {

namespace {

std::string utf8(const QString &text)
{
    return text.toStdString();
}

/// Numbers as people write them: whole where they are whole, else the shortest form.
Json number(double value)
{
    if (value == std::floor(value) && std::fabs(value) < 1e15)
        return Json(static_cast<long long>(value));
    return Json(value);
}

Json list(const QStringList &texts)
{
    Json result = Json::array();
    for (const QString &text : texts)
        result.push_back(utf8(text));
    return result;
}

/// Collects an object's members, then puts them in the order in which the file had them; new keys follow in the usual order.
class ObjectWriter
{
public:
    ObjectWriter(const QStringList &fileOrder, const Json &extra)
        : m_order(fileOrder)
        , m_extra(extra)
    {}

    /// A key that is written when it was in the file, or when \a needed says so.
    void set(const char *key, Json value, bool needed)
    {
        if (needed || m_order.contains(QLatin1String(key)))
            m_members[key] = std::move(value);
    }

    Json object() const
    {
        Json result = Json::object();
        for (const QString &name : m_order) {
            const std::string key = utf8(name);
            if (m_members.contains(key))
                result[key] = m_members.at(key);
            else if (m_extra.contains(key))
                result[key] = m_extra.at(key);
        }
        for (const auto &[key, value] : m_members.items()) {
            if (!result.contains(key))
                result[key] = value;
        }
        for (const auto &[key, value] : m_extra.items()) {
            if (!result.contains(key))
                result[key] = value;
        }
        return result;
    }

private:
    QStringList m_order;
    const Json &m_extra;
    Json m_members = Json::object();
};

Json boxJson(const Box &box)
{
    const auto rounded = [](double value) {
        const double result = std::round(value * 10000) / 10000;
        return number(result == 0 ? 0.0 : result); // no "-0"
    };
    return Json::array({rounded(box.x), rounded(box.y), rounded(box.width), rounded(box.height)});
}

Json fontJson(const FontSpec &font)
{
    Json json{{"family", utf8(font.family)}, {"weight", font.weight}};
    if (font.italic)
        json["italic"] = true;
    return json;
}

Json tokenJson(const Token &token)
{
    static const Token defaults;
    const bool text = token.isTextRole();
    ObjectWriter writer(token.keyOrder, token.extra);
    writer.set("id", utf8(token.id), true);
    writer.set("role", utf8(roleName(token.role)), true);
    writer.set("box", boxJson(token.box), true);
    writer.set("z", token.z, true);
    writer.set("hidden", token.hidden, token.hidden);
    writer.set("locked", token.locked, token.locked);
    writer.set("show", utf8(token.show), !token.show.isEmpty());
    writer.set("text", utf8(token.text), !token.text.isEmpty());
    writer.set("mode", token.mode == TokenMode::Default ? Json() : Json(utf8(modeName(token.mode))),
               token.mode != TokenMode::Default);
    writer.set("palette", list(token.palette), !token.palette.isEmpty());
    writer.set("image", utf8(token.image), !token.image.isEmpty());
    writer.set("fill", utf8(token.fill), !token.fill.isEmpty());
    writer.set("radius", number(token.radius), token.radius != 0);
    writer.set("opacity", number(token.opacity), token.opacity != 1);
    const TextStyle &style = token.style;
    const TextStyle &usual = defaults.style;
    writer.set("font", fontJson(style.font), text && style.font != usual.font);
    writer.set("size", style.size ? number(*style.size) : Json(), style.size.has_value());
    writer.set("min_size", number(style.minSize), style.minSize != usual.minSize);
    writer.set("line_height", number(style.lineHeight), style.lineHeight != usual.lineHeight);
    writer.set("letter_spacing", number(style.letterSpacing), style.letterSpacing != usual.letterSpacing);
    writer.set("align", utf8(alignName(style.align)), style.align != usual.align);
    writer.set("valign", utf8(valignName(style.valign)), style.valign != usual.valign);
    writer.set("fit", utf8(fitName(style.fit)), style.fit != usual.fit);
    writer.set("color", utf8(style.color), style.color != usual.color);
    Json json = writer.object();
    for (const char *key : {"mode", "size"}) { // null stands for "not set": such a key is left out
        if (json.contains(key) && json[key].is_null())
            json.erase(key);
    }
    return json;
}

Json slotJson(const Slot &slot)
{
    ObjectWriter writer(slot.keyOrder, slot.extra);
    writer.set("type", utf8(slotTypeName(slot.type)), true);
    bool isNumber = false;
    const double value = slot.defaultValue.toDouble(&isNumber);
    writer.set("default", slot.type == SlotType::Number && isNumber ? number(value) : Json(utf8(slot.defaultValue)),
               !slot.defaultValue.isEmpty());
    writer.set("optional", slot.optional, slot.optional);
    writer.set("help", utf8(slot.help), !slot.help.isEmpty());
    writer.set("max_chars", slot.maxChars ? Json(*slot.maxChars) : Json(), slot.maxChars.has_value());
    writer.set("min", slot.minimum ? number(*slot.minimum) : Json(), slot.minimum.has_value());
    writer.set("max", slot.maximum ? number(*slot.maximum) : Json(), slot.maximum.has_value());
    writer.set("choices", list(slot.choices), !slot.choices.isEmpty());
    Json json = writer.object();
    for (const char *key : {"max_chars", "min", "max"}) {
        if (json.contains(key) && json[key].is_null())
            json.erase(key);
    }
    return json;
}

Json canvasJson(const Canvas &canvas)
{
    ObjectWriter writer(canvas.keyOrder, canvas.extra);
    writer.set("width", canvas.size.width(), true);
    writer.set("height", canvas.size.height(), true);
    writer.set("safe_area", number(canvas.safeArea), true);
    writer.set("background", utf8(canvas.background), true);
    return writer.object();
}

Json styleJson(const Style &style)
{
    ObjectWriter writer(style.keyOrder, style.extra);
    writer.set("summary", utf8(style.summary), !style.summary.isEmpty());
    writer.set("medium", utf8(style.medium), !style.medium.isEmpty());
    writer.set("art_style", utf8(style.artStyle), !style.artStyle.isEmpty());
    writer.set("photo", utf8(style.photo), !style.photo.isEmpty());
    writer.set("aesthetics", utf8(style.aesthetics), !style.aesthetics.isEmpty());
    writer.set("lighting", utf8(style.lighting), !style.lighting.isEmpty());
    writer.set("palette", list(style.palette), !style.palette.isEmpty());
    return writer.object();
}

/// The layout of product.md §3: one line for each short value, tokens and slots one line each.
QByteArray pretty(const Json &root)
{
    QByteArray out("{");
    bool first = true;
    for (const auto &[key, value] : root.items()) {
        if (!first)
            out += ",";
        out += "\n ";
        first = false;
        out += dumpJson(Json(key)) + ": ";
        const bool rows = (key == "tokens" && value.is_array()) || (key == "slots" && value.is_object());
        if (!rows || value.empty()) {
            out += dumpJson(value);
            continue;
        }
        out += value.is_array() ? "[" : "{";
        bool firstRow = true;
        for (const auto &[name, row] : value.items()) {
            out += firstRow ? "\n  " : ",\n  ";
            firstRow = false;
            if (value.is_object())
                out += dumpJson(Json(name)) + ": ";
            out += dumpJson(row);
        }
        out += value.is_array() ? "\n ]" : "\n }";
    }
    return out + "\n}\n";
}

} // namespace

QByteArray writeTemplate(const Template &value)
{
    Json tokens = Json::array();
    for (const Token &token : value.tokens)
        tokens.push_back(tokenJson(token));
    Json slotObject = Json::object();
    for (const Slot &slot : value.slotList)
        slotObject[utf8(slot.name)] = slotJson(slot);

    QStringList order = value.keyOrder;
    order.removeAll(QStringLiteral("galley"));
    order.prepend(QStringLiteral("galley"));
    ObjectWriter writer(order, value.extra);
    writer.set("galley", Template::formatVersion, true);
    writer.set("id", utf8(value.id), true);
    writer.set("name", utf8(value.name), true);
    writer.set("project", utf8(value.project), !value.project.isEmpty());
    writer.set("intent", utf8(value.intent), !value.intent.isEmpty());
    writer.set("tags", list(value.tags), !value.tags.isEmpty());
    writer.set("canvas", canvasJson(value.canvas), true);
    writer.set("style", styleJson(value.style), value.style != Style());
    writer.set("tokens", tokens, true);
    writer.set("slots", slotObject, !value.slotList.isEmpty());
    return pretty(writer.object());
}

} // namespace Galley
