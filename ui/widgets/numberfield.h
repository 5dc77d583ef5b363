#pragma once

#include <QDoubleSpinBox>

class QLabel;

namespace Galley {

/// A number with a unit: typing accepts arithmetic ("1080/3"), arrow keys and the wheel (only with focus) step, Shift ×10, and the
/// letter before the number can be dragged. A person's change is valueEdited(), once per Enter, step or pixel of a drag;
/// setValue() is silent about it. One gesture ends with editFinished(): call TemplateDocument::endMerge() there.
class NumberField : public QDoubleSpinBox
{
    Q_OBJECT

public:
    /// \a label is one letter or a short word, shown in the field and dragged; \a name is what a screen reader says.
    NumberField(const QString &label, const QString &name, QWidget *parent = nullptr);

    void setUnit(const QString &unit);  ///< " px", " %", "°"
    /// Several values differ: the field says so until somebody enters one.
    void setMixed(bool mixed);
    bool isMixed() const { return m_mixed; }
    /// Sets the value without valueEdited().
    void showValue(double value);

    void stepBy(int steps) override;

Q_SIGNALS:
    void valueEdited(double value);
    void editFinished();

protected:
    QString textFromValue(double value) const override;
    double valueFromText(const QString &text) const override;
    QValidator::State validate(QString &text, int &position) const override;
    void fixup(QString &text) const override;
    void wheelEvent(QWheelEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void edit(double value);
    void commit();
    void placeLabel();
    bool dragLabel(QEvent *event);

    QLabel *m_label;
    mutable bool m_mixed = false;            ///< ends when a typed text has a value, which Qt asks for in a const function
    mutable bool m_replacesMixed = false;    ///< … even when that value is the one that was there
    bool m_dragging = false;
    double m_dragFrom = 0;
    int m_dragStart = 0;
};

} // namespace Galley
