#include "ui/library/filterpopups.h"

#include "ui/widgets/popups.h"
#include "ui/widgets/theme.h"

#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace Galley {

namespace {

constexpr int mostRows = 14;
constexpr int fewValues = 8;  ///< that nobody needs to search in

} // namespace

ValuePicker::ValuePicker(const QString &title, const QList<LibraryValue> &values, const QStringList &chosen, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_field(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_elsewhere(chosen)
{
    QVBoxLayout *layout = layOutPopup(this, title);
    m_field->setPlaceholderText(tr("Type to narrow the list"));
    m_field->setAccessibleName(tr("Narrow the list"));
    m_field->installEventFilter(this);
    m_field->setVisible(values.size() > fewValues);
    m_list->setAccessibleName(title);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    for (const LibraryValue &value : values) {
        auto *item = new QListWidgetItem(tr("%1  (%2)").arg(value.label, QLocale().toString(value.count)), m_list);
        item->setData(Qt::UserRole, value.value);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(chosen.contains(value.value) ? Qt::Checked : Qt::Unchecked);
        m_elsewhere.removeAll(value.value);
    }
    if (values.isEmpty())
        layout->addWidget(new QLabel(tr("No picture has any yet."), this));
    m_list->setVisible(!values.isEmpty());
    m_list->setFixedHeight(int(std::clamp<qsizetype>(values.size(), 1, mostRows)) * Theme::rowHeight + 4);
    m_list->setCurrentRow(0);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    setMinimumWidth(popupWidth);
    connect(m_field, &QLineEdit::textChanged, this, &ValuePicker::narrow);
    connect(m_list, &QListWidget::itemChanged, this, [this] { Q_EMIT this->chosen(checked()); });
    connect(m_list, &QListWidget::itemActivated, this, [](QListWidgetItem *item) {
        item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    });
    setFocusProxy(values.size() > fewValues ? static_cast<QWidget *>(m_field) : m_list);
    focusProxy()->setFocus();
}

bool ValuePicker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Down) {
        m_list->setFocus();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void ValuePicker::narrow(const QString &text)
{
    QListWidgetItem *first = nullptr;
    for (int i = 0; i < m_list->count(); ++i) {
        QListWidgetItem *item = m_list->item(i);
        item->setHidden(!item->text().contains(text, Qt::CaseInsensitive));
        if (!first && !item->isHidden())
            first = item;
    }
    m_list->setCurrentItem(first);
}

QStringList ValuePicker::checked() const
{
    QStringList values = m_elsewhere;
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->checkState() == Qt::Checked)
            values << m_list->item(i)->data(Qt::UserRole).toString();
    }
    return values;
}

RangePopup::RangePopup(const QString &title, const Limits &limits, std::optional<double> least, std::optional<double> most, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_least(new QDoubleSpinBox(this))
    , m_most(new QDoubleSpinBox(this))
{
    QVBoxLayout *layout = layOutPopup(this, title);
    auto *form = new QFormLayout;
    const double step = std::pow(10, -limits.decimals);
    const auto set = [&](QDoubleSpinBox *box, const QString &name, std::optional<double> value) {
        box->setDecimals(limits.decimals);
        box->setRange(limits.least - step, limits.most);  // one step below the least is "any"
        box->setSingleStep(limits.decimals == 0 ? 100 : 0.05);
        box->setSpecialValueText(tr("any"));
        box->setAccessibleName(name);
        box->setValue(value.value_or(box->minimum()));
        form->addRow(name, box);
    };
    set(m_least, tr("At least"), least);
    set(m_most, tr("At most"), most);
    layout->addLayout(form);
    connect(addPopupButton(layout, tr("Filter"), this), &QPushButton::clicked, this, [this] {
        const auto valueOf = [](const QDoubleSpinBox *box) {
            return box->value() <= box->minimum() ? std::optional<double>() : std::optional<double>(box->value());
        };
        std::optional<double> from = valueOf(m_least);
        std::optional<double> to = valueOf(m_most);
        if (from && to && *from > *to)
            std::swap(from, to);
        Q_EMIT chosen(from, to);
        close();
    });
    m_least->setFocus();
    m_least->selectAll();
}

DaysPopup::DaysPopup(const QDate &first, const QDate &last, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_first(new QDateEdit(this))
    , m_last(new QDateEdit(this))
{
    QVBoxLayout *layout = layOutPopup(this, tr("Made between"));
    auto *form = new QFormLayout;
    const auto set = [&](QDateEdit *edit, const QString &name, const QDate &date) {
        edit->setCalendarPopup(true);
        edit->setAccessibleName(name);
        edit->setDate(date.isValid() ? date : QDate::currentDate());
        form->addRow(name, edit);
    };
    set(m_first, tr("First day"), first);
    set(m_last, tr("Last day"), last);
    layout->addLayout(form);
    connect(addPopupButton(layout, tr("Filter"), this), &QPushButton::clicked, this, [this] {
        Q_EMIT chosen(std::min(m_first->date(), m_last->date()), std::max(m_first->date(), m_last->date()));
        close();
    });
    m_first->setFocus();
}

} // namespace Galley
