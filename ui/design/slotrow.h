#pragma once

#include <QWidget>

#include <functional>

class QLabel;

namespace Galley {

class IconButton;
class SlotEditor;
class TemplateDocument;
struct Slot;

/// One slot in the form: its name, a field by its type, what is wrong with the value, and behind a button the slot's own
/// properties. Built for one type; the form makes a new one when the type changes.
class SlotRow : public QWidget
{
    Q_OBJECT

public:
    SlotRow(TemplateDocument *document, const Slot &slot, QWidget *parent = nullptr);

    QString slotName() const { return m_name; }
    void refresh();
    void focusField();
    /// Unfolds name, type and limits.
    void setExpanded(bool expanded);

Q_SIGNALS:
    void message(const QString &sentence);

private:
    QWidget *makeField(const Slot &slot);
    QWidget *makeImageField();
    void setValue(const QString &value);
    void endEdit();

    TemplateDocument *m_document;
    QString m_name;
    QLabel *m_label;
    QLabel *m_problem;
    QWidget *m_field = nullptr;
    SlotEditor *m_editor = nullptr;
    IconButton *m_more;
    std::function<void(const QString &)> m_show;  ///< puts a value into the field
};

} // namespace Galley
