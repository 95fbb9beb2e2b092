#include "agent/notice/fallback.hpp"

#include <gtest/gtest.h>

#include "tests/agent/run.hpp"
#include "tests/fakes/notice_sender.hpp"

namespace {

using agent::errc;
using agent_test::run;

class Fallback : public testing::Test {
protected:
    Fallback() {
        auto ews = std::make_unique<fakes::NoticeSender>();
        auto smtp = std::make_unique<fakes::NoticeSender>();
        ews_ = ews.get();
        smtp_ = smtp.get();
        both_ = std::make_unique<agent::Fallback>(std::move(ews), std::move(smtp));
    }
    agent::Result<void> send() {
        agent::Notice notice;
        notice.key = "k";
        notice.subject = "5 errors";
        return run(both_->send(notice, "it@us.example"));
    }
    void fail(errc first, errc second) {
        ews_->failures[ews_->calls + 1] = {first, "EWS is away", {}};
        smtp_->failures[smtp_->calls + 1] = {second, "SMTP is away", {}};
    }

    fakes::NoticeSender* ews_ = nullptr;
    fakes::NoticeSender* smtp_ = nullptr;
    std::unique_ptr<agent::Sender> both_;
};

TEST_F(Fallback, WhatTheFirstSendsTheSecondDoesNot) {
    EXPECT_TRUE(send());
    EXPECT_EQ(ews_->text(), "it@us.example: 5 errors\n");
    EXPECT_EQ(smtp_->calls, 0U);
}

TEST_F(Fallback, TheSecondSendsWhatTheFirstCannot) {
    for (const errc code : {errc::unreachable, errc::denied, errc::permanent, errc::transient}) {
        ews_->failures[ews_->calls + 1] = {code, "EWS is away", {}};
        EXPECT_TRUE(send());
    }
    EXPECT_EQ(ews_->sent.size(), 0U);
    EXPECT_EQ(smtp_->sent.size(), 4U);
    EXPECT_EQ(smtp_->sent.at(0).notice.key, "k");
}

TEST_F(Fallback, WhereBothFailTheTextHasBoth) {
    fail(errc::denied, errc::unreachable);
    const auto failed = send();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().text, "EWS is away; and by the second way: SMTP is away");
}

TEST_F(Fallback, WhereBothFailTheCodeIsTheOneThatGivesHope) {
    const auto code = [this](errc first, errc second) {
        fail(first, second);
        return send().error().code;
    };
    EXPECT_EQ(code(errc::unreachable, errc::permanent), errc::unreachable);
    EXPECT_EQ(code(errc::denied, errc::transient), errc::transient);
    EXPECT_EQ(code(errc::denied, errc::permanent), errc::denied);
}

TEST_F(Fallback, WhoStopsIsNotSentASecondTime) {
    fail(errc::cancelled, errc::unreachable);
    EXPECT_EQ(send().error().code, errc::cancelled);
    EXPECT_EQ(smtp_->calls, 0U);
    fail(errc::unreachable, errc::cancelled);
    EXPECT_EQ(send().error().code, errc::cancelled);
}

}  // namespace
