#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace Galley {

struct RouteArguments
{
    std::string file;
    std::string row;
    std::vector<std::string> slotValues;
    std::string model;
    std::string intent;
    std::string fidelity = "final";
    std::string project;
    bool explain = false;
    bool json = false;
};

CLI::App *addRouteCommand(CLI::App &app, RouteArguments &arguments);
/// Prints which model would render a template, and why; asks the library how models do, but not the keychain, and no network unless the rules
/// come from an address. Returns the exit status.
int runRoute(int argc, char **argv, const RouteArguments &arguments);

} // namespace Galley
