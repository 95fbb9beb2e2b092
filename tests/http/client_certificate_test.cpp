#include "http/client_certificate.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "http/certificate_alert.hpp"
#include "http/tls.hpp"
#include "tests/http/asking_server.hpp"
#include "tests/http/fetch.hpp"

namespace {

using namespace testing_http;
using http::errc;
using When = Asking::When;

class ClientCertificate : public testing::Test {
protected:
    ClientCertificate()
        : ca(make_identity(Wanted{.common_name = "Test CA", .is_ca = true})),
          ferry(make_identity(Wanted{.common_name = "ferry"}, &ca)),
          server_identity(make_identity(Wanted{.common_name = "server"}, &ca)) {
        std::filesystem::create_directories(folder);
        write_file(path("ca.pem"), certificate_pem(ca));
        write_file(path("ferry.pem"), certificate_pem(ferry));
        write_secret("ferry.key", key_pem(ferry));
    }
    ~ClientCertificate() override { std::filesystem::remove_all(folder); }

    std::string path(const std::string& name) const { return folder + "/" + name; }
    void write_secret(const std::string& name, const std::string& text) const {
        write_file(path(name), text);
        ::chmod(path(name).c_str(), 0600);
    }

    /// Why the two files cannot be used.
    std::string complaint(const std::string& file, const std::string& key_file) const {
        const auto context = http::make_tls_context("", {file, key_file});
        if (context) return "none";
        EXPECT_EQ(context.error().code, errc::untrusted);
        return context.error().text;
    }

    http::Result<std::string> fetch_as(const http::ClientCertificate& own, Asking asking) {
        AskingServer server(server_identity, ca, asking);
        url = server.url();
        asio::ssl::context tls = http::make_tls_context(path("ca.pem"), own).value();
        return fetch(io, url, tls);
    }

    http::ClientCertificate ours() const { return {path("ferry.pem"), path("ferry.key")}; }

    const std::string folder =
        testing::TempDir() + "mailferry_client_certificate_" + std::to_string(::getpid());
    asio::io_context io{1};
    Identity ca, ferry, server_identity;
    std::string url;
};

const int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};

TEST_F(ClientCertificate, AServerThatAsksKnowsUsByIt) {
    for (const int version : versions) {
        const auto answer = fetch_as(ours(), {When::during_handshake, version});
        ASSERT_TRUE(answer) << version << answer.error().text;
        EXPECT_EQ(*answer, "ferry");
    }
}

TEST_F(ClientCertificate, AServerThatAsksOnlyAfterTheRequestKnowsUsToo) {
    for (const int version : versions) {
        const auto answer = fetch_as(ours(), {When::after_request, version});
        ASSERT_TRUE(answer) << version << answer.error().text;
        EXPECT_EQ(*answer, "ferry");
    }
}

TEST_F(ClientCertificate, AServerThatDoesNotAskLearnsNothing) {
    const auto answer = fetch_as(ours(), {When::never});
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(*answer, "nobody");
}

TEST_F(ClientCertificate, CertificateAndKeyMayStandInOneFile) {
    write_secret("both.pem", certificate_pem(ferry) + key_pem(ferry));
    const auto answer = fetch_as({path("both.pem"), ""}, {When::during_handshake});
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(*answer, "ferry");
}

TEST_F(ClientCertificate, AServerThatDemandsOneInVainIsToldAsThat) {
    for (const int version : versions) {
        const auto answer = fetch_as({}, {When::during_handshake, version});
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, errc::tls);
        EXPECT_EQ(
            answer.error().text,
            url.substr(0, url.rfind('/')) +
                ": it demands a client certificate and got none. Ask its administrator for one, "
                "and "
                "name certificate and key in the configuration"
        );
    }
}

TEST_F(ClientCertificate, AServerThatDoesNotKnowItsIssuerIsToldAsThat) {
    const Identity stranger = make_identity(Wanted{.common_name = "stranger"});
    write_file(path("ferry.pem"), certificate_pem(stranger));
    write_secret("ferry.key", key_pem(stranger));
    for (const int version : versions) {
        const auto answer = fetch_as(ours(), {When::during_handshake, version});
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, errc::tls);
        EXPECT_TRUE(
            answer.error().text.ends_with(": it does not accept our client certificate (or that "
                                          "none is configured): its issuer is "
                                          "unknown there. Ask its administrator")
        ) << answer.error().text;
    }
}

