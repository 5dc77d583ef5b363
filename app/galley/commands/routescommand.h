#pragma once

#include <cstdint>
#include <string>

namespace CLI {
class App;
}

namespace Galley {

struct RoutesArguments
{
    std::string action;        ///< show, apply, history, rollback, canary, dryrun
    std::string file;
    std::string note;
    std::int64_t revision = 0;
    std::string canaryAction = "list";
    std::string rule;
    bool json = false;
};

CLI::App *addRoutesCommand(CLI::App &app, RoutesArguments &arguments);
/// The rules in force: what they say, their history, their canaries; puts others in force and takes them back. Other windows follow by themselves.
int runRoutes(int argc, char **argv, const RoutesArguments &arguments);

} // namespace Galley
