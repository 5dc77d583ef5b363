#include "ui/compare/compareset.h"

#include "core/base/async.h"
#include "ui/compare/comparison.h"

#include <QRandomGenerator>
#include <QUndoStack>

#include <algorithm>
#include <limits>

namespace Galley {

namespace {

constexpr qint64 mostBytes = 400LL << 20;  ///< of decoded pictures that are not on screen, and of those that are as far as they go in
constexpr int decodeThreads = 2;

QString starsText(int stars)
{
    return QString(stars, QChar(0x2605));
}

/// What an edit that sets the same members as \a edit must say to put \a before back.
JudgementEdit inverse(const JudgementEdit &edit, const Judgement &before)
{
    JudgementEdit back;
    if (edit.rating)
        back.rating = before.rating;
    if (edit.pick)
        back.pick = before.pick;
    if (edit.note)
        back.note = before.note;
    return back;
}

void judgeBy(const JudgementEdit &edit, Judgement *judgement)
{
    if (edit.rating)
        judgement->rating = *edit.rating;
    if (edit.pick)
        judgement->pick = *edit.pick;
    if (edit.note)
        judgement->note = *edit.note;
}

/// The digest of "template" or "row" in what is known of \a picture; empty: not there, or not yet.
QString digestOf(const ComparePicture &picture, const char *part)
{
    const Json &provenance = picture.record.provenance;
    const auto found = provenance.is_object() ? provenance.find(part) : provenance.end();
    return found != provenance.end() && found->is_object() ? toQString(found->value("digest", Json())) : QString();
}

/// Whether both were asked for the same: one row of one template, which nobody has changed in between as far as is known. Pictures of no template may show
/// anything.
bool isDraft(const ComparePicture &picture)
{
    const Json &provenance = picture.record.provenance;
    return provenance.is_object() && provenance.value("kind", Json()) == Json("draft");
}

bool areOfOneRequest(const ComparePicture &a, const ComparePicture &b)
{
    // What a draft is for is not to be preferred to its final.
    if (isDraft(a) || isDraft(b))
        return false;
    const auto isSame = [&](const char *part) {
        const QString one = digestOf(a, part);
        const QString other = digestOf(b, part);
        return one.isEmpty() || other.isEmpty() || one == other;
    };
    return !a.card.templateId.isEmpty() && a.card.templateId == b.card.templateId && a.card.row == b.card.row && isSame("template") && isSame("row");
}

} // namespace

/// One judgement of one picture. Typing on in a note is one step. What was hidden before it is hidden again when it is taken back.
class JudgeCommand : public QUndoCommand
{
public:
    using State = CompareSet::JudgementState;

    JudgeCommand(CompareSet *set, qint64 picture, JudgementEdit edit, JudgementEdit back, State before, State after, const QString &text)
        : QUndoCommand(text)
        , m_set(set)
        , m_picture(picture)
        , m_edit(std::move(edit))
        , m_back(std::move(back))
        , m_before(before)
        , m_after(after)
    {}

    int id() const override { return m_edit.note ? 1 : -1; }
    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *later = static_cast<const JudgeCommand *>(other);
        if (later->m_picture != m_picture || !later->m_edit.note)
            return false;
        m_edit = later->m_edit;
        return true;
    }
    void redo() override { m_set->apply(m_picture, m_edit, m_after); }
    void undo() override { m_set->apply(m_picture, m_back, m_before); }

private:
    CompareSet *m_set;
    qint64 m_picture;
    JudgementEdit m_edit;
    JudgementEdit m_back;
    State m_before;
    State m_after;
};

