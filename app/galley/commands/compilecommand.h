#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace Galley {

struct CompileArguments
{
    std::string file;
    std::string dialect = "prose";
    std::string row;
    std::vector<std::string> slotValues;
    bool json = false;
};

CLI::App *addCompileCommand(CLI::App &app, CompileArguments &arguments);
/// Prints the prompt that one model family would be sent; returns the exit status.
int runCompile(const CompileArguments &arguments);

} // namespace Galley
