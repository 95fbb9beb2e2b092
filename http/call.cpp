#include "http/call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>
#include <utility>

namespace http {

namespace {

namespace beast_http = boost::beast::http;
using beast_http::field;

/// RFC 9110 §5.6.2
bool is_token(std::string_view text) {
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               marks.find(c) != std::string_view::npos;
    });
}

/// A line break in a value would begin a field, or a request, of somebody else's choice.
bool is_value(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

/// Fields that follow from the connection and the body; those of the caller would contradict them.
bool is_ours(std::string_view name) {
    constexpr std::array ours{"Host", "Content-Length", "Transfer-Encoding", "Connection"};
    return std::ranges::any_of(ours, [name](std::string_view own) {
        return boost::beast::iequals(own, name);
    });
}

bool is_repeatable(const Request& request) {
    return request.repeatable || request.method == "GET" || request.method == "HEAD";
}

Result<Message> write_message(Request& request, const Target& target, const Options& options) {
    if (!is_token(request.method))
        return Error{errc::bad_url, "the request method is no HTTP method"};
    Message message;
    message.method_string(request.method);
    message.target(target.path);
    message.version(11);
    message.set(field::host, target.host_field);
    message.set(field::user_agent, options.user_agent);
    for (const Field& own : request.fields) {
        if (!is_token(own.name)) {
            return Error{errc::bad_url, "the name of a request field holds a forbidden character"};
        }
        if (!is_value(own.value)) {
            return Error{
                errc::bad_url, fmt::format("the request field {} holds a line break", own.name)};
        }
        if (boost::beast::iequals(own.name, "User-Agent")) {
            message.set(field::user_agent, own.value);
        } else if (!is_ours(own.name)) {
            message.insert(own.name, own.value);
        }
    }
    const bool bodiless = request.method == "GET" || request.method == "HEAD";
    if (!bodiless || !request.body.empty()) message.content_length(request.body.size());
    message.body() = std::move(request.body);
    return message;
}

}  // namespace

Result<Call> prepare(Request request, const Options& options) {
    Result<Target> target = read_url(request.url);
    if (!target) return target.error();
    Result<Message> message = write_message(request, *target, options);
    if (!message) return message.error();
    const bool own_authorization = message->count(field::authorization) > 0;
    return Call{
        std::move(*target),
        std::move(*message),
        deadline_after(request.deadline),
        is_repeatable(request),
        own_authorization};
}

Response head_of(unsigned status, const beast_http::fields& fields) {
    Response head;
    head.status = status;
    for (const auto& each : fields) head.fields.push_back({each.name_string(), each.value()});
    return head;
}

}  // namespace http