CompareSet::CompareSet(LibraryService *library, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_undo(new QUndoStack(this))
{
    m_pool.setMaxThreadCount(decodeThreads);
    connect(library, &LibraryService::changed, this, &CompareSet::reload);
}

CompareSet::~CompareSet()
{
    m_pool.waitForDone();
}

void CompareSet::open(const QList<qint64> &ids, const QList<CompareGuest> &guests)
{
    recordPicks();
    m_undo->clear();
    m_recorded.clear();
    ++m_generation;
    dropPictures();
    m_blind = false;
    // The order of an earlier round has been revealed.
    m_round = int(QRandomGenerator::global()->bounded(std::numeric_limits<int>::max()));
    if (ids.isEmpty()) {
        show({}, guests);
        return;
    }
    onFinished(m_library->cards(ids), this, [this, guests, generation = m_generation](const QFuture<Result<QList<LibraryCard>>> &done) {
        if (generation != m_generation || done.resultCount() == 0)
            return;
        const Result<QList<LibraryCard>> cards = done.result();
        if (cards)
            show(*cards, guests);
        else
            Q_EMIT failed(cards.error().message);
    });
}

void CompareSet::show(const QList<LibraryCard> &cards, const QList<CompareGuest> &guests)
{
    m_entries.clear();
    for (const CompareGuest &guest : guests) {
        Entry entry;
        entry.picture.card = guest.card;
        entry.picture.card.id = -1 - m_entries.size();  // each its own, and never one of the library
        entry.picture.card.size = guest.image.size();
        entry.picture.isDraft = guest.isDraft;
        m_entries << entry;
    }
    for (const LibraryCard &card : cards) {
        Entry entry;
        entry.picture.card = card;
        m_entries << entry;
    }
    arrange();
    Q_EMIT opened();
    for (int i = 0; i < guests.size(); ++i)
        keep(m_entries.at(i).picture.id(), guests.at(i).image, &Entry::image);
    for (const LibraryCard &card : cards) {
        loadThumbnail(card.id);
        loadFacts(card.id);
    }
}

/// Several models × several rows, each once: a grid. Else as they were opened.
void CompareSet::arrange()
{
    QStringList models;
    QList<QPair<QString, int>> rows;
    for (const Entry &entry : std::as_const(m_entries)) {
        const LibraryCard &card = entry.picture.card;
        if (!models.contains(card.model()))
            models << card.model();
        if (!rows.contains(QPair(card.templateId, card.row)))
            rows << QPair(card.templateId, card.row);
    }
    m_names.use(models);  // those that the catalogue does not know
    std::stable_sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.first == b.first && a.second < b.second; });
    const auto key = [&](const Entry &entry) {
        const LibraryCard &card = entry.picture.card;
        return rows.indexOf(QPair(card.templateId, card.row)) * models.size() + models.indexOf(card.model());
    };
    QSet<qsizetype> cells;
    for (const Entry &entry : std::as_const(m_entries))
        cells.insert(key(entry));
    const bool isMatrix = models.size() > 1 && models.size() <= 9 && rows.size() > 1 && cells.size() == m_entries.size()
                          && cells.size() == models.size() * rows.size();
    m_matrix.reset();
    if (isMatrix) {
        m_matrix = CompareGrid{int(models.size()), int(rows.size())};
        std::stable_sort(m_entries.begin(), m_entries.end(), [&](const Entry &a, const Entry &b) { return key(a) < key(b); });
    }
    QList<QByteArray> keys;
    QList<int> groups;
    for (const Entry &entry : std::as_const(m_entries)) {
        keys << entry.picture.card.digest.toLatin1() + QByteArray::number(entry.picture.id());
        groups << int(m_matrix ? keys.size() - 1 : 0) / std::max(1, m_matrix ? m_matrix->columns : 1);
    }
    if (m_blind) {
        m_pictures = blindOrder(keys, m_round, groups);
    } else {
        m_pictures.clear();
        for (int i = 0; i < m_entries.size(); ++i)
            m_pictures << i;
    }
}

const ComparePicture &CompareSet::at(int place) const
{
    return m_entries.at(m_pictures.at(place)).picture;
}

QList<ComparePicture> CompareSet::pictures() const
{
    QList<ComparePicture> list;
    for (int place = 0; place < count(); ++place)
        list << at(place);
    return list;
}

QList<qint64> CompareSet::ids() const
{
    QList<qint64> list;
    for (const Entry &entry : m_entries) {
        if (entry.picture.id() > 0)
            list << entry.picture.id();
    }
    return list;
}

int CompareSet::placeOf(qint64 id) const
{
    for (int place = 0; place < count(); ++place) {
        if (at(place).id() == id)
            return place;
    }
    return -1;
}

PicturePyramid::Ptr CompareSet::image(int place) const
{
    const Entry &entry = m_entries.at(m_pictures.at(place));
    return entry.image ? entry.image : entry.thumbnail;
}

bool CompareSet::isLoaded(int place) const
{
    return m_entries.at(m_pictures.at(place)).image != nullptr;
}

QSize CompareSet::frame() const
{
    QSize largest;
    for (const Entry &entry : m_entries) {
        const QSize size = entry.image ? entry.image->size() : entry.picture.card.size;
        if (qint64(size.width()) * size.height() > qint64(largest.width()) * largest.height())
            largest = size;
    }
    return largest;
}

