#include "core/prompt/promptwriter.h"

namespace Galley {

namespace {

QString escaped(QChar c)
{
    switch (c.unicode()) {
    case '"': return QStringLiteral("\\\"");
    case '\\': return QStringLiteral("\\\\");
    case '\n': return QStringLiteral("\\n");
    case '\r': return QStringLiteral("\\r");
    case '\t': return QStringLiteral("\\t");
    default: break;
    }
    if (c.unicode() < 0x20)
        return QStringLiteral("\\u%1").arg(int(c.unicode()), 4, 16, QLatin1Char('0'));
    return QString(c);
}

} // namespace

void PromptWriter::add(const ResolvedText &text)
{
    const int offset = int(m_text.text.size());
    m_text.text += text.text;
    for (const SlotSpan &span : text.spans)
        m_text.spans.append({span.start + offset, span.end + offset, span.slot});
}

void PromptWriter::addJson(const QString &plain)
{
    addJson(plainText(plain));
}

void PromptWriter::addJson(const ResolvedText &text)
{
    m_text.text += QLatin1Char('"');
    QList<int> places; // where each unit of the text begins
    places.reserve(text.text.size() + 1);
    for (const QChar c : text.text) {
        places.append(int(m_text.text.size()));
        m_text.text += escaped(c);
    }
    places.append(int(m_text.text.size()));
    for (const SlotSpan &span : text.spans)
        m_text.spans.append({places.at(span.start), places.at(span.end), span.slot});
    m_text.text += QLatin1Char('"');
}

void PromptWriter::addKey(const char *key)
{
    nextEntry();
    m_text.text += QLatin1Char('"') + QLatin1String(key) + QStringLiteral("\":");
}

void PromptWriter::addJsonList(const QStringList &values)
{
    open(u'[');
    for (const QString &value : values) {
        nextEntry();
        addJson(value);
    }
    close(u']');
}

void PromptWriter::open(QChar bracket)
{
    m_text.text += bracket;
}

void PromptWriter::close(QChar bracket)
{
    m_text.text += bracket;
}

void PromptWriter::nextEntry()
{
    if (!m_text.text.endsWith(u'{') && !m_text.text.endsWith(u'['))
        m_text.text += QLatin1Char(',');
}

ResolvedText tidied(const ResolvedText &text)
{
    ResolvedText result;
    QList<int> places;
    places.reserve(text.text.size() + 1);
    bool space = true; // at the start white space is dropped
    for (const QChar c : text.text) {
        const bool isSpace = c.isSpace();
        if (isSpace && !space)
            result.text += QLatin1Char(' ');
        places.append(int(result.text.size()) - (isSpace && !space ? 1 : 0));
        if (!isSpace)
            result.text += c;
        space = isSpace;
    }
    if (result.text.endsWith(u' '))
        result.text.chop(1);
    places.append(int(result.text.size()));
    const int end = int(result.text.size());
    for (const SlotSpan &span : text.spans) {
        const int from = std::min(places.at(span.start), end);
        const int to = std::min(places.at(span.end), end);
        if (to > from)
            result.spans.append({from, to, span.slot});
    }
    return result;
}

ResolvedText withoutEnd(const ResolvedText &text)
{
    ResolvedText result = tidied(text);
    while (!result.text.isEmpty() && QStringLiteral(".,;: ").contains(result.text.back()))
        result.text.chop(1);
    for (SlotSpan &span : result.spans)
        span.end = std::min(span.end, int(result.text.size()));
    result.spans.removeIf([](const SlotSpan &span) { return span.end <= span.start; });
    return result;
}

ResolvedText capitalised(const ResolvedText &text)
{
    ResolvedText result = text;
    if (!result.text.isEmpty() && result.text.front().toUpper() != result.text.front())
        result.text[0] = result.text.front().toUpper();
    return result;
}

ResolvedText joined(const QList<ResolvedText> &texts, const QString &separator)
{
    PromptWriter writer;
    for (const ResolvedText &text : texts) {
        if (text.isEmpty())
            continue;
        if (!writer.result().isEmpty())
            writer.add(separator);
        writer.add(text);
    }
    return writer.result();
}

ResolvedText plainText(const QString &text)
{
    return {text, {}, {}};
}

} // namespace Galley
