#include "ui/widgets/expression.h"

#include <cmath>

namespace Galley {

namespace {

/// expression = product {(+|-) product}; product = factor {(*|/) factor}; factor = [-] (number | "(" expression ")")
class Parser
{
public:
    explicit Parser(const QString &text)
        : m_text(text)
    {
        m_text.remove(u' ');
        m_text.replace(u',', u'.');
        m_text.replace(QChar(0x00D7), u'*');
        m_text.replace(QChar(0x2212), u'-');
    }

    std::optional<double> parse()
    {
        const auto value = sum(0);
        return value && m_at == m_text.size() && std::isfinite(*value) ? value : std::nullopt;
    }

private:
    static constexpr int deepest = 32;

    bool take(QChar character)
    {
        if (m_at >= m_text.size() || m_text.at(m_at) != character)
            return false;
        ++m_at;
        return true;
    }

    std::optional<double> sum(int depth)
    {
        auto value = product(depth);
        while (value) {
            const bool plus = take(u'+');
            if (!plus && !take(u'-'))
                break;
            const auto other = product(depth);
            value = other ? std::optional(plus ? *value + *other : *value - *other) : std::nullopt;
        }
        return value;
    }

    std::optional<double> product(int depth)
    {
        auto value = factor(depth);
        while (value) {
            const bool times = take(u'*');
            if (!times && !take(u'/'))
                break;
            const auto other = factor(depth);
            if (!other || (!times && *other == 0))
                return std::nullopt;
            value = times ? *value * *other : *value / *other;
        }
        return value;
    }

    std::optional<double> factor(int depth)
    {
        if (depth > deepest)
            return std::nullopt;
        if (take(u'-')) {
            const auto value = factor(depth + 1);
            return value ? std::optional(-*value) : std::nullopt;
        }
        if (take(u'(')) {
            const auto value = sum(depth + 1);
            return value && take(u')') ? value : std::nullopt;
        }
        const auto start = m_at;
        while (m_at < m_text.size() && (m_text.at(m_at).isDigit() || m_text.at(m_at) == u'.'))
            ++m_at;
        bool good = false;
        const double value = m_text.mid(start, m_at - start).toDouble(&good);
        return good ? std::optional(value) : std::nullopt;
    }

    QString m_text;
    qsizetype m_at = 0;
};

} // namespace

std::optional<double> evaluateExpression(const QString &text)
{
    return Parser(text).parse();
}

} // namespace Galley
