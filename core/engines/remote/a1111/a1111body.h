#pragma once

#include "core/render/renderengine.h"

namespace Galley {

/// The path and JSON body of \a request for /sdapi: "sdapi/v1/txt2img", or img2img with a start picture.
struct A1111Body
{
    QString path;
    QByteArray json;
};

/// \a task: the id under which progress can be asked for. Encodes pictures: any thread but the GUI's. A mask without a start picture is an error.
Result<A1111Body> makeA1111Body(const EngineRequest &request, const QString &task);

} // namespace Galley
