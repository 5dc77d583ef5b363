#include "core/template/template.h"

#include <algorithm>
#include <array>
#include <utility>

namespace Galley {

namespace {

template<typename Enum, std::size_t count>
QString nameOf(const std::array<std::pair<Enum, const char *>, count> &table, Enum value)
{
    for (const auto &[entry, name] : table) {
        if (entry == value)
            return QString::fromLatin1(name);
    }
    return {};
}

template<typename Enum, std::size_t count>
std::optional<Enum> valueOf(const std::array<std::pair<Enum, const char *>, count> &table, const QString &name)
{
    for (const auto &[value, entry] : table) {
        if (name == QLatin1String(entry))
            return value;
    }
    return std::nullopt;
}

constexpr std::array roles{
    std::pair{Role::Background, "background"}, std::pair{Role::Subject, "subject"}, std::pair{Role::Headline, "headline"},
    std::pair{Role::Subhead, "subhead"},       std::pair{Role::Body, "body"},       std::pair{Role::Caption, "caption"},
    std::pair{Role::Cta, "cta"},               std::pair{Role::Logo, "logo"},       std::pair{Role::Panel, "panel"},
};

constexpr std::array slotTypes{
    std::pair{SlotType::Text, "text"},   std::pair{SlotType::Subject, "subject"}, std::pair{SlotType::Color, "color"},
    std::pair{SlotType::Image, "image"}, std::pair{SlotType::Number, "number"},   std::pair{SlotType::Choice, "choice"},
};

constexpr std::array fits{
    std::pair{TextFit::Shrink, "shrink"},
    std::pair{TextFit::Wrap, "wrap"},
    std::pair{TextFit::Grow, "grow"},
    std::pair{TextFit::Error, "error"},
};

constexpr std::array aligns{
    std::pair{HorizontalAlign::Left, "left"},
    std::pair{HorizontalAlign::Center, "center"},
    std::pair{HorizontalAlign::Right, "right"},
};

constexpr std::array valigns{
    std::pair{VerticalAlign::Top, "top"},
    std::pair{VerticalAlign::Middle, "middle"},
    std::pair{VerticalAlign::Bottom, "bottom"},
};

constexpr std::array modes{
    std::pair{TokenMode::Set, "set"},
    std::pair{TokenMode::Drawn, "drawn"},
};

} // namespace

QRectF Box::toRect(const QSize &canvas) const
{
    return {x * canvas.width(), y * canvas.height(), width * canvas.width(), height * canvas.height()};
}

Box Box::fromRect(const QRectF &rect, const QSize &canvas)
{
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
    const auto it = std::find_if(tokens.begin(), tokens.end(), [&](const Token &token) { return token.id == tokenId; });
    return it == tokens.end() ? nullptr : &*it;
}

Token *Template::findToken(const QString &tokenId)
{
    const auto it = std::find_if(tokens.begin(), tokens.end(), [&](const Token &token) { return token.id == tokenId; });
    return it == tokens.end() ? nullptr : &*it;
}

const Slot *Template::findSlot(const QString &slotName) const
{
    const auto it = std::find_if(slotList.begin(), slotList.end(), [&](const Slot &slot) { return slot.name == slotName; });
    return it == slotList.end() ? nullptr : &*it;
}

Slot *Template::findSlot(const QString &slotName)
{
    const auto it = std::find_if(slotList.begin(), slotList.end(), [&](const Slot &slot) { return slot.name == slotName; });
    return it == slotList.end() ? nullptr : &*it;
}

QString Template::freeTokenId(const QString &stem) const
{
    if (!findToken(stem))
        return stem;
    for (int i = 2;; ++i) {
        const QString free = stem + QLatin1Char('-') + QString::number(i);
        if (!findToken(free))
            return free;
    }
}

QString roleName(Role role)
{
    return nameOf(roles, role);
}

std::optional<Role> roleFromName(const QString &name)
{
    return valueOf(roles, name);
}

QList<Role> allRoles()
{
    QList<Role> result;
    for (const auto &entry : roles)
        result.append(entry.first);
    return result;
}

QString slotTypeName(SlotType type)
{
    return nameOf(slotTypes, type);
}

std::optional<SlotType> slotTypeFromName(const QString &name)
{
    return valueOf(slotTypes, name);
}

QString fitName(TextFit fit)
{
    return nameOf(fits, fit);
}

std::optional<TextFit> fitFromName(const QString &name)
{
    return valueOf(fits, name);
}

QString alignName(HorizontalAlign align)
{
    return nameOf(aligns, align);
}

std::optional<HorizontalAlign> alignFromName(const QString &name)
{
    return valueOf(aligns, name);
}

QString valignName(VerticalAlign align)
{
    return nameOf(valigns, align);
}

std::optional<VerticalAlign> valignFromName(const QString &name)
{
    return valueOf(valigns, name);
}

QString modeName(TokenMode mode)
{
    return nameOf(modes, mode);
}

std::optional<TokenMode> modeFromName(const QString &name)
{
    return valueOf(modes, name);
}

} // namespace Galley
