#include "http/gate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/http/loop.hpp"

namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using http::Kind;
using http::Scope;
using Why = http::Refusal::Why;
using testing_http::run_until;

/// One who wants in; holds its pass until it is told to leave.
struct Guest {
    std::optional<http::Entry> entry;
    asio::cancellation_signal cancel;

    bool is_in() const { return entry && std::holds_alternative<http::Pass>(*entry); }
    http::Pass& pass() { return std::get<http::Pass>(*entry); }
    http::Refusal refusal() const { return std::get<http::Refusal>(*entry); }
    void leave() { entry.reset(); }
};

class Gate : public testing::Test {
protected:
    Guest& come(
        const std::string& key, std::chrono::milliseconds patience = 1h, Kind kind = Kind::ordinary
    ) {
        guests.push_back(std::make_unique<Guest>());
        Guest& guest = *guests.back();
        asio::co_spawn(
            *io,
            gate->enter(key, kind, patience),
            asio::bind_cancellation_slot(
                guest.cancel.slot(),
                [&guest](std::exception_ptr, http::Entry entry) {
                    guest.entry.emplace(std::move(entry));
                }
            )
        );
        settle();
        return guest;
    }

    /// Until all have gone as far as they can without a clock.
    void settle() {
        io->restart();
        while (io->poll_one() > 0) {
        }
    }

    void wait_for(Guest& guest) {
        run_until(*io, [&] { return guest.entry.has_value(); });
    }

    std::unique_ptr<asio::io_context> io = std::make_unique<asio::io_context>();
    std::unique_ptr<http::Gate> gate =
        std::make_unique<http::Gate>(http::BudgetLimits{2, 1, 1, 1, 20, 3, 60s, 600s, 1s, 60s});
    std::vector<std::unique_ptr<Guest>> guests;
};

TEST_F(Gate, LetsInAsManyAsAllowedAndTheOthersInTheirTurn) {
    Guest& ann = come("ann");
    Guest& ann_again = come("ann");
    Guest& bob = come("bob");
    Guest& cid = come("cid");
    EXPECT_TRUE(ann.is_in() && bob.is_in());
    EXPECT_FALSE(ann_again.entry || cid.entry);
    bob.leave();
    settle();
    EXPECT_TRUE(cid.is_in());
    EXPECT_FALSE(ann_again.entry);
    ann.leave();
    settle();
    EXPECT_TRUE(ann_again.is_in());
}

TEST_F(Gate, OpensByItself) {
    Guest& ann = come("ann");
    ann.pass().note_busy(Scope::server, 20ms);
    Guest& bob = come("bob");
    Guest& cid = come("cid");
    Guest& stream = come("bob", 1h, Kind::stream);
    EXPECT_FALSE(bob.entry || cid.entry || stream.entry);
    EXPECT_EQ(gate->facts().waiting, 3U);
    wait_for(stream);
    EXPECT_TRUE(stream.is_in());
    // Two at least may go, and Ann is still there.
    EXPECT_TRUE(bob.is_in());
    EXPECT_FALSE(cid.entry);
    ann.leave();
    settle();
    EXPECT_TRUE(cid.is_in());
}

TEST_F(Gate, OpensForAllWhoWait) {
    Guest& ann = come("ann");
    Guest& bob = come("ann");
    Guest& cid = come("ann");
    ann.pass().note_busy(Scope::key, 20ms);
    ann.leave();
    wait_for(bob);
    ASSERT_TRUE(bob.is_in());
    bob.leave();
    wait_for(cid);
    EXPECT_TRUE(cid.is_in());
}

TEST_F(Gate, RefusesAtOnceWhereWaitingWillNotDo) {
    come("ann").pass().note_busy(Scope::server, 300s);
    Guest& bob = come("bob", 100s);
    ASSERT_TRUE(bob.entry);
    EXPECT_EQ(bob.refusal().why, Why::closed);
    EXPECT_GT(bob.refusal().remaining, 200s);
    EXPECT_LE(bob.refusal().remaining, 300s);
    EXPECT_EQ(gate->facts().waiting, 0U);
}