CompareSet::Entry *CompareSet::find(qint64 id)
{
    for (Entry &entry : m_entries) {
        if (entry.picture.id() == id)
            return &entry;
    }
    return nullptr;
}

void CompareSet::tell(qint64 id)
{
    const int place = placeOf(id);
    if (place >= 0)
        Q_EMIT pictureChanged(place);
}

void CompareSet::want(const QList<int> &places)
{
    ++m_wanted;
    for (const int place : places) {
        if (place < 0 || place >= count())
            continue;
        Entry &entry = m_entries[m_pictures.at(place)];
        entry.wanted = m_wanted;
        if (!entry.image && !entry.isAsked && entry.picture.id() > 0 && entry.picture.problem.isEmpty())
            loadPicture(&entry);
    }
    forgetSome();
}

void CompareSet::loadPicture(Entry *entry)
{
    entry->isAsked = true;
    const qint64 id = entry->picture.id();
    const auto view = m_originals ? LibraryService::View::Original : LibraryService::View::Composed;
    entry->asked = m_library->picture(id, view);
    onFinished(entry->asked, this, [this, id, form = m_form](const QFuture<Result<LibraryPicture>> &done) {
        if (form == m_form && done.resultCount() > 0)
            takePicture(id, done.result());
    });
}

/// What is on its way is of another set, or the other form of these.
void CompareSet::dropPictures()
{
    ++m_form;
    for (Entry &entry : m_entries) {
        entry.asked.cancel();
        entry.isAsked = false;
    }
}

void CompareSet::takePicture(qint64 id, const Result<LibraryPicture> &picture)
{
    Entry *entry = find(id);
    if (!entry)
        return;
    if (!picture) {
        entry->picture.problem = picture.error().message;
        entry->thumbnail.reset();  // a damaged file is never shown as the picture
        tell(id);
        return;
    }
    entry->picture.profile = picture->profile;
    entry->picture.hasProfile = picture->hasProfile;
    keep(id, picture->image, &Entry::image);
}

/// Made ready off the thread.
void CompareSet::keep(qint64 id, const QImage &image, PicturePyramid::Ptr Entry::*where)
{
    const auto made = runOn(&m_pool, [image] { return PicturePyramid::make(image); });
    onFinished(made, this, [this, id, where, generation = m_generation, form = m_form](const QFuture<PicturePyramid::Ptr> &done) {
        // Guests and thumbnails have one form only.
        const bool isPicture = where == &Entry::image;
        const bool isTaken = generation == m_generation && (form == m_form || !isPicture || id < 0) && done.resultCount() > 0;
        Entry *entry = isTaken ? find(id) : nullptr;
        if (!entry || (!isPicture && !entry->picture.problem.isEmpty()))
            return;
        entry->*where = done.result();
        if (isPicture)
            entry->isAsked = false;
        forgetSome();
        tell(id);
    });
}

void CompareSet::forgetSome()
{
    qint64 bytes = 0;
    for (const Entry &entry : std::as_const(m_entries))
        bytes += entry.image ? entry.image->bytes() : 0;
    while (bytes > mostBytes) {
        Entry *oldest = nullptr;
        for (Entry &entry : m_entries) {
            const bool canGo = entry.image && entry.picture.id() > 0 && entry.wanted < m_wanted;
            if (canGo && (!oldest || entry.wanted < oldest->wanted))
                oldest = &entry;
        }
        if (!oldest)
            return;  // all of them are on screen
        bytes -= oldest->image->bytes();
        oldest->image.reset();
    }
}

void CompareSet::loadThumbnail(qint64 id)
{
    onFinished(m_library->thumbnail(id), this, [this, id, generation = m_generation](const QFuture<Result<QImage>> &done) {
        if (generation != m_generation || done.resultCount() == 0)
            return;
        const Result<QImage> image = done.result();
        const Entry *entry = find(id);
        if (image && entry && !entry->image && entry->picture.problem.isEmpty())
            keep(id, *image, &Entry::thumbnail);
    });
}

void CompareSet::loadFacts(qint64 id)
{
    const int generation = m_generation;
    onFinished(m_library->record(id), this, [this, id, generation](const QFuture<Result<AssetRecord>> &done) {
        if (generation != m_generation || done.resultCount() == 0 || !done.result() || !find(id))
            return;
        find(id)->picture.record = *done.result();
        tell(id);
    });
    loadScores(id);
}

