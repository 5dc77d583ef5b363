#pragma once

#include "core/engines/local/localmodel.h"
#include "core/render/renderengine.h"

#include <QObject>

#include <memory>

namespace Galley {

/// Weights that somebody pointed Galley at: a folder as diffusers writes it, or one .safetensors file.
struct LocalModelFile
{
    QString id;
    QString path;

    bool operator==(const LocalModelFile &) const = default;
};

/// How the worker process is started.
struct LocalEngineOptions
{
    QString workerBinary;
    QString modelsFolder;
    QList<LocalModelFile> models = {};        ///< the user's, beside those in modelsFolder
    QString device = QStringLiteral("auto");  ///< auto, cpu, cuda
    int threads = 0;                          ///< 0: the worker's default
    qint64 memoryBytes = 0;                   ///< what all models may take; 0: what is free, less a tenth
    int startTimeoutMs = 30000;
    int describeTimeoutMs = 60000;            ///< more than that for each of models: the worker samples their files before it is ready, and a share is slow
    int loadTimeoutMs = 60000;                ///< the same as silenceTimeoutMs until the first answer: weights are read meanwhile
    int silenceTimeoutMs = 10000;             ///< no frame during a render for this long: killed and restarted
    int largeTimeoutMs = 900000;              ///< the same for models of the user: one step of a large one takes minutes on a small machine
    int maxRestarts = 3;                      ///< in a row, with back-off; then a clear sentence until restart() is called
    int firstBackOffMs = 100;                 ///< before the first restart; doubled for each one more
    int idleEndMs = 0;                        ///< a worker that nobody has asked for anything for this long ends; the next request starts another. 0: it stays
    bool isBackground = false;                ///< gives way to everything else where the processor is short
    QString logFile;                          ///< where the worker's lines go as well; empty: only to Galley's own log

    bool operator==(const LocalEngineOptions &) const = default;
};

/// The models of this machine: one child process that speaks the frames of app/worker/PROTOCOL.md. Lives on the thread that made
/// it (an event loop is needed); the futures finish there. A dead worker is restarted and the request that it held is run again
/// once. Destroying the engine ends the worker and finishes every open future with ErrorCode::Cancelled.
class LocalEngine : public QObject, public RenderEngine
{
    Q_OBJECT

public:
    enum class Restart { Always, IfRunning };

    explicit LocalEngine(const LocalEngineOptions &options, QObject *parent = nullptr);
    ~LocalEngine() override;

    QFuture<Result<EngineCapabilities>> capabilities() override;
    QFuture<Result<RenderResult>> render(const EngineRequest &request, RenderObserver observer, std::stop_token stop) override;
    QFuture<Result<QList<QList<float>>>> embed(const QStringList &texts) override;

    /// Tells the worker, this one and whichever comes after it, of one more model, or of another path for a known id. It describes the model and loads
    /// nothing. Unavailable, with what is wrong with the files, when it cannot be used; it is not known then.
    QFuture<Result<LocalModel>> addModel(const LocalModelFile &model);
    /// What the worker has said of every model; empty until it has introduced itself.
    QList<LocalModel> models() const;
    /// The opposite of addModel(); what it held in memory is free afterwards.
    QFuture<Result<void>> removeModel(const QString &id);
    /// Makes the user's models \a models, by adding and removing what differs.
    void setModels(const QList<LocalModelFile> &models);

    /// Makes the user's models those of \a other, and has those described again whose files \a other has found changed.
    void followModels(const LocalEngine &other);

    /// The other worker of this machine, which may be gone before this; null: there is none. Before a model of the user's works here the other one lets go of
    /// its own, once it has done what it was asked before: each may take what memory is free, and would find it taken by the other, as like as not for the very
    /// same weights. Where memory does not suffice all the same, the worker takes the model in parts, or says what is missing.
    void setNeighbour(LocalEngine *other);

    /// Ends the worker and starts it anew, with other options; open requests are run again. IfRunning: one that does not run is started by the next request.
    void restart(const LocalEngineOptions &options, Restart how = Restart::Always);
    qint64 processId() const;  ///< 0 when it does not run
    int restarts() const;      ///< since construction

Q_SIGNALS:
    void workerStarted();
    void workerFailed(const QString &message);
    void modelsChanged();  ///< one was added or removed: capabilities() says others now
    void filesChanged(const Galley::LocalModelFile &model);  ///< somebody replaced them; the worker has been asked what they are now
    void workerLine(const QString &line);  ///< one line of the worker's log

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
