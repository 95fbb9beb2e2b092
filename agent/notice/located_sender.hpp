// Sends from a mailbox whose server Autodiscover finds: looks for it before the first notice, and
// again after a failure that may mean that the mailbox has moved.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>

#include "agent/notice/sender.hpp"
#include "ews/autodiscover.hpp"
#include "http/signal.hpp"

namespace agent {

class LocatedSender final : public Sender {
public:
    using Find = std::function<boost::asio::awaitable<Result<ews::Discovered>>()>;
    using Make = std::function<std::unique_ptr<Sender>(const ews::Discovered&)>;

    LocatedSender(const boost::asio::any_io_executor& executor, Find find, Make make);

    /// One caller at a time.
    boost::asio::awaitable<Result<void>> send(Notice notice, std::string to) override;
    void stop() override;

private:
    boost::asio::awaitable<Result<ews::Discovered>> find_unless_stopped();

    Find find_;
    Make make_;
    http::Signal end_;  ///< of a search
    std::shared_ptr<Sender> sender_;
    bool stopping_ = false;
};

}  // namespace agent
