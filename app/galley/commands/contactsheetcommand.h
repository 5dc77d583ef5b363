#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace Galley {

struct ContactSheetArguments
{
    std::vector<long long> ids;
    std::string search;
    std::string project;
    int rating = 0;  ///< 0: any
    std::string output;
    std::string title;
    std::string page = "a4";
    bool raw = false;
    bool json = false;
};

CLI::App *addContactSheetCommand(CLI::App &app, ContactSheetArguments &arguments);
/// Writes pictures of the library as a contact sheet, PDF or CSV by the ending of the name. Returns the exit status.
int runContactSheet(int argc, char **argv, const ContactSheetArguments &arguments);

} // namespace Galley
