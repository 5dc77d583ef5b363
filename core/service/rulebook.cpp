#include "core/service/rulebook.h"

#include "core/base/async.h"
#include "core/base/digest.h"
#include "core/base/durable.h"
#include "core/base/log.h"
#include "core/base/yaml.h"

#include <QFile>

#include <algorithm>

#include <pwd.h>
#include <unistd.h>

namespace Galley {

namespace {

constexpr int settleMs = 30;
constexpr int patienceMs = 400;   ///< an editor that truncates and writes again is faster
constexpr int usualPollMs = 60'000;

qint64 mostBytes()
{
    return YamlLimits().bytes;
}

std::optional<Finding> firstError(const QList<Finding> &findings)
{
    const auto found = std::find_if(findings.cbegin(), findings.cend(), [](const Finding &finding) { return finding.severity == Severity::Error; });
    return found == findings.cend() ? std::nullopt : std::optional(*found);
}

QString placed(const Finding &finding)
{
    return finding.line > 0 ? QStringLiteral("%1:%2: %3").arg(finding.file).arg(finding.line).arg(finding.message) : finding.message;
}

Result<QByteArray> textOnDisk(const QString &file)
{
    QFile source(file);
    if (!source.exists())
        return QByteArray();
    if (!source.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, RuleBook::tr("%1 cannot be read: %2.").arg(file, source.errorString()));
    return source.read(mostBytes() + 1);
}

} // namespace

QString systemUser()
{
    const passwd *entry = ::getpwuid(::getuid());
    const QString name = entry ? QString::fromLocal8Bit(entry->pw_name) : QString();
    return name.isEmpty() ? qEnvironmentVariable("USER", QStringLiteral("somebody")) : name;
}

RuleBook::RuleBook(RuleBookParts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_journal(m_parts.historyFolder)
    , m_file(m_parts.file, settleMs)
{
    m_reader.setMaxThreadCount(1);
    m_writer.setMaxThreadCount(1);
    if (m_parts.author.isEmpty())
        m_parts.author = systemUser();
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] { readFile(true); });
    connect(&m_file, &WatchedFile::changed, this, [this] { readFile(false); });
    connect(&m_journal, &RouteJournal::revisionAdded, this, &RuleBook::follow);
    connect(m_parts.models, &CatalogueFile::changed, this, &RuleBook::catalogueChanged);
    if (!isFromAddress())
        readFile(true);
    if (m_textInForce.isEmpty() && (isFromAddress() || !m_problem.isEmpty()))
        startWithLastGood();
    if (const auto &known = m_journal.revisions(); !known.isEmpty() && known.last().digest == sha256Hex(m_textInForce))
        m_revision = known.last().number;
    m_isBuilt = true;
}

RuleBook::~RuleBook()
{
    m_reader.waitForDone();
    m_writer.waitForDone();
}

QString RuleBook::addressSetting() const
{
    return m_parts.client && m_parts.url ? m_parts.url().trimmed() : QString();
}

QString RuleBook::place() const
{
    return isFromAddress() ? loggableUrl(QUrl(addressSetting())) : m_parts.file;
}

RoutePolicy RuleBook::read(const QByteArray &text) const
{
    return text.isEmpty() ? RoutePolicy() : readRoutePolicy(text, m_parts.models->catalogue(), place());
}

/// The newest revision that can still be put in force: models may have gone since.
void RuleBook::startWithLastGood()
{
    const QList<RevisionRow> &known = m_journal.revisions();
    for (auto row = known.crbegin(); row != known.crend(); ++row) {
        const auto text = m_journal.text(row->digest);
        const RoutePolicy policy = text ? read(*text) : RoutePolicy();
        if (!text || policy.hasErrors())
            continue;
        m_policy = policy;
        m_textInForce = *text;
        m_revision = row->number;
        if (isFromAddress()) {
            m_text = *text;
            m_findings = policy.findings;
        }
        return;
    }
}

