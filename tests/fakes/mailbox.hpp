// A mailbox in memory: folders, mails whose ids change when they are moved, sync states, and a
// Watch that the test feeds. Remembers every call; refuses the n-th call of an operation, or
// carries it out and loses the answer. For the tests of agent/.
#pragma once

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agent/mailbox.hpp"
#include "http/signal.hpp"

namespace fakes {

/// What one Watch has been told and has not handed out yet.
struct Feed {
    explicit Feed(const boost::asio::any_io_executor& executor) : news(executor) {}

    std::deque<agent::Result<std::vector<agent::Hint>>> messages;
    http::Signal news;
    bool closed = false;
    bool ended = false;
};

class Watch final : public agent::Watch {
public:
    explicit Watch(std::shared_ptr<Feed> feed) : feed_(std::move(feed)) {}

    agent::awaitable<agent::Result<std::vector<agent::Hint>>> next() override {
        while (feed_->messages.empty() && !feed_->closed) {
            co_await feed_->news.wait_for(std::chrono::hours(1));
        }
        if (feed_->closed) co_return agent::Error{agent::errc::cancelled, "closed", {}};
        agent::Result<std::vector<agent::Hint>> message = std::move(feed_->messages.front());
        feed_->messages.pop_front();
        co_return message;
    }

    void close() override {
        feed_->closed = true;
        feed_->news.notify();
    }

    agent::awaitable<void> end() override {
        feed_->ended = true;
        co_return;
    }

private:
    std::shared_ptr<Feed> feed_;
};

class Mailbox final : public agent::Mailbox {
public:
    struct Item {
        std::string folder, mime;
        std::vector<std::string> categories;
        std::string mark;
        agent::ServerWords words = {};
        agent::MailName name = {};  ///< told where it cannot be fetched
    };
    /// Told the operation ("move"). An error takes the place of the answer; one that throws is a
    /// crash.
    using Hook = std::function<std::optional<agent::Error>(const std::string& operation)>;

    agent::Folders folders;                    ///< what ensure_folders answers
    std::map<std::string, Item> items;         ///< by id
    std::vector<std::string> calls;            ///< "move i1", every one, also those that failed
    std::vector<std::shared_ptr<Feed>> feeds;  ///< of every watch, in order
    std::size_t page = 100;                    ///< changes told at a time
    agent::Time now{std::chrono::hours(24 * 365 * 100)};  ///< of what comes and changes
    Hook before, after;

    /// How often that operation was asked.
    std::size_t calls_of(const std::string& operation) const {
        const auto found = counts_.find(operation);
        return found == counts_.end() ? 0 : found->second;
    }
    /// The `nth` call (from 1) of that operation does nothing and gets the error.
    void fail(const std::string& operation, std::size_t nth, agent::Error error) {
        refused_[{operation, nth}] = std::move(error);
    }
    /// The `nth` call does its work and gets the error all the same: its answer was lost.
    void lose_answer(const std::string& operation, std::size_t nth, agent::Error error) {
        lost_[{operation, nth}] = std::move(error);
    }

    std::string deliver(
        const std::string& folder, std::string mime, std::vector<std::string> categories = {}
    ) {
        return put({folder, std::move(mime), std::move(categories), ""});
    }
    /// What the user or another program does; the new id.
    std::string drag(const std::string& item, const std::string& folder) {
        Item moved = items.extract(item).mapped();
        moved.folder = folder;
        return put(std::move(moved));
    }

    /// The user sets these categories and no others.
    void categorise(const std::string& item, std::vector<std::string> categories) {
        items.at(item).categories = std::move(categories);
        modified_[item] = now;
        history_.emplace_back(items.at(item).folder, item);
    }

    agent::awaitable<agent::Result<agent::Folders>> ensure_folders(rules::Policy) override {
        co_return perform("ensure_folders", "", [&] {
            return agent::Result<agent::Folders>(folders);
        });
    }
    agent::awaitable<agent::Result<void>> rename_folder(std::string from, std::string to) override {
        co_return perform("rename_folder", from + " -> " + to, [] { return agent::Result<void>(); });
    }
    agent::awaitable<agent::Result<agent::Folders>> find_folders(rules::Policy) override {
        co_return perform("find_folders", "", [&] {
            return agent::Result<agent::Folders>(folders);
        });
    }
    agent::awaitable<agent::Result<agent::Changes>> changes(
        agent::WatchedFolder folder, std::string sync_state
    ) override {
        const std::string what = folder.id + " after '" + sync_state + "'";
        co_return perform("changes", what, [&] { return changed(folder.id, sync_state); });
    }
    agent::awaitable<agent::Result<std::unique_ptr<agent::Watch>>>
    watch(std::vector<agent::WatchedFolder>) override {
        const auto executor = co_await boost::asio::this_coro::executor;
        co_return perform("watch", "", [&] { return watched(executor); });
    }
    agent::awaitable<agent::Result<agent::MailItem>> fetch(std::string item) override {
        co_return perform("fetch", item, [&] { return fetched(item); });
    }
    agent::awaitable<agent::MailName> name_of(std::string item) override {
        const auto found = items.find(item);
        co_return found == items.end() ? agent::MailName{} : found->second.name;
    }
    agent::awaitable<agent::Result<std::optional<std::string>>> original_of(
        std::string item, Place place
    ) override {
        co_return perform("original_of", item, [&] { return original(item, place); });
    }
    agent::awaitable<agent::Result<void>> mark(std::string item, agent::Marking marking) override {
        co_return perform("mark", item, [&] { return marked(item, marking); });
    }
    agent::awaitable<agent::Result<void>> move(std::string item, Place to) override {
        co_return perform("move", item, [&] { return moved(item, to); });
    }
    agent::awaitable<agent::Result<void>> purge(std::string item) override {
        co_return perform("purge", item, [&] { return purged(item); });
    }
    agent::awaitable<agent::Result<void>> discard(std::string item) override {
        co_return perform("discard", item, [&] { return purged(item); });
    }
    agent::awaitable<agent::Result<std::optional<std::string>>> find_marked(
        std::optional<Place> place, std::string mark
    ) override {
        const std::string what(place ? rules::to_text(*place) : "anywhere");
        co_return perform("find_marked", what, [&] { return found(place, mark); });
    }

private:
    using Script = std::map<std::pair<std::string, std::size_t>, agent::Error>;