TEST_F(Gate, WhoWaitsAlreadyIsRefusedWhenItCloses) {
    Guest& ann = come("ann");
    Guest& impatient = come("ann", 100s);
    Guest& patient = come("ann", 1h);
    ann.pass().note_busy(Scope::key, 300s);
    settle();
    ASSERT_TRUE(impatient.entry);
    EXPECT_EQ(impatient.refusal().why, Why::closed);
    EXPECT_FALSE(patient.entry);
}

TEST_F(Gate, AKeyThatIsClosedHoldsUpNoOther) {
    Guest& ann = come("ann");
    ann.pass().note_busy(Scope::key, 300s);
    ann.leave();
    EXPECT_FALSE(come("ann").entry);
    EXPECT_TRUE(come("bob").is_in());
}

TEST_F(Gate, WhoFindsNoTurnInTimeIsTold) {
    Guest& ann = come("ann");
    Guest& late = come("ann", 10ms);
    wait_for(late);
    EXPECT_EQ(late.refusal(), http::Refusal{Why::crowded});
    ann.leave();
    EXPECT_EQ(gate->facts().waiting, 0U);
    EXPECT_TRUE(come("ann").is_in());
}

TEST_F(Gate, ACancelledWaiterLeavesNoHole) {
    Guest& ann = come("ann");
    Guest& second = come("ann");
    Guest& third = come("ann");
    second.cancel.emit(asio::cancellation_type::terminal);
    settle();
    ASSERT_TRUE(second.entry);
    EXPECT_EQ(second.refusal().why, Why::cancelled);
    ann.leave();
    settle();
    EXPECT_TRUE(third.is_in());
}

TEST_F(Gate, WhoIsCancelledTheMomentItsTurnComesPassesItOn) {
    Guest& ann = come("ann");
    Guest& second = come("ann");
    Guest& third = come("ann");
    second.cancel.emit(asio::cancellation_type::terminal);
    ann.leave();
    settle();
    EXPECT_EQ(second.refusal().why, Why::cancelled);
    EXPECT_TRUE(third.is_in());
}

TEST_F(Gate, APassOutlivesTheGate) {
    Guest& ann = come("ann");
    Guest& waiting = come("ann");
    gate.reset();
    ann.pass().note_success();
    ann.leave();
    settle();
    EXPECT_TRUE(waiting.is_in());
}

TEST_F(Gate, WaitersMayBeThrownAwayWithTheirLoop) {
    Guest& ann = come("ann");
    come("ann");
    come("bob");
    come("bob");
    io.reset();
    EXPECT_EQ(gate->facts().waiting, 0U);
    ann.leave();
    EXPECT_EQ(gate->facts().running, 1U);
}

TEST_F(Gate, APassThatIsMovedIsGivenBackOnce) {
    Guest& ann = come("ann");
    http::Pass pass = std::move(ann.pass());
    ann.leave();
    EXPECT_EQ(gate->facts().running, 1U);
    pass = http::Pass();
    EXPECT_EQ(gate->facts().running, 0U);
    pass.note_success();
    pass.note_busy(Scope::server, 1s);
    EXPECT_EQ(gate->facts().closed_for, 0s);
}

/// Visitors that come again and again, stay for a while, are busy, or are called off.
class CrowdedGate : public testing::Test {
protected:
    static constexpr int visitors = 50, visits = 200;

