// Failures 25 to 30: logins that are refused, redirects, certificates, EWS that is switched off, other servers.
#include <gtest/gtest.h>

#include "tests/failures/site.hpp"
#include "tests/failures/tokens.hpp"
#include "tests/fakes/proxy.hpp"
#include "tests/http/certificates.hpp"

namespace {

using namespace failures;
using std::chrono::milliseconds;

std::size_t total(const Site& site) {
    std::size_t sum = 0;
    for (const auto& [operation, count] : site.exchange.requests()) sum += count;
    return sum;
}

/// The agent starts, meets the error, and is quiet from then on. The line of its log.
std::string told_once(Site& site) {
    site.start();
    site.await_log("error unreachable");
    const auto asked = total(site);
    EXPECT_LE(asked, 2U) << "accounts are locked by less";
    site.work_for(milliseconds(3000));
    EXPECT_EQ(total(site), asked);
    EXPECT_EQ(site.logged("error unreachable"), 1U);
    return site.lines_with("error unreachable");
}

// ---- 25

TEST(Failure25, ALoginThatIsRefusedIsNotTriedAgainAndAgain) {
    Site site;
    site.exchange.inject("* always 401");
    const std::string line = told_once(site);
    EXPECT_TRUE(contains(line, "wrong user or password")) << line;
    EXPECT_TRUE(contains(line, "ferry@us.example")) << line;
}

TEST(Failure25, AStray401CostsNoMailAndIsOverWhenAnAdminLetsTheAgentReadItsConfigurationAgain) {
    Site site;
    site.begin();
    site.exchange.inject("GetItem 401");
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
    site.drop(numbered("offer-", 10));
    site.work_until_finished(10);
    EXPECT_EQ(site.told(), filed(numbered("offer-", 10)));
    EXPECT_EQ(site.logged("warning failed"), 0U);
}

// ---- 26

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
    Site site({anna, ben});  // the account has no mailbox of its own: what does not impersonate is refused
    site.begin();
    site.drop({"offer"});
    site.drop({"order"}, ben);
    site.work_until_finished(2);
    EXPECT_EQ(site.exchange.items(anna, "inbox").size(), 1U);
    EXPECT_EQ(site.exchange.items(ben, "inbox").size(), 1U);
    EXPECT_EQ(site.lines_with("error") + site.lines_with("warning"), "");
}

TEST(Failure26, ARightToActForOthersThatIsMissingIsToldWithTheCommandThatGivesIt) {
    Site site({anna, ben});
    site.exchange.allow("ferry@us.example", {ben});
    const std::string line = site.checked();
    EXPECT_TRUE(contains(line, "ErrorImpersonateUserDenied")) << line;
    EXPECT_TRUE(contains(line, "New-ManagementRoleAssignment -Role ApplicationImpersonation")) << line;
    EXPECT_TRUE(site.checked(ben).starts_with("mailbox ben@us.example: reachable at ")) << site.checked(ben);
}

