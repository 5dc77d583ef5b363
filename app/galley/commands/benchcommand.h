#pragma once

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace Galley {

struct BenchArguments
{
    // What is measured: one of these.
    std::string model;
    std::string route;  ///< a template
    std::string url;
    std::vector<std::string> compare;
    std::vector<std::string> sideBySide;

    std::string payload;
    std::string method;
    std::vector<std::string> headers;
    std::string key;
    std::string contentType;
    double timeoutSeconds = 120;

    std::string file;  ///< the template of --model and --side-by-side
    std::string rows;
    std::string fidelity = "final";
    std::string device;

    int requests = 100;
    int warmUp = 3;
    int concurrency = 1;
    double rate = 0;
    std::string arrivals = "poisson";
    double sloMs = 0;
    unsigned seed = 0;

    std::string baseline;
    std::string against;
    bool yes = false;
    std::optional<double> budgetUsd;

    bool json = false;
    std::string csv;
    std::string chart;
    std::string output;
};

CLI::App *addBenchCommand(CLI::App &app, BenchArguments &arguments);
/// Measures a model, a route or an address, compares runs, or renders side by side; returns the exit status.
int runBench(int argc, char **argv, const BenchArguments &arguments);

} // namespace Galley
