#include "agent/big_mails.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/agent/run.hpp"

namespace {

class BigMailsTest : public testing::Test {
protected:
    /// Starts somebody who takes a turn and keeps it in turns_.
    void ask(std::string who) {
        auto asking = [](BigMailsTest& test, std::string name) -> boost::asio::awaitable<void> {
            agent::BigMails::Turn turn = co_await test.big_mails_.turn();
            test.served_ += name;
            test.turns_.push_back(std::move(turn));
        };
        boost::asio::co_spawn(context_, asking(*this, std::move(who)), boost::asio::detached);
    }

    void pump() {
        context_.restart();
        context_.run_for(std::chrono::milliseconds(5));
    }

    boost::asio::io_context context_;
    agent::BigMails big_mails_{""};
    std::string served_;
    std::vector<agent::BigMails::Turn> turns_;
};

TEST_F(BigMailsTest, OneAfterTheOtherInTheirOrder) {
    for (const char* who : {"a", "b", "c"}) ask(who);
    pump();
    EXPECT_EQ(served_, "a");
    turns_.clear();
    pump();
    EXPECT_EQ(served_, "ab");
    turns_.clear();
    pump();
    EXPECT_EQ(served_, "abc");
    turns_.clear();
    ask("d");
    pump();
    EXPECT_EQ(served_, "abcd") << "whoever comes when it is free has it at once";
}

TEST_F(BigMailsTest, ATurnLastsAsLongAsItsLastCopy) {
    ask("a");
    ask("b");
    pump();
    agent::BigMails::Turn copy = turns_.at(0);
    turns_.clear();
    pump();
    EXPECT_EQ(served_, "a");
    std::thread elsewhere([&copy] { copy.reset(); });
    elsewhere.join();
    pump();
    EXPECT_EQ(served_, "ab");
}

TEST_F(BigMailsTest, WhoHasGoneAwayHoldsNobodyUp) {
    ask("a");
    pump();
    {
        boost::asio::io_context other;
        auto waiting = [this]() -> boost::asio::awaitable<void> {
            const agent::BigMails::Turn turn = co_await big_mails_.turn();
            served_ += "gone";
        };
        boost::asio::co_spawn(other, waiting(), boost::asio::detached);
        other.run_for(std::chrono::milliseconds(5));
    }
    ask("b");
    pump();
    turns_.clear();
    pump();
    EXPECT_EQ(served_, "ab");
}

TEST_F(BigMailsTest, AfterAStopNobodyWaitsAndWhoHasATurnKeepsIt) {
    for (const char* who : {"a", "b"}) ask(who);
    pump();
    EXPECT_EQ(served_, "a");
    big_mails_.stop();
    pump();
    ask("c");
    pump();
    EXPECT_EQ(served_, "abc");
    ASSERT_EQ(turns_.size(), 3U);
    EXPECT_NE(turns_[0], nullptr);
    EXPECT_EQ(turns_[1], nullptr);
    EXPECT_EQ(turns_[2], nullptr);
}

TEST_F(BigMailsTest, WorkIsDoneOnAnotherThreadAndItsAnswerComesBack) {
    auto work = [] { return std::this_thread::get_id(); };
    const std::thread::id there = agent_test::run(context_, big_mails_.run(work));
    EXPECT_NE(there, std::this_thread::get_id());
}

TEST_F(BigMailsTest, WhatWorkThrowsIsThrownToWhoAskedForIt) {
    auto work = []() -> int { throw std::runtime_error("a broken invariant"); };
    EXPECT_THROW(agent_test::run(context_, big_mails_.run(work)), std::runtime_error);
}

TEST_F(BigMailsTest, TheFolderIsTheSystemsWhereNoneIsGiven) {
    EXPECT_EQ(big_mails_.folder(), std::filesystem::temp_directory_path());
    EXPECT_EQ(agent::BigMails("data").folder(), "data");
}

}  // namespace
