#include "core/template/template.h"

#include <algorithm>
#include <array>

namespace Galley {

namespace {

template<typename Enum, std::size_t N>
using Names = std::array<std::pair<Enum, const char *>, N>;

constexpr Names<Role, 9> roleNames{{{Role::Background, "background"},
                                    {Role::Subject, "subject"},
                                    {Role::Headline, "headline"},
                                    {Role::Subhead, "subhead"},
                                    {Role::Body, "body"},
                                    {Role::Caption, "caption"},
                                    {Role::Cta, "cta"},
                                    {Role::Logo, "logo"},
                                    {Role::Panel, "panel"}}};
constexpr Names<SlotType, 6> slotTypeNames{{{SlotType::Text, "text"},
                                            {SlotType::Subject, "subject"},
                                            {SlotType::Color, "color"},
                                            {SlotType::Image, "image"},
                                            {SlotType::Number, "number"},
                                            {SlotType::Choice, "choice"}}};
constexpr Names<TextFit, 4> fitNames{
    {{TextFit::Shrink, "shrink"}, {TextFit::Wrap, "wrap"}, {TextFit::Grow, "grow"}, {TextFit::Error, "error"}}};
constexpr Names<HorizontalAlign, 3> alignNames{
    {{HorizontalAlign::Left, "left"}, {HorizontalAlign::Center, "center"}, {HorizontalAlign::Right, "right"}}};
constexpr Names<VerticalAlign, 3> valignNames{
    {{VerticalAlign::Top, "top"}, {VerticalAlign::Middle, "middle"}, {VerticalAlign::Bottom, "bottom"}}};
constexpr Names<TokenMode, 2> modeNames{{{TokenMode::Set, "set"}, {TokenMode::Drawn, "drawn"}}};

template<typename Enum, std::size_t N>
QString nameIn(const Names<Enum, N> &names, Enum value)
{
    for (const auto &[candidate, name] : names) {
        if (candidate == value)
            return QString::fromLatin1(name);
    }
    return {};
}

template<typename Enum, std::size_t N>
std::optional<Enum> valueIn(const Names<Enum, N> &names, const QString &wanted)
{
    for (const auto &[value, name] : names) {
        if (wanted == QLatin1String(name))
            return value;
    }
    return std::nullopt;
}

template<typename List, typename Matches>
auto findIn(List &list, Matches matches) -> decltype(&*list.begin())
{
    const auto found = std::find_if(list.begin(), list.end(), matches);
    return found == list.end() ? nullptr : &*found;
}

} // namespace

QRectF Box::toRect(const QSize &canvas) const
{
    return {x * canvas.width(), y * canvas.height(), width * canvas.width(), height * canvas.height()};
}

Box Box::fromRect(const QRectF &rect, const QSize &canvas)
{
    if (canvas.width() <= 0 || canvas.height() <= 0)
        return {};
    return {rect.x() / canvas.width(), rect.y() / canvas.height(), rect.width() / canvas.width(),
            rect.height() / canvas.height()};
}

TokenMode Token::effectiveMode() const
{
    if (mode != TokenMode::Default)
        return mode;
    return role == Role::Subject || role == Role::Background ? TokenMode::Drawn : TokenMode::Set;
}

bool Token::isTextRole() const
{
    switch (role) {
    case Role::Headline:
    case Role::Subhead:
    case Role::Body:
    case Role::Caption:
    case Role::Cta: return true;
    case Role::Background:
    case Role::Subject:
    case Role::Logo:
    case Role::Panel: return false;
    }
    return false;
}

const Token *Template::findToken(const QString &tokenId) const
{
    return findIn(tokens, [&](const Token &token) { return token.id == tokenId; });
}

Token *Template::findToken(const QString &tokenId)
{
    return findIn(tokens, [&](const Token &token) { return token.id == tokenId; });
}

const Slot *Template::findSlot(const QString &slotName) const
{
    return findIn(slotList, [&](const Slot &slot) { return slot.name == slotName; });
}

Slot *Template::findSlot(const QString &slotName)
{
    return findIn(slotList, [&](const Slot &slot) { return slot.name == slotName; });
}

QString Template::freeTokenId(const QString &stem) const
{
    if (!findToken(stem))
        return stem;
    for (int number = 2;; ++number) {
        const QString candidate = stem + u'-' + QString::number(number);
        if (!findToken(candidate))
            return candidate;
    }
}

QString roleName(Role role)
{
    return nameIn(roleNames, role);
}

std::optional<Role> roleFromName(const QString &name)
{
    return valueIn(roleNames, name);
}

QList<Role> allRoles()
{
    QList<Role> roles;
    for (const auto &[role, name] : roleNames)
        roles.append(role);
    return roles;
}

QString slotTypeName(SlotType type)
{
    return nameIn(slotTypeNames, type);
}

std::optional<SlotType> slotTypeFromName(const QString &name)
{
    return valueIn(slotTypeNames, name);
}

QString fitName(TextFit fit)
{
    return nameIn(fitNames, fit);
}

std::optional<TextFit> fitFromName(const QString &name)
{
    return valueIn(fitNames, name);
}

QString alignName(HorizontalAlign align)
{
    return nameIn(alignNames, align);
}

std::optional<HorizontalAlign> alignFromName(const QString &name)
{
    return valueIn(alignNames, name);
}

QString valignName(VerticalAlign align)
{
    return nameIn(valignNames, align);
}

std::optional<VerticalAlign> valignFromName(const QString &name)
{
    return valueIn(valignNames, name);
}

QString modeName(TokenMode mode)
{
    return nameIn(modeNames, mode);
}

std::optional<TokenMode> modeFromName(const QString &name)
{
    return valueIn(modeNames, name);
}

} // namespace Galley
