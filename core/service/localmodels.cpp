#include "core/service/localmodels.h"

#include "core/base/async.h"
#include "core/base/log.h"
#include "core/engines/local/answers.h"
#include "core/engines/local/localengine.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTimer>

#include <algorithm>
#include <numeric>

namespace Galley {

namespace {

constexpr int settleMs = 150;
constexpr qint64 megabyte = 1'000'000;
constexpr qint64 leastForEstimateMs = 1500;

qint64 sumOf(const QList<WeightsFile> &files)
{
    return std::accumulate(files.cbegin(), files.cend(), qint64(0), [](qint64 sum, const WeightsFile &file) { return sum + file.bytes; });
}

LocalModelCard::Files stateOf(const AddedModel &model)
{
    if (!QFileInfo::exists(model.path))
        return LocalModelCard::Files::Missing;
    if (!model.hasDigests())
        return LocalModelCard::Files::NotKept;
    return looksUnchanged(model) ? LocalModelCard::Files::Unchanged : LocalModelCard::Files::Changed;
}

/// What is left of the time, by how fast it went so far; empty while nobody can tell.
QString timeLeft(const QElapsedTimer &clock, qint64 done, qint64 all)
{
    const qint64 elapsed = clock.elapsed();
    if (elapsed < leastForEstimateMs || done <= 0)
        return LocalModels::tr("MB");
    const qint64 seconds = (elapsed * (all - done) / done + 999) / 1000;
    return seconds < 90 ? LocalModels::tr("MB · %n s left", nullptr, int(seconds)) : LocalModels::tr("MB · %n min left", nullptr, int((seconds + 59) / 60));
}

Json jsonOf(const LocalModel &said)
{
    Json json{{"id", said.basic.model.toStdString()},
              {"revision", said.basic.revision.toStdString()},
              {"family", said.family.toStdString()},
              {"steps", {{"default", said.basic.defaultSteps}, {"max", said.basic.maxSteps}}},
              {"native", said.basic.nativeSize},
              {"guidance", {{"default", said.defaultGuidance}}},
              {"size", {{"multiple", said.sizeMultiple}, {"min", said.minSide}, {"max", said.maxSide}}},
              {"inputs", Json::array()},
              {"weights_bytes", said.weightsBytes},
              {"needed_bytes", said.neededBytes},
              {"least_bytes", said.leastBytes}};
    for (const QString &input : said.inputs)
        json["inputs"].push_back(input.toStdString());
    return json;
}

} // namespace

/// What takes its time and can be cancelled: the promise, and what the reading thread needs of it.
template<typename T>
struct LocalModels::Work
{
    QPromise<Result<T>> promise;

    Work() { promise.start(); }
    ~Work()
    {
        if (!m_finished)
            finish(fail(ErrorCode::Cancelled, LocalModels::tr("Cancelled.")));
    }

