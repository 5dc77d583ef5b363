#pragma once

#include "core/base/json.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace Galley {

/// What a person decided about a picture, beside its stars.
enum class PickState { None, Picked, Rejected };
QString pickStateName(PickState state);  ///< "none", "picked", "rejected": stable, stored
std::optional<PickState> pickStateFromName(const QString &name);

/// What people said of a picture. A plain value.
struct Judgement
{
    std::optional<int> rating;  ///< 1–5
    PickState pick = PickState::None;
    QString note;
    QStringList tags;           ///< sorted, each once
    QDateTime deletedAt;        ///< when it was thrown into the bin; invalid: it was not

    bool operator==(const Judgement &) const = default;
};

/// One change of the judgement of many pictures: only what is set is changed.
struct JudgementEdit
{
    std::optional<std::optional<int>> rating = {};  ///< a rating, or none
    std::optional<PickState> pick = {};
    std::optional<QString> note = {};
    QStringList addTags = {};
    QStringList removeTags = {};
    std::optional<bool> deleted = {};  ///< true: into the bin, false: out of it

    bool changesTags() const { return !addTags.isEmpty() || !removeTags.isEmpty(); }
    bool operator==(const JudgementEdit &) const = default;
};

/// What an edit has done, enough to take it back.
struct JudgementChange
{
    JudgementEdit edit;
    QHash<qint64, Judgement> before;  ///< of the pictures that it has changed; those that were so already are left out

    bool operator==(const JudgementChange &) const = default;
};

/// A range of one automatic score; an end that is absent is open.
struct ScoreRange
{
    QString name;
    std::optional<double> least = {};
    std::optional<double> most = {};

    bool operator==(const ScoreRange &) const = default;
};

/// Which pictures, and in which order. All filters that are set must hold; of several values of one filter, one must. A plain value.
struct LibraryQuery
{
    enum class Sort { Created, Rating, Cost, Model, Template, Score, Relevance };  ///< Relevance: with text only, else as Created

    QString text = {};             ///< words of prompt, template, tags and note: all must be there, as beginnings of words; "…" is a phrase, -word must not
    QStringList models = {};       ///< as LibraryCard::model(): what served it
    QStringList revisions = {};    ///< of the models, "" among them: where none is known
    QStringList templates = {};    ///< ids
    QStringList projects = {};
    QStringList rules = {};
    std::optional<int> cohortFrom = {};  ///< 0–9999, both ends belong to it
    std::optional<int> cohortTo = {};
    int leastRating = 0;      ///< 1–5; 0: any, unrated ones too
    QList<PickState> picks = {};
    QStringList tags = {};         ///< all of them, unlike the other lists
    QList<ScoreRange> scores = {}; ///< a picture without that score is out
    std::optional<double> leastCostUsd = {};  ///< a picture whose cost is not known is out of every range
    std::optional<double> mostCostUsd = {};
    QDateTime from = {};           ///< created; invalid: open
    QDateTime to = {};             ///< not included
    QStringList marks = {};        ///< "withdrawn"
    bool damagedOnly = false; ///< whose file is missing or altered
    bool bin = false;         ///< what was thrown away, instead of the rest
    Sort sort = Sort::Created;
    QString sortScore = {};        ///< with Sort::Score
    bool ascending = false;   ///< newest, best, dearest first unless set

    bool operator==(const LibraryQuery &) const = default;
};

/// For saved searches and `--json`. Reading takes the default for whatever is unknown or of another type.
Json libraryQueryJson(const LibraryQuery &query);
LibraryQuery libraryQueryFromJson(const Json &json);

/// What one cell of a grid needs. A plain value.
struct LibraryCard
{
    qint64 id = 0;
    QString digest;          ///< of the file: two cards of the same digest are the same picture
    QByteArray mediaType;
    QSize size;
    qint64 bytes = 0;
    QDateTime createdAt;
    QString requestedModel;
    QString routedModel;
    QString servedModel;
    QString revision;
    QString rule;
    int cohort = 0;
    QString templateId;
    QString templateName;
    QString project;
    int row = 0;             ///< 0: none
    std::optional<qint64> seed;
    std::optional<double> costUsd;
    qint64 job = 0;          ///< 0: none
    QString mark;            ///< "withdrawn": its model was rolled back
    bool isDamaged = false;  ///< the file is missing or altered: never show anything as this picture but its thumbnail, and say so
    Judgement judgement;

    /// The model that made it, as far as anybody knows: what the service says it used, else what it was sent to.
    QString model() const { return servedModel.isEmpty() ? routedModel : servedModel; }
    bool operator==(const LibraryCard &) const = default;
};

/// The beginning of a list of pictures.
struct FirstPictures
{
    QList<qint64> ids;
    bool areAll = false;  ///< there are no others

    bool operator==(const FirstPictures &) const = default;
};

/// A value that a filter menu offers.
struct LibraryValue
{
    QString value;
    QString label;   ///< for people: the name of a template
    int count = 0;   ///< of pictures that are not in the bin

    bool operator==(const LibraryValue &) const = default;
};

/// What the filter menus offer, each list with the most frequent first.
struct LibraryValues
{
    QList<LibraryValue> models;
    QList<LibraryValue> revisions;   ///< label: the model
    QList<LibraryValue> templates;
    QList<LibraryValue> projects;
    QList<LibraryValue> rules;
    QList<LibraryValue> tags;
    QList<LibraryValue> marks;
    QList<LibraryValue> scores;      ///< names
    int pictures = 0;
    int inBin = 0;

    bool operator==(const LibraryValues &) const = default;
};

struct SavedSearch
{
    QString name;     ///< unique
    LibraryQuery query;

    bool operator==(const SavedSearch &) const = default;
};

/// Pictures that were laid side by side: references only.
struct ComparisonSet
{
    qint64 id = 0;            ///< 0: not stored yet
    QString name = {};
    QDateTime createdAt = {};
    QList<qint64> pictures = {};   ///< in the order of the panes
    Json view = Json::object();  ///< how they were looked at: the workspace's own

    bool operator==(const ComparisonSet &) const = default;
};

/// One automatic score of a picture.
struct PictureScore
{
    QString name;
    double value = 0;            ///< 0–1, higher is better
    Json detail = Json::object();  ///< what it was measured from, for people: the score's own

    bool operator==(const PictureScore &) const = default;
};

/// A person chose one picture over another.
struct PickPair
{
    QDateTime at;
    qint64 chosen = 0;
    qint64 leftOut = 0;
    QString chosenModel;   ///< as LibraryCard::model()
    QString leftOutModel;

    bool operator==(const PickPair &) const = default;
};

/// What has changed in the library, in this process or another one.
struct LibraryChanges
{
    qint64 serial = 0;          ///< up to which: to ask from next time
    bool everything = false;    ///< too many pictures to be named
    QList<qint64> pictures;
    bool searches = false;
    bool comparisons = false;

    bool isEmpty() const { return !everything && pictures.isEmpty() && !searches && !comparisons; }
    bool operator==(const LibraryChanges &) const = default;
};

} // namespace Galley
