#include "core/engines/remote/custom/customspec.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <array>

namespace Galley {

namespace {

constexpr std::array placeholders{"prompt", "negative", "width", "height", "ratio", "seed", "steps", "guidance", "strength", "count", "model", "image", "mask"};
constexpr int maxDepth = 32;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CustomSpec", text);
}

QByteArray reference(const EngineRequest &request, ReferencePicture::Use use)
{
    for (const ReferencePicture &picture : request.references) {
        if (picture.use == use)
            return picture.png.toBase64();
    }
    return {};
}

/// The value of a placeholder; null when there is none.
Json valueOf(const QString &name, const EngineRequest &request)
{
    const auto text = [](const QString &value) { return value.isEmpty() ? Json() : Json(value.toStdString()); };
    const auto number = [](auto value) { return value > 0 ? Json(value) : Json(); };
    if (name == QLatin1String("prompt"))
        return request.prompt.toStdString();
    if (name == QLatin1String("negative"))
        return text(request.negativePrompt);
    if (name == QLatin1String("width"))
        return number(request.size.width());
    if (name == QLatin1String("height"))
        return number(request.size.height());
    if (name == QLatin1String("ratio"))
        return text(request.ratio);
    if (name == QLatin1String("seed"))
        return request.seedWanted ? Json(request.seed) : Json();
    if (name == QLatin1String("steps"))
        return number(request.steps);
    if (name == QLatin1String("guidance"))
        return number(request.guidance);
    if (name == QLatin1String("strength"))
        return request.references.isEmpty() ? Json() : Json(request.strength);
    if (name == QLatin1String("count"))
        return request.count;
    if (name == QLatin1String("model"))
        return text(request.upstream);
    return text(QString::fromLatin1(reference(request, name == QLatin1String("mask") ? ReferencePicture::Use::Mask : ReferencePicture::Use::Start)));
}

QString asText(const Json &value)
{
    if (value.is_null())
        return {};
    return value.is_string() ? toQString(value) : QString::fromUtf8(dumpJson(value));
}

/// Walks the pieces of \a text: words() for what stands there, name() for what is between braces. False when a brace is alone.
template<typename Words, typename Name>
bool walk(const QString &text, Words words, Name name)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool open = c == QLatin1Char('{');
        if (!open && c != QLatin1Char('}')) {
            words(c);
        } else if (i + 1 < text.size() && text[i + 1] == c) {
            words(c);
            ++i;
        } else {
            const qsizetype end = open ? text.indexOf(QLatin1Char('}'), i) : -1;
            if (end < 0)
                return false;
            name(text.mid(i + 1, end - i - 1));
            i = end;
        }
    }
    return true;
}

QString fillText(const QString &text, const EngineRequest &request, bool encode)
{
    QString out;
    walk(text, [&](QChar c) { out += c; },
         [&](const QString &name) {
             const QString value = asText(valueOf(name, request));
             out += encode ? QString::fromLatin1(QUrl::toPercentEncoding(value)) : value;
         });
    return out;
}

/// The name when \a text is one placeholder and nothing else.
std::optional<QString> wholePlaceholder(const QString &text)
{
    if (text.size() < 3 || !text.startsWith(QLatin1Char('{')) || text.startsWith(QLatin1String("{{")) || text.indexOf(QLatin1Char('}')) != text.size() - 1)
        return std::nullopt;
    return text.mid(1, text.size() - 2);
}

void fillJson(Json &json, const EngineRequest &request)
{
    if (json.is_string()) {
        const QString text = toQString(json);
        if (const auto name = wholePlaceholder(text))
            json = valueOf(*name, request);
        else
            json = fillText(text, request, false).toStdString();
        return;
    }
    if (json.is_array()) {
        for (Json &item : json)
            fillJson(item, request);
    } else if (json.is_object()) {
        for (auto it = json.begin(); it != json.end();) {
            const bool wasPlaceholder = it->is_string() && wholePlaceholder(toQString(*it));
            fillJson(*it, request);
            it = wasPlaceholder && it->is_null() ? json.erase(it) : std::next(it);
        }
    }
}

