#include "ews/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "ews/http_status.hpp"
#include "http/retry.hpp"

namespace ews {
namespace {

bool is_same_name(std::string_view a, std::string_view b) {
    const auto fold = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) {
        return fold(x) == fold(y);
    });
}

/// Both name a back end; Exchange sets the first when asked for affinity.
bool names_server(std::string_view cookie) {
    return cookie.starts_with("X-BackEndOverrideCookie=") || cookie.starts_with("X-BackEndCookie=");
}

/// Asking twice is the same as asking once, so a kept connection that breaks may be replaced.
bool only_reads(std::string_view operation) {
    return operation.starts_with("Get") || operation.starts_with("Find") ||
           operation.starts_with("Sync") || operation == "ConvertId";
}

bool keeps_server(std::string_view operation) {
    return operation == "Subscribe" || operation == "Unsubscribe";
}

http::Kind kind_of(std::string_view operation) {
    if (operation == "GetStreamingEvents") return http::Kind::stream;
    return operation.starts_with("Sync") ? http::Kind::sync : http::Kind::ordinary;
}

/// However the address is written, it is one mailbox and one budget.
std::string budget_key(std::string mailbox) {
    for (char& c : mailbox)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return mailbox;
}

bool is_turned_away(const http::Response& response) {
    return response.status == 429 || response.status == 503;
}

Error from_gate(const http::Refusal& refusal, std::string_view url) {
    using Why = http::Refusal::Why;
    if (refusal.why == Why::cancelled) return {errc::cancelled, {}, "cancelled by us", {}};
    if (refusal.why == Why::crowded)
        return {errc::timeout, {}, fmt::format("too many requests wait for {}", url), {}};
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(refusal.remaining);
    auto text = fmt::format("{} asks to be left alone for {} s more", url, seconds.count());
    return {errc::server_busy, {}, std::move(text), refusal.remaining};
}

}  // namespace

Client::Client(http::Transport& transport, ClientOptions options)
    : transport_(transport), options_(std::move(options)), url_(options_.url) {
    if (options_.anchor_mailbox.empty() && options_.impersonate)
        options_.anchor_mailbox = *options_.impersonate;
}

http::Request Client::request(std::string body, bool keeps_server) const {
    http::Request request;
    request.url = url_;
    request.deadline = options_.deadline;
    request.body = std::move(body);
    auto& fields = request.fields;
    fields.push_back({"Content-Type", "text/xml; charset=utf-8"});
    fields.push_back({"Accept", "text/xml"});
    if (!options_.anchor_mailbox.empty())
        fields.push_back({"X-AnchorMailbox", options_.anchor_mailbox});
    // Finds the call in the server's log.
    fields.push_back({"client-request-id", to_string(boost::uuids::random_generator()())});
    fields.push_back({"return-client-request-id", "true"});
    if (!keeps_server) return request;
    fields.push_back({"X-PreferServerAffinity", "true"});
    if (!server_cookies_.empty()) fields.push_back({"Cookie", server_cookies_});
    return request;
}

void Client::remember_server(const http::Response& response) {
    std::string cookies;
    for (const auto& field : response.fields) {
        if (!is_same_name(field.name, "Set-Cookie") || !names_server(field.value)) continue;
        if (!cookies.empty()) cookies += "; ";
        cookies += field.value.substr(0, field.value.find(';'));
    }
    if (!cookies.empty()) server_cookies_ = std::move(cookies);
}

std::optional<Error> Client::refusal(const http::Response& response) const {
    return explain_status(response, url_, options_.account);
}

boost::asio::awaitable<Result<http::Pass>> Client::enter(std::string_view operation) {
    if (options_.gate == nullptr) co_return http::Pass();
    std::string key = budget_key(options_.anchor_mailbox);
    auto entry =
        co_await options_.gate->enter(std::move(key), kind_of(operation), options_.deadline);
    if (const auto* refusal = std::get_if<http::Refusal>(&entry))
        co_return from_gate(*refusal, options_.url);
    co_return std::get<http::Pass>(std::move(entry));
}

void Client::heed(http::Pass& pass, const std::optional<Error>& error) const {
    if (!error) return pass.note_success();
    if (!asks_to_wait(*error)) return;
    pass.note_busy(who_waits(*error, options_.impersonate.has_value()), error->back_off);
}

Result<Client::Answer> Client::open(http::Response response, std::string_view operation) {
    if (auto error = refusal(response)) {
        forget_redirect();
        return *std::move(error);
    }
    const auto asked_wait =
        http::retry_after(response.field("Retry-After"), std::chrono::system_clock::now());
    const bool turned_away = is_turned_away(response);
    Answer answer{std::make_unique<Envelope>(std::move(response.body)), {}};
    auto found = answer.envelope->response(operation);
    if (found) {
        answer.response = *found;
        return answer;
    }
    Error error = found.error();
    // A fault in a 429 or 503 is no more about one mailbox than without it.
    if (turned_away && asks_to_wait(error)) error.code = errc::unavailable;
    if (asks_to_wait(error) && !error.back_off) error.back_off = asked_wait;
    return error;
}

boost::asio::awaitable<Result<Client::Answer>> Client::exchange(
    std::string body, std::string_view operation, http::Pass& pass
) {
    const bool affine = keeps_server(operation);
    http::Request asked = request(std::move(body), affine);
    asked.repeatable = only_reads(operation);
    auto response = co_await transport_.exchange(std::move(asked));
    if (response && is_redirect(response->status)) co_return follow(*response);
    if (!response) {
        forget_redirect();
        co_return from_transport(response.error());
    }
    if (affine) remember_server(*response);
    auto answer = open(std::move(*response), operation);
    if (!answer) heed(pass, answer.error());
    co_return answer;
}

Result<Client::Answer> Client::follow(const http::Response& response) {
    auto target = redirect_of(response, url_, options_.allowed_hosts);
    if (!target) return target.error();
    url_ = *std::move(target);
    server_cookies_.clear();
    return Answer{};
}

void Client::forget_redirect() {
    url_ = options_.url;
}

Error Client::endless_redirects() {
    forget_redirect();
    return {errc::redirected, {}, fmt::format("{} redirects without end", shown_url(url_)), {}};
}

}  // namespace ews
