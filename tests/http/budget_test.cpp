#include "http/budget.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using http::Kind;
using http::Scope;
using Id = http::Budget::Id;

class Budget : public testing::Test {
protected:
    /// Asks, and says who of all may go now: "ann ann bob".
    std::string ask(const std::string& keys, Kind kind = Kind::ordinary) {
        std::string key;
        for (const char c : keys + " ") {
            if (c != ' ') {
                key += c;
                continue;
            }
            names[budget.ask(key, kind)] = key;
            key.clear();
        }
        return admit();
    }

    std::string admit() {
        std::string text;
        for (const Id id : budget.admit(now)) {
            running.push_back(id);
            text += (text.empty() ? "" : " ") + names.at(id);
        }
        return text;
    }

    Id first_of(const std::string& key) {
        const auto is_of = [&](Id id) { return names.at(id) == key; };
        return *std::find_if(running.begin(), running.end(), is_of);
    }

    /// The first one of that key that is under way is answered.
    std::string finish(const std::string& key) {
        const Id id = first_of(key);
        std::erase(running, id);
        budget.leave(id);
        return admit();
    }

    std::string succeed(const std::string& key) {
        budget.note_success(first_of(key));
        return finish(key);
    }

    std::string busy(
        const std::string& key,
        Scope scope,
        std::optional<std::chrono::milliseconds> back_off = std::nullopt
    ) {
        budget.note_busy(first_of(key), scope, back_off, now);
        return finish(key);
    }

    auto closed_for(const std::string& key) { return budget.closed_until(key) - now; }

    http::BudgetLimits limits{3, 2, 2, 1, 2, 3, 60s, 600s, 1s, 60s};
    http::Budget budget{limits};
    http::Budget::Moment now{1h};
    std::map<Id, std::string> names;
    std::vector<Id> running;
};

TEST_F(Budget, NoMoreAtOnceThanTheServerAndTheMailboxAllow) {
    EXPECT_EQ(ask("ann ann ann bob bob"), "ann bob ann");
    EXPECT_EQ(finish("bob"), "bob");
    EXPECT_EQ(finish("ann"), "ann");
    EXPECT_EQ(finish("ann"), "");
}

TEST_F(Budget, OneMailboxWithABacklogDoesNotStarveTheOthers) {
    EXPECT_EQ(ask("ann ann ann ann ann ann"), "ann ann");
    EXPECT_EQ(ask("bob cid"), "bob");
    EXPECT_EQ(finish("ann"), "ann");
    EXPECT_EQ(finish("ann"), "cid");
    EXPECT_EQ(finish("bob"), "ann");
}

TEST_F(Budget, RequestsOfOneMailboxStayInOrder) {
    ask("ann ann ann ann");
    const std::vector<Id> first = running;
    finish("ann");
    finish("ann");
    EXPECT_EQ(first, (std::vector<Id>{1, 2}));
    EXPECT_EQ(running, (std::vector<Id>{3, 4}));
}

TEST_F(Budget, SyncsHaveLimitsOfTheirOwn) {
    EXPECT_EQ(ask("ann ann bob cid", Kind::sync), "ann bob");
    EXPECT_EQ(ask("ann ann bob"), "ann bob ann");
    EXPECT_EQ(finish("bob"), "cid");
}

TEST_F(Budget, StreamsTakeNoPlace) {
    EXPECT_EQ(ask("ann ann ann ann", Kind::stream), "ann ann ann ann");
    EXPECT_EQ(ask("ann ann"), "ann ann");
}

TEST_F(Budget, WhoLeavesTheQueueLeavesNoHole) {
    ask("ann ann ann");
    const Id third = names.rbegin()->first;
    budget.leave(third);
    budget.leave(third);
    EXPECT_EQ(ask("ann"), "");
    EXPECT_EQ(finish("ann"), "ann");
    EXPECT_EQ(finish("ann"), "");
    EXPECT_EQ(budget.facts(now).waiting, 0U);
}

