#include "http/transport.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <stdexcept>

#include "tests/fakes/transport.hpp"

namespace {

TEST(Response, FieldsAreFoundWithoutRegardToCaseAndTheFirstWins) {
    const http::Response response{
        200, {{"Set-Cookie", "a=1"}, {"set-cookie", "b=2"}, {"X", "y"}}, ""};
    EXPECT_EQ(response.field("SET-COOKIE"), "a=1");
    EXPECT_EQ(response.field("x"), "y");
    EXPECT_EQ(response.field("Retry-After"), "");
}

http::Result<http::Response> downloaded(fakes::Transport& transport, http::TakeBody take) {
    boost::asio::io_context context;
    auto answer = boost::asio::co_spawn(
        context, transport.download(http::Request(), std::move(take)), boost::asio::use_future
    );
    context.run();
    return answer.get();
}

TEST(Transport, WhoHasTheBodyWholeHandsItOverAtOnce) {
    fakes::Transport transport;
    transport.answer(200, "whole", {{"X", "y"}});
    std::string taken;
    const auto answer = downloaded(transport, [&taken](std::string_view bytes) {
        taken += bytes;
        return true;
    });
    EXPECT_EQ(taken, "whole");
    EXPECT_EQ(answer.value().body, "");
    EXPECT_EQ(answer.value().field("X"), "y");
}

TEST(Transport, OnlyASuccessIsHandedOver) {
    fakes::Transport transport;
    transport.answer(500, "a fault");
    const auto never = [](std::string_view) -> bool { throw std::logic_error("not to be called"); };
    EXPECT_EQ(downloaded(transport, never).value().body, "a fault");
    transport.answer(200, "too much");
    const auto answer = downloaded(transport, [](std::string_view) { return false; });
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, http::errc::cancelled);
}

}  // namespace
