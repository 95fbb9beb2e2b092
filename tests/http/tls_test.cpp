#include "http/tls.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "http/certificate_text.hpp"
#include "http/client.hpp"
#include "tests/http/asking_server.hpp"
#include "tests/http/loop.hpp"
#include "tests/http/test_server.hpp"

namespace {

using namespace testing_http;
using http::errc;

class Trust : public testing::Test {
protected:
    Trust() : ca(make_identity(Wanted{.common_name = "Mailferry Test CA", .is_ca = true})) {
        write_file(ca_file, certificate_pem(ca));
    }

    http::Result<http::Response> get(
        const Identity& identity, const std::string& trusted, const std::string& host = "127.0.0.1"
    ) {
        server.use(identity);
        server.play({{request(), send(ok("hello"))}});
        http::Options options;
        options.ca_file = trusted;
        client = http::Client::create(io.get_executor(), options).value();
        http::Request request;
        request.method = "GET";
        request.url = server.url(host);
        return run(io, client->exchange(std::move(request)));
    }

    /// Below the CA, and for that use alone.
    Identity make_identity_for(const std::string& use) {
        Identity made = make_identity(Wanted{.common_name = use}, &ca);
        add_extension(made.certificate.get(), NID_ext_key_usage, use);
        X509_sign(made.certificate.get(), ca.key.get(), EVP_sha256());
        return made;
    }

    /// What the error says about the certificate, as it should.
    static std::string described(const Identity& identity, const std::string& issuer) {
        X509* certificate = identity.certificate.get();
        return ". Certificate: " + http::name_text(X509_get_subject_name(certificate)) +
               "; issuer: " + issuer + "; valid from " +
               http::time_text(X509_get0_notBefore(certificate)) + " to " +
               http::time_text(X509_get0_notAfter(certificate)) + "; SHA-256 " +
               http::fingerprint_text(certificate);
    }

    static testing::AssertionResult mentions(
        const http::Error& error, std::vector<std::string> parts
    ) {
        for (const std::string& part : parts) {
            if (error.text.find(part) == std::string::npos) {
                return testing::AssertionFailure() << "no '" << part << "' in: " << error.text;
            }
        }
        return testing::AssertionSuccess();
    }

    asio::io_context io{1};
    TestServer server{io};
    std::unique_ptr<http::Client> client;
    Identity ca;
    std::string ca_file =
        testing::TempDir() + "mailferry_http_test_ca_" + std::to_string(::getpid()) + ".pem";
};

TEST_F(Trust, ACertificateOfTheCaFileIsTrusted) {
    const auto answer = get(make_identity(Wanted{.common_name = "good"}, &ca), ca_file);
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(answer->body, "hello");
}

TEST_F(Trust, AHostNameIsCheckedAndSentAsServerName) {
    const auto answer =
        get(make_identity(Wanted{.common_name = "good"}, &ca), ca_file, "localhost");
    ASSERT_TRUE(answer) << answer.error().text;
    ASSERT_EQ(server.requests.size(), 1U);
    EXPECT_TRUE(server.requests[0]["Host"].starts_with("localhost:"));
}

TEST_F(Trust, WithoutTheCaFileTheIssuerIsUnknown) {
    const auto answer = get(make_identity(Wanted{.common_name = "good"}, &ca), "");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::untrusted);
    EXPECT_TRUE(mentions(
        answer.error(),
        {"https://127.0.0.1:", "issuer is unknown", "CN=good", "CN=Mailferry Test CA", "ca-file"}
    ));
}

TEST_F(Trust, WhicheverWayACertificateIsWrongItIsDescribed) {
    const std::string issuer = "CN=Mailferry Test CA";
    const Identity unknown = make_identity(Wanted{.common_name = "unknown"}, &ca);
    EXPECT_TRUE(get(unknown, "").error().text.ends_with(described(unknown, issuer)));
    const Wanted old{.common_name = "old", .from_days = -30, .to_days = -10};
    const Identity expired = make_identity(old, &ca);
    EXPECT_TRUE(get(expired, ca_file).error().text.ends_with(described(expired, issuer)));
    const Identity other = make_identity(Wanted{.common_name = "o", .names = "DNS:o.example"}, &ca);
    EXPECT_TRUE(get(other, ca_file).error().text.ends_with(described(other, issuer)));
    const Identity alone = make_identity(Wanted{.common_name = "alone"});
    EXPECT_TRUE(get(alone, ca_file).error().text.ends_with(described(alone, "CN=alone")));
    const Identity misused = make_identity_for("clientAuth");
    EXPECT_TRUE(get(misused, ca_file).error().text.ends_with(described(misused, issuer)));
}

