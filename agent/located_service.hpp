// A mailbox whose server Autodiscover finds: looks for it, serves the mailbox there, and looks
// again when that cannot be done any more: the mailbox may have moved. A mailbox with a configured
// url is served there from the start.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "agent/limits.hpp"
#include "agent/mailbox_service.hpp"
#include "agent/troubles.hpp"
#include "ews/autodiscover.hpp"
#include "http/signal.hpp"

namespace agent {

/// Between two searches where the first was in vain.
inline constexpr std::chrono::milliseconds search_steps[] = {
    std::chrono::seconds(5),
    std::chrono::seconds(30),
    std::chrono::minutes(2),
    std::chrono::minutes(10)};

class LocatedService {
public:
    using Find = std::function<boost::asio::awaitable<Result<ews::Discovered>>()>;
    using Make = std::function<std::unique_ptr<MailboxService>(const ews::Discovered&)>;

    /// Waits, so that tests can shorten them.
    struct Paces {
        std::chrono::milliseconds suspicious = limits::suspicious;  ///< trouble that is looked into
        std::chrono::milliseconds look = limits::look_again;        ///< at whether there is some
        std::span<const std::chrono::milliseconds> searches = search_steps;
    };

    /// Of a configured url.
    LocatedService(
        const boost::asio::any_io_executor& executor, std::unique_ptr<MailboxService> service
    );
    LocatedService(
        const boost::asio::any_io_executor& executor,
        std::string mailbox,
        Find find,
        Make make,
        Paces paces
    );

    boost::asio::awaitable<void> run();
    /// @see MailboxService::stop
    void stop(bool for_good = false);

    const std::string& name() const { return name_; }
    /// None while its server is not known.
    MailboxService* service() const { return service_.get(); }
    const std::optional<Troubles::Trouble>& trouble() const;
    bool is_served() const { return service_ && service_->is_served(); }

private:
    boost::asio::awaitable<std::optional<ews::Discovered>> search();
    boost::asio::awaitable<Result<ews::Discovered>> find_unless_stopped();
    boost::asio::awaitable<void> serve();
    boost::asio::awaitable<void> watch();

    std::string name_;
    Find find_;
    Make make_;
    Paces paces_;
    Troubles troubles_;        ///< of the search
    http::Signal wake_, end_;  ///< of waits; of a search that is under way
    ews::Discovered found_;
    std::optional<ews::Discovered> elsewhere_;  ///< where the mailbox is now
    std::unique_ptr<MailboxService> service_;
    bool stopping_ = false;
};

}  // namespace agent
