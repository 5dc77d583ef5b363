#include "core/template/templatefile.h"

#include "core/template/resolve.h"

#include <QCoreApplication>

#include <algorithm>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::TemplateChecks", text);
}

/// Collects findings about one template.
class Checker
{
public:
    Checker(const Template &value, const QString &name)
        : m_template(value)
        , m_name(name)
    {}

    QList<Finding> run()
    {
        checkStyle();
        for (qsizetype i = 0; i < m_template.tokens.size(); ++i)
            checkToken(m_template.tokens.at(i), QStringLiteral("/tokens/") + QString::number(i));
        for (const Slot &slot : m_template.slotList)
            checkSlot(slot, QStringLiteral("/slots/") + slot.name);
        std::stable_sort(m_findings.begin(), m_findings.end(),
                         [](const Finding &a, const Finding &b) { return a.severity < b.severity; });
        return m_findings;
    }

private:
    void add(Severity severity, const QString &path, const QString &code, const QString &message, const QString &fix = {})
    {
        m_findings.append({m_name, 0, path, severity, code, message, fix});
    }

    void checkText(const QString &text, const QString &path, const QString &what)
    {
        for (const QString &name : slotsIn(text)) {
            m_used.append(name);
            if (!m_template.findSlot(name)) {
                add(Severity::Error, path, QStringLiteral("unknown_slot"),
                    tr("%1 uses the slot {%2}, which this template does not have.").arg(what, name),
                    tr("Add the slot, correct its name, or write {{%1}} for the characters themselves.").arg(name));
            }
        }
    }

    void checkColor(const QString &text, const QString &path, const QString &what)
    {
        if (text.isEmpty())
            return;
        checkText(text, path, what);
        if (slotsIn(text).isEmpty() && !parseColor(text).isValid()) {
            add(Severity::Error, path, QStringLiteral("bad_color"), tr("%1 is \"%2\", which is not a colour.").arg(what, text),
                tr("Write it as #RRGGBB."));
        }
    }

    void checkStyle()
    {
        const Style &style = m_template.style;
        checkColor(m_template.canvas.background, QStringLiteral("/canvas/background"), tr("The canvas background"));
        checkText(style.summary, QStringLiteral("/style/summary"), tr("The summary"));
        checkText(style.medium, QStringLiteral("/style/medium"), tr("The medium"));
        checkText(style.artStyle, QStringLiteral("/style/art_style"), tr("The art style"));
        checkText(style.photo, QStringLiteral("/style/photo"), tr("The photo style"));
        checkText(style.aesthetics, QStringLiteral("/style/aesthetics"), tr("The aesthetics"));
        checkText(style.lighting, QStringLiteral("/style/lighting"), tr("The lighting"));
        for (const QString &color : style.palette)
            checkColor(color, QStringLiteral("/style/palette"), tr("A colour of the palette"));
        for (const QString &id : tokensIn(style.summary)) {
            if (!m_template.findToken(id)) {
                add(Severity::Error, QStringLiteral("/style/summary"), QStringLiteral("unknown_token"),
                    tr("The summary names <%1>, and no token has that id.").arg(id),
                    tr("Correct the id, or write <<%1> for the characters themselves.").arg(id));
            }
        }
    }

    void checkToken(const Token &token, const QString &path)
    {
        const QString what = tr("Token \"%1\"").arg(token.id);
        checkText(token.show, path + QStringLiteral("/show"), what);
        checkText(token.text, path + QStringLiteral("/text"), what);
        checkText(token.image, path + QStringLiteral("/image"), what);
        checkColor(token.fill, path + QStringLiteral("/fill"), tr("The fill of \"%1\"").arg(token.id));
        checkColor(token.style.color, path + QStringLiteral("/color"), tr("The text colour of \"%1\"").arg(token.id));
        for (const QString &color : token.palette)
            checkColor(color, path + QStringLiteral("/palette"), tr("A palette colour of \"%1\"").arg(token.id));
        checkContent(token, path);
        const Box &box = token.box;
        if (box.width <= 0 || box.height <= 0) {
            add(Severity::Warning, path + QStringLiteral("/box"), QStringLiteral("empty_box"),
                tr("\"%1\" has no area, so nothing of it can be seen.").arg(token.id), tr("Give it a width and a height."));
        } else if (box.x >= 1 || box.y >= 1 || box.x + box.width <= 0 || box.y + box.height <= 0) {
            add(Severity::Warning, path + QStringLiteral("/box"), QStringLiteral("outside"),
                tr("\"%1\" lies wholly outside the canvas.").arg(token.id), tr("Move it back."));
        }
    }

