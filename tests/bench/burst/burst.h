#pragma once

#include "core/base/statistics.h"
#include "core/base/result.h"
#include "core/routing/modelhealth.h"
#include "core/routing/router.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMap>
#include <QString>

namespace Galley {

/// A studio under a burst: designers whose live previews and whose finals (thumbnails and posters, sent as batches of rows) hit models that run on a pool
/// of GPUs. Everything that is assumed stands here and goes into the results.
struct BurstSetup
{
    int designers = 40;
    double minutes = 3;
    double requestsPerSecond = 4.88;  ///< calibrated: see targetMedianMs
    double previewShare = 0.65;
    double thumbnailShare = 0.7;      ///< of the finals, as in the traffic-split file; the others are posters
    int rowsPerBatch = 3;             ///< finals that are sent at the same moment

    int gpus = 8;                     ///< in every run; routed with the mid tier, midGpus of them serve the mid model
    int midGpus = 3;
    int slots = 2;
    double contention = 0.9;
    double largeMs = 1375;            ///< one picture alone on a GPU: a large distilled model on a current card (figures.md 3.1)
    double midMs = 540;
    double spread = 0.12;             ///< coefficient of variation of both
    double draftMedianMs = 0;         ///< of the local draft, on each designer's own machine: results/draft.json
    double draftP95Ms = 0;
    int bursts = 20;                  ///< independent ones, from seeds 1, 2, …

    static constexpr double targetMedianMs = 2400;  ///< of one large model for everything, under the burst
    static constexpr double targetP95Ms = 3800;
};

enum class BurstKind { Preview, Thumbnail, Poster };

struct BurstArrival
{
    double atMs = 0;
    BurstKind kind = BurstKind::Preview;
    int designer = 0;
    double luck = 0;   ///< standard normal: how long this picture takes, whatever renders it
};

/// How one run serves the arrivals.
struct BurstRun
{
    QString name;
    QByteArray rules;         ///< a routes.yaml; decideRoute() goes by it
    QMap<QString, int> gpus;  ///< by model id
    bool isMidOff = false;    ///< a person took the mid model out of routing
};

/// What one designer's desktop knows of the models: its own requests only.
class BurstDesktop
{
public:
    RouteSnapshot snapshot(const BurstRun &run, qint64 nowMs) const;
    void sent(const QString &model) { ++m_waiting[model]; }
    void came(const QString &model, qint64 nowMs, double latencyMs);
    /// Renders a draft on the designer's own machine, after those before it; from request to picture.
    double draft(double nowMs, double takesMs);

private:
    QHash<QString, ModelHealth> m_health;
    QHash<QString, int> m_waiting;
    double m_draftFreeMs = 0;
};

struct BurstServed
{
    BurstKind kind = BurstKind::Preview;
    QString model;
    double latencyMs = 0;
    double gpuMs = 0;     ///< of the pool
    double localMs = 0;   ///< of the designer's own machine
    double usd = 0;       ///< by the price list
};

/// One large model for everything; by the rules; by the rules without the mid tier. The same GPUs in each.
QList<BurstRun> burstRuns(const BurstSetup &setup);

QList<BurstArrival> drawArrivals(const BurstSetup &setup, std::uint64_t seed);

/// Simulates \a run: discrete events, the same numbers from the same arrivals every time. An Error when the rules or the catalogue do not do.
Result<QList<BurstServed>> simulate(const BurstRun &run, const BurstSetup &setup, const QList<BurstArrival> &arrivals, const ModelCatalogue &catalogue);

/// Median and p95 of the draft as measured, from results/draft.json.
Result<void> readDraftTimes(const QString &file, BurstSetup &setup);

/// A picture of \a medianMs and \a spread with \a luck.
double pictureMs(double medianMs, double spread, double luck);

/// What a draft takes with \a luck, by the measured median and p95.
double draftMs(const BurstSetup &setup, double luck);
QString burstDraftModel();
QString burstMidModel();
double priceOf(const ModelCatalogue &catalogue, const QString &model);

/// The request of one arrival, as the desktop would make it.
RenderRequest burstRequest(const BurstArrival &arrival);

} // namespace Galley
