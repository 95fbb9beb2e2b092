// Longer than other files: every answer that is given before SOAP is read, and its bytes.
#include "ews/simulator/http_answer.hpp"

#include <fmt/format.h>

#include <sstream>

#include "ews/simulator/answer/autodiscover.hpp"
#include "ews/simulator/fault_reply.hpp"
#include "ews/simulator/limits.hpp"
#include "ews/simulator/soap.hpp"

namespace ews::simulator {

namespace {

namespace http = boost::beast::http;

constexpr std::string_view affinity = "X-BackEndOverrideCookie";

HttpResponse plain_response(const HttpRequest& request, http::status status, std::string text) {
    HttpResponse response{status, request.version()};
    response.set(http::field::content_type, "text/plain; charset=utf-8");
    response.keep_alive(request.keep_alive());
    response.body() = std::move(text);
    return response;
}

Verdict plain(const HttpRequest& request, http::status status, std::string text) {
    Verdict verdict;
    verdict.response = plain_response(request, status, std::move(text));
    return verdict;
}

void add_challenges(http::fields& fields, const std::vector<std::string>& challenges) {
    for (const auto& each : challenges) fields.insert(http::field::www_authenticate, each);
}

bool is_endpoint(const HttpRequest& request) {
    const std::string_view target{request.target().data(), request.target().size()};
    return equal_ignoring_case(target.substr(0, target.find('?')), "/EWS/Exchange.asmx") ||
           is_autodiscover(target);
}

std::string_view field(const HttpRequest& request, std::string_view name) {
    const auto value = request[boost::beast::string_view(name.data(), name.size())];
    return {value.data(), value.size()};
}

/// "mailferry~2" -> 2; 0 for none, a number that no back end has for what this server never wrote.
/// Some clients send the cookie as a field of its own.
unsigned back_end_of(const HttpRequest& request) {
    auto value = field(request, affinity);
    const auto cookies = field(request, "Cookie");
    if (const auto at = cookies.find(affinity); at != std::string_view::npos)
        value = cookies.substr(std::min(cookies.size(), at + affinity.size() + 1));
    if (value.empty()) return 0;
    constexpr std::string_view server = "mailferry~";
    const auto number = parse_number(
        value.substr(0, value.find(';'))
            .substr(std::min(value.size(), value.starts_with(server) ? server.size() : value.size())
            )
    );
    constexpr unsigned unknown = 99;
    return number && *number > 0 && *number < unknown ? static_cast<unsigned>(*number) : unknown;
}

/// What Microsoft's servers send along; clients keep the cookie for their stream.
void add_server_fields(const HttpRequest& request, http::fields& fields) {
    fields.set("X-FEServer", "mailferry-exchange");
    if (const auto id = field(request, "client-request-id"); !id.empty())
        fields.set("request-id", boost::beast::string_view(id.data(), id.size()));
    if (equal_ignoring_case(field(request, "X-PreferServerAffinity"), "true") &&
        back_end_of(request) == 0)
        fields.set(
            http::field::set_cookie, "X-BackEndOverrideCookie=mailferry~1; path=/; HttpOnly"
        );
}

HttpResponse reply_response(const HttpRequest& request, Reply reply) {
    HttpResponse response{static_cast<http::status>(reply.status), request.version()};
    response.set(http::field::content_type, reply.content_type);
    if (reply.retry_after.count() > 0)
        response.set(
            http::field::retry_after,
            fmt::format("{}", std::chrono::ceil<std::chrono::seconds>(reply.retry_after).count())
        );
    if (!reply.location.empty()) response.set(http::field::location, reply.location);
    add_server_fields(request, response);
    response.keep_alive(request.keep_alive());
    response.body() = std::move(reply.body);
    return response;
}

Verdict refused(const HttpRequest& request, const Reply& reply) {
    Verdict verdict;
    verdict.response = reply_response(request, reply);
    return verdict;
}

Reply too_many(Resource resource, const Budget& budget) {
    if (resource == Resource::request && budget.back_off.count() > 0)
        return fault("ErrorServerBusy", "Too many concurrent requests.", budget.back_off);
    return fault("ErrorExceededConnectionCount", "You have exceeded the available connections.");
}

/// What gromox does not read, whoever asks; nothing if it reads it.
std::optional<Verdict> unread_by_grommunio(const HttpRequest& request, Visitor& visitor) {
    if (request.chunked() || visitor.sent_too_much) {
        auto verdict = plain(request, http::status::bad_request, "Bad request\n");
        verdict.response.keep_alive(false);
        return verdict;
    }
    visitor.sent_too_much = request.body().size() > limits::grommunio_body_bytes;
    return std::nullopt;
}

Verdict answer_within_budget(
    const HttpRequest& request, Shared& shared, Visitor& visitor, const Account& account
) {
    auto& ledger = shared.ledger;
    if (!visitor.connection) visitor.connection = ledger.claim(account.name, Resource::connection);
    if (!visitor.connection)
        return refused(request, too_many(Resource::connection, ledger.budget()));
    Verdict verdict;
    verdict.claim = ledger.claim(account.name, Resource::request);
    if (!verdict.claim) return refused(request, too_many(Resource::request, ledger.budget()));
    const std::string_view target{request.target().data(), request.target().size()};
    auto reply =
        is_autodiscover(target)
            ? autodiscover(shared.organization, target, field(request, "Host"), request.body())
            : answer(shared.organization, account, request.body(), back_end_of(request));
    if (reply.stream && !reply.drop) {
        verdict.claim = ledger.claim(account.name, Resource::stream);
        if (!verdict.claim) return refused(request, too_many(Resource::stream, ledger.budget()));
    }
    verdict.drop = reply.drop;
    verdict.silent = reply.silent;
    verdict.delivery = std::move(reply.delivery);
    verdict.stream = std::move(reply.stream);
    if (verdict.stream) return verdict;
    verdict.response = reply_response(request, std::move(reply));
    if (verdict.response.result() == http::status::unauthorized)
        add_challenges(verdict.response, shared.door.offers());
    return verdict;
}

/// `account` is null where the client has not logged in yet.
Verdict answer_to(
    const HttpRequest& request, Shared& shared, Visitor& visitor, const Account* account
) {
    if (account == nullptr) return plain(request, http::status::unauthorized, "");
    if (request.method() != http::verb::post)
        return plain(request, http::status::method_not_allowed, "POST only.\n");
    if (shared.organization.ways.grommunio && request.body().empty())
        return plain(request, http::status::bad_request, "Empty body\n");
    return answer_within_budget(request, shared, visitor, *account);
}

}  // namespace

Verdict decide(const HttpRequest& request, Shared& shared, Visitor& visitor) {
    if (!is_endpoint(request)) return plain(request, http::status::not_found, "Not found.\n");
    const std::lock_guard lock(shared.guard);
    const auto& organization = shared.organization;
    if (organization.ways.grommunio)
        if (auto unread = unread_by_grommunio(request, visitor)) return std::move(*unread);
    const auto admission =
        visitor.login.admit(field(request, "Authorization"), shared.door, organization);
    if (admission.is_step) shared.organization.count("(login)");
    auto verdict = answer_to(request, shared, visitor, admission.account);
    add_challenges(verdict.response, admission.challenges);
    return verdict;
}

std::string stream_head(const HttpRequest& request, const std::optional<Fault>& delivery) {
    http::response<http::empty_body> head{http::status::ok, request.version()};
    const auto is_odd = delivery && delivery->kind == Fault::Kind::content_type;
    head.set(http::field::content_type, is_odd ? delivery->text : xml_type);
    head.set("X-NoBuffering", "1");
    add_server_fields(request, head);
    head.keep_alive(request.keep_alive());
    head.chunked(true);
    std::ostringstream text;
    text << head.base();
    return text.str();
}

std::string to_bytes(HttpResponse response) {
    response.prepare_payload();
    std::ostringstream head;
    head << response.base();
    return head.str() + response.body();
}

}  // namespace ews::simulator
