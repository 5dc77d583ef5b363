#include "ui/settings/licencedialog.h"

#include "ui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace Galley {

namespace {

constexpr QSize firstSize(560, 420);

} // namespace

LicenceDialog::LicenceDialog(const QString &model, const QString &text, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("licenceDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Licence of %1").arg(model));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::space4, Theme::space4, Theme::space4, Theme::space4);
    column->setSpacing(Theme::space3);
    auto *about = new QLabel(text.isEmpty()
                                 ? tr("Not stated: there is no LICENSE file and no licence in README.md beside its weights. Look where you got it from before you "
                                      "publish pictures.")
                                 : tr("As it lies beside the weights. What it allows is between you and its makers; Galley checks nothing of it."),
                             this);
    about->setWordWrap(true);
    column->addWidget(about);
    if (!text.isEmpty()) {
        auto *view = new QPlainTextEdit(text, this);
        view->setReadOnly(true);
        view->setAccessibleName(tr("Text of the licence"));
        column->addWidget(view, 1);
        resize(firstSize);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

} // namespace Galley
