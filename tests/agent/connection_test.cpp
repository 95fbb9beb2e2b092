#include "agent/connection.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "tests/agent/folder.hpp"

namespace {

using agent::SecretSource;
using Kind = SecretSource::Kind;
using Login = agent::ExchangeConfig::Login;

class ConnectionTest : public testing::Test {
protected:
    agent::ExchangeConfig office() {
        agent::ExchangeConfig exchange;
        exchange.url = "https://mail.us.example/EWS/Exchange.asmx";
        exchange.user = "ferry";
        exchange.password = SecretSource{Kind::file, folder_.write("password", "hunter2\n")};
        return exchange;
    }
    agent::Result<agent::Connection> open(const agent::ExchangeConfig& exchange) {
        return agent::open_connection(context_.get_executor(), exchange);
    }
    /// What an admin is told; "" where it opens.
    std::string refusal(const agent::ExchangeConfig& exchange) {
        const auto connection = open(exchange);
        if (connection) return "";
        EXPECT_EQ(connection.error().code, agent::errc::denied);
        return folder_.without_path(connection.error().text);
    }

    agent_test::Folder folder_;
    boost::asio::io_context context_;
};

TEST_F(ConnectionTest, ActsAsTheMailboxOnlyWhereItImpersonates) {
    auto exchange = office();
    exchange.redirect_hosts = {"mail2.us.example"};
    const auto connection = open(exchange).value();
    const agent::MailboxConfig mailbox{{"anna@us.example", "a@us.example"}};
    auto options = agent::client_options(exchange, connection, mailbox);
    EXPECT_EQ(options.url, exchange.url);
    EXPECT_EQ(options.account, "ferry");
    EXPECT_EQ(options.impersonate, "anna@us.example");
    EXPECT_EQ(options.anchor_mailbox, "anna@us.example");
    EXPECT_EQ(options.gate, connection.gate.get());
    EXPECT_EQ(options.allowed_hosts, exchange.redirect_hosts);
    exchange.impersonate = false;
    options = agent::client_options(exchange, connection, mailbox);
    EXPECT_EQ(options.impersonate, std::nullopt);
    EXPECT_EQ(options.anchor_mailbox, "anna@us.example");
}

TEST_F(ConnectionTest, EverySecretIsNamedByItsUse) {
    auto exchange = office();
    exchange.proxy = agent::ProxyConfig{
        "http://proxy:3128", "ferry", SecretSource{Kind::environment, "PROXY"}, {}};
    exchange.oauth = agent::OAuthConfig{};
    exchange.oauth->secret = SecretSource{Kind::credential, "app"};
    std::string told;
    for (const auto& [use, source] : agent::secrets_of(exchange)) told += use + "\n";
    EXPECT_EQ(told, "client secret\npassword\nproxy password\n");
}

TEST_F(ConnectionTest, AMissingPasswordIsNamed) {
    auto exchange = office();
    exchange.password->name = folder_.file("missing");
    EXPECT_EQ(
        refusal(exchange),
        "password: missing: No such file or directory; write it into that file, one line, readable "
        "by "
        "the agent's user alone"
    );
}

TEST_F(ConnectionTest, AnUnusableCaFileIsRefused) {
    auto exchange = office();
    exchange.ca_file = folder_.write("ca.pem", "no certificate");
    EXPECT_NE(refusal(exchange).find("ca.pem"), std::string::npos);
}

TEST_F(ConnectionTest, AClientCertificateThatIsMissingIsNamed) {
    auto exchange = office();
    exchange.certificate =
        agent::CertificateConfig{folder_.file("gate.pem"), folder_.file("gate.key")};
    EXPECT_NE(refusal(exchange).find("gate.pem"), std::string::npos);
}

TEST_F(ConnectionTest, AnApplicationHasATransportOfItsOwnForTokens) {
    auto exchange = office();
    exchange.login = Login::oauth;
    exchange.user.clear();
    exchange.oauth = agent::OAuthConfig{};
    exchange.oauth->client_id = "1234";
    exchange.oauth->token_url = "https://login.example/token";
    exchange.oauth->scope = "https://mail.us.example/.default";
    exchange.oauth->secret = exchange.password;
    exchange.password.reset();
    const auto connection = open(exchange).value();
    EXPECT_NE(connection.token_transport, nullptr);
    EXPECT_NE(connection.transport, nullptr);
    EXPECT_NE(connection.account.find("1234"), std::string::npos) << connection.account;
    EXPECT_EQ(connection.account.find("hunter2"), std::string::npos);
}

TEST_F(ConnectionTest, ASigningCertificateThatIsMissingIsNamed) {
    auto exchange = office();
    exchange.login = Login::oauth;
    exchange.oauth = agent::OAuthConfig{};
    exchange.oauth->client_id = "1234";
    exchange.oauth->token_url = "https://login.example/token";
    exchange.oauth->certificate =
        agent::CertificateConfig{folder_.file("app.pem"), folder_.file("app.key")};
    EXPECT_NE(refusal(exchange).find("app.pem"), std::string::npos);
}

TEST_F(ConnectionTest, NegotiateAsksNobodyBeforeAServerDoes) {
    auto exchange = office();
    exchange.login = Login::negotiate;
    exchange.user = "US\\ferry";
    const auto connection = open(exchange).value();
    EXPECT_NE(connection.account.find("US\\ferry"), std::string::npos) << connection.account;
    EXPECT_EQ(connection.account.find("hunter2"), std::string::npos);
}

TEST_F(ConnectionTest, AKeytabThatCannotBeOneIsRefusedWithTheRemedy) {
    auto exchange = office();
    exchange.login = Login::negotiate;
    exchange.user = "ferry@US.EXAMPLE";
    exchange.password.reset();
    const std::string remedy =
        "; put there what ktutil or ktpass has made for the account, readable by the agent's user "
        "alone";
    exchange.keytab = folder_.file("k");
    EXPECT_EQ(refusal(exchange), "keytab: k: No such file or directory" + remedy);
    for (const std::string_view text : {"", "\x05", "\x05\x01", "hunter2\n"}) {
        folder_.write("k", text);
        EXPECT_EQ(refusal(exchange), "keytab: k: this is no keytab" + remedy);
    }
    folder_.write("k", "\x05\x02");
    EXPECT_EQ(refusal(exchange), "");
    std::filesystem::permissions(
        exchange.keytab, std::filesystem::perms::others_read, std::filesystem::perm_options::add
    );
    EXPECT_EQ(
        refusal(exchange),
        "keytab: k: every user of this machine may read it. Make it readable by the agent's user "
        "alone: chmod 600 'k'"
    );
    exchange.keytab = folder_.path();
    EXPECT_NE(refusal(exchange).find(": this is no keytab"), std::string::npos);
}

}  // namespace
