#include "http/auth/negotiate.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "http/auth/channel_binding.hpp"
#include "http/client.hpp"
#include "tests/http/auth/gss_server.hpp"
#include "tests/http/loop.hpp"

namespace {

/// gss-ntlmssp 1.2 loses memory with every password that it reads.
bool ntlm_was_used = false;

}  // namespace

/// Asked by LeakSanitizer at the end of the process; under ctest every test has one of its own.
extern "C" int __lsan_is_turned_off() {
    return ntlm_was_used ? 1 : 0;
}

namespace {

using namespace testing_http;
using http::errc;

http::NegotiateAccount anna(const std::string& password = "geheim") {
    return {"DOM\\anna", password, ""};
}

/// NTLM against an acceptor of gss-ntlmssp. Kerberos needs a KDC: kerberos_check.sh.
class Negotiate : public testing::Test {
protected:
    void SetUp() override {
        ntlm_was_used = true;
        const std::string prefix =
            testing::TempDir() + "mailferry_negotiate_" + std::to_string(::getpid());
        write_file(prefix + "_users", "DOM:anna:geheim\n:carl@corp.example:geheim\n");
        ::setenv("NTLM_USER_FILE", (prefix + "_users").c_str(), 1);
        // No realm, no KDC: what the machine has configured is no matter of these tests.
        write_file(prefix + "_krb5", "[libdefaults]\n  dns_lookup_kdc = false\n");
        ::setenv("KRB5_CONFIG", (prefix + "_krb5").c_str(), 1);
        ::setenv("KRB5CCNAME", "MEMORY:mailferry_negotiate_none", 1);
        gss_OID_set_desc ntlm{1, ntlm_mechanism()};
        gss_cred_id_t own = GSS_C_NO_CREDENTIAL;
        OM_uint32 minor = 0;
        if (gss_acquire_cred(
                &minor, GSS_C_NO_NAME, 0, &ntlm, GSS_C_ACCEPT, &own, nullptr, nullptr
            ) != 0) {
            GTEST_SKIP() << "gss-ntlmssp is not installed";
        }
        gss_release_cred(&minor, &own);
    }

    void log_in_as(http::NegotiateAccount account) {
        options.authenticator = http::negotiate_authenticator(std::move(account)).value();
        client = http::Client::create(io.get_executor(), options).value();
    }

    /// The server has a certificate that the client trusts, and demands its binding.
    void use_tls() {
        const Identity ca = make_identity(Wanted{"Mailferry Test CA", "", -1, 30, true});
        const Identity good = make_identity(Wanted{"good"}, &ca);
        options.ca_file =
            testing::TempDir() + "mailferry_negotiate_ca_" + std::to_string(::getpid()) + ".pem";
        write_file(options.ca_file, certificate_pem(ca));
        const auto hash = http::server_end_point(good.certificate.get());
        server.manners.binding = "tls-server-end-point:" + std::string(hash.begin(), hash.end());
        server.use(good);
    }

    http::Request question() {
        http::Request request;
        request.url = server.url();
        request.body = "question";
        return request;
    }

    /// Status, or the code of the error as a negative number.
    int ask() {
        const auto answer = run(io, client->exchange(question()));
        if (answer) return static_cast<int>(answer->status);
        error = answer.error().text;
        return -static_cast<int>(answer.error().code);
    }

