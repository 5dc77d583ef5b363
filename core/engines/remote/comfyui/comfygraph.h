#pragma once

#include "core/render/modelentry.h"
#include "core/render/renderengine.h"

#include <QMap>
#include <QStringList>

namespace Galley {

/// Where one value goes in a graph: the input \c input of the node \c node.
struct ComfyInput
{
    QString node;
    QString input;

    bool operator==(const ComfyInput &) const = default;
};

/// A node graph in ComfyUI's API format and what of it Galley may set. A plain value.
struct ComfyWorkflow
{
    Json graph = Json::object();
    QMap<QString, QList<ComfyInput>> inputs;  ///< Galley's name ("prompt", "seed" …) → where it goes
    QString outputNode;                       ///< whose pictures are the result; empty: every node that saves some
    bool builtIn = false;

    bool has(const QString &name) const { return inputs.contains(name); }
    bool operator==(const ComfyWorkflow &) const = default;
};

/// What ComfyUI called the pictures that were uploaded.
struct ComfyUploads
{
    QString start;
    QString mask;
};

/// The names that a workflow's `inputs` may hold: prompt negative seed steps width height guidance image mask strength count model.
QStringList comfyInputNames();

/// The workflow of the model's or else the backend's options (see ComfyUICall), read from its file where it is one, and checked: nodes with class and
/// inputs, every named input there. Without one the smallest Stable Diffusion graph, image-to-image with a start picture, with a mask when there is one.
/// Reads a file: any thread but the GUI's.
Result<ComfyWorkflow> loadWorkflow(const EngineRequest &request, const BackendEntry &backend);

/// Puts the request into \a workflow's graph. What the workflow has no input for is left as the graph has it and told in the sentences that come back;
/// a start picture or mask without an input is an error. \a seed: the request's, or one chosen for it.
Result<QStringList> fillWorkflow(ComfyWorkflow &workflow, const EngineRequest &request, const ComfyUploads &uploads, int seed);

/// The weights that \a graph loads ("v1-5.safetensors"), of its first loader; empty when it says none.
QString weightsOf(const Json &graph);
/// The seed that \a graph samples with; nothing when it says none.
std::optional<qint64> seedOf(const Json &graph);
/// The nodes of \a graph whose pictures come over the WebSocket instead of as files (SaveImageWebsocket).
QStringList socketOutputs(const Json &graph);

} // namespace Galley
