#include "agent/server_finder.hpp"

#include <fmt/format.h>

#include <utility>

#include "agent/limits.hpp"
#include "mime/domain.hpp"

namespace agent {

namespace {

using Steady = std::chrono::steady_clock;

http::BudgetLimits searches() {
    http::BudgetLimits limits;
    limits.per_server = limits::searches_at_once;
    limits.per_key = 1;
    return limits;
}

/// Whatever the address: the account, or the servers of the domain.
bool is_of_domain(ews::errc code) {
    using enum ews::errc;
    return code == unauthorised || code == forbidden || code == unreachable || code == untrusted ||
           code == timeout || code == unavailable;
}

/// Tickets and passwords; no account locks for a token.
std::vector<std::string> schemes_of(ExchangeConfig::Login login) {
    if (login == ExchangeConfig::Login::basic) return {"Basic"};
    if (login == ExchangeConfig::Login::negotiate) return {"Negotiate", "NTLM", "Kerberos"};
    return {};
}

/// Of many lines one, as the log wants it.
std::string in_one_line(std::string text) {
    for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at)) {
        const auto end = text.find_first_not_of("\n ", at);
        const bool is_first = at > 0 && text[at - 1] == ':';
        text.replace(at, end - at, is_first ? " " : "; ");
    }
    return text;
}

}  // namespace

ServerFinder::ServerFinder(
    const ExchangeConfig& exchange, const Connection& connection, ews::SrvResolver* dns
)
    : exchange_(exchange), connection_(connection), dns_(dns), gate_(searches()) {}

boost::asio::awaitable<Result<ews::Discovered>> ServerFinder::find(std::string address) {
    const std::string domain = mime::domain_of(address);
    const bool is_first = !good_.contains(domain);
    std::string key = is_first ? domain : address;
    auto entry = co_await gate_.enter(std::move(key), http::Kind::ordinary, limits::search_turn);
    if (std::holds_alternative<http::Refusal>(entry)) {
        co_return Error{
            errc::unreachable, "Autodiscover: no turn to look for " + address + " yet", {}};
    }
    if (auto known = known_failure(domain)) co_return *std::move(known);
    const auto found = co_await ask(std::move(address));
    if (found && is_first) {
        failures_.erase(domain);
        good_.insert(domain);
    }
    if (found) co_return *found;
    Error error = from(found.error());
    error.text = in_one_line(std::move(error.text));
    if (is_of_domain(found.error().code)) {
        good_.erase(domain);
        failures_.insert_or_assign(domain, Failure{Steady::now() + limits::search_failed, error});
    }
    co_return error;
}

boost::asio::awaitable<ews::Result<ews::Discovered>> ServerFinder::ask(std::string address) {
    ews::AutodiscoverOptions options;
    options.address = std::move(address);
    options.allowed_hosts = exchange_.redirect_hosts;
    options.login_schemes = schemes_of(exchange_.login);
    if (dns_ != nullptr)
        options.look_up_srv = [this](std::string name) { return dns_->look_up(std::move(name)); };
    auto found = co_await ews::autodiscover(*connection_.transport, std::move(options));
    co_return found;
}

std::optional<Error> ServerFinder::known_failure(const std::string& domain) const {
    const auto found = failures_.find(domain);
    if (found == failures_.end() || found->second.until <= Steady::now()) return std::nullopt;
    Error error = found->second.error;
    error.text = fmt::format("as for another mailbox of {}: {}", domain, error.text);
    return error;
}

}  // namespace agent