    template <class Act>
    auto perform(const std::string& operation, const std::string& what, const Act& act)
        -> decltype(act()) {
        calls.push_back(what.empty() ? operation : operation + " " + what);
        const std::pair call{operation, ++counts_[operation]};
        if (before) {
            if (const auto error = before(operation)) return *error;
        }
        if (const auto error = refused_.find(call); error != refused_.end()) return error->second;
        auto answer = act();
        if (after) {
            if (const auto error = after(operation)) return *error;
        }
        if (const auto error = lost_.find(call); error != lost_.end()) return error->second;
        return answer;
    }

    static agent::Error gone(const std::string& item) {
        return {agent::errc::gone, "there is no item " + item, {}};
    }

    std::string put(Item item) {
        const std::string id = "i" + std::to_string(++last_id_);
        first_[id] = history_.size();
        received_[id] = modified_[id] = now;
        history_.emplace_back(item.folder, id);
        items[id] = std::move(item);
        return id;
    }

    /// Whatever was put or changed there since; the sync state counts the history.
    agent::Result<agent::Changes> changed(
        const std::string& folder, const std::string& sync_state
    ) {
        std::size_t at = sync_state.empty() ? 0 : std::stoul(sync_state);
        agent::Changes changes;
        for (; at < history_.size() && changes.items.size() < page; ++at) {
            const auto& [place, id] = history_[at];
            const bool told = std::ranges::find(changes.items, id, &agent::ChangedItem::id) != changes.items.end();
            if (place != folder || !items.contains(id) || told) continue;
            const bool created = at == first_.at(id);
            changes.items.push_back(
                {id, created, items.at(id).categories, received_.at(id), modified_.at(id)}
            );
        }
        changes.sync_state = std::to_string(at);
        changes.complete = at == history_.size();
        return changes;
    }

    agent::Result<std::unique_ptr<agent::Watch>> watched(
        const boost::asio::any_io_executor& executor
    ) {
        feeds.push_back(std::make_shared<Feed>(executor));
        std::unique_ptr<agent::Watch> watch = std::make_unique<Watch>(feeds.back());
        return watch;
    }

    agent::Result<agent::MailItem> fetched(const std::string& id) {
        const auto item = items.find(id);
        if (item == items.end()) return gone(id);
        return agent::MailItem{item->second.mime, item->second.categories, item->second.words};
    }

    agent::Result<void> marked(const std::string& id, const agent::Marking& marking) {
        const auto item = items.find(id);
        if (item == items.end()) return gone(id);
        item->second.categories = agent::merge(std::move(item->second.categories), marking);
        if (!marking.mark.empty()) item->second.mark = marking.mark;
        modified_[id] = now;
        history_.emplace_back(item->second.folder, id);
        return {};
    }

    agent::Result<void> moved(const std::string& id, Place to) {
        if (!items.contains(id)) return gone(id);
        drag(id, std::string(rules::to_text(to)));
        return {};
    }

    agent::Result<void> purged(const std::string& id) {
        if (items.erase(id) == 0) return gone(id);
        return {};
    }

    agent::Result<std::optional<std::string>> found(std::optional<Place> place, const std::string& mark) {
        for (const auto& [id, item] : items) {
            const bool here = !place || item.folder == rules::to_text(*place);
            if (here && item.mark == mark) return std::optional<std::string>(id);
        }
        return std::optional<std::string>();
    }

    /// The same mail in that place.
    agent::Result<std::optional<std::string>> original(const std::string& id, Place place) {
        const auto copy = items.find(id);
        if (copy == items.end()) return gone(id);
        for (const auto& [other, item] : items) {
            const bool there = other != id && item.folder == rules::to_text(place);
            if (there && item.mime == copy->second.mime) return std::optional<std::string>(other);
        }
        return std::optional<std::string>();
    }

    Script refused_, lost_;
    std::map<std::string, std::size_t> counts_;
    std::vector<std::pair<std::string, std::string>> history_;  ///< folder and item, as it happened
    std::map<std::string, agent::Time> received_, modified_;
    std::map<std::string, std::size_t> first_;  ///< where in the history an item begins
    std::size_t last_id_ = 0;
};

}  // namespace fakes
