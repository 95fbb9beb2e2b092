// `mailferry run` on the forgetful VFS: the same agent, which dies at the n-th thing that it does
// to its databases, or finds them failing. Started by crash_harness; also by hand:
//   crashing_agent --memory forgetful --kill-at 12 --trace events.txt --config mailferry.xml
// SIGUSR1 lifts the faults.
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "agent/command_line.hpp"
#include "tests/crash/forgetful_vfs.hpp"

namespace {

struct Settings {
    std::string config, memory = "plain", trace;
    std::uint64_t seed = 0, kill_at = 0;
    bool count_writes = false;
    std::vector<std::string> faults;
};

crash::Memory memory_of(const std::string& name) {
    if (name == "forgetful") return crash::Memory::forgetful;
    if (name == "torn") return crash::Memory::torn;
    return crash::Memory::plain;
}

/// "sync,journal.sqlite,fsync,3" or "write,crm.sqlite,full,1,lasting"
crash::FileFault fault_of(const std::string& text) {
    const std::map<std::string, int> codes = {
        {"full", SQLITE_FULL},
        {"write", SQLITE_IOERR_WRITE},
        {"fsync", SQLITE_IOERR_FSYNC},
        {"truncate", SQLITE_IOERR_TRUNCATE},
        {"readonly", SQLITE_READONLY}};
    std::istringstream parts(text);
    std::string operation, code, nth, lasting;
    crash::FileFault fault;
    std::getline(parts, operation, ',');
    std::getline(parts, fault.file, ',');
    std::getline(parts, code, ',');
    std::getline(parts, nth, ',');
    std::getline(parts, lasting, ',');
    if (operation == "sync") fault.operation = crash::FileOperation::sync;
    if (operation == "truncate") fault.operation = crash::FileOperation::truncate;
    const auto known = codes.find(code);
    if (known == codes.end() || nth.find_first_not_of("0123456789") != nth.npos || nth.empty())
        throw std::runtime_error("--fault " + text + ": write OPERATION,FILE,CODE,NTH[,lasting]");
    fault.code = known->second;
    fault.nth = std::stoull(nth);
    fault.lasting = lasting == "lasting";
    return fault;
}

/// Counts what the agent does to its databases, and ends it at the number that was asked for.
void prepare(const Settings& settings) {
    static std::ofstream trace;
    static std::uint64_t count = 0;
    if (!settings.trace.empty()) trace.open(settings.trace);
    crash::VfsOptions options{memory_of(settings.memory), settings.seed, false, {}};
    options.on_event = [settings](const crash::FileEvent& event) {
        if (event.operation == crash::FileOperation::write && !settings.count_writes) return;
        ++count;
        if (trace.is_open()) trace << count << ' ' << to_text(event) << std::endl;
        if (count == settings.kill_at) crash::cut_power();
    };
    crash::register_forgetful_vfs(std::move(options));
    for (const std::string& fault : settings.faults) crash::inject(fault_of(fault));
}

/// Waits for SIGUSR1 on a thread of its own, as SQLite may not be entered from a signal handler.
void lift_on_signal() {
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &only, nullptr);
    std::thread([only] {
        for (int number = 0; sigwait(&only, &number) == 0;) crash::lift_faults();
    }).detach();
}

}  // namespace

int main(int argc, char** argv) {
    ::umask(S_IRWXG | S_IRWXO);
    Settings settings;
    CLI::App app("mailferry run, killed where you say");
    app.add_option("--config", settings.config, "The configuration of the agent")->required();
    app.add_option("--memory", settings.memory, "What a kill leaves of what was written")
        ->check(CLI::IsMember({"plain", "forgetful", "torn"}));
    app.add_option("--seed", settings.seed, "Of what a torn write leaves");
    app.add_option("--kill-at", settings.kill_at, "Number of the event, from 1, at which it dies");
    app.add_flag(
        "--count-writes",
        settings.count_writes,
        "Writes are events too, not syncs and truncations alone"
    );
    app.add_option("--trace", settings.trace, "File that gets the events");
    app.add_option(
        "--fault",
        settings.faults,
        "OPERATION,FILE,CODE,NTH[,lasting]: full, write, fsync, truncate, readonly"
    );
    CLI11_PARSE(app, argc, argv);
    try {
        lift_on_signal();
        prepare(settings);
        return agent::run_command_line({"run", "--config", settings.config});
    } catch (const std::exception& error) {
        std::fprintf(stderr, "crashing_agent: %s\n", error.what());
        return 3;
    }
}
