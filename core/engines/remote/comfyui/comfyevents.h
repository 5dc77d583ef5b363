#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Galley {

/// One text message of ComfyUI's WebSocket.
struct ComfyEvent
{
    enum class Kind { Other, Status, Started, Executing, Progress, Executed, Succeeded, Finished, Failed, Interrupted };

    Kind kind = Kind::Other;
    QString promptId;
    QString node;
    int value = 0;         ///< Progress: done …
    int max = 0;           ///< … of so many; Status: unused
    Json output;           ///< Executed: what the node left
    QString words;         ///< Failed: "KSampler (node 3): CUDA out of memory"
    QString type;          ///< Failed: the exception's type
};

/// One binary message: a preview, or the picture of a SaveImageWebsocket node.
struct ComfyFrame
{
    int event = 0;       ///< 1 picture, 3 text, 4 picture with its origin
    QString promptId;    ///< event 4 only
    QString node;        ///< events 3 and 4
    QByteArray picture;  ///< JPEG, PNG; empty for text
};

/// A picture that a node saved, as /view takes it.
struct ComfyFile
{
    QString name;
    QString folder;
    QString type;

    bool operator==(const ComfyFile &) const = default;
};

/// What /history says of one prompt.
struct ComfyHistory
{
    bool failed = false;
    ComfyEvent failure;      ///< of kind Failed or Interrupted
    QList<ComfyFile> files;  ///< the saved ones, or the temporary ones when none was saved
    QString weights;         ///< what the graph that ran loads
    std::optional<qint64> seed;  ///< what it sampled with
    double serviceMs = -1;   ///< from start to end by the server's clock; -1: it does not say
    Json entry;              ///< the whole of it
};

/// Where /queue has a prompt.
enum class ComfyPlace { Nowhere, Pending, Running };

// All of these take what a server sent and never fail: what cannot be read is Other, nothing, nowhere. Any thread.

ComfyEvent readComfyEvent(const QByteArray &text);
std::optional<ComfyFrame> readComfyFrame(const QByteArray &bytes);
/// Nothing while the prompt is not finished. \a outputNode: whose pictures count; empty: all nodes'.
std::optional<ComfyHistory> readComfyHistory(const Json &answer, const QString &promptId, const QString &outputNode);
QList<ComfyFile> readComfyFiles(const Json &output);
ComfyPlace findInQueue(const Json &queue, const QString &promptId);
/// The words of node_errors: "node 4 (CheckpointLoaderSimple): Value not in list – ckpt_name: 'x' not in […]".
QString nodeErrorWords(const Json &nodeErrors);
/// \a json with null for NaN and Infinity outside of strings.
QByteArray withoutNotNumbers(const QByteArray &json);

} // namespace Galley
