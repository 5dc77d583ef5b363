#include "ui/settings/localmodelrow.h"

#include "ui/widgets/chip.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/noticeline.h"
#include "ui/widgets/numbers.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace Galley {

namespace {

QString factsOf(const LocalModelCard &card)
{
    const ModelCapabilities &model = card.said.basic;
    QStringList facts;
    if (card.bytes() > 0)
        facts.append(dataSizeText(card.bytes()));
    if (model.problem.isEmpty() && !model.revision.isEmpty()) {
        facts.append(LocalModelRow::tr("%1 × %1 px").arg(model.nativeSize));
        facts.append(LocalModelRow::tr("%n steps", nullptr, model.defaultSteps));
        facts.append(card.said.defaultGuidance > 0 ? LocalModelRow::tr("guidance %1").arg(QLocale().toString(card.said.defaultGuidance, 'g', 3))
                                                   : LocalModelRow::tr("no guidance"));
    }
    facts.append(card.licence.isEmpty() ? LocalModelRow::tr("licence not stated") : card.licence);
    return facts.join(QStringLiteral("  ·  "));
}

FitsNotice filesNotice(const LocalModelCard &card)
{
    switch (card.files) {
    case LocalModelCard::Files::Unchanged:
        return {int(NoticeLine::Kind::Good), LocalModelRow::tr("SHA-256 kept on %1; size and time of its files are the same.")
                                                 .arg(QLocale().toString(card.entry.addedAt.toLocalTime().date(), QLocale::ShortFormat))};
    case LocalModelCard::Files::Changed:
        return {int(NoticeLine::Kind::Warning), LocalModelRow::tr("Changed since it was added: it may draw other pictures than before. Check Files says which.")};
    case LocalModelCard::Files::NotKept:
        return {int(NoticeLine::Kind::Info), LocalModelRow::tr("Found in Galley's models folder. Check Files keeps its SHA-256, so that changes are noticed.")};
    case LocalModelCard::Files::Missing: break;
    }
    return {};
}

} // namespace

FitsNotice fitsNotice(const LocalModelCard &card, bool isLimited)
{
    const LocalModel &said = card.said;
    if (!card.problem().isEmpty())
        return {int(NoticeLine::Kind::Error), card.problem()};
    if (!card.isDescribed)
        return {int(NoticeLine::Kind::Info), LocalModelRow::tr("The drawing worker has not said yet whether it can run here.")};
    const QString needed = dataSizeText(said.neededBytes), least = dataSizeText(said.leastBytes), most = dataSizeText(said.budgetBytes);
    switch (said.fits) {
    case LocalModel::Fits::Whole: return {int(NoticeLine::Kind::Good), LocalModelRow::tr("Runs here: needs about %1 of memory, models may take %2.").arg(needed, most)};
    case LocalModel::Fits::Parts:
        return {int(NoticeLine::Kind::Warning),
                (isLimited ? LocalModelRow::tr("Runs here in parts, slower: the whole needs about %1, the parts %2, and you let models take %3.")
                           : LocalModelRow::tr("Runs here in parts, slower: the whole needs about %1, the parts %2, and models may take %3. Close other programs to be faster."))
                    .arg(needed, least, most)};
    case LocalModel::Fits::No:
        return {int(NoticeLine::Kind::Error),
                (isLimited ? LocalModelRow::tr("Does not run here: needs at least %1 of memory, and you let models take %2. Let them take more, or take a smaller model.")
                           : LocalModelRow::tr("Cannot run here: needs at least %1 of memory, and models may take %2. Close other programs, or take a smaller model."))
                    .arg(least, most)};
    case LocalModel::Fits::Unknown: break;
    }
    return {int(NoticeLine::Kind::Info), LocalModelRow::tr("How much memory it needs is not known.")};
}

