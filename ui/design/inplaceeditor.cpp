#include "ui/design/inplaceeditor.h"

#include "ui/design/tokeneditor.h"
#include "ui/widgets/theme.h"

#include <QFocusEvent>
#include <QKeyEvent>

#include <algorithm>

namespace Galley {

namespace {

constexpr double shortest = 180;
constexpr double longest = 480;
constexpr int mostLines = 6;

} // namespace

InplaceEditor::InplaceEditor(const QString &tokenId, const QString &text, TokenEditor &editor, QWidget *parent)
    : QPlainTextEdit(text, parent)
    , m_tokenId(tokenId)
{
    setAccessibleName(tr("Text of %1").arg(tokenId));
    setFont(Theme::bodyFont());
    setTabChangesFocus(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    selectAll();
    const QString mergeKey = QStringLiteral("artboard-text-") + tokenId;
    connect(this, &QPlainTextEdit::textChanged, this,
            [this, &editor, mergeKey] { editor.setText(m_tokenId, toPlainText(), mergeKey); });
}

void InplaceEditor::placeAt(const QRectF &token, const QRectF &room)
{
    const double most = std::min(longest, room.width() - 16);
    const double width = std::min(most, std::max(shortest, token.width()));
    const int lines = std::clamp(int(toPlainText().count(u'\n')) + 2, 2, mostLines);
    const double height = lines * fontMetrics().lineSpacing() + 14;
    QRectF place(token.left(), token.bottom() + 8, width, height);
    if (place.bottom() > room.bottom() - 8)
        place.moveBottom(token.top() - 8);
    place.moveTop(std::clamp(place.top(), room.top() + 8, std::max(room.top() + 8, room.bottom() - 8 - height)));
    place.moveLeft(std::clamp(place.left(), room.left() + 8, std::max(room.left() + 8, room.right() - 8 - width)));
    setGeometry(place.toAlignedRect());
}

void InplaceEditor::finish()
{
    if (m_closing)
        return;
    m_closing = true;
    Q_EMIT closed();
    hide();
    deleteLater();
}

void InplaceEditor::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape || (enter && event->modifiers() & Qt::ControlModifier)) {
        parentWidget()->setFocus();
        finish();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void InplaceEditor::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        finish();
}

} // namespace Galley
