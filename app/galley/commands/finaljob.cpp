#include "app/galley/commands/finaljob.h"

#include "core/base/async.h"
#include "core/composition/scene.h"
#include "core/imaging/imagefile.h"
#include "core/service/pictureexport.h"
#include "core/service/provenance.h"
#include "core/store/jobjson.h"

#include <QFile>
#include <QFileInfo>

namespace Galley {

namespace {

/// So that a long CSV does not lie in the library before its first row has been sent.
constexpr int mostWaiting = 64;

Json jsonOf(const QStringList &sentences)
{
    Json list = Json::array();
    for (const QString &sentence : sentences)
        list.push_back(sentence.toStdString());
    return list;
}

/// What can be asked for is known before anything is sent: an argument that cannot be carried out is bad input.
Error asUsageError(Error error)
{
    if (error.failure == FailureClass::Retired)
        error.code = ErrorCode::NotFound;
    return error;
}

Json memberOf(const Json &object, const char *name)
{
    return object.is_object() && object.contains(name) ? object[name] : Json(nullptr);
}

} // namespace

FinalJob::FinalJob(const RenderPlan &plan, Finals *finals, DraftService *drafts, const Output &output, std::stop_token stop, QObject *parent)
    : QObject(parent)
    , m_plan(plan)
    , m_finals(finals)
    , m_drafts(drafts)
    , m_output(output)
    , m_stop(std::move(stop))
    , m_report(output, plan.targets.size())
{
    connect(m_finals->queue(), &RenderQueue::changed, this, &FinalJob::onChanged);
    connect(m_finals->queue(), &RenderQueue::finished, this, &FinalJob::onFinished);
    connect(m_finals->queue(), &RenderQueue::undecided, this, &FinalJob::onUndecided);
}

void FinalJob::start()
{
    for (const Finding &finding : m_plan.findings)
        m_output.say(finding.message.startsWith(finding.file) ? finding.message : finding.file + QStringLiteral(": ") + finding.message);
    m_finals->start([this](const Result<void> &ready) {
        if (ready) {
            prepare();
            return;
        }
        for (const RenderTarget &target : std::as_const(m_plan.targets))
            m_report.fail(target, ready.error());
        m_next = m_plan.targets.size();
        finishWhenDone();
    });
}

RenderRequest FinalJob::requestOf(const RenderTarget &target) const
{
    RenderRequest request = m_plan.request;
    request.row = target.row;
    return request;
}

/// The keychain and the ledger are asked once, before the first row.
void FinalJob::prepare()
{
    const auto usable = std::find_if(m_plan.targets.cbegin(), m_plan.targets.cend(), [](const RenderTarget &target) { return !target.error; });
    if (usable == m_plan.targets.cend()) {
        submitNext();
        return;
    }
    Galley::onFinished(m_finals->preparedQuote(requestOf(*usable)), this, [this](const QFuture<Result<Quote>> &) { submitNext(); });
}

void FinalJob::submitNext()
{
    while (!m_done && m_next < m_plan.targets.size() && m_submitting + m_sent.size() < mostWaiting && !m_stop.stop_requested()) {
        const qsizetype index = m_next++;
        const RenderTarget &target = m_plan.targets.at(index);
        if (target.error) {
            m_report.fail(target, *target.error);
            continue;
        }
        const RenderRequest request = requestOf(target);
        const Result<Quote> quote = m_finals->quote(request);
        if (!quote) {
            m_report.fail(target, asUsageError(quote.error()));
            continue;
        }
        if (!quote->obstacle.isEmpty()) {
            m_report.fail(target, {quote->blocked ? ErrorCode::Refused : ErrorCode::Unavailable, quote->obstacle, {},
                                   quote->blocked ? FailureClass::OverBudget : FailureClass::None});
            continue;
        }
        ++m_submitting;
        if (request.sendDraft && canHonour(quote->model, quote->backend, "image"))
            draw(index, *quote);
        else
            submit(index, *quote, {});
    }
    finishWhenDone();
}

void FinalJob::submit(qsizetype index, const Quote &quote, const QImage &draft)
{
    const Lane lane = m_plan.targets.size() > 1 ? Lane::Batch : Lane::Final;
    Galley::onFinished(m_finals->submit(quote.request, lane, draft), this, [this, index, quote](const QFuture<Result<qint64>> &future) {
        onSubmitted(index, quote, future.result());
    });
}

/// The draft first: it goes along as start picture, without what Galley sets over the final.
void FinalJob::draw(qsizetype index, const Quote &quote)
{
    const auto drawn = m_drafts->render(m_plan.value, quote.request.row, m_plan.folder, m_plan.options, m_stop);
    Galley::onFinished(drawn, this, [this, index, quote](const QFuture<Result<Draft>> &future) {
        const Result<Draft> draft = future.resultCount() > 0 ? future.result() : Result<Draft>(Galley::fail(ErrorCode::Cancelled, tr("Cancelled.")));
        if (m_done || !draft) {
            onSubmitted(index, quote, Galley::fail(draft ? Error{ErrorCode::Cancelled, tr("Cancelled.")} : draft.error()));
            return;
        }
        ScenePainter painter;
        submit(index, quote, painter.compose(startScene(draft->scene, draft->variant), draft->pictures, draft->scene.canvas));
    });
}

void FinalJob::onSubmitted(qsizetype index, const Quote &quote, const Result<qint64> &id)
{
    --m_submitting;
    if (!id) {
        m_report.fail(m_plan.targets.at(index), id.error());
        submitNext();
        return;
    }
    Sent sent;
    sent.target = index;
    sent.notices = quote.notices;
    sent.clock.start();
    m_sent.insert(*id, sent);
    sayNotices(quote.notices);
    // Whatever happened before it was known here.
    const Job *job = m_finals->queue()->find(*id);
    if (job && job->record.isEnded())
        onFinished(*id);
    else if (job && job->record.state == JobState::Undecided)
        onUndecided(*id);
    if (m_stop.stop_requested())
        interrupt();
}

void FinalJob::sayNotices(const QStringList &notices)
{
    for (const QString &notice : notices) {
        if (m_told.contains(notice))
            continue;
        m_told.insert(notice);
        m_output.say(notice);
    }
}

void FinalJob::onChanged(qint64 id)
{
    const auto sent = m_sent.find(id);
    const Job *job = m_finals->queue()->find(id);
    if (sent == m_sent.end() || !job || job->record.state == sent->told)
        return;
    sent->told = job->record.state;
    if (sent->told == JobState::Sending)
        m_output.say(tr("%1: sent to %2.").arg(job->title(), job->record.decision.model));
    else if (sent->told == JobState::Backoff)
        m_output.say(tr("%1: %2 It is tried again by itself.").arg(job->title(), job->record.error.message));
}

void FinalJob::onFinished(qint64 id)
{
    const Job *job = m_finals->queue()->find(id);
    if (!m_sent.contains(id) || !job)
        return;
    if (job->record.state == JobState::Done) {
        askForPicture(id, 0);
        return;
    }
    const RenderTarget &target = m_plan.targets.at(m_sent.value(id).target);
    if (job->record.state == JobState::Failed)
        m_report.fail(target, job->record.error);
    else
        m_report.fail(target, {ErrorCode::Cancelled, tr("Cancelled before it was sent.")});
    endRow(id);
}

void FinalJob::onUndecided(qint64 id)
{
    const Job *job = m_finals->queue()->find(id);
    if (!m_sent.contains(id) || !job)
        return;
    Error error = job->record.error;
    error.code = ErrorCode::ServiceFailed;
    error.failure = FailureClass::Ambiguous;
    error.message += u' ' + tr("The picture may have been made and billed, so it is not asked for again. Open Galley: its queue lets you look it up, send it "
                               "again or give it up.");
    m_report.fail(m_plan.targets.at(m_sent.value(id).target), error);
    endRow(id);
}

void FinalJob::askForPicture(qint64 id, int index)
{
    Galley::onFinished(m_finals->picture(id, index), this, [this, id](const QFuture<Result<FinalPicture>> &future) { onPicture(id, future.result()); });
}

void FinalJob::onPicture(qint64 id, const Result<FinalPicture> &picture)
{
    const Job *job = m_finals->queue()->find(id);
    if (!m_sent.contains(id) || !job || m_done)
        return;
    const Sent sent = m_sent.value(id);
    const RenderTarget &target = m_plan.targets.at(sent.target);
    const Result<Json> entry = picture ? write(sent, *job, *picture) : fail(picture.error());
    if (!entry) {
        m_report.fail(target, entry.error());
        return endRow(id);
    }
    if (picture->index == 0)
        m_report.add(*entry);
    else
        m_report.addMore(*entry);
    // Who made it is said by the service or not at all.
    const QString models = picture->served.isEmpty() || picture->served == picture->routed ? picture->routed : picture->routed + QStringLiteral(" → ") + picture->served;
    m_output.say(tr("[%1/%2] %3 (%4, %5 ms)")
                     .arg(m_report.finished() + m_report.failed())
                     .arg(m_plan.targets.size())
                     .arg(numberedFile(target.file, picture->index), models)
                     .arg(qRound((*entry)["timings_ms"]["total"].get<double>())));
    sayNotices(picture->problems + picture->textFindings);
    if (picture->index + 1 < picture->count)
        askForPicture(id, picture->index + 1);
    else
        endRow(id);
}

Result<void> FinalJob::save(const QString &file, const FinalPicture &picture) const
{
    if (const auto made = ensureFolder(QFileInfo(file).absolutePath()); !made)
        return made;
    ExportSource source{recordOf(picture), {}, m_plan.raw ? QImage() : picture.composed};
    QFile original(picture.originalFile);
    if (!original.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, tr("%1 cannot be read: %2.").arg(picture.originalFile, original.errorString()));
    source.original = original.readAll();
    const auto saved = exportPicture(source, file, savingOf(m_plan, file));
    if (!saved)
        return fail(saved.error());
    for (const QString &notice : *saved)
        m_output.say(notice);
    return {};
}

Result<Json> FinalJob::write(const Sent &sent, const Job &job, const FinalPicture &picture) const
{
    QElapsedTimer clock;
    clock.start();
    if (const auto saved = save(numberedFile(m_plan.targets.at(sent.target).file, picture.index), picture); !saved)
        return fail(saved.error());
    Json timings = memberOf(picture.provenance, "timings_ms");
    if (!timings.is_object())
        timings = Json::object();
    timings["write"] = roundedMs(millisecondsOf(clock));
    timings["total"] = roundedMs(millisecondsOf(sent.clock));
    return describe(sent, job, picture, timings);
}

Json FinalJob::describe(const Sent &sent, const Job &job, const FinalPicture &picture, const Json &timings) const
{
    const RenderTarget &target = m_plan.targets.at(sent.target);
    const QImage &image = m_plan.raw ? picture.raw : picture.composed;
    Json attempts = Json::array();
    for (const JobAttempt &attempt : job.record.attempts)
        attempts.push_back(attemptJson(attempt));
    Json warnings = jsonOf(sent.notices + picture.problems + picture.textFindings);
    for (const Json &note : memberOf(picture.provenance, "notes"))
        warnings.push_back(note);
    const Json steps = memberOf(picture.provenance, "steps");
    const Json revision = memberOf(picture.provenance, "revision");
    const Json device = memberOf(picture.provenance, "device");
    return {{"file", numberedFile(target.file, picture.index).toStdString()},
            {"row", target.row.number},
            {"picture", picture.index + 1},
            {"width", image.width()},
            {"height", image.height()},
            {"pixels_sha256", pixelDigest(image).toStdString()},
            {"seed", memberOf(picture.provenance, "seed")},
            {"steps", steps.is_number() && steps.get<int>() > 0 ? steps : Json(nullptr)},
            {"requested", textOrNull(picture.requested)},
            {"routed", textOrNull(picture.routed)},
            {"served", textOrNull(picture.served)},
            {"revision", textOrNull(toQString(revision))},
            {"device", textOrNull(toQString(device))},
            {"from_cache", memberOf(picture.provenance, "from_cache") == Json(true)},
            {"cost_usd", job.record.costUsd ? Json(*job.record.costUsd / picture.count) : Json(nullptr)},
            {"timings_ms", timings},
            {"attempts", attempts},
            {"warnings", warnings}};
}

void FinalJob::endRow(qint64 id)
{
    m_sent.remove(id);
    submitNext();
}

/// What waits never leaves; what has left may be billed and is written down as undecided by ending now.
void FinalJob::interrupt()
{
    if (m_done)
        return;
    int underWay = 0;
    const QList<qint64> ids = m_sent.keys();
    m_done = true;
    for (const qint64 id : ids) {
        const Job *job = m_finals->queue()->find(id);
        if (!job)
            continue;
        const JobState state = job->record.state;
        if (state == JobState::Sending || state == JobState::Running || state == JobState::Undecided)
            ++underWay;
        else if (!job->record.isEnded())
            m_finals->queue()->cancel(id);
    }
    QString sentence = tr("Cancelled; %1 of %n pictures are finished and stay.", nullptr, int(m_plan.targets.size())).arg(m_report.finished());
    if (underWay > 0) {
        sentence += u' ' + tr("%1 had been sent and may be billed: they are not asked for again, and Galley's queue lets you decide about them.").arg(underWay);
    }
    m_report.cancel(sentence);
    Q_EMIT finished();
}

void FinalJob::finishWhenDone()
{
    if (m_done || m_submitting > 0 || !m_sent.isEmpty() || m_next < m_plan.targets.size())
        return;
    m_done = true;
    Q_EMIT finished();
}

} // namespace Galley
