#include "app/galley/commands/output.h"

#include <cstdio>

namespace Galley {

namespace {

void write(FILE *stream, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stream);
    std::fflush(stream);
}

} // namespace

void Output::print(const QString &text) const
{
    if (!m_json)
        write(stdout, text.toUtf8() + '\n');
}

void Output::printJson(const Json &json) const
{
    if (m_json)
        write(stdout, dumpJson(json, 1) + '\n');
}

void Output::say(const QString &sentence) const
{
    write(stderr, "galley: " + sentence.toUtf8() + '\n');
}

int Output::fail(const Error &error) const
{
    say(error.message);
    printJson(Json{{"ok", false}, {"error", errorObject(error)}});
    return exitStatus(error.code);
}

Json Output::errorObject(const Error &error)
{
    return Json{{"code", errorCodeName(error.code).toStdString()},
                {"message", error.message.toStdString()},
                {"detail", error.detail.toStdString()}};
}

} // namespace Galley
