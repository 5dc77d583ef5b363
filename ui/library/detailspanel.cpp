#include "ui/library/detailspanel.h"

#include "core/base/async.h"
#include "core/review/score.h"
#include "ui/library/judgementform.h"
#include "ui/library/librarytext.h"
#include "ui/routes/routestext.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/noticeline.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMap>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Galley {

namespace {

constexpr int restMs = 120;
constexpr int frameHeight = 240;
constexpr int promptHeight = 120;
constexpr int provenanceHeight = 200;

QLabel *wordLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QPlainTextEdit *readOnlyText(const QString &name, int height, QWidget *parent)
{
    auto *text = new QPlainTextEdit(parent);
    text->setAccessibleName(name);
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setFixedHeight(height);
    return text;
}

/// "3 × Ideogram 4, 1 × SD 3.5", the most frequent first.
template<typename Text>
QString countedText(const QList<LibraryCard> &cards, Text text)
{
    QMap<QString, int> counts;
    for (const LibraryCard &card : cards)
        ++counts[text(card)];
    if (counts.size() == 1)
        return counts.firstKey();
    QList<std::pair<int, QString>> sorted;
    for (auto each = counts.cbegin(); each != counts.cend(); ++each)
        sorted.append({each.value(), each.key()});
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    constexpr int most = 6;
    QStringList parts;
    for (const auto &[count, word] : std::as_const(sorted)) {
        if (parts.size() == most) {
            parts << DetailsPanel::tr("%n more", nullptr, int(sorted.size()) - most);
            break;
        }
        parts << QStringLiteral("%1 × %2").arg(count).arg(word);
    }
    return parts.join(QStringLiteral("\n"));
}

} // namespace

void PictureFrame::setPicture(const QPixmap &pixmap)
{
    m_pixmap = pixmap;
    update();
}

void PictureFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::of(this).color(ThemeColor::Surround));
    if (m_pixmap.isNull())
        return;
    const QRect room = rect().adjusted(Theme::space2, Theme::space2, -Theme::space2, -Theme::space2);
    QRect place(QPoint(), (QSizeF(m_pixmap.size()) / devicePixelRatioF()).scaled(room.size(), Qt::KeepAspectRatio).toSize());
    place.moveCenter(room.center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(place, m_pixmap);
}

DetailsPanel::DetailsPanel(LibraryService *library, QWidget *parent)
    : QScrollArea(parent)
    , m_library(library)
    , m_picture(new PictureFrame(this))
    , m_title(wordLabel(this))
    , m_way(wordLabel(this))
    , m_trouble(new NoticeLine(this))
    , m_cached(makeCached())
    , m_judgement(new JudgementForm(this))
    , m_facts(new QWidget(this))
    , m_factLines(new QFormLayout(m_facts))
    , m_reasons(wordLabel(this))
    , m_prompt(readOnlyText(tr("Prompt"), promptHeight, this))
    , m_scores(new QWidget(this))
    , m_times(wordLabel(this))
    , m_provenance(readOnlyText(tr("Provenance"), provenanceHeight, this))
{
    setObjectName(QStringLiteral("libraryDetails"));
    setAccessibleName(tr("Details of the chosen pictures"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    layOut();
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    connect(&m_rest, &QTimer::timeout, this, &DetailsPanel::load);
    showPictures({}, {}, {});
}

void DetailsPanel::layOut()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(Theme::space3, Theme::space2, Theme::space3, Theme::space3);
    layout->setSpacing(Theme::space2);
    setWidget(page);
    m_picture->setFixedHeight(frameHeight);
    m_title->setFont(Theme::titleFont());
    m_factLines->setContentsMargins(0, 0, 0, 0);
    m_factLines->setHorizontalSpacing(Theme::space3);
    m_factLines->setVerticalSpacing(Theme::space1);
    m_factLines->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_factLines->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    QFont code = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    code.setPixelSize(11);
    m_provenance->setFont(code);
    m_provenance->setLineWrapMode(QPlainTextEdit::NoWrap);
    auto *scores = new QVBoxLayout(m_scores);
    scores->setContentsMargins(0, 0, 0, 0);
    scores->setSpacing(Theme::space2);
    for (QWidget *each : {static_cast<QWidget *>(m_picture), static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_way),
                          static_cast<QWidget *>(m_trouble), m_cached, static_cast<QWidget *>(m_judgement), m_facts})
        layout->addWidget(each);
    m_ofOne << addSection(tr("Why This Model?"), m_reasons, true) << addSection(tr("Prompt"), m_prompt, true)
            << addSection(tr("Scores"), m_scores, true) << addSection(tr("Times"), m_times, false);
    QWidget *provenance = addSection(tr("Provenance"), m_provenance, false);
    m_ofOne << provenance;
    auto *copy = new IconButton(QStringLiteral("content_copy"), tr("Copy the provenance as text"), provenance);
    provenance->findChild<SectionHeader *>()->addWidget(copy);
    connect(copy, &QToolButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_provenance->toPlainText());
        Q_EMIT message(tr("The provenance is on the clipboard."));
    });
    layout->addStretch(1);
}

