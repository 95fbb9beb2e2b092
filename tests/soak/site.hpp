// The world around the agent: Exchange (the simulator, in this process, over TLS, with two back
// ends), an empty CRM, a configuration for all mailboxes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ews/simulator/simulator.hpp"
#include "tests/soak/plan.hpp"

namespace soak {

class Site {
public:
    explicit Site(const Plan& plan);

    ews::simulator::Simulator& exchange() { return exchange_; }
    const ews::simulator::Simulator& exchange() const { return exchange_; }
    const std::vector<std::string>& users() const { return users_; }
    /// Those whose policy returns mail; the one other deletes what was dropped.
    std::vector<std::string> filing_users() const;

    std::filesystem::path folder() const { return folder_; }
    std::filesystem::path config() const { return folder_ / "mailferry.xml"; }
    std::filesystem::path journal() const { return folder_ / "journal.sqlite"; }
    std::filesystem::path crm() const { return folder_ / "crm.sqlite"; }
    std::filesystem::path log() const { return folder_ / "agent.log"; }

    /// Inbox and Sent Items have been read to their end once: what comes from now on is new to the
    /// agent.
    bool is_read() const;

private:
    void configure() const;

    std::filesystem::path folder_;
    std::vector<std::string> users_;
    ews::simulator::Simulator exchange_;
};

}  // namespace soak
