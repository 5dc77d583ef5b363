#pragma once

#include "core/engines/local/frames.h"
#include "core/engines/local/localmodel.h"
#include "core/engines/local/workerlog.h"
#include "core/render/renderengine.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

namespace Galley {

struct LocalEngineOptions;

/// One run of galley-worker: starts it, waits for its hello, carries frames, ends it. Emits failed() exactly once and is of no use after
/// that. Lives on the thread that made it. Destroying it ends the child.
class WorkerProcess : public QObject
{
    Q_OBJECT

public:
    explicit WorkerProcess(const LocalEngineOptions &options, QObject *parent = nullptr);
    ~WorkerProcess() override;

    void start();
    bool isReady() const { return m_ready; }
    qint64 processId() const { return m_process.processId(); }

    /// Fails only when the frame is larger than the protocol allows; a dead worker is told by failed().
    Result<void> send(const WorkerFrame &frame);

    /// Kills the child and deletes this object when it has gone: no waiting, no signals.
    void discard();

    /// Kills the child and emits failed() with \a error.
    void giveUp(const Error &error);

Q_SIGNALS:
    void ready(const Galley::EngineCapabilities &capabilities, const QList<Galley::LocalModel> &models);
    void frame(const Galley::WorkerFrame &frame);
    void line(const QString &text);
    /// \a fatal: another start cannot help (the binary is missing, another protocol).
    void failed(const Galley::Error &error, bool fatal);

private:
    void readFrames();
    void readLog();
    void onFinished(int exitCode, QProcess::ExitStatus status);
    void onError(QProcess::ProcessError error);
    void fail(const Error &error, bool fatal);
    void handle(const WorkerFrame &received);

    QProcess m_process;
    FrameReader m_reader;
    WorkerLog m_log;
    QTimer m_startTimer;
    QString m_binary;
    QStringList m_arguments;
    bool m_ready = false;
    bool m_failed = false;
};

} // namespace Galley
