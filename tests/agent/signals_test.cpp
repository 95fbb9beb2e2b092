// Signals to the real program: SIGHUP and SIGTERM; SIGKILL as far as the server sees it, the rest
// of it is tests/crash.
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "tests/scenarios/world.hpp"

extern char** environ;

namespace {

constexpr const char* anna = "anna@us.example";

/// `mailferry run` as a process of its own.
class Process {
public:
    explicit Process(const std::filesystem::path& config) {
        std::string program = MAILFERRY_PROGRAM, run = "run", option = "--config";
        std::string file = config.string();
        char* arguments[] = {program.data(), run.data(), option.data(), file.data(), nullptr};
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", 1, 0);
        const int failed =
            posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments, environ);
        posix_spawn_file_actions_destroy(&actions);
        if (failed != 0) throw std::runtime_error("cannot start " + program);
    }
    ~Process() { end(SIGKILL); }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    void signal(int number) const { kill(pid_, number); }

    int end(int with) {
        if (pid_ == 0) return 0;
        kill(pid_, with);
        int status = 0;
        waitpid(pid_, &status, 0);
        pid_ = 0;
        return status;
    }

private:
    pid_t pid_ = 0;
};

void wait_until(const std::function<bool()>& done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!done()) {
        if (std::chrono::steady_clock::now() > end) throw std::runtime_error("nothing happened");
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

class Signals : public testing::Test {
protected:
    Signals() { world.configure(world.exchange.url()); }

    std::unique_ptr<Process> listening() {
        const std::size_t before = world.exchange.requests("GetStreamingEvents");
        auto agent = std::make_unique<Process>(world.config_file());
        wait_until([&] { return world.exchange.requests("GetStreamingEvents") > before; });
        return agent;
    }

    world::World world{world::samples() / "policies" / "typical.xml", {}, {anna}};
};

TEST_F(Signals, SighupTakesUpAChangedPolicyAndSigtermEndsItInGoodOrder) {
    const auto agent = listening();
    EXPECT_FALSE(world.has_folder(anna, "- Create New Project"));
    std::string policy = world::read(world.folder.path / "policy.xml");
    const std::string modules = "<modules>";
    policy.replace(policy.find(modules), modules.size(), "<modules><project/>");
    world::write(world.folder.path / "policy.xml", policy);
    agent->signal(SIGHUP);
    wait_until([&] { return world.has_folder(anna, "- Create New Project"); });
    const int status = agent->end(SIGTERM);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(Kill, TheNextLifeGivesBackTheSubscriptionOfTheLastOne) {
    ews::simulator::Options options;
    options.budget.subscriptions = 1;
    world::World world{world::samples() / "policies" / "typical.xml", {}, {anna}, options};
    world.configure(world.exchange.url());
    const auto reads = [&world] { return world.exchange.requests("SyncFolderItems"); };
    for (std::size_t life = 1; life <= 3; ++life) {
        const std::size_t before = reads();
        Process agent(world.config_file());
        wait_until([&] { return reads() > before; });  // what is relied upon has been noted
        EXPECT_EQ(world.exchange.requests("Unsubscribe"), life - 1);
        agent.end(SIGKILL);
    }
}

}  // namespace
