#include "core/base/json.h"

#include "core/base/digest.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>
#include <span>
#include <string_view>
#include <vector>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Json", text);
}

/// A JSON text with its long plain strings (pictures in base64) taken out, "" in their places: they are copied into the value in one go, since the lexer
/// looks at every byte on its own, a fifth of all the work for a final. Plain: printable ASCII without a backslash, which every parser takes as it is.
struct LiftedText
{
    struct String
    {
        std::size_t number;  ///< among all strings of the text, keys too
        std::string_view text;
    };

    std::string rest;
    std::vector<String> strings;
};

constexpr std::size_t longString = 16 * 1024;

bool isPlain(std::string_view text)
{
    unsigned odd = 0;  // no branch, so that the compiler takes many bytes at a time
    for (const char c : text)
        odd |= unsigned(static_cast<signed char>(c) < 0x20) | unsigned(c == '\\');
    return odd == 0;
}

/// The quote that ends the string whose content begins at \a from; npos: it does not end.
std::size_t endOfString(std::string_view text, std::size_t from)
{
    from = text.find_first_of("\"\\", from);
    while (from != std::string_view::npos && text[from] == '\\')
        from = text.find_first_of("\"\\", from + 2);
    return from;
}

LiftedText lift(std::string_view text)
{
    LiftedText lifted;
    std::size_t copied = 0;
    std::size_t number = 0;
    for (std::size_t open = text.find('"'); open != std::string_view::npos; ++number) {
        std::size_t close = text.find('"', open + 1);
        const std::string_view content = text.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
        if (close == std::string_view::npos || content.size() < longString || !isPlain(content)) {
            close = endOfString(text, open + 1);
        } else {
            lifted.rest.append(text, copied, open + 1 - copied);
            lifted.strings.push_back({number, content});
            copied = close;
        }
        open = close == std::string_view::npos ? close : text.find('"', close + 1);
    }
    lifted.rest.append(text, copied);
    return lifted;
}

/// Builds the value and refuses what nlohmann's own parser lets pass: deep nesting and duplicate keys.
class StrictSax : public nlohmann::detail::json_sax_dom_parser<Json>
{
public:
    using Base = nlohmann::detail::json_sax_dom_parser<Json>;

    /// \a lifted stands in the places of empty strings.
    StrictSax(Json &target, const JsonLimits &limits, std::span<const LiftedText::String> lifted = {})
        : Base(target, false)
        , m_lifted(lifted)
        , m_limits(limits)
    {}

    bool start_object(std::size_t size)
    {
        m_keys.emplace_back();
        return enter() && Base::start_object(size);
    }
    bool end_object()
    {
        m_keys.pop_back();
        --m_depth;
        return Base::end_object();
    }
    bool start_array(std::size_t size) { return enter() && Base::start_array(size); }
    bool end_array()
    {
        --m_depth;
        return Base::end_array();
    }
    bool string(std::string &value)
    {
        putBack(value);
        return Base::string(value);
    }
    bool key(std::string &name)
    {
        putBack(name);
        if (!m_keys.back().insert(name).second) {
            m_reason = tr("the key \"%1\" stands twice in one object; keep one of them")
                           .arg(QString::fromStdString(name));
            return false;
        }
        if (m_keys.back().size() > m_limits.members) {
            m_reason = tr("an object has more than %1 members").arg(m_limits.members);
            return false;
        }
        return Base::key(name);
    }
    bool parse_error(std::size_t position, const std::string &token, const nlohmann::detail::exception &error)
    {
        m_errorPosition = position;
        m_detail = QString::fromUtf8(error.what());
        return Base::parse_error(position, token, error);
    }

    QString reason() const { return m_reason; }
    QString detail() const { return m_detail; }
    std::size_t errorPosition() const { return m_errorPosition; }

private:
    bool enter()
    {
        if (++m_depth <= m_limits.depth)
            return true;
        m_reason = tr("values are nested deeper than %1 levels").arg(m_limits.depth);
        return false;
    }

    void putBack(std::string &text)
    {
        if (!m_lifted.empty() && m_lifted.front().number == m_strings) {
            text = m_lifted.front().text;
            m_lifted = m_lifted.subspan(1);
        }
        ++m_strings;
    }

    std::vector<std::set<std::string>> m_keys;
    std::span<const LiftedText::String> m_lifted;  ///< those that are still to come
    std::size_t m_strings = 0;
    QString m_reason;
    QString m_detail;
    std::size_t m_errorPosition = 0;
    JsonLimits m_limits;
    int m_depth = 0;
};

void appendCanonical(const Json &json, std::string &out)
{
    if (json.is_object()) {
        std::vector<std::pair<std::string, const Json *>> members;
        for (const auto &[key, value] : json.items())
            members.emplace_back(key, &value);
        std::sort(members.begin(), members.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        out += '{';
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (i)
                out += ',';
            out += Json(members[i].first).dump(-1, ' ', false, Json::error_handler_t::replace);
            out += ':';
            appendCanonical(*members[i].second, out);
        }
        out += '}';
    } else if (json.is_array()) {
        out += '[';
        for (std::size_t i = 0; i < json.size(); ++i) {
            if (i)
                out += ',';
            appendCanonical(json[i], out);
        }
        out += ']';
    } else {
        out += json.dump(-1, ' ', false, Json::error_handler_t::replace);
    }
}

} // namespace

Result<Json> parseJson(const QByteArray &text, const QString &name, const JsonLimits &limits)
{
    if (text.size() > limits.bytes) {
        return fail(ErrorCode::TooLarge,
                    tr("%1 is %2 bytes long; the limit is %3.").arg(name).arg(text.size()).arg(limits.bytes));
    }
    const bool hasBom = text.startsWith("\xEF\xBB\xBF");
    const char *begin = text.constData() + (hasBom ? 3 : 0);
    const char *end = text.constData() + text.size();
    Json json;
    if (std::size_t(end - begin) > longString) {
        const LiftedText lifted = lift({begin, end});
        StrictSax sax(json, limits, lifted.strings);
        if (!lifted.strings.empty() && Json::sax_parse(lifted.rest, &sax))
            return json;
        json = {};  // the whole text knows the place of the mistake
    }
    StrictSax sax(json, limits);
    if (Json::sax_parse(begin, end, &sax))
        return json;
    if (!sax.reason().isEmpty())
        return fail(ErrorCode::InvalidInput, tr("%1 cannot be read: %2.").arg(name, sax.reason()));
    const auto position = std::min<qsizetype>(qsizetype(sax.errorPosition()), end - begin);
    const auto line = std::count(begin, begin + position, '\n') + 1;
    const char *lineStart = begin + position;
    while (lineStart > begin && lineStart[-1] != '\n')
        --lineStart;
    return fail(ErrorCode::InvalidInput,
                tr("%1:%2: This is not valid JSON near column %3. Mend it there, or restore an earlier copy.")
                    .arg(name)
                    .arg(line)
                    .arg(begin + position - lineStart),
                sax.detail());
}

QByteArray dumpJson(const Json &json, int indent)
{
    const std::string text = json.dump(indent, ' ', false, Json::error_handler_t::replace);
    return QByteArray(text.data(), qsizetype(text.size()));
}

QString canonicalDigest(const Json &json)
{
    std::string text;
    appendCanonical(json, text);
    return sha256Hex(QByteArrayView(text.data(), qsizetype(text.size())));
}

} // namespace Galley
