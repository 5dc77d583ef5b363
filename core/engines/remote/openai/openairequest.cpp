#include "core/engines/remote/openai/openairequest.h"

#include "core/engines/remote/wire.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <array>
#include <string_view>

namespace Galley {

namespace {

constexpr std::array<std::string_view, 3> ownOptions{"stream", "partial_images", "usd_per_million_tokens"};
/// What servers with a place of their own for extras still want in the body.
constexpr std::array<std::string_view, 10> bodyOptions{"model", "prompt", "n", "size", "quality", "response_format", "output_format",
                                                       "output_compression", "background", "user"};
const QString openTag = QStringLiteral("<sd_cpp_extra_args>");
const QString closeTag = QStringLiteral("</sd_cpp_extra_args>");

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::OpenAiRequest", text);
}

template<std::size_t N>
bool contains(const std::array<std::string_view, N> &names, const std::string &name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Builds one request step by step.
class Writer
{
public:
    Writer(const OpenAiDialect &dialect, const BackendEntry &backend, const EngineRequest &request)
        : m_dialect(dialect)
        , m_backend(backend)
        , m_request(request)
    {}

    Result<OpenAiRequest> write(bool watched);

private:
    Result<void> choosePath();
    QString prompt();
    void writeSize();
    void writeSettings();
    void writeOptions();
    void writeStream(bool watched);
    void placeExtras();
    void makeParts();
    void makeQuery();
    void setExtra(const char *pointer, const Json &value, bool wanted, const char *note);
    const Json *option(const char *name) const;

    const OpenAiDialect &m_dialect;
    const BackendEntry &m_backend;
    const EngineRequest &m_request;
    OpenAiRequest m_out;
    Json m_extras = Json::object();
    QByteArrayList m_starts;
    QByteArray m_mask;
    bool m_multipart = false;
};

const Json *Writer::option(const char *name) const
{
    if (!m_request.options.is_object())
        return nullptr;
    const auto found = m_request.options.find(name);
    return found == m_request.options.end() ? nullptr : &*found;
}

Result<void> Writer::choosePath()
{
    for (const ReferencePicture &reference : m_request.references) {
        if (reference.use == ReferencePicture::Use::Mask)
            m_mask = reference.png;
        else
            m_starts.append(reference.png);
    }
    const bool hasMask = !m_mask.isEmpty();
    Error error;
    error.code = ErrorCode::InvalidInput;
    error.failure = FailureClass::Rejected;
    if (hasMask && m_starts.isEmpty()) {
        error.message = tr("A mask needs the picture that it belongs to. Send the draft along as start picture.");
        return fail(error);
    }
    if ((hasMask && !m_dialect.maskPath) || (!m_starts.isEmpty() && !hasMask && !m_dialect.takesStart())) {
        error.message = tr("%1 (%2) takes no %3 along with a request. Leave it out, or choose another model.")
                            .arg(m_backend.title(), QLatin1String(m_dialect.title), hasMask ? tr("mask") : tr("start picture"));
        return fail(error);
    }
    m_multipart = hasMask || (!m_starts.isEmpty() && m_dialect.editPath);
    m_out.path = QLatin1String(hasMask ? m_dialect.maskPath : m_multipart ? m_dialect.editPath : "images/generations");
    return {};
}

QString Writer::prompt()
{
    QString text = m_request.prompt;
    if (m_dialect.negativeAfterBar) {
        if (text.contains(QLatin1Char('|'))) {
            text.replace(QLatin1Char('|'), QLatin1Char('/'));
            m_out.notes.append(tr("%1 reads | as the start of the negative prompt; / was sent for it.").arg(m_backend.title()));
        }
        if (!m_request.negativePrompt.isEmpty())
            text += QLatin1Char('|') + m_request.negativePrompt;
    }
    if (m_dialect.extras == OpenAiDialect::Extras::PromptTag) {
        // What a designer types is words, never settings.
        text.remove(openTag);
        text.remove(closeTag);
    }
    return text;
}

void Writer::writeSize()
{
    const QSize size = m_request.size;
    if (!size.isValid())
        return;
    const auto joined = [&](QLatin1Char sign) {
        return QString(QString::number(size.width()) + sign + QString::number(size.height())).toStdString();
    };
    switch (m_dialect.size) {
    case OpenAiDialect::Size::Text: m_out.body["size"] = joined(QLatin1Char('x')); break;
    case OpenAiDialect::Size::Starred: m_out.body["size"] = joined(QLatin1Char('*')); break;
    case OpenAiDialect::Size::Edges:
        m_out.body["width"] = size.width();
        m_out.body["height"] = size.height();
        break;
    case OpenAiDialect::Size::LongEdge: m_out.body["img_size"] = std::max(size.width(), size.height()); break;
    }
}

void Writer::setExtra(const char *pointer, const Json &value, bool wanted, const char *note)
{
    if (!wanted)
        return;
    if (pointer)
        m_extras[Json::json_pointer(pointer)] = value;
    else if (note)
        m_out.notes.append(tr(note).arg(m_backend.title()));
}

void Writer::writeSettings()
{
    m_out.seedSent = m_dialect.seed && m_request.seedWanted;
    setExtra(m_dialect.seed, m_request.seed, m_request.seedWanted, nullptr);
    if (!m_dialect.negativeAfterBar) {
        setExtra(m_dialect.negative, m_request.negativePrompt.toStdString(), !m_request.negativePrompt.isEmpty(),
                 QT_TRANSLATE_NOOP("Galley::OpenAiRequest", "%1 takes no negative prompt; it was not sent."));
    }
    setExtra(m_dialect.steps, m_request.steps, m_request.steps > 0, nullptr);
    setExtra(m_dialect.guidance, m_request.guidance, m_request.guidance > 0,
             QT_TRANSLATE_NOOP("Galley::OpenAiRequest", "%1 takes no guidance; it was not sent."));
    setExtra(m_dialect.strength, m_request.strength, !m_starts.isEmpty(),
             QT_TRANSLATE_NOOP("Galley::OpenAiRequest", "%1 cannot be told how far to leave the start picture."));
}

void Writer::writeOptions()
{
    if (!m_request.options.is_object())
        return;
    const bool inBody = m_dialect.extras == OpenAiDialect::Extras::Body || m_dialect.extras == OpenAiDialect::Extras::Query;
    for (const auto &[name, value] : m_request.options.items()) {
        if (contains(ownOptions, name))
            continue;
        Json &place = inBody || contains(bodyOptions, name) ? m_out.body : m_extras;
        if (value.is_null())
            place.erase(name);
        else
            place[name] = value;
    }
}

void Writer::writeStream(bool watched)
{
    const Json *stream = option("stream");
    const bool wanted = stream && stream->is_boolean() ? stream->get<bool>() : watched;
    // A stream carries one picture.
    m_out.streams = wanted && m_dialect.streams && m_request.count <= 1;
    if (!m_out.streams)
        return;
    const Json *partials = option("partial_images");
    m_out.body["stream"] = true;
    m_out.body["partial_images"] = partials && partials->is_number_integer() ? std::clamp(partials->get<int>(), 0, 3) : 2;
}

void Writer::placeExtras()
{
    if (m_extras.empty())
        return;
    switch (m_dialect.extras) {
    case OpenAiDialect::Extras::Body:
    case OpenAiDialect::Extras::Query: m_out.body.update(m_extras); break;
    case OpenAiDialect::Extras::Kwargs: m_out.body["kwargs"] = dumpJson(m_extras).toStdString(); break;
    case OpenAiDialect::Extras::PromptTag: {
        const QString text = toQString(m_out.body["prompt"]) + QLatin1Char(' ') + openTag + QString::fromUtf8(dumpJson(m_extras)) + closeTag;
        m_out.body["prompt"] = text.toStdString();
        break;
    }
    }
}

void Writer::makeParts()
{
    // Words before files, as the official client writes them: some servers read a form as it comes in.
    for (const auto &[name, value] : m_out.body.items()) {
        const QByteArray text = value.is_string() ? toQString(value).toUtf8() : dumpJson(value);
        m_out.parts.append({QByteArray::fromStdString(name), text});
    }
    const QByteArray imagePart = m_dialect.imagePart ? m_dialect.imagePart : "image";
    for (qsizetype i = 0; i < m_starts.size(); ++i)
        m_out.parts.append({imagePart, m_starts[i], "start" + (i ? QByteArray::number(i + 1) : QByteArray()) + ".png", "image/png"});
    if (!m_mask.isEmpty())
        m_out.parts.append({m_dialect.maskPart, m_mask, "mask.png", "image/png"});
    m_out.body = Json::object();
}

void Writer::makeQuery()
{
    const auto path = m_backend.options.find("path");
    m_out.method = "GET";
    m_out.path = path != m_backend.options.end() && path->is_string() ? toQString(*path) : QStringLiteral("imagine");
    QByteArray query;
    for (const auto &[name, value] : m_out.body.items()) {
        const QString text = value.is_string() ? toQString(value) : QString::fromUtf8(dumpJson(value));
        query += (query.isEmpty() ? "" : "&") + QUrl::toPercentEncoding(QString::fromStdString(name)) + '=' + QUrl::toPercentEncoding(text);
    }
    m_out.path += QLatin1Char('?') + QString::fromLatin1(query);
    m_out.body = Json::object();
}

Result<OpenAiRequest> Writer::write(bool watched)
{
    if (const auto path = choosePath(); !path)
        return fail(path.error());
    if (m_dialect.model && !m_request.upstream.isEmpty())
        m_out.body["model"] = m_request.upstream.toStdString();
    m_out.body["prompt"] = prompt().toStdString();
    if (m_dialect.count)
        m_out.body["n"] = m_request.count;
    writeSize();
    if (m_dialect.responseFormat)
        m_out.body["response_format"] = m_dialect.responseFormat;
    writeSettings();
    if (!m_starts.isEmpty() && !m_multipart) {
        const QByteArray base64 = m_starts.first().toBase64();
        m_out.body[m_dialect.imageMember] = (m_dialect.imageIsDataUrl ? "data:image/png;base64," + base64 : base64).toStdString();
        if (m_starts.size() > 1)
            m_out.notes.append(tr("%1 takes one start picture; only the first one was sent.").arg(m_backend.title()));
    }
    writeOptions();
    placeExtras();
    writeStream(watched);
    if (m_multipart)
        makeParts();
    else if (m_dialect.extras == OpenAiDialect::Extras::Query)
        makeQuery();
    return m_out;
}

} // namespace

Result<OpenAiRequest> openAiRequest(const OpenAiDialect &dialect, const BackendEntry &backend, const EngineRequest &request, bool watched)
{
    return Writer(dialect, backend, request).write(watched);
}

} // namespace Galley
