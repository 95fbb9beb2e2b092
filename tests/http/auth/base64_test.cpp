#include "http/auth/base64.hpp"

#include <gtest/gtest.h>

namespace {

using http::from_base64;
using http::to_base64;

TEST(Base64, TheExamplesOfTheRfcGoThereAndBack) {
    const std::pair<const char*, const char*> examples[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : examples) {
        EXPECT_EQ(to_base64(bytes), text);
        EXPECT_EQ(from_base64(text), bytes);
    }
}

TEST(Base64, ZerosAtTheEndAreBytesLikeOthers) {
    const std::string zeros("a\0\0\0", 4);
    EXPECT_EQ(from_base64(to_base64(zeros)), zeros);
}

TEST(Base64, AnythingElseIsRefused) {
    for (const char* text :
         {"Zg",
          "Zg=",
          "Z===",
          "====",
          "Zg==Zg==",
          "Zm9v\n",
          " Zm9v",
          "Zm-v",
          "Z=9v",
          "Zm9v====",
          "é==="}) {
        EXPECT_FALSE(from_base64(text)) << text;
    }
}

}  // namespace
