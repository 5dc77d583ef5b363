#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <unistd.h>

/// What benchmarks without Qt need: timings with their count, the machine, and one JSON file of results.
namespace Galley::Bench {

using Json = nlohmann::ordered_json;

/// Milliseconds of one thing measured n times.
class Series
{
public:
    void add(double milliseconds) { m_values.push_back(milliseconds); }
    std::size_t count() const { return m_values.size(); }

    /// The value below which \a share of all values lie (nearest rank).
    double percentile(double share) const
    {
        if (m_values.empty())
            return 0;
        std::vector<double> sorted = m_values;
        std::sort(sorted.begin(), sorted.end());
        const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
        return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
    }

    double median() const { return percentile(0.5); }
    double p95() const { return percentile(0.95); }

    Json toJson() const
    {
        const auto rounded = [](double value) { return std::round(value * 1000) / 1000; };
        return Json{{"n", count()},
                    {"median_ms", rounded(median())},
                    {"p95_ms", rounded(p95())},
                    {"min_ms", rounded(percentile(0))},
                    {"max_ms", rounded(percentile(1))}};
    }

private:
    std::vector<double> m_values;
};

template<class Work>
double milliseconds(Work &&work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// \a work, \a count times after \a warm unmeasured ones.
template<class Work>
Series measure(int count, Work &&work, int warm = 3)
{
    Series series;
    for (int i = 0; i < warm; ++i)
        work();
    for (int i = 0; i < count; ++i)
        series.add(milliseconds(work));
    return series;
}

/// Processor, cores, memory, and the load at the time: a busy machine explains a slow figure.
inline Json machine()
{
    Json result;
    std::ifstream cpu("/proc/cpuinfo");
    for (std::string line; std::getline(cpu, line);) {
        if (line.starts_with("model name")) {
            result["processor"] = line.substr(line.find(':') + 2);
            break;
        }
    }
    result["cores"] = std::thread::hardware_concurrency();
    result["memory_mb"] = static_cast<long long>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE) / 1'000'000;
    double load = 0;
    std::ifstream("/proc/loadavg") >> load;
    result["load_at_start"] = load;
    return result;
}

/// Memory of a process in bytes, resident now or, as "VmHWM:", at its peak; 0 when it is gone.
inline long long residentBytes(const std::string &pid = "self", const std::string &key = "VmRSS:")
{
    std::ifstream status("/proc/" + pid + "/status");
    for (std::string word; status >> word;) {
        long long kibibytes = 0;
        if (word == key && status >> kibibytes)
            return kibibytes * 1024;
    }
    return 0;
}

inline bool write(const std::string &path, const Json &results)
{
    std::ofstream file(path, std::ios::trunc);
    file << results.dump(1) << '\n';
    return static_cast<bool>(file.flush());
}

} // namespace Galley::Bench
