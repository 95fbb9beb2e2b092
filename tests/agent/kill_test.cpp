// Signals to the real program. SIGKILL in the middle of the work, at ten points between a mail and its filing, each
// followed by a start: nothing may be lost, nothing doubled. SIGHUP and SIGTERM.
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
constexpr int mails_per_round = 12;

/// Kill as soon as the server has carried out the n-th request of that operation since the mails were dropped; the
/// answer may not have arrived.
struct Point {
    const char* operation;
    std::size_t nth;
};
constexpr Point points[] = {
    {"SyncFolderItems", 1},
    {"GetItem", 1},
    {"GetItem", 2},
    {"UpdateItem", 1},
    {"MoveItem", 1},
    {"GetItem", 5},
    {"UpdateItem", 3},
    {"MoveItem", 3},
    {"GetItem", 8},
    {"MoveItem", 5}
};

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

class Kill : public testing::Test {
protected:
    Kill() { world.configure(world.exchange.url()); }

    std::unique_ptr<Process> listening() {
        const std::size_t before = world.exchange.requests("GetStreamingEvents");
        auto agent = std::make_unique<Process>(world.config_file());
        wait_until([&] { return world.exchange.requests("GetStreamingEvents") > before; });
        return agent;
    }

    void drop_some() {
        for (int i = 0; i < mails_per_round; ++i) {
            const std::string item = world.exchange.deliver(anna, "inbox", mime(++dropped));
            world.exchange.move(anna, item, "- Create New Opportunity");
        }
    }

    std::size_t count(rules::RecordKind kind) const {
        const auto records = world.records();
        return static_cast<std::size_t>(std::ranges::count(
            records, kind, &crm::embedded::RecordView::kind
        ));
    }

    world::World world{world::samples() / "policies" / "typical.xml", {}, {anna}};
    int dropped = 0;
};

TEST_F(Kill, AtTenPointsLosesNothingAndDoublesNothing) {
    int amid = 0;
    for (const Point& point : points) {
        const auto agent = listening();
        const std::size_t before = world.exchange.requests(point.operation);
        drop_some();
        wait_until([&] { return world.exchange.requests(point.operation) >= before + point.nth; });
        agent->end(SIGKILL);
        if (world.finished() < static_cast<std::size_t>(dropped)) ++amid;
    }
    EXPECT_GE(amid, 5) << "the kills came when all was done";

    const auto agent = listening();
    const auto all = static_cast<std::size_t>(dropped);
    wait_until([&] {
        return world.exchange.items(anna, "inbox").size() == all && world.finished() == all;
    });
    EXPECT_EQ(world.mails().size(), all);
    EXPECT_EQ(count(rules::RecordKind::contact), all);
    EXPECT_EQ(count(rules::RecordKind::opportunity), all);
    EXPECT_EQ(count(rules::RecordKind::account), 7U);
    EXPECT_TRUE(world.exchange.items(anna, "- Create New Opportunity").empty());
    for (const auto& item : world.exchange.items(anna, "inbox")) {
        EXPECT_EQ(item.categories, std::vector<std::string>{"Processing Complete"}) << item.subject;
    }
}

TEST_F(Kill, SighupTakesUpAChangedPolicyAndSigtermEndsItInGoodOrder) {
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

}  // namespace
