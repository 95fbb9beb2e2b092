// One mailbox in service: its listener fills the journal and wakes its worker, which empties it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>

#include "agent/listener.hpp"
#include "agent/mailbox.hpp"
#include "agent/signal.hpp"
#include "agent/worker.hpp"
#include "http/retry.hpp"

namespace agent {

class MailboxService {
public:
    struct Settings {
        const rules::Policy& policy;
        rules::Owner owner;
        std::chrono::milliseconds settle;
        bool observing = false;  ///< see Surroundings
    };

    /// What is passed by reference outlives the service; the mailbox belongs to it.
    MailboxService(
        const boost::asio::any_io_executor& executor,
        Settings settings,
        std::unique_ptr<Mailbox> mailbox,
        crm::Directory& directory,
        crm::Archive& archive,
        JournalThread& journal,
        const Clock& clock
    );

    boost::asio::awaitable<void> run();
    void stop();
    const std::string& name() const { return name_; }

private:
    boost::asio::awaitable<void> work();
    boost::asio::awaitable<void> hold(const Error& error);
    boost::asio::awaitable<void> rest();

    std::string name_;
    std::unique_ptr<Mailbox> mailbox_;
    JournalThread& journal_;
    const Clock& clock_;
    Signal work_;
    Arrivals arrivals_;
    Worker worker_;
    Listener listener_;
    http::BackOff back_off_;
    bool stopping_ = false;
};

}  // namespace agent
