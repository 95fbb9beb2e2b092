// Failures 25 and 26: logins that are refused, tokens, rights that are missing.
#include <gtest/gtest.h>

#include <atomic>

#include "tests/failures/meddler.hpp"
#include "tests/failures/site.hpp"
#include "tests/failures/tokens.hpp"

namespace {

using namespace failures;

TEST(Failure25, ALoginThatIsRefusedIsNotTriedAgainAndAgain) {
    Site site;
    site.exchange.inject("* always 401");
    const std::string line = told_once(site);
    EXPECT_TRUE(contains(line, "wrong user or password")) << line;
    EXPECT_TRUE(contains(line, "ferry@us.example")) << line;
}

TEST(Failure25, AStray401CostsNoMailAndNobodyNoticesIt) {
    Site site;
    site.begin();
    site.exchange.inject("GetItem 401");
    site.drop(numbered("offer-", 3));
    site.work_until_finished(3);
    EXPECT_EQ(site.told(), filed(numbered("offer-", 3)));
    EXPECT_EQ(site.lines_with("error"), "");
}

TEST(Failure25, ARefusalThatIsRepeatedIsOverWhenAnAdminLetsTheAgentReadItsConfigurationAgain) {
    Site site;
    site.begin();
    site.exchange.inject("GetItem 1..2 401");
    site.drop(numbered("offer-", 3));
    site.await_log("error unreachable");
    EXPECT_EQ(site.logged("warning failed"), 0U);
    site.change_config("settle-ms=\"0\"", "settle-ms=\"1\"");
    site.service->reload();
    site.work_until_finished(3);
    EXPECT_EQ(site.told(), filed(numbered("offer-", 3)));
}

TEST(Failure25, AStray401ToATokenIsAnsweredByANewTokenAndNobodyNoticesIt) {
    Site site;
    Tokens tokens(site, 2);
    site.begin();
    site.exchange.inject("GetItem 401");
    site.drop(numbered("offer-", 3));
    site.work_until_finished(3);
    EXPECT_EQ(site.told(), filed(numbered("offer-", 3)));
    EXPECT_EQ(site.lines_with("error"), "");
    EXPECT_EQ(tokens.given(), 2U);
    site.stop();
}

TEST(Failure25, AServerThatClosesBehindEveryAnswerIsReachedOnNewConnections) {
    Site site;
    site.exchange.inject("* always close-after");
    EXPECT_TRUE(contains(site.checked(), ": reachable at ")) << site.checked();
    site.begin();
    site.drop(numbered("offer-", 3));
    site.work_until_finished(3);
    EXPECT_EQ(site.told(), filed(numbered("offer-", 3)));
}

TEST(Failure25, ConnectionsThatAreClosedNowAndThenCostNoMail) {
    Site site;
    site.exchange.inject("every 10 close-after");
    site.begin();
    site.drop(numbered("offer-", 10));
    site.work_until_finished(10);
    EXPECT_EQ(site.told(), filed(numbered("offer-", 10)));
    EXPECT_EQ(site.logged("warning failed"), 0U);
}

TEST(Failure26, ATokenThatHasExpiredOnTheWayIsRenewedAndTheMailFiled) {
    Site site;
    Tokens tokens(site, 2);
    site.begin();
    tokens.expire();
    site.drop(numbered("offer-", 3));
    site.work_until_finished(3);
    EXPECT_EQ(site.told(), filed(numbered("offer-", 3)));
    EXPECT_EQ(tokens.given(), 2U);
    site.stop();
}

TEST(Failure26, EveryCallActsAsItsMailbox) {
    std::atomic<std::size_t> calls = 0, impersonated = 0;
    const auto count = [&](std::string said) {
        calls += contains(said, "<s:Body>");
        impersonated +=
            contains(said, "<t:PrimarySmtpAddress>anna@us.example</t:PrimarySmtpAddress>");
        return said;
    };
    Site site;
    const Meddler meddler(site.exchange.url(), count);
    site.set_up(meddler.url());
    site.begin();
    site.drop(numbered("offer-", 3));
    site.work_until_finished(3);
    site.stop();
    EXPECT_EQ(site.told(), filed(numbered("offer-", 3)));
    EXPECT_GE(calls, 10U);
    EXPECT_EQ(impersonated, calls);
}

TEST(Failure26, ARightToActForOthersThatIsMissingIsToldWithTheCommandThatGivesIt) {
    Site site({anna, ben});
    site.exchange.allow("ferry@us.example", {ben});
    const std::string line = site.checked();
    EXPECT_TRUE(contains(line, "ErrorImpersonateUserDenied")) << line;
    EXPECT_TRUE(contains(line, "New-ManagementRoleAssignment -Role ApplicationImpersonation"))
        << line;
    EXPECT_TRUE(site.checked(ben).starts_with("mailbox ben@us.example: reachable at "))
        << site.checked(ben);
}

TEST(Failure26, AMailboxThatIsNotThereIsToldSo) {
    Site site;
    site.change_config("address=\"anna@us.example\"", "address=\"nobody@us.example\"");
    const std::string line = site.checked("nobody@us.example");
    EXPECT_TRUE(contains(line, "no mailbox is found there: check its primary SMTP address"))
        << line;
    site.start();
    site.await_log("error unreachable mailbox=nobody@us.example");
    EXPECT_TRUE(contains(site.lines_with("error unreachable"), "Get-Mailbox")) << site.last_lines();
}

TEST(Failure26, AWrongPasswordIsToldWithTheAccount) {
    Site site;
    world::write(site.folder.path / "password", "wrong\n");
    const std::string line = site.checked();
    EXPECT_TRUE(contains(line, "wrong user or password for \"ferry@us.example\"")) << line;
    EXPECT_TRUE(contains(line, "correct user and password in the configuration")) << line;
}

}  // namespace
