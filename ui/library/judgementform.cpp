#include "ui/library/judgementform.h"

#include "ui/library/chiprow.h"
#include "ui/library/librarytext.h"
#include "ui/library/starsfield.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/theme.h"

#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStringListModel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Galley {

namespace {

constexpr int noteHeight = 64;
constexpr int longestTag = 64;
const PickState pickOrder[]{PickState::Rejected, PickState::None, PickState::Picked};

/// What all of them have there; nothing where they differ.
template<typename Value>
auto common(const QList<Judgement> &judgements, Value value) -> std::optional<decltype(value(judgements.first()))>
{
    if (judgements.isEmpty())
        return {};
    const auto first = value(judgements.first());
    for (const Judgement &each : judgements) {
        if (value(each) != first)
            return {};
    }
    return first;
}

QStringList commonTags(const QList<Judgement> &judgements)
{
    QStringList tags = judgements.isEmpty() ? QStringList() : judgements.first().tags;
    for (const Judgement &each : judgements)
        tags.removeIf([&](const QString &tag) { return !each.tags.contains(tag); });
    return tags;
}

} // namespace

JudgementForm::JudgementForm(QWidget *parent)
    : QWidget(parent)
    , m_stars(new StarsField(this))
    , m_pick(new Segmented(tr("Pick"), this))
    , m_tagRow(new ChipRow(tr("Tags"), this))
    , m_newTag(new QLineEdit(this))
    , m_noteField(new QPlainTextEdit(this))
{
    for (const PickState pick : pickOrder)
        m_pick->addSegment(pick == PickState::None ? QString() : pickWord(pick), pickIcon(pick), pickWord(pick));
    m_newTag->setPlaceholderText(tr("Add a tag"));
    m_newTag->setAccessibleName(tr("Add a tag"));
    m_newTag->setMaxLength(longestTag);
    m_newTag->setMinimumWidth(m_newTag->fontMetrics().horizontalAdvance(m_newTag->placeholderText()) + Theme::space6);
    m_tagRow->setTail(m_newTag);
    m_noteField->setAccessibleName(tr("Note"));
    m_noteField->setToolTip(tr("Taken over when the field is left, or with Ctrl+Enter"));
    m_noteField->setTabChangesFocus(true);
    m_noteField->setFixedHeight(noteHeight);
    m_noteField->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::space2);
    layout->addWidget(m_stars, 0, Qt::AlignLeft);
    layout->addWidget(m_pick, 0, Qt::AlignLeft);
    layout->addWidget(m_tagRow);
    layout->addWidget(m_noteField);
    connect(m_stars, &StarsField::chosen, this, [this](int stars) {
        const std::optional<int> rating = stars > 0 ? std::optional<int>(stars) : std::optional<int>();
        Q_EMIT edited(m_ids, {.rating = rating});
    });
    connect(m_pick, &Segmented::chosen, this, [this](int index) { Q_EMIT edited(m_ids, {.pick = pickOrder[index]}); });
    connect(m_tagRow, &ChipRow::removed, this, [this](int index) { Q_EMIT edited(m_ids, {.removeTags = {m_tags.at(index)}}); });
    connect(m_newTag, &QLineEdit::returnPressed, this, &JudgementForm::addTag);
}

void JudgementForm::showPictures(const QList<qint64> &ids, const QList<Judgement> &judgements)
{
    const bool isOther = ids != m_ids;
    if (isOther) {
        finish();
        m_newTag->clear();  // it was begun for the others; Enter must not give it to these
    }
    m_ids = ids;
    const auto rating = common(judgements, [](const Judgement &each) { return each.rating.value_or(0); });
    m_stars->setStars(rating.value_or(0), !rating && !judgements.isEmpty());
    const auto pick = common(judgements, [](const Judgement &each) { return each.pick; });
    m_pick->setCurrentIndex(pick ? int(std::find(std::begin(pickOrder), std::end(pickOrder), *pick) - std::begin(pickOrder)) : -1);
    m_tags = commonTags(judgements);
    m_tagRow->setChips(m_tags);
    const auto note = common(judgements, [](const Judgement &each) { return each.note; });
    const bool isTyping = m_noteField->document()->isModified();
    m_note = note.value_or(QString());
    m_noteField->setPlaceholderText(note || judgements.isEmpty() ? tr("Note") : tr("Several notes; what is written here replaces them"));
    if (isTyping && !isOther)
        return;
    if (m_noteField->toPlainText() != m_note)
        m_noteField->setPlainText(m_note);
    m_noteField->document()->setModified(false);
}

void JudgementForm::setKnownTags(const QStringList &tags)
{
    auto *completer = m_newTag->completer();
    if (!completer) {
        completer = new QCompleter(new QStringListModel(m_newTag), m_newTag);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        m_newTag->setCompleter(completer);
    }
    static_cast<QStringListModel *>(completer->model())->setStringList(tags);
}

void JudgementForm::setReadOnly(const QString &why)
{
    m_readOnly = why;
    const bool writable = why.isEmpty();
    for (QWidget *each : {static_cast<QWidget *>(m_stars), static_cast<QWidget *>(m_pick), static_cast<QWidget *>(m_newTag)})
        each->setEnabled(writable);
    m_tagRow->setRemovable(writable, why);
    m_noteField->setReadOnly(!writable);
}

void JudgementForm::editTags()
{
    m_newTag->setFocus(Qt::ShortcutFocusReason);
}

void JudgementForm::editNote()
{
    m_noteField->setFocus(Qt::ShortcutFocusReason);
}

void JudgementForm::addTag()
{
    QStringList tags;
    for (const QString &tag : m_newTag->text().split(u',')) {
        if (!tag.trimmed().isEmpty())
            tags << tag.simplified();
    }
    m_newTag->clear();
    if (!tags.isEmpty())
        Q_EMIT edited(m_ids, {.addTags = tags});
}

void JudgementForm::finish()
{
    if (!m_noteField->document()->isModified() || m_ids.isEmpty())
        return;
    m_noteField->document()->setModified(false);
    const QString note = m_noteField->toPlainText().trimmed();
    if (note != m_note)
        Q_EMIT edited(m_ids, {.note = note});
}

bool JudgementForm::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut) {
        finish();
    } else if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && key->modifiers() & Qt::ControlModifier) {
            finish();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Galley
