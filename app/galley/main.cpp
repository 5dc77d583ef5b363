#include "app/galley/commands/commandline.h"

#ifdef GALLEY_DESKTOP
#include "app/galley/application.h"
#endif

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

namespace {

#ifdef GALLEY_DESKTOP
bool hasDisplay(int argc, char **argv)
{
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        const char *value = std::getenv(name);
        if (value && *value)
            return true;
    }
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "-platform") == 0)
            return true;
    }
    return false;
}
#endif

} // namespace

int main(int argc, char **argv)
{
    if (Galley::isCommand(argc, argv))
        return Galley::runCommandLine(argc, argv);
#ifdef GALLEY_DESKTOP
    if (hasDisplay(argc, argv))
        return Galley::runDesktop(argc, argv);
    std::fputs("galley: There is no display for the window. Start Galley in a desktop session, or use a subcommand such as "
               "\"galley render\", which needs none (galley --help lists them).\n",
               stderr);
#else
    std::fputs("galley: This build has no window. Use a subcommand such as \"galley render\" (galley --help lists them).\n", stderr);
#endif
    return 1;
}
