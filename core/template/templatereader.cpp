#include "core/template/templatereader.h"

#include "core/template/names.h"

#include <QCoreApplication>

#include <cmath>
#include <limits>

namespace Galley {

namespace {

struct ReaderTr
{
    Q_DECLARE_TR_FUNCTIONS(Galley::TemplateReader)
};

QString key(const std::string &text)
{
    return QString::fromStdString(text);
}

/// `~` and `/` of a key, as JSON pointers write them.
QString pointerPart(QString part)
{
    return part.replace(u'~', QStringLiteral("~0")).replace(u'/', QStringLiteral("~1"));
}

/// Reads the members of one JSON object. Each is asked for once, by name and type; finish() keeps the rest.
class ObjectReader
{
public:
    ObjectReader(const Json &object, const QString &pointer, const QString &subject, QList<Finding> &findings)
        : m_object(object)
        , m_pointer(pointer)
        , m_subject(subject)
        , m_findings(findings)
    {}

    const Json *member(const char *name)
    {
        m_known.append(QString::fromLatin1(name));
        const auto found = m_object.find(name);
        return found == m_object.end() ? nullptr : &*found;
    }

    void read(const char *name, QString &target)
    {
        const Json *value = member(name);
        if (value && isText(name, *value))
            target = toQString(*value);
    }

    void read(const char *name, bool &target)
    {
        const Json *value = member(name);
        if (!value)
            return;
        if (value->is_boolean())
            target = value->get<bool>();
        else
            wrongType(name, ReaderTr::tr("true or false"));
    }

    void read(const char *name, double &target)
    {
        const Json *value = member(name);
        if (!value)
            return;
        if (value->is_number())
            target = value->get<double>();
        else
            wrongType(name, ReaderTr::tr("a number"));
    }

    void read(const char *name, std::optional<double> &target)
    {
        if (!m_object.contains(name)) {
            member(name);
            return;
        }
        double number = std::numeric_limits<double>::quiet_NaN();
        read(name, number);
        if (!std::isnan(number))
            target = number;
    }

    void read(const char *name, int &target)
    {
        const Json *value = member(name);
        if (!value)
            return;
        const double number = value->is_number() ? value->get<double>() : 0.5;
        if (number == std::floor(number) && std::abs(number) <= 1e9)
            target = int(number);
        else
            wrongType(name, ReaderTr::tr("a whole number"));
    }

    void read(const char *name, std::optional<int> &target)
    {
        if (!m_object.contains(name)) {
            member(name);
            return;
        }
        int number = std::numeric_limits<int>::min();
        read(name, number);
        if (number != std::numeric_limits<int>::min())
            target = number;
    }

    void read(const char *name, QStringList &target)
    {
        const Json *value = member(name);
        if (!value)
            return;
        if (!value->is_array())
            return wrongType(name, ReaderTr::tr("a list of texts in [ ]"));
        for (std::size_t i = 0; i < value->size(); ++i) {
            const QString item = QString::fromLatin1(name) + u'/' + QString::number(i);
            if (isText(item, (*value)[i]))
                target.append(toQString((*value)[i]));
        }
    }

    template<typename Enum, typename FromName>
    void readName(const char *name, Enum &target, FromName fromName, const QStringList &names)
    {
        const Json *value = member(name);
        if (!value || !isText(name, *value))
            return;
        const QString text = toQString(*value);
        if (const auto found = fromName(text)) {
            target = *found;
            return;
        }
        const QString near = nearestName(text, names);
        report(name, QStringLiteral("unknown_value"),
               ReaderTr::tr("%1: “%2” is no %3. It is one of %4.")
                   .arg(m_subject, text.left(40), QString::fromLatin1(name), names.join(u", ")),
               near.isEmpty() ? QString() : ReaderTr::tr("Did you mean “%1”?").arg(near));
    }

    void wrongType(const QString &name, const QString &expected)
    {
        report(name, QStringLiteral("wrong_type"),
               ReaderTr::tr("%1: the key “%2” must be %3.").arg(m_subject, name.section(u'/', 0, 0), expected));
    }
    void wrongType(const char *name, const QString &expected) { wrongType(QString::fromLatin1(name), expected); }

