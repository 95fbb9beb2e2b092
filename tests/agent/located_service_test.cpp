#include "agent/located_service.hpp"

#include "tests/agent/domain.hpp"

namespace {

using live::anna;
using live::ben;

using namespace std::chrono_literals;
constexpr std::chrono::milliseconds quick_searches[] = {10ms};

std::string line_of_finding(const std::string& mailbox) {
    return "info found mailbox=" + mailbox +
           " exchange=https://us.example/EWS/Exchange.asmx"
           " told-by=https://us.example/autodiscover/autodiscover.svc";
}

TEST(LocatedService, WithoutAUrlTheAgentFindsEachMailboxAndFilesItsMail) {
    domain::Domain agent({anna, ben});
    agent.start();
    agent.await_log("info listening", 2);
    EXPECT_EQ(agent.logged(line_of_finding(anna)), 1U) << agent.last_lines();
    EXPECT_EQ(agent.logged(line_of_finding(ben)), 1U);
    for (const auto* mailbox : {anna, ben}) {
        const std::string item =
            agent.server->deliver(mailbox, "inbox", live::mail(live::customer, mailbox));
        agent.server->move(mailbox, item, live::emails);
    }
    agent.pump([&] { return agent.finished() == 2; });
    EXPECT_EQ(agent.count(agent::State::done), 2U);
    EXPECT_EQ(agent.mails().size(), 2U);
}

TEST(LocatedService, AMailboxThatNobodyKnowsIsToldWithAllThatWasTriedAndTheOthersAreServed) {
    domain::Domain agent({anna, ben});
    agent.change_config("address=\"anna@us.example\"", "address=\"carl@us.example\"");
    agent.start();
    const std::string trouble = "error unreachable mailbox=carl@us.example";
    agent.await_log(trouble);
    EXPECT_NE(agent.line(trouble).find("Autodiscover finds no EWS"), std::string::npos);
    agent.await_log("info listening mailbox=ben@us.example");
}

TEST(LocatedService, CheckTellsWhereAMailboxWasFound) {
    domain::Domain agent({anna});
    crm::embedded::open_embedded(agent.crm_url(), crm::embedded::Opening::write).value();
    const auto checked = command_line::run({"check", "--connect", agent.config_file().string()});
    EXPECT_NE(
        checked.out.find(
            "mailbox anna@us.example: reachable at https://us.example/EWS/Exchange.asmx "
            "as ferry@us.example (the address was told by "
            "https://us.example/autodiscover/autodiscover.svc)"
        ),
        std::string::npos
    ) << checked.out;
}

/// Serves a mailbox at the url that was found, as agent/ferry does.
class Mover : public live::Live {
public:
    Mover() : Live({anna}) {
        next.add_mailbox(anna);
        next.add_service_account("ferry@us.example");
        next.start();
        place_.ews_url = exchange.url();
    }
    ~Mover() { close(); }

    void open() {
        config_ = config();
        auto file = agent::Journal::open(journal()).value();
        journal_ = std::make_unique<agent::JournalThread>(std::move(file));
        crm_ = crm::embedded::open_embedded(crm_url(), crm::embedded::Opening::write).value();
        connection_ =
            agent::open_connection(context.get_executor(), config_.exchanges.front()).value();
        service_ = std::make_unique<agent::LocatedService>(
            context.get_executor(),
            anna,
            [this] { return find(); },
            [this](const ews::Discovered& where) { return make(where); },
            agent::LocatedService::Paces{0ms, 20ms, quick_searches}
        );
        serving_ = true;
        boost::asio::co_spawn(context, service_->run(), [this](const std::exception_ptr& failure) {
            serving_ = false;
            if (failure) std::rethrow_exception(failure);
        });
    }
    void close() {
        service_->stop();
        pump([this] { return !serving_; });
    }
    void move_mailbox() { place_.ews_url = next.url(); }
    const agent::LocatedService& service() const { return *service_; }