void RuleBook::start(std::function<void()> ready)
{
    m_isStarted = true;
    m_ready = std::move(ready);
    if (m_parts.client && !m_address) {
        m_address = std::make_unique<RouteAddress>(m_parts.client);
        listenToAddress();
    }
    if (isFromAddress()) {
        m_awaitsAddress = true;
        m_address->setUrl(QUrl(addressSetting()), m_parts.pollMs ? m_parts.pollMs() : usualPollMs);
    }
    if (!m_textInForce.isEmpty() || !m_journal.revisions().isEmpty())
        note();
    sayReady();
}

void RuleBook::listenToAddress()
{
    connect(m_address.get(), &RouteAddress::fetched, this, [this](const QByteArray &text) {
        m_awaitsAddress = false;
        setTrouble({});
        offer(text, true);
        sayReady();
    });
    connect(m_address.get(), &RouteAddress::unchanged, this, [this] { setTrouble({}); });
    connect(m_address.get(), &RouteAddress::failed, this, [this](const QString &sentence) {
        m_awaitsAddress = false;
        setTrouble(sentence + QLatin1Char(' ') + tr("The last good rules stay in force."));
        sayReady();
    });
}

void RuleBook::sayReady()
{
    if (!m_ready || m_awaitsAddress || m_unnumbered > 0 || m_reading)
        return;
    QMetaObject::invokeMethod(this, std::exchange(m_ready, nullptr), Qt::QueuedConnection);
}

void RuleBook::settingsChanged()
{
    const bool wasFromAddress = m_address && !m_address->url().isEmpty();
    if (m_address && (m_address->url() != QUrl(addressSetting()) || isFromAddress()))
        m_address->setUrl(QUrl(addressSetting()), m_parts.pollMs ? m_parts.pollMs() : usualPollMs);
    if (wasFromAddress != isFromAddress())
        m_next.reset();
    if (wasFromAddress && !isFromAddress()) {
        m_trouble.clear();
        overtake();
        // As at the start: the file's rules are in force at once, since those of the address are nobody's any more.
        m_isBuilt = false;
        readFile(true);
        m_isBuilt = true;
    }
}

void RuleBook::readFile(bool isSettled)
{
    if (isFromAddress())
        return;
    if (const auto text = m_file.read(mostBytes())) {
        offer(*text, isSettled);
        return;
    }
    if (!isSettled) {
        m_patience.start();
        return;
    }
    Finding finding;
    finding.file = m_parts.file;
    finding.severity = Severity::Error;
    finding.code = QStringLiteral("unreadable");
    finding.message = tr("%1 cannot be read, or is larger than %2 KB.").arg(m_parts.file).arg(mostBytes() / 1024);
    report(finding.message + QLatin1Char(' ') + tr("The last good rules stay in force."), {finding});
}

/// A text of the source: in force at once when it is good. What is not may be half written: nothing is said before it has settled.
void RuleBook::offer(const QByteArray &text, bool isSettled)
{
    if (m_superseded && *m_superseded == text)
        return;  // a rollback is quicker than the file that it writes
    m_superseded.reset();
    const bool isKnown = text == m_text && (text == m_textInForce || !m_problem.isEmpty());
    if (isKnown && !isSettled && !m_patience.isActive() && !m_reading)
        return;  // something else in the folder has changed
    m_next = Offer{text, place(), isSettled};
    if (!m_isBuilt)
        conclude(*std::exchange(m_next, std::nullopt), read(text));
    else if (!m_reading)
        readNext();
}

/// A thousand rules take a tenth of a second, which the window does not wait for. Of texts that come meanwhile only the last one counts.
void RuleBook::readNext()
{
    m_reading = std::exchange(m_next, std::nullopt);
    if (!m_reading)
        return;
    const auto done = runOn(&m_reader, [offer = *m_reading, catalogue = m_parts.models->catalogue()] {
        return offer.text.isEmpty() ? RoutePolicy() : readRoutePolicy(offer.text, catalogue, offer.place);
    });
    onFinished(done, this, [this, change = m_change](const QFuture<RoutePolicy> &future) {
        const Offer offered = *std::exchange(m_reading, std::nullopt);
        const bool isOfSource = offered.place == place();  // another address, or the file, since
        if (isOfSource && change == m_change)
            conclude(offered, future.result());
        else if (isOfSource && !isFromAddress())
            readFile(offered.isSettled);  // what has come since may have written it
        else if (isOfSource && !m_next)
            offer(offered.text, offered.isSettled);
        if (!m_reading)
            readNext();
        sayReady();
    });
}

