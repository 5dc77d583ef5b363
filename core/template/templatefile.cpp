#include "core/template/templatefile.h"

#include "core/template/resolve.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>
#include <QSet>
#include <QUuid>

#include <cmath>

namespace Galley {

namespace {

constexpr int maxTokens = 500;
constexpr int maxSlots = 200;
constexpr qsizetype maxCharacters = 10000;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::TemplateFile", text);
}

/// Reads one JSON object key by key; remembers the first problem with its JSON pointer, and which keys were known.
class ObjectReader
{
public:
    ObjectReader(const Json &object, const QString &pointer, std::optional<Finding> &problem)
        : m_object(object)
        , m_pointer(pointer)
        , m_problem(problem)
    {
        if (!object.is_object())
            report(pointer, QStringLiteral("wrong_type"), tr("must be an object, written as {…}"));
    }

    bool has(const char *key) const { return m_object.is_object() && m_object.contains(key); }

    const Json *get(const char *key)
    {
        m_known.insert(QString::fromLatin1(key));
        if (!has(key) || m_object.at(key).is_null())
            return nullptr;
        return &m_object.at(key);
    }

    void text(const char *key, QString &target)
    {
        if (const Json *json = get(key))
            readText(*json, at(key), target);
    }

    void texts(const char *key, QStringList &target, qsizetype most)
    {
        const Json *json = get(key);
        if (!json)
            return;
        if (!json->is_array()) {
            report(at(key), QStringLiteral("wrong_type"), tr("must be a list of texts, written as […]"));
            return;
        }
        if (qsizetype(json->size()) > most) {
            report(at(key), QStringLiteral("too_many"), tr("holds %1 entries; the limit is %2").arg(json->size()).arg(most));
            return;
        }
        target.clear();
        for (std::size_t i = 0; i < json->size(); ++i) {
            QString entry;
            readText((*json)[i], at(key) + QLatin1Char('/') + QString::number(i), entry);
            target.append(entry);
        }
    }

    void number(const char *key, double &target, double least, double most)
    {
        if (const Json *json = get(key))
            readNumber(*json, at(key), target, least, most);
    }

    void number(const char *key, std::optional<double> &target, double least, double most)
    {
        if (const Json *json = get(key)) {
            double value = 0;
            if (readNumber(*json, at(key), value, least, most))
                target = value;
        }
    }

    void integer(const char *key, int &target, int least, int most)
    {
        double value = target;
        number(key, value, least, most);
        if (value != std::floor(value))
            report(at(key), QStringLiteral("wrong_type"), tr("must be a whole number"));
        target = int(value);
    }

    void boolean(const char *key, bool &target)
    {
        const Json *json = get(key);
        if (!json)
            return;
        if (json->is_boolean())
            target = json->get<bool>();
        else
            report(at(key), QStringLiteral("wrong_type"), tr("must be true or false"));
    }

    template<typename Enum, typename FromName>
    void choice(const char *key, Enum &target, FromName fromName, const QString &choices)
    {
        QString name;
        text(key, name);
        if (name.isEmpty())
            return;
        if (const auto value = fromName(name))
            target = *value;
        else
            report(at(key), QStringLiteral("unknown_value"), tr("is \"%1\"; it must be one of: %2").arg(name, choices));
    }

    bool readNumber(const Json &json, const QString &pointer, double &target, double least, double most)
    {
        const double value = json.is_number() ? json.get<double>() : std::nan("");
        if (!std::isfinite(value)) {
            report(pointer, QStringLiteral("wrong_type"), tr("must be a number"));
            return false;
        }
        if (value < least || value > most) {
            report(pointer, QStringLiteral("out_of_range"), tr("is %1; it must lie between %2 and %3").arg(value).arg(least).arg(most));
            return false;
        }
        target = value;
        return true;
    }

    void report(const QString &pointer, const QString &code, const QString &what)
    {
        if (m_problem)
            return;
        m_problem = Finding{{}, 0, pointer, Severity::Error, code,
                            tr("%1 %2.").arg(pointer.isEmpty() ? tr("The file") : pointer, what), {}};
    }

    QString at(const char *key) const { return m_pointer + QLatin1Char('/') + QLatin1String(key); }

