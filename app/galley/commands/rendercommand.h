#pragma once

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace Galley {

struct RenderArguments
{
    std::string file;
    std::string row;
    std::vector<std::string> slotValues;
    std::string model;
    std::string intent;
    std::string fidelity;
    std::string negative;
    std::optional<int> seed;
    std::optional<int> steps;
    std::string size;
    std::string output;
    std::string layers;
    std::string source = "auto";
    std::string device;
    std::optional<double> guidance;
    std::optional<int> count;
    std::string start;
    std::optional<double> strength;
    std::vector<std::string> redo;
    std::string mask;
    bool sendDraft = false;
    bool anew = false;
    bool mayShrink = false;
    bool raw = false;
    bool json = false;
    bool verbose = false;
};

CLI::App *addRenderCommand(CLI::App &app, RenderArguments &arguments);
/// Renders one variant, or all rows into a folder; returns the exit status.
int runRender(int argc, char **argv, const RenderArguments &arguments);

} // namespace Galley
