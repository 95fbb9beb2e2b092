#include "agent/noted_streams.hpp"

#include <gtest/gtest.h>

#include <future>

#include "tests/agent/folder.hpp"
#include "tests/ews/stream_members.hpp"
#include "tests/fakes/clock.hpp"

namespace {

using agent::Journal;
using agent::Subscription;
using Noted = std::vector<Subscription>;

const std::string mail_server = "X-BackEndOverrideCookie=B1~1";

class NotedStreams : public wire::StreamMembers {
protected:
    void open() {
        auto journal = Journal::open(folder_.file("journal")).value();
        leftovers_ = agent::leftovers_of(*journal, {wire::anna}).value();
        thread_ = std::make_unique<agent::JournalThread>(std::move(journal));
        groups_ = agent::noted_streams(*thread_, clock_, wire::quick());
    }
    /// What lies in the file when all that was posted is written.
    Noted noted(const std::string& mailbox) {
        std::promise<Noted> promise;
        thread_->post([&](Journal& journal) {
            promise.set_value(journal.subscriptions().value()[mailbox]);
        });
        return promise.get_future().get();
    }
    std::unique_ptr<ews::StreamMember> join_noted() {
        std::vector<ews::FolderId> folders{{"F", ""}};
        return run(groups_->join(client(wire::anna), std::move(folders))).value();
    }

    agent_test::Folder folder_;
    fakes::Clock clock_;
    std::unique_ptr<agent::JournalThread> thread_;
    std::shared_ptr<ews::StreamGroups> groups_;
    agent::Leftovers leftovers_;
};

TEST_F(NotedStreams, ASubscriptionIsNotedAsLongAsItMayLive) {
    open();
    const auto member = join_noted();
    EXPECT_EQ(noted(wire::anna), (Noted{{"S1", wire::anna, mail_server}}));
    run_void(member->leave());
    EXPECT_EQ(noted(wire::anna), Noted{});
}

TEST_F(NotedStreams, WhatACrashHasLeftIsGivenBackAndForgotten) {
    open();
    join_noted().reset();
    groups_.reset();
    thread_.reset();
    open();
    EXPECT_EQ(noted(wire::anna).size(), 1U);
    agent::hand_in(*groups_, leftovers_, wire::anna);
    agent::hand_in(*groups_, leftovers_, wire::anna);
    const auto member = join_noted();
    EXPECT_EQ(server.count("Unsubscribe"), 1U);
    EXPECT_EQ(noted(wire::anna), (Noted{{"S2", wire::anna, mail_server}}));
}

TEST_F(NotedStreams, WhatIsLeftOfOtherMailboxesIsForgotten) {
    open();
    thread_->post([this](Journal& journal) {
        journal.note_subscriptions(wire::ben, {{"S9", "", ""}}, clock_.now()).value();
    });
    groups_.reset();
    thread_.reset();
    open();
    EXPECT_EQ(noted(wire::ben), Noted{});
    EXPECT_TRUE(leftovers_.empty());
}

}  // namespace