/// Reads the options step by step; the first mistake stays.
class Reader
{
public:
    explicit Reader(const BackendEntry &backend)
        : m_backend(backend)
    {}

    Result<CustomSpec> read();

private:
    void fail(const QString &what)
    {
        if (m_error.isEmpty())
            m_error = what;
    }
    const Json &section(const char *name);
    QString text(const Json &from, const char *name, const QString &fallback = {});
    void readRequest();
    void readHeaders(const Json &headers);
    void readAnswer();
    void checkNames(const Json &section, const char *place, const QStringList &known);
    void checkPlaceholders(const QString &text);
    void checkBody(const Json &json, int depth);
    QString pointer(const Json &from, const char *name);

    const BackendEntry &m_backend;
    CustomSpec m_spec;
    QString m_error;
};

const Json &Reader::section(const char *name)
{
    static const Json empty = Json::object();
    const auto found = m_backend.options.find(name);
    if (found == m_backend.options.end() || found->is_null())
        return empty;
    if (!found->is_object()) {
        fail(tr("%1 must be a map").arg(QLatin1String(name)));
        return empty;
    }
    return *found;
}

void Reader::checkNames(const Json &section, const char *place, const QStringList &known)
{
    for (const auto &[name, value] : section.items()) {
        if (!known.contains(QString::fromStdString(name)))
            fail(tr("%1 has no key \"%2\"; it knows %3").arg(QLatin1String(place), QString::fromStdString(name), known.join(QStringLiteral(", "))));
    }
}

QString Reader::text(const Json &from, const char *name, const QString &fallback)
{
    const auto found = from.find(name);
    if (found == from.end() || found->is_null())
        return fallback;
    if (!found->is_string())
        fail(tr("%1 must be text").arg(QLatin1String(name)));
    return toQString(*found);
}

void Reader::checkPlaceholders(const QString &text)
{
    const bool closed = walk(text, [](QChar) {},
                             [this](const QString &name) {
                                 if (!m_spec.said.contains(name))
                                     m_spec.said.append(name);
                                 if (std::none_of(placeholders.begin(), placeholders.end(), [&](const char *known) { return name == QLatin1String(known); })) {
                                     QStringList names;
                                     for (const char *known : placeholders)
                                         names.append(QLatin1Char('{') + QLatin1String(known) + QLatin1Char('}'));
                                     fail(tr("there is no placeholder {%1}; use one of %2").arg(name, names.join(QLatin1Char(' '))));
                                 }
                             });
    if (!closed)
        fail(tr("a brace stands alone in \"%1\"; write it twice").arg(text));
}

void Reader::checkBody(const Json &json, int depth)
{
    if (depth > maxDepth)
        fail(tr("body is nested deeper than %1 levels").arg(maxDepth));
    else if (json.is_string())
        checkPlaceholders(toQString(json));
    else if (json.is_structured())
        std::for_each(json.begin(), json.end(), [&](const Json &item) { checkBody(item, depth + 1); });
}

void Reader::readHeaders(const Json &headers)
{
    static const QList<QByteArray> ours{"host", "content-length", "transfer-encoding", "connection", "content-type"};
    if (!headers.is_object()) {
        fail(tr("headers must be a map"));
        return;
    }
    for (const auto &[name, value] : headers.items()) {
        const QByteArray header = QByteArray::fromStdString(name);
        const QByteArray content = toQString(value).toUtf8();
        const bool isClean = std::none_of(content.begin(), content.end(), [](char c) { return uchar(c) < 32 || uchar(c) > 126; });
        const bool isName = !header.isEmpty() && std::all_of(header.begin(), header.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        });
        if (!value.is_string() || !isClean || !isName || ours.contains(header.toLower()))
            fail(tr("the header %1 cannot be sent").arg(QString::fromLatin1(header)));
        m_spec.headers.append({header, content});
    }
}

