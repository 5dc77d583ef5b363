#include "tests/app/run.h"

#include "testpaths.h"

#include <QProcess>

namespace Galley {

Json Run::json() const
{
    const auto parsed = parseJson(out, QStringLiteral("output"));
    return parsed ? *parsed : Json(nullptr);
}

QProcessEnvironment plainEnvironment(const QString &home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR", "LANG", "LC_ALL"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("GALLEY_HOME"), home);
    environment.insert(QStringLiteral("GALLEY_RESOURCES"), QStringLiteral(GALLEY_SOURCE_DIR "/resources"));
    return environment;
}

Run runGalley(const QStringList &arguments, const QProcessEnvironment &environment, const QString &folder)
{
    constexpr int timeoutMs = 240000;
    QProcess process;
    process.setProcessEnvironment(environment);
    if (!folder.isEmpty())
        process.setWorkingDirectory(folder);
    process.start(QStringLiteral(GALLEY_BIN_DIR "/galley"), arguments);
    if (!process.waitForFinished(timeoutMs)) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardOutput(), process.readAllStandardError()};
    }
    const int status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return {status, process.readAllStandardOutput(), process.readAllStandardError()};
}

QByteArray text(const Json &json)
{
    return dumpJson(json);
}

QStringList words(const char *line)
{
    return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace Galley
