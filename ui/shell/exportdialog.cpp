#include "ui/shell/exportdialog.h"

#include "ui/widgets/numberfield.h"
#include "ui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <cmath>

namespace Galley {

ExportDialog::ExportDialog(const QSize &canvas, QWidget *parent)
    : QDialog(parent)
    , m_canvas(canvas)
    , m_width(new NumberField(tr("W"), tr("Width"), this))
    , m_height(new NumberField(tr("H"), tr("Height"), this))
    , m_scale(new QLabel(this))
{
    setWindowTitle(tr("Export PNG"));
    const double most = double(longestSide) / std::max(canvas.width(), canvas.height());
    const auto prepare = [most](NumberField *field, int pixels) {
        field->setDecimals(0);
        field->setUnit(QStringLiteral(" px"));
        field->setRange(16, std::floor(most * pixels));
        field->showValue(pixels);
        field->setMinimumWidth(112);
    };
    prepare(m_width, canvas.width());
    prepare(m_height, canvas.height());
    m_scale->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(Theme::space4, Theme::space4, Theme::space4, Theme::space4);
    layout->setSpacing(Theme::space2);
    layout->addWidget(new QLabel(tr("Size of the picture"), this), 0, 0, 1, 2);
    layout->addWidget(m_width, 1, 0);
    layout->addWidget(m_height, 1, 1);
    layout->addWidget(m_scale, 2, 0, 1, 2);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *accept = buttons->addButton(tr("Choose a File …"), QDialogButtonBox::AcceptRole);
    accept->setDefault(true);
    layout->addWidget(buttons, 3, 0, 1, 2);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    const auto showScale = [this] {
        m_scale->setText(tr("%1 % of the canvas").arg(QString::number(100.0 * m_width->value() / m_canvas.width(), 'f', 0)));
    };
    connect(m_width, &NumberField::valueEdited, this, [this, showScale](double width) {
        m_height->showValue(std::round(width * m_canvas.height() / m_canvas.width()));
        showScale();
    });
    connect(m_height, &NumberField::valueEdited, this, [this, showScale](double height) {
        m_width->showValue(std::round(height * m_canvas.width() / m_canvas.height()));
        showScale();
    });
    showScale();
    m_width->setFocus();
}

QSize ExportDialog::size() const
{
    return {int(m_width->value()), int(m_height->value())};
}

} // namespace Galley
