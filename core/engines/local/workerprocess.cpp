#include "core/engines/local/workerprocess.h"

#include "core/base/log.h"
#include "core/base/process.h"
#include "core/engines/local/answers.h"
#include "core/engines/local/localengine.h"

#include <QDir>

namespace Galley {

namespace {

constexpr int politeEndMs = 300;

} // namespace

WorkerProcess::WorkerProcess(const LocalEngineOptions &options, QObject *parent)
    : QObject(parent)
    , m_log(options.logFile)
    , m_binary(options.workerBinary)
    , m_arguments{QStringLiteral("--models"), options.modelsFolder, QStringLiteral("--device"), options.device}
{
    for (const LocalModelFile &model : options.models)
        m_arguments << QStringLiteral("--model") << model.id + QLatin1Char('=') + model.path;
    if (options.threads > 0)
        m_arguments << QStringLiteral("--threads") << QString::number(options.threads);
    if (options.memoryBytes > 0)
        m_arguments << QStringLiteral("--memory") << QString::number(options.memoryBytes);
    if (options.isBackground)
        m_arguments << QStringLiteral("--background");
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    // Ctrl-C on the terminal is for Galley, which decides what becomes of the work under way.
    m_process.setChildProcessModifier(&leaveTerminalGroup);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &WorkerProcess::readFrames);
    connect(&m_process, &QProcess::readyReadStandardError, this, &WorkerProcess::readLog);
    connect(&m_process, &QProcess::finished, this, &WorkerProcess::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, &WorkerProcess::onError);
    m_startTimer.setSingleShot(true);
    m_startTimer.setInterval(options.startTimeoutMs + int(options.models.size()) * options.describeTimeoutMs);
    connect(&m_startTimer, &QTimer::timeout, this, [this] {
        fail({ErrorCode::WorkerFailed, tr("The drawing worker did not get ready in %1 s.").arg(m_startTimer.interval() / 1000.0), {}}, false);
    });
}

WorkerProcess::~WorkerProcess()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel();
    if (!m_failed && m_process.waitForFinished(politeEndMs))
        return;
    m_process.kill();
    m_process.waitForFinished();
}

void WorkerProcess::start()
{
    m_startTimer.start();
    m_process.start(m_binary, m_arguments);
}

Result<void> WorkerProcess::send(const WorkerFrame &message)
{
    const auto bytes = writeFrame(message);
    if (!bytes)
        return Galley::fail(bytes.error());
    m_process.write(*bytes);
    return {};
}

void WorkerProcess::discard()
{
    m_process.disconnect(this);
    m_failed = true;
    if (m_process.state() == QProcess::NotRunning) {
        deleteLater();
        return;
    }
    connect(&m_process, &QProcess::finished, this, &QObject::deleteLater);
    m_process.kill();
}

void WorkerProcess::giveUp(const Error &error)
{
    fail(error, false);
}

void WorkerProcess::readFrames()
{
    m_reader.append(m_process.readAllStandardOutput());
    while (!m_failed) {
        const auto next = m_reader.next();
        if (!next) {
            fail(next.error(), false);
            return;
        }
        if (!*next)
            return;
        handle(**next);
    }
}

void WorkerProcess::handle(const WorkerFrame &received)
{
    if (m_ready) {
        Q_EMIT frame(received);
        return;
    }
    const auto capabilities = readHello(received);
    if (!capabilities) {
        fail(capabilities.error(), capabilities.error().code == ErrorCode::Unsupported);
        return;
    }
    m_startTimer.stop();
    m_ready = true;
    Q_EMIT ready(*capabilities, readHelloModels(received));
}

void WorkerProcess::readLog()
{
    const QStringList lines = m_log.append(m_process.readAllStandardError());
    for (const QString &text : lines)
        Q_EMIT line(text);
}

void WorkerProcess::onFinished(int exitCode, QProcess::ExitStatus status)
{
    readFrames();
    readLog();
    for (const QString &text : m_log.finish())
        Q_EMIT line(text);
    const QString how = status == QProcess::CrashExit ? tr("The drawing worker was ended from outside or crashed.")
                                                      : tr("The drawing worker ended by itself (status %1).").arg(exitCode);
    const QString last = m_log.lastLines().join(QLatin1Char('\n'));
    fail({ErrorCode::WorkerFailed, how, last}, false);
}

void WorkerProcess::onError(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart)
        return;  // a crash is followed by finished(); a broken pipe too
    fail({ErrorCode::Unavailable,
          tr("The drawing worker %1 cannot be started. Build the target galley-worker, or install Galley again.")
              .arg(QDir::toNativeSeparators(m_binary)),
          m_process.errorString()},
         true);
}

void WorkerProcess::fail(const Error &error, bool fatal)
{
    if (m_failed)
        return;
    m_failed = true;
    m_ready = false;
    m_startTimer.stop();
    m_process.kill();
    Q_EMIT failed(error, fatal);
}

} // namespace Galley