TEST_F(Budget, WhileTheServerIsBusyNobodyGoes) {
    ask("ann bob");
    EXPECT_EQ(busy("ann", Scope::server, 300s), "");
    EXPECT_EQ(ask("ann bob cid"), "");
    EXPECT_EQ(ask("ann", Kind::stream), "");
    now += 299'999ms;
    EXPECT_EQ(admit(), "");
    EXPECT_EQ(closed_for("ann"), 1ms);
    now += 1ms;
    EXPECT_EQ(admit(), "ann ann");
}

TEST_F(Budget, WhileAMailboxIsBusyTheOthersGoOn) {
    ask("ann bob");
    EXPECT_EQ(busy("ann", Scope::key, 300s), "");
    EXPECT_EQ(ask("ann bob cid"), "bob cid");
    EXPECT_EQ(closed_for("ann"), 300s);
    EXPECT_LE(closed_for("bob"), 0s);
    now += 300s;
    EXPECT_EQ(finish("bob"), "ann");
}

TEST_F(Budget, WithoutAValueTheWaitDoublesToTenMinutesUntilASuccess) {
    std::vector<std::chrono::nanoseconds> waits;
    for (int i = 0; i < 6; ++i) {
        ask("ann");
        busy("ann", Scope::server);
        waits.push_back(closed_for("ann"));
        now += waits.back();
    }
    EXPECT_EQ(waits, (std::vector<std::chrono::nanoseconds>{60s, 120s, 240s, 480s, 600s, 600s}));
    ask("ann");
    succeed("ann");
    ask("ann");
    busy("ann", Scope::server);
    EXPECT_EQ(closed_for("ann"), 60s);
}

TEST_F(Budget, AnOutageIsTriedSoonAndThenLessOften) {
    std::vector<std::chrono::nanoseconds> waits;
    for (int i = 0; i < 8; ++i) {
        ask("ann");
        busy("ann", Scope::front_end);
        waits.push_back(closed_for("bob"));
        now += waits.back();
    }
    const std::vector<std::chrono::nanoseconds> expected{1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s};
    EXPECT_EQ(waits, expected);
    // Nothing of that lengthens the wait of a server that counts what is asked of it.
    ask("ann");
    busy("ann", Scope::server);
    EXPECT_EQ(closed_for("ann"), 60s);
    now += 60s;
    ask("ann");
    succeed("ann");
    ask("ann");
    busy("ann", Scope::front_end, 7s);
    EXPECT_EQ(closed_for("ann"), 7s);
    now += 7s;
    ask("ann");
    busy("ann", Scope::front_end);
    EXPECT_EQ(closed_for("ann"), 1s);
}

TEST_F(Budget, LateAnswersOfOneOutageAreNoNews) {
    budget = http::Budget{{20, 4, 4, 1, 2, 3, 60s, 600s, 1s, 60s}};
    ask("ann ann bob bob");
    busy("ann", Scope::front_end);
    now += 1500ms;
    busy("ann", Scope::front_end);
    busy("bob", Scope::front_end);
    EXPECT_LE(closed_for("ann"), 0s);
    busy("bob", Scope::front_end, 9s);
    EXPECT_EQ(closed_for("ann"), 9s);
}

TEST_F(Budget, AnOutageHalvesOnceHoweverOftenItIsMet) {
    budget = http::Budget{{20, 4, 4, 1, 2, 3, 60s, 600s, 1s, 60s}};
    for (int i = 0; i < 4; ++i) {
        ask("ann");
        busy("ann", Scope::front_end);
        now += 60s;
    }
    EXPECT_EQ(budget.facts(now).concurrency, 10U);
    ask("ann");
    succeed("ann");
    ask("ann");
    busy("ann", Scope::front_end);
    EXPECT_EQ(budget.facts(now).concurrency, 5U);
}

