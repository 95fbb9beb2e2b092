// Failures 21 and 22: one bad mail among good ones, and a crash at any moment.
#include <gtest/gtest.h>

#include "tests/failures/crash.hpp"
#include "tests/failures/site.hpp"

namespace {

using namespace failures;

TEST(Failure21, OneBadMailAmongAHundredGoodOnesIsAllThatFails) {
    Site site;
    site.begin();
    site.exchange.inject("GetItem always item-error ErrorItemCorrupt subject poison");
    site.drop(numbered("first-", 50));
    site.drop({"poison"});
    site.drop(numbered("last-", 50));
    site.work_until_finished(101);
    EXPECT_EQ(site.mails().size(), 100U);
    EXPECT_EQ(site.logged("warning failed"), 1U);
    const std::string line = site.lines_with("warning failed");
    for (const char* part :
         {"mailbox=anna@us.example", "role=create-new/email", "attempts=1", "ErrorItemCorrupt"})
        EXPECT_TRUE(contains(line, part)) << line;
}

TEST(Failure21, ABadMailThatCouldBeReadIsNamedByItsMessageId) {
    Site site;
    site.begin();
    site.exchange.inject("UpdateItem always item-error ErrorItemCorrupt subject poison");
    site.drop({"poison", "offer"});
    site.work_until_finished(2);
    const std::string line = site.lines_with("warning failed");
    EXPECT_TRUE(contains(line, "mailbox=anna@us.example")) << line;
    EXPECT_TRUE(contains(line, "subject=poison")) << line;
    EXPECT_TRUE(contains(line, "poison@test.example")) << line;
    EXPECT_EQ(site.exchange.items(anna, "inbox").size(), 1U);
}

TEST(Failure21, OneMailboxThatMayNotBeEnteredDoesNotHoldUpTheOther) {
    Site site({anna, ben});
    site.exchange.allow("ferry@us.example", {ben});
    site.start();
    site.await_log("info listening mailbox=ben@us.example");
    site.drop(numbered("offer-", 3), ben);
    site.work_until_finished(3);
    EXPECT_EQ(site.told(), filed(numbered("offer-", 3), ben));
    const std::string line = site.lines_with("error unreachable");
    EXPECT_TRUE(contains(line, "mailbox=anna@us.example")) << line;
    EXPECT_FALSE(contains(line, "mailbox=ben@us.example")) << line;
}

class Failure22 : public testing::TestWithParam<Fate> {};

TEST_P(Failure22, ACrashBeforeOrAfterAnyRequestLosesNothingAndDoublesNothing) {
    int crashes = 0;
    for (std::size_t request = 1;; ++request) {
        Site site;
        site.begin();
        Crash crash(site, request, GetParam());
        site.drop({"offer"});
        site.pump([&] { return crash.happened() || site.finished() == 1; });
        if (!crash.happened()) break;
        ++crashes;
        crash.end();
        site.start();
        site.work_until_finished(1);
        EXPECT_EQ(site.told(), filed({"offer"}))
            << "at request " << request << ", " << crash.operation();
    }
    EXPECT_GE(crashes, 4) << "read the folder, read the mail, mark it, move it";
}

INSTANTIATE_TEST_SUITE_P(
    Request,
    Failure22,
    testing::Values(Fate::lost, Fate::carried_out, Fate::unwritten),
    [](const auto& one) {
        if (one.param == Fate::unwritten) return "Unwritten";
        return one.param == Fate::lost ? "Lost" : "CarriedOut";
    }
);

}  // namespace
