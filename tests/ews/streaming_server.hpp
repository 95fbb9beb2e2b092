// A mail server with subscriptions and endless streams, as an http::Transport: for tests of event
// streams that many mailboxes share. The test says what comes on a stream, and when.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <deque>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/signal.hpp"
#include "http/transport.hpp"
#include "tests/ews/wire.hpp"

namespace wire {

inline std::string stream_message(std::string_view content, std::string_view verdict = "Success") {
    std::string body =
        "<m:GetStreamingEventsResponse><m:ResponseMessages>"
        "<m:GetStreamingEventsResponseMessage ResponseClass=\"";
    body += verdict;
    body += "\">";
    body += content;
    body +=
        "</m:GetStreamingEventsResponseMessage></m:ResponseMessages>"
        "</m:GetStreamingEventsResponse>";
    return enveloped(body);
}

inline const std::string stream_ok = stream_message("<m:ConnectionStatus>OK</m:ConnectionStatus>");
inline const std::string stream_closed =
    stream_message("<m:ConnectionStatus>Closed</m:ConnectionStatus>");

/// A mail has come into that folder.
inline std::string new_mail(const std::string& subscription, const std::string& folder) {
    return stream_message(
        "<m:Notifications><m:Notification><t:SubscriptionId>" + subscription +
        "</t:SubscriptionId><t:NewMailEvent><t:ItemId Id='A'/><t:ParentFolderId Id='" + folder +
        "'/></t:NewMailEvent></m:Notification></m:Notifications>"
    );
}

inline std::string stream_error(
    const std::string& code, const std::string& refused, const std::string& status = "Closed"
) {
    std::string ids;
    if (!refused.empty())
        ids = "<m:ErrorSubscriptionIds><m:SubscriptionId>" + refused +
              "</m:SubscriptionId></m:ErrorSubscriptionIds>";
    return stream_message(
        "<m:ResponseCode>" + code + "</m:ResponseCode>" + ids + "<m:ConnectionStatus>" + status +
            "</m:ConnectionStatus>",
        "Error"
    );
}

class StreamingServer : public http::Transport {
public:
    struct Asked {
        std::string operation, mailbox, anchor, cookie, body;
    };
    /// What a stream is to say, and what it has been told.
    struct Line {
        explicit Line(const boost::asio::any_io_executor& executor) : signal(executor) {}
        void say(http::Result<std::string> bytes) {
            bytes_to_come.push_back(std::move(bytes));
            signal.notify();
        }
        std::deque<http::Result<std::string>> bytes_to_come;
        http::Signal signal;
        bool is_closed = false;
    };

    std::vector<Asked> asked;
    std::vector<std::shared_ptr<Line>> lines;  ///< one for each GetStreamingEvents, in order
    std::string greeting = stream_ok;          ///< of each stream; "": it waits to be told
    std::set<std::string> refusing;            ///< mailboxes that do not exist
    std::set<std::string> deaf;                ///< operations without an answer
    std::string subscribe_error;               ///< code in place of a subscription

    std::size_t count(std::string_view operation) const {
        return static_cast<std::size_t>(std::ranges::count(asked, operation, &Asked::operation));
    }
    /// The last request of the operation.
    const Asked& last(std::string_view operation) const {
        const auto found = std::find_if(asked.rbegin(), asked.rend(), [&](const Asked& one) {
            return one.operation == operation;
        });
        if (found == asked.rend()) throw std::runtime_error("never asked");
        return *found;
    }

    boost::asio::awaitable<http::Result<http::Response>> exchange(http::Request request) override {
        const Asked one = note(request);
        if (deaf.contains(one.operation)) {
            const auto executor = co_await boost::asio::this_coro::executor;
            http::Signal never(executor);
            co_await never.wait_until(std::chrono::steady_clock::time_point::max());
            co_return http::Error{http::errc::cancelled, "cancelled"};
        }
        http::Response response{200, {}, ""};
        response.body = answer(one);
        if (one.operation == "Subscribe")
            response.fields.push_back({"Set-Cookie", "X-BackEndOverrideCookie=B1~1; path=/"});
        co_return response;
    }

