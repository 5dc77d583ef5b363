#include "ui/design/templateedits.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace Galley {

namespace {

/// Calls \a fn with every text of \a value that may hold insertions.
template<typename Function>
void forEachText(Template &value, Function fn)
{
    fn(value.canvas.background);
    Style &style = value.style;
    for (QString *text : {&style.summary, &style.medium, &style.artStyle, &style.photo, &style.aesthetics, &style.lighting})
        fn(*text);
    for (QString &color : style.palette)
        fn(color);
    for (Token &token : value.tokens) {
        for (QString *text : {&token.show, &token.text, &token.image, &token.fill, &token.style.color})
            fn(*text);
        for (QString &color : token.palette)
            fn(color);
    }
}

/// Replaces \a open name \a close by \a with; doubled brackets are the characters themselves and stay.
void replaceInsertion(QString &text, QChar open, const QString &name, QChar close, const QString &with)
{
    const QString wanted = open + name + close;
    QString result;
    for (qsizetype i = 0; i < text.size();) {
        if (text.at(i) == open && i + 1 < text.size() && text.at(i + 1) == open) {
            result += text.mid(i, 2);
            i += 2;
        } else if (QStringView(text).mid(i).startsWith(wanted)) {
            result += with;
            i += wanted.size();
        } else {
            result += text.at(i++);
        }
    }
    text = result;
}

/// \a text with the characters that insert something doubled.
QString literal(QString text)
{
    text.replace(QLatin1Char('{'), QLatin1String("{{"));
    return text.replace(QLatin1Char('}'), QLatin1String("}}"));
}

} // namespace

void renameSlot(Template &value, const QString &from, const QString &to)
{
    forEachText(value, [&](QString &text) {
        replaceInsertion(text, u'{', from, u'}', QLatin1Char('{') + to + QLatin1Char('}'));
    });
    if (Slot *slot = value.findSlot(from))
        slot->name = to;
}

void deleteSlot(Template &value, const QString &slot)
{
    const Slot *found = value.findSlot(slot);
    if (!found)
        return;
    const QString words = literal(found->defaultValue);
    forEachText(value, [&](QString &text) { replaceInsertion(text, u'{', slot, u'}', words); });
    value.slotList.removeIf([&](const Slot &entry) { return entry.name == slot; });
}

QString addSlot(Template &value, const QString &stem, SlotType type)
{
    QString name = stem;
    for (int i = 2; value.findSlot(name); ++i)
        name = stem + QLatin1Char('-') + QString::number(i);
    Slot slot;
    slot.name = name;
    slot.type = type;
    if (type == SlotType::Color)
        slot.defaultValue = QStringLiteral("#2462CC");
    else if (type == SlotType::Number)
        slot.defaultValue = QStringLiteral("1");
    else if (type == SlotType::Image)
        slot.optional = true;
    else if (type == SlotType::Choice) {
        slot.choices = {QCoreApplication::translate("Galley::SlotForm", "One"), QCoreApplication::translate("Galley::SlotForm", "Two")};
        slot.defaultValue = slot.choices.first();
    }
    value.slotList.append(slot);
    return name;
}

void renameToken(Template &value, const QString &from, const QString &to)
{
    replaceInsertion(value.style.summary, u'<', from, u'>', QLatin1Char('<') + to + QLatin1Char('>'));
    if (Token *token = value.findToken(from))
        token->id = to;
}

QStringList tokensTopFirst(const Template &value)
{
    QList<const Token *> order;
    for (const Token &token : value.tokens)
        order.append(&token);
    std::stable_sort(order.begin(), order.end(), [](const Token *a, const Token *b) { return a->z < b->z; });
    QStringList ids;
    for (auto it = order.crbegin(); it != order.crend(); ++it)
        ids.append((*it)->id);
    return ids;
}

void orderTokens(Template &value, const QStringList &topFirst)
{
    if (topFirst == tokensTopFirst(value))
        return;
    int z = int(topFirst.size());
    for (const QString &id : topFirst) {
        --z;
        if (Token *token = value.findToken(id))
            token->z = z;
    }
}

QString roleIcon(Role role)
{
    switch (role) {
    case Role::Background: return QStringLiteral("wallpaper");
    case Role::Subject: return QStringLiteral("category");
    case Role::Headline: return QStringLiteral("title");
    case Role::Subhead: return QStringLiteral("format_size");
    case Role::Body: return QStringLiteral("notes");
    case Role::Caption: return QStringLiteral("short_text");
    case Role::Cta: return QStringLiteral("smart_button");
    case Role::Logo: return QStringLiteral("sell");
    case Role::Panel: return QStringLiteral("rectangle");
    }
    return {};
}

QString nameProblem(const QString &id)
{
    static const QRegularExpression pattern(QStringLiteral("^[a-z][a-z0-9_-]*$"));
    if (pattern.match(id).hasMatch())
        return {};
    return QCoreApplication::translate("Galley::TemplateEdits",
                                       "A name starts with a letter a–z and goes on with a–z, 0–9, _ and -.");
}

} // namespace Galley
