#include "agent/observed_mailbox.hpp"

#include <gtest/gtest.h>

#include "tests/agent/exchange.hpp"

namespace {

using agent_test::anna;
using agent_test::run;
using Names = std::vector<std::string>;

class ObservedMailbox : public testing::Test {
protected:
    ObservedMailbox() {
        run(client_.context, client_.mailbox.ensure_folders(agent_test::policy())).value();
        writes_ = writes();
    }

    /// How often anything was asked that changes a mailbox.
    std::size_t writes() const {
        std::size_t count = 0;
        for (const auto& [operation, times] : exchange_.simulator.requests()) {
            for (const char* word : {"Create", "Update", "Delete", "Move", "Copy", "Send"}) {
                if (operation.starts_with(word)) count += times;
            }
        }
        return count;
    }

    agent_test::Exchange exchange_;
    agent_test::Client client_{exchange_};
    agent::ObservedMailbox observed_{std::make_unique<agent::EwsMailbox>(
        *client_.connection.transport,
        agent::client_options(exchange_.config, client_.connection, {{anna}})
    )};
    std::size_t writes_ = 0;
};

TEST_F(ObservedMailbox, HasNoEffectAndRemembersWhatWouldBe) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    ASSERT_TRUE(run(client_.context, observed_.mark(item, {{"Processing Error"}, {}, ""})));
    ASSERT_TRUE(run(client_.context, observed_.mark(item, {{"Done"}, {"processing error"}, "m"})));
    ASSERT_TRUE(run(client_.context, observed_.move(item, rules::Disposition::Move::sent_items)));
    ASSERT_TRUE(run(client_.context, observed_.purge(item)));
    EXPECT_EQ(run(client_.context, observed_.fetch(item)).value().categories, Names{"Done"});
    const auto real = exchange_.simulator.items(anna, "inbox").at(0);
    EXPECT_EQ(real.categories, Names{});
    EXPECT_EQ(writes(), writes_);
}

TEST_F(ObservedMailbox, ChangesShowWhatWouldHaveBeenSet) {
    auto policy = agent_test::policy();
    policy.inbox.enabled = true;
    const auto folders = run(client_.context, observed_.ensure_folders(policy)).value();
    const auto inbox = folders.watched.back();
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    ASSERT_TRUE(run(client_.context, observed_.mark(item, {{"Done"}, {}, ""})));
    const auto changes = run(client_.context, observed_.changes(inbox, "")).value();
    EXPECT_EQ(changes.items.at(0).categories, Names{"Done"});
}

TEST_F(ObservedMailbox, AFolderThatIsMissingIsAWarning) {
    auto policy = agent_test::policy();
    policy.modules.insert(rules::RecordKind::quote);
    const auto folders = run(client_.context, observed_.ensure_folders(policy)).value();
    EXPECT_EQ(folders.watched.size(), 2U);
    EXPECT_EQ(
        folders.warnings,
        Names{"there is no '- Create New Quote'; it is not made while observing"}
    );
    EXPECT_EQ(writes(), writes_);
}

}  // namespace
