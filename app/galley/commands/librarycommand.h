#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace Galley {

struct LibraryArguments
{
    std::string action;  ///< find, verify, repair, export, import
    std::string file;
    std::string project;
    std::vector<std::string> sources;
    bool json = false;

    // find
    std::string text;
    std::vector<std::string> models;
    std::vector<std::string> revisions;
    std::vector<std::string> templates;
    std::vector<std::string> rules;
    std::vector<std::string> tags;
    std::vector<std::string> marks;
    std::vector<std::string> picks;
    std::vector<std::string> scores;  ///< NAME, NAME>=0.5, NAME<=0.5
    std::string cohorts;              ///< N or N-M
    std::string from;
    std::string to;
    double leastCost = -1;
    double mostCost = -1;
    int rating = 0;
    bool bin = false;
    bool damaged = false;
    std::string sort = "created";
    bool ascending = false;
    int limit = 100;
};

CLI::App *addLibraryCommand(CLI::App &app, LibraryArguments &arguments);
/// The library from a script: find pictures, look after it, carry projects elsewhere and back.
int runLibrary(int argc, char **argv, const LibraryArguments &arguments);

} // namespace Galley
