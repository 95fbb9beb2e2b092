// The way of one search by Autodiscover: which place comes next, and which must never be asked.
// Pure; ews/autodiscover does the asking. All that guards the password and the end of the search is
// here.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ews/autodiscover_answer.hpp"
#include "ews/autodiscover_place.hpp"
#include "ews/autodiscover_report.hpp"

namespace ews {

class AutodiscoverWalk {
public:
    /// `allowed_hosts` besides the domain of the address with all below it, and the servers of
    /// Exchange Online. errc::bad_url for an address that Autodiscover cannot work with.
    static Result<AutodiscoverWalk> begin(
        std::string address, std::vector<std::string> allowed_hosts
    );

    /// The next place to be asked: https, at an allowed host, not asked before. Those between that
    /// are not go into the report.
    std::optional<AutodiscoverPlace> next();

    /// Once for each address, when next() has no more: the domain to ask the DNS for. "" after
    /// that.
    std::string take_domain();
    void add(const std::vector<SrvRecord>& records);

    /// The address that is asked for now; another one after a redirect.
    const std::string& address() const { return address_; }
    /// Why no request, and no password with it, may go to that URL; "" if it may.
    std::string obstacle(const std::string& url) const;
    /// The server of `url` does not answer: its other places are left out.
    void skip_server_of(const std::string& url);

    // What a place answered. Redirects are followed max_redirects times, URL and address together.
    void follow(const AutodiscoverPlace& place, const UrlRedirect& redirect);
    void follow(const AutodiscoverPlace& place, const AddressRedirect& redirect);

    AutodiscoverReport report;

private:
    AutodiscoverWalk() = default;
    void begin_with(std::string address, std::string domain);
    std::string key_of(const AutodiscoverPlace& place) const;
    bool may_be_asked(const AutodiscoverPlace& place);
    bool may_follow(
        const AutodiscoverPlace& place, std::string_view whither, std::string_view trouble
    );

    std::vector<std::string> allowed_;
    std::string address_, domain_;
    std::deque<AutodiscoverPlace> places_;
    std::set<std::string> asked_, addresses_, silent_;
    int requests_ = 0, redirects_ = 0;
};

}  // namespace ews
