// Several small mails in one GetItem, where it is known that they will be fetched one after the
// other: a request costs more than such a mail. What does not come this way, because it is large,
// odd or not known, is fetched alone as ever. Used by agent/ews_mailbox alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agent/error.hpp"
#include "ews/client.hpp"
#include "ews/item.hpp"

namespace agent {

/// All calls come from the one thread of the io_context, take() one after the other; the client
/// outlives it.
class FetchAhead {
public:
    using Moment = std::chrono::steady_clock::time_point;
    struct Read {
        ews::Item item;
        Moment since;
    };

    explicit FetchAhead(ews::Client& client) : client_(client) {}

    /// What a folder has told; without that an item goes alone. The limits::ahead_known latest are
    /// remembered.
    /// @param bytes  in the store; 0 where it is not told
    void note_size(const std::string& item, std::uint64_t bytes);
    /// These will be fetched soon, in this order. What was read of others is forgotten.
    void expect(std::vector<std::string> items);
    /// The item with its MIME: read before, for not longer than limits::known_for, or now, together
    /// with those that are expected after it. None where it has to be fetched alone. Fails where
    /// fetching it alone would fail as well; what is asked next is asked alone then.
    boost::asio::awaitable<Result<std::optional<Read>>> take(std::string item, Moment now);

private:
    std::vector<std::string> next_few(const std::string& item);
    boost::asio::awaitable<Result<void>> read(std::vector<std::string> few, Moment now);

    ews::Client& client_;
    std::map<std::string, std::uint64_t> sizes_;  ///< of small ones that were not fetched yet
    std::deque<std::string> told_;                ///< of whom, oldest first; some are fetched
    std::deque<std::string> expected_;
    std::map<std::string, Read> read_;
    int alone_for_ = 0;  ///< fetches, because something went wrong
};

}  // namespace agent