/// Something is put in force that was not offered: what was offered before comes too late.
void RuleBook::overtake()
{
    ++m_change;
    m_next.reset();
}

/// What the source said last, read or not.
QByteArray RuleBook::lastOffered() const
{
    return m_next ? m_next->text : m_reading ? m_reading->text : m_text;
}

void RuleBook::conclude(const Offer &offer, const RoutePolicy &policy)
{
    const QByteArray &text = offer.text;
    const bool mayBeUnfinished = policy.hasErrors() || (text.isEmpty() && !m_textInForce.isEmpty());
    if (mayBeUnfinished && !offer.isSettled) {
        m_patience.start();
        return;
    }
    m_patience.stop();
    m_text = text;
    if (const auto error = firstError(policy.findings)) {
        report(tr("%1 The last good rules stay in force.").arg(placed(*error)), policy.findings);
        return;
    }
    if (isFromAddress() && sha256Hex(text) == m_journal.withdrawn() && text != m_textInForce) {
        report(tr("The rules at %1 are those that were rolled back here; others have to come before they are taken again.").arg(place()), policy.findings);
        return;
    }
    if (text == m_textInForce) {
        report({}, policy.findings);
        return;
    }
    m_problem.clear();
    m_findings = policy.findings;
    putInForce(text, policy);
    note();
}

void RuleBook::putInForce(const QByteArray &text, const RoutePolicy &policy)
{
    m_policy = policy;
    m_textInForce = text;
    logMessage(LogLevel::Info, QStringLiteral("rules in force: %1, %2 rules").arg(sha256Hex(text).left(12)).arg(policy.rules.size()));
    Q_EMIT changed();
}

void RuleBook::report(const QString &problem, const QList<Finding> &findings)
{
    if (m_problem == problem && m_findings == findings)
        return;
    m_problem = problem;
    m_findings = findings;
    if (!problem.isEmpty())
        logMessage(LogLevel::Warning, problem);
    Q_EMIT changed();
}

void RuleBook::setTrouble(const QString &sentence)
{
    if (std::exchange(m_trouble, sentence) == sentence)
        return;
    if (!sentence.isEmpty())
        logMessage(LogLevel::Warning, sentence);
    Q_EMIT changed();
}

/// Models have come or gone: the rules in force may name them.
void RuleBook::catalogueChanged()
{
    ++m_change;
    const RoutePolicy again = read(m_textInForce);
    if (!again.hasErrors() && (!again.isSamePolicy(m_policy) || again.findings != m_policy.findings)) {
        m_policy = again;
        if (m_text == m_textInForce)
            m_findings = again.findings;
        Q_EMIT changed();
    }
    if (m_text != m_textInForce)
        offer(m_text, true);
}

RevisionRow RuleBook::newRow(const QString &digest, const QString &note, const QString &origin) const
{
    RevisionRow row;
    row.number = m_journal.revisions().isEmpty() ? 0 : m_journal.revisions().last().number + 1;  // a library that begins anew does not count anew
    row.digest = digest;
    row.at = m_parts.now ? m_parts.now() : QDateTime::currentDateTime();
    row.author = m_parts.author;
    row.note = note;
    row.origin = origin;
    return row;
}

