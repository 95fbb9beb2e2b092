// What keeps one mailbox from being served, told once: listener and worker meet the same outage in several places (the
// stream, a folder, the CRM), and an admin wants one line when it begins and one when all of it is over.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "agent/error.hpp"
#include "http/retry.hpp"

namespace agent {

class Troubles {
public:
    struct Trouble {
        std::chrono::steady_clock::time_point since;
        Error error;
    };

    /// The steps are not copied.
    explicit Troubles(
        std::string mailbox, std::span<const std::chrono::milliseconds> waits = http::back_off_steps
    )
        : mailbox_(std::move(mailbox)), waits_(waits) {}

    /// `what` ("" is the stream, "work", or a folder's id) has met the error: how long to wait. Logged where it is news.
    std::chrono::milliseconds met(const std::string& what, const Error& error);
    /// That is over; logged when it was the last.
    void over(const std::string& what);
    /// Nothing is known any more, and nothing said: the mailbox rests.
    void forget();

    /// Since when the mailbox as a whole cannot be served, and why.
    const std::optional<Trouble>& lasting() const { return lasting_; }
    bool has(const std::string& what) const { return back_off_.contains(what); }
    /// But for that one.
    bool others(const std::string& what) const { return back_off_.size() > (has(what) ? 1U : 0U); }

private:
    std::string mailbox_;
    std::span<const std::chrono::milliseconds> waits_;
    std::map<std::string, http::BackOff> back_off_;
    std::optional<Trouble> lasting_;
    std::set<std::string> told_;  ///< texts that stand in the log since it began
    std::set<errc> told_codes_;
};

}  // namespace agent
