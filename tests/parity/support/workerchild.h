#pragma once

#include "app/worker/frames.h"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Galley {

/// The real galley-worker as a child over pipes. Killed with the object if it still runs.
class WorkerChild
{
public:
    explicit WorkerChild(std::vector<std::string> arguments, std::vector<std::string> environment = {});
    ~WorkerChild();
    WorkerChild(const WorkerChild &) = delete;
    WorkerChild &operator=(const WorkerChild &) = delete;

    void send(const Json &message, const std::string &attachment = {});
    void sendBytes(const std::string &bytes);
    void closeInput();

    /// The next frame; its message is null when the stream ended. Fails the test after a minute of silence.
    Frame receive();
    /// The next frame whose type is none of "progress" and "preview".
    Frame receiveAnswer();
    /// Waits for the end: the exit status, or minus the signal.
    int wait();
    void signal(int number);
    pid_t pid() const { return m_pid; }
    /// What it wrote to standard error so far; all of it after wait().
    std::string log() const;

private:
    pid_t m_pid = -1;
    int m_input = -1;
    int m_output = -1;
    std::filesystem::path m_logFile;
    FrameReader m_reader;
};

} // namespace Galley
