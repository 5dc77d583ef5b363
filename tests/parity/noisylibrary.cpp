// Preloaded into the worker by tst_protocol: prints where a library might, before main() and at every turn.
#include <cstdio>
#include <unistd.h>

namespace {

[[gnu::constructor]] void shout()
{
    std::puts("noise through stdio");
    std::fflush(stdout);
    [[maybe_unused]] const auto written = ::write(STDOUT_FILENO, "noise through write\n", 20);
}

} // namespace
