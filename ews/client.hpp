// Calls operations on one Exchange server for one mailbox: envelope, HTTP fields, faults, and the
// status of the server in plain words. Does not repeat anything: when and whether is the caller's,
// who has the whole picture.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "ews/error.hpp"
#include "ews/operation.hpp"
#include "ews/soap.hpp"
#include "http/transport.hpp"

namespace ews {

struct ClientOptions {
    std::string url = {};                         ///< of Exchange.asmx
    std::string authorization = {};               ///< value of that field, "" for none; a secret
    std::string account = {};                     ///< who logs in, for error texts only
    std::optional<std::string> impersonate = {};  ///< SMTP address of the mailbox to act in
    std::string anchor_mailbox = {};              ///< for routing; "" means the impersonated one
    std::chrono::milliseconds deadline{100'000};
};

/// All calls of one Client run on one strand. The transport outlives it.
class Client {
public:
    Client(http::Transport& transport, ClientOptions options);

    template <Operation Op>
    boost::asio::awaitable<Result<typename Op::Reply>> call(Op operation) {
        std::string body = write_request(operation, options_.impersonate);
        auto envelope = co_await exchange(std::move(body), Op::name);
        if (!envelope) co_return envelope.error();
        auto response = (*envelope)->response(Op::name);
        if (!response) co_return response.error();
        co_return operation.read(*response);
    }

    // For ews/event_stream:
    http::Transport& transport() { return transport_; }
    const ClientOptions& options() const { return options_; }
    /// `keeps_server` adds what leads to the mail server that holds our subscriptions.
    http::Request request(std::string body, bool keeps_server) const;
    /// Remembers the cookies that name the mail server.
    void remember_server(const http::Response& response);
    /// The error in an answer that holds no SOAP; nothing if it may hold some.
    std::optional<Error> refusal(const http::Response& response) const;

private:
    boost::asio::awaitable<Result<std::unique_ptr<Envelope>>> exchange(
        std::string body, std::string_view operation
    );

    http::Transport& transport_;
    ClientOptions options_;
    std::string server_cookies_;
};

}  // namespace ews