    /// Everything that was not asked for, and the order of all keys, to be written back.
    void keepRest(Json &extra, QStringList &order) const
    {
        extra = Json::object();
        order.clear();
        if (!m_object.is_object())
            return;
        for (const auto &[key, value] : m_object.items()) {
            const QString name = QString::fromStdString(key);
            order.append(name);
            if (!m_known.contains(name))
                extra[key] = value;
        }
    }

private:
    void readText(const Json &json, const QString &pointer, QString &target)
    {
        if (!json.is_string()) {
            report(pointer, QStringLiteral("wrong_type"), tr("must be a text in quotation marks"));
            return;
        }
        const QString value = toQString(json);
        if (value.size() > maxCharacters)
            report(pointer, QStringLiteral("too_long"),
                   tr("is %1 characters long; the limit is %2").arg(value.size()).arg(maxCharacters));
        else
            target = value;
    }

    const Json &m_object;
    QString m_pointer;
    std::optional<Finding> &m_problem;
    QSet<QString> m_known;
};

using Problem = std::optional<Finding>;

Box readBox(ObjectReader &reader)
{
    Box box;
    const Json *json = reader.get("box");
    if (!json || !json->is_array() || json->size() != 4) {
        reader.report(reader.at("box"), QStringLiteral("wrong_type"), tr("must be four numbers: [x, y, width, height]"));
        return box;
    }
    double values[4] = {};
    for (std::size_t i = 0; i < 4; ++i) {
        const double least = i < 2 ? -10 : 0;
        if (!reader.readNumber((*json)[i], reader.at("box") + QLatin1Char('/') + QString::number(i), values[i], least, 10))
            return box;
    }
    return {values[0], values[1], values[2], values[3]};
}

void readTextStyle(ObjectReader &reader, TextStyle &style, Problem &problem)
{
    if (const Json *json = reader.get("font")) {
        ObjectReader font(*json, reader.at("font"), problem);
        font.text("family", style.font.family);
        font.integer("weight", style.font.weight, 1, 1000);
        font.boolean("italic", style.font.italic);
    }
    reader.number("size", style.size, 0.001, 2);
    reader.number("min_size", style.minSize, 0.001, 2);
    reader.number("line_height", style.lineHeight, 0.5, 4);
    reader.number("letter_spacing", style.letterSpacing, -0.1, 0.5);
    reader.choice("align", style.align, alignFromName, QStringLiteral("left, center, right"));
    reader.choice("valign", style.valign, valignFromName, QStringLiteral("top, middle, bottom"));
    reader.choice("fit", style.fit, fitFromName, QStringLiteral("shrink, wrap, grow, error"));
    reader.text("color", style.color);
}

Token readToken(const Json &json, const QString &pointer, Problem &problem)
{
    static const QRegularExpression idPattern(QStringLiteral("^[a-z][a-z0-9_-]*$"));
    ObjectReader reader(json, pointer, problem);
    Token token;
    reader.text("id", token.id);
    if (!idPattern.match(token.id).hasMatch()) {
        reader.report(reader.at("id"), QStringLiteral("bad_id"),
                      tr("is \"%1\"; an id starts with a-z and goes on with a-z, 0-9, _ and -").arg(token.id));
    }
    QString role;
    reader.text("role", role);
    if (const auto value = roleFromName(role)) {
        token.role = *value;
    } else {
        reader.report(reader.at("role"), QStringLiteral("unknown_value"),
                      tr("is \"%1\"; it must be one of: background, subject, headline, subhead, body, caption, cta, logo, panel")
                          .arg(role));
    }
    token.box = readBox(reader);
    reader.integer("z", token.z, -100000, 100000);
    reader.boolean("hidden", token.hidden);
    reader.boolean("locked", token.locked);
    reader.text("show", token.show);
    reader.text("text", token.text);
    reader.text("image", token.image);
    reader.texts("palette", token.palette, 5);
    reader.text("fill", token.fill);
    reader.number("radius", token.radius, 0, 1);
    reader.number("opacity", token.opacity, 0, 1);
    reader.choice("mode", token.mode, modeFromName, QStringLiteral("set, drawn"));
    readTextStyle(reader, token.style, problem);
    reader.keepRest(token.extra, token.keyOrder);
    return token;
}

Slot readSlot(const QString &name, const Json &json, const QString &pointer, Problem &problem)
{
    static const QRegularExpression namePattern(QStringLiteral("^[a-z][a-z0-9_-]*$"));
    ObjectReader reader(json, pointer, problem);
    Slot slot;
    slot.name = name;
    if (!namePattern.match(name).hasMatch()) {
        reader.report(pointer, QStringLiteral("bad_id"),
                      tr("has a name that cannot be inserted; start with a-z and go on with a-z, 0-9, _ and -"));
    }
    QString type = QStringLiteral("text");
    reader.text("type", type);
    if (const auto value = slotTypeFromName(type))
        slot.type = *value;
    else
        reader.report(reader.at("type"), QStringLiteral("unknown_value"),
                      tr("is \"%1\"; it must be one of: text, subject, color, image, number, choice").arg(type));
    if (const Json *value = reader.get("default"); value && value->is_number())
        slot.defaultValue = QString::fromStdString(value->dump());
    else
        reader.text("default", slot.defaultValue);
    reader.boolean("optional", slot.optional);
    reader.text("help", slot.help);
    if (reader.get("max_chars")) {
        int limit = 0;
        reader.integer("max_chars", limit, 1, int(maxCharacters));
        slot.maxChars = limit;
    }
    reader.number("min", slot.minimum, -1e12, 1e12);
    reader.number("max", slot.maximum, -1e12, 1e12);
    reader.texts("choices", slot.choices, 200);
    reader.keepRest(slot.extra, slot.keyOrder);
    return slot;
}

void readCanvas(const Json &json, Canvas &canvas, Problem &problem)
{
    ObjectReader reader(json, QStringLiteral("/canvas"), problem);
    int width = canvas.size.width();
    int height = canvas.size.height();
    reader.integer("width", width, 16, 16384);
    reader.integer("height", height, 16, 16384);
    canvas.size = QSize(width, height);
    reader.number("safe_area", canvas.safeArea, 0, 0.4);
    reader.text("background", canvas.background);
    reader.keepRest(canvas.extra, canvas.keyOrder);
}

void readStyle(const Json &json, Style &style, Problem &problem)
{
    ObjectReader reader(json, QStringLiteral("/style"), problem);
    reader.text("summary", style.summary);
    reader.text("medium", style.medium);
    reader.text("art_style", style.artStyle);
    reader.text("photo", style.photo);
    reader.text("aesthetics", style.aesthetics);
    reader.text("lighting", style.lighting);
    reader.texts("palette", style.palette, 16);
    if (!style.artStyle.isEmpty() && !style.photo.isEmpty())
        reader.report(QStringLiteral("/style"), QStringLiteral("both_styles"),
                      tr("has both art_style and photo; keep exactly one of them"));
    reader.keepRest(style.extra, style.keyOrder);
}

void readTokens(ObjectReader &reader, Template &value, Problem &problem)
{
    const Json *json = reader.get("tokens");
    if (!json)
        return;
    if (!json->is_array()) {
        reader.report(QStringLiteral("/tokens"), QStringLiteral("wrong_type"), tr("must be a list, written as […]"));
        return;
    }
    if (json->size() > maxTokens) {
        reader.report(QStringLiteral("/tokens"), QStringLiteral("too_many"),
                      tr("holds %1 tokens; the limit is %2").arg(json->size()).arg(maxTokens));
        return;
    }
    QSet<QString> ids;
    for (std::size_t i = 0; i < json->size() && !problem; ++i) {
        const QString pointer = QStringLiteral("/tokens/") + QString::number(i);
        Token token = readToken((*json)[i], pointer, problem);
        if (ids.contains(token.id)) {
            reader.report(pointer + QStringLiteral("/id"), QStringLiteral("duplicate_id"),
                          tr("is \"%1\", which another token has already; give this one a name of its own").arg(token.id));
        }
        ids.insert(token.id);
        value.tokens.append(std::move(token));
    }
}

void readSlots(ObjectReader &reader, Template &value, Problem &problem)
{
    const Json *json = reader.get("slots");
    if (!json)
        return;
    if (!json->is_object()) {
        reader.report(QStringLiteral("/slots"), QStringLiteral("wrong_type"), tr("must be an object, written as {…}"));
        return;
    }
    if (json->size() > maxSlots) {
        reader.report(QStringLiteral("/slots"), QStringLiteral("too_many"),
                      tr("holds %1 slots; the limit is %2").arg(json->size()).arg(maxSlots));
        return;
    }
    for (const auto &[key, slot] : json->items()) {
        const QString name = QString::fromStdString(key);
        value.slotList.append(readSlot(name, slot, QStringLiteral("/slots/") + name, problem));
    }
}

/// Version 0, before the format was published: "format": 0, boxes as "rect" in per cent of the canvas, one "colour" for text.
void migrateFrom0(Json &json)
{
    json.erase("format");
    if (!json.contains("tokens") || !json["tokens"].is_array())
        return;
    for (Json &token : json["tokens"]) {
        if (!token.is_object())
            continue;
        Json moved = Json::object();
        for (auto &[key, value] : token.items()) {
            if (key == "rect" && value.is_array()) {
                Json box = Json::array();
                for (const Json &side : value)
                    box.push_back(side.is_number() ? Json(side.get<double>() / 100) : side);
                moved["box"] = box;
            } else {
                moved[key == "colour" ? "color" : key] = value;
            }
        }
        token = moved;
    }
}

/// The version that \a json says, or the sentence why it cannot be read.
Result<int> readVersion(const Json &json, const QString &name)
{
    if (!json.is_object())
        return fail(ErrorCode::InvalidInput, tr("%1:1: A template is a JSON object that starts with {\"galley\": 1, …}.").arg(name));
    if (!json.contains("galley")) {
        if (json.contains("format") && json["format"] == 0)
            return 0;
        return fail(ErrorCode::InvalidInput,
                    tr("%1:1: The key \"galley\" with the format version is missing, so this is not a Galley template.").arg(name));
    }
    const Json &version = json["galley"];
    if (!version.is_number_integer() || version.get<double>() < 1 || version.get<double>() > 1e6)
        return fail(ErrorCode::InvalidInput, tr("%1:1: \"galley\" must be the format version, a whole number such as 1.").arg(name));
    if (version.get<int>() > Template::formatVersion) {
        return fail(ErrorCode::Unsupported,
                    tr("%1 was written by a newer Galley (format %2; this one reads up to %3). Update Galley to open it.")
                        .arg(name)
                        .arg(version.get<int>())
                        .arg(Template::formatVersion));
    }
    return version.get<int>();
}

Error errorFor(const Finding &finding, const QByteArray &text, const QString &name)
{
    const int line = lineOfPointer(text, finding.path);
    const QString place = line > 0 ? name + QLatin1Char(':') + QString::number(line) : name;
    const ErrorCode code = finding.code.startsWith(QLatin1String("too_")) ? ErrorCode::TooLarge : ErrorCode::InvalidInput;
    return {code, place + QStringLiteral(": ") + finding.message, finding.code};
}

} // namespace

