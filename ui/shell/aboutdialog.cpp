#include "ui/shell/aboutdialog.h"

#include "ui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace Galley {

namespace {

struct Part
{
    const char *name;
    const char *licence;
};

constexpr Part parts[]{
    {"Qt 6", "LGPL-3.0"},
    {"LibTorch (galley-worker)", "BSD-3-Clause"},
    {"nlohmann/json", "MIT"},
    {"tl::expected", "CC0-1.0"},
    {"spdlog", "MIT"},
    {"CLI11", "BSD-3-Clause"},
    {"utf8proc (galley-worker)", "MIT"},
    {"Inter and the other bundled fonts", "OFL-1.1"},
    {"Material Design Icons", "Apache-2.0"},
    {"Noto Emoji (cut-outs, training pictures)", "Apache-2.0"},
};

/// Notices that ship with the resources, one after the other.
QString notices(const QString &resources)
{
    QString text;
    for (const Part &part : parts)
        text += QString::fromLatin1(part.name) + QStringLiteral(": ") + QString::fromLatin1(part.licence) + u'\n';
    for (const char *name : {"icons/LICENSE", "fonts/LICENSE", "fonts/OFL.txt", "fonts/NOTICE", "cutouts/NOTICE", "models/galley-draft/NOTICE"}) {
        QFile file(QDir(resources).filePath(QString::fromLatin1(name)));
        if (file.open(QIODevice::ReadOnly | QIODevice::Text))
            text += QStringLiteral("\n──── ") + QString::fromLatin1(name) + QStringLiteral(" ────\n") + QString::fromUtf8(file.readAll());
    }
    return text;
}

} // namespace

AboutDialog::AboutDialog(const QString &resources, const QString &engine, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("About Galley"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::space6, Theme::space6, Theme::space6, Theme::space4);
    layout->setSpacing(Theme::space2);
    auto *title = new QLabel(QStringLiteral("Galley " GALLEY_VERSION), this);
    title->setFont(Theme::titleFont());
    layout->addWidget(title);
    auto *text = new QLabel(tr("Design templates, draft them here, render them anywhere, compare what came back."), this);
    text->setWordWrap(true);
    layout->addWidget(text);
    auto *licence = new QLabel(tr("Free software under the GNU General Public License, version 3 or later, with a permission to link "
                                  "NVIDIA's CUDA libraries. It comes without any warranty."),
                               this);
    licence->setWordWrap(true);
    licence->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(licence);
    if (!engine.isEmpty()) {
        auto *device = new QLabel(engine, this);
        device->setForegroundRole(QPalette::PlaceholderText);
        layout->addWidget(device);
    }
    auto *heading = new QLabel(tr("What is inside, and its licences"), this);
    layout->addSpacing(Theme::space2);
    layout->addWidget(heading);
    auto *list = new QPlainTextEdit(notices(resources), this);
    list->setReadOnly(true);
    list->setAccessibleName(heading->text());
    list->setFont(Theme::secondaryFont());
    list->setMinimumSize(460, 200);
    list->setTabChangesFocus(true);
    layout->addWidget(list, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

} // namespace Galley
