#include "core/base/log.h"

#include <QDir>

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <mutex>

namespace Galley {

namespace {

/// spdlog's own default writes everything to standard output, which belongs to the answers of the command line.
void installQuietLogger()
{
    static std::once_flag once;
    std::call_once(once, [] {
        auto logger = std::make_shared<spdlog::logger>("galley", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        logger->set_level(spdlog::level::warn);
        spdlog::set_default_logger(logger);
    });
}

void fromQt(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    switch (type) {
    case QtDebugMsg: logMessage(LogLevel::Debug, message); return;
    case QtInfoMsg: logMessage(LogLevel::Info, message); return;
    case QtWarningMsg: logMessage(LogLevel::Warning, message); return;
    case QtCriticalMsg:
    case QtFatalMsg: logMessage(LogLevel::Error, message); return;
    }
}

} // namespace

void startLog(const QString &folder)
{
    installQuietLogger();
    QDir().mkpath(folder);
    auto console = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    console->set_level(spdlog::level::warn);
    std::vector<spdlog::sink_ptr> sinks{console};
    try {
        const std::string file = QDir(folder).filePath(QStringLiteral("galley.log")).toStdString();
        sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file, 5 * 1024 * 1024, 3));
    } catch (const spdlog::spdlog_ex &) {
        // A read-only home must not keep anybody from working: the console sink alone remains.
    }
    auto logger = std::make_shared<spdlog::logger>("galley", sinks.begin(), sinks.end());
    logger->set_level(spdlog::level::info);
    logger->flush_on(spdlog::level::warn);
    spdlog::set_default_logger(logger);
    qInstallMessageHandler(fromQt);
}

void logMessage(LogLevel level, const QString &message)
{
    installQuietLogger();
    const std::string text = message.toStdString();
    switch (level) {
    case LogLevel::Debug: spdlog::debug("{}", text); return;
    case LogLevel::Info: spdlog::info("{}", text); return;
    case LogLevel::Warning: spdlog::warn("{}", text); return;
    case LogLevel::Error: spdlog::error("{}", text); return;
    }
}

} // namespace Galley
