#include "core/template/slottext.h"

#include "core/template/names.h"

#include <QCoreApplication>

namespace Galley {

namespace {

struct SlotTextTr
{
    Q_DECLARE_TR_FUNCTIONS(Galley::SlotText)
};

/// The length of the name that \a text[from] opens, up to \a closing; 0 when there is none.
qsizetype nameLength(const QString &text, qsizetype from, QChar closing, bool (*isName)(QStringView))
{
    const qsizetype end = text.indexOf(closing, from + 1);
    return end > 0 && isName(QStringView(text).mid(from + 1, end - from - 1)) ? end - from - 1 : 0;
}

class Scanner
{
public:
    Scanner(const QString &text, References references)
        : m_text(text)
        , m_references(references)
    {}

    SlotText scan()
    {
        while (m_at < m_text.size()) {
            const QChar c = m_text[m_at];
            if (c == u'{')
                openBrace();
            else if (c == u'}' && isDoubled())
                literal(2);
            else if (c == u'<')
                openAngle();
            else
                literal(1);
        }
        flush();
        return m_result;
    }

private:
    bool isDoubled() const { return m_at + 1 < m_text.size() && m_text[m_at + 1] == m_text[m_at]; }

    void literal(qsizetype length)
    {
        m_literal += m_text[m_at];
        m_at += length;
    }

    void flush()
    {
        if (!m_literal.isEmpty())
            m_result.pieces.append({TextPiece::Kind::Literal, m_literal});
        m_literal.clear();
    }

    void name(TextPiece::Kind kind, qsizetype length)
    {
        flush();
        m_result.pieces.append({kind, m_text.mid(m_at + 1, length)});
        m_at += length + 2;
    }

    void openBrace()
    {
        if (isDoubled())
            return literal(2);
        if (const qsizetype length = nameLength(m_text, m_at, u'}', isSlotName))
            return name(TextPiece::Kind::Slot, length);
        if (m_result.problem.isEmpty()) {
            m_result.problem = SlotTextTr::tr("“%1” is no slot; write {name} with a name of small letters, digits and _, "
                                              "or {{ for the brace itself")
                                   .arg(excerpt());
        }
        literal(1);
    }

    void openAngle()
    {
        if (isDoubled())
            return literal(2);
        const qsizetype length = m_references == References::Recognised ? nameLength(m_text, m_at, u'>', isTokenId) : 0;
        length ? name(TextPiece::Kind::Token, length) : literal(1);
    }

    /// What stands at the brace, short enough for a sentence.
    QString excerpt() const
    {
        const qsizetype end = m_text.indexOf(u'}', m_at);
        const qsizetype length = end < 0 ? m_text.size() - m_at : end - m_at + 1;
        return length <= 24 ? m_text.mid(m_at, length) : m_text.mid(m_at, 24) + u'…';
    }

    const QString &m_text;
    References m_references;
    SlotText m_result;
    QString m_literal;
    qsizetype m_at = 0;
};

} // namespace

SlotText parseSlotText(const QString &text, References references)
{
    return Scanner(text, references).scan();
}

} // namespace Galley