/// Text first, then the row: a crash in between leaves a file that nobody names.
void RuleBook::add(const RevisionRow &row, const QByteArray &text, std::optional<qint64> basedOn, std::function<void(const Result<RevisionRow> &)> then)
{
    ++m_unnumbered;
    onFinished(runOn(&m_writer, [journal = &m_journal, text] { return journal->keepText(text); }), this,
               [this, row, basedOn, then = std::move(then)](const QFuture<Result<QString>> &kept) {
                   if (!kept.result())
                       logMessage(LogLevel::Error, kept.result().error().message);
                   onFinished(m_parts.store->addRevision(row, basedOn), this, [this, then](const QFuture<Result<RevisionRow>> &future) {
                       --m_unnumbered;
                       then(future.result());
                       sayReady();
                   });
               });
}

/// Numbers what is in force, once the library may be used.
void RuleBook::note()
{
    if (!m_isStarted)
        return;
    const QString digest = sha256Hex(m_textInForce);
    if (const auto &known = m_journal.revisions(); m_unnumbered == 0 && !known.isEmpty() && known.last().digest == digest) {
        learn(known.last());
        return;
    }
    RevisionRow row = newRow(digest, {}, isFromAddress() ? place() : QStringLiteral("file"));
    if (isFromAddress())
        row.author = QUrl(addressSetting()).host();
    add(row, m_textInForce, {}, [this](const Result<RevisionRow> &numbered) {
        if (numbered)
            learn(*numbered);
        else
            logMessage(LogLevel::Error, numbered.error().message);
    });
}

void RuleBook::learn(const RevisionRow &row, const QString &withdrawn)
{
    m_journal.add(row, withdrawn);
    if (row.digest != sha256Hex(m_textInForce) || m_revision == row.number)
        return;
    m_revision = row.number;
    Q_EMIT changed();
}

/// Another window has put a revision in force.
void RuleBook::follow(const RevisionRow &row)
{
    if (m_unnumbered > 0 || row.number < m_revision)
        return;  // ours is newer
    if (row.digest != sha256Hex(m_textInForce)) {
        const auto text = m_journal.text(row.digest);
        const RoutePolicy policy = text ? read(*text) : RoutePolicy();
        if (!text || policy.hasErrors())
            return;
        if (row.putBack > 0 && !isFromAddress() && lastOffered() != *text)
            m_superseded = lastOffered();
        overtake();
        m_text = *text;
        m_problem.clear();
        m_findings = policy.findings;
        m_revision = row.number;
        putInForce(*text, policy);
        return;
    }
    if (std::exchange(m_revision, row.number) != row.number)
        Q_EMIT changed();
}

QFuture<Result<qint64>> RuleBook::apply(const QByteArray &text, const QString &note, qint64 basedOn)
{
    const auto refuse = [](ErrorCode code, const QString &sentence) { return readyFuture<Result<qint64>>(fail(code, sentence)); };
    if (isFromAddress()) {
        return refuse(ErrorCode::Refused, tr("The rules come from %1. Change them there, or take that address out of the settings (routes/url).").arg(place()));
    }
    const RoutePolicy policy = read(text);
    if (const auto error = firstError(policy.findings))
        return refuse(ErrorCode::InvalidInput, placed(*error));
    const auto onDisk = textOnDisk(m_parts.file);
    if (!onDisk)
        return refuse(onDisk.error().code, onDisk.error().message);
    if (basedOn != m_revision || (*onDisk != m_text && *onDisk != m_textInForce)) {
        return refuse(ErrorCode::Refused, tr("%1 has been changed since revision %2, from which this was edited. Look at what it says now, then apply yours again.")
                                              .arg(m_parts.file)
                                              .arg(basedOn));
    }
    if (text == m_textInForce && *onDisk == text)
        return readyFuture<Result<qint64>>(m_revision);
    const auto promise = std::make_shared<QPromise<Result<qint64>>>();
    promise->start();
    // What is in force has its number already, unless the library did not answer yet.
    const std::optional<qint64> last = m_revision > 0 || m_journal.revisions().isEmpty() ? std::optional(m_revision) : std::nullopt;
    add(newRow(sha256Hex(text), note, QStringLiteral("apply")), text, last, [this, promise, text](const Result<RevisionRow> &row) {
        if (row)
            return writeApplied(*row, text, promise);
        promise->addResult(fail(row.error()));
        promise->finish();
    });
    return promise->future();
}

