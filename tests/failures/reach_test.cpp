// Failures 27 and 28: redirects, and certificates that are not trusted.
#include <gtest/gtest.h>

#include "tests/failures/certified.hpp"

namespace {

using namespace failures;

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

    Certified server_{testing_http::Wanted{"mail.us.example"}};
    Site site_{{anna}, server_.options()};
    ews::simulator::Simulator front_;
};

TEST_P(Failure27, APostIsRepeatedAsPostAtAHostThatIsAllowed) {
    redirect(GetParam());
    site_.set_up(front(), server_.trust() + " redirect-hosts=\"127.0.0.1\"");
    EXPECT_TRUE(contains(site_.checked(), "reachable at ")) << site_.checked();
    EXPECT_GT(total(site_), 0U);
}

TEST_P(Failure27, AMailWhoseRequestsAreRedirectedOnTheWayIsFiledOnceAndNobodyNoticesIt) {
    site_.set_up(site_.exchange.url(), server_.trust());
    site_.begin();
    for (const char* operation : {"SyncFolderItems", "GetItem", "UpdateItem", "MoveItem"})
        site_.exchange.inject(
            std::string(operation) + " " + std::to_string(GetParam()) + " to " +
            site_.exchange.url()
        );
    site_.drop(numbered("offer-", 3));
    site_.work_until_finished(3);
    EXPECT_EQ(site_.told(), filed(numbered("offer-", 3)));
    EXPECT_EQ(site_.lines_with("warning") + site_.lines_with("error"), "");
}

INSTANTIATE_TEST_SUITE_P(Status, Failure27, testing::Values(301, 302, 307, 308));

using Failure27Everything = Failure27;

TEST_F(Failure27Everything, StreamsFollowAndMailIsFiled) {
    redirect(302);
    site_.set_up(front(), server_.trust() + " redirect-hosts=\"127.0.0.1\"");
    site_.begin();
    site_.drop(numbered("offer-", 3));
    site_.work_until_finished(3);
    EXPECT_EQ(site_.told(), filed(numbered("offer-", 3)));
    EXPECT_EQ(site_.lines_with("warning") + site_.lines_with("error"), "");
}

using Failure27Refused = Failure27;

TEST_F(Failure27Refused, NoPasswordGoesToAHostThatIsNotAllowed) {
    redirect(302);
    site_.set_up(front(), server_.trust());
    const std::string line = site_.checked();
    EXPECT_TRUE(contains(line, "the host 127.0.0.1 is not among those allowed by configuration"))
        << line;
    EXPECT_EQ(total(site_), 0U);
}

TEST_F(Failure27Refused, NoPasswordGoesWhereItIsNotHttps) {
    front_.inject("* always 302 to http://127.0.0.1:1/EWS/Exchange.asmx");
    site_.set_up(front(), server_.trust() + " redirect-hosts=\"127.0.0.1\"");
    EXPECT_TRUE(contains(site_.checked(), "it is not https")) << site_.checked();
}

TEST_F(Failure27Refused, ALoginPageInPlaceOfSoapIsToldSo) {
    site_.set_up(site_.exchange.url(), server_.trust());
    site_.exchange.inject("* always login-page");
    const std::string line = site_.checked();
    EXPECT_TRUE(contains(line, "something that is no SOAP, perhaps a login page")) << line;
    EXPECT_TRUE(contains(line, "/EWS/")) << line;
}

TEST_F(Failure27Refused, ARedirectToALoginPagePassesAndTheMailIsFiled) {
    site_.set_up(site_.exchange.url(), server_.trust());
    site_.begin();
    site_.exchange.inject("GetItem 302 to https://127.0.0.1/owa/auth/logon.aspx?url=x");
    site_.drop({"offer"});
    site_.work_until_finished(1);
    EXPECT_EQ(site_.told(), filed({"offer"}));
    EXPECT_EQ(site_.logged("error unreachable"), 1U);
    EXPECT_EQ(site_.logged("info recovered"), 1U);
}

TEST(Failure28, AServerOfAPrivateAuthorityIsTrustedByItsCaFileOnly) {
    const Certified server({"mail.us.example"});
    Site site({anna}, server.options());
    const std::string line = site.checked();
    for (const char* part :
         {"its issuer is unknown", "ca-file", "CN=mail.us.example", "CN=Office CA", "SHA-256 "})
        EXPECT_TRUE(contains(line, part)) << line;
    EXPECT_EQ(total(site), 0U);
    site.set_up(site.exchange.url(), server.trust());
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
    const Certified server(bad.wanted, bad.self_signed);
    Site site({anna}, server.options());
    site.set_up(site.exchange.url(), server.trust());
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
            {"it is for another name: mail.us.example",
             "Use a name of the certificate in the URL"}},
        BadCertificate{
            "SelfSigned", {"mail.us.example"}, true, {"it is self-signed", "ca-file", "SHA-256 "}}
    ),
    [](const auto& one) { return one.param.name; }
);

}  // namespace
