#include "ews/event_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ews/response.hpp"
#include "ews/soap.hpp"
#include "ews/xml.hpp"

namespace ews {
namespace {

using Connection = StreamedEvents::Connection;
using Kind = StreamMessage::Kind;

Error cancelled() {
    return {errc::cancelled, {}, "the event stream was closed by us", {}};
}

GetStreamingEvents make_request(
    std::vector<SubscriptionId> subscriptions, std::chrono::minutes connection
) {
    const auto allowed =
        std::clamp(connection, std::chrono::minutes(1), limits::longest_connection);
    return {std::move(subscriptions), allowed};
}

}  // namespace

EventStream::EventStream(
    Client& client, std::vector<SubscriptionId> subscriptions, EventStreamOptions options
)
    : client_(client),
      request_(make_request(std::move(subscriptions), options.connection)),
      options_(options) {}

boost::asio::awaitable<Result<StreamMessage>> EventStream::next() {
    while (ready_.empty()) {
        if (is_closed_) co_return cancelled();
        if (ended_) co_return *ended_;
        if (!stream_) {
            auto opened = co_await open();
            if (!opened) {
                client_.heed(pass_, opened.error());
                ended_ = opened.error();
                continue;
            }
        }
        auto more = co_await read();
        // What came complete before the trouble is handed out first.
        if (!more) {
            client_.heed(pass_, more.error());
            ended_ = more.error();
        }
    }
    StreamMessage message = std::move(ready_.front());
    ready_.pop_front();
    co_return message;
}

void EventStream::close() {
    is_closed_ = true;
    ready_.clear();
    if (stream_) stream_->close();
}

boost::asio::awaitable<Result<void>> EventStream::open() {
    if (request_.subscriptions.size() > limits::stream_subscriptions) {
        co_return Error{errc::invalid_request, {}, "too many subscriptions for one stream", {}};
    }
    auto pass = co_await client_.enter(GetStreamingEvents::name);
    if (!pass) co_return pass.error();
    if (is_closed_) co_return cancelled();
    pass_ = std::move(*pass);
    const auto& options = client_.options();
    for (int left = max_redirects;; --left) {
        http::Request asked = client_.request(write_request(request_, options.impersonate), true);
        asked.deadline = std::min(options.deadline, options_.opening);
        auto answer = co_await client_.transport().open_stream(std::move(asked));
        if (!answer) co_return from_transport(answer.error());
        if (is_closed_) co_return cancelled();
        stream_ = std::move(*answer);
        if (!is_redirect(stream_->head().status) || left == 0) break;
        auto followed = client_.follow_redirect(stream_->head());
        if (!followed) co_return followed.error();
    }
    client_.remember_server(stream_->head());
    end_of_life_ = std::chrono::steady_clock::now() + request_.connection + options_.overtime;
    if (stream_->head().status == 200) co_return Result<void>();
    auto refused = co_await read_refusal();
    co_return refused;
}

boost::asio::awaitable<Error> EventStream::read_refusal() {
    end_of_life_ = std::chrono::steady_clock::now() + options_.opening;
    http::Response refusal = stream_->head();
    while (refusal.body.size() < limits::refusal_body) {
        const auto wait = patience();
        if (wait <= std::chrono::milliseconds(0)) break;
        auto bytes = co_await stream_->read_some(wait);
        if (!bytes || bytes->empty()) break;
        refusal.body += *bytes;
    }
    if (auto error = client_.refusal(refusal)) co_return *std::move(error);
    std::string body = std::exchange(refusal.body, {});
    Error error = read_refusal(std::move(body));
    co_return with_head(std::move(error), refusal);
}

Error EventStream::read_refusal(std::string body) {
    const Envelope envelope(std::move(body));
    auto response = envelope.response(GetStreamingEvents::name);
    if (!response) return response.error();
    auto streamed = read_message(*response);
    if (!streamed) return streamed.error();
    if (!streamed->error) return protocol_error("the server refuses the event stream");
    return *std::move(streamed->error);
}

boost::asio::awaitable<Result<void>> EventStream::read() {
    const auto wait = patience();
    if (wait <= std::chrono::milliseconds(0))
        co_return Error{errc::timeout, {}, "the event stream outlived its time", {}};
    auto bytes = co_await stream_->read_some(wait);
    if (is_closed_) co_return cancelled();
    if (!bytes && bytes.error().code == http::errc::timeout && !was_opened_) {
        auto text = fmt::format(
            "the event stream of {} stays silent; a proxy may be holding it back",
            client_.options().url
        );
        co_return Error{errc::timeout, {}, std::move(text), {}};
    }
    if (!bytes) co_return from_transport(bytes.error());
    if (bytes->empty()) {
        ready_.push_back({Kind::closed, {}});
        co_return Error{errc::unreachable, {}, "the event stream has ended", {}};
    }
    auto fed = split_.feed(*bytes);
    while (auto envelope = split_.next()) {
        auto taken = take(*std::move(envelope));
        if (!taken) co_return taken.error();
    }
    co_return fed;
}

Result<StreamedEvents> EventStream::read_message(pugi::xml_node response) {
    for (auto message : elements(child(response, "ResponseMessages"))) {
        auto refused = read_refused(message);
        refused_.insert(refused_.end(), refused.begin(), refused.end());
    }
    return request_.read(response);
}

Result<void> EventStream::take(std::string bytes) {
    const Envelope envelope(std::move(bytes));
    auto response = envelope.response(GetStreamingEvents::name);
    if (!response) return response.error();
    auto streamed = read_message(*response);
    if (!streamed) return streamed.error();
    auto notifications = std::move(streamed->notifications);
    const bool is_alive = !notifications.empty();
    std::erase_if(notifications, [](const Notification& one) { return one.events.empty(); });
    if (!streamed->error && !std::exchange(was_opened_, true)) {
        client_.heed(pass_, std::nullopt);
        ready_.push_back({Kind::opened, {}});
    }
    if (!notifications.empty()) {
        ready_.push_back({Kind::events, std::move(notifications)});
    } else if (is_alive) {
        ready_.push_back({Kind::heartbeat, {}});
    }
    // An error beats the status: servers have sent both, and OK with it.
    if (streamed->error) return *std::move(streamed->error);
    if (streamed->connection != Connection::closed) return {};
    ready_.push_back({Kind::closed, {}});
    return Error{errc::unreachable, {}, "the event stream has ended", {}};
}

std::chrono::milliseconds EventStream::patience() const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end_of_life_ - std::chrono::steady_clock::now()
    );
    return std::min(was_opened_ ? options_.silence : options_.opening, left);
}

}  // namespace ews
