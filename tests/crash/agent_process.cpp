#include "tests/crash/agent_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>
#include <vector>

extern char** environ;

namespace crash {

AgentProcess::AgentProcess(
    const std::string& program,
    const std::filesystem::path& config,
    const std::filesystem::path& log,
    const std::filesystem::path& trace,
    const Life& life
) {
    std::vector<std::string> words = {
        program,
        "--config",
        config.string(),
        "--memory",
        life.memory,
        "--trace",
        trace.string(),
        "--seed",
        std::to_string(life.seed),
        "--kill-at",
        std::to_string(life.kill_at)};
    if (life.count_writes) words.emplace_back("--count-writes");
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 2, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, 2, 1);
    pid_t pid = 0;
    const int failed =
        posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("cannot start " + program);
    pid_ = pid;
}

AgentProcess::~AgentProcess() {
    if (ended_) return;
    kill();
    wait();
}

bool AgentProcess::is_alive() {
    if (ended_) return false;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) note(status);
    return !ended_;
}

/// A pid that was waited for may belong to another process.
void AgentProcess::kill() const {
    if (!ended_) ::kill(pid_, SIGKILL);
}

void AgentProcess::end(std::chrono::seconds patience) {
    if (!is_alive()) return;
    ::kill(pid_, SIGTERM);
    const auto until = std::chrono::steady_clock::now() + patience;
    while (is_alive()) {
        if (std::chrono::steady_clock::now() > until) kill();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void AgentProcess::wait() {
    int status = 0;
    if (!ended_ && ::waitpid(pid_, &status, 0) == pid_) note(status);
}

void AgentProcess::note(int status) {
    status_ = status;
    ended_ = true;
}

bool AgentProcess::was_killed() const {
    return ended_ && WIFSIGNALED(status_) && WTERMSIG(status_) == SIGKILL;
}

std::string AgentProcess::ending() const {
    if (was_killed()) return "killed";
    if (WIFSIGNALED(status_)) return fmt::format("signal {}", WTERMSIG(status_));
    return fmt::format("exit status {}", WEXITSTATUS(status_));
}

}  // namespace crash
