#include "agent/find_original.hpp"

#include <gtest/gtest.h>

#include "tests/agent/exchange.hpp"

namespace {

using agent_test::anna;
using Move = rules::Disposition::Move;

/// A mailbox with its drop folders, and mails that users move and copy about.
class FindOriginal : public testing::Test {
protected:
    FindOriginal() { agent_test::run(client_.context, client_.mailbox.ensure_folders(agent_test::policy())).value(); }

    std::string deliver(const std::string& folder, const std::string& mime = agent_test::offer()) {
        return exchange_.simulator.deliver(anna, folder, mime);
    }
    std::string copy(const std::string& item, const std::string& to = "- Create New Email") {
        return exchange_.simulator.copy(anna, item, to);
    }
    std::optional<std::string> original_of(const std::string& item, Move place = Move::inbox) {
        return agent_test::run(client_.context, client_.mailbox.original_of(item, place)).value();
    }

    agent_test::Exchange exchange_;
    agent_test::Client client_{exchange_};
};

TEST_F(FindOriginal, ACopyHasItsOriginalWhereItWouldBeReturned) {
    const auto received = deliver("inbox");
    const auto first = copy(received);
    EXPECT_EQ(original_of(first), received);
    EXPECT_EQ(original_of(first, Move::sent_items), std::nullopt);
    const auto sent = deliver("sentitems", agent_test::internal());
    EXPECT_EQ(original_of(copy(sent), Move::sent_items), sent);
}

TEST_F(FindOriginal, NowhereElseIsLookedLestAMailIsTakenForACopyOfAnOldOne) {
    const auto kept = deliver("Customers");
    EXPECT_EQ(original_of(copy(kept)), std::nullopt);
}

TEST_F(FindOriginal, WhatWasMovedHasNone) {
    const auto item = deliver("inbox");
    EXPECT_EQ(original_of(exchange_.simulator.move(anna, item, "- Create New Email")), std::nullopt);
    EXPECT_EQ(original_of(deliver("- Create New Email", agent_test::internal())), std::nullopt);
}

TEST_F(FindOriginal, AMailThatAListSentTooIsNoCopyThoughItCameInTheSameSecond) {
    std::string by_list = agent_test::offer();
    const std::string subject = "Subject: ";
    by_list.insert(by_list.find(subject) + subject.size(), "[friends] ");
    deliver("inbox", by_list);
    EXPECT_EQ(original_of(deliver("- Create New Email")), std::nullopt);
}

TEST_F(FindOriginal, WithoutAMessageIdItIsTakenForMoved) {
    const auto item = deliver("inbox", "From: a@b.example\r\nSubject: x\r\n\r\ny\r\n");
    EXPECT_EQ(original_of(copy(item)), std::nullopt);
}

TEST_F(FindOriginal, WhatIsGoneIsSaidToBe) {
    const auto answer = agent_test::run(client_.context, client_.mailbox.original_of("bm9uZQ==", Move::inbox));
    ASSERT_FALSE(answer);
}

}  // namespace
