#pragma once

#include "core/engines/remote/remoteengine.h"

#include <QTimer>

namespace Galley {

struct A1111Body;

/// AUTOMATIC1111's web UI, Forge and the sdapi of stable-diffusion.cpp's sd-server (servers of one's own, http://127.0.0.1:7860, started with --api):
/// one POST to /sdapi/v1/txt2img or img2img that answers when the picture is done. Options of a model are members of the body, as they are
/// (sampler_name, scheduler, enable_hr, override_settings …); what the request says comes before them. `upstream` is the checkpoint.
///
/// The server does one request after the other, and a later one hangs until its turn: progress, asked for on a second connection, tells that it
/// is alive, so that the wait itself has no short deadline. A cancelled request is interrupted when it is the one that runs; one that waits cannot
/// be taken back and runs unseen. The key, where the server asks for one (--api-auth), is "user:password".
class A1111Call : public RemoteCall
{
    Q_OBJECT

public:
    using RemoteCall::RemoteCall;

protected:
    void start() override;
    void cancelRemote() override;
    Error readFailure(const HttpReply &reply) const override;

private:
    /// Which progress route the server has: both are tried.
    enum class Progress { OfTask, OfServer, None };

    void submit(const A1111Body &body);
    void askWhetherStopped(const Json &answer);
    void readAnswer(const Json &answer);
    bool readInfo(const Json &info, qsizetype &first);
    void askProgress();
    void readProgress(const Result<HttpReply> &reply);
    void readTaskProgress(const Json &json);
    void readServerProgress(const Json &json);
    void setRunning();
    void missProgress();
    HttpRequest authorized(HttpRequest http) const;
    HttpRequest progressRequest(Progress route, bool withPicture) const;
    void failSilent();

    QString m_task;
    QTimer m_poll;
    Progress m_progress = Progress::OfTask;
    qint64 m_previewId = -1;
    int m_missed = 0;  ///< progress questions in a row without an answer
    bool m_submitted = false;
    bool m_running = false;
    bool m_interrupted = false;  ///< the server says so of this task
};

const ServiceKind &a1111Kind();

} // namespace Galley
