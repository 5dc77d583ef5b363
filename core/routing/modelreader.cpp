#include "core/routing/modelreader.h"

#include "core/template/names.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <iterator>

namespace Galley {

namespace {

constexpr int maxText = 2000;
constexpr int maxSide = 16'384;
constexpr int maxOptionNodes = 5000;
constexpr double maxUsd = 1000;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ModelCatalogue", text);
}

/// Why a value cannot be taken, and what to write instead; empty when it was.
struct Refusal
{
    QString why = {};
    QString fix = {};
};

template<typename Entry>
struct Field
{
    const char *key;
    Refusal (*read)(const YamlNode &node, Entry &entry);
};

Refusal readText(const YamlNode &node, QString &text)
{
    if (node.isNull()) {
        text.clear();
        return {};
    }
    const auto value = node.asText();
    if (!value)
        return {tr("must be a text.")};
    if (value->size() > maxText)
        return {tr("is longer than %1 characters.").arg(maxText)};
    text = *value;
    return {};
}

Refusal readCount(const YamlNode &node, int least, int most, int &count)
{
    const auto value = node.asInteger();
    if (!value || *value < least || *value > most)
        return {tr("must be a whole number from %1 to %2.").arg(least).arg(most)};
    count = *value;
    return {};
}

Refusal readPixels(const YamlNode &node, qint64 &pixels)
{
    const auto value = node.asNumber();
    if (!value || *value < 1 || *value > double(maxSide) * maxSide)
        return {tr("must be a number of pixels, such as 1048576.")};
    pixels = qint64(*value);
    return {};
}

Refusal readUsd(const YamlNode &node, double &usd)
{
    const auto value = node.asNumber();
    if (!value || *value < 0 || *value > maxUsd)
        return {tr("must be a price in US dollars from 0 to %1.").arg(maxUsd), tr("Write it as a number without a currency sign, such as 0.06.")};
    usd = *value;
    return {};
}

/// "1024x768", and with \a colon "4:5" as well; empty when it is neither.
QSize readPair(const YamlNode &node, int most, bool colon = false)
{
    QString text = node.asText().value_or(QString());
    if (colon)
        text.replace(QLatin1Char(':'), QLatin1Char('x'));
    const QStringList sides = text.split(QLatin1Char('x'));
    if (sides.size() != 2)
        return {};
    bool first = false, second = false;
    const QSize size(sides[0].toInt(&first), sides[1].toInt(&second));
    return first && second && size.width() > 0 && size.height() > 0 && size.width() <= most && size.height() <= most ? size : QSize();
}

Refusal readRatios(const YamlNode &node, SizeRules &sizes)
{
    for (const YamlNode &item : node.items) {
        const QSize ratio = readPair(item, 100, true);
        if (ratio.isEmpty())
            return {tr("has a ratio that is none: \"%1\".").arg(item.text.left(40)), tr("Write ratios as 4x5.")};
        sizes.ratios.append(QStringLiteral("%1x%2").arg(ratio.width()).arg(ratio.height()));
    }
    return {};
}

Refusal readList(const YamlNode &node, SizeRules &sizes)
{
    for (const YamlNode &item : node.items) {
        const QSize size = readPair(item, maxSide);
        if (size.isEmpty())
            return {tr("has a size that is none: \"%1\".").arg(item.text.left(40)), tr("Write sizes as 1024x768.")};
        sizes.list.append(size);
    }
    return {};
}

Refusal readSizes(const YamlNode &node, ModelEntry &model)
{
    static const QString form = tr("Write {ratios: [\"1x1\", \"4x5\"]}, {list: [\"1024x1024\"]} or {multiple: 16, min_px: 65536, max_px: 4194304}.");
    if (!node.isMap())
        return {tr("must be a map."), form};
    SizeRules sizes;
    int kinds = 0;
    for (const YamlNode &item : node.items) {
        Refusal refusal;
        const bool isKind = item.key == QLatin1String("ratios") || item.key == QLatin1String("list") || item.key == QLatin1String("multiple");
        kinds += isKind ? 1 : 0;
        if (item.key == QLatin1String("multiple"))
            refusal = readCount(item, 1, 1024, sizes.multiple);
        else if (isKind && (!item.isList() || item.items.isEmpty() || item.items.size() > 500))
            refusal = {tr("must be a list of 1 to 500 entries.")};
        else if (item.key == QLatin1String("ratios"))
            refusal = readRatios(item, sizes);
        else if (item.key == QLatin1String("list"))
            refusal = readList(item, sizes);
        else if (item.key == QLatin1String("min_px"))
            refusal = readPixels(item, sizes.minPixels);
        else if (item.key == QLatin1String("max_px"))
            refusal = readPixels(item, sizes.maxPixels);
        else if (item.key == QLatin1String("max_edge"))
            refusal = readCount(item, 16, maxSide, sizes.maxEdge);
        else
            refusal = {tr("is not known here."), form};
        if (!refusal.why.isEmpty())
            return {tr("cannot be used: %1 %2").arg(item.key.left(40), refusal.why), refusal.fix};
    }
    if (kinds != 1)
        return {tr("needs exactly one of ratios, list and multiple."), form};
    if (sizes.maxPixels > 0 && sizes.minPixels > sizes.maxPixels)
        return {tr("has a min_px above its max_px.")};
    model.sizes = sizes;
    return {};
}

Refusal readPrice(const YamlNode &node, ModelEntry &model)
{
    static const QString form = tr("Write {usd: 0.06, per: image}, {usd: 0.003, per: megapixel} or {\"1024x1024/high\": 0.21}.");
    if (!node.isMap() || node.items.isEmpty() || node.items.size() > 500)
        return {tr("must be a map."), form};
    Price price;
    if (const YamlNode *usd = node.find(QStringLiteral("usd"))) {
        if (Refusal refusal = readUsd(*usd, price.usd); !refusal.why.isEmpty())
            return refusal;
        const YamlNode *per = node.find(QStringLiteral("per"));
        const QString unit = per ? per->text : QStringLiteral("image");
        if ((unit != QLatin1String("image") && unit != QLatin1String("megapixel")) || node.items.size() > (per ? 2 : 1))
            return {tr("cannot be understood."), form};
        price.per = unit == QLatin1String("image") ? Price::Per::Image : Price::Per::Megapixel;
        price.saysFree = price.usd <= 0;
        model.price = price;
        return {};
    }
    price.per = Price::Per::Table;
    for (const YamlNode &item : node.items) {
        double usd = 0;
        if (Refusal refusal = readUsd(item, usd); !refusal.why.isEmpty())
            return {tr("cannot be used: \"%1\" %2").arg(item.key.left(40), refusal.why), refusal.fix};
        price.table.insert(item.key, usd);
    }
    model.price = price;
    return {};
}

Refusal readSupports(const YamlNode &node, ModelEntry &model)
{
    static const QStringList features{QStringLiteral("seed"),   QStringLiteral("negative"), QStringLiteral("image"), QStringLiteral("mask"),
                                      QStringLiteral("count"),  QStringLiteral("stream"),   QStringLiteral("json"),  QStringLiteral("steps"),
                                      QStringLiteral("guidance"), QStringLiteral("weights")};
    if (!node.isList())
        return {tr("must be a list."), tr("Write it as [seed, json].")};
    QStringList words;
    for (const YamlNode &item : node.items) {
        if (!features.contains(item.text))
            return {tr("names \"%1\", which is none of %2.").arg(item.text.left(40), features.join(QStringLiteral(", ")))};
        words.append(item.text);
    }
    model.supports = words;
    return {};
}

Refusal readOptions(const YamlNode &node, Json &options)
{
    if (!node.isMap())
        return {tr("must be a map.")};
    if (node.nodes > maxOptionNodes)
        return {tr("holds more than %1 values.").arg(maxOptionNodes)};
    options = node.toJson();
    return {};
}

Refusal readDate(const YamlNode &node, QDate &date)
{
    if (node.isNull()) {
        date = {};
        return {};
    }
    const QDate value = QDate::fromString(node.text, QStringLiteral("yyyy-MM-dd"));
    if (!value.isValid())
        return {tr("must be a day."), tr("Write it as 2027-01-31.")};
    date = value;
    return {};
}

Refusal readTier(const YamlNode &node, ModelEntry &model)
{
    const auto tier = fidelityFromName(node.text);
    if (!tier)
        return {tr("must be draft, mid or final.")};
    model.tier = *tier;
    return {};
}

Refusal readDialect(const YamlNode &node, ModelEntry &model)
{
    const auto dialect = dialectFromName(node.text);
    if (!dialect) {
        QStringList names;
        for (const Dialect known : allDialects())
            names.append(dialectName(known));
        return {tr("must be one of %1.").arg(names.join(QStringLiteral(", ")))};
    }
    model.dialect = *dialect;
    return {};
}

/// People paste the key itself here: it is refused, and its text must not come into a message.
Refusal readKeyName(const YamlNode &node, BackendEntry &backend)
{
    const QString name = node.text;
    static const std::array prefixes{"sk-", "sk_", "r8_", "AIza", "Bearer", "fal_", "hf_"};
    const bool looksLikeKey = name.size() > 40 || std::any_of(prefixes.begin(), prefixes.end(), [&](const char *prefix) {
        return name.startsWith(QLatin1String(prefix));
    });
    if (!node.isNull() && !name.isEmpty() && (looksLikeKey || !isEntryId(name))) {
        return {tr("must be the name under which the keychain holds the key, not the key itself."),
                tr("Write a name such as %1 here and enter the key in the settings.").arg(backend.id)};
    }
    backend.key = node.isNull() ? QString() : name;
    return {};
}

Refusal readUrl(const YamlNode &node, BackendEntry &backend)
{
    const QUrl url(node.text, QUrl::StrictMode);
    const bool http = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !http || url.host().isEmpty())
        return {tr("must be an address."), tr("Write it as https://host/v1 or http://127.0.0.1:8000/v1.")};
    if (!url.userInfo().isEmpty())
        return {tr("must not hold a user name or password."), tr("Enter the password as key in the settings.")};
    if (url.hasQuery() || url.hasFragment())
        return {tr("must end with its path, without ? and #.")};
    backend.url = url;
    return {};
}