    asio::io_context io{1};
    GssServer server{io};
    http::Options options;
    std::unique_ptr<http::Client> client;
    std::string error;
};

TEST_F(Negotiate, TheRightPasswordGetsInAndTheBodyGoesOnce) {
    log_in_as(anna());
    EXPECT_EQ(ask(), 200);
    EXPECT_EQ(server.story(), "401 - 0 | 401 NTLM 0 | 200 NTLM 8");
    EXPECT_EQ(server.connections, 1);
}

TEST_F(Negotiate, AConnectionThatIsLoggedInIsAskedNothingMore) {
    log_in_as(anna());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(ask(), 200);
    EXPECT_EQ(server.story(), "401 - 0 | 401 NTLM 0 | 200 NTLM 8 | 200 - 8 | 200 - 8");
    EXPECT_EQ(server.connections, 1);
}

TEST_F(Negotiate, AWrongPasswordIsTriedOnceARequest) {
    log_in_as(anna("falsch"));
    EXPECT_EQ(ask(), 401);
    EXPECT_EQ(server.story(), "401 - 0 | 401 NTLM 0 | 401 NTLM 8");
    server.seen.clear();
    EXPECT_EQ(ask(), 401);
    EXPECT_EQ(server.story(), "401 NTLM 0 | 401 NTLM 8");
}

TEST_F(Negotiate, AServerThatClosesAfterEachAnswerIsLoggedInToEachTime) {
    server.manners.closes = true;
    log_in_as(anna());
    EXPECT_EQ(ask(), 200);
    EXPECT_EQ(ask(), 200);
    EXPECT_EQ(server.story(), "401 - 0 | 401 NTLM 0 | 200 NTLM 8 | 401 NTLM 0 | 200 NTLM 8");
    EXPECT_EQ(server.connections, 2);
}

TEST_F(Negotiate, AServerThatClosesWithItsOfferIsComeBackTo) {
    server.manners.closes_refusals = true;
    log_in_as(anna());
    EXPECT_EQ(ask(), 200);
    EXPECT_EQ(server.story(), "401 - 0 | 401 NTLM 0 | 200 NTLM 8");
    EXPECT_EQ(server.connections, 2);
}

// failures.md 25
TEST_F(Negotiate, AStray401IsAnsweredByANewLoginOnTheSameConnection) {
    server.manners.stray_401_at = 2;
    log_in_as(anna());
    EXPECT_EQ(ask(), 200);
    server.seen.clear();
    EXPECT_EQ(ask(), 200);
    EXPECT_EQ(server.story(), "401 - 8 | 401 NTLM 0 | 200 NTLM 8");
    EXPECT_EQ(server.connections, 1);
}

TEST_F(Negotiate, ASecondRefusalIsTheAnswer) {
    log_in_as(anna());
    EXPECT_EQ(ask(), 200);
    server.seen.clear();
    server.manners.stray_401_at = 2;
    write_file(std::getenv("NTLM_USER_FILE"), "DOM:anna:changed\n");
    EXPECT_EQ(ask(), 401);
    EXPECT_EQ(server.story(), "401 - 8 | 401 NTLM 0 | 401 NTLM 8");
}

TEST_F(Negotiate, ABusyGatewayIsTheAnswerAndTheNextRequestLogsIn) {
    server.manners.busy_at = 2;
    log_in_as(anna());
    EXPECT_EQ(ask(), 503);
    EXPECT_EQ(ask(), 200);
    EXPECT_EQ(server.story(), "401 - 0 | 503 NTLM 0 | 401 NTLM 0 | 200 NTLM 8");
}

TEST_F(Negotiate, WithoutTheSchemeNtlmItsTokensGoByNegotiate) {
    server.manners.schemes = {"Negotiate"};
    log_in_as(anna());
    EXPECT_EQ(ask(), 200);
    EXPECT_EQ(server.story(), "401 - 0 | 401 Negotiate 0 | 200 Negotiate 8");
}

TEST_F(Negotiate, AUserWithoutAnyKerberosFallsBackToNtlmByItsFullName) {
    log_in_as({"carl@corp.example", "geheim", ""});
    EXPECT_EQ(ask(), 200) << error;
    EXPECT_EQ(server.story(), "401 - 0 | 401 NTLM 0 | 200 NTLM 8");
}

TEST_F(Negotiate, TheBindingToTlsIsTheOneThatTheServerDemands) {
    use_tls();
    log_in_as(anna());
    EXPECT_EQ(ask(), 200) << error;
}

TEST_F(Negotiate, SomebodyInBetweenWithAnotherCertificateDoesNotGetIn) {
    use_tls();
    server.manners.binding = "tls-server-end-point:of another certificate";
    log_in_as(anna());
    EXPECT_EQ(ask(), 401);
}

TEST_F(Negotiate, AStreamLogsInOnAConnectionOfItsOwn) {
    log_in_as(anna());
    EXPECT_EQ(ask(), 200);
    server.seen.clear();
    auto stream = run(io, client->open_stream(question()));
    ASSERT_TRUE(stream) << stream.error().text;
    EXPECT_EQ((*stream)->head().status, 200U);
    EXPECT_EQ(run(io, (*stream)->read_some(std::chrono::seconds(10))).value(), "mail");
    EXPECT_EQ(server.story(), "401 NTLM 0 | 200 NTLM 8");
    EXPECT_EQ(server.connections, 2);
}

TEST_F(Negotiate, ARefusedStreamHasA401AsItsHead) {
    log_in_as(anna("falsch"));
    auto stream = run(io, client->open_stream(question()));
    ASSERT_TRUE(stream) << stream.error().text;
    EXPECT_EQ((*stream)->head().status, 401U);
}

TEST_F(Negotiate, AServerThatOffersSomethingElseIsNamedWithWhatItOffers) {
    server.manners.schemes = {"Basic realm=\"x\""};
    log_in_as(anna());
    EXPECT_EQ(ask(), -static_cast<int>(errc::bad_url));
    EXPECT_NE(
        error.find("it offers to log in by Basic, but not by Negotiate or NTLM"), std::string::npos
    ) << error;
}

TEST_F(Negotiate, A401WithoutAnyOfferIsTheAnswer) {
    server.manners.schemes = {};
    log_in_as(anna());
    EXPECT_EQ(ask(), 401);
    EXPECT_EQ(server.story(), "401 - 0");
}

TEST_F(Negotiate, WithoutTicketsTheTextSaysWhereToGetThem) {
    log_in_as({});
    EXPECT_EQ(ask(), -static_cast<int>(errc::bad_url));
    EXPECT_NE(
        error.find("no Kerberos ticket that is still valid. Get one (kinit, KRB5CCNAME)"),
        std::string::npos
    ) << error;
    EXPECT_NE(error.find("HTTP@localhost"), std::string::npos) << error;
}

TEST_F(Negotiate, AnAccountThatCannotBeIsRefusedBeforeAnythingIsAsked) {
    for (const http::NegotiateAccount& account : std::vector<http::NegotiateAccount>{
             {"", "secret7", ""},
             {"DOM\\anna", "", ""},
             {"DOM\\anna", "secret7", "/keytab"},
             {"", "", "/keytab"},
             {"anna", "secret7\n", ""}}) {
        const auto made = http::negotiate_authenticator(account);
        ASSERT_FALSE(made);
        EXPECT_EQ(made.error().code, errc::bad_url);
        EXPECT_EQ(made.error().text.find("secret7"), std::string::npos);
    }
}

TEST_F(Negotiate, SaysWhoLogsInAndNotHow) {
    EXPECT_EQ(http::negotiate_authenticator(anna()).value()->account(), "DOM\\anna");
}

}  // namespace