TEST_F(Trust, ACertificateOfAnotherPurposeIsRefused) {
    const auto answer = get(make_identity_for("clientAuth"), ca_file);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::untrusted);
    EXPECT_TRUE(mentions(answer.error(), {"not made for a server", "serverAuth", "CN=clientAuth"}));
    const auto good = get(make_identity_for("serverAuth"), ca_file);
    ASSERT_TRUE(good) << good.error().text;
}

TEST_F(Trust, AnExpiredIssuerIsNamedTogetherWithTheServer) {
    const Wanted old{.common_name = "Old CA", .from_days = -30, .to_days = -10, .is_ca = true};
    ca = make_identity(old);
    write_file(ca_file, certificate_pem(ca));
    const auto answer = get(make_identity(Wanted{.common_name = "good"}, &ca), ca_file);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::untrusted);
    EXPECT_TRUE(mentions(answer.error(), {"it expired on", "Certificate: CN=Old CA, above CN=good"})
    );
}

TEST_F(Trust, Tls12IsTheOldestSpoken) {
    for (const int version : {TLS1_1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION}) {
        const Identity good = make_identity(Wanted{.common_name = "good"}, &ca);
        AskingServer old(good, ca, {Asking::When::never, version});
        http::Options options;
        options.ca_file = ca_file;
        client = http::Client::create(io.get_executor(), options).value();
        http::Request request;
        request.method = "GET";
        request.url = old.url();
        const auto answer = run(io, client->exchange(std::move(request)));
        EXPECT_EQ(static_cast<bool>(answer), version >= TLS1_2_VERSION);
        if (answer) continue;
        EXPECT_EQ(answer.error().code, errc::tls);
        EXPECT_TRUE(mentions(answer.error(), {"TLS 1.2 or later"}));
    }
}

TEST_F(Trust, AnExpiredCertificateSaysSinceWhen) {
    const Wanted expired{.common_name = "old", .from_days = -30, .to_days = -10};
    const auto answer = get(make_identity(expired, &ca), ca_file);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::untrusted);
    EXPECT_TRUE(mentions(answer.error(), {"it expired on 20", "UTC", "CN=old", "Renew"}));
}

TEST_F(Trust, ACertificateOfTomorrowBlamesTheClocks) {
    const Wanted tomorrow{.common_name = "new", .from_days = 1};
    const auto answer = get(make_identity(tomorrow, &ca), ca_file);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::untrusted);
    EXPECT_TRUE(mentions(answer.error(), {"valid only from 20", "clocks"}));
}

TEST_F(Trust, AWrongNameListsTheRightOnes) {
    const Wanted other{.common_name = "other", .names = "DNS:mail.example.org,IP:192.0.2.7"};
    const auto answer = get(make_identity(other, &ca), ca_file);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::untrusted);
    EXPECT_TRUE(mentions(answer.error(), {"another name: mail.example.org, 192.0.2.7", "CN=other"})
    );
}

TEST_F(Trust, TheCommonNameIsNoName) {
    const Wanted old_style{.common_name = "localhost", .names = "DNS:mail.example.org"};
    const auto answer = get(make_identity(old_style, &ca), ca_file, "localhost");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::untrusted);
}

TEST_F(Trust, ASelfSignedCertificateIsRefusedWithTheWayOut) {
    const auto answer = get(make_identity(Wanted{.common_name = "alone"}), ca_file);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::untrusted);
    EXPECT_TRUE(mentions(answer.error(), {"self-signed", "CN=alone", "ca-file"}));
    EXPECT_TRUE(server.requests.empty());
}

TEST_F(Trust, ASelfSignedCertificateInTheCaFileIsTrusted) {
    const Identity alone = make_identity(Wanted{.common_name = "alone"});
    write_file(ca_file, certificate_pem(alone));
    const auto answer = get(alone, ca_file);
    ASSERT_TRUE(answer) << answer.error().text;
}

TEST_F(Trust, AMissingOrEmptyCaFileIsNamed) {
    http::Options options;
    options.ca_file = "/nonexistent/ca.pem";
    auto made = http::Client::create(io.get_executor(), options);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, errc::untrusted);
    EXPECT_TRUE(mentions(made.error(), {"'/nonexistent/ca.pem'", "PEM"}));
    write_file(ca_file, "no certificate");
    options.ca_file = ca_file;
    EXPECT_FALSE(http::Client::create(io.get_executor(), options));
}

TEST_F(Trust, AServerWithoutTlsIsSaidToBeOne) {
    server.play({{send("HTTP/1.1 400 Bad Request\r\n\r\n"), hang()}});
    client = http::Client::create(io.get_executor(), {}).value();
    http::Request request;
    request.url = server.url();
    request.url.replace(0, 4, "https");
    const auto answer = run(io, client->exchange(std::move(request)));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::tls);
    EXPECT_TRUE(mentions(answer.error(), {"TLS 1.2 or later"}));
}

}  // namespace
