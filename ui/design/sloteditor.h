#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace Galley {

class NumberField;
class TemplateDocument;

/// Name, type, limits and help of one slot. Every change is an undo step.
class SlotEditor : public QWidget
{
    Q_OBJECT

public:
    SlotEditor(TemplateDocument *document, const QString &slot, QWidget *parent = nullptr);

    void refresh();

Q_SIGNALS:
    void message(const QString &sentence);

private:
    void rename();
    void setLimit(const QString &text, const char *which, double value);
    void setChoices();

    TemplateDocument *m_document;
    QString m_slot;
    QLineEdit *m_name;
    QComboBox *m_type;
    QCheckBox *m_optional;
    QLineEdit *m_help;
    NumberField *m_maxChars;
    NumberField *m_minimum;
    NumberField *m_maximum;
    QLineEdit *m_choices;
};

} // namespace Galley
