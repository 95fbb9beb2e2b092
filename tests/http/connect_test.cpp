#include "http/connect.hpp"

#include "tests/http/client_fixture.hpp"

namespace {

using namespace testing_http;
using http::errc;

class Connect : public ClientFixture {};

TEST_F(Connect, APortWhereNobodyListensIsNamedWithTheRemedy) {
    std::string port;
    {
        const tcp::acceptor closed_at_once(
            io, tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0)
        );
        port = std::to_string(closed_at_once.local_endpoint().port());
    }
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

}  // namespace