void CompareSet::loadScores(qint64 id)
{
    onFinished(m_library->scores(id), this, [this, id, generation = m_generation](const QFuture<Result<QList<PictureScore>>> &done) {
        if (generation != m_generation || done.resultCount() == 0 || !done.result())
            return;
        Entry *entry = find(id);
        if (!entry || entry->picture.scores == *done.result())
            return;
        entry->picture.scores = *done.result();
        tell(id);
    });
}

/// What another window, or the Library, has changed. Empty: anything may be.
void CompareSet::reload(const QList<qint64> &ids)
{
    QList<qint64> shown = this->ids();
    if (!ids.isEmpty())
        shown.removeIf([&ids](qint64 id) { return !ids.contains(id); });
    if (shown.isEmpty())
        return;
    for (const qint64 id : std::as_const(shown))
        loadScores(id);
    onFinished(m_library->cards(shown), this, [this, generation = m_generation](const QFuture<Result<QList<LibraryCard>>> &done) {
        if (generation != m_generation || done.resultCount() == 0)
            return;
        const Result<QList<LibraryCard>> cards = done.result();
        for (const LibraryCard &card : cards.value_or(QList<LibraryCard>())) {
            Entry *entry = find(card.id);
            if (!entry || entry->edits > 0 || entry->picture.card == card)
                continue;  // what is being typed is newer than what was read
            entry->picture.card = card;
            tell(card.id);
        }
    });
}

void CompareSet::setOriginals(bool originals)
{
    if (originals == m_originals)
        return;
    m_originals = originals;
    dropPictures();
    for (Entry &entry : m_entries) {
        if (entry.picture.id() <= 0)
            continue;
        entry.image.reset();
        entry.picture.problem.clear();
    }
    Q_EMIT reordered();
}

bool CompareSet::canBeBlind() const
{
    for (int place = 0; place < count(); ++place) {
        if (!takesJudgement(place))
            return false;
    }
    return count() > 1;
}

void CompareSet::setBlind(bool blind)
{
    if (blind == m_blind || (blind && !canBeBlind()))
        return;
    // With what was seen until now: a comparison is over either way.
    recordPicks();
    if (blind) {
        // Steps from before would bring back what is hidden, and their texts tell of it.
        m_undo->clear();
        m_round = m_round == std::numeric_limits<int>::max() ? 0 : m_round + 1;
    }
    m_blind = blind;
    for (Entry &entry : m_entries)
        entry.state = {blind, blind, blind, entry.state.isJudged && !blind};
    arrange();
    Q_EMIT reordered();
}

QString CompareSet::label(int place) const
{
    return m_blind ? blindLabel(place) : modelTag(at(place), m_names);
}

QString CompareSet::subject(int place) const
{
    ComparePicture picture = at(place);
    if (m_blind)
        picture.isDraft = false;  // a draft has its own model
    return subjectTag(picture);
}

QString CompareSet::shortSubject(int place) const
{
    const LibraryCard &card = at(place).card;
    const bool isOneTemplate = std::all_of(m_entries.cbegin(), m_entries.cend(), [&card](const Entry &entry) {
        return entry.picture.card.templateId == card.templateId && !entry.picture.isDraft;
    });
    return isOneTemplate && card.row > 0 ? tr("row %1").arg(card.row) : subject(place);
}

QString CompareSet::sentence(int place) const
{
    const Judgement judgement = this->judgement(place);
    QStringList parts{label(place), subject(place)};
    if (judgement.rating)
        parts << tr("%n star(s)", nullptr, *judgement.rating);
    if (judgement.pick != PickState::None)
        parts << (judgement.pick == PickState::Picked ? tr("picked") : tr("rejected"));
    if (!judgement.note.isEmpty())
        parts << tr("note: %1").arg(judgement.note);
    if (!at(place).problem.isEmpty())
        parts << tr("cannot be shown");
    return parts.join(QStringLiteral(", "));
}

int CompareSet::modelHue(int place) const
{
    return m_blind ? -1 : m_names.hue(at(place).card.model());
}

void CompareSet::setNames(const ModelNames &names)
{
    m_names = names;
    for (const Entry &entry : std::as_const(m_entries))
        m_names.use({entry.picture.card.model()});
    for (int place = 0; place < count(); ++place)
        Q_EMIT pictureChanged(place);
}

bool CompareSet::takesJudgement(int place) const
{
    return place >= 0 && place < count() && at(place).id() > 0;
}

