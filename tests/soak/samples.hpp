// What was measured, once a second: a line of samples.csv each, which plot.py reads, and what can
// be said of all of them in the end.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <vector>

#include "tests/soak/agent_run.hpp"
#include "tests/soak/faults.hpp"

namespace soak {

struct Sample {
    double second = 0;  ///< since the first mail
    std::size_t given = 0, done = 0;
    std::vector<double> latencies;  ///< ms, sorted
    Vitals agent;
    std::uintmax_t journal_bytes = 0, crm_bytes = 0;
};

class Samples {
public:
    explicit Samples(const std::filesystem::path& file);

    void add(const Sample& sample, const Faults& faults);

    /// MB an hour, by least squares over what lies between both seconds.
    double growth(double from, double to) const;
    double most_resident_mb() const;
    int most_sockets() const;
    /// Of all mails, ms.
    double latency(double part) const;

private:
    struct Kept {
        double second = 0, resident_mb = 0;
        int sockets = 0;
    };

    std::ofstream file_;
    std::vector<Kept> kept_;
    std::vector<double> latencies_;
};

}  // namespace soak