TEST(Failure26, AMailboxThatIsNotThereIsToldSo) {
    Site site;
    site.change_config("address=\"anna@us.example\"", "address=\"nobody@us.example\"");
    const std::string line = site.checked("nobody@us.example");
    EXPECT_TRUE(contains(line, "no mailbox is found there: check its primary SMTP address")) << line;
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

// ---- certificates

/// An authority of this office, and a server that it vouches for.
class Office {
public:
    explicit Office(const testing_http::Wanted& wanted, bool self_signed = false) {
        testing_http::Wanted authority{"Office CA"};
        authority.is_ca = true;
        const auto ca = testing_http::make_identity(authority);
        const auto server = testing_http::make_identity(wanted, self_signed ? nullptr : &ca);
        testing_http::write_file(ca_file(), testing_http::certificate_pem(ca));
        testing_http::write_file(file("server.pem"), testing_http::certificate_pem(server));
        testing_http::write_file(file("server.key"), testing_http::key_pem(server));
    }
    ews::simulator::Options options() const {
        ews::simulator::Options options;
        options.certificate = file("server.pem");
        options.private_key = file("server.key");
        return options;
    }
    std::string ca_file() const { return file("ca.pem"); }
    std::string trust() const { return "ca-file=\"" + ca_file() + "\""; }

private:
    std::string file(const std::string& name) const { return (folder_.path / name).string(); }
    world::Folder folder_;
};

// ---- 27

class Failure27 : public testing::TestWithParam<int> {
protected:
    Failure27() {
        front_.add_service_account("ferry@us.example");
        front_.add_mailbox(anna);
        front_.start();
    }
    void redirect(int status) {
        front_.inject("* always " + std::to_string(status) + " to " + site_.exchange.url());
    }
    /// "http://localhost…", so that 127.0.0.1 is another host.
    std::string front() const { return live::replaced(front_.url(), "127.0.0.1", "localhost"); }

    Office office_{testing_http::Wanted{"mail.us.example"}};
    Site site_{{anna}, office_.options()};
    ews::simulator::Simulator front_;
};

TEST_P(Failure27, APostIsRepeatedAsPostAtAHostThatIsAllowed) {
    redirect(GetParam());
    site_.set_up(front(), office_.trust() + " redirect-hosts=\"127.0.0.1\"");
    EXPECT_TRUE(contains(site_.checked(), "reachable at ")) << site_.checked();
    EXPECT_GT(total(site_), 0U);
}

TEST_P(Failure27, AMailWhoseRequestsAreRedirectedOnTheWayIsFiledOnceAndNobodyNoticesIt) {
    site_.set_up(site_.exchange.url(), office_.trust());
    site_.begin();
    for (const char* operation : {"SyncFolderItems", "GetItem", "UpdateItem", "MoveItem"})
        site_.exchange.inject(
            std::string(operation) + " " + std::to_string(GetParam()) + " to " + site_.exchange.url()
        );
    site_.drop(numbered("offer-", 3));
    site_.work_until_finished(3);
    EXPECT_EQ(site_.told(), filed(numbered("offer-", 3)));
    EXPECT_EQ(site_.lines_with("warning") + site_.lines_with("error"), "");
}

INSTANTIATE_TEST_SUITE_P(Status, Failure27, testing::Values(301, 302, 307, 308));

using Failure27Refused = Failure27;

TEST_F(Failure27Refused, NoPasswordGoesToAHostThatIsNotAllowed) {
    redirect(302);
    site_.set_up(front(), office_.trust());
    const std::string line = site_.checked();
    EXPECT_TRUE(contains(line, "the host 127.0.0.1 is not among those allowed by configuration")) << line;
    EXPECT_EQ(total(site_), 0U);
}

TEST_F(Failure27Refused, NoPasswordGoesWhereItIsNotHttps) {
    front_.inject("* always 302 to http://127.0.0.1:1/EWS/Exchange.asmx");
    site_.set_up(front(), office_.trust() + " redirect-hosts=\"127.0.0.1\"");
    EXPECT_TRUE(contains(site_.checked(), "it is not https")) << site_.checked();
}

TEST_F(Failure27Refused, ALoginPageInPlaceOfSoapIsToldSo) {
    site_.set_up(site_.exchange.url(), office_.trust());
    site_.exchange.inject("* always login-page");
    const std::string line = site_.checked();
    EXPECT_TRUE(contains(line, "something that is no SOAP, perhaps a login page")) << line;
    EXPECT_TRUE(contains(line, "/EWS/")) << line;
}

TEST_F(Failure27Refused, ARedirectToALoginPagePassesAndTheMailIsFiled) {
    site_.set_up(site_.exchange.url(), office_.trust());
    site_.begin();
    site_.exchange.inject("GetItem 302 to https://127.0.0.1/owa/auth/logon.aspx?url=x");
    site_.drop({"offer"});
    site_.work_until_finished(1);
    EXPECT_EQ(site_.told(), filed({"offer"}));
    EXPECT_EQ(site_.logged("error unreachable"), 1U);
    EXPECT_EQ(site_.logged("info recovered"), 1U);
}

// ---- 28

TEST(Failure28, AServerOfAPrivateAuthorityIsTrustedByItsCaFileOnly) {
    const Office office({"mail.us.example"});
    Site site({anna}, office.options());
    const std::string line = site.checked();
    for (const char* part : {"its issuer is unknown", "ca-file", "CN=mail.us.example", "CN=Office CA", "SHA-256 "})
        EXPECT_TRUE(contains(line, part)) << line;
    EXPECT_EQ(total(site), 0U);
    site.set_up(site.exchange.url(), office.trust());
    EXPECT_TRUE(contains(site.checked(), ": reachable at https://")) << site.checked();
    site.begin();
    site.drop({"offer"});
    site.work_until_finished(1);
    EXPECT_EQ(site.told(), filed({"offer"}));
}

struct BadCertificate {
    const char* name;
    testing_http::Wanted wanted;
    bool self_signed;
    std::vector<std::string> told;
};

class Failure28Bad : public testing::TestWithParam<BadCertificate> {};

TEST_P(Failure28Bad, IsToldWithItsNameAndWhatToDoAndNothingIsSent) {
    const BadCertificate& bad = GetParam();
    const Office office(bad.wanted, bad.self_signed);
    Site site({anna}, office.options());
    site.set_up(site.exchange.url(), office.trust());
    const std::string line = site.checked();
    site.start();
    site.await_log("error unreachable");
    for (const std::string& part : bad.told) {
        EXPECT_TRUE(contains(line, part)) << line;
        EXPECT_TRUE(contains(site.lines_with("error unreachable"), part)) << site.last_lines();
    }
    EXPECT_TRUE(contains(line, "CN=mail.us.example")) << line;
    EXPECT_EQ(total(site), 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Certificate,
    Failure28Bad,
    testing::Values(
        BadCertificate{
            "Expired",
            {"mail.us.example", "IP:127.0.0.1", -30, -2},
            false,
            {"it expired on ", "Renew it on the server"}},
        BadCertificate{
            "OfTheFuture",
            {"mail.us.example", "IP:127.0.0.1", 2, 30},
            false,
            {"it is valid only from ", "Check the clocks"}},
        BadCertificate{
            "OfAnotherName",
            {"mail.us.example", "DNS:mail.us.example"},
            false,
            {"it is for another name: mail.us.example", "Use a name of the certificate in the URL"}},
        BadCertificate{
            "SelfSigned", {"mail.us.example"}, true, {"it is self-signed", "ca-file", "SHA-256 "}}
    ),
    [](const auto& one) { return one.param.name; }
);

// ---- 29

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
    const Office office({"outlook.office365.com", "DNS:outlook.office365.com"});
    Site site({anna}, office.options());
    const fakes::Proxy proxy(port_of(site.exchange.url()));
    site.set_up("https://outlook.office365.com/EWS/Exchange.asmx", office.trust());
    site.change_config("<password file=\"password\"/>", "<password file=\"password\"/><proxy url=\"" + proxy.url() + "\"/>");
    EXPECT_TRUE(contains(site.checked(), ": reachable at https://outlook.office365.com/")) << site.checked();
    site.exchange.inject("* always 403");
    const std::string line = site.checked();
    EXPECT_TRUE(contains(line, "EWS is disabled for this tenant or this application is not in EWSAllowedAppIDs")) << line;
    EXPECT_TRUE(contains(line, "1 April 2027")) << line;
}

// ---- 30

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
    site.pump([&] { return contains(site.lines_with("warning waits"), "so it is for this mail alone"); });
    site.drop(numbered("offer-", 3));
    site.pump([&] { return site.finished() == 3; });
    EXPECT_EQ(site.mails().size(), 3U);
    EXPECT_EQ(site.unfinished().attempts, 3);
    EXPECT_EQ(site.exchange.items(anna, live::emails).size(), 1U) << "it waits where it is";
}

}  // namespace
