// What the soak has shown.
#include <fmt/format.h>

#include "tests/soak/run.hpp"

namespace soak {

namespace {

constexpr std::chrono::seconds end_patience{60};
/// Seconds under load; before, growth is warming up.
constexpr double warm = 1800;

void append(Findings& findings, const Findings& more) {
    findings.insert(findings.end(), more.begin(), more.end());
}

}  // namespace

Findings Run::judge() {
    Findings findings = check_mailboxes(site_, letters_.mails());
    if (!agent_.is_alive()) findings.push_back("the agent has ended by itself");
    const std::string ending = agent_.end(end_patience);
    if (ending != "exit status 0") findings.push_back("the agent ended with " + ending);
    log_.read();
    append(findings, log_.unexplained());
    for (const std::string& mailbox : log_.unrecovered())
        findings.push_back(mailbox + " has not recovered, says the log");
    append(findings, check_crm(site_, letters_.mails()));
    append(findings, check_journal(site_));
    judge_resources(findings);
    report(findings);
    return findings;
}

void Run::judge_resources(Findings& findings) const {
    if (plan_.slope > 0 && loaded_ >= warm && growth() > plan_.slope)
        findings.push_back(fmt::format("its memory grows by {:.1f} MB an hour", growth()));
    if (plan_.resident > 0 && samples_.most_resident_mb() > plan_.resident)
        findings.push_back(fmt::format("it had {:.0f} MB", samples_.most_resident_mb()));
    if (samples_.most_sockets() > plan_.sockets)
        findings.push_back(fmt::format("it had {} sockets", samples_.most_sockets()));
    if (sockets_ > plan_.sockets_at_rest)
        findings.push_back(fmt::format("it has {} sockets at rest", sockets_));
}

void Run::report(const Findings& findings) const {
    fmt::print(
        "{} mails for {} mailboxes ({} to do) in {:.0f} s, the last done {:.0f} s after the last "
        "fault\nfaults:",
        letters_.mails().size(),
        site_.users().size(),
        letters_.given(),
        loaded_,
        drained_
    );
    for (const auto& [name, times] : faults_.by_name()) fmt::print(" {} {};", times, name);
    fmt::print("\nlog:");
    for (const auto& [event, times] : log_.events()) fmt::print(" {} {};", times, event);
    fmt::print(
        "\nlatency ms: p50 {:.0f}, p95 {:.0f}, p99 {:.0f}, most {:.0f}\n",
        samples_.latency(0.5),
        samples_.latency(0.95),
        samples_.latency(0.99),
        samples_.latency(1)
    );
    fmt::print(
        "memory: at most {:.1f} MB, {:+.2f} MB an hour over the last three quarters; sockets: at "
        "most {}, {} at rest\n{} findings\n",
        samples_.most_resident_mb(),
        growth(),
        samples_.most_sockets(),
        sockets_,
        findings.size()
    );
}

}  // namespace soak