Refusal readKind(const YamlNode &node, BackendEntry &backend)
{
    static const QStringList kinds{QStringLiteral("local"),  QStringLiteral("openai"), QStringLiteral("ideogram"),
                                   QStringLiteral("stability"), QStringLiteral("gemini"), QStringLiteral("bfl"),
                                   QStringLiteral("comfyui"), QStringLiteral("a1111"), QStringLiteral("custom")};
    if (!kinds.contains(node.text))
        return {tr("must be one of %1.").arg(kinds.join(QStringLiteral(", ")))};
    backend.kind = node.text;
    return {};
}

Refusal readFree(const YamlNode &node, BackendEntry &backend)
{
    const auto free = node.asBool();
    if (!free)
        return {tr("must be true or false.")};
    backend.free = *free;
    return {};
}

const std::array modelFields{
    Field<ModelEntry>{"label", [](const YamlNode &node, ModelEntry &model) { return readText(node, model.label); }},
    Field<ModelEntry>{"backend", [](const YamlNode &node, ModelEntry &model) { return readText(node, model.backend); }},
    Field<ModelEntry>{"upstream", [](const YamlNode &node, ModelEntry &model) { return readText(node, model.upstream); }},
    Field<ModelEntry>{"tier", readTier},
    Field<ModelEntry>{"dialect", readDialect},
    Field<ModelEntry>{"price", readPrice},
    Field<ModelEntry>{"sizes", readSizes},
    Field<ModelEntry>{"supports", readSupports},
    Field<ModelEntry>{"max_in_flight", [](const YamlNode &node, ModelEntry &model) { return readCount(node, 0, 1000, model.maxInFlight); }},
    Field<ModelEntry>{"steps", [](const YamlNode &node, ModelEntry &model) { return readCount(node, 0, 1000, model.defaultSteps); }},
    Field<ModelEntry>{"licence", [](const YamlNode &node, ModelEntry &model) { return readText(node, model.licence); }},
    Field<ModelEntry>{"shutdown", [](const YamlNode &node, ModelEntry &model) { return readDate(node, model.shutdown); }},
    Field<ModelEntry>{"replacement", [](const YamlNode &node, ModelEntry &model) { return readText(node, model.replacement); }},
    Field<ModelEntry>{"note", [](const YamlNode &node, ModelEntry &model) { return readText(node, model.note); }},
    Field<ModelEntry>{"options", [](const YamlNode &node, ModelEntry &model) { return readOptions(node, model.options); }},
};

