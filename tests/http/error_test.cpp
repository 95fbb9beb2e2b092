#include "http/error.hpp"

#include <gtest/gtest.h>

namespace {

using http::errc;

TEST(HttpError, AResultWithoutAValueThrowsItsText) {
    const http::Result<int> failed = http::Error{errc::closed, "cut"};
    try {
        failed.value();
        FAIL() << "no exception";
    } catch (const std::logic_error& error) {
        EXPECT_STREQ(error.what(), "http::Result without a value: cut");
    }
}

}  // namespace
