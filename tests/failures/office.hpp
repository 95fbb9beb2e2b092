// What the tests of this folder share: the agent of tests/agent/live.hpp put together with waits
// that a test can wait for, where agent/ferry has those of production, and a server that is set up
// otherwise. The tests bear the numbers of a list of what has gone wrong with EWS clients.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agent/connection.hpp"
#include "agent/ews_mailbox.hpp"
#include "agent/journal_thread.hpp"
#include "agent/mailbox_service.hpp"
#include "agent/noted_streams.hpp"
#include "tests/agent/live.hpp"

namespace failures {

using namespace std::chrono_literals;
using ews::simulator::Simulator;
using live::anna;
using live::ben;
using live::customer;
using live::emails;
using live::mail;
using Lines = std::vector<std::string>;

/// A user of that server drags a mail from the Inbox into a drop folder.
inline std::string drop(Simulator& server, const std::string& mime, const std::string& mailbox) {
    return server.move(mailbox, server.deliver(mailbox, "inbox", mime), emails);
}

/// Of a line of the log: after how many seconds it is tried again; -1 where it does not say.
inline double again_in(const std::string& line) {
    const std::string word = "again-in=";
    const auto at = line.find(word);
    return at == std::string::npos ? -1 : std::stod(line.substr(at + word.size()));
}

/// start() and stop() are the agent as it is shipped, open() and close() the one with these waits.
class Office : public live::Live {
public:
    using Live::Live;
    ~Office() { close(); }

    // For open():
    ews::StreamPaces paces = {};
    http::BudgetLimits limits = {};
    std::chrono::milliseconds look_at_clock = agent::limits::look_at_clock;

    /// The agent will talk to this server, which has the same mailboxes, instead of `exchange`.
    Simulator& move_to(ews::simulator::Options options) {
        other_ = std::make_unique<Simulator>(std::move(options));
        const agent::Config now = config();
        for (const agent::MailboxConfig& mailbox : now.policies.front().mailboxes)
            other_->add_mailbox(mailbox.addresses.front());
        other_->add_service_account("ferry@us.example");
        other_->start();
        configure(other_->url());
        return *other_;
    }

    void open() {
        config_ = config();
        const agent::PolicyConfig& policy = config_.policies.front();
        auto file = agent::Journal::open(journal()).value();
        file->wake(clock.now()).value();
        agent::Leftovers leftovers = file->subscriptions().value();
        journal_ = std::make_unique<agent::JournalThread>(std::move(file));
        crm_ = crm::embedded::open_embedded(crm_url(), crm::embedded::Opening::write).value();
        connection_ = agent::open_connection(context.get_executor(), exchange_config()).value();
        connection_.gate = std::make_unique<http::Gate>(limits);
        const auto streams = agent::noted_streams(*journal_, clock, paces);
        for (const agent::MailboxConfig& mailbox : policy.mailboxes) {
            agent::hand_in(*streams, leftovers, mailbox.addresses.front());
            serve(policy.policy, mailbox, streams);
        }
    }

    void close() {
        for (const auto& one : services_) one->stop();
        pump([this] { return served_ == 0; });
        services_.clear();
        connection_ = {};
        crm_.reset();
        journal_.reset();
    }

    /// A mail that fails for a reason of its own is tried again each second. To be called once,
    /// after move_to().
    void retry_quickly() const {
        change_config("  <exchange ", "  <retry quick=\"1\" then=\"1\"/>\n  <exchange ");
    }

    http::BudgetFacts gate() const { return connection_.gate->facts(); }

    /// What the log has of warnings and errors.
    Lines complaints() const {
        Lines lines;
        for (const std::string& line : log)
            if (!line.starts_with("info ")) lines.push_back(line);
        return lines;
    }
    /// Until so many mails are done, which the CRM then has, each once, and nothing has failed.
    void expect_filed(std::size_t count) {
        pump([&] { return finished() >= count; });
        EXPECT_EQ(this->count(agent::State::done), count) << last_lines();
        EXPECT_EQ(mails().size(), count) << crm_text();
    }

private:
    const agent::ExchangeConfig& exchange_config() const {
        return config_.exchange(config_.policies.front().exchange);
    }

    void serve(
        const rules::Policy& policy,
        const agent::MailboxConfig& mailbox,
        const std::shared_ptr<ews::StreamGroups>& streams
    ) {
        auto options = agent::client_options(exchange_config(), connection_, mailbox);
        agent::MailboxService::Settings settings{
            policy,
            rules::Owner{mailbox.addresses},
            agent::Timetable::make(policy.schedule, mailbox.time_zone).value(),
            mailbox.time_zone.empty(),
            config_.retry,
            exchange_config().settle};
        settings.look_at_clock = look_at_clock;
        services_.push_back(std::make_unique<agent::MailboxService>(
            context.get_executor(),
            std::move(settings),
            std::make_unique<agent::EwsMailbox>(
                *connection_.transport, std::move(options), streams
            ),
            *crm_,
            *crm_,
            *journal_,
            clock
        ));
        ++served_;
        boost::asio::co_spawn(
            context,
            services_.back()->run(),
            [this](const std::exception_ptr& failure) {
                --served_;
                if (failure) std::rethrow_exception(failure);
            }
        );
    }

    std::unique_ptr<Simulator> other_;
    agent::Config config_;
    std::unique_ptr<agent::JournalThread> journal_;
    std::unique_ptr<crm::embedded::Embedded> crm_;
    agent::Connection connection_;
    std::vector<std::unique_ptr<agent::MailboxService>> services_;
    std::size_t served_ = 0;
};

}  // namespace failures
