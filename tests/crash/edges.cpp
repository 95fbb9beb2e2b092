#include "tests/crash/edges.hpp"

#include <fmt/format.h>

#include <functional>
#include <random>
#include <utility>

#include "tests/crash/finish.hpp"

namespace crash {

namespace {

/// One line of the table.
struct Row {
    std::string name, memory;
    int files = 0, requests = 0;  ///< edges at which it was killed
    Findings findings;
};

/// Where one life ends.
struct Edge {
    bool is_request = false;
    std::uint64_t number = 0;
};

/// Copies lie in their drop folder before the start or come while the agent listens, for it looks
/// for their originals in different ways.
enum class Dropped { before_start, while_listening };

std::vector<std::string> users_for(Fate fate) {
    if (fate == Fate::purged || fate == Fate::copy_purged) return {purging_user};
    if (fate == Fate::shared) return {filing_users[0], filing_users[1]};
    return {filing_users[0]};
}

class Edges {
public:
    Edges(const EdgesPlan& plan, std::string memory) : plan_(plan), memory_(std::move(memory)) {}

    Row of_fate(Fate fate, Dropped dropped) {
        const bool late = dropped == Dropped::while_listening;
        begin(
            fmt::format("{}{}", to_text(fate), late ? " (told)" : ""),
            fmt::format("--fate {}", to_text(fate))
        );
        Office office(plan_.program, users_for(fate));
        std::vector<Mail> mails;
        note(office, open_office(office), {});
        if (!row_.findings.is_empty()) return row_;
        const auto live = [&](const Edge& edge) {
            std::mt19937_64 dice(plan_.seed + edge.number);
            const int number = static_cast<int>(mails.size()) + 1;
            mails.push_back(make_mail(number, fate, users_for(fate), dice));
            if (!late) office.drop(mails.back());
            start(office, edge);
            if (late) {
                await_listening(office);
                office.drop(mails.back());
            }
            if (await_mailboxes(office, mails)) office.stop();
            return died(office, mails, edge);
        };
        along(live);
        return row_;
    }

    Row of_first_start() {
        begin("first-start", "--fate first-start");
        const auto live = [&](const Edge& edge) {
            Office office(plan_.program, {filing_users[0]});
            start(office, edge);
            if (await_listening(office)) office.stop();
            const bool reached = died(office, {}, edge);
            if (!row_.findings.is_empty()) return reached;
            std::mt19937_64 dice(plan_.seed + edge.number);
            const std::vector<Mail> mails = {make_mail(1, Fate::to_inbox, {filing_users[0]}, dice)};
            office.drop(mails.front());
            note(office, finish(office, mails, calm()), edge);
            return reached;
        };
        along(live);
        return row_;
    }

private:
    void begin(std::string name, std::string option) {
        row_ = Row{std::move(name), memory_, 0, 0, {}};
        option_ = std::move(option);
    }

    Life calm() const { return {memory_, plan_.seed, 0, false}; }

    void start(Office& office, const Edge& edge) {
        Life life = calm();
        life.seed = plan_.seed + edge.number;
        // Elsewhere what is not synced is forgotten, wherever between two syncs it is killed.
        life.count_writes = memory_ == "plain";
        if (!edge.is_request) life.kill_at = edge.number;
        office.start_and_kill_at_request(life, edge.is_request ? edge.number : 0);
    }

    /// Whether it was killed at that edge; then it starts again and must come to the end of its
    /// work.
    bool died(Office& office, const std::vector<Mail>& mails, const Edge& edge) {
        death_ = "not killed";
        if (office.is_alive()) {
            note(office, finish(office, mails, calm()), edge);
            return false;
        }
        const bool killed = office.was_killed();
        death_ = killed ? office.last_event() : office.ending();
        if (!killed && office.ending() != "exit status 0") {
            Findings findings;
            findings.add(&Findings::wrong, "the agent ended by itself: " + office.ending());
            note(office, findings, edge);
        }
        note(office, finish(office, mails, calm()), edge);
        return killed;
    }

    /// Edge after edge, until two in a row are not there.
    void along(const std::function<bool(const Edge&)>& live) {
        for (const bool is_request : {false, true}) {
            if (is_request ? !plan_.requests : !plan_.files) continue;
            int missed = 0;
            for (auto number = plan_.first; number <= plan_.last && missed < 2;
                 number += plan_.step) {
                const bool reached = live({is_request, number});
                missed = reached ? 0 : missed + 1;
                if (reached) ++(is_request ? row_.requests : row_.files);
                if (!row_.findings.is_empty()) return;  // what is wrong in this office stays wrong
            }
        }
    }

    void note(Office& office, const Findings& found, const Edge& edge) {
        row_.findings.add(found);
        if (found.is_empty()) return;
        office.keep();
        const auto* const kind = edge.is_request ? "requests" : "files";
        fmt::print(
            "FAILED {} ({}), killed at {} {}: {}\n", row_.name, memory_, kind, edge.number, death_
        );
        for (const std::string& line : found.lines) fmt::print("    {}\n", line);
        fmt::print(
            "    look into {}\n    replay with: crash_harness edges {} --memory {} --seed {} --{} "
            "--first {} --last {}\n",
            office.folder().string(),
            option_,
            memory_,
            plan_.seed,
            kind,
            edge.number,
            edge.number
        );
    }

    const EdgesPlan& plan_;
    std::string memory_, option_, death_;
    Row row_;
};

void print(const Row& row) {
    fmt::print(
        "{:<22} {:<10} {:>7} {:>9} {:>6} {:>8} {:>6}\n",
        row.name,
        row.memory,
        row.files,
        row.requests,
        row.findings.lost,
        row.findings.doubled,
        row.findings.wrong
    );
    std::fflush(stdout);
}

}  // namespace

bool kill_at_edges(const EdgesPlan& plan) {
    fmt::print("seed {}\n", plan.seed);
    fmt::print(
        "{:<22} {:<10} {:>7} {:>9} {:>6} {:>8} {:>6}\n",
        "fate",
        "memory",
        "files",
        "requests",
        "lost",
        "doubled",
        "wrong"
    );
    bool good = true;
    const auto take = [&good](const Row& row) {
        print(row);
        good = good && row.findings.is_empty() && row.files + row.requests > 0;
    };
    for (const std::string& memory : plan.memories) {
        Edges edges(plan, memory);
        if (plan.first_start) take(edges.of_first_start());
        for (const Fate fate : plan.fates) {
            take(edges.of_fate(fate, Dropped::before_start));
            if (fate == Fate::copy_removed) take(edges.of_fate(fate, Dropped::while_listening));
        }
    }
    return good;
}

}  // namespace crash
