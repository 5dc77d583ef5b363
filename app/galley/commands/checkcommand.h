#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace Galley {

struct CheckArguments
{
    std::vector<std::string> files;
    std::string templateFile;  ///< for CSV files
    bool json = false;
};

CLI::App *addCheckCommand(CLI::App &app, CheckArguments &arguments);
/// Prints one line per finding; 0 when no error was found, 1 when there was one, 2 when a file cannot be checked at all.
int runCheck(int argc, char **argv, const CheckArguments &arguments);

} // namespace Galley
