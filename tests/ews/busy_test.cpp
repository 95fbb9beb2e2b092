#include "ews/busy.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace std::chrono_literals;
using ews::asks_to_wait;
using ews::errc;
using ews::Error;
using ews::who_waits;
using http::Scope;

Error error(errc code, std::optional<std::chrono::milliseconds> back_off = std::nullopt) {
    return {code, {}, {}, back_off};
}

TEST(Busy, AsksToWaitByItsCodeOrByAValue) {
    EXPECT_TRUE(asks_to_wait(error(errc::server_busy)));
    EXPECT_TRUE(asks_to_wait(error(errc::too_many_connections)));
    EXPECT_TRUE(asks_to_wait(error(errc::unavailable)));
    EXPECT_TRUE(asks_to_wait(error(errc::other, 5s)));
    EXPECT_FALSE(asks_to_wait(error(errc::item_not_found)));
    EXPECT_FALSE(asks_to_wait(error(errc::unreachable)));
}

TEST(Busy, WithImpersonationTheBudgetOfTheMailboxIsSpentAndTheOthersGoOn) {
    EXPECT_EQ(who_waits(error(errc::server_busy, 5s), true), Scope::key);
    EXPECT_EQ(who_waits(error(errc::too_many_connections), true), Scope::key);
}

TEST(Busy, WithoutImpersonationTheBudgetOfTheAccountIsSpent) {
    EXPECT_EQ(who_waits(error(errc::server_busy, 5s), false), Scope::server);
    EXPECT_EQ(who_waits(error(errc::too_many_connections), false), Scope::server);
}

TEST(Busy, AnHttpStatusIsNobodysBudget) {
    EXPECT_EQ(who_waits(error(errc::unavailable), true), Scope::front_end);
    EXPECT_EQ(who_waits(error(errc::unavailable), false), Scope::front_end);
    const ews::Error busy{errc::unavailable, "ErrorServerBusy", {}, {}};
    EXPECT_EQ(who_waits(busy, true), Scope::server);
}

TEST(Busy, IsFoundInTheErrorOfTheReply) {
    const ews::Result<int> reply = error(errc::server_busy, 5s);
    EXPECT_EQ(ews::wait_asked(reply), error(errc::server_busy, 5s));
    const ews::Result<void> gone = error(errc::item_not_found);
    EXPECT_EQ(ews::wait_asked(gone), std::nullopt);
    EXPECT_EQ(ews::wait_asked(ews::Result<void>()), std::nullopt);
}

TEST(Busy, IsFoundAmongTheItemsOfABatchTheLongestWait) {
    using Items = std::vector<ews::Result<int>>;
    const ews::Result<Items> reply = Items{
        1,
        error(errc::item_not_found),
        error(errc::server_busy),
        error(errc::server_busy, 300s),
        error(errc::server_busy, 5s)};
    EXPECT_EQ(ews::wait_asked(reply), error(errc::server_busy, 300s));
    EXPECT_EQ(ews::wait_asked(ews::Result<Items>(Items{1, 2})), std::nullopt);
}

http::Response head(unsigned status) {
    return {status, {{"Retry-After", "7"}}, ""};
}

TEST(Busy, TheHeadOfAnAnswerSaysHowLongWhereItsErrorDoesNot) {
    EXPECT_EQ(with_head(error(errc::server_busy), head(500)), error(errc::server_busy, 7s));
    EXPECT_EQ(with_head(error(errc::server_busy, 5s), head(500)), error(errc::server_busy, 5s));
    EXPECT_EQ(with_head(error(errc::item_not_found), head(500)), error(errc::item_not_found));
}

TEST(Busy, InA503ItIsTheServerAsAWhole) {
    EXPECT_EQ(with_head(error(errc::server_busy), head(503)), error(errc::unavailable, 7s));
    EXPECT_EQ(with_head(error(errc::item_not_found), head(429)), error(errc::item_not_found));
}

}  // namespace