const std::array backendFields{
    Field<BackendEntry>{"label", [](const YamlNode &node, BackendEntry &backend) { return readText(node, backend.label); }},
    Field<BackendEntry>{"kind", readKind},
    Field<BackendEntry>{"dialect", [](const YamlNode &node, BackendEntry &backend) { return readText(node, backend.dialect); }},
    Field<BackendEntry>{"url", readUrl},
    Field<BackendEntry>{"key", readKeyName},
    Field<BackendEntry>{"free", readFree},
    Field<BackendEntry>{"options", [](const YamlNode &node, BackendEntry &backend) { return readOptions(node, backend.options); }},
};

template<typename Entry, typename Fields>
void readEntry(const YamlNode &node, const QString &path, const Fields &fields, FindingSink &sink, Entry &entry)
{
    if (!node.isMap()) {
        sink.report(node.keyLine, path, "wrong_type", tr("\"%1\" must be a map.").arg(entry.id));
        return;
    }
    QStringList known;
    std::transform(fields.begin(), fields.end(), std::back_inserter(known), [](const auto &field) { return QString::fromLatin1(field.key); });
    for (const YamlNode &member : node.items) {
        const qsizetype at = known.indexOf(member.key);
        if (at < 0) {
            sink.unknownKey(member, path, entry.id, known);
            continue;
        }
        const Refusal refusal = fields[std::size_t(at)].read(member, entry);
        if (!refusal.why.isEmpty()) {
            sink.report(member.keyLine, path + QLatin1Char('/') + member.key, "wrong_value",
                        tr("%1 of \"%2\" %3").arg(member.key, entry.id, refusal.why), refusal.fix);
        }
    }
}

} // namespace

