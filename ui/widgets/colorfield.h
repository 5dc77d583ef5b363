#pragma once

#include <QColor>
#include <QStringList>
#include <QWidget>

class QLineEdit;
class QToolButton;

namespace Galley {

/// A colour as the template keeps it: "#RRGGBB", "#RRGGBBAA", "{slot}" or empty. A swatch that opens a picker, and the text.
/// A person's change is valueEdited(); drags in the picker repeat it, then comes editFinished() (TemplateDocument::endMerge()).
class ColorField : public QWidget
{
    Q_OBJECT

public:
    /// \a name is what a screen reader says.
    explicit ColorField(const QString &name, QWidget *parent = nullptr);

    QString value() const { return m_value; }
    /// Silent. \a resolved is what a "{slot}" gives for the row on screen.
    void setValue(const QString &value, const QColor &resolved = {});
    /// The colours that the picker offers first: palette of the template and of the token.
    void setSwatches(const QStringList &colors);
    /// Colour slots that may be chosen instead of a colour.
    void setSlots(const QStringList &names);
    void setAlphaAllowed(bool allowed);
    /// An empty value means something ("no fill") and is offered under \a text.
    void setEmptyAllowed(const QString &text);
    void setMixed(bool mixed);
    QLineEdit *lineEdit() const { return m_text; }

Q_SIGNALS:
    void valueEdited(const QString &value);
    void editFinished();

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintSwatch();
    void openPicker();
    void take(const QString &value);
    void commitText();

    QToolButton *m_swatch;
    QLineEdit *m_text;
    QString m_value;
    QColor m_resolved;
    QStringList m_swatches;
    QStringList m_slots;
    QString m_emptyText;
    bool m_alpha = false;
};

/// The colour as a template writes it: "#RRGGBB", with two more digits when it is not opaque.
QString colorText(const QColor &color);
/// "#RGB", "#RRGGBB", "#RRGGBBAA", with or without "#"; invalid otherwise.
QColor colorFromText(const QString &text);

} // namespace Galley
