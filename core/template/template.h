#pragma once

#include "core/base/json.h"

#include <QList>
#include <QMap>
#include <QRectF>
#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace Galley {

/// What a layout token is for.
enum class Role { Background, Subject, Headline, Subhead, Body, Caption, Cta, Logo, Panel };

/// Who draws a token: Galley, exactly, or the model. Default follows the role (product.md §3).
enum class TokenMode { Default, Set, Drawn };

/// What happens to text that is larger than its box. Text never vanishes silently.
enum class TextFit { Shrink, Wrap, Grow, Error };

enum class HorizontalAlign { Left, Center, Right };
enum class VerticalAlign { Top, Middle, Bottom };

enum class SlotType { Text, Subject, Color, Image, Number, Choice };

/// A rectangle in fractions of the canvas, origin top left; may lie partly outside. Written with 4 decimals.
struct Box
{
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    /// The box in pixels of \a canvas.
    QRectF toRect(const QSize &canvas) const;
    static Box fromRect(const QRectF &rect, const QSize &canvas);

    bool operator==(const Box &) const = default;
};

struct FontSpec
{
    QString family = QStringLiteral("Inter");
    int weight = 400;  ///< 100–900
    bool italic = false;

    bool operator==(const FontSpec &) const = default;
};

/// How a token's text is set. Sizes are fractions of the canvas height.
struct TextStyle
{
    FontSpec font;
    std::optional<double> size;  ///< absent: as large as fits
    double minSize = 0.012;
    double lineHeight = 1.2;     ///< a factor of the type size
    double letterSpacing = 0;    ///< fraction of the canvas height
    HorizontalAlign align = HorizontalAlign::Center;
    VerticalAlign valign = VerticalAlign::Middle;
    TextFit fit = TextFit::Shrink;
    QString color = QStringLiteral("#1B1B1B");  ///< "#RRGGBB" or "{slot}"

    bool operator==(const TextStyle &) const = default;
};

/// A named box on the canvas. Strings may hold `{slot}`; see resolve.h for their meaning.
struct Token
{
    QString id;  ///< [a-z][a-z0-9_-]*
    Role role = Role::Subject;
    Box box;
    int z = 0;
    bool hidden = false;
    bool locked = false;
    QString show;         ///< words for the model: subject or background
    QString text;         ///< what text roles say
    QString image;        ///< a path relative to the template, or "{slot}"
    QStringList palette;  ///< at most 5 colours
    QString fill;         ///< a colour, empty for none
    double radius = 0;    ///< corner radius, fraction of the canvas height
    double opacity = 1;
    TokenMode mode = TokenMode::Default;
    TextStyle style;
    Json extra = Json::object();  ///< the keys that this version does not know, written back as they were
    QStringList keyOrder;         ///< the order in which the file had its keys

    /// Set or Drawn, never Default.
    TokenMode effectiveMode() const;
    bool isTextRole() const;

    bool operator==(const Token &) const = default;
};

/// A typed value that the template leaves open.
struct Slot
{
    QString name;  ///< [a-z][a-z0-9_]*
    SlotType type = SlotType::Text;
    QString defaultValue;  ///< every value is kept as the text that a CSV cell would hold
    bool optional = false;
    QString help;
    std::optional<int> maxChars;
    std::optional<double> minimum;
    std::optional<double> maximum;
    QStringList choices;
    Json extra = Json::object();
    QStringList keyOrder;

    bool operator==(const Slot &) const = default;
};

struct Canvas
{
    QSize size{1080, 1350};
    double safeArea = 0.05;
    QString background = QStringLiteral("#FFFFFF");  ///< a colour or "{slot}"
    Json extra = Json::object();
    QStringList keyOrder;

    bool operator==(const Canvas &) const = default;
};

struct Style
{
    QString summary;
    QString medium;
    QString artStyle;  ///< exactly one of artStyle and photo is used; both absent: artStyle = medium
    QString photo;
    QString aesthetics;
    QString lighting;
    QStringList palette;  ///< at most 16 colours
    Json extra = Json::object();
    QStringList keyOrder;

    bool operator==(const Style &) const = default;
};

/// A canvas with layout tokens, content slots and a style: the document that people edit. A plain value, copyable, comparable.
struct Template
{
    static constexpr int formatVersion = 1;

    QString id;  ///< a uuid without braces
    QString name;
    QString project;
    QString intent;
    QStringList tags;
    Canvas canvas;
    Style style;
    QList<Token> tokens;
    QList<Slot> slotList;  ///< in file order ("slots" is a macro of Qt)
    Json extra = Json::object();
    QStringList keyOrder;

    const Token *findToken(const QString &tokenId) const;
    Token *findToken(const QString &tokenId);
    const Slot *findSlot(const QString &slotName) const;
    Slot *findSlot(const QString &slotName);

    /// \a stem itself, or \a stem-2, \a stem-3 …: the first id that no token has.
    QString freeTokenId(const QString &stem) const;

    bool operator==(const Template &) const = default;
};

/// One set of slot values. Values that are absent take the slot's default.
struct Row
{
    int number = 0;  ///< counts from 1; 0 = the defaults, not a row of a file
    QMap<QString, QString> values;
    QString folder;  ///< image paths of \a values are relative to it: the folder of the CSV or of the template

    bool operator==(const Row &) const = default;
};

QString roleName(Role role);                          ///< "headline"
std::optional<Role> roleFromName(const QString &name);
QList<Role> allRoles();
QString slotTypeName(SlotType type);                  ///< "text"
std::optional<SlotType> slotTypeFromName(const QString &name);
QString fitName(TextFit fit);
std::optional<TextFit> fitFromName(const QString &name);
QString alignName(HorizontalAlign align);
std::optional<HorizontalAlign> alignFromName(const QString &name);
QString valignName(VerticalAlign align);
std::optional<VerticalAlign> valignFromName(const QString &name);
QString modeName(TokenMode mode);                     ///< "set", "drawn"; empty for Default
std::optional<TokenMode> modeFromName(const QString &name);  ///< never Default

} // namespace Galley
