// Streaming subscriptions: what each watches, the events that wait for its stream, and which stream
// has it.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/subscribe-operation
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ews/simulator/event.hpp"
#include "ews/simulator/limits.hpp"
#include "ews/simulator/refusal.hpp"

namespace ews::simulator {

/// What Subscribe asks for.
struct Interest {
    std::string account;  ///< who authenticated: the subscription belongs to it
    std::string mailbox;
    bool whole_mailbox = false;
    std::set<std::string> folders;  ///< ids
    std::set<EventKind> kinds;
    unsigned back_end = 1;  ///< where the subscription lives
};

using EventBatch = std::pair<std::string, std::vector<Event>>;  // subscription id and its events

class Subscriptions {
public:
    /// How many a mailbox may have; 0: limits::subscriptions_per_mailbox.
    void limit(std::size_t per_mailbox);
    /// Few kinds of events for those who watch folders, and a short life.
    void behave_as_grommunio();
    /// Is called after events were added or subscriptions ended; wakes the streams.
    void on_change(std::function<void()> wake) { wake_ = std::move(wake); }

    Outcome<std::string> add(Interest interest);
    Outcome<void> remove(std::string_view account, const std::string& id, unsigned back_end = 1);
    void clear();
    void publish(const std::string& mailbox, const Event& event);

    /// Those of `ids` that `account` cannot stream from this back end.
    std::vector<std::string> unknown(
        std::string_view account, const std::vector<std::string>& ids, unsigned back_end = 1
    ) const;
    /// Gives `ids` to a new stream; an older one that has one of them must end.
    std::uint64_t attach(const std::vector<std::string>& ids);
    /// The stream ended; its subscriptions live on until they expire.
    void detach(const std::vector<std::string>& ids, std::uint64_t stream);
    bool is_attached(const std::vector<std::string>& ids, std::uint64_t stream) const;
    std::size_t waiting(const std::vector<std::string>& ids) const;
    /// Takes the waiting events; refuses with ErrorMissedNotificationEvents when some were dropped.
    Outcome<std::vector<EventBatch>> take(const std::vector<std::string>& ids);

private:
    struct Subscription {
        Interest interest;
        std::vector<Event> pending;
        bool overflow = false;
        std::uint64_t stream = 0;
        Time used;
    };

    void forget_expired();
    void wake() const;

    std::size_t limit_ = limits::subscriptions_per_mailbox;
    std::chrono::minutes life_ = limits::subscription_life;
    bool few_events_ = false;
    std::map<std::string, Subscription> subscriptions_;
    std::uint64_t next_ = 1;
    std::uint64_t next_stream_ = 1;
    std::function<void()> wake_;
};

}  // namespace ews::simulator
