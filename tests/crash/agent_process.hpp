// crashing_agent as a process: started with the way in which it is to die, watched, ended.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace crash {

/// How one life of the agent goes.
struct Life {
    std::string memory = "plain";  ///< "forgetful", "torn": see forgetful_vfs.hpp
    std::uint64_t seed = 0;
    std::uint64_t kill_at = 0;  ///< event of its databases, 0 for none
    bool count_writes = false;
};

class AgentProcess {
public:
    /// Its output is added to `log`; `trace` gets the events of its databases. Throws where it
    /// cannot be started.
    AgentProcess(
        const std::string& program,
        const std::filesystem::path& config,
        const std::filesystem::path& log,
        const std::filesystem::path& trace,
        const Life& life
    );
    ~AgentProcess();  ///< kills it
    AgentProcess(const AgentProcess&) = delete;
    AgentProcess& operator=(const AgentProcess&) = delete;

    bool is_alive();
    /// May be called from any thread.
    void kill() const;
    /// SIGTERM, and waits; a process that does not end within `patience` is killed.
    void end(std::chrono::seconds patience);
    void wait();  ///< until it has ended by itself

    /// Of a process that has ended: "killed", "exit status 0", "signal 6".
    std::string ending() const;
    bool was_killed() const;

private:
    void note(int status);

    std::atomic<pid_t> pid_ = 0;
    std::atomic<bool> ended_ = false;
    int status_ = 0;
};

}  // namespace crash
