#pragma once

#include "core/store/libraryquery.h"

#include <QDate>
#include <QFrame>

class QDateEdit;
class QDoubleSpinBox;
class QLineEdit;
class QListWidget;

namespace Galley {

/// Some of many values, with how many pictures have each: typing narrows the list, Space and clicks choose. A popup that deletes itself.
class ValuePicker : public QFrame
{
    Q_OBJECT

public:
    ValuePicker(const QString &title, const QList<LibraryValue> &values, const QStringList &chosen, QWidget *parent = nullptr);

    QListWidget *list() const { return m_list; }
    QLineEdit *field() const { return m_field; }

Q_SIGNALS:
    void chosen(const QStringList &values);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void narrow(const QString &text);
    QStringList checked() const;

    QLineEdit *m_field;
    QListWidget *m_list;
    QStringList m_elsewhere;  ///< chosen, but no picture has it any more
};

/// From one number to another, both ends may be left open. A popup that deletes itself.
class RangePopup : public QFrame
{
    Q_OBJECT

public:
    struct Limits
    {
        double least = 0;
        double most = 1;
        int decimals = 2;
    };
    RangePopup(const QString &title, const Limits &limits, std::optional<double> least, std::optional<double> most, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(std::optional<double> least, std::optional<double> most);

private:
    QDoubleSpinBox *m_least;
    QDoubleSpinBox *m_most;
};

/// From one day to another, both whole. A popup that deletes itself.
class DaysPopup : public QFrame
{
    Q_OBJECT

public:
    DaysPopup(const QDate &first, const QDate &last, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const QDate &first, const QDate &last);

private:
    QDateEdit *m_first;
    QDateEdit *m_last;
};

} // namespace Galley
