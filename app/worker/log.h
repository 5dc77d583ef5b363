#pragma once

#include <string>

namespace Galley {

/// Lines on standard error, one write each, so that threads do not mix. Any thread.
class Log
{
public:
    enum class Level { Error, Warning, Info, Debug };

    explicit Log(Level level = Level::Info);

    void error(const std::string &text) const { write(Level::Error, "error", text); }
    void warning(const std::string &text) const { write(Level::Warning, "warning", text); }
    void info(const std::string &text) const { write(Level::Info, "info", text); }
    void debug(const std::string &text) const { write(Level::Debug, "debug", text); }

    /// Text from outside made safe for one line: control characters replaced, at most \a limit bytes, cut between characters.
    static std::string oneLine(const std::string &text, std::size_t limit = 200);

private:
    void write(Level level, const char *name, const std::string &text) const;

    Level m_level;
};

} // namespace Galley
