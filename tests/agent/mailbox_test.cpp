#include "agent/mailbox.hpp"

#include <gtest/gtest.h>

#include "tests/agent/run.hpp"
#include "tests/agent/story.hpp"
#include "tests/fakes/mailbox.hpp"

namespace {

using agent::errc;
using agent_test::run;
using Move = rules::Disposition::Move;

TEST(Mailbox, SeveralAreMarkedAndMovedEachWithItsOwnResult) {
    fakes::Mailbox mailbox;
    boost::asio::io_context context;
    const auto first = mailbox.deliver("deals", agent_test::offer());
    const auto results =
        run(context, mailbox.mark_each({{"nowhere", {{"Red"}, {}, ""}}, {first, {{"Red"}, {}, ""}}})
        ).value();
    ASSERT_EQ(results.size(), 2U);
    EXPECT_EQ(results[0].error().code, errc::gone);
    EXPECT_TRUE(results[1]);
    const auto moved = run(context, mailbox.move_each({"nowhere", first}, Move::inbox)).value();
    ASSERT_EQ(moved.size(), 2U);
    EXPECT_EQ(moved[0].error().code, errc::gone);
    EXPECT_EQ(mailbox.items.begin()->second.folder, "inbox");
}

TEST(Mailbox, AnOutageEndsIt) {
    fakes::Mailbox mailbox;
    boost::asio::io_context context;
    const auto first = mailbox.deliver("deals", agent_test::offer());
    mailbox.fail("move", 1, {errc::unreachable, "away", {}});
    const auto moved = run(context, mailbox.move_each({first, first}, Move::inbox));
    EXPECT_EQ(moved.error().code, errc::unreachable);
    EXPECT_EQ(mailbox.calls_of("move"), 1U);
}

}  // namespace
