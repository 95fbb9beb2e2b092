// Who is let in, first without a network, then over TLS with the client of http/.
#include "ews/simulator/login.hpp"

#include <unistd.h>

#include "http/auth/negotiate.hpp"
#include "http/client.hpp"
#include "tests/ews/simulator/ask.hpp"
#include "tests/ews/simulator/ntlm_client.hpp"
#include "tests/ews/simulator/requests.hpp"
#include "tests/http/certificates.hpp"
#include "tests/http/loop.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;
using Scheme = Login::Scheme;

TEST(SimulatorLogin, AsksForBasicWithEachRequest) {
    Office office;
    const Doorkeeper door({}, "");
    ConnectionLogin login;
    const auto refused = login.admit("", door, office.organization);
    EXPECT_EQ(refused.account, nullptr);
    EXPECT_EQ(refused.challenges.at(0), R"(Basic realm="mailferry-exchange")");
    const auto basic = "Basic " + encode_base64("service:secret");
    EXPECT_NE(login.admit(basic, door, office.organization).account, nullptr);
    EXPECT_EQ(login.admit("", door, office.organization).account, nullptr);
}

TEST(SimulatorLogin, CanDemandABindingOfNtlmOverTlsOnly) {
    EXPECT_THROW(Doorkeeper({Scheme::basic, true}, "x"), std::invalid_argument);
    EXPECT_THROW(Doorkeeper({Scheme::ntlm, true}, ""), std::invalid_argument);
}

struct SimulatorNtlmLogin : NtlmTest {
    Office office;

    Admission admit(ConnectionLogin& login, const Doorkeeper& door, const std::string& field) {
        return login.admit(field, door, office.organization);
    }

    /// What becomes of the client's last word.
    Admission log_in(
        ConnectionLogin& login,
        const Doorkeeper& door,
        const std::string& password,
        const std::string& scheme = "NTLM"
    ) {
        NtlmClient client("service", password);
        const auto asked = admit(login, door, scheme + " " + encode_base64(client.say()));
        EXPECT_EQ(asked.account, nullptr);
        const auto challenge = asked.challenges.at(0);
        EXPECT_TRUE(challenge.starts_with(scheme + " "));
        const auto token = client.say(*decode_base64(challenge.substr(scheme.size())));
        return admit(login, door, scheme + " " + encode_base64(token));
    }
};

TEST_F(SimulatorNtlmLogin, BelongsToTheConnection) {
    const Doorkeeper door({Scheme::ntlm, false}, "");
    ConnectionLogin first, second;
    EXPECT_EQ(log_in(first, door, "secret").account, office.organization.account("service"));
    EXPECT_EQ(admit(first, door, "").account, office.organization.account("service"));
    const auto other = admit(second, door, "");
    EXPECT_EQ(other.account, nullptr);
    EXPECT_EQ(other.challenges, std::vector<std::string>{"NTLM"});
}

TEST_F(SimulatorNtlmLogin, OffersAgainAfterAWrongPasswordAndLetsTheRightOneIn) {
    const Doorkeeper door({Scheme::negotiate, false}, "");
    const std::vector<std::string> offers{"Negotiate", "NTLM"};
    ConnectionLogin login;
    EXPECT_EQ(log_in(login, door, "wrong").challenges, offers);
    EXPECT_EQ(admit(login, door, "").challenges, offers);
    EXPECT_NE(log_in(login, door, "secret", "Negotiate").account, nullptr);
}

TEST_F(SimulatorNtlmLogin, WhoLogsInAgainIsOutUntilThen) {
    const Doorkeeper door({Scheme::ntlm, false}, "");
    ConnectionLogin login;
    log_in(login, door, "secret");
    EXPECT_EQ(log_in(login, door, "wrong").account, nullptr);
    EXPECT_EQ(admit(login, door, "").account, nullptr);
}

TEST_F(SimulatorNtlmLogin, BeginsAnewWhereTheClientDoes) {
    const Doorkeeper door({Scheme::ntlm, false}, "");
    ConnectionLogin login;
    NtlmClient gives_up("service", "secret");
    admit(login, door, "NTLM " + encode_base64(gives_up.say()));
    EXPECT_NE(log_in(login, door, "secret").account, nullptr);
}

TEST_F(SimulatorNtlmLogin, TakesNoSchemeThatItDoesNotOffer) {
    const Doorkeeper door({Scheme::ntlm, false}, "");
    ConnectionLogin login;
    const auto basic = "Basic " + encode_base64("service:secret");
    for (const auto& field : {basic, std::string("NTLM"), std::string("NTLM ***")})
        EXPECT_EQ(admit(login, door, field).challenges, std::vector<std::string>{"NTLM"});
}

/// A simulator with a certificate, and the client that mailferry has.
struct SimulatorNtlmOverTls : NtlmTest {
    const std::string prefix =
        ::testing::TempDir() + "mailferry_login_" + std::to_string(::getpid());
    boost::asio::io_context io{1};

    void SetUp() override {
        NtlmTest::SetUp();
        const auto ca = testing_http::make_identity({"Login CA", "", -1, 30, true});
        testing_http::write_file(prefix + "_ca", testing_http::certificate_pem(ca));
        const auto server = testing_http::make_identity({"localhost"}, &ca);
        testing_http::write_file(prefix + "_pem", testing_http::certificate_pem(server));
        testing_http::write_file(prefix + "_key", testing_http::key_pem(server));
    }

    Options options(Login login) const {
        Options result;
        result.certificate = prefix + "_pem";
        result.private_key = prefix + "_key";
        result.login = login;
        result.ways.grommunio = true;
        return result;
    }

    /// Status of the last answer to so many requests on one connection.
    unsigned ask(Simulator& simulator, const std::string& password, int times = 1) {
        simulator.add_mailbox(agent);
        simulator.start();
        ::http::Options options;
        options.ca_file = prefix + "_ca";
        options.authenticator =
            ::http::negotiate_authenticator({"agent@example.test", password, ""}).value();
        const auto client = ::http::Client::create(io.get_executor(), options).value();
        unsigned status = 0;
        for (int i = 0; i < times; ++i) {
            ::http::Request request;
            request.url = simulator.url();
            request.body = envelope(find_item(""));
            status = testing_http::run(io, client->exchange(std::move(request)))->status;
        }
        return status;
    }
};

TEST_F(SimulatorNtlmOverTls, LetsTheClientInThatIsBoundToTheCertificate) {
    Simulator simulator(options({Scheme::ntlm, true}));
    EXPECT_EQ(ask(simulator, "secret", 3), 200U);
    EXPECT_EQ(simulator.requests("FindItem"), 3U);
    EXPECT_EQ(simulator.requests("(login)"), 1U);
}

TEST_F(SimulatorNtlmOverTls, DoesNotCountRequestsOfWhoIsNotIn) {
    Simulator simulator(options({Scheme::ntlm, true}));
    EXPECT_EQ(ask(simulator, "wrong"), 401U);
    EXPECT_EQ(simulator.requests("FindItem"), 0U);
}

TEST_F(SimulatorNtlmOverTls, LetsInAgainAfterAStray401) {
    Simulator simulator(options({Scheme::ntlm, false}));
    simulator.inject("FindItem 2 401");
    EXPECT_EQ(ask(simulator, "secret", 2), 200U);
    EXPECT_EQ(simulator.requests("FindItem"), 3U);
}

}  // namespace
