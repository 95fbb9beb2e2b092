#include "http/ascii.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Ascii, LowersLettersOfAsciiAndNothingElse) {
    EXPECT_EQ(http::lower("Mail.EXAMPLE.com:443 [Z@`{"), "mail.example.com:443 [z@`{");
    EXPECT_EQ(http::lower("T\u00c4ST\u0130"), "t\u00c4st\u0130");
    EXPECT_EQ(http::lower(""), "");
}

}  // namespace
