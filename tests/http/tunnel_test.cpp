#include "http/tunnel.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "http/tls.hpp"
#include "tests/fakes/proxy.hpp"
#include "tests/http/fetch.hpp"
#include "tests/http/test_server.hpp"

namespace {

using namespace testing_http;
using fakes::ProxyBehaviour;
using http::errc;

/// A server that no name service knows: only the proxy finds the way.
const std::string url = "https://mail.example/ews";

class Tunnel : public testing::Test {
protected:
    Tunnel() {
        const Identity ca = make_identity(Wanted{.common_name = "Test CA", .is_ca = true});
        write_file(ca_file, certificate_pem(ca));
        server.use(make_identity(Wanted{.common_name = "mail", .names = "DNS:mail.example"}, &ca));
        server.play({{request(), send(ok("hello"))}});
    }

    http::Result<std::string> fetch_through(ProxyBehaviour behaviour) {
        const std::string direct = server.url();
        const auto colon = direct.rfind(':');
        const int port = std::stoi(direct.substr(colon + 1));
        proxy.emplace(static_cast<std::uint16_t>(port), std::move(behaviour));
        asio::ssl::context tls = http::make_tls_context(ca_file).value();
        const auto way = http::read_proxy({proxy->url(), authorization, {}}).value();
        return fetch(io, url, tls, way, step);
    }

    std::string refusal(ProxyBehaviour behaviour, errc code) {
        const auto answer = fetch_through(std::move(behaviour));
        if (answer) return "none";
        EXPECT_EQ(answer.error().code, code);
        const std::string begin =
            proxy->url() + " (the proxy on the way to https://mail.example:443): ";
        EXPECT_TRUE(answer.error().text.starts_with(begin)) << answer.error().text;
        EXPECT_EQ(answer.error().text.find("c2VjcmV0"), std::string::npos) << "tells the password";
        return answer.error().text.substr(std::min(begin.size(), answer.error().text.size()));
    }

    std::string refusal_of(const std::string& answer, errc code = errc::connect) {
        ProxyBehaviour behaviour;
        behaviour.answer = answer;
        return refusal(behaviour, code);
    }