    void report(const QString &name, const QString &code, const QString &message, const QString &fix = {},
                Severity severity = Severity::Error)
    {
        m_findings.append({{}, 0, m_pointer + u'/' + name, severity, code, message, fix});
    }
    void report(const char *name, const QString &code, const QString &message, const QString &fix = {})
    {
        report(QString::fromLatin1(name), code, message, fix);
    }

    /// Keeps what was not asked for in \a extra, and the order of all keys in \a order.
    void finish(Json &extra, QStringList &order)
    {
        for (const auto &[name, value] : m_object.items()) {
            const QString text = key(name);
            order.append(text);
            if (m_known.contains(text))
                continue;
            extra[name] = value;
            const QString near = nearestName(text, m_known);
            if (!near.isEmpty() && !m_object.contains(near.toStdString())) {
                report(pointerPart(text), QStringLiteral("unknown_key"),
                       ReaderTr::tr("%1: the key “%2” is not known here and has no effect.").arg(m_subject, text.left(64)),
                       ReaderTr::tr("Did you mean “%1”?").arg(near), Severity::Warning);
            }
        }
    }

    QString pointer(const char *name) const { return m_pointer + u'/' + QString::fromLatin1(name); }

private:
    bool isText(const char *name, const Json &value) { return isText(QString::fromLatin1(name), value); }

    bool isText(const QString &name, const Json &value)
    {
        if (!value.is_string()) {
            wrongType(name, ReaderTr::tr("a text in quotation marks"));
            return false;
        }
        const auto length = QString::fromStdString(value.get_ref<const std::string &>()).size();
        if (length <= TemplateLimits::valueLength)
            return true;
        report(name, QStringLiteral("too_long"),
               ReaderTr::tr("%1: the key “%2” holds %3 characters; a value has at most %4. Shorten it.")
                   .arg(m_subject, name.section(u'/', 0, 0))
                   .arg(length)
                   .arg(TemplateLimits::valueLength));
        return false;
    }