TEST_F(Budget, ConcurrencyHalvesAndComesBackByOne) {
    http::Budget roomy{{20, 4, 4, 1, 2, 3, 60s, 600s, 1s, 60s}};
    std::vector<std::size_t> levels;
    const auto ask_one = [&] {
        const Id id = roomy.ask("ann", Kind::ordinary);
        roomy.admit(now);
        return id;
    };
    for (int i = 0; i < 6; ++i) {
        const Id id = ask_one();
        roomy.note_busy(id, Scope::server, 1s, now);
        roomy.leave(id);
        levels.push_back(roomy.facts(now).concurrency);
        now += 1s;
    }
    EXPECT_EQ(levels, (std::vector<std::size_t>{10, 5, 2, 2, 2, 2}));
    for (int i = 0; i < 50; ++i) {
        const Id id = ask_one();
        roomy.note_success(id);
        roomy.leave(id);
        if (i < 4) levels.push_back(roomy.facts(now).concurrency);
    }
    EXPECT_EQ(levels, (std::vector<std::size_t>{10, 5, 2, 2, 2, 2, 2, 3, 3, 4}));
    EXPECT_EQ(roomy.facts(now).concurrency, 20U);
}

TEST_F(Budget, WhoIsNeverAnsweredDoesNotStopTheOthersHoweverBusyTheServerIs) {
    EXPECT_EQ(ask("ann"), "ann");
    for (int i = 0; i < 6; ++i) {
        EXPECT_EQ(ask("bob"), "bob");
        busy("bob", Scope::server, 1s);
        now += 1s;
    }
    EXPECT_EQ(ask("carl"), "carl");
}

TEST_F(Budget, OneBurstOfBusyAnswersHalvesOnce) {
    budget = http::Budget{{20, 4, 4, 1, 2, 3, 60s, 600s, 1s, 60s}};
    ask("ann ann bob bob");
    busy("ann", Scope::server);
    busy("ann", Scope::server);
    EXPECT_EQ(closed_for("bob"), 60s);
    // A longer wait that the server names is kept to, a shorter one is not.
    busy("bob", Scope::server, 90s);
    busy("bob", Scope::server, 5s);
    EXPECT_EQ(closed_for("bob"), 90s);
    EXPECT_EQ(budget.facts(now).concurrency, 10U);
}

TEST_F(Budget, ABusyAnswerAfterTheWaitIsNews) {
    ask("ann");
    ask("bob", Kind::stream);
    busy("ann", Scope::server);
    now += 60s;
    busy("bob", Scope::server);
    EXPECT_EQ(closed_for("ann"), 120s);
    EXPECT_EQ(budget.facts(now).concurrency, 2U);
}

TEST_F(Budget, ASuccessFromBeforeTheServerWasBusyResetsNothing) {
    ask("ann bob");
    busy("ann", Scope::server);
    succeed("bob");
    now += 60s;
    ask("ann");
    busy("ann", Scope::server);
    EXPECT_EQ(closed_for("ann"), 120s);
}

TEST_F(Budget, AThirdBusyMailboxInARowMeansTheServer) {
    ask("ann bob cid");
    busy("ann", Scope::key, 300s);
    busy("bob", Scope::key, 200s);
    EXPECT_LE(closed_for("dan"), 0s);
    busy("cid", Scope::key, 100s);
    EXPECT_EQ(closed_for("dan"), 100s);
    EXPECT_EQ(closed_for("ann"), 300s);
}

TEST_F(Budget, BusyMailboxesWithASuccessBetweenDoNotMeanTheServer) {
    ask("ann bob dan");
    busy("ann", Scope::key, 300s);
    busy("bob", Scope::key, 300s);
    succeed("dan");
    ask("cid");
    busy("cid", Scope::key, 300s);
    EXPECT_LE(closed_for("dan"), 0s);
}

TEST_F(Budget, TellsItsFacts) {
    ask("ann ann ann bob cid");
    busy("ann", Scope::key, 300s);
    const http::BudgetFacts expected{0ms, 3, 2, 2, {{"ann", 300s, 1, 2}}};
    EXPECT_EQ(budget.facts(now), expected);
}

/// Steps of all kinds in random order; the seed is printed by a failure.
class RandomSteps : public Budget, public testing::WithParamInterface<unsigned> {
protected:
    const std::vector<std::string> keys{"ann", "bob", "cid", "dan"};
    struct Asked {
        std::string key;
        Kind kind = Kind::ordinary;
    };

    std::size_t pick(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    }

    std::size_t count(const std::map<Id, Asked>& among, Kind kind, const std::string& key = "") {
        std::size_t found = 0;
        for (const auto& [id, one] : among)
            if (one.kind == kind && (key.empty() || one.key == key)) ++found;
        return found;
    }

