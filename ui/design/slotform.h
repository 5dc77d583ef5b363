#pragma once

#include <QHash>
#include <QScrollArea>

class QAction;
class QLabel;
class QVBoxLayout;

namespace Galley {

class DraftService;
class IconButton;
class SlotRow;
class TemplateDocument;

/// The values that the template leaves open, one field for each slot by its type, for the row on screen (or the defaults); and
/// where slots are created, renamed, typed, limited and deleted. Steps through the rows of an opened CSV.
class SlotForm : public QScrollArea
{
    Q_OBJECT

public:
    SlotForm(TemplateDocument *document, DraftService *draft, QWidget *parent = nullptr);

    QList<QAction *> allActions() const { return m_actions; }

public Q_SLOTS:
    /// Puts the focus into the field of \a slot.
    void focusSlot(const QString &slot);
    /// Puts the focus into the field of the first slot that the words of \a tokenId insert.
    void focusToken(const QString &tokenId);

Q_SIGNALS:
    void message(const QString &sentence);
    void openRowsRequested();

private:
    void addSlot(int type);
    void rebuild();
    void refresh();
    QWidget *rowBar();
    void showRow();

    TemplateDocument *m_document;
    QVBoxLayout *m_layout;
    QList<SlotRow *> m_rows;
    QStringList m_shape;  ///< names and types that the rows were built for
    QWidget *m_rowBar;
    QLabel *m_rowText;
    QAction *m_previous;
    QAction *m_next;
    QAction *m_openRows;
    QWidget *m_empty;
    QList<QAction *> m_actions;
};

} // namespace Galley