    asio::awaitable<void> visit_often(int visitor) {
        for (int i = 0; i < visits; ++i) {
            std::string key = std::to_string(visitor % 7);
            const Kind kind = visitor % 3 == 0 ? Kind::sync : Kind::ordinary;
            auto entry = co_await gate.enter(std::move(key), kind, 60s);
            auto* pass = std::get_if<http::Pass>(&entry);
            if (pass == nullptr) continue;
            ++served;
            int& now = kind == Kind::sync ? syncs : ordinary;
            ++now;
            most_syncs = std::max(most_syncs, syncs);
            most_ordinary = std::max(most_ordinary, ordinary);
            for (auto hops = random() % 4; hops > 0; --hops)
                co_await asio::post(asio::use_awaitable);
            if (random() % 500 == 0) pass->note_busy(Scope::key, std::chrono::milliseconds(1));
            if (random() % 1000 == 0) pass->note_busy(Scope::server, std::chrono::milliseconds(1));
            if (random() % 4 == 0) pass->note_success();
            --now;
        }
        ++finished;
    }

    /// Comes, and is called off a moment later.
    asio::awaitable<void> come_in_vain() {
        auto entry = co_await gate.enter("0", Kind::ordinary, 60s);
        co_await asio::post(asio::use_awaitable);
    }

    asio::awaitable<void> call_off() {
        for (int i = 0; i < 500; ++i) {
            signals.push_back(std::make_unique<asio::cancellation_signal>());
            const auto executor = co_await asio::this_coro::executor;
            auto slot = signals.back()->slot();
            auto ignore = asio::bind_cancellation_slot(slot, [](std::exception_ptr) {});
            asio::co_spawn(executor, come_in_vain(), std::move(ignore));
            for (auto hops = random() % 4; hops > 0; --hops)
                co_await asio::post(asio::use_awaitable);
            signals.back()->emit(asio::cancellation_type::terminal);
        }
    }

    asio::io_context io;
    http::Gate gate{{5, 2, 2, 1, 3, 3, 1ms, 2ms}};
    std::vector<std::unique_ptr<asio::cancellation_signal>> signals;
    std::minstd_rand random{6};
    int served = 0, finished = 0, ordinary = 0, syncs = 0, most_ordinary = 0, most_syncs = 0;
};

TEST_F(CrowdedGate, ServesAllAndNeverMoreAtOnceThanAllowed) {
    for (int i = 0; i < visitors; ++i)
        asio::co_spawn(io, visit_often(i), [](std::exception_ptr) {});
    asio::co_spawn(io, call_off(), [](std::exception_ptr) {});
    // Only ends a test that hangs.
    io.run_for(60s);
    EXPECT_EQ(finished, visitors);
    EXPECT_EQ(served, visitors * visits);
    EXPECT_LE(most_ordinary, 5);
    EXPECT_LE(most_syncs, 2);
    EXPECT_EQ(gate.facts().waiting, 0U);
    EXPECT_EQ(gate.facts().running, 0U);
}

TEST_F(Gate, WhoStopsRefusesAtOnceThoseForWhomItIsClosedLonger) {
    Guest& ann = come("ann");
    ann.pass().note_busy(Scope::server, 50s);
    Guest& bob = come("bob");
    Guest& cid = come("cid");
    EXPECT_FALSE(bob.entry || cid.entry);
    gate->shorten_waits(1s);
    settle();
    EXPECT_EQ(bob.refusal().why, Why::closed);
    EXPECT_EQ(cid.refusal().why, Why::closed);
    EXPECT_EQ(come("dan").refusal().why, Why::closed);
}

TEST_F(Gate, WhoStopsStillGivesAShortTurn) {
    Guest& ann = come("ann");
    Guest& bob = come("bob");
    Guest& cid = come("cid");
    Guest& dan = come("dan");
    gate->shorten_waits(20ms);
    settle();
    EXPECT_FALSE(cid.entry || dan.entry) << "their turn may come";
    ann.leave();
    settle();
    EXPECT_TRUE(cid.is_in());
    wait_for(dan);
    EXPECT_EQ(dan.refusal().why, Why::crowded);
    bob.leave();
    EXPECT_TRUE(come("eve").is_in());
}

}  // namespace
