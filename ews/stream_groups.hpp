// The event streams of all mailboxes of one Exchange server and login, in as many affinity groups
// as that takes. What agent/ews_watch joins.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <vector>

#include "ews/client.hpp"
#include "ews/stream_group.hpp"
#include "ews/stream_ledger.hpp"
#include "ews/stream_paces.hpp"

namespace ews {

/// A mailbox that listens. The client that joined outlives it.
class StreamMember {
public:
    StreamMember(
        std::shared_ptr<StreamGroup> group,
        std::shared_ptr<StreamSeat> seat,
        std::shared_ptr<StreamLedger> ledger
    );
    StreamMember(const StreamMember&) = delete;
    StreamMember& operator=(const StreamMember&) = delete;
    /// Leaves, if it has not; then the subscription is left to expire, or to the next start.
    ~StreamMember();

    /// Waits for news. An error ends the membership, which may be renewed: errc::subscription_lost
    /// and its like. One caller at a time.
    boost::asio::awaitable<Result<StreamNews>> next();
    /// Ends next() at once, with errc::cancelled.
    void close();
    /// Leaves at once, and gives the subscription back, as far as that works within five seconds.
    boost::asio::awaitable<void> leave();

private:
    std::shared_ptr<StreamGroup> group_;
    std::shared_ptr<StreamSeat> seat_;
    std::shared_ptr<StreamLedger> ledger_;
};

class StreamGroups {
public:
    explicit StreamGroups(StreamPaces paces = {}, StreamLedger::Remember remember = {});

    /// Subscriptions that an earlier life of the process may have left; to be called before the
    /// mailbox joins. @see StreamLedger::Remember
    void hand_in(const std::string& mailbox, std::vector<StandingSubscription> leftovers);

    /// Gives back leftovers, subscribes to the folders and takes part in a stream. When it returns,
    /// the subscription stands: read the folders now, so that nothing falls between.
    boost::asio::awaitable<Result<std::unique_ptr<StreamMember>>> join(
        Client& client, std::vector<FolderId> folders
    );

    /// Groups with members.
    std::size_t size() const;

private:
    struct Entry {
        std::shared_ptr<StreamGroup> group;
        bool is_for_one = false;
    };

    std::shared_ptr<StreamGroup> group_for(
        const std::string& mailbox, const boost::asio::any_io_executor& executor
    );
    boost::asio::awaitable<void> clear_up(
        std::shared_ptr<StreamGroup> group, Client& client, std::string mailbox
    );

    StreamPaces paces_;
    std::shared_ptr<StreamLedger> ledger_;
    std::vector<Entry> groups_;
};

/// By what a mailbox is known to the ledger: its address, or the account's where it has none.
std::string mailbox_of(const Client& client);

}  // namespace ews
