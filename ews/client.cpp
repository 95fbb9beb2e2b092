#include "ews/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "ews/http_status.hpp"

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

}  // namespace

Client::Client(http::Transport& transport, ClientOptions options)
    : transport_(transport), options_(std::move(options)) {
    if (options_.anchor_mailbox.empty() && options_.impersonate)
        options_.anchor_mailbox = *options_.impersonate;
}

http::Request Client::request(std::string body, bool keeps_server) const {
    http::Request request;
    request.url = options_.url;
    request.deadline = options_.deadline;
    request.body = std::move(body);
    auto& fields = request.fields;
    fields.push_back({"Content-Type", "text/xml; charset=utf-8"});
    fields.push_back({"Accept", "text/xml"});
    if (!options_.authorization.empty())
        fields.push_back({"Authorization", options_.authorization});
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
    return explain_status(response, options_.url, options_.account);
}

boost::asio::awaitable<Result<std::unique_ptr<Envelope>>> Client::exchange(
    std::string body, std::string_view operation
) {
    const bool affine = keeps_server(operation);
    http::Request asked = request(std::move(body), affine);
    asked.repeatable = only_reads(operation);
    auto answer = co_await transport_.exchange(std::move(asked));
    if (!answer) co_return from_transport(answer.error());
    if (affine) remember_server(*answer);
    if (auto error = refusal(*answer)) co_return *std::move(error);
    co_return std::make_unique<Envelope>(std::move(answer->body));
}

}  // namespace ews
