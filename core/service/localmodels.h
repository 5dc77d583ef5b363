#pragma once

#include "core/engines/local/addedmodels.h"
#include "core/engines/local/localmodel.h"
#include "core/render/modelentry.h"
#include "core/service/watchedfile.h"

#include <QFuture>
#include <QObject>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace Galley {

class LocalEngine;
struct LocalModelFile;
struct ModelCatalogue;

/// One model of the user's on this machine, as lists show it.
struct LocalModelCard
{
    enum class Files {
        NotKept,    ///< no digests yet: "Check files" keeps them
        Unchanged,  ///< size and time of every file are as they were
        Changed,    ///< they are not: the picture would be another one than before
        Missing     ///< the path is gone
    };

    AddedModel entry;
    LocalModel said;         ///< what the worker says now; before it has answered, what it said when the model was added
    bool isDescribed = false;  ///< the worker has said it in this session
    Files files = Files::NotKept;
    QString licence;         ///< in a few words; empty: not stated

    QString problem() const { return said.basic.problem; }
    qint64 bytes() const;    ///< of its weights files
    bool operator==(const LocalModelCard &) const = default;
};

/// What a look at every byte of a model's files has found.
struct FilesReport
{
    QString id;
    QList<WeightsFile> files;
    QStringList differences;   ///< one sentence each; empty: all as they were
    bool isFirst = false;      ///< there were no digests to compare with; these are kept from now on

    bool isUnchanged() const { return differences.isEmpty(); }
};

/// The models that somebody has added, and those that lie in the models folder: adds them (the worker recognises the family, the files are read once for
/// their digests), checks, forgets them, and hears of what other windows do (the list is watched). Files are never copied, moved or deleted. Tells the
/// engine of every change. Lives on one thread with an event loop; futures finish there. Progress is counted in MB; cancelling a future stops it soon
/// and leaves everything as it was.
class LocalModels : public QObject
{
    Q_OBJECT

public:
    /// \a folder: $XDG_DATA_HOME/galley/models. \a engine, which was started with the models of localModelFiles(\a folder), outlives it.
    LocalModels(const QString &folder, LocalEngine *engine, QObject *parent = nullptr);
    ~LocalModels() override;

    QList<LocalModelCard> cards() const;
    std::optional<LocalModelCard> card(const QString &id) const;
    /// What is wrong with the list itself, in sentences.
    QStringList problems() const { return m_added.problems; }
    QString folder() const { return m_folder; }

    /// Whether an id is some other model's already: asked before anything is added. Unset: none is.
    std::function<bool(const QString &id)> isTaken;

    /// Adds the folder or file at \a path under \a id; empty: one out of its name. The future has the id.
    QFuture<Result<QString>> add(const QString &path, const QString &id = {});
    /// Reads every file again and compares. Digests that are not there yet are kept.
    QFuture<Result<FilesReport>> check(const QString &id);
    /// Forgets a model; its files stay. What lies in the models folder cannot be forgotten.
    Result<void> remove(const QString &id);
    /// Takes remove() back.
    Result<void> putBack(const AddedModel &model);

    /// Entries for the catalogue of models, so that rules, sheets and commands know them like any other.
    QList<ModelEntry> entries() const;

Q_SIGNALS:
    void changed();

private:
    template<typename T>
    struct Work;

    void reload();
    void reloadIfOther();
    void onDescribed(const std::shared_ptr<Work<QString>> &work, const AddedModel &model, const Result<LocalModel> &said);
    void onDigested(const std::shared_ptr<Work<QString>> &work, AddedModel model, const Result<QList<WeightsFile>> &files);
    QString freeId(const QString &wanted) const;
    Result<void> checkNew(const QString &path, const QString &id) const;

    QString m_folder;
    LocalEngine *m_engine;
    WatchedFile m_file;
    AddedModels m_added;
    QThreadPool m_pool;
    QStringList m_adding;  ///< ids that are being added
};

/// What the worker is started with for the models of \a folder.
QList<LocalModelFile> localModelFiles(const QString &folder);

/// One local model as the catalogue of models lists it.
ModelEntry localModelEntry(const AddedModel &model, const LocalModel &said);
/// The same for all of \a folder, by what was said when they were added: without a worker.
QList<ModelEntry> localModelEntries(const QString &folder);
/// Adds \a entries to \a catalogue; what models.yaml calls by the same id stays.
void mergeLocalModels(ModelCatalogue &catalogue, const QList<ModelEntry> &entries);

} // namespace Galley
