#include "http/transport.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Response, FieldsAreFoundWithoutRegardToCaseAndTheFirstWins) {
    const http::Response response{
        200, {{"Set-Cookie", "a=1"}, {"set-cookie", "b=2"}, {"X", "y"}}, ""};
    EXPECT_EQ(response.field("SET-COOKIE"), "a=1");
    EXPECT_EQ(response.field("x"), "y");
    EXPECT_EQ(response.field("Retry-After"), "");
}

}  // namespace