void FindingSink::report(int line, const QString &path, const char *code, const QString &message, const QString &fix, Severity severity,
                         int column)
{
    m_findings->append({m_file, line, path, severity, QString::fromLatin1(code), message, fix, column});
}

void FindingSink::unknownKey(const YamlNode &member, const QString &path, const QString &owner, const QStringList &known)
{
    const QString key = member.key.left(60);
    report(member.keyLine, path + QLatin1Char('/') + key, "unknown_key", tr("The key \"%1\" of \"%2\" is not known and has no effect.").arg(key, owner),
           didYouMean(key, known), Severity::Warning, member.keyColumn);
}

void readModelEntry(const YamlNode &node, const QString &path, FindingSink &sink, ModelEntry &model)
{
    readEntry(node, path, modelFields, sink, model);
}

void readBackendEntry(const YamlNode &node, const QString &path, FindingSink &sink, BackendEntry &backend)
{
    readEntry(node, path, backendFields, sink, backend);
}

bool isEntryId(const QString &name)
{
    const auto isWord = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9'); };
    return !name.isEmpty() && name.size() <= 64 && isWord(name[0])
        && std::all_of(name.begin(), name.end(), [&](QChar c) { return isWord(c) || c == u'.' || c == u'-' || c == u'_'; });
}

QString didYouMean(const QString &word, const QStringList &known)
{
    const QString near = nearestName(word, known);
    if (!near.isEmpty())
        return tr("Did you mean \"%1\"?").arg(near);
    constexpr qsizetype most = 20; // more of them say nothing to anybody
    return known.isEmpty() || known.size() > most ? QString() : tr("There are %1.").arg(known.join(QStringLiteral(", ")));
}

} // namespace Galley