/// The word that the final itself has beside it in Design.
QWidget *DetailsPanel::makeCached()
{
    auto *place = new QWidget(this);
    auto *chip = new Chip(tr("from cache"), place);
    chip->setObjectName(QStringLiteral("libraryCachedChip"));
    chip->setIcon(QStringLiteral("archive"));
    chip->setToolTip(tr("The same request had been rendered before: this picture came out of the cache of renders, and nothing was sent."));
    auto *anew = new QPushButton(tr("Render Anew …"), place);
    anew->setObjectName(QStringLiteral("libraryAnewButton"));
    anew->setAutoDefault(false);
    anew->setToolTip(tr("Send the same request again instead of taking it from the cache. The price comes first."));
    connect(anew, &QPushButton::clicked, this, &DetailsPanel::renderAnewWanted);
    auto *row = new QHBoxLayout(place);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::space2);
    row->addWidget(chip);
    row->addWidget(anew);
    row->addStretch(1);
    place->hide();
    return place;
}

QWidget *DetailsPanel::addSection(const QString &title, QWidget *body, bool open)
{
    auto *section = new QWidget(widget());
    auto *layout = new QVBoxLayout(section);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::space1);
    auto *header = new SectionHeader(title, section);
    header->setMinor(true);
    layout->addWidget(header);
    layout->addWidget(body);
    header->setBody(body);
    header->setExpanded(open);
    static_cast<QVBoxLayout *>(widget()->layout())->addWidget(section);
    return section;
}

void DetailsPanel::setNames(const ModelNames &names)
{
    m_names = names;
}

void DetailsPanel::addFact(const QString &title, const QString &text)
{
    if (text.isEmpty())
        return;
    m_said.append({title, text});
    auto *name = new QLabel(title, m_facts);
    name->setForegroundRole(QPalette::PlaceholderText);
    name->setAlignment(Qt::AlignLeft | Qt::AlignTop);  // beside the first line of several
    QLabel *value = wordLabel(m_facts);
    value->setText(text);
    m_factLines->addRow(name, value);
}

QString DetailsPanel::text() const
{
    QStringList lines{m_title->text(), m_way->text(), m_trouble->isHidden() ? QString() : m_trouble->text()};
    for (const auto &[title, value] : m_said)
        lines << title + QStringLiteral(": ") + value;
    if (!m_cached->isHidden())
        lines << m_cached->findChild<Chip *>()->text();
    lines << m_reasons->text() << m_prompt->toPlainText() << m_times->text();
    for (const QLabel *label : m_scores->findChildren<QLabel *>())
        lines << label->text();
    return lines.join(u'\n');
}

