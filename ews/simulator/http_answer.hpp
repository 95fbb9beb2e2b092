// Between HTTP and SOAP: who asks, at which back end, within which budget, and the head of the
// answer. Apart from the session, which moves the bytes.
#pragma once

#include <boost/beast/http.hpp>
#include <optional>
#include <string>

#include "ews/simulator/reply.hpp"
#include "ews/simulator/session.hpp"

namespace ews::simulator {

using HttpRequest = boost::beast::http::request<boost::beast::http::string_body>;
using HttpResponse = boost::beast::http::response<boost::beast::http::string_body>;

/// What the server remembers of a connection.
struct Visitor {
    std::optional<Claim> connection = {};
    bool sent_too_much = false;  ///< for grommunio: the next request gets no answer of use
    ConnectionLogin login = {};
};

/// What to do about a request: one of stream, drop, silent, or else send the response.
struct Verdict {
    HttpResponse response = {};
    std::optional<StreamPlan> stream = {};
    bool drop = false;
    bool silent = false;
    std::optional<Fault> delivery = {};
    std::optional<Claim> claim = {};  ///< is held until all is sent
};

Verdict decide(const HttpRequest& request, Shared& shared, Visitor& visitor);

/// The head of a stream.
std::string stream_head(const HttpRequest& request, const std::optional<Fault>& delivery);
/// Head and body as they go over the wire.
std::string to_bytes(HttpResponse response);

}  // namespace ews::simulator
