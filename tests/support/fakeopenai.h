#pragma once

#include "core/base/json.h"
#include "tests/support/scriptedserver.h"

#include <QSize>
#include <QString>

#include <memory>

namespace Galley {

/// A server of one family of the OpenAI Images format on a ScriptedServer, below /v1. As strict as the real ones: OpenAI answers members that it does
/// not know with unknown_parameter, vLLM-Omni ignores them, Xinference wants "512*512", Together width and height. Pictures are fakePicture()s of
/// the asked size. Thread-safe; handlers run on the server's thread.
class FakeOpenAi
{
public:
    /// \a key empty: none is asked for.
    FakeOpenAi(ScriptedServer &server, const QString &dialect, const QByteArray &key = "sk-test");

    /// The next requests that would make a picture are answered by \a handler instead, one each, in order.
    void misbehave(ScriptedServer::Handler handler);
    /// From now on pictures come as links below /files of this server ("relative": without scheme and host).
    void answerWithLinks(bool relative);
    /// Members of the next answers besides data, such as usage.
    void setAnswerExtras(const Json &extras);

    int pictures() const;  ///< made so far
    /// What a request said, whatever its form: body, form or query.
    static Json fields(const ReceivedRequest &request);
    static QByteArray event(const QByteArray &name, const Json &data);  ///< as it stands on the wire
    /// The chunked header of an event stream, and one chunk.
    static QByteArray streamHead();
    static QByteArray chunk(const QByteArray &bytes);

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace Galley
