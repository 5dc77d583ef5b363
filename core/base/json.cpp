#include "core/base/json.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <algorithm>
#include <set>
#include <vector>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Json", text);
}

/// Builds the value and refuses what nlohmann's own parser lets pass: deep nesting and duplicate keys.
class StrictSax : public nlohmann::detail::json_sax_dom_parser<Json>
{
public:
    using Base = nlohmann::detail::json_sax_dom_parser<Json>;

    StrictSax(Json &target, const JsonLimits &limits)
        : Base(target, false)
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
    bool key(std::string &name)
    {
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

    std::vector<std::set<std::string>> m_keys;
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
    const QByteArrayView bytes(text.data(), qsizetype(text.size()));
    return QString::fromLatin1(QCryptographicHash::hash(bytes.toByteArray(), QCryptographicHash::Sha256).toHex());
}

} // namespace Galley
