// Finds the EWS of a mailbox from its address, as Outlook would: asks the places where Autodiscover
// may live one after the other and follows their redirects. For mailboxes without a configured URL;
// a configured one never needs this.
// https://learn.microsoft.com/exchange/client-developer/exchange-web-services/autodiscover-for-exchange
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "ews/autodiscover_limits.hpp"
#include "ews/error.hpp"
#include "ews/srv_record.hpp"
#include "http/transport.hpp"

namespace ews {

/// As SrvResolver::look_up; what it refers to outlives the search.
using SrvLookUp =
    std::function<boost::asio::awaitable<Result<std::vector<SrvRecord>>>(std::string name)>;

struct AutodiscoverOptions {
    std::string address = {};
    /// Hosts that may be asked and may be named as EWS, see is_allowed_host, besides the domain of
    /// the address with all below it and the servers of Exchange Online.
    std::vector<std::string> allowed_hosts = {};
    bool prefer_internal = false;  ///< InternalEwsUrl, where both are given
    SrvLookUp look_up_srv = {};    ///< none: the DNS is not asked
    std::chrono::milliseconds deadline = limits::autodiscover_deadline;  ///< of one request
    /// Those of a login that an account may be locked for: whoever asks for one of them and refuses
    /// the login is the last one asked.
    std::vector<std::string> login_schemes = {"Basic", "Negotiate", "NTLM"};
};

struct Discovered {
    std::string ews_url;         ///< https, at an allowed host
    std::string grouping;        ///< GroupingInformation, "" if not given
    std::string server_version;  ///< "15.2.1544.4", "" if not given
    std::string address;         ///< that the mailbox is found under; another one after a redirect
    std::string told_by;         ///< URL of the answer
    bool operator==(const Discovered&) const = default;
};

/// Every request goes to a host that is allowed, by https: the transport may add credentials to it.
/// A refused login ends the search, see login_schemes: the next place would get the same wrong
/// password, and accounts lock. Any other 401 proves nothing (web servers of the domain are asked
/// as well), it is reported where nobody else answers. The text of the error has a line for each
/// URL. The transport outlives the call.
boost::asio::awaitable<Result<Discovered>> autodiscover(
    http::Transport& transport, AutodiscoverOptions options
);

}  // namespace ews
