#include "http/connect.hpp"

#include "tests/fakes/proxy.hpp"
#include "tests/http/client_fixture.hpp"

namespace {

using namespace testing_http;
using http::errc;

class Connect : public ClientFixture {
protected:
    /// A port on which nobody listens.
    std::string closed_port() {
        const tcp::acceptor closed_at_once(
            io, tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0)
        );
        return std::to_string(closed_at_once.local_endpoint().port());
    }

    std::uint16_t server_port() const {
        const std::string url = server.url();
        return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
    }

    http::Request post_to(const std::string& url) {
        http::Request asked = post();
        asked.url = url;
        return asked;
    }
};

TEST_F(Connect, APortWhereNobodyListensIsNamedWithTheRemedy) {
    const std::string port = closed_port();
    http::Request asked = post();
    asked.url = "http://127.0.0.1:" + port + "/";
    const auto answer = exchange(std::move(asked));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::connect);
    EXPECT_EQ(
        answer.error().text,
        "http://127.0.0.1:" + port +
            ": no connection: Connection refused. Check host, port, the firewall, and that the "
            "server runs"
    );
}

TEST_F(Connect, AnUnknownHostIsNamed) {
    // A label of 64 letters cannot exist, so no name server is asked.
    const std::string host = std::string(64, 'a') + ".invalid";
    http::Request asked = post();
    asked.url = "https://" + host + "/";
    const auto answer = exchange(std::move(asked));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::resolve);
    EXPECT_TRUE(answer.error().text.starts_with("https://" + host + ":443: the host name"))
        << answer.error().text;
}

TEST_F(Connect, AServerThatNeverShakesHandsEndsInATimeout) {
    server.play({{gate()}});
    http::Options options;
    options.connect_deadline = std::chrono::milliseconds(200);
    make_client(options);
    http::Request asked = post();
    asked.url.replace(0, 4, "https");
    const auto answer = exchange(std::move(asked));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::timeout);
    EXPECT_NE(answer.error().text.find("200 ms"), std::string::npos) << answer.error().text;
}

TEST_F(Connect, AServerThatCutsTheHandshakeIsTransient) {
    server.play({Script{}});
    http::Request asked = post();
    asked.url.replace(0, 4, "https");
    const auto answer = exchange(std::move(asked));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::closed);
}

TEST_F(Connect, TheNextAddressIsTriedWhenTheFirstRefuses) {
    // localhost is ::1 and 127.0.0.1 on most machines; only the latter listens.
    server.play({{request(), send(ok("hello"))}});
    http::Request asked = post();
    asked.url = server.url("localhost");
    const auto answer = exchange(std::move(asked));
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(answer->body, "hello");
}

TEST_F(Connect, Ipv6AddressesStandInBrackets) {
    std::optional<TestServer> server6;
    try {
        server6.emplace(io, "::1");
    } catch (const boost::system::system_error& error) {
        GTEST_SKIP() << "no IPv6 on this machine: " << error.what();
    }
    server6->play({{request(), send(ok("six"))}});
    http::Request asked = post();
    asked.url = server6->url("[::1]");
    const auto answer = exchange(std::move(asked));
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(answer->body, "six");
    EXPECT_TRUE(server6->requests[0]["Host"].starts_with("[::1]:"));
}

TEST_F(Connect, AProxyOfTheOptionsIsAskedOnceAConnection) {
    const Identity ca = make_identity(Wanted{.common_name = "Test CA", .is_ca = true});
    const std::string file =
        testing::TempDir() + "mailferry_http_connect_ca_" + std::to_string(::getpid()) + ".pem";
    write_file(file, certificate_pem(ca));
    server.use(make_identity(Wanted{.common_name = "mail", .names = "DNS:mail.example"}, &ca));
    server.play({{request(), send(ok("one")), request(), send(ok("two"))}});
    const fakes::Proxy proxy(server_port());
    http::Options options;
    options.ca_file = file;
    options.proxy.url = proxy.url();
    make_client(options);
    EXPECT_EQ(exchange(post_to("https://mail.example/")).value().body, "one");
    EXPECT_EQ(exchange(post_to("https://mail.example/")).value().body, "two");
    EXPECT_EQ(proxy.asked().size(), 1U);
}

TEST_F(Connect, ServersOnThisMachineAreReachedDirectly) {
    server.play({{request(), send(ok("hello"))}});
    http::Options options;
    options.proxy.url = "http://127.0.0.1:" + closed_port();
    make_client(options);
    const auto answer = exchange(post());
    ASSERT_TRUE(answer) << answer.error().text;
}

TEST_F(Connect, AProxyWhereNobodyListensIsNamedAndNotTheServer) {
    http::Options options;
    options.proxy.url = "http://127.0.0.1:" + closed_port();
    make_client(options);
    const auto answer = exchange(post_to("https://mail.example/"));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::connect);
    EXPECT_EQ(
        answer.error().text,
        options.proxy.url +
            " (the proxy on the way to https://mail.example:443): no connection: Connection "
            "refused. Check host, port, the firewall, and that the server runs"
    );
}

TEST_F(Connect, TheServerIsVerifiedThroughAProxyToo) {
    server.use(make_identity(Wanted{.common_name = "alone", .names = "DNS:mail.example"}));
    server.play({{request(), send(ok("hello"))}});
    const fakes::Proxy proxy(server_port());
    http::Options options;
    options.proxy.url = proxy.url();
    make_client(options);
    const auto answer = exchange(post_to("https://mail.example/"));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::untrusted);
    EXPECT_TRUE(answer.error().text.starts_with(
        "https://mail.example:443: the certificate is not trusted: it is self-signed"
    )) << answer.error().text;
    EXPECT_TRUE(answer.error().text.ends_with(
        ". The connection goes through the proxy " + proxy.url() +
        "; if that opens TLS connections, its CA belongs into the ca-file"
    )) << answer.error().text;
}

TEST_F(Connect, AProxyThatCannotBeUsedIsToldBeforeAnythingIsSent) {
    http::Options options;
    options.proxy.url = "socks5://proxy.example:1080";
    const auto made = http::Client::create(io.get_executor(), options);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, errc::bad_url);
}

}  // namespace
