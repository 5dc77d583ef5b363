#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <stop_token>

namespace Galley {

/// The weights that somebody pointed Galley at. They stay where they are; what is kept is where that is and what they were, in
/// `added.json` of the models folder ($XDG_DATA_HOME/galley/models). Whatever lies in that folder itself is found without being written down.
/// Everything read here is hostile until checked.

/// One file of weights as it was when it was added.
struct WeightsFile
{
    QString name;         ///< below the model's folder: "unet/diffusion_pytorch_model.safetensors"; of a single file its own name
    qint64 bytes = 0;
    qint64 modifiedMs = 0;  ///< since 1970: a look without reading the file
    QString sha256;       ///< lower-case hex; empty: not computed

    bool operator==(const WeightsFile &) const = default;
};

struct AddedModel
{
    QString id;      ///< what rules and commands call it: [a-z0-9][a-z0-9._-]*, at most 64 characters
    QString path;    ///< absolute: a folder as diffusers writes it, or one .safetensors file
    QList<WeightsFile> files = {};
    QDateTime addedAt = {};      ///< UTC; invalid: found in the models folder
    Json said = Json::object();  ///< what the worker said of it when it was added, as it came

    bool isFound() const { return !addedAt.isValid(); }
    bool hasDigests() const;

    bool operator==(const AddedModel &) const = default;
};

/// What is in force: those that were added, in that order, then those that were found, by name.
struct AddedModels
{
    QList<AddedModel> models;
    QStringList problems;  ///< sentences: entries that were left out and why
    bool isReadable = true;  ///< false: the file is there and cannot be understood; it is not written over then

    const AddedModel *find(const QString &id) const;
    bool operator==(const AddedModels &) const = default;
};

/// The file that is to be watched.
QString addedModelsFile(const QString &folder);

/// Reads \a folder; one that does not exist has no models. Never fails: what is wrong is a problem.
AddedModels readAddedModels(const QString &folder);

/// Reads, lets \a change have it and writes it durably, with other processes kept out meanwhile. Found models are not written.
Result<void> changeAddedModels(const QString &folder, const std::function<Result<void>(QList<AddedModel> &)> &change);

/// Whether \a id can be a model's, in a sentence that says how they look; empty when it can.
QString modelIdProblem(const QString &id);
/// An id out of the name of a file or folder: "SD Turbo (fp16).safetensors" → "sd-turbo-fp16".
QString modelIdFor(const QString &path);

/// The weights files of \a path, without their digests, in the order of their names. NotFound, InvalidInput with what was expected.
Result<QList<WeightsFile>> findWeights(const QString &path);

/// Reads every file of \a path and tells its SHA-256. \a progress is called with the bytes read so far and all of them, on the calling thread.
/// Cancelled soon after \a stop. Takes as long as the disk needs: for a thread of a pool.
Result<QList<WeightsFile>> digestWeights(const QString &path, const std::function<void(qint64 done, qint64 all)> &progress, std::stop_token stop);

/// Whether the files of \a model look as they did when it was added (names, sizes, times): no bytes are read.
bool looksUnchanged(const AddedModel &model);

/// What \a now has otherwise than \a then, by digest: "unet/….safetensors has changed", one sentence each. Empty: nothing.
QStringList weightsDifferences(const QList<WeightsFile> &then, const QList<WeightsFile> &now);

/// The text of a licence that lies in the folder (LICENSE*, at most 256 KB), else the line `license:` at the head of README.md, else empty.
QString licenceText(const QString &path);
/// In a few words for a list: the `license:` of README.md, else the first line of the licence's text; empty: not stated.
QString licenceName(const QString &path);

} // namespace Galley
