// SIGKILL in the middle of the work: the real program is killed at growing distances after mails were dropped, then
// started again, until all is filed. Nothing may be lost, nothing doubled.
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "tests/scenarios/world.hpp"

extern char** environ;

namespace {

constexpr const char* anna = "anna@us.example";
constexpr int rounds = 10;
constexpr int mails_per_round = 6;

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

std::string mime(int number) {
    const std::string n = std::to_string(number);
    return "From: Person " + n + " <person" + n + "@company" + std::to_string(number % 7) +
           ".example>\r\nTo: Anna <anna@us.example>\r\nSubject: Enquiry " + n +
           "\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\nMessage-ID: <enquiry-" + n +
           "@company.example>\r\n\r\nHow much is it?\r\n";
}

void wait_until(const std::function<bool()>& done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!done()) {
        if (std::chrono::steady_clock::now() > end) throw std::runtime_error("nothing happened");
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

TEST(Kill, AtTenPointsLosesNothingAndDoublesNothing) {
    world::World world(world::samples() / "policies" / "typical.xml", {}, {anna});
    world.configure(world.exchange.url());
    int dropped = 0;
    for (int round = 0; round < rounds; ++round) {
        Process agent(world.config_file());
        wait_until([&] { return world.has_folder(anna, "- Create New Opportunity"); });
        for (int i = 0; i < mails_per_round; ++i) {
            const std::string item = world.exchange.deliver(anna, "inbox", mime(++dropped));
            world.exchange.move(anna, item, "- Create New Opportunity");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(7 * round));
        agent.end(SIGKILL);
    }
    Process agent(world.config_file());
    const auto all = static_cast<std::size_t>(dropped);
    wait_until([&] { return world.exchange.items(anna, "inbox").size() == all && world.finished() == all; });
    EXPECT_TRUE(WIFEXITED(agent.end(SIGTERM)));

    const auto mails = world.mails();
    EXPECT_EQ(mails.size(), all);
    const auto records = world.records();
    const auto count = [&records](rules::RecordKind kind) {
        return static_cast<std::size_t>(std::count_if(
            records.begin(), records.end(), [kind](const auto& one) { return one.kind == kind; }
        ));
    };
    EXPECT_EQ(count(rules::RecordKind::contact), all);
    EXPECT_EQ(count(rules::RecordKind::opportunity), all);
    EXPECT_EQ(count(rules::RecordKind::account), 7U);
    EXPECT_TRUE(world.exchange.items(anna, "- Create New Opportunity").empty());
    for (const auto& item : world.exchange.items(anna, "inbox")) {
        EXPECT_EQ(item.categories, std::vector<std::string>{"Processing Complete"}) << item.subject;
    }
}

}  // namespace
