#pragma once

#include <QPlainTextEdit>

namespace Galley {

class TokenEditor;

/// Edits the text of one token, right below it on the artboard, while the picture above shows every letter as it will be set. Made
/// only for texts without slots; those belong to the slot form. All typing until it closes is one undo step. Closes and deletes
/// itself on Escape, Ctrl+Enter and when it loses the keyboard.
class InplaceEditor : public QPlainTextEdit
{
    Q_OBJECT

public:
    InplaceEditor(const QString &tokenId, const QString &text, TokenEditor &editor, QWidget *parent);

    QString tokenId() const { return m_tokenId; }
    /// Beside \a token (widget coordinates), inside \a room.
    void placeAt(const QRectF &token, const QRectF &room);
    void finish();

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    QString m_tokenId;
    bool m_closing = false;
};

} // namespace Galley