    const Json &m_object;
    QString m_pointer;
    QString m_subject;
    QList<Finding> &m_findings;
    QStringList m_known;
};

QStringList roleNames()
{
    QStringList names;
    for (const Role role : allRoles())
        names.append(roleName(role));
    return names;
}

QStringList slotTypeNames()
{
    QStringList names;
    for (const SlotType type : {SlotType::Text, SlotType::Subject, SlotType::Color, SlotType::Image, SlotType::Number,
                                SlotType::Choice})
        names.append(slotTypeName(type));
    return names;
}

/// The member \a name as an object of its own kind; reports what is no object.
const Json *objectMember(ObjectReader &reader, const char *name)
{
    const Json *value = reader.member(name);
    if (value && !value->is_object()) {
        reader.wrongType(name, ReaderTr::tr("an object in { }"));
        return nullptr;
    }
    return value;
}

void readCanvas(ObjectReader &parent, Canvas &canvas, QList<Finding> &findings)
{
    const Json *object = objectMember(parent, "canvas");
    if (!object)
        return;
    ObjectReader reader(*object, parent.pointer("canvas"), ReaderTr::tr("The canvas"), findings);
    int width = canvas.size.width();
    int height = canvas.size.height();
    reader.read("width", width);
    reader.read("height", height);
    canvas.size = {width, height};
    reader.read("safe_area", canvas.safeArea);
    reader.read("background", canvas.background);
    reader.finish(canvas.extra, canvas.keyOrder);
}

void readStyle(ObjectReader &parent, Style &style, QList<Finding> &findings)
{
    const Json *object = objectMember(parent, "style");
    if (!object)
        return;
    ObjectReader reader(*object, parent.pointer("style"), ReaderTr::tr("The style"), findings);
    reader.read("summary", style.summary);
    reader.read("medium", style.medium);
    reader.read("art_style", style.artStyle);
    reader.read("photo", style.photo);
    reader.read("aesthetics", style.aesthetics);
    reader.read("lighting", style.lighting);
    reader.read("palette", style.palette);
    reader.finish(style.extra, style.keyOrder);
}

void readBox(ObjectReader &reader, Box &box)
{
    const Json *value = reader.member("box");
    if (!value) {
        reader.report("box", QStringLiteral("missing_box"), ReaderTr::tr("A token needs a box."),
                      ReaderTr::tr("Add \"box\": [x, y, width, height] in fractions of the canvas."));
        return;
    }
    bool fine = value->is_array() && value->size() == 4;
    for (std::size_t i = 0; fine && i < 4; ++i)
        fine = (*value)[i].is_number();
    if (!fine)
        return reader.wrongType("box", ReaderTr::tr("four numbers [x, y, width, height]"));
    box = {(*value)[0].get<double>(), (*value)[1].get<double>(), (*value)[2].get<double>(), (*value)[3].get<double>()};
}

/// Unknown keys and key order inside "font" are kept with the token's, as extra["font"] and "font/weight".
void readFont(ObjectReader &parent, Token &token, const QString &subject, QList<Finding> &findings, QStringList &fontOrder)
{
    const Json *object = objectMember(parent, "font");
    if (!object)
        return;
    ObjectReader reader(*object, parent.pointer("font"), subject, findings);
    FontSpec &font = token.style.font;
    reader.read("family", font.family);
    reader.read("weight", font.weight);
    reader.read("italic", font.italic);
    Json extra = Json::object();
    QStringList order;
    reader.finish(extra, order);
    if (!extra.empty())
        token.extra["font"] = extra;
    for (const QString &name : order)
        fontOrder.append(QStringLiteral("font/") + name);
}

void readTextStyle(ObjectReader &reader, TextStyle &style)
{
    reader.read("size", style.size);
    reader.read("min_size", style.minSize);
    reader.read("line_height", style.lineHeight);
    reader.read("letter_spacing", style.letterSpacing);
    reader.readName("align", style.align, alignFromName,
                    {QStringLiteral("left"), QStringLiteral("center"), QStringLiteral("right")});
    reader.readName("valign", style.valign, valignFromName,
                    {QStringLiteral("top"), QStringLiteral("middle"), QStringLiteral("bottom")});
    reader.readName("fit", style.fit, fitFromName,
                    {QStringLiteral("shrink"), QStringLiteral("wrap"), QStringLiteral("grow"), QStringLiteral("error")});
    reader.read("color", style.color);
}

Token readToken(const Json &json, const QString &pointer, int number, QList<Finding> &findings)
{
    Token token;
    const QString id = json.is_object() && json.contains("id") ? toQString(json["id"]) : QString();
    const QString subject = id.isEmpty() ? ReaderTr::tr("Token %1").arg(number) : ReaderTr::tr("Token “%1”").arg(id.left(64));
    if (!json.is_object()) {
        findings.append({{}, 0, pointer, Severity::Error, QStringLiteral("wrong_type"),
                         ReaderTr::tr("%1 must be an object in { }.").arg(subject), {}});
        return token;
    }
    ObjectReader reader(json, pointer, subject, findings);
    reader.read("id", token.id);
    reader.readName("role", token.role, roleFromName, roleNames());
    if (!json.contains("role"))
        reader.report("role", QStringLiteral("missing_role"), ReaderTr::tr("%1 needs a role.").arg(subject),
                      ReaderTr::tr("Add \"role\": one of %1.").arg(roleNames().join(u", ")));
    readBox(reader, token.box);
    reader.read("z", token.z);
    reader.read("hidden", token.hidden);
    reader.read("locked", token.locked);
    reader.read("show", token.show);
    reader.read("text", token.text);
    reader.read("image", token.image);
    reader.read("palette", token.palette);
    reader.read("fill", token.fill);
    reader.read("radius", token.radius);
    reader.read("opacity", token.opacity);
    reader.readName("mode", token.mode, modeFromName, {QStringLiteral("set"), QStringLiteral("drawn")});
    QStringList fontOrder;
    readFont(reader, token, subject, findings, fontOrder);
    readTextStyle(reader, token.style);
    reader.finish(token.extra, token.keyOrder);
    token.keyOrder += fontOrder;
    return token;
}

QString valueText(const Json &value)
{
    return value.is_string() ? toQString(value) : QString::fromUtf8(dumpJson(value));
}

void readDefault(ObjectReader &reader, Slot &slot)
{
    if (slot.type != SlotType::Number)
        return reader.read("default", slot.defaultValue);
    const Json *value = reader.member("default");
    if (!value)
        return;
    if (value->is_number() || value->is_string())
        slot.defaultValue = valueText(*value);
    else
        reader.wrongType("default", ReaderTr::tr("a number"));
}

Slot readSlot(const Json &json, const QString &name, const QString &pointer, QList<Finding> &findings)
{
    Slot slot;
    slot.name = name;
    const QString subject = ReaderTr::tr("Slot “%1”").arg(name.left(64));
    if (!json.is_object()) {
        findings.append({{}, 0, pointer, Severity::Error, QStringLiteral("wrong_type"),
                         ReaderTr::tr("%1 must be an object in { }.").arg(subject), {}});
        return slot;
    }
    ObjectReader reader(json, pointer, subject, findings);
    reader.readName("type", slot.type, slotTypeFromName, slotTypeNames());
    readDefault(reader, slot);
    reader.read("optional", slot.optional);
    reader.read("help", slot.help);
    reader.read("max_chars", slot.maxChars);
    reader.read("min", slot.minimum);
    reader.read("max", slot.maximum);
    reader.read("choices", slot.choices);
    reader.finish(slot.extra, slot.keyOrder);
    return slot;
}

void readTokens(ObjectReader &reader, Template &value, QList<Finding> &findings)
{
    const Json *tokens = reader.member("tokens");
    if (!tokens)
        return;
    if (!tokens->is_array())
        return reader.wrongType("tokens", ReaderTr::tr("a list in [ ]"));
    if (tokens->size() > TemplateLimits::tokens) {
        return reader.report("tokens", QStringLiteral("too_many"),
                             ReaderTr::tr("There are %1 tokens; a template has at most %2. Remove some, or make two templates.")
                                 .arg(tokens->size())
                                 .arg(TemplateLimits::tokens));
    }
    for (std::size_t i = 0; i < tokens->size(); ++i)
        value.tokens.append(
            readToken((*tokens)[i], reader.pointer("tokens") + u'/' + QString::number(i), int(i) + 1, findings));
}

void readSlots(ObjectReader &reader, Template &value, QList<Finding> &findings)
{
    const Json *all = objectMember(reader, "slots");
    if (!all)
        return;
    if (all->size() > TemplateLimits::slotCount) {
        return reader.report("slots", QStringLiteral("too_many"),
                             ReaderTr::tr("There are %1 slots; a template has at most %2. Remove some, or make two templates.")
                                 .arg(all->size())
                                 .arg(TemplateLimits::slotCount));
    }
    for (const auto &[name, slot] : all->items())
        value.slotList.append(
            readSlot(slot, key(name), reader.pointer("slots") + u'/' + pointerPart(key(name)), findings));
}

} // namespace

Template readTemplate(const Json &json, QList<Finding> &findings)
{
    Template value;
    ObjectReader reader(json, {}, ReaderTr::tr("The template"), findings);
    reader.member("galley");
    reader.read("id", value.id);
    reader.read("name", value.name);
    reader.read("project", value.project);
    reader.read("intent", value.intent);
    reader.read("tags", value.tags);
    readCanvas(reader, value.canvas, findings);
    readStyle(reader, value.style, findings);
    readTokens(reader, value, findings);
    readSlots(reader, value, findings);
    reader.finish(value.extra, value.keyOrder);
    return value;
}

void migrateTemplate(Json &json, int from)
{
    if (from > 0)
        return;
    Json migrated = Json::object();
    migrated["galley"] = Template::formatVersion;
    for (const auto &[name, value] : json.items()) {
        if (name != "format" && name != "galley")
            migrated[name] = value;
    }
    const auto tokens = migrated.find("tokens");
    if (tokens != migrated.end() && tokens->is_array()) {
        for (Json &token : *tokens) {
            if (!token.is_object() || token.contains("box"))
                continue;
            // Rebuilt key by key, so that the box stands where the rectangle stood.
            Json renamed = Json::object();
            for (const auto &[name, value] : token.items()) {
                if (name != "rect") {
                    renamed[name == "colour" ? "color" : name] = value;
                    continue;
                }
                Json box = value;
                for (Json &number : box) {
                    if (number.is_number())
                        number = number.get<double>() / 100;
                }
                renamed["box"] = box;
            }
            token = renamed;
        }
    }
    json = migrated;
}

} // namespace Galley
