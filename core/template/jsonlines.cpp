#include "core/base/json.h"
#include "core/template/templatefile.h"

#include <algorithm>

namespace Galley {

namespace {

/// Walks a JSON text without building it. Tolerant: on text that is no JSON it stops where it no longer understands.
class Walker
{
public:
    explicit Walker(const QByteArray &text)
        : m_text(text)
        , m_at(text.startsWith("\xEF\xBB\xBF") ? 3 : 0)
    {
        skipSpace();
    }

    int line() const { return 1 + int(std::count(m_text.cbegin(), m_text.cbegin() + m_found, '\n')); }
    bool isAtValue() const { return m_at < m_text.size(); }

    /// Goes into the object or list here, to the member \a part. False when there is none.
    bool enter(const QString &part)
    {
        if (peek() == '{')
            return enterObject(part);
        if (peek() == '[')
            return enterArray(part);
        return false;
    }

    void markHere() { m_found = m_at; }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void skipSpace()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n' || m_text[m_at] == '\r'))
            ++m_at;
    }

    bool take(char wanted)
    {
        skipSpace();
        if (peek() != wanted)
            return false;
        ++m_at;
        skipSpace();
        return true;
    }

    /// The characters between the quotes, escapes and all.
    QByteArray takeString()
    {
        const qsizetype start = m_at;
        if (peek() != '"')
            return {};
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at) {
            if (m_text[m_at] == '\\')
                ++m_at;
        }
        m_at = std::min(m_at + 1, m_text.size());
        return m_text.mid(start, m_at - start);
    }

    void skipValue()
    {
        int depth = 0;
        do {
            const char c = peek();
            if (c == '"') {
                takeString();
            } else {
                if (c == '{' || c == '[')
                    ++depth;
                else if (c == '}' || c == ']')
                    --depth;
                ++m_at;
                if (depth == 0 && c != '}' && c != ']')
                    skipScalar();
            }
        } while (depth > 0 && m_at < m_text.size());
        skipSpace();
    }

    void skipScalar()
    {
        while (m_at < m_text.size() && !QByteArrayView(",]}{[ \t\r\n").contains(m_text[m_at]))
            ++m_at;
    }

    static QString unquoted(const QByteArray &quoted)
    {
        const Json json = Json::parse(quoted.cbegin(), quoted.cend(), nullptr, false);
        return toQString(json);
    }

    bool enterObject(const QString &part)
    {
        take('{');
        while (peek() == '"') {
            const qsizetype keyStart = m_at;
            const QString name = unquoted(takeString());
            if (!take(':'))
                return false;
            if (name == part) {
                m_found = keyStart;
                return true;
            }
            skipValue();
            if (!take(','))
                return false;
        }
        return false;
    }

    bool enterArray(const QString &part)
    {
        bool isNumber = false;
        const int wanted = part.toInt(&isNumber);
        take('[');
        for (int index = 0; isNumber && isAtValue() && peek() != ']'; ++index) {
            if (index == wanted) {
                m_found = m_at;
                return true;
            }
            skipValue();
            if (!take(','))
                return false;
        }
        return false;
    }

    const QByteArray &m_text;
    qsizetype m_at;
    qsizetype m_found = 0;
};

} // namespace

int lineOfPointer(const QByteArray &text, const QString &pointer)
{
    Walker walker(text);
    if (!walker.isAtValue())
        return 0;
    walker.markHere();
    for (QString part : pointer.split(u'/').mid(1)) {
        part.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
        if (!walker.enter(part))
            break;
    }
    return walker.line();
}

} // namespace Galley
