#pragma once

#include <string>

namespace CLI {
class App;
}

namespace Galley {

struct ModelsArguments
{
    std::string action = "list";
    std::string subject;  ///< of add: a path; of verify and remove: an id
    std::string id;       ///< of add
    std::string device;
    bool json = false;
};

CLI::App *addModelsCommand(CLI::App &app, ModelsArguments &arguments);
/// list: what can render here, as the worker tells it. add, remove: the user's own models. verify: digests of the files, compared with those that were
/// kept, and one render by each model.
int runModels(int argc, char **argv, const ModelsArguments &arguments);

} // namespace Galley
