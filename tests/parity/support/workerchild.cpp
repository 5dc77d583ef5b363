#include "tests/parity/support/workerchild.h"

#include "testpaths.h"
#include "tests/parity/support/files.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace Galley {

namespace {

constexpr int silenceMs = 120'000;

std::string littleEndian32(std::size_t value)
{
    std::string bytes;
    for (int i = 0; i < 4; ++i)
        bytes += static_cast<char>(value >> (8 * i));
    return bytes;
}

std::vector<char *> pointers(std::vector<std::string> &texts)
{
    std::vector<char *> result;
    for (std::string &text : texts)
        result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

} // namespace

WorkerChild::WorkerChild(std::vector<std::string> arguments, std::vector<std::string> environment)
    : m_reader(-1)
{
    std::signal(SIGPIPE, SIG_IGN);
    int input[2];
    int output[2];
    std::string logName = (std::filesystem::temp_directory_path() / "galley-worker-log-XXXXXX").string();
    const int log = ::mkstemp(logName.data());
    if (log < 0 || ::pipe2(input, O_CLOEXEC) != 0 || ::pipe2(output, O_CLOEXEC) != 0)
        throw std::runtime_error("no pipes");
    m_logFile = logName;
    arguments.insert(arguments.begin(), std::string(GALLEY_BIN_DIR) + "/galley-worker");
    for (char **variable = environ; *variable; ++variable)
        environment.emplace_back(*variable);
    auto argumentPointers = pointers(arguments);
    auto environmentPointers = pointers(environment);
    m_pid = ::fork();
    if (m_pid == 0) {
        ::dup2(input[0], STDIN_FILENO);
        ::dup2(output[1], STDOUT_FILENO);
        ::dup2(log, STDERR_FILENO);
        ::execve(argumentPointers[0], argumentPointers.data(), environmentPointers.data());
        ::_exit(127);
    }
    ::close(input[0]);
    ::close(output[1]);
    ::close(log);
    m_input = input[1];
    m_output = output[0];
    m_reader = FrameReader(m_output);
}

WorkerChild::~WorkerChild()
{
    closeInput();
    if (m_pid > 0) {
        ::kill(m_pid, SIGKILL);
        wait();
    }
    ::close(m_output);
    std::error_code ignored;
    std::filesystem::remove(m_logFile, ignored);
}

void WorkerChild::send(const Json &message, const std::string &attachment)
{
    const std::string text = message.dump();
    sendBytes(littleEndian32(text.size()) + littleEndian32(attachment.size()) + text + attachment);
}

void WorkerChild::sendBytes(const std::string &bytes)
{
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t count = ::write(m_input, bytes.data() + done, bytes.size() - done);
        if (count <= 0)
            return;  // it has ended; the test sees that by its status
        done += static_cast<std::size_t>(count);
    }
}

void WorkerChild::closeInput()
{
    if (m_input >= 0)
        ::close(m_input);
    m_input = -1;
}

Frame WorkerChild::receive()
{
    pollfd waiting{m_output, POLLIN, 0};
    if (::poll(&waiting, 1, silenceMs) != 1)
        throw std::runtime_error("the worker was silent; its log: " + log());
    Frame frame;
    const auto status = m_reader.read(frame);
    if (status == FrameReader::Status::Bad)
        throw std::runtime_error("the worker sent a bad frame: " + m_reader.problem());
    if (status == FrameReader::Status::End)
        frame.message = Json();
    return frame;
}

Frame WorkerChild::receiveAnswer()
{
    for (;;) {
        Frame frame = receive();
        if (frame.message.is_null() || (frame.message["type"] != "progress" && frame.message["type"] != "preview"))
            return frame;
    }
}

int WorkerChild::wait()
{
    int status = 0;
    if (m_pid <= 0 || ::waitpid(m_pid, &status, 0) != m_pid)
        return -1000;
    m_pid = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

void WorkerChild::signal(int number)
{
    ::kill(m_pid, number);
}

std::string WorkerChild::log() const
{
    return readFile(m_logFile);
}

} // namespace Galley
