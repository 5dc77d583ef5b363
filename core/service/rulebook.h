#pragma once

#include "core/routing/routepolicy.h"
#include "core/service/cataloguefile.h"
#include "core/service/routeaddress.h"
#include "core/service/routejournal.h"
#include "core/store/store.h"

#include <QFuture>

#include <functional>
#include <memory>

namespace Galley {

/// What the rules in force are made of. Nothing here is owned; all of it outlives the RuleBook.
struct RuleBookParts
{
    Store *store = nullptr;
    const CatalogueFile *models = nullptr;
    QString file;                     ///< routes.yaml
    QString historyFolder;            ///< routes-history
    HttpClient *client = nullptr;     ///< null: rules come from the file only
    std::function<QString()> url;     ///< routes/url as it is now; absent or empty: the file
    std::function<int()> pollMs;      ///< absent: once a minute
    std::function<QDateTime()> now;   ///< absent: the system's clock
    QString author;                   ///< empty: the system's user
};

/// The rules in force: from routes.yaml, which is watched, or from an address; every change is a numbered revision of an append-only history. What is
/// wrong never gets in force: the last good rules stay, also at the next start. An editor that writes in several steps is waited for before anything
/// is said. Texts that come by themselves are read on a pool, one after the other in the order in which they came; the first one, at the start, is in
/// force when the constructor returns. Several windows agree through the file, the library (numbers) and the journal. GUI thread.
class RuleBook : public QObject
{
    Q_OBJECT

public:
    explicit RuleBook(RuleBookParts parts, QObject *parent = nullptr);
    ~RuleBook() override;

    const RoutePolicy &policy() const { return m_policy; }  ///< in force
    const QByteArray &text() const { return m_text; }       ///< as it is now in the file or at the address, perhaps not in force
    const QByteArray &textInForce() const { return m_textInForce; }
    QString place() const;                                  ///< of the text: the file, or the address
    bool isFromAddress() const { return !addressSetting().isEmpty(); }
    const QString &problem() const { return m_problem.isEmpty() ? m_trouble : m_problem; }
    const QList<Finding> &findings() const { return m_findings; }
    qint64 revision() const { return m_revision; }          ///< 0: built-in defaults, or not numbered yet
    RouteJournal *journal() { return &m_journal; }
    RoutePolicy read(const QByteArray &text) const;

    /// From now on revisions are numbered and the address is asked. \a ready comes once, when what is in force has its number (or cannot have one) and
    /// the address has answered (or cannot).
    void start(std::function<void()> ready = {});
    /// routes/url or its interval may be another.
    void settingsChanged();

    /// Refused when another revision than \a basedOn is in force or the file is not as it was seen; InvalidInput with the first finding.
    QFuture<Result<qint64>> apply(const QByteArray &text, const QString &note, qint64 basedOn);
    /// Puts revision \a number back whole (0: the one before the one in force). In force when it returns; the future has the new number.
    QFuture<Result<qint64>> putBack(qint64 number);
    QFuture<Result<QList<RevisionRow>>> history() { return m_parts.store->revisions(); }

Q_SIGNALS:
    void changed();  ///< policy, findings, problem or revision

private:
    using Numbered = std::shared_ptr<QPromise<Result<qint64>>>;

    QString addressSetting() const;
    void readFile(bool isSettled);
    /// A text of the source, and from where.
    struct Offer
    {
        QByteArray text;
        QString place;
        bool isSettled = false;
    };
    void offer(const QByteArray &text, bool isSettled);
    void readNext();
    void conclude(const Offer &offer, const RoutePolicy &policy);
    QByteArray lastOffered() const;
    void overtake();
    void putInForce(const QByteArray &text, const RoutePolicy &policy);
    void startWithLastGood();
    void catalogueChanged();
    void listenToAddress();
    void sayReady();
    void note();
    void add(const RevisionRow &row, const QByteArray &text, std::optional<qint64> basedOn, std::function<void(const Result<RevisionRow> &)> then);
    void learn(const RevisionRow &row, const QString &withdrawn = {});
    void writeApplied(const RevisionRow &row, const QByteArray &text, const Numbered &promise);
    void follow(const RevisionRow &row);
    void report(const QString &problem, const QList<Finding> &findings);
    void setTrouble(const QString &sentence);
    Result<RevisionRow> earlier(qint64 number) const;
    RevisionRow newRow(const QString &digest, const QString &note, const QString &origin) const;

    RuleBookParts m_parts;
    RouteJournal m_journal;
    WatchedFile m_file;
    std::unique_ptr<RouteAddress> m_address;
    QTimer m_patience;          ///< until what is wrong with the file is said: an editor may not have finished
    RoutePolicy m_policy;
    QByteArray m_text;
    QByteArray m_textInForce;
    std::optional<QByteArray> m_superseded;  ///< what a rollback took back and the file may still say for a moment
    QString m_problem;
    QString m_trouble;          ///< of the address: said beside what is wrong with the text
    QList<Finding> m_findings;
    qint64 m_revision = 0;
    int m_unnumbered = 0;       ///< revisions that the library is asked to number
    bool m_isStarted = false;
    bool m_awaitsAddress = false;   ///< its first answer
    std::function<void()> m_ready;
    std::optional<Offer> m_reading;  ///< is read on the pool
    std::optional<Offer> m_next;     ///< comes after it
    int m_change = 0;                ///< counts what came in between from elsewhere: a revision, other models
    bool m_isBuilt = false;
    QThreadPool m_reader;
    QThreadPool m_writer;       ///< routes.yaml and the texts of revisions
};

/// The system's user, for revisions.
QString systemUser();

} // namespace Galley
