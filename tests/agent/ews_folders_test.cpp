#include "agent/ews_folders.hpp"

#include <gtest/gtest.h>

#include "tests/agent/exchange.hpp"

namespace {

using agent_test::anna;
using agent_test::run;

class EwsFolders : public testing::Test {
protected:
    agent_test::Exchange exchange_;
    agent_test::Client connection_{exchange_};
    ews::Client client_{
        *connection_.connection.transport,
        agent::client_options(exchange_.config, connection_.connection, {{anna}})};
    agent::EwsFolders folders_{client_};
};

TEST_F(EwsFolders, InboxAndSentItemsAreWatchedEachByItsOwnSwitch) {
    auto policy = agent_test::policy();
    policy.sent_items.enabled = true;
    const auto watched = run(connection_.context, folders_.ensure(policy)).value().watched;
    ASSERT_EQ(watched.size(), 3U);
    EXPECT_EQ(watched[2].name + " " + to_text(watched[2].role), "Sent Items sent-items");
}

TEST_F(EwsFolders, WithNothingToDropIntoNoFolderIsMadeAndEmptyOnesGo) {
    auto policy = agent_test::policy();
    policy.smart_convert.enabled = false;
    EXPECT_TRUE(run(connection_.context, folders_.ensure(policy)).value().watched.empty());
    EXPECT_EQ(exchange_.folders(), "");
    run(connection_.context, folders_.ensure(agent_test::policy())).value();
    EXPECT_TRUE(run(connection_.context, folders_.ensure(policy)).value().watched.empty());
    EXPECT_EQ(exchange_.simulator.requests("DeleteFolder"), 3U) << "two drop folders, then their master";
}

TEST_F(EwsFolders, AnEmptyFolderOfTheUserWithTheNameOfTheCategoryStays) {
    exchange_.simulator.create_folder(anna, "Company CRM");
    auto policy = agent_test::policy();
    policy.smart_convert.enabled = false;
    run(connection_.context, folders_.ensure(policy)).value();
    EXPECT_EQ(exchange_.folders(), "Company CRM 0\n");
}

}  // namespace
