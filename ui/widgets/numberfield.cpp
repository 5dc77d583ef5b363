#include "ui/widgets/numberfield.h"

#include "ui/widgets/expression.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>
#include <utility>

namespace Galley {

NumberField::NumberField(const QString &label, const QString &name, QWidget *parent)
    : QDoubleSpinBox(parent)
    , m_label(new QLabel(label, this))
{
    setAccessibleName(name);
    setToolTip(name);
    setButtonSymbols(QAbstractSpinBox::NoButtons);
    setKeyboardTracking(false);
    setFocusPolicy(Qt::StrongFocus);
    setDecimals(2);
    setRange(-1e6, 1e6);
    setMinimumHeight(Theme::controlHeight);
    m_label->setFont(Theme::secondaryFont());
    m_label->setForegroundRole(QPalette::PlaceholderText);
    m_label->setCursor(Qt::SizeHorCursor);
    m_label->setVisible(!label.isEmpty());
    m_label->installEventFilter(this);
    lineEdit()->setTextMargins(label.isEmpty() ? 0 : m_label->sizeHint().width() + Theme::space2, 0, 0, 0);
    connect(this, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        m_mixed = false;
        m_replacesMixed = false;
        Q_EMIT valueEdited(value);
    });
    connect(this, &QDoubleSpinBox::editingFinished, this, &NumberField::commit);
}

void NumberField::setUnit(const QString &unit)
{
    setSuffix(unit);
}

void NumberField::setMixed(bool mixed)
{
    if (m_mixed == mixed)
        return;
    m_mixed = mixed;
    const QSignalBlocker blocker(this);
    lineEdit()->setText(textFromValue(value()) + (mixed ? QString() : suffix()));
}

void NumberField::showValue(double value)
{
    const QSignalBlocker blocker(this);
    const bool wasMixed = std::exchange(m_mixed, false);
    if (value == this->value() && !wasMixed && !hasFocus())
        return;
    setValue(value);
    if (wasMixed)
        lineEdit()->setText(textFromValue(value) + suffix());
}

void NumberField::stepBy(int steps)
{
    edit(value() + steps * singleStep());
}

QString NumberField::textFromValue(double value) const
{
    if (m_mixed)
        return tr("Mixed");
    QString text = QString::number(value, 'f', decimals());
    if (text.contains(u'.')) {
        while (text.endsWith(u'0'))
            text.chop(1);
        if (text.endsWith(u'.'))
            text.chop(1);
    }
    return text == QLatin1String("-0") ? QStringLiteral("0") : text;
}

double NumberField::valueFromText(const QString &text) const
{
    QString plain = text.trimmed();
    const QString unit = suffix().trimmed();
    if (!unit.isEmpty() && plain.endsWith(unit))
        plain.chop(unit.size());
    const auto result = evaluateExpression(plain);
    if (result && m_mixed) {
        m_mixed = false;
        m_replacesMixed = true;
    }
    return result ? std::clamp(*result, minimum(), maximum()) : value();
}

QValidator::State NumberField::validate(QString &, int &) const
{
    // Everything may be typed; what cannot be computed falls back to the old value.
    return QValidator::Acceptable;
}

void NumberField::fixup(QString &text) const
{
    text = textFromValue(value());
}

void NumberField::wheelEvent(QWheelEvent *event)
{
    if (hasFocus())
        QDoubleSpinBox::wheelEvent(event);
    else
        event->ignore();  // the panel scrolls
}

void NumberField::focusInEvent(QFocusEvent *event)
{
    QDoubleSpinBox::focusInEvent(event);
    selectAll();
}

void NumberField::focusOutEvent(QFocusEvent *event)
{
    QDoubleSpinBox::focusOutEvent(event);
    Q_EMIT editFinished();
}

void NumberField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
        interpretText();
        const int direction = event->key() == Qt::Key_Up ? 1 : -1;
        stepBy(event->modifiers() & Qt::ShiftModifier ? 10 * direction : direction);
        selectAll();
        return;
    }
    if (event->key() == Qt::Key_Escape && lineEdit()->isModified()) {
        lineEdit()->setText(textFromValue(value()) + (m_mixed ? QString() : suffix()));
        selectAll();
        return;
    }
    QDoubleSpinBox::keyPressEvent(event);
}

void NumberField::resizeEvent(QResizeEvent *event)
{
    QDoubleSpinBox::resizeEvent(event);
    placeLabel();
}

void NumberField::changeEvent(QEvent *event)
{
    QDoubleSpinBox::changeEvent(event);
    if (event->type() == QEvent::EnabledChange || event->type() == QEvent::FontChange)
        placeLabel();
}

bool NumberField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_label && isEnabled() && !isReadOnly() && dragLabel(event))
        return true;
    return QDoubleSpinBox::eventFilter(watched, event);
}

void NumberField::edit(double newValue)
{
    const double bounded = std::clamp(newValue, minimum(), maximum());
    if (bounded == value() && !m_mixed)
        return;
    if (bounded == value()) {
        // The same number for several different values is still an edit.
        setMixed(false);
        Q_EMIT valueEdited(bounded);
        return;
    }
    m_mixed = false;
    setValue(bounded);
}

void NumberField::commit()
{
    lineEdit()->setModified(false);
    if (std::exchange(m_replacesMixed, false))
        Q_EMIT valueEdited(value());
    Q_EMIT editFinished();
}

void NumberField::placeLabel()
{
    const QSize size = m_label->sizeHint();
    m_label->setGeometry(Theme::space2, 0, size.width(), height());
}

bool NumberField::dragLabel(QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() != Qt::LeftButton)
            return false;
        m_dragging = true;
        m_dragFrom = value();
        m_dragStart = mouse->globalPosition().toPoint().x();
        return true;
    }
    if (event->type() == QEvent::MouseMove && m_dragging) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const int distance = mouse->globalPosition().toPoint().x() - m_dragStart;
        const double factor = mouse->modifiers() & Qt::ShiftModifier ? 10 : 1;
        edit(m_dragFrom + distance * singleStep() * factor);
        return true;
    }
    if (event->type() == QEvent::MouseButtonRelease && m_dragging) {
        m_dragging = false;
        Q_EMIT editFinished();
        return true;
    }
    return false;
}

} // namespace Galley
