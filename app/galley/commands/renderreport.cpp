#include "app/galley/commands/renderreport.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>

#include <cmath>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::RenderReport", text);
}

} // namespace

void RenderReport::fail(const RenderTarget &target, const Error &error)
{
    m_lastError = error;
    const QString prefix = target.row.number > 0 ? tr("Row %1: ").arg(target.row.number) : QString();
    m_output.say(error.message.startsWith(prefix) ? error.message : prefix + error.message);
    Json entry{{"row", target.row.number}, {"code", errorCodeName(error.code).toStdString()}, {"message", error.message.toStdString()}};
    if (error.failure != FailureClass::None)
        entry["failure"] = failureClassName(error.failure).toStdString();
    m_failed.push_back(entry);
}

void RenderReport::cancel(const QString &sentence)
{
    m_cancelled = true;
    m_output.say(sentence);
}

int RenderReport::status() const
{
    if (m_cancelled)
        return exitStatus(ErrorCode::Cancelled);
    if (m_failed.empty())
        return 0;
    return m_targets == 1 ? exitStatus(m_lastError->code) : 1;
}

Json RenderReport::json() const
{
    Json report{{"ok", status() == 0}, {"outputs", m_outputs}, {"failed", m_failed}};
    if (m_cancelled)
        report["error"] = Output::errorObject({ErrorCode::Cancelled, tr("Cancelled.")});
    else if (m_lastError)
        report["error"] = Output::errorObject(*m_lastError);
    return report;
}

double roundedMs(double value)
{
    return std::round(value * 1000) / 1000;
}

double millisecondsOf(const QElapsedTimer &clock)
{
    return double(clock.nsecsElapsed()) / 1e6;
}

Json textOrNull(const QString &value)
{
    return value.isEmpty() ? Json(nullptr) : Json(value.toStdString());
}

Result<void> ensureFolder(const QString &folder)
{
    if (QDir().mkpath(folder))
        return {};
    return Galley::fail(ErrorCode::Io, tr("The folder %1 cannot be made. Choose another place.").arg(folder));
}

} // namespace Galley