TEST_F(ClientCertificate, AnExpiredOneIsToldAsThat) {
    const Wanted old{.common_name = "old", .from_days = -30, .to_days = -10};
    const Identity expired = make_identity(old, &ca);
    write_file(path("ferry.pem"), certificate_pem(expired));
    write_secret("ferry.key", key_pem(expired));
    for (const int version : versions) {
        const auto answer = fetch_as(ours(), {When::during_handshake, version});
        ASSERT_FALSE(answer);
        EXPECT_TRUE(answer.error().text.ends_with("it has expired. Ask its administrator"))
            << answer.error().text;
    }
}

TEST_F(ClientCertificate, OtherErrorsAreNotItsFault) {
    EXPECT_FALSE(http::refused_certificate(asio::error::connection_reset, "server"));
}

TEST_F(ClientCertificate, AMissingFileIsNamed) {
    EXPECT_EQ(
        complaint(path("none.pem"), path("ferry.key")),
        "the client certificate '" + path("none.pem") +
            "' cannot be used: No such file or directory"
    );
    EXPECT_EQ(
        complaint(path("ferry.pem"), path("none.key")),
        "the client key '" + path("none.key") + "' cannot be used: No such file or directory"
    );
    EXPECT_EQ(
        complaint(folder, path("ferry.key")),
        "the client certificate '" + folder + "' cannot be used: it is no file"
    );
    EXPECT_EQ(
        complaint("", path("ferry.key")), "a client key is configured without its certificate"
    );
}

TEST_F(ClientCertificate, FilesThatHoldSomethingElseAreNamed) {
    const std::string certificate = complaint(path("ferry.key"), path("ferry.key"));
    EXPECT_TRUE(certificate.starts_with("the client certificate '" + path("ferry.key") + "'"));
    EXPECT_TRUE(certificate.ends_with("It must be PEM, the client's certificate first"));
    write_secret("certificate.key", certificate_pem(ferry));
    EXPECT_EQ(
        complaint(path("ferry.pem"), path("certificate.key")),
        "the client key '" + path("certificate.key") +
            "' cannot be used: it holds no private key as PEM"
    );
    write_secret("large.key", std::string(2'000'000, 'x'));
    EXPECT_EQ(
        complaint(path("ferry.pem"), path("large.key")),
        "the client key '" + path("large.key") + "' cannot be used: it is larger than 1048576 bytes"
    );
}

TEST_F(ClientCertificate, AKeyOfAnotherCertificateIsRefused) {
    write_secret("other.key", key_pem(server_identity));
    EXPECT_EQ(
        complaint(path("ferry.pem"), path("other.key")),
        "the client key '" + path("other.key") +
            "' cannot be used: it does not fit the certificate '" + path("ferry.pem") + "'"
    );
}

TEST_F(ClientCertificate, AnEncryptedKeyIsRefusedWithTheWayOut) {
    const Memory memory(BIO_new(BIO_s_mem()));
    std::string word = "secret";
    PEM_write_bio_PKCS8PrivateKey(
        memory.get(), ferry.key.get(), EVP_aes_256_cbc(), word.data(), 6, nullptr, nullptr
    );
    write_secret("encrypted.key", contents(memory.get()));
    EXPECT_EQ(
        complaint(path("ferry.pem"), path("encrypted.key")),
        "the client key '" + path("encrypted.key") +
            "' cannot be used: it is encrypted, and a service has nobody to ask for the "
            "passphrase. "
            "Write it without one: (umask 077; openssl pkey -in '" +
            path("encrypted.key") + "' -out NEW-FILE)"
    );
}

TEST_F(ClientCertificate, AKeyThatEverybodyCanReadIsRefusedWithTheWayOut) {
    ::chmod(path("ferry.key").c_str(), 0644);
    EXPECT_EQ(
        complaint(path("ferry.pem"), path("ferry.key")),
        "the client key '" + path("ferry.key") +
            "' cannot be used: every user of this machine may read it, and it holds a private key. "
            "Make it readable by the agent's user alone: chmod 600 '" +
            path("ferry.key") + "'"
    );
    ::chmod(path("ferry.key").c_str(), 0640);  // a group of the admin's making
    EXPECT_EQ(complaint(path("ferry.pem"), path("ferry.key")), "none");
    write_file(path("both.pem"), certificate_pem(ferry) + key_pem(ferry));
    ::chmod(path("both.pem").c_str(), 0644);
    EXPECT_NE(complaint(path("both.pem"), "").find("chmod 600"), std::string::npos);
}

}  // namespace
