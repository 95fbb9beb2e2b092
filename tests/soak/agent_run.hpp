// `mailferry run` as a process of its own, so that memory and sockets are the agent's alone, and
// what the kernel says of it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>

namespace soak {

/// Of a process, from /proc.
struct Vitals {
    long resident_kb = 0, peak_kb = 0;
    long processor_ms = 0;  ///< used since its start
    int threads = 0, files = 0, sockets = 0;
};

class AgentRun {
public:
    /// Its output goes to `log`. Throws where it cannot be started.
    AgentRun(
        const std::string& program,
        const std::filesystem::path& config,
        const std::filesystem::path& log
    );
    ~AgentRun();  ///< kills it
    AgentRun(const AgentRun&) = delete;
    AgentRun& operator=(const AgentRun&) = delete;

    bool is_alive();
    /// SIGTERM, and waits; killed after `patience`. "exit status 0" is as it should be.
    std::string end(std::chrono::seconds patience);
    std::string ending() const;
    Vitals vitals() const;
    pid_t id() const { return id_; }

private:
    pid_t id_ = 0;
    bool has_ended_ = false;
    int status_ = 0;
};

}  // namespace soak