Judgement CompareSet::judgement(int place) const
{
    const Entry &entry = m_entries.at(m_pictures.at(place));
    Judgement shown = entry.picture.card.judgement;
    if (entry.state.hidesRating)
        shown.rating.reset();
    shown.pick = entry.shownPick();
    if (entry.state.hidesNote)
        shown.note.clear();
    return shown;
}

bool CompareSet::hidesNote(int place) const
{
    const Entry &entry = m_entries.at(m_pictures.at(place));
    return entry.state.hidesNote && !entry.picture.card.judgement.note.isEmpty();
}

void CompareSet::setRating(int place, std::optional<int> rating)
{
    judge(place, {.rating = rating}, rating ? tr("Rate %1").arg(starsText(*rating)) : tr("Remove Stars"));
}

void CompareSet::setPick(int place, PickState pick)
{
    judge(place, {.pick = pick}, pick == PickState::Picked ? tr("Pick") : pick == PickState::Rejected ? tr("Reject") : tr("Decide Later"));
}

void CompareSet::setNote(int place, const QString &note)
{
    judge(place, {.note = note}, tr("Write Note"));
}

void CompareSet::judge(int place, const JudgementEdit &edit, const QString &text)
{
    if (!takesJudgement(place))
        return;
    const Entry &entry = m_entries.at(m_pictures.at(place));
    const Judgement before = entry.picture.card.judgement;
    Judgement after = before;
    judgeBy(edit, &after);
    // Whatever is decided blind may be seen and counts, also when it is what it was: a step that were missing would tell what is hidden.
    JudgementState state = entry.state;
    state.hidesRating = state.hidesRating && !edit.rating;
    state.hidesPick = state.hidesPick && !edit.pick;
    state.hidesNote = state.hidesNote && !edit.note;
    if (after == before && state == entry.state)
        return;
    state.isJudged = state.isJudged || edit.pick.has_value();
    m_undo->push(new JudgeCommand(this, at(place).id(), edit, inverse(edit, before), entry.state, state, text));
}

/// The pick that may be seen: one from before is none while it is hidden.
PickState CompareSet::Entry::shownPick() const
{
    return state.hidesPick ? PickState::None : picture.card.judgement.pick;
}

/// On screen at once; the library says when it could not be kept.
void CompareSet::apply(qint64 id, const JudgementEdit &edit, const JudgementState &state)
{
    Entry *entry = find(id);
    if (!entry)
        return;
    judgeBy(edit, &entry->picture.card.judgement);
    // Each step of what it is about; after the reveal nothing is hidden any more.
    if (edit.rating)
        entry->state.hidesRating = state.hidesRating && m_blind;
    if (edit.note)
        entry->state.hidesNote = state.hidesNote && m_blind;
    if (edit.pick) {
        entry->state.hidesPick = state.hidesPick && m_blind;
        entry->state.isJudged = state.isJudged;
    }
    ++entry->edits;
    tell(id);
    onFinished(m_library->edit({id}, edit), this, [this, id, generation = m_generation](const QFuture<Result<JudgementChange>> &done) {
        if (Entry *judged = generation == m_generation ? find(id) : nullptr)
            --judged->edits;
        if (done.resultCount() == 0 || done.result())
            return;
        Q_EMIT failed(done.result().error().message);
        reload({id});
    });
}

QList<QPair<qint64, qint64>> CompareSet::newPicks() const
{
    QList<QPair<qint64, qint64>> pairs;
    for (const Entry &chosen : m_entries) {
        const LibraryCard &card = chosen.picture.card;
        if (!chosen.state.isJudged || card.id <= 0 || chosen.shownPick() != PickState::Picked)
            continue;
        for (const Entry &other : m_entries) {
            const LibraryCard &left = other.picture.card;
            const bool isRival = left.id > 0 && other.shownPick() != PickState::Picked && left.model() != card.model()
                                 && areOfOneRequest(chosen.picture, other.picture);
            if (isRival && !m_recorded.contains({card.id, left.id}))
                pairs.append({card.id, left.id});
        }
    }
    return pairs;
}

void CompareSet::recordPicks()
{
    const auto pairs = newPicks();
    for (const auto &pair : pairs) {
        m_recorded.insert(pair);
        onFinished(m_library->addPick(pair.first, pair.second), this, [this](const QFuture<Result<void>> &done) {
            if (done.resultCount() > 0 && !done.result())
                Q_EMIT failed(done.result().error().message);
        });
    }
}

} // namespace Galley
