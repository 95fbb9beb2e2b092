#include "http/auth/basic.hpp"

#include <gtest/gtest.h>

namespace {

using http::basic_authorization;

std::string value(std::string_view user, std::string_view password) {
    const auto field = basic_authorization(user, password);
    EXPECT_TRUE(field);
    EXPECT_EQ(field->name, "Authorization");
    return field->value;
}

TEST(Basic, TheExamplesOfTheRfc) {
    EXPECT_EQ(value("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    EXPECT_EQ(value("test", "123\xc2\xa3"), "Basic dGVzdDoxMjPCow==");
}

TEST(Basic, EmptyPartsAndEveryPaddingWork) {
    EXPECT_EQ(value("", ""), "Basic Og==");
    EXPECT_EQ(value("a", "b"), "Basic YTpi");
    EXPECT_EQ(value("DOM\\a", "p:w"), "Basic RE9NXGE6cDp3");
}

TEST(Basic, WhatTheSchemeCannotCarryIsRefusedWithoutRepeatingIt) {
    for (const auto& field :
         {basic_authorization("a:b", "hunter2"), basic_authorization("a", "hunter2\n")}) {
        ASSERT_FALSE(field);
        EXPECT_EQ(field.error().code, http::errc::bad_url);
        EXPECT_EQ(field.error().text.find("hunter2"), std::string::npos);
    }
}

}  // namespace
