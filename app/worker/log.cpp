#include "app/worker/log.h"

#include <unistd.h>

namespace Galley {

Log::Log(Level level)
    : m_level(level)
{
}

void Log::write(Level level, const char *name, const std::string &text) const
{
    if (level > m_level)
        return;
    const std::string line = std::string("galley-worker: ") + name + ": " + oneLine(text, 4000) + '\n';
    // Nothing is left to be told when standard error is gone.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

std::string Log::oneLine(const std::string &text, std::size_t limit)
{
    std::string line = text.substr(0, limit);
    if (text.size() > limit) {
        while (!line.empty() && (line.back() & 0xC0) == 0x80)
            line.pop_back();
        if (!line.empty() && (line.back() & 0x80) != 0)
            line.pop_back();
        line += "…";
    }
    for (char &c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            c = ' ';
    return line;
}

} // namespace Galley