void DetailsPanel::showPictures(const QList<qint64> &ids, const QList<LibraryCard> &cards, const QPixmap &thumbnail)
{
    const bool isOther = ids != m_ids;
    m_ids = ids;
    QList<Judgement> judgements;
    for (const LibraryCard &card : cards)
        judgements << card.judgement;
    m_judgement->showPictures(ids, judgements);
    m_judgement->setVisible(!ids.isEmpty());
    while (m_factLines->rowCount() > 0)
        m_factLines->removeRow(0);
    m_said.clear();
    m_trouble->hide();
    const bool isOne = ids.size() == 1 && cards.size() == 1;
    for (QWidget *each : std::as_const(m_ofOne))
        each->setVisible(isOne);
    m_way->setVisible(isOne || ids.isEmpty());
    if (isOther) {
        ++m_serial;
        m_pictureOf = 0;
        m_picture->setPicture(isOne ? thumbnail : QPixmap());
        m_reasons->clear();
        m_prompt->clear();
        m_times->clear();
        m_provenance->clear();
        m_cached->hide();
        showScores({});
        Q_EMIT recordShown({});
    }
    m_picture->setVisible(ids.size() == 1);
    if (isOne)
        showOne(cards.first());
    else
        showSeveral(cards, int(ids.size()));
    if (isOne)
        m_rest.start();
}

void DetailsPanel::showOne(const LibraryCard &card)
{
    m_title->setText(templateText(card));
    m_way->setText(wayText(card, m_names));
    m_way->setToolTip(tr("Asked for, chosen by the rules, used by the service; each once where they are the same"));
    if (card.isDamaged)
        m_trouble->showNotice(NoticeLine::Kind::Error, tr("Its file is missing or has been altered since it was accepted, so that only the thumbnail is shown. "
                                                          "Library › Verify says more."));
    else if (!card.mark.isEmpty())
        m_trouble->showNotice(NoticeLine::Kind::Warning, tr("Its model was taken back: %1.").arg(markWord(card.mark)));
    addFact(tr("Revision"), card.revision);
    addFact(tr("Rule"), ruleLabel(card.rule));
    addFact(tr("Cohort"), card.project.isEmpty() ? QString() : tr("%1 of 9999 (%2)").arg(card.cohort).arg(card.project));
    addFact(tr("Cost"), card.costUsd ? priceText(*card.costUsd) : unknownPriceText());
    addFact(tr("Seed"), card.seed ? QString::number(*card.seed) : tr("the service did not say"));
    addFact(tr("Size"), tr("%1 × %2, %3").arg(card.size.width()).arg(card.size.height()).arg(QLocale().formattedDataSize(card.bytes)));
    addFact(tr("File"), QString::fromLatin1(card.mediaType));
    addFact(tr("Made"), timeText(card.createdAt));
    if (card.judgement.deletedAt.isValid())
        addFact(tr("In the bin since"), timeText(card.judgement.deletedAt));
}

void DetailsPanel::showSeveral(const QList<LibraryCard> &cards, int count)
{
    if (count == 0) {
        m_title->setText(tr("Nothing chosen"));
        m_way->setText(tr("Choose a picture to see how it came to be."));
        return;
    }
    m_title->setText(pictureCount(count));
    if (cards.isEmpty())
        return;
    if (cards.size() < count)
        addFact({}, tr("Of the %1 that are at hand:").arg(pictureCount(int(cards.size()))));
    addFact(tr("Model"), countedText(cards, [this](const LibraryCard &card) { return card.model().isEmpty() ? unknownModelWord() : m_names.label(card.model()); }));
    addFact(tr("Revision"), countedText(cards, [](const LibraryCard &card) { return card.revision.isEmpty() ? tr("not known") : card.revision; }));
    addFact(tr("Template"), countedText(cards, templateText));
    addFact(tr("Rule"), countedText(cards, [](const LibraryCard &card) { return ruleLabel(card.rule); }));
    addFact(tr("Project"), countedText(cards, [](const LibraryCard &card) { return card.project; }));
    double usd = 0;
    int unknown = 0;
    for (const LibraryCard &card : cards) {
        usd += card.costUsd.value_or(0);
        unknown += card.costUsd ? 0 : 1;
    }
    addFact(tr("Cost"), unknown == 0 ? priceText(usd) : tr("%1, and %n of unknown price", nullptr, unknown).arg(moneyText(usd)));
    const auto [first, last] = std::minmax_element(cards.cbegin(), cards.cend(),
                                                   [](const LibraryCard &a, const LibraryCard &b) { return a.createdAt < b.createdAt; });
    addFact(tr("Made"), tr("%1 to %2").arg(timeText(first->createdAt), timeText(last->createdAt)));
}

