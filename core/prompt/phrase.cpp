#include "core/prompt/phrase.h"

#include "core/prompt/colorname.h"

#include <algorithm>

namespace Galley {

namespace {

bool isPause(QChar c)
{
    return c == u',' || c == u'.' || c == u';' || c == u':';
}

bool isExclamation(QChar c)
{
    return c == u'!' || c == u'?' || c == u'\u2026';
}

/// Half of a surrogate pair without its other half, or a character that no prompt can hold.
bool isUnusable(QStringView text, qsizetype i)
{
    const QChar c = text[i];
    if (c.isHighSurrogate())
        return i + 1 >= text.size() || !text[i + 1].isLowSurrogate();
    if (c.isLowSurrogate())
        return i == 0 || !text[i - 1].isHighSurrogate();
    return (c < u' ' && !c.isSpace()) || c == u'\u007f';
}

} // namespace

Phrase Phrase::mid(int start, int length) const
{
    const int end = std::min(start + length, int(text.size()));
    Phrase result{text.mid(start, end - start), {}};
    for (const SlotSpan &span : spans) {
        const int from = std::max(span.start, start);
        const int to = std::min(span.end, end);
        if (from < to)
            result.spans.append({from - start, to - start, span.slot});
    }
    return result;
}

void PhraseBuilder::literal(QStringView words)
{
    add(words, nullptr);
}

void PhraseBuilder::slot(QStringView words, const QString &name)
{
    add(words, &name);
    closeSpan();
    m_afterEmpty = words.trimmed().isEmpty();
}

void PhraseBuilder::phrase(const Phrase &words)
{
    int at = 0;
    for (const SlotSpan &span : words.spans) {
        literal(QStringView(words.text).mid(at, span.start - at));
        slot(QStringView(words.text).mid(span.start, span.end - span.start), span.slot);
        at = span.end;
    }
    literal(QStringView(words.text).mid(at));
}

void PhraseBuilder::add(QStringView words, const QString *slotName)
{
    ++m_run;
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (!isUnusable(words, i))
            addCharacter(words[i], slotName);
    }
}

void PhraseBuilder::addCharacter(QChar c, const QString *slotName)
{
    if (c.isSpace()) {
        m_space = !m_phrase.text.isEmpty();
        return;
    }
    const bool seam = m_run != m_lastRun || (m_space && !slotName);
    if (isPause(c) && seam) {
        dropDanglingWord();
        if (m_phrase.text.isEmpty())
            return;
        const QChar last = m_phrase.text.back();
        if (isExclamation(last) && c != u',')
            return;
        if (isPause(last) && !m_phrase.text.endsWith(QStringLiteral("..")))
            chop(1);
        m_space = false;
    }
    if (m_space)
        m_phrase.text += u' ';
    m_space = false;
    if (slotName && m_openStart < 0) {
        m_openSlot = slotName;
        m_openStart = int(m_phrase.text.size());
    }
    m_phrase.text += c;
    m_lastRun = m_run;
    m_afterEmpty = false;
}

void PhraseBuilder::chop(int count)
{
    m_phrase.text.chop(count);
    while (!m_phrase.spans.isEmpty() && m_phrase.spans.last().end > m_phrase.text.size()) {
        SlotSpan &span = m_phrase.spans.last();
        span.end = int(m_phrase.text.size());
        if (span.start >= span.end)
            m_phrase.spans.removeLast();
    }
}

void PhraseBuilder::closeSpan()
{
    if (m_openStart >= 0 && m_openStart < m_phrase.text.size()) {
        QList<SlotSpan> &spans = m_phrase.spans;
        // Words of one value that were taken apart and put together again are one span.
        if (!spans.isEmpty() && spans.last().slot == *m_openSlot && m_openStart - spans.last().end <= 1)
            spans.last().end = int(m_phrase.text.size());
        else
            spans.append({m_openStart, int(m_phrase.text.size()), *m_openSlot});
    }
    m_openStart = -1;
}

/// "at" of "at {place}", when the place is empty.
void PhraseBuilder::dropDanglingWord()
{
    if (!m_afterEmpty)
        return;
    m_afterEmpty = false;
    static const QStringList linking{QStringLiteral("at"), QStringLiteral("in"),   QStringLiteral("on"), QStringLiteral("for"),
                                     QStringLiteral("by"), QStringLiteral("with"), QStringLiteral("of"), QStringLiteral("from"),
                                     QStringLiteral("to"), QStringLiteral("and"),  QStringLiteral("the")};
    const qsizetype start = m_phrase.text.lastIndexOf(u' ') + 1;
    const bool isLiteral = m_phrase.spans.isEmpty() || m_phrase.spans.last().end <= start;
    if (isLiteral && linking.contains(m_phrase.text.mid(start).toLower()))
        chop(int(m_phrase.text.size() - std::max<qsizetype>(start - 1, 0)));
}

