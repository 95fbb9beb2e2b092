#include "agent/ews_watch.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <map>
#include <set>
#include <utility>

#include "agent/limits.hpp"
#include "ews/event_stream.hpp"
#include "ews/operations/subscribe.hpp"
#include "ews/operations/unsubscribe.hpp"

namespace agent {

namespace {

using Steady = std::chrono::steady_clock;

class EwsWatch final : public Watch {
public:
    EwsWatch(
        ews::Client& client,
        ews::SubscriptionId subscription,
        std::set<std::string> folders,
        std::set<std::string> drop_folders
    )
        : client_(client),
          subscription_(std::move(subscription)),
          folders_(std::move(folders)),
          drop_folders_(std::move(drop_folders)) {
        open();
    }

    awaitable<Result<std::vector<Hint>>> next() override {
        ews::Result<ews::StreamMessage> message = co_await stream_->next();
        std::vector<Hint> hints;
        if (closed_) co_return Error{errc::cancelled, "stopped", {}};
        if (!message) co_return from(message.error());
        if (message->kind == ews::StreamMessage::Kind::events) {
            hints = watched(message->notifications);
        } else if (message->kind == ews::StreamMessage::Kind::closed) {
            if (Steady::now() - opened_ < limits::shortest_stream) {
                co_return Error{errc::transient, "the server closes every stream at once", {}};
            }
            open();
            for (const std::string& folder : folders_) hints.push_back({folder, {}});  // what happened is unknown
        }
        co_return hints;
    }

    void close() override {
        closed_ = true;
        stream_->close();
    }

    awaitable<void> end() override {
        using namespace boost::asio::experimental::awaitable_operators;
        stream_->close();
        ews::Unsubscribe request{subscription_};
        auto asking = client_.call(std::move(request));
        const auto executor = co_await boost::asio::this_coro::executor;
        boost::asio::steady_timer deadline(executor, limits::unsubscribe_deadline);
        const auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
        auto waiting = deadline.async_wait(token);
        co_await (std::move(asking) || std::move(waiting));
    }

private:
    void open() {
        std::vector<ews::SubscriptionId> subscriptions{subscription_};
        stream_ = std::make_unique<ews::EventStream>(client_, std::move(subscriptions));
        opened_ = Steady::now();
    }

    std::vector<Hint> watched(const std::vector<ews::Notification>& notifications) const {
        std::map<std::string, Hint> hints;
        for (const ews::Notification& notification : notifications) {
            for (const ews::Event& event : notification.events) add(event, hints);
        }
        std::vector<Hint> list;
        for (auto& [folder, hint] : hints) list.push_back(std::move(hint));
        return list;
    }

    void add(const ews::Event& event, std::map<std::string, Hint>& hints) const {
        for (const ews::FolderId& folder : ews::folders_of(event)) {
            if (folders_.contains(folder.id)) hints[folder.id].folder = folder.id;
        }
        const bool copied = event.kind == ews::EventKind::copied && event.old_item;
        const bool told = copied || event.kind == ews::EventKind::moved;
        if (told && event.item && event.parent && drop_folders_.contains(event.parent->id)) {
            std::string original = copied ? event.old_item->id : "";
            hints[event.parent->id].arrivals.push_back({event.item->id, std::move(original)});
        }
    }

    ews::Client& client_;
    ews::SubscriptionId subscription_;
    std::set<std::string> folders_;
    std::set<std::string> drop_folders_;  ///< of those the ones in which it matters how an item came
    std::unique_ptr<ews::EventStream> stream_;
    Steady::time_point opened_;
    bool closed_ = false;
};

}  // namespace

awaitable<Result<std::unique_ptr<Watch>>> watch_folders(
    ews::Client& client, std::vector<WatchedFolder> folders
) {
    ews::Subscribe request;
    std::set<std::string> ids, drop_folders;
    for (const WatchedFolder& folder : folders) {
        request.folders.push_back(ews::FolderId{folder.id, ""});
        ids.insert(folder.id);
        if (!rules::is_automatic(folder.role)) drop_folders.insert(folder.id);
    }
    ews::Result<ews::SubscriptionId> subscription = co_await client.call(std::move(request));
    if (!subscription) co_return from(subscription.error());
    std::unique_ptr<Watch> watch =
        std::make_unique<EwsWatch>(client, std::move(*subscription), std::move(ids), std::move(drop_folders));
    co_return watch;
}

}  // namespace agent
