#include "ews/client.hpp"

#include <fmt/format.h>

#include <boost/beast/core/string.hpp>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "ews/http_status.hpp"
#include "http/ascii.hpp"

namespace ews {
namespace {

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
std::string budget_key(const std::string& mailbox) {
    return http::lower(mailbox);
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
        if (!boost::beast::iequals(field.name, "Set-Cookie") || !names_server(field.value))
            continue;
        if (!cookies.empty()) cookies += "; ";
        cookies += field.value.substr(0, field.value.find(';'));
    }
    if (!cookies.empty()) server_cookies_ = std::move(cookies);
}

std::optional<Error> Client::refusal(const http::Response& response) const {
    return explain_status(response, url_, options_.account);
}

boost::asio::awaitable<Result<http::Pass>> Client::enter(std::string_view operation) {
    return enter(operation, options_.deadline);
}

boost::asio::awaitable<Result<http::Pass>> Client::enter(
    std::string_view operation, std::chrono::milliseconds patience
) {
    if (options_.gate == nullptr) co_return http::Pass();
    std::string key = budget_key(options_.anchor_mailbox);
    const http::Kind kind = kind_of(operation);
    auto entry = co_await options_.gate->enter(std::move(key), kind, patience);
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
    Answer answer{std::make_unique<Envelope>(std::exchange(response.body, {})), {}};
    auto found = answer.envelope->response(operation);
    if (found) {
        answer.response = *found;
        return answer;
    }
    return with_head(found.error(), response);
}

boost::asio::awaitable<http::Result<http::Response>> Client::ask(
    http::Request asked, MimeExtractor* mime
) {
    if (mime == nullptr) {
        auto whole = co_await transport_.exchange(std::move(asked));
        co_return whole;
    }
    http::TakeBody take = [mime](std::string_view bytes) { return mime->feed(bytes); };
    auto response = co_await transport_.download(std::move(asked), std::move(take));
    if (response && response->status == 200) response->body = mime->take_rest();
    co_return response;
}

boost::asio::awaitable<Result<Client::Answer>> Client::exchange(
    std::string body, std::string_view operation, http::Pass& pass, MimeExtractor* mime
) {
    const bool affine = keeps_server(operation);
    http::Request asked = request(std::move(body), affine);
    asked.repeatable = only_reads(operation);
    auto response = co_await ask(std::move(asked), mime);
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

Result<void> Client::follow_redirect(const http::Response& response) {
    auto target = redirect_of(response, url_, options_.allowed_hosts);
    if (!target) return target.error();
    url_ = *std::move(target);
    server_cookies_.clear();
    return {};
}

Result<Client::Answer> Client::follow(const http::Response& response) {
    auto followed = follow_redirect(response);
    if (!followed) return followed.error();
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
