#include "agent/connection.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "tests/agent/folder.hpp"

namespace {

agent::ExchangeConfig office(const agent_test::Folder& folder) {
    agent::ExchangeConfig exchange;
    exchange.url = "https://mail.us.example/EWS/Exchange.asmx";
    exchange.user = "ferry";
    exchange.password = {agent::SecretSource::Kind::file, folder.write("password", "hunter2\n")};
    return exchange;
}

TEST(Connection, LogsInWithTheUserAndThePassword) {
    const agent_test::Folder folder;
    boost::asio::io_context context;
    const auto connection = agent::open_connection(context.get_executor(), office(folder)).value();
    EXPECT_EQ(connection.authorization, "Basic ZmVycnk6aHVudGVyMg==");
    EXPECT_NE(connection.transport, nullptr);
}

TEST(Connection, ActsAsTheMailboxOnlyWhereItImpersonates) {
    const agent_test::Folder folder;
    boost::asio::io_context context;
    auto exchange = office(folder);
    const auto connection = agent::open_connection(context.get_executor(), exchange).value();
    const agent::MailboxConfig mailbox{{"anna@us.example", "a@us.example"}};
    auto options = agent::client_options(exchange, connection, mailbox);
    EXPECT_EQ(options.url, exchange.url);
    EXPECT_EQ(options.authorization, connection.authorization);
    EXPECT_EQ(options.account, "ferry");
    EXPECT_EQ(options.impersonate, "anna@us.example");
    EXPECT_EQ(options.anchor_mailbox, "anna@us.example");
    exchange.impersonate = false;
    options = agent::client_options(exchange, connection, mailbox);
    EXPECT_EQ(options.impersonate, std::nullopt);
    EXPECT_EQ(options.anchor_mailbox, "anna@us.example");
}

TEST(Connection, AMissingPasswordIsNamed) {
    const agent_test::Folder folder;
    boost::asio::io_context context;
    auto exchange = office(folder);
    exchange.password.name = folder.file("missing");
    const auto connection = agent::open_connection(context.get_executor(), exchange);
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().code, agent::errc::denied);
    EXPECT_EQ(
        folder.without_path(connection.error().text),
        "password: missing: No such file or directory; write it into that file, one line, readable by "
        "the agent's user alone"
    );
}

TEST(Connection, AnUnusableCaFileIsRefused) {
    const agent_test::Folder folder;
    boost::asio::io_context context;
    auto exchange = office(folder);
    exchange.ca_file = folder.write("ca.pem", "no certificate");
    const auto connection = agent::open_connection(context.get_executor(), exchange);
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().code, agent::errc::denied);
    EXPECT_NE(connection.error().text.find("ca.pem"), std::string::npos) << connection.error().text;
}

}  // namespace
