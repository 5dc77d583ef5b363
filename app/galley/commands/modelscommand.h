#pragma once

#include <string>

namespace CLI {
class App;
}

namespace Galley {

struct ModelsArguments
{
    std::string action = "list";
    std::string device;
    bool json = false;
};

CLI::App *addModelsCommand(CLI::App &app, ModelsArguments &arguments);
/// list: what can render here, as the worker tells it. verify: also digests of the files and one render by each model.
int runModels(int argc, char **argv, const ModelsArguments &arguments);

} // namespace Galley