    ews::simulator::Simulator next;
    std::size_t searches = 0;
    std::size_t in_vain = 0;  ///< of them the first ones
    bool is_endless = false;

private:
    boost::asio::awaitable<agent::Result<ews::Discovered>> find() {
        const auto long_enough = std::chrono::hours(1);
        if (is_endless) co_await endless_.wait_for(long_enough);
        if (searches++ < in_vain)
            co_return agent::Error{agent::errc::unreachable, "nobody knows it", {}};
        co_return place_;
    }
    std::unique_ptr<agent::MailboxService> make(const ews::Discovered& where) {
        const agent::ExchangeConfig& at = config_.exchanges.front();
        const agent::PolicyConfig& policy = config_.policies.front();
        const agent::MailboxConfig& mailbox = policy.mailboxes.front();
        agent::MailboxService::Settings settings{
            policy.policy,
            rules::Owner{mailbox.addresses},
            agent::Timetable::make(policy.policy.schedule, "").value(),
            true,
            config_.retry,
            at.settle};
        return std::make_unique<agent::MailboxService>(
            context.get_executor(),
            std::move(settings),
            std::make_unique<agent::EwsMailbox>(
                *connection_.transport, agent::client_options(at, connection_, mailbox, where)
            ),
            *crm_,
            *crm_,
            *journal_,
            clock
        );
    }

    http::Signal endless_{context.get_executor()};
    ews::Discovered place_;
    agent::Config config_;
    std::unique_ptr<agent::JournalThread> journal_;
    std::unique_ptr<crm::embedded::Embedded> crm_;
    agent::Connection connection_;
    std::unique_ptr<agent::LocatedService> service_;
    bool serving_ = false;
};

TEST(LocatedService, AMailboxInTroubleThatIsFoundElsewhereIsServedThere) {
    Mover agent;
    agent.open();
    agent.await_log("info listening");
    EXPECT_EQ(agent.searches, 1U);
    agent.move_mailbox();
    agent.exchange.inject("* always fault ErrorNonExistentMailbox");
    agent.exchange.drop_subscriptions();
    agent.await_log("warning moved mailbox=anna@us.example");
    agent.await_log("info listening", 2);
    const std::string item = agent.next.deliver(anna, "inbox", live::mail(live::customer, "offer"));
    agent.next.move(anna, item, live::emails);
    agent.pump([&] { return agent.finished() == 1; });
    EXPECT_EQ(agent.mails().size(), 1U);
    EXPECT_EQ(agent.searches, 2U);
}

TEST(LocatedService, AMailboxInTroubleThatIsFoundWhereItWasIsNotLookedForAllTheTime) {
    Mover agent;
    agent.open();
    agent.await_log("info listening");
    agent.exchange.inject("* always fault ErrorNonExistentMailbox");
    agent.exchange.drop_subscriptions();
    agent.pump([&] { return agent.searches == 2; });
    for (int i = 0; i < 10; ++i) agent.turn();
    EXPECT_EQ(agent.searches, 2U);
    EXPECT_EQ(agent.logged("warning moved"), 0U);
}

TEST(LocatedService, AMailboxWhoseLoginIsRefusedIsNotLookedForSinceAccountsLock) {
    Mover agent;
    agent.open();
    agent.await_log("info listening");
    const std::string mime = live::mail(live::customer, "offer");
    const std::string item = agent.exchange.deliver(anna, "inbox", mime);
    agent.exchange.inject("* always 401");
    agent.exchange.move(anna, item, live::emails);
    agent.await_log("error unreachable mailbox=anna@us.example");
    for (int i = 0; i < 10; ++i) agent.turn();
    EXPECT_TRUE(agent.service().trouble()->error.login_refused);
    EXPECT_EQ(agent.searches, 1U);
}

TEST(LocatedService, WhatIsNotFoundIsToldOnceAndLookedForAgain) {
    Mover agent;
    agent.in_vain = 3;
    agent.open();
    const std::string trouble = "error unreachable mailbox=anna@us.example why=\"nobody knows it\"";
    agent.await_log(trouble);
    EXPECT_TRUE(agent.service().trouble().has_value());
    EXPECT_FALSE(agent.service().is_served());
    agent.await_log("info listening");
    EXPECT_EQ(agent.searches, 4U);
    EXPECT_EQ(agent.logged(trouble), 1U);
    EXPECT_EQ(agent.logged("info recovered"), 1U);
}

TEST(LocatedService, WhoStopsWaitsForNoSearch) {
    Mover agent;
    agent.is_endless = true;
    agent.open();
    agent.turn();
    agent.close();
    EXPECT_EQ(agent.service().service(), nullptr);
    EXPECT_EQ(agent.logged("error"), 0U) << agent.last_lines();
}

}  // namespace
