#include "agent/notice/ews_sender.hpp"

#include <gtest/gtest.h>

#include "agent/notice/notice_mime.hpp"
#include "tests/agent/exchange.hpp"

namespace {

using agent::errc;
using agent_test::anna;
using agent_test::run;
constexpr auto admin = "it@us.example";
constexpr auto ferry = "mailferry@us.example";

/// Passes on to the server and loses the answers that it is told to lose.
class LosesAnswers : public http::Transport {
public:
    explicit LosesAnswers(http::Transport& server) : server_(server) {}
    int sends = 0;  ///< of the next requests that send, this many: carried out, without an answer
    int looks =
        0;  ///< of the next requests that look, once one was lost, this many: not carried out

    boost::asio::awaitable<http::Result<http::Response>> exchange(http::Request request) override {
        const bool is_send = request.body.find("SendAndSaveCopy") != std::string::npos;
        const http::Error lost{http::errc::closed, "office: the connection was cut"};
        if (!is_send && lost_one_ && looks-- > 0) co_return lost;
        auto answer = co_await server_.exchange(std::move(request));
        lost_one_ = is_send && sends-- > 0;
        if (lost_one_) co_return lost;
        co_return answer;
    }
    boost::asio::awaitable<http::Result<std::unique_ptr<http::Stream>>> open_stream(
        http::Request request
    ) override {
        auto answer = co_await server_.open_stream(std::move(request));
        co_return answer;
    }

private:
    http::Transport& server_;
    bool lost_one_ = false;
};

class EwsSender : public testing::Test {
protected:
    EwsSender() {
        exchange_.simulator.add_mailbox(ferry);
        exchange_.simulator.add_mailbox(admin);
        notice_.key = "alarm:anna@us.example:1";
        notice_.to = {admin};
        notice_.subject = "Mailferry: 5 errors";
        notice_.text = "Five.\n";
    }
    agent::Result<void> send(const agent::Notice& notice, const std::string& to = admin) {
        return run(context_, sender_.send(notice, to));
    }
    std::vector<ews::simulator::ItemSnapshot> in(const char* mailbox, const char* folder) const {
        return exchange_.simulator.items(mailbox, folder);
    }
    void refuse(const char* operation, const char* code) {
        exchange_.simulator.inject(
            operation, {ews::simulator::Fault::Kind::response_error, 200, code, {}}
        );
    }

    agent_test::Exchange exchange_;
    boost::asio::io_context context_;
    agent::Connection connection_ =
        agent::open_connection(context_.get_executor(), exchange_.config).value();
    LosesAnswers transport_{*connection_.transport};
    agent::EwsSender sender_{
        transport_, agent::client_options(exchange_.config, connection_, {{ferry}, ""}), ferry};
    agent::Notice notice_;
};

TEST_F(EwsSender, SendsFromTheMailboxAndMarksTheCopy) {
    ASSERT_TRUE(send(notice_));
    ASSERT_EQ(in(admin, "inbox").size(), 1U);
    EXPECT_EQ(in(admin, "inbox").at(0).subject, "Mailferry: 5 errors");
    EXPECT_EQ(in(admin, "inbox").at(0).mime, agent::to_mime(notice_, ferry, admin));
    ASSERT_EQ(in(ferry, "sentitems").size(), 1U);
    const auto copy = in(ferry, "sentitems").at(0);
    EXPECT_FALSE(copy.is_draft);
    EXPECT_EQ(
        copy.properties.at("e4a5cddd-8232-4c41-8378-eb9424f2f73a/MailferryState"),
        std::vector<std::string>{agent::sent_mark(notice_, admin)}
    );
}

TEST_F(EwsSender, TheSameNoticeAgainIsNotSentAgain) {
    ASSERT_TRUE(send(notice_));
    ASSERT_TRUE(send(notice_));
    EXPECT_EQ(in(admin, "inbox").size(), 1U);
    EXPECT_EQ(exchange_.simulator.requests("CreateItem"), 1U);
}

TEST_F(EwsSender, AnotherNoticeAndAnotherRecipientAreSent) {
    ASSERT_TRUE(send(notice_));
    ASSERT_TRUE(send(notice_, anna));
    notice_.key = "recovery:anna@us.example:2";
    ASSERT_TRUE(send(notice_));
    EXPECT_EQ(in(admin, "inbox").size(), 2U);
    EXPECT_EQ(in(anna, "inbox").size(), 1U);
}

TEST_F(EwsSender, AMailWhoseAnswerIsLostIsFoundAtOnce) {
    transport_.sends = 1;
    EXPECT_TRUE(send(notice_));
    EXPECT_EQ(in(admin, "inbox").size(), 1U);
    EXPECT_EQ(exchange_.simulator.requests("CreateItem"), 1U);
}

TEST_F(EwsSender, AMailWhoseAnswerIsLostIsFoundWhenItIsSentAgain) {
    transport_.sends = 1;
    transport_.looks = 1;
    const auto doubtful = send(notice_);
    ASSERT_FALSE(doubtful);
    EXPECT_EQ(doubtful.error().code, errc::unreachable);
    EXPECT_TRUE(send(notice_));
    EXPECT_EQ(in(admin, "inbox").size(), 1U);
    EXPECT_EQ(exchange_.simulator.requests("CreateItem"), 1U);
}

TEST_F(EwsSender, AMailThatLiesInTheOutboxIsOnItsWay) {
    ASSERT_TRUE(send(notice_));
    exchange_.simulator.move(ferry, in(ferry, "sentitems").at(0).id, "outbox");
    ASSERT_TRUE(send(notice_));
    EXPECT_EQ(in(admin, "inbox").size(), 1U);
}

TEST_F(EwsSender, WhatTheServerDidNotDoIsSentNextTime) {
    exchange_.simulator.inject("CreateItem", {ews::simulator::Fault::Kind::drop, 0, "", {}});
    EXPECT_EQ(send(notice_).error().code, errc::unreachable);
    EXPECT_TRUE(send(notice_));
    EXPECT_EQ(in(admin, "inbox").size(), 1U);
}

TEST_F(EwsSender, ARefusalIsToldAndNotLookedFor) {
    refuse("CreateItem", "ErrorAccessDenied");
    EXPECT_EQ(send(notice_).error().code, errc::denied);
    EXPECT_EQ(exchange_.simulator.requests("FindItem"), 1U);
}

TEST_F(EwsSender, WithoutALookNothingIsSent) {
    exchange_.simulator.inject("FindItem", {ews::simulator::Fault::Kind::http_status, 401, "", {}});
    EXPECT_EQ(send(notice_).error().code, errc::denied);
    EXPECT_EQ(exchange_.simulator.requests("CreateItem"), 0U);
}

TEST_F(EwsSender, AServerThatIsAwayIsUnreachable) {
    exchange_.simulator.stop();
    EXPECT_EQ(send(notice_).error().code, errc::unreachable);
}

TEST_F(EwsSender, WhatIsNoAddressIsNotTried) {
    const auto refused = send(notice_, "it@us.example>\r\nBcc: x@evil.example");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::permanent);
    EXPECT_TRUE(exchange_.simulator.requests().empty());
}

}  // namespace
