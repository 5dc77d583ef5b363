#pragma once

#include "tests/support/scriptedserver.h"

#include <memory>

namespace Galley {

/// An in-house service as teams write them, on a ScriptedServer: POST /api/v1/generate with {text, size: {w, h}, seed, steps, init} and the key in
/// X-Api-Key; GET /imagine?prompt=…&img_size=… as Ray Serve's sample has it; GET /health. Strict: a member that it does not know is a 422.
/// Pictures are fakePicture()s. Thread-safe; handlers run on the server's thread.
class FakeCustom
{
public:
    /// How POST /api/v1/generate brings the picture.
    enum class Form { Body, Base64, DataUrl, Link, RelativeLink, List };

    FakeCustom(ScriptedServer &server, Form form, const QByteArray &key = "house-key");

    /// The next answer of /api/v1/generate comes from \a handler instead.
    void misbehave(ScriptedServer::Handler handler);

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace Galley
