// One request, one answer; or one request and an endless answer. Abstract so that protocol clients
// can be tested against a fake (tests/fakes/transport.hpp); the real one is http/client.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/error.hpp"

namespace http {

struct Field {
    std::string name, value;
    bool operator==(const Field&) const = default;
};

struct Request {
    std::string method = "POST";
    std::string url;  ///< absolute, http or https
    std::vector<Field> fields;
    std::string body;
    std::chrono::milliseconds deadline{
        100'000};  ///< for the whole exchange; for a stream: until its head
    /// Asking twice does no harm (reading, or the server recognises the repetition). Only then, and
    /// for GET and HEAD, is a request repeated by itself after a kept connection broke before any
    /// answer.
    bool repeatable = false;
};

struct Response {
    unsigned status = 0;
    std::vector<Field> fields;
    std::string body;
    /// Value of the first field of that name (case-insensitive), "" if there is none.
    std::string_view field(std::string_view name) const;
};

/// Takes the next bytes of a body; false where no more of it is wanted.
using TakeBody = std::function<bool(std::string_view)>;

/// An answer that is read as it comes. Destroying it closes the connection.
class Stream {
public:
    virtual ~Stream() = default;
    virtual const Response& head() const = 0;  ///< status and fields; the body is empty
    /// The next bytes, "" at the end. errc::timeout after `silence` without a byte; the stream is
    /// over then.
    virtual boost::asio::awaitable<Result<std::string>> read_some(std::chrono::milliseconds silence
    ) = 0;
    /// Cuts the connection at once; a read under way ends with errc::cancelled.
    virtual void close() = 0;
};

class Transport {
public:
    virtual ~Transport() = default;
    virtual boost::asio::awaitable<Result<Response>> exchange(Request request) = 0;
    virtual boost::asio::awaitable<Result<std::unique_ptr<Stream>>> open_stream(Request request
    ) = 0;
    /// exchange() for a body that is not to lie in memory: that of an answer 200 goes to `take`,
    /// unpacked, and Response::body is empty. Once it comes, the deadline is counted from its last
    /// byte. errc::cancelled where `take` wants no more. What stands here is for those who have the
    /// body whole.
    virtual boost::asio::awaitable<Result<Response>> download(Request request, TakeBody take);
};

/// What download() ends with where `take` wants no more.
Error not_wanted(const std::string& server);

}  // namespace http