    void checkContent(const Token &token, const QString &path)
    {
        if (token.isTextRole() && token.text.isEmpty() && token.fill.isEmpty()) {
            add(Severity::Warning, path, QStringLiteral("empty_token"), tr("\"%1\" has no text.").arg(token.id),
                tr("Write a text, insert a slot, or delete the token."));
        }
        if (token.role == Role::Subject && token.show.isEmpty() && token.image.isEmpty()) {
            add(Severity::Warning, path, QStringLiteral("empty_token"), tr("\"%1\" shows nothing.").arg(token.id),
                tr("Say what it shows, or choose an image."));
        }
    }

    void checkSlot(const Slot &slot, const QString &path)
    {
        if (slot.type == SlotType::Choice && slot.choices.isEmpty()) {
            add(Severity::Error, path, QStringLiteral("no_choices"), tr("The slot \"%1\" offers no choices.").arg(slot.name),
                tr("List them under \"choices\"."));
        } else if (const QString problem = checkSlotValue(slot, slot.defaultValue); !problem.isEmpty()) {
            add(Severity::Error, path + QStringLiteral("/default"), QStringLiteral("bad_default"), problem);
        }
        if (!m_used.contains(slot.name)) {
            add(Severity::Info, path, QStringLiteral("unused_slot"), tr("No token uses the slot \"%1\".").arg(slot.name),
                tr("Insert {%1} somewhere, or delete the slot.").arg(slot.name));
        }
    }

    const Template &m_template;
    QString m_name;
    QStringList m_used;
    QList<Finding> m_findings;
};

/// Follows a JSON text token by token just far enough to find the line of a pointer. The text is known to be valid.
class PointerScanner
{
public:
    PointerScanner(const QByteArray &text, const QStringList &path)
        : m_text(text)
        , m_path(path)
    {}

    int line()
    {
        value(0, true);
        return m_line;
    }

private:
    void space()
    {
        while (m_at < m_text.size() && strchr(" \t\r\n,:", m_text.at(m_at)) && m_text.at(m_at) != '\0')
            ++m_at;
    }

    QByteArray string()
    {
        const qsizetype start = ++m_at;
        while (m_at < m_text.size() && m_text.at(m_at) != '"')
            m_at += m_text.at(m_at) == '\\' ? 2 : 1;
        return m_text.mid(start, m_at++ - start);
    }

    void value(int depth, bool wanted)
    {
        space();
        if (wanted && depth == m_path.size())
            m_line = int(m_text.left(m_at).count('\n')) + 1;
        if (m_at >= m_text.size() || m_line > 0)
            return;
        const char c = m_text.at(m_at);
        if (c == '{' || c == '[') {
            container(depth, wanted, c == '{');
        } else if (c == '"') {
            string();
        } else {
            while (m_at < m_text.size() && !strchr(" \t\r\n,]}", m_text.at(m_at)))
                ++m_at;
        }
    }

    void container(int depth, bool wanted, bool object)
    {
        ++m_at;
        const char close = object ? '}' : ']';
        for (int index = 0; m_line == 0; ++index) {
            space();
            if (m_at >= m_text.size() || m_text.at(m_at) == close)
                break;
            const qsizetype keyAt = m_at;
            const QString key = object ? QString::fromUtf8(string()) : QString::number(index);
            const bool match = wanted && depth < m_path.size() && key == m_path.at(depth);
            if (match && depth + 1 == m_path.size()) {
                m_line = int(m_text.left(keyAt).count('\n')) + 1;
                return;
            }
            value(depth + 1, match);
        }
        ++m_at;
    }

    const QByteArray &m_text;
    const QStringList m_path;
    qsizetype m_at = 0;
    int m_line = 0;
};

} // namespace

QList<Finding> checkTemplate(const Template &value, const QString &name)
{
    return Checker(value, name).run();
}

int lineOfPointer(const QByteArray &text, const QString &path)
{
    QStringList parts = path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    // A key that is missing has no line of its own: its object's line serves.
    for (; !parts.isEmpty(); parts.removeLast()) {
        const int line = PointerScanner(text, parts).line();
        if (line > 0)
            return line;
    }
    return text.isEmpty() ? 0 : 1;
}

} // namespace Galley
