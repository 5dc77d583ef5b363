#pragma once

#include "core/engines/remote/remoteengine.h"

namespace Galley {

/// Black Forest Labs (https://api.bfl.ai, header x-key): POST /v1/{upstream}, poll the address that comes back, download. All options of a model
/// are members of the body, as they are (steps, guidance, safety_tolerance, output_format, prompt_upsampling …).
///
/// Sizes: a request's ratio ("16x9") becomes aspect_ratio "16:9" (kontext and ultra take nothing else), its size width and height. A start picture is
/// input_image; how much of it stays cannot be said. The remote id is the polling address, since every region knows only its own jobs; the key
/// follows it to https addresses of bfl.ai when the backend itself is there, and else to the backend's own origin alone.
class BflCall : public RemoteCall
{
    Q_OBJECT

public:
    using RemoteCall::RemoteCall;

    /// Whether the key of \a backend may go to \a url, which the service named or the library kept.
    static bool mayHaveKey(const QUrl &url, const BackendEntry &backend);

protected:
    void start() override;
    void lookUp() override;
    Error readFailure(const HttpReply &reply) const override;

private:
    QUrl pollingUrl(const QString &id) const;
    void readAccepted(const Json &answer);
    void poll(int round);
    void readResult(const Json &answer, int round);
    void finishWith(const Json &answer);
    void failJob(const QString &status, const Json &answer);
    void failStrangeAddress();

    QString unknownJob() const;

    QUrl m_polling;
    bool m_isDownloading = false;
    Json m_accepted = Json::object();
};

const ServiceKind &bflKind();

} // namespace Galley
