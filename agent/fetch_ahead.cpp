#include "agent/fetch_ahead.hpp"

#include <algorithm>
#include <utility>

#include "agent/limits.hpp"
#include "agent/setback.hpp"
#include "ews/operations/get_item.hpp"

namespace agent {

void FetchAhead::note_size(const std::string& item, std::uint64_t bytes) {
    if (bytes == 0) return;  // not told
    if (bytes > limits::ahead_mail) {
        sizes_.erase(item);
        return;
    }
    if (!sizes_.insert_or_assign(item, bytes).second) return;
    told_.push_back(item);
    if (told_.size() > limits::ahead_known) sizes_.erase(told_.front());
    while (!told_.empty() && !sizes_.contains(told_.front())) told_.pop_front();
}

void FetchAhead::expect(std::vector<std::string> items) {
    std::erase_if(read_, [&items](const auto& one) {
        return std::ranges::find(items, one.first) == items.end();
    });
    expected_.assign(std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
}

/// It, and as many of those after it as fit into one request; none where it would be alone.
std::vector<std::string> FetchAhead::next_few(const std::string& item) {
    const auto place = std::ranges::find(expected_, item);
    expected_.erase(expected_.begin(), place);
    std::vector<std::string> few;
    std::uint64_t bytes = 0;
    for (const std::string& one : expected_) {
        const auto size = sizes_.find(one);
        if (size == sizes_.end()) {
            if (few.empty()) return few;
            continue;  // it goes alone, when it is its turn
        }
        bytes += size->second;
        if (few.size() == limits::ahead_items || bytes > limits::ahead_bytes) break;
        few.push_back(one);
    }
    if (few.size() < 2) few.clear();
    return few;
}

/// What has gone or is odd is left out.
boost::asio::awaitable<Result<void>> FetchAhead::read(std::vector<std::string> few, Moment now) {
    ews::GetItem get;
    get.shape.mime = true;
    for (const std::string& one : few) get.items.push_back({one, ""});
    auto reply = co_await client_.call(std::move(get));
    if (!reply) co_return from(reply.error());
    bool is_plain = reply->size() == few.size();
    for (std::size_t i = 0; i < std::min(few.size(), reply->size()); ++i) {
        ews::Result<ews::Item>& one = (*reply)[i];
        if (one && one->mime) {
            read_[few[i]] = {std::move(*one), now};
        } else if (one || one.error().code != ews::errc::item_not_found) {
            is_plain = false;
        }
    }
    if (!is_plain) alone_for_ = limits::together;
    co_return Result<void>{};
}

boost::asio::awaitable<Result<std::optional<FetchAhead::Read>>> FetchAhead::take(
    std::string item, Moment now
) {
    std::optional<Read> taken;
    std::vector<std::string> few;
    if (alone_for_ > 0) {
        --alone_for_;
    } else if (!read_.contains(item)) {
        few = next_few(item);
    }
    sizes_.erase(item);
    if (!few.empty()) {
        Result<void> done = co_await read(std::move(few), now);
        if (!done) alone_for_ = limits::together;
        if (!done && concerns_all(done.error().code)) {
            Error error = done.error();
            error.answered_busy = false;  // who knows for which of them
            co_return error;
        }
    }
    const auto found = read_.find(item);
    if (found == read_.end()) co_return taken;
    if (now - found->second.since <= limits::known_for) taken = std::move(found->second);
    read_.erase(found);
    co_return taken;
}

}  // namespace agent
