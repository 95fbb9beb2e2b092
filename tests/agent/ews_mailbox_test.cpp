#include "agent/ews_mailbox.hpp"

#include <gtest/gtest.h>

#include "tests/agent/exchange.hpp"

namespace {

using agent::errc;
using agent_test::anna;
using agent_test::run;
using Move = rules::Disposition::Move;
using Names = std::vector<std::string>;

class EwsMailbox : public testing::Test {
protected:
    agent::Folders ensure(const rules::Policy& policy = agent_test::policy()) {
        return run(client_.context, client_.mailbox.ensure_folders(policy)).value();
    }
    agent::Changes changes(const agent::WatchedFolder& folder, const std::string& sync_state) {
        return run(client_.context, client_.mailbox.changes(folder, sync_state)).value();
    }
    static Names ids(const agent::Changes& changes) {
        Names ids;
        for (const auto& item : changes.items) ids.push_back(item.id);
        return ids;
    }
    agent::Result<agent::MailItem> fetch(const std::string& item) {
        return run(client_.context, client_.mailbox.fetch(item));
    }
    agent::Result<void> mark(const std::string& item, agent::Marking marking) {
        return run(client_.context, client_.mailbox.mark(item, std::move(marking)));
    }

    agent_test::Exchange exchange_;
    agent_test::Client client_{exchange_};
};

TEST_F(EwsMailbox, MakesTheFoldersOfThePolicyOnce) {
    const auto folders = ensure();
    EXPECT_EQ(folders.warnings, Names{});
    ASSERT_EQ(folders.watched.size(), 2U);
    EXPECT_EQ(folders.watched[0].name, "- Create New Email");
    EXPECT_EQ(to_text(folders.watched[1].role), "create-new/opportunity");
    EXPECT_EQ(
        exchange_.folders(), "Company CRM 0\n- Create New Email 0\n- Create New Opportunity 0\n"
    );
    EXPECT_EQ(ensure().watched, folders.watched);
    EXPECT_EQ(exchange_.simulator.requests("CreateFolder"), 3U);
}

TEST_F(EwsMailbox, AFolderThatIsNotWantedGoesOnlyWhenItIsEmpty) {
    ensure();
    auto policy = agent_test::policy();
    policy.modules.clear();
    exchange_.simulator.deliver(anna, "- Create New Opportunity", agent_test::offer());
    const auto kept = ensure(policy);
    EXPECT_EQ(kept.watched.size(), 1U);
    EXPECT_EQ(
        kept.warnings,
        Names{"'- Create New Opportunity' is no longer wanted by the policy but holds 1 mails or "
              "folders; move them away and it goes"}
    );
    const auto item = exchange_.simulator.items(anna, "- Create New Opportunity").at(0).id;
    exchange_.simulator.move(anna, item, "inbox");
    EXPECT_EQ(ensure(policy).warnings, Names{});
    EXPECT_EQ(exchange_.simulator.requests("DeleteFolder"), 1U);
}

TEST_F(EwsMailbox, TellsWhatIsNewSinceASyncState) {
    const auto deals = ensure().watched.at(1);
    const auto first = exchange_.simulator.deliver(anna, deals.id, agent_test::offer());
    const auto second = exchange_.simulator.deliver(anna, deals.id, agent_test::internal());
    const auto start = changes(deals, "");
    EXPECT_EQ(ids(start), (Names{first, second}));
    EXPECT_TRUE(start.complete);
    EXPECT_EQ(ids(changes(deals, start.sync_state)), Names{});
    const auto third = exchange_.simulator.deliver(anna, deals.id, agent_test::offer());
    EXPECT_EQ(ids(changes(deals, start.sync_state)), Names{third});
}

TEST_F(EwsMailbox, OfInboxAndSentItemsItTellsCategoriesAndTimes) {
    auto policy = agent_test::policy();
    policy.smart_convert.enabled = false;
    policy.inbox.enabled = true;
    policy.sent_items.enabled = true;
    const auto folders = ensure(policy);
    ASSERT_EQ(folders.watched.size(), 2U);
    EXPECT_EQ(exchange_.folders(), "") << "nothing to drop into, so no folder is made";
    const auto& inbox = folders.watched[0];
    EXPECT_EQ(inbox.name + " " + to_text(inbox.role), "Inbox inbox");
    EXPECT_EQ(to_text(folders.watched[1].role), "sent-items");
    const auto before = std::chrono::system_clock::now() - std::chrono::seconds(1);
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    const auto start = changes(inbox, "");
    ASSERT_EQ(start.items.size(), 1U);
    EXPECT_TRUE(start.items[0].created);
    EXPECT_EQ(start.items[0].categories, Names{});
    EXPECT_GT(start.items[0].received, before);
    exchange_.simulator.categorise(anna, item, {"Company CRM"});
    const auto later = changes(inbox, start.sync_state);
    ASSERT_EQ(later.items.size(), 1U);
    EXPECT_FALSE(later.items[0].created);
    EXPECT_EQ(later.items[0].categories, Names{"Company CRM"});
    EXPECT_GT(later.items[0].modified, before);
}

TEST_F(EwsMailbox, ASyncStateOfAnotherServerIsLost) {
    const auto deals = ensure().watched.at(1);
    const auto answer = run(client_.context, client_.mailbox.changes(deals, "bm9uc2Vuc2U="));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::sync_state_lost);
}

