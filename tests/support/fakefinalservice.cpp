#include "tests/support/fakefinalservice.h"

#include "core/base/async.h"
#include "core/template/resolve.h"

#include <algorithm>

namespace Galley {

namespace {

ModelEntry model(const char *id, const char *backend, double usd, Fidelity tier, const QStringList &supports)
{
    ModelEntry entry;
    entry.id = QString::fromLatin1(id);
    entry.label = entry.id;
    entry.backend = QString::fromLatin1(backend);
    entry.upstream = entry.id;
    entry.tier = tier;
    entry.price.usd = usd;
    entry.supports = supports;
    entry.sizes.multiple = 16;
    entry.sizes.minPixels = 400'000;
    entry.sizes.maxPixels = 2'000'000;
    return entry;
}

BackendEntry backend(const char *id, const char *kind, const char *url)
{
    BackendEntry entry;
    entry.id = QString::fromLatin1(id);
    entry.label = entry.id;
    entry.kind = QString::fromLatin1(kind);
    entry.url = QUrl(QString::fromLatin1(url));
    entry.key = entry.id;
    return entry;
}

int rank(const Job &job)
{
    return job.record.isEnded() ? 100 : int(job.record.lane);
}

} // namespace

qint64 FakeQueue::add(Job job)
{
    const qint64 id = m_next++;
    job.record.id = id;
    job.record.position = double(id);
    m_jobs.emplace(id, job);
    Q_EMIT added(id);
    return id;
}

void FakeQueue::change(qint64 id, const std::function<void(Job &)> &edit)
{
    Job &job = m_jobs.at(id);
    const JobState before = job.record.state;
    edit(job);
    Q_EMIT changed(id);
    if (job.record.state == before)
        return;
    if (job.record.isEnded())
        Q_EMIT finished(id);
    if (job.record.state == JobState::Undecided)
        Q_EMIT undecided(id);
    if (job.asks())
        Q_EMIT asks(id);
}

QList<qint64> FakeQueue::jobs() const
{
    QList<const Job *> list;
    for (const auto &[id, job] : m_jobs)
        list.append(&job);
    std::stable_sort(list.begin(), list.end(), [](const Job *a, const Job *b) {
        return rank(*a) != rank(*b) ? rank(*a) < rank(*b) : a->record.position < b->record.position;
    });
    QList<qint64> ids;
    for (const Job *job : list)
        ids.append(job->record.id);
    return ids;
}

const Job *FakeQueue::find(qint64 id) const
{
    const auto found = m_jobs.find(id);
    return found == m_jobs.end() ? nullptr : &found->second;
}

int FakeQueue::runningCount() const
{
    return int(std::count_if(m_jobs.begin(), m_jobs.end(), [](const auto &entry) {
        return entry.second.record.state == JobState::Running || entry.second.record.state == JobState::Sending;
    }));
}

int FakeQueue::waitingCount() const
{
    return int(std::count_if(m_jobs.begin(), m_jobs.end(), [](const auto &entry) {
        const JobState state = entry.second.record.state;
        return state == JobState::Queued || state == JobState::Held || state == JobState::Backoff;
    }));
}

void FakeQueue::setPaused(bool paused)
{
    m_paused = paused;
    calls << (paused ? QStringLiteral("pause") : QStringLiteral("resume"));
    Q_EMIT pausedChanged(paused);
}

void FakeQueue::hold(qint64 id, bool held)
{
    calls << QStringLiteral("%1 %2").arg(held ? QStringLiteral("hold") : QStringLiteral("release")).arg(id);
    change(id, [held](Job &job) { job.record.state = held ? JobState::Held : JobState::Queued; });
}

void FakeQueue::move(qint64 id, qint64 before)
{
    calls << QStringLiteral("move %1 before %2").arg(id).arg(before);
    QList<qint64> order = jobs();
    order.removeAll(id);
    order.insert(before == 0 ? order.size() : order.indexOf(before), id);
    for (int i = 0; i < order.size(); ++i)
        m_jobs.at(order.at(i)).record.position = i;
    Q_EMIT orderChanged();
}

void FakeQueue::setLane(qint64 id, Lane lane)
{
    calls << QStringLiteral("lane %1 %2").arg(id).arg(laneName(lane));
    m_jobs.at(id).record.lane = lane;
    Q_EMIT changed(id);
    Q_EMIT orderChanged();
}

void FakeQueue::cancel(qint64 id)
{
    calls << QStringLiteral("cancel %1").arg(id);
    change(id, [](Job &job) { job.record.state = JobState::Cancelled; });
}

void FakeQueue::cancelAll()
{
    calls << QStringLiteral("cancel all");
    for (auto &[id, job] : m_jobs) {
        if (!job.record.isEnded() && job.record.state != JobState::Undecided)
            change(id, [](Job &each) { each.record.state = JobState::Cancelled; });
    }
}

void FakeQueue::retry(qint64 id)
{
    calls << QStringLiteral("retry %1").arg(id);
    change(id, [](Job &job) {
        job.record.state = JobState::Queued;
        job.record.error = {};
    });
}

void FakeQueue::decide(qint64 id, AmbiguousAnswer answer)
{
    static const QStringList names{QStringLiteral("SendAgain"), QStringLiteral("LookUp"), QStringLiteral("GiveUp")};
    calls << QStringLiteral("decide %1 %2").arg(id).arg(names.at(int(answer)));
    change(id, [answer](Job &job) {
        job.record.state = answer == AmbiguousAnswer::GiveUp ? JobState::Failed
                           : answer == AmbiguousAnswer::LookUp ? JobState::Running
                                                               : JobState::Queued;
    });
}

void FakeQueue::startNow(qint64 id)
{
    calls << QStringLiteral("start %1").arg(id);
    change(id, [](Job &job) { job.record.state = JobState::Running; });
}

void FakeQueue::clearEnded()
{
    calls << QStringLiteral("clear");
    for (auto each = m_jobs.begin(); each != m_jobs.end();) {
        const qint64 id = each->first;
        const bool ended = each->second.record.isEnded();
        each = ended ? m_jobs.erase(each) : std::next(each);
        if (ended)
            Q_EMIT removed(id);
    }
}

FakeFinalService::FakeFinalService()
{
    const auto list = [](const char *words) { return QString::fromLatin1(words).split(u' '); };
    models.models = {model("ideogram-4", "ideogram", 0.06, Fidelity::Final, list("seed json image")),
                     model("sd3.5-medium", "stability", 0.035, Fidelity::Mid, list("seed negative image")),
                     model("studio-flux", "studio", 0, Fidelity::Final, list("seed negative count")),
                     model("dall-e-3-hd", "openai", 0.08, Fidelity::Final, list("count"))};
    models.models.last().shutdown = QDate(2026, 5, 12);
    models.models.last().replacement = QStringLiteral("gpt-image");
    models.aliases = {{QStringLiteral("ideogram-typography"), QStringLiteral("ideogram-4")},
                      {QStringLiteral("sd-medium"), QStringLiteral("sd3.5-medium")}};
    models.backends = {backend("ideogram", "ideogram", "https://api.ideogram.example"), backend("stability", "stability", "https://api.stability.example"),
                       backend("studio", "comfyui", "http://127.0.0.1:8188"), backend("openai", "openai", "https://api.openai.example/v1")};
    models.backends[2].key.clear();
    models.backends[2].free = true;
    models.backends[2].userNamed = true;
    const QList<BackendStatus::Key> keys{BackendStatus::Key::Stored, BackendStatus::Key::Missing, BackendStatus::Key::NotNeeded,
                                         BackendStatus::Key::Environment};
    for (int i = 0; i < models.backends.size(); ++i) {
        BackendStatus status;
        status.backend = models.backends.at(i);
        status.title = status.backend.label;
        status.key = keys.at(i);
        for (const ModelEntry &entry : std::as_const(models.models)) {
            if (entry.backend == status.backend.id)
                status.models << entry.id;
        }
        states << status;
    }
}

QStringList FakeFinalService::selectableModels() const
{
    QStringList ids;
    for (const ModelEntry &entry : models.models)
        ids << entry.id;
    return ids;
}

QString FakeFinalService::retiredSentence(const QString &id) const
{
    if (id != QLatin1String("dall-e-3-hd"))
        return {};
    return QStringLiteral("dall-e-3-hd was shut down on 2026-05-12. Choose its successor gpt-image.");
}

Result<Quote> FakeFinalService::quote(const RenderRequest &request) const
{
    ++quotes;
    const QString wanted = models.aliases.value(request.model, request.model);
    const QString chosen = !wanted.isEmpty() ? wanted
                           : request.fidelity == Fidelity::Mid ? QStringLiteral("sd3.5-medium")
                                                               : QStringLiteral("ideogram-4");
    const auto found = std::find_if(models.models.begin(), models.models.end(), [&](const ModelEntry &entry) { return entry.id == chosen; });
    if (found == models.models.end())
        return fail(ErrorCode::NotFound, QStringLiteral("There is no model %1.").arg(chosen));
    if (const QString sentence = retiredSentence(chosen); !sentence.isEmpty())
        return fail(ErrorCode::ServiceFailed, sentence);
    const Result<Variant> variant = resolve(request.source, request.row, request.folder);
    if (!variant)
        return tl::unexpected(variant.error());
    Quote quote;
    quote.request = request;
    quote.model = *found;
    quote.decision.requested = request.model.isEmpty() ? QStringLiteral("ideogram-typography") : request.model;
    quote.decision.model = chosen;
    quote.decision.rule = request.model.isEmpty() ? QStringLiteral("default") : QStringLiteral("asked for");
    quote.decision.reasons = {QStringLiteral("No rule matches this template, so the default for finals holds.")};
    quote.decision.fallbacks = {{QStringLiteral("sd3.5-medium"), {QStringLiteral("busy"), QStringLiteral("offline")}, false}};
    for (const BackendEntry &entry : models.backends) {
        if (entry.id == found->backend)
            quote.backend = entry;
    }
    quote.frame = frameFor(request.source.canvas.size, found->sizes);
    quote.prompt = compilePrompt(*variant, found->dialect, quote.frame);
    quote.pictures = found->can("count") ? request.count : 1;
    quote.estimateUsd = found->price.estimate(quote.frame.picture, {}, quote.pictures);
    quote.priceKnown = costOf(*found, quote.backend) != Cost::Unknown;
    quote.spentTodayUsd = spent;
    quote.budgetUsd = budget;
    if (!request.negativePrompt.isEmpty() && !found->can("negative"))
        quote.notices << QStringLiteral("%1 takes no negative prompt; yours is not sent.").arg(chosen);
    quote.obstacle = obstacle;
    quote.blocked = blocked;
    quote.waitsForNetwork = waitsForNetwork;
    return quote;
}

QFuture<Result<qint64>> FakeFinalService::submit(const RenderRequest &request, Lane lane, const QImage &draft)
{
    if (submitError)
        return readyFuture<Result<qint64>>(tl::unexpected(*submitError));
    submitted << request;
    lanes << lane;
    drafts << draft.size();
    Job job;
    job.record.lane = lane;
    job.record.request = request;
    if (const auto quoted = quote(request)) {
        job.record.decision = quoted->decision;
        job.record.estimateUsd = quoted->estimateUsd;
        job.record.priceKnown = quoted->priceKnown;
    }
    const qint64 id = m_queue.add(job);
    return readyFuture<Result<qint64>>(id);
}

QFuture<Result<qint64>> FakeFinalService::renderAnew(qint64 job)
{
    RenderRequest request = m_queue.find(job)->record.request;
    request.anew = true;
    return submit(request, Lane::Final, {});
}

QFuture<Result<FinalPicture>> FakeFinalService::picture(qint64 jobId, int index)
{
    QList<FinalPicture> all = morePictures.value(jobId);
    if (pictures.contains(jobId))
        all.prepend(pictures.value(jobId));
    if (index < 0 || index >= all.size())
        return readyFuture<Result<FinalPicture>>(fail(ErrorCode::NotFound, QStringLiteral("The library has no picture of this job.")));
    FinalPicture picture = all.at(index);
    picture.index = index;
    picture.count = int(all.size());
    return readyFuture<Result<FinalPicture>>(picture);
}

QFuture<Result<QList<PictureScore>>> FakeFinalService::scores(qint64)
{
    return readyFuture<Result<QList<PictureScore>>>(measured);
}

QFuture<Result<QString>> FakeFinalService::testBackend(const QString &id)
{
    keyCalls << QStringLiteral("test ") + id;
    if (testAnswersAtOnce)
        return readyFuture(testAnswer);
    m_test.emplace();
    m_test->start();
    return m_test->future();
}

void FakeFinalService::finishTest()
{
    m_test->addResult(testAnswer);
    m_test->finish();
}

QFuture<Result<QString>> FakeFinalService::setKey(const QString &id, const Secret &key)
{
    keyCalls << QStringLiteral("set %1 %2 bytes").arg(id).arg(key.reveal().size());
    if (keyError)
        return readyFuture<Result<QString>>(tl::unexpected(*keyError));
    for (BackendStatus &status : states) {
        if (status.backend.id == id)
            status.key = BackendStatus::Key::Stored;
    }
    Q_EMIT backendsChanged();
    return readyFuture<Result<QString>>(QStringLiteral("The key of %1 is in the keychain.").arg(id));
}

QFuture<Result<QString>> FakeFinalService::removeKey(const QString &id)
{
    keyCalls << QStringLiteral("remove ") + id;
    for (BackendStatus &status : states) {
        if (status.backend.id == id)
            status.key = BackendStatus::Key::Missing;
    }
    Q_EMIT backendsChanged();
    return readyFuture<Result<QString>>(QStringLiteral("The key of %1 is no longer in the keychain.").arg(id));
}

QFuture<Result<QString>> FakeFinalService::askForKey(const QString &id)
{
    keyAsks << id;
    if (!unlockedKey)
        return readyFuture<Result<QString>>(fail(ErrorCode::NotFound, QStringLiteral("The keychain still hands out no key of %1.").arg(id)));
    for (BackendStatus &status : states) {
        if (status.backend.id == id)
            status.key = *unlockedKey;
    }
    Q_EMIT backendsChanged();
    return readyFuture<Result<QString>>(QStringLiteral("There is a key of %1 now.").arg(id));
}

void FakeFinalService::reload()
{
    ++reloads;
    Q_EMIT catalogueChanged();
}

} // namespace Galley
