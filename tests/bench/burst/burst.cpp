#include "tests/bench/burst/burst.h"
#include "tests/bench/burst/gpupool.h"

#include "core/base/json.h"
#include "core/template/templatefile.h"

#include <QFile>

#include <array>
#include <cmath>
#include <deque>
#include <queue>

namespace Galley {

namespace {

const QString largeModel = QStringLiteral("ideogram-4");
const QString midModel = QStringLiteral("sd3.5-medium");
const QString draftModel = QStringLiteral("galley-draft");

/// What the rules look at differs by kind only: one template each.
Template templateOf(BurstKind kind)
{
    const char *summary = kind == BurstKind::Thumbnail ? "A thumbnail for {event}" : "A cheerful poster for {event}";
    const QByteArray text = QByteArray(R"({"galley": 1, "id": "6f1f6d2e-0c0a-4a52-9a75-6d3a5f0b1c01", "name": "Spring market", "project": "spring", "intent": ")")
        + (kind == BurstKind::Thumbnail ? "thumbnail" : "poster") + R"(", "canvas": {"width": 1080, "height": 1350}, "style": {"summary": ")" + summary
        + R"(", "medium": "graphic design", "art_style": "flat, bold shapes"}, "tokens": [)"
          R"({"id": "hero", "role": "subject", "box": [0.1, 0.24, 0.8, 0.5], "z": 1, "show": "{subject}, flat illustration"}],)"
          R"("slots": {"event": {"type": "text", "default": "a spring market"}, "subject": {"type": "subject", "default": "a basket of apples"}}})";
    const Result<LoadedTemplate> loaded = parseTemplate(text, QStringLiteral("burst.galley"));
    return loaded ? loaded->value : Template();
}

struct Event
{
    double atMs = 0;
    qint64 order = 0;   ///< of two at the same time, the one that was known first
    qsizetype request = -1;
    int gpu = -1;       ///< -1: it arrives; else its picture is done
    bool operator>(const Event &other) const { return atMs != other.atMs ? atMs > other.atMs : order > other.order; }
};

class Simulation
{
public:
    Simulation(const BurstRun &run, const BurstSetup &setup, const QList<BurstArrival> &arrivals, const ModelCatalogue &catalogue)
        : m_run(run)
        , m_setup(setup)
        , m_arrivals(arrivals)
        , m_catalogue(catalogue)
        , m_policy(readRoutePolicy(run.rules, catalogue, run.name))
        , m_desktops(std::size_t(setup.designers))
        , m_served(arrivals.size())
    {
        for (auto it = run.gpus.cbegin(); it != run.gpus.cend(); ++it)
            m_pools.insert(it.key(), Pool{GpuPool(it.value(), setup.slots, setup.contention), {}});
    }

    Result<QList<BurstServed>> execute()
    {
        if (m_policy.hasErrors())
            return fail(ErrorCode::InvalidInput, m_policy.findings.first().message);
        for (qsizetype i = 0; i < m_arrivals.size(); ++i)
            m_events.push({m_arrivals.at(i).atMs, m_order++, i, -1});
        while (!m_events.empty()) {
            const Event event = m_events.top();
            m_events.pop();
            if (event.gpu >= 0)
                done(event);
            else if (const Result<void> taken = arrive(event); !taken)
                return tl::unexpected(taken.error());
        }
        return m_served;
    }

private:
    struct Pool
    {
        GpuPool gpus;
        std::deque<qsizetype> queue;
    };

