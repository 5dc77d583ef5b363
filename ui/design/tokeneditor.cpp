#include "ui/design/tokeneditor.h"

#include "core/template/resolve.h"
#include "ui/design/tokenclipboard.h"
#include "ui/document/templatedocument.h"

#include <QColor>

#include <algorithm>
#include <numeric>

namespace Galley {

namespace {

QString readableOn(const QString &fill)
{
    const QColor color = parseColor(fill);
    const double luminance = 0.2126 * color.redF() + 0.7152 * color.greenF() + 0.0722 * color.blueF();
    return luminance > 0.55 ? QStringLiteral("#1B1B1B") : QStringLiteral("#FFFFFF");
}

QString firstColor(const QStringList &palette, const QString &otherwise)
{
    const auto plain = std::find_if(palette.begin(), palette.end(), [](const QString &text) { return parseColor(text).isValid(); });
    return plain == palette.end() ? otherwise : *plain;
}

void styleTextToken(Token &token)
{
    token.text = roleLabel(token.role);
    switch (token.role) {
    case Role::Headline:
        token.style.font.weight = 700;
        break;
    case Role::Subhead:
        token.style.font.weight = 600;
        break;
    case Role::Body:
        token.style.size = 0.024;
        token.style.align = HorizontalAlign::Left;
        token.style.valign = VerticalAlign::Top;
        break;
    case Role::Caption:
        token.style.size = 0.018;
        token.style.align = HorizontalAlign::Left;
        break;
    default:
        break;
    }
}

/// A token of \a role that shows something as soon as it stands on the canvas.
Token newToken(Role role, const Template &value)
{
    Token token;
    token.role = role;
    token.id = value.freeTokenId(roleName(role));
    if (token.isTextRole())
        styleTextToken(token);
    if (role == Role::Panel)
        token.fill = firstColor(value.style.palette, QStringLiteral("#E9E4DA"));
    if (role == Role::Cta) {
        token.fill = firstColor(value.style.palette, QStringLiteral("#2462CC"));
        token.radius = 0.012;
        token.style.font.weight = 600;
        token.style.color = readableOn(token.fill);
        token.style.size = 0.026;
    }
    return token;
}

/// "panel" of "panel-2", so that its copy is "panel-3".
QString stemOf(const QString &id)
{
    const auto dash = id.lastIndexOf(u'-');
    bool number = false;
    static_cast<void>(QStringView(id).mid(dash + 1).toInt(&number));
    return dash > 0 && number ? id.left(dash) : id;
}

int highest(const Template &value)
{
    int z = 0;
    for (const Token &token : value.tokens)
        z = std::max(z, token.z);
    return z;
}

QStringList idsBottomUp(const Template &value)
{
    QList<int> order(value.tokens.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return value.tokens.at(a).z < value.tokens.at(b).z; });
    QStringList ids;
    for (int index : std::as_const(order))
        ids << value.tokens.at(index).id;
    return ids;
}

void moveInOrder(QStringList &order, const QStringList &ids, StackingMove move)
{
    QStringList moved;
    for (const QString &id : std::as_const(order)) {
        if (ids.contains(id))
            moved << id;
    }
    switch (move) {
    case StackingMove::ToFront:
    case StackingMove::ToBack:
        order.removeIf([&](const QString &id) { return moved.contains(id); });
        order = move == StackingMove::ToFront ? order + moved : moved + order;
        break;
    case StackingMove::Forward:
        for (int i = int(order.size()) - 2; i >= 0; --i) {
            if (moved.contains(order.at(i)) && !moved.contains(order.at(i + 1)))
                order.swapItemsAt(i, i + 1);
        }
        break;
    case StackingMove::Backward:
        for (int i = 1; i < order.size(); ++i) {
            if (moved.contains(order.at(i)) && !moved.contains(order.at(i - 1)))
                order.swapItemsAt(i, i - 1);
        }
        break;
    }
}

/// Gives \a order z values that say the same; the values that the template has are kept as far as they can be.
void assignStacking(Template &value, const QStringList &order)
{
    QList<int> levels;
    for (const Token &token : std::as_const(value.tokens))
        levels << token.z;
    std::sort(levels.begin(), levels.end());
    for (int i = 1; i < levels.size(); ++i)
        levels[i] = std::max(levels.at(i), levels.at(i - 1) + 1);
    for (int i = 0; i < order.size(); ++i)
        value.findToken(order.at(i))->z = levels.at(i);
}

} // namespace