Result<LoadedTemplate> parseTemplate(const QByteArray &text, const QString &name, UnknownSlots unknownSlots)
{
    Result<Json> parsed = parseJson(text, name);
    if (!parsed)
        return fail(parsed.error());
    Json json = std::move(*parsed);
    const Result<int> version = readVersion(json, name);
    if (!version)
        return fail(version.error());
    if (*version == 0)
        migrateFrom0(json);

    Problem problem;
    LoadedTemplate loaded;
    loaded.migratedFrom = *version;
    Template &value = loaded.value;
    ObjectReader reader(json, QString(), problem);
    reader.get("galley");
    reader.text("id", value.id);
    reader.text("name", value.name);
    reader.text("project", value.project);
    reader.text("intent", value.intent);
    reader.texts("tags", value.tags, 100);
    if (const Json *canvas = reader.get("canvas"))
        readCanvas(*canvas, value.canvas, problem);
    if (const Json *style = reader.get("style"))
        readStyle(*style, value.style, problem);
    readTokens(reader, value, problem);
    readSlots(reader, value, problem);
    reader.keepRest(value.extra, value.keyOrder);
    if (problem)
        return fail(errorFor(*problem, text, name));
    if (value.id.isEmpty())
        value.id = QUuid::createUuid().toString(QUuid::WithoutBraces);

    for (Finding finding : checkTemplate(value, name)) {
        const bool unknownSlot = finding.severity == Severity::Error && finding.code == QLatin1String("unknown_slot");
        if (unknownSlot && unknownSlots == UnknownSlots::Refuse)
            return fail(errorFor(finding, text, name));
        finding.line = lineOfPointer(text, finding.path);
        loaded.warnings.append(finding);
    }
    return loaded;
}

Result<LoadedTemplate> loadTemplate(const QString &file)
{
    QFile source(file);
    if (!source.exists())
        return fail(ErrorCode::NotFound, tr("%1 does not exist.").arg(file));
    if (source.size() > JsonLimits().bytes)
        return fail(ErrorCode::TooLarge, tr("%1 is larger than 10 MB, the limit of a template.").arg(file));
    if (!source.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, tr("%1 cannot be read: %2.").arg(file, source.errorString()));
    return parseTemplate(source.readAll(), file);
}

Result<void> saveTemplate(const Template &value, const QString &file)
{
    QSaveFile target(file);
    const QByteArray text = writeTemplate(value);
    if (!target.open(QIODevice::WriteOnly) || target.write(text) != text.size() || !target.commit()) {
        return fail(ErrorCode::Io,
                    tr("%1 could not be saved: %2. The old file is as it was; save to another place.").arg(file, target.errorString()));
    }
    return {};
}

Template newTemplate(const QString &name, const QSize &canvas)
{
    Template value;
    value.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    value.name = name;
    value.canvas.size = canvas;
    return value;
}

} // namespace Galley