TEST_F(EwsMailbox, FetchesTheMailAsItCame) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    const auto mail = fetch(item).value();
    EXPECT_EQ(mail.mime, agent_test::offer());
    EXPECT_EQ(mail.categories, Names{});
}

TEST_F(EwsMailbox, WhatIsNotThereIsGone) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    ASSERT_TRUE(exchange_.simulator.erase(anna, item));
    EXPECT_EQ(fetch(item).error().code, errc::gone);
    EXPECT_EQ(mark(item, {{"Red"}, {}, "m"}).error().code, errc::gone);
    const auto moved = run(client_.context, client_.mailbox.move(item, Move::inbox));
    EXPECT_EQ(moved.error().code, errc::gone);
    EXPECT_EQ(run(client_.context, client_.mailbox.purge(item)).error().code, errc::gone);
}

TEST_F(EwsMailbox, AMarkKeepsTheCategoriesThatAreThere) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    ASSERT_TRUE(mark(item, {{"Red", "Processing Error"}, {}, ""}));
    ASSERT_TRUE(
        mark(item, {{"Processing Complete", "Red"}, {"Processing Error", "Blue"}, "filed:1"})
    );
    const auto mail = fetch(item).value();
    EXPECT_EQ(mail.categories, (Names{"Red", "Processing Complete"}));
    EXPECT_TRUE(run(client_.context, client_.mailbox.find_marked(Move::inbox, "filed:1")).value());
    EXPECT_FALSE(exchange_.simulator.items(anna, "inbox").at(0).is_read);
}

TEST_F(EwsMailbox, AMarkThatIsThereAlreadyIsNotWrittenAgain) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    ASSERT_TRUE(mark(item, {{"Red"}, {}, "filed:1"}));
    const auto writes = exchange_.simulator.requests("UpdateItem");
    ASSERT_TRUE(mark(item, {{"Red"}, {"Blue"}, "filed:1"}));
    EXPECT_EQ(exchange_.simulator.requests("UpdateItem"), writes);
}

TEST_F(EwsMailbox, AConflictWithAnotherWriterIsReadAndWrittenAgain) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    using Fault = ews::simulator::Fault;
    Fault conflict;
    conflict.kind = Fault::Kind::response_error;
    conflict.code = "ErrorIrresolvableConflict";
    exchange_.simulator.inject("UpdateItem", conflict, 2);
    ASSERT_TRUE(mark(item, {{"Red"}, {}, ""}));
    EXPECT_EQ(fetch(item).value().categories, Names{"Red"});
    exchange_.simulator.inject("UpdateItem", conflict, 3);
    EXPECT_EQ(mark(item, {{"Blue"}, {}, ""}).error().code, errc::transient);
}

TEST_F(EwsMailbox, AMovedMailIsFoundByItsMark) {
    const auto item = exchange_.simulator.deliver(anna, "drafts", agent_test::offer());
    ASSERT_TRUE(mark(item, {{}, {}, "filed:1"}));
    ASSERT_TRUE(run(client_.context, client_.mailbox.move(item, Move::sent_items)));
    EXPECT_EQ(fetch(item).error().code, errc::gone);
    const auto is_there = [&](Move place, const std::string& mark) {
        return run(client_.context, client_.mailbox.find_marked(place, mark)).value().has_value();
    };
    EXPECT_TRUE(is_there(Move::sent_items, "filed:1"));
    EXPECT_FALSE(is_there(Move::inbox, "filed:1"));
    EXPECT_FALSE(is_there(Move::sent_items, "filed:2"));
}

TEST_F(EwsMailbox, APurgedMailIsNowhere) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    ASSERT_TRUE(run(client_.context, client_.mailbox.purge(item)));
    EXPECT_TRUE(exchange_.simulator.items(anna, "inbox").empty());
    EXPECT_TRUE(exchange_.simulator.items(anna, "deleteditems").empty());
}

TEST_F(EwsMailbox, FindingFoldersMakesNone) {
    const auto find = [&] {
        return run(client_.context, client_.mailbox.find_folders(agent_test::policy())).value();
    };
    EXPECT_TRUE(find().watched.empty());
    EXPECT_EQ(exchange_.folders(), "");
    const auto made = ensure();
    EXPECT_EQ(find().watched, made.watched);
}

TEST_F(EwsMailbox, AWrongPasswordIsDenied) {
    exchange_.config.password->name = exchange_.folder.write("wrong", "wrong");
    agent_test::Client stranger(exchange_);
    const auto folders =
        run(stranger.context, stranger.mailbox.ensure_folders(agent_test::policy()));
    ASSERT_FALSE(folders);
    EXPECT_EQ(folders.error().code, errc::denied);
}

}  // namespace
