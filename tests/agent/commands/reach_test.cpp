#include "agent/commands/reach.hpp"

#include "tests/agent/domain.hpp"

namespace {

std::string reached(const live::Live& world, std::string& told_by) {
    boost::asio::io_context context;
    const agent::Config config = world.config();
    const agent::ExchangeConfig& exchange = config.exchanges.front();
    auto connection = agent::open_connection(context.get_executor(), exchange).value();
    const agent::MailboxConfig& mailbox = config.policies.front().mailboxes.front();
    const auto options = agent::reach(context, exchange, connection, mailbox, &told_by);
    if (!options) return options.error().text;
    EXPECT_EQ(options->anchor_mailbox, mailbox.addresses.front());
    EXPECT_NE(options->gate, nullptr);
    return options->url;
}

TEST(Reach, AConfiguredUrlIsTakenAsItIs) {
    const live::Live world;
    std::string told_by;
    EXPECT_EQ(reached(world, told_by), world.exchange.url());
    EXPECT_EQ(told_by, "");
}

TEST(Reach, WithoutOneItIsFoundAndSaidByWhom) {
    const domain::Domain world;
    std::string told_by;
    EXPECT_EQ(reached(world, told_by), "https://us.example/EWS/Exchange.asmx");
    EXPECT_EQ(told_by, "https://us.example/autodiscover/autodiscover.svc");
}

TEST(Reach, WhatIsNotFoundIsSaidInPlainWords) {
    const domain::Domain world;
    world.change_config("address=\"anna@us.example\"", "address=\"carl@us.example\"");
    std::string told_by;
    EXPECT_EQ(
        reached(world, told_by)
            .find("Autodiscover finds no EWS for carl@us.example. What was tried: "),
        0U
    );
}

}  // namespace
