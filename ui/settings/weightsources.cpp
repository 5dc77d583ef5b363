#include "ui/settings/weightsources.h"

#include "ui/widgets/iconbutton.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QVBoxLayout>

namespace Galley {

namespace {

struct Source
{
    const char *name;
    const char *repository;
    const char *about;
    const char *licence;
};

constexpr Source sources[]{
    {"SD-Turbo", "stabilityai/sd-turbo", QT_TRANSLATE_NOOP("Galley::WeightSources", "2.6 GB, 512 px, 1 to 4 steps: the quickest start."),
     QT_TRANSLATE_NOOP("Galley::WeightSources", "Stability AI licence: research and own use; commercial use only under its community licence (yearly revenue "
                                                "below 1 million USD) or a membership.")},
    {"SDXL-Turbo", "stabilityai/sdxl-turbo", QT_TRANSLATE_NOOP("Galley::WeightSources", "6.9 GB, 512 px, 1 to 4 steps."),
     QT_TRANSLATE_NOOP("Galley::WeightSources", "Stability AI licence: as SD-Turbo.")},
    {"LCM Dreamshaper v7", "SimianLuo/LCM_Dreamshaper_v7", QT_TRANSLATE_NOOP("Galley::WeightSources", "2.1 GB, 512 to 768 px, 4 steps."),
     QT_TRANSLATE_NOOP("Galley::WeightSources", "MIT: any use.")},
    {"Stable Diffusion 1.5", "stable-diffusion-v1-5/stable-diffusion-v1-5", QT_TRANSLATE_NOOP("Galley::WeightSources", "2.1 GB, 512 px, 20 to 50 steps."),
     QT_TRANSLATE_NOOP("Galley::WeightSources", "CreativeML OpenRAIL-M: commercial use too, except for the uses that it forbids.")},
    {"Stable Diffusion XL base 1.0", "stabilityai/stable-diffusion-xl-base-1.0", QT_TRANSLATE_NOOP("Galley::WeightSources", "6.9 GB, 1024 px, 30 to 50 steps."),
     QT_TRANSLATE_NOOP("Galley::WeightSources", "CreativeML OpenRAIL++-M: commercial use too, except for the uses that it forbids.")},
    {"SDXL-Lightning", "ByteDance/SDXL-Lightning", QT_TRANSLATE_NOOP("Galley::WeightSources", "6.9 GB, 1024 px, as many steps as the file's name says."),
     QT_TRANSLATE_NOOP("Galley::WeightSources", "OpenRAIL++: commercial use too, except for the uses that it forbids.")},
    {"TAESD", "madebyollin/taesd",
     QT_TRANSLATE_NOOP("Galley::WeightSources", "10 MB: small decoder for quick previews of SD 1.5, SD 2.1 and what is distilled from them. It goes into the model's folder, or "
                                                "beside a single file, as a folder named “taesd” with config.json and diffusion_pytorch_model.safetensors."),
     QT_TRANSLATE_NOOP("Galley::WeightSources", "MIT: any use.")},
    {"TAESDXL", "madebyollin/taesdxl",
     QT_TRANSLATE_NOOP("Galley::WeightSources", "10 MB: the same for SDXL and what is distilled from it, as a folder named “taesdxl”."),
     QT_TRANSLATE_NOOP("Galley::WeightSources", "MIT: any use.")},
};

QLabel *line(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

QList<WeightSource> weightSources()
{
    const auto tr = [](const char *text) -> QString { return QCoreApplication::translate("Galley::WeightSources", text); };
    QList<WeightSource> list;
    for (const Source &source : sources) {
        list.append({QString::fromLatin1(source.name), QStringLiteral("https://huggingface.co/") + QLatin1String(source.repository), tr(source.about),
                     tr(source.licence)});
    }
    return list;
}

WeightSourcesPanel::WeightSourcesPanel(QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::space2);
    auto *header = new SectionHeader(tr("Where Official Weights Are"), this);
    header->layout()->setContentsMargins(0, Theme::space1, 0, Theme::space1);  // begins where the page's other titles do
    auto *body = new QWidget(this);
    auto *grid = new QGridLayout(body);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(Theme::space2);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 1);
    int row = 0;
    grid->addWidget(line(tr("Galley downloads nothing itself. These are the pages of the makers; what is written here of their licences is a summary of November "
                            "2026, and theirs is what counts."), body), row++, 0, 1, 2);
    for (const WeightSource &source : weightSources()) {
        auto *name = line(source.name, body);
        QFont bold = Theme::bodyFont();
        bold.setWeight(QFont::DemiBold);
        name->setFont(bold);
        name->setContentsMargins(0, Theme::space2, 0, 0);
        auto *address = line(source.address, body);
        address->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        address->setAccessibleName(tr("Address of %1").arg(source.name));
        auto *about = line(source.about + u' ' + source.licence, body);
        about->setForegroundRole(QPalette::PlaceholderText);
        auto *copy = new IconButton(QStringLiteral("content_copy"), tr("Copy the address of %1").arg(source.name), body);
        connect(copy, &QToolButton::clicked, this, [address = source.address] { QGuiApplication::clipboard()->setText(address); });
        grid->addWidget(name, row++, 0);
        grid->addWidget(address, row, 0);
        grid->addWidget(copy, row++, 1, Qt::AlignTop);
        grid->addWidget(about, row++, 0, 1, 2);
    }
    header->setBody(body);
    header->setExpanded(false);
    column->addWidget(header);
    column->addWidget(body);
}

} // namespace Galley
