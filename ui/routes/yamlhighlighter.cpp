#include "ui/routes/yamlhighlighter.h"

#include "ui/widgets/theme.h"

#include <QtNumeric>

namespace Galley {

namespace {

constexpr qsizetype longestLine = 2000;  ///< what is longer is left as it is: nobody reads it, and colouring it would take time

bool endsWord(QChar c)
{
    return c.isSpace() || c == u',' || c == u'[' || c == u']' || c == u'{' || c == u'}';
}

/// Whether a colon at \a at ends a key, as YAML has it: a space or the end follows.
bool isKeyEnd(const QString &text, qsizetype at)
{
    return text.at(at) == u':' && (at + 1 == text.size() || text.at(at + 1).isSpace());
}

} // namespace

YamlHighlighter::YamlHighlighter(QTextDocument *document)
    : QSyntaxHighlighter(document)
{}

void YamlHighlighter::setLook(const QWidget *widget)
{
    const Theme theme = Theme::of(widget);
    m_key.setForeground(theme.color(ThemeColor::Accent));
    m_string.setForeground(theme.color(ThemeColor::Current));
    m_number.setForeground(theme.color(ThemeColor::Stale));
    m_comment.setForeground(theme.color(ThemeColor::Secondary));
    m_comment.setFontItalic(true);
    rehighlight();
}

void YamlHighlighter::highlightBlock(const QString &text)
{
    if (text.size() > longestLine)
        return;
    qsizetype at = 0;
    while (at < text.size()) {
        const QChar c = text.at(at);
        if (c == u'#' && (at == 0 || text.at(at - 1).isSpace())) {
            setFormat(int(at), int(text.size() - at), m_comment);
            return;
        }
        at = endsWord(c) ? at + 1 : colorScalar(text, at);
    }
}

/// Colours the scalar that starts at \a start; returns where it ends.
qsizetype YamlHighlighter::colorScalar(const QString &text, qsizetype start)
{
    const QChar first = text.at(start);
    qsizetype end = start + 1;
    if (first == u'"' || first == u'\'') {
        while (end < text.size() && text.at(end) != first)
            end += first == u'"' && text.at(end) == u'\\' ? 2 : 1;
        end = qMin(end + 1, text.size());
        const bool isKey = end < text.size() && isKeyEnd(text, end);
        setFormat(int(start), int(end - start), isKey ? m_key : m_string);
        return end;
    }
    end = start;
    while (end < text.size() && !endsWord(text.at(end)) && !isKeyEnd(text, end))
        ++end;
    if (end < text.size() && isKeyEnd(text, end)) {
        setFormat(int(start), int(end - start), m_key);
        return end + 1;
    }
    bool isNumber = false;
    const double number = QStringView(text).mid(start, end - start).toDouble(&isNumber);
    if (isNumber && !qIsNaN(number))  // "nan" is a word to whoever reads it
        setFormat(int(start), int(end - start), m_number);
    return qMax(end, start + 1);
}

} // namespace Galley