QString roleLabel(Role role)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Galley::Role", text); };
    switch (role) {
    case Role::Background:
        return tr("Background");
    case Role::Subject:
        return tr("Subject");
    case Role::Headline:
        return tr("Headline");
    case Role::Subhead:
        return tr("Subhead");
    case Role::Body:
        return tr("Body");
    case Role::Caption:
        return tr("Caption");
    case Role::Cta:
        return tr("Call to action");
    case Role::Logo:
        return tr("Logo");
    case Role::Panel:
        return tr("Panel");
    }
    return {};
}

TokenEditor::TokenEditor(TemplateDocument *document)
    : m_document(document)
{}

QString TokenEditor::refusal() const
{
    if (!m_document->isReadOnly())
        return {};
    return tr("This template is read-only: it is open in another window, or its file cannot be written. "
              "Save it under another name to edit it.");
}

QStringList TokenEditor::editable(const QStringList &ids) const
{
    if (ids.isEmpty())
        return {};
    QStringList open;
    for (const Token &token : m_document->value().tokens) {
        if (!token.locked && ids.contains(token.id))
            open << token.id;
    }
    if (open.size() < 2)
        return open;
    QStringList result = stackingOrder();
    result.removeIf([&open](const QString &id) { return !open.contains(id); });
    return result;
}

QStringList TokenEditor::stackingOrder() const
{
    return idsBottomUp(m_document->value());
}

QRectF TokenEditor::rectOf(const QString &id) const
{
    const Token *token = m_document->value().findToken(id);
    return token ? token->box.toRect(m_document->value().canvas.size) : QRectF();
}

QList<QRectF> TokenEditor::rectsOf(const QStringList &ids) const
{
    QList<QRectF> rects;
    for (const QString &id : ids)
        rects << rectOf(id);
    return rects;
}

QString TokenEditor::nameOf(const QStringList &ids)
{
    return ids.size() == 1 ? ids.first() : tr("%n tokens", nullptr, int(ids.size()));
}

void TokenEditor::setRects(const QString &text, const QHash<QString, QRectF> &rects, const QString &mergeKey)
{
    m_document->apply(
        text,
        [&rects](Template &value) {
            for (Token &token : value.tokens) {
                if (const auto rect = rects.constFind(token.id); rect != rects.constEnd() && !token.locked)
                    token.box = Box::fromRect(*rect, value.canvas.size);
            }
        },
        mergeKey);
}

void TokenEditor::move(const QStringList &ids, const QPointF &delta, const QString &mergeKey)
{
    const QStringList moved = editable(ids);
    QHash<QString, QRectF> rects;
    for (const QString &id : moved)
        rects.insert(id, rectOf(id).translated(delta));
    setRects(tr("Move %1").arg(nameOf(moved)), rects, mergeKey);
}

void TokenEditor::grow(const QStringList &ids, const QPointF &delta, const QString &mergeKey)
{
    const QStringList grown = editable(ids);
    QHash<QString, QRectF> rects;
    for (const QString &id : grown)
        rects.insert(id, resized(rectOf(id), Handle::BottomRight, delta));
    setRects(tr("Resize %1").arg(nameOf(grown)), rects, mergeKey);
}

void TokenEditor::align(const QStringList &ids, Alignment alignment)
{
    const QStringList moved = editable(ids);
    // Locked tokens of the selection stay, and the others are brought to them.
    const QList<QRectF> all = rectsOf(ids);
    const QRectF reference = ids.size() > 1 ? unitedRect(all) : QRectF(QPointF(0, 0), QSizeF(m_document->value().canvas.size));
    const QList<QRectF> targets = aligned(rectsOf(moved), alignment, reference);
    QHash<QString, QRectF> rects;
    for (int i = 0; i < moved.size(); ++i)
        rects.insert(moved.at(i), targets.at(i));
    setRects(tr("Align %1").arg(nameOf(moved)), rects);
}

void TokenEditor::distribute(const QStringList &ids, Qt::Orientation orientation)
{
    const QStringList moved = editable(ids);
    const QList<QRectF> targets = distributed(rectsOf(moved), orientation);
    QHash<QString, QRectF> rects;
    for (int i = 0; i < moved.size(); ++i)
        rects.insert(moved.at(i), targets.at(i));
    setRects(tr("Distribute %1").arg(nameOf(moved)), rects);
}

void TokenEditor::restack(const QStringList &ids, StackingMove move)
{
    const QStringList moved = editable(ids);
    QString text;
    switch (move) {
    case StackingMove::ToFront:
        text = tr("Bring %1 to front");
        break;
    case StackingMove::Forward:
        text = tr("Bring %1 forward");
        break;
    case StackingMove::Backward:
        text = tr("Send %1 backward");
        break;
    case StackingMove::ToBack:
        text = tr("Send %1 to back");
        break;
    }
    m_document->apply(text.arg(nameOf(moved)), [&](Template &value) {
        const QStringList before = idsBottomUp(value);
        QStringList order = before;
        moveInOrder(order, moved, move);
        if (order != before)
            assignStacking(value, order);
    });
}

