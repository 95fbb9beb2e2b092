// Failures 29 and 30: EWS that is switched off, and servers that are not those of Microsoft.
#include <gtest/gtest.h>

#include "tests/failures/certified.hpp"
#include "tests/failures/meddler.hpp"
#include "tests/fakes/proxy.hpp"

namespace {

using namespace failures;

TEST(Failure29, EwsThatIsSwitchedOffIsToldWithTheCommandsAndNotAskedAgainSoon) {
    Site site;
    site.exchange.inject("* always 403");
    const std::string checked = site.checked();
    EXPECT_TRUE(contains(checked, "refuses access (HTTP 403)")) << checked;
    site.exchange.heal();
    Site other;
    other.exchange.inject("* always 403");
    const std::string line = told_once(other);
    EXPECT_TRUE(contains(line, "Set-CASMailbox MAILBOX -EwsEnabled $true")) << line;
    EXPECT_TRUE(contains(line, "Set-OrganizationConfig -EwsEnabled $true")) << line;
}

TEST(Failure29, OfExchangeOnlineItIsSaidWhatHasHappenedToTheTenant) {
    const Certified server({"outlook.office365.com", "DNS:outlook.office365.com"});
    Site site({anna}, server.options());
    const fakes::Proxy proxy(port_of(site.exchange.url()));
    site.set_up("https://outlook.office365.com/EWS/Exchange.asmx", server.trust());
    site.change_config(
        "<password file=\"password\"/>",
        "<password file=\"password\"/><proxy url=\"" + proxy.url() + "\"/>"
    );
    EXPECT_TRUE(contains(site.checked(), ": reachable at https://outlook.office365.com/"))
        << site.checked();
    site.exchange.inject("* always 403");
    const std::string line = site.checked();
    EXPECT_TRUE(contains(
        line, "EWS is disabled for this tenant or this application is not in EWSAllowedAppIDs"
    )) << line;
    EXPECT_TRUE(contains(line, "1 April 2027")) << line;
}

TEST(Failure30, MailIsFiledOnceAtAServerWithTheWaysOfGrommunio) {
    ews::simulator::Options options;
    options.ways.grommunio = true;
    Site site({anna}, options);
    EXPECT_TRUE(contains(site.checked(), ": reachable at ")) << site.checked();
    site.begin();
    site.drop(numbered("offer-", 5));
    site.work_until_finished(5);
    EXPECT_EQ(site.told(), filed(numbered("offer-", 5)));
    EXPECT_EQ(site.lines_with("warning") + site.lines_with("error"), "");
}

TEST(Failure30, AnHttp500IsNotTakenForAProblemOfTheLogin) {
    Site site;
    site.begin();
    site.exchange.inject("GetItem 500");
    site.drop({"offer"});
    site.work_until_finished(1);
    EXPECT_EQ(site.told(), filed({"offer"}));
    EXPECT_FALSE(contains(site.lines_with("error unreachable"), "password")) << site.last_lines();
}

TEST(Failure30, BusyForOneMailThreeTimesIsABadMailAndTheOthersGoOn) {
    Site site;
    site.change_config("quick=\"1 1 1\"", "quick=\"1 1\"");
    site.begin();
    site.exchange.inject("GetItem 1..3 error ErrorServerBusy back-off 50");
    site.drop({"poison"});
    site.pump([&] {
        return contains(site.lines_with("warning waits"), "so it is for this mail alone");
    });
    site.drop(numbered("offer-", 3));
    site.pump([&] { return site.finished() == 3; });
    EXPECT_EQ(site.mails().size(), 3U);
    EXPECT_EQ(site.unfinished().attempts, 3);
    EXPECT_EQ(site.exchange.items(anna, live::emails).size(), 1U) << "it waits where it is";
}

}  // namespace
