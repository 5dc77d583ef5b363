#pragma once

#include "core/engines/remote/custom/customspec.h"
#include "core/engines/remote/remoteengine.h"

namespace Galley {

/// Any service that makes a picture in one HTTP exchange: what is sent and where the picture is in the answer are data (CustomSpec). Features of
/// its models are what the placeholders in use can carry.
class CustomCall : public RemoteCall
{
    Q_OBJECT

public:
    using RemoteCall::RemoteCall;

protected:
    void start() override;
    Error readFailure(const HttpReply &reply) const override;

private:
    void order(const QString &path, const QByteArray &body);
    void readAnswer(Json answer);
    void finishWithValue(const Json &value);

    CustomSpec m_spec;
};

const ServiceKind &customKind();

} // namespace Galley
