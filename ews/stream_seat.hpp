// What an affinity group keeps for one member, and what it has to tell it: a queue with a bell.
// Shared by the group, which tells, and the member's own handle (ews/stream_groups), which listens.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "ews/client.hpp"
#include "ews/notification.hpp"
#include "http/signal.hpp"

namespace ews {

struct StreamNews {
    enum class Kind {
        events,     ///< `events` has some
        sync,       ///< anything may have happened: read all folders
        alive,      ///< nothing happened, the stream lives
        polling,    ///< `text`: why there is no stream; from now on `sync` comes now and then
        streaming,  ///< that is over
    };
    Kind kind = Kind::alive;
    std::vector<Event> events = {};
    std::string text = {};
    bool operator==(const StreamNews&) const = default;
};

class StreamSeat {
public:
    /// The client outlives the seat.
    StreamSeat(const boost::asio::any_io_executor& executor, Client& member)
        : client(member), bell_(executor) {}

    /// What is not fetched for long is forgotten; then it is "anything may have happened".
    void tell(StreamNews news);
    /// The seat is lost; said after what came before.
    void end(Error error);
    /// Ends next(), and all further ones, with errc::cancelled.
    void close();
    /// Waits for news. One caller at a time.
    boost::asio::awaitable<Result<StreamNews>> next();

    Client& client;
    std::string mailbox = {};
    SubscriptionId subscription = {};
    std::string anchor = {}, server = {};  ///< of the subscription, @see StandingSubscription
    std::uint64_t number = 0;              ///< in the group; 0: none yet, or no more

private:
    std::deque<StreamNews> news_;
    std::optional<Error> ended_;
    http::Signal bell_;
    bool is_closed_ = false;
};

}  // namespace ews
