#pragma once

#include "core/service/libraryservice.h"
#include "ui/compare/comparelayout.h"
#include "ui/compare/comparepicture.h"
#include "ui/compare/picturepyramid.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QThreadPool>

#include <optional>

class QUndoStack;

namespace Galley {

/// A picture that is not of the library: the draft on screen.
struct CompareGuest
{
    LibraryCard card;   ///< its id is not used
    QImage image;
    bool isDraft = true;
};

/// The pictures that are compared, in the order in which they are shown, with what is said of them and what people decided: loads them, keeps as many
/// decoded as are needed, records judgements as undo steps, and knows whether anybody may learn which model made what. Everything that shows a picture
/// asks label() for its name, so that there is one place where a name could leak. GUI thread; does not own the library.
class CompareSet : public QObject
{
    Q_OBJECT

public:
    explicit CompareSet(LibraryService *library, QObject *parent = nullptr);
    ~CompareSet() override;

    /// Others instead of these. Several models × several rows become a grid: rows of the template below one another, models side by side.
    void open(const QList<qint64> &ids, const QList<CompareGuest> &guests = {});

    int count() const { return int(m_pictures.size()); }
    bool isEmpty() const { return m_pictures.isEmpty(); }
    /// \a place: where it is shown, from 0.
    const ComparePicture &at(int place) const;
    QList<ComparePicture> pictures() const;  ///< in the order in which they are shown
    QList<qint64> ids() const;               ///< of the library, in the order in which they were opened
    int placeOf(qint64 id) const;
    /// The picture, or its thumbnail until it is there; null: neither is.
    PicturePyramid::Ptr image(int place) const;
    bool isLoaded(int place) const;
    /// Loads the pictures at \a places; those that nobody has wanted for longest are let go beyond the memory that comparing may take.
    void want(const QList<int> &places);
    /// The size of the largest one: what all are laid over.
    QSize frame() const;
    /// Models × rows, when the pictures are that; \c rows may be more than fit.
    std::optional<CompareGrid> matrix() const { return m_matrix; }
    /// As the model made it, instead of with what is set laid over it.
    void setOriginals(bool originals);
    bool showsOriginals() const { return m_originals; }

    // Who made what
    bool isBlind() const { return m_blind; }
    /// Shuffles anew each time. Whoever has seen the names is not blind: that is for a person to know.
    void setBlind(bool blind);
    /// A draft takes no stars and no note, which would tell it: with one among them nothing is compared blind.
    bool canBeBlind() const;
    /// "A" while nobody may know; else the models.
    QString label(int place) const;
    QString subject(int place) const;
    /// The same beside others: the row alone where all are of one template.
    QString shortSubject(int place) const;
    /// For screen readers: label, what it is, stars, what was decided.
    QString sentence(int place) const;
    /// Of Theme::hue(); -1: nobody may know.
    int modelHue(int place) const;
    /// What models are called, and their hues.
    void setNames(const ModelNames &names);
    const ModelNames &names() const { return m_names; }

    // Judging: undo steps that tell no names; going blind leaves none of those from before
    QUndoStack *undoStack() const { return m_undo; }
    bool takesJudgement(int place) const;  ///< of the library
    /// What may be shown of it: while blind only what was decided blind, since stars and notes from before tell who made it.
    Judgement judgement(int place) const;
    bool hidesNote(int place) const;
    void setRating(int place, std::optional<int> rating);
    void setPick(int place, PickState pick);
    void setNote(int place, const QString &note);
    /// Of two models' pictures of one request (a row of a template), the one that was picked since open(), or blind, as it is seen: what will be kept for
    /// good by recordPicks(). Other rows, other templates and the same model again say nothing about models.
    QList<QPair<qint64, qint64>> newPicks() const;
    /// Tells the library which was picked over which. Called when the comparison is over: until then a pick can be taken back.
    void recordPicks();

Q_SIGNALS:
    void opened();
    void pictureChanged(int place);  ///< its pixels, or what is said of it
    void reordered();                ///< blind, or not any more
    void failed(const QString &sentence);

private:
    /// What a step of judging changes besides the judgement.
    struct JudgementState
    {
        bool hidesRating = false;  ///< from before it became blind
        bool hidesPick = false;
        bool hidesNote = false;
        bool isJudged = false;     ///< its pick, since open() or since it became blind

        bool operator==(const JudgementState &) const = default;
    };
    struct Entry
    {
        ComparePicture picture;
        PicturePyramid::Ptr thumbnail;
        PicturePyramid::Ptr image;
        QFuture<Result<LibraryPicture>> asked;  ///< the picture, while isAsked
        bool isAsked = false;
        JudgementState state;
        int edits = 0;          ///< that the library has not confirmed yet
        quint64 wanted = 0;     ///< when, in calls of want()

        PickState shownPick() const;
    };
    friend class JudgeCommand;

    Entry *find(qint64 id);
    void show(const QList<LibraryCard> &cards, const QList<CompareGuest> &guests);
    void arrange();
    void loadFacts(qint64 id);
    void loadScores(qint64 id);
    void loadThumbnail(qint64 id);
    void loadPicture(Entry *entry);
    void takePicture(qint64 id, const Result<LibraryPicture> &picture);
    void dropPictures();
    void keep(qint64 id, const QImage &image, PicturePyramid::Ptr Entry::*where);
    void forgetSome();
    void reload(const QList<qint64> &ids);
    void tell(qint64 id);
    void judge(int place, const JudgementEdit &edit, const QString &text);
    void apply(qint64 id, const JudgementEdit &edit, const JudgementState &state);

    LibraryService *m_library;
    QUndoStack *m_undo;
    QList<Entry> m_entries;      ///< in the order in which they were opened, or of the grid
    QList<int> m_pictures;       ///< entry of each place
    std::optional<CompareGrid> m_matrix;
    ModelNames m_names;
    QThreadPool m_pool;
    QSet<QPair<qint64, qint64>> m_recorded;
    quint64 m_wanted = 0;
    int m_generation = 0;        ///< of open(): answers to earlier ones are not taken
    int m_form = 0;              ///< of the library's pictures: each open() and setOriginals() has its own
    int m_round = 0;
    bool m_blind = false;
    bool m_originals = false;
};

} // namespace Galley
