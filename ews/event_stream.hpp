// Listens: one GetStreamingEvents connection, from opening to end. Does not reconnect or
// resubscribe; after any end the caller must sync, because events between two connections may be
// lost.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/getstreamingevents-operation
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "ews/client.hpp"
#include "ews/notification.hpp"
#include "ews/operations/get_streaming_events.hpp"
#include "ews/split_envelopes.hpp"

namespace ews {

struct StreamMessage {
    enum class Kind {
        opened,     ///< the server listens to us; sync now
        events,     ///< `notifications` has some
        heartbeat,  ///< nothing happened, the connection lives
        closed,     ///< an orderly end, also when the server just hung up: open another one
    };
    Kind kind = Kind::heartbeat;
    std::vector<Notification> notifications;
    bool operator==(const StreamMessage&) const = default;
};

struct EventStreamOptions {
    std::chrono::minutes connection{29};         ///< asked of the server, 1 to 30
    std::chrono::milliseconds opening{30'000};   ///< until the first envelope, or all of a refusal
    std::chrono::milliseconds silence{100'000};  ///< two heartbeats of 45 s and a margin
    std::chrono::milliseconds overtime{60'000};  ///< beyond `connection`, then we hang up
};

/// One coroutine reads; close() may be called from any other on the same strand. The client
/// outlives it.
class EventStream {
public:
    EventStream(
        Client& client, std::vector<SubscriptionId> subscriptions, EventStreamOptions options = {}
    );

    /// Connects on the first call. After `closed` or an error the stream is over and says so again.
    /// errc::timeout means silence: reconnect, no alarm.
    boost::asio::awaitable<Result<StreamMessage>> next();
    /// Ends next() at once.
    void close();

    // What came until now, and how it ended:
    bool has_head() const { return stream_ != nullptr; }  ///< the server, or a proxy, took the call
    bool was_opened() const { return was_opened_; }       ///< an envelope without error has come
    /// The subscriptions that the error is about; none where the server does not say.
    const std::vector<SubscriptionId>& refused() const { return refused_; }

private:
    boost::asio::awaitable<Result<void>> open();
    boost::asio::awaitable<Result<void>> read();
    boost::asio::awaitable<Error> read_refusal();
    Error read_refusal(std::string body);
    Result<void> take(std::string envelope);
    Result<StreamedEvents> read_message(pugi::xml_node response);
    std::chrono::milliseconds patience() const;

    Client& client_;
    GetStreamingEvents request_;
    EventStreamOptions options_;
    std::unique_ptr<http::Stream> stream_;
    SplitEnvelopes split_;
    std::deque<StreamMessage> ready_;
    std::optional<Error> ended_;
    http::Pass pass_;  ///< takes no place; tells the gate how the server took it
    std::vector<SubscriptionId> refused_;
    std::chrono::steady_clock::time_point end_of_life_;
    bool was_opened_ = false;
    bool is_closed_ = false;
};

}  // namespace ews