Phrase PhraseBuilder::take()
{
    dropDanglingWord();
    while (!m_phrase.text.isEmpty() && isPause(m_phrase.text.back()) && !m_phrase.text.endsWith(QStringLiteral("..")))
        chop(1);
    return m_phrase;
}

Phrase cleanPhrase(const ResolvedText &source, const QHash<QString, Phrase> &references)
{
    PhraseBuilder builder;
    int at = 0;
    auto span = source.spans.cbegin();
    auto reference = source.references.cbegin();
    const QStringView text(source.text);
    while (span != source.spans.cend() || reference != source.references.cend()) {
        const bool isSpan = reference == source.references.cend()
                            || (span != source.spans.cend() && span->start < reference->start);
        const int start = isSpan ? span->start : reference->start;
        const int end = isSpan ? span->end : reference->end;
        builder.literal(text.mid(at, start - at));
        if (isSpan)
            builder.slot(text.mid(start, end - start), span->slot);
        else
            builder.phrase(references.value(reference->token));
        at = end;
        isSpan ? void(++span) : void(++reference);
    }
    builder.literal(text.mid(at));
    return builder.take();
}

Phrase exactPhrase(const ResolvedText &source)
{
    Phrase result;
    const QStringView text(source.text);
    QList<int> positions;  // of each character of the source in the result
    positions.reserve(text.size() + 1);
    for (qsizetype i = 0; i < text.size(); ++i) {
        positions.append(int(result.text.size()));
        const bool isReturn = text[i] == u'\r';
        if (isReturn && i + 1 < text.size() && text[i + 1] == u'\n')
            continue;
        const bool leadingSpace = result.text.isEmpty() && text[i].isSpace();
        if (!leadingSpace && (isReturn || !isUnusable(text, i)))
            result.text += isReturn ? QChar(u'\n') : text[i];
    }
    positions.append(int(result.text.size()));
    while (!result.text.isEmpty() && result.text.back().isSpace())
        result.text.chop(1);
    for (const SlotSpan &span : source.spans) {
        const int start = positions[span.start];
        const int end = std::min(positions[span.end], int(result.text.size()));
        if (start < end)
            result.spans.append({start, end, span.slot});
    }
    return result;
}

void ProseWriter::words(const QString &literal)
{
    text += literal;
}

void ProseWriter::words(const Phrase &phrase)
{
    const int offset = int(text.size());
    text += phrase.text;
    for (const SlotSpan &span : phrase.spans)
        parts.append({span.start + offset, span.end + offset, span.slot});
}

void ProseWriter::endSentence()
{
    if (text.isEmpty())
        return;
    const QChar last = text.back();
    if (last != u'.' && !isExclamation(last))
        text += u'.';
    text += u' ';
}

void JsonWriter::raw(const char *json)
{
    text += QLatin1String(json);
}

void JsonWriter::string(const Phrase &value)
{
    static const QString short_ = QStringLiteral("btn\0fr");
    text += u'"';
    auto span = value.spans.cbegin();
    int start = 0;
    for (int i = 0; i < int(value.text.size()); ++i) {
        if (span != value.spans.cend() && span->start == i)
            start = int(text.size());
        const QChar c = value.text[i];
        if (c == u'"' || c == u'\\')
            text += u'\\';
        if (c >= u' ')
            text += c;
        else if (c >= u'\b' && c <= u'\r' && c != u'\v')
            text += u'\\' + QString(short_[c.unicode() - u'\b']);
        else
            text += QStringLiteral("\\u%1").arg(int(c.unicode()), 4, 16, QLatin1Char('0'));
        if (span != value.spans.cend() && span->end == i + 1) {
            parts.append({start, int(text.size()), span->slot});
            ++span;
        }
    }
    text += u'"';
}

void JsonWriter::hexList(const QList<QColor> &colors)
{
    text += u'[';
    for (qsizetype i = 0; i < colors.size(); ++i) {
        if (i)
            text += u',';
        string(colorHex(colors[i]));
    }
    text += u']';
}

} // namespace Galley
