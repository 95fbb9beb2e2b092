// What is known of each mailbox beyond one membership: the subscriptions that it has at the server,
// so that none is left behind, also by a crash; how often it has lost one, so that it is not taken
// back at once again and again. Kept by ews/stream_groups.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ews/error.hpp"
#include "ews/ids.hpp"
#include "ews/stream_paces.hpp"
#include "http/retry.hpp"

namespace ews {

/// A subscription that may live at a server, and what leads to it there.
struct StandingSubscription {
    SubscriptionId id;
    std::string anchor = {};  ///< the mailbox by which its mail server was found; "": its own
    std::string server = {};  ///< cookies that name that mail server; "" where it named none
    bool operator==(const StandingSubscription&) const = default;
};

class StreamLedger {
public:
    using Moment = std::chrono::steady_clock::time_point;
    /// Told after each change all subscriptions of the mailbox that may live at the server; to be
    /// kept where a crash does not reach, and handed in at the next start. It must not call back.
    using Remember = std::function<
        void(const std::string& mailbox, const std::vector<StandingSubscription>& living)>;

    explicit StreamLedger(StreamPaces paces, Remember remember = {});

    /// Of an earlier life: to be unsubscribed.
    void hand_in(const std::string& mailbox, std::vector<StandingSubscription> leftovers);
    std::vector<StandingSubscription> leftovers(const std::string& mailbox) const;

    void subscribed(const std::string& mailbox, StandingSubscription subscription, Moment now);
    /// The server has it no more.
    void given_back(const std::string& mailbox, const SubscriptionId& id);
    /// It may live on: a leftover from now on, if it is known here.
    void left_behind(const std::string& mailbox, const SubscriptionId& id);
    /// The server, or what it did, has thrown the member out.
    void lost(const std::string& mailbox, const SubscriptionId& id, const Error& error, Moment now);

    /// Before that the mailbox, which has lost its subscription, gets no stream again.
    Moment not_before(const std::string& mailbox) const;
    /// Lost so often among others that it had better be alone: its mail server may be another one.
    bool is_alone(const std::string& mailbox) const;
    /// The same error, with the time that subscriptions need to expire where the server says none.
    Error wait_for_expiry(const std::string& mailbox, Error error);

private:
    struct Account {
        std::vector<StandingSubscription> living, leftovers;
        http::BackOff pauses, crowded;
        int losses = 0;
        Moment since{}, not_before{};
    };

    Account& account(const std::string& mailbox);
    const Account* find(const std::string& mailbox) const;
    void remember(const std::string& mailbox) const;

    StreamPaces paces_;
    Remember remember_;
    std::map<std::string, Account> accounts_;
};

}  // namespace ews
