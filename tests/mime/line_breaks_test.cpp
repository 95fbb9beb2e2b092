#include "mime/line_breaks.hpp"

#include <gtest/gtest.h>

namespace {

std::string with_line_feeds(std::string text) {
    mime::with_line_feeds(text);
    return text;
}

}  // namespace

TEST(LineBreaks, OfAllSystemsBecomeLineFeeds) {
    EXPECT_EQ(with_line_feeds("a\r\nb\nc\rd\r\r\ne"), "a\nb\nc\nd\ne");
    EXPECT_EQ(with_line_feeds("\r\r\n\r"), "\n\n");
    EXPECT_EQ(with_line_feeds("a\r"), "a\n");
    EXPECT_EQ(with_line_feeds("no break"), "no break");
    EXPECT_EQ(with_line_feeds(""), "");
}
