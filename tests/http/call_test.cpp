#include "http/call.hpp"

#include <gtest/gtest.h>

namespace {

using http::errc;
using http::prepare;

http::Request asked(std::string method, std::string body = "") {
    http::Request request;
    request.method = std::move(method);
    request.url = "https://a.example/x?y";
    request.body = std::move(body);
    return request;
}

TEST(Call, OnlyGetAndHeadWithoutABodySendNoLength) {
    for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
        EXPECT_EQ(prepare(asked(method), {})->message["Content-Length"], "0") << method;
    }
    for (const char* method : {"GET", "HEAD"}) {
        EXPECT_EQ(prepare(asked(method), {})->message.count("Content-Length"), 0U) << method;
    }
    EXPECT_EQ(prepare(asked("GET", "abc"), {})->message["Content-Length"], "3");
}

TEST(Call, FieldsOfTheConnectionAreOurs) {
    http::Request request = asked("POST", "abc");
    request.fields = {
        {"host", "evil.example"},
        {"content-length", "99"},
        {"Transfer-Encoding", "chunked"},
        {"Connection", "close"},
        {"user-agent", "other/1"},
        {"Cookie", "a=1"},
        {"Cookie", "b=2"},
    };
    const auto call = prepare(std::move(request), {});
    ASSERT_TRUE(call) << call.error().text;
    EXPECT_EQ(call->message["Host"], "a.example");
    EXPECT_EQ(call->message["Content-Length"], "3");
    EXPECT_EQ(call->message.count("Transfer-Encoding"), 0U);
    EXPECT_EQ(call->message.count("Connection"), 0U);
    EXPECT_EQ(call->message["User-Agent"], "other/1");
    EXPECT_EQ(call->message.count("User-Agent"), 1U);
    EXPECT_EQ(call->message.count("Cookie"), 2U);
}

TEST(Call, LineBreaksInFieldsAreRefusedWithoutRepeatingTheValue) {
    http::Request request = asked("POST");
    request.fields = {{"Authorization", "Basic c2VjcmV0\r\nX-Evil: 1"}};
    const auto call = prepare(std::move(request), {});
    ASSERT_FALSE(call);
    EXPECT_EQ(
        call.error(),
        (http::Error{errc::bad_url, "the request field Authorization holds a line break"})
    );
    request = asked("POST");
    request.fields = {{"X-A: b\r\nX-Evil", "1"}};
    EXPECT_EQ(prepare(std::move(request), {}).error().code, errc::bad_url);
    EXPECT_EQ(prepare(asked("POST /other HTTP/1.1\r\n"), {}).error().code, errc::bad_url);
}

TEST(Call, ReadingIsRepeatableAndTheRestOnlyIfTheCallerSaysSo) {
    EXPECT_TRUE(prepare(asked("GET"), {})->repeatable);
    EXPECT_FALSE(prepare(asked("POST"), {})->repeatable);
    http::Request request = asked("POST");
    request.repeatable = true;
    EXPECT_TRUE(prepare(std::move(request), {})->repeatable);
}

}  // namespace