    boost::asio::awaitable<http::Result<std::unique_ptr<http::Stream>>> open_stream(
        http::Request request
    ) override {
        const Asked one = note(request);
        if (deaf.contains(one.operation)) co_return http::Error{http::errc::timeout, "no answer"};
        const auto executor = co_await boost::asio::this_coro::executor;
        auto line = std::make_shared<Line>(executor);
        if (!greeting.empty()) line->say(greeting);
        if (refusing.contains(one.mailbox)) {
            line->bytes_to_come.clear();
            line->say(stream_error("ErrorNonExistentMailbox", ""));
        }
        lines.push_back(line);
        std::unique_ptr<http::Stream> stream = std::make_unique<Open>(std::move(line));
        co_return stream;
    }

private:
    class Open : public http::Stream {
    public:
        explicit Open(std::shared_ptr<Line> line) : line_(std::move(line)) {}
        ~Open() override { line_->is_closed = true; }
        const http::Response& head() const override { return head_; }
        void close() override {
            line_->is_closed = true;
            line_->signal.notify();
        }
        boost::asio::awaitable<http::Result<std::string>> read_some(
            std::chrono::milliseconds silence
        ) override {
            const auto line = line_;
            const auto end = std::chrono::steady_clock::now() + silence;
            for (;;) {
                if (line->is_closed) co_return http::Error{http::errc::cancelled, "closed"};
                if (!line->bytes_to_come.empty()) {
                    http::Result<std::string> bytes = std::move(line->bytes_to_come.front());
                    line->bytes_to_come.pop_front();
                    co_return bytes;
                }
                if (std::chrono::steady_clock::now() >= end)
                    co_return http::Error{http::errc::timeout, "silent"};
                co_await line->signal.wait_until(end);
            }
        }

    private:
        std::shared_ptr<Line> line_;
        http::Response head_{200, {}, ""};
    };

    static std::string between(
        const std::string& text, std::string_view begin, std::string_view end
    ) {
        const auto from = text.find(begin);
        if (from == std::string::npos) return {};
        const auto start = from + begin.size();
        return text.substr(start, text.find(end, start) - start);
    }

    Asked note(const http::Request& request) {
        Asked one;
        pugi::xml_document document;
        document.load_string(request.body.c_str());
        const auto body = ews::child(document.document_element(), "Body");
        one.operation = ews::local_name(ews::elements(body).at(0));
        one.mailbox = between(request.body, "<t:PrimarySmtpAddress>", "<");
        if (one.mailbox.empty()) one.mailbox = between(request.body, "<t:SmtpAddress>", "<");
        for (const http::Field& field : request.fields) {
            if (field.name == "X-AnchorMailbox") one.anchor = field.value;
            if (field.name == "Cookie") one.cookie = field.value;
        }
        one.body = request.body;
        asked.push_back(one);
        return one;
    }

    std::string answer(const Asked& one) {
        const std::string message = "<m:" + one.operation + "ResponseMessage ResponseClass=\"";
        std::string content = "Success\"><m:ResponseCode>NoError</m:ResponseCode>";
        if (one.operation == "Subscribe")
            content +=
                "<m:SubscriptionId>S" + std::to_string(++subscriptions_) + "</m:SubscriptionId>";
        std::string error;
        if (one.operation == "Subscribe") error = subscribe_error;
        if (refusing.contains(one.mailbox)) error = "ErrorNonExistentMailbox";
        if (!error.empty()) content = "Error\"><m:ResponseCode>" + error + "</m:ResponseCode>";
        return enveloped(
            "<m:" + one.operation + "Response><m:ResponseMessages>" + message + content +
            "</m:" + one.operation + "ResponseMessage></m:ResponseMessages></m:" + one.operation +
            "Response>"
        );
    }

    int subscriptions_ = 0;
};

/// The context that such a test runs on.
class StreamingTest : public testing::Test {
protected:
    static ews::ClientOptions acting_as(const std::string& mailbox) {
        ews::ClientOptions options;
        options.url = "https://mail.example.test/EWS/Exchange.asmx";
        options.impersonate = mailbox;
        return options;
    }

    template <class T>
    T run(boost::asio::awaitable<T> work) {
        auto future = boost::asio::co_spawn(context, std::move(work), boost::asio::use_future);
        until([&] { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }
        );
        return future.get();
    }
    void run_void(boost::asio::awaitable<void> work) {
        auto future = boost::asio::co_spawn(context, std::move(work), boost::asio::use_future);
        until([&] { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }
        );
        future.get();
    }
    template <class Condition>
    void until(const Condition& reached) {
        const auto hopeless = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (!reached()) {
            if (std::chrono::steady_clock::now() > hopeless)
                throw std::runtime_error("it never happens");
            context.restart();
            context.run_one_for(std::chrono::milliseconds(20));
        }
    }
    /// Everything that can be done now.
    void rest() {
        context.restart();
        context.poll();
    }

    boost::asio::io_context context;
    StreamingServer server;
};

}  // namespace wire