    void admit_all() {
        const auto admitted = budget.admit(now);
        for (const Id id : admitted) {
            ASSERT_TRUE(waiting.contains(id));
            ASSERT_GE(now, budget.closed_until(waiting.at(id).key));
            under_way.insert(waiting.extract(id));
        }
        const http::BudgetFacts facts = budget.facts(now);
        ASSERT_EQ(facts.running, under_way.size());
        ASSERT_EQ(facts.waiting, waiting.size());
        // After a closing more may be under way than may start; who starts finds room.
        for (const Id id : admitted) {
            const Asked& one = under_way.at(id);
            if (one.kind == Kind::stream) continue;
            const bool is_sync = one.kind == Kind::sync;
            ASSERT_LE(
                count(under_way, one.kind),
                is_sync ? std::min(limits.syncs_per_server, facts.concurrency) : facts.concurrency
            );
            ASSERT_LE(count(under_way, one.kind, one.key), most(facts, one));
        }
        // Nobody waits who could go.
        for (const auto& [id, one] : waiting) {
            if (now < budget.closed_until(one.key)) continue;
            ASSERT_NE(one.kind, Kind::stream);
            const std::size_t server = one.kind == Kind::sync
                                           ? std::min(limits.syncs_per_server, facts.concurrency)
                                           : facts.concurrency;
            ASSERT_TRUE(
                count(under_way, one.kind) >= server ||
                count(under_way, one.kind, one.key) >= most(facts, one)
            );
        }
    }

    std::size_t most(const http::BudgetFacts& facts, const Asked& one) const {
        std::size_t concurrency = limits.per_key;
        for (const auto& key : facts.throttled)
            if (key.key == one.key) concurrency = key.concurrency;
        return one.kind == Kind::sync ? std::min(limits.syncs_per_key, concurrency) : concurrency;
    }

    void answer(Id id) {
        const Scope scope = std::array{Scope::key, Scope::server, Scope::front_end}[pick(3)];
        switch (pick(12)) {
            case 0:
                budget.note_busy(id, scope, std::nullopt, now);
                break;
            case 1:
                budget.note_busy(id, scope, std::chrono::seconds(pick(9)), now);
                break;
            case 2:
                break;
            default:
                budget.note_success(id);
        }
        budget.leave(id);
        under_way.erase(id);
    }

    Id any(const std::map<Id, Asked>& among) {
        return std::next(among.begin(), static_cast<std::ptrdiff_t>(pick(among.size())))->first;
    }

    void step() {
        const std::size_t what = pick(10);
        if (what < 4) {
            const Asked one{keys[pick(keys.size())], static_cast<Kind>(pick(3))};
            waiting.emplace(budget.ask(one.key, one.kind), one);
        } else if (what < 8 && !under_way.empty()) {
            answer(any(under_way));
        } else if (what == 8 && !waiting.empty()) {
            const Id id = any(waiting);
            budget.leave(id);
            waiting.erase(id);
        } else {
            now += std::chrono::milliseconds(pick(20'000));
        }
    }

    std::minstd_rand random{GetParam()};
    std::map<Id, Asked> waiting, under_way;
};

TEST_P(RandomSteps, NeverMoreThanAllowedNobodyForgottenAndAllServedInTheEnd) {
    for (int i = 0; i < 10'000; ++i) {
        step();
        admit_all();
        if (HasFatalFailure()) FAIL() << "step " << i << " of seed " << GetParam();
    }
    for (int i = 0; i < 10'000 && !(waiting.empty() && under_way.empty()); ++i) {
        now += 600s;
        while (!under_way.empty()) {
            const Id id = any(under_way);
            budget.note_success(id);
            budget.leave(id);
            under_way.erase(id);
        }
        admit_all();
        if (HasFatalFailure()) FAIL() << "at the end of seed " << GetParam();
    }
    EXPECT_TRUE(waiting.empty());
    EXPECT_EQ(budget.facts(now).running, 0U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSteps, testing::Range(1U, 9U));

}  // namespace