void TokenEditor::setText(const QString &id, const QString &text, const QString &mergeKey)
{
    m_document->apply(
        tr("Edit text of %1").arg(id),
        [&](Template &value) {
            if (Token *token = value.findToken(id); token && !token->locked)
                token->text = text;
        },
        mergeKey);
}

void TokenEditor::setHidden(const QStringList &ids, bool hidden)
{
    m_document->apply((hidden ? tr("Hide %1") : tr("Show %1")).arg(nameOf(ids)), [&](Template &value) {
        for (const QString &id : ids) {
            if (Token *token = value.findToken(id))
                token->hidden = hidden;
        }
    });
}

void TokenEditor::setLocked(const QStringList &ids, bool locked)
{
    m_document->apply((locked ? tr("Lock %1") : tr("Unlock %1")).arg(nameOf(ids)), [&](Template &value) {
        for (const QString &id : ids) {
            if (Token *token = value.findToken(id))
                token->locked = locked;
        }
    });
}

Result<QStringList> TokenEditor::insert(const QString &text, const QList<Token> &tokens, const QList<Slot> &missingSlots,
                                        const QPointF &offset, const QString &mergeKey)
{
    if (const QString sentence = refusal(); !sentence.isEmpty())
        return fail(ErrorCode::Refused, sentence);
    if (m_document->value().tokens.size() + tokens.size() > maximumTokens) {
        return fail(ErrorCode::TooLarge, tr("A template holds at most %1 tokens. Delete some before adding more.")
                                             .arg(maximumTokens));
    }
    QStringList ids;
    m_document->apply(
        text,
        [&](Template &value) {
            for (const Slot &slot : missingSlots) {
                if (!value.findSlot(slot.name))
                    value.slotList << slot;
            }
            const QSize canvas = value.canvas.size;
            int z = highest(value);
            for (Token token : tokens) {
                if (value.findToken(token.id))
                    token.id = value.freeTokenId(stemOf(token.id));
                token.box = Box::fromRect(token.box.toRect(canvas).translated(offset), canvas);
                token.z = ++z;
                token.locked = false;
                value.tokens << token;
                ids << token.id;
            }
        },
        mergeKey);
    if (mergeKey.isEmpty())
        m_document->setSelection(ids);
    return ids;
}

Result<QString> TokenEditor::add(Role role, const QRectF &rect)
{
    Token token = newToken(role, m_document->value());
    token.box = Box::fromRect(rect, m_document->value().canvas.size);
    const auto ids = insert(tr("Add %1").arg(token.id), {token}, {}, {}, {});
    if (!ids)
        return fail(ids.error());
    return ids->first();
}

Result<QStringList> TokenEditor::duplicate(const QStringList &ids, const QPointF &offset, const QString &mergeKey)
{
    QList<Token> tokens;
    const QStringList order = stackingOrder();
    for (const QString &id : order) {
        if (ids.contains(id))
            tokens << *m_document->value().findToken(id);
    }
    if (tokens.isEmpty())
        return QStringList();
    return insert(tr("Duplicate %1").arg(nameOf(ids)), tokens, {}, offset, mergeKey);
}

Result<QStringList> TokenEditor::paste(const QMimeData *data)
{
    const auto part = tokensFromMimeData(data, m_document->folder());
    if (!part)
        return fail(part.error());
    if (part->tokens.isEmpty())
        return QStringList();
    // Pasted where it came from, unless something lies exactly there: then a step further, so that it is seen.
    const QSize canvas = m_document->value().canvas.size;
    QPointF offset;
    const auto taken = [&](const QPointF &by) {
        const QRectF wanted = part->tokens.first().box.toRect(canvas).translated(by);
        const QList<Token> &tokens = m_document->value().tokens;
        return std::any_of(tokens.begin(), tokens.end(), [&](const Token &token) {
            const QRectF rect = token.box.toRect(canvas);
            return (rect.topLeft() - wanted.topLeft()).manhattanLength() < 1;
        });
    };
    while (taken(offset))
        offset += QPointF(16, 16);
    QStringList names;
    for (const Token &token : part->tokens)
        names << token.id;
    return insert(tr("Paste %1").arg(nameOf(names)), part->tokens, part->slotList, offset, {});
}

void TokenEditor::remove(const QStringList &ids)
{
    const QStringList removed = editable(ids);
    m_document->apply(tr("Delete %1").arg(nameOf(removed)), [&](Template &value) {
        value.tokens.removeIf([&](const Token &token) { return removed.contains(token.id); });
    });
}

} // namespace Galley