    Result<void> arrive(const Event &event)
    {
        const BurstArrival &arrival = m_arrivals.at(event.request);
        BurstDesktop &desktop = m_desktops[std::size_t(arrival.designer)];
        const RouteSnapshot snapshot = desktop.snapshot(m_run, qint64(event.atMs));
        const Result<RouteDecision> decision = decideRoute(burstRequest(arrival), m_policy, m_catalogue, snapshot);
        if (!decision)
            return tl::unexpected(decision.error());
        BurstServed &served = m_served[event.request];
        served.kind = arrival.kind;
        served.model = decision->model;
        if (served.model == draftModel) {
            served.localMs = draftMs(m_setup, arrival.luck);
            served.latencyMs = desktop.draft(event.atMs, served.localMs);
            return {};
        }
        const auto pool = m_pools.find(served.model);
        if (pool == m_pools.end())
            return fail(ErrorCode::NotFound, QStringLiteral("No GPU of the run \"%1\" serves %2.").arg(m_run.name, served.model));
        served.usd = priceOf(m_catalogue, served.model);
        desktop.sent(served.model);
        pool->queue.push_back(event.request);
        start(*pool, served.model, event.atMs);
        return {};
    }

    void start(Pool &pool, const QString &model, double nowMs)
    {
        while (!pool.queue.empty()) {
            const int gpu = pool.gpus.take();
            if (gpu < 0)
                return;
            const qsizetype request = pool.queue.front();
            pool.queue.pop_front();
            const double alone = pictureMs(model == midModel ? m_setup.midMs : m_setup.largeMs, m_setup.spread, m_arrivals.at(request).luck);
            const double takes = alone * pool.gpus.slowdown(gpu);
            m_served[request].gpuMs = alone;  // what it costs the pool: contention is waiting, not work
            m_events.push({nowMs + takes, m_order++, request, gpu});
        }
    }

    void done(const Event &event)
    {
        BurstServed &served = m_served[event.request];
        const BurstArrival &arrival = m_arrivals.at(event.request);
        served.latencyMs = event.atMs - arrival.atMs;
        m_desktops[std::size_t(arrival.designer)].came(served.model, qint64(event.atMs), served.latencyMs);
        Pool &pool = *m_pools.find(served.model);
        pool.gpus.release(event.gpu);
        start(pool, served.model, event.atMs);
    }

    const BurstRun &m_run;
    const BurstSetup &m_setup;
    const QList<BurstArrival> &m_arrivals;
    const ModelCatalogue &m_catalogue;
    RoutePolicy m_policy;
    std::vector<BurstDesktop> m_desktops;
    QHash<QString, Pool> m_pools;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> m_events;
    qint64 m_order = 0;
    QList<BurstServed> m_served;
};

} // namespace

QList<BurstRun> burstRuns(const BurstSetup &setup)
{
    // The traffic-split file of product.md §4, grown by what to do when it gets tight.
    static const QByteArray split = R"(routes:
  - match: "prompt:.*thumbnail.*"
    model: sd-medium
    weight: 70
    fallback: [{on: [busy, offline], model: ideogram-typography}]
  - match: "prompt:.*poster.*"
    model: ideogram-typography
    weight: 30
    burst: {queue: 8, p95_ms: 8000, model: sd-medium}
)";
    static const QByteArray single = R"(routes:
  - match: ["fidelity:draft"]
    model: ideogram-typography
  - match: "prompt:.*"
    model: ideogram-typography
)";
    return {{QStringLiteral("one large model"), single, {{largeModel, setup.gpus}}},
            {QStringLiteral("routed"), split, {{largeModel, setup.gpus - setup.midGpus}, {midModel, setup.midGpus}}},
            {QStringLiteral("routed, mid tier off"), split, {{largeModel, setup.gpus}}, true}};
}