    asio::io_context io{1};
    TestServer server{io};
    std::optional<fakes::Proxy> proxy;
    std::string authorization;
    std::chrono::milliseconds step{20'000};
    std::string ca_file =
        testing::TempDir() + "mailferry_http_tunnel_ca_" + std::to_string(::getpid()) + ".pem";
};

TEST_F(Tunnel, TheServerIsReachedThroughIt) {
    const auto answer = fetch_through({});
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(*answer, "hello");
    EXPECT_EQ(
        proxy->asked(),
        std::vector<std::string>{
            "CONNECT mail.example:443 HTTP/1.1\r\nHost: mail.example:443\r\n\r\n"}
    );
    EXPECT_EQ(server.requests.front().target(), "/ews");
}

TEST_F(Tunnel, CredentialsGoToTheProxyAndNotToTheServer) {
    authorization = "Basic c2VjcmV0";
    ProxyBehaviour behaviour;
    behaviour.login = "Proxy-Authorization: Basic c2VjcmV0\r\n";
    const auto answer = fetch_through(behaviour);
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(server.requests.front().count("Proxy-Authorization"), 0U);
}

TEST_F(Tunnel, AnAnswerThatDribblesIsPutTogether) {
    ProxyBehaviour behaviour;
    behaviour.dribbles = true;
    const auto answer = fetch_through(behaviour);
    ASSERT_TRUE(answer) << answer.error().text;
}

TEST_F(Tunnel, FieldsThatSpeakOfABodyAndInterimAnswersDoNotMatter) {
    ProxyBehaviour behaviour;
    behaviour.answer =
        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\n";
    const auto answer = fetch_through(behaviour);
    ASSERT_TRUE(answer) << answer.error().text;
}

TEST_F(Tunnel, InterimAnswersWithoutEndAreAnError) {
    std::string answer;
    for (int i = 0; i < 20; ++i) answer += "HTTP/1.1 103 Early Hints\r\n\r\n";
    EXPECT_EQ(refusal_of(answer, errc::protocol), "interim answers (1xx) without end");
}

TEST_F(Tunnel, MissingCredentialsAreToldApartFromWrongOnes) {
    ProxyBehaviour behaviour;
    behaviour.login = "Basic cmlnaHQ=";
    EXPECT_EQ(
        refusal(behaviour, errc::bad_url),
        "it demands a user name and password, and none are configured (HTTP 407)"
    );
    authorization = "Basic c2VjcmV0";
    EXPECT_EQ(
        refusal(behaviour, errc::bad_url),
        "it refuses the user name or the password that are configured for it (HTTP 407)"
    );
}

TEST_F(Tunnel, AProxyThatWantsAnotherLoginThanBasicIsToldAsThat) {
    const std::string answer =
        "HTTP/1.1 407 Denied\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n\r\n";
    EXPECT_EQ(
        refusal_of(answer, errc::bad_url),
        "it demands a login by Negotiate, NTLM, but only Basic is possible here. Let its "
        "administrator allow this machine, or this server, without a login (HTTP 407)"
    );
}

TEST_F(Tunnel, AForbiddenWaySaysWhomToAsk) {
    EXPECT_EQ(
        refusal_of("HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\nno!"),
        "it forbids the way to the server. Let its administrator allow CONNECT to this host and "
        "port "
        "(HTTP 403 Forbidden)"
    );
}

TEST_F(Tunnel, AServerThatTheProxyCannotReachIsToldAsThat) {
    for (const std::string status : {"502 Bad Gateway", "503 Service Unavailable", "504 Late"}) {
        EXPECT_EQ(
            refusal_of("HTTP/1.1 " + status + "\r\n\r\n"),
            "it cannot reach the server. Check the host and port of the server, and that the proxy "
            "knows this name; if the server is to be reached directly, name it in `except` (HTTP " +
                status + ")"
        );
    }
}

TEST_F(Tunnel, AnyOtherAnswerDoubtsThatThisIsAProxy) {
    EXPECT_EQ(
        refusal_of("HTTP/1.1 405 Method Not Allowed\r\n\r\n"),
        "it did not open the way to the server. Check that this is an HTTP proxy, and that it "
        "allows "
        "CONNECT to this host and port (HTTP 405 Method Not Allowed)"
    );
    const std::string found = refusal_of("HTTP/1.1 302 Gefunden f\xfcr Sie\r\nLocation: /\r\n\r\n");
    EXPECT_TRUE(found.ends_with("(HTTP 302 Gefunden f?r Sie)")) << found;
}

TEST_F(Tunnel, WhatIsNoHttpIsSaidToBeNone) {
    const std::string text = refusal_of("SSH-2.0-OpenSSH_9.2\r\n", errc::protocol);
    EXPECT_TRUE(text.starts_with("the answer is not HTTP: ")) << text;
    EXPECT_TRUE(text.ends_with(". Check that this is an HTTP proxy")) << text;
}

TEST_F(Tunnel, WhatItSaysBehindItsAnswerIsNotTakenForTheServer) {
    EXPECT_EQ(
        refusal_of("HTTP/1.1 200 OK\r\n\r\n<html>", errc::protocol),
        "it says more than its answer to CONNECT"
    );
}

TEST_F(Tunnel, AnAnswerWithoutEndIsBounded) {
    const std::string field = "X-Field: " + std::string(1000, 'x') + "\r\n";
    std::string answer = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 100; ++i) answer += field;
    const std::string text = refusal_of(answer + "\r\n", errc::protocol);
    EXPECT_TRUE(text.starts_with("the answer is larger than the limit of 65536 bytes")) << text;
}

TEST_F(Tunnel, AProxyThatFallsSilentEndsInATimeout) {
    step = std::chrono::milliseconds(200);
    for (const std::size_t said : {0U, 12U}) {
        ProxyBehaviour behaviour;
        behaviour.says = said;
        behaviour.hangs = true;
        EXPECT_EQ(
            refusal(behaviour, errc::timeout), "gave up after 200 ms while waiting for the answer"
        );
    }
}

TEST_F(Tunnel, AProxyThatClosesIsTransient) {
    for (const std::size_t said : {0U, 12U}) {
        ProxyBehaviour behaviour;
        behaviour.says = said;
        const std::string text = refusal(behaviour, errc::closed);
        EXPECT_TRUE(text.starts_with("the connection was cut while waiting for the answer"))
            << text;
    }
}

}  // namespace
