// The world around an agent that dies: the Exchange simulator in this process, a folder with
// configuration, journal and CRM, users who drop mails, and the agent as a process that is killed
// and started again.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ews/simulator/simulator.hpp"
#include "tests/crash/agent_process.hpp"
#include "tests/crash/mails.hpp"

namespace crash {

/// How long anything may take before it counts as stuck; a healthy run comes nowhere near.
constexpr std::chrono::seconds patience{60};

class Office {
public:
    Office(std::string program, std::vector<std::string> users);
    ~Office();
    Office(const Office&) = delete;
    Office& operator=(const Office&) = delete;

    /// What its users do with it, so that the agent has work.
    void drop(const Mail& mail);

    /// A new life of the agent. Throws if one is running.
    void start(const Life& life);
    /// In this life it is killed at the n-th moment: 1 when the first request has come, which is
    /// then lost; 2 when that has been carried out, but not answered; and so on.
    void start_and_kill_at_request(const Life& life, std::uint64_t moment);
    bool is_alive() { return agent_ && agent_->is_alive(); }
    void kill();
    /// In good order; false if it ends, or has ended, otherwise.
    bool stop();
    /// Of a life that has ended: whether it was killed.
    bool was_killed() const { return agent_ && agent_->was_killed(); }
    bool listens() const;  ///< in this life, every mailbox

    bool has_open_drops() const;  ///< something lies in a drop folder
    std::string ending() const { return agent_ ? agent_->ending() : "not started"; }
    std::string last_event() const;  ///< what the last life was doing when it died

    std::filesystem::path folder() const { return folder_; }
    std::filesystem::path journal() const { return folder_ / "journal.sqlite"; }
    std::filesystem::path crm() const { return folder_ / "crm.sqlite"; }
    const std::vector<std::string>& users() const { return users_; }
    const ews::simulator::Simulator& exchange() const { return exchange_; }
    void keep() { kept_ = true; }  ///< the folder stays, to be looked into

private:
    bool witness(std::string_view operation, bool carried_out);
    void configure() const;

    std::string program_;
    std::vector<std::string> users_;
    std::filesystem::path folder_;
    std::string last_request_;
    bool kept_ = false;
    std::atomic<std::uint64_t> moment_ = 0, kill_moment_ = 0, subscribed_ = 0;
    std::unique_ptr<AgentProcess> agent_;
    ews::simulator::Simulator exchange_;
};

}  // namespace crash