LocalModelRow::LocalModelRow(const LocalModelCard &card, bool isLimited, QWidget *parent)
    : QFrame(parent)
    , m_card(card)
    , m_name(new QLabel(card.entry.id, this))
    , m_family(new Chip({}, this))
    , m_used(new Chip(tr("drafts use it"), this))
    , m_facts(new QLabel(this))
    , m_fits(new NoticeLine(this))
    , m_files(new NoticeLine(this))
    , m_path(new ElidedLabel({}, this))
    , m_use(new QPushButton(tr("Use for Drafts"), this))
    , m_check(new QPushButton(tr("Check Files"), this))
    , m_licence(new QPushButton(tr("Licence"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
{
    setObjectName(QStringLiteral("localModel-") + card.entry.id);
    QFont bold = Theme::bodyFont();
    bold.setWeight(QFont::DemiBold);
    m_name->setFont(bold);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setWordWrap(true);
    m_facts->setTextFormat(Qt::PlainText);
    m_used->setIcon(QStringLiteral("check"));
    m_used->setTone(ThemeColor::Current);
    m_path->setSecondary(true);
    m_path->setElideMode(Qt::ElideMiddle);
    auto *head = new QHBoxLayout;
    head->setSpacing(Theme::space2);
    head->addWidget(m_name);
    head->addWidget(m_family);
    head->addWidget(m_used);
    head->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::space3, Theme::space3, Theme::space3, Theme::space3);
    column->setSpacing(Theme::space1);
    column->addLayout(head);
    column->addWidget(m_facts);
    column->addWidget(m_path);
    column->addWidget(m_fits);
    column->addWidget(m_files);
    makeButtons(column);
    showCard(card, isLimited);
    setUsed(false);
}

void LocalModelRow::makeButtons(QVBoxLayout *column)
{
    const QString id = m_card.entry.id;
    m_use->setToolTip(tr("Subjects of the draft are drawn by this model instead of Galley's own"));
    m_check->setToolTip(tr("Read every byte of its files and compare them with what they were"));
    m_licence->setToolTip(tr("What its folder says about what may be done with it"));
    m_remove->setToolTip(tr("Forget this model; its files stay where they are"));
    auto *row = new QHBoxLayout;
    row->setSpacing(Theme::space2);
    row->setContentsMargins(0, Theme::space1, 0, 0);
    for (QPushButton *button : {m_use, m_check, m_licence, m_remove}) {
        button->setAutoDefault(false);
        button->setAccessibleName(tr("%1: %2").arg(button->text(), id));
        row->addWidget(button);
    }
    row->addStretch(1);
    column->addLayout(row);
    connect(m_use, &QPushButton::clicked, this, [this, id] { Q_EMIT useWanted(m_isUsed ? QString() : id); });
    connect(m_check, &QPushButton::clicked, this, [this, id] { Q_EMIT checkWanted(id); });
    connect(m_licence, &QPushButton::clicked, this, [this, id] { Q_EMIT licenceWanted(id); });
    connect(m_remove, &QPushButton::clicked, this, [this, id] { Q_EMIT removeWanted(id); });
}

void LocalModelRow::showCard(const LocalModelCard &card, bool isLimited)
{
    m_card = card;
    m_family->setText(card.said.family);
    m_family->setVisible(!card.said.family.isEmpty() && card.said.family.compare(card.entry.id, Qt::CaseInsensitive) != 0);
    m_facts->setText(factsOf(card));
    m_path->setText(QDir::toNativeSeparators(card.entry.path));
    const FitsNotice fits = fitsNotice(card, isLimited);
    m_fits->showNotice(NoticeLine::Kind(fits.kind), fits.sentence);
    const FitsNotice files = filesNotice(card);
    m_files->showNotice(NoticeLine::Kind(files.kind), files.sentence);
    m_files->setVisible(!files.sentence.isEmpty());
    setBusy(m_isBusy);
}

void LocalModelRow::setUsed(bool used)
{
    m_isUsed = used;
    m_used->setVisible(used);
    m_use->setText(used ? tr("Stop Using for Drafts") : tr("Use for Drafts"));
}

void LocalModelRow::setBusy(bool busy)
{
    m_isBusy = busy;
    const bool isThere = m_card.files != LocalModelCard::Files::Missing;
    m_use->setEnabled(m_isUsed || (m_card.problem().isEmpty() && m_card.said.fits != LocalModel::Fits::No));
    m_check->setEnabled(!busy && isThere);
    m_remove->setEnabled(!busy);
}

void LocalModelRow::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(ThemeColor::Line), 0));
    painter.setBrush(theme.color(ThemeColor::Raised));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Theme::radius, Theme::radius);
}

} // namespace Galley