void Reader::readRequest()
{
    const Json &request = section("request");
    checkNames(request, "request", {QStringLiteral("method"), QStringLiteral("path"), QStringLiteral("headers"), QStringLiteral("key_header"),
                                    QStringLiteral("key_prefix"), QStringLiteral("body")});
    const auto body = request.find("body");
    m_spec.body = body == request.end() ? Json() : *body;
    checkBody(m_spec.body, 0);
    m_spec.method = text(request, "method", m_spec.body.is_null() ? QStringLiteral("GET") : QStringLiteral("POST")).toUpper().toLatin1();
    if (m_spec.method != "GET" && m_spec.method != "POST" && m_spec.method != "PUT")
        fail(tr("method must be GET, POST or PUT"));
    if (m_spec.method == "GET" && !m_spec.body.is_null())
        fail(tr("a GET has no body; put what it says into path"));
    m_spec.path = text(request, "path");
    checkPlaceholders(m_spec.path);
    if (const auto headers = request.find("headers"); headers != request.end())
        readHeaders(*headers);
    const QString authorization = QStringLiteral("Authorization");
    const QString keyHeader = text(request, "key_header", authorization);
    m_spec.keyHeader = keyHeader.toLatin1();
    m_spec.keyPrefix = text(request, "key_prefix", keyHeader == authorization ? QStringLiteral("Bearer ") : QString()).toLatin1();
}

QString Reader::pointer(const Json &from, const char *name)
{
    const QString value = text(from, name);
    if (value.isEmpty())
        return value;
    // Json::json_pointer throws; this is the whole of RFC 6901's syntax.
    bool valid = value.startsWith(QLatin1Char('/'));
    for (qsizetype i = value.indexOf(QLatin1Char('~')); i >= 0 && valid; i = value.indexOf(QLatin1Char('~'), i + 1))
        valid = i + 1 < value.size() && (value[i + 1] == QLatin1Char('0') || value[i + 1] == QLatin1Char('1'));
    if (!valid)
        fail(tr("%1 must be a JSON pointer such as /images/0/data").arg(QLatin1String(name)));
    return value;
}

void Reader::readAnswer()
{
    const Json &answer = section("answer");
    checkNames(answer, "answer", {QStringLiteral("picture"), QStringLiteral("seed"), QStringLiteral("model"), QStringLiteral("cost_usd"),
                                  QStringLiteral("error")});
    const QString body = QStringLiteral("body");
    m_spec.picture = text(answer, "picture", body);
    if (m_spec.picture != body)
        m_spec.picture = pointer(answer, "picture");
    m_spec.seed = pointer(answer, "seed");
    m_spec.model = pointer(answer, "model");
    m_spec.costUsd = pointer(answer, "cost_usd");
    m_spec.error = pointer(answer, "error");
}

Result<CustomSpec> Reader::read()
{
    if (!m_backend.options.is_object() || !m_backend.options.contains("request"))
        fail(tr("it has no request: that says what is sent"));
    else {
        readRequest();
        readAnswer();
        m_spec.test = text(m_backend.options, "test");
    }
    if (m_error.isEmpty())
        return m_spec;
    Error error{ErrorCode::InvalidInput, tr("The backend %1 in models.yaml cannot be used: %2.").arg(m_backend.id, m_error)};
    if (!m_backend.file.isEmpty() && m_backend.line > 0)
        error.message.prepend(QStringLiteral("%1:%2: ").arg(m_backend.file).arg(m_backend.line));
    error.failure = FailureClass::Rejected;
    return Galley::fail(error);
}

} // namespace

QStringList CustomSpec::features() const
{
    QStringList names{QStringLiteral("json")};
    for (const char *feature : {"seed", "negative", "image", "mask", "count", "steps", "guidance", "strength"}) {
        if (says(feature))
            names.append(QLatin1String(feature));
    }
    return names;
}

Result<CustomSpec> readCustomSpec(const BackendEntry &backend)
{
    return Reader(backend).read();
}

CustomRequest fillCustomSpec(const CustomSpec &spec, const EngineRequest &request)
{
    CustomRequest out{fillText(spec.path, request, true), spec.body};
    fillJson(out.body, request);
    if (out.body.is_object() && request.options.is_object())
        out.body.update(request.options);
    return out;
}

} // namespace Galley
