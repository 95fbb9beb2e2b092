#include "tests/crash/random_kills.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iterator>
#include <map>
#include <random>
#include <thread>
#include <utility>

#include "tests/crash/finish.hpp"

namespace crash {

namespace {

using Steady = std::chrono::steady_clock;

enum class Kill { moment, file, request };

class RandomKills {
public:
    explicit RandomKills(const RandomPlan& plan)
        : plan_(plan), dice_(plan.seed), office_(plan.program, users()) {}

    bool run() {
        const auto begun = Steady::now();
        note(open_office(office_));
        measure_start();
        for (int kill = 1; kill <= plan_.kills && findings_.is_empty(); ++kill) {
            const auto due = static_cast<std::size_t>(plan_.mails) *
                             static_cast<std::size_t>(kill) / static_cast<std::size_t>(plan_.kills);
            round(due - mails_.size());
            if (kill % plan_.kills_a_check == 0 || kill == plan_.kills)
                note(finish(office_, mails_, life(0)));
            if (kill % (10 * plan_.kills_a_check) == 0) progress(kill);
        }
        report(std::chrono::duration<double>(Steady::now() - begun).count());
        return findings_.is_empty();
    }

private:
    static std::vector<std::string> users() {
        std::vector<std::string> all = filing_users;
        all.emplace_back(purging_user);
        return all;
    }

    std::uint64_t any(std::uint64_t of) { return dice_() % of; }

    Life life(std::uint64_t kill_at) {
        Life life{plan_.memories[any(plan_.memories.size())], dice_(), kill_at, false};
        life.count_writes = life.memory == "plain";
        return life;
    }

    /// How long a start takes here, so that kills by time come also when it is over.
    void measure_start() {
        const auto begun = Steady::now();
        office_.start(life(0));
        await_listening(office_);
        start_ = Steady::now() - begun;
        office_.stop();
    }

    void drop() {
        const Fate fate = all_fates[any(std::size(all_fates))];
        mails_.push_back(make_mail(static_cast<int>(mails_.size()) + 1, fate, filing_users, dice_));
        office_.drop(mails_.back());
        ++fates_[fate];
    }

    /// A life with some mails, of which a part waits already when it begins, and its end.
    void round(std::size_t mails) {
        const std::size_t before = any(mails + 1);
        for (std::size_t i = 0; i < before; ++i) drop();
        const auto kind = static_cast<Kill>(any(3));
        const auto number = 1 + any(40 + 20 * mails);  // about what there is to do
        const Life life = this->life(kind == Kill::file ? number : 0);
        const auto begun = Steady::now();
        const auto most = 3 * start_ + std::chrono::milliseconds(10 * mails);
        auto until = begun + most;
        if (kind == Kill::moment) until = begun + most * static_cast<int>(any(1000)) / 1000;
        if (kind == Kill::request)
            office_.start_and_kill_at_request(life, number);
        else
            office_.start(life);
        for (std::size_t i = before; i < mails; ++i) {
            std::this_thread::sleep_for(std::chrono::microseconds(any(4000)));
            drop();
        }
        while (office_.is_alive() && Steady::now() < until)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        const bool idle = office_.is_alive() && kind != Kill::moment;
        if (office_.is_alive()) office_.kill();
        if (!office_.was_killed()) {
            Findings ended;
            ended.add(&Findings::wrong, "the agent ended by itself: " + office_.ending());
            note(ended);
        }
        ++kinds_
            [idle ? "by time, as its event did not come" : names[static_cast<std::size_t>(kind)]];
        if (office_.has_open_drops()) ++amid_;
    }

    void note(const Findings& found) {
        findings_.add(found);
        if (found.is_empty()) return;
        office_.keep();
        fmt::print(
            "FAILED after {} mails; the last kill came at: {}\n",
            mails_.size(),
            office_.last_event()
        );
        for (const std::string& line : found.lines) fmt::print("    {}\n", line);
        fmt::print("    look into {}\n", office_.folder().string());
    }

    void progress(int kill) const {
        fmt::print("{} kills, {} mails: nothing lost, nothing doubled\n", kill, mails_.size());
        std::fflush(stdout);
    }

    void report(double seconds) const {
        fmt::print("{} mails in {:.0f} s:", mails_.size(), seconds);
        for (const auto& [fate, times] : fates_) fmt::print(" {} {}", times, to_text(fate));
        fmt::print("\nkilled, {} times with mails in the drop folders:", amid_);
        for (const auto& [name, times] : kinds_) fmt::print(" {} {};", times, name);
        fmt::print(
            "\n{} lost, {} doubled, {} wrong\n", findings_.lost, findings_.doubled, findings_.wrong
        );
    }

    static constexpr const char* names[] = {
        "by time", "at an event of its files", "around a request"};

    const RandomPlan& plan_;
    std::mt19937_64 dice_;
    Office office_;
    std::vector<Mail> mails_;
    Findings findings_;
    Steady::duration start_{};
    std::map<Fate, int> fates_;
    std::map<std::string, int> kinds_;
    int amid_ = 0;
};

}  // namespace

bool kill_at_random(const RandomPlan& plan) {
    const auto replay = fmt::format(
        "crash_harness random --mails {} --kills {} --kills-a-check {} --memory {} --seed {}",
        plan.mails,
        plan.kills,
        plan.kills_a_check,
        fmt::join(plan.memories, ","),
        plan.seed
    );
    fmt::print("seed {}; {}\n", plan.seed, replay);
    std::fflush(stdout);
    RandomKills kills(plan);
    const bool good = kills.run();
    if (!good) fmt::print("replay with: {}\n", replay);
    return good;
}

}  // namespace crash