void RuleBook::writeApplied(const RevisionRow &row, const QByteArray &text, const Numbered &promise)
{
    onFinished(runOn(&m_writer, [file = m_parts.file, text] { return writeDurably(file, text); }), this,
               [this, row, text, promise](const QFuture<Result<void>> &written) {
                   if (const auto outcome = written.result(); !outcome) {
                       // The library has it as the last one: what is still in force comes after it.
                       add(newRow(sha256Hex(m_textInForce), tr("Revision %1 could not be written.").arg(row.number), QStringLiteral("file")), m_textInForce, {},
                           [this](const Result<RevisionRow> &back) {
                               if (back)
                                   learn(*back);
                           });
                       promise->addResult(fail(outcome.error()));
                   } else {
                       const RoutePolicy policy = read(text);
                       overtake();
                       m_text = text;
                       m_problem.clear();
                       m_findings = policy.findings;
                       if (text != m_textInForce)
                           putInForce(text, policy);
                       learn(row);
                       promise->addResult(row.number);
                   }
                   promise->finish();
               });
}

/// Revision \a number; with 0, the one before the one in force, where what a rollback has put back counts as what it was.
Result<RevisionRow> RuleBook::earlier(qint64 number) const
{
    if (number > 0) {
        if (const RevisionRow *row = m_journal.find(number))
            return *row;
        return fail(ErrorCode::NotFound, tr("There is no revision %1 of the rules. \"galley routes history\" lists those that there are.").arg(number));
    }
    const QString inForce = sha256Hex(m_textInForce);
    const RevisionRow *base = m_unnumbered > 0 ? nullptr : m_journal.find(m_revision);
    while (base && base->putBack > 0 && m_journal.find(base->putBack))
        base = m_journal.find(base->putBack);
    const QList<RevisionRow> &known = m_journal.revisions();
    for (auto row = known.crbegin(); row != known.crend(); ++row) {
        if (row->digest != inForce && (!base || row->number < base->number))
            return *row;
    }
    return fail(ErrorCode::Refused, tr("There is no earlier revision of the rules to go back to."));
}

QFuture<Result<qint64>> RuleBook::putBack(qint64 number)
{
    const auto row = earlier(number);
    if (!row)
        return readyFuture<Result<qint64>>(fail(row.error()));
    const auto text = m_journal.text(row->digest);
    if (!text) {
        return readyFuture<Result<qint64>>(
            fail(ErrorCode::Io, tr("The text of revision %1 is missing in %2, or is damaged.").arg(row->number).arg(m_parts.historyFolder)));
    }
    if (*text == m_textInForce)
        return readyFuture<Result<qint64>>(fail(ErrorCode::Refused, tr("Revision %1 is in force already.").arg(row->number)));
    const RoutePolicy policy = read(*text);
    if (const auto error = firstError(policy.findings))
        return readyFuture<Result<qint64>>(fail(ErrorCode::InvalidInput, tr("Revision %1 cannot be put back: %2").arg(row->number).arg(placed(*error))));

    const QString withdrawn = sha256Hex(m_textInForce);
    m_patience.stop();
    if (!isFromAddress() && lastOffered() != *text)
        m_superseded = lastOffered();
    overtake();
    m_text = *text;
    m_problem.clear();
    m_findings = policy.findings;
    putInForce(*text, policy);

    const auto promise = std::make_shared<QPromise<Result<qint64>>>();
    promise->start();
    RevisionRow added = newRow(row->digest, {}, QStringLiteral("rollback to %1").arg(row->number));
    added.putBack = row->number;
    add(added, *text, {}, [this, promise, withdrawn, text = *text](const Result<RevisionRow> &numbered) {
        if (!numbered) {
            promise->addResult(fail(numbered.error()));
            promise->finish();
            return;
        }
        learn(*numbered, withdrawn);
        if (!isFromAddress())
            return writeApplied(*numbered, text, promise);
        promise->addResult(numbered->number);
        promise->finish();
    });
    return promise->future();
}

} // namespace Galley
