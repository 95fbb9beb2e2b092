#include "http/error.hpp"

#include <gtest/gtest.h>

namespace {

using http::errc;

TEST(HttpError, OnlyTheWeatherIsTransient) {
    for (const errc code : {errc::resolve, errc::connect, errc::timeout, errc::closed}) {
        EXPECT_TRUE(http::is_transient(code)) << http::to_text(code);
    }
    for (const errc code :
         {errc::bad_url,
          errc::untrusted,
          errc::tls,
          errc::too_large,
          errc::protocol,
          errc::cancelled}) {
        EXPECT_FALSE(http::is_transient(code)) << http::to_text(code);
    }
}

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