    void finish(Result<T> result)
    {
        if (std::exchange(m_finished, true))
            return;
        promise.addResult(std::move(result));
        promise.finish();
    }

private:
    bool m_finished = false;
};

namespace {

/// Reads the files of \a path with the progress and the cancelling of \a work. On a thread of a pool.
template<typename Work>
Result<QList<WeightsFile>> digestFor(const std::shared_ptr<Work> &work, const QString &path)
{
    QElapsedTimer clock;
    clock.start();
    std::stop_source stop;
    const auto progress = [&](qint64 done, qint64 all) {
        work->promise.setProgressRange(0, int(all / megabyte));
        work->promise.setProgressValueAndText(int(done / megabyte), timeLeft(clock, done, all));
        if (work->promise.isCanceled())
            stop.request_stop();
    };
    return digestWeights(path, progress, stop.get_token());
}

} // namespace

qint64 LocalModelCard::bytes() const
{
    return entry.files.isEmpty() ? said.weightsBytes : sumOf(entry.files);
}

LocalModels::LocalModels(const QString &folder, LocalEngine *engine, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_engine(engine)
    , m_file(addedModelsFile(folder), settleMs)
    , m_added(readAddedModels(folder))
{
    m_pool.setMaxThreadCount(1);  // the disk is not faster for two
    for (const QString &problem : std::as_const(m_added.problems))
        logMessage(LogLevel::Warning, problem);
    connect(&m_file, &WatchedFile::changed, this, &LocalModels::reloadIfOther);
    connect(engine, &LocalEngine::workerStarted, this, &LocalModels::changed);
    connect(engine, &LocalEngine::modelsChanged, this, &LocalModels::changed);
}

LocalModels::~LocalModels()
{
    m_pool.clear();
    m_pool.waitForDone();
}

std::optional<LocalModelCard> LocalModels::card(const QString &id) const
{
    const QList<LocalModelCard> all = cards();
    const auto found = std::find_if(all.cbegin(), all.cend(), [&](const LocalModelCard &entry) { return entry.entry.id == id; });
    return found == all.cend() ? std::nullopt : std::optional(*found);
}

QList<LocalModelCard> LocalModels::cards() const
{
    const QList<LocalModel> described = m_engine->models();
    QList<LocalModelCard> list;
    for (const AddedModel &model : m_added.models) {
        LocalModelCard card{model, readLocalModel(model.said), false, stateOf(model), licenceName(model.path)};
        const auto now = std::find_if(described.cbegin(), described.cend(), [&](const LocalModel &said) { return said.basic.model == model.id; });
        if (now != described.cend()) {
            card.said = *now;
            card.isDescribed = true;
        }
        if (card.files == LocalModelCard::Files::Missing)
            card.said.basic.problem = tr("There is no %1 any more. Put it back, or remove the model.").arg(QDir::toNativeSeparators(model.path));
        list.append(card);
    }
    return list;
}

QList<ModelEntry> LocalModels::entries() const
{
    QList<ModelEntry> list;
    for (const LocalModelCard &card : cards())
        list.append(localModelEntry(card.entry, card.said));
    return list;
}

void LocalModels::reload()
{
    m_file.read(0);  // for the watch
    m_added = readAddedModels(m_folder);
    QList<LocalModelFile> files;
    for (const AddedModel &model : std::as_const(m_added.models))
        files.append({model.id, model.path});
    m_engine->setModels(files);
    Q_EMIT changed();
}

void LocalModels::reloadIfOther()
{
    if (readAddedModels(m_folder) != m_added)
        reload();
}

QString LocalModels::freeId(const QString &wanted) const
{
    const auto isUsed = [this](const QString &id) { return m_added.find(id) || m_adding.contains(id) || (isTaken && isTaken(id)); };
    QString id = wanted;
    for (int number = 2; isUsed(id); ++number)
        id = QStringLiteral("%1-%2").arg(wanted.left(60)).arg(number);
    return id;
}

Result<void> LocalModels::checkNew(const QString &path, const QString &id) const
{
    if (!m_added.isReadable)
        return fail(ErrorCode::InvalidInput, m_added.problems.value(0));
    if (const QString problem = modelIdProblem(id); !problem.isEmpty())
        return fail(ErrorCode::InvalidInput, problem + u'.');
    if (m_added.find(id) || m_adding.contains(id) || (isTaken && isTaken(id)))
        return fail(ErrorCode::InvalidInput, tr("There is a model “%1” already. Choose another id, or remove that one first.").arg(id));
    const QString real = QFileInfo(path).canonicalFilePath();
    for (const AddedModel &model : m_added.models) {
        if (!model.isFound() && QFileInfo(model.path).canonicalFilePath() == real && !real.isEmpty()) {
            return fail(ErrorCode::InvalidInput,
                        tr("%1 is there already, as “%2”.").arg(QDir::toNativeSeparators(path), model.id));
        }
    }
    const auto weights = findWeights(path);
    return weights ? Result<void>() : fail(weights.error());
}

QFuture<Result<QString>> LocalModels::add(const QString &given, const QString &id)
{
    auto work = std::make_shared<Work<QString>>();
    const auto future = work->promise.future();
    AddedModel model;
    model.path = QDir::cleanPath(QFileInfo(given).absoluteFilePath());
    // The index of a folder stands for the folder: file dialogs like to give that.
    if (QFileInfo(model.path).fileName() == QLatin1String("model_index.json"))
        model.path = QFileInfo(model.path).absolutePath();
    model.id = id.isEmpty() ? freeId(modelIdFor(model.path)) : id;
    if (const auto checked = checkNew(model.path, model.id); !checked) {
        work->finish(fail(checked.error()));
        return future;
    }
    m_adding.append(model.id);
    work->promise.setProgressRange(0, 0);
    onFinished(m_engine->addModel({model.id, model.path}), this, [this, work, model](const QFuture<Result<LocalModel>> &said) {
        onDescribed(work, model, said.resultCount() > 0 ? said.result() : fail(ErrorCode::Cancelled, tr("Cancelled.")));
    });
    return future;
}

void LocalModels::onDescribed(const std::shared_ptr<Work<QString>> &work, const AddedModel &model, const Result<LocalModel> &said)
{
    if (!said) {
        m_adding.removeAll(model.id);
        work->finish(fail(said.error()));
        return;
    }
    AddedModel described = model;
    described.said = jsonOf(*said);
    const auto digests = runOn(&m_pool, [work, path = model.path] { return digestFor(work, path); });
    onFinished(digests, this, [this, work, described](const QFuture<Result<QList<WeightsFile>>> &files) { onDigested(work, described, files.result()); });
}

void LocalModels::onDigested(const std::shared_ptr<Work<QString>> &work, AddedModel model, const Result<QList<WeightsFile>> &files)
{
    m_adding.removeAll(model.id);
    Result<void> written = files ? Result<void>() : fail(files.error());
    if (written && work->promise.isCanceled())
        written = fail(ErrorCode::Cancelled, tr("Cancelled."));
    if (written) {
        model.files = *files;
        model.addedAt = QDateTime::currentDateTimeUtc();
        written = changeAddedModels(m_folder, [&](QList<AddedModel> &models) -> Result<void> {
            const bool isThere = std::any_of(models.cbegin(), models.cend(), [&](const AddedModel &other) { return other.id == model.id; });
            if (isThere)
                return fail(ErrorCode::InvalidInput, tr("Another window has just added a model “%1”. Choose another id.").arg(model.id));
            models.append(model);
            return {};
        });
    }
    reload();  // takes it out of the worker again where it was not written
    if (written)
        work->finish(model.id);
    else
        work->finish(fail(written.error()));
}

QFuture<Result<FilesReport>> LocalModels::check(const QString &id)
{
    auto work = std::make_shared<Work<FilesReport>>();
    const auto future = work->promise.future();
    const AddedModel *model = m_added.find(id);
    if (!model) {
        work->finish(fail(ErrorCode::NotFound, tr("There is no model “%1” among those that you added. \"galley models\" lists them.").arg(id)));
        return future;
    }
    const auto digests = runOn(&m_pool, [work, path = model->path] { return digestFor(work, path); });
    onFinished(digests, this, [this, work, model = *model](const QFuture<Result<QList<WeightsFile>>> &read) {
        const auto files = read.result();
        if (!files)
            return work->finish(fail(files.error()));
        FilesReport report{model.id, *files, {}, !model.hasDigests()};
        if (!report.isFirst) {
            report.differences = weightsDifferences(model.files, *files);
            return work->finish(report);
        }
        const auto written = changeAddedModels(m_folder, [&](QList<AddedModel> &models) -> Result<void> {
            models.removeIf([&](const AddedModel &other) { return other.id == model.id; });
            AddedModel kept = model;
            kept.files = *files;
            kept.addedAt = QDateTime::currentDateTimeUtc();
            models.append(kept);
            return {};
        });
        reload();
        if (written)
            work->finish(report);
        else
            work->finish(fail(written.error()));
    });
    return future;
}

Result<void> LocalModels::remove(const QString &id)
{
    const AddedModel *model = m_added.find(id);
    if (!model)
        return fail(ErrorCode::NotFound, tr("There is no model “%1” among those that you added. \"galley models\" lists them.").arg(id));
    if (model->isFound() || QFileInfo(model->path).absolutePath() == QFileInfo(m_folder).absoluteFilePath()) {
        return fail(ErrorCode::InvalidInput,
                    tr("%1 lies in Galley's own folder for models, so it is always found. Move it elsewhere to be rid of it.")
                        .arg(QDir::toNativeSeparators(model->path)));
    }
    const auto written = changeAddedModels(m_folder, [&](QList<AddedModel> &models) -> Result<void> {
        models.removeIf([&](const AddedModel &other) { return other.id == id; });
        return {};
    });
    if (written)
        reload();
    return written;
}

Result<void> LocalModels::putBack(const AddedModel &model)
{
    const auto written = changeAddedModels(m_folder, [&](QList<AddedModel> &models) -> Result<void> {
        models.removeIf([&](const AddedModel &other) { return other.id == model.id; });
        models.append(model);
        return {};
    });
    if (written)
        reload();
    return written;
}

} // namespace Galley