void DetailsPanel::load()
{
    if (m_ids.size() != 1)
        return;
    const qint64 id = m_ids.first();
    const int serial = m_serial;
    onFinished(m_library->record(id), this, [this, serial](const QFuture<Result<AssetRecord>> &future) {
        if (serial == m_serial && future.resultCount() > 0 && future.result())
            showRecord(*future.result());
    });
    onFinished(m_library->scores(id), this, [this, serial](const QFuture<Result<QList<PictureScore>>> &future) {
        if (serial == m_serial && future.resultCount() > 0 && future.result())
            showScores(*future.result());
    });
    if (std::exchange(m_pictureOf, id) == id)
        return;
    onFinished(m_library->picture(id, LibraryService::View::Composed), this, [this, serial](const QFuture<Result<LibraryPicture>> &future) {
        if (serial == m_serial && future.resultCount() > 0 && future.result())
            takePicture(*future.result());
    });
}

void DetailsPanel::takePicture(const LibraryPicture &picture)
{
    const QSize room = (QSizeF(m_picture->size()) * devicePixelRatioF()).toSize();
    const auto scaled = runOn(QThreadPool::globalInstance(), [image = picture.image, room] {
        const QImage shown = image.width() <= room.width() && image.height() <= room.height()
                                 ? image : image.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        return shown.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    });
    onFinished(scaled, this, [this, serial = m_serial](const QFuture<QImage> &future) {
        if (serial == m_serial)
            m_picture->setPicture(QPixmap::fromImage(future.result()));
    });
}

void DetailsPanel::showRecord(const AssetRecord &record)
{
    const QStringList reasons = reasonsOf(record);
    m_reasons->setText(reasons.isEmpty() ? tr("Nothing is recorded about the decision.") : reasons.join(u'\n'));
    m_prompt->setPlainText(record.prompt);
    const QStringList times = timingsOf(record);
    m_times->setText(times.isEmpty() ? tr("No times are recorded.") : times.join(u'\n'));
    m_provenance->setPlainText(provenanceText(record));
    m_cached->setVisible(isFromCache(record));
    Q_EMIT recordShown(record);
}

void DetailsPanel::showScores(const QList<PictureScore> &scores)
{
    qDeleteAll(m_scores->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    const auto add = [this](const QString &text, bool quiet) {
        QLabel *label = wordLabel(m_scores);
        label->setText(text);
        if (quiet) {
            label->setFont(Theme::secondaryFont());
            label->setForegroundRole(QPalette::PlaceholderText);
        }
        m_scores->layout()->addWidget(label);
        label->show();
    };
    if (scores.isEmpty())
        add(tr("No scores yet."), false);
    for (const PictureScore &score : scores) {
        add(tr("%1: %2").arg(scoreTitleOf(score.name), scoreText(score.value)), false);
        if (const QString sentence = storedSentence(score); !sentence.isEmpty())
            add(sentence, false);
        if (const QString limits = scoreLimitsOf(score.name); !limits.isEmpty())
            add(limits, true);
    }
}

} // namespace Galley
