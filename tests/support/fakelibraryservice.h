#pragma once

#include "core/service/libraryservice.h"

#include <QMap>
#include <QStringList>

namespace Galley {

/// A library in memory: a test says which pictures there are and reads what was asked in \c calls. Filters and orders like the real one, but reads
/// text as words anywhere.
class FakeLibraryService : public LibraryService
{
    Q_OBJECT

public:
    struct Picture
    {
        AssetRecord record;      ///< id 0: numbered by add()
        Judgement judgement;
        QImage image;            ///< null: a plain one of the record's size
        QImage composed;         ///< null: the image
        QList<PictureScore> scores;
        std::optional<RenderRequest> request;
        bool isDamaged = false;
        bool hasProfile = false;
    };

    FakeLibraryService();

    QStringList calls;                 ///< "ids", "picture 4", "edit 3", "putBack 3", "pick 4 7", "emptyBin", "verify", "export spring /tmp/a.zip", "sheet 1 2 draft /tmp/a.pdf" …
    std::optional<Error> editError;    ///< of the next edit() or putBack()
    QString readOnly;                  ///< readOnlySentence()
    LibraryReport report;              ///< of verify(), repair(), export and import
    std::optional<Error> reportError;  ///< instead of the report
    int mostFirst = 1000;              ///< of firstIds()
    bool answersAtOnce = true;         ///< ids(), thumbnail() and picture(): false: only after answer()

    /// As if the queue or another window had added it: returns its id and says changed().
    qint64 add(const Picture &picture);
    /// \a count pictures by \a models in turn, a minute apart, rated and tagged here and there; says changed() once, without ids.
    void fill(int count, const QStringList &models = {QStringLiteral("ideogram-4"), QStringLiteral("gpt-image"), QStringLiteral("sd3.5-medium")});
    Picture *find(qint64 id);
    void answer();                     ///< whatever waits

    QString readOnlySentence() const override { return readOnly; }
    QFuture<Result<QList<qint64>>> ids(const LibraryQuery &query) override;
    QFuture<Result<FirstPictures>> firstIds(const LibraryQuery &query, int most) override;
    QFuture<Result<QList<LibraryCard>>> cards(const QList<qint64> &ids) override;
    QFuture<Result<QImage>> thumbnail(qint64 id) override;
    QFuture<Result<LibraryPicture>> picture(qint64 id, View view = View::Original) override;
    QFuture<Result<AssetRecord>> record(qint64 id) override;
    QFuture<Result<RenderRequest>> request(qint64 id) override;
    QFuture<Result<QList<PictureScore>>> scores(qint64 id) override;
    QFuture<Result<void>> setScores(qint64 id, const QList<PictureScore> &scores) override;
    QFuture<Result<LibraryValues>> values() override;
    QString originalFile(const LibraryCard &card) const override;
    QFuture<Result<JudgementChange>> edit(const QList<qint64> &ids, const JudgementEdit &edit) override;
    QFuture<Result<JudgementChange>> putBack(const JudgementChange &change) override;
    QFuture<Result<void>> setMark(const QList<qint64> &ids, const QString &mark) override;
    QFuture<Result<int>> emptyBin() override;
    QFuture<Result<void>> addPick(qint64 chosen, qint64 leftOut) override;
    QFuture<Result<QList<PickPair>>> picks() override;
    QFuture<Result<KeptDraft>> keepDraft(const Draft &draft) override;
    QFuture<Result<qint64>> approvedDraft(const RenderRequest &request) override;
    QFuture<Result<QList<SavedSearch>>> savedSearches() override;
    QFuture<Result<void>> saveSearch(const SavedSearch &search) override;
    QFuture<Result<void>> removeSearch(const QString &name) override;
    QFuture<Result<QList<ComparisonSet>>> comparisonSets() override;
    QFuture<Result<ComparisonSet>> saveComparison(const ComparisonSet &set) override;
    QFuture<Result<void>> removeComparison(qint64 id) override;
    QFuture<Result<LibraryReport>> verify() override;
    QFuture<Result<LibraryReport>> repair() override;
    QFuture<Result<LibraryReport>> exportProject(const QString &project, const QString &file) override;
    QFuture<Result<LibraryReport>> importFile(const QString &file) override;
    QFuture<Result<LibraryReport>> writeContactSheet(const QList<ContactPicture> &pictures, const QString &file, const ContactSheetOptions &options) override;

private:
    LibraryCard card(const Picture &picture) const;
    bool matches(const Picture &picture, const LibraryQuery &query) const;
    QList<qint64> found(const LibraryQuery &query) const;
    QImage imageOf(const Picture &picture) const;
    Result<LibraryReport> outcome() const;
    template<typename T>
    QFuture<Result<T>> later(Result<T> value);

    QMap<qint64, Picture> m_pictures;
    QList<PickPair> m_picks;
    QMap<QString, SavedSearch> m_searches;
    QList<ComparisonSet> m_sets;
    QList<std::function<void()>> m_waiting;
    qint64 m_last = 0;
};

} // namespace Galley