QList<BurstArrival> drawArrivals(const BurstSetup &setup, std::uint64_t seed)
{
    Dice dice(seed);
    QList<BurstArrival> arrivals;
    const double previews = setup.requestsPerSecond * setup.previewShare;
    const double batches = setup.requestsPerSecond * (1 - setup.previewShare) / setup.rowsPerBatch;
    for (double atMs = 0;;) {
        atMs += -std::log(1 - dice.uniform()) / (previews + batches) * 1000;
        if (atMs > setup.minutes * 60'000)
            return arrivals;
        const bool isPreview = dice.uniform() * (previews + batches) < previews;
        BurstArrival arrival{atMs, BurstKind::Preview, int(dice.below(std::uint64_t(setup.designers))), 0};
        if (!isPreview)
            arrival.kind = dice.uniform() < setup.thumbnailShare ? BurstKind::Thumbnail : BurstKind::Poster;
        for (int row = 0; row < (isPreview ? 1 : setup.rowsPerBatch); ++row) {
            arrival.luck = dice.normal();
            arrivals.append(arrival);
        }
    }
}

Result<QList<BurstServed>> simulate(const BurstRun &run, const BurstSetup &setup, const QList<BurstArrival> &arrivals, const ModelCatalogue &catalogue)
{
    return Simulation(run, setup, arrivals, catalogue).execute();
}

Result<void> readDraftTimes(const QString &file, BurstSetup &setup)
{
    QFile measured(file);
    if (!measured.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, QStringLiteral("%1 cannot be read; bench_draft writes it.").arg(file));
    const Result<Json> json = parseJson(measured.readAll(), file);
    if (!json)
        return tl::unexpected(json.error());
    const Json &edit = json->at("results").at("subject edit to new layer, worker warm");
    setup.draftMedianMs = edit.at("median_ms").get<double>();
    setup.draftP95Ms = edit.at("p95_ms").get<double>();
    return {};
}

RouteSnapshot BurstDesktop::snapshot(const BurstRun &run, qint64 nowMs) const
{
    RouteSnapshot snapshot;
    snapshot.now = QDateTime(QDate(2026, 11, 25), QTime(9, 0), Qt::UTC).addMSecs(nowMs);
    for (const QString &model : {largeModel, midModel}) {
        ModelHealth health = m_health.value(model);
        health.setHeldOpen(run.isMidOff && model == midModel);
        ModelCondition condition;
        condition.outOfRouting = health.reason(model, nowMs);
        condition.waiting = m_waiting.value(model);
        condition.p95Ms = health.p95Ms(nowMs);
        snapshot.conditions.insert(model, condition);
    }
    return snapshot;
}

void BurstDesktop::came(const QString &model, qint64 nowMs, double latencyMs)
{
    --m_waiting[model];
    m_health[model].succeeded(nowMs, latencyMs);
}

double BurstDesktop::draft(double nowMs, double takesMs)
{
    m_draftFreeMs = std::max(m_draftFreeMs, nowMs) + takesMs;
    return m_draftFreeMs - nowMs;
}

double draftMs(const BurstSetup &setup, double luck)
{
    return setup.draftMedianMs * std::exp(std::log(setup.draftP95Ms / setup.draftMedianMs) / normalQuantile(0.95) * luck);
}

QString burstDraftModel()
{
    return draftModel;
}

QString burstMidModel()
{
    return midModel;
}

double priceOf(const ModelCatalogue &catalogue, const QString &model)
{
    const ModelEntry *entry = catalogue.findModel(model);
    return entry ? entry->price.estimate(QSize(1024, 1280), {}) : 0;
}

double pictureMs(double medianMs, double spread, double luck)
{
    return medianMs * std::exp(std::sqrt(std::log(1 + spread * spread)) * luck);
}

RenderRequest burstRequest(const BurstArrival &arrival)
{
    static const std::array<Template, 3> templates{templateOf(BurstKind::Poster), templateOf(BurstKind::Thumbnail), templateOf(BurstKind::Poster)};
    RenderRequest request;
    request.source = templates[std::size_t(arrival.kind)];
    request.source.project = QStringLiteral("designer %1").arg(arrival.designer);
    request.fidelity = arrival.kind == BurstKind::Preview ? Fidelity::Draft : Fidelity::Final;
    request.intent = arrival.kind == BurstKind::Preview ? QStringLiteral("preview") : request.source.intent;
    return request;
}

} // namespace Galley
