#include "tests/soak/samples.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace soak {

namespace {

/// Of sorted values; 0 where there are none.
double part_of(const std::vector<double>& sorted, double part) {
    if (sorted.empty()) return 0;
    const auto last = static_cast<double>(sorted.size() - 1);
    return sorted[static_cast<std::size_t>(part * last)];
}

double megabytes(long kilobytes) {
    return static_cast<double>(kilobytes) / 1024;
}

}  // namespace

Samples::Samples(const std::filesystem::path& file) : file_(file) {
    file_ << "second,given,done,backlog,latency_p50_ms,latency_p95_ms,latency_max_ms,rss_mb,hwm_mb,"
             "threads,files,sockets,processor_ms,journal_mb,crm_mb";
    for (const char* name : trouble_names) file_ << ',' << name;
    file_ << std::endl;
}

void Samples::add(const Sample& sample, const Faults& faults) {
    const Vitals& agent = sample.agent;
    file_ << fmt::format(
        "{:.1f},{},{},{},{:.0f},{:.0f},{:.0f},{:.1f},{:.1f},{},{},{},{},{:.2f},{:.2f}",
        sample.second,
        sample.given,
        sample.done,
        sample.given - std::min(sample.given, sample.done),
        part_of(sample.latencies, 0.5),
        part_of(sample.latencies, 0.95),
        part_of(sample.latencies, 1),
        megabytes(agent.resident_kb),
        megabytes(agent.peak_kb),
        agent.threads,
        agent.files,
        agent.sockets,
        agent.processor_ms,
        static_cast<double>(sample.journal_bytes) / 1048576,
        static_cast<double>(sample.crm_bytes) / 1048576
    );
    for (std::size_t i = 0; i < std::size(trouble_names); ++i)
        file_ << ',' << faults.count(static_cast<Trouble>(i));
    file_ << std::endl;
    kept_.push_back({sample.second, megabytes(agent.resident_kb), agent.sockets});
    latencies_.insert(latencies_.end(), sample.latencies.begin(), sample.latencies.end());
}

double Samples::growth(double from, double to) const {
    double count = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (const Kept& each : kept_) {
        if (each.second < from || each.second > to) continue;
        const double hours = each.second / 3600;
        ++count;
        x += hours;
        y += each.resident_mb;
        xx += hours * hours;
        xy += hours * each.resident_mb;
    }
    const double spread = count * xx - x * x;
    return spread > 0 ? (count * xy - x * y) / spread : 0;
}

double Samples::most_resident_mb() const {
    double most = 0;
    for (const Kept& each : kept_) most = std::max(most, each.resident_mb);
    return most;
}

int Samples::most_sockets() const {
    int most = 0;
    for (const Kept& each : kept_) most = std::max(most, each.sockets);
    return most;
}

double Samples::latency(double part) const {
    std::vector<double> sorted = latencies_;
    std::ranges::sort(sorted);
    return part_of(sorted, part);
}

}  // namespace soak
