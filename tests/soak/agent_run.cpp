#include "tests/soak/agent_run.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

extern char** environ;

namespace soak {

namespace {

/// Fields 14 and 15 of /proc/PID/stat, behind the name, which may hold anything.
long used_processor_ms(const std::string& stat) {
    const auto name_end = stat.rfind(')');
    if (name_end == std::string::npos) return 0;
    std::istringstream rest(stat.substr(name_end + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field) rest >> skipped;
    long user = 0, system = 0;
    rest >> user >> system;
    return (user + system) * 1000 / ::sysconf(_SC_CLK_TCK);
}

}  // namespace

AgentRun::AgentRun(
    const std::string& program,
    const std::filesystem::path& config,
    const std::filesystem::path& log
) {
    std::vector<std::string> words = {program, "run", "--config", config.string()};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 2, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, 2, 1);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);  // the simulator listens in this process
    const int failed =
        posix_spawn(&id_, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("cannot start " + program);
}

AgentRun::~AgentRun() {
    if (!is_alive()) return;
    ::kill(id_, SIGKILL);
    ::waitpid(id_, &status_, 0);
}

bool AgentRun::is_alive() {
    if (!has_ended_ && ::waitpid(id_, &status_, WNOHANG) == id_) has_ended_ = true;
    return !has_ended_;
}

std::string AgentRun::end(std::chrono::seconds patience) {
    if (is_alive()) ::kill(id_, SIGTERM);
    const auto until = std::chrono::steady_clock::now() + patience;
    while (is_alive()) {
        if (std::chrono::steady_clock::now() > until) ::kill(id_, SIGKILL);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return ending();
}

std::string AgentRun::ending() const {
    if (!has_ended_) return "running";
    if (WIFSIGNALED(status_)) return fmt::format("signal {}", WTERMSIG(status_));
    return fmt::format("exit status {}", WEXITSTATUS(status_));
}

Vitals AgentRun::vitals() const {
    Vitals vitals;
    const std::filesystem::path process = fmt::format("/proc/{}", id_);
    std::ifstream status(process / "status");
    for (std::string line; std::getline(status, line);) {
        std::istringstream words(line);
        std::string name;
        words >> name;
        if (name == "VmRSS:") words >> vitals.resident_kb;
        if (name == "VmHWM:") words >> vitals.peak_kb;
        if (name == "Threads:") words >> vitals.threads;
    }
    std::ifstream stat(process / "stat");
    std::string line;
    std::getline(stat, line);
    vitals.processor_ms = used_processor_ms(line);
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator(process / "fd", gone)) {
        ++vitals.files;
        const auto target = std::filesystem::read_symlink(entry.path(), gone);
        if (target.string().starts_with("socket:")) ++vitals.sockets;
    }
    return vitals;
}

}  // namespace soak
