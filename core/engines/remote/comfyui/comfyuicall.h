#pragma once

#include "core/engines/remote/comfyui/comfyevents.h"
#include "core/engines/remote/comfyui/comfygraph.h"
#include "core/engines/remote/remoteengine.h"

#include <QTimer>

namespace Galley {

class WebSocket;

/// ComfyUI (a server of one's own, http://127.0.0.1:8188): a node graph goes to POST /prompt, a WebSocket that was opened before tells how it goes,
/// /history names the files, /view gives them. Options of a model, or of the backend for all its models:
///   workflow  the graph in API format, or the path of a JSON file with it (relative to models.yaml); without one the smallest Stable Diffusion graph,
///             which loads the checkpoint `upstream`
///   inputs    where things go: {prompt: "6.text", negative: "7.text", seed: "3.seed", width: ["5.width", "11.width"]}; the names are those of
///             comfyInputNames()
///   output    the node whose pictures are the result; without it every node that saves some
///   set       further inputs with fixed values: {"3.sampler_name": "dpmpp_2m"}
///
/// product.md's `comfy-graph` is no value of Dialect: what is compiled for ComfyUI is `prose`, and the graph that it is put into belongs to the backend.
///
/// The WebSocket is a convenience: without it, or when it is lost, /history and /queue are asked instead. A prompt that is in neither is lost.
/// A key goes along as Bearer, or as X-API-Key to comfy.org.
class ComfyUICall : public RemoteCall
{
    Q_OBJECT

public:
    using RemoteCall::RemoteCall;

protected:
    void start() override;
    void lookUp() override;
    void cancelRemote() override;
    Error readFailure(const HttpReply &reply) const override;

private:
    enum class Stage { Preparing, Submitted, Pending, Running, Collecting };

    void read(const HttpReply &reply, std::function<void(Json)> next);
    void watchPoll();
    void prepare();
    void openSocket();
    void socketLost();
    void upload();
    void uploadPicture(const ReferencePicture &picture);
    void submit();
    void readAccepted(const Json &answer);
    void readText(const QString &text);
    void handle(const ComfyEvent &event);
    void readFrame(const QByteArray &bytes);
    void readOutput(const ComfyEvent &event);
    void showProgress(int value, int max);
    void setStage(Stage stage);
    void failRender(const ComfyEvent &event);
    void askHistory();
    void askQueue();
    void readNowhere();
    void collect(const ComfyHistory &history);
    void collectFiles(const QList<ComfyFile> &files);
    int pollMs() const;
    HttpRequest authorized(HttpRequest http) const;

    WebSocket *m_socket = nullptr;
    QTimer m_poll;
    ComfyWorkflow m_workflow;
    ComfyUploads m_uploads;
    QStringList m_socketOutputs;
    QList<QByteArray> m_sentPictures;  ///< of SaveImageWebsocket nodes
    qint64 m_sentBytes = 0;
    QList<ComfyFile> m_executed;       ///< what `executed` messages named, in case the history is cleared
    QString m_clientId;
    QString m_promptId;
    QString m_node;                    ///< being executed
    Stage m_stage = Stage::Preparing;
    int m_seed = 0;
    int m_step = 0;
    int m_nextUpload = 0;
    int m_reconnects = 0;
    int m_nowhere = 0;                 ///< rounds in a row without a trace of the prompt
    bool m_accepted = false;
    bool m_asking = false;
    bool m_finished = false;           ///< the server said so; the history has not been read yet
};

const ServiceKind &comfyuiKind();

} // namespace Galley
