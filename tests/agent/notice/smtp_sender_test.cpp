#include "agent/notice/smtp_sender.hpp"

#include <gtest/gtest.h>

#include <boost/asio/detached.hpp>
#include <thread>

#include "agent/notice/notice_mime.hpp"
#include "tests/agent/run.hpp"
#include "tests/fakes/smtp_server.hpp"

namespace {

using agent::errc;
using agent_test::run;
constexpr auto admin = "it@us.example";

agent::SmtpConfig config_of(const fakes::SmtpServer& server) {
    agent::SmtpConfig config;
    config.host = "127.0.0.1";
    config.port = server.port();
    config.security = agent::SmtpConfig::Security::none;
    config.from = "mailferry@us.example";
    return config;
}

agent::Notice notice() {
    agent::Notice notice;
    notice.key = "alarm:anna@us.example:1";
    notice.to = {admin, "gone@us.example"};
    notice.subject = "Mailferry: 5 errors";
    notice.text = "Five.\n.\n";
    return notice;
}

TEST(SmtpSender, SendsTheNoticeFromTheConfiguredAddress) {
    const fakes::SmtpServer server;
    boost::asio::io_context context;
    agent::SmtpSender sender(config_of(server), {});
    ASSERT_TRUE(run(context, sender.send(notice(), admin)));
    ASSERT_EQ(server.mails().size(), 1U);
    EXPECT_EQ(server.mails().at(0).data, agent::to_mime(notice(), "mailferry@us.example", admin));
    EXPECT_EQ(server.mails().at(0).to, std::vector<std::string>{admin});
}

TEST(SmtpSender, OneBadAddressDoesNotStopTheOthers) {
    fakes::SmtpBehaviour behaviour;
    behaviour.unknown = {"gone@us.example"};
    const fakes::SmtpServer server(behaviour);
    boost::asio::io_context context;
    agent::SmtpSender sender(config_of(server), {});
    EXPECT_EQ(run(context, sender.send(notice(), "gone@us.example")).error().code, errc::permanent);
    EXPECT_TRUE(run(context, sender.send(notice(), admin)));
}

TEST(SmtpSender, ARepetitionAfterALostAnswerHasTheSameMessageId) {
    fakes::SmtpBehaviour behaviour;
    behaviour.drops_after_data = true;
    const fakes::SmtpServer server(behaviour);
    boost::asio::io_context context;
    agent::SmtpSender sender(config_of(server), {});
    EXPECT_EQ(run(context, sender.send(notice(), admin)).error().code, errc::unreachable);
    EXPECT_EQ(run(context, sender.send(notice(), admin)).error().code, errc::unreachable);
    ASSERT_EQ(server.mails().size(), 2U);
    EXPECT_EQ(server.mails().at(0).data, server.mails().at(1).data);
}

TEST(SmtpSender, WhatIsNoAddressIsNotTried) {
    const fakes::SmtpServer server;
    boost::asio::io_context context;
    agent::SmtpSender sender(config_of(server), {});
    const auto refused =
        run(context, sender.send(notice(), "it@us.example>\r\nRCPT TO:<x@evil.example"));
    EXPECT_EQ(refused.error().code, errc::permanent);
    auto config = config_of(server);
    config.from = "mailferry";
    agent::SmtpSender nobody(config, {});
    EXPECT_EQ(run(context, nobody.send(notice(), admin)).error().code, errc::denied);
    EXPECT_TRUE(server.lines().empty());
}

TEST(SmtpSender, ItsCallerGoesOnWhereItWasWhileOthersWork) {
    const fakes::SmtpServer server;
    boost::asio::io_context context;
    agent::SmtpSender sender(config_of(server), {});
    bool worked = false;
    boost::asio::post(context, [&worked] { worked = true; });
    const auto send = [&]() -> boost::asio::awaitable<bool> {
        const auto before = std::this_thread::get_id();
        const auto sent = co_await sender.send(notice(), admin);
        co_return sent&& std::this_thread::get_id() == before;
    };
    EXPECT_TRUE(run(context, send()));
    EXPECT_TRUE(worked);
}

TEST(SmtpSender, AtItsEndWhatIsUnderWayIsCancelled) {
    fakes::SmtpBehaviour behaviour;
    behaviour.silent = true;
    const fakes::SmtpServer server(behaviour);
    boost::asio::io_context context;
    std::vector<errc> ends;
    auto sender = std::make_unique<agent::SmtpSender>(config_of(server), agent::Secret());
    const auto end_of = [&](std::exception_ptr, const agent::Result<void>& sent) {
        ends.push_back(sent.error().code);
    };
    boost::asio::co_spawn(context, sender->send(notice(), admin), end_of);
    boost::asio::co_spawn(context, sender->send(notice(), "bob@us.example"), end_of);
    context.poll();
    sender.reset();
    context.restart();
    context.run();
    EXPECT_EQ(ends, (std::vector<errc>{errc::cancelled, errc::cancelled}));
}

}  // namespace
