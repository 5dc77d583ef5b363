#include "ui/shell/aboutdialog.h"

#include "core/service/modelcard.h"
#include "ui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTextBrowser>
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
    {"Zstandard (galley-worker)", "BSD-3-Clause"},
    {"Inter and the other bundled fonts", "OFL-1.1"},
    {"Material Design Icons", "Apache-2.0"},
    {"all-MiniLM-L6-v2 (the draft model's text table)", "Apache-2.0"},
    {"CLIP's vocabulary", "MIT"},
    {"Unicode CLDR (names of the cut-outs)", "Unicode-DFS-2016"},
    {"Noto Emoji (cut-outs, training pictures)", "Apache-2.0"},
    {"Open Clip Art Library (cut-outs, training pictures)", "Public domain"},
    {"Drawings made for Galley (cut-outs, training pictures)", "CC0-1.0"},
};

/// Notices that ship with the resources, one after the other.
QString notices(const QString &resources)
{
    QString text;
    for (const Part &part : parts)
        text += QString::fromLatin1(part.name) + QStringLiteral(": ") + QString::fromLatin1(part.licence) + u'\n';
    for (const QString &name : AboutDialog::noticeFiles()) {
        QFile file(QDir(resources).filePath(name));
        text += QStringLiteral("\n──── ") + name + QStringLiteral(" ────\n");
        text += file.open(QIODevice::ReadOnly | QIODevice::Text) ? QString::fromUtf8(file.readAll())
                                                                : AboutDialog::tr("%1 cannot be read. Install Galley again.").arg(file.fileName()) + u'\n';
    }
    return text;
}

QString row(const QString &label, const QString &text)
{
    return QStringLiteral("<tr><td style=\"padding-right:12px\">") + label.toHtmlEscaped() + QStringLiteral("</td><td>") + text.toHtmlEscaped()
           + QStringLiteral("</td></tr>");
}

QString heading(const QString &text)
{
    return QStringLiteral("<p style=\"margin-top:12px;margin-bottom:4px\"><b>") + text.toHtmlEscaped() + QStringLiteral("</b></p>");
}

/// The card of the draft model as a page; in it only what its own description says.
QString cardPage(const ModelCard &card)
{
    QString page = heading(AboutDialog::tr("%1, revision %2").arg(card.name, card.revision));
    for (const QString &limit : card.limits)
        page += QStringLiteral("<p style=\"margin-top:0;margin-bottom:4px\">") + limit.toHtmlEscaped() + QStringLiteral("</p>");
    const auto table = [&page](const QString &title, const QString &rows) {
        if (!rows.isEmpty())
            page += heading(title) + QStringLiteral("<table cellspacing=\"2\">") + rows + QStringLiteral("</table>");
    };
    QString rows;
    for (const auto &[label, text] : card.training)
        rows += row(label, text);
    table(AboutDialog::tr("Training"), rows);
    rows.clear();
    for (const auto &[label, text] : card.words)
        rows += row(label, text);
    table(AboutDialog::tr("What it answers to"), rows);
    rows.clear();
    for (const ModelCard::Source &source : card.sources)
        rows += row(source.what, source.source + QStringLiteral(" – ") + source.licence);
    table(AboutDialog::tr("Data and licences"), rows);
    rows.clear();
    for (const auto &[label, text] : card.evaluation)
        rows += row(label, text);
    table(AboutDialog::tr("Evaluation"), rows);
    return page;
}

} // namespace

QStringList AboutDialog::noticeFiles()
{
    return {QStringLiteral("icons/LICENSE"), QStringLiteral("fonts/FONTS.md"), QStringLiteral("fonts/OFL.txt"), QStringLiteral("cutouts/NOTICE"),
            QStringLiteral("models/galley-draft/NOTICE"), QStringLiteral("models/clip/LICENSE")};
}

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
    layout->addSpacing(Theme::space2);
    auto *pages = new QTabWidget(this);
    pages->setDocumentMode(true);
    pages->setMinimumSize(560, 320);
    const Result<ModelCard> card = readModelCard(resources + QStringLiteral("/models/galley-draft"));
    auto *model = new QTextBrowser(this);
    model->setObjectName(QStringLiteral("modelCard"));
    model->setFont(Theme::secondaryFont());
    model->setAccessibleName(tr("The draft model"));
    model->setFrameShape(QFrame::NoFrame);
    if (card)
        model->setHtml(cardPage(*card));
    else
        model->setPlainText(card.error().message);
    pages->addTab(model, model->accessibleName());
    auto *list = new QPlainTextEdit(notices(resources), this);
    list->setObjectName(QStringLiteral("notices"));
    list->setReadOnly(true);
    list->setAccessibleName(tr("What is inside, and its licences"));
    list->setFont(Theme::secondaryFont());
    list->setFrameShape(QFrame::NoFrame);
    list->setTabChangesFocus(true);
    pages->addTab(list, tr("Licences"));
    layout->addWidget(pages, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

} // namespace Galley
