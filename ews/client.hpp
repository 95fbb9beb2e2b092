// Calls operations on one Exchange server for one mailbox: envelope, HTTP fields, faults, and the
// status of the server in plain words. Does not repeat anything: when and whether is the caller's,
// who has the whole picture. All clients of one server share a gate, which keeps to its limits.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ews/busy.hpp"
#include "ews/error.hpp"
#include "ews/mime_extractor.hpp"
#include "ews/operation.hpp"
#include "ews/redirect.hpp"
#include "ews/soap.hpp"
#include "http/gate.hpp"
#include "http/transport.hpp"

namespace ews {

struct ClientOptions {
    std::string url = {};                         ///< of Exchange.asmx
    std::string account = {};                     ///< who logs in, for error texts only
    std::optional<std::string> impersonate = {};  ///< SMTP address of the mailbox to act in
    std::string anchor_mailbox = {};              ///< for routing; "" means the impersonated one
    /// For an exchange; before it, as long again for the turn at the gate.
    std::chrono::milliseconds deadline{100'000};
    http::Gate* gate = nullptr;  ///< of the server; outlives the client. None: no limits
    /// Where redirects may lead besides the host of `url`; @see is_allowed_host.
    std::vector<std::string> allowed_hosts = {};
};

/// All calls of one Client run on one strand. The transport outlives it.
class Client {
public:
    Client(http::Transport& transport, ClientOptions options);

    /// errc::server_busy with `back_off` and without a response code: nothing was sent, because the
    /// server has asked to be left alone for so long.
    ///
    /// With `mime`, which outlives the call, that takes the MIME out of the answer as it comes: the
    /// reply is without. errc::cancelled where it wants no more.
    ///
    /// @param patience  at the gate; as long as the deadline where none
    template <Operation Op>
    boost::asio::awaitable<Result<typename Op::Reply>> call(
        Op operation,
        MimeExtractor* mime = nullptr,
        std::optional<std::chrono::milliseconds> patience = std::nullopt
    ) {
        const std::chrono::milliseconds at_gate = patience.value_or(options_.deadline);
        auto pass = co_await enter(Op::name, at_gate);
        if (!pass) co_return pass.error();
        for (int left = max_redirects; left >= 0; --left) {
            // Written anew after a redirect: a copy to repeat would be a copy of every large mail.
            std::string body = write_request(operation, options_.impersonate);
            auto answer = co_await exchange(std::move(body), Op::name, *pass, mime);
            if (!answer) co_return answer.error();
            if (answer->is_elsewhere()) continue;
            auto reply = operation.read(answer->response);
            heed(*pass, wait_asked(reply));
            co_return reply;
        }
        co_return endless_redirects();
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
    /// Waits for a turn. A stream needs one too, but takes no place: it only does not ask while the
    /// server must be left alone.
    boost::asio::awaitable<Result<http::Pass>> enter(std::string_view operation);
    boost::asio::awaitable<Result<http::Pass>> enter(
        std::string_view operation, std::chrono::milliseconds patience
    );
    /// Tells the gate what was answered: an error that asks to wait, or nothing: we were served.
    void heed(http::Pass& pass, const std::optional<Error>& error) const;

    /// After an answer that is a redirect: the next request goes where it led, if it may.
    Result<void> follow_redirect(const http::Response& response);

private:
    struct Answer {
        std::unique_ptr<Envelope> envelope;
        pugi::xml_node response;  ///< m:…Response in it
        /// Ask again: we were sent to another address, which url_ names now.
        bool is_elsewhere() const { return !envelope; }
    };
    boost::asio::awaitable<Result<Answer>> exchange(
        std::string body, std::string_view operation, http::Pass& pass, MimeExtractor* mime
    );
    boost::asio::awaitable<http::Result<http::Response>> ask(
        http::Request asked, MimeExtractor* mime
    );
    Result<Answer> open(http::Response response, std::string_view operation);
    Result<Answer> follow(const http::Response& response);
    /// Where it led may be gone: next time the address of the options is asked again.
    void forget_redirect();
    Error endless_redirects();

    http::Transport& transport_;
    ClientOptions options_;
    std::string url_;  ///< where the last redirect led, else that of the options
    std::string server_cookies_;
};

}  // namespace ews
