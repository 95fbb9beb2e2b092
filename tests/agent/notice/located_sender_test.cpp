#include "agent/notice/located_sender.hpp"

#include <gtest/gtest.h>

#include "tests/agent/run.hpp"
#include "tests/fakes/notice_sender.hpp"

namespace {

using agent::errc;
using agent_test::run;

class LocatedSender : public testing::Test {
protected:
    agent::Result<void> send() {
        agent::Notice notice;
        notice.subject = "5 errors";
        return run(context_, sender_.send(notice, "it@us.example"));
    }
    boost::asio::awaitable<agent::Result<ews::Discovered>> find() {
        ++searches_;
        if (!known_) co_return agent::Error{errc::unreachable, "nobody knows it", {}};
        co_return ews::Discovered{};
    }

    boost::asio::io_context context_;
    int searches_ = 0;
    bool known_ = true;
    fakes::NoticeSender* made_ = nullptr;  ///< the last one
    agent::LocatedSender sender_{
        context_.get_executor(),
        [this] { return find(); },
        [this](const ews::Discovered&) {
            auto made = std::make_unique<fakes::NoticeSender>();
            made_ = made.get();
            return made;
        }};
};

TEST_F(LocatedSender, TheServerIsLookedForOnce) {
    EXPECT_EQ(searches_, 0) << "nobody has anything to send";
    EXPECT_TRUE(send());
    EXPECT_TRUE(send());
    EXPECT_EQ(searches_, 1);
    EXPECT_EQ(made_->text(), "it@us.example: 5 errors\nit@us.example: 5 errors\n");
}

TEST_F(LocatedSender, AgainAfterAFailureThatMayMeanThatTheMailboxHasMoved) {
    EXPECT_TRUE(send());
    made_->failures[2] = {errc::permanent, "no such recipient", {}};
    EXPECT_FALSE(send());
    EXPECT_EQ(searches_, 1);
    made_->failures[3] = {errc::unreachable, "away", {}};
    EXPECT_FALSE(send());
    EXPECT_TRUE(send());
    EXPECT_EQ(searches_, 2);
}

TEST_F(LocatedSender, NotAgainWhereTheLoginIsRefused) {
    EXPECT_TRUE(send());
    made_->failures[2] = {errc::denied, "wrong password", {}, false, true};
    EXPECT_FALSE(send());
    EXPECT_TRUE(send());
    EXPECT_EQ(searches_, 1);
    made_->failures[4] = {errc::denied, "no such mailbox", {}};
    EXPECT_FALSE(send());
    EXPECT_TRUE(send());
    EXPECT_EQ(searches_, 2);
}

TEST_F(LocatedSender, WhatIsNotFoundIsTheErrorAndLookedForAgain) {
    known_ = false;
    EXPECT_EQ(send().error().text, "nobody knows it");
    known_ = true;
    EXPECT_TRUE(send());
    EXPECT_EQ(searches_, 2);
}

TEST_F(LocatedSender, WhenWeStopNothingIsLookedForAnyMore) {
    sender_.stop();
    EXPECT_EQ(send().error().code, errc::cancelled);
    EXPECT_EQ(searches_, 0);
}

}  // namespace
